//! How far a run has come: counters that any thread may add to, and that nobody waits for.
//!
//! One program does one run, so there is one [`METER`]; handing it down would put it into the signature of every
//! function between the command line and a loop that counts. The rooms only count. Whether and how the counters are
//! shown is the command line's affair, and no result depends on them.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// The meter of this run.
pub(crate) static METER: Meter = Meter::new();

/// Pairs that are counted at once, so that threads seldom meet at the counter.
pub(crate) const STRIDE: usize = 1024;

/// What a run is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Stage {
    /// Nothing that takes time, or talking to a person.
    Rest,
    /// Reading files; rows beside.
    Reading,
    /// Bringing names to one form and finding who may be whom.
    Recognising,
    /// Comparing pairs.
    Comparing,
    /// Joining those who are one person.
    Joining,
    /// Computing figures.
    Counting,
    /// Writing sheets.
    Writing,
    /// Putting files on disk.
    Saving,
}

impl Stage {
    /// All of them, in order of their numbers.
    pub(crate) const ALL: [Self; 8] = [
        Self::Rest,
        Self::Reading,
        Self::Recognising,
        Self::Comparing,
        Self::Joining,
        Self::Counting,
        Self::Writing,
        Self::Saving,
    ];
}

/// The counters of a run.
#[derive(Debug)]
pub(crate) struct Meter {
    stage: AtomicU8,
    /// Goes up with every stage that begins.
    turn: AtomicU64,
    done: AtomicU64,
    of: AtomicU64,
    rows: AtomicU64,
}

/// What the counters say at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    /// What is being done.
    pub(crate) stage: Stage,
    /// Another number for each stage that began.
    pub(crate) turn: u64,
    /// Units of the stage that are done.
    pub(crate) done: u64,
    /// Units that there are; 0 where that is not known.
    pub(crate) of: u64,
    /// Rows read so far in this stage.
    pub(crate) rows: u64,
}

impl Meter {
    const fn new() -> Self {
        Self {
            stage: AtomicU8::new(Stage::Rest as u8),
            turn: AtomicU64::new(0),
            done: AtomicU64::new(0),
            of: AtomicU64::new(0),
            rows: AtomicU64::new(0),
        }
    }

    /// Begins a stage of so many units; 0 where their number is not known.
    pub(crate) fn begin(&self, stage: Stage, of: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.rows.store(0, Ordering::Relaxed);
        self.of.store(of as u64, Ordering::Relaxed);
        self.turn.fetch_add(1, Ordering::Relaxed);
        self.stage.store(stage as u8, Ordering::Release);
    }

    /// Says that nothing is being done that a person would wait for.
    pub(crate) fn rest(&self) {
        self.stage.store(Stage::Rest as u8, Ordering::Release);
    }

    /// Counts units that are done.
    pub(crate) fn add(&self, units: usize) {
        self.done.fetch_add(units as u64, Ordering::Relaxed);
    }

    /// Counts rows that were read.
    pub(crate) fn add_rows(&self, rows: usize) {
        self.rows.fetch_add(rows as u64, Ordering::Relaxed);
    }

    /// What the counters say now.
    pub(crate) fn reading(&self) -> Reading {
        let stage = usize::from(self.stage.load(Ordering::Acquire));
        let of = self.of.load(Ordering::Relaxed);
        let done = self.done.load(Ordering::Relaxed);
        Reading {
            stage: Stage::ALL.get(stage).copied().unwrap_or(Stage::Rest),
            turn: self.turn.load(Ordering::Relaxed),
            // Whoever counts in strides may be a stride ahead.
            done: if of == 0 { done } else { done.min(of) },
            of,
            rows: self.rows.load(Ordering::Relaxed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_begin_anew_with_every_stage_and_never_pass_their_total() {
        let meter = Meter::new();
        assert_eq!(meter.reading().stage, Stage::Rest);
        meter.begin(Stage::Reading, 3);
        meter.add(2);
        meter.add_rows(70);
        let reading = meter.reading();
        assert_eq!(
            (reading.stage, reading.done, reading.of, reading.rows),
            (Stage::Reading, 2, 3, 70)
        );
        meter.begin(Stage::Comparing, 1500);
        meter.add(STRIDE);
        meter.add(STRIDE);
        let next = meter.reading();
        assert_eq!((next.stage, next.done, next.rows), (Stage::Comparing, 1500, 0));
        assert_ne!(next.turn, reading.turn);
        meter.rest();
        assert_eq!(meter.reading().stage, Stage::Rest);
    }

    #[test]
    fn a_stage_is_found_by_its_number() {
        for (number, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(stage as usize, number);
        }
    }
}
