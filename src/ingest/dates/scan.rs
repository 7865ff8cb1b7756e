//! A reader of date notations over words, numbers and signs.

use chrono::{Datelike as _, NaiveDate};

mod among;
mod order;
mod roman;
mod spans;
mod tokens;

use super::{DateReading, YEARS, compact, from_serial, is_of_another_calendar};
use crate::ingest::vocabulary;
use crate::project::model::DateOrder;
pub(crate) use among::Among;
use tokens::Token;

/// Words beside a date that add nothing: "year", "of", and the letters of a time of day.
const FILLERS: &[&str] = &[
    "р", "рр", "рік", "року", "роки", "н", "г", "год", "года", "гг", "y", "god", "godine", "godina", "r", "roku",
    "год.", "т", "t", "z", "am", "pm", "gmt", "utc", "թ", "ngày", "d",
];

/// Words between day and month or month and year.
const OF: &[&str] = &[
    "de", "of", "del", "го", "е", "st", "nd", "rd", "th", "the", "er", "ère", "ere", "năm", "соли",
];

/// Endings of the number of a day.
const ORDINAL: &[&str] = &["st", "nd", "rd", "th", "го", "е", "er", "ère", "ere"];

/// Words between two days of one month.
const AND: &[&str] = &["та", "і", "й", "и", "and", "i", "y", "et", "e"];

/// Words for the year behind its number, where it stands before day and month ("2026 m. kovo 5 d.", "2026-yil 5-mart").
const OF_YEAR: &[&str] = &["m", "gada", "жылғы", "жылы", "жылдын", "yil", "йил", "il", "թ"];

/// Tokens of a text, with what is known of the order of day and month.
pub(super) struct Scanner {
    tokens: Vec<Token>,
    order: Option<DateOrder>,
}

/// Readings found at a place, and the token after them.
type Found = (Vec<DateReading>, usize);

impl Scanner {
    pub(super) fn new(text: &str, order: Option<DateOrder>) -> Self {
        Scanner {
            tokens: tokens::of(text),
            order,
        }
    }

    /// The one date that the whole text is.
    pub(super) fn whole(&self) -> DateReading {
        let start = (0..self.tokens.len()).find(|at| !self.is_beside(*at));
        let Some(start) = start else { return DateReading::None };
        // "Mar 12, 2026": a weekday in one language is a month in another.
        let month = (0..start).find(|at| self.month_word(*at).is_some());
        if let Some((readings, end)) = month.and_then(|at| self.date_at(at, true))
            && let [reading @ DateReading::Day(_)] = &readings[..]
            && self.only_beside(end)
        {
            return reading.clone();
        }
        if let Some(reading) = self.lone_number(start) {
            return reading;
        }
        match self.date_at(start, true) {
            Some((mut readings, end)) if readings.len() == 1 && self.only_beside(end) => {
                readings.pop().unwrap_or(DateReading::None)
            }
            _ => DateReading::None,
        }
    }

    /// Every date in the text.
    pub(super) fn all(&self) -> Vec<DateReading> {
        let places = self.places().into_iter();
        places.flat_map(|(_, readings, _)| readings).collect()
    }

    /// The dates of the text, each place with its first token and the one after it.
    pub(super) fn places(&self) -> Vec<(usize, Vec<DateReading>, usize)> {
        let mut places = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            if let Some((found, end)) = self.date_at(at, false) {
                places.push((at, found, end));
                at = end.max(at + 1);
            } else {
                at += 1;
            }
        }
        places
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn sign(&self, at: usize) -> Option<char> {
        match self.tokens.get(at) {
            Some(Token::Sign(sign)) => Some(*sign),
            _ => None,
        }
    }

    /// The number at a token, if it has so many digits.
    fn number(&self, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        match self.tokens.get(at) {
            Some(Token::Number(number)) if digits.contains(&number.len()) => number.parse().ok(),
            _ => None,
        }
    }

