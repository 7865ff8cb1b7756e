//! What is known of one raw row: where it counted, as whom, together with what, or why not.

use indexmap::IndexMap;
use serde_json::{Value as Json, json};

use super::figure::{SCHEMA_VERSION, name_at, scope_code};
use crate::audit::trace::{self, Bond, Kin, Part, RowTrace, Standing, Taken};
use crate::cli::pipeline::Computed;
use crate::ingest::records::{Fate, MentionId, Place};
use crate::logframe::figures::{Figure, Scope};
use crate::people::model::{Cause, Link};
use crate::people::unnamed::Unnamed;
use crate::report::labels::Labels;
use crate::report::terminal::wrapped;

/// Places told before the rest is only counted.
const SHOWN: usize = 8;

/// A row's trace, and the words to tell it with.
pub(super) struct ToldRow<'a> {
    computed: &'a Computed,
    traced: &'a RowTrace,
    labels: &'a Labels,
    lang: &'a str,
    unnamed: Option<Unnamed>,
}

impl<'a> ToldRow<'a> {
    pub(super) fn new(
        computed: &'a Computed,
        traced: &'a RowTrace,
        (labels, lang): (&'a Labels, &'a str),
        names: bool,
    ) -> Self {
        Self {
            computed,
            traced,
            labels,
            lang,
            unnamed: (!names).then(|| Unnamed::of(&computed.records)),
        }
    }

    /// Everything for a person to read.
    pub(super) fn lines(&self, width: usize) -> Vec<String> {
        let labels = self.labels;
        let mut lines = wrapped(&self.verdict(), width);
        if self.unnamed.is_none() {
            lines.extend(Some(name_at(self.computed, self.traced.place)).filter(|name| !name.is_empty()));
        }
        if let Some(same) = self.traced.same_as {
            let place = self.computed.records.show(same);
            lines.extend(indented(
                &labels.fill("trace.row.same_as", &[("place", &place)]),
                2,
                width,
            ));
        }
        if !self.traced.standings.is_empty() {
            lines.extend([String::new(), labels.get("trace.row.gives").to_owned()]);
            for standing in &self.traced.standings {
                lines.extend(indented(&self.standing(standing), 2, width));
            }
        }
        lines.extend(self.counts(width));
        for (mention, kin) in &self.traced.kin {
            lines.push(String::new());
            lines.extend(self.kin(*mention, kin, width));
        }
        if !self.traced.findings.is_empty() {
            lines.extend([String::new(), labels.get("trace.row.findings").to_owned()]);
            for index in &self.traced.findings {
                lines.extend(indented(&self.finding(*index), 2, width));
            }
        }
        lines
    }

    /// Counted, or why not.
    fn verdict(&self) -> String {
        let place = self.computed.records.show(self.traced.place);
        match self.traced.fate {
            Fate::Counted => self.labels.fill("trace.row.counted", &[("place", &place)]),
            Fate::SetAside(reason) => {
                let key = if trace::is_data(reason) {
                    "trace.row.aside"
                } else {
                    "trace.row.line"
                };
                self.labels
                    .fill(key, &[("place", &place), ("reason", self.labels.reason(reason))])
            }
        }
    }

    fn words(&self, words: &str) -> String {
        let unnamed = self.unnamed.as_ref();
        unnamed.map_or_else(|| words.to_owned(), |unnamed| unnamed.told(words))
    }

    fn standing(&self, standing: &Standing) -> String {
        let labels = self.labels;
        match standing {
            Standing::Contact {
                date,
                words,
                place,
                person,
                as_what,
                ..
            } => {
                let (key, first) = match as_what {
                    Taken::Counted => ("trace.row.contact", String::new()),
                    Taken::Again(first) => ("trace.row.again", self.computed.records.show(*first)),
                    Taken::Aside => ("trace.row.set_aside", String::new()),
                };
                let told = [
                    ("place", trace::address(*place)),
                    ("person", person.clone()),
                    ("day", labels.date(*date)),
                    ("session", self.words(words)),
                    ("first", first),
                ];
                labels.fill(key, &told.each_ref().map(|(name, text)| (*name, text.as_str())))
            }
            Standing::HeadCount {
                date,
                words,
                total,
                counted,
            } => {
                let key = match counted {
                    0 if *total > 0 => "trace.row.by_head_listed",
                    counted if counted < total => "trace.row.by_head_counted",
                    _ => "trace.row.by_head",
                };
                let told = [
                    ("total", labels.count(*total as usize, "person")),
                    ("counted", labels.whole(*counted as usize)),
                    ("day", labels.date(*date)),
                    ("session", self.words(words)),
                ];
                labels.fill(key, &told.each_ref().map(|(name, text)| (*name, text.as_str())))
            }
            Standing::Session { date, words } => {
                let told = [("day", labels.date(*date)), ("session", self.words(words))];
                labels.fill(
                    "trace.row.session",
                    &told.each_ref().map(|(name, text)| (*name, text.as_str())),
                )
            }
            Standing::Registered { person } => {
                let key = match self.traced.fate {
                    Fate::Counted => "trace.row.registered_counted",
                    Fate::SetAside(_) => "trace.row.registered",
                };
                labels.fill(key, &[("person", person)])
            }
        }
    }

