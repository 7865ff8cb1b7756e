//! Day numbers that run over the end of their month: 30, 31, 1, 2 under "March".

use chrono::{Datelike as _, Months, NaiveDate};

use super::SessionColumn;
use crate::ingest::dates::DateReading;
use crate::ingest::findings::Kind;
use crate::ingest::noted::Noted;

/// Gives the days behind the only fall of a rising run the next month, or those before it the month before; says so
/// where the lines around name one month only.
pub(super) fn month_end(columns: &mut [SessionColumn], around: &[&DateReading]) -> Option<Noted> {
    let days: Vec<NaiveDate> = columns
        .iter()
        .map(|column| column.date.clone().ok())
        .collect::<Option<_>>()?;
    let falls: Vec<usize> = (1..days.len()).filter(|at| days[*at] < days[at - 1]).collect();
    let one_month = days
        .iter()
        .all(|day| (day.year(), day.month()) == (days[0].year(), days[0].month()));
    let &[fall] = &falls[..] else { return None };
    let rises = |part: &[NaiveDate]| part.windows(2).all(|two| two[0] < two[1]);
    if !one_month || !rises(&days[..fall]) || !rises(&days[fall..]) {
        return None;
    }
    let later = |day: NaiveDate| {
        let month = day.with_day(1)?.checked_add_months(Months::new(1))?;
        month.with_day(day.day())
    };
    let earlier = |day: NaiveDate| {
        let month = day.with_day(1)?.checked_sub_months(Months::new(1))?;
        month.with_day(day.day())
    };
    let next = days[0].month() % 12 + 1;
    let named = around
        .iter()
        .any(|reading| matches!(reading, DateReading::Month { month, .. } if *month == next));
    let before: Option<Vec<NaiveDate>> = days[..fall].iter().map(|day| earlier(*day)).collect();
    let before = before.filter(|_| !named && fall < days.len() - fall);
    let (from, moved) = match before {
        Some(before) => (0, before),
        None => (
            fall,
            days[fall..].iter().map(|day| later(*day)).collect::<Option<Vec<_>>>()?,
        ),
    };
    let noted = Noted::at(Kind::DaysRunOver, columns[from].row, Some(columns[from].column))
        .with("from", moved[0])
        .with("to", moved[moved.len() - 1])
        .with("count", moved.len());
    for (column, day) in columns[from..].iter_mut().zip(moved) {
        column.date = Ok(day);
    }
    (!named).then_some(noted)
}
