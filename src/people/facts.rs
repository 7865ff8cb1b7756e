//! Facts: contacts with their persons and resolved attributes, ready to be counted.
//!
//! This is the door between `people` and `logframe`. A fact keeps the rows behind it, so that any figure
//! can be walked back; nothing here knows a spreadsheet.

use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use super::model::{Chances, PersonId};
use crate::ingest::records::{Birth, CycleId, Fate, Finding, HeadCountPart, Place, RowId, SessionId, TextId, Texts};

/// A contact after the same person's repeats in one session were put together, or an anonymous head-count.
#[derive(Debug, Clone)]
pub struct ContactFact {
    /// The session.
    pub session: SessionId,
    /// Day of the session.
    pub date: NaiveDate,
    /// Activity code.
    pub activity: TextId,
    /// Who, or how many nobody wrote down.
    pub who: Who,
    /// The row whose fields describe the contact.
    pub row: RowId,
    /// Every place it rests on, the counted one first.
    pub places: Vec<Place>,
    /// Index into the project's sources.
    pub source: usize,
    /// Population, index into the records' populations.
    pub population: u16,
    /// Household, an id of its own where nobody wrote one; `None` for head-counts.
    pub household: Option<u32>,
    /// Cycle of the session (index into [`Facts::cycles`]).
    pub cycle: Option<u32>,
}

/// A cycle held: a training of two days, a group of ten sessions.
#[derive(Debug, Clone)]
pub struct CycleFact {
    /// The cycle in the records.
    pub cycle: CycleId,
    /// Activity code.
    pub activity: TextId,
    /// Day of the first session held.
    pub start: NaiveDate,
    /// Day of the last session held.
    pub end: NaiveDate,
    /// Sessions held.
    pub sessions: u32,
    /// Index into the project's sources.
    pub source: usize,
    /// Population, index into the records' populations.
    pub population: u16,
}

/// A person in a cycle, with at least one presence.
#[derive(Debug, Clone)]
pub struct EnrolmentFact {
    /// Index into [`Facts::cycles`].
    pub cycle: u32,
    /// Who, with the blocks of the low and the high partition.
    pub who: Who,
    /// The row whose fields describe the enrolment.
    pub row: RowId,
    /// Days of the distinct sessions attended, ascending.
    pub days: Vec<NaiveDate>,
    /// Every place it rests on.
    pub places: Vec<Place>,
}

/// Who was reached.
#[derive(Debug, Clone, PartialEq)]
pub enum Who {
    /// A person, with the block of the contact's mention in the low and the high partition (rule 17).
    Person {
        /// Best decision.
        person: PersonId,
        /// Block in the coarsest partition.
        low: u32,
        /// Block in the finest partition.
        high: u32,
    },
    /// People counted by head.
    Anonymous {
        /// How many.
        count: u32,
        /// Parts by sex and age group.
        parts: Vec<HeadCountPart>,
    },
}

/// A session that counts.
#[derive(Debug, Clone)]
pub struct SessionFact {
    /// The session in the records.
    pub session: SessionId,
    /// Day.
    pub date: NaiveDate,
    /// Activity code.
    pub activity: TextId,
    /// Index into the project's sources.
    pub source: usize,
    /// Population, index into the records' populations.
    pub population: u16,
}

/// A value of a person's attribute after resolving (rule 8).
#[derive(Debug, Clone, PartialEq)]
pub enum Attribute {
    /// A code or text, of [`Facts::texts`].
    Text(TextId),
    /// A number.
    Number(f64),
    /// A question answered.
    YesNo(bool),
    /// Several codes or texts of [`Facts::texts`], sorted by text.
    Set(Vec<TextId>),
}

/// An attribute of persons, index into [`Facts::attributes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeId(pub u16);

impl AttributeId {
    /// The id as an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A person with resolved attributes.
#[derive(Debug, Clone)]
pub struct PersonFact {
    /// Pseudonym.
    pub key: String,
    /// Resolved birth date or year.
    pub birth: Birth,
    /// Ages as written with the date they were written for, where no birth date is known.
    pub ages: Vec<(NaiveDate, u16)>,
    /// Age groups as written, from and to, with their dates, where neither a birth nor an age is known.
    pub spans: Vec<(NaiveDate, (u16, u16))>,
    /// What is known of the person, sorted by attribute; what was never answered is absent.
    pub attributes: Vec<(AttributeId, Attribute)>,
    /// Day of the first contact of the project.
    pub first_contact: Option<NaiveDate>,
    /// Sources whose informing rows name the person (registries too), with the rows, by source.
    pub listed: Vec<(usize, Vec<RowId>)>,
}

impl PersonFact {
    /// Age in full years on `date`: by the birth date; by the difference of years where only the year is
    /// known; else by an age as written, carried on from the day it was written for.
    pub fn age_at(&self, date: NaiveDate) -> Option<u16> {
        let years = match self.birth {
            Birth::Date(born) => full_years(born, date),
            Birth::Year(year) => date.year() - year,
            Birth::Unknown => return self.written_age_at(date),
        };
        u16::try_from(years).ok()
    }

    /// Contact year minus birth year; else an age as written (see [`PersonFact::age_at`]).
    pub fn age_by_year(&self, date: NaiveDate) -> Option<u16> {
        let born = match self.birth {
            Birth::Date(born) => born.year(),
            Birth::Year(year) => year,
            Birth::Unknown => return self.written_age_at(date),
        };
        u16::try_from(date.year() - born).ok()
    }

