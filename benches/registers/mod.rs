//! Synthetic attendance registers with known persons: what a women's and children's centre keeps in a year.
//!
//! A model of the people and of the hands that write, made without regard to the rules that recognise them: names
//! come from the lists beside this file, spellings from the functions here. The same settings give the same registers on
//! every machine.

pub(crate) mod attendance;
pub(crate) mod chance;
pub(crate) mod hand;
pub(crate) mod latin;
pub(crate) mod names;
pub(crate) mod noise;
pub(crate) mod output;
pub(crate) mod population;
pub(crate) mod slips;

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use attendance::{Group, Paper, attend, groups};
use chance::Chance;
use hand::{Habit, Hand, Line};
use names::Names;
use noise::Noise;

/// What registers to make.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// How many people.
    pub(crate) people: usize,
    /// How badly they are written down.
    pub(crate) noise: Noise,
    /// Seed of chance.
    pub(crate) seed: u64,
    /// Share of people who bear somebody else's whole name, beside those that chance gives.
    pub(crate) namesakes: f64,
}

impl Settings {
    /// Registers of so many people.
    pub(crate) fn new(people: usize, noise: Noise, seed: u64) -> Self {
        Self {
            people,
            noise,
            seed,
            namesakes: 0.002,
        }
    }
}

/// A row of a list or register.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Who it truly is.
    pub(crate) person: usize,
    /// Group, index.
    pub(crate) group: usize,
    /// The list of one session or the register of one month, numbered over all.
    pub(crate) list: u32,
    /// Day of the session, or of the first one attended.
    pub(crate) day: NaiveDate,
    /// What is written.
    pub(crate) line: Line,
}

/// Everything that was written in a year.
pub(crate) struct Registers {
    /// Rows in order of group, list and place in the list.
    pub(crate) entries: Vec<Entry>,
    /// Groups.
    pub(crate) groups: Vec<Group>,
    /// Settlement of each site.
    pub(crate) site_home: Vec<usize>,
}

/// Two rows of one list are hardly ever the same person.
const TWICE: f64 = 0.002;

/// Makes registers.
pub(crate) fn generate(settings: &Settings) -> Registers {
    let mut chance = Chance::new(settings.seed);
    let names = Names::load();
    let sites = (settings.people / 350).max(4);
    let homes = (sites / 3).max(2);
    let site_home: Vec<usize> = (0..sites).map(|site| site % homes).collect();
    let sites_of: Vec<Vec<usize>> = (0..homes)
        .map(|home| (0..sites).filter(|site| site_home[*site] == home).collect())
        .collect();
    let people = population::settle(settings, &names, homes, &mut chance);
    let groups = groups(sites, settings.people, &mut chance);
    let presences = attend(&people, &groups, &sites_of, &mut chance);
    let hand = Hand {
        names: &names,
        people: &people,
        noise: settings.noise,
    };
    let entries = write(&hand, &groups, &presences, &mut chance);
    Registers {
        entries,
        groups,
        site_home,
    }
}

fn write(hand: &Hand<'_>, groups: &[Group], presences: &[attendance::Presence], chance: &mut Chance) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(presences.len());
    let mut habits: BTreeMap<(usize, u32), Habit> = BTreeMap::new();
    let by_list = presences.chunk_by(|a, b| (a.1, a.2) == (b.1, b.2));
    for (list, rows) in (0..).zip(by_list) {
        let (_, group, day) = rows[0];
        let held = groups[group].days[day];
        let habit = habits
            .entry((group, held.month0() / 3))
            .or_insert_with(|| Habit::draw(&hand.noise, chance));
        let mut present: Vec<usize> = rows.iter().map(|(person, _, _)| *person).collect();
        chance.shuffle(&mut present);
        let twice: Vec<usize> = present.iter().copied().filter(|_| chance.is(TWICE)).collect();
        for person in present.into_iter().chain(twice) {
            let day = match groups[group].paper {
                Paper::Lists => held,
                Paper::Registers => held + Days::new(chance.below(28) as u64),
            };
            let line = hand.write(person, habit, day, chance);
            entries.push(Entry {
                person,
                group,
                list,
                day,
                line,
            });
        }
    }
    entries
}
