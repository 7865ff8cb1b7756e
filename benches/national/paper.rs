//! The rows of a file: a heading, then a list of contacts or a register of people and days.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::attendance::{ACTIVITIES, Group, Member, Paper};
use super::sets::{Layout, Set};
use super::table::{Cell, Rows};
use crate::registers::chance::Chance;
use crate::registers::hand::{Birth, Habit, Hand, Line, Written};
use crate::registers::names::Sex;
use crate::registers::output::settlement;

/// What stands in front of the person in a list.
const SESSION: [&str; 4] = ["Дата", "Локація", "Захід", "Група"];
/// What is written about a person.
const PERSON: [&str; 9] = [
    "Прізвище",
    "Ім'я",
    "По батькові",
    "Дата народження",
    "Стать",
    "Телефон",
    "Населений пункт",
    "ВПО",
    "Інвалідність",
];
/// Share of people who are displaced.
const DISPLACED: f64 = 0.35;
/// Share of people with a disability.
const DISABILITY: f64 = 0.06;
/// How often neither is written down.
const NOT_ASKED: f64 = 0.08;

/// Writes files.
pub(crate) struct Scribe<'a> {
    pub(crate) set: &'a Set,
    pub(crate) hand: &'a Hand<'a>,
}

impl Scribe<'_> {
    /// Writes all rows of a file.
    pub(crate) fn write(&self, paper: &Paper, chance: &mut Chance, rows: &mut Rows<'_>) -> Result<(), String> {
        match self.set.layout {
            Layout::List => self.list(paper, chance, rows),
            Layout::Register => self.register(paper, chance, rows),
        }
    }

    /// A row per contact, in the order in which sites hold their sessions.
    fn list(&self, paper: &Paper, chance: &mut Chance, rows: &mut Rows<'_>) -> Result<(), String> {
        rows.heading(&texts(&SESSION, &PERSON, &[]))?;
        let mut sessions: Vec<(NaiveDate, usize, &Group)> = Vec::new();
        for group in &paper.groups {
            sessions.extend(group.days.iter().enumerate().map(|(at, day)| (*day, at, group)));
        }
        sessions.sort_by_key(|(day, _, group)| (group.site, *day, group.activity, group.number));
        let mut habits = BTreeMap::new();
        for (day, at, group) in sessions {
            let habit = self.habit(&mut habits, group.site, chance);
            let came = |member: &&Member| member.came & 1 << at != 0;
            let mut present: Vec<&Member> = group.members.iter().filter(came).collect();
            chance.shuffle(&mut present);
            for member in present {
                let mut cells = vec![Cell::Date(day)];
                cells.extend(of_group(group));
                cells.extend(self.person(member.person, habit, day, chance));
                rows.row(&cells, member.person)?;
            }
        }
        Ok(())
    }

    /// A register per group, one under the other: what it is, the heading, a row per member and a column per day.
    fn register(&self, paper: &Paper, chance: &mut Chance, rows: &mut Rows<'_>) -> Result<(), String> {
        let mut habits = BTreeMap::new();
        for group in &paper.groups {
            for (what, cell) in SESSION[1..].iter().zip(of_group(group)) {
                rows.heading(&[cell.after(what)])?;
            }
            rows.heading(&texts(&[], &PERSON, &group.days))?;
            let habit = self.habit(&mut habits, group.site, chance);
            for member in &group.members {
                let mut cells = self.person(member.person, habit, group.days[0], chance).to_vec();
                let marks = (0..group.days.len()).map(|at| if member.came & 1 << at == 0 { "н" } else { "+" });
                cells.extend(marks.map(Cell::text));
                rows.row(&cells, member.person)?;
            }
            rows.heading(&[Cell::Blank, Cell::Blank])?;
        }
        Ok(())
    }

    /// A site writes in one way for a month.
    fn habit<'h>(&self, habits: &'h mut BTreeMap<usize, Habit>, site: usize, chance: &mut Chance) -> &'h Habit {
        habits
            .entry(site)
            .or_insert_with(|| Habit::of_a_form(&self.hand.noise, chance))
    }

    fn person(&self, person: u32, habit: &Habit, day: NaiveDate, chance: &mut Chance) -> [Cell; PERSON.len()] {
        let line = self.hand.write(person as usize, habit, day, chance);
        let mut own = Chance::new(self.set.seed ^ u64::from(person) << 20);
        let mut is = |share: f64, chance: &mut Chance| {
            let answer = if own.is(share) { "так" } else { "ні" };
            if chance.is(NOT_ASKED) {
                Cell::Blank
            } else {
                Cell::text(answer)
            }
        };
        let (displaced, disability) = (is(DISPLACED, chance), is(DISABILITY, chance));
        let Line {
            name,
            birth,
            phone,
            sex,
            settlement: home,
        } = line;
        let [surname, given, patronymic] = match name {
            Written::Cell(whole) => [whole, String::new(), String::new()],
            Written::Cells(surname, given, patronymic) => [surname, given, patronymic],
        };
        [
            Cell::from(surname),
            Cell::from(given),
            Cell::from(patronymic),
            match birth {
                Birth::None => Cell::Blank,
                Birth::Year(year) => Cell::Number(year),
                Birth::Day(day) => Cell::Date(day),
            },
            sex.map_or(Cell::Blank, |sex| match sex {
                Sex::Female => Cell::text("ж"),
                Sex::Male => Cell::text("ч"),
            }),
            Cell::from(phone.unwrap_or_default()),
            Cell::from(home.map(settlement).unwrap_or_default()),
            displaced,
            disability,
        ]
    }
}

fn texts(before: &[&str], person: &[&str], days: &[NaiveDate]) -> Vec<Cell> {
    let words = before.iter().chain(person).map(|word| Cell::text(word));
    words.chain(days.iter().map(|day| Cell::Date(*day))).collect()
}

fn of_group(group: &Group) -> [Cell; 3] {
    [
        Cell::from(format!("Центр {}", group.site + 1)),
        Cell::text(ACTIVITIES[group.activity]),
        Cell::from(format!("Група {}", group.number + 1)),
    ]
}
