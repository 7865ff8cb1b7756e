//! A filled-in table of decisions: the review workbook, or any table that names two rows and a verdict.
//!
//! Rows of the workbook may have been sorted, filtered and deleted: a pair is put together again by its short name, which
//! is made from its two places, and a filter that hides a row hides no answer.

use std::collections::BTreeMap;

use crate::ingest::decisions::{End, Line, lines};
use crate::ingest::table::{Cell, Sheet, SheetRow, Workbook};
use crate::ingest::vocabulary::{Vocabulary, normalise};
use crate::report::labels::Labels;
use crate::report::private::pair_id;

/// A line with the sheet it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Index of the sheet.
    pub(crate) sheet: u16,
    /// What is said about which rows.
    pub(crate) line: Line,
    /// What is wrong with it already.
    pub(crate) mistake: Option<Mistake>,
}

/// What is wrong with an answer before anything is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mistake {
    /// The pair's short name is missing, or no pair bears it.
    UnknownPair,
    /// The places do not fit the pair's short name.
    PlacesChanged,
    /// The two rows of the pair are answered differently.
    TwoAnswers,
}

/// A column of the workbook that answers are read from.
#[derive(Debug, Clone, Copy)]
enum Head {
    Pair,
    File,
    Sheet,
    Row,
    Decision,
    By,
    Date,
    Reason,
    Name,
    Code,
}

impl Head {
    /// All heads with their keys in the label files.
    const ALL: [(Head, &str); 10] = [
        (Head::Pair, "review_head.pair"),
        (Head::File, "review_head.file"),
        (Head::Sheet, "review_head.sheet"),
        (Head::Row, "review_head.row"),
        (Head::Decision, "review_head.decision"),
        (Head::By, "review_head.by"),
        (Head::Date, "review_head.date"),
        (Head::Reason, "review_head.reason"),
        (Head::Name, "review_head.name"),
        (Head::Code, "review_head.code"),
    ];
}

/// Column of each head.
#[derive(Debug, Clone, Copy, Default)]
struct Columns([Option<u16>; 10]);

impl Columns {
    fn of(&self, head: Head) -> Option<u16> {
        self.0[head as usize]
    }
}

/// Every answer of a file, in order; `known` are the ends of pairs that are undecided now, by short name.
pub(crate) fn answers(workbook: &Workbook, vocabulary: &Vocabulary, known: &BTreeMap<String, [End; 2]>) -> Vec<Answer> {
    let words = heads();
    let mut answers = Vec::new();
    for (index, sheet) in (0_u16..).zip(&workbook.sheets) {
        let open = Sheet {
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            ..sheet.clone()
        };
        let header = open
            .rows
            .iter()
            .find_map(|row| Some((row.number, columns(row, &words)?)));
        if let Some((header, columns)) = header {
            let rows = open.rows.iter().filter(|row| row.number > header);
            answers.extend(of_pairs(rows, &columns, known, index));
        } else {
            let lines = lines(&open, vocabulary).into_iter();
            answers.extend(lines.filter(|line| !line.verdict.is_empty()).map(|line| Answer {
                sheet: index,
                line,
                mistake: None,
            }));
        }
    }
    answers
}

/// Words of each head in every language, made comparable.
fn heads() -> Vec<(String, Head)> {
    let mut words = Vec::new();
    for language in Labels::languages() {
        let labels = Labels::load(language);
        words.extend(Head::ALL.map(|(head, key)| (normalise(labels.get(key)), head)));
    }
    words
}

/// The columns of a head row of the workbook; `None` where it is none.
fn columns(row: &SheetRow, words: &[(String, Head)]) -> Option<Columns> {
    let mut columns = Columns::default();
    for (column, cell) in &row.cells {
        let Cell::Text(text) = cell else { continue };
        let text = normalise(text);
        if let Some((_, head)) = words.iter().find(|(word, _)| *word == text) {
            columns.0[*head as usize].get_or_insert(*column);
        }
    }
    (columns.of(Head::Pair).is_some() && columns.of(Head::Decision).is_some()).then_some(columns)
}

