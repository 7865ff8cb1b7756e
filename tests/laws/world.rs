//! Small random projects, made of facts directly: no file is read and nobody is recognised.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::{Days, NaiveDate};
use indexmap::IndexMap;
use proptest::collection::vec;
use proptest::prelude::*;
use tallyframe::ingest::records::{
    Birth, Fate, Field, FieldId, FieldValue, FileId, HeadCountPart, Place, Records, Row, RowId, Session, SessionId,
};
use tallyframe::people::facts::{Attribute, AttributeId, ContactFact, Facts, PersonFact, SessionFact, Who};
use tallyframe::people::model::PersonId;
use tallyframe::project::calendar::CalendarKind;
use tallyframe::project::model::{
    AgeRule, AgeScheme, Class, Counted, DefinedAt, Direction, Disaggregation, Evidence, Filter, HeadCountRule,
    Indicator, Level, Localized, Measure, NewSince, Project, Rule, Settings, Subject, Unit,
};

/// A project with everything that was read of it.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) project: Project,
    pub(crate) records: Records,
    pub(crate) facts: Facts,
}

type PersonSeed = (Option<bool>, Option<bool>, Birth, u8);
type SessionSeed = (u64, usize, usize, u16, Option<u32>);
type ContactSeed = (usize, usize, bool);
type HeadSeed = (usize, u32, Option<bool>, Option<bool>, u32);

/// A random world of at most ten persons and a few dozen contacts.
pub(crate) fn world() -> impl Strategy<Value = World> {
    let persons = vec((any::<Option<bool>>(), any::<Option<bool>>(), birth(), 0..4_u8), 1..10);
    let session = (
        0..365_u64,
        0..3_usize,
        0..3_usize,
        0..2_u16,
        prop::option::of(0..30_u32),
    );
    let sessions = vec(session, 1..14);
    let contacts = vec((0..100_usize, 0..100_usize, any::<bool>()), 0..50);
    let heads = vec(
        (
            0..100_usize,
            1..9_u32,
            any::<Option<bool>>(),
            any::<Option<bool>>(),
            0..9_u32,
        ),
        0..5,
    );
    let new_since = prop_oneof![Just(NewSince::Project), Just(NewSince::Year), Just(NewSince::Indicator)];
    let age = prop_oneof![
        Just(AgeRule::FirstContactInPeriod),
        Just(AgeRule::EachContact),
        Just(AgeRule::PeriodEnd),
        Just(AgeRule::FirstContactOfProject),
        Just(AgeRule::YearDifference),
    ];
    (
        persons,
        sessions,
        contacts,
        heads,
        vec(random_indicator(), 1..4),
        (new_since, age),
    )
        .prop_map(|(persons, sessions, contacts, heads, indicators, (new_since, age))| {
            let mut project = project(indicators);
            project.settings.new_since = new_since;
            project.settings.age = age;
            build(project, &persons, &sessions, &contacts, &heads)
        })
}

fn birth() -> impl Strategy<Value = Birth> {
    let date = (1940..2025_i32, 1..=12_u32, 1..=28_u32).prop_map(|(y, m, d)| Birth::Date(day(y, m, d)));
    prop_oneof![Just(Birth::Unknown), (1940..2025_i32).prop_map(Birth::Year), date]
}

pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![
        Just(Subject::Activity),
        Just(Subject::Site),
        Just(Subject::Month),
        Just(Subject::Evidence),
        Just(Subject::NewReturning),
        Just(Subject::Age("age".into())),
        Just(Subject::Attribute("sex".into())),
        Just(Subject::Attribute("idp".into())),
        Just(Subject::Attribute("needs".into())),
        Just(Subject::Field("count_total".into())),
    ]
}

fn condition() -> impl Strategy<Value = Filter> {
    const VALUES: [&str; 16] = [
        "a",
        "B",
        "c",
        "x",
        "Y",
        "female",
        "male",
        "yes",
        "no",
        "unknown",
        "0-17",
        "18-34",
        "new",
        "returning",
        "named",
        "2026-03",
    ];
    (subject(), vec(0..VALUES.len(), 1..6)).prop_map(|(subject, values)| Filter::OneOf {
        subject,
        values: values.into_iter().map(|at| VALUES[at].to_owned()).collect(),
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    prop_oneof![2 => Just(Filter::All), 3 => condition()].prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..3).prop_map(Filter::And),
            vec(inner.clone(), 1..3).prop_map(Filter::Or),
            inner.prop_map(|part| Filter::Not(Box::new(part))),
        ]
    })
}

