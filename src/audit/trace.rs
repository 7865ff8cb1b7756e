//! A figure → the raw rows behind it; a raw row → the figures it counts in.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ingest::records::{Fate, Place, Records, RowId, SessionId, column_letters};
use crate::logframe::figures::{Figure, Figures, Scope};
use crate::logframe::{Behind, Engine, Evidence, Request};
use crate::people::facts::{ContactFact, Facts, Who};
use crate::project::model::Project;

/// Everything that tracing walks over.
#[derive(Clone, Copy)]
pub struct Walk<'a> {
    /// The definitions.
    pub project: &'a Project,
    /// What was read.
    pub records: &'a Records,
    /// What was counted.
    pub facts: &'a Facts,
    /// What was asked for.
    pub request: &'a Request,
    /// What came out.
    pub figures: &'a Figures,
}

/// Which figure is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Code of the indicator.
    pub code: String,
    /// Label of the period; the whole span where absent.
    pub period: Option<String>,
    /// Name of the breakdown and category; the total where absent.
    pub cell: Option<(String, String)>,
    /// Only the figure from the project's start.
    pub cumulative: bool,
}

/// Why a figure can't be traced: what was asked for is not there, and what is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Untraceable {
    /// No such indicator.
    #[error("no indicator has the code «{code}»; the codes are: {codes}", codes = codes.join(", "))]
    Code {
        /// As asked for.
        code: String,
        /// What there is.
        codes: Vec<String>,
    },
    /// The indicator is not reported for that period.
    #[error("{code} has no figure for «{period}»; it is reported for: {periods}", periods = periods.join(", "))]
    Period {
        /// The indicator.
        code: String,
        /// As asked for.
        period: String,
        /// What there is.
        periods: Vec<String>,
    },
    /// The indicator has no such cell.
    #[error("{code} has no cell «{cell}»; its cells are: {cells}", cells = cells.join(", "))]
    Cell {
        /// The indicator.
        code: String,
        /// As asked for.
        cell: String,
        /// What there is.
        cells: Vec<String>,
    },
}

/// One row behind a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct TraceRow {
    /// Where, as a spreadsheet shows it.
    pub place: Place,
    /// Day of the session.
    pub date: Option<NaiveDate>,
    /// Activity, title and site of the session as written; a title may name somebody.
    pub session: String,
    /// Pseudonym, or which of how many nobody wrote down.
    pub person: String,
    /// Why it counts.
    pub why: Why,
    /// What it adds, where that is not one.
    pub amount: Option<f64>,
    /// Other places that say the same, counted once.
    pub also: Vec<Place>,
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

    /// Key of its words in a language.
    pub fn key(self) -> &'static str {
        match self {
            Why::Listed => "listed",
            Why::Marked => "marked",
            Why::HeadCount => "head_count",
            Why::Session => "session_held",
            Why::Amount => "amount_added",
            Why::Together => "together",
            Why::Finding => "finding",
        }
    }
}

/// Finds the figure that is meant.
pub fn find<'a>(walk: Walk<'a>, wanted: &Wanted) -> Result<&'a Figure, Untraceable> {
    let of_period = of_period(walk, &of_code(walk, &wanted.code)?, wanted)?;
    let (name, category) = wanted.cell.clone().unwrap_or_default();
    let mut hits = of_period
        .iter()
        .copied()
        .filter(|figure| breakdown_of(walk, figure) == name && figure.category == category);
    let preferred = if wanted.cumulative {
        Scope::Cumulative
    } else {
        Scope::Period
    };
    let first = hits.clone().find(|figure| figure.scope == preferred);
    first.or_else(|| hits.next()).ok_or_else(|| {
        let mut cells: Vec<String> = of_period
            .iter()
            .filter(|figure| figure.disaggregation.is_some())
            .map(|figure| format!("{}={}", breakdown_of(walk, figure), figure.category))
            .collect();
        cells.dedup();
        Untraceable::Cell {
            code: wanted.code.clone(),
            cell: format!("{name}={category}"),
            cells,
        }
    })
}

/// The figures of an indicator.
fn of_code<'a>(walk: Walk<'a>, wanted: &str) -> Result<Vec<&'a Figure>, Untraceable> {
    let indicators = &walk.project.indicators;
    let code = |figure: &Figure| indicators[figure.indicator].code.as_str();
    let found: Vec<&Figure> = walk
        .figures
        .figures
        .iter()
        .filter(|figure| code(figure).eq_ignore_ascii_case(wanted))
        .collect();
    if found.is_empty() {
        return Err(Untraceable::Code {
            code: wanted.to_owned(),
            codes: indicators.iter().map(|indicator| indicator.code.clone()).collect(),
        });
    }
    Ok(found)
}

