//! Legends: what a workbook itself says about its marks, in a line ("П – присутній, Н – відсутній") or a small table.

use std::collections::BTreeMap;

use super::grid::text_of;
use super::table::{Cell, Sheet, SheetRow};
use super::vocabulary::{self, MarkMeaning, Vocabulary};

/// Rows at each end of a sheet that are searched: a legend stands above a table or below it.
const SEARCHED: usize = 60;

/// Letters of the longest mark that a legend explains.
const LONGEST_MARK: usize = 6;
/// Letters of the longest explanation.
const LONGEST_MEANING: usize = 80;

/// Rows around a cell, and columns of its own row, in which its mark stands alone where it is one of a register's.
const NEAR: u32 = 60;
const BESIDE: u16 = 8;

/// Filled cells of a row of a legend that is a small table.
const WIDEST_ROW: usize = 3;

/// Marks and their meanings.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Legend {
    /// Normalised mark → meaning.
    entries: BTreeMap<String, MarkMeaning>,
    /// 1-based row where it begins, on its own sheet.
    pub(crate) row: Option<u32>,
}

impl Legend {
    /// What the legend says of a normalised mark.
    pub(crate) fn meaning(&self, mark: &str) -> Option<MarkMeaning> {
        self.entries.get(mark).copied()
    }

    fn add(&mut self, row: u32, mark: &str, meaning: MarkMeaning) {
        self.entries.entry(vocabulary::normalise(mark)).or_insert(meaning);
        self.row.get_or_insert(row);
    }

    fn is_one(&self) -> bool {
        // One explained mark alone is a remark about something else.
        self.entries.len() > 1 || self.entries.keys().any(|mark| !mark.chars().any(char::is_numeric))
    }
}

/// The legend that holds on each sheet: its own, else the one of the workbook.
pub(crate) fn of_sheets(sheets: &[Sheet], vocabulary: &Vocabulary) -> Vec<Legend> {
    let mut own: Vec<Legend> = sheets.iter().map(|sheet| of_sheet(sheet, vocabulary)).collect();
    let mut common = Legend::default();
    for (mark, meaning) in own.iter().flat_map(|legend| &legend.entries) {
        common.entries.entry(mark.clone()).or_insert(*meaning);
    }
    for legend in own.iter_mut().filter(|legend| legend.entries.is_empty()) {
        legend.entries.clone_from(&common.entries);
    }
    own
}

fn of_sheet(sheet: &Sheet, vocabulary: &Vocabulary) -> Legend {
    let mut legend = Legend::default();
    let rows = sheet.rows.len();
    let ends = sheet.rows.iter().enumerate();
    let ends = ends.filter(|(at, _)| *at < SEARCHED || *at + SEARCHED >= rows);
    let mut pairs: Vec<(u32, u16, String, MarkMeaning)> = Vec::new();
    for (_, row) in ends {
        for (column, cell) in &row.cells {
            let Cell::Text(text) = cell else { continue };
            let entries = entries(text, vocabulary);
            if entries
                .first()
                .is_some_and(|(mark, _)| is_among_marks(sheet, row, *column, mark))
            {
                continue;
            }
            for (mark, meaning) in entries {
                legend.add(row.number, mark, meaning);
            }
        }
        pairs.extend(pair(row, vocabulary));
    }
    for (row, column, mark, meaning) in &pairs {
        let beside = |other: &&(u32, u16, String, MarkMeaning)| other.1 == *column;
        let column: Vec<&String> = pairs.iter().filter(beside).map(|pair| &pair.2).collect();
        let once = |mark: &&&String| column.iter().filter(|other| *other == *mark).count() == 1;
        if column.len() > 1 && column.iter().all(|mark| once(&mark)) {
            legend.add(*row, mark, *meaning);
        }
    }
    if legend.is_one() { legend } else { Legend::default() }
}

