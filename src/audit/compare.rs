//! Two runs side by side: per figure what changed, and which rows and people did it.
//!
//! Rows are matched by what they say (day, session, who is written), so that a row that moved is the same row. People are
//! matched through the rows they share: what is joined, parted, new and gone adds up to the difference of a count.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::manifest::{FigureEntry, Manifest};
use super::trace::{Side, TraceRow, Tracer, Walk, Why, breakdown_of};
use crate::ingest::records::{Place, Records};
use crate::logframe::figures::{Figure, Scope, Value};
use crate::logframe::{Grounding, Tally};

/// A figure in two runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Code of the indicator.
    pub code: String,
    /// Period or cumulative.
    pub scope: Scope,
    /// Label of the period in either run.
    pub periods: [String; 2],
    /// Name of the breakdown; empty for the total.
    pub disaggregation: String,
    /// Category; empty for the total.
    pub category: String,
    /// The values.
    pub values: [Option<f64>; 2],
    /// What the rows did, for figures whose rows were looked at; above and below the line of a ratio.
    pub sides: Vec<SideChange>,
}

/// What changed in one count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SideChange {
    /// What the rows come to in either run.
    pub counts: [Option<f64>; 2],
    /// Rows of the second run alone.
    pub added: Vec<Moved>,
    /// Rows of the first run alone.
    pub gone: Vec<Moved>,
    /// Cells that stand in both runs and say something else now.
    pub changed: Vec<[Moved; 2]>,
    /// What became of the people, where different people are counted.
    pub people: Option<PeopleChange>,
}

/// A row that only one run has.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Where it stands, in its own run.
    pub place: Place,
    /// Pseudonym, in its own run.
    pub person: String,
    /// What it adds.
    pub amount: f64,
}

/// What became of people: the difference of a count of them is new − gone + parted − joined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleChange {
    /// In both, as pseudonyms of the second run.
    pub stayed: usize,
    /// Only in the second run.
    pub new: Vec<String>,
    /// Only in the first run.
    pub gone: Vec<String>,
    /// Several in the first run, one in the second: their pseudonyms then and now.
    pub joined: Vec<Group>,
    /// One in the first run, several in the second.
    pub parted: Vec<Group>,
}

/// People who are one group in both runs: pseudonyms in the first and in the second.
pub type Group = (Vec<String>, Vec<String>);

/// Compares the figures of two runs over two raw folders: those that differ in value or in rows.
pub fn runs(a: Walk, b: Walk) -> Vec<Change> {
    let keys = |walk: Walk| -> BTreeMap<Key, usize> {
        let figures = walk.figures.figures.iter().enumerate();
        figures.map(|(at, figure)| (Key::of(walk, figure, None), at)).collect()
    };
    let (of_a, of_b) = (keys(a), keys(b));
    let all: BTreeSet<&Key> = of_a.keys().chain(of_b.keys()).collect();
    let tracers = [Tracer::new(a), Tracer::new(b)];
    let mut groundings = [tracers[0].grounding(), tracers[1].grounding()];
    let mut changes = Vec::new();
    for key in all {
        let figures = [
            of_a.get(key).map(|at| &a.figures.figures[*at]),
            of_b.get(key).map(|at| &b.figures.figures[*at]),
        ];
        let values = figures.map(|figure| figure.and_then(|figure| shown(figure.value)));
        // The rows are told for the totals; a cell's rows are among them.
        let sides = if key.disaggregation.is_empty() {
            sides(&tracers, &mut groundings, figures, Matching::Content)
        } else {
            Vec::new()
        };
        if values[0] != values[1] || sides.iter().any(SideChange::is_any) {
            changes.push(key.change(values, sides));
        }
    }
    changes
}

/// Compares two periods of one run, every figure that both have.
pub fn periods(walk: Walk, labels: [&str; 2]) -> Vec<Change> {
    let at = |label: &str| walk.figures.periods.iter().position(|period| period.label == label);
    let [Some(a), Some(b)] = labels.map(at) else {
        return Vec::new();
    };
    let figures = &walk.figures.figures;
    let of = |period: usize| -> BTreeMap<Key, &Figure> {
        let own = figures.iter().filter(|figure| figure.period == period);
        own.map(|figure| (Key::of(walk, figure, Some(labels)), figure))
            .collect()
    };
    let (of_a, of_b) = (of(a), of(b));
    let tracers = [Tracer::new(walk), Tracer::new(walk)];
    let mut groundings = [tracers[0].grounding(), tracers[1].grounding()];
    let all: BTreeSet<&Key> = of_a.keys().chain(of_b.keys()).collect();
    let changes = all.into_iter().map(|key| {
        let pair = [of_a.get(key).copied(), of_b.get(key).copied()];
        let values = pair.map(|figure| figure.and_then(|figure| shown(figure.value)));
        let sides = if key.disaggregation.is_empty() {
            sides(&tracers, &mut groundings, pair, Matching::Person)
        } else {
            Vec::new()
        };
        key.change(values, sides)
    });
    changes.collect()
}