/// Of an indicator's figures those of the period that is meant.
fn of_period<'a>(walk: Walk, of_code: &[&'a Figure], wanted: &Wanted) -> Result<Vec<&'a Figure>, Untraceable> {
    let periods = &walk.figures.periods;
    let label = |figure: &Figure| periods[figure.period].label.as_str();
    let period = wanted.period.as_deref().unwrap_or(&periods[walk.figures.span].label);
    let found: Vec<&Figure> = of_code
        .iter()
        .copied()
        .filter(|figure| label(figure) == period)
        .collect();
    if found.is_empty() {
        let mut periods: Vec<String> = of_code.iter().map(|figure| label(figure).to_owned()).collect();
        periods.dedup();
        return Err(Untraceable::Period {
            code: wanted.code.clone(),
            period: period.to_owned(),
            periods,
        });
    }
    Ok(found)
}

/// Name of the breakdown that a figure is a cell of; empty for a total.
fn breakdown_of<'a>(walk: Walk<'a>, figure: &Figure) -> &'a str {
    let disaggregations = &walk.project.indicators[figure.indicator].disaggregations;
    figure
        .disaggregation
        .map_or("", |index| disaggregations[index].name.as_str())
}

/// The rows behind a figure, in the order in which they count; of a ratio, those above the line.
pub fn rows(walk: Walk, figure: &Figure) -> Vec<TraceRow> {
    both_sides(walk, figure)[0].clone()
}

/// The rows behind a figure: above the line and, for a ratio, below it.
pub fn both_sides(walk: Walk, figure: &Figure) -> [Vec<TraceRow>; 2] {
    both_sides_by(
        &Engine::new(walk.project, walk.records, walk.facts, walk.request),
        walk,
        figure,
    )
}

/// The same by an engine that serves for many figures.
pub(crate) fn both_sides_by(engine: &Engine, walk: Walk, figure: &Figure) -> [Vec<TraceRow>; 2] {
    let evidence = engine.evidence(figure);
    let amounts = ContactOfRow::of(walk, &evidence);
    [evidence.behind, evidence.denominator].map(|side| {
        side.iter()
            .flat_map(|behind| behind_rows(walk, behind, &amounts))
            .collect()
    })
}

/// The contact that a row is, for rows that add an amount.
#[derive(Default)]
struct ContactOfRow(BTreeMap<RowId, usize>);

impl ContactOfRow {
    /// The contacts, where anything behind a figure is an amount.
    fn of(walk: Walk, evidence: &Evidence) -> Self {
        let mut sides = evidence.behind.iter().chain(&evidence.denominator);
        if !sides.any(|behind| matches!(behind, Behind::Amount { .. })) {
            return Self::default();
        }
        let contacts = walk.facts.contacts.iter().enumerate();
        Self(contacts.rev().map(|(fact, contact)| (contact.row, fact)).collect())
    }
}

fn behind_rows(walk: Walk, behind: &Behind, amounts: &ContactOfRow) -> Vec<TraceRow> {
    match behind {
        Behind::Contact { fact, count } => contact_rows(walk, &walk.facts.contacts[*fact], *count),
        Behind::Person { contacts, .. } => contacts
            .iter()
            .flat_map(|fact| contact_rows(walk, &walk.facts.contacts[*fact], 1))
            .collect(),
        Behind::Session { fact } => {
            let session = &walk.facts.sessions[*fact];
            let places = &walk.records.sessions[session.session.index()].places;
            let words = session_words(walk.records, session.session);
            trace_places(places, Some(session.date), &words, Why::Session)
        }
        Behind::Amount { row, amount } => {
            let contact = amounts.0.get(row).map(|fact| &walk.facts.contacts[*fact]);
            let mut rows = contact.map_or_else(Vec::new, |contact| contact_rows(walk, contact, 1));
            rows.truncate(1);
            if rows.is_empty() {
                rows = trace_places(&[walk.records.rows[row.index()].place], None, "", Why::Amount);
            }
            for traced in &mut rows {
                traced.place = walk.records.rows[row.index()].place;
                traced.amount = Some(*amount);
                traced.why = Why::Amount;
            }
            rows
        }
        Behind::Together { contacts, amount } => {
            let contacts = contacts.iter().map(|fact| &walk.facts.contacts[*fact]);
            shared(
                contacts.flat_map(|contact| contact_rows(walk, contact, 1)).collect(),
                *amount,
            )
        }
        Behind::Places { person, places, amount } => {
            let mut rows = trace_places(places, None, "", Why::Together);
            if let (Some(row), Some(person)) = (rows.first_mut(), person) {
                row.person.clone_from(&walk.facts.persons[person.index()].key);
            }
            shared(rows, *amount)
        }
        Behind::Finding { index } => {
            let finding = &walk.facts.findings[*index];
            let places: Vec<Place> = finding.place.iter().chain(&finding.others).copied().collect();
            trace_places(&places, None, finding.kind.code(), Why::Finding)
        }
    }
}

