//! What an officer says about two records.

/// What an officer says about two records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They are one person.
    Same,
    /// They are two people.
    Different,
    /// The officer looked and cannot tell.
    Unknown,
    /// What was decided before no longer holds; the pair is open again.
    Open,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Verdict; 4] = [Verdict::Same, Verdict::Different, Verdict::Unknown, Verdict::Open];

    /// The word that tables of decisions hold.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Different => "different",
            Verdict::Unknown => "unknown",
            Verdict::Open => "open",
        }
    }

    /// The verdict of a code.
    pub fn from_code(code: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.code() == code)
    }
}
