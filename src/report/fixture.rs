//! A small made-up report for the printers' tests. Its figures need not follow from its facts.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use indexmap::IndexMap;

use super::Report;
use super::history::History;
use crate::ingest::findings::Kind;
use crate::ingest::records::{Fate, FileId, Finding, Place, Reason, Records, Row, RowId, SessionId, SourceFile};
use crate::logframe::figures::{Figure, Figures, Period, Scope, SelfCheck, Status, Value};
use crate::people::facts::{ContactFact, Facts, Who};
use crate::people::model::{People, PersonId};
use crate::project::blank;
use crate::project::calendar::CalendarKind;
use crate::project::model::*;

/// Everything a report borrows.
pub(crate) struct World {
    pub(crate) project: Project,
    pub(crate) records: Records,
    pub(crate) people: People,
    pub(crate) facts: Facts,
    pub(crate) figures: Figures,
}

impl World {
    pub(crate) fn report<'a>(&'a self, lang: &'a str) -> Report<'a> {
        Report {
            project: &self.project,
            records: &self.records,
            people: &self.people,
            facts: &self.facts,
            figures: &self.figures,
            lang,
            as_of: day(12, 31),
            history: History::NONE,
        }
    }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day of 2026")
}

fn both(en: &str, uk: &str) -> Localized {
    Localized(BTreeMap::from([
        ("en".to_owned(), en.to_owned()),
        ("uk".to_owned(), uk.to_owned()),
    ]))
}

pub(crate) fn world() -> World {
    let records = records();
    let facts = facts(&records);
    World {
        project: project(),
        facts,
        records,
        people: People::default(),
        figures: figures(),
    }
}

fn indicator(code: &str, statement: Localized, measure: Measure, filter: Filter) -> Indicator {
    Indicator {
        statement,
        unit: Unit::Contacts,
        headline: true,
        ..blank::indicator(code, measure, filter)
    }
}

fn breakdown(name: &str, subject: Subject) -> Disaggregation {
    Disaggregation {
        name: name.to_owned(),
        label: Localized::default(),
        by: vec![subject],
        rename: IndexMap::new(),
        order: Vec::new(),
    }
}

fn indicators() -> Vec<Indicator> {
    let group = Filter::OneOf {
        subject: Subject::Activity,
        values: vec!["group".to_owned()],
    };
    let contacts = indicator(
        "1",
        both(
            "Number of beneficiaries covered by all services of the support space, named and anonymous, from the first \
             day of the project",
            "Кількість бенефіціарів, охоплених усіма послугами простору підтримки, поіменних та анонімних, від першого \
             дня проєкту",
        ),
        Measure::Contacts(Evidence::All),
        Filter::All,
    );
    let people = both("People in group consultations", "Люди на групових консультаціях");
    let people = Indicator {
        unit: Unit::Persons,
        class: Class::Distinct,
        target: Some(10.0),
        as_cell: None,
        cells: Vec::new(),
        disaggregations: vec![
            breakdown("sex", Subject::Attribute("sex".to_owned())),
            breakdown("age", Subject::Age("own".to_owned())),
        ],
        ..indicator("1.1", people, Measure::People, group)
    };
    let share = both("=Share of people with two services", "=Частка людей з двома послугами");
    let counted = |measure| Counted {
        measure,
        filter: Filter::All,
        population: "beneficiaries".to_owned(),
    };
    let share = Indicator {
        level: Level::Outcome,
        unit: Unit::Percent,
        class: Class::Ratio,
        decimals: 1,
        target: Some(50.0),
        baseline: Some(Baseline {
            value: 20.0,
            date: Some(day(1, 1)),
        }),
        rule: Rule::Ratio {
            numerator: counted(Measure::PeopleWith {
                of: Subject::Activity,
                min: 2,
            }),
            denominator: counted(Measure::People),
            times: 100,
        },
        ..indicator("0.1", share, Measure::People, Filter::All)
    };
    let dates = both("Rows with an impossible date", "Рядки з неможливою датою");
    let kinds = vec!["impossible-date".to_owned()];
    let dates = Indicator {
        level: Level::Quality,
        unit: Unit::Findings,
        ..indicator("Q1", dates, Measure::Findings { kinds }, Filter::All)
    };
    vec![contacts, people, share, dates]
}

fn project() -> Project {
    let activity = |code: &str, en: &str, uk: &str| {
        (
            code.to_owned(),
            Activity {
                code: code.to_owned(),
                name: both(en, uk),
            },
        )
    };
    Project {
        code: "TEST".to_owned(),
        name: both("Circle of Trust & Care", "Коло довіри та турботи"),
        donor: Localized::same("A Donor"),
        organisation: Localized::same("An Organisation"),
        calendars: vec![CalendarKind::Month, CalendarKind::Project],
        activities: IndexMap::from([
            activity("group", "Group consultations", "Групові консультації"),
            activity("fun", "Recreation", "Дозвілля"),
        ]),
        indicators: indicators(),
        ..blank::project()
    }
}

