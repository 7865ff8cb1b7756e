//! Spans and rows of days: `05-07.03.2026`, `5, 6 та 7 травня`.

use chrono::{Datelike, NaiveDate};

use super::tokens::Token;
use super::{AND, Found, Scanner};
use crate::ingest::dates::DateReading;
use crate::ingest::vocabulary;

impl Scanner {
    /// The first day of a span that the whole text is: `05-07.03.2026`, `28.02-02.03.2026`.
    pub(in crate::ingest::dates) fn first_of_span(&self) -> Option<DateReading> {
        let start = (0..self.tokens.len()).find(|at| !self.is_beside(*at))?;
        let (mut readings, end) = self.date_at(start, false)?;
        let rest = self.after_spaces(end);
        let dashed = |at: usize| self.sign(self.after_spaces(at)) == Some('-');
        let last = match (readings.len(), readings.pop()?) {
            (2, last) if dashed(start + 1) && self.only_beside(end) => last,
            (1, first) if dashed(end) => {
                readings.push(first);
                let (mut second, end) = self.date_at(self.after_spaces(rest + 1), false)?;
                let last = second.pop().filter(|_| second.is_empty() && self.only_beside(end));
                last?
            }
            _ => return None,
        };
        let first = readings.pop()?;
        match (&first, &last) {
            (DateReading::Day(from), DateReading::Day(to)) => is_span(*from, *to).then_some(first),
            (DateReading::DayMonth { day, month }, DateReading::Day(to)) => {
                let from = NaiveDate::from_ymd_opt(to.year(), *month, *day)?;
                is_span(from, *to).then_some(DateReading::Day(from))
            }
            (
                DateReading::Ambiguous { day_month, .. },
                DateReading::Day(to) | DateReading::Ambiguous { day_month: to, .. },
            ) => is_span(*day_month, *to).then_some(first),
            (DateReading::DayMonth { .. }, DateReading::DayMonth { .. }) => Some(first),
            _ => None,
        }
    }

    /// `22-23 жовтня 2025`, `22-23.10.2025`, `5, 6 та 7 травня`.
    pub(super) fn several_days(&self, at: usize) -> Option<Found> {
        let day = self.number(at, 1..=2).filter(|day| (1..=31).contains(day))?;
        if self.numbers_session(at) {
            return None;
        }
        let mut next = at + 1;
        let mut linked = false;
        while let Some(token) = self.tokens.get(next) {
            let link = match token {
                Token::Sign(sign) => matches!(sign, '-' | '–' | '—' | ','),
                Token::Word(word) => AND.contains(&word.as_str()),
                Token::Space => {
                    next += 1;
                    continue;
                }
                Token::Number(_) => break,
            };
            if !link {
                return None;
            }
            linked = true;
            next += 1;
        }
        if !linked {
            return None;
        }
        let (mut readings, end) = self
            .three_numbers_dotted(next)
            .or_else(|| self.day_and_word(next))
            .or_else(|| self.several_days(next))
            .or_else(|| self.two_numbers(next, false))?;
        let first = match readings.first()? {
            DateReading::Day(date) => self.day(date.year(), date.month(), day, at, end),
            DateReading::DayMonth { month, .. } => self.day_month(day, *month, at, end),
            _ => return None,
        };
        readings.insert(0, first);
        Some((readings, end))
    }

    /// Whether a number before a spaced dash and a whole date is that of a session: "Session 1 – 02.03.2026".
    fn numbers_session(&self, at: usize) -> bool {
        let spaced = self.tokens.get(at + 1) == Some(&Token::Space) && self.sign(at + 2) == Some('-');
        let before = (0..at).rev().find(|before| self.tokens[*before] != Token::Space);
        let word = before.and_then(|before| self.word(before));
        let whole = || self.three_numbers(self.after_spaces(at + 3)).is_some();
        spaced && word.is_some_and(|word| vocabulary::standard().numbers_sessions(word)) && whole()
    }

    fn three_numbers_dotted(&self, at: usize) -> Option<Found> {
        (self.separator(at + 1)? == '.')
            .then(|| self.three_numbers(at))
            .flatten()
    }
}

/// Days of the longest event.
const LONGEST_EVENT: i64 = 31;

fn is_span(from: NaiveDate, to: NaiveDate) -> bool {
    (1..LONGEST_EVENT).contains(&(to - from).num_days())
}
