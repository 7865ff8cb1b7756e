//! How a data set uses the words of names, and the words of each text that many rows hold.

use rayon::prelude::*;
use ustr::{Ustr, UstrMap};

use super::super::alike::QuickMap;
use super::{NameOrder, Word, words};
use crate::ingest::records::{Identity, Records, TextId};
use crate::names::NAMES;
use crate::names::script::{clean, skeleton};

/// How the words of a data set are used where there is no doubt: for names that could be read either way.
#[derive(Debug)]
pub(crate) struct Usage {
    pub(super) order: NameOrder,
    /// Times seen as a surname and as a given name, by skeleton.
    pub(super) seen: UstrMap<(u32, u32)>,
    /// The words of every text in columns for a part of the name.
    pub(super) read: QuickMap<TextId, Vec<Word>>,
}

impl Usage {
    /// Learned from the names with exactly one known given name, and from names in columns of their own.
    pub(crate) fn of(records: &Records, identities: &[&Identity]) -> Self {
        let mut usage = Self {
            order: NameOrder::SurnameFirst,
            seen: UstrMap::default(),
            read: read(records, identities),
        };
        let (mut surname_first, mut given_first) = (0usize, 0usize);
        let full = once(identities.par_iter().filter_map(|identity| identity.full_name));
        let full: Vec<Vec<Word>> = full
            .into_par_iter()
            .map(|name| {
                let words = words(records.text(name)).into_iter();
                words.filter(|word| !word.initial).collect()
            })
            .collect();
        for name in &full {
            let known: Vec<bool> = name.iter().map(|word| NAMES.given(&word.skeleton).is_some()).collect();
            let (surname, given) = match known.as_slice() {
                [false, true, ..] => (0, 1),
                [true, false, ..] => (1, 0),
                _ => continue,
            };
            *if given == 1 {
                &mut surname_first
            } else {
                &mut given_first
            } += 1;
            usage.see(name[surname].skeleton, name[given].skeleton);
        }
        if given_first > surname_first {
            usage.order = NameOrder::GivenFirst;
        }
        usage.see_apart(records, identities);
        usage
    }

    /// Learns from names in columns of their own, each pair once.
    fn see_apart(&mut self, records: &Records, identities: &[&Identity]) {
        let apart = once(
            identities
                .par_iter()
                .filter_map(|identity| identity.surname.zip(identity.given_name)),
        );
        let folded = |texts: Vec<TextId>| -> QuickMap<TextId, Ustr> {
            let fold = |id: TextId| (id, Ustr::from(&skeleton(&clean(records.text(id)))));
            texts.into_par_iter().map(fold).collect()
        };
        let surnames = folded(once(apart.par_iter().map(|(surname, _)| *surname)));
        let given = folded(once(apart.par_iter().map(|(_, given)| *given)));
        for (surname, name) in apart {
            self.see(surnames[&surname], given[&name]);
        }
    }

    fn see(&mut self, surname: Ustr, given: Ustr) {
        self.seen.entry(surname).or_default().0 += 1;
        self.seen.entry(given).or_default().1 += 1;
    }

    /// The words of a text in a column for a part of the name.
    pub(super) fn words(&self, records: &Records, text: TextId) -> Vec<Word> {
        let known = self.read.get(&text);
        known.map_or_else(|| words(records.text(text)), Clone::clone)
    }

    /// How much more often a word was a given name than a surname, in doublings.
    fn leaning(&self, word: Ustr) -> f64 {
        let (surname, given) = self.seen.get(&word).copied().unwrap_or_default();
        ((f64::from(given) + 0.5) / (f64::from(surname) + 0.5)).log2()
    }

    /// Of two words, which is the given name; the usual order decides unless the data clearly speak against it.
    pub(super) fn given_of(&self, words: [(usize, Ustr); 2], order: NameOrder) -> usize {
        const CLEARLY: f64 = 3.0;
        let [first, second] = words;
        let leaning = self.leaning(first.1) - self.leaning(second.1);
        match order {
            NameOrder::SurnameFirst if leaning >= CLEARLY => first.0,
            NameOrder::SurnameFirst => second.0,
            NameOrder::GivenFirst if leaning <= -CLEARLY => second.0,
            NameOrder::GivenFirst => first.0,
        }
    }
}

/// All different items, in order.
fn once<T: Ord + Send>(items: impl ParallelIterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = items.collect();
    all.par_sort_unstable();
    all.dedup();
    all
}

/// The words of every text in columns for a part of the name.
fn read(records: &Records, identities: &[&Identity]) -> QuickMap<TextId, Vec<Word>> {
    let parts = identities.par_iter().flat_map_iter(|identity| {
        let parts = [identity.surname, identity.given_name, identity.patronymic];
        parts.into_iter().flatten()
    });
    let read = |id: TextId| (id, words(records.text(id)));
    once(parts).into_par_iter().map(read).collect()
}