fn records() -> Records {
    let mut records = Records::default();
    records.texts.intern("group");
    records.texts.intern("fun");
    records.populations.push("beneficiaries".to_owned());
    records.files.push(SourceFile {
        path: "raw/list.xlsx".to_owned(),
        sha256: "0123456789abcdef".repeat(4),
        bytes: 1000,
        format: "xlsx".to_owned(),
        sheets: vec!["January".to_owned()],
        source: None,
        readable: true,
        print: crate::ingest::records::Print::default(),
    });
    let fates = [
        Fate::SetAside(Reason::Title),
        Fate::SetAside(Reason::Header),
        Fate::Counted,
        Fate::Counted,
        Fate::SetAside(Reason::ImpossibleDate),
    ];
    for (row, fate) in (1..).zip(fates) {
        let place = Place {
            file: FileId(0),
            sheet: 0,
            row,
            column: None,
        };
        records.rows.push(Row {
            place,
            source: 0,
            fate,
            values: 0..0,
        });
    }
    records
}

fn facts(records: &Records) -> Facts {
    let mut facts = Facts {
        fates: records.rows.iter().map(|row| row.fate).collect(),
        ..Facts::default()
    };
    for month in 1..=12_u32 {
        for visitor in 0..6 + month % 4 {
            let date = day(month, 1)
                .checked_add_days(Days::new(u64::from(visitor)))
                .expect("a day");
            let person = month * 3 + visitor;
            let who = Who::Person {
                person: PersonId(person),
                low: person,
                high: person,
            };
            facts.contacts.push(contact(records, date, "group", who.clone()));
            facts.contacts.push(contact(records, date, "fun", who));
        }
        let crowd = Who::Anonymous {
            count: 5,
            parts: Vec::new(),
        };
        facts.contacts.push(contact(records, day(month, 20), "fun", crowd));
    }
    let finding = |kind, row, column, args: &[(&'static str, &str)]| Finding {
        kind,
        place: Some(Place {
            file: FileId(0),
            sheet: 0,
            row,
            column,
        }),
        others: Vec::new(),
        args: args.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
    };
    facts.findings = vec![
        finding(Kind::ImpossibleDate, 7, Some(1), &[("value", "31.02.2026")]),
        finding(Kind::TwiceInSession, 3, None, &[]),
        finding(Kind::OutsideProject, 4, Some(0), &[]),
    ];
    facts
}

fn contact(records: &Records, date: NaiveDate, activity: &str, who: Who) -> ContactFact {
    ContactFact {
        session: SessionId(0),
        date,
        activity: records.texts.find(activity).expect("an activity of the fixture"),
        who,
        row: RowId(2),
        places: Vec::new(),
        source: 0,
        population: 0,
        household: None,
        cycle: None,
    }
}

fn figures() -> Figures {
    let mut periods: Vec<Period> = (1..=12)
        .map(|month| Period {
            label: format!("2026-{month:02}"),
            start: day(month, 1),
            end: day(month, 28),
            calendar: CalendarKind::Month,
            partial: false,
        })
        .collect();
    periods.push(Period {
        label: "2026-01-01..2026-12-31".to_owned(),
        start: day(1, 1),
        end: day(12, 31),
        calendar: CalendarKind::Project,
        partial: false,
    });
    let span = periods.len() - 1;
    let mut figures: Vec<Figure> = (0..span)
        .map(|month| figure(0, month, None, "", 20.0 + month as f64))
        .collect();
    figures.push(figure(0, span, None, "", 5532.0));
    figures.push(Figure {
        low: Some(5.0),
        high: Some(7.0),
        target: Some(10.0),
        achieved: Some(60.0),
        status: Some(Status::Behind),
        ..figure(1, span, None, "", 6.0)
    });
    figures.push(figure(1, span, Some(0), "female", 5.0));
    figures.push(Figure {
        value: Value::Suppressed,
        low: Some(1.0),
        ..figure(1, span, Some(0), "male", 1.0)
    });
    figures.push(figure(1, span, Some(1), "0-17", 2.0));
    figures.push(figure(1, span, Some(1), "unknown", 4.0));
    figures.push(Figure {
        numerator: Some(521.0),
        denominator: Some(1019.0),
        target: Some(50.0),
        achieved: Some(102.3),
        status: Some(Status::Achieved),
        ..figure(2, span, None, "", 51.128_557)
    });
    figures.push(figure(3, span, None, "", 1.0));
    let checks = vec![SelfCheck {
        law: "rows-balance",
        detail: "5 = 2 + 3".to_owned(),
        held: true,
    }];
    Figures {
        periods,
        span,
        figures,
        checks,
    }
}

fn figure(indicator: usize, period: usize, disaggregation: Option<usize>, category: &str, value: f64) -> Figure {
    Figure {
        indicator,
        scope: Scope::Period,
        period,
        disaggregation,
        category: category.to_owned(),
        value: Value::Number(value),
        low: None,
        high: None,
        expected: None,
        numerator: None,
        denominator: None,
        target: None,
        achieved: None,
        status: None,
    }
}
