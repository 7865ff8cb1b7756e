//! Contacts with persons become facts.

use chrono::Datelike;
use indexmap::IndexMap;

use super::*;
use crate::ingest::records::{
    Birth, Context, Field, FieldValue, FileId, HeadCount, Identity, Mention, Row, RowId, Session,
};
use crate::people::facts::Attribute;
use crate::people::model::Person;
use crate::project::blank;
use crate::project::model::{Disaggregation, Filter, HeadCountRule, Indicator, Localized, Measure, Subject};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a day of the test")
}

/// A project that looks at the `idp` of its people.
fn project(head_count: HeadCountRule) -> Project {
    let by_idp = Disaggregation {
        name: "idp".into(),
        label: Localized::default(),
        by: vec![Subject::Attribute("idp".into())],
        rename: IndexMap::new(),
        order: Vec::new(),
    };
    let mut project = Project {
        indicators: vec![Indicator {
            disaggregations: vec![by_idp],
            ..blank::indicator("U", Measure::People, Filter::All)
        }],
        ..blank::project()
    };
    project.settings.head_count = head_count;
    project
}

/// Records written by hand, a row at a time.
#[derive(Default)]
struct Papers {
    records: Records,
    people: People,
}

impl Papers {
    fn field(&mut self, key: &str) -> crate::ingest::records::FieldId {
        if let Some(known) = self.records.field(key) {
            return known;
        }
        self.records.fields.push(Field {
            key: key.into(),
            header: key.into(),
        });
        (self.records.fields.len() - 1).into()
    }

    fn row(&mut self, values: &[(&str, &str)]) -> RowId {
        let start = u32::try_from(self.records.values.len()).expect("few values");
        for (key, written) in values {
            let field = self.field(key);
            let value = match *written {
                "так" => FieldValue::YesNo(true),
                "ні" => FieldValue::YesNo(false),
                several if several.contains(';') => FieldValue::Set(
                    several
                        .split(';')
                        .map(|code| self.records.texts.intern(code.trim()))
                        .collect(),
                ),
                text => FieldValue::Text(self.records.texts.intern(text)),
            };
            self.records.values.push((field, value));
        }
        let end = u32::try_from(self.records.values.len()).expect("few values");
        let number = u32::try_from(self.records.rows.len()).expect("few rows") + 1;
        let place = Place {
            file: FileId(0),
            sheet: 0,
            row: number,
            column: None,
        };
        self.records.rows.push(Row {
            place,
            source: 0,
            fate: Fate::Counted,
            values: start..end,
        });
        (self.records.rows.len() - 1).into()
    }

    fn session(&mut self, date: NaiveDate) -> SessionId {
        let activity = self.records.texts.intern("group");
        self.records.sessions.push(Session {
            activity,
            date,
            site: None,
            title: None,
            group: None,
            facilitator: None,
            number: None,
            population: 0,
            source: 0,
            places: Vec::new(),
            log_row: None,
            listed: true,
            form: None,
            cycle: None,
        });
        (self.records.sessions.len() - 1).into()
    }

    /// A row on which a person is written, at a session or only registered.
    fn write(&mut self, person: u32, session: Option<SessionId>, birth: Birth, values: &[(&str, &str)]) -> RowId {
        let row = self.row(values);
        let mention: MentionId = self.records.mentions.len().into();
        let place = self.records.rows[row.index()].place;
        self.records.mentions.push(Mention {
            row,
            place,
            identity: Identity {
                birth,
                ..Identity::default()
            },
            group: 0,
            context: Context::default(),
            date: session.map(|session| self.records.sessions[session.index()].date),
            population: 0,
            informs: true,
        });
        if let Some(session) = session {
            self.records.contacts.push(Contact {
                mention,
                session,
                place,
            });
        }
        while self.people.persons.len() <= person as usize {
            self.people.persons.push(Person {
                key: String::new(),
                mentions: Vec::new(),
            });
        }
        self.people.persons[person as usize].mentions.push(mention);
        self.people.best.push(PersonId(person));
        self.people.low.push(person);
        self.people.high.push(person);
        row
    }

    fn head_count(&mut self, session: SessionId, total: u32) -> RowId {
        let row = self.row(&[]);
        self.records.sessions[session.index()].log_row = Some(row);
        self.records.head_counts.push(HeadCount {
            beside: false,
            session,
            row,
            total,
            parts: Vec::new(),
        });
        row
    }

    fn facts(&self, head_count: HeadCountRule) -> Facts {
        assemble(&project(head_count), &self.records, &self.people, day(6, 30))
    }
}

fn kinds(facts: &Facts) -> Vec<Kind> {
    facts.findings.iter().map(|finding| finding.kind).collect()
}

