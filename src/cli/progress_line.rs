//! The line on a terminal that tells how far a run has come: rewritten in place, and gone before anything else is printed.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::progress::{METER, Reading, Stage};
use crate::report::labels::Labels;

/// Nothing is shown of what takes less.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the counters are looked at.
const TICK: Duration = Duration::from_millis(100);
/// No time left is told before a stage has gone on for so long: it would jump.
const SETTLED: Duration = Duration::from_secs(1);
/// Less time left is not worth telling.
const LITTLE: Duration = Duration::from_secs(2);

/// The line, while it is shown. There is one terminal, so there is one line.
static SHOWN: Mutex<Option<ProgressBar>> = Mutex::new(None);

fn shown() -> MutexGuard<'static, Option<ProgressBar>> {
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the line away, until a further stage begins.
pub(crate) fn pause() {
    METER.rest();
    if let Some(line) = shown().take() {
        line.finish_and_clear();
    }
}

/// A thread that looks at the counters and writes the line.
pub(crate) struct ProgressLine {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl ProgressLine {
    /// Begins to look; stops when it is dropped, and takes the line away.
    pub(crate) fn start(labels: Labels) -> Self {
        let (stop, stopped) = mpsc::channel();
        let mut watch = Watch {
            labels,
            turn: 0,
            since: None,
            stage_since: Instant::now(),
        };
        let thread = thread::spawn(move || {
            while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                watch.tick();
            }
        });
        Self {
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A line that could not be drawn is no reason to fail.
            let _ = thread.join();
        }
        pause();
    }
}

/// What the thread remembers from tick to tick.
struct Watch {
    labels: Labels,
    turn: u64,
    since: Option<Instant>,
    stage_since: Instant,
}

impl Watch {
    fn tick(&mut self) {
        let (reading, now) = (METER.reading(), Instant::now());
        if reading.stage == Stage::Rest {
            self.since = None;
            return;
        }
        if reading.turn != self.turn {
            self.turn = reading.turn;
            self.stage_since = now;
        }
        if now - *self.since.get_or_insert(now) >= PATIENCE {
            let text = words(&self.labels, reading, now - self.stage_since);
            show(text);
        }
    }
}

fn show(text: String) {
    let mut line = shown();
    // Whoever prints says so before it takes the line away.
    if METER.reading().stage == Stage::Rest {
        return;
    }
    let bar = line.get_or_insert_with(|| {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        match ProgressStyle::with_template("{wide_msg}") {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    });
    bar.set_message(text);
}

/// What is being done, how much of it is done, and how long it may still take.
fn words(labels: &Labels, reading: Reading, gone: Duration) -> String {
    let key = match reading.stage {
        Stage::Rest => return String::new(),
        Stage::Reading => "progress.reading",
        Stage::Recognising => "progress.recognising",
        Stage::Comparing => "progress.comparing",
        Stage::Joining => "progress.joining",
        Stage::Counting => "progress.counting",
        Stage::Writing => "progress.writing",
        Stage::Saving => "progress.saving",
    };
    let whole = |count: u64| labels.whole(usize::try_from(count).unwrap_or(usize::MAX));
    let (done, of, rows) = (whole(reading.done), whole(reading.of), whole(reading.rows));
    let left = left(reading, gone).map(|left| in_words(labels, left));
    let mut args = Vec::new();
    if reading.of > 0 {
        args.extend([("done", done.as_str()), ("of", &of)]);
    }
    if reading.rows > 0 {
        args.push(("rows", &rows));
    }
    if let Some(left) = &left {
        args.push(("left", left));
    }
    labels.fill(key, &args)
}

/// How long the rest of a stage takes if it goes on as it went so far.
fn left(reading: Reading, gone: Duration) -> Option<Duration> {
    if gone < SETTLED || reading.done == 0 || reading.done >= reading.of {
        return None;
    }
    let share = (reading.of - reading.done) as f64 / reading.done as f64;
    let left = Duration::try_from_secs_f64(gone.as_secs_f64() * share).ok();
    left.filter(|left| *left >= LITTLE)
}

/// Seconds up to a minute and a half, then minutes, rounded up.
fn in_words(labels: &Labels, left: Duration) -> String {
    let seconds = left.as_secs() + 1;
    let (key, count) = if seconds <= 90 {
        ("progress.left_seconds", seconds)
    } else {
        ("progress.left_minutes", seconds.div_ceil(60))
    };
    labels.fill(key, &[("count", &count.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(stage: Stage, done: u64, of: u64, rows: u64) -> Reading {
        Reading {
            stage,
            turn: 1,
            done,
            of,
            rows,
        }
    }

    #[test]
    fn the_line_tells_what_is_known() {
        let labels = Labels::load("en");
        let ten = Duration::from_secs(10);
        let said = |reading, gone| words(&labels, reading, gone);
        assert_eq!(
            said(reading(Stage::Reading, 12, 60, 431_000), ten),
            "Reading: 12 of 60 files, 431,000 rows, about 41 s left"
        );
        assert_eq!(
            said(reading(Stage::Reading, 0, 60, 0), Duration::ZERO),
            "Reading: 0 of 60 files"
        );
        assert_eq!(
            said(reading(Stage::Comparing, 1024, 204_800, 0), ten),
            "Recognising people: 1,024 of 204,800 pairs compared, about 34 min left"
        );
        assert_eq!(said(reading(Stage::Writing, 0, 0, 0), ten), "Writing");
        assert_eq!(
            said(reading(Stage::Joining, 0, 0, 0), ten),
            "Recognising people: joining"
        );
    }

    #[test]
    fn every_stage_has_words_in_every_language() {
        for lang in Labels::languages() {
            let labels = Labels::load(lang);
            for stage in Stage::ALL.into_iter().filter(|stage| *stage != Stage::Rest) {
                let said = words(&labels, reading(stage, 1, 9, 3), SETTLED);
                assert!(!said.is_empty() && !said.contains(['…', '⟨']), "{lang}: {said}");
            }
        }
    }
}
