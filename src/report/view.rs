//! A report with its words and its figures at hand: what all printers share.

use std::collections::BTreeMap;

use super::Report;
use super::labels::Labels;
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Severity};
use crate::logframe::figures::{Figure, Period, Scope, Value};
use crate::project::calendar::CalendarKind;
use crate::project::model::{Disaggregation, Indicator, Level, Subject, Unit};

/// What stands between the categories of crossed subjects in a figure.
const CROSS: &str = " & ";

/// Where a figure is looked up: indicator, scope, period, disaggregation.
type Key = (usize, Scope, usize, Option<usize>);

/// A report with its words and its figures at hand.
pub(crate) struct View<'a> {
    pub(crate) report: Report<'a>,
    pub(crate) labels: Labels,
    index: BTreeMap<Key, Vec<&'a Figure>>,
}

/// The findings of one kind.
pub(crate) struct KindCount<'a> {
    pub(crate) kind: Kind,
    pub(crate) count: usize,
    pub(crate) first: &'a Finding,
}

impl<'a> View<'a> {
    pub(crate) fn new(report: &Report<'a>) -> Self {
        let mut index: BTreeMap<Key, Vec<&'a Figure>> = BTreeMap::new();
        for figure in &report.figures.figures {
            let key = (figure.indicator, figure.scope, figure.period, figure.disaggregation);
            index.entry(key).or_default().push(figure);
        }
        Self {
            report: *report,
            labels: Labels::load(report.lang),
            index,
        }
    }

