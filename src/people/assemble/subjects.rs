//! What the definitions look at: every subject of a rule, its filters and its breakdowns.

use crate::project::model::{Counted, Filter, Indicator, Measure, Per, Rule, Subject};

/// The measures that an indicator and its own cells compute; none where it is made of others.
pub(crate) fn sides(indicator: &Indicator) -> Vec<&Counted> {
    let rules = std::iter::once(&indicator.rule).chain(indicator.cells.iter().map(|cell| &cell.rule));
    rules.flat_map(sides_of).collect()
}

fn sides_of(rule: &Rule) -> Vec<&Counted> {
    match rule {
        Rule::Single(counted) => vec![counted],
        Rule::Ratio {
            numerator, denominator, ..
        } => vec![numerator, denominator],
        Rule::Derived { .. } => Vec::new(),
    }
}

/// Every subject that an indicator looks at, repeats included.
pub(crate) fn of_indicator(indicator: &Indicator, see: &mut dyn FnMut(Subject)) {
    for counted in sides(indicator) {
        of_filter(&counted.filter, see);
        of_measure(&counted.measure, see);
    }
    for cut in &indicator.disaggregations {
        cut.by.iter().for_each(|subject| see(subject.clone()));
    }
}

/// Every subject of a filter; a condition on a date field is one on the field.
pub(crate) fn of_filter(filter: &Filter, see: &mut dyn FnMut(Subject)) {
    match filter {
        Filter::All => {}
        Filter::And(parts) | Filter::Or(parts) => parts.iter().for_each(|part| of_filter(part, see)),
        Filter::Not(part) => of_filter(part, see),
        Filter::OneOf { subject, .. } | Filter::Known(subject) | Filter::Between { subject, .. } => {
            see(subject.clone());
        }
        Filter::Days { field, .. } => field.iter().for_each(|key| see(Subject::Field(key.clone()))),
    }
}

fn of_measure(measure: &Measure, see: &mut dyn FnMut(Subject)) {
    match measure {
        Measure::PeopleWith { of, .. } => see(of.clone()),
        Measure::Different { field } | Measure::Items { field } => see(Subject::Field(field.clone())),
        Measure::Statistic {
            field,
            per: Per::Person | Per::Household,
            ..
        } => see(Subject::Attribute(field.clone())),
        Measure::Change(change) => {
            of_filter(&change.before.filter, see);
            of_filter(&change.after.filter, see);
        }
        Measure::Statistic {
            per: Per::Row | Per::Session | Per::Cycle | Per::Attendance,
            ..
        }
        | Measure::Sessions
        | Measure::Contacts(_)
        | Measure::People
        | Measure::NewPeople
        | Measure::ReturningPeople
        | Measure::PeopleWithContacts { .. }
        | Measure::PeopleListed { .. }
        | Measure::Households
        | Measure::Cycles
        | Measure::Enrolments
        | Measure::CompletedEnrolments { .. }
        | Measure::CompletedPeople { .. }
        | Measure::DroppedOut { .. }
        | Measure::BedNights
        | Measure::CapacityNights
        | Measure::PeakNight
        | Measure::Days { .. }
        | Measure::OpenAtEnd { .. }
        | Measure::Ended { .. }
        | Measure::Constant(_)
        | Measure::Findings { .. } => {}
    }
}
