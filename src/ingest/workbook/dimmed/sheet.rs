//! One quick pass over a sheet's XML: hidden lines, merged areas, and how cells look.
//!
//! Sheets have millions of elements of which hardly any matters here, so tags are found in the bytes as they come out
//! of the archive. What no sheet has, such as a `>` within an attribute, costs a look and no cell.

use std::io::Read;

use super::super::looks::{Content, Look, Looks};
use super::super::unreadable::Unreadable;
use super::{Dimmed, LAST_COLUMN, Merges, place};

/// Bytes looked through at once.
const PIECE: usize = 1 << 16;

/// What styles and strings say, by their numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) looks: &'a [Look],
    pub(super) struck_strings: &'a [bool],
}

/// Reads a sheet.
pub(super) fn read(mut part: impl Read, known: Known<'_>) -> Result<Dimmed, Unreadable> {
    let mut pass = Pass {
        known,
        wants_cells: !known.looks.is_empty() || !known.struck_strings.is_empty(),
        dimmed: Dimmed {
            merges: Merges::None,
            ..Dimmed::default()
        },
        row: 0,
        column: 0,
        open: None,
        looks: Looks::default(),
    };
    let mut buffer = vec![0; PIECE];
    let mut kept = 0;
    loop {
        let read = part.read(&mut buffer[kept..]).map_err(Unreadable::damaged)?;
        if read == 0 {
            break;
        }
        let filled = kept + read;
        let used = pass.piece(&buffer[..filled]);
        // What is left of an element is kept before the next piece; nothing that matters is as long as a whole one.
        let from = if used == 0 && filled == PIECE { filled } else { used };
        buffer.copy_within(from..filled, 0);
        kept = filled - from;
    }
    Ok(pass.finish())
}

/// A cell whose content has not been met yet.
#[derive(Debug, Clone, Copy)]
struct Open {
    row: u32,
    column: u16,
    look: Look,
    number: bool,
    shared: bool,
}

struct Pass<'a> {
    known: Known<'a>,
    wants_cells: bool,
    dimmed: Dimmed,
    row: u32,
    column: u32,
    open: Option<Open>,
    looks: Looks,
}