/// Rows that count together: the first one carries what they add.
fn shared(mut rows: Vec<TraceRow>, amount: f64) -> Vec<TraceRow> {
    for (index, row) in rows.iter_mut().enumerate() {
        row.amount = Some(if index == 0 { amount } else { 0.0 });
    }
    rows
}

/// One row for the first of several places that say the same.
fn trace_places(places: &[Place], date: Option<NaiveDate>, session: &str, why: Why) -> Vec<TraceRow> {
    let first = places.first().map(|place| TraceRow {
        place: *place,
        date,
        session: session.to_owned(),
        person: String::new(),
        why,
        amount: None,
        also: places[1..].to_vec(),
    });
    first.into_iter().collect()
}

fn contact_rows(walk: Walk, contact: &ContactFact, count: u32) -> Vec<TraceRow> {
    let Some((place, also)) = contact.places.split_first() else {
        return Vec::new();
    };
    let row = |person: String, why: Why| TraceRow {
        place: *place,
        date: Some(contact.date),
        session: session_words(walk.records, contact.session),
        person,
        why,
        amount: None,
        also: also.to_vec(),
    };
    match &contact.who {
        Who::Person { person, .. } => {
            let why = if place.column.is_some() {
                Why::Marked
            } else {
                Why::Listed
            };
            vec![row(walk.facts.persons[person.index()].key.clone(), why)]
        }
        Who::Anonymous { .. } => (1..=count)
            .map(|nth| row(format!("anonymous {nth} of {count}"), Why::HeadCount))
            .collect(),
    }
}

/// Number and count of one who is counted by head, from what stands for her person.
pub(crate) fn head_of(person: &str) -> Option<(&str, &str)> {
    person.strip_prefix("anonymous ")?.split_once(" of ")
}

/// Activity, group or title, and site of a session.
fn session_words(records: &Records, session: SessionId) -> String {
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

/// A raw row as a person names it: `FILE:SHEET:ROW`, or `FILE:ROW` for a text file.
pub fn find_row(records: &Records, named: &str) -> Option<RowId> {
    let (rest, row) = named.rsplit_once(':')?;
    let number: u32 = row.trim().parse().ok()?;
    let hits = |file: &str, sheet: Option<&str>| {
        records.rows.iter().position(|row| {
            let source = &records.files[row.place.file.index()];
            let name = source
                .sheets
                .get(usize::from(row.place.sheet))
                .map_or("", String::as_str);
            row.place.row == number
                && format!("/{}", source.path).ends_with(&format!("/{}", file.replace('\\', "/")))
                && sheet.is_none_or(|sheet| sheet == name)
        })
    };
    let by_sheet = rest.rsplit_once(':').and_then(|(file, sheet)| hits(file, Some(sheet)));
    by_sheet.or_else(|| hits(rest, None)).map(Into::into)
}

/// What became of a row, and in which figures it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct RowTrace {
    /// Where it stands.
    pub place: Place,
    /// Counted, or set aside and why.
    pub fate: Fate,
    /// Pseudonyms of the persons its contacts belong to.
    pub persons: Vec<String>,
    /// Indexes of the figures that count it, totals only.
    pub figures: Vec<usize>,
}

/// Walks from a row up to the figures.
pub fn trace_row(walk: Walk, row: RowId) -> RowTrace {
    let engine = Engine::new(walk.project, walk.records, walk.facts, walk.request);
    let place = walk.records.rows[row.index()].place;
    let same_row = |other: &Place| (other.file, other.sheet, other.row) == (place.file, place.sheet, place.row);
    let touches = |traced: &TraceRow| same_row(&traced.place) || traced.also.iter().any(same_row);
    let totals = walk
        .figures
        .figures
        .iter()
        .enumerate()
        .filter(|(_, figure)| figure.disaggregation.is_none());
    let figures = totals
        .filter(|(_, figure)| {
            let evidence = engine.evidence(figure);
            let both = evidence.behind.iter().chain(&evidence.denominator);
            both.flat_map(|behind| behind_rows(walk, behind, &ContactOfRow::default()))
                .any(|traced| touches(&traced))
        })
        .map(|(index, _)| index)
        .collect();
    let mut persons: Vec<String> = walk
        .facts
        .contacts
        .iter()
        .filter(|contact| contact.places.iter().any(same_row))
        .filter_map(|contact| match &contact.who {
            Who::Person { person, .. } => Some(walk.facts.persons[person.index()].key.clone()),
            Who::Anonymous { .. } => None,
        })
        .collect();
    persons.dedup();
    RowTrace {
        place,
        fate: walk.facts.fates[row.index()],
        persons,
        figures,
    }
}

/// Cell address as a spreadsheet shows it: `C17`, or `17` for a whole row.
pub fn address(place: Place) -> String {
    let letters = place.column.map(column_letters).unwrap_or_default();
    if place.row == 0 {
        String::new()
    } else {
        format!("{letters}{}", place.row)
    }
}
