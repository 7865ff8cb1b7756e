//! The dates of a register's header as a run: what one lacks comes from what stands around and before it.

use chrono::{Datelike as _, NaiveDate};

use super::SessionColumn;
use crate::ingest::dates::DateReading;
use crate::ingest::heading::Heading;
use crate::ingest::noted::Noted;
use crate::ingest::when::{DateContext, month_near, pick, year_of};
use crate::project::model::DateOrder;

/// Months by which the dates of a run fall back when it crosses New Year; smaller steps back are a matter of order.
const NEW_YEAR: u32 = 6;

/// One header cell of the axis before years and months are filled in.
pub(super) struct AxisCell {
    pub(super) column: u16,
    pub(super) row: u32,
    pub(super) reading: DateReading,
    pub(super) written: String,
    /// The month that stands over it.
    pub(super) above: Option<DateReading>,
}

/// The dates of a header from left to right: parts that one lacks come from what stands around and before it.
pub(super) struct Run<'a> {
    context: &'a DateContext,
    order: Option<DateOrder>,
    /// Dates of title, sheet and file, nearest first.
    around: Vec<&'a DateReading>,
    /// Month of the date before.
    month: Option<u32>,
    /// How often the run has crossed New Year.
    crossed: i32,
    /// Year in which the run began, after a date that has its year.
    began: Option<i32>,
}

impl<'a> Run<'a> {
    pub(super) fn new(heading: &'a Heading, context: &'a DateContext, order: Option<DateOrder>) -> Self {
        let titles = heading.date.iter().chain(&heading.dates);
        Self {
            context,
            order,
            around: titles.chain(&context.sheet).chain(&context.file).collect(),
            month: None,
            crossed: 0,
            began: None,
        }
    }

    pub(super) fn resolve(&mut self, cell: AxisCell) -> Option<SessionColumn> {
        let day = match &cell.reading {
            DateReading::Day(day) => Some(self.whole(*day)),
            DateReading::Ambiguous { day_month, month_day } => {
                Some(self.whole(pick(self.order, *day_month, *month_day)))
            }
            DateReading::DayMonth { day, month } => self.part(*month, *day, cell.above.as_ref()),
            DateReading::DayOnly(day) => {
                let near: Vec<&DateReading> = cell.above.iter().chain(self.around.iter().copied()).collect();
                let month = month_near(&near)?;
                self.part(month, *day, cell.above.as_ref())
            }
            DateReading::Impossible(_) => None,
            DateReading::Month { .. } | DateReading::Year(_) | DateReading::None => return None,
        };
        Some(SessionColumn {
            column: cell.column,
            row: cell.row,
            date: day.ok_or(cell.written),
            incomplete: match cell.reading {
                DateReading::DayMonth { day, month } => exists(month, day),
                _ => false,
            },
        })
    }

    fn whole(&mut self, day: NaiveDate) -> NaiveDate {
        self.month = Some(day.month());
        self.began = Some(day.year() - self.crossed);
        day
    }

    fn part(&mut self, month: u32, day: u32, above: Option<&DateReading>) -> Option<NaiveDate> {
        if self.month.is_some_and(|before| before > month + NEW_YEAR) {
            self.crossed += 1;
        }
        self.month = Some(month);
        let of_month = above.and_then(year_of).filter(|_| self.context.year.is_none());
        let counted = || {
            let began = self.context.year(&self.around).or(self.began);
            began.map(|year| year + self.crossed)
        };
        let year = of_month
            .or_else(counted)
            .or_else(|| self.context.year_in_project(month, day))?;
        NaiveDate::from_ymd_opt(year, month, day)
    }

    /// What is doubtful about the run as a whole.
    pub(super) fn close(self, _columns: &[SessionColumn]) -> Vec<Noted> {
        Vec::new()
    }
}

/// Whether any year has this day.
fn exists(month: u32, day: u32) -> bool {
    NaiveDate::from_ymd_opt(2000, month, day).is_some()
}
