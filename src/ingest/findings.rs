//! The closed list of findings: their codes, as `findings.csv` and definitions write them, and their severity.

use super::records::Severity;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $severity:ident;)+) => {
        /// A kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $name,)+
        }

        impl Kind {
            /// Every kind, in order.
            pub const ALL: &'static [Kind] = &[$(Kind::$name,)+];

            /// Code in `findings.csv` and in definitions.
            pub fn code(self) -> &'static str {
                match self {
                    $(Kind::$name => $code,)+
                }
            }

            /// How grave it is.
            pub fn severity(self) -> Severity {
                match self {
                    $(Kind::$name => Severity::$severity,)+
                }
            }
        }
    };
}

kinds! {
    /// A source's pattern matches no file.
    MissingFile, "missing-file", Error;
    /// A file can't be read: locked, damaged, encrypted, truncated, empty.
    UnreadableFile, "unreadable-file", Error;
    /// The content is not what the name says.
    WrongExtension, "wrong-extension", Note;
    /// A trace of an open program.
    LockFile, "lock-file", Note;
    /// A file among the raw files that no source names.
    FileNotNamed, "file-not-named", Warning;
    /// A file repeats another under another name.
    FileRepeated, "file-repeated", Warning;
    /// A row repeats a row of another file.
    RowRepeated, "row-repeated", Note;
    /// A sheet without a cell.
    EmptySheet, "empty-sheet", Note;
    /// A hidden sheet, not read.
    HiddenSheet, "hidden-sheet", Note;
    /// Hidden rows, not read.
    HiddenRows, "hidden-rows", Warning;
    /// Hidden columns, not read.
    HiddenColumns, "hidden-columns", Warning;
    /// Rows whose cells are struck through.
    StruckRows, "struck-rows", Warning;
    /// Comments on cells, which are not read.
    CellComments, "cell-comments", Note;
    /// Cells of a register that are coloured and hold nothing.
    ColouredCells, "coloured-cells", Warning;
    /// A sheet that can't be read in a workbook whose others can.
    DamagedSheet, "damaged-sheet", Error;
    /// A sheet of somebody's sums.
    SummarySheet, "summary-sheet", Note;
    /// A sheet with no recognisable table.
    NoTable, "no-table", Error;
    /// A table of people in which no row names anybody.
    NobodyNamed, "nobody-named", Error;
    /// Rows of a log without names that were counted as people who gave none.
    NamelessCounted, "nameless-counted", Warning;
    /// A column that a definition names is not in the file.
    MissingColumn, "missing-column", Error;
    /// A source whose sheet pattern matches no sheet.
    MissingSheet, "missing-sheet", Error;
    /// A formula without a saved result.
    FormulaWithoutResult, "formula-without-result", Error;
    /// An error value in a cell.
    ErrorCell, "error-cell", Warning;
    /// A row whose activity the definition does not name.
    ActivityNotNamed, "activity-not-named", Error;
    /// A date that does not exist.
    ImpossibleDate, "impossible-date", Error;
    /// A row of a list without a date.
    NoDate, "no-date", Error;
    /// A date whose day and month could be either way round.
    AmbiguousDate, "ambiguous-date", Warning;
    /// Blank cells of a session's column that were read as the cell above.
    FilledDown, "filled-down", Note;
    /// Dates without a year that took it from the project's dates.
    YearTaken, "year-taken", Note;
    /// Day numbers that run over the end of their month, taken for days of the next one or the one before.
    DaysRunOver, "days-run-over", Warning;
    /// Decimal numbers in headings, taken for days and months.
    DaysAsNumbers, "days-as-numbers", Note;
    /// A sheet called by a number, which was taken for the month of its days.
    MonthOfName, "month-of-name", Warning;
    /// Sessions without dates that took their days from a plan elsewhere in the workbook.
    DaysFromPlan, "days-from-plan", Warning;
    /// Days listed in one cell each, whose sessions were taken from there.
    DaysListed, "days-listed", Warning;
    /// Days listed in one cell each, which were not read.
    DaysUnread, "days-unread", Warning;
    /// Columns of a registry whose days nothing counts.
    DaysUnused, "days-unused", Warning;
    /// Sessions that cells choose by their names, whose days nobody says.
    SessionsUndated, "sessions-undated", Error;
    /// A text longer than a cell can hold, cut.
    TextCut, "text-cut", Warning;
    /// Dates without a year, and nothing around them that tells it.
    YearMissing, "year-missing", Error;
    /// A day that differs from what the title, the sheet's or the file's name tells.
    DateDiffers, "date-differs", Warning;
    /// Several days above a list without dates, none of which is surely its own.
    SeveralDays, "several-days", Error;
    /// A day above a list that seems to be the date of a paper.
    DateOfPaper, "date-of-paper", Warning;
    /// Dates whose day and month a spreadsheet seems to have swapped.
    DatesSwapped, "dates-swapped", Warning;
    /// Two session columns of one day.
    DateTwice, "date-twice", Warning;
    /// A session column whose day lies before that of the column to its left.
    DateOutOfOrder, "date-out-of-order", Warning;
    /// Marks in a column whose heading names no day.
    MarksWithoutDate, "marks-without-date", Error;
    /// A date before the project's start or after its end.
    OutsideProject, "outside-project", Warning;
    /// A date far in the future or the past.
    FutureDate, "future-date", Error;
    /// A mark that no vocabulary knows.
    UnknownMark, "unknown-mark", Warning;
    /// A session column with a date and no mark.
    EmptySession, "empty-session", Note;
    /// A register without any mark.
    NoMarks, "no-marks", Error;
    /// What a blank cell of a register was taken for.
    BlankTaken, "blank-taken", Note;
    /// Days of a register of absences under which nothing is marked at all.
    BlankDays, "blank-days", Warning;
    /// Marks that a legend in the workbook explains.
    LegendRead, "legend-read", Note;
    /// A mark with several meanings, and what it was taken for.
    AmbiguousMark, "ambiguous-mark", Warning;
    /// Marks that nobody knows were taken for signatures: the names or initials of their rows.
    SignedNames, "signed-names", Note;
    /// Marks that nobody knows, of which each day has one, taken for presence.
    MarksTaken, "marks-taken", Warning;
    /// Marks of a part of a session, late or left early, counted as presence.
    PartialMarks, "partial-marks", Note;
    /// Numbers under sessions that are hours or grades, counted as presence.
    NumbersAsMarks, "numbers-as-marks", Note;
    /// Numbers of a list under a heading that is not known, of which some are 0.
    HoursUnread, "hours-unread", Note;
    /// A list whose rows all say that nobody came.
    NobodyCame, "nobody-came", Warning;
    /// A column of few words that may say who came, and that nobody understands.
    FlagUnread, "flag-unread", Note;
    /// Times in place of a session's title that are those of people's coming.
    TimesOfArrival, "times-of-arrival", Note;
    /// Times in place of a session's title that may be those of people's coming.
    TimesUnclear, "times-unclear", Warning;
    /// Rows of one day that may be of people who met, and were counted as sessions of their own.
    RowsApart, "rows-apart", Warning;
    /// Rows of one day that may be services given one by one, and were counted as sessions that people shared.
    RowsTogether, "rows-together", Warning;
    /// Forms of one day that say what was done for each person, counted as sessions of their own.
    FormsApart, "forms-apart", Note;
    /// A person whom rows of one day call both present and absent.
    FlagContradicts, "flag-contradicts", Warning;
    /// A list whose column for signatures is blank, in all rows or in some.
    SignaturesBlank, "signatures-blank", Warning;
    /// Words or signs of absence in place of signatures.
    SignatureAbsent, "signature-absent", Warning;
    /// Rows that hold marks or answers and name nobody.
    MarksWithoutName, "marks-without-name", Warning;
    /// Several rows of one person and day, such as coming and going, counted as one contact.
    SwipesJoined, "swipes-joined", Note;
    /// An event without a head-count.
    CountMissing, "count-missing", Warning;
    /// Numbers beside head-counts that were not counted.
    HeadsLeftOut, "heads-left-out", Warning;
    /// Lines of a log that sum up a month each.
    MonthsCounted, "months-counted", Warning;
    /// A head-count that is no number which can be read surely.
    CountUnread, "count-unread", Warning;
    /// A head-count read from a text that says more than a number, or says it with a doubt.
    CountInWords, "count-in-words", Note;
    /// A line of a log that says how many are expected, and not that anybody came.
    PlannedOnly, "planned-only", Warning;
    /// A row that says that its session was not held.
    NotHeld, "not-held", Note;
    /// A sheet whose name says that nobody on it came: those who wait, what was cancelled.
    SheetNotHeld, "sheet-not-held", Warning;
    /// Rows of people under a line that heads staff.
    StaffAside, "staff-aside", Warning;
    /// Rows of people whom a column calls staff.
    StaffByRole, "staff-by-role", Warning;
    /// A row of a register that counts people whom nobody named.
    GuestsCounted, "guests-counted", Warning;
    /// A table of something else under the people of a list.
    OtherTable, "other-table", Warning;
    /// A row of a register that holds nothing but numbers, which count the marks around them.
    SumsTaken, "sums-taken", Note;
    /// Lists of one day that nothing but the names of sheets or files tells apart, counted as sessions of their own.
    ListsByName, "lists-by-name", Warning;
    /// Lists of one day on several sheets or in several files, counted as one session.
    ListsAsOne, "lists-as-one", Warning;
    /// A line of a log that says in every cell what another line says.
    EventTwice, "event-twice", Warning;
    /// A table without known headings, whose columns were told by what they hold.
    HeadingsMissing, "headings-missing", Warning;
    /// A heading that fits two meanings.
    HeadingUnclear, "heading-unclear", Warning;
    /// A heading with a slip, taken for what it nearly is.
    HeadingMisspelt, "heading-misspelt", Note;
    /// Columns with ticks for one attribute, such as a column for women and one for men.
    TicksJoined, "ticks-joined", Note;
    /// A second column of names beside the first, not taken for further people.
    SecondName, "second-name", Warning;
    /// Columns of people inside one row, which are not read.
    RepeatColumns, "repeat-columns", Warning;
    /// An earlier version of a register that a later file holds whole.
    RegisterReplaced, "register-replaced", Note;
    /// A cell that differs between two versions of a register.
    CellChanged, "cell-changed", Warning;
    /// A source that is laid out otherwise than the definitions remember.
    SourceChanged, "source-changed", Warning;
    /// Somebody's sum that does not agree with the rows.
    TotalDiffers, "total-differs", Warning;
    /// A row written twice in one file, in which each row is a session of its own.
    RowAgain, "row-again", Warning;
    /// A person written twice in one session.
    TwiceInSession, "twice-in-session", Note;
    /// A log's head-count that differs from the signed list.
    LogDiffersFromList, "log-differs-from-list", Warning;
    /// A log says that a list exists and none was found.
    ListMissing, "list-missing", Note;
    /// A signed list whose event is not in the log.
    ListWithoutEvent, "list-without-event", Warning;
    /// A head-count whose parts do not add up to its total.
    PartsDiffer, "parts-differ", Warning;
    /// A person of a register who never came.
    NeverCame, "never-came", Note;
    /// A client of a registry without a service.
    NoService, "no-service", Note;
    /// A code that no registry explains.
    UnknownCode, "unknown-code", Warning;
    /// One person under two codes.
    TwoCodes, "two-codes", Warning;
    /// One code for people who differ.
    CodeShared, "code-shared", Warning;
    /// A birth date that can't be.
    ImpossibleBirth, "impossible-birth", Warning;
    /// Cells about people that are filled and gave no value.
    ValueUnread, "value-unread", Warning;
    /// Age groups as written that lie in two bands of the project.
    AgesAstride, "ages-astride", Warning;
    /// An attribute that a person's rows contradict.
    Contradiction, "contradiction", Note;
    /// A row with a number but no person.
    NoPerson, "no-person", Note;
    /// A name that names nobody ("анонім", "дитина 1").
    NotAName, "not-a-name", Note;
    /// Two people in one cell.
    TwoNames, "two-names", Warning;
    /// Spellings of one site that were counted as one.
    SitesJoined, "sites-joined", Note;
    /// Sites that may be one.
    SitesAlike, "sites-alike", Note;
    /// Several people in one cell, each counted.
    SeveralNames, "several-names", Note;
    /// A pair that an officer decided.
    PairDecided, "pair-decided", Note;
    /// A pair that an officer should decide.
    PairUndecided, "pair-undecided", Warning;
    /// Pairs that were not compared, because too many people are written alike.
    PairsPassedOver, "pairs-passed-over", Warning;
    /// A decision that names a row where nobody is written.
    DecisionLost, "decision-lost", Error;
    /// A decision about a row where somebody else is written by now.
    DecisionMoved, "decision-moved", Error;
    /// A decision whose two places are one row.
    DecisionOfOneRow, "decision-of-one-row", Error;
    /// A decision in words that nobody understands.
    DecisionUnclear, "decision-unclear", Error;
    /// A decision that a later one about the same pair replaces.
    DecisionReplaced, "decision-replaced", Note;
    /// Decisions that contradict each other.
    DecisionsContradict, "decisions-contradict", Error;
    /// A person who asked that the name stay in the office.
    NoConsent, "no-consent", Note;
    /// A row that the definition sets aside; its reason is an argument.
    Skipped, "skipped", Note;
    /// An earlier version of a form that was edited.
    EarlierVersion, "earlier-version", Note;
    /// A form that was sent twice.
    SentTwice, "sent-twice", Note;
    /// A person who is listed in forms and never received anything.
    ListedWithoutService, "listed-without-service", Note;
    /// A row of members whose form is not there.
    FormMissing, "form-missing", Error;
    /// A stay that ends before it starts.
    StayReversed, "stay-reversed", Error;
    /// A person with two stays over the same night.
    StayOverlaps, "stay-overlaps", Warning;
    /// A value that a lookup table does not have.
    LookupMissing, "lookup-missing", Warning;
    /// A field that a definition names and no source has.
    FieldMissing, "field-missing", Error;
    /// A cycle with fewer sessions than an indicator asks for.
    CycleTooShort, "cycle-too-short", Warning;
    /// An indicator that counts no row.
    NothingCounted, "nothing-counted", Warning;
    /// Columns of a register with the same marks on several days.
    ColumnCopied, "column-copied", Warning;
    /// Lists with the same people in the same order on several days or at several sites.
    ListCopied, "list-copied", Warning;
    /// Everybody of a register at every session for months.
    AlwaysPresent, "always-present", Note;
    /// One facilitator at two sites at one time.
    TwoSitesAtOnce, "two-sites-at-once", Warning;
    /// A session on a day when its site was closed.
    ClosedDay, "closed-day", Warning;
    /// More round head-counts than chance would give.
    RoundCounts, "round-counts", Note;
    /// A participant who appears among the staff as well.
    StaffAmongParticipants, "staff-among-participants", Note;
    /// A month of an activity far from all its others.
    MonthOutOfLine, "month-out-of-line", Note;
    /// A log and lists of another activity that tell of the same events.
    EventsInTwo, "events-in-two", Warning;
    /// A self-check of the tool failed.
    SelfCheckFailed, "self-check-failed", Error;
}
