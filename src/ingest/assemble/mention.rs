//! Who is written in a row, kept as a mention.

use chrono::NaiveDate;

use ustr::Ustr;

use super::{Assembler, At};
use crate::ingest::records::{Context, Identity, Mention, MentionId, RowId, TextId};
use crate::ingest::rows::{RawIdentity, RawRow};
use crate::ingest::vocabulary;

/// How the person of a row was met.
#[derive(Clone, Copy)]
pub(super) struct Met {
    /// Rows of one group are different people (rule 18).
    pub(super) group: u32,
    /// Activity, site and group.
    pub(super) context: Context,
    /// First contact of the row, where it has one.
    pub(super) date: Option<NaiveDate>,
    /// Whether the row gives information about the person.
    pub(super) informs: bool,
}

impl Assembler<'_> {
    pub(super) fn context(&mut self, activity: Option<TextId>, row: &RawRow) -> Context {
        let (vocabulary, places) = (self.vocabulary, &mut self.places);
        let texts = &mut self.records.texts;
        let mut intern = |text: Option<Ustr>| {
            let text = text?;
            if let Some(known) = places.get(&text) {
                return Some(*known);
            }
            let place = texts.intern(&vocabulary::normalise(&vocabulary.strip_settlement(&text)));
            places.insert(text, place);
            Some(place)
        };
        Context {
            activity,
            site: intern(row.session.site),
            group: intern(row.session.group),
        }
    }

    pub(super) fn mention(&mut self, at: At, row: &RawRow, id: RowId, met: Met) -> MentionId {
        let identity = self.identity(&row.person);
        let mention = Mention {
            row: id,
            place: at.cell(row.number, row.column),
            identity,
            group: met.group,
            context: met.context,
            date: met.date,
            population: self.population(at.source),
            informs: met.informs,
        };
        self.records.mentions.push(mention);
        (self.records.mentions.len() - 1).into()
    }

    fn sex(&mut self, code: &'static str) -> TextId {
        let known = self.sexes.iter().find(|(known, _)| *known == code);
        let kept = if let Some((_, kept)) = known {
            *kept
        } else {
            let kept = Ustr::from(code);
            self.sexes.push((code, kept));
            kept
        };
        self.kept(kept)
    }

    fn identity(&mut self, person: &RawIdentity) -> Identity {
        let mut intern = |text: Option<Ustr>| text.map(|text| self.kept(text));
        Identity {
            full_name: intern(person.full_name),
            surname: intern(person.surname),
            given_name: intern(person.given_name),
            patronymic: intern(person.patronymic),
            phone: intern(person.phone),
            email: intern(person.email),
            code: intern(person.code),
            settlement: intern(person.settlement),
            household: intern(person.household),
            address: intern(person.address),
            postcode: intern(person.postcode),
            birth: person.birth,
            age: person.age,
            age_span: person.age_span,
            sex: person.sex.map(|sex| self.sex(sex)),
        }
    }
}
