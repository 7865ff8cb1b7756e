//! A comparison for a person, for CSV and for programs.

use serde_json::{Value as Json, json};

use crate::audit::compare::{Change, Group, Moved, SideChange};
use crate::cli::trace::{csv_line, scope_code, text::Table};
use crate::ingest::records::{Place, Records};
use crate::logframe::figures::Scope;
use crate::report::csv::text as safe;
use crate::report::labels::Labels;
use crate::report::terminal::wrapped;

/// Rows told of each figure before the rest is only counted.
const SHOWN: usize = 6;
/// Columns of the CSV.
const HEADER: [&str; 14] = [
    "code",
    "scope",
    "period_a",
    "period_b",
    "disaggregation",
    "category",
    "a",
    "b",
    "difference",
    "change",
    "place_a",
    "place_b",
    "person_a",
    "person_b",
];
/// Version of the JSON document's shape.
const SCHEMA_VERSION: u32 = 1;

/// What changed beside the figures.
#[derive(Default)]
pub(super) struct Causes {
    /// Files, definitions, decisions, version.
    pub(super) told: Vec<String>,
    /// Decisions of the first run alone, and of the second alone.
    pub(super) decisions: [Vec<Place>; 2],
}

/// A comparison with the words to tell it.
pub(super) struct Told<'a> {
    pub(super) labels: &'a Labels,
    pub(super) names: [String; 2],
    /// What was read, where raw files were.
    pub(super) records: [Option<&'a Records>; 2],
    pub(super) changes: Vec<Change>,
    /// Label of the span that both are about; its figures are told first.
    pub(super) span: Option<String>,
    pub(super) causes: Causes,
    pub(super) only_published: bool,
}

