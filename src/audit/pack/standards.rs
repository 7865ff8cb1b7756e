//! Which standard of data quality each kind of finding speaks to.

use crate::ingest::findings::Kind;

/// A standard of a data quality assessment (USAID ADS 201).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standard {
    Validity,
    Integrity,
    Precision,
    Reliability,
    Timeliness,
}

impl Standard {
    pub(super) const ALL: [Standard; 5] = [
        Standard::Validity,
        Standard::Integrity,
        Standard::Precision,
        Standard::Reliability,
        Standard::Timeliness,
    ];

    pub(super) fn key(self) -> &'static str {
        match self {
            Standard::Validity => "validity",
            Standard::Integrity => "integrity",
            Standard::Precision => "precision",
            Standard::Reliability => "reliability",
            Standard::Timeliness => "timeliness",
        }
    }

    /// The kinds of findings that speak to it.
    fn kinds(self) -> &'static [Kind] {
        match self {
            Standard::Validity => VALIDITY,
            Standard::Integrity => INTEGRITY,
            Standard::Precision => PRECISION,
            Standard::Reliability => RELIABILITY,
            Standard::Timeliness => TIMELINESS,
        }
    }

    /// The standard that a kind of finding speaks to.
    pub(super) fn of(kind: Kind) -> Self {
        let standard = Self::ALL.into_iter().find(|standard| standard.kinds().contains(&kind));
        standard.expect("each kind stands in one list, as a test checks")
    }
}

/// Whether the figures count what they say they count.
const VALIDITY: &[Kind] = &[
    Kind::ActivityNotNamed,
    Kind::OutsideProject,
    Kind::NotAName,
    Kind::ImpossibleBirth,
    Kind::ValueUnread,
    Kind::FieldMissing,
    Kind::NothingCounted,
    Kind::CycleTooShort,
    Kind::NoService,
    Kind::ListedWithoutService,
    Kind::Skipped,
];

/// Whether somebody could have changed the papers.
const INTEGRITY: &[Kind] = &[
    Kind::HiddenRows,
    Kind::HiddenColumns,
    Kind::HiddenSheet,
    Kind::StruckRows,
    Kind::CellChanged,
    Kind::RegisterReplaced,
    Kind::EarlierVersion,
    Kind::FileRepeated,
    Kind::RowRepeated,
    Kind::SentTwice,
    Kind::EventTwice,
    Kind::EventsInTwo,
    Kind::SignaturesBlank,
    Kind::DecisionLost,
    Kind::DecisionMoved,
    Kind::DecisionOfOneRow,
    Kind::DecisionUnclear,
    Kind::DecisionReplaced,
    Kind::DecisionsContradict,
    Kind::ColumnCopied,
    Kind::ListCopied,
    Kind::AlwaysPresent,
    Kind::RoundCounts,
    Kind::TwoSitesAtOnce,
    Kind::StaffAmongParticipants,
    Kind::SelfCheckFailed,
];

/// Whether people and parts can be told apart.
const PRECISION: &[Kind] = &[
    Kind::PairUndecided,
    Kind::PairDecided,
    Kind::PairsPassedOver,
    Kind::TwoNames,
    Kind::SeveralNames,
    Kind::SitesJoined,
    Kind::SitesAlike,
    Kind::TwoCodes,
    Kind::CodeShared,
    Kind::UnknownCode,
    Kind::Contradiction,
    Kind::PartsDiffer,
    Kind::CountMissing,
    Kind::CountUnread,
    Kind::CountInWords,
];

/// How steadily the papers are kept.
const RELIABILITY: &[Kind] = &[
    Kind::UnreadableFile,
    Kind::WrongExtension,
    Kind::LockFile,
    Kind::FileNotNamed,
    Kind::EmptySheet,
    Kind::CellComments,
    Kind::ColouredCells,
    Kind::DamagedSheet,
    Kind::SummarySheet,
    Kind::NoTable,
    Kind::NobodyNamed,
    Kind::NamelessCounted,
    Kind::MissingColumn,
    Kind::MissingSheet,
    Kind::FormulaWithoutResult,
    Kind::ErrorCell,
    Kind::FilledDown,
    Kind::TextCut,
    Kind::MarksWithoutDate,
    Kind::UnknownMark,
    Kind::NoMarks,
    Kind::BlankTaken,
    Kind::BlankDays,
    Kind::LegendRead,
    Kind::AmbiguousMark,
    Kind::PartialMarks,
    Kind::NumbersAsMarks,
    Kind::NobodyCame,
    Kind::FlagUnread,
    Kind::TimesOfArrival,
    Kind::TimesUnclear,
    Kind::FlagContradicts,
    Kind::SignatureAbsent,
    Kind::MarksWithoutName,
    Kind::SwipesJoined,
    Kind::HeadingsMissing,
    Kind::HeadingUnclear,
    Kind::HeadsLeftOut,
    Kind::HeadingMisspelt,
    Kind::TicksJoined,
    Kind::SecondName,
    Kind::RepeatColumns,
    Kind::SourceChanged,
    Kind::NotHeld,
    Kind::SheetNotHeld,
    Kind::PlannedOnly,
    Kind::StaffAside,
    Kind::OtherTable,
    Kind::SumsTaken,
    Kind::TotalDiffers,
    Kind::RowAgain,
    Kind::TwiceInSession,
    Kind::LogDiffersFromList,
    Kind::ListWithoutEvent,
    Kind::NeverCame,
    Kind::NoPerson,
    Kind::NoConsent,
    Kind::FormMissing,
    Kind::StayReversed,
    Kind::StayOverlaps,
    Kind::LookupMissing,
    Kind::MonthOutOfLine,
    Kind::RowsApart,
    Kind::RowsTogether,
    Kind::GuestsCounted,
    Kind::StaffByRole,
    Kind::FormsApart,
    Kind::HoursUnread,
    Kind::AgesAstride,
    Kind::SignedNames,
    Kind::MarksTaken,
];

/// Whether days are known, and papers came in time.
const TIMELINESS: &[Kind] = &[
    Kind::ClosedDay,
    Kind::NoDate,
    Kind::MonthsCounted,
    Kind::ImpossibleDate,
    Kind::FutureDate,
    Kind::YearMissing,
    Kind::YearTaken,
    Kind::DaysFromPlan,
    Kind::DaysListed,
    Kind::DaysUnread,
    Kind::DaysUnused,
    Kind::AmbiguousDate,
    Kind::DateDiffers,
    Kind::DaysRunOver,
    Kind::DaysAsNumbers,
    Kind::MonthOfName,
    Kind::SeveralDays,
    Kind::DateOfPaper,
    Kind::ListsByName,
    Kind::ListsAsOne,
    Kind::DatesSwapped,
    Kind::DateTwice,
    Kind::DateOutOfOrder,
    Kind::EmptySession,
    Kind::ListMissing,
    Kind::MissingFile,
    Kind::SessionsUndated,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_finding_speaks_to_one_standard() {
        for kind in Kind::ALL {
            let standards = Standard::ALL.iter().filter(|one| one.kinds().contains(kind));
            assert_eq!(standards.count(), 1, "{}", kind.code());
        }
    }
}
