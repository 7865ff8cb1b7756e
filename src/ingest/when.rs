//! Dates written in part, and where they find their year.

use chrono::{Datelike as _, NaiveDate};

use super::dates::{DateReading, NamedMonths};
use super::heading::Heading;
use super::plan::Plan;
use crate::project::model::DateOrder;

/// Where a date that is written in part may find its rest.
#[derive(Debug, Clone, Default)]
pub(crate) struct DateContext {
    /// Dates in the sheet's name.
    pub(crate) sheet: Vec<DateReading>,
    /// Dates in the file's name.
    pub(crate) file: Vec<DateReading>,
    /// Months and years that names tell more weakly.
    pub(crate) named: NamedMonths,
    /// Days of numbered sessions that the workbook tells apart from its register.
    pub(crate) plan: Plan,
    /// Year that the definition gives.
    pub(crate) year: Option<i32>,
    /// Order of day and month that the definition gives.
    pub(crate) order: Option<DateOrder>,
    /// First and last day of the project.
    pub(crate) project: Option<(NaiveDate, NaiveDate)>,
}

/// First month of a school year, where two years are written as one (`2025/2026`).
const SCHOOL_BEGINS: u32 = 8;

impl DateContext {
    /// The definition's year, else the nearest one written.
    pub(crate) fn year(&self, near: &[&DateReading]) -> Option<i32> {
        let around = || near.iter().find_map(|reading| year_of(reading));
        self.year
            .or_else(around)
            .or_else(|| self.named.readings.iter().find_map(year_of))
    }

    /// The year of a month, where the years written around are a school year and the definition gives none.
    pub(crate) fn school_year(&self, near: &[&DateReading], month: u32) -> Option<i32> {
        let years = near.iter().filter_map(|reading| match reading {
            DateReading::Year(year) => Some(*year),
            _ => None,
        });
        let mut years = years.take(2);
        let (first, second) = years.next().zip(years.next())?;
        let begins = first.min(second);
        let follows = self.year.is_none() && first.abs_diff(second) == 1;
        follows.then_some(if month >= SCHOOL_BEGINS { begins } else { begins + 1 })
    }

    /// A reading with the year that stands around it, where it has none itself.
    pub(crate) fn with_year(&self, reading: DateReading, heading: &Heading) -> DateReading {
        let DateReading::DayMonth { day, month } = reading else {
            return reading;
        };
        let near: Vec<&DateReading> = self.around(heading).collect();
        let year = self.school_year(&near, month).or_else(|| self.year(&near));
        let year = year.or_else(|| self.year_in_project(month, day));
        match year.and_then(|year| NaiveDate::from_ymd_opt(year, month, day)) {
            Some(day) => DateReading::Day(day),
            None => reading,
        }
    }

    /// What is said about dates around a table, nearest first.
    pub(crate) fn around<'a>(&'a self, heading: &'a Heading) -> impl Iterator<Item = &'a DateReading> {
        let titles = heading.date.iter().chain(&heading.dates);
        titles.chain(&self.sheet).chain(&self.file)
    }

    /// The year of the project in which this day falls, where there is only one.
    pub(crate) fn year_in_project(&self, month: u32, day: u32) -> Option<i32> {
        let (start, end) = self.project?;
        if start.year() == end.year() {
            return Some(start.year());
        }
        let mut years = (start.year()..=end.year()).filter(|year| {
            NaiveDate::from_ymd_opt(*year, month, day).is_some_and(|date| (start..=end).contains(&date))
        });
        years.next().filter(|_| years.next().is_none())
    }

    /// The day that a reading means, as far as what stands around it tells; `None` where a part is missing.
    pub(crate) fn complete(&self, reading: &DateReading, near: &[&DateReading]) -> Option<NaiveDate> {
        match reading {
            DateReading::Day(day) => Some(*day),
            DateReading::Ambiguous { day_month, month_day } => Some(pick(self.order, *day_month, *month_day)),
            DateReading::DayMonth { day, month } => {
                let year = self.year(near).or_else(|| self.year_in_project(*month, *day))?;
                NaiveDate::from_ymd_opt(year, *month, *day)
            }
            DateReading::Month { .. }
            | DateReading::DayOnly(_)
            | DateReading::Year(_)
            | DateReading::Impossible(_)
            | DateReading::None => None,
        }
    }
}

/// One of two readings of a date; day first where nothing tells.
pub(crate) fn pick(order: Option<DateOrder>, day_month: NaiveDate, month_day: NaiveDate) -> NaiveDate {
    match order {
        Some(DateOrder::MonthDay) => month_day,
        Some(DateOrder::DayMonth) | None => day_month,
    }
}

/// The year that a reading names.
pub(crate) fn year_of(reading: &DateReading) -> Option<i32> {
    match reading {
        DateReading::Month { year, .. } => *year,
        DateReading::Day(day) => Some(day.year()),
        DateReading::Year(year) => Some(*year),
        DateReading::Ambiguous { day_month, .. } => Some(day_month.year()),
        DateReading::DayMonth { .. } | DateReading::DayOnly(_) | DateReading::Impossible(_) | DateReading::None => None,
    }
}

/// The nearest month that a reading names; of days, two that share it: one alone is the day of something else.
pub(crate) fn month_near(near: &[&DateReading]) -> Option<u32> {
    let shared = |day: &NaiveDate| {
        let same = |reading: &&&DateReading| matches!(reading, DateReading::Day(other) if (other.year(), other.month()) == (day.year(), day.month()));
        near.iter().filter(same).count() > 1
    };
    near.iter().find_map(|reading| match reading {
        DateReading::Month { month, .. } | DateReading::DayMonth { month, .. } => Some(*month),
        DateReading::Day(day) if shared(day) => Some(day.month()),
        DateReading::Day(_)
        | DateReading::Ambiguous { .. }
        | DateReading::DayOnly(_)
        | DateReading::Year(_)
        | DateReading::Impossible(_)
        | DateReading::None => None,
    })
}
