//! Every key of a source, of a field, of a lookup table and of the places for stays.

use super::keys::{ANY, choices, key};
use super::model::{BlankMark, DateOrder, FieldKind, Layout};
use super::shape::{Need, Section, Shape};
use Need::{Default, Optional, Required};

choices! {
    /// Layouts of a sheet.
    LAYOUTS, layout -> Layout {
        "list" | "sign-in" | "long" => Layout::List, "a row per contact";
        "register" | "journal" | "wide" => Layout::Register, "a row per person, a column per session";
        "event-log" | "log" | "events" => Layout::EventLog, "a row per session with head-counts";
        "registry" | "clients" | "people" => Layout::Registry, "a row per person, no contact";
    }
}

choices! {
    /// Orders of day and month.
    DATE_ORDERS, date_order -> DateOrder {
        "day-month" | "dmy" | "dd.mm" => DateOrder::DayMonth, "03/04 is 3 April";
        "month-day" | "mdy" | "mm/dd" => DateOrder::MonthDay, "03/04 is 4 March";
    }
}

choices! {
    /// Meanings of a blank cell.
    BLANKS, blank -> BlankMark {
        "absent" => BlankMark::Absent, "only presence is marked";
        "present" => BlankMark::Present, "only absence is marked";
    }
}

choices! {
    /// Kinds of fields.
    FIELD_KINDS, field_kind -> FieldKind {
        "text" => FieldKind::Text, "text as written";
        "number" => FieldKind::Number, "the first number in the text; aliases give numbers to words";
        "place" | "settlement" | "community" => FieldKind::Place, "a settlement or community: words of kind and case do not matter";
        "organisation" | "organization" => FieldKind::Organisation, "an organisation: legal forms, quotation marks, alphabets and the town at the end do not matter";
    }
}

choices! {
    /// What a mark says.
    MARK_MEANINGS, mark_meaning -> MarkWord {
        "present" | "came" | "yes" => MarkWord::Present, "the person came";
        "absent" | "no" => MarkWord::Absent, "the person did not come";
        "excused" | "ill" => MarkWord::Excused, "the person did not come, for a good reason";
        "partial" | "late" | "half" => MarkWord::Present, "the person came for a part of the session";
        "no-session" | "holiday" | "off" => MarkWord::NoSession, "there was no session";
    }
}

/// What a mark of the project's own says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkWord {
    /// The person came.
    Present,
    /// The person did not come.
    Absent,
    /// The person did not come, for a good reason.
    Excused,
    /// There was no session.
    NoSession,
}

/// `[words]`.
pub(super) static WORDS: Section = Section {
    name: "[words]",
    doc: "Words of the project's own files, over those that the tool knows; they hold for every source.",
    keys: &[
        key(
            "header",
            Shape::MapOf(&Shape::Text),
            Optional,
            "Heading = what its column holds: \"Табельна №\" = \"client-code\".",
        ),
        key(
            "mark",
            Shape::MapOf(&Shape::OneOf(MARK_MEANINGS)),
            Optional,
            "Mark under a session = what it says: \"вч\" = \"present\".",
        ),
        key(
            "total",
            Shape::Texts,
            Optional,
            "Words that begin a row of sums or head a column of sums.",
        ),
        key(
            "summary",
            Shape::Texts,
            Optional,
            "Words that begin the name or the title of a sheet of sums.",
        ),
        key(
            "trailer",
            Shape::Texts,
            Optional,
            "Words that begin a line below a table: signatures, legends.",
        ),
        key(
            "missing",
            Shape::Texts,
            Optional,
            "Words for a value that is not there: \"н/д\".",
        ),
    ],
};

