//! Filters and categories, asked of one head.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use tallyframe::ingest::records::{Birth, FieldId, FieldValue};
use tallyframe::people::facts::{Attribute, Who};
use tallyframe::project::model::{AgeRule, Counted, Evidence, Filter, Measure, NewSince, Subject};

use super::heads::{Head, Kind, number, services, universe};
use super::{Days, World, about_persons};

pub(super) fn passes(world: &World, counted: &Counted, filter: &Filter, head: &Head, days: Days) -> bool {
    match filter {
        Filter::All => true,
        Filter::And(parts) => parts.iter().all(|part| passes(world, counted, part, head, days)),
        Filter::Or(parts) => parts.iter().any(|part| passes(world, counted, part, head, days)),
        Filter::Not(part) => !passes(world, counted, part, head, days),
        Filter::OneOf { subject, values } => {
            let codes = codes(world, counted, subject, head, days);
            values.iter().any(|value| codes.contains(&value.to_lowercase()))
        }
        Filter::Known(subject) => codes(world, counted, subject, head, days) != ["unknown"],
        Filter::Between { subject, from, to } => {
            let number = match subject {
                Subject::Age(_) => years(world, counted, head, days).map(f64::from),
                _ => codes(world, counted, subject, head, days)[0].parse().ok(),
            };
            number.is_some_and(|number| from.is_none_or(|from| from <= number) && to.is_none_or(|to| number <= to))
        }
        Filter::Days { field, from, to } => {
            let day = match field {
                Some(_) => check_out(world, head),
                None => Some(own_day(world, head)),
            };
            day.is_some_and(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
        }
    }
}

fn own_day(world: &World, head: &Head) -> NaiveDate {
    head.contact.map_or(head.date, |at| world.facts.contacts[at].date)
}

fn check_out(world: &World, head: &Head) -> Option<NaiveDate> {
    let values = world.records.values_of(head.row?).iter();
    values
        .filter(|(at, _)| *at == FieldId(3))
        .find_map(|(_, value)| match value {
            FieldValue::Date(date) => Some(*date),
            _ => None,
        })
}

/// The cells of a disaggregation that a head falls into.
pub(super) fn cells(
    world: &World,
    indicator: usize,
    cut: usize,
    counted: &Counted,
    head: &Head,
    days: Days,
) -> Vec<String> {
    let mut names = vec![String::new()];
    for subject in &world.project.indicators[indicator].disaggregations[cut].by {
        let mut crossed = Vec::new();
        for name in &names {
            for code in codes(world, counted, subject, head, days) {
                crossed.push(if name.is_empty() {
                    code
                } else {
                    format!("{name} & {code}")
                });
            }
        }
        names = crossed;
    }
    names
}

pub(super) fn codes(world: &World, counted: &Counted, subject: &Subject, head: &Head, days: Days) -> Vec<String> {
    let session = head.session.map(|at| &world.records.sessions[at]);
    let of_field = |field| {
        let own = head.row.and_then(|row| number(world, row, field));
        let logged = matches!(head.kind, Kind::Contact | Kind::Session);
        let log_row = session.and_then(|session| session.log_row).filter(|_| logged);
        own.or_else(|| number(world, log_row?, field))
            .map(|number| number.to_string())
    };
    let code: Option<String> = match subject {
        Subject::Activity => session.map(|session| world.records.text(session.activity).to_owned()),
        Subject::Site => session
            .and_then(|session| session.site)
            .map(|site| world.records.text(site).to_owned()),
        Subject::Month => Some(head.date.format("%Y-%m").to_string()),
        Subject::Evidence => match (head.kind, head.person) {
            (Kind::Contact, None) => Some("anonymous".into()),
            (Kind::Contact | Kind::Enrolment, _) => Some("named".into()),
            (Kind::Session | Kind::Cycle | Kind::Listed, _) => None,
        },
        Subject::NewReturning => head.person.map(|who| {
            let new = is_new(world, counted, 0, who[0], days);
            if new { "new" } else { "returning" }.to_owned()
        }),
        Subject::Age(_) => age(world, counted, head, days),
        Subject::Field(key) if key == "services" => {
            let all = head.row.map(|row| services(world, row)).unwrap_or_default();
            let own = head.service.clone().map_or(all, |service| vec![service]);
            return if own.is_empty() { vec!["unknown".into()] } else { own };
        }
        Subject::Field(key) if key == "points" => of_field(1),
        Subject::Field(_) => of_field(0),
        Subject::Attribute(key) => return attribute(world, key, head),
        Subject::Band { .. } => attribute(world, "kids", head)[0].parse().ok().map(|kids: u8| {
            let bands = [(0, 0, "0"), (1, 2, "1-2"), (3, 9, "3+")];
            let own = bands.iter().find(|(from, to, _)| (*from..=*to).contains(&kids));
            own.expect("a number of children").2.to_owned()
        }),
        Subject::PersonActivities => return person_activities(world, head),
        Subject::Order => order(world, counted, head),
        _ => None,
    };
    vec![code.unwrap_or_else(|| "unknown".into())]
}

fn person_activities(world: &World, head: &Head) -> Vec<String> {
    let mut activities = BTreeSet::new();
    for fact in &world.facts.contacts {
        if let (Who::Person { person, .. }, Some(who)) = (&fact.who, head.person)
            && person.0 == who[0]
        {
            activities.insert(world.records.text(fact.activity).to_owned());
        }
    }
    if activities.is_empty() {
        return vec!["unknown".into()];
    }
    activities.into_iter().collect()
}

fn named(counted: &Counted) -> Counted {
    Counted {
        measure: Measure::Contacts(Evidence::Named),
        filter: Filter::All,
        population: counted.population.clone(),
    }
}

/// First or further among the person's contacts that pass the filter, whatever it says of the order itself.
fn order(world: &World, counted: &Counted, head: &Head) -> Option<String> {
    let (Kind::Contact, Some(who)) = (head.kind, head.person) else {
        return None;
    };
    let filter = unordered(&counted.filter).unwrap_or(Filter::All);
    let all = (world.project.start, world.project.end);
    let as_people = Counted {
        measure: Measure::People,
        ..counted.clone()
    };
    let first = universe(world, &named(counted)).into_iter().find(|other| {
        other.person.is_some_and(|them| them[0] == who[0]) && early(world, &as_people, &filter, other, all)
    });
    let is_first = first.is_some_and(|first| first.contact == head.contact);
    Some(if is_first { "first" } else { "further" }.to_owned())
}

/// What a filter says before any period is known: nobody is new or in a window yet.
fn early(world: &World, counted: &Counted, filter: &Filter, head: &Head, all: Days) -> bool {
    passes(world, counted, filter, head, all)
}

fn unordered(filter: &Filter) -> Option<Filter> {
    match filter {
        Filter::OneOf { subject, .. } | Filter::Known(subject) if *subject == Subject::Order => None,
        Filter::And(parts) => Some(Filter::And(parts.iter().filter_map(unordered).collect())),
        Filter::Or(parts) => parts.iter().map(unordered).collect::<Option<Vec<_>>>().map(Filter::Or),
        Filter::Not(part) => unordered(part).map(|part| Filter::Not(Box::new(part))),
        _ => Some(filter.clone()),
    }
}

fn attribute(world: &World, key: &str, head: &Head) -> Vec<String> {
    let text = |id| world.facts.texts.get(id).to_owned();
    let unknown = vec!["unknown".to_owned()];
    let Some(who) = head.person else {
        return match &head.sex {
            Some(sex) if key == "sex" => vec![sex.clone()],
            _ => unknown,
        };
    };
    let at = world
        .facts
        .attributes
        .iter()
        .position(|known| known == key)
        .expect("an attribute of the world");
    let known = &world.facts.persons[who[0] as usize].attributes;
    let mut codes = unknown;
    for (id, answer) in known {
        if usize::from(id.0) == at {
            codes = match answer {
                Attribute::Text(id) => vec![text(*id)],
                Attribute::Number(number) => vec![number.to_string()],
                Attribute::YesNo(yes) => vec![if *yes { "yes".into() } else { "no".into() }],
                Attribute::Set(ids) => ids.iter().map(|id| text(*id)).collect(),
            };
        }
    }
    codes
}

pub(super) fn is_new(world: &World, counted: &Counted, partition: usize, block: u32, days: Days) -> bool {
    let indicator_anchor = world.project.settings.new_since == NewSince::Indicator;
    // A filter that itself asks who is new, or how old at the time, can't be asked before the period is known.
    let filtered = indicator_anchor && !depends_on_window(world, &counted.filter);
    let mut firsts: BTreeMap<i32, NaiveDate> = BTreeMap::new();
    for head in universe(
        world,
        &Counted {
            measure: Measure::Contacts(Evidence::Named),
            ..counted.clone()
        },
    ) {
        let own = head.person.is_some_and(|who| who[partition] == block);
        let all = (world.project.start, world.project.end);
        if own && (!filtered || passes(world, counted, &counted.filter, &head, all)) {
            let by_year = world.project.settings.new_since == NewSince::Year;
            let year = if by_year { head.date.year() } else { 0 };
            let first = firsts.entry(year).or_insert(head.date);
            *first = (*first).min(head.date);
        }
    }
    firsts.values().any(|first| days.0 <= *first && *first <= days.1)
}

#[expect(clippy::match_same_arms, reason = "each condition is answered by itself")]
fn depends_on_window(world: &World, filter: &Filter) -> bool {
    match filter {
        Filter::And(parts) | Filter::Or(parts) => parts.iter().any(|part| depends_on_window(world, part)),
        Filter::Not(part) => depends_on_window(world, part),
        Filter::OneOf {
            subject: Subject::NewReturning,
            ..
        } => true,
        Filter::OneOf {
            subject: Subject::Age(_),
            ..
        } => world.project.settings.age != AgeRule::FirstContactOfProject,
        Filter::Known(Subject::NewReturning) => true,
        Filter::Known(Subject::Age(_))
        | Filter::Between {
            subject: Subject::Age(_),
            ..
        } => world.project.settings.age != AgeRule::FirstContactOfProject,
        Filter::All | Filter::OneOf { .. } | Filter::Known(_) | Filter::Between { .. } | Filter::Days { .. } => false,
    }
}

fn age(world: &World, counted: &Counted, head: &Head, days: Days) -> Option<String> {
    if head.person.is_none() {
        // Four bands: children are one of them, adults three.
        return (head.child == Some(true)).then(|| "0-17".to_owned());
    }
    let years = years(world, counted, head, days)?;
    let bands = [(0, 17, "0-17"), (18, 34, "18-34"), (35, 59, "35-59"), (60, 200, "60+")];
    bands
        .iter()
        .find(|(from, to, _)| (*from..=*to).contains(&years))
        .map(|(_, _, name)| (*name).to_owned())
}

/// Full years of the person.
fn years(world: &World, counted: &Counted, head: &Head, days: Days) -> Option<i32> {
    let who = head.person?;
    let own = universe(world, &named(counted)).into_iter().filter(|other| {
        other.person.is_some_and(|them| them[0] == who[0]) && days.0 <= other.date && other.date <= days.1
    });
    let within = own
        .map(|other| other.date)
        .min()
        .unwrap_or_else(|| head.date.max(days.0));
    let person = &world.facts.persons[who[0] as usize];
    let on = match world.project.settings.age {
        AgeRule::EachContact if !about_persons(&counted.measure) => head.date,
        AgeRule::FirstContactInPeriod | AgeRule::EachContact | AgeRule::YearDifference => within,
        AgeRule::PeriodEnd => days.1,
        AgeRule::FirstContactOfProject => person.first_contact.unwrap_or(within),
    };
    match person.birth {
        Birth::Unknown => None,
        Birth::Year(year) => Some(on.year() - year),
        Birth::Date(born) if world.project.settings.age == AgeRule::YearDifference => Some(on.year() - born.year()),
        Birth::Date(born) => (born.year() + 1..=on.year())
            .filter(|year| (on.year(), on.month(), on.day()) >= (*year, born.month(), born.day()))
            .count()
            .try_into()
            .ok(),
    }
}
