//! Writes into a sheet's part: the cells named and what hangs on them; every other byte stays.

use std::collections::BTreeMap;
use std::ops::Range;

use super::address::{self, Spot};
use super::formula::{self, Reach};
use super::sheet::{CellPart, FormulaKind, RowPart, SheetPart};
use super::xml::{Kind, escaped, spliced};

/// What a cell gets.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// A number.
    Number(f64),
    /// A text; never a formula.
    Text(String),
    /// Nothing.
    Blank,
}

type Pieces = Vec<(Range<usize>, String)>;

/// The part with contents written; `calculates` where the workbook holds formulas, whose results are then computed again
/// by the program that opens it.
pub(super) fn patched(text: &str, contents: &BTreeMap<Spot, Content>, calculates: bool) -> String {
    let sheet = SheetPart::scan(text);
    let mut pieces = Pieces::new();
    let mut rows: BTreeMap<u32, Vec<(u32, &Content)>> = BTreeMap::new();
    for ((row, column), content) in contents {
        let there = sheet.cell((*row, *column)).is_some();
        if there || *content != Content::Blank {
            rows.entry(*row).or_default().push((*column, content));
        }
    }
    let mut fresh = Vec::new();
    for (number, cells) in &rows {
        match sheet.row(*number) {
            Some(row) => pieces.extend(into_row(&sheet, row, cells)),
            None => fresh.push((*number, new_row(&sheet, *number, cells))),
        }
    }
    pieces.extend(new_rows(&sheet, fresh));
    pieces.extend(dimension(&sheet, &rows));
    if calculates {
        pieces.extend(stale_results(&sheet, contents));
        pieces.push(asks_for_calculation(&sheet));
    }
    spliced(text, pieces)
}

fn prefix<'a>(sheet: &SheetPart<'a>) -> &'a str {
    sheet.data.as_ref().map_or("", |tag| tag.prefix())
}

/// A cell's element: its own look and whatever else its tag says is kept.
fn element(sheet: &SheetPart<'_>, spot: Spot, cell: Option<&CellPart<'_>>, content: &Content) -> String {
    let prefix = prefix(sheet);
    let kind = if *content == Content::Blank {
        Kind::Empty
    } else {
        Kind::Open
    };
    let type_of = match content {
        Content::Text(_) => " t=\"inlineStr\"",
        Content::Number(_) | Content::Blank => "",
    };
    let open = if let Some(cell) = cell {
        // `cm` and `vm` tie a cell to what its former value meant.
        cell.tag.rewritten(&["t", "cm", "vm"], type_of, kind)
    } else {
        let look = sheet
            .look(spot)
            .map(|look| format!(" s=\"{look}\""))
            .unwrap_or_default();
        format!("<{prefix}c r=\"{}\"{look}{type_of}>", address::shown(spot))
    };
    match content {
        Content::Blank => open,
        Content::Number(number) => format!("{open}<{prefix}v>{number}</{prefix}v></{prefix}c>"),
        Content::Text(text) => format!(
            "{open}<{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is></{prefix}c>",
            escaped(text)
        ),
    }
}

fn new_row(sheet: &SheetPart<'_>, number: u32, cells: &[(u32, &Content)]) -> String {
    let prefix = prefix(sheet);
    let cells = cells
        .iter()
        .map(|(column, content)| element(sheet, (number, *column), None, content));
    let cells: String = cells.collect();
    format!("<{prefix}row r=\"{number}\">{cells}</{prefix}row>")
}

/// Rows that were not there, each before the first row with a greater number.
fn new_rows(sheet: &SheetPart<'_>, fresh: Vec<(u32, String)>) -> Pieces {
    let Some(data) = sheet.data.as_ref().filter(|_| !fresh.is_empty()) else {
        return Pieces::new();
    };
    if data.kind == Kind::Empty {
        let rows: String = fresh.into_iter().map(|(_, row)| row).collect();
        let text = format!("{}{rows}</{}>", data.rewritten(&[], "", Kind::Open), data.name);
        return vec![(data.range.clone(), text)];
    }
    let mut at: BTreeMap<usize, String> = BTreeMap::new();
    for (number, row) in fresh {
        let next = sheet.rows.iter().find(|row| row.number > number);
        let place = next.map_or(sheet.data_end, |next| next.tag.range.start);
        at.entry(place).or_default().push_str(&row);
    }
    at.into_iter().map(|(place, text)| (place..place, text)).collect()
}

