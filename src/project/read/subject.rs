//! Words for what a condition or a breakdown looks at.

use super::World;
use crate::message::{Message, message};
use crate::project::calendar::CalendarKind;
use crate::project::diagnostic::Diagnostics;
use crate::project::model::{AgeScheme, Localized, Subject};
use crate::project::node::Node;
use crate::project::suggest::{nearest, suggestion};

/// A subject's word with its headings for reports.
struct Word {
    code: &'static str,
    en: &'static str,
    uk: &'static str,
}

const fn word(code: &'static str, en: &'static str, uk: &'static str) -> Word {
    Word { code, en, uk }
}

const WORDS: &[Word] = &[
    word("activity", "Service", "Послуга"),
    word("site", "Site", "Місце надання"),
    word("title", "Title", "Назва заходу"),
    word("group", "Group", "Група"),
    word("facilitator", "Facilitator", "Фасилітатор(ка)"),
    word("source", "Source", "Джерело"),
    word("evidence", "Evidence", "Підстава"),
    word("age", "Age", "Вік"),
    word("order", "First or further", "Перший чи наступні"),
    word("person.activities", "Services of the person", "Послуги особи"),
    word("person.sources", "Sources that name the person", "Джерела, де є особа"),
    word("new", "New or returning", "Нові чи повторні"),
    word("month", "Month", "Місяць"),
    word("finding", "Kind of finding", "Вид зауваження"),
];

/// Attributes of persons that have a word of their own; others are written `person.<field>`.
const ATTRIBUTES: &[Word] = &[
    word("sex", "Sex", "Стать"),
    word("settlement", "Settlement", "Населений пункт"),
    word("idp", "Internally displaced", "Внутрішньо переміщені"),
    word("disability", "Disability", "Інвалідність"),
    word("category", "Category", "Категорія"),
    word("community", "Community", "Громада"),
    word("region", "Region", "Область"),
    word("organisation", "Organisation", "Організація"),
    word("position", "Position", "Посада"),
    word("hromada", "Community", "Громада"),
    word("raion", "District", "Район"),
    word("oblast", "Region", "Область"),
    word("experience", "Experience", "Стаж"),
    word("household_size", "Household size", "Розмір домогосподарства"),
    word("children_count", "Children", "Діти"),
];

/// Fields of a row that have a word of their own; others are written `field.<field>`.
const ROW_FIELDS: &[Word] = &[
    word("service", "Service", "Послуга"),
    word("topic", "Topic", "Тема"),
    word("mode", "Mode", "Формат"),
    word("status", "Status", "Стан"),
    word("amount", "Amount", "Сума"),
    word("duration", "Duration", "Тривалість"),
    word("score", "Score", "Бали"),
    word("check_in", "Check-in", "Поселення"),
    word("check_out", "Check-out", "Вибуття"),
    word("case_opened", "Case opened", "Випадок відкрито"),
    word("case_closed", "Case closed", "Випадок закрито"),
];

fn all_words() -> impl Iterator<Item = &'static Word> {
    WORDS.iter().chain(ATTRIBUTES).chain(ROW_FIELDS)
}

/// Every word that stands for a subject, for suggestions and editors.
pub(in crate::project) fn words() -> impl Iterator<Item = &'static str> {
    all_words().map(|word| word.code)
}

/// The heading of a subject in reports.
pub(super) fn heading(code: &str) -> Localized {
    let found = all_words().find(|word| word.code == code);
    found.map_or_else(
        || Localized::same(name(code)),
        |word| {
            Localized(
                [
                    ("en".to_owned(), word.en.to_owned()),
                    ("uk".to_owned(), word.uk.to_owned()),
                ]
                .into(),
            )
        },
    )
}

/// The part of `person.idp` or `field.type` that names the breakdown.
pub(super) fn name(code: &str) -> &str {
    code.split_once('.').map_or(code, |(_, name)| name)
}

/// The subject that a text names, or a mistake.
pub(super) fn subject(node: Node<'_>, world: &World<'_>, out: &mut Diagnostics) -> Option<Subject> {
    let code = node.text()?;
    let found = parse(code, world);
    if found.is_none() {
        let (message, help) = unknown(code, world);
        out.note(node.file, node.span(), message, help);
    }
    found
}