    fn digits(&self, at: usize) -> usize {
        match self.tokens.get(at) {
            Some(Token::Number(number)) => number.len(),
            _ => 0,
        }
    }

    fn year4(&self, at: usize) -> Option<i32> {
        let year = i32::try_from(self.number(at, 4..=4)?).ok()?;
        YEARS.contains(&year).then_some(year)
    }

    /// Weekdays, fillers, spaces and signs that may stand beside a date.
    fn is_beside(&self, at: usize) -> bool {
        match &self.tokens[at] {
            Token::Space => true,
            Token::Sign(sign) => matches!(sign, '.' | ',' | ';' | '(' | ')' | '\'' | '"' | ':' | '+' | '-'),
            Token::Word(word) => FILLERS.contains(&word.as_str()) || vocabulary::standard().weekday(word).is_some(),
            Token::Number(_) => false,
        }
    }

    /// Whether nothing but weekdays, fillers and a time of day follows.
    fn only_beside(&self, from: usize) -> bool {
        let timed = self.tokens[from..].contains(&Token::Sign(':'));
        (from..self.tokens.len()).all(|at| self.is_beside(at) || timed && self.digits(at) > 0)
    }

    /// A cell that holds one number: a day, a year, a serial number, or `20220401`.
    fn lone_number(&self, at: usize) -> Option<DateReading> {
        let number = self.number(at, 1..=8)?;
        let mut rest = &self.tokens[at + 1..];
        // "5th", "2-го".
        if let Some(Token::Word(word)) = rest.first()
            && ORDINAL.contains(&word.as_str())
        {
            rest = &rest[1..];
        }
        let words_only_weekdays = rest.iter().all(|token| match token {
            Token::Word(word) => vocabulary::standard().weekday(word).is_some(),
            Token::Space | Token::Sign('.' | '(' | ')' | ',') => true,
            Token::Number(_) | Token::Sign(_) => false,
        });
        if !words_only_weekdays {
            return None;
        }
        match self.digits(at) {
            1..=2 if (1..=31).contains(&number) => Some(DateReading::DayOnly(number)),
            5 if (20_000..=73_051).contains(&number) => Some(from_serial(f64::from(number))),
            _ => None,
        }
    }

    /// A date that begins at a token; `whole` allows notations too weak to be picked out of running text.
    fn date_at(&self, at: usize, whole: bool) -> Option<Found> {
        if at > 0 && matches!(self.tokens[at], Token::Number(_)) && self.glued_before(at) {
            return None;
        }
        self.year_first(at)
            .or_else(|| self.year_and_word(at, whole))
            .or_else(|| self.three_numbers(at))
            .or_else(|| self.month_and_year(at))
            .or_else(|| self.day_and_word(at))
            .or_else(|| self.several_days(at))
            .or_else(|| self.day_and_roman(at, whole))
            .or_else(|| self.two_numbers(at, whole))
            .or_else(|| self.word_first(at, whole))
            .or_else(|| self.eight_digits(at))
            .or_else(|| self.two_years(at))
            .or_else(|| self.year4(at).map(|year| (vec![DateReading::Year(year)], at + 1)))
    }

    /// Whether a number continues a word or another number (`Лист1`, `12:05.30`), so that no date begins there.
    fn glued_before(&self, at: usize) -> bool {
        match &self.tokens[at - 1] {
            Token::Word(_) => self.digits(at) != 4,
            Token::Sign(sign) => *sign == ':' || *sign == '№' && self.digits(at) <= 2,
            Token::Number(_) | Token::Space => false,
        }
    }

    /// Position after a separator of a numeric date; a space may follow a dot.
    fn after_separator(&self, at: usize, separator: char) -> Option<usize> {
        if self.sign(at)? != separator {
            return None;
        }
        let spaced = separator == '.' && self.tokens.get(at + 1) == Some(&Token::Space);
        Some(if spaced { at + 2 } else { at + 1 })
    }