/// `[[source]]`.
pub(super) static SOURCE: Section = Section {
    name: "source",
    doc: "Files that are read alike. Layout, header, columns, dates and marks are detected; each can be said instead.",
    keys: &[
        key(
            "name",
            Shape::Text,
            Optional,
            "Name for messages and filters; the first pattern where there is none.",
        ),
        key(
            "files",
            Shape::Texts,
            Required,
            "Files or patterns (* and **) relative to the project folder, written with /.",
        ),
        key("exclude", Shape::Texts, Optional, "Files to leave out."),
        key(
            "sheets",
            Shape::Texts,
            Optional,
            "Sheets to read, hidden ones included; every visible one where none is named.",
        ),
        key(
            "layout",
            Shape::OneOf(LAYOUTS),
            Optional,
            "Layout, where it is not to be detected.",
        ),
        key(
            "header-row",
            Shape::Whole(1, 1_048_576),
            Optional,
            "Row of the (first) header, where it is not to be detected.",
        ),
        key(
            "columns",
            Shape::MapOf(&Shape::Text),
            Optional,
            "Header text or column letters = field, over what the vocabulary says.",
        ),
        key(
            "values",
            Shape::MapOf(&Shape::MapOf(&Shape::Text)),
            Optional,
            "Per field: value as written = value meant.",
        ),
        key(
            "marks",
            Shape::Table(&MARKS),
            Optional,
            "Marks that only this source uses.",
        ),
        key(
            "date-order",
            Shape::OneOf(DATE_ORDERS),
            Optional,
            "Order of day and month in dates like 03/04/2026, where it is not to be detected.",
        ),
        key(
            "year",
            Shape::Whole(1900, 2200),
            Optional,
            "Year of dates that have none.",
        ),
        key(
            "blank",
            Shape::OneOf(BLANKS),
            Optional,
            "What a blank cell of a register means, where it is not to be detected.",
        ),
        key(
            "activity",
            Shape::Either(&[Shape::Text, Shape::Table(&ACTIVITY_RULE)]),
            Optional,
            "The activity of every row, or the field that tells it.",
        ),
        key(
            "population",
            Shape::Text,
            Default("beneficiaries"),
            "Whom the source is about.",
        ),
        key(
            "site",
            Shape::Text,
            Optional,
            "Site of every session, where the files do not say.",
        ),
        key(
            "session",
            Shape::Texts,
            Optional,
            "Fields that make a session, over the default; \"row\": each row is one.",
        ),
        key(
            "fields",
            Shape::MapOf(&Shape::Text),
            Optional,
            "Fields that every row of the source has: team = \"1\".",
        ),
        key(
            "skip",
            Shape::Tables(&SKIP),
            Optional,
            "Rows that are set aside, each with the reason; one [[source.skip]] each.",
        ),
        key(
            "contact-when",
            Shape::Either(&[Shape::Text, Shape::MapOf(&Shape::Texts)]),
            Optional,
            "A row is a contact only if this field is filled in, or holds one of the values: { status = [\"done\"] }.",
        ),
        key(
            "parent",
            Shape::Text,
            Optional,
            "Name of the source whose forms the rows belong to: members of a visit.",
        ),
        key(
            "derive",
            Shape::MapOf(&Shape::Table(&DERIVE)),
            Optional,
            "Fields made from others by the words they contain; one [source.derive.<name>] each.",
        ),
    ],
};

static MARKS: Section = Section {
    name: "marks",
    doc: "Marks that only this source uses.",
    keys: &[
        key("present", Shape::Texts, Optional, "Marks of presence."),
        key("absent", Shape::Texts, Optional, "Marks of absence."),
        key("excused", Shape::Texts, Optional, "Marks of excused absence."),
    ],
};

static ACTIVITY_RULE: Section = Section {
    name: "activity",
    doc: "The activity of a row by the value of a field.",
    keys: &[
        key("field", Shape::Text, Required, "The field that tells the activity."),
        key(
            "values",
            Shape::MapOf(&Shape::Text),
            Required,
            "Value as written = activity code.",
        ),
    ],
};

