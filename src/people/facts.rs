//! Facts: contacts with their persons and resolved attributes, ready to be counted.
//!
//! This is the door between `people` and `logframe`. A fact keeps the rows behind it, so that any figure
//! can be walked back; nothing here knows a spreadsheet.

use chrono::NaiveDate;

use super::model::PersonId;
use crate::ingest::records::{Birth, Fate, FieldId, Finding, HeadCountPart, Place, RowId, SessionId, TextId};

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
    /// A code or text.
    Text(TextId),
    /// A number.
    Number(f64),
    /// A question answered.
    YesNo(bool),
    /// Several codes.
    Set(Vec<TextId>),
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
    /// Attributes by field, sorted by field.
    pub attributes: Vec<(FieldId, Attribute)>,
    /// Day of the first contact of the project.
    pub first_contact: Option<NaiveDate>,
}

/// Everything that can be counted.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Contacts, by date, then session, then place.
    pub contacts: Vec<ContactFact>,
    /// Sessions held, by date, then activity, then place.
    pub sessions: Vec<SessionFact>,
    /// Persons (index: [`PersonId`]).
    pub persons: Vec<PersonFact>,
    /// What became of each row in the end (index: row).
    pub fates: Vec<Fate>,
    /// All findings: of reading, of recognition, of counting; in a stable order.
    pub findings: Vec<Finding>,
}
