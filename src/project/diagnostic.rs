//! Mistakes in definitions: data (file, span, message, help) and, apart from it, their printing.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::workbook::Places;
use crate::message::{English, Message, Tongue, message};

/// The text of a definition file, kept as long as something may point into it.
#[derive(Debug, PartialEq, Eq)]
pub struct DefinitionText {
    /// Path relative to the project folder with `/`, or `catalogue:<file>`.
    pub path: String,
    /// The whole text; for a workbook, the one that its cells were turned into.
    pub text: String,
    /// For a workbook, the cells behind the text.
    pub(super) places: Places,
}

impl DefinitionText {
    /// 1-based line of a byte offset; of a workbook, the row of the sheet.
    pub fn line_of(&self, offset: usize) -> usize {
        if let Some((cell, _)) = self.places.locate(&(offset..offset)) {
            return cell.row as usize + 1;
        }
        let end = offset.min(self.text.len());
        1 + self.text.bytes().take(end).filter(|&byte| byte == b'\n').count()
    }
}

/// A span that lies within the text, on character boundaries and on one line, as printing needs it.
fn printable(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    let line = text[start..end].find(['\r', '\n']).map_or(end, |length| start + length);
    start..line
}

/// A mistake in a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file it stands in.
    pub file: Arc<DefinitionText>,
    /// Bytes that are wrong.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub help: Option<Message>,
}

impl Diagnostic {
    /// 1-based line of the mistake.
    pub fn line(&self) -> usize {
        self.file.line_of(self.span.start)
    }
}

/// Prints mistakes with file, line, the line itself, a caret and what to do; in colour where asked for.
pub fn render(diagnostics: &[Diagnostic], colour: bool, tongue: &dyn Tongue) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let shown: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| render_one(diagnostic, &renderer, tongue))
        .collect();
    shown.join("\n\n")
}

fn render_one(diagnostic: &Diagnostic, renderer: &Renderer, tongue: &dyn Tongue) -> String {
    let file = &diagnostic.file;
    let said = |message: Message| message.told(tongue);
    let error = Level::ERROR.with_name(said(message!("error")));
    let title = error.primary_title(said(diagnostic.message.clone()));
    let shown = |text: &'_ str, span| AnnotationKind::Primary.span(printable(text, span));
    let mut group = match file.places.locate(&diagnostic.span) {
        None => title.element(
            Snippet::source(file.text.as_str())
                .path(file.path.as_str())
                .annotation(shown(&file.text, &diagnostic.span)),
        ),
        Some((cell, within)) => title
            .element(Origin::path(format!("{} › {}", file.path, cell.address())))
            .element(
                Snippet::source(cell.text.as_str())
                    .line_numbering(false)
                    .annotation(shown(&cell.text, &within)),
            ),
    };
    if let Some(help) = &diagnostic.help {
        group = group.element(
            Level::HELP
                .with_name(said(message!("help")))
                .message(said(help.clone())),
        );
    }
    let shown = renderer.render(&[group]);
    // The renderer takes a cell's text for a second file and opens it with a mark that says nothing here.
    let says_nothing = |line: &&str| anstream::adapter::strip_str(line).to_string().trim() == ":::";
    let lines: Vec<&str> = shown.lines().filter(|line| !says_nothing(line)).collect();
    lines.join("\n")
}

/// Why a project could not be loaded.
#[derive(Debug)]
pub enum LoadError {
    /// A file or folder can't be read.
    Io {
        /// What was to be read.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The folder holds its definitions in both forms.
    TwoForms {
        /// The project folder.
        root: PathBuf,
    },
    /// A workbook, or what the project remembers, can't be understood or written.
    Workbook {
        /// The file, or the project folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: Message,
    },
    /// The definitions hold mistakes: all of them, in order of file and line.
    Definitions(Vec<Diagnostic>),
}

impl LoadError {
    /// In the words of a language; mistakes with their lines and carets.
    pub fn told(&self, tongue: &dyn Tongue) -> String {
        match self {
            Self::Definitions(mistakes) => render(mistakes, false, tongue),
            Self::Io { .. } | Self::TwoForms { .. } | Self::Workbook { .. } => self.brief().told(tongue),
        }
    }

    /// In a sentence; mistakes with the numbers of their lines alone.
    pub fn brief(&self) -> Message {
        match self {
            Self::Io { path, source } => message!("{path}: {source}", path, source),
            Self::TwoForms { root } => message!(
                "{root} holds definitions in both forms, and only one of them can be meant. Remove logframe.xlsx to keep \
                 project.toml and indicators/, or remove project.toml and indicators/ to keep logframe.xlsx.",
                root
            ),
            Self::Workbook { path, reason } => message!("{path}: {reason}", path, reason),
            Self::Definitions(mistakes) => Message::joined(
                mistakes.iter().map(|mistake| {
                    let (path, line) = (&mistake.file.path, mistake.line().to_string());
                    message!("{path}:{line}: {message}", path, line, message = mistake.message)
                }),
                "; ",
            ),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.told(&English))
    }
}

impl std::error::Error for LoadError {}

/// Collects mistakes while definitions are read.
#[derive(Debug, Default)]
pub(super) struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Notes a mistake.
    pub(super) fn note(
        &mut self,
        file: &Arc<DefinitionText>,
        span: Range<usize>,
        message: Message,
        help: impl Into<Option<Message>>,
    ) {
        self.0.push(Diagnostic {
            file: Arc::clone(file),
            span,
            message,
            help: help.into(),
        });
    }

    /// Takes over those of others that are to be kept.
    pub(super) fn take(&mut self, others: Diagnostics, keep: impl Fn(&Diagnostic) -> bool) {
        self.0.extend(others.0.into_iter().filter(keep));
    }

    /// Every mistake once, in order of file (as numbered by `rank`) and place.
    pub(super) fn sorted(mut self, rank: impl Fn(&str) -> usize) -> Vec<Diagnostic> {
        self.0
            .sort_by_cached_key(|found| (rank(&found.file.path), found.span.start, found.span.end));
        self.0.dedup();
        self.0
    }
}
