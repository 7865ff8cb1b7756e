//! Random projects: persons, sessions, rows, and indicators of every measure.

use chrono::Days;
use proptest::collection::vec;
use proptest::prelude::*;
use tallyframe::ingest::records::Birth;
use tallyframe::project::model::{
    AgeRule, Change, ChangeOf, Class, Derivation, Evidence, Filter, Indicator, Measure, NewSince, Per, Rule, Score,
    Statistic, Subject,
};

use crate::world::{ACTIVITIES, World, build, counted, day, indicator, project};

/// A random world of at most ten persons and a few dozen contacts.
pub(crate) fn world() -> impl Strategy<Value = World> {
    let kids = prop::option::of(0..6_u8);
    let person = (
        any::<Option<bool>>(),
        any::<Option<bool>>(),
        birth(),
        0..4_u8,
        kids,
        0..3_u8,
    );
    let session = (
        0..365_u64,
        0..3_usize,
        0..3_usize,
        0..2_u16,
        prop::option::of(0..30_u32),
        prop::option::of(0..3_usize),
    );
    let points = || prop::option::of(0..12_u8);
    let row = (
        points(),
        points(),
        prop::option::of(0..60_u64),
        0..8_u8,
        prop::option::of(0..4_u32),
    );
    let contacts = vec((0..100_usize, 0..100_usize, any::<bool>(), row), 0..50);
    let head = (
        0..100_usize,
        1..9_u32,
        any::<Option<bool>>(),
        any::<Option<bool>>(),
        0..9_u32,
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
        vec(person, 1..10),
        vec(session, 1..14),
        contacts,
        vec(head, 0..5),
        vec(random_indicator(), 1..4),
        (new_since, age, derivation()),
    )
        .prop_map(
            |(persons, sessions, contacts, heads, mut indicators, (new_since, age, derived))| {
                let of = (0..indicators.len()).collect();
                let mut made = indicator(Measure::Sessions, Filter::All, Vec::new());
                made.rule = Rule::Derived {
                    how: derived,
                    of,
                    times: 1,
                };
                made.decimals = 2;
                indicators.push(made);
                let mut project = project(indicators);
                project.settings.new_since = new_since;
                project.settings.age = age;
                build(project, &persons, &sessions, &contacts, &heads)
            },
        )
}

fn derivation() -> impl Strategy<Value = Derivation> {
    prop_oneof![
        Just(Derivation::Sum),
        Just(Derivation::Difference),
        Just(Derivation::Quotient),
    ]
}

fn birth() -> impl Strategy<Value = Birth> {
    let date = (1940..2025_i32, 1..=12_u32, 1..=28_u32).prop_map(|(y, m, d)| Birth::Date(day(y, m, d)));
    prop_oneof![Just(Birth::Unknown), (1940..2025_i32).prop_map(Birth::Year), date]
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
        Just(Subject::Field("services".into())),
        Just(Subject::Band {
            of: "kids".into(),
            scheme: "kids".into()
        }),
        Just(Subject::PersonActivities),
        Just(Subject::Order),
    ]
}

