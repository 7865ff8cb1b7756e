//! What became of a row that was read, and why it was not counted.

/// What became of a row (rule: rows read = counted + set aside).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It gave a contact, a session or a registry entry that is used.
    Counted,
    /// It was read but not counted.
    SetAside(Reason),
}

/// Why a row was read but not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Title or other text above a table.
    Title,
    /// Header row.
    Header,
    /// Column numbers under a header.
    Numbering,
    /// Somebody's sum.
    Totals,
    /// Signature, legend or note below a table.
    Trailer,
    /// Row on a sheet that is a summary.
    SummarySheet,
    /// Row on a hidden sheet.
    HiddenSheet,
    /// Hidden row.
    HiddenRow,
    /// Struck through.
    Struck,
    /// Row on a sheet that the source leaves out.
    SheetNotNamed,
    /// A blank form line: a number without a person.
    NoPerson,
    /// Date that does not exist.
    ImpossibleDate,
    /// No date found.
    NoDate,
    /// Before the project's start or after its end.
    OutsideProject,
    /// Far in the future or the past.
    ImplausibleDate,
    /// After the as-of date.
    AfterAsOf,
    /// The same row in another file, counted there.
    Repeat,
    /// The same person again in the same session, counted once.
    SecondMark,
    /// A signature beyond the head-count, in a project that holds the log for the truth.
    BeyondHeadCount,
    /// In a register without a presence mark.
    NeverCame,
    /// In a registry, but with no contact anywhere.
    NoService,
    /// A code that no registry explains and that counts nowhere.
    NotUnderstood,
    /// On a sheet or block that has no recognisable table.
    NoTable,
    /// The definition sets such rows aside (tests, refused, not approved).
    Skipped,
    /// An earlier version of a form that was edited.
    EarlierVersion,
    /// A form that was sent twice.
    SentTwice,
    /// Listed, but received nothing that makes a contact.
    NoContact,
    /// A log says that the person was absent.
    Absent,
    /// In an earlier version of a register that a later file holds.
    Replaced,
    /// A row of tags under the headings.
    Tags,
    /// Cancelled, or the person did not show up: no service was given.
    NotHeld,
    /// Under a line that heads those who held the session.
    Staff,
}

impl Reason {
    /// Code in manifests and label files.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Title => "title",
            Reason::Header => "header",
            Reason::Numbering => "numbering",
            Reason::Totals => "totals",
            Reason::Trailer => "trailer",
            Reason::SummarySheet => "summary_sheet",
            Reason::HiddenSheet => "hidden_sheet",
            Reason::HiddenRow => "hidden_row",
            Reason::Struck => "struck",
            Reason::SheetNotNamed => "sheet_not_named",
            Reason::NoPerson => "no_person",
            Reason::ImpossibleDate => "impossible_date",
            Reason::NoDate => "no_date",
            Reason::OutsideProject => "outside_project",
            Reason::ImplausibleDate => "implausible_date",
            Reason::AfterAsOf => "after_as_of",
            Reason::Repeat => "repeat",
            Reason::SecondMark => "second_mark",
            Reason::BeyondHeadCount => "beyond_head_count",
            Reason::NeverCame => "never_came",
            Reason::NoService => "no_service",
            Reason::NotUnderstood => "not_understood",
            Reason::NoTable => "no_table",
            Reason::Skipped => "skipped",
            Reason::EarlierVersion => "earlier_version",
            Reason::SentTwice => "sent_twice",
            Reason::NoContact => "no_contact",
            Reason::Absent => "absent",
            Reason::Replaced => "replaced",
            Reason::Tags => "tags",
            Reason::NotHeld => "not_held",
            Reason::Staff => "staff",
        }
    }
}