fn of_pairs<'r>(
    rows: impl Iterator<Item = &'r SheetRow>,
    columns: &Columns,
    known: &BTreeMap<String, [End; 2]>,
    sheet: u16,
) -> Vec<Answer> {
    let mut pairs: Vec<(String, Vec<&SheetRow>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let id = text(row, columns.of(Head::Pair)).trim().to_uppercase();
        if id.is_empty() && text(row, columns.of(Head::Decision)).is_empty() {
            continue;
        }
        // Rows without a short name are answers about nobody, each for itself.
        let at = if id.is_empty() {
            pairs.len()
        } else {
            *places.entry(id.clone()).or_insert(pairs.len())
        };
        if at == pairs.len() {
            pairs.push((id, Vec::new()));
        }
        pairs[at].1.push(row);
    }
    let answers = pairs
        .iter()
        .filter_map(|(id, rows)| answer(id, rows, columns, known, sheet));
    answers.collect()
}

/// The answer about one pair; `None` where nobody answered yet.
fn answer(
    id: &str,
    rows: &[&SheetRow],
    columns: &Columns,
    known: &BTreeMap<String, [End; 2]>,
    sheet: u16,
) -> Option<Answer> {
    let said = |row: &SheetRow| normalise(&text(row, columns.of(Head::Decision)));
    let answered: Vec<&&SheetRow> = rows.iter().filter(|row| !said(row).is_empty()).collect();
    let first = answered.first()?;
    let two = answered.iter().any(|row| said(row) != said(first));
    let mut ends: Vec<End> = Vec::new();
    for row in rows {
        let end = end(row, columns);
        if !ends
            .iter()
            .any(|one| (&one.file, &one.sheet, one.row) == (&end.file, &end.sheet, end.row))
        {
            ends.push(end);
        }
    }
    let (ends, misplaced) = whole(id, ends, known);
    // Author, date and reason may stand in either row of the pair.
    let beside = |head: Head| {
        rows.iter()
            .map(|row| text(row, columns.of(head)))
            .find(|text| !text.is_empty())
    };
    Some(Answer {
        sheet,
        mistake: misplaced.or(two.then_some(Mistake::TwoAnswers)),
        line: Line {
            row: first.number,
            ends,
            verdict: text(first, columns.of(Head::Decision)),
            by: beside(Head::By).unwrap_or_default(),
            date: beside(Head::Date).unwrap_or_default(),
            reason: beside(Head::Reason).unwrap_or_default(),
            columns: [
                columns.of(Head::Decision),
                columns.of(Head::By),
                columns.of(Head::Date),
                columns.of(Head::Reason),
            ],
        },
    })
}

/// Both ends of a pair, the missing one from what is undecided now; what is wrong where they do not fit its name.
fn whole(id: &str, mut ends: Vec<End>, known: &BTreeMap<String, [End; 2]>) -> ([End; 2], Option<Mistake>) {
    let fits = |one: &End, other: &End| {
        let place = |end: &End| (end.file.clone(), end.sheet.clone(), end.row.unwrap_or_default());
        let (one, other) = (place(one), place(other));
        pair_id((&one.0, &one.1, one.2), (&other.0, &other.1, other.2)) == id
    };
    if let [one, other] = ends.as_slice() {
        let mistake = (!fits(one, other)).then_some(Mistake::PlacesChanged);
        return ([one.clone(), other.clone()], mistake);
    }
    if ends.len() > 2 {
        return (std::array::from_fn(|at| ends[at].clone()), Some(Mistake::PlacesChanged));
    }
    if let Some(known) = known.get(id) {
        return (known.clone(), None);
    }
    let one = ends.pop().unwrap_or_default();
    ([one, End::default()], Some(Mistake::UnknownPair))
}

fn end(row: &SheetRow, columns: &Columns) -> End {
    let cell = text(row, columns.of(Head::Row));
    let digits = cell.trim_start_matches(|sign: char| !sign.is_ascii_digit());
    let name = text(row, columns.of(Head::Name));
    End {
        file: text(row, columns.of(Head::File)),
        sheet: text(row, columns.of(Head::Sheet)),
        row: digits.parse().ok(),
        name: if name.is_empty() {
            text(row, columns.of(Head::Code))
        } else {
            name
        },
    }
}

fn text(row: &SheetRow, column: Option<u16>) -> String {
    let cell = column.and_then(|column| row.get(column));
    match cell {
        Some(Cell::Text(text)) => text.trim().to_owned(),
        Some(Cell::Number(number)) => number.to_string(),
        Some(Cell::DateTime { at, .. }) => at.format("%Y-%m-%d").to_string(),
        Some(Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_)) | None => String::new(),
    }
}
