//! Why published figures come out different now: the period counted again and again, each time with one thing more of
//! what has changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Frozen;
use super::groups::{self, Groups};
use super::matching::Matching;
use super::rows::{Decided, RowPrint};
use crate::audit::manifest::{FigureEntry, figure_entries};
use crate::ingest;
use crate::ingest::records::Records;
use crate::logframe;
use crate::people::model::People;
use crate::people::{assemble::assemble, recognise};
use crate::project::calendar;
use crate::project::model::Project;
use crate::report::history::{Cause, Part, Restatement, Shown, round};

/// What is known of the state in which a period was published.
#[derive(Debug)]
pub struct State {
    /// The definitions of then.
    pub project: Project,
    /// The raw rows of then.
    pub rows: Vec<RowPrint>,
    /// The decisions that were followed then.
    pub decided: Vec<Decided>,
    /// What became of the rows.
    pub matching: Matching,
}

/// A publication to look back at.
#[derive(Debug)]
pub struct Then {
    /// Name of its folder.
    pub folder: String,
    /// What was frozen.
    pub frozen: Frozen,
    /// The state, where it can be told.
    pub state: Option<State>,
}

/// What is counted now.
#[derive(Debug, Clone, Copy)]
pub struct Now<'a> {
    /// The definitions.
    pub project: &'a Project,
    /// What was read.
    pub records: &'a Records,
    /// Who is who.
    pub people: &'a People,
    /// The folder that stands in for the project's raw files.
    pub raw: Option<&'a Path>,
}

/// What identifies a figure: code, scope, period, breakdown, category.
type Key = (String, String, String, String, String);
/// Figures by what identifies them.
type Values = BTreeMap<Key, FigureEntry>;

fn key(entry: &FigureEntry) -> Key {
    (
        entry.code.clone(),
        entry.scope.clone(),
        entry.period.clone(),
        entry.disaggregation.clone(),
        entry.category.clone(),
    )
}

fn by_key(entries: Vec<FigureEntry>) -> Values {
    entries.into_iter().map(|entry| (key(&entry), entry)).collect()
}

/// The figures of a publication that come out different, in the order of its report.
pub fn differing(frozen: &Frozen, now: Now) -> Vec<Restatement> {
    // A period that the definitions do not know any more has no figures.
    let figures = figures(now.project, now.records, now.people, frozen).unwrap_or_default();
    let order: Vec<Key> = frozen.manifest.figures.iter().chain(&figures).map(key).collect();
    let then = by_key(frozen.manifest.figures.clone());
    let now_values = by_key(figures);
    let reported: BTreeSet<[&String; 3]> = then.keys().map(|key| [&key.0, &key.1, &key.2]).collect();
    let mut met = BTreeSet::new();
    let mut found = Vec::new();
    for key in order.into_iter().filter(|key| met.insert(key.clone())) {
        let (published, out) = (shown(then.get(&key)), shown(now_values.get(&key)));
        // An indicator that was not there is a change of the definitions, and no published figure.
        let reported = reported.contains(&[&key.0, &key.1, &key.2]);
        if alike(published, out) || !reported {
            continue;
        }
        let indicator = now.project.indicators.iter().find(|indicator| indicator.code == key.0);
        let (code, scope, period, disaggregation, category) = key;
        found.push(Restatement {
            publication: String::new(),
            decimals: indicator.map_or_else(|| decimals(published), |indicator| indicator.decimals),
            code,
            scope,
            period,
            disaggregation,
            category,
            published,
            now: out,
            parts: Vec::new(),
        });
    }
    found
}

/// Decimals of a number whose indicator is gone.
fn decimals(shown: Shown) -> u8 {
    match shown {
        Shown::Number(number) => {
            let is_whole = |decimals: &u8| (round(number, *decimals) - number).abs() < 1e-9;
            (0..6).find(is_whole).unwrap_or(6)
        }
        _ => 0,
    }
}

fn shown(entry: Option<&FigureEntry>) -> Shown {
    match entry {
        None => Shown::Absent,
        Some(entry) if entry.suppressed => Shown::Hidden,
        Some(entry) => entry.value.map_or(Shown::NoData, Shown::Number),
    }
}

