//! Mistakes in a map: file, line, the line itself, a caret and what to do.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::project::nearest;

/// A mistake in a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes of the map that are wrong.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A mistake with what to do.
pub(super) fn mistake(span: &Range<usize>, message: impl Into<String>, help: impl Into<Option<String>>) -> Mistake {
    Mistake {
        span: span.clone(),
        message: message.into(),
        help: help.into(),
    }
}

/// Most words listed in an advice.
const LISTED: usize = 25;

/// "did you mean …?", else what there is.
pub(super) fn choices<'a>(word: &str, there: impl IntoIterator<Item = &'a str>) -> String {
    let mut there: Vec<&str> = there.into_iter().collect();
    if let Some(near) = nearest(word, there.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    let more = there.len().saturating_sub(LISTED);
    there.truncate(LISTED);
    let quoted: Vec<String> = there.iter().map(|word| format!("`{word}`")).collect();
    match (quoted.is_empty(), more) {
        (true, _) => "there is none".to_owned(),
        (false, 0) => format!("there is {}", quoted.join(", ")),
        (false, more) => format!("there is {} and {more} more", quoted.join(", ")),
    }
}

/// Prints mistakes in a map, in order of place.
pub fn render(path: &str, text: &str, mistakes: &[Mistake]) -> String {
    let mut mistakes: Vec<&Mistake> = mistakes.iter().collect();
    mistakes.sort_by_key(|mistake| (mistake.span.start, mistake.span.end));
    mistakes.dedup();
    let renderer = Renderer::plain();
    let shown = mistakes.into_iter().map(|mistake| {
        let title = Level::ERROR.primary_title(mistake.message.as_str());
        let mark = AnnotationKind::Primary.span(printable(text, &mistake.span));
        let mut group = title.element(Snippet::source(text).path(path).annotation(mark));
        if let Some(help) = &mistake.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group]).clone()
    });
    shown.collect::<Vec<_>>().join("\n\n")
}

/// A span within the text, on character boundaries and on one line, as printing needs it.
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