    fn separator(&self, at: usize) -> Option<char> {
        self.sign(at).filter(|sign| matches!(sign, '.' | '/' | '-' | '_'))
    }

    /// `2022-04-01`, `2022.04.01`, `2022-04`.
    fn year_first(&self, at: usize) -> Option<Found> {
        let year = i32::try_from(self.number(at, 4..=4)?).ok()?;
        let usual = YEARS.contains(&year);
        if !usual && !is_of_another_calendar(year) {
            return None;
        }
        let separator = self.separator(at + 1)?;
        let month_at = self.after_separator(at + 1, separator)?;
        let month = self.number(month_at, 1..=2)?;
        let day = self
            .after_separator(month_at + 1, separator)
            .and_then(|day_at| Some((day_at, self.number(day_at, 1..=2)?)));
        if let Some((day_at, day)) = day {
            return Some((vec![self.day(year, month, day, at, day_at + 1)], day_at + 1));
        }
        (usual && (1..=12).contains(&month)).then(|| {
            (
                vec![DateReading::Month {
                    month,
                    year: Some(year),
                }],
                month_at + 1,
            )
        })
    }

    /// `2026. március 5.`, `2026 m. kovo 5 d.`, `2026. gada 5. marts`: the year first, and the month by its name.
    fn year_and_word(&self, at: usize, whole: bool) -> Option<Found> {
        let year = self.year4(at)?;
        let mut from = self.after_links(at + 1);
        let told = self.word(from).is_some_and(|word| OF_YEAR.contains(&word));
        if told {
            from = self.after_links(from + 1);
        }
        let number = |at: usize| self.number(at, 1..=2).filter(|day| (1..=31).contains(day));
        let (month, day, end) = if let Some((month, _, end)) = self.month_word(from) {
            let day_at = self.after_links(end);
            (month, number(day_at)?, day_at + 1)
        } else {
            let day = number(from).filter(|_| told)?;
            let (month, _, end) = self.month_word(self.after_links(from + 1))?;
            (month, day, end)
        };
        // "2026 March 5 sessions" names a month; a dot, a word for the day or the end of the text tells a day.
        let ends = matches!(self.tokens.get(end), None | Some(Token::Sign('.' | ',' | ')')));
        (told || whole || ends).then(|| (vec![self.day(year, month, day, at, end)], end))
    }

    /// `01.04.2022`, `1/4/22`, `1-4-2022`.
    fn three_numbers(&self, at: usize) -> Option<Found> {
        let first = self.number(at, 1..=2)?;
        let separator = self.separator(at + 1)?;
        let second_at = self.after_separator(at + 1, separator)?;
        let second = self.number(second_at, 1..=2)?;
        let year_at = self.after_separator(second_at + 1, separator)?;
        let year = self.any_year(year_at)?;
        let end = year_at + 1;
        let reading = match (separator, self.order) {
            ('/' | '-', Some(DateOrder::MonthDay)) => self.day(year, first, second, at, end),
            ('/' | '-', None) => self.either_way(year, first, second, at, end),
            (_, _) => self.day(year, second, first, at, end),
        };
        Some((vec![reading], end))
    }

    /// A year of four or two digits; 00-39 are 2000s.
    fn any_year(&self, at: usize) -> Option<i32> {
        let year = i32::try_from(self.number(at, 2..=4)?).ok()?;
        Some(match (self.digits(at), year) {
            (2, 0..=39) => 2000 + year,
            (2, _) => 1900 + year,
            (_, _) => year,
        })
    }

    fn either_way(&self, year: i32, first: u32, second: u32, from: usize, to: usize) -> DateReading {
        let day_month = self.day(year, second, first, from, to);
        let month_day = self.day(year, first, second, from, to);
        match (day_month, month_day) {
            (DateReading::Day(day_month), DateReading::Day(month_day)) if day_month != month_day => {
                match self.by_weekday([day_month, month_day]) {
                    Some(day) => DateReading::Day(day),
                    None => DateReading::Ambiguous { day_month, month_day },
                }
            }
            (DateReading::Day(date), _) | (_, DateReading::Day(date)) => DateReading::Day(date),
            (other, _) => other,
        }
    }

