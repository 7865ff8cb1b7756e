//! Links that wait to be taken, the best first.
//!
//! What a link is worth depends on who else claims its two ends. A link that was heard and not taken is set by, and
//! heard again only when something around one of its ends has changed; and where some rivals alone keep it from being
//! taken, only when one of these is no more. So a crowd of one name is not heard anew for every merge in it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::alike::QuickMap;

/// Places from which on those that nothing waits at are cleared away.
const MANY: usize = 64;

/// A link: weight in thousandths of a bit, then the smallest members as tie-break, then where; first the younger one of
/// two clusters, where one was made by merging.
pub(super) type Queued = (i64, Reverse<(u32, u32)>, u32, u32);

/// Links that wait.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    /// Those among the identities, in order; nothing is cheaper to take than the last.
    sorted: Vec<Queued>,
    /// Those that clusters brought which were made by merging; they go with their cluster.
    brought: QuickMap<u32, BinaryHeap<Queued>>,
    /// The best that each of these brought.
    heads: BinaryHeap<Queued>,
    /// Those that were taken up again.
    open: BinaryHeap<Queued>,
    /// Links that were heard and not taken; nothing where one was taken up again.
    set_by: Vec<Option<Queued>>,
    /// Links that cannot be taken at this threshold, whatever changes.
    left: Vec<Queued>,
    /// Places in `set_by` that hold nothing.
    free: Vec<u32>,
    /// Those of each cluster, by place in `set_by`; some places may hold another link by now.
    of: QuickMap<u32, Vec<u32>>,
    /// Links that a cluster keeps from being taken, by place in `set_by`; some places may hold another link by now, which
    /// is heard once more than it need be.
    hindered: QuickMap<u32, Vec<u32>>,
    /// Links to be heard again once all others have been.
    again: Vec<Queued>,
    /// The last link heard since the beginning of the round, in the order of the queue.
    reached: Option<Queued>,
    /// Whether every link is heard again whenever something around one of its ends has changed: the slow way, by which
    /// tests measure the quick one.
    pub(super) hears_all: bool,
}

impl Waiting {
    /// Links among the identities.
    pub(super) fn begin(&mut self, links: Vec<Queued>) {
        self.sorted = links;
        self.sorted.sort_unstable();
    }

    /// The links of a cluster that was just made.
    pub(super) fn bring(&mut self, cluster: u32, links: Vec<Queued>) {
        let mut links = BinaryHeap::from(links);
        self.heads.extend(links.pop());
        if !links.is_empty() {
            self.brought.insert(cluster, links);
        }
    }

    /// The least link heard since the beginning of the round.
    pub(super) fn reached(&self) -> Option<Queued> {
        self.reached
    }

    /// The best link of at least a weight between two clusters that live.
    pub(super) fn pop(&mut self, least: i64, alive: &[bool]) -> Option<Queued> {
        let lives = |link: &Queued| alive[link.2 as usize] && alive[link.3 as usize];
        loop {
            // None is below all.
            let (sorted, open, head) = (self.sorted.last(), self.open.peek(), self.heads.peek());
            let best = *sorted.max(open).max(head)?;
            if best.0 < least {
                return None;
            }
            if sorted == Some(&best) {
                self.sorted.pop();
            } else if open == Some(&best) {
                self.open.pop();
            } else {
                self.heads.pop();
                self.bring_next(best.2, lives);
            }
            if lives(&best) {
                self.reached = Some(self.reached.map_or(best, |reached| reached.min(best)));
                return Some(best);
            }
        }
    }

    /// Puts the next of the links that a cluster brought among the best.
    fn bring_next(&mut self, cluster: u32, lives: impl Fn(&Queued) -> bool) {
        let Some(links) = self.brought.get_mut(&cluster) else {
            return;
        };
        while let Some(link) = links.pop() {
            if lives(&link) {
                self.heads.push(link);
                return;
            }
        }
        self.brought.remove(&cluster);
    }

    /// Leaves a link that cannot be taken before there is another threshold.
    pub(super) fn leave(&mut self, link: Queued) {
        if self.hears_all {
            return self.set_by(link, &[]);
        }
        self.left.push(link);
    }

    /// Sets by a link that was heard and not taken; until one of the clusters is no more that hinder it, where any do.
    pub(super) fn set_by(&mut self, link: Queued, hindered: &[u32]) {
        let hindered = if self.hears_all { &[] } else { hindered };
        let place = self.free.pop().unwrap_or_else(|| {
            self.set_by.push(None);
            u32::try_from(self.set_by.len() - 1).expect("links are numbered in 32 bits")
        });
        self.set_by[place as usize] = Some(link);
        for rival in hindered {
            let places = self.hindered.entry(*rival).or_default();
            if places.len() >= MANY && places.len().is_power_of_two() {
                places.sort_unstable();
                places.dedup();
                places.retain(|place| self.set_by[*place as usize].is_some());
            }
            places.push(place);
        }
        if hindered.is_empty() {
            for end in [link.2, link.3] {
                self.of.entry(end).or_default().push(place);
            }
        }
    }

    /// A cluster is no more, and hinders nobody: its links' turn is as if something around their ends had changed.
    pub(super) fn give_way(&mut self, cluster: u32) {
        for place in self.hindered.remove(&cluster).unwrap_or_default() {
            // Another that hindered it may have given way before.
            if let Some(link) = self.set_by[place as usize].take() {
                self.free.push(place);
                self.put_back(link);
            }
        }
    }