/// The figures of two manifests that differ, with their values; those of the same period first matched by its label.
pub fn manifests(a: &Manifest, b: &Manifest) -> Vec<Change> {
    let one_each = a.period != b.period;
    let keys = |manifest: &Manifest| -> BTreeMap<Key, Option<f64>> {
        let figures = manifest.figures.iter();
        let figures = figures.filter(|figure| !one_each || figure.period == manifest.period);
        let key = |figure: &FigureEntry| {
            let labels = [&a.period, &b.period].map(Clone::clone);
            let same = [figure.period.clone(), figure.period.clone()];
            Key {
                order: 0,
                code: figure.code.clone(),
                cumulative: figure.scope == "cumulative",
                periods: if one_each { labels } else { same },
                disaggregation: figure.disaggregation.clone(),
                category: figure.category.clone(),
            }
        };
        figures.map(|figure| (key(figure), figure.value)).collect()
    };
    let (of_a, of_b) = (keys(a), keys(b));
    let all: BTreeSet<&Key> = of_a.keys().chain(of_b.keys()).collect();
    let changes = all.into_iter().map(|key| {
        let value = |of: &BTreeMap<Key, Option<f64>>| of.get(key).copied().flatten();
        key.change([value(&of_a), value(&of_b)], Vec::new())
    });
    changes.filter(|change| change.values[0] != change.values[1]).collect()
}

/// What makes a figure the same in two runs; ordered as the definitions list the indicators.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    order: usize,
    code: String,
    cumulative: bool,
    periods: [String; 2],
    disaggregation: String,
    category: String,
}

impl Key {
    fn of(walk: Walk, figure: &Figure, periods: Option<[&str; 2]>) -> Self {
        let label = &walk.figures.periods[figure.period].label;
        Self {
            order: figure.indicator,
            code: walk.project.indicators[figure.indicator].code.clone(),
            cumulative: figure.scope == Scope::Cumulative,
            periods: periods.unwrap_or([label, label]).map(str::to_owned),
            disaggregation: breakdown_of(walk, figure).to_owned(),
            category: figure.category.clone(),
        }
    }

    fn change(&self, values: [Option<f64>; 2], sides: Vec<SideChange>) -> Change {
        Change {
            code: self.code.clone(),
            scope: if self.cumulative {
                Scope::Cumulative
            } else {
                Scope::Period
            },
            periods: self.periods.clone(),
            disaggregation: self.disaggregation.clone(),
            category: self.category.clone(),
            values,
            sides,
        }
    }
}

/// The number that a report shows.
fn shown(value: Value) -> Option<f64> {
    value.number()
}

impl SideChange {
    /// Whether anything changed at all.
    pub fn is_any(&self) -> bool {
        let people = self.people.as_ref();
        let regrouped = people.is_some_and(|people| !(people.joined.is_empty() && people.parted.is_empty()));
        regrouped || !(self.added.is_empty() && self.gone.is_empty() && self.changed.is_empty())
    }
}

/// What a row says, so that the same row is found in another run; the name it holds stays in here.
type Content = (Why, Option<chrono::NaiveDate>, String, String, u64);

/// How rows of two runs are matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Matching {
    /// By what they say.
    Content,
    /// Rows of two periods are never the same; their people are.
    Person,
}

fn content(records: &Records, row: &TraceRow, matching: Matching) -> Content {
    if matching == Matching::Person {
        return (Why::Listed, None, String::new(), row.person.clone(), 0);
    }
    let who = match row.why {
        // The third of twelve is the third of thirteen.
        Why::HeadCount => row.person.split(" of ").next().unwrap_or_default().to_owned(),
        _ => written(records, row.cell),
    };
    let amount = row.amount.unwrap_or(1.0).to_bits();
    (row.why, row.date, row.session.clone(), who, amount)
}

/// Everything that a row writes of a person.
fn written(records: &Records, place: Place) -> String {
    let line = |other: Place| (other.file, other.sheet, other.row) == (place.file, place.sheet, place.row);
    let from = records
        .mentions
        .partition_point(|mention| mention.place < Place { column: None, ..place });
    let own = records.mentions[from..]
        .iter()
        .take_while(|mention| line(mention.place));
    let mut said = String::new();
    for mention in own {
        let identity = &mention.identity;
        let texts = [
            identity.full_name,
            identity.surname,
            identity.given_name,
            identity.patronymic,
            identity.phone,
            identity.code,
        ];
        for text in texts.into_iter().flatten() {
            said.push_str(records.text(text));
            said.push('\u{1f}');
        }
        let _ = write!(said, "{:?}{:?}", identity.birth, identity.age);
    }
    said
}

fn sides(
    tracers: &[Tracer; 2],
    groundings: &mut [Grounding; 2],
    figures: [Option<&Figure>; 2],
    matching: Matching,
) -> Vec<SideChange> {
    let mut of = |at: usize| {
        let figure = figures[at];
        figure.map_or_else(Vec::new, |figure| tracers[at].sides_by(&mut groundings[at], figure))
    };
    let (a, b) = (of(0), of(1));
    let nothing = Side {
        indicator: 0,
        tally: Tally::Sum,
        rows: Vec::new(),
    };
    let count = a.len().max(b.len());
    let side = |at: usize| {
        let pair = [a.get(at).unwrap_or(&nothing), b.get(at).unwrap_or(&nothing)];
        side_change(tracers, pair, matching)
    };
    (0..count).map(side).collect()
}

