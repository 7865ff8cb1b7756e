//! Lists of terms that mean what their list means.

/// Lists whose terms have no further meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Listed {
    Ditto,
    Missing,
    Totals,
    Sums,
    NotHeld,
    People,
    Staff,
    Trailer,
    Summary,
    Anonymous,
    NotApproved,
    Hours,
    Minutes,
    Ordinal,
    PatronymicEnding,
    RecordId,
    Direction,
    Sexless,
    AgeUnder,
    AgeOver,
    AgeMonths,
    AgeAbout,
    AgeChild,
    AgeAdult,
}

/// The list of a kind of term.
pub(super) fn list_of(kind: &str, meaning: &str) -> Option<Listed> {
    Some(match kind {
        "form_status" if meaning == "not_approved" => Listed::NotApproved,
        "unit" if meaning == "hours" => Listed::Hours,
        "unit" if meaning == "minutes" => Listed::Minutes,
        "age_word" => match meaning {
            "under" => Listed::AgeUnder,
            "over" => Listed::AgeOver,
            "month" => Listed::AgeMonths,
            "about" => Listed::AgeAbout,
            "child" => Listed::AgeChild,
            "adult" => Listed::AgeAdult,
            _ => return None,
        },
        "ordinal" => Listed::Ordinal,
        "patronymic_ending" => Listed::PatronymicEnding,
        "record_id" => Listed::RecordId,
        "direction" => Listed::Direction,
        "ditto" => Listed::Ditto,
        "missing" => Listed::Missing,
        "totals" => Listed::Totals,
        "sums" => Listed::Sums,
        "not_held" => Listed::NotHeld,
        "people" => Listed::People,
        "staff" => Listed::Staff,
        "trailer" => Listed::Trailer,
        "summary" => Listed::Summary,
        "anonymous" => Listed::Anonymous,
        _ => return None,
    })
}
