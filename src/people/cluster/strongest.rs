//! The strongest links of a cluster, which are the rivals that are heard about any of its links.

use super::engine::Neighbour;

/// Most rivals that are heard, the strongest first: what so many leave of a link, more would not change.
pub(super) const HEARD: usize = 64;
/// Links that are put in order when they are first asked for, so that some may go before others must be looked for.
const READY: usize = 2 * HEARD;

/// The strongest links of a cluster in order; behind the last of them, it may have more.
#[derive(Debug)]
pub(super) struct Strongest {
    links: Vec<Neighbour>,
    /// Those of them to clusters that live.
    living: usize,
    /// Whether these are all.
    all: bool,
}

impl Strongest {
    /// The strongest of all links to living clusters.
    pub(super) fn of(mut links: Vec<Neighbour>) -> Self {
        let all = links.len() <= READY;
        if !all {
            links.select_nth_unstable_by(READY - 1, order);
            links.truncate(READY);
        }
        links.sort_unstable_by(order);
        Self {
            living: links.len(),
            links,
            all,
        }
    }

    /// In order, with some to clusters that are no more.
    pub(super) fn links(&self) -> &[Neighbour] {
        &self.links
    }

    /// Whether those are here that are heard, and one more, which may be the one asked about.
    pub(super) fn are_enough(&self) -> bool {
        self.all || self.living > HEARD
    }

    /// A cluster is no more to which there was a link.
    pub(super) fn lose(&mut self, link: &Neighbour) {
        if self.is_among(link) {
            self.living -= 1;
        }
    }

    /// There is another link.
    pub(super) fn gain(&mut self, link: Neighbour, lives: impl Fn(u32) -> bool) {
        if !self.is_among(&link) {
            return;
        }
        if self.links.len() >= 2 * READY {
            self.links.retain(|(other, _)| lives(*other));
        }
        let place = self.links.partition_point(|one| order(one, &link).is_lt());
        self.links.insert(place, link);
        self.living += 1;
    }

    /// Whether a link would stand before the last of these.
    fn is_among(&self, link: &Neighbour) -> bool {
        self.all || self.links.last().is_some_and(|last| order(link, last).is_le())
    }
}

/// The stronger link first.
fn order(one: &Neighbour, two: &Neighbour) -> std::cmp::Ordering {
    two.1.total_cmp(&one.1).then_with(|| one.0.cmp(&two.0))
}

#[cfg(test)]
mod tests {
    use super::{HEARD, Neighbour, Strongest, order};

    proptest::proptest! {
        #[test]
        fn the_strongest_are_those_of_all_put_in_order(
            weights in proptest::collection::vec(0_u8..20, 1..400),
            steps in proptest::collection::vec((proptest::bool::ANY, 0_u8..20, 0_usize..400), 0..400),
        ) {
            let mut links: Vec<Neighbour> = (0_u32..).zip(weights.iter().map(|weight| f64::from(*weight))).collect();
            let mut next = 1000;
            let mut strongest = Strongest::of(links.clone());
            for (grows, weight, at) in steps {
                if grows {
                    links.push((next, f64::from(weight)));
                    let lives = |other: u32| links.iter().any(|link| link.0 == other);
                    strongest.gain((next, f64::from(weight)), lives);
                    next += 1;
                } else if !links.is_empty() {
                    let gone = links.remove(at % links.len());
                    strongest.lose(&gone);
                }
                if !strongest.are_enough() {
                    strongest = Strongest::of(links.clone());
                }
                let lives = |link: &&Neighbour| links.contains(link);
                let found: Vec<Neighbour> = strongest.links().iter().filter(lives).take(HEARD + 1).copied().collect();
                links.sort_by(order);
                proptest::prop_assert_eq!(&found[..], &links[..links.len().min(HEARD + 1)]);
            }
        }
    }
}