/// Whether a cell that begins with a mark stands in a row of a table, over or under the mark alone: "Yes - late" below
/// "Yes" is what one person got, and explains nothing.
fn is_among_marks(sheet: &Sheet, row: &SheetRow, column: u16, mark: &str) -> bool {
    if row.cells.len() < WIDEST_ROW {
        return false;
    }
    let mark = vocabulary::normalise(mark);
    let near = row.number.saturating_sub(NEAR)..=row.number.saturating_add(NEAR);
    let first = sheet.rows.partition_point(|other| other.number < *near.start());
    let rows = sheet.rows[first..].iter();
    let is_it = |cell: &Cell| matches!(cell, Cell::Text(text) if text.len() <= LONGEST_MARK * 4 && vocabulary::normalise(text) == mark);
    rows.take_while(|other| near.contains(&other.number)).any(|other| {
        // Marks stand under all sessions, the rarer ones not under each.
        let beside = |at: u16| at == column || (row.number == other.number && at.abs_diff(column) <= BESIDE);
        other.cells.iter().any(|(at, cell)| beside(*at) && is_it(cell))
    })
}

/// A row of a legend that is a small table: a mark, and beside it what it means.
fn pair(row: &SheetRow, vocabulary: &Vocabulary) -> Option<(u32, u16, String, MarkMeaning)> {
    if !(2..=WIDEST_ROW).contains(&row.cells.len()) {
        return None;
    }
    row.cells.windows(2).find_map(|two| {
        let [(column, mark), (next, Cell::Text(meaning))] = two else {
            return None;
        };
        let mark = text_of(mark);
        let fits = *next == column + 1 && is_mark(&mark);
        Some((row.number, *column, mark, vocabulary.explanation(meaning)?)).filter(|_| fits)
    })
}

/// The marks that a text explains, each with its meaning.
fn entries<'t>(text: &'t str, vocabulary: &Vocabulary) -> Vec<(&'t str, MarkMeaning)> {
    if !text.contains(divides) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for part in text.split(['\n', '\r', ';', ',', '|']) {
        let several = in_one_line(part, vocabulary);
        if several.len() > 1 {
            found.extend(several);
            continue;
        }
        let mut signs = part.char_indices().filter(|(_, c)| divides(*c));
        found.extend(signs.find_map(|(at, sign)| entry(&part[..at], &part[at + sign.len_utf8()..], vocabulary)));
    }
    found
}

/// Signs between a mark and its meaning.
fn divides(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '−' | '=' | ':')
}

/// Marks of a line that parts them by nothing but the signs that stand between a mark and its meaning, by slashes or
/// blanks: "P : present – A : absent", "P=present / A=absent".
fn in_one_line<'t>(part: &'t str, vocabulary: &Vocabulary) -> Vec<(&'t str, MarkMeaning)> {
    let pieces: Vec<&str> = part.split(divides).collect();
    // Where each mark stands: the last word before a sign, with a meaning after it and none of its own.
    let mark = |at: usize| {
        let mark = last_word(pieces[at]);
        let explained = pieces
            .get(at + 1)
            .and_then(|after| vocabulary.explanation(after))
            .is_some();
        (is_mark(mark) && explained && vocabulary.explanation(mark).is_none()).then_some(mark)
    };
    let marks: Vec<(usize, &str)> = (0..pieces.len()).filter_map(|at| Some((at, mark(at)?))).collect();
    let meaning = |nth: usize| {
        let (at, _) = marks[nth];
        let next = marks.get(nth + 1).copied();
        let mut words: Vec<&str> = pieces[at + 1..next.map_or(pieces.len(), |(next, _)| next)].to_vec();
        // What stands before the next mark in its piece belongs to this meaning.
        words.extend(next.map(|(next, mark)| pieces[next].trim_end().trim_end_matches(bare).trim_end_matches(mark)));
        vocabulary.explanation(&words.join(" "))
    };
    let meanings = marks
        .iter()
        .enumerate()
        .map(|(nth, (_, mark))| Some((*mark, meaning(nth)?)));
    meanings.collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The last word of a piece of a legend; a slash parts words and may be a mark.
fn last_word(piece: &str) -> &str {
    let word = piece
        .trim_end_matches(bare)
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let word = word.trim_matches(bare);
    let after_slash = word.rsplit('/').next().unwrap_or_default();
    if after_slash.is_empty() { word } else { after_slash }
}

/// What stands around a mark in a legend.
fn bare(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '«' | '»' | '“' | '”' | '„' | '\'' | '(' | ')' | '.')
}

