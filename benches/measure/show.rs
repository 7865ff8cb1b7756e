//! Wrong merges and splits with their raw mentions and the evidence, to look at.

use std::collections::{BTreeMap, BTreeSet};

use tallyframe::ingest::records::{Birth, MentionId, Records};
use tallyframe::people::compare_pair;
use tallyframe::people::model::{Link, People, Person};

use super::calibration::evidence;

/// What recognition was given, what it found, and the truth.
pub(crate) struct Shown<'a> {
    pub(crate) records: &'a Records,
    pub(crate) people: &'a People,
    pub(crate) truth: &'a [Option<u32>],
}

impl Shown<'_> {
    /// Prints up to `limit` wrong merges, splits, and wrongly judged undecided pairs, evenly taken from all of them.
    pub(crate) fn print(&self, limit: usize) {
        self.merges(limit);
        self.splits(limit);
        self.undecided(limit);
    }

    fn merges(&self, limit: usize) {
        let reals = |person: &Person| {
            person
                .mentions
                .iter()
                .filter_map(|id| self.truth[id.index()])
                .collect::<BTreeSet<u32>>()
        };
        let wrong: Vec<&Person> = self
            .people
            .persons
            .iter()
            .filter(|person| reals(person).len() > 1)
            .collect();
        println!("\n{} persons found are several true ones", wrong.len());
        let mut links: BTreeMap<u32, Vec<&Link>> = BTreeMap::new();
        let joined = self
            .people
            .undecided
            .iter()
            .filter(|pair| pair.joined)
            .map(|pair| &pair.link);
        for link in self.people.links.iter().chain(joined) {
            if self.differ(link) {
                links.entry(self.people.best[link.a.index()].0).or_default().push(link);
            }
        }
        for person in evenly(&wrong, limit) {
            println!("MERGED {}", person.key);
            self.lines(person.mentions.iter().copied());
            let home = self.people.best[person.mentions[0].index()].0;
            for link in links.get(&home).into_iter().flatten().take(3) {
                self.link(link);
            }
        }
    }

    /// What stood between the parts of split persons, by pairs lost; of so many splits, evenly taken from all.
    fn tally(&self, split: &[(u32, BTreeMap<u32, Vec<MentionId>>)]) {
        let mut lost: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (_, parts) in evenly(split, 100) {
            let (first, others) = largest_first(parts);
            for other in others {
                let link = compare_pair(self.records, self.fullest(first), self.fullest(other));
                let against: Vec<String> = link
                    .fields
                    .iter()
                    .filter(|one| one.weight < 0.0)
                    .map(|one| format!("{} {}", one.comparison, one.level))
                    .collect();
                let against = if against.is_empty() {
                    "too little: ".to_owned() + &evidence(&link)
                } else {
                    against.join(", ")
                };
                let known = lost.entry(against).or_default();
                (known.0, known.1) = (known.0 + 1, known.1 + first.len() * other.len());
            }
        }
        let mut lost: Vec<(String, (usize, usize))> = lost.into_iter().collect();
        lost.sort_by_key(|(_, (_, pairs))| std::cmp::Reverse(*pairs));
        println!("  parts  pairs lost  what stands against the fullest mentions of both parts (of up to 100 splits)");
        for (against, (parts, pairs)) in lost.iter().take(15) {
            println!("{parts:>7} {pairs:>11}  {against}");
        }
    }

    fn splits(&self, limit: usize) {
        let mut parts: BTreeMap<u32, BTreeMap<u32, Vec<MentionId>>> = BTreeMap::new();
        for (at, real) in self.truth.iter().enumerate() {
            if let Some(real) = real {
                let home = self.people.best[at].0;
                parts
                    .entry(*real)
                    .or_default()
                    .entry(home)
                    .or_default()
                    .push(MentionId::from(at));
            }
        }
        let split: Vec<(u32, BTreeMap<u32, Vec<MentionId>>)> =
            parts.into_iter().filter(|(_, parts)| parts.len() > 1).collect();
        println!("\n{} true persons are found as several", split.len());
        self.tally(&split);
        for (real, parts) in evenly(&split, limit) {
            println!("SPLIT {real}");
            for (home, mentions) in parts {
                println!("  found as {}", self.people.persons[*home as usize].key);
                self.lines(mentions.iter().copied());
            }
            self.nearest(parts);
        }
    }

    /// The evidence between the largest part and each other one.
    fn nearest(&self, parts: &BTreeMap<u32, Vec<MentionId>>) {
        let (first, others) = largest_first(parts);
        for other in others.iter().take(2) {
            self.link(&compare_pair(self.records, self.fullest(first), self.fullest(other)));
        }
    }

    /// The mention that says most.
    fn fullest(&self, mentions: &[MentionId]) -> MentionId {
        let said = |id: &MentionId| self.told(*id).chars().count();
        mentions.iter().copied().max_by_key(said).unwrap_or(mentions[0])
    }

    fn undecided(&self, limit: usize) {
        let wrong: Vec<_> = self
            .people
            .undecided
            .iter()
            .filter(|pair| pair.joined == self.differ(&pair.link))
            .collect();
        println!(
            "\n{} undecided pairs are judged wrong, of {}",
            wrong.len(),
            self.people.undecided.len()
        );
        for pair in evenly(&wrong, limit) {
            println!("UNDECIDED, {}", if pair.joined { "joined" } else { "left apart" });
            self.link(&pair.link);
        }
    }

    fn differ(&self, link: &Link) -> bool {
        self.truth[link.a.index()] != self.truth[link.b.index()]
    }

    fn link(&self, link: &Link) {
        println!(
            "  p {:.3}, {:+.1} bits, {:?}",
            link.probability, link.weight, link.cause
        );
        println!("      {}\n      {}", self.told(link.a), self.told(link.b));
        let field = |one: &tallyframe::people::model::FieldWeight| {
            format!("{} {} {:+.1}", one.comparison, one.level, one.weight)
        };
        println!("      {}", link.fields.iter().map(field).collect::<Vec<_>>().join(", "));
    }

    /// Distinct lines with how often each stands.
    fn lines(&self, mentions: impl Iterator<Item = MentionId>) {
        let mut lines: BTreeMap<String, usize> = BTreeMap::new();
        for id in mentions {
            *lines.entry(self.told(id)).or_default() += 1;
        }
        for (line, times) in lines {
            println!("    {times:>3} × {line}");
        }
    }

    fn told(&self, id: MentionId) -> String {
        let identity = &self.records.mentions[id.index()].identity;
        let texts = [
            identity.full_name,
            identity.surname,
            identity.given_name,
            identity.patronymic,
        ];
        let name: Vec<&str> = texts.iter().flatten().map(|text| self.records.text(*text)).collect();
        let birth = match identity.birth {
            Birth::Unknown => String::new(),
            Birth::Year(year) => year.to_string(),
            Birth::Date(day) => day.to_string(),
        };
        let text = |id: Option<_>| id.map_or("", |id| self.records.text(id));
        let real = self.truth[id.index()].map_or("?".to_owned(), |real| real.to_string());
        let group = text(self.records.mentions[id.index()].context.group);
        let (phone, sex, home) = (text(identity.phone), text(identity.sex), text(identity.settlement));
        format!(
            "[{real}] {} | {birth} | {phone} | {sex} | {home} | {group}",
            name.join(" / ")
        )
    }
}

fn largest_first(parts: &BTreeMap<u32, Vec<MentionId>>) -> (&Vec<MentionId>, Vec<&Vec<MentionId>>) {
    let mut parts: Vec<&Vec<MentionId>> = parts.values().collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let others = parts.split_off(1);
    (parts[0], others)
}

/// Up to `limit` items, evenly from all of them.
fn evenly<T>(items: &[T], limit: usize) -> impl Iterator<Item = &T> {
    items.iter().step_by(items.len().div_ceil(limit.max(1)).max(1))
}
