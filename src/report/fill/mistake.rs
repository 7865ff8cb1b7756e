//! Mistakes in a map: file, line, the line itself, a caret and what to do.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::message::{Message, Tongue, message};
use crate::project::nearest;

/// A mistake in a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes of the map that are wrong.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub help: Option<Message>,
}

/// A mistake with what to do.
pub(super) fn mistake(span: &Range<usize>, message: Message, help: impl Into<Option<Message>>) -> Mistake {
    Mistake {
        span: span.clone(),
        message,
        help: help.into(),
    }
}

/// Most words listed in an advice.
const LISTED: usize = 25;

/// "did you mean …?", else what there is.
pub(super) fn choices<'a>(word: &str, there: impl IntoIterator<Item = &'a str>) -> Message {
    let mut there: Vec<&str> = there.into_iter().collect();
    if let Some(near) = nearest(word, there.iter().copied()) {
        return message!("did you mean `{choice}`?", choice = near);
    }
    let more = there.len().saturating_sub(LISTED);
    there.truncate(LISTED);
    let quoted: Vec<String> = there.iter().map(|word| format!("`{word}`")).collect();
    match (quoted.is_empty(), more) {
        (true, _) => message!("there is none"),
        (false, 0) => message!("there is {quoted}", quoted = quoted.join(", ")),
        (false, more) => message!("there is {quoted} and {more} more", quoted = quoted.join(", "), more),
    }
}

/// Prints mistakes in a map, in order of place.
pub fn render(path: &str, text: &str, mistakes: &[Mistake], tongue: &dyn Tongue) -> String {
    let mut mistakes: Vec<&Mistake> = mistakes.iter().collect();
    mistakes.sort_by_key(|mistake| (mistake.span.start, mistake.span.end));
    mistakes.dedup();
    let renderer = Renderer::plain();
    let shown = mistakes.into_iter().map(|mistake| {
        let said = |message: Message| message.told(tongue);
        let error = Level::ERROR.with_name(said(message!("error")));
        let title = error.primary_title(said(mistake.message.clone()));
        let mark = AnnotationKind::Primary.span(printable(text, &mistake.span));
        let mut group = title.element(Snippet::source(text).path(path).annotation(mark));
        if let Some(help) = &mistake.help {
            group = group.element(
                Level::HELP
                    .with_name(said(message!("help")))
                    .message(said(help.clone())),
            );
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
