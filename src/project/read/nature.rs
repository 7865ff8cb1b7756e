//! Unit and class that follow from what is computed.

use crate::project::model::{Change, ChangeOf, Class, Measure, Per, Rule, Statistic, Unit};

/// Unit and class that follow from a rule; those of a derived one follow from its indicators ([`super::derived`]).
pub(super) fn nature(rule: &Rule) -> (Unit, Class) {
    match rule {
        Rule::Single(counted) => measured(&counted.measure),
        Rule::Ratio { times: 100, .. } | Rule::Derived { times: 100, .. } => (Unit::Percent, Class::Ratio),
        Rule::Ratio { .. } => (Unit::Number, Class::Ratio),
        Rule::Derived { .. } => (Unit::Number, Class::Flow),
    }
}

fn measured(measure: &Measure) -> (Unit, Class) {
    match measure {
        Measure::Sessions => (Unit::Sessions, Class::Flow),
        Measure::Contacts(_) => (Unit::Contacts, Class::Flow),
        Measure::NewPeople => (Unit::Persons, Class::Flow),
        Measure::People
        | Measure::ReturningPeople
        | Measure::PeopleWith { .. }
        | Measure::PeopleWithContacts { .. }
        | Measure::PeopleListed { .. }
        | Measure::CompletedPeople { .. }
        | Measure::DroppedOut { .. } => (Unit::Persons, Class::Distinct),
        Measure::PeakNight => (Unit::Persons, Class::Level),
        Measure::Households | Measure::Different { .. } => (Unit::Number, Class::Distinct),
        Measure::OpenAtEnd { .. } | Measure::Constant(_) => (Unit::Number, Class::Level),
        Measure::Cycles
        | Measure::Enrolments
        | Measure::CompletedEnrolments { .. }
        | Measure::Items { .. }
        | Measure::BedNights
        | Measure::CapacityNights
        | Measure::Days { .. }
        | Measure::Ended { .. } => (Unit::Number, Class::Flow),
        Measure::Statistic { of, per, .. } => (Unit::Number, statistic(*of, *per)),
        Measure::Change(change) => (Unit::Number, compared(change)),
        Measure::Findings { .. } => (Unit::Findings, Class::Flow),
    }
}

fn statistic(of: Statistic, per: Per) -> Class {
    match (of, per) {
        (Statistic::Sum, Per::Row | Per::Session | Per::Cycle | Per::Attendance) => Class::Flow,
        (Statistic::Sum, Per::Person | Per::Household) => Class::Distinct,
        (Statistic::Mean, _) => Class::Ratio,
        // Computed anew for every period, and free to fall.
        (Statistic::Median | Statistic::Minimum | Statistic::Maximum, _) => Class::Level,
    }
}

/// Within a person the latest test counts, so a sum over persons may fall from one period to the next.
fn compared(change: &Change) -> Class {
    match (change.per, change.what) {
        (Per::Row, _) => Class::Flow,
        (_, ChangeOf::Pairs) => Class::Distinct,
        (_, ChangeOf::Before | ChangeOf::After | ChangeOf::Difference | ChangeOf::Improved { .. }) => Class::Level,
    }
}

/// Whether a rule counts different persons or other things that may not be added up.
pub(super) fn counts_persons(measure: &Measure) -> bool {
    measured(measure).0 == Unit::Persons
}
