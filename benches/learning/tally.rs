//! How often each level was reached.

use std::collections::BTreeMap;

/// Pretended sightings of each level.
const SMOOTH: f64 = 0.5;
/// Levels reached only where one side gives less than the whole.
const BARE: [(&str, &str); 4] = [
    ("given", "initial"),
    ("patronymic", "initial"),
    ("birth", "year"),
    ("birth", "doubtful"),
];

/// Sightings of the levels of each comparison in which both sides speak.
///
/// A name against an initial and a date against a year agree or do not; they are counted apart from whole against whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    whole: Counts,
    bare: Counts,
}

type Counts = BTreeMap<&'static str, BTreeMap<&'static str, Count>>;

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    weight: f64,
    pairs: u64,
}

/// The three kinds of pairs.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// One person written in two ways, every person weighing the same.
    pub(crate) one_person: Tally,
    /// Two persons drawn at random.
    pub(crate) two_persons: Tally,
    /// Two persons who have something in common.
    pub(crate) confusable: Tally,
}

impl Tally {
    /// Counts a level.
    pub(crate) fn see(&mut self, comparison: &'static str, level: &'static str, bare: bool, weight: f64) {
        let counts = if bare { &mut self.bare } else { &mut self.whole };
        let count = counts.entry(comparison).or_default().entry(level).or_default();
        count.weight += weight;
        count.pairs += 1;
    }

    /// The sightings of both.
    pub(crate) fn with(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (into, from) in [(&mut sum.whole, &other.whole), (&mut sum.bare, &other.bare)] {
            for (comparison, levels) in from {
                for (level, more) in levels {
                    let count = into.entry(comparison).or_default().entry(level).or_default();
                    count.weight += more.weight;
                    count.pairs += more.pairs;
                }
            }
        }
        sum
    }

    /// Share of a level among the pairs in which it could have been reached; smoothed over so many levels.
    pub(crate) fn share(&self, comparison: &str, level: &str, levels: usize) -> Option<f64> {
        let all = self.of(comparison, level)?;
        let total: f64 = all.values().map(|count| count.weight).sum();
        let own = all.get(level).map_or(0.0, |count| count.weight);
        Some((own + SMOOTH) / (total + SMOOTH * levels as f64))
    }

    /// Pairs that reached a level.
    pub(crate) fn pairs(&self, comparison: &str, level: &str) -> u64 {
        let counts = self.of(comparison, level).and_then(|all| all.get(level));
        counts.map_or(0, |count| count.pairs)
    }

    /// Pairs in which the level could have been reached.
    pub(crate) fn spoken(&self, comparison: &str, level: &str) -> u64 {
        let all = self.of(comparison, level).into_iter().flatten();
        all.map(|(_, count)| count.pairs).sum()
    }

    fn of(&self, comparison: &str, level: &str) -> Option<&BTreeMap<&'static str, Count>> {
        let counts = if BARE.contains(&(comparison, level)) {
            &self.bare
        } else {
            &self.whole
        };
        counts.get(comparison)
    }
}