fn measure() -> impl Strategy<Value = Measure> {
    prop_oneof![
        Just(Measure::Sessions),
        Just(Measure::Contacts(Evidence::All)),
        Just(Measure::Contacts(Evidence::Named)),
        Just(Measure::Contacts(Evidence::Anonymous)),
        Just(Measure::People),
        Just(Measure::NewPeople),
        Just(Measure::ReturningPeople),
        (1..4_u32).prop_map(|min| Measure::PeopleWith { min, .. }),
        Just(Measure::Sum {
            field: "count_total".into()
        }),
    ]
}

fn random_indicator() -> impl Strategy<Value = Indicator> {
    let cuts = vec(vec(subject(), 1..3), 0..3);
    (measure(), filter(), measure(), filter(), any::<bool>(), cuts).prop_map(|(above, f, below, g, is_ratio, cuts)| {
        let mut made = indicator(above.clone(), f.clone(), cuts);
        if is_ratio {
            made.rule = Rule::Ratio {
                numerator: counted(above, f),
                denominator: counted(below, g),
                times: 100,
            };
            made.class = Class::Ratio;
            made.decimals = 1;
        }
        made
    })
}

fn counted(measure: Measure, filter: Filter) -> Counted {
    Counted {
        measure,
        filter,
        population: "beneficiaries".into(),
    }
}

/// An indicator of one measure.
pub(crate) fn indicator(measure: Measure, filter: Filter, cuts: Vec<Vec<Subject>>) -> Indicator {
    let cut = |(at, by): (usize, Vec<Subject>)| Disaggregation {
        name: format!("cut{at}"),
        label: Localized::default(),
        by,
        rename: IndexMap::new(),
        order: Vec::new(),
    };
    Indicator {
        cell_targets: std::collections::BTreeMap::new(),
        assumptions: tallyframe::project::model::Localized::default(),
        verification: tallyframe::project::model::Localized::default(),
        frequency: tallyframe::project::model::Localized::default(),
        responsible: tallyframe::project::model::Localized::default(),
        as_cell: None,
        cells: Vec::new(),
        spans: None,
        code: "I".into(),
        level: Level::Output,
        statement: Localized::default(),
        definition: Localized::default(),
        limits: Localized::default(),
        catalogue: None,
        unit: Unit::Number,
        class: Class::Flow,
        direction: Direction::Increase,
        rule: Rule::Single(counted(measure, filter)),
        decimals: 0,
        baseline: None,
        target: None,
        milestones: BTreeMap::new(),
        as_cell: None,
        cells: Vec::new(),
        disaggregations: cuts.into_iter().enumerate().map(cut).collect(),
        calendars: None,
        in_period: true,
        cumulative: true,
        headline: false,
        at: DefinedAt::default(),
    }
}

/// An indicator of persons, undivided.
pub(crate) fn people(measure: Measure) -> Indicator {
    Indicator {
        class: Class::Distinct,
        unit: Unit::Persons,
        ..indicator(measure, Filter::All, Vec::new())
    }
}

fn project(indicators: Vec<Indicator>) -> Project {
    Project {
        spans: Vec::new(),
        fields: indexmap::IndexMap::new(),
        lookups: Vec::new(),
        capacity: Vec::new(),
        root: PathBuf::new(),
        code: "W".into(),
        name: Localized::default(),
        donor: Localized::default(),
        organisation: Localized::default(),
        start: day(2026, 1, 1),
        end: day(2026, 12, 31),
        language: "en".into(),
        calendars: vec![CalendarKind::Month, CalendarKind::Quarter, CalendarKind::Year],
        activities: IndexMap::new(),
        sources: Vec::new(),
        decision_files: Vec::new(),
        settings: Settings {
            head_count: HeadCountRule::List,
            age: AgeRule::FirstContactInPeriod,
            new_since: NewSince::Project,
            resolve: BTreeMap::new(),
            tolerance: 0.15,
            small_numbers: 0,
            findings_threshold: None,
        },
        age_schemes: IndexMap::from([(
            "age".to_owned(),
            AgeScheme {
                name: "age".into(),
                from: vec![0, 18, 35, 60],
            },
        )]),
        indicators,
        definitions: Vec::new(),
    }
}

const ACTIVITIES: [&str; 3] = ["a", "b", "c"];
const SITES: [Option<&str>; 3] = [Some("x"), Some("y"), None];

