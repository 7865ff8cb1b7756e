//! Links that wait to be taken, the best first.
//!
//! What a link is worth depends on who else claims its two ends. A link that was heard and not taken is set by, and
//! heard again only when something around one of its ends has changed; and where some rivals alone keep it from being
//! taken, only when one of these is no more. So a crowd of one name is not heard anew for every merge in it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A link: weight in thousandths of a bit, then the smallest members as tie-break, then where.
pub(super) type Queued = (i64, Reverse<(u32, u32)>, u32, u32);

/// Links that wait.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    /// Most of those that may be taken, in order; nothing is cheaper to take than the last.
    sorted: Vec<Queued>,
    /// Those that came since.
    open: BinaryHeap<Queued>,
    /// Links that were heard and not taken; nothing where one was taken up again.
    set_by: Vec<Option<Queued>>,
    /// Links that cannot be taken at this threshold, whatever changes.
    left: Vec<Queued>,
    /// Places in `set_by` that hold nothing.
    free: Vec<u32>,
    /// Those of each cluster, by place in `set_by`; some places may hold another link by now.
    of: Vec<Vec<u32>>,
    /// Links that a cluster keeps from being taken, by place in `set_by`.
    hindered: Vec<Vec<(u32, Queued)>>,
    /// Links to be heard again once all others have been.
    again: Vec<Queued>,
    /// The last link heard since the beginning of the round, in the order of the queue.
    reached: Option<Queued>,
    /// Whether every link is heard again whenever something around one of its ends has changed, as the slow way does.
    #[cfg(test)]
    pub(super) hears_all: bool,
}

impl Waiting {
    /// A link that was never heard.
    pub(super) fn push(&mut self, link: Queued) {
        self.open.push(link);
    }

    /// Puts all links in order that wait by now.
    pub(super) fn sort(&mut self) {
        self.sorted.extend(self.open.drain());
        self.sorted.sort_unstable();
    }

    /// The least link heard since the beginning of the round.
    pub(super) fn reached(&self) -> Option<Queued> {
        self.reached
    }

    /// The best link of at least a weight.
    pub(super) fn pop(&mut self, least: i64) -> Option<Queued> {
        // None is below all.
        let (sorted, open) = (self.sorted.last().copied(), self.open.peek().copied());
        let best = sorted.max(open)?;
        if best.0 < least {
            return None;
        }
        if sorted == Some(best) {
            self.sorted.pop();
        } else {
            self.open.pop();
        }
        self.reached = Some(self.reached.map_or(best, |reached| reached.min(best)));
        Some(best)
    }

    /// Leaves a link that cannot be taken before there is another threshold.
    pub(super) fn leave(&mut self, link: Queued) {
        #[cfg(test)]
        if self.hears_all {
            return self.set_by(link, &[]);
        }
        self.left.push(link);
    }

    /// Sets by a link that was heard and not taken; until one of the clusters is no more that hinder it, where any do.
    pub(super) fn set_by(&mut self, link: Queued, hindered: &[u32]) {
        #[cfg(test)]
        let hindered = if self.hears_all { &[] } else { hindered };
        let place = self.free.pop().unwrap_or_else(|| {
            self.set_by.push(None);
            u32::try_from(self.set_by.len() - 1).expect("links are numbered in 32 bits")
        });
        self.set_by[place as usize] = Some(link);
        for rival in hindered {
            at(&mut self.hindered, *rival).push((place, link));
        }
        if hindered.is_empty() {
            for end in [link.2, link.3] {
                at(&mut self.of, end).push(place);
            }
        }
    }

    /// A cluster is no more, and hinders nobody: its links' turn is as if something around their ends had changed.
    pub(super) fn give_way(&mut self, cluster: u32) {
        let places = self.hindered.get_mut(cluster as usize).map(std::mem::take);
        for (place, link) in places.unwrap_or_default() {
            // Another that hindered it may have given way before.
            if self.set_by[place as usize].take_if(|there| *there == link).is_some() {
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
        self.taken_up(cluster);
    }

    fn taken_up(&mut self, cluster: u32) -> Vec<Queued> {
        let places = self.of.get_mut(cluster as usize).map(std::mem::take);
        let mut taken = Vec::new();
        for place in places.unwrap_or_default() {
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
        self.sort();
        self.free.clear();
        self.of.clear();
        self.hindered.clear();
    }
}

/// The list of a cluster, made where there is none.
fn at<T>(lists: &mut Vec<Vec<T>>, cluster: u32) -> &mut Vec<T> {
    let cluster = cluster as usize;
    if lists.len() <= cluster {
        lists.resize_with(cluster + 1, Vec::new);
    }
    &mut lists[cluster]
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
        for one in [link(9, 0, 1), link(7, 2, 3), link(5, 4, 5), link(1, 6, 7)] {
            waiting.push(one);
        }
        let heard = waiting.pop(5).expect("three weigh enough");
        waiting.set_by(heard, &[]);
        assert!(!waiting.next_round());
        waiting.stir(1);
        assert_eq!(waiting.pop(5), Some(heard));
        waiting.set_by(heard, &[]);
        assert_eq!(waiting.pop(5), Some(link(7, 2, 3)));
        // Its turn in this round is over.
        waiting.stir(0);
        assert_eq!(waiting.pop(5), Some(link(5, 4, 5)));
        assert_eq!(waiting.pop(5), None);
        assert!(waiting.next_round());
        assert_eq!(waiting.pop(5), Some(heard));
        waiting.set_by(heard, &[]);
        waiting.forget(0);
        waiting.reopen();
        assert_eq!(waiting.pop(0), Some(link(1, 6, 7)));
        assert_eq!(waiting.pop(0), None);
    }

    #[test]
    fn a_hindered_link_waits_for_its_rivals_and_one_that_is_left_for_another_threshold() {
        let mut waiting = Waiting::default();
        waiting.push(link(9, 0, 1));
        waiting.push(link(7, 2, 3));
        let (hindered, left) = (waiting.pop(5).expect("two wait"), waiting.pop(5).expect("one waits"));
        waiting.set_by(hindered, &[4, 5]);
        waiting.leave(left);
        waiting.stir(0);
        waiting.stir(2);
        assert_eq!(waiting.pop(5), None, "neither is heard for that");
        waiting.give_way(5);
        assert!(waiting.next_round());
        assert_eq!(waiting.pop(5), Some(hindered));
        waiting.give_way(4);
        assert_eq!(waiting.pop(5), None, "once is enough");
        waiting.reopen();
        assert_eq!(waiting.pop(5), Some(left));
    }
}
