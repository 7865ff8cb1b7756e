//! The raw rows behind a figure, side by side with how they are counted again.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Walk;
use crate::ingest::records::{Place, Records, RowId, SessionId};
use crate::logframe::figures::Figure;
use crate::logframe::{Behind, Engine, Evidence, Grounding, Tally};
use crate::people::facts::{ContactFact, Who};

/// One row behind a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceRow {
    /// Where, as a spreadsheet shows it: the cell of a mark, else the row.
    pub place: Place,
    /// The cell to look at: that of the mark, or of the name in a row of a list.
    pub cell: Place,
    /// Day of the session.
    pub date: Option<NaiveDate>,
    /// Activity, title and site of the session as written; a title may name somebody.
    pub session: String,
    /// The session in the records, where the row stands for a contact or a session.
    pub held: Option<SessionId>,
    /// Pseudonym, or which of how many nobody wrote down.
    pub person: String,
    /// Why it counts.
    pub why: Why,
    /// What it adds, where that is not one.
    pub amount: Option<f64>,
    /// Other places that say the same, counted once.
    pub also: Vec<Place>,
    /// The row that carries what this one and others add together.
    pub with: Option<Place>,
}

/// Why a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The person is on a list.
    Listed,
    /// The cell holds a presence mark.
    Marked,
    /// Counted by head, without a name.
    HeadCount,
    /// The row or column is a session held.
    Session,
    /// The row adds its amount.
    Amount,
    /// The places count together: a cycle, an enrolment, two results, the rows that list a person.
    Together,
    /// The row is what a finding is about.
    Finding,
}

impl Why {
    /// Short code for tables.
    pub fn code(self) -> &'static str {
        match self {
            Why::Listed => "on the list",
            Why::Marked => "presence mark",
            Why::HeadCount => "counted by head",
            Why::Session => "session held",
            Why::Amount => "amount",
            Why::Together => "counted together",
            Why::Finding => "finding",
        }
    }

    /// Key of its words in the label files.
    pub fn key(self) -> &'static str {
        match self {
            Why::Listed => "listed",
            Why::Marked => "marked",
            Why::HeadCount => "head_count",
            Why::Session => "session",
            Why::Amount => "amount",
            Why::Together => "together",
            Why::Finding => "finding",
        }
    }
}

/// The rows of one count that a figure rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// Index of the indicator whose count it is.
    pub indicator: usize,
    /// How the rows are counted again.
    pub tally: Tally,
    /// The rows, in the order in which they count.
    pub rows: Vec<TraceRow>,
}

impl Side {
    /// What the rows come to, counted again; none where there is nothing to average.
    pub fn recount(&self) -> Option<f64> {
        let adds = |row: &TraceRow| row.amount.unwrap_or(1.0);
        let mut amounts: Vec<f64> = self.rows.iter().filter(|row| row.with.is_none()).map(adds).collect();
        amounts.sort_by(f64::total_cmp);
        let count = amounts.len();
        match self.tally {
            Tally::Given(number) => Some(number),
            Tally::Sum => Some(amounts.iter().sum()),
            Tally::Persons => Some(self.persons() as f64),
            Tally::Mean => (count > 0).then(|| amounts.iter().sum::<f64>() / count as f64),
            Tally::Median => {
                let middle = amounts.get(count / 2)?;
                let before = amounts.get(count.checked_sub(1)? / 2)?;
                Some(f64::midpoint(*before, *middle))
            }
            Tally::Least => amounts.first().copied(),
            Tally::Greatest => amounts.last().copied(),
        }
    }

    /// How many different persons the rows name.
    pub fn persons(&self) -> usize {
        let named = self
            .rows
            .iter()
            .filter(|row| row.why != Why::HeadCount && !row.person.is_empty());
        named.map(|row| row.person.as_str()).collect::<BTreeSet<_>>().len()
    }
}

/// The rows behind a figure, in the order in which they count; of a ratio, those above the line.
pub fn rows(walk: Walk, figure: &Figure) -> Vec<TraceRow> {
    let [above, _] = both_sides(walk, figure);
    above
}

