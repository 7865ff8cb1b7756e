//! What definitions say otherwise than they did, in words.

use std::collections::BTreeMap;

use crate::project::model::{Indicator, Localized, Project, Rule, Source};
use crate::report::history::DefinitionChange;
use crate::report::labels::{Labels, plain_number};
use crate::report::method::method;
use crate::report::view::clean;

/// One side of a comparison, as it is said.
struct Said<'a> {
    project: &'a Project,
    lang: &'a str,
    labels: &'a Labels,
}

/// A statement about a part of an indicator or of the project: key among the labels, which one, what it says.
type Statement = (&'static str, String, String);

/// Statements that are only compared: all that is told of them is that they are others.
const UNSAID: [&str; 2] = ["exact_rule", "source_reading"];

/// What changed from one state of the definitions to another, in the order of the definitions.
pub fn changes(then: &Project, now: &Project, lang: &str) -> Vec<DefinitionChange> {
    let labels = Labels::load(lang);
    let side = |project| Said {
        project,
        lang,
        labels: &labels,
    };
    let (then_said, now_said) = (side(then), side(now));
    let mut found = compared("", &then_said.of_project(), &now_said.of_project());
    for indicator in &now.indicators {
        match then.indicators.iter().find(|other| other.code == indicator.code) {
            Some(before) => found.extend(compared(
                &indicator.code,
                &then_said.of_indicator(before),
                &now_said.of_indicator(indicator),
            )),
            None => found.push(whole(&indicator.code, "added", "", &now_said.statement(indicator))),
        }
    }
    for gone in &then.indicators {
        if !now.indicators.iter().any(|indicator| indicator.code == gone.code) {
            found.push(whole(&gone.code, "removed", &then_said.statement(gone), ""));
        }
    }
    found
}

fn whole(code: &str, what: &str, from: &str, to: &str) -> DefinitionChange {
    change(code, (what, ""), from.to_owned(), to.to_owned())
}

fn change(code: &str, (what, which): (&str, &str), from: String, to: String) -> DefinitionChange {
    DefinitionChange {
        since: String::new(),
        until: String::new(),
        code: clean(code),
        what: what.to_owned(),
        which: clean(which),
        from,
        to,
    }
}

/// The statements that differ; one that only one side makes is empty on the other.
fn compared(code: &str, then: &[Statement], now: &[Statement]) -> Vec<DefinitionChange> {
    let find = |side: &[Statement], what: &str, which: &str| {
        let found = side
            .iter()
            .find(|(known, of, _)| (*known, of.as_str()) == (what, which));
        found.map(|(_, _, said)| said.clone()).unwrap_or_default()
    };
    let mut found = Vec::new();
    let gone = then
        .iter()
        .filter(|(what, which, _)| !now.iter().any(|(known, of, _)| (known, of) == (what, which)));
    for (what, which, _) in now.iter().chain(gone) {
        let (from, to) = (find(then, what, which), find(now, what, which));
        if from != to {
            let (from, to) = if UNSAID.contains(what) {
                (String::new(), String::new())
            } else {
                only_different(&from, &to)
            };
            found.push(change(code, (what, which), from, to));
        }
    }
    // A rule that is told in words need not be told once more.
    if found.iter().any(|change| change.what == "rule") {
        found.retain(|change| change.what != "exact_rule");
    }
    found
}

/// Of texts of several sentences, the sentences that only one of them has.
fn only_different(from: &str, to: &str) -> (String, String) {
    fn sentences(text: &str) -> Vec<&str> {
        let parts = text.split_inclusive(". ").flat_map(|part| part.split('\n'));
        parts.map(str::trim).filter(|part| !part.is_empty()).collect()
    }
    let (then, now) = (sentences(from), sentences(to));
    let only = |these: &[&str], those: &[&str]| {
        let own: Vec<&str> = these.iter().filter(|one| !those.contains(one)).copied().collect();
        own.join(" ")
    };
    let (less, more) = (only(&then, &now), only(&now, &then));
    if less.is_empty() && more.is_empty() {
        (from.to_owned(), to.to_owned())
    } else {
        (less, more)
    }
}

impl Said<'_> {
    fn words(&self, text: &Localized) -> String {
        clean(text.get(self.lang))
    }

    fn statement(&self, indicator: &Indicator) -> String {
        self.words(&indicator.statement)
    }

    fn number(&self, value: f64) -> String {
        let plain = plain_number(value, 6);
        let decimals = plain.split_once('.').map_or(0, |(_, part)| part.len());
        self.labels.number(value, u8::try_from(decimals).unwrap_or(6))
    }

    fn of_indicator(&self, indicator: &Indicator) -> Vec<Statement> {
        let labels = self.labels;
        let one = |what, said: String| (what, String::new(), said);
        let baseline = indicator.baseline.map(|baseline| {
            let value = self.number(baseline.value);
            let date = baseline.date.map(|date| format!(" ({})", labels.date(date)));
            value + &date.unwrap_or_default()
        });
        let mut said = vec![
            one("statement", self.statement(indicator)),
            one("rule", method(indicator, self.project, self.lang, labels)),
            one("level", labels.level(indicator.level).to_owned()),
            one("unit", labels.unit(indicator.unit).to_owned()),
            one("class", labels.class(indicator.class).to_owned()),
            one("direction", labels.direction(indicator.direction).to_owned()),
            one("baseline", baseline.unwrap_or_default()),
            one(
                "target",
                indicator.target.map(|target| self.number(target)).unwrap_or_default(),
            ),
        ];
        said.extend(self.targets(indicator));
        said.extend(self.breakdowns(indicator));
        said.push(one("reported", self.reported(indicator)));
        // What the words above do not tell is said by its being otherwise.
        said.push(one("exact_rule", self.exact_rule(indicator)));
        said
    }

    /// All that is computed, to be compared.
    fn exact_rule(&self, indicator: &Indicator) -> String {
        let rule = match &indicator.rule {
            Rule::Derived { how, of, times } => {
                let codes = of
                    .iter()
                    .map(|at| self.project.indicators.get(*at).map(|other| &other.code));
                format!("{how:?} {:?} {times}", codes.collect::<Vec<_>>())
            }
            rule => format!("{rule:?}"),
        };
        format!(
            "{rule} {:?} {:?} {}",
            indicator.cells, indicator.as_cell, indicator.decimals
        )
    }

    fn targets(&self, indicator: &Indicator) -> Vec<Statement> {
        let periods = indicator.milestones.iter();
        let mut said: Vec<Statement> = periods
            .map(|(label, target)| ("target_of", label.clone(), self.number(*target)))
            .collect();
        for ((period, breakdown, category), target) in &indicator.cell_targets {
            let mut parts = vec![period.as_str(), breakdown.as_str(), category.as_str()];
            parts.retain(|part| !part.is_empty());
            said.push(("target_of", parts.join(" · "), self.number(*target)));
        }
        said
    }

    fn breakdowns(&self, indicator: &Indicator) -> Vec<Statement> {
        let mut said: BTreeMap<String, String> = BTreeMap::new();
        for part in &indicator.disaggregations {
            let by: Vec<String> = part
                .by
                .iter()
                .map(|subject| crate::report::view::subject_words(self.labels, subject))
                .collect();
            said.insert(part.name.clone(), clean(&by.join(" × ")));
        }
        said.into_iter().map(|(name, by)| ("breakdown", name, by)).collect()
    }

    fn reported(&self, indicator: &Indicator) -> String {
        let calendars = indicator.calendars.as_ref().unwrap_or(&self.project.calendars);
        let mut parts: Vec<String> = calendars
            .iter()
            .map(|calendar| self.labels.calendar(*calendar).to_owned())
            .collect();
        let scopes = [(indicator.in_period, "period"), (indicator.cumulative, "cumulative")];
        let named = scopes.iter().filter(|(on, _)| *on);
        parts.extend(named.map(|(_, scope)| self.labels.get(&format!("restated.scope.{scope}")).to_owned()));
        parts.join(", ")
    }

    fn of_project(&self) -> Vec<Statement> {
        let project = self.project;
        let one = |what, said: String| (what, String::new(), said);
        let settings = &project.settings;
        let mut said = vec![
            one("name", self.words(&project.name)),
            one(
                "dates",
                format!(
                    "{} – {}",
                    self.labels.date(project.start),
                    self.labels.date(project.end)
                ),
            ),
            one("tolerance", format!("±{} %", self.number(settings.tolerance * 100.0))),
            one("small_numbers", settings.small_numbers.to_string()),
            one("head_count", coded(&format!("{:?}", settings.head_count))),
            one("age", coded(&format!("{:?}", settings.age))),
            one("new_since", coded(&format!("{:?}", settings.new_since))),
        ];
        for (field, rule) in &settings.resolve {
            said.push(("resolve", field.clone(), coded(&format!("{rule:?}"))));
        }
        for (name, scheme) in &project.age_schemes {
            said.push(("ages", name.clone(), scheme.bands().join(", ")));
        }
        for source in &project.sources {
            said.push(("source", source.name.clone(), Self::source(source)));
            said.push(("source_reading", source.name.clone(), reading(source)));
        }
        said
    }

    fn source(source: &Source) -> String {
        let mut parts = vec![source.files.join(", ")];
        parts.extend(source.exclude.iter().map(|pattern| format!("− {pattern}")));
        parts.push(source.sheets.join(", "));
        parts.retain(|part| !part.is_empty());
        clean(&parts.join(" · "))
    }
}

/// A value of the settings as definitions write it: `FirstContactInPeriod` → `first-contact-in-period`.
fn coded(debug: &str) -> String {
    let mut code = String::new();
    for (at, sign) in debug.chars().enumerate() {
        if sign.is_uppercase() && at > 0 && code.ends_with(char::is_alphanumeric) {
            code.push('-');
        }
        code.extend(sign.to_lowercase());
    }
    code
}

/// All that is said of how a source is read, to be compared.
fn reading(source: &Source) -> String {
    let mut bare = source.clone();
    bare.files.clear();
    bare.exclude.clear();
    bare.sheets.clear();
    bare.at = crate::project::model::DefinedAt::default();
    format!("{bare:?}")
}
