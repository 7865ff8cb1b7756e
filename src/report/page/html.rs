//! Texts made safe to stand in a page, and the few pieces of markup that every part of it uses.

use crate::report::view::clean;

/// Signs that change the direction of the text around them.
const TURNING: [std::ops::RangeInclusive<char>; 2] = ['\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];

/// A text that can stand between tags and in quoted attributes: nothing in it is markup, a control character or a
/// sign that turns the text around it.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in clean(text).chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            sign if TURNING.iter().any(|range| range.contains(&sign)) => {}
            // Code points that HTML forbids in a document.
            '\u{fdd0}'..='\u{fdef}' => safe.push('\u{fffd}'),
            sign if u32::from(sign) & 0xfffe == 0xfffe => safe.push('\u{fffd}'),
            sign => safe.push(sign),
        }
    }
    safe
}

/// A text of the definitions or the raw files inside a line: its direction is its own.
pub(super) fn bdi(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(text))
}

/// An element with a text of its own direction; nothing where the text is empty.
pub(super) fn block(tag: &str, class: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let class = if class.is_empty() {
        String::new()
    } else {
        format!(" class=\"{class}\"")
    };
    format!("<{tag}{class} dir=\"auto\">{}</{tag}>\n", escaped(text))
}

/// A folded part: what a reader opens, and what is then seen.
pub(super) fn details(class: &str, summary: &str, inner: &str) -> String {
    format!("<details class=\"{class}\"><summary>{summary}</summary>\n{inner}</details>\n")
}

/// A section with its heading.
pub(super) fn section(id: &str, heading: &str, inner: &str) -> String {
    format!(
        "<section id=\"{id}\">\n<h2>{}</h2>\n{inner}</section>\n",
        escaped(heading)
    )
}

/// A box that scrolls sideways by itself, also from the keyboard.
pub(super) fn scrolled(name: &str, inner: &str) -> String {
    format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">\n{inner}</div>\n",
        escaped(name)
    )
}

/// A text of at most `limit` characters, broken at a space where one is near, with an ellipsis where it was longer.
pub(super) fn cut(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    let at_space = kept.rfind(' ').filter(|at| *at * 5 > kept.len() * 4);
    format!("{}…", kept[..at_space.unwrap_or(kept.len())].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(
            escaped("<script>\u{7}\"a\" & 'b'\u{202e}\u{ffff}</script>"),
            "&lt;script&gt; &quot;a&quot; &amp; &#39;b&#39;\u{fffd}&lt;/script&gt;"
        );
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("слово😀слово", 7), "слово😀…");
    }
}
