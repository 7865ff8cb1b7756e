//! Filters, made ready: each condition is a column and the categories that pass.

use chrono::NaiveDate;

use super::columns::{Column, Moment, age_of};
use super::items::{Item, Of};
use crate::people::facts::{Facts, fold};
use crate::project::model::{AgeRule, Filter, Subject};

/// How a filter or a disaggregation writes "nothing is known".
pub(super) const UNKNOWN: &str = "unknown";

/// A filter over items.
pub(super) enum Check {
    /// Everything passes.
    All,
    /// Every part passes.
    And(Vec<Check>),
    /// At least one part passes.
    Or(Vec<Check>),
    /// The part does not pass.
    Not(Box<Check>),
    /// One of the item's categories is wanted.
    OneOf {
        /// Index of the column.
        column: usize,
        /// Whether each category is wanted.
        wanted: Vec<bool>,
        /// Whether an item without category is wanted.
        unknown: bool,
    },
    /// The age of the person in full years lies within bounds.
    Years {
        /// On which day the age is taken.
        rule: AgeRule,
        /// Least and most.
        bounds: (f64, f64),
    },
    /// The fact's own day lies within bounds.
    Day(NaiveDate, NaiveDate),
}

/// What making filters ready takes.
pub(super) struct Ready<'a> {
    /// All columns.
    pub(super) columns: &'a [Column],
    /// Their subjects.
    pub(super) subjects: &'a [Subject],
    /// On which day ages are taken.
    pub(super) age: AgeRule,
}

impl Ready<'_> {
    /// The column of a subject.
    pub(super) fn column(&self, subject: &Subject) -> usize {
        let at = self.subjects.iter().position(|known| known == subject);
        at.expect("every subject of the definitions has its column")
    }

    /// A condition on the categories of a subject.
    fn one_of(&self, subject: &Subject, unknown: bool, wanted: impl Fn(&Column, usize) -> bool) -> Check {
        let column = self.column(subject);
        let categories = &self.columns[column];
        Check::OneOf {
            column,
            wanted: (0..categories.names.len()).map(|at| wanted(categories, at)).collect(),
            unknown,
        }
    }

    /// Makes a filter ready.
    pub(super) fn check(&self, filter: &Filter) -> Check {
        let all = |parts: &[Filter]| parts.iter().map(|part| self.check(part)).collect();
        match filter {
            Filter::All => Check::All,
            Filter::And(parts) => Check::And(all(parts)),
            Filter::Or(parts) => Check::Or(all(parts)),
            Filter::Not(part) => Check::Not(Box::new(self.check(part))),
            Filter::OneOf { subject, values } => {
                let values: Vec<String> = values.iter().map(|value| fold(value)).collect();
                let unknown = values.iter().any(|value| value == UNKNOWN);
                self.one_of(subject, unknown, |column, at| values.contains(&column.folded[at]))
            }
            Filter::Known(subject) => self.one_of(subject, false, |_, _| true),
            Filter::Between { subject, from, to } => {
                let bounds = (from.unwrap_or(f64::NEG_INFINITY), to.unwrap_or(f64::INFINITY));
                if let Subject::Age(_) = subject {
                    return Check::Years { rule: self.age, bounds };
                }
                let within = |text: &String| text.parse().is_ok_and(|number| lies(number, bounds));
                self.one_of(subject, false, |column, at| within(&column.names[at]))
            }
            Filter::Days { field, from, to } => {
                let (from, to) = (from.unwrap_or(NaiveDate::MIN), to.unwrap_or(NaiveDate::MAX));
                let Some(key) = field else { return Check::Day(from, to) };
                let within = |text: &String| text.parse().is_ok_and(|day| from <= day && day <= to);
                let subject = Subject::Field(key.clone());
                self.one_of(&subject, false, |column, at| within(&column.names[at]))
            }
        }
    }
}

fn lies(number: f64, (from, to): (f64, f64)) -> bool {
    from <= number && number <= to
}

/// A filter without its conditions on the order of contacts, which is made of what passes the others.
pub(super) fn without_order(filter: &Filter) -> Option<Filter> {
    match filter {
        Filter::OneOf { subject, .. } | Filter::Known(subject) | Filter::Between { subject, .. } => {
            (*subject != Subject::Order).then(|| filter.clone())
        }
        Filter::And(parts) => Some(Filter::And(parts.iter().filter_map(without_order).collect())),
        Filter::Or(parts) => Some(Filter::Or(
            parts.iter().map(without_order).collect::<Option<Vec<Filter>>>()?,
        )),
        Filter::Not(part) => without_order(part).map(|part| Filter::Not(Box::new(part))),
        Filter::All | Filter::Days { .. } => Some(filter.clone()),
    }
}

impl Check {
    /// Whether the outcome depends on the window.
    pub(super) fn depends_on_window(&self, columns: &[Column]) -> bool {
        match self {
            Self::All | Self::Day(..) => false,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|part| part.depends_on_window(columns)),
            Self::Not(part) => part.depends_on_window(columns),
            Self::OneOf { column, .. } => columns[*column].depends_on_window(),
            Self::Years { rule, .. } => *rule != AgeRule::FirstContactOfProject,
        }
    }

    /// Whether an item passes.
    pub(super) fn passes(
        &self,
        columns: &[Column],
        facts: &Facts,
        item: &Item,
        at: &Moment,
        scratch: &mut Vec<u32>,
    ) -> bool {
        match self {
            Self::All => true,
            Self::And(parts) => parts.iter().all(|part| part.passes(columns, facts, item, at, scratch)),
            Self::Or(parts) => parts.iter().any(|part| part.passes(columns, facts, item, at, scratch)),
            Self::Not(part) => !part.passes(columns, facts, item, at, scratch),
            Self::OneOf {
                column,
                wanted,
                unknown,
            } => {
                scratch.clear();
                columns[*column].categories(facts, item, at, scratch);
                if scratch.is_empty() {
                    *unknown
                } else {
                    scratch.iter().any(|category| wanted[*category as usize])
                }
            }
            Self::Years { rule, bounds } => {
                age_of(facts, item, *rule, at).is_some_and(|age| lies(f64::from(age), *bounds))
            }
            Self::Day(from, to) => {
                let day = own_day(facts, item);
                *from <= day && day <= *to
            }
        }
    }
}

/// The day of a fact itself, whichever day its item belongs to.
fn own_day(facts: &Facts, item: &Item) -> NaiveDate {
    match item.of {
        Of::Contact(contact) => facts.contacts[contact as usize].date,
        Of::Session(_) | Of::Log(_) | Of::Cycle(_) | Of::Enrolment(_) | Of::Person(_) | Of::Finding(_) => item.date,
    }
}
