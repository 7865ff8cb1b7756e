//! Tables of a web page, as programs write them into files named `.xls`: stacked on one sheet, as Excel shows them.

use encoding_rs::Encoding;

use super::encoding::decode;
use super::rows::Rows;
use super::unreadable::Unreadable;
use crate::ingest::table::{Cell, Merge, Sheet, Workbook};

/// Largest span followed.
const MAX_SPAN: u32 = 10_000;

/// Reads the tables of a page.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Unreadable> {
    let decoded = decode(bytes, declared(bytes));
    let mut page = Page::default();
    page.read(&decoded.text)?;
    if page.tables == 0 {
        return Err(Unreadable::foreign("a web page without a table"));
    }
    page.sheet.rows = page.rows.finish();
    page.sheet.merges.sort_by_key(|merge| (merge.top, merge.left));
    Ok(Workbook {
        format: "html".to_owned(),
        encoding: Some(decoded.encoding),
        separator: None,
        misnamed: false,
        sheets: vec![page.sheet],
    })
}

/// The encoding that the page names in its head.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes
        .iter()
        .take(4096)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let (_, after) = head.split_once("charset=")?;
    let label: String = after
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// Tables read so far.
#[derive(Debug, Default)]
struct Page {
    sheet: Sheet,
    rows: Rows,
    tables: usize,
    /// 1-based row being read; 0 before the first.
    row: u32,
    column: u32,
    /// Text and spans of the cell being read.
    cell: Option<(String, u32, u32)>,
}

impl Page {
    fn read(&mut self, text: &str) -> Result<(), Unreadable> {
        let mut rest = text;
        while let Some(start) = rest.find('<') {
            self.text(&rest[..start]);
            let tag = &rest[start + 1..];
            if let Some(comment) = tag.strip_prefix("!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let end = tag.find('>').unwrap_or(tag.len());
            let name: String = tag[..end]
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
                .collect::<String>()
                .to_lowercase();
            rest = tag.get(end + 1..).unwrap_or_default();
            if matches!(name.as_str(), "style" | "script") {
                let close = format!("</{name}");
                rest = rest.to_ascii_lowercase().find(&close).map_or("", |at| &rest[at..]);
                continue;
            }
            self.tag(name.trim_end_matches('/'), &tag[..end])?;
        }
        self.close_cell()
    }

    fn text(&mut self, text: &str) {
        let Some((value, _, _)) = &mut self.cell else { return };
        for c in unescaped(text).chars() {
            // White space of the source is one blank; a no-break space is text.
            if !matches!(c, ' ' | '\t' | '\r' | '\n') {
                value.push(c);
            } else if !value.is_empty() && !value.ends_with([' ', '\n']) {
                value.push(' ');
            }
        }
    }

    fn tag(&mut self, name: &str, whole: &str) -> Result<(), Unreadable> {
        match name {
            "table" => {
                self.close_cell()?;
                self.tables += 1;
            }
            "tr" => {
                self.close_cell()?;
                self.row += 1;
                self.column = 0;
            }
            "td" | "th" => {
                self.close_cell()?;
                self.cell = Some((String::new(), span(whole, "colspan"), span(whole, "rowspan")));
            }
            "/td" | "/th" | "/tr" | "/table" => self.close_cell()?,
            "br" | "p" | "div" => {
                if let Some((value, _, _)) = &mut self.cell
                    && !value.is_empty()
                {
                    value.push('\n');
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), Unreadable> {
        let Some((value, width, height)) = self.cell.take() else {
            return Ok(());
        };
        let row = self.row.max(1);
        while let Some(right) = self.taken(row, self.column) {
            self.column = right + 1;
        }
        let value = value.trim_matches([' ', '\n']);
        if !value.is_empty() {
            self.rows.put(row, self.column, Cell::Text(value.to_owned()))?;
        }
        let right = self.column.saturating_add(width - 1);
        if let (true, Ok(left), Ok(right)) = (
            width > 1 || height > 1,
            u16::try_from(self.column),
            u16::try_from(right),
        ) {
            let bottom = row.saturating_add(height - 1);
            self.sheet.merges.push(Merge {
                top: row,
                bottom,
                left,
                right,
            });
        }
        self.column = right.saturating_add(1);
        Ok(())
    }

    /// Last column of the area from an earlier row that covers a place.
    fn taken(&self, row: u32, column: u32) -> Option<u32> {
        self.sheet
            .merges
            .iter()
            .rev()
            .take(1000)
            .find(|area| {
                area.top < row && row <= area.bottom && (u32::from(area.left)..=u32::from(area.right)).contains(&column)
            })
            .map(|area| u32::from(area.right))
    }
}

fn span(tag: &str, name: &str) -> u32 {
    let lower = tag.to_ascii_lowercase();
    let digits: String = lower
        .split_once(name)
        .map(|(_, after)| after.trim_start_matches([' ', '=', '"', '\'']))
        .unwrap_or_default()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().unwrap_or(1).clamp(1, MAX_SPAN)
}

/// Text with its character references replaced; unknown ones stay as written.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let found = after
            .find(';')
            .filter(|end| *end <= 10)
            .and_then(|end| Some((reference(&after[..end])?, end)));
        if let Some((c, end)) = found {
            out.push(c);
            rest = &after[end + 1..];
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "laquo" => '«',
        "raquo" => '»',
        "ndash" => '–',
        "mdash" => '—',
        _ => return None,
    })
}
