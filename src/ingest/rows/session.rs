//! Which session a row means: by its own cells, by the line above it, by the lines above the table.

use chrono::NaiveDate;
use ustr::Ustr;

use super::down::FillDown;
use super::{RawSession, Reader, RowDate, kept, row_date};
use crate::ingest::dates::DateReading;
use crate::ingest::heading::Heading;
use crate::ingest::layout::Block;
use crate::ingest::values;
use crate::ingest::vocabulary::Role;
use crate::project::model::{Layout, Source};

/// What the lines above a table say of its sessions, by the words that the definition gives for it.
fn said_above(source: &Source, role: Role, text: Option<&String>) -> Option<Ustr> {
    let text = text?;
    Some(Ustr::from(values::renamed(source, role.key(), text).unwrap_or(text)))
}

/// What a register's heading says about all its sessions; the days stand in its columns.
pub(crate) fn of_heading(block: &Block, source: &Source) -> RawSession {
    let heading = &block.heading;
    let said = |role: Role, text: &Option<String>| said_above(source, role, text.as_ref());
    RawSession {
        date: RowDate::Missing,
        date_column: None,
        title: said(Role::Event, &heading.title),
        group: said(Role::Group, &heading.group),
        site: said(Role::Place, &heading.site).or_else(|| kept(source.site.as_ref())),
        facilitator: said(Role::Facilitator, &heading.facilitator),
        number: kept(heading.number.as_ref()),
        time: kept(heading.time.as_ref()),
    }
}

impl<'a> Reader<'a> {
    pub(super) fn session(&self, down: &mut FillDown<'a>, row: u32) -> RawSession {
        let block = self.block;
        let heading = &block.heading;
        let date_column = self.places.day;
        let said = date_column.and_then(|column| down.said(self.grid, self.vocabulary, row, column));
        let date = match (date_column, said) {
            (Some(column), Some(meant)) => {
                let reading = self.whole_date_at(meant.row, column);
                let first = self.first_of_month(&reading).map(RowDate::Day);
                first.unwrap_or_else(|| row_date(&reading, &meant.said.text))
            }
            (Some(_), None) => RowDate::Missing,
            (None, _) => self.heading_date(row),
        };
        let section = block.section(row);
        let told = |of: fn(&Heading) -> &Option<String>| {
            let own = section.and_then(|section| of(section).as_ref());
            own.or_else(|| of(heading).as_ref())
        };
        let above = |role: Role, of| said_above(self.source, role, told(of));
        RawSession {
            date,
            date_column,
            title: self
                .words(down, row, Role::Event)
                .or_else(|| self.words(down, row, Role::Topic))
                .or_else(|| above(Role::Event, |heading| &heading.title)),
            group: self
                .words(down, row, Role::Group)
                .or_else(|| above(Role::Group, |heading| &heading.group)),
            site: self
                .words(down, row, Role::Place)
                .or_else(|| above(Role::Place, |heading| &heading.site))
                .or_else(|| kept(self.source.site.as_ref())),
            facilitator: self
                .words(down, row, Role::Facilitator)
                .or_else(|| above(Role::Facilitator, |heading| &heading.facilitator)),
            number: self.event_number(down, row, told(|heading| &heading.number)),
            // That of a column is known once the hours of all rows are.
            time: kept(told(|heading| &heading.time)),
        }
    }

    /// The text of a session's column, filled down where the column is.
    fn words(&self, down: &mut FillDown<'a>, row: u32, role: Role) -> Option<Ustr> {
        let column = self.places.column(role)?;
        let said = down.said(self.grid, self.vocabulary, row, column)?.said;
        let kept = || match values::renamed(self.source, role.key(), &said.text) {
            Some(meant) => Some(Ustr::from(meant)),
            None => (!said.text.is_empty() && !said.missing).then(|| Ustr::from(&said.text)),
        };
        *said.kept.get_or_init(kept)
    }

    fn event_number(&self, down: &mut FillDown<'a>, row: u32, above: Option<&String>) -> Option<Ustr> {
        let written = self.words(down, row, Role::EventNumber).or_else(|| kept(above));
        // In a log the running number is the event's own.
        written.or_else(|| {
            (self.block.layout == Layout::EventLog)
                .then(|| self.words(down, row, Role::RowNo))
                .flatten()
        })
    }

    /// The date of a row of a list that has none of its own: labelled above, else any above, else in the names.
    fn heading_date(&self, row: u32) -> RowDate {
        let heading = self.block.section(row).unwrap_or(&self.block.heading);
        let labelled: Vec<DateReading> = heading.date.iter().cloned().collect();
        let (dates, context) = (&heading.dates, self.context);
        let groups = if heading.of_papers {
            [&labelled, &context.sheet, &context.file, dates]
        } else {
            [&labelled, dates, &context.sheet, &context.file]
        };
        let near: Vec<&DateReading> = groups.into_iter().flatten().chain(&self.block.heading.dates).collect();
        for group in groups {
            let mut days: Vec<NaiveDate> = group
                .iter()
                .filter_map(|reading| self.context.complete(reading, &near))
                .collect();
            days.dedup();
            match (days.as_slice(), group.iter().find_map(impossible)) {
                ([day], _) => return RowDate::Day(*day),
                ([], Some(written)) => return RowDate::Impossible(written),
                // Two days are a span, and no day of a session.
                _ => {}
            }
        }
        RowDate::Missing
    }
}

fn impossible(reading: &DateReading) -> Option<String> {
    match reading {
        DateReading::Impossible(written) => Some(written.clone()),
        _ => None,
    }
}