impl Told<'_> {
    fn place(&self, run: usize, place: Place) -> String {
        self.records[run].map(|records| records.show(place)).unwrap_or_default()
    }

    /// Whether a figure stands in the table: totals of the span, or all totals where there is no span.
    fn is_main(&self, change: &Change) -> bool {
        let spans = self.span.as_ref().is_none_or(|span| *span == change.periods[1]);
        change.disaggregation.is_empty() && spans
    }

    fn differs(change: &Change) -> bool {
        change.values[0] != change.values[1] || change.sides.iter().any(SideChange::is_any)
    }

    /// Everything for a person to read.
    pub(super) fn lines(&self, width: usize) -> Vec<String> {
        let labels = self.labels;
        let [a, b] = &self.names;
        let named = [("a", a.as_str()), ("b", b.as_str())];
        let differ: Vec<&Change> = self.changes.iter().filter(|change| Self::differs(change)).collect();
        let mut lines = Vec::new();
        if differ.is_empty() {
            lines.extend(wrapped(&labels.fill("compare.same", &named), width));
        } else {
            let figures = labels.count(differ.len(), "figure");
            let title = [named[0], named[1], ("figures", figures.as_str())];
            lines.extend(wrapped(&labels.fill("compare.title", &title), width));
            lines.extend(self.table(&differ, width));
        }
        for change in differ.iter().filter(|change| self.is_main(change)) {
            lines.extend(self.rows(change, width));
        }
        lines.push(String::new());
        lines.extend(self.beside(width));
        lines
    }

    fn table(&self, differ: &[&Change], width: usize) -> Vec<String> {
        let labels = self.labels;
        let head = |key: &str| labels.get(&format!("compare.head.{key}"));
        let mut table = Table::new(&["code", "period", "cell", "a", "b", "difference"].map(head));
        let main: Vec<&&Change> = differ.iter().filter(|change| self.is_main(change)).collect();
        for change in &main {
            table.row(None, self.cells(change));
        }
        let mut lines = table.lines(width);
        if differ.len() > main.len() {
            let more = labels.count(differ.len() - main.len(), "figure");
            lines.extend(wrapped(&labels.fill("compare.cells", &[("figures", &more)]), width));
        }
        lines
    }

    fn cells(&self, change: &Change) -> Vec<String> {
        let [a, b] = change.values;
        let number = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| self.labels.number(value, 2));
        let difference = a.zip(b).map(|(a, b)| b - a);
        let sign = if difference.is_some_and(|difference| difference > 0.0) {
            "+"
        } else {
            ""
        };
        vec![
            change.code.clone(),
            self.period(change),
            String::new(),
            number(a),
            number(b),
            format!("{sign}{}", number(difference)),
        ]
    }

    fn period(&self, change: &Change) -> String {
        let [a, b] = &change.periods;
        let scope = match change.scope {
            Scope::Period => self.labels.get("compare.within"),
            Scope::Cumulative => self.labels.get("scope.cumulative"),
        };
        if a == b && Some(a) != self.span.as_ref() {
            format!("{a} ({scope})")
        } else {
            scope.to_owned()
        }
    }

    /// Rows and people of one figure.
    fn rows(&self, change: &Change, width: usize) -> Vec<String> {
        let labels = self.labels;
        let mut lines = Vec::new();
        for side in change
            .sides
            .iter()
            .filter(|side| side.is_any() || side.people.is_some())
        {
            let period = self.period(change);
            let title = [("code", change.code.as_str()), ("period", period.as_str())];
            lines.extend([String::new(), labels.fill("compare.rows_of", &title)]);
            if let Some(people) = &side.people {
                let counts = [
                    ("stayed", labels.whole(people.stayed)),
                    ("new", labels.whole(people.new.len())),
                    ("gone", labels.whole(people.gone.len())),
                    ("joined", labels.whole(people.joined.len())),
                    ("parted", labels.whole(people.parted.len())),
                ];
                let counts = counts.each_ref().map(|(name, text)| (*name, text.as_str()));
                lines.extend(indented(&labels.fill("compare.people", &counts), width));
                for (key, groups) in [("compare.joined", &people.joined), ("compare.parted", &people.parted)] {
                    for (before, now) in groups.iter().take(SHOWN) {
                        let told = [("before", before.join(" + ")), ("now", now.join(" + "))];
                        let told = told.each_ref().map(|(name, text)| (*name, text.as_str()));
                        lines.extend(indented(&labels.fill(key, &told), width));
                    }
                }
            }
            if side.added.len() + side.gone.len() + side.changed.len() > 0 {
                lines.extend(self.moved(side, width));
            }
        }
        lines
    }

    fn moved(&self, side: &SideChange, width: usize) -> Vec<String> {
        let labels = self.labels;
        let counts = [
            ("added", labels.whole(side.added.len())),
            ("gone", labels.whole(side.gone.len())),
            ("changed", labels.whole(side.changed.len())),
        ];
        let counts = counts.each_ref().map(|(name, text)| (*name, text.as_str()));
        let mut told: Vec<String> = Vec::new();
        let one = |key: &str, run: usize, row: &Moved| {
            let place = self.place(run, row.place);
            let mut words = vec![("place", place.as_str())];
            if !row.person.is_empty() {
                words.push(("person", row.person.as_str()));
            }
            labels.fill(key, &words)
        };
        told.extend(side.added.iter().map(|row| one("compare.added", 1, row)));
        told.extend(side.gone.iter().map(|row| one("compare.gone", 0, row)));
        told.extend(side.changed.iter().map(|[then, now]| {
            let place = self.place(1, now.place);
            let mut words = vec![("place", place.as_str())];
            if then.person != now.person {
                words.extend([("before", then.person.as_str()), ("now", now.person.as_str())]);
            }
            labels.fill("compare.changed", &words)
        }));
        let mut lines = indented(&labels.fill("compare.rows", &counts), width);
        told.iter()
            .take(SHOWN)
            .for_each(|line| lines.extend(indented(line, width)));
        if told.len() > SHOWN {
            let more = labels.count(told.len() - SHOWN, "row");
            lines.extend(indented(&labels.fill("compare.more", &[("rows", &more)]), width));
        }
        lines
    }

    /// Files, definitions and decisions, and what could not be told.
    fn beside(&self, width: usize) -> Vec<String> {
        let labels = self.labels;
        let mut told: Vec<String> = self.causes.told.clone();
        for (run, key) in [(1, "compare.decision_added"), (0, "compare.decision_gone")] {
            let places = self.causes.decisions[run].iter();
            told.extend(places.map(|place| labels.fill(key, &[("place", &self.place(run, *place))])));
        }
        let mut lines = if told.is_empty() {
            wrapped(labels.get("compare.no_causes"), width)
        } else {
            vec![labels.get("compare.causes").to_owned()]
        };
        for cause in &told {
            lines.extend(indented(cause, width));
        }
        if self.only_published {
            lines.extend(wrapped(labels.get("compare.only_published"), width));
        }
        lines
    }

    /// A line for each figure that differs, then one for each row and person that did it.
    pub(super) fn csv(&self) -> Vec<String> {
        let mut lines = vec![csv_line(HEADER.iter().copied())];
        let mut push = |fields: Vec<String>| {
            let fields: Vec<String> = fields.iter().map(|field| safe(field)).collect();
            lines.push(csv_line(fields.iter().map(String::as_str)));
        };
        for change in self.changes.iter().filter(|change| Self::differs(change)) {
            let start = || {
                let [a, b] = &change.periods;
                let plain = [
                    change.code.as_str(),
                    scope_code(change.scope),
                    a.as_str(),
                    b.as_str(),
                    change.disaggregation.as_str(),
                    change.category.as_str(),
                ];
                plain.map(str::to_owned).to_vec()
            };
            let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
            let [a, b] = change.values;
            let difference = a.zip(b).map(|(a, b)| b - a);
            let mut figure = start();
            figure.extend([number(a), number(b), number(difference), "figure".to_owned()]);
            figure.extend([const { String::new() }; 4]);
            push(figure);
            for what in change.sides.iter().flat_map(|side| self.what(side)) {
                let mut fields = start();
                fields.extend([const { String::new() }; 3]);
                fields.extend(what);
                push(fields);
            }
        }
        lines
    }

    /// Change, places and persons of everything that made a difference.
    fn what(&self, side: &SideChange) -> Vec<[String; 5]> {
        let nothing = String::new;
        let mut what = Vec::new();
        for row in &side.added {
            let place = self.place(1, row.place);
            what.push(["added".to_owned(), nothing(), place, nothing(), row.person.clone()]);
        }
        for row in &side.gone {
            let place = self.place(0, row.place);
            what.push(["gone".to_owned(), place, nothing(), row.person.clone(), nothing()]);
        }
        for [then, now] in &side.changed {
            what.push([
                "changed".to_owned(),
                self.place(0, then.place),
                self.place(1, now.place),
                then.person.clone(),
                now.person.clone(),
            ]);
        }
        if let Some(people) = &side.people {
            let group = |change: &str, (then, now): &Group| {
                [change.to_owned(), nothing(), nothing(), then.join(" "), now.join(" ")]
            };
            what.extend(people.joined.iter().map(|one| group("joined", one)));
            what.extend(people.parted.iter().map(|one| group("parted", one)));
            let alone = |change: &str, then: &str, now: &str| {
                [change.to_owned(), nothing(), nothing(), then.to_owned(), now.to_owned()]
            };
            what.extend(people.new.iter().map(|one| alone("new-person", "", one)));
            what.extend(people.gone.iter().map(|one| alone("gone-person", one, "")));
        }
        what
    }

    /// Everything as one document.
    pub(super) fn json(&self) -> Json {
        let changes = self.changes.iter().filter(|change| Self::differs(change)).map(|change| {
            let what: Vec<Json> = change
                .sides
                .iter()
                .flat_map(|side| self.what(side))
                .map(|[change, place_a, place_b, person_a, person_b]| {
                    json!({ "change": change, "place_a": place_a, "place_b": place_b, "person_a": person_a, "person_b": person_b })
                })
                .collect();
            json!({
                "code": change.code,
                "scope": scope_code(change.scope),
                "period_a": change.periods[0],
                "period_b": change.periods[1],
                "disaggregation": change.disaggregation,
                "category": change.category,
                "a": change.values[0],
                "b": change.values[1],
                "people_in_both": change.sides.first().and_then(|side| side.people.as_ref()).map(|people| people.stayed),
                "what": what,
            })
        });
        let decisions = [0, 1].map(|run| -> Vec<String> {
            let places = self.causes.decisions[run].iter();
            places.map(|place| self.place(run, *place)).collect()
        });
        let [gone, added] = decisions;
        json!({
            "schema_version": SCHEMA_VERSION,
            "a": self.names[0],
            "b": self.names[1],
            "only_published": self.only_published,
            "changes": changes.collect::<Vec<_>>(),
            "causes": self.causes.told,
            "decisions_added": added,
            "decisions_gone": gone,
        })
    }
}

/// Lines broken to the width, behind two spaces.
fn indented(text: &str, width: usize) -> Vec<String> {
    let lines = wrapped(text, width.saturating_sub(2));
    lines.into_iter().map(|line| format!("  {line}")).collect()
}