fn condition() -> impl Strategy<Value = Filter> {
    const VALUES: [&str; 20] = [
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
        "first",
        "further",
        "1-2",
        "food",
    ];
    let one_of = (subject(), vec(0..VALUES.len(), 1..6)).prop_map(|(subject, values)| Filter::OneOf {
        subject,
        values: values.into_iter().map(|at| VALUES[at].to_owned()).collect(),
    });
    let number = prop_oneof![
        Just(Subject::Field("count_total".into())),
        Just(Subject::Field("points".into())),
        Just(Subject::Attribute("kids".into())),
        Just(Subject::Age("age".into())),
    ];
    let bound = || prop::option::of((0..40_u8).prop_map(f64::from));
    let between = (number, bound(), bound()).prop_map(|(subject, from, to)| Filter::Between { subject, from, to });
    let date = || prop::option::of((0..365_u64).prop_map(|days| day(2026, 1, 1) + Days::new(days)));
    let field = prop::option::of(Just("check_out".to_owned()));
    let days = (field, date(), date()).prop_map(|(field, from, to)| Filter::Days { field, from, to });
    prop_oneof![5 => one_of, 1 => subject().prop_map(Filter::Known), 1 => between, 1 => days]
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

/// Persons, sessions and contacts.
fn plain_measure() -> impl Strategy<Value = Measure> {
    prop_oneof![
        Just(Measure::Sessions),
        Just(Measure::Contacts(Evidence::All)),
        Just(Measure::Contacts(Evidence::Named)),
        Just(Measure::Contacts(Evidence::Anonymous)),
        Just(Measure::People),
        Just(Measure::NewPeople),
        Just(Measure::ReturningPeople),
        (subject(), 1..4_u32).prop_map(|(of, min)| Measure::PeopleWith { of, min }),
        (1..4_u32).prop_map(|min| Measure::PeopleWithContacts { min }),
        (1..3_u32).prop_map(|min| Measure::PeopleListed {
            source: "Registry".into(),
            min
        }),
        Just(Measure::Households),
        Just(Measure::Different {
            field: "services".into()
        }),
        Just(Measure::Items {
            field: "services".into()
        }),
        Just(Measure::Constant(3)),
    ]
}

/// Cycles, stays and rows with an end.
fn long_measure() -> impl Strategy<Value = Measure> {
    let sessions = || prop::option::of(1..4_u32);
    let until = || "check_out".to_owned();
    prop_oneof![
        Just(Measure::Cycles),
        Just(Measure::Enrolments),
        sessions().prop_map(|sessions| Measure::CompletedEnrolments { sessions }),
        sessions().prop_map(|sessions| Measure::CompletedPeople { sessions }),
        sessions().prop_map(|sessions| Measure::DroppedOut { sessions }),
        Just(Measure::BedNights),
        Just(Measure::CapacityNights),
        Just(Measure::PeakNight),
        Just(Measure::Days {
            from: "check_in".into(),
            to: until()
        }),
        Just(Measure::OpenAtEnd { until: until() }),
        Just(Measure::Ended { until: until() }),
    ]
}

fn statistic() -> impl Strategy<Value = Measure> {
    let of = prop_oneof![
        Just(Statistic::Sum),
        Just(Statistic::Mean),
        Just(Statistic::Median),
        Just(Statistic::Minimum),
        Just(Statistic::Maximum),
    ];
    let what = prop_oneof![
        Just(("count_total", Per::Row)),
        Just(("points", Per::Row)),
        Just(("points", Per::Session)),
        Just(("hours", Per::Cycle)),
        Just(("hours", Per::Attendance)),
        Just(("kids", Per::Person)),
        Just(("kids", Per::Household)),
    ];
    (of, what).prop_map(|(of, (field, per))| Measure::Statistic {
        of,
        field: field.into(),
        per,
    })
}

fn change() -> impl Strategy<Value = Measure> {
    let what = prop_oneof![
        Just(ChangeOf::Pairs),
        Just(ChangeOf::Before),
        Just(ChangeOf::After),
        Just(ChangeOf::Difference),
        (0..3_u8, any::<bool>()).prop_map(|(least, relative)| ChangeOf::Improved {
            at_least: f64::from(least) / 5.0,
            relative
        }),
    ];
    let per = prop_oneof![Just(Per::Row), Just(Per::Person)];
    let activity = (0..3_usize).prop_map(|at| Filter::OneOf {
        subject: Subject::Activity,
        values: vec![ACTIVITIES[at].to_owned()],
    });
    (what, per, activity).prop_map(|(what, per, filter)| {
        let score = |field: &str, filter| Score {
            field: field.into(),
            filter,
        };
        let before = if per == Per::Row { Filter::All } else { filter };
        Measure::Change(Change {
            before: score("points", before),
            after: score("after", Filter::All),
            per,
            what,
        })
    })
}

fn measure() -> impl Strategy<Value = Measure> {
    prop_oneof![4 => plain_measure(), 4 => long_measure(), 2 => statistic(), 1 => change()]
}

fn random_indicator() -> impl Strategy<Value = Indicator> {
    let cuts = vec(vec(subject(), 1..3), 0..3);
    (measure(), filter(), measure(), filter(), any::<bool>(), cuts).prop_map(|(above, f, below, g, is_ratio, cuts)| {
        let mut made = indicator(above.clone(), f.clone(), cuts);
        made.decimals = 2;
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
