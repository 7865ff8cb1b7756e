//! What a date in slashes or dashes tells of its order: how it was written, and the weekday beside it.

use chrono::{Datelike as _, NaiveDate};

use super::Scanner;
use super::tokens::Token;
use crate::ingest::vocabulary;
use crate::project::model::DateOrder;

impl Scanner {
    /// How a date in slashes or dashes, unambiguous by its parts, was written.
    pub(in crate::ingest::dates) fn written_order(&self, date: NaiveDate) -> Option<DateOrder> {
        let parts: Vec<u32> = (0..self.tokens.len()).filter_map(|at| self.number(at, 1..=2)).collect();
        let signed = self.tokens.iter().any(|token| matches!(token, Token::Sign('/' | '-')));
        let [first, second, ..] = parts[..] else { return None };
        if !signed || first == second {
            return None;
        }
        match (
            first == date.day() && second == date.month(),
            first == date.month() && second == date.day(),
        ) {
            (true, _) => Some(DateOrder::DayMonth),
            (_, true) => Some(DateOrder::MonthDay),
            (false, false) => None,
        }
    }

    /// The one of two days on which the weekday falls that stands beside them.
    pub(super) fn by_weekday(&self, days: [NaiveDate; 2]) -> Option<NaiveDate> {
        let words = (0..self.tokens.len()).filter_map(|at| self.word(at));
        let mut named = words.filter_map(|word| vocabulary::standard().weekday(word));
        let weekday = named.next().filter(|_| named.next().is_none())?;
        let mut fit = days
            .into_iter()
            .filter(|day| day.weekday().number_from_monday() == weekday);
        fit.next().filter(|_| fit.next().is_none())
    }
}
