//! Equal things under one number, found on all cores; and maps that are quick, for keys that nobody chose to do harm.
//!
//! Things are put in order of their hash and only neighbours are compared, so that no table grows beside them. Numbers
//! follow the first of each, whatever the hash and however many threads there are.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

use foldhash::fast::FixedState;
use rayon::prelude::*;

/// A map that is looked up and never iterated.
pub(super) type QuickMap<K, V> = HashMap<K, V, FixedState>;

/// Things of which some are equal.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// Number of each thing: the same for equal ones, in order of first sight.
    pub(super) number: Vec<u32>,
    /// The first thing of each number.
    pub(super) first: Vec<u32>,
}

/// Numbers `count` things by what `thing` says of each.
pub(super) fn alike<T: Hash + Eq>(count: usize, thing: impl Fn(usize) -> T + Sync) -> Alike {
    let state = FixedState::default();
    let count = u32::try_from(count).expect("tables hold fewer than 2^32 items");
    let hashed = |at: u32| (state.hash_one(thing(at as usize)), at);
    let mut hashed: Vec<(u64, u32)> = (0..count).into_par_iter().map(hashed).collect();
    hashed.par_sort_unstable();
    hashed
        .par_chunk_by_mut(|a, b| a.0 == b.0)
        .for_each(|same| point_to_first(same, &thing));
    let mut number = vec![0_u32; hashed.len()];
    for (first, at) in hashed {
        number[at as usize] = u32::try_from(first).expect("the number of a thing");
    }
    let mut first = Vec::new();
    for at in 0..number.len() {
        // The first of each is met before all others.
        if number[at] as usize == at {
            number[at] = u32::try_from(first.len()).expect("no more numbers than things");
            first.push(u32::try_from(at).expect("the number of a thing"));
        } else {
            number[at] = number[number[at] as usize];
        }
    }
    Alike { number, first }
}

/// Puts in the place of each hash the first thing that is equal; all have one hash and stand in order.
fn point_to_first<T: Eq>(same: &mut [(u64, u32)], thing: &impl Fn(usize) -> T) {
    let mut different: Vec<u32> = Vec::new();
    for (hash, at) in same {
        let equal = different
            .iter()
            .find(|first| thing(**first as usize) == thing(*at as usize));
        let first = equal.copied().unwrap_or(*at);
        if first == *at {
            different.push(first);
        }
        *hash = u64::from(first);
    }
}

/// Things by number: those of each number in their own order.
#[derive(Debug, Default)]
pub(super) struct Grouped {
    starts: Vec<u32>,
    things: Vec<u32>,
}

impl Grouped {
    /// Groups things by their numbers, which are all below `count`.
    pub(super) fn by(number: &[u32], count: usize) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for at in number {
            starts[*at as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut things = vec![0; number.len()];
        for (thing, at) in (0_u32..).zip(number) {
            let place = &mut next[*at as usize];
            things[*place as usize] = thing;
            *place += 1;
        }
        Self { starts, things }
    }

    /// The things of a number.
    pub(super) fn of(&self, number: usize) -> &[u32] {
        &self.things[self.starts[number] as usize..self.starts[number + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Grouped, alike};

    /// Numbers things in the order of first sight, one after the other.
    fn one_by_one(things: &[u8]) -> (Vec<u32>, Vec<u32>) {
        let mut known: HashMap<u8, u32> = HashMap::new();
        let mut first = Vec::new();
        let numbers = (0_u32..).zip(things).map(|(at, thing)| {
            *known.entry(*thing).or_insert_with(|| {
                first.push(at);
                u32::try_from(first.len() - 1).expect("few things")
            })
        });
        (numbers.collect(), first)
    }

    proptest::proptest! {
        #[test]
        fn equal_things_have_the_number_of_the_first(things: Vec<u8>) {
            let found = alike(things.len(), |at| things[at]);
            proptest::prop_assert_eq!(one_by_one(&things), (found.number, found.first));
        }

        #[test]
        fn groups_hold_their_things_in_order(numbers in proptest::collection::vec(0_u32..9, 0..40)) {
            let grouped = Grouped::by(&numbers, 9);
            for number in 0..9 {
                let due: Vec<u32> = (0_u32..).zip(&numbers).filter(|(_, at)| **at as usize == number).map(|(at, _)| at).collect();
                proptest::prop_assert_eq!(grouped.of(number), due);
            }
        }
    }

    #[test]
    fn things_of_one_hash_that_differ_stay_apart() {
        let things = ["a", "b", "a", "b"];
        let mut same = [(7, 0), (7, 1), (7, 2), (7, 3)];
        super::point_to_first(&mut same, &|at| things[at]);
        assert_eq!(same.map(|(first, _)| first), [0, 1, 0, 1]);
    }
}