    fn put_back(&mut self, link: Queued) {
        if self.reached.is_none_or(|reached| link < reached) {
            self.open.push(link);
        } else {
            self.again.push(link);
        }
    }

    /// Something around a cluster has changed: its links are to be heard again, in this round where their turn is yet to
    /// come, else in the next.
    pub(super) fn stir(&mut self, cluster: u32) {
        for link in self.taken_up(cluster) {
            self.put_back(link);
        }
    }

    /// A cluster is no more, and so are its links.
    pub(super) fn forget(&mut self, cluster: u32) {
        self.brought.remove(&cluster);
        self.taken_up(cluster);
    }

    fn taken_up(&mut self, cluster: u32) -> Vec<Queued> {
        let mut taken = Vec::new();
        for place in self.of.remove(&cluster).unwrap_or_default() {
            let own = |link: &mut Queued| link.2 == cluster || link.3 == cluster;
            if let Some(link) = self.set_by[place as usize].take_if(own) {
                self.free.push(place);
                taken.push(link);
            }
        }
        taken
    }

    /// Begins another round; false where nothing is to be heard again.
    pub(super) fn next_round(&mut self) -> bool {
        self.reached = None;
        let due = !self.again.is_empty();
        self.open.extend(self.again.drain(..));
        due
    }

    /// Opens all links again, for another threshold.
    pub(super) fn reopen(&mut self) {
        self.reached = None;
        self.sorted.extend(self.set_by.drain(..).flatten());
        self.sorted.append(&mut self.left);
        self.sorted.extend(self.open.drain());
        self.sorted.sort_unstable();
        self.free.clear();
        self.of.clear();
        self.hindered.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use super::{Queued, Waiting};

    fn link(weight: i64, a: u32, b: u32) -> Queued {
        (weight, Reverse((a, b)), a, b)
    }

    #[test]
    fn a_link_is_heard_again_when_something_around_it_changed() {
        let mut waiting = Waiting::default();
        let alive = [true; 8];
        waiting.begin(vec![link(7, 2, 3), link(9, 0, 1), link(1, 6, 7), link(5, 4, 5)]);
        let heard = waiting.pop(5, &alive).expect("three weigh enough");
        waiting.set_by(heard, &[]);
        assert!(!waiting.next_round());
        waiting.stir(1);
        assert_eq!(waiting.pop(5, &alive), Some(heard));
        waiting.set_by(heard, &[]);
        assert_eq!(waiting.pop(5, &alive), Some(link(7, 2, 3)));
        // Its turn in this round is over.
        waiting.stir(0);
        assert_eq!(waiting.pop(5, &alive), Some(link(5, 4, 5)));
        assert_eq!(waiting.pop(5, &alive), None);
        assert!(waiting.next_round());
        assert_eq!(waiting.pop(5, &alive), Some(heard));
        waiting.set_by(heard, &[]);
        waiting.forget(0);
        waiting.reopen();
        assert_eq!(waiting.pop(0, &alive), Some(link(1, 6, 7)));
        assert_eq!(waiting.pop(0, &alive), None);
    }

    #[test]
    fn a_hindered_link_waits_for_its_rivals_and_one_that_is_left_for_another_threshold() {
        let mut waiting = Waiting::default();
        let alive = [true; 4];
        waiting.begin(vec![link(9, 0, 1), link(7, 2, 3)]);
        let [hindered, left] = [(); 2].map(|()| waiting.pop(5, &alive).expect("two wait"));
        waiting.set_by(hindered, &[4, 5]);
        waiting.leave(left);
        waiting.stir(0);
        waiting.stir(2);
        assert_eq!(waiting.pop(5, &alive), None, "neither is heard for that");
        waiting.give_way(5);
        assert!(waiting.next_round());
        assert_eq!(waiting.pop(5, &alive), Some(hindered));
        waiting.give_way(4);
        assert_eq!(waiting.pop(5, &alive), None, "once is enough");
        waiting.reopen();
        assert_eq!(waiting.pop(5, &alive), Some(left));
    }

    #[test]
    fn what_a_cluster_brought_is_heard_in_its_turn_and_goes_with_it() {
        let mut waiting = Waiting::default();
        waiting.begin(vec![link(6, 0, 1)]);
        waiting.bring(4, vec![link(5, 4, 0), link(9, 4, 2), link(7, 4, 1), link(8, 4, 3)]);
        waiting.bring(5, vec![link(4, 5, 0), link(3, 5, 1)]);
        let mut alive = [true, true, true, false, true, true];
        let mut next = || waiting.pop(0, &alive);
        assert_eq!(next(), Some(link(9, 4, 2)));
        assert_eq!(next(), Some(link(7, 4, 1)), "one end of the other is no more");
        assert_eq!(next(), Some(link(6, 0, 1)));
        alive[4] = false;
        waiting.forget(4);
        assert_eq!(waiting.pop(0, &alive), Some(link(4, 5, 0)));
        assert_eq!(waiting.pop(4, &alive), None, "it waits for another threshold");
        waiting.reopen();
        assert_eq!(waiting.pop(0, &alive), Some(link(3, 5, 1)));
    }
}
