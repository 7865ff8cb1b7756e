//! Dates with the words among which they stand: those of papers and of periods are no days of a meeting.

use chrono::{Datelike as _, Days, NaiveDate};

use super::Scanner;
use crate::ingest::dates::DateReading;
use crate::ingest::vocabulary::{self, Vocabulary};

/// What a date in a title is that of, the likeliest day of a meeting first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Among {
    /// Of anything.
    Words,
    /// Of something numbered, "№ 12 від 10.02.2026", which may be a list as well as an order.
    Numbers,
    /// Of an order, an agreement, a period, a print.
    Papers,
    /// Of a meeting to come.
    Next,
}

/// Days of the longest meeting.
const LONGEST: i64 = 31;
/// Letters of the longest word that links a number to its date: "від", "from", "dated".
const LONGEST_LINK: usize = 6;
/// Signs of a number.
const NUMBERS: &[&str] = &["№", "#", "no", "nr", "no.", "nr.", "n°", "núm", "num"];

impl Scanner {
    /// The dates of the text, each with what it is that of.
    pub(in crate::ingest::dates) fn among(&self, vocabulary: &Vocabulary) -> Vec<(DateReading, Among)> {
        let mut found: Vec<(DateReading, Among)> = Vec::new();
        let mut last = 0;
        for (at, readings, end) in self.places() {
            let before = self.text(last, at);
            let after = self.text(end, (end + 4).min(self.tokens.len()));
            let mut among = of_words(&before, &after, vocabulary);
            if let (Some((DateReading::Day(from), of)), [DateReading::Day(to)]) = (found.last_mut(), &readings[..])
                && is_link(&before)
            {
                if is_period(*from, *to) {
                    *of = (*of).max(Among::Papers);
                }
                among = among.max(*of);
            }
            found.extend(readings.into_iter().map(|reading| (reading, among)));
            last = end;
        }
        found
    }

    /// A day beside a short month that is a weekday in another language, and nothing else.
    pub(in crate::ingest::dates) fn day_of_short_month(&self) -> Option<DateReading> {
        let mut numbers = (0..self.tokens.len()).filter_map(|at| self.number(at, 1..=2));
        let mut words = (0..self.tokens.len()).filter_map(|at| self.word(at));
        let (day, word) = (numbers.next()?, words.next()?);
        let alone = numbers.next().is_none() && words.next().is_none();
        let (month, _) = vocabulary::standard().month_word(word)?;
        let found = self.day_month(day, month, 0, self.tokens.len());
        Some(found).filter(|found| alone && matches!(found, DateReading::DayMonth { .. }))
    }
}

fn of_words(before: &str, after: &str, vocabulary: &Vocabulary) -> Among {
    if vocabulary.tells_next(before) {
        Among::Next
    } else if vocabulary.tells_paper(before) {
        Among::Papers
    } else if numbered(before, vocabulary) || begins_number(after) {
        Among::Numbers
    } else {
        Among::Words
    }
}

/// Whether nothing but a dash or one short word stands between two dates.
fn is_link(between: &str) -> bool {
    let between = between.trim();
    let short = between.chars().count() <= LONGEST_LINK && between.chars().all(char::is_alphabetic);
    between == "-" || short && !between.is_empty()
}

/// Whether a span is longer than a meeting, or made of whole months.
fn is_period(from: NaiveDate, to: NaiveDate) -> bool {
    let ends_month = to.checked_add_days(Days::new(1)).is_some_and(|next| next.day() == 1);
    (to - from).num_days() >= LONGEST || from.day() == 1 && ends_month && from < to
}

/// Whether the words before a date end in a number of something that is no meeting.
fn numbered(before: &str, vocabulary: &Vocabulary) -> bool {
    let mut words: Vec<&str> = before.split_whitespace().collect();
    if words
        .last()
        .is_some_and(|word| word.chars().all(char::is_alphabetic) && word.chars().count() <= LONGEST_LINK)
    {
        words.pop();
    }
    let Some(number) = words.pop() else { return false };
    let digits = number.contains(|c: char| c.is_ascii_digit());
    let sign = |word: &str| {
        NUMBERS
            .iter()
            .any(|sign| word.trim_end_matches('.') == sign.trim_end_matches('.'))
    };
    let signed = number.starts_with(['№', '#']) || words.last().is_some_and(|word| sign(word));
    let session = words.iter().any(|word| vocabulary.numbers_sessions(word));
    digits && signed && !session
}

fn begins_number(after: &str) -> bool {
    let after = after.trim_start_matches([' ', ',', '.', 'р', 'r']);
    after.starts_with('№') && after.contains(|c: char| c.is_ascii_digit())
}
