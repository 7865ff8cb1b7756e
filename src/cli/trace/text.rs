//! Tables for the terminal: heads, columns of equal width, a title for each file and sheet.

use unicode_width::UnicodeWidthStr as _;

use crate::ingest::records::{Place, Records};
use crate::report::terminal::cut;

/// A table under heads; the last column takes what room is left.
pub(in crate::cli) struct Table {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Title above a row, where another file or sheet begins.
    titles: Vec<Option<String>>,
}

impl Table {
    pub(in crate::cli) fn new(heads: &[&str]) -> Self {
        Self {
            heads: heads.iter().map(|head| (*head).to_owned()).collect(),
            rows: Vec::new(),
            titles: Vec::new(),
        }
    }

    /// Adds a row, with a title above it where it begins another part.
    pub(in crate::cli) fn row(&mut self, title: Option<String>, row: Vec<String>) {
        self.titles.push(title);
        self.rows.push(row);
    }

    /// The lines, none wider than `width`; columns without a word are left out.
    pub(in crate::cli) fn lines(&self, width: usize) -> Vec<String> {
        let filled = |column: usize| self.rows.iter().any(|row| !row[column].is_empty());
        let columns: Vec<usize> = (0..self.heads.len()).filter(|column| filled(*column)).collect();
        let Some((last, before)) = columns.split_last() else {
            return Vec::new();
        };
        let longest = |column: usize| {
            let cells = self.rows.iter().map(|row| row[column].width());
            cells.chain([self.heads[column].width()]).max().unwrap_or_default()
        };
        let widths: Vec<usize> = before.iter().map(|column| longest(*column).min(width / 3)).collect();
        let used: usize = widths.iter().map(|width| width + 2).sum();
        let rest = width.saturating_sub(used + 2).max(8);
        let line = |row: &[String]| {
            let mut line = "  ".to_owned();
            for (column, width) in before.iter().zip(&widths) {
                let cell = cut(&row[*column], *width);
                line.push_str(&cell);
                line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
            }
            line.push_str(&cut(&row[*last], rest));
            line.trim_end().to_owned()
        };
        let mut lines = vec![line(&self.heads)];
        for (title, row) in self.titles.iter().zip(&self.rows) {
            lines.extend(title.iter().map(|title| cut(title, width)));
            lines.push(line(row));
        }
        lines
    }
}

/// File and sheet of a place, as a title.
pub(in crate::cli) fn sheet_title(records: &Records, place: Place) -> String {
    records.show(Place {
        row: 0,
        column: None,
        ..place
    })
}

/// A row as `--row` takes it.
pub(in crate::cli) fn row_name(records: &Records, place: Place) -> String {
    let file = &records.files[place.file.index()];
    let sheet = file
        .sheets
        .get(usize::from(place.sheet))
        .filter(|name| !name.is_empty());
    let sheet = sheet.map_or_else(String::new, |name| format!(":{name}"));
    format!("{}{sheet}:{}", file.path, place.row)
}

/// A place, shorter where it stands on the same sheet as another.
pub(in crate::cli) fn near(records: &Records, place: Place, other: Place) -> String {
    if (place.file, place.sheet) == (other.file, other.sheet) {
        crate::audit::trace::address(place)
    } else {
        records.show(place)
    }
}
