//! Small random projects, made of facts directly: no file is read and nobody is recognised.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::{Days, NaiveDate};
use indexmap::IndexMap;
use tallyframe::ingest::records::{
    Birth, Cycle, CycleId, Fate, Field, FieldId, FieldValue, FileId, HeadCountPart, Place, Records, Row, RowId,
    Session, SessionId,
};
use tallyframe::logframe::request;
use tallyframe::people::facts::{
    Attribute, AttributeId, ContactFact, CycleFact, EnrolmentFact, Facts, PersonFact, SessionFact, Who,
};
use tallyframe::people::model::PersonId;
use tallyframe::project::calendar::{CalendarKind, Period};
use tallyframe::project::model::{
    AgeRule, AgeScheme, Class, Counted, DefinedAt, Direction, Disaggregation, Filter, HeadCountRule, Indicator, Level,
    Localized, Measure, NewSince, Project, Rule, Settings, Source, Subject, Unit,
};

/// A project with everything that was read of it.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) project: Project,
    pub(crate) records: Records,
    pub(crate) facts: Facts,
    /// The last day that is known of.
    pub(crate) last: NaiveDate,
}

/// Keys of the fields, by their ids.
const FIELDS: [&str; 7] = [
    "count_total",
    "points",
    "check_in",
    "check_out",
    "services",
    "hours",
    "after",
];

pub(crate) type PersonSeed = (Option<bool>, Option<bool>, Birth, u8, Option<u8>, u8);
pub(crate) type SessionSeed = (u64, usize, usize, u16, Option<u32>, Option<usize>);
pub(crate) type ContactSeed = (usize, usize, bool, RowSeed);
pub(crate) type RowSeed = (Option<u8>, Option<u8>, Option<u64>, u8, Option<u32>);
pub(crate) type HeadSeed = (usize, u32, Option<bool>, Option<bool>, u32);

pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// A measure over beneficiaries.
pub(crate) fn counted(measure: Measure, filter: Filter) -> Counted {
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
        for_donors: tallyframe::project::model::ForDonors::default(),
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

/// A year with a span, two sources and places for a night.
pub(crate) fn project(indicators: Vec<Indicator>) -> Project {
    Project {
        words: tallyframe::project::model::Words::default(),
        seen: None,
        spans: vec![Period {
            label: "spring".into(),
            start: day(2026, 3, 5),
            end: day(2026, 6, 10),
            calendar: CalendarKind::Project,
            partial: false,
        }],
        fields: indexmap::IndexMap::new(),
        lookups: Vec::new(),
        capacity: vec![(day(2026, 2, 1), 3), (day(2026, 6, 15), 5)],
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
        sources: vec![
            Source::unspecified("lists"),
            Source {
                name: "Registry".into(),
                ..Source::unspecified("registry")
            },
        ],
        decision_files: Vec::new(),
        reporting: tallyframe::project::model::Reporting::default(),
        closed: Vec::new(),
        settings: Settings {
            head_count: HeadCountRule::List,
            age: AgeRule::FirstContactInPeriod,
            new_since: NewSince::Project,
            resolve: BTreeMap::new(),
            tolerance: 0.15,
            small_numbers: 0,
            findings_threshold: None,
        },
        age_schemes: [("age", vec![0, 18, 35, 60]), ("kids", vec![0, 1, 3])]
            .map(|(name, from)| {
                (
                    name.to_owned(),
                    AgeScheme {
                        name: name.into(),
                        from,
                    },
                )
            })
            .into_iter()
            .collect(),
        indicators,
        definitions: Vec::new(),
    }
}

/// Codes of the activities.
pub(crate) const ACTIVITIES: [&str; 3] = ["a", "b", "c"];
const SITES: [Option<&str>; 3] = [Some("x"), Some("y"), None];

/// A world of seeds.
pub(crate) fn build(
    project: Project,
    persons: &[PersonSeed],
    sessions: &[SessionSeed],
    contacts: &[ContactSeed],
    heads: &[HeadSeed],
) -> World {
    let field = |key: &&str| Field {
        key: (*key).into(),
        header: (*key).into(),
    };
    let mut records = Records {
        fields: FIELDS.iter().map(field).collect(),
        populations: vec!["beneficiaries".into(), "staff".into()],
        ..Records::default()
    };
    add_cycles(&mut records);
    let mut seeds: Vec<&SessionSeed> = sessions.iter().collect();
    seeds.sort_by_key(|seed| seed.0);
    for seed in seeds {
        add_session(&mut records, project.start, seed);
    }
    let mut facts = Facts {
        attributes: ["sex", "idp", "needs", "kids"].map(str::to_owned).to_vec(),
        ..Facts::default()
    };
    facts.persons = persons
        .iter()
        .map(|seed| person(&mut records, &mut facts, seed))
        .collect();
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
    add_enrolments(&records, &mut facts);
    facts.fates = vec![Fate::Counted; records.rows.len()];
    let last = request(&project, &facts, None, None).as_of;
    World {
        project,
        records,
        facts,
        last,
    }
}

/// Three cycles, the last of them for staff, the second without hours.
fn add_cycles(records: &mut Records) {
    let activity = records.texts.intern(ACTIVITIES[0]);
    for (row, hours) in [(1, Some(16.0)), (2, None), (3, Some(7.0))] {
        records.cycles.push(Cycle {
            activity,
            population: u16::from(row == 3),
            source: 0,
            place: place(row),
            fields: hours
                .map(|hours| (FieldId(5), FieldValue::Number(hours)))
                .into_iter()
                .collect(),
        });
    }
}

fn add_enrolments(records: &Records, facts: &mut Facts) {
    let cycle_of = |session: SessionId| records.sessions[session.index()].cycle;
    for (at, cycle) in records.cycles.iter().enumerate() {
        let held = facts
            .sessions
            .iter()
            .filter(|fact| cycle_of(fact.session) == Some(at.into()));
        let days: Vec<NaiveDate> = held.map(|fact| fact.date).collect();
        if let (Some(start), Some(end)) = (days.first(), days.last()) {
            facts.cycles.push(CycleFact {
                cycle: at.into(),
                activity: cycle.activity,
                start: *start,
                end: *end,
                sessions: u32::try_from(days.len()).expect("a small world"),
                source: 0,
                population: cycle.population,
            });
        }
    }
    facts.cycles.sort_by_key(|fact| (fact.start, fact.cycle));
    for (at, cycle) in (0_u32..).zip(&facts.cycles) {
        let own = facts
            .contacts
            .iter_mut()
            .filter(|fact| cycle_of(fact.session) == Some(cycle.cycle));
        let mut enrolled: BTreeMap<PersonId, EnrolmentFact> = BTreeMap::new();
        for fact in own {
            fact.cycle = Some(at);
            let Who::Person { person, .. } = fact.who else { continue };
            let known = enrolled.entry(person).or_insert_with(|| EnrolmentFact {
                cycle: at,
                who: fact.who.clone(),
                row: fact.row,
                days: Vec::new(),
                places: fact.places.clone(),
            });
            known.days.push(fact.date);
        }
        facts.enrolments.extend(enrolled.into_values());
    }
}

fn place(row: u32) -> Place {
    Place {
        file: FileId(0),
        sheet: 0,
        row,
        column: None,
    }
}

fn add_row(records: &mut Records, values: Vec<(usize, FieldValue)>) -> RowId {
    let count = |length| u32::try_from(length).expect("a small world");
    let start = count(records.values.len());
    let values = values.into_iter().map(|(field, value)| (FieldId::from(field), value));
    records.values.extend(values);
    let row = records.rows.len();
    records.rows.push(Row {
        place: place(count(row) + 1),
        source: 0,
        fate: Fate::Counted,
        values: start..count(records.values.len()),
    });
    row.into()
}

fn add_session(records: &mut Records, start: NaiveDate, seed: &SessionSeed) {
    let &(days, activity, site, population, log, cycle) = seed;
    let log_row = log.map(|total| add_row(records, vec![(0, FieldValue::Number(f64::from(total)))]));
    let session = Session {
        activity: records.texts.intern(ACTIVITIES[activity]),
        date: start + Days::new(days),
        site: SITES[site].map(|site| records.texts.intern(site)),
        title: None,
        group: None,
        facilitator: None,
        number: None,
        population: cycle.map_or(population, |cycle| u16::from(cycle == 2)),
        source: 0,
        places: vec![place(1)],
        log_row,
        listed: false,
        cycle: cycle.map(CycleId::from),
        form: None,
    };
    records.sessions.push(session);
}

fn person(
    records: &mut Records,
    facts: &mut Facts,
    &(female, idp, birth, needs, kids, listed): &PersonSeed,
) -> PersonFact {
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
        kids.map(|kids| Attribute::Number(f64::from(kids))),
    ];
    let known = (0..)
        .map(AttributeId)
        .zip(attributes)
        .filter_map(|(id, known)| Some((id, known?)));
    let rows: Vec<RowId> = (0..listed).map(|_| add_row(records, Vec::new())).collect();
    PersonFact {
        key: String::new(),
        birth,
        ages: Vec::new(),
        spans: Vec::new(),
        attributes: known.collect(),
        first_contact: None,
        listed: if rows.is_empty() { Vec::new() } else { vec![(1, rows)] },
    }
}

/// Low blocks join persons two by two; high blocks split each in two.
fn add_contacts(records: &mut Records, facts: &mut Facts, persons: usize, seeds: &[ContactSeed]) {
    let mut seen = BTreeSet::new();
    for &(session, person, split, (points, after, nights, services, household)) in seeds {
        let (session, person) = (session % records.sessions.len(), person % persons);
        if !seen.insert((session, person)) {
            continue;
        }
        let date = records.sessions[session].date;
        let mut values = Vec::new();
        let number = |number: u8| FieldValue::Number(f64::from(number));
        values.extend(points.map(|points| (1, number(points))));
        values.extend(after.map(|after| (6, number(after))));
        values.push((2, FieldValue::Date(date)));
        // Some stays end before they begin.
        values.extend(nights.map(|nights| (3, FieldValue::Date(date + Days::new(nights) - Days::new(1)))));
        let served: Vec<_> = (0..3)
            .filter(|bit| services & (1 << bit) != 0)
            .map(|bit| records.texts.intern(["food", "home", "x"][bit]))
            .collect();
        if !served.is_empty() {
            values.push((4, FieldValue::Set(served.into())));
        }
        let person = u32::try_from(person).expect("a small world");
        let high = person * 2 + u32::from(split);
        let row = add_row(records, values);
        let who = Who::Person {
            person: PersonId(person),
            low: person / 2,
            high,
        };
        add_fact(records, facts, session, row, who);
        let fact = facts.contacts.last_mut().expect("a contact was added");
        fact.household = Some(household.unwrap_or(100 + person));
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
        let row = add_row(records, Vec::new());
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
        household: None,
        cycle: None,
    });
}
