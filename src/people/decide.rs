//! Officers' decisions → bonds between identities, and what is said about them: followed, or contradicting each other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::cluster::Bonds;
use crate::ingest::findings::Kind;
use crate::ingest::records::{Decision, Finding, MentionId, Place, Records};

/// Decisions that cannot all be true: A ≠ C, A = B, B = C. Indices into the decisions, the `different` one first, then
/// the others in the order of the chain from its one end to its other.
pub(crate) type Contradiction = Vec<usize>;

/// Identities with the `same` decisions about each.
type Paths = BTreeMap<u32, Vec<(u32, usize)>>;

/// The bonds of the decisions that do not contradict each other, and the chains of those that do.
///
/// No decision of any such chain binds: which of them is wrong, only a person can say.
pub(crate) fn bonds(decisions: &[Decision], of_mention: &[u32]) -> (Bonds, Vec<Contradiction>) {
    let ends = |decision: &Decision| (of_mention[decision.a.index()], of_mention[decision.b.index()]);
    let mut paths = Paths::new();
    for (at, decision) in decisions.iter().enumerate().filter(|(_, decision)| decision.same) {
        let (a, b) = ends(decision);
        paths.entry(a).or_default().push((b, at));
        paths.entry(b).or_default().push((a, at));
    }
    let mut contradictions = Vec::new();
    for (at, decision) in decisions.iter().enumerate().filter(|(_, decision)| !decision.same) {
        let (a, b) = ends(decision);
        // Two mentions of one form are told apart before anything is joined.
        if a == b {
            continue;
        }
        let mut used = BTreeSet::new();
        while let Some(chain) = chain(&paths, (a, b), &used) {
            used.extend(chain.iter().copied());
            contradictions.push(std::iter::once(at).chain(chain).collect());
        }
    }
    let spoiled: BTreeSet<usize> = contradictions.iter().flatten().copied().collect();
    let mut bonds = Bonds::default();
    for (_, decision) in decisions.iter().enumerate().filter(|(at, _)| !spoiled.contains(at)) {
        let (a, b) = ends(decision);
        let pair = (a.min(b), a.max(b));
        if decision.same {
            bonds.together.push(pair);
        } else {
            bonds.apart.insert(pair);
        }
    }
    bonds.together.sort_unstable();
    bonds.together.dedup();
    (bonds, contradictions)
}

/// The shortest chain of `same` decisions between two identities, without those that are used already.
fn chain(paths: &Paths, (from, to): (u32, u32), used: &BTreeSet<usize>) -> Option<Vec<usize>> {
    let mut reached: BTreeMap<u32, Option<(u32, usize)>> = BTreeMap::from([(from, None)]);
    let mut queue = VecDeque::from([from]);
    while let Some(here) = queue.pop_front() {
        if here == to {
            let mut chain = Vec::new();
            let mut back = to;
            while let Some(Some((before, decision))) = reached.get(&back) {
                chain.push(*decision);
                back = *before;
            }
            chain.reverse();
            return Some(chain);
        }
        let open = paths.get(&here).into_iter().flatten();
        for (next, decision) in open.filter(|(_, decision)| !used.contains(decision)) {
            reached.entry(*next).or_insert_with(|| {
                queue.push_back(*next);
                Some((here, *decision))
            });
        }
    }
    None
}

/// What is said about decisions: those that contradict each other, with the chain, and those that were followed.
pub(crate) fn findings(records: &Records, of_mention: &[u32], contradictions: &[Contradiction]) -> Vec<Finding> {
    let mut found = Vec::new();
    for chain in contradictions {
        let places = chain.iter().map(|at| records.decisions[*at].place);
        let mut one = finding(Kind::DecisionsContradict, places);
        one.args.insert("chain", in_words(records, of_mention, chain));
        found.push(one);
    }
    let spoiled: BTreeSet<usize> = contradictions.iter().flatten().copied().collect();
    for (at, decision) in records.decisions.iter().enumerate() {
        if !spoiled.contains(&at) {
            let place = |mention: MentionId| records.mentions[mention.index()].place;
            let mut one = finding(
                Kind::PairDecided,
                [decision.place, place(decision.a), place(decision.b)],
            );
            let word = if decision.same { "same" } else { "different" };
            one.args.insert("decision", word.to_owned());
            found.push(one);
        }
    }
    found
}

/// A chain as it is read: `a = b (decisions.csv › 2); b = c (decisions.csv › 3); a ≠ c (decisions.csv › 4)`.
fn in_words(records: &Records, of_mention: &[u32], chain: &Contradiction) -> String {
    let place = |mention: MentionId| records.mentions[mention.index()].place;
    let Some((apart, links)) = chain.split_first() else {
        return String::new();
    };
    let mut here = of_mention[records.decisions[*apart].a.index()];
    let mut parts = Vec::with_capacity(chain.len());
    for at in links.iter().chain([apart]) {
        let decision = &records.decisions[*at];
        let forward = at == apart || of_mention[decision.a.index()] == here;
        let (a, b) = if forward {
            (decision.a, decision.b)
        } else {
            (decision.b, decision.a)
        };
        here = of_mention[b.index()];
        let sign = if decision.same { '=' } else { '≠' };
        let [a, b] = [a, b].map(|mention| {
            let place = place(mention);
            records.show(Place { column: None, ..place })
        });
        parts.push(format!("{a} {sign} {b} ({})", records.show(decision.place)));
    }
    parts.join("; ")
}

fn finding(kind: Kind, places: impl IntoIterator<Item = Place>) -> Finding {
    let mut places = places.into_iter();
    Finding {
        kind,
        place: places.next(),
        others: places.collect(),
        args: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::bonds;
    use crate::ingest::records::{Decision, FileId, MentionId, Place};

    fn decision(a: u32, b: u32, same: bool) -> Decision {
        let place = Place {
            file: FileId(0),
            sheet: 0,
            row: a + 1,
            column: None,
        };
        let (by, date, reason) = (String::new(), String::new(), String::new());
        Decision {
            a: MentionId(a),
            b: MentionId(b),
            same,
            by,
            date,
            reason,
            place,
        }
    }

    #[test]
    fn a_chain_that_contradicts_itself_binds_nobody() {
        let decisions = [
            decision(0, 1, true),
            decision(1, 2, true),
            decision(0, 2, false),
            decision(3, 4, true),
        ];
        let (bonds, contradictions) = bonds(&decisions, &[0, 1, 2, 3, 4]);
        assert_eq!(contradictions, [vec![2, 0, 1]]);
        assert_eq!(bonds.together, [(3, 4)]);
        assert!(bonds.apart.is_empty());
    }
    #[test]
    fn every_chain_between_two_ends_is_told_and_none_of_it_binds() {
        let decisions = [
            decision(0, 1, true),
            decision(1, 2, true),
            decision(0, 3, true),
            decision(3, 2, true),
            decision(2, 0, false),
        ];
        let (bonds, contradictions) = bonds(&decisions, &[0, 1, 2, 3]);
        assert_eq!(contradictions, [vec![4, 1, 0], vec![4, 3, 2]]);
        assert!(bonds.together.is_empty() && bonds.apart.is_empty());
    }
}
