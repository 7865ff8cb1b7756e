//! Where a command's words go: answers to `stdout`, everything else to `stderr`.

use std::io::{IsTerminal as _, Write};

/// Widest table that is printed, in columns.
const WIDEST: usize = 80;

/// The two streams of a command.
pub(crate) struct Printer {
    answers: Box<dyn Write>,
    notes: Box<dyn Write>,
    /// Whether answers may be coloured.
    pub(crate) colour: bool,
    /// Whether progress is shown.
    pub(crate) progress: bool,
    /// Columns that a table may take.
    pub(crate) width: usize,
}

impl Printer {
    /// The program's own streams; colours only where a person looks and `NO_COLOR` does not forbid them.
    pub(crate) fn standard() -> Self {
        let colour = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
        Self {
            answers: Box::new(anstream::stdout()),
            notes: Box::new(anstream::stderr()),
            colour,
            progress: std::io::stderr().is_terminal(),
            width: WIDEST,
        }
    }

    /// Prints an answer. A closed pipe is nobody's mistake, so it is not an error.
    pub(crate) fn answer(&mut self, text: &str) {
        let _ = writeln!(self.answers, "{}", visible(text));
    }

    /// Prints a message beside the answer.
    pub(crate) fn note(&mut self, text: &str) {
        let _ = writeln!(self.notes, "{}", visible(text));
    }
}

/// Control characters from cells made visible, so that a file can't write to the terminal; colours stay.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' | '\u{1b}' => c,
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}
