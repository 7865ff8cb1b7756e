//! The draw of a sample: places in the order of a hash, so that anybody can draw the same sample in any language.
//!
//! A place's ticket is the SHA-256 of five lines: the seed, the direction, the file, the sheet, and the cell or row. The
//! smallest tickets are drawn. Nobody can choose what is drawn without choosing the seed, and who knows the seed can redraw.
//! The direction makes the two samples independent: a row of a list has the same address in both.

use std::collections::BTreeSet;

use crate::ingest::fingerprint_of;

/// Rows of a sample that shows, with 95 % confidence, that at most 5 % are wrong where none is found wrong.
pub const SIZE: usize = 59;

/// The ticket of a place: 64 hexadecimal digits.
pub fn ticket(seed: u64, direction: Direction, [file, sheet, cell]: [&str; 3]) -> String {
    let direction = direction.code();
    fingerprint_of(format!("{seed}\n{direction}\n{file}\n{sheet}\n{cell}").as_bytes())
}

/// Which way a sample is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the figures to raw cells.
    ToRaw,
    /// From raw rows to the figures.
    ToReport,
}

impl Direction {
    /// Code in tickets and in `sample-frame.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Direction::ToRaw => "report-to-raw",
            Direction::ToReport => "raw-to-report",
        }
    }
}

/// How something came into a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draw {
    /// Among the smallest tickets.
    Drawn,
    /// Added, because an indicator would have nothing in the sample otherwise.
    Added,
    /// Not in the sample.
    Left,
}

/// What may be drawn, in the order of the tickets, and how far the draw went.
pub(super) struct Frame<T> {
    pub(super) items: Vec<(String, T, Draw)>,
}

impl<T> Frame<T> {
    /// Draws the `size` smallest tickets; then for every kind that has none among them, its own smallest.
    pub(super) fn drawn(tickets: Vec<(String, T)>, size: usize, kinds: impl Fn(&T) -> Vec<usize>) -> Self {
        let mut tickets = tickets;
        tickets.sort_by(|one, other| one.0.cmp(&other.0));
        let mut met: BTreeSet<usize> = BTreeSet::new();
        let drawn = tickets.into_iter().enumerate().map(|(at, (ticket, what))| {
            let own = kinds(&what);
            let draw = if at < size {
                Draw::Drawn
            } else if own.iter().any(|kind| !met.contains(kind)) {
                Draw::Added
            } else {
                Draw::Left
            };
            if draw != Draw::Left {
                met.extend(own);
            }
            (ticket, what, draw)
        });
        Self { items: drawn.collect() }
    }

    /// The sample, those drawn before those added.
    pub(super) fn sample(&self) -> Vec<&(String, T, Draw)> {
        self.items.iter().filter(|(.., draw)| *draw != Draw::Left).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Direction, Draw, Frame, ticket};

    #[test]
    fn a_ticket_is_what_sha256sum_gives() {
        // What `printf '7\nreport-to-raw\nraw/a.csv\n\n12' | sha256sum` begins with.
        let known = "524ee67b3393";
        let ticket = ticket(7, Direction::ToRaw, ["raw/a.csv", "", "12"]);
        assert_eq!(ticket.len(), 64);
        assert_eq!(&ticket[..12], known);
    }

    #[test]
    fn the_smallest_are_drawn_and_a_kind_without_any_gets_its_smallest() {
        let tickets = vec![
            ("c".to_owned(), 1),
            ("a".to_owned(), 0),
            ("b".to_owned(), 0),
            ("d".to_owned(), 1),
        ];
        let frame = Frame::drawn(tickets, 2, |kind| vec![*kind]);
        let draws: Vec<Draw> = frame.items.iter().map(|(.., draw)| *draw).collect();
        assert_eq!(draws, [Draw::Drawn, Draw::Drawn, Draw::Added, Draw::Left]);
        assert_eq!(frame.sample().len(), 3);
    }
}