fn alike(a: Shown, b: Shown) -> bool {
    match (a, b) {
        (Shown::Number(a), Shown::Number(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0),
        (a, b) => a == b,
    }
}

/// The figures of a published period as these records and persons give them; nothing where the definitions do not know
/// the period any more.
fn figures(project: &Project, records: &Records, people: &People, frozen: &Frozen) -> Option<Vec<FigureEntry>> {
    let period = calendar::parse_label(&frozen.period, project.start, project.end).ok()?;
    let as_of = frozen.manifest.as_of;
    let facts = assemble(project, records, people, as_of.min(project.end));
    let request = logframe::request(project, &facts, Some(&period), Some(as_of));
    let figures = logframe::compute(project, records, &facts, &request);
    Some(figure_entries(project, &figures))
}

/// Says of each restatement what made it.
pub fn explain(restated: &mut [Restatement], then: &Then, now: Now) {
    let steps = match &then.state {
        Some(state) => Chain::new(&then.frozen, state, now).steps(),
        None => Vec::new(),
    };
    let threshold = |project: &Project| project.settings.small_numbers;
    let most_hidden = then.state.as_ref().map_or(0, |state| threshold(&state.project));
    let threshold = f64::from(most_hidden.max(threshold(now.project)));
    for one in restated {
        one.parts = match (one.published, one.now, steps.as_slice()) {
            (Shown::Number(_), Shown::Number(_), []) => vec![Part {
                cause: Cause::Untold,
                change: one.difference(),
            }],
            (_, _, []) => vec![Part {
                cause: Cause::Untold,
                change: None,
            }],
            (_, _, steps) => parts(one, steps),
        };
        let small = |part: &Part| part.change.is_some_and(|change| change.abs() < threshold);
        let untold = one.difference().is_none() || one.parts.iter().any(small);
        for part in one.parts.iter_mut().filter(|_| untold) {
            part.change = None;
        }
    }
}

/// The differences of neighbours, and what is between the last of them and the figure of now.
fn parts(one: &Restatement, steps: &[(Cause, Values)]) -> Vec<Part> {
    let key: Key = (
        one.code.clone(),
        one.scope.clone(),
        one.period.clone(),
        one.disaggregation.clone(),
        one.category.clone(),
    );
    let number = |shown: Shown| match shown {
        Shown::Number(number) => Some(number),
        Shown::NoData | Shown::Hidden | Shown::Absent => None,
    };
    let ends = number(one.published).zip(number(one.now));
    let mut parts: Vec<Part> = Vec::new();
    let mut before = number(one.published);
    let last = steps.len() - 1;
    for (at, (cause, values)) in steps.iter().enumerate() {
        let mut value = values.get(&key).and_then(|entry| entry.value);
        if ends.is_some() && value.is_none() {
            value = before;
        }
        if at == last && ends.is_some() {
            value = number(one.now);
        }
        let change = match (before, value) {
            (Some(before), Some(value)) => Some(round(value - before, one.decimals)),
            (None, None) => Some(0.0),
            _ => None,
        };
        add(&mut parts, *cause, change, one.decimals);
        before = value;
    }
    parts.retain(|part| part.change != Some(0.0));
    if parts.is_empty() {
        // A figure came or went, or is hidden now, without a number behind it.
        let cause = steps[last].0;
        parts.push(Part { cause, change: None });
    }
    parts
}

/// Adds what a step makes to what its cause made before.
fn add(parts: &mut Vec<Part>, cause: Cause, change: Option<f64>, decimals: u8) {
    match parts.iter_mut().find(|part| part.cause == cause) {
        Some(known) => {
            let sum = known
                .change
                .zip(change)
                .map(|(known, more)| round(known + more, decimals));
            known.change = sum;
        }
        None => parts.push(Part { cause, change }),
    }
}

/// The states between then and now.
struct Chain<'a> {
    frozen: &'a Frozen,
    state: &'a State,
    now: Now<'a>,
    /// The definitions of then, hiding nothing.
    project: Project,
    steps: Vec<(Cause, Values)>,
}

impl<'a> Chain<'a> {
    fn new(frozen: &'a Frozen, state: &'a State, now: Now<'a>) -> Self {
        let mut project = state.project.clone();
        project.settings.small_numbers = 0;
        Self {
            frozen,
            state,
            now,
            project,
            steps: Vec::new(),
        }
    }

    fn steps(mut self) -> Vec<(Cause, Values)> {
        let matching = &self.state.matching;
        let same_definitions = self.frozen.manifest.definitions == self.now_definitions();
        let mut all = if same_definitions {
            self.now.records.clone()
        } else {
            ingest::read(
                &self.project,
                ingest::RawFiles {
                    folder: self.now.raw,
                    names: None,
                },
                &|_, _| {},
            )
        };
        let decided_now = std::mem::take(&mut all.decisions);
        let here = |path: &str| path.to_owned();
        all.decisions = groups::decisions(&all, matching, &self.state.decided, &here);
        let decisions_changed = groups::said(&decided_now) != groups::said(&all.decisions);
        let known = self.rows_of_then(&all);
        let recognised = if same_definitions && !decisions_changed {
            self.now.people.clone()
        } else {
            recognise(&all)
        };
        let by_rows = groups::groups(&recognised);
        let before = groups::extended(&by_rows, &known);
        self.step(Cause::Late, &all, &recognised, &before);
        let causes = [Cause::SplitByRows, Cause::MergedByRows];
        self.turn(causes, &all, &recognised, (&before, &by_rows));
        if decisions_changed {
            all.decisions = decided_now;
            let decided = recognise(&all);
            let after = groups::groups(&decided);
            let causes = [Cause::SplitByDecision, Cause::MergedByDecision];
            self.turn(causes, &all, &decided, (&by_rows, &after));
            // Findings about decisions change also where nobody was joined or parted.
            self.step(Cause::MergedByDecision, &all, &decided, &after);
        }
        self.last(same_definitions);
        self.steps
    }

