//! What is written of a person in one place, in words, and how two such places compare.

use chrono::NaiveDate;

use crate::ingest::decisions::written;
use crate::ingest::records::{Birth, Identity, MentionId, Records, TextId};
use crate::ingest::vocabulary::standard;
use crate::people::facts::fold;
use crate::people::model::{FieldWeight, Link};
use crate::report::Report;
use crate::report::labels::Labels;
use crate::report::view::clean;

/// A field of a place, in the order in which fields are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Name as written.
    Name,
    /// Birth date, year, or age.
    Born,
    /// Phone and e-mail.
    Phone,
    /// Client code.
    Code,
    /// Sex.
    Sex,
    /// Settlement and address.
    Settlement,
    /// Activity and site.
    Met,
    /// Days of the contacts.
    Dates,
}

impl Field {
    /// All fields.
    pub const ALL: [Field; 8] = [
        Field::Name,
        Field::Born,
        Field::Phone,
        Field::Code,
        Field::Sex,
        Field::Settlement,
        Field::Met,
        Field::Dates,
    ];

    /// Key of the field's head in the label files.
    pub fn key(self) -> &'static str {
        match self {
            Field::Name => "review_head.name",
            Field::Born => "review_head.born",
            Field::Phone => "review_head.phone",
            Field::Code => "review_head.code",
            Field::Sex => "review_head.sex",
            Field::Settlement => "review_head.settlement",
            Field::Met => "review_head.met",
            Field::Dates => "review_head.dates",
        }
    }

    /// Whether a difference in it says anything about who it is: two meetings are not.
    pub fn identifies(self) -> bool {
        !matches!(self, Field::Met | Field::Dates)
    }
}

impl Field {
    /// The comparisons of recognition that look at the field.
    fn comparisons(self) -> &'static [&'static str] {
        match self {
            Field::Name => &["surname", "given", "patronymic", "name"],
            Field::Born => &["birth", "age"],
            Field::Phone => &["phone", "email", "alias"],
            Field::Code => &["code"],
            Field::Sex => &["sex"],
            Field::Settlement => &["settlement", "address", "postcode"],
            Field::Met | Field::Dates => &[],
        }
    }
}

/// What is written of a person in one place; empty where nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written([String; 8]);

/// Reads what is written in places, in the words of a report.
pub struct Reader<'a> {
    /// The report.
    pub report: Report<'a>,
    /// Its words.
    pub labels: Labels,
    days: Days,
}

impl<'a> Reader<'a> {
    /// Over all mentions of a report.
    pub fn new(report: &Report<'a>) -> Self {
        Self {
            report: *report,
            labels: Labels::load(report.lang),
            days: Days::of(report.records),
        }
    }

    /// First and last day of a mention's contacts.
    pub fn span(&self, mention: MentionId) -> Option<(NaiveDate, NaiveDate)> {
        self.days.span(mention)
    }

    /// What the row of a mention says.
    pub fn written(&self, mention: MentionId) -> Written {
        let records = self.report.records;
        let whole = &records.mentions[mention.index()];
        let identity = &whole.identity;
        let text = |id: Option<TextId>| id.map(|id| clean(records.text(id))).unwrap_or_default();
        let both = |one: Option<TextId>, other: Option<TextId>| joined([text(one), text(other)], ", ");
        let activity = whole.context.activity.map(|code| {
            let code = records.text(code);
            let known = self.report.project.activities.get(code);
            known.map_or_else(
                || code.to_owned(),
                |activity| clean(activity.name.get(self.report.lang)),
            )
        });
        let code = text(identity.code);
        let name = clean(&written(records, whole));
        let sex = identity.sex.map(|sex| self.labels.value(records.text(sex)));
        Written([
            if name == code { String::new() } else { name },
            born(identity, &self.labels),
            both(identity.phone, identity.email),
            code,
            sex.unwrap_or_default(),
            both(identity.settlement, identity.address),
            joined([activity.unwrap_or_default(), text(whole.context.site)], ", "),
            self.days.shown(mention),
        ])
    }
}

impl Written {
    /// A field as it is shown.
    pub fn get(&self, field: Field) -> &str {
        &self.0[field as usize]
    }
}