/// The rows behind a figure: above the line and, for a ratio, below it.
pub fn both_sides(walk: Walk, figure: &Figure) -> [Vec<TraceRow>; 2] {
    Tracer::new(walk).both_sides(figure)
}

/// Hands out the rows behind figures.
pub struct Tracer<'a> {
    pub(super) walk: Walk<'a>,
    engine: Engine<'a>,
    /// The contact that a row is, for rows that add an amount.
    contact_of_row: OnceCell<BTreeMap<RowId, usize>>,
}

impl<'a> Tracer<'a> {
    /// Ready for any figure of the walk.
    pub fn new(walk: Walk<'a>) -> Self {
        Self {
            walk,
            engine: Engine::new(walk.project, walk.records, walk.facts, walk.request),
            contact_of_row: OnceCell::new(),
        }
    }

    /// What was read.
    pub fn records(&self) -> &'a Records {
        self.walk.records
    }

    /// A walk through figures, those of one indicator best after each other.
    pub fn grounding(&self) -> Grounding<'_, 'a> {
        Grounding::new(&self.engine)
    }

    /// The counts that a figure rests on, each with its rows: of a ratio the one above and the one below the line.
    pub fn sides(&self, figure: &Figure) -> Vec<Side> {
        self.sides_by(&mut self.grounding(), figure)
    }

    /// The same on a walk through many figures.
    pub fn sides_by(&self, grounding: &mut Grounding, figure: &Figure) -> Vec<Side> {
        let grounds = grounding.of(figure);
        let shares = grounds.iter().flat_map(|grounds| grounds.shares());
        shares
            .map(|share| Side {
                indicator: share.indicator,
                tally: share.tally,
                rows: share.behind.iter().flat_map(|behind| self.rows_of(behind)).collect(),
            })
            .collect()
    }

    /// The rows behind a figure: above the line and, for a ratio, below it.
    pub fn both_sides(&self, figure: &Figure) -> [Vec<TraceRow>; 2] {
        let evidence = self.grounding().of(figure).map(Evidence::from).unwrap_or_default();
        [evidence.behind, evidence.denominator]
            .map(|side| side.iter().flat_map(|behind| self.rows_of(behind)).collect())
    }

    fn contact_of(&self, row: RowId) -> Option<&'a ContactFact> {
        let contacts = &self.walk.facts.contacts;
        let known = self.contact_of_row.get_or_init(|| {
            let contacts = contacts.iter().enumerate().rev();
            contacts.map(|(fact, contact)| (contact.row, fact)).collect()
        });
        known.get(&row).map(|fact| &contacts[*fact])
    }

    /// The rows of one thing that is counted.
    pub fn rows_of(&self, behind: &Behind) -> Vec<TraceRow> {
        let facts = self.walk.facts;
        match behind {
            Behind::Contact { fact, count } => contact_rows(self.walk, &facts.contacts[*fact], *count),
            Behind::Person { person, contacts } if contacts.is_empty() => {
                let mut rows = placed(&[], Why::Together);
                for row in &mut rows {
                    row.person.clone_from(&facts.persons[person.index()].key);
                }
                rows
            }
            Behind::Person { contacts, .. } => contacts
                .iter()
                .flat_map(|fact| contact_rows(self.walk, &facts.contacts[*fact], 1))
                .collect(),
            Behind::Session { fact } => {
                let session = facts.sessions[*fact].session;
                let mut rows = placed(&self.walk.records.sessions[session.index()].places, Why::Session);
                for row in &mut rows {
                    row.date = Some(facts.sessions[*fact].date);
                    row.session = session_words(self.walk.records, session);
                    row.held = Some(session);
                }
                rows
            }
            Behind::Amount { row, amount } => self.amount_rows(*row, *amount),
            Behind::Together { contacts, amount } => {
                let contacts = contacts.iter().map(|fact| &facts.contacts[*fact]);
                let rows = contacts.flat_map(|contact| contact_rows(self.walk, contact, 1));
                shared(rows.collect(), *amount)
            }
            Behind::Places { person, places, amount } => {
                let mut rows = placed(places, Why::Together);
                if let (Some(row), Some(person)) = (rows.first_mut(), person) {
                    row.person.clone_from(&facts.persons[person.index()].key);
                }
                shared(rows, *amount)
            }
            Behind::Finding { index } => {
                let finding = &facts.findings[*index];
                let places: Vec<Place> = finding.place.iter().chain(&finding.others).copied().collect();
                let mut rows = placed(&places, Why::Finding);
                for row in &mut rows {
                    finding.kind.code().clone_into(&mut row.session);
                }
                rows
            }
        }
    }

    fn amount_rows(&self, row: RowId, amount: f64) -> Vec<TraceRow> {
        let contact = self.contact_of(row);
        let mut rows = contact.map_or_else(Vec::new, |contact| contact_rows(self.walk, contact, 1));
        rows.truncate(1);
        let place = self.walk.records.rows[row.index()].place;
        if rows.is_empty() {
            rows = placed(&[place], Why::Amount);
        }
        for traced in &mut rows {
            traced.place = place;
            traced.amount = Some(amount);
            // What else the contact stands on adds nothing of its own.
            traced.also.clear();
            traced.why = Why::Amount;
        }
        rows
    }
}

