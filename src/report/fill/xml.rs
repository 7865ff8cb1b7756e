//! The tags of an XML part with their places in its bytes, so that a part can be changed in a few places and stay byte
//! for byte as it was in all others.

use std::fmt::Write as _;
use std::ops::Range;

/// How a tag stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `<a>`
    Open,
    /// `</a>`
    Close,
    /// `<a/>`
    Empty,
}

/// A tag.
#[derive(Debug, Clone)]
pub(super) struct Tag<'a> {
    /// Its bytes, brackets included.
    pub(super) range: Range<usize>,
    /// Name with its prefix.
    pub(super) name: &'a str,
    /// How it stands.
    pub(super) kind: Kind,
    attributes: &'a str,
    /// Where the attributes begin.
    from: usize,
}

impl<'a> Tag<'a> {
    /// Name without its prefix.
    pub(super) fn local(&self) -> &'a str {
        self.name.rsplit(':').next().unwrap_or(self.name)
    }

    /// Prefix with its colon; empty where there is none.
    pub(super) fn prefix(&self) -> &'a str {
        self.name.rfind(':').map_or("", |at| &self.name[..=at])
    }

    /// Attributes as name, raw value and place (from the space before the name to the closing quote).
    fn attributes(&self) -> Vec<(&'a str, &'a str, Range<usize>)> {
        let text = self.attributes;
        let (mut at, mut found) = (0, Vec::new());
        while let Some(equals) = text[at..].find('=').map(|length| at + length) {
            let name = text[at..equals].trim();
            let rest = &text[equals + 1..];
            let Some((offset, quote)) = rest.char_indices().find(|(_, sign)| matches!(sign, '"' | '\'')) else {
                break;
            };
            let start = equals + 1 + offset + 1;
            let Some(length) = text[start..].find(quote) else { break };
            found.push((
                name,
                &text[start..start + length],
                self.from + at..self.from + start + length + 1,
            ));
            at = start + length + 1;
        }
        found
    }

    /// An attribute's value, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let local = |full: &str| full.rsplit(':').next() == Some(name) && !full.starts_with("xmlns");
        let found = self.attributes().into_iter().find(|(full, _, _)| local(full));
        found.map(|(_, value, _)| plain(value))
    }

    /// The place of an attribute, the space before it included.
    pub(super) fn attribute_place(&self, name: &str) -> Option<Range<usize>> {
        let found = self.attributes().into_iter().find(|(full, _, _)| *full == name);
        found.map(|(_, _, place)| place)
    }

    /// Whether an attribute says yes.
    pub(super) fn says(&self, name: &str) -> bool {
        matches!(self.attribute(name).as_deref(), Some("1" | "true" | "on"))
    }

    /// The tag's text with some attributes left out and others added, standing as `kind`.
    pub(super) fn rewritten(&self, without: &[&str], with: &str, kind: Kind) -> String {
        let mut text = format!("<{}", self.name);
        for (name, value, _) in self.attributes() {
            if !without.contains(&name) {
                let quote = if value.contains('"') { '\'' } else { '"' };
                let _ = write!(text, " {name}={quote}{value}{quote}");
            }
        }
        text.push_str(with);
        text.push_str(if kind == Kind::Empty { "/>" } else { ">" });
        text
    }
}

/// All tags of a text in order; comments, instructions and character data are passed over.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find('<')?;
            let rest = &text[start..];
            let skipped = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];
            if let Some((open, close)) = skipped.iter().find(|(open, _)| rest.starts_with(open)) {
                at = start + open.len() + rest[open.len()..].find(close)? + close.len();
                continue;
            }
            let end = start + end_of(rest)?;
            at = end;
            return Some(tag(text, start..end));
        }
    })
}

/// Length of a tag; a bracket inside quotes does not end it.
fn end_of(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn tag(text: &str, range: Range<usize>) -> Tag<'_> {
    let inner = &text[range.start + 1..range.end - 1];
    let (inner, kind, shift) = match (inner.strip_prefix('/'), inner.strip_suffix('/')) {
        (Some(name), _) => (name, Kind::Close, 2),
        (None, Some(inner)) => (inner, Kind::Empty, 1),
        (None, None) => (inner, Kind::Open, 1),
    };
    let length = inner.find(char::is_whitespace).unwrap_or(inner.len());
    Tag {
        from: range.start + shift + length,
        range,
        name: &inner[..length],
        kind,
        attributes: &inner[length..],
    }
}

/// A raw text with its entities resolved.
pub(super) fn plain(raw: &str) -> String {
    if !raw.contains('&') {
        return raw.to_owned();
    }
    let (mut text, mut rest) = (String::new(), raw);
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').and_then(|end| Some((end, entity(&rest[1..end])?)));
        let (length, sign) = entity.map_or((1, '&'), |(end, sign)| (end + 1, sign));
        text.push(sign);
        rest = &rest[length..];
    }
    text + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// A text as XML may hold it: markup escaped, control characters as spaces.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            sign if sign.is_control() => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}

/// A text with pieces of it replaced; the pieces do not overlap.
pub(super) fn spliced(text: &str, mut pieces: Vec<(Range<usize>, String)>) -> String {
    pieces.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len() + 64 * pieces.len());
    let mut at = 0;
    for (range, piece) in pieces {
        out.push_str(&text[at..range.start.max(at)]);
        out.push_str(&piece);
        at = range.end.max(at);
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_their_places() {
        let text = "<?xml version=\"1.0\"?><!-- <c> --><x:c r=\"A1\" t = 'a>b'><![CDATA[<v>]]></x:c><d/>";
        let found: Vec<_> = tags(text).collect();
        let shown: Vec<_> = found.iter().map(|tag| (tag.local(), tag.kind)).collect();
        assert_eq!(shown, [("c", Kind::Open), ("c", Kind::Close), ("d", Kind::Empty)]);
        assert_eq!(found[0].attribute("t").as_deref(), Some("a>b"));
        assert_eq!(found[0].prefix(), "x:");
        assert_eq!(&text[found[0].attribute_place("r").expect("a place")], " r=\"A1\"");
        assert_eq!(
            found[0].rewritten(&["t"], " s=\"1\"", Kind::Empty),
            "<x:c r=\"A1\" s=\"1\"/>"
        );
    }

    #[test]
    fn texts_survive_being_written_and_read() {
        assert_eq!(plain(&escaped("a<b & \"c\"\u{7}")), "a<b & \"c\" ");
        assert_eq!(plain("&#x416;&#1078; & &nbsp;"), "Жж & &nbsp;");
    }
}
