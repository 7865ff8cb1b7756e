//! Registers with days down the side and names across.

use super::{Reader, SheetContent, SheetPart, Turned};
use crate::ingest::dates;
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::heading;
use crate::ingest::layout::{self, Turn};
use crate::ingest::records::Reason;
use crate::project::model::Source;

impl Reader<'_> {
    /// Reads a register with days down the side; whether it is one.
    pub(super) fn take_turned(&self, grid: &Grid, turn: &Turn, source: &Source, part: &mut SheetPart) -> bool {
        let above = grid.rows_between(0, turn.names).iter();
        let titles: Vec<u32> = above.map(|row| row.number).collect();
        let lines: Vec<String> = titles
            .iter()
            .flat_map(|row| grid.cells(*row).map(|(_, cell)| text_of(cell)))
            .collect();
        let mut context = self.context.clone();
        let near = lines.iter().flat_map(|line| dates::find_in_text(line));
        context.sheet = near.chain(std::mem::take(&mut context.sheet)).collect();
        let mut source = source.clone();
        source.header_row = Some(turn.header);
        let turned = Grid::new(&turn.sheet);
        let reading = layout::read(self.purpose, &turned, &source, &context, self.vocabulary);
        let mut blocks = reading.blocks.into_iter().filter(|block| !block.sessions.is_empty());
        let (Some(mut block), None) = (blocks.next(), blocks.next()) else {
            return false;
        };
        if block.rows.is_empty() || block.header_bottom != turn.header {
            return false;
        }
        block.heading = heading::read(&lines, self.vocabulary);
        // Nobody expects a heading over names that stand in a row.
        block.noted.retain(|noted| noted.kind != Kind::HeadingMisspelt);
        let days: Vec<u32> = block
            .sessions
            .iter()
            .map(|session| u32::from(session.column) + 1)
            .collect();
        let mut table = self.table(&turned, block, &source, &context);
        part.aside = titles.into_iter().map(|row| (row, Reason::Title)).collect();
        for row in grid.rows_between(turn.names + 1, u32::MAX).iter().map(|row| row.number) {
            let first = grid
                .cells(row)
                .next()
                .map(|(_, cell)| text_of(cell))
                .unwrap_or_default();
            if days.binary_search(&row).is_ok() {
                continue;
            }
            let reason = match () {
                () if self.vocabulary.is_totals(&first) => Reason::Totals,
                () if self.vocabulary.header(&first).is_empty() => Reason::Trailer,
                () => Reason::Header,
            };
            part.aside.push((row, reason));
        }
        table.turned = Some(Turned {
            names: turn.names,
            days,
        });
        part.content = SheetContent::Tables(vec![table]);
        true
    }
}
