//! Registers in which nobody was ever absent, for months.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::chance::RARE;
use super::register::{Column, Register};
use super::{Seen, question};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Place, SessionId, TextId};
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
    let presences = Presences::of(registers);
    let mut found = Vec::new();
    for blocks in &series {
        for run in runs(seen, blocks) {
            let cells: usize = run.iter().map(|column| column.present()).sum();
            let days = run.last().map_or(0, |last| (last.date - run[0].date).num_days());
            let people = run.iter().map(|column| column.present()).min().unwrap_or(0);
            let long = run.len() >= SESSIONS && days >= DAYS && people >= PEOPLE;
            let rare = || {
                let share = presences.elsewhere(&run).min(USUAL);
                share.powf(cells as f64) * (series.len() as f64) < RARE
            };
            if long && rare() {
                found.push(told(seen, &run, cells));
            }
        }
    }
    found
}

fn blocks<'a>(seen: Seen, registers: &'a [Register]) -> Vec<Block<'a>> {
    let mut persons: BTreeMap<(Place, SessionId), PersonId> = BTreeMap::new();
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
    // Series by the people of their last block: only those are asked that share somebody.
    let mut with: BTreeMap<PersonId, BTreeSet<usize>> = BTreeMap::new();
    for block in blocks {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for at in block.people.iter().filter_map(|person| with.get(person)).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        let goes_on = |(at, shared): &(usize, usize)| {
            let last = series[*at][series[*at].len() - 1];
            last.of == block.of && 2 * shared > last.people.len().max(block.people.len())
        };
        let found = shared.into_iter().find(goes_on);
        let at = found.map_or(series.len(), |(at, _)| at);
        if let Some(before) = series.get_mut(at) {
            for person in &before[before.len() - 1].people {
                with.entry(*person).or_default().remove(&at);
            }
            before.push(block);
        } else {
            series.push(vec![block]);
        }
        for person in &block.people {
            with.entry(*person).or_default().insert(at);
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

/// Presences and marks of each session, in all registers together.
struct Presences {
    of_session: BTreeMap<SessionId, (usize, usize)>,
    all: (usize, usize),
}

impl Presences {
    fn of(registers: &[Register]) -> Self {
        let mut of_session: BTreeMap<SessionId, (usize, usize)> = BTreeMap::new();
        for column in registers.iter().flat_map(|register| &register.columns) {
            let known = of_session.entry(column.session).or_default();
            *known = (known.0 + column.present(), known.1 + column.marks.len());
        }
        let add = |sum: (usize, usize), one: &(usize, usize)| (sum.0 + one.0, sum.1 + one.1);
        let all = of_session.values().fold((0, 0), add);
        Self { of_session, all }
    }

    /// The share of presences in all registers but for these sessions; what is usual where there are no others.
    fn elsewhere(&self, run: &[&Column]) -> f64 {
        let own: BTreeSet<SessionId> = run.iter().map(|column| column.session).collect();
        let own = own.iter().filter_map(|session| self.of_session.get(session));
        let (present, all) = own.fold(self.all, |left, own| (left.0 - own.0, left.1 - own.1));
        if all == 0 { USUAL } else { present as f64 / all as f64 }
    }
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
