//! A sheet's part taken apart: where its rows and cells stand in the text, and what binds them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::address::{self, Area, Spot};
use super::xml::{Kind, Tag, plain, tags};

/// A sheet's part.
#[derive(Debug, Default)]
pub(super) struct SheetPart<'a> {
    /// Rows in the order of the text.
    pub(super) rows: Vec<RowPart<'a>>,
    /// Where each row stands among them, by its number.
    index: BTreeMap<u32, usize>,
    /// The tag that opens the rows.
    pub(super) data: Option<Tag<'a>>,
    /// Where the rows end; the tag that closes them begins here.
    pub(super) data_end: usize,
    /// Where what follows the rows begins.
    pub(super) after_data: usize,
    /// Merged areas.
    pub(super) merges: Vec<Area>,
    /// Areas that one array formula or data table fills.
    pub(super) arrays: Vec<Area>,
    /// Whether the sheet is protected.
    pub(super) protected: bool,
    /// The tag that asks for calculation, where there is one.
    pub(super) calculation: Option<Tag<'a>>,
    /// The used area's tag, where there is one.
    pub(super) dimension: Option<Tag<'a>>,
    /// Looks of columns: first, last, look.
    pub(super) columns: Vec<(u32, u32, String)>,
}

/// A row.
#[derive(Debug)]
pub(super) struct RowPart<'a> {
    pub(super) number: u32,
    pub(super) tag: Tag<'a>,
    /// Where its content ends.
    pub(super) end: usize,
    pub(super) cells: Vec<CellPart<'a>>,
}

/// A cell.
#[derive(Debug)]
pub(super) struct CellPart<'a> {
    pub(super) column: u32,
    pub(super) tag: Tag<'a>,
    /// The whole element.
    pub(super) range: Range<usize>,
    pub(super) formula: Option<Formula>,
    /// The saved value with its tags.
    pub(super) value: Option<Range<usize>>,
    /// Whether anything stands in it.
    pub(super) filled: bool,
}

/// A formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Formula {
    pub(super) kind: FormulaKind,
    pub(super) text: String,
}

/// What binds a formula to other cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FormulaKind {
    /// Nothing.
    Own,
    /// One formula for several cells.
    Shared,
    /// One formula whose result fills an area.
    Array,
    /// A what-if table.
    Table,
}

impl<'a> SheetPart<'a> {
    /// Takes a part apart.
    pub(super) fn scan(text: &'a str) -> Self {
        let mut scan = Scan {
            text,
            sheet: SheetPart::default(),
            inside: false,
            row: 0,
            column: 0,
            value: 0,
            formula: None,
        };
        for tag in tags(text) {
            scan.tag(tag);
        }
        scan.sheet
    }

    /// A row of the part.
    pub(super) fn row(&self, number: u32) -> Option<&RowPart<'a>> {
        self.rows.get(*self.index.get(&number)?)
    }

    /// A cell of the part.
    pub(super) fn cell(&self, (row, column): Spot) -> Option<&CellPart<'a>> {
        let row = self.row(row)?;
        row.cells.iter().find(|cell| cell.column == column)
    }

    /// All cells with their places.
    pub(super) fn cells(&self) -> impl Iterator<Item = (Spot, &CellPart<'a>)> {
        let rows = self.rows.iter();
        rows.flat_map(|row| row.cells.iter().map(move |cell| ((row.number, cell.column), cell)))
    }

    /// The look that a cell has, or would have if it were there.
    pub(super) fn look(&self, spot: Spot) -> Option<String> {
        if let Some(cell) = self.cell(spot) {
            return cell.tag.attribute("s");
        }
        let row = self.row(spot.0);
        let row = row.filter(|row| row.tag.says("customFormat"));
        row.and_then(|row| row.tag.attribute("s")).or_else(|| {
            let columns = self.columns.iter();
            let mut here = columns.filter(|(first, last, _)| (*first..=*last).contains(&spot.1));
            here.next().map(|(_, _, look)| look.clone())
        })
    }

    /// The merged area that holds a cell.
    pub(super) fn merged(&self, spot: Spot) -> Option<Area> {
        self.merges.iter().find(|area| area.holds(spot)).copied()
    }
}

struct Scan<'a> {
    text: &'a str,
    sheet: SheetPart<'a>,
    inside: bool,
    row: u32,
    column: u32,
    value: usize,
    formula: Option<(FormulaKind, usize)>,
}