/// Rows that count together: the first one carries what they add.
fn shared(mut rows: Vec<TraceRow>, amount: f64) -> Vec<TraceRow> {
    let first = rows.first().map(|row| row.cell);
    for (index, row) in rows.iter_mut().enumerate() {
        row.amount = Some(if index == 0 { amount } else { 0.0 });
        row.with = first.filter(|_| index > 0);
    }
    rows
}

/// One row for the first of several places that say the same.
fn placed(places: &[Place], why: Why) -> Vec<TraceRow> {
    let first = places.first().map(|place| TraceRow {
        place: *place,
        cell: *place,
        date: None,
        session: String::new(),
        held: None,
        person: String::new(),
        why,
        amount: None,
        also: places[1..].to_vec(),
        with: None,
    });
    first.into_iter().collect()
}

fn contact_rows(walk: Walk, contact: &ContactFact, count: u32) -> Vec<TraceRow> {
    let row = |person: String, why: Why| {
        let mut rows = placed(&contact.places, why);
        for row in &mut rows {
            row.date = Some(contact.date);
            row.session = session_words(walk.records, contact.session);
            row.held = Some(contact.session);
            row.person.clone_from(&person);
        }
        rows
    };
    match &contact.who {
        Who::Person { person, .. } => {
            let of_row = walk.records.rows[contact.row.index()].place;
            let listed = contact.places.first() == Some(&of_row);
            let why = if listed { Why::Listed } else { Why::Marked };
            let mut rows = row(walk.facts.persons[person.index()].key.clone(), why);
            for traced in &mut rows {
                traced.amount = (count != 1).then_some(f64::from(count));
                if listed {
                    traced.cell = name_cell(walk.records, contact.row).unwrap_or(traced.cell);
                }
            }
            rows
        }
        Who::Anonymous { .. } => (1..=count)
            .flat_map(|nth| row(format!("anonymous {nth} of {count}"), Why::HeadCount))
            .collect(),
    }
}

/// Where the name, or the code, stands in a row of a list.
fn name_cell(records: &Records, row: RowId) -> Option<Place> {
    let place = records.rows[row.index()].place;
    let from = records
        .mentions
        .partition_point(|mention| mention.place < Place { column: None, ..place });
    let mut of_line = records.mentions[from..].iter().take_while(|mention| {
        (mention.place.file, mention.place.sheet, mention.place.row) == (place.file, place.sheet, place.row)
    });
    of_line.find(|mention| mention.row == row).map(|mention| mention.place)
}

/// Activity, group or title, and site of a session.
pub fn session_words(records: &Records, session: SessionId) -> String {
    let session = &records.sessions[session.index()];
    let words = [Some(session.activity), session.title, session.group, session.site];
    words
        .into_iter()
        .flatten()
        .map(|text| records.text(text))
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
