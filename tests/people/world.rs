//! Small random worlds of mentions: persons written down by many hands, in lists, with and without decisions.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::prelude::*;
use tallyframe::ingest::records::{
    Birth, Context, Decision, FileId, Identity, Mention, MentionId, Place, Records, RowId, SourceFile,
};
use tallyframe::people::model::People;

/// One mention as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) birth: Birth,
    pub(crate) phone: String,
    pub(crate) code: String,
    pub(crate) list: u32,
    pub(crate) site: String,
}

impl Line {
    /// Whether another line says the same of its person, in whatever list.
    pub(crate) fn says_what(&self, other: &Line) -> bool {
        let list = self.list;
        *self == Line { list, ..other.clone() }
    }
}

/// A decision about two lines.
pub(crate) type Decided = (usize, usize, bool);

pub(crate) fn line(name: &str, birth: &str, phone: &str, list: u32) -> Line {
    Line {
        name: name.to_owned(),
        birth: match NaiveDate::parse_from_str(birth, "%Y-%m-%d") {
            Ok(day) => Birth::Date(day),
            Err(_) => birth.parse().map_or(Birth::Unknown, Birth::Year),
        },
        phone: phone.to_owned(),
        code: String::new(),
        list,
        site: String::new(),
    }
}

/// The lines as one file, with what officers decided.
pub(crate) fn records(lines: &[Line], decisions: &[Decided]) -> Records {
    let mut records = Records::default();
    records.files.push(SourceFile {
        path: "raw/a.csv".to_owned(),
        sha256: String::new(),
        bytes: 0,
        format: "csv".to_owned(),
        sheets: vec![String::new()],
        source: None,
        readable: true,
        print: tallyframe::ingest::records::Print::default(),
    });
    let place = |row: usize| Place {
        file: FileId(0),
        sheet: 0,
        row: u32::try_from(row + 2).expect("few rows"),
        column: None,
    };
    for (row, line) in lines.iter().enumerate() {
        let mut text = |text: &str| (!text.is_empty()).then(|| records.texts.intern(text));
        let identity = Identity {
            full_name: text(&line.name),
            phone: text(&line.phone),
            code: text(&line.code),
            birth: line.birth,
            ..Identity::default()
        };
        let site = text(&line.site);
        records.mentions.push(Mention {
            row: RowId::from(row),
            place: place(row),
            identity,
            group: line.list,
            context: Context {
                site,
                ..Context::default()
            },
            date: None,
            population: 0,
            informs: true,
        });
    }
    for (a, b, same) in decisions {
        records.decisions.push(Decision {
            a: MentionId::from(*a),
            b: MentionId::from(*b),
            same: *same,
            by: "Officer".to_owned(),
            date: "2026-01-01".to_owned(),
            reason: String::new(),
            place: place(lines.len() + records.decisions.len()),
        });
    }
    records
}

const SURNAMES: [(&str, &str); 6] = [
    ("Шевчук", "Shevchuk"),
    ("Мороз", "Moroz"),
    ("Коваленко", "Kovalenko"),
    ("Ковальчук", "Kovalchuk"),
    ("Іванова", "Ivanova"),
    ("Дзюбановська", "Dziubanovska"),
];
const GIVEN: [(&str, &str, &str); 6] = [
    ("Олена", "Olena", "Оленка"),
    ("Ольга", "Olha", "Оля"),
    ("Христина", "Khrystyna", "Христя"),
    ("Марія", "Mariia", "Маша"),
    ("Дарина", "Daryna", "Даринка"),
    ("Карина", "Karyna", "Карина"),
];
const FATHERS: [&str; 4] = ["Іванівна", "Олегівна", "Петрівна", "Степанівна"];
const BIRTHS: [(i32, u32, u32); 5] = [(1990, 5, 4), (1990, 4, 5), (1957, 3, 9), (2015, 1, 2), (1984, 11, 23)];

/// Surname, given name, father, birth, phone: each by its place in the lists above.
pub(crate) type PersonSeed = (usize, usize, usize, usize, usize);
/// Person, way of writing the name, what else is filled in, list, site.
pub(crate) type MentionSeed = (usize, u8, u8, u32, u8);

/// Lines of a random world.
pub(crate) fn lines(most: usize) -> impl Strategy<Value = Vec<Line>> {
    let person = (
        0..SURNAMES.len(),
        0..GIVEN.len(),
        0..FATHERS.len(),
        0..BIRTHS.len(),
        0usize..4,
    );
    let mention = (0usize..6, 0u8..10, any::<u8>(), 0u32..5, 0u8..3);
    (vec(person, 6), vec(mention, 1..=most)).prop_map(|(persons, mentions)| {
        let write = |seed: &MentionSeed| written(seed.0, persons[seed.0], *seed);
        mentions.iter().map(write).collect()
    })
}

/// Lines of a random world of five persons who have nothing in common, always written with patronymic, day of birth and phone.
pub(crate) fn described(most: usize) -> impl Strategy<Value = Vec<Line>> {
    let mention = (0usize..5, 7u8..10, 4u8..8, 0u32..5, 0u8..3);
    vec(mention, 1..=most).prop_map(|mentions| {
        let write = |seed: &MentionSeed| {
            let at = seed.0;
            let person = (at, at, at % FATHERS.len(), at, at);
            written(at, person, (at, seed.1, seed.2 | 8, seed.3, seed.4))
        };
        mentions.iter().map(write).collect()
    })
}