fn side_change(tracers: &[Tracer; 2], sides: [&Side; 2], matching: Matching) -> SideChange {
    let records = [tracers[0].records(), tracers[1].records()];
    let mut waiting: BTreeMap<Content, Vec<&TraceRow>> = BTreeMap::new();
    for row in sides[0].rows.iter().rev() {
        waiting.entry(content(records[0], row, matching)).or_default().push(row);
    }
    let (mut pairs, mut added) = (Vec::new(), Vec::new());
    for row in &sides[1].rows {
        match waiting.get_mut(&content(records[1], row, matching)).and_then(Vec::pop) {
            Some(then) => pairs.push((then, row)),
            None => added.push(row),
        }
    }
    let mut gone: Vec<&TraceRow> = waiting.into_values().flatten().collect();
    gone.sort_by_key(|row| row.cell);
    let people = [sides[0].tally, sides[1].tally].contains(&Tally::Persons);
    let people = people.then(|| people_change(sides, &pairs));
    let mut change = SideChange {
        counts: sides.map(Side::recount),
        people,
        ..SideChange::default()
    };
    if matching == Matching::Person {
        return change;
    }
    let at = |records: &Records, place: Place| records.show(place);
    let mut by_place: BTreeMap<String, Vec<&TraceRow>> = BTreeMap::new();
    for row in gone.iter().rev() {
        by_place.entry(at(records[0], row.cell)).or_default().push(row);
    }
    for row in added {
        match by_place.get_mut(&at(records[1], row.cell)).and_then(Vec::pop) {
            Some(then) => change.changed.push([moved(then), moved(row)]),
            None => change.added.push(moved(row)),
        }
    }
    change.gone = by_place.into_values().flatten().map(moved).collect();
    change.gone.sort_by_key(|row| row.place);
    change
}

fn moved(row: &TraceRow) -> Moved {
    Moved {
        place: row.cell,
        person: if row.why == Why::HeadCount {
            String::new()
        } else {
            row.person.clone()
        },
        amount: row.amount.unwrap_or(1.0),
    }
}

/// Groups of people that share rows, by how many they are in either run.
fn people_change(sides: [&Side; 2], pairs: &[(&TraceRow, &TraceRow)]) -> PeopleChange {
    let mut groups = Groups::default();
    for (run, side) in sides.iter().enumerate() {
        for row in side
            .rows
            .iter()
            .filter(|row| row.why != Why::HeadCount && !row.person.is_empty())
        {
            groups.find((run, row.person.as_str()));
        }
    }
    for (then, now) in pairs {
        if !then.person.is_empty() && !now.person.is_empty() {
            groups.join((0, then.person.as_str()), (1, now.person.as_str()));
        }
    }
    let mut change = PeopleChange::default();
    for (then, now) in groups.all() {
        match (then.len(), now.len()) {
            (0, _) => change.new.extend(now),
            (_, 0) => change.gone.extend(then),
            (before, after) if before > after => change.joined.push((then, now)),
            (before, after) if before < after => change.parted.push((then, now)),
            (_, same) => change.stayed += same,
        }
    }
    change
}

/// Run (0 or 1) and pseudonym.
type Someone<'a> = (usize, &'a str);

/// People of two runs put together by the rows they share.
#[derive(Default)]
struct Groups<'a> {
    parents: BTreeMap<Someone<'a>, Someone<'a>>,
}

impl<'a> Groups<'a> {
    fn find(&mut self, one: Someone<'a>) -> Someone<'a> {
        let mut top = one;
        loop {
            let parent = *self.parents.entry(top).or_insert(top);
            if parent == top {
                break;
            }
            top = parent;
        }
        self.parents.insert(one, top);
        top
    }

    fn join(&mut self, a: Someone<'a>, b: Someone<'a>) {
        let (a, b) = (self.find(a), self.find(b));
        self.parents.insert(a.max(b), a.min(b));
    }

    fn all(mut self) -> Vec<Group> {
        let everybody: Vec<Someone> = self.parents.keys().copied().collect();
        let mut groups: BTreeMap<Someone, Group> = BTreeMap::new();
        for one in everybody {
            let group = groups.entry(self.find(one)).or_default();
            let run = if one.0 == 0 { &mut group.0 } else { &mut group.1 };
            run.push(one.1.to_owned());
        }
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Groups;

    #[test]
    fn people_who_share_rows_are_one_group() {
        let mut groups = Groups::default();
        groups.find((0, "P3"));
        groups.join((0, "P1"), (1, "Q1"));
        groups.join((0, "P2"), (1, "Q1"));
        groups.find((1, "Q9"));
        let shown: Vec<String> = groups
            .all()
            .iter()
            .map(|(a, b)| format!("{} {}", a.join("+"), b.join("+")))
            .collect();
        assert_eq!(shown, ["P1+P2 Q1", "P3 ", " Q9"]);
    }
}