    /// A day, or the text that names no day.
    fn day(&self, year: i32, month: u32, day: u32, from: usize, to: usize) -> DateReading {
        NaiveDate::from_ymd_opt(year, month, day)
            .filter(|date| YEARS.contains(&date.year()))
            .map_or_else(|| DateReading::Impossible(self.text(from, to)), DateReading::Day)
    }

    /// A day and month; 29 February exists in some year.
    fn day_month(&self, day: u32, month: u32, from: usize, to: usize) -> DateReading {
        if NaiveDate::from_ymd_opt(2024, month, day).is_some() {
            DateReading::DayMonth { day, month }
        } else {
            DateReading::Impossible(self.text(from, to))
        }
    }

    fn text(&self, from: usize, to: usize) -> String {
        self.tokens[from..to]
            .iter()
            .map(|token| match token {
                Token::Number(text) | Token::Word(text) => text.clone(),
                Token::Space => " ".to_owned(),
                Token::Sign(sign) => sign.to_string(),
            })
            .collect()
    }

    /// `05_2026`, `5.2026`.
    fn month_and_year(&self, at: usize) -> Option<Found> {
        let month = self.number(at, 1..=2).filter(|month| (1..=12).contains(month))?;
        let separator = self.separator(at + 1)?;
        let year_at = self.after_separator(at + 1, separator)?;
        let year = Some(self.year4(year_at)?);
        Some((vec![DateReading::Month { month, year }], year_at + 1))
    }

    /// `1 квітня 2022 р.`, `12 бер`, `16-Jan-25`, `14 Jun 20`.
    fn day_and_word(&self, at: usize) -> Option<Found> {
        let day = self.number(at, 1..=2).filter(|day| (1..=31).contains(day))?;
        let word_at = self.after_links(at + 1);
        let (month, end) = self.month_word(word_at).map(|(month, _, end)| (month, end))?;
        if let Some((year, end)) = self.year_after_word(end, true) {
            return Some((vec![self.day(year, month, day, at, end)], end));
        }
        Some((vec![self.day_month(day, month, at, end)], end))
    }

    fn after_spaces(&self, mut at: usize) -> usize {
        while self.tokens.get(at) == Some(&Token::Space) {
            at += 1;
        }
        at
    }

    /// `05.02`, `22.10`; in running text the month needs two digits.
    fn two_numbers(&self, at: usize, whole: bool) -> Option<Found> {
        let first = self.number(at, 1..=2)?;
        let separator = self.sign(at + 1).filter(|sign| matches!(sign, '.' | '/'))?;
        let second_at = at + 2;
        let second = self.number(second_at, if whole { 1..=2 } else { 2..=2 })?;
        let swapped =
            separator == '/' && (self.order == Some(DateOrder::MonthDay) || self.order.is_none() && second > 12);
        let (day, month) = if swapped { (second, first) } else { (first, second) };
        if !(1..=31).contains(&day) || !(1..=12).contains(&month) {
            return None;
        }
        let end = second_at + 1;
        Some((vec![self.day_month(day, month, at, end)], end))
    }

    /// `січень 2026`, `Apr-22`, `March 5, 2026`, `березень`.
    fn word_first(&self, at: usize, whole: bool) -> Option<Found> {
        let (month, short, end) = self.month_word(at)?;
        if let Some(found) = self.day_after_word(month, end, at, short && !whole) {
            return Some(found);
        }
        if let Some((year, end)) = self.year_after_word(end, false) {
            return Some((
                vec![DateReading::Month {
                    month,
                    year: Some(year),
                }],
                end,
            ));
        }
        (whole || !short).then(|| (vec![DateReading::Month { month, year: None }], end))
    }

