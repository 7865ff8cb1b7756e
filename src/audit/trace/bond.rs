//! Together with which other mentions a mention is one person, and by what evidence.

use std::collections::{HashMap, VecDeque};

use super::Walk;
use crate::ingest::records::{Decision, Identity, MentionId, Place};
use crate::people::model::Link;

/// Another place where the same person is written down.
#[derive(Debug, Clone, PartialEq)]
pub struct Kin {
    /// The other mention.
    pub mention: MentionId,
    /// Where it stands.
    pub place: Place,
    /// What makes it the same person.
    pub bond: Bond,
}

/// What makes two mentions one person.
#[derive(Debug, Clone, PartialEq)]
pub enum Bond {
    /// Everything that both fill in is written alike.
    Alike,
    /// The weakest of the links between them, and the places on the way.
    Linked {
        /// The link.
        link: Link,
        /// Places that the way leads through, without the two.
        through: Vec<Place>,
    },
    /// Only all the rows of the person together.
    Together,
}

/// All other mentions of a mention's person, in order of place.
pub(super) fn kin(walk: Walk, mention: MentionId) -> Vec<Kin> {
    let person = walk.people.best[mention.index()];
    let members = &walk.people.persons[person.index()].mentions;
    let ways = Ways::from(walk, mention, members);
    let others = members.iter().filter(|other| **other != mention);
    others
        .map(|other| Kin {
            mention: *other,
            place: walk.records.mentions[other.index()].place,
            bond: ways.bond(walk, mention, *other),
        })
        .collect()
}

/// The officers' decision about a pair of mentions.
pub fn decision<'a>(walk: Walk<'a>, link: &Link) -> Option<&'a Decision> {
    let of_pair = |one: &&Decision| [(link.a, link.b), (link.b, link.a)].contains(&(one.a, one.b));
    walk.records.decisions.iter().find(of_pair)
}

/// The shortest ways from one mention to all others of its person; mentions written alike are one step.
struct Ways<'a> {
    came: HashMap<MentionId, (MentionId, Option<&'a Link>)>,
}

impl<'a> Ways<'a> {
    fn from(walk: Walk<'a>, from: MentionId, members: &'a [MentionId]) -> Self {
        let person = walk.people.best[from.index()];
        let identity = |id: MentionId| &walk.records.mentions[id.index()].identity;
        let mut alike: HashMap<&Identity, Vec<MentionId>> = HashMap::new();
        for member in members {
            alike.entry(identity(*member)).or_default().push(*member);
        }
        let joined = walk.people.undecided.iter().filter(|pair| pair.joined);
        let links = walk.people.links.iter().chain(joined.map(|pair| &pair.link));
        let mut linked: HashMap<MentionId, Vec<(MentionId, &Link)>> = HashMap::new();
        for link in links.filter(|link| walk.people.best[link.a.index()] == person) {
            linked.entry(link.a).or_default().push((link.b, link));
            linked.entry(link.b).or_default().push((link.a, link));
        }
        let mut came = HashMap::from([(from, (from, None))]);
        let mut queue = VecDeque::from([from]);
        while let Some(at) = queue.pop_front() {
            let same = alike
                .get(identity(at))
                .into_iter()
                .flatten()
                .map(|other| (*other, None));
            let others = linked.get(&at).into_iter().flatten();
            for (next, link) in same.chain(others.map(|(other, link)| (*other, Some(*link)))) {
                came.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    (at, link)
                });
            }
        }
        Self { came }
    }

    fn bond(&self, walk: Walk, from: MentionId, to: MentionId) -> Bond {
        let mut through = Vec::new();
        let mut weakest: Option<&Link> = None;
        let mut at = to;
        while at != from {
            let Some((before, link)) = self.came.get(&at) else {
                return Bond::Together;
            };
            if let Some(link) = link {
                let weaker = weakest.is_none_or(|known| link.probability < known.probability);
                weakest = if weaker { Some(link) } else { weakest };
            }
            at = *before;
            if at != from {
                through.push(walk.records.mentions[at.index()].place);
            }
        }
        through.reverse();
        weakest.map_or(Bond::Alike, |link| Bond::Linked {
            link: link.clone(),
            through,
        })
    }
}
