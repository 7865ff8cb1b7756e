//! Ctrl-C, and being told to end: what was there before stays whole, and nothing temporary is left.

use std::io::Write as _;

use super::progress_line;
use crate::report::folder::underway;
use crate::report::labels::Labels;

/// Exit code: stopped from outside (128 and the number of SIGINT, as shells have it).
const STOPPED: i32 = 130;

/// Watches for being stopped. The words are loaded first: whoever is stopped should end at once.
pub(crate) fn watch(labels: Labels) {
    let stopped = move || stop(&labels);
    // Where no watch can be set the system ends the program, and the next run puts right what it left.
    let _ = ctrlc::set_handler(stopped);
}

#[expect(clippy::exit, reason = "the main thread is at work and can't be told to return")]
fn stop(labels: &Labels) {
    progress_line::pause();
    let (_nothing_more_is_written, placed) = underway::stop();
    let key = if placed { "stopped.placed" } else { "stopped.nothing" };
    let _ = writeln!(anstream::stderr(), "{}", labels.get(key));
    std::process::exit(STOPPED);
}