fn joined<const N: usize>(parts: [String; N], between: &str) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(between)
}

fn born(identity: &Identity, labels: &Labels) -> String {
    match (identity.birth, identity.age) {
        (Birth::Date(day), _) => day.format("%d.%m.%Y").to_string(),
        (Birth::Year(year), _) => year.to_string(),
        (Birth::Unknown, Some(age)) => format!("{} {age}", labels.get("comparison.age")),
        (Birth::Unknown, None) => String::new(),
    }
}

/// Whether both places fill in a field and do not say the same: what recognition holds to agree does not differ.
pub fn differs(link: &Link, a: &Written, b: &Written, field: Field) -> bool {
    let (a, b) = (a.get(field), b.get(field));
    if a.is_empty() || b.is_empty() || fold(a) == fold(b) || !field.identifies() {
        return false;
    }
    let compared = || {
        link.fields
            .iter()
            .filter(|one| field.comparisons().contains(&one.comparison))
    };
    let agreed = compared().count() > 0 && compared().all(|one| matches!(one.level, "exact" | "year" | "initial"));
    let one_place = || field == Field::Settlement && standard().settlement_key(a) == standard().settlement_key(b);
    !agreed && !one_place()
}

/// Days of the contacts of each mention.
#[derive(Debug, Default)]
struct Days(Vec<Option<(NaiveDate, NaiveDate, u32)>>);

impl Days {
    /// The days of all mentions.
    fn of(records: &Records) -> Self {
        let mut days: Vec<Option<(NaiveDate, NaiveDate, u32)>> = vec![None; records.mentions.len()];
        for contact in &records.contacts {
            let date = records.sessions[contact.session.index()].date;
            let known = days[contact.mention.index()].get_or_insert((date, date, 0));
            *known = (known.0.min(date), known.1.max(date), known.2 + 1);
        }
        Self(days)
    }

    /// First and last day of a mention's contacts.
    fn span(&self, mention: MentionId) -> Option<(NaiveDate, NaiveDate)> {
        self.0[mention.index()].map(|(first, last, _)| (first, last))
    }

    fn shown(&self, mention: MentionId) -> String {
        let day = |day: NaiveDate| day.format("%d.%m.%Y").to_string();
        match self.0[mention.index()] {
            None => String::new(),
            Some((first, last, _)) if first == last => day(first),
            Some((first, last, count)) => format!("{} – {} ({count})", day(first), day(last)),
        }
    }
}

/// The evidence of a pair in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What speaks for one person; empty where nothing does.
    pub for_one: String,
    /// What speaks against, what differs, and what only one place says; empty where nothing does.
    pub against: String,
}

impl Evidence {
    /// In the words of `labels`.
    pub fn of(labels: &Labels, link: &Link, a: &Written, b: &Written) -> Self {
        let weighed = |good: bool| -> Vec<String> {
            let fields = link.fields.iter().filter(|field| (field.weight >= 0.0) == good);
            fields.map(|field| field_words(labels, field)).collect()
        };
        let say = |key: &str, parts: Vec<String>| {
            let text = parts.join("; ");
            (!text.is_empty()).then(|| labels.fill(key, &[("text", &text)]))
        };
        let silent = Field::ALL.into_iter().filter(|field| field.identifies());
        let silent = silent
            .filter(|field| a.get(*field).is_empty() != b.get(*field).is_empty())
            .map(|field| lower(labels.get(field.key())))
            .collect();
        let differing = Field::ALL.into_iter().filter(|field| differs(link, a, b, *field));
        let differing = differing.map(|field| lower(labels.get(field.key()))).collect();
        let against = [
            say("review.against", weighed(false)),
            say("review.differs", differing),
            say("review.silent", silent),
        ];
        Self {
            for_one: say("review.for", weighed(true)).unwrap_or_default(),
            against: against.into_iter().flatten().collect::<Vec<_>>().join(" "),
        }
    }
}

/// `surname: the same (+6.2)`.
fn field_words(labels: &Labels, field: &FieldWeight) -> String {
    let sign = if field.weight < 0.0 { "" } else { "+" };
    format!(
        "{}: {} ({sign}{})",
        labels.comparison(field.comparison),
        labels.agreement(field.level),
        labels.number(field.weight, 1)
    )
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
