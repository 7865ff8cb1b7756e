//! Rows of form exports: forms that are set aside, and members that join the session of their form.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::mention::Met;
use super::{Assembler, At};
use crate::ingest::findings::Kind;
use crate::ingest::forms::{Fault, Judgement};
use crate::ingest::records::{Context, Fate, FieldId, FieldValue, Finding, MentionId, Place, Reason, RowId, TextId};
use crate::ingest::rows::RawRow;
use crate::ingest::values::OF_RESPONDENT;
use crate::ingest::vocabulary::Role;

/// Reason told with a form whose status refuses it.
const NOT_APPROVED: &str = "not approved";

/// What a form row gave.
#[derive(Debug, Clone, Copy)]
pub(super) struct FormGave {
    row: RowId,
    /// Index of its session while reading.
    session: Option<usize>,
    company: Option<Company>,
}

/// What the rows of a repeat have from their form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Company {
    pub(super) group: u32,
    pub(super) context: Context,
    pub(super) household: Option<TextId>,
    pub(super) settlement: Option<TextId>,
}

/// A row of a repeat, until its form is known.
#[derive(Debug)]
pub(super) struct Part {
    row: RowId,
    place: Place,
    mention: MentionId,
    /// Why the row is no contact, if it is none.
    missed: Option<Reason>,
    /// Keys of the columns of its table.
    own: Vec<String>,
}

/// Forms met so far, and the rows that wait for them.
#[derive(Debug, Default)]
pub(super) struct FormRows {
    gave: HashMap<Place, FormGave>,
    parts: Vec<Part>,
}