#[test]
fn a_person_twice_in_a_session_is_one_contact_with_both_places() {
    let mut papers = Papers::default();
    let session = papers.session(day(2, 3));
    papers.write(0, Some(session), Birth::Unknown, &[]);
    let second = papers.write(0, Some(session), Birth::Unknown, &[]);
    let facts = papers.facts(HeadCountRule::List);
    assert_eq!(facts.contacts.len(), 1);
    assert_eq!(
        facts.contacts[0]
            .places
            .iter()
            .map(|place| place.row)
            .collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(kinds(&facts), [Kind::TwiceInSession]);
    assert_eq!(facts.fates[second.index()], Fate::SetAside(Reason::SecondMark));
}

#[test]
fn a_list_counts_before_the_log_unless_the_project_says_otherwise() {
    let mut papers = Papers::default();
    let session = papers.session(day(2, 3));
    for person in 0..3 {
        papers.write(person, Some(session), Birth::Unknown, &[]);
    }
    let log = papers.head_count(session, 2);
    let of = |facts: &Facts| (facts.contacts.len(), facts.sessions.len(), kinds(facts));
    assert_eq!(
        of(&papers.facts(HeadCountRule::List)),
        (3, 1, vec![Kind::LogDiffersFromList])
    );
    assert_eq!(
        of(&papers.facts(HeadCountRule::Max)),
        (3, 1, vec![Kind::LogDiffersFromList])
    );
    let by_log = papers.facts(HeadCountRule::Log);
    assert_eq!(of(&by_log), (2, 1, vec![Kind::LogDiffersFromList]));
    assert_eq!(by_log.fates[2], Fate::SetAside(Reason::BeyondHeadCount));
    assert_eq!(by_log.fates[log.index()], Fate::Counted);
    papers.records.head_counts[0].total = 5;
    let by_log = papers.facts(HeadCountRule::Log);
    assert_eq!(
        by_log.contacts.last().map(|fact| fact.who.clone()),
        Some(Who::Anonymous {
            count: 2,
            parts: vec![]
        })
    );
}

#[test]
fn an_event_without_a_list_is_counted_by_head() {
    let mut papers = Papers::default();
    let session = papers.session(day(2, 3));
    papers.head_count(session, 7);
    let facts = papers.facts(HeadCountRule::List);
    assert_eq!(
        facts.contacts[0].who,
        Who::Anonymous {
            count: 7,
            parts: vec![]
        }
    );
    assert_eq!((facts.sessions.len(), facts.findings.len()), (1, 0));
}

#[test]
fn contacts_after_the_as_of_date_are_set_aside() {
    let mut papers = Papers::default();
    let session = papers.session(day(7, 1));
    let row = papers.write(0, Some(session), Birth::Unknown, &[("sex", "female")]);
    let facts = papers.facts(HeadCountRule::List);
    assert_eq!((facts.contacts.len(), facts.sessions.len()), (0, 0));
    assert_eq!(facts.fates[row.index()], Fate::SetAside(Reason::AfterAsOf));
    assert_eq!(facts.attribute(PersonId(0), "sex"), None);
}

#[test]
fn a_registered_client_without_a_service_is_known_but_not_counted() {
    let mut papers = Papers::default();
    let session = papers.session(day(2, 3));
    papers.write(0, Some(session), Birth::Unknown, &[]);
    papers.write(0, None, Birth::Year(1990), &[("settlement", "м. Ізюм")]);
    let idle = papers.write(1, None, Birth::Unknown, &[("settlement", "Ізюм")]);
    let facts = papers.facts(HeadCountRule::List);
    assert_eq!(facts.persons[0].birth, Birth::Year(1990));
    assert_eq!(facts.fates[idle.index()], Fate::SetAside(Reason::NoService));
    assert_eq!(kinds(&facts), [Kind::NoService]);
    assert!(facts.attribute(PersonId(1), "settlement").is_some());
    assert_eq!(facts.persons[1].first_contact, None);
}

#[test]
fn a_question_is_yes_once_no_when_answered_and_else_unknown() {
    let mut papers = Papers::default();
    let session = papers.session(day(2, 3));
    papers.write(0, Some(session), Birth::Unknown, &[("categories", "local; pensioner")]);
    papers.write(1, Some(session), Birth::Unknown, &[("categories", "idp; pensioner")]);
    papers.write(2, Some(session), Birth::Unknown, &[("idp", "ні")]);
    papers.write(3, Some(session), Birth::Unknown, &[]);
    let later = papers.session(day(2, 4));
    papers.write(2, Some(later), Birth::Unknown, &[("categories", "idp; local")]);
    let facts = papers.facts(HeadCountRule::List);
    let answers: Vec<_> = (0..4)
        .map(|person| facts.attribute(PersonId(person), "idp").cloned())
        .collect();
    let (yes, no) = (Some(Attribute::YesNo(true)), Some(Attribute::YesNo(false)));
    assert_eq!(answers, [no, yes.clone(), yes, None]);
}

#[test]
fn the_most_frequent_value_stands_and_a_contradiction_is_found_once() {
    let mut papers = Papers::default();
    for (date, settlement) in [
        (3, "с. П’ятигірське"),
        (4, "Пятигірське"),
        (5, "Ізюм"),
        (6, "П'ятигірське"),
    ] {
        let session = papers.session(day(2, date));
        papers.write(
            0,
            Some(session),
            Birth::Unknown,
            &[("settlement", settlement), ("sex", "female")],
        );
    }
    let facts = papers.facts(HeadCountRule::List);
    let Some(Attribute::Text(settlement)) = facts.attribute(PersonId(0), "settlement") else {
        panic!("a text")
    };
    assert_eq!(facts.texts.get(*settlement), "П'ятигірське");
    assert_eq!(kinds(&facts), [Kind::Contradiction]);
}

#[test]
fn a_full_birth_date_goes_before_a_year_and_an_impossible_one_is_unknown() {
    let mut papers = Papers::default();
    let born = day(2, 1).with_year(1980).expect("a day of the test");
    for (date, birth) in [(3, Birth::Year(1981)), (4, Birth::Year(1981)), (5, Birth::Date(born))] {
        let session = papers.session(day(2, date));
        papers.write(0, Some(session), birth, &[]);
    }
    let session = papers.session(day(2, 6));
    papers.write(1, Some(session), Birth::Date(day(2, 6)), &[]);
    let facts = papers.facts(HeadCountRule::List);
    assert_eq!(facts.persons[0].birth, Birth::Date(born));
    assert_eq!(facts.persons[1].birth, Birth::Unknown);
    assert_eq!(kinds(&facts), [Kind::Contradiction, Kind::ImpossibleBirth]);
}

#[test]
fn two_rows_of_one_person_in_a_cycle_are_one_enrolment() {
    let mut papers = Papers::default();
    let activity = papers.records.texts.intern("training");
    papers.records.cycles.push(crate::ingest::records::Cycle {
        activity,
        population: 0,
        source: 0,
        place: Place::whole_sheet(FileId(0), 0),
        fields: Vec::new(),
    });
    let days = [papers.session(day(2, 3)), papers.session(day(2, 4))];
    for session in days {
        papers.records.sessions[session.index()].cycle = Some(crate::ingest::records::CycleId(0));
        papers.write(0, Some(session), Birth::Unknown, &[]);
    }
    papers.write(1, Some(days[1]), Birth::Unknown, &[]);
    let facts = papers.facts(HeadCountRule::List);
    let held = &facts.cycles[0];
    assert_eq!((held.start, held.end, held.sessions), (day(2, 3), day(2, 4), 2));
    let enrolled: Vec<_> = facts.enrolments.iter().map(|fact| fact.days.clone()).collect();
    assert_eq!(enrolled, [vec![day(2, 3), day(2, 4)], vec![day(2, 4)]]);
    assert_eq!(facts.contacts[0].cycle, Some(0));
}

#[test]
fn a_household_is_its_card_or_that_of_who_answered_the_form() {
    let mut papers = Papers::default();
    let (first, second, third) = (
        papers.session(day(2, 3)),
        papers.session(day(2, 4)),
        papers.session(day(2, 5)),
    );
    papers.write(0, Some(first), Birth::Unknown, &[("household", "VLK-017")]);
    let form = papers.write(0, Some(second), Birth::Unknown, &[]);
    papers.records.sessions[second.index()].form = Some(form);
    papers.write(1, Some(second), Birth::Unknown, &[]);
    papers.write(2, Some(third), Birth::Unknown, &[("household", "vlk017")]);
    papers.write(3, Some(third), Birth::Unknown, &[]);
    let facts = papers.facts(HeadCountRule::List);
    let households: Vec<_> = facts.contacts.iter().map(|fact| fact.household).collect();
    assert!(households[..4].iter().all(|household| *household == households[0]));
    assert_ne!(households[4], households[0]);
}

#[test]
fn who_is_only_listed_in_forms_is_a_finding_once_a_person() {
    let mut papers = Papers::default();
    let session = papers.session(day(2, 3));
    papers.write(0, Some(session), Birth::Unknown, &[]);
    for person in [0, 1, 1] {
        let row = papers.write(person, None, Birth::Unknown, &[]);
        papers.records.rows[row.index()].fate = Fate::SetAside(Reason::NoContact);
        papers
            .records
            .mentions
            .last_mut()
            .expect("a mention was written")
            .informs = false;
    }
    let registered = papers.write(2, None, Birth::Unknown, &[]);
    let facts = papers.facts(HeadCountRule::List);
    assert_eq!(kinds(&facts), [Kind::NoService, Kind::ListedWithoutService]);
    assert_eq!(facts.findings[1].others.len(), 1);
    assert_eq!(facts.persons[1].listed, []);
    assert_eq!(facts.persons[2].listed, [(0, vec![registered])]);
}
