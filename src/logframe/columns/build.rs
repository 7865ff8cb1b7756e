//! How the columns are made: the categories of each subject, and who falls into which.

use std::collections::{BTreeMap, HashMap};

use super::{Column, Kinds, NONE, month_number};
use crate::ingest::records::{Place, Records, Session, TextId};
use crate::people::facts::{Facts, fold};
use crate::project::model::{AgeScheme, Project};

mod field;
mod person;

pub(super) use field::{Numbers, band_column, row_column};
pub(super) use person::{person_activities, person_column, person_sources};

/// Key of the attribute that head-counts can be broken down by.
const SEX: &str = "sex";

/// The scheme of this name, or the project's own.
fn scheme(project: &Project, name: &str) -> AgeScheme {
    let named = project.age_schemes.get(name);
    let known = named.or_else(|| project.age_schemes.first().map(|(_, scheme)| scheme));
    known.cloned().unwrap_or_else(|| AgeScheme {
        name: name.to_owned(),
        from: Vec::new(),
    })
}

pub(super) fn age_column(project: &Project, name: &str) -> Column {
    let scheme = scheme(project, name);
    let names = scheme.bands();
    let count = names.len();
    Column::new(
        names,
        Kinds::Age {
            scheme,
            rule: project.settings.age,
        },
    )
    .closed(count)
}

pub(super) fn month_column(project: &Project) -> Column {
    let (first, last) = (month_number(project.start), month_number(project.end));
    let name = |month: i32| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
    Column::new((first..=last).map(name).collect(), Kinds::Month { first })
}

/// Names of the sources, each once, and the place of every source's name among them.
fn source_names(project: &Project) -> (Vec<String>, Vec<u32>) {
    let mut names: Vec<String> = Vec::new();
    let mut of = Vec::new();
    for source in &project.sources {
        let known = names.iter().position(|name| *name == source.name).unwrap_or_else(|| {
            names.push(source.name.clone());
            names.len() - 1
        });
        of.push(u32::try_from(known).expect("a project has fewer than 2^32 sources"));
    }
    (names, of)
}

pub(super) fn source_column(project: &Project, records: &Records, facts: &Facts) -> Column {
    let (names, of) = source_names(project);
    let of_log = facts.sessions.iter().map(|fact| {
        let row = records.sessions[fact.session.index()].log_row;
        row.map_or(fact.source, |row| records.rows[row.index()].source)
    });
    let of_log = of_log.collect();
    let of_finding = facts
        .findings
        .iter()
        .map(|finding| source_of_place(records, finding.place?));
    let of_finding = of_finding.collect();
    Column::new(
        names,
        Kinds::Source {
            categories: of,
            of_log,
            of_finding,
        },
    )
}

/// The source that read a place: that of its row, else that of its file.
fn source_of_place(records: &Records, place: Place) -> Option<usize> {
    let key = |place: Place| (place.file, place.sheet, place.row);
    let at = records.rows.partition_point(|row| key(row.place) < key(place));
    let row = records.rows.get(at).filter(|row| key(row.place) == key(place));
    row.map(|row| row.source)
        .or(records.files.get(place.file.index())?.source)
}

pub(super) fn activity_column(project: &Project, records: &Records, facts: &Facts) -> Column {
    let mut column = session_column(records, facts, |session| Some(session.activity));
    let rank = |name: &String| project.activities.get_index_of(name).unwrap_or(usize::MAX);
    let mut order: Vec<usize> = (0..column.names.len()).collect();
    order.sort_by_key(|at| rank(&column.names[*at]));
    let mut place = vec![0; order.len()];
    for (new, old) in (0..).zip(&order) {
        place[*old] = new;
    }
    if let Kinds::Session { sessions, cycles } = &mut column.kind {
        let of = sessions.iter_mut().chain(cycles).filter(|category| **category != NONE);
        of.for_each(|category| *category = place[*category as usize]);
    }
    column.names = order.iter().map(|at| column.names[*at].clone()).collect();
    column.folded = column.names.iter().map(|name| fold(name)).collect();
    column
}

pub(super) fn session_column(records: &Records, facts: &Facts, pick: fn(&Session) -> Option<TextId>) -> Column {
    let texts = records.sessions.iter().filter_map(pick);
    let categories = Categories::of(texts.map(|id| (id, records.text(id))));
    let of = |session| pick(session).map_or(NONE, |text| categories.of_text[&text]);
    let sessions: Vec<u32> = records.sessions.iter().map(of).collect();
    let cycles = first_sessions(records, facts)
        .iter()
        .map(|session| session.map_or(NONE, |session| sessions[session]))
        .collect();
    Column::new(categories.names, Kinds::Session { sessions, cycles })
}

/// The first session held of each cycle.
fn first_sessions(records: &Records, facts: &Facts) -> Vec<Option<usize>> {
    let mut of_cycle = vec![None; records.cycles.len()];
    for session in facts.sessions.iter().map(|fact| fact.session.index()) {
        if let Some(cycle) = records.sessions[session].cycle {
            of_cycle[cycle.index()].get_or_insert(session);
        }
    }
    let cycles = facts.cycles.iter();
    cycles.map(|fact| of_cycle[fact.cycle.index()]).collect()
}

/// Texts put together by what they fold to, each under its most frequent spelling.
struct Categories {
    names: Vec<String>,
    of_text: HashMap<TextId, u32>,
}

impl Categories {
    fn of<'a>(texts: impl Iterator<Item = (TextId, &'a str)>) -> Self {
        let mut times: BTreeMap<TextId, (usize, &str)> = BTreeMap::new();
        for (id, text) in texts {
            times.entry(id).or_insert((0, text)).0 += 1;
        }
        let mut by_fold: BTreeMap<String, Vec<(TextId, usize, &str)>> = BTreeMap::new();
        for (id, (times, text)) in times {
            by_fold.entry(fold(text)).or_default().push((id, times, text));
        }
        let mut categories = Self {
            names: Vec::new(),
            of_text: HashMap::new(),
        };
        for (category, spellings) in (0..).zip(by_fold.values()) {
            let best = spellings
                .iter()
                .max_by_key(|(_, times, text)| (*times, std::cmp::Reverse(*text)));
            categories.names.extend(best.map(|(_, _, text)| text.trim().to_owned()));
            categories
                .of_text
                .extend(spellings.iter().map(|(id, _, _)| (*id, category)));
        }
        categories
    }
}

/// Yes and no come first, so that their numbers are those of a closed list.
const YES: u32 = 0;
const NO: u32 = 1;

fn yes_no(yes: bool) -> u32 {
    if yes { YES } else { NO }
}

fn yes_no_names() -> Vec<String> {
    vec!["yes".into(), "no".into()]
}

/// Numbers by size, then texts by alphabet.
fn natural(name: &str) -> (bool, i64, String) {
    match name.parse::<i64>() {
        Ok(number) => (false, number, String::new()),
        Err(_) => (true, 0, fold(name) + name),
    }
}
