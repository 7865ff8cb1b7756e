//! Delimited text: encoding, separator, quotes, and rows numbered as a spreadsheet numbers them.
//!
//! Values stay text: what a text file means by `05.02` is for the column to tell.

use super::encoding::decode;
use super::rows::Rows;
use super::unreadable::Unreadable;
use crate::ingest::table::{Cell, Sheet, Workbook};

/// Separators looked for, the likelier first.
const SEPARATORS: [char; 4] = [';', ',', '\t', '|'];
/// Rows looked at to find the separator.
const SAMPLE: usize = 200;
/// Longest quoted field taken for one, in bytes; four times what an Excel cell holds.
const MAX_FIELD: usize = 131_072;

/// Reads a text file.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    let decoded = decode(bytes, None);
    if looks_binary(&decoded.text) {
        return Err(Unreadable::foreign("a file of an unknown binary format"));
    }
    let (told, text) = separator_line(&decoded.text);
    let separator = told.unwrap_or_else(|| likeliest_separator(text));
    let mut rows = Rows::default();
    for (at, fields) in Records::new(text, separator).enumerate() {
        let row = u32::try_from(at).ok().and_then(|at| at.checked_add(1));
        let Some(row) = row else { break };
        for (column, field) in fields.into_iter().enumerate() {
            if !field.is_empty() {
                rows.put(row, u32::try_from(column).unwrap_or(u32::MAX), Cell::Text(field))?;
            }
        }
    }
    let sheet = Sheet {
        rows: rows.finish(),
        ..Sheet::default()
    };
    Ok(Workbook {
        format: "csv".to_owned(),
        encoding: Some(decoded.encoding),
        separator: Some(separator),
        misnamed: false,
        sheets: vec![sheet],
    })
}

/// Text holds hardly any control characters.
fn looks_binary(text: &str) -> bool {
    let head = text.chars().take(4000);
    let (mut all, mut odd) = (0_usize, 0_usize);
    for c in head {
        all += 1;
        let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{1A}' | '\u{85}');
        odd += usize::from(control || c == char::REPLACEMENT_CHARACTER);
    }
    odd * 20 > all
}

/// `sep=;` on a line of its own tells Excel the separator; Excel does not show the line.
fn separator_line(text: &str) -> (Option<char>, &str) {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let line = text[..end].trim_matches('"');
    let told = line
        .get(..4)
        .filter(|key| key.eq_ignore_ascii_case("sep="))
        .and_then(|_| line[4..].chars().next());
    let Some(separator) = told else { return (None, text) };
    let rest = &text[end..];
    let rest = rest
        .strip_prefix("\r\n")
        .or_else(|| rest.strip_prefix(['\r', '\n']))
        .unwrap_or(rest);
    (Some(separator), rest)
}

/// The separator that cuts most rows into equally many fields.
fn likeliest_separator(text: &str) -> char {
    let mut best = (0, 0, SEPARATORS[1]);
    for separator in SEPARATORS {
        let mut counts: Vec<usize> = Records::new(text, separator)
            .take(SAMPLE)
            .map(|fields| fields.len())
            .filter(|count| *count > 1)
            .collect();
        counts.sort_unstable();
        let alike = counts
            .chunk_by(|a, b| a == b)
            .map(|run| (run.len(), run[0]))
            .max()
            .unwrap_or_default();
        if alike.0 * alike.1 > best.0 * best.1 {
            best = (alike.0, alike.1, separator);
        }
    }
    best.2
}

/// Rows of fields, blank rows included.
struct Records<'a> {
    rest: &'a str,
    separator: char,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Records { rest: text, separator }
    }

    /// Takes one field off the rest.
    fn field(&mut self) -> String {
        if let Some((field, rest)) = self
            .rest
            .strip_prefix('"')
            .and_then(|inside| quoted(inside, self.separator))
        {
            self.rest = rest;
            return field;
        }
        let end = self.rest.find([self.separator, '\r', '\n']).unwrap_or(self.rest.len());
        let (field, rest) = self.rest.split_at(end);
        self.rest = rest;
        field.to_owned()
    }
}

impl Iterator for Records<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let mut fields = Vec::new();
        loop {
            fields.push(self.field());
            if let Some(rest) = self.rest.strip_prefix(self.separator) {
                self.rest = rest;
                continue;
            }
            let rest = self
                .rest
                .strip_prefix("\r\n")
                .or_else(|| self.rest.strip_prefix(['\r', '\n']));
            self.rest = rest.unwrap_or(self.rest);
            return Some(fields);
        }
    }
}

/// A field after its opening quote, and the text after its closing one. A quote closes only before a separator, a line end
/// or the end of the text; without such a quote nearby the opening one was an ordinary character.
fn quoted(inside: &str, separator: char) -> Option<(String, &str)> {
    let mut field = String::new();
    let mut chars = inside.char_indices();
    while let Some((at, c)) = chars.next() {
        if at > MAX_FIELD {
            return None;
        }
        if c != '"' {
            field.push(c);
            continue;
        }
        let rest = &inside[at + 1..];
        match rest.chars().next() {
            Some('"') => {
                chars.next();
                field.push('"');
            }
            None | Some('\r' | '\n') => return Some((field, rest)),
            Some(next) if next == separator => return Some((field, rest)),
            // A backslash before it, or a quote typed inside the field.
            Some(_) => field.push('"'),
        }
    }
    None
}
