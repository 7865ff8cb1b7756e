//! The same figures, computed the slow and simple way: every question asked again of every head, in loops.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use tallyframe::ingest::records::{Birth, FieldValue, RowId};
use tallyframe::logframe::figures::Figure;
use tallyframe::people::facts::{Attribute, Who};
use tallyframe::project::model::{AgeRule, Counted, Evidence, Filter, Measure, NewSince, Rule, Subject};

use crate::world::World;

/// A value with its range.
#[derive(Debug)]
pub(crate) struct Slow {
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
}

/// One head, one session or one amount.
#[derive(Debug, Clone)]
struct Head {
    date: NaiveDate,
    session: usize,
    row: Option<RowId>,
    /// Person in the best, low and high partition.
    person: Option<[u32; 3]>,
    contact: bool,
    sex: Option<String>,
    child: Option<bool>,
    amount: f64,
}

type Days = (NaiveDate, NaiveDate);

/// The value of a figure's cell between two days.
pub(crate) fn evaluate(world: &World, figure: &Figure, start: NaiveDate, end: NaiveDate) -> Slow {
    let cell = figure.disaggregation.map(|cut| (cut, figure.category.as_str()));
    let of = |counted: &Counted| count(world, figure.indicator, counted, cell, (start, end));
    match &world.project.indicators[figure.indicator].rule {
        Rule::Single(counted) => {
            let (by, distinct) = of(counted);
            spread(by, distinct)
        }
        Rule::Ratio {
            numerator,
            denominator,
            times,
        } => {
            let ((above, a), (below, b)) = (of(numerator), of(denominator));
            let divide = |at: usize| {
                let (above, below) = (above[at].unwrap_or(0.0), below[at].unwrap_or(0.0));
                // Whole numbers: ten times the percentage, half up.
                (below != 0.0).then(|| ((above * f64::from(*times) * 20.0 + below) / (below * 2.0)).floor() / 10.0)
            };
            spread([divide(0), divide(1), divide(2)], a || b)
        }
    }
}