    /// `March 5, 2026`, `Mar 5`.
    fn day_after_word(&self, month: u32, end: usize, from: usize, needs_year: bool) -> Option<Found> {
        if self.tokens.get(end) != Some(&Token::Space) {
            return None;
        }
        let day = self.number(end + 1, 1..=2).filter(|day| (1..=31).contains(day))?;
        let year_at = self.after_links(end + 2);
        if let Some(year) = self.year4(year_at) {
            return Some((vec![self.day(year, month, day, from, year_at + 1)], year_at + 1));
        }
        let alone = self.separator(end + 2).is_none();
        (!needs_year && alone).then(|| (vec![self.day_month(day, month, from, end + 2)], end + 2))
    }

    /// Position after spaces, dots, dashes and words that link the parts of a date.
    fn after_links(&self, mut at: usize) -> usize {
        while let Some(token) = self.tokens.get(at) {
            let links = match token {
                Token::Space => true,
                Token::Sign(sign) => matches!(sign, '.' | '-' | ',' | '/' | '_'),
                Token::Word(word) => OF.contains(&word.as_str()),
                Token::Number(_) => false,
            };
            if !links {
                break;
            }
            at += 1;
        }
        at
    }

    /// The month named by up to three words or by a word and a number ("tháng mười hai", "tháng 3"), whether in a short
    /// form, and the token after it.
    fn month_word(&self, at: usize) -> Option<(u32, bool, usize)> {
        let word = self.word(at)?;
        let words = vocabulary::standard();
        let spaced = |at: usize| self.tokens.get(at) == Some(&Token::Space);
        if spaced(at + 1)
            && let Some(Token::Word(second) | Token::Number(second)) = self.tokens.get(at + 2)
        {
            let two = format!("{word} {second}");
            if spaced(at + 3)
                && let Some(third) = self.word(at + 4)
                && let Some((month, short)) = words.month_word(&format!("{two} {third}"))
            {
                return Some((month, short, at + 5));
            }
            if let Some((month, short)) = words.month_word(&two) {
                return Some((month, short, at + 3));
            }
        }
        words.month_word(word).map(|(month, short)| (month, short, at + 1))
    }

    /// A year after a month's name: four digits, or two after a dash, an apostrophe or (behind a day) a space.
    fn year_after_word(&self, end: usize, after_day: bool) -> Option<(i32, usize)> {
        let year_at = self.after_links(end);
        if let Some(year) = self.year4(year_at) {
            return Some((year, year_at + 1));
        }
        let year_at = if self.sign(year_at) == Some('\'') {
            year_at + 1
        } else {
            year_at
        };
        let before = self.tokens.get(year_at.checked_sub(1)?)?;
        let marked = matches!(before, Token::Sign('-' | '\'')) || after_day && *before == Token::Space;
        let year = self
            .number(year_at, 2..=2)
            .is_some()
            .then(|| self.any_year(year_at))
            .flatten()?;
        // "14 Jun 20:30" names an hour, "16.04 та 18.04" a further day.
        let ends = !matches!(self.sign(year_at + 1), Some(':' | '.' | '/' | '-'));
        (marked && ends).then_some((year, year_at + 1))
    }

    /// `2025/26`, `2025-26`: a year and the last digits of the next.
    fn two_years(&self, at: usize) -> Option<Found> {
        let year = self.year4(at)?;
        self.sign(at + 1).filter(|sign| matches!(sign, '/' | '-'))?;
        let next = i32::try_from(self.number(at + 2, 2..=2)?).ok()?;
        let both = vec![DateReading::Year(year), DateReading::Year(year + 1)];
        ((year + 1) % 100 == next).then_some((both, at + 3))
    }

    /// `20220401`.
    fn eight_digits(&self, at: usize) -> Option<Found> {
        let date = compact(self.number(at, 8..=8)?)?;
        Some((vec![DateReading::Day(date)], at + 1))
    }
}
