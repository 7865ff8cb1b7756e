//! First contacts: since when a person is new (rule 6).

use std::borrow::Borrow;

use chrono::{Datelike, NaiveDate};

use super::items::{Item, NOBODY};

/// One of the three partitions of the mentions into persons (rule 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Partition {
    /// The best decision.
    Best,
    /// Every undecided pair is one person.
    Low,
    /// Every undecided pair is two persons.
    High,
}

impl Partition {
    /// All three, the best first.
    pub(super) const ALL: [Self; 3] = [Self::Best, Self::Low, Self::High];

    /// The block of the person behind an item, if a person is behind it.
    pub(super) fn block(self, item: &Item) -> Option<u32> {
        Some(item.who[self as usize]).filter(|block| *block != NOBODY)
    }
}

/// The first contact of each block since an anchor.
#[derive(Debug, Clone, Default)]
struct Firsts([Vec<Option<NaiveDate>>; 3]);

impl Firsts {
    fn note(&mut self, item: &Item) {
        for partition in Partition::ALL {
            let Some(block) = partition.block(item) else {
                return;
            };
            let known = &mut self.0[partition as usize];
            if known.len() <= block as usize {
                known.resize(block as usize + 1, None);
            }
            known[block as usize].get_or_insert(item.date);
        }
    }
}

/// Who is new when: the first contacts since one anchor, or since several (the years of a project).
#[derive(Debug, Clone, Default)]
pub(super) struct Newcomers(Vec<Firsts>);

impl Newcomers {
    /// First contacts among items that are in order of date.
    pub(super) fn since_start(items: impl IntoIterator<Item = impl Borrow<Item>>) -> Self {
        let mut firsts = Firsts::default();
        for item in items {
            firsts.note(item.borrow());
        }
        Self(vec![firsts])
    }

    /// First contacts of each calendar year among items that are in order of date.
    pub(super) fn by_year(items: &[Item]) -> Self {
        let years = items.chunk_by(|a, b| a.date.year() == b.date.year());
        Self(years.flat_map(|year| Self::since_start(year).0).collect())
    }

    /// First contacts of two sides alone, each made of blocks of one partition: under their numbers 0 and 1 where they
    /// stand apart, both under 0 where they are one. What would be stands in the coarsest partition, what is in the finest.
    pub(super) fn of_two(known: &Self, partition: Partition, sides: &[Vec<u32>; 2], joined: bool) -> Self {
        let two = |firsts: &Firsts| {
            let first = |block: &u32| firsts.0[partition as usize].get(*block as usize).copied().flatten();
            let apart: Vec<Option<NaiveDate>> = sides
                .iter()
                .map(|blocks| blocks.iter().filter_map(first).min())
                .collect();
            let one = vec![apart.iter().flatten().min().copied()];
            let (would_be, is) = if joined { (apart, one) } else { (one, apart) };
            Firsts([Vec::new(), would_be, is])
        };
        Self(known.0.iter().map(two).collect())
    }

    /// Whether the block's first contact falls between two days, ends included.
    pub(super) fn is_new(&self, partition: Partition, block: u32, start: NaiveDate, end: NaiveDate) -> bool {
        let first = |firsts: &Firsts| firsts.0[partition as usize].get(block as usize).copied().flatten();
        self.0
            .iter()
            .filter_map(first)
            .any(|first| start <= first && first <= end)
    }
}