fn spread(by: [Option<f64>; 3], distinct: bool) -> Slow {
    let known: Vec<f64> = by.into_iter().flatten().collect();
    let ranged = distinct && by[0].is_some();
    Slow {
        value: by[0],
        low: ranged.then(|| known.iter().copied().fold(f64::INFINITY, f64::min)),
        high: ranged.then(|| known.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
    }
}

/// Every category that something falls into.
pub(crate) fn categories(
    world: &World,
    indicator: usize,
    cut: usize,
    start: NaiveDate,
    end: NaiveDate,
) -> BTreeSet<String> {
    let sides: Vec<&Counted> = match &world.project.indicators[indicator].rule {
        Rule::Single(counted) => vec![counted],
        Rule::Ratio {
            numerator, denominator, ..
        } => vec![numerator, denominator],
    };
    let mut names = BTreeSet::new();
    for counted in sides {
        for head in counted_heads(world, counted, (start, end)) {
            names.extend(cells(world, indicator, cut, counted, &head, (start, end)));
        }
    }
    names
}

fn count(
    world: &World,
    indicator: usize,
    counted: &Counted,
    cell: Option<(usize, &str)>,
    days: Days,
) -> ([Option<f64>; 3], bool) {
    let mut heads = counted_heads(world, counted, days);
    if let Some((cut, name)) = cell {
        heads.retain(|head| {
            cells(world, indicator, cut, counted, head, days)
                .iter()
                .any(|cell| cell == name)
        });
    }
    if !about_persons(&counted.measure) {
        let blank = matches!(counted.measure, Measure::Statistic { .. }) && heads.is_empty();
        let sum: f64 = heads.iter().map(|head| head.amount).sum();
        return ([(!blank).then_some(sum); 3], false);
    }
    let persons = |partition: usize| {
        let blocks: BTreeSet<u32> = heads
            .iter()
            .filter_map(|head| head.person)
            .map(|who| who[partition])
            .collect();
        let counts = |block: &&u32| match counted.measure {
            Measure::NewPeople => is_new(world, counted, partition, **block, days),
            Measure::ReturningPeople => !is_new(world, counted, partition, **block, days),
            Measure::PeopleWith { min, .. } => {
                let own = heads
                    .iter()
                    .filter(|head| head.person.is_some_and(|who| who[partition] == **block));
                let services: BTreeSet<_> = own.map(|head| world.records.sessions[head.session].activity).collect();
                services.len() >= min as usize
            }
            _ => true,
        };
        Some(blocks.iter().filter(counts).count() as f64)
    };
    ([persons(0), persons(1), persons(2)], true)
}

fn about_persons(measure: &Measure) -> bool {
    matches!(
        measure,
        Measure::People | Measure::NewPeople | Measure::ReturningPeople | Measure::PeopleWith { .. }
    )
}

/// Everything the measure could count that passes the filter within the days.
fn counted_heads(world: &World, counted: &Counted, days: Days) -> Vec<Head> {
    let mut heads = universe(world, counted);
    heads.retain(|head| days.0 <= head.date && head.date <= days.1);
    heads.retain(|head| passes(world, counted, &counted.filter, head, days));
    heads
}

fn universe(world: &World, counted: &Counted) -> Vec<Head> {
    let mut heads = match &counted.measure {
        Measure::Sessions => sessions(world),
        Measure::Statistic { .. } => amounts(world),
        Measure::Contacts(_) => people(world),
        _ => people(world).into_iter().filter(|head| head.person.is_some()).collect(),
    };
    heads.retain(|head| {
        let population = world.records.sessions[head.session].population;
        world.records.populations[usize::from(population)] == counted.population
    });
    if let Measure::Contacts(evidence) = counted.measure {
        heads.retain(|head| match evidence {
            Evidence::All => true,
            Evidence::Named => head.person.is_some(),
            Evidence::Anonymous => head.person.is_none(),
        });
    }
    heads
}

fn people(world: &World) -> Vec<Head> {
    let mut heads = Vec::new();
    for fact in &world.facts.contacts {
        let head = |person, sex, child| Head {
            date: fact.date,
            session: fact.session.index(),
            row: Some(fact.row),
            person,
            contact: true,
            sex,
            child,
            amount: 1.0,
        };
        match &fact.who {
            Who::Person { person, low, high } => heads.push(head(Some([person.0, *low, *high]), None, None)),
            Who::Anonymous { count, parts } => {
                let mut each = Vec::new();
                for part in parts {
                    for _ in 0..part.count {
                        each.push(head(
                            None,
                            part.sex.map(|sex| world.records.text(sex).to_owned()),
                            part.child,
                        ));
                    }
                }
                while each.len() < *count as usize {
                    each.push(head(None, None, None));
                }
                each.truncate(*count as usize);
                heads.append(&mut each);
            }
        }
    }
    heads
}

fn sessions(world: &World) -> Vec<Head> {
    let mut heads = Vec::new();
    for fact in &world.facts.sessions {
        heads.push(Head {
            date: fact.date,
            session: fact.session.index(),
            row: world.records.sessions[fact.session.index()].log_row,
            person: None,
            contact: false,
            sex: None,
            child: None,
            amount: 1.0,
        });
    }
    heads
}

fn amounts(world: &World) -> Vec<Head> {
    let mut heads = sessions(world);
    heads.retain_mut(|head| match head.row.and_then(|row| total(world, row)) {
        Some(total) => {
            head.amount = total;
            true
        }
        None => false,
    });
    heads
}

fn total(world: &World, row: RowId) -> Option<f64> {
    world.records.values_of(row).iter().find_map(|(_, value)| match value {
        FieldValue::Number(number) => Some(*number),
        _ => None,
    })
}

fn passes(world: &World, counted: &Counted, filter: &Filter, head: &Head, days: Days) -> bool {
    match filter {
        Filter::All => true,
        Filter::And(parts) => parts.iter().all(|part| passes(world, counted, part, head, days)),
        Filter::Or(parts) => parts.iter().any(|part| passes(world, counted, part, head, days)),
        Filter::Not(part) => !passes(world, counted, part, head, days),
        Filter::OneOf { subject, values } => {
            let codes = codes(world, counted, subject, head, days);
            values.iter().any(|value| codes.contains(&value.to_lowercase()))
        }
    }
}

/// The cells of a disaggregation that a head falls into.
fn cells(world: &World, indicator: usize, cut: usize, counted: &Counted, head: &Head, days: Days) -> Vec<String> {
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

fn codes(world: &World, counted: &Counted, subject: &Subject, head: &Head, days: Days) -> Vec<String> {
    let session = &world.records.sessions[head.session];
    let code: Option<String> = match subject {
        Subject::Activity => Some(world.records.text(session.activity).to_owned()),
        Subject::Site => session.site.map(|site| world.records.text(site).to_owned()),
        Subject::Month => Some(head.date.format("%Y-%m").to_string()),
        Subject::Evidence if head.contact => Some(if head.person.is_some() {
            "named".into()
        } else {
            "anonymous".into()
        }),
        Subject::NewReturning => head.person.map(|who| {
            if is_new(world, counted, 0, who[0], days) {
                "new".to_owned()
            } else {
                "returning".to_owned()
            }
        }),
        Subject::Age(_) => age(world, counted, head, days),
        Subject::Field(_) => {
            let own = head.row.and_then(|row| total(world, row));
            own.or_else(|| total(world, session.log_row?))
                .map(|total| total.to_string())
        }
        Subject::Attribute(key) => return attribute(world, key, head),
        _ => None,
    };
    vec![code.unwrap_or_else(|| "unknown".into())]
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

fn is_new(world: &World, counted: &Counted, partition: usize, block: u32, days: Days) -> bool {
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
        Filter::All | Filter::OneOf { .. } => false,
    }
}

fn age(world: &World, counted: &Counted, head: &Head, days: Days) -> Option<String> {
    let Some(who) = head.person else {
        // Four bands: children are one of them, adults three.
        return (head.child == Some(true)).then(|| "0-17".to_owned());
    };
    let own = |days: Days| {
        let named = Counted {
            measure: Measure::Contacts(Evidence::Named),
            filter: Filter::All,
            population: counted.population.clone(),
        };
        let contacts = universe(world, &named)
            .into_iter()
            .filter(move |other| other.person == Some(who) || same(other, who));
        contacts
            .map(|other| other.date)
            .filter(|date| days.0 <= *date && *date <= days.1)
            .min()
    };
    let within = own(days).unwrap_or(head.date);
    let person = &world.facts.persons[who[0] as usize];
    let on = match world.project.settings.age {
        AgeRule::EachContact if !about_persons(&counted.measure) => head.date,
        AgeRule::FirstContactInPeriod | AgeRule::EachContact | AgeRule::YearDifference => within,
        AgeRule::PeriodEnd => days.1,
        AgeRule::FirstContactOfProject => person.first_contact.expect("a person with a contact"),
    };
    let years = match person.birth {
        Birth::Unknown => return None,
        Birth::Year(year) => on.year() - year,
        Birth::Date(born) if world.project.settings.age == AgeRule::YearDifference => on.year() - born.year(),
        Birth::Date(born) => (born.year() + 1..=on.year())
            .filter(|year| (on.year(), on.month(), on.day()) >= (*year, born.month(), born.day()))
            .count()
            .try_into()
            .expect("a human age"),
    };
    let bands = [(0, 17, "0-17"), (18, 34, "18-34"), (35, 59, "35-59"), (60, 200, "60+")];
    bands
        .iter()
        .find(|(from, to, _)| (*from..=*to).contains(&years))
        .map(|(_, _, name)| (*name).to_owned())
}

fn same(other: &Head, who: [u32; 3]) -> bool {
    other.person.is_some_and(|them| them[0] == who[0])
}
