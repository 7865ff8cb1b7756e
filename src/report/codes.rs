//! Codes of closed lists, the same in every language: what programs join on and label files are keyed by.

use crate::ingest::records::Severity;
use crate::logframe::figures::{Scope, Status};
use crate::project::model::{ChangeOf, Class, Evidence, Level, Measure, Statistic, Unit};

/// Code of a level in `indicators.csv`.
pub(crate) fn level_code(level: Level) -> &'static str {
    match level {
        Level::Impact => "impact",
        Level::Outcome => "outcome",
        Level::Output => "output",
        Level::Activity => "activity",
        Level::Quality => "quality",
    }
}

/// Code of a unit in `indicators.csv`.
pub(crate) fn unit_code(unit: Unit) -> &'static str {
    match unit {
        Unit::Contacts => "contacts",
        Unit::Persons => "persons",
        Unit::Sessions => "sessions",
        Unit::Percent => "percent",
        Unit::Findings => "findings",
        Unit::Number => "number",
    }
}

/// Code of a class in `indicators.csv`.
pub(crate) fn class_code(class: Class) -> &'static str {
    match class {
        Class::Flow => "flow",
        Class::Distinct => "distinct",
        Class::Level => "level",
        Class::Ratio => "ratio",
    }
}

/// Code of a scope in `indicators.csv`.
pub(crate) fn scope_code(scope: Scope) -> &'static str {
    match scope {
        Scope::Period => "period",
        Scope::Cumulative => "cumulative",
    }
}

/// Code of a status in `indicators.csv`.
pub(crate) fn status_code(status: Status) -> &'static str {
    match status {
        Status::OnTrack => "on-track",
        Status::Ahead => "ahead",
        Status::Behind => "behind",
        Status::Achieved => "achieved",
    }
}

/// Code of a severity in `findings.csv`.
pub(crate) fn severity_code(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// Code of a measure in `indicators.csv`.
pub(crate) fn measure_code(measure: &Measure) -> &'static str {
    match measure {
        Measure::Sessions => "sessions",
        Measure::Contacts(Evidence::All) => "contacts",
        Measure::Contacts(Evidence::Named) => "named-contacts",
        Measure::Contacts(Evidence::Anonymous) => "anonymous-contacts",
        Measure::People => "people",
        Measure::NewPeople => "new-people",
        Measure::ReturningPeople => "returning-people",
        Measure::PeopleWith { .. } => "people-with-services",
        Measure::PeopleWithContacts { .. } => "people-with-contacts",
        Measure::PeopleListed { .. } => "people-listed",
        Measure::Households => "households",
        Measure::Different { .. } => "different",
        Measure::Cycles => "cycles",
        Measure::Enrolments => "enrolments",
        Measure::CompletedEnrolments { .. } => "completed-enrolments",
        Measure::CompletedPeople { .. } => "completed-people",
        Measure::DroppedOut { .. } => "dropped-out",
        Measure::Statistic { of, .. } => match of {
            Statistic::Sum => "sum",
            Statistic::Mean => "mean",
            Statistic::Median => "median",
            Statistic::Minimum => "minimum",
            Statistic::Maximum => "maximum",
        },
        Measure::Items { .. } => "items",
        Measure::BedNights => "bed-nights",
        Measure::CapacityNights => "capacity-nights",
        Measure::PeakNight => "peak-night",
        Measure::Days { .. } => "days",
        Measure::OpenAtEnd { .. } => "open-at-end",
        Measure::Ended { .. } => "ended",
        Measure::Change(change) => match change.what {
            ChangeOf::Pairs => "pairs",
            ChangeOf::Before => "sum-before",
            ChangeOf::After => "sum-after",
            ChangeOf::Difference => "change",
            ChangeOf::Improved { .. } => "improved",
        },
        Measure::Constant(_) => "constant",
        Measure::Findings { .. } => "findings",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::labels::{Labels, MISSING};

    #[test]
    fn every_code_has_words_in_every_language() {
        use crate::ingest::records::Reason as R;
        let reasons = [
            R::Title,
            R::Header,
            R::Numbering,
            R::Totals,
            R::Trailer,
            R::SummarySheet,
            R::HiddenSheet,
            R::HiddenRow,
            R::SheetNotNamed,
            R::NoPerson,
            R::ImpossibleDate,
            R::NoDate,
            R::OutsideProject,
            R::ImplausibleDate,
            R::AfterAsOf,
            R::Repeat,
            R::SecondMark,
            R::NeverCame,
            R::NoService,
            R::NotUnderstood,
            R::NoTable,
            R::BeyondHeadCount,
            R::Skipped,
            R::EarlierVersion,
            R::SentTwice,
            R::NoContact,
        ];
        let statuses = [Status::OnTrack, Status::Ahead, Status::Behind, Status::Achieved];
        let levels = [
            Level::Impact,
            Level::Outcome,
            Level::Output,
            Level::Activity,
            Level::Quality,
        ];
        let units = [
            Unit::Contacts,
            Unit::Persons,
            Unit::Sessions,
            Unit::Percent,
            Unit::Findings,
            Unit::Number,
        ];
        let classes = [Class::Flow, Class::Distinct, Class::Level, Class::Ratio];
        for labels in Labels::languages().map(Labels::load) {
            let words = reasons.iter().map(|reason| labels.reason(*reason));
            let words = words.chain(statuses.iter().map(|status| labels.status(*status)));
            let words = words.chain(levels.iter().map(|level| labels.level(*level)));
            let words = words.chain(units.iter().map(|unit| labels.unit(*unit)));
            let mut words = words.chain(classes.iter().map(|class| labels.class(*class)));
            assert!(words.all(|word| word != MISSING));
        }
    }
}
