//! Names as they are compared, for those who are no participants: facilitators in logs.

use ustr::Ustr;

use super::normalise::{Naming, Usage, normalise};
use crate::ingest::records::{Identity, Records, TextId};

/// Reads names as recognition does.
#[derive(Debug)]
pub struct Names<'a> {
    records: &'a Records,
    usage: Usage,
}

/// A name brought to one form: equal for the spellings and alphabets of one name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    surnames: Vec<Ustr>,
    given: Vec<Ustr>,
    initial: Option<char>,
    father: Option<Ustr>,
}

impl<'a> Names<'a> {
    /// Learns how the names of these records are written.
    pub fn of(records: &'a Records) -> Self {
        let identities: Vec<&Identity> = records.mentions.iter().map(|mention| &mention.identity).collect();
        Self {
            records,
            usage: Usage::of(records, &identities),
        }
    }

    /// The name of whoever is written down, where there is a surname and at least the letter of a given name.
    pub fn read(&self, identity: &Identity) -> Option<Name> {
        let (form, naming) = normalise(self.records, identity, &self.usage);
        let told = naming == Naming::Person && !form.surnames.is_empty() && form.given_initial.is_some();
        told.then_some(Name {
            surnames: form.surnames,
            given: form.given,
            initial: form.given_initial,
            father: form.father,
        })
    }

    /// The name that a text is.
    pub fn read_text(&self, text: TextId) -> Option<Name> {
        self.read(&Identity {
            full_name: Some(text),
            ..Identity::default()
        })
    }
}

impl Name {
    /// Whether the given name is written out.
    pub fn is_full(&self) -> bool {
        !self.given.is_empty()
    }

    /// Surname and given name, without the patronymic.
    pub(crate) fn short(&self) -> (&[Ustr], &[Ustr]) {
        (&self.surnames, &self.given)
    }

    /// Whether the patronymics, where both are written, are the same.
    pub fn same_father(&self, other: &Name) -> bool {
        match (&self.father, &other.father) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        }
    }
}