fn written(at: usize, person: PersonSeed, (_, hand, filled, list, site): MentionSeed) -> Line {
    let (surname, given, father) = (SURNAMES[person.0], GIVEN[person.1], FATHERS[person.2]);
    let initial = |text: &str| text.chars().next().unwrap_or_default();
    let name = match hand {
        0 => format!("{} {}", surname.0, given.0),
        1 => format!("{} {}", given.0, surname.0),
        2 => format!("{} {}", surname.1, given.1),
        3 => format!("{} {}.{}.", surname.0, initial(given.0), initial(father)),
        4 => format!("{} {}", surname.0, given.2),
        5 => format!(
            "{}{} {} {father}",
            initial(surname.0),
            &surname.0[initial(surname.0).len_utf8()..].replacen('к', "кк", 1),
            given.0
        ),
        6 => surname.0.to_owned(),
        _ => format!("{} {} {father}", surname.0, given.0),
    };
    let (year, month, day) = BIRTHS[person.3];
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).map_or(Birth::Unknown, Birth::Date);
    Line {
        name,
        birth: match filled % 8 {
            0 | 1 => Birth::Unknown,
            2 => Birth::Year(year),
            3 => date(year, month, day + 1),
            _ => date(year, month, day),
        },
        phone: if filled & 8 == 0 {
            String::new()
        } else {
            format!("067{:07}", 1_112_233 * (person.4 + 1))
        },
        code: if filled & 0x30 == 0x30 {
            format!("БК-{:04}", at + 1)
        } else {
            String::new()
        },
        list,
        site: ["", "Клуб", "Школа"][usize::from(site)].to_owned(),
    }
}

/// Strangers to everybody of [`lines`]: name, birth, phone, code, list and site are nobody else's.
pub(crate) fn strangers(given_first: bool, code: &str, count: usize) -> Vec<Line> {
    const STRANGERS: [(&str, &str, i32); 8] = [
        ("Pfeiffer", "Wolfgang", 1961),
        ("Quispe", "Norberto", 1973),
        ("Øvergård", "Sigrid", 1988),
        ("Žuvela", "Jadranka", 1949),
        ("Wyszyński", "Bogumił", 2001),
        ("Făgădău", "Ilinca", 1996),
        ("Хмельовий", "Єремій", 1933),
        ("Ґереґа", "Устим", 1969),
    ];
    let write = |(at, (surname, given, year)): (usize, &(&str, &str, i32))| Line {
        name: if given_first {
            format!("{given} {surname}")
        } else {
            format!("{surname} {given}")
        },
        birth: NaiveDate::from_ymd_opt(*year, 7, 10 + u32::try_from(at).expect("few"))
            .map_or(Birth::Unknown, Birth::Date),
        phone: format!("093555{at}71{}", 9 - at),
        code: if code.is_empty() {
            String::new()
        } else {
            format!("{code}-{:04}", 7000 + at)
        },
        list: 900 + u32::try_from(at).expect("few"),
        site: format!("Far away {at}"),
    };
    STRANGERS.iter().take(count).enumerate().map(write).collect()
}

/// Decisions about random pairs of a world.
pub(crate) fn decisions() -> impl Strategy<Value = Vec<(usize, usize, bool)>> {
    vec((0usize..100, 0usize..100, any::<bool>()), 0..6)
}

/// Decisions that can all be true, of those given: indices brought into the world, contradicting ones left out.
pub(crate) fn consistent(decisions: &[Decided], lines: usize) -> Vec<Decided> {
    let mut kept: Vec<Decided> = Vec::new();
    for (a, b, same) in decisions {
        let one = (a % lines, b % lines, *same);
        kept.push(one);
        let homes = homes(&kept, lines);
        if kept.iter().any(|(a, b, same)| !same && homes[*a] == homes[*b]) {
            kept.pop();
        }
    }
    kept
}

/// Who is together by decisions alone.
fn homes(decisions: &[Decided], lines: usize) -> Vec<usize> {
    let mut homes: Vec<usize> = (0..lines).collect();
    for (a, b, _) in decisions.iter().filter(|(_, _, same)| *same) {
        let (from, to) = (homes[*a], homes[*b]);
        for home in &mut homes {
            if *home == from {
                *home = to;
            }
        }
    }
    homes
}

/// A partition told by the first item of each block.
pub(crate) fn shape<T: Ord + Copy>(blocks: &[T]) -> Vec<usize> {
    let mut first: BTreeMap<T, usize> = BTreeMap::new();
    let of = |(at, block): (usize, &T)| *first.entry(*block).or_insert(at);
    blocks.iter().enumerate().map(of).collect()
}

/// The three partitions: high, best, low.
pub(crate) fn shapes(people: &People) -> [Vec<usize>; 3] {
    [shape(&people.high), shape(&people.best), shape(&people.low)]
}

/// Key of each mention's person.
pub(crate) fn keys(people: &People) -> Vec<&str> {
    let of = |person: &tallyframe::people::model::PersonId| people.persons[person.index()].key.as_str();
    people.best.iter().map(of).collect()
}

/// Number of blocks.
pub(crate) fn count(blocks: &[usize]) -> usize {
    blocks.iter().collect::<BTreeSet<_>>().len()
}