static SKIP: Section = Section {
    name: "skip",
    doc: "Rows to set aside.",
    keys: &[
        key("field", Shape::Text, Required, "The field that tells."),
        key(
            "values",
            Shape::Texts,
            Required,
            "Values that set a row aside, as written.",
        ),
        key(
            "reason",
            Shape::Text,
            Required,
            "Why, told with each row: \"test calls\".",
        ),
    ],
};

static DERIVE: Section = Section {
    name: "a derived field",
    doc: "A field made from another by the words it contains.",
    keys: &[
        key(
            "from",
            Shape::Text,
            Required,
            "The field looked at, or the session's \"title\", \"group\", \"site\".",
        ),
        key(
            "contains",
            Shape::MapOf(&Shape::Text),
            Required,
            "Words contained = value; the first that fits counts.",
        ),
        key("otherwise", Shape::Text, Optional, "Value where nothing fits."),
    ],
};

/// `[field.<name>]`.
pub(super) static FIELD: Section = Section {
    name: "a field",
    doc: "How the values of a field are brought to one form.",
    keys: &[
        key(
            "kind",
            Shape::OneOf(FIELD_KINDS),
            Default("text"),
            "What the values are.",
        ),
        key(
            "aliases",
            Shape::MapOf(&Shape::Texts),
            Optional,
            "Value meant = other ways to write it, where letters alone can't tell.",
        ),
    ],
};

/// `[[lookup]]`.
pub(super) static LOOKUP: Section = Section {
    name: "lookup",
    doc: "A table that says more about the values of a field.",
    keys: &[
        key(
            "files",
            Shape::Texts,
            Required,
            "Files or patterns relative to the project folder, written with /.",
        ),
        key(
            "sheets",
            Shape::Texts,
            Optional,
            "Sheets to read; every visible one where none is named.",
        ),
        key("key", Shape::Text, Required, "Header of the column that holds the key."),
        key("field", Shape::Text, Required, "Field whose value is looked up."),
        key(
            "gives",
            Shape::MapOf(&Shape::Text),
            Required,
            "Field that it gives = header of the column it stands in.",
        ),
    ],
};

choices! {
    /// Days of the week.
    WEEKDAYS, weekday -> chrono::Weekday {
        "monday" | "mon" => chrono::Weekday::Mon, "every Monday";
        "tuesday" | "tue" => chrono::Weekday::Tue, "every Tuesday";
        "wednesday" | "wed" => chrono::Weekday::Wed, "every Wednesday";
        "thursday" | "thu" => chrono::Weekday::Thu, "every Thursday";
        "friday" | "fri" => chrono::Weekday::Fri, "every Friday";
        "saturday" | "sat" => chrono::Weekday::Sat, "every Saturday";
        "sunday" | "sun" => chrono::Weekday::Sun, "every Sunday";
    }
}

/// `[[closed]]`.
pub(super) static CLOSED: Section = Section {
    name: "closed",
    doc: "Days on which no session can have been held: a session or a mark on one of them is asked about.",
    keys: &[
        key(
            "site",
            Shape::Texts,
            Optional,
            "Site or sites that were closed, as the files write them; all where none is named.",
        ),
        key("days", Shape::ListOf(&Shape::Date), Optional, "Single days."),
        key(
            "weekdays",
            Shape::SomeOf(WEEKDAYS),
            Optional,
            "Days of the week, within `from` and `to` where these are given.",
        ),
        key("from", Shape::Date, Optional, "First day of a closed span."),
        key(
            "to",
            Shape::Date,
            Optional,
            "Last day of a closed span; it belongs to it.",
        ),
    ],
};

/// `[[capacity]]`.
pub(super) static CAPACITY: Section = Section {
    name: "capacity",
    doc: "Places for overnight stays from a day on.",
    keys: &[
        key("from", Shape::Date, Required, "First day with so many places."),
        key("places", Shape::Whole(0, ANY), Required, "How many places."),
    ],
};