impl Pass<'_> {
    /// Takes all whole elements of a piece with the text before each; how many bytes they are.
    fn piece(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        loop {
            let Some(start) = find(&bytes[at..], b'<').map(|found| at + found) else {
                return at;
            };
            let Some(end) = find(&bytes[start..], b'>').map(|found| start + found) else {
                return at;
            };
            self.element(&bytes[at..start], &bytes[start + 1..end]);
            at = end + 1;
        }
    }

    fn element(&mut self, text: &[u8], tag: &[u8]) {
        let name_end = tag.iter().position(|byte| !is_name(*byte)).unwrap_or(tag.len());
        let (name, rest) = tag.split_at(name_end);
        match name {
            b"c" => self.cell(rest),
            b"row" => self.line(rest),
            b"" if tag.first() == Some(&b'/') => self.end(text, local(&tag[1..])),
            b"col" => self.columns(rest),
            b"mergeCell" => self.dimmed.merges = Merges::Perhaps,
            _ if name.contains(&b':') => match local(name) {
                b"c" => self.cell(rest),
                b"row" => self.line(rest),
                b"col" => self.columns(rest),
                b"mergeCell" => self.dimmed.merges = Merges::Perhaps,
                _ => {}
            },
            _ => {}
        }
    }

    fn line(&mut self, rest: &[u8]) {
        self.row = value(rest, b"r").and_then(number).unwrap_or(self.row.saturating_add(1));
        self.column = 0;
        if is_set(value(rest, b"hidden")) {
            self.dimmed.rows.push(self.row);
        }
    }

    fn columns(&mut self, rest: &[u8]) {
        if !is_set(value(rest, b"hidden")) {
            return;
        }
        let bound = |name: &[u8]| value(rest, name).and_then(number)?.checked_sub(1);
        if let (Some(first), Some(last)) = (bound(b"min"), bound(b"max")) {
            let columns = first..=last.min(LAST_COLUMN);
            let columns = columns.filter_map(|column| u16::try_from(column).ok());
            self.dimmed.columns.extend(columns.take(LAST_COLUMN as usize + 1));
        }
    }

    fn cell(&mut self, rest: &[u8]) {
        if !self.wants_cells {
            return;
        }
        self.flush(Content::Nothing);
        let (mut place_at, mut style, mut kind) = (None, None, None);
        each_attribute(rest, |name, value| match name {
            b"r" => place_at = place(value),
            b"s" => style = number(value),
            b"t" => kind = value.first().copied(),
            _ => {}
        });
        let (row, column) = place_at.unwrap_or((self.row, self.column));
        self.column = column.saturating_add(1);
        let Ok(column) = u16::try_from(column) else { return };
        let style = style.and_then(|style| usize::try_from(style).ok()).unwrap_or_default();
        self.open = Some(Open {
            row,
            column,
            look: self.known.looks.get(style).copied().unwrap_or_default(),
            number: matches!(kind, None | Some(b'n')),
            shared: kind == Some(b's'),
        });
        if rest.last() == Some(&b'/') {
            self.flush(Content::Nothing);
        }
    }

    fn end(&mut self, text: &[u8], name: &[u8]) {
        match name {
            b"v" | b"t" => {
                if let Some(open) = &mut self.open
                    && !text.is_empty()
                {
                    if open.shared && !self.known.struck_strings.is_empty() {
                        let index = number(text).and_then(|index| usize::try_from(index).ok());
                        let struck = index.and_then(|index| self.known.struck_strings.get(index));
                        open.look.struck |= struck.copied().unwrap_or_default();
                    }
                    let content = if open.number { Content::Number } else { Content::Other };
                    self.flush(content);
                }
            }
            b"c" => self.flush(Content::Nothing),
            _ => {}
        }
    }

    fn flush(&mut self, content: Content) {
        if let Some(open) = self.open.take() {
            self.looks.cell(open.row, open.column, content, open.look);
        }
    }

    fn finish(self) -> Dimmed {
        let mut dimmed = self.dimmed;
        dimmed.rows.sort_unstable();
        dimmed.rows.dedup();
        dimmed.columns.sort_unstable();
        dimmed.columns.dedup();
        (dimmed.struck_rows, dimmed.coloured_blanks) = self.looks.finish();
        dimmed
    }
}

fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    bytes.iter().position(|byte| *byte == wanted)
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b':'
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    let end = name.iter().position(|byte| !is_name(*byte)).unwrap_or(name.len());
    let name = &name[..end];
    find(name, b':').map_or(name, |colon| &name[colon + 1..])
}

/// Calls back with each attribute of a tag.
fn each_attribute<'a>(mut rest: &'a [u8], mut visit: impl FnMut(&'a [u8], &'a [u8])) {
    while let Some(equals) = find(rest, b'=') {
        let name = rest[..equals].trim_ascii();
        let after = rest[equals + 1..].trim_ascii_start();
        let Some((quote @ (b'"' | b'\''), after)) = after.split_first() else {
            return;
        };
        let Some(end) = find(after, *quote) else { return };
        visit(name, &after[..end]);
        rest = &after[end + 1..];
    }
}

fn value<'a>(rest: &'a [u8], wanted: &[u8]) -> Option<&'a [u8]> {
    let mut found = None;
    each_attribute(rest, |name, value| {
        if name == wanted {
            found = Some(value);
        }
    });
    found
}

fn number(text: &[u8]) -> Option<u32> {
    std::str::from_utf8(text).ok()?.trim().parse().ok()
}

fn is_set(value: Option<&[u8]>) -> bool {
    matches!(value, Some(b"1" | b"true"))
}