/// Cells of a row that is there.
fn into_row(sheet: &SheetPart<'_>, row: &RowPart<'_>, cells: &[(u32, &Content)]) -> Pieces {
    let (mut pieces, mut inserted) = (Pieces::new(), BTreeMap::<usize, String>::new());
    for (column, content) in cells {
        let spot = (row.number, *column);
        if let Some(cell) = row.cells.iter().find(|cell| cell.column == *column) {
            pieces.push((cell.range.clone(), element(sheet, spot, Some(cell), content)));
        } else {
            let next = row.cells.iter().find(|cell| cell.column > *column);
            let place = next.map_or(row.end, |next| next.range.start);
            let text = element(sheet, spot, None, content);
            inserted.entry(place).or_default().push_str(&text);
        }
    }
    let spans = spans(row, cells);
    if row.tag.kind == Kind::Empty {
        let with = spans.map_or_else(String::new, |(_, spans)| spans);
        let without: &[&str] = if with.is_empty() { &[] } else { &["spans"] };
        let open = row.tag.rewritten(without, &with, Kind::Open);
        let content: String = inserted.into_values().collect();
        return vec![(row.tag.range.clone(), format!("{open}{content}</{}>", row.tag.name))];
    }
    pieces.extend(spans);
    pieces.extend(inserted.into_iter().map(|(place, text)| (place..place, text)));
    pieces
}

/// The row's hint about its columns, made wide enough.
fn spans(row: &RowPart<'_>, cells: &[(u32, &Content)]) -> Option<(Range<usize>, String)> {
    let (first, last) = row
        .tag
        .attribute("spans")?
        .split_once(':')
        .map(|(a, b)| (a.parse::<u32>(), b.parse::<u32>()))?;
    let (first, last) = (first.ok()?, last.ok()?);
    let columns = || cells.iter().map(|(column, _)| column + 1);
    let wide = (first.min(columns().min()?), last.max(columns().max()?));
    let place = row.tag.attribute_place("spans")?;
    (wide != (first, last)).then(|| (place, format!(" spans=\"{}:{}\"", wide.0, wide.1)))
}

/// The used area, made large enough.
fn dimension(sheet: &SheetPart<'_>, rows: &BTreeMap<u32, Vec<(u32, &Content)>>) -> Option<(Range<usize>, String)> {
    let tag = sheet.dimension.as_ref()?;
    let before = address::area(&tag.attribute("ref")?)?;
    let mut area = before;
    for (row, cells) in rows {
        for (column, _) in cells {
            area = area.with((*row, *column));
        }
    }
    let place = tag.attribute_place("ref")?;
    (area != before).then(|| (place, format!(" ref=\"{}\"", area.shown())))
}

/// Saved results that hang on written cells are taken out: no result is better than a wrong one.
fn stale_results(sheet: &SheetPart<'_>, contents: &BTreeMap<Spot, Content>) -> Pieces {
    let formulas: Vec<(Spot, Reach)> = sheet
        .cells()
        .filter(|(spot, _)| !contents.contains_key(spot))
        .filter_map(|(spot, cell)| {
            let formula = cell.formula.as_ref()?;
            let own = formula.kind == FormulaKind::Own;
            Some((
                spot,
                if own {
                    formula::reach(&formula.text)
                } else {
                    Reach::Anything
                },
            ))
        })
        .collect();
    let written: Vec<Spot> = contents.keys().copied().collect();
    let stale = formula::dependents(&formulas, &written);
    let mut pieces = Pieces::new();
    for (spot, cell) in sheet.cells() {
        if !stale.contains(&spot) {
            continue;
        }
        if let Some(value) = &cell.value {
            pieces.push((value.clone(), String::new()));
            pieces.extend(cell.tag.attribute_place("t").map(|place| (place, String::new())));
        }
    }
    pieces
}

/// ECMA-376, 18.3.1.83: a sheet may ask for the whole workbook to be calculated when it is opened, so that no other part
/// has to change for it.
fn asks_for_calculation(sheet: &SheetPart<'_>) -> (Range<usize>, String) {
    const ASKS: &str = " fullCalcOnLoad=\"1\"";
    if let Some(tag) = &sheet.calculation {
        (tag.range.clone(), tag.rewritten(&["fullCalcOnLoad"], ASKS, tag.kind))
    } else {
        let place = sheet.after_data;
        (place..place, format!("<{}sheetCalcPr{ASKS}/>", prefix(sheet)))
    }
}