impl<'a> Scan<'a> {
    fn tag(&mut self, tag: Tag<'a>) {
        let opens = tag.kind != Kind::Close;
        match tag.local() {
            "sheetData" => self.data(tag),
            "row" if self.inside => self.row(tag),
            "c" if self.inside => self.cell(tag),
            "f" if self.inside => self.formula(&tag),
            "v" | "is" if self.inside => self.value(&tag),
            "col" if opens && !self.inside => self.columns(&tag),
            "mergeCell" if opens => {
                let area = tag.attribute("ref").and_then(|text| address::area(&text));
                self.sheet.merges.extend(area);
            }
            "sheetProtection" if opens => self.sheet.protected |= tag.says("sheet"),
            "sheetCalcPr" if opens => self.sheet.calculation = Some(tag),
            "dimension" if opens => self.sheet.dimension = Some(tag),
            _ => {}
        }
    }

    fn data(&mut self, tag: Tag<'a>) {
        if tag.kind == Kind::Close {
            self.inside = false;
            self.sheet.data_end = tag.range.start;
        } else {
            self.inside = tag.kind == Kind::Open;
            self.sheet.data_end = tag.range.end;
        }
        self.sheet.after_data = tag.range.end;
        if tag.kind != Kind::Close {
            self.sheet.data = Some(tag);
        }
    }

    /// A row or cell without an address follows the one before it.
    fn row(&mut self, tag: Tag<'a>) {
        if tag.kind == Kind::Close {
            if let Some(row) = self.sheet.rows.last_mut() {
                row.end = tag.range.start;
            }
            return;
        }
        let number = tag.attribute("r").and_then(|text| text.parse().ok());
        self.row = number.unwrap_or(self.row.saturating_add(1));
        self.column = 0;
        let at = self.sheet.rows.len();
        self.sheet.index.entry(self.row).or_insert(at);
        self.sheet.rows.push(RowPart {
            number: self.row,
            end: tag.range.end,
            tag,
            cells: Vec::new(),
        });
    }

    fn cell(&mut self, tag: Tag<'a>) {
        let Some(row) = self.sheet.rows.last_mut() else { return };
        if tag.kind == Kind::Close {
            if let Some(cell) = row.cells.last_mut() {
                cell.range.end = tag.range.end;
            }
            return;
        }
        let place = tag.attribute("r").and_then(|text| address::spot(&text));
        let column = place.map_or(self.column, |(_, column)| column);
        self.column = column.saturating_add(1);
        row.cells.push(CellPart {
            column,
            range: tag.range.clone(),
            tag,
            formula: None,
            value: None,
            filled: false,
        });
    }

    fn last(&mut self) -> Option<&mut CellPart<'a>> {
        self.sheet.rows.last_mut()?.cells.last_mut()
    }

    fn formula(&mut self, tag: &Tag<'a>) {
        if tag.kind != Kind::Close {
            let kind = match tag.attribute("t").as_deref() {
                Some("shared") => FormulaKind::Shared,
                Some("array") => FormulaKind::Array,
                Some("dataTable") => FormulaKind::Table,
                _ => FormulaKind::Own,
            };
            if matches!(kind, FormulaKind::Array | FormulaKind::Table) {
                let area = tag.attribute("ref").and_then(|text| address::area(&text));
                self.sheet.arrays.extend(area);
            }
            self.formula = Some((kind, tag.range.end));
        }
        if tag.kind != Kind::Open {
            let Some((kind, start)) = self.formula.take() else {
                return;
            };
            let end = if tag.kind == Kind::Close {
                tag.range.start
            } else {
                start
            };
            let text = plain(&self.text[start..end]);
            if let Some(cell) = self.last() {
                cell.formula = Some(Formula { kind, text });
                cell.filled = true;
            }
        }
    }

    fn value(&mut self, tag: &Tag<'a>) {
        if tag.kind != Kind::Close {
            self.value = tag.range.start;
        }
        if tag.kind != Kind::Open {
            let range = self.value..tag.range.end;
            let whole = tag.kind == Kind::Close;
            if let Some(cell) = self.last() {
                cell.value = Some(range);
                cell.filled |= whole;
            }
        }
    }

    fn columns(&mut self, tag: &Tag<'a>) {
        let number = |name| tag.attribute(name).and_then(|text| text.parse::<u32>().ok());
        if let (Some(first), Some(last), Some(look)) = (number("min"), number("max"), tag.attribute("style")) {
            let columns = (first.saturating_sub(1), last.saturating_sub(1), look);
            self.sheet.columns.push(columns);
        }
    }
}