/// The subject that a word stands for.
pub(super) fn parse(code: &str, world: &World<'_>) -> Option<Subject> {
    Some(match code {
        "activity" => Subject::Activity,
        "site" => Subject::Site,
        "title" => Subject::Title,
        "group" => Subject::Group,
        "facilitator" => Subject::Facilitator,
        "source" => Subject::Source,
        "evidence" => Subject::Evidence,
        "age" => Subject::Age(world.own_scheme().to_owned()),
        "order" => Subject::Order,
        "person.activities" => Subject::PersonActivities,
        "person.sources" => Subject::PersonSources,
        "new" => Subject::NewReturning,
        "month" => Subject::Month,
        "finding" => Subject::FindingKind,
        _ => return parse_named(code, world),
    })
}

fn parse_named(code: &str, world: &World<'_>) -> Option<Subject> {
    match code.split_once('.') {
        Some((_, "")) => None,
        Some(("field", field)) => Some(Subject::Field(field.to_owned())),
        Some(("person", field)) => Some(Subject::Attribute(field.to_owned())),
        Some(("age", scheme)) => world.ages.contains_key(scheme).then(|| Subject::Age(scheme.to_owned())),
        Some(_) => None,
        None if is_row_field(code, world) => Some(Subject::Field(code.to_owned())),
        None => {
            let known = ATTRIBUTES.iter().any(|word| word.code == code)
                || world.known.fields.contains(&code)
                || world.fields.iter().any(|field| field == code);
            known.then(|| Subject::Attribute(code.to_owned()))
        }
    }
}

fn is_row_field(code: &str, world: &World<'_>) -> bool {
    let attribute = ATTRIBUTES.iter().any(|word| word.code == code);
    !attribute
        && (ROW_FIELDS.iter().any(|word| word.code == code) || world.row_fields.iter().any(|field| field == code))
}

/// What to say about a word that stands for no subject.
pub(super) fn unknown(code: &str, world: &World<'_>) -> (Message, Option<Message>) {
    if let Some(scheme) = code.strip_prefix("age.") {
        let help = suggestion(scheme, world.ages.keys().map(String::as_str));
        return (message!("no age scheme `{scheme}`", scheme), help);
    }
    let mut near: Vec<&str> = words().collect();
    near.extend(world.known.fields);
    near.extend(world.fields.iter().map(String::as_str));
    let own = message!(
        "a column of your own is written `person.{code}` (about people) or `field.{code}` (about the row)",
        code
    );
    let help = match nearest(code, near) {
        Some(near) => message!("did you mean `{near}`? Or: {own}", near, own),
        None => message!(
            "{own}; else accepted: {words}",
            own,
            words = words().collect::<Vec<_>>().join(", ")
        ),
    };
    (message!("`{code}` is nothing that can be looked at", code), Some(help))
}

/// The categories of a subject that has a closed list of them.
pub(super) fn categories(subject: &Subject, world: &World<'_>) -> Option<Vec<String>> {
    let strings = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    match subject {
        Subject::Activity | Subject::PersonActivities => Some(world.activities.keys().cloned().collect()),
        Subject::Source | Subject::PersonSources => Some(world.sources.clone()),
        Subject::Order => Some(strings(&["first", "further"])),
        Subject::Band { scheme, .. } => world.bands.get(scheme).map(AgeScheme::bands),
        Subject::Evidence => Some(strings(&["named", "anonymous"])),
        Subject::NewReturning => Some(strings(&["new", "returning"])),
        Subject::Age(scheme) => world.ages.get(scheme).map(AgeScheme::bands),
        Subject::Month => world.span.map(|(start, end)| {
            let months = CalendarKind::Month.periods(start, end).into_iter();
            months.map(|month| month.label).collect()
        }),
        Subject::FindingKind => Some(strings(world.known.finding_kinds)).filter(|kinds: &Vec<_>| !kinds.is_empty()),
        Subject::Site
        | Subject::Title
        | Subject::Group
        | Subject::Facilitator
        | Subject::Field(_)
        | Subject::Attribute(_) => None,
    }
}

/// What messages call a category of a subject.
pub(super) fn category_name(subject: &Subject) -> Message {
    match subject {
        Subject::Activity | Subject::PersonActivities => message!("activity"),
        Subject::Source | Subject::PersonSources => message!("source"),
        Subject::Evidence => message!("kind of evidence"),
        Subject::Age(_) => message!("age band"),
        Subject::Band { .. } => message!("band"),
        Subject::Month => message!("month of the project"),
        Subject::FindingKind => message!("kind of finding"),
        Subject::Order
        | Subject::NewReturning
        | Subject::Site
        | Subject::Title
        | Subject::Group
        | Subject::Facilitator
        | Subject::Field(_)
        | Subject::Attribute(_) => message!("category"),
    }
}
