//! A sheet of the workbook as headings, notes and tables of the page: same cells, same words.

use std::fmt::Write as _;

use super::html::{block, escaped, scrolled};
use super::series::words;
use crate::report::labels::Labels;
use crate::report::sheet::{CellModel, Look, RowModel, SheetModel};

/// Columns of a table that stand beside each other; wider ones go on in a further table, so that paper holds them.
const COLUMNS: u16 = 12;

/// A sheet being turned into markup.
struct Turned<'s> {
    labels: &'s Labels,
    /// Columns that every part of a wide table begins with.
    fixed: u16,
    /// Whether headings stand under others of the sheet.
    nested: bool,
    /// Last heading: the name of the table under it.
    heading: String,
    head: Option<&'s RowModel>,
    rows: Vec<&'s RowModel>,
    page: String,
}

/// The sheet without its title; `fixed` columns are repeated where a table is too wide for a page.
pub(super) fn sheet(model: &SheetModel, fixed: u16, labels: &Labels) -> String {
    let mut turned = Turned {
        labels,
        fixed,
        nested: model
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| matches!(cell.look, Look::Level(_))),
        heading: model.name.clone(),
        head: None,
        rows: Vec::new(),
        page: String::new(),
    };
    for row in &model.rows {
        turned.row(row);
    }
    turned.close();
    turned.page
}

impl<'s> Turned<'s> {
    fn row(&mut self, row: &'s RowModel) {
        let Some(first) = row.cells.first() else {
            return self.close();
        };
        let text = words(Some(first), self.labels);
        match first.look {
            Look::Title | Look::Subtitle => {}
            Look::Level(_) | Look::Heading => {
                self.close();
                let below = self.nested && first.look == Look::Heading;
                let tag = if below { "h4" } else { "h3" };
                self.page.push_str(&block(tag, "", &text));
                self.heading = text;
            }
            Look::Note | Look::Alarm => {
                self.close();
                let class = if first.look == Look::Note { "note" } else { "note alarm" };
                self.page.push_str(&block("p", class, &text));
            }
            Look::Head | Look::NumberHead | Look::MiddleHead => {
                self.close();
                self.head = Some(row);
            }
            Look::Key
            | Look::KeyValue
            | Look::Code
            | Look::Text
            | Look::Middle
            | Look::Number
            | Look::Strong
            | Look::SubText
            | Look::SubNumber
            | Look::TotalText
            | Look::TotalNumber
            | Look::OnTrack
            | Look::Ahead
            | Look::Behind
            | Look::Achieved
            | Look::Mono
            | Look::Small => self.rows.push(row),
        }
    }

    /// Ends the table that is open.
    fn close(&mut self) {
        let (head, rows) = (self.head.take(), std::mem::take(&mut self.rows));
        if head.is_none() && rows.is_empty() {
            return;
        }
        let lines = head.iter().copied().chain(rows.iter().copied());
        let columns = lines.flat_map(|row| &row.cells).map(|cell| cell.column + cell.span);
        let columns = columns.max().unwrap_or(1);
        let mut from = self.fixed;
        loop {
            let to = if columns.saturating_sub(from) <= COLUMNS + COLUMNS / 4 {
                columns.max(from)
            } else {
                from + COLUMNS
            };
            let table = self.table(head, &rows, (from, to));
            self.page.push_str(&scrolled(&self.heading, &table));
            if to >= columns {
                break;
            }
            from = to;
        }
    }

    /// The fixed columns and those of a part.
    fn table(&self, head: Option<&RowModel>, rows: &[&RowModel], (from, to): (u16, u16)) -> String {
        let shown = |cell: &&CellModel| cell.column < self.fixed || (from..to).contains(&cell.column);
        let mut table = String::from("<table>\n");
        if let Some(head) = head {
            table.push_str("<thead><tr>");
            for cell in head.cells.iter().filter(shown) {
                let class = if cell.look == Look::NumberHead {
                    " class=\"n\""
                } else {
                    ""
                };
                let text = escaped(&words(Some(cell), self.labels));
                let _ = write!(table, "<th scope=\"col\"{class}{}>{text}</th>", over(cell));
            }
            table.push_str("</tr></thead>\n");
        }
        table.push_str("<tbody>\n");
        for row in rows {
            table.push_str("<tr>");
            for (at, cell) in row.cells.iter().filter(shown).enumerate() {
                table.push_str(&self.cell(cell, at == 0));
            }
            table.push_str("</tr>\n");
        }
        table + "</tbody>\n</table>\n"
    }

    fn cell(&self, cell: &CellModel, first: bool) -> String {
        let text = escaped(&words(Some(cell), self.labels));
        let class = match cell.look {
            Look::Number | Look::SubNumber => " class=\"n\"",
            Look::Strong => " class=\"n strong\"",
            Look::TotalNumber => " class=\"n total\"",
            Look::TotalText => " class=\"total\"",
            Look::Small => " class=\"small\"",
            _ => "",
        };
        if first {
            format!("<th scope=\"row\" dir=\"auto\"{class}{}>{text}</th>", over(cell))
        } else {
            format!("<td dir=\"auto\"{class}{}>{text}</td>", over(cell))
        }
    }
}

fn over(cell: &CellModel) -> String {
    if cell.span > 1 {
        format!(" colspan=\"{}\"", cell.span)
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_sixty_columns_goes_on_in_further_tables() {
        let mut model = SheetModel::new("A", &[9.0; 61]);
        let row = |look, name: &str| {
            let cells = (1..61).map(|column| CellModel::count(column, usize::from(column), look));
            std::iter::once(CellModel::text(0, name, look)).chain(cells).collect()
        };
        model.push(row(Look::Head, "head"));
        model.push(row(Look::Text, "row"));
        let shown = sheet(&model, 1, &Labels::load("en"));
        assert_eq!(shown.matches("<table>").count(), 5);
        assert_eq!(shown.matches(">head</th>").count(), 5);
        assert_eq!(shown.matches(">60</td>").count(), 1);
    }
}