    fn now_definitions(&self) -> indexmap::IndexMap<String, String> {
        let files = self.now.project.definitions.iter();
        files.map(|file| (file.path.clone(), file.sha256.clone())).collect()
    }

    /// Counts the rows of then as they are now, without what is new. Gives the person of then of each mention among `all`,
    /// where it has one.
    fn rows_of_then(&mut self, all: &Records) -> Vec<Option<u32>> {
        let matching = &self.state.matching;
        let here = |path: &str| path.to_owned();
        let now_path = |path: &str| matching.names.get(path).cloned().unwrap_or_else(|| path.to_owned());
        let mut records = ingest::read_listed(&self.project, &matching.known, &|_, _| {});
        records.decisions = groups::decisions(&records, matching, &self.state.decided, &now_path);
        let recognised = recognise(&records);
        let by_rows = groups::groups(&recognised);
        let other_tool = self.frozen.tool != env!("CARGO_PKG_VERSION");
        if other_tool && matching.is_whole() {
            // The very rows of then: whatever differs, who is who included, is the tool's.
            self.step(Cause::Tool, &records, &recognised, &by_rows);
            return groups::carried((&records, &now_path), &by_rows, (all, &here));
        }
        let known = groups::known(&records, matching, &self.state.rows, &now_path);
        let persons = groups::extended(&by_rows, &known);
        let cause = match (matching.is_whole(), other_tool) {
            (true, _) => Cause::Tool,
            (false, false) => Cause::Corrected,
            (false, true) => Cause::CorrectedOrTool,
        };
        self.step(cause, &records, &recognised, &persons);
        groups::known(all, matching, &self.state.rows, &here)
    }

    /// What was one person and is several, then what was several and is one.
    fn turn(&mut self, causes: [Cause; 2], records: &Records, base: &People, (before, after): (&Groups, &Groups)) {
        if groups::alike(before, after) {
            return;
        }
        let between = groups::meet(before, after);
        self.step(causes[0], records, base, &between);
        self.step(causes[1], records, base, after);
    }

    /// Counts the period with these rows and persons.
    fn step(&mut self, cause: Cause, records: &Records, base: &People, persons: &Groups) {
        let people = if groups::alike(&groups::groups(base), persons) {
            base.clone()
        } else {
            groups::people(base, persons)
        };
        let figures = figures(&self.project, records, &people, self.frozen).unwrap_or_default();
        self.steps.push((cause, by_key(figures)));
    }

    /// Everything as it is now.
    fn last(&mut self, same_definitions: bool) {
        let mut project = self.now.project.clone();
        project.settings.small_numbers = 0;
        let figures = figures(&project, self.now.records, self.now.people, self.frozen).unwrap_or_default();
        let cause = if same_definitions {
            Cause::Tool
        } else {
            Cause::Definitions
        };
        self.steps.push((cause, by_key(figures)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn restatement(published: Shown, now: Shown) -> Restatement {
        Restatement {
            publication: "2026-03".into(),
            code: "1".into(),
            scope: "period".into(),
            period: "2026-03".into(),
            disaggregation: String::new(),
            category: String::new(),
            decimals: 1,
            published,
            now,
            parts: Vec::new(),
        }
    }

    fn step(cause: Cause, value: Option<f64>) -> (Cause, Values) {
        let entry = FigureEntry {
            code: "1".into(),
            scope: "period".into(),
            period: "2026-03".into(),
            disaggregation: String::new(),
            category: String::new(),
            value,
            suppressed: false,
            low: None,
            high: None,
            expected: None,
            numerator: None,
            denominator: None,
        };
        (cause, by_key(vec![entry]))
    }

    #[test]
    fn causes_add_up_to_the_difference() {
        let one = restatement(Shown::Number(36.8), Shown::Number(36.9));
        let steps = [
            step(Cause::Corrected, Some(36.8)),
            step(Cause::Late, Some(36.4)),
            step(Cause::SplitByRows, None),
            step(Cause::MergedByDecision, Some(36.5)),
            step(Cause::MergedByDecision, Some(36.7)),
            step(Cause::Definitions, Some(36.9)),
        ];
        let said: Vec<(Cause, Option<f64>)> = parts(&one, &steps)
            .iter()
            .map(|part| (part.cause, part.change))
            .collect();
        let due = [
            (Cause::Late, Some(-0.4)),
            (Cause::MergedByDecision, Some(0.3)),
            (Cause::Definitions, Some(0.2)),
        ];
        assert_eq!(said, due);
    }

    #[test]
    fn a_figure_that_comes_or_goes_names_its_cause_without_a_number() {
        let one = restatement(Shown::Absent, Shown::Number(2.0));
        let steps = [
            step(Cause::Corrected, None),
            step(Cause::Late, Some(2.0)),
            step(Cause::Tool, Some(2.0)),
        ];
        let said = parts(&one, &steps);
        assert_eq!(
            said,
            [Part {
                cause: Cause::Late,
                change: None
            }]
        );
        let hidden = restatement(Shown::Hidden, Shown::NoData);
        assert_eq!(parts(&hidden, &[step(Cause::Tool, None)]).len(), 1);
    }
}