    fn figure(&self, index: usize) -> &'a Figure {
        &self.computed.figures.figures[index]
    }

    /// The indicators that list the row, with periods and cells.
    fn counts(&self, width: usize) -> Vec<String> {
        let labels = self.labels;
        let mut lines = vec![String::new()];
        if self.traced.figures.is_empty() {
            let registered = |one: &Standing| matches!(one, Standing::Registered { .. });
            if self.traced.fate == Fate::Counted {
                let only = !self.traced.standings.is_empty() && self.traced.standings.iter().all(registered);
                let key = if only {
                    "trace.row.in_none_registered"
                } else {
                    "trace.row.in_none"
                };
                lines.extend(wrapped(labels.get(key), width));
                return lines;
            }
            return Vec::new();
        }
        lines.push(labels.get("trace.row.counts").to_owned());
        let mut by: IndexMap<(usize, Part), Vec<&Figure>> = IndexMap::new();
        for (at, part) in &self.traced.figures {
            let figure = self.figure(*at);
            by.entry((figure.indicator, *part)).or_default().push(figure);
        }
        for ((indicator, part), figures) in by {
            let definition = &self.computed.project.indicators[indicator];
            let statement = format!("{} {}", definition.code, definition.statement.get(self.lang));
            lines.extend(indented(&statement, 2, width));
            lines.extend(indented(&self.where_in(part, &figures), 6, width));
        }
        lines
    }

    /// As what, in which periods and in which cells.
    fn where_in(&self, part: Part, figures: &[&Figure]) -> String {
        let labels = self.labels;
        let key = match part {
            Part::Counts => None,
            Part::Again => Some("trace.row.as_again"),
            Part::Session => Some("trace.row.as_session"),
            Part::Finding => Some("trace.row.as_finding"),
        };
        let mut parts: Vec<String> = key.iter().map(|key| labels.get(key).to_owned()).collect();
        for (scope, key) in [
            (Scope::Period, "trace.row.periods"),
            (Scope::Cumulative, "trace.row.cumulative"),
        ] {
            let label = |figure: &&&Figure| self.computed.figures.periods[figure.period].label.as_str();
            let of_scope = figures.iter().filter(|figure| figure.scope == scope);
            let mut periods: Vec<&str> = of_scope.map(|figure| label(&figure)).collect();
            let mut met = std::collections::BTreeSet::new();
            periods.retain(|label| met.insert(*label));
            if !periods.is_empty() {
                parts.push(labels.fill(key, &[("periods", &self.in_short(&periods))]));
            }
        }
        let walk = self.computed.walk();
        let cells = figures.iter().filter(|figure| figure.disaggregation.is_some());
        let mut cells: Vec<String> = cells
            .map(|figure| format!("{} = {}", trace::breakdown_of(walk, figure), figure.category))
            .collect();
        let mut met = std::collections::BTreeSet::new();
        cells.retain(|cell| met.insert(cell.clone()));
        if !cells.is_empty() {
            parts.push(labels.fill("trace.row.cells", &[("cells", &cells.join(", "))]));
        }
        parts.join("; ")
    }

    fn in_short(&self, periods: &[&str]) -> String {
        match periods {
            [first, .., last] if periods.len() > 4 => {
                let count = self.labels.whole(periods.len());
                let told = [("first", *first), ("last", *last), ("count", count.as_str())];
                self.labels.fill("trace.row.and_so_on", &told)
            }
            few => few.join(", "),
        }
    }

    /// Where else a person is written down, and by what evidence.
    fn kin(&self, mention: MentionId, kin: &[Kin], width: usize) -> Vec<String> {
        let labels = self.labels;
        let person = self.person(mention);
        if kin.is_empty() {
            return wrapped(&labels.fill("trace.row.kin_none", &[("person", &person)]), width);
        }
        let places = labels.count(kin.len(), "place");
        let told = [("person", person.as_str()), ("places", places.as_str())];
        let mut lines = wrapped(&format!("{}:", labels.fill("trace.row.kin", &told)), width);
        for one in kin.iter().take(SHOWN) {
            lines.extend(indented(&self.computed.records.show(one.place), 2, width));
            lines.extend(indented(&self.bond(&one.bond), 6, width));
        }
        if kin.len() > SHOWN {
            let more = labels.count(kin.len() - SHOWN, "place");
            lines.push(format!("  {}", labels.fill("trace.more_places", &[("places", &more)])));
        }
        lines
    }

    fn person(&self, mention: MentionId) -> String {
        let person = self.computed.people.best[mention.index()];
        self.computed.facts.persons[person.index()].key.clone()
    }

    fn bond(&self, bond: &Bond) -> String {
        let labels = self.labels;
        match bond {
            Bond::Alike => labels.get("trace.row.alike").to_owned(),
            Bond::Together => labels.get("trace.row.together").to_owned(),
            Bond::Linked { link, through } => {
                let mut words = self.link(link);
                if !through.is_empty() {
                    let places: Vec<String> = through.iter().map(|place| self.computed.records.show(*place)).collect();
                    let places = places.join(", ");
                    words = format!("{words}; {}", labels.fill("trace.row.through", &[("places", &places)]));
                }
                words
            }
        }
    }

    fn link(&self, link: &Link) -> String {
        let labels = self.labels;
        let number = |value: f64| labels.number(value, 1);
        match link.cause {
            Cause::Code => labels.get("trace.row.by_code").to_owned(),
            Cause::Decision => {
                let Some(decision) = trace::decision(self.computed.walk(), link) else {
                    return labels.get("trace.row.together").to_owned();
                };
                let place = self.computed.records.show(decision.place);
                let reason = self.words(&decision.reason);
                let mut told = vec![("day", decision.date.as_str()), ("place", place.as_str())];
                if !reason.is_empty() {
                    told.push(("reason", reason.as_str()));
                }
                labels.fill("trace.row.decided", &told)
            }
            Cause::Weight => {
                let fields = link.fields.iter().filter(|field| field.level != "missing");
                let fields: Vec<String> = fields
                    .map(|field| {
                        let (what, how) = (labels.comparison(field.comparison), labels.agreement(field.level));
                        let sign = if field.weight < 0.0 { "" } else { "+" };
                        format!("{what} {how} {sign}{}", number(field.weight))
                    })
                    .collect();
                let told = [
                    ("chance", labels.number((link.probability * 100.0).min(99.9), 1)),
                    ("bits", number(link.weight)),
                    ("fields", fields.join(", ")),
                ];
                labels.fill(
                    "trace.row.linked",
                    &told.each_ref().map(|(name, text)| (*name, text.as_str())),
                )
            }
        }
    }

    fn finding(&self, index: usize) -> String {
        let finding = &self.computed.facts.findings[index];
        let title = self.labels.kind(finding.kind);
        let at = |place: &Place| trace::address(*place);
        let others: Vec<String> = finding
            .others
            .iter()
            .map(|place| self.computed.records.show(*place))
            .collect();
        let others = if others.is_empty() || others.len() > SHOWN {
            String::new()
        } else {
            format!(" ({})", others.join(", "))
        };
        let place = finding.place.as_ref().map(at).filter(|place| !place.is_empty());
        let place = place.map_or_else(String::new, |place| format!("{place}: "));
        format!("{place}{title}. {}{others}", self.words(&self.labels.message(finding)))
    }

    /// Everything as one document.
    pub(super) fn json(&self) -> Json {
        let records = &self.computed.records;
        let figures = self.traced.figures.iter().map(|(at, part)| {
            let figure = self.figure(*at);
            json!({
                "code": self.computed.project.indicators[figure.indicator].code,
                "period": self.computed.figures.periods[figure.period].label,
                "scope": scope_code(figure.scope),
                "disaggregation": trace::breakdown_of(self.computed.walk(), figure),
                "category": figure.category,
                "as": match part {
                    Part::Counts => "counts",
                    Part::Again => "again",
                    Part::Session => "session",
                    Part::Finding => "finding",
                },
            })
        });
        let figures: Vec<Json> = figures.collect();
        let kin = self.traced.kin.iter().flat_map(|(mention, kin)| {
            let person = self.person(*mention);
            kin.iter().map(move |one| {
                json!({
                    "person": person,
                    "place": records.show(one.place),
                    "evidence": self.bond(&one.bond),
                    "bits": match &one.bond {
                        Bond::Linked { link, .. } => Some(link.weight),
                        Bond::Alike | Bond::Together => None,
                    },
                })
            })
        });
        let kin: Vec<Json> = kin.collect();
        let findings = self.traced.findings.iter().map(|index| {
            let finding = &self.computed.facts.findings[*index];
            json!({ "kind": finding.kind.code(), "message": self.words(&self.labels.message(finding)) })
        });
        let (reason, words) = match self.traced.fate {
            Fate::Counted => (None, None),
            Fate::SetAside(reason) => (Some(reason.code()), Some(self.labels.reason(reason))),
        };
        json!({
            "schema_version": SCHEMA_VERSION,
            "place": records.show(self.traced.place),
            "counted": self.traced.fate == Fate::Counted,
            "reason": reason,
            "reason_text": words,
            "repeats": self.traced.same_as.map(|place| records.show(place)),
            "gives": self.traced.standings.iter().map(|one| self.standing(one)).collect::<Vec<_>>(),
            "persons": self.traced.persons,
            "also_written": kin,
            "figures": figures,
            "findings": findings.collect::<Vec<_>>(),
        })
    }
}

/// Lines broken to the width, all behind so many spaces.
fn indented(text: &str, spaces: usize, width: usize) -> Vec<String> {
    let margin = " ".repeat(spaces);
    let lines = wrapped(text, width.saturating_sub(spaces));
    lines.into_iter().map(|line| format!("{margin}{line}")).collect()
}
