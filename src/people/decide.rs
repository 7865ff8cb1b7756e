//! Officers' decisions → bonds between identities, and the decisions that contradict each other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::cluster::Bonds;
use crate::ingest::records::Decision;

/// Decisions that cannot all be true: A = B, B = C, A ≠ C. Indices into the decisions, the `different` one first.
pub(crate) type Contradiction = Vec<usize>;

/// The bonds of the decisions that do not contradict each other, and the chains of those that do.
pub(crate) fn bonds(decisions: &[Decision], of_mention: &[u32]) -> (Bonds, Vec<Contradiction>) {
    let ends = |decision: &Decision| (of_mention[decision.a.index()], of_mention[decision.b.index()]);
    let mut paths: BTreeMap<u32, Vec<(u32, usize)>> = BTreeMap::new();
    for (at, decision) in decisions.iter().enumerate().filter(|(_, decision)| decision.same) {
        let (a, b) = ends(decision);
        paths.entry(a).or_default().push((b, at));
        paths.entry(b).or_default().push((a, at));
    }
    let mut contradictions = Vec::new();
    for (at, decision) in decisions.iter().enumerate().filter(|(_, decision)| !decision.same) {
        let (a, b) = ends(decision);
        if let Some(chain) = chain(&paths, a, b) {
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

/// The shortest chain of `same` decisions between two identities.
fn chain(paths: &BTreeMap<u32, Vec<(u32, usize)>>, from: u32, to: u32) -> Option<Vec<usize>> {
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
            return Some(chain);
        }
        for (next, decision) in paths.get(&here).into_iter().flatten() {
            reached.entry(*next).or_insert_with(|| {
                queue.push_back(*next);
                Some((here, *decision))
            });
        }
    }
    None
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
        assert_eq!(contradictions, [vec![2, 1, 0]]);
        assert_eq!(bonds.together, [(3, 4)]);
        assert!(bonds.apart.is_empty());
    }
}
