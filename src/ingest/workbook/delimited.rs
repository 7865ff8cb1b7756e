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
/// Rows of the largest sheet.
const MAX_ROWS: usize = 1_048_576;

/// Reads a text file.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    let decoded = decode(bytes, None);
    if looks_binary(&decoded.text) {
        return Err(Unreadable::foreign("a file of an unknown binary format"));
    }
    let (told, text) = separator_line(&decoded.text);
    let separator = told.unwrap_or_else(|| likeliest_separator(text));
    check_length(text, separator)?;
    let mut rows = Rows::default();
    let mut records = Records::new(text, separator);
    for row in 1..=u32::MAX {
        if records.ends() {
            break;
        }
        for column in 0..=u32::MAX {
            let field = records.field();
            if field.start < field.end {
                rows.put(row, column, Cell::Text(records.value(&field)))?;
            }
            if !records.goes_on() {
                break;
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

/// Refuses a text of more rows than any spreadsheet holds; quotes are only followed where line ends are that many.
fn check_length(text: &str, separator: char) -> Result<(), Unreadable> {
    let ends = |line_end: u8| text.bytes().filter(|byte| *byte == line_end).count();
    if ends(b'\n').max(ends(b'\r')) < MAX_ROWS {
        return Ok(());
    }
    let mut records = Records::new(text, separator);
    let mut rows = 0;
    while records.pass() {
        rows += 1;
        if rows > MAX_ROWS {
            let reason = format!("it has more than {MAX_ROWS} rows, the most that a spreadsheet holds");
            return Err(Unreadable::TooLarge { reason });
        }
    }
    Ok(())
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
    text: &'a str,
    /// Where the next field begins.
    at: usize,
    separator: char,
    /// The next quote at or after `known_from` that can close a field opened before it.
    closing: usize,
    known_from: usize,
}

/// Where a field stands, quotes around it left out.
struct Field {
    start: usize,
    end: usize,
    quoted: bool,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Records {
            text,
            at: 0,
            separator,
            closing: 0,
            known_from: usize::MAX,
        }
    }

    /// Takes one field off the rest.
    fn field(&mut self) -> Field {
        if let Some(field) = self.quoted() {
            self.at = field.end + 1;
            return field;
        }
        let rest = &self.text[self.at..];
        let end = match u8::try_from(self.separator).ok().filter(u8::is_ascii) {
            // No byte of another character is one of these.
            Some(separator) => {
                let mut bytes = rest.bytes();
                bytes.position(|byte| byte == separator || matches!(byte, b'\r' | b'\n'))
            }
            None => rest.find([self.separator, '\r', '\n']),
        };
        let end = self.at + end.unwrap_or(rest.len());
        let field = Field {
            start: self.at,
            end,
            quoted: false,
        };
        self.at = end;
        field
    }

    /// A field in quotes. A quote closes only before a separator, a line end or the end of the text, and not as the second
    /// of a pair; without such a quote nearby the opening one was an ordinary character.
    fn quoted(&mut self) -> Option<Field> {
        let bytes = self.text.as_bytes();
        if bytes.get(self.at) != Some(&b'"') {
            return None;
        }
        let start = self.at + 1;
        let run = quotes(bytes, start);
        let end = if run % 2 == 1 && self.closes(start + run) {
            start + run - 1
        } else {
            self.next_closing(start + run)?
        };
        (end - start <= MAX_FIELD).then_some(Field {
            start,
            end,
            quoted: true,
        })
    }

    /// Whether a quote before this place stands at a field's end.
    fn closes(&self, after: usize) -> bool {
        let next = self.text[after..].chars().next();
        next.is_none_or(|next| matches!(next, '\r' | '\n') || next == self.separator)
    }

    /// The first closing quote from a place between runs of quotes on. What was looked through is looked through once:
    /// fields that begin before a run of quotes all meet it at its beginning.
    fn next_closing(&mut self, from: usize) -> Option<usize> {
        if self.known_from > from || self.closing < from {
            let bytes = self.text.as_bytes();
            let mut at = from;
            self.known_from = from;
            self.closing = usize::MAX;
            while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'"') {
                let run = quotes(bytes, at + found);
                at += found + run;
                if run % 2 == 1 && self.closes(at) {
                    self.closing = at - 1;
                    break;
                }
            }
        }
        (self.closing != usize::MAX).then_some(self.closing)
    }

    /// Goes on behind a field: `true` where the row goes on, too.
    fn goes_on(&mut self) -> bool {
        let rest = &self.text[self.at..];
        if rest.starts_with(self.separator) {
            self.at += self.separator.len_utf8();
            return true;
        }
        let line_end = if rest.starts_with("\r\n") {
            2
        } else {
            usize::from(rest.starts_with(['\r', '\n']))
        };
        self.at += line_end;
        false
    }

    /// Whether no row is left.
    fn ends(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Passes a row over, if there is one.
    fn pass(&mut self) -> bool {
        if self.ends() {
            return false;
        }
        self.field();
        while self.goes_on() {
            self.field();
        }
        true
    }

    fn value(&self, field: &Field) -> String {
        let text = &self.text[field.start..field.end];
        if field.quoted && text.contains('"') {
            text.replace("\"\"", "\"")
        } else {
            text.to_owned()
        }
    }
}

/// How many quotes stand from a place on.
fn quotes(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter().take_while(|byte| **byte == b'"').count()
}

impl Iterator for Records<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.ends() {
            return None;
        }
        let mut fields = Vec::new();
        loop {
            let field = self.field();
            fields.push(self.value(&field));
            if !self.goes_on() {
                return Some(fields);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        Records::new(text, ';').map(|fields| fields.join("|")).collect()
    }

    #[test]
    fn a_quote_closes_before_a_separator_and_not_in_a_pair() {
        assert_eq!(rows("\"a;\"\"b\";c\n\"d\""), ["a;\"b|c", "d"]);
        assert_eq!(rows("\"\";x\n\"\"\"\";y"), ["|x", "\"|y"]);
        assert_eq!(rows("\"ТОВ \"Мрія\" Київ\";x"), ["ТОВ \"Мрія\" Київ|x"]);
        assert_eq!(
            rows("\"a;\"b\nc"),
            ["\"a|\"b", "c"],
            "quotes that close nothing are text"
        );
        assert_eq!(rows("x\n\"a\"\";b\nc\";d"), ["x", "a\";b\nc|d"]);
    }

    #[test]
    fn more_rows_than_a_sheet_has_are_refused_before_they_are_kept() {
        let text = "1;2\n".repeat(MAX_ROWS + 1);
        assert!(matches!(read(text.as_bytes()), Err(Unreadable::TooLarge { .. })));
    }
}