    /// The least and the greatest age on `date`, where only an age group is written; it is carried on by whole years.
    pub fn ages_at(&self, date: NaiveDate) -> Option<(u16, u16)> {
        let before = self.spans.iter().rev().find(|(written, _)| *written <= date);
        let &(written, (from, to)) = before.or_else(|| self.spans.first())?;
        let later = |age: u16| u16::try_from(i32::from(age) + full_years(written, date)).ok();
        Some((later(from)?, later(to)?))
    }

    fn written_age_at(&self, date: NaiveDate) -> Option<u16> {
        let before = self.ages.iter().rev().find(|(written, _)| *written <= date);
        let &(written, age) = before.or_else(|| self.ages.first())?;
        u16::try_from(i32::from(age) + full_years(written, date)).ok()
    }
}

/// Full years from one day to another; negative where the other comes first.
fn full_years(from: NaiveDate, to: NaiveDate) -> i32 {
    let before_anniversary = (to.month(), to.day()) < (from.month(), from.day());
    to.year() - from.year() - i32::from(before_anniversary)
}

/// Everything that can be counted.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Contacts, by date, then session, then place.
    pub contacts: Vec<ContactFact>,
    /// Sessions held, by date, then activity, then place.
    pub sessions: Vec<SessionFact>,
    /// Cycles held, by first day, then place.
    pub cycles: Vec<CycleFact>,
    /// Enrolments, by cycle, then place.
    pub enrolments: Vec<EnrolmentFact>,
    /// Persons (index: [`PersonId`]).
    pub persons: Vec<PersonFact>,
    /// Keys of the attributes that were resolved (index: [`AttributeId`]).
    pub attributes: Vec<String>,
    /// Texts of attributes, apart from the records' own: some are cleaned spellings that no cell holds.
    pub texts: Texts,
    /// How likely what the low partition joins and the high one keeps apart is one person.
    pub chances: Chances,
    /// What became of each row in the end (index: row).
    pub fates: Vec<Fate>,
    /// All findings: of reading, of recognition, of counting; in a stable order.
    pub findings: Vec<Finding>,
}

impl Facts {
    /// The attribute with this key, where it was resolved.
    pub fn attribute_id(&self, key: &str) -> Option<AttributeId> {
        let index = self.attributes.iter().position(|known| known == key)?;
        u16::try_from(index).ok().map(AttributeId)
    }

    /// What is known of a person under a key; `None` where it was never answered.
    pub fn attribute(&self, person: PersonId, key: &str) -> Option<&Attribute> {
        let id = self.attribute_id(key)?;
        let known = &self.persons[person.index()].attributes;
        known
            .binary_search_by_key(&id, |(attribute, _)| *attribute)
            .ok()
            .map(|at| &known[at].1)
    }
}

/// A text as it is compared: lower case, one kind of apostrophe, single spaces.
///
/// Two values are the same wherever a filter, a disaggregation or a person's attribute is concerned if their
/// folded texts are equal.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.nfc().flat_map(char::to_lowercase).map(plain_apostrophe));
    }
    folded
}

/// The typewriter apostrophe for every sign that is typed in its stead.
pub(crate) fn plain_apostrophe(sign: char) -> char {
    match sign {
        '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{02B9}' | '\u{2032}' | '\u{00B4}' | '`' => '\'',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day of the test")
    }

    fn person(birth: Birth, ages: Vec<(NaiveDate, u16)>) -> PersonFact {
        PersonFact {
            key: String::new(),
            birth,
            ages,
            spans: Vec::new(),
            attributes: Vec::new(),
            first_contact: None,
            listed: Vec::new(),
        }
    }

    #[test]
    fn age_counts_full_years() {
        let born = person(Birth::Date(day(2008, 3, 10)), Vec::new());
        assert_eq!(born.age_at(day(2026, 3, 9)), Some(17));
        assert_eq!(born.age_at(day(2026, 3, 10)), Some(18));
        assert_eq!(born.age_by_year(day(2026, 1, 1)), Some(18));
        assert_eq!(born.age_at(day(2007, 1, 1)), None);
    }

    #[test]
    fn a_year_alone_gives_the_difference_of_years() {
        assert_eq!(person(Birth::Year(1990), Vec::new()).age_at(day(2026, 1, 1)), Some(36));
    }

    #[test]
    fn a_written_age_holds_on_its_day_and_grows() {
        let written = person(Birth::Unknown, vec![(day(2026, 2, 1), 40)]);
        assert_eq!(written.age_at(day(2026, 2, 1)), Some(40));
        assert_eq!(written.age_at(day(2027, 3, 1)), Some(41));
        assert_eq!(person(Birth::Unknown, Vec::new()).age_at(day(2026, 1, 1)), None);
    }

    #[test]
    fn folding_levels_case_spaces_and_apostrophes() {
        assert_eq!(fold("  П’ЯТИГІРСЬКЕ,  клуб "), "п'ятигірське, клуб");
    }

    #[test]
    fn an_age_group_is_carried_on_by_whole_years() {
        let mut person = person(Birth::Unknown, Vec::new());
        person.spans = vec![(day(2026, 2, 1), (18, 35))];
        assert_eq!(person.age_at(day(2026, 2, 1)), None);
        assert_eq!(person.ages_at(day(2026, 2, 1)), Some((18, 35)));
        assert_eq!(person.ages_at(day(2027, 3, 1)), Some((19, 36)));
    }
}