    /// The period that the report is about.
    pub(crate) fn span(&self) -> Option<&'a Period> {
        self.report.figures.periods.get(self.report.figures.span)
    }

    /// Indicators of the results chain with their index, grouped by level from impact down, else in the given order.
    pub(crate) fn indicators(&self) -> Vec<(usize, &'a Indicator)> {
        let mut chain: Vec<_> = self
            .all()
            .filter(|(_, indicator)| indicator.level != Level::Quality)
            .collect();
        chain.sort_by_key(|(_, indicator)| indicator.level);
        chain
    }

    /// Indicators about the raw data.
    pub(crate) fn quality_indicators(&self) -> Vec<(usize, &'a Indicator)> {
        self.all()
            .filter(|(_, indicator)| indicator.level == Level::Quality)
            .collect()
    }

    /// Indicators for the front page: those marked so, else the first ten.
    pub(crate) fn headlines(&self) -> Vec<(usize, &'a Indicator)> {
        let chain = self.indicators();
        if chain.iter().any(|(_, indicator)| indicator.headline) {
            chain.into_iter().filter(|(_, indicator)| indicator.headline).collect()
        } else {
            chain.into_iter().take(10).collect()
        }
    }

    fn all(&self) -> impl Iterator<Item = (usize, &'a Indicator)> {
        self.report.project.indicators.iter().enumerate()
    }

    /// The total of an indicator.
    pub(crate) fn total(&self, indicator: usize, scope: Scope, period: usize) -> Option<&'a Figure> {
        self.cells(indicator, scope, period, None).first().copied()
    }

    /// The total of an indicator in the report's own period.
    pub(crate) fn in_span(&self, indicator: usize, scope: Scope) -> Option<&'a Figure> {
        self.total(indicator, scope, self.report.figures.span)
    }

    /// The figure that stands against a target: to date where a target is due, else in the period.
    pub(crate) fn against_target(&self, indicator: usize) -> Option<&'a Figure> {
        let [to_date, in_period] = [Scope::Cumulative, Scope::Period].map(|scope| self.in_span(indicator, scope));
        let targeted = |figure: &&Figure| figure.target.is_some();
        to_date
            .filter(targeted)
            .or(in_period.filter(targeted))
            .or(to_date)
            .or(in_period)
    }

    /// The figure shown first: in the period where there is one, else to date.
    pub(crate) fn main_figure(&self, indicator: usize) -> Option<&'a Figure> {
        self.in_span(indicator, Scope::Period)
            .or_else(|| self.in_span(indicator, Scope::Cumulative))
    }

    /// The cells of a disaggregation, in the order of the figures.
    pub(crate) fn cells(
        &self,
        indicator: usize,
        scope: Scope,
        period: usize,
        disaggregation: Option<usize>,
    ) -> &[&'a Figure] {
        self.index
            .get(&(indicator, scope, period, disaggregation))
            .map_or(&[], Vec::as_slice)
    }

    /// Periods by calendar up to the report's end, the shortest calendar first, with their index; calendars longer
    /// than the report's own period are left out. The project's own spans come last, whenever they end.
    pub(crate) fn period_groups(&self) -> Vec<(CalendarKind, Vec<(usize, &'a Period)>)> {
        let Some(span) = self.span() else { return Vec::new() };
        let mut groups: BTreeMap<CalendarKind, Vec<(usize, &'a Period)>> = BTreeMap::new();
        for (index, period) in self.report.figures.periods.iter().enumerate() {
            let own_span = period.calendar == CalendarKind::Project;
            let shorter = period.calendar <= span.calendar && period.end <= span.end;
            if if own_span {
                index != self.report.figures.span
            } else {
                shorter
            } {
                groups.entry(period.calendar).or_default().push((index, period));
            }
        }
        // A calendar of one period that is the report's own says nothing more.
        groups.retain(|_, periods| match periods.as_slice() {
            [(_, only)] => (only.start, only.end) != (span.start, span.end),
            _ => true,
        });
        groups.into_iter().collect()
    }

    /// The indicator's wording without control characters.
    pub(crate) fn statement(&self, indicator: &Indicator) -> String {
        clean(indicator.statement.get(self.report.lang))
    }

    /// The heading of a disaggregation.
    pub(crate) fn disaggregation(&self, disaggregation: &Disaggregation) -> String {
        let given = disaggregation.label.get(self.report.lang);
        if !given.is_empty() {
            return clean(given);
        }
        if disaggregation.by.is_empty() {
            return clean(&disaggregation.name);
        }
        let parts: Vec<String> = disaggregation.by.iter().map(|subject| self.subject(subject)).collect();
        parts.join(self.labels.get("subject.crossed"))
    }

    /// What a condition or disaggregation looks at, in words.
    pub(crate) fn subject(&self, subject: &Subject) -> String {
        subject_words(&self.labels, subject)
    }

    /// A category as a reader should see it: the words for its code, else the name that the definition gives it.
    pub(crate) fn category(&self, disaggregation: &Disaggregation, category: &str) -> String {
        let code = code_of(disaggregation, category);
        let parts: Vec<&str> = code.split(CROSS).collect();
        match disaggregation.by.as_slice() {
            [subject] => self.category_of(subject, code).unwrap_or_else(|| clean(category)),
            by if by.len() == parts.len() => {
                let words = by
                    .iter()
                    .zip(parts)
                    .map(|(subject, part)| self.category_of(subject, part).unwrap_or_else(|| clean(part)));
                words
                    .collect::<Vec<_>>()
                    .join(self.labels.get("subject.crossed_values"))
            }
            _ => clean(category),
        }
    }

    /// One part of a crossed category in words.
    pub(crate) fn category_words(&self, subject: &Subject, code: &str) -> String {
        self.category_of(subject, code).unwrap_or_else(|| clean(code))
    }

    /// The words for a category's code, where it is one.
    pub(crate) fn category_of(&self, subject: &Subject, code: &str) -> Option<String> {
        let label = |key: String| self.labels.find(&key).map(str::to_owned);
        match subject {
            Subject::Activity | Subject::PersonActivities => {
                let activity = self.report.project.activities.get(code);
                activity
                    .map(|activity| clean(activity.name.get(self.report.lang)))
                    .or_else(|| label(format!("value.{code}")))
            }
            Subject::FindingKind => label(format!("finding.{code}.title")),
            Subject::Age(_) | Subject::Band { .. } | Subject::Month => {
                Some(label(format!("value.{code}")).unwrap_or_else(|| clean(code)))
            }
            Subject::Order => label(format!("order.{code}")),
            Subject::Site
            | Subject::Title
            | Subject::Group
            | Subject::Facilitator
            | Subject::Source
            | Subject::PersonSources => {
                if code == "unknown" {
                    label("value.unknown".to_owned())
                } else {
                    Some(clean(code))
                }
            }
            Subject::Evidence | Subject::Field(_) | Subject::Attribute(_) | Subject::NewReturning => {
                label(format!("value.{code}"))
            }
        }
    }

    /// A value in words: numbers as the language writes them, and a word for each kind of blank.
    pub(crate) fn value(&self, value: Value, indicator: &Indicator) -> String {
        match value {
            Value::Number(number) => {
                let shown = self.labels.number(number, indicator.decimals);
                if indicator.unit == Unit::Percent {
                    format!("{shown}\u{a0}%")
                } else {
                    shown
                }
            }
            Value::NoData | Value::Suppressed | Value::NotApplicable => self.blank_word(value),
        }
    }

    /// The word for a value that is no number.
    pub(crate) fn blank_word(&self, value: Value) -> String {
        match value {
            Value::Number(_) => String::new(),
            Value::NoData => self.labels.get("value_word.no_data").to_owned(),
            Value::NotApplicable => self.labels.get("value_word.not_applicable").to_owned(),
            Value::Suppressed => self.labels.get("value_word.suppressed").to_owned(),
        }
    }

    /// A figure, where it may be seen: nothing is derived from a hidden one.
    pub(crate) fn seen(figure: Option<&'a Figure>) -> Option<&'a Figure> {
        figure.filter(|figure| figure.value != Value::Suppressed)
    }

    /// Low and high of a distinct count, where they differ from each other and may be seen.
    pub(crate) fn range(&self, figure: Option<&Figure>) -> String {
        let Some(figure) = figure.filter(|figure| figure.value != Value::Suppressed) else {
            return String::new();
        };
        match (figure.low, figure.high) {
            (Some(low), Some(high)) if low < high => {
                let number = |value| self.labels.number(value, 0);
                self.labels
                    .fill("value_word.range", &[("low", &number(low)), ("high", &number(high))])
            }
            _ => String::new(),
        }
    }

    /// Whether figures are hidden as too small. Then no other count of people, contacts or rows of one file is
    /// What became of the rows read, in a sentence, and whether the count closes.
    pub(crate) fn row_balance(&self) -> (String, bool) {
        if self.hides() {
            return (self.labels.get("evidence.not_balanced").to_owned(), true);
        }
        let rows = super::balance::balance(&self.report);
        let closes = rows.read == rows.counted + rows.aside();
        let [read, counted, aside] = [rows.read, rows.counted, rows.aside()].map(|count| self.labels.whole(count));
        let args = [("read", &*read), ("counted", &*counted), ("aside", &*aside)];
        let key = if closes {
            "summary.balance"
        } else {
            "quality.balance_open"
        };
        (self.labels.fill(key, &args), closes)
    }

    /// shown: figures could be computed back from them.
    pub(crate) fn hides(&self) -> bool {
        self.report.hides()
    }

    /// A count of persons, or the word for one that is not shown.
    pub(crate) fn guarded(&self, count: usize) -> Value {
        let small = 1..self.report.project.settings.small_numbers as usize;
        if small.contains(&count) || (count > 0 && self.hides()) {
            Value::Suppressed
        } else {
            Value::Number(count as f64)
        }
    }

    /// The findings by kind: the gravest first, then in order of kind.
    pub(crate) fn findings_by_kind(&self) -> Vec<KindCount<'a>> {
        let mut kinds: BTreeMap<Kind, KindCount<'a>> = BTreeMap::new();
        for finding in &self.report.facts.findings {
            let entry = kinds.entry(finding.kind).or_insert(KindCount {
                kind: finding.kind,
                count: 0,
                first: finding,
            });
            entry.count += 1;
        }
        let mut counts: Vec<_> = kinds.into_values().collect();
        counts.sort_by_key(|entry| std::cmp::Reverse(entry.kind.severity()));
        counts
    }

    /// How many findings have this severity.
    pub(crate) fn findings_of(&self, severity: Severity) -> usize {
        self.report
            .facts
            .findings
            .iter()
            .filter(|finding| finding.kind.severity() == severity)
            .count()
    }
}

/// The code of a category, also where the definition gives it another name.
fn code_of<'c>(disaggregation: &'c Disaggregation, category: &'c str) -> &'c str {
    let renamed = disaggregation.rename.iter().find(|(_, name)| *name == category);
    renamed.map_or(category, |(code, _)| code.as_str())
}

/// The codes that a category of crossed subjects is made of, in the order of the subjects.
pub(crate) fn codes_of<'c>(disaggregation: &'c Disaggregation, category: &'c str) -> Vec<&'c str> {
    code_of(disaggregation, category).split(CROSS).collect()
}

/// What a condition or disaggregation looks at, in words.
pub(crate) fn subject_words(labels: &Labels, subject: &Subject) -> String {
    let key = match subject {
        Subject::Field(key) | Subject::Attribute(key) => {
            return labels
                .find(&format!("field.{key}"))
                .map_or_else(|| clean(key), str::to_owned);
        }
        Subject::Band { of, .. } => {
            let field = subject_words(labels, &Subject::Field(of.clone()));
            return labels.fill("subject.band", &[("field", &field)]);
        }
        Subject::Activity => "activity",
        Subject::PersonActivities => "person_activities",
        Subject::PersonSources => "person_sources",
        Subject::Order => "order",
        Subject::Site => "site",
        Subject::Title => "title",
        Subject::Group => "group",
        Subject::Facilitator => "facilitator",
        Subject::Source => "source",
        Subject::Evidence => "evidence",
        Subject::Age(_) => "age",
        Subject::NewReturning => "new_returning",
        Subject::Month => "month",
        Subject::FindingKind => "finding_kind",
    };
    labels.get(&format!("subject.{key}")).to_owned()
}

/// A text with every control character made a space, so that it can't break a line or a terminal.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// A text with its first letter large, for headings made of words that stand inside sentences elsewhere.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn categories_speak_the_language_of_the_report() {
        let world = fixture::world();
        let report = world.report("uk");
        let view = View::new(&report);
        let breakdown = |by: Vec<Subject>, rename: &[(&str, &str)]| Disaggregation {
            by,
            rename: rename
                .iter()
                .map(|(code, name)| ((*code).to_owned(), (*name).to_owned()))
                .collect(),
            ..world.project.indicators[1].disaggregations[0].clone()
        };
        let activity = breakdown(vec![Subject::Activity], &[("group", "grp")]);
        assert_eq!(view.category(&activity, "grp"), "Групові консультації");
        let attribute = |key: &str| Subject::Attribute(key.to_owned());
        let crossed = breakdown(vec![attribute("sex"), attribute("settlement")], &[]);
        assert_eq!(view.category(&crossed, "female & Вербівка"), "жіноча, Вербівка");
        let renamed = breakdown(vec![attribute("settlement")], &[("a", "A =1")]);
        assert_eq!(view.category(&renamed, "A =1"), "A =1");
    }
}