impl Assembler<'_> {
    /// Notes what a form row gave, for the rows that belong to it.
    pub(super) fn note_form(&mut self, at: At, row: &RawRow, id: RowId, met: (Option<usize>, Option<MentionId>)) {
        if row.form.is_none() {
            return;
        }
        let (session, mention) = met;
        let company = mention.map(|mention| {
            let mention = &self.records.mentions[mention.index()];
            Company {
                group: mention.group,
                context: mention.context,
                household: mention.identity.household,
                settlement: mention.identity.settlement,
            }
        });
        self.note_company(at, row, id, (session, company));
    }

    /// Notes the session of a form and who is met there, for the rows that belong to it.
    pub(super) fn note_company(&mut self, at: At, row: &RawRow, id: RowId, met: (Option<usize>, Option<Company>)) {
        let (session, company) = met;
        if let Some(session) = session {
            self.sessions.get_mut(session).form = Some(id);
        }
        let gave = FormGave {
            row: id,
            session,
            company,
        };
        self.forms_met.gave.insert(at.cell(row.number, None), gave);
    }

    /// Sets a form aside that is an earlier version, not approved or a copy.
    pub(super) fn form_aside(&mut self, at: At, row: &RawRow, id: RowId, judgement: Judgement) {
        let args = match judgement.fault {
            Fault::NotApproved => BTreeMap::from([("reason", NOT_APPROVED.to_owned())]),
            Fault::EarlierVersion | Fault::SentTwice => BTreeMap::new(),
        };
        self.set_aside(id, judgement.fault.reason());
        let place = at.cell(row.number, None);
        self.records.findings.push(Finding {
            kind: judgement.fault.kind(),
            place: Some(place),
            others: judgement.instead.into_iter().collect(),
            args,
        });
        let mention = self.silent_mention(at, row, id);
        self.note_form(at, row, id, (None, Some(mention)));
    }

    /// A mention of a row that is set aside: recognised, but it gives no information.
    pub(super) fn silent_mention(&mut self, at: At, row: &RawRow, id: RowId) -> MentionId {
        let met = Met {
            group: self.new_group(),
            context: Context::default(),
            date: None,
            informs: false,
        };
        self.mention(at, row, id, met)
    }

    /// A row of a repeat: its day and place are those of its form, which may stand further down.
    pub(super) fn part_row(&mut self, at: At, row: &RawRow, id: RowId) {
        let missed = self.no_contact(at, row);
        let mention = self.silent_mention(at, row, id);
        self.forms_met.parts.push(Part {
            row: id,
            place: at.cell(row.number, row.apart),
            mention,
            missed,
            own: at.block().columns.iter().map(|column| column.key.clone()).collect(),
        });
    }

    /// Joins the rows of repeats to their forms.
    pub(super) fn settle_parts(&mut self) {
        let met = std::mem::take(&mut self.forms_met);
        let mut more = BTreeMap::new();
        let mut missing = BTreeMap::new();
        let mut met_in = BTreeSet::new();
        for part in &met.parts {
            let form = self.forms.form_of(part.place).and_then(|place| met.gave.get(&place));
            let Some(form) = form else {
                self.set_aside(part.row, Reason::NotUnderstood);
                let table = (part.place.file, part.place.sheet);
                missing.entry(table).or_insert((part.place, 0_usize)).1 += 1;
                continue;
            };
            let fate = self.records.rows[form.row.index()].fate;
            if let (Fate::SetAside(reason), None) = (fate, form.session) {
                self.set_aside(part.row, reason);
                continue;
            }
            more.insert(part.row, self.inherited(part, form.row));
            self.meet_in_form(part, form);
            met_in.insert(form.row);
        }
        self.settle_nameless(&met, &met_in);
        // One export is missing, and not one form a row.
        for (first, rows) in missing.into_values() {
            self.find(Kind::FormMissing, first, &[("rows", rows.to_string())]);
        }
        self.records.add_values(&more);
        if !met.parts.is_empty() {
            self.contacts.sort_by_key(|(_, _, place)| *place);
        }
    }

    /// Forms without a person are counted with their participants, and told where they have none.
    fn settle_nameless(&mut self, met: &FormRows, met_in: &BTreeSet<RowId>) {
        let nameless = |row: &RowId| self.records.rows[row.index()].fate == Fate::SetAside(Reason::NoPerson);
        let mut rows: Vec<RowId> = met.gave.values().map(|gave| gave.row).filter(nameless).collect();
        rows.sort_unstable();
        let mut tables: BTreeMap<_, (Place, usize, bool)> = BTreeMap::new();
        for row in rows {
            let place = self.records.rows[row.index()].place;
            let table = tables.entry((place.file, place.sheet)).or_insert((place, 0, false));
            if met_in.contains(&row) {
                self.records.rows[row.index()].fate = Fate::Counted;
                table.2 = true;
            } else {
                table.1 += 1;
                self.find(Kind::NoPerson, place, &[]);
            }
        }
        for (first, rows, _) in tables.into_values().filter(|(_, rows, met)| *rows > 0 && !met) {
            self.find(Kind::NobodyNamed, first, &[("rows", rows.to_string())]);
        }
    }

    fn meet_in_form(&mut self, part: &Part, form: &FormGave) {
        let (Some(session), Some(company)) = (form.session, form.company) else {
            self.set_aside(part.row, Reason::NotUnderstood);
            return;
        };
        let date = self.sessions.get_mut(session).date;
        let mention = &mut self.records.mentions[part.mention.index()];
        mention.group = company.group;
        mention.context = company.context;
        mention.identity.household = mention.identity.household.or(company.household);
        mention.identity.settlement = mention.identity.settlement.or(company.settlement);
        if let Some(reason) = part.missed {
            self.set_aside(part.row, reason);
        } else {
            mention.date = Some(date);
            mention.informs = true;
            self.contacts.push((part.mention, session, part.place));
        }
    }

    /// Values of the form that a row of a repeat has no column for.
    fn inherited(&self, part: &Part, form: RowId) -> Vec<(FieldId, FieldValue)> {
        let of_form = self.records.values_of(form).iter();
        of_form
            .filter(|(field, _)| {
                let key = &self.records.fields[field.index()].key;
                let personal = Role::from_key(key).is_some_and(|role| OF_RESPONDENT.contains(&role));
                !personal && !part.own.contains(key)
            })
            .cloned()
            .collect()
    }
}

#[cfg(test)]
mod tests;
