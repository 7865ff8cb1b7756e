//! Registers in which nobody was ever absent, for months.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::chance::RARE;
use super::register::{Column, Register};
use super::{Seen, question};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Place, TextId};
use crate::people::facts::Who;
use crate::people::model::PersonId;

/// Days from the first to the last session: two months and a bit, or three sessions a month apart.
const DAYS: i64 = 60;
/// Sessions at least.
const SESSIONS: usize = 4;
/// People at least; in smaller circles everybody may come.
const PEOPLE: usize = 5;
/// Share of presences beyond which no register is taken to be by chance: one absence in twenty.
const USUAL: f64 = 0.95;

/// A block, with whom it is about.
struct Block<'a> {
    register: &'a Register,
    people: BTreeSet<PersonId>,
    of: (usize, TextId),
    first: NaiveDate,
}

/// A question for each longest run of sessions of one series at which everybody was.
pub(super) fn questions(seen: Seen, registers: &[Register]) -> Vec<Finding> {
    let blocks = blocks(seen, registers);
    let series = series(blocks.iter().collect());
    let mut found = Vec::new();
    for blocks in &series {
        for run in runs(seen, blocks) {
            let cells: usize = run.iter().map(|column| column.present()).sum();
            let days = run.last().map_or(0, |last| (last.date - run[0].date).num_days());
            let people = run.iter().map(|column| column.present()).min().unwrap_or(0);
            let long = run.len() >= SESSIONS && days >= DAYS && people >= PEOPLE;
            let share = elsewhere(registers, &run).min(USUAL);
            if long && share.powf(cells as f64) * (series.len() as f64) < RARE {
                found.push(told(seen, &run, cells));
            }
        }
    }
    found
}

fn blocks<'a>(seen: Seen, registers: &'a [Register]) -> Vec<Block<'a>> {
    let mut persons: std::collections::BTreeMap<(Place, _), PersonId> = std::collections::BTreeMap::new();
    for fact in &seen.facts.contacts {
        if let Who::Person { person, .. } = fact.who {
            persons.extend(fact.places.iter().map(|place| ((*place, fact.session), person)));
        }
    }
    let blocks = registers.iter().filter_map(|register| {
        let first = register.columns.first()?;
        let session = &seen.records.sessions[first.session.index()];
        let marks = register.columns.iter().flat_map(|column| {
            let marks = column.marks.iter().flatten();
            marks.filter_map(|place| persons.get(&(*place, column.session)))
        });
        Some(Block {
            register,
            people: marks.copied().collect(),
            of: (session.source, session.activity),
            first: first.date,
        })
    });
    blocks.collect()
}

/// Blocks that go on with most of the same people, as a sheet a month does, in order of time.
fn series<'a>(mut blocks: Vec<&'a Block<'a>>) -> Vec<Vec<&'a Block<'a>>> {
    blocks.sort_by(|a, b| (a.first, &a.people).cmp(&(b.first, &b.people)));
    let mut series: Vec<Vec<&Block>> = Vec::new();
    for block in blocks {
        let goes_on = |before: &&mut Vec<&Block>| {
            let last = before[before.len() - 1];
            let shared = last.people.intersection(&block.people).count();
            last.of == block.of && 2 * shared > last.people.len().max(block.people.len())
        };
        match series.iter_mut().find(goes_on) {
            Some(before) => before.push(block),
            None => series.push(vec![block]),
        }
    }
    series
}

/// The longest runs of sessions at which every row of their block was present.
fn runs<'a>(seen: Seen, blocks: &[&Block<'a>]) -> Vec<Vec<&'a Column>> {
    let mut columns: Vec<&Column> = blocks.iter().flat_map(|block| &block.register.columns).collect();
    columns.sort_by_key(|column| (column.date, seen.place(column.session)));
    let full = |column: &&Column| column.present() == column.marks.len();
    let runs = columns.chunk_by(|a, b| full(a) == full(b));
    runs.filter(|run| full(&run[0])).map(<[&Column]>::to_vec).collect()
}

/// The share of presences in all registers but for these sessions; what is usual where there are no others.
fn elsewhere(registers: &[Register], run: &[&Column]) -> f64 {
    let own: BTreeSet<_> = run.iter().map(|column| column.session).collect();
    let (mut present, mut all) = (0, 0);
    for column in registers.iter().flat_map(|register| &register.columns) {
        if !own.contains(&column.session) {
            present += column.present();
            all += column.marks.len();
        }
    }
    if all == 0 { USUAL } else { present as f64 / all as f64 }
}

fn told(seen: Seen, run: &[&Column], cells: usize) -> Finding {
    let heads = run.iter().filter_map(|column| seen.place(column.session));
    let marks = run.iter().flat_map(|column| column.marks.iter().flatten().copied());
    let day = |column: Option<&&Column>| column.map_or_else(String::new, |column| column.date.to_string());
    question(
        Kind::AlwaysPresent,
        heads.chain(marks).collect(),
        [
            ("sessions", run.len().to_string()),
            ("marks", cells.to_string()),
            ("from", day(run.first())),
            ("to", day(run.last())),
        ],
    )
}