fn build(
    project: Project,
    persons: &[PersonSeed],
    sessions: &[SessionSeed],
    contacts: &[ContactSeed],
    heads: &[HeadSeed],
) -> World {
    let mut records = Records {
        fields: vec![Field {
            key: "count_total".into(),
            header: "Total".into(),
        }],
        populations: vec!["beneficiaries".into(), "staff".into()],
        ..Records::default()
    };
    let mut seeds: Vec<&SessionSeed> = sessions.iter().collect();
    seeds.sort_by_key(|seed| seed.0);
    for seed in seeds {
        add_session(&mut records, project.start, seed);
    }
    let mut facts = Facts {
        attributes: ["sex", "idp", "needs"].map(str::to_owned).to_vec(),
        ..Facts::default()
    };
    facts.persons = persons.iter().map(|seed| person(&mut facts, seed)).collect();
    add_contacts(&mut records, &mut facts, persons.len(), contacts);
    add_heads(&mut records, &mut facts, heads);
    facts
        .contacts
        .sort_by_key(|fact| (fact.date, fact.session, fact.places[0]));
    for fact in &facts.contacts {
        if let Who::Person { person, .. } = fact.who {
            facts.persons[person.index()].first_contact.get_or_insert(fact.date);
        }
    }
    let held: BTreeSet<SessionId> = facts.contacts.iter().map(|fact| fact.session).collect();
    for (at, session) in records.sessions.iter().enumerate() {
        if held.contains(&at.into()) || session.log_row.is_some() {
            facts.sessions.push(SessionFact {
                session: at.into(),
                date: session.date,
                activity: session.activity,
                source: 0,
                population: session.population,
            });
        }
    }
    facts.fates = vec![Fate::Counted; records.rows.len()];
    World {
        project,
        records,
        facts,
    }
}

fn add_row(records: &mut Records, value: Option<u32>) -> RowId {
    let start = u32::try_from(records.values.len()).expect("a small world");
    records
        .values
        .extend(value.map(|total| (FieldId(0), FieldValue::Number(f64::from(total)))));
    let row = records.rows.len();
    let number = u32::try_from(row).expect("a small world") + 1;
    records.rows.push(Row {
        place: Place {
            file: FileId(0),
            sheet: 0,
            row: number,
            column: None,
        },
        source: 0,
        fate: Fate::Counted,
        values: start..start + u32::from(value.is_some()),
    });
    row.into()
}

fn add_session(records: &mut Records, start: NaiveDate, &(days, activity, site, population, log): &SessionSeed) {
    let log_row = log.map(|total| add_row(records, Some(total)));
    let session = Session {
        activity: records.texts.intern(ACTIVITIES[activity]),
        date: start + Days::new(days),
        site: SITES[site].map(|site| records.texts.intern(site)),
        title: None,
        group: None,
        facilitator: None,
        number: None,
        population,
        source: 0,
        places: Vec::new(),
        log_row,
        listed: false,
    };
    records.sessions.push(session);
}

fn person(facts: &mut Facts, &(female, idp, birth, needs): &PersonSeed) -> PersonFact {
    let sex = female.map(|female| facts.texts.intern(if female { "female" } else { "male" }));
    let needs: Vec<_> = ["food", "home"]
        .into_iter()
        .enumerate()
        .filter(|(bit, _)| needs & (1 << bit) != 0)
        .map(|(_, need)| facts.texts.intern(need))
        .collect();
    let attributes = [
        sex.map(Attribute::Text),
        idp.map(Attribute::YesNo),
        (!needs.is_empty()).then_some(Attribute::Set(needs)),
    ];
    let known = (0..)
        .map(AttributeId)
        .zip(attributes)
        .filter_map(|(id, known)| Some((id, known?)));
    PersonFact {
        key: String::new(),
        birth,
        ages: Vec::new(),
        attributes: known.collect(),
        first_contact: None,
    }
}

/// Low blocks join persons two by two; high blocks split each in two.
fn add_contacts(records: &mut Records, facts: &mut Facts, persons: usize, seeds: &[ContactSeed]) {
    let mut seen = BTreeSet::new();
    for &(session, person, split) in seeds {
        let (session, person) = (session % records.sessions.len(), person % persons);
        if seen.insert((session, person)) {
            let person = u32::try_from(person).expect("a small world");
            let high = person * 2 + u32::from(split);
            let row = add_row(records, None);
            add_fact(
                records,
                facts,
                session,
                row,
                Who::Person {
                    person: PersonId(person),
                    low: person / 2,
                    high,
                },
            );
        }
    }
}

fn add_heads(records: &mut Records, facts: &mut Facts, seeds: &[HeadSeed]) {
    for &(session, count, female, child, part) in seeds {
        let sex = female.map(|female| records.texts.intern(if female { "female" } else { "male" }));
        let parts = vec![HeadCountPart {
            sex,
            child,
            count: part,
        }];
        let session = session % records.sessions.len();
        let row = add_row(records, None);
        add_fact(records, facts, session, row, Who::Anonymous { count, parts });
    }
}

fn add_fact(records: &Records, facts: &mut Facts, at: usize, row: RowId, who: Who) {
    let session = &records.sessions[at];
    facts.contacts.push(ContactFact {
        session: at.into(),
        date: session.date,
        activity: session.activity,
        who,
        row,
        places: vec![records.rows[row.index()].place],
        source: 0,
        population: session.population,
    });
}