/// A mark before a sign and its meaning after it, or the other way round.
fn entry<'t>(before: &'t str, after: &'t str, vocabulary: &Vocabulary) -> Option<(&'t str, MarkMeaning)> {
    let mark = before.trim_end_matches(bare).rsplit(char::is_whitespace).next()?;
    let mark = mark.trim_matches(bare);
    if is_mark(mark)
        && let Some(meaning) = vocabulary.explanation(after)
    {
        return Some((mark, meaning));
    }
    let mark = after.trim_matches(bare);
    let turned = is_mark(mark) && !mark.chars().any(char::is_numeric) && mark.chars().count() <= 2;
    let meaning = turned.then(|| vocabulary.explanation(before)).flatten()?;
    vocabulary.explanation(mark).is_none().then_some((mark, meaning))
}

fn is_mark(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST_MARK && !text.chars().any(char::is_whitespace)
}

impl Vocabulary {
    /// What the words beside a mark in a legend say of it.
    pub(crate) fn explanation(&self, text: &str) -> Option<MarkMeaning> {
        if text.len() > LONGEST_MEANING * 2 {
            return None;
        }
        let text = format!(" {}", vocabulary::normalise(text));
        let said = |meaning: &MarkMeaning| {
            let stems = self.explaining(*meaning);
            stems.iter().any(|stem| text.contains(stem.as_str()))
        };
        // "Absent, with permission" is an excuse, "did not attend" no attendance.
        [
            MarkMeaning::NoSession,
            MarkMeaning::Excused,
            MarkMeaning::Partial,
            MarkMeaning::Absent,
            MarkMeaning::Present,
        ]
        .into_iter()
        .find(said)
    }

    /// Whether a line explains a mark, and names nobody.
    pub(crate) fn explains_a_mark(&self, text: &str) -> bool {
        !entries(text, self).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::fixture::sheet;

    fn said(text: &str) -> Vec<(String, MarkMeaning)> {
        let legends = of_sheets(&[sheet(text)], vocabulary::standard());
        legends[0].entries.clone().into_iter().collect()
    }

    #[test]
    fn legends_in_lines_and_small_tables() {
        use MarkMeaning::{Absent, Excused, Partial, Present};
        for (text, expected) in [
            (
                "Умовні позначення: П – присутній, Н – відсутній",
                vec![("н", Absent), ("п", Present)],
            ),
            (
                "в - був\nп - відсутній з поважної причини",
                vec![("в", Present), ("п", Excused)],
            ),
            (
                "O - present; P - absent with permission",
                vec![("o", Present), ("p", Excused)],
            ),
            (
                "A = asistió, P = permiso, R = retardo",
                vec![("a", Present), ("p", Excused), ("r", Partial)],
            ),
            ("Present: P, Absent: A", vec![("a", Absent), ("p", Present)]),
            ("П|присутній\nН|відсутній", vec![("н", Absent), ("п", Present)]),
            ("+ - был, - – не был", vec![("+", Present), ("-", Absent)]),
            (
                "P : présent – A : absent – E : excusé",
                vec![("a", Absent), ("e", Excused), ("p", Present)],
            ),
            (
                "П – присутній – Н – відсутній – Х – хворий",
                vec![("н", Absent), ("п", Present), ("х", Excused)],
            ),
            (
                "P = present / A = absent / L = late",
                vec![("a", Absent), ("l", Partial), ("p", Present)],
            ),
            ("P=present/A=absent", vec![("a", Absent), ("p", Present)]),
            ("Legend: P: present A: absent", vec![("a", Absent), ("p", Present)]),
            ("п – відсутній – з поважної причини", vec![("п", Excused)]),
            ("Name|d1|d2\nAnn|Yes|Yes - late\nBob|No|Yes", vec![]),
            ("Всього присутніх: 12\nПрисутні – 5", vec![]),
            ("Дата: 05.02.2026", vec![]),
        ] {
            let expected: Vec<(String, MarkMeaning)> = expected
                .into_iter()
                .map(|(mark, meaning)| (mark.to_owned(), meaning))
                .collect();
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
