//! Days on which sites were closed.

use chrono::{Datelike, NaiveDate, Weekday};

/// Days on which no session can have been held.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closed {
    /// Sites, as the files write them; all where none is named.
    pub sites: Vec<String>,
    /// Single days.
    pub days: Vec<NaiveDate>,
    /// Days of the week; within the span where one is given.
    pub weekdays: Vec<Weekday>,
    /// First and last day of a span.
    pub span: Option<(NaiveDate, NaiveDate)>,
}

impl Closed {
    /// Whether `day` is one of them.
    pub fn covers(&self, day: NaiveDate) -> bool {
        let within = self.span.is_none_or(|(from, to)| (from..=to).contains(&day));
        let spanned = if self.weekdays.is_empty() {
            self.span.is_some() && within
        } else {
            within && self.weekdays.contains(&day.weekday())
        };
        spanned || self.days.contains(&day)
    }
}
