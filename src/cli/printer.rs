//! Where a command's words go: answers to `stdout`, everything else to `stderr`.

use std::io::{IsTerminal as _, Write};

use super::progress_line;

/// Widest table that is printed, in columns.
const WIDEST: usize = 80;

/// The two streams of a command.
pub(crate) struct Printer {
    answers: Box<dyn Write>,
    notes: Box<dyn Write>,
    /// Whether answers may be coloured.
    pub(crate) colour: bool,
    /// Columns that a table may take.
    pub(crate) width: usize,
    /// Whether nothing beside the answer is wanted.
    pub(crate) quiet: bool,
}

impl Printer {
    /// The program's own streams; colours only where a person looks and `NO_COLOR` does not forbid them.
    pub(crate) fn standard(quiet: bool) -> Self {
        let colour = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
        Self {
            answers: Box::new(anstream::stdout()),
            notes: Box::new(anstream::stderr()),
            colour,
            width: WIDEST,
            quiet,
        }
    }

    /// Prints an answer. A closed pipe is nobody's mistake, so it is not an error.
    pub(crate) fn answer(&mut self, text: &str) {
        progress_line::pause();
        let _ = writeln!(self.answers, "{}", visible(text));
    }

    /// Prints an answer whose words were cleaned where they came from, so that its colours may pass.
    pub(crate) fn painted(&mut self, text: &str) {
        progress_line::pause();
        let _ = writeln!(self.answers, "{text}");
    }

    /// Prints one JSON document.
    pub(crate) fn json(&mut self, document: &serde_json::Value) {
        self.answer(&serde_json::to_string_pretty(document).unwrap_or_default());
    }

    /// Prints a message beside the answer, unless quiet is wanted.
    pub(crate) fn note(&mut self, text: &str) {
        if !self.quiet {
            self.trouble(text);
        }
    }

    /// Prints what went wrong, however quiet it is to be.
    pub(crate) fn trouble(&mut self, text: &str) {
        progress_line::pause();
        let _ = writeln!(self.notes, "{}", visible(text));
    }
}

/// Whether a line may be rewritten on the error stream: it is a terminal that understands how, and somebody wants it.
pub(crate) fn may_rewrite(quiet: bool) -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !quiet && !dumb && std::io::stderr().is_terminal()
}

/// Signs that change the direction of the text around them: with them a cell could show another text than it holds.
const TURNING: [std::ops::RangeInclusive<char>; 2] = ['\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];

/// Control characters from cells made visible, so that a file can't write to the terminal.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let line_end = sign == '\r' && signs.peek().is_none_or(|next| *next == '\n');
        let turning = TURNING.iter().any(|range| range.contains(&sign));
        let hidden = turning || (sign.is_control() && !line_end && !matches!(sign, '\n' | '\t'));
        shown.push(if hidden { '\u{fffd}' } else { sign });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_write_to_the_terminal() {
        assert_eq!(
            visible("a\u{1b}[2Jb\u{7}\u{202e}\rc\n"),
            "a\u{fffd}[2Jb\u{fffd}\u{fffd}\u{fffd}c\n"
        );
        assert_eq!(visible("a,b\r\nc,d\r\n"), "a,b\r\nc,d\r\n");
    }
}
