//! The rows behind a figure as a workbook whose places open the raw files.

use std::path::{Component, Path, PathBuf};

use super::figure::Told;
use crate::audit::trace::{self, Side};
use crate::cli::Failure;
use crate::ingest::records::Place;
use crate::message::Tell;
use crate::report::sheet::{CellModel, Content, Look, SheetModel};
use crate::report::workbook::{self, Properties};

/// Width of each column in characters.
const ROWS: [f64; 10] = [26.0, 12.0, 10.0, 12.0, 17.0, 18.0, 9.0, 44.0, 22.0, 30.0];
const ASIDE: [f64; 5] = [26.0, 12.0, 12.0, 34.0, 46.0];

/// The workbook, its links leading from where it is written to the raw files.
pub(super) fn workbook(told: &Told, root: &Path, target: &Path) -> Result<Vec<u8>, Failure> {
    let links = Links::new(told, root, target);
    let mut sheets: Vec<SheetModel> = told
        .sides
        .iter()
        .enumerate()
        .map(|(number, side)| rows_sheet(told, &links, number, side))
        .collect();
    sheets.push(aside_sheet(told, &links));
    let properties = Properties::of(&told.computed.report(told.lang));
    workbook::workbook(&sheets, &properties).map_err(|error| Failure::File(error.to_string().message()))
}

fn head(told: &Told, sheet: &mut SheetModel, title: &str) {
    let mut lines = told.head(usize::MAX).into_iter();
    sheet.line(lines.next().unwrap_or_default(), Look::Heading);
    lines.for_each(|line| _ = sheet.line(line, Look::Subtitle));
    sheet.line(title, Look::Note);
}

fn heads(told: &Told, sheet: &mut SheetModel, keys: &[&str]) {
    let label = |key: &&str| told.labels.get(&format!("trace.head.{key}")).to_owned();
    let cells = (0..)
        .zip(keys)
        .map(|(column, key)| CellModel::text(column, label(key), Look::Head));
    let row = sheet.push(cells.collect());
    sheet.freeze_below(row, 0);
}

fn rows_sheet(told: &Told, links: &Links, number: usize, side: &Side) -> SheetModel {
    let labels = told.labels;
    let name = match (number, told.sides.len()) {
        (0, 1 | 2) => labels.get("trace.sheet.rows").to_owned(),
        (1, 2) => labels.get("trace.sheet.below").to_owned(),
        _ => labels.fill("trace.sheet.part", &[("number", &(number + 1).to_string())]),
    };
    let mut sheet = SheetModel::new(&name, &ROWS);
    head(told, &mut sheet, &told.side_title(number, side));
    heads(
        told,
        &mut sheet,
        &[
            "file", "sheet", "cell", "day", "person", "why", "adds", "session", "also", "name",
        ],
    );
    for row in &side.rows {
        let fields = told.fields(row);
        let text = |column: u16, text: &str| CellModel::text(column, text, Look::Text);
        let open = |cell: CellModel| links.open(told, cell, row.cell);
        let adds = if row.with.is_some() {
            None
        } else {
            Some(row.amount.unwrap_or(1.0))
        };
        sheet.push(vec![
            open(text(0, &fields[0])),
            text(1, &fields[1]),
            open(text(2, &fields[2])),
            row.date.map_or_else(
                || text(3, ""),
                |date| CellModel::new(3, Content::Date(date), Look::Text),
            ),
            text(4, &row.person),
            text(5, labels.get(&format!("trace.why.{}", row.why.key()))),
            adds.map_or_else(
                || text(6, ""),
                |adds| CellModel::new(6, Content::Number(adds), Look::Number),
            ),
            text(7, &fields[4]),
            text(8, &fields[9]),
            text(9, fields.get(10).map_or("", String::as_str)),
        ]);
    }
    sheet
}

fn aside_sheet(told: &Told, links: &Links) -> SheetModel {
    let labels = told.labels;
    let mut sheet = SheetModel::new(labels.get("trace.sheet.aside"), &ASIDE);
    let rows = labels.count(told.aside.0.len(), "row");
    head(told, &mut sheet, &labels.fill("trace.beside", &[("rows", &rows)]));
    heads(told, &mut sheet, &["file", "sheet", "row", "reason", "same"]);
    for aside in &told.aside.0 {
        let [file, name, row, _, _, reason, same] = told.aside_fields(aside);
        let text = |column: u16, text: &str| CellModel::text(column, text, Look::Text);
        sheet.push(vec![
            links.open(told, text(0, &file), aside.place),
            text(1, &name),
            links.open(told, text(2, &row), aside.place),
            text(3, &reason),
            text(4, &same),
        ]);
    }
    sheet
}

/// The way from the workbook's folder to the project's.
struct Links(PathBuf);

impl Links {
    fn new(_: &Told, root: &Path, target: &Path) -> Self {
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Self(way(&whole(folder.unwrap_or(Path::new("."))), &whole(root)))
    }

    /// The cell with a link that opens the raw file at a place.
    fn open(&self, told: &Told, mut cell: CellModel, place: Place) -> CellModel {
        let file = &told.computed.records.files[place.file.index()];
        let path = self.0.join(&file.path).to_string_lossy().replace('\\', "/");
        let sheet = file
            .sheets
            .get(usize::from(place.sheet))
            .filter(|name| !name.is_empty());
        let address = match place.column {
            Some(_) => trace::address(place),
            None => format!("A{}", place.row.max(1)),
        };
        let anchor = sheet.map_or_else(String::new, |sheet| {
            format!("#'{}'!{address}", sheet.replace('\'', "''"))
        });
        cell.opens = Some(format!("{path}{anchor}"));
        cell
    }
}

/// The way from one folder to another, both absolute; the other itself where they share no root.
fn way(from: &Path, to: &Path) -> PathBuf {
    let plain = |path: &Path| -> Vec<PathBuf> {
        let mut parts: Vec<Component> = Vec::new();
        for part in path.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => _ = parts.pop(),
                other => parts.push(other),
            }
        }
        parts.iter().map(|part| PathBuf::from(part.as_os_str())).collect()
    };
    let (from, to) = (plain(from), plain(to));
    if from.first() != to.first() {
        return to.iter().collect();
    }
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n(PathBuf::from(".."), from.len() - shared);
    up.chain(to[shared..].iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_from_one_folder_to_another() {
        let shown = |from: &str, to: &str| way(Path::new(from), Path::new(to)).to_string_lossy().replace('\\', "/");
        assert_eq!(shown("/a/b/out", "/a/b"), "..");
        assert_eq!(shown("/a/x/y", "/a/b/c"), "../../b/c");
        assert_eq!(shown("/a", "/a/b/./c"), "b/c");
    }
}
