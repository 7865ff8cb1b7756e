//! Tables without headings that anybody knows, read by what their columns hold.

use super::{Reader, SheetContent, SheetPart};
use crate::ingest::dates;
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::heading;
use crate::ingest::layout::{self, PERSON, Told};
use crate::ingest::noted::Noted;
use crate::ingest::records::Reason;

impl Reader<'_> {
    /// Reads a table whose columns are told by what they hold, and says what each was taken for; whether it is one.
    pub(super) fn take_told(&self, grid: &Grid, told: &Told, part: &mut SheetPart) -> bool {
        let lines: Vec<String> = told
            .titles
            .iter()
            .flat_map(|row| grid.cells(*row).map(|(_, cell)| text_of(cell)))
            .collect();
        let mut context = self.context.clone();
        let near = lines.iter().flat_map(|line| dates::find_in_text(line));
        context.sheet = near.chain(std::mem::take(&mut context.sheet)).collect();
        let below = Grid::new(&told.sheet);
        let mut reading = layout::read(self.purpose, &below, &told.source, &context, self.vocabulary);
        let [block] = &mut reading.blocks[..] else {
            return false;
        };
        if block.rows.is_empty() || !block.has(PERSON) || !block.sessions.is_empty() {
            return false;
        }
        block.heading = heading::read(&lines, self.vocabulary);
        block.noted.retain(|noted| noted.kind != Kind::HeadingMisspelt);
        let columns: Vec<String> = told
            .columns
            .iter()
            .map(|(letters, field)| format!("{letters} {field}"))
            .collect();
        let noted = Noted::at(Kind::HeadingsMissing, told.first, None);
        block.noted.push(noted.with("columns", columns.join(", ")));
        let reader = Reader { context, ..*self };
        reader.take(&told.sheet, &below, &told.source, reading, part);
        part.aside.extend(told.titles.iter().map(|row| (*row, Reason::Title)));
        part.missing_columns.clear();
        matches!(part.content, SheetContent::Tables(_))
    }
}
