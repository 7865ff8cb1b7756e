//! Who came where and when: groups with their sessions, registers by month, one-off events.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use super::chance::{Chance, Urn};
use super::population::{Human, YEAR};

/// For whom a group is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Women and men.
    Adults,
    /// Children.
    Children,
    /// Everybody, mothers with their children above all.
    All,
}

/// How attendance at a group is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paper {
    /// A list for every session.
    Lists,
    /// A register for every month, with a row per person.
    Registers,
}

/// People who meet at a site, or an event held once.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// The site where it meets.
    pub(crate) site: usize,
    /// Activity, index into [`ACTIVITIES`].
    pub(crate) activity: usize,
    /// How attendance is written down.
    pub(crate) paper: Paper,
    /// Days of the sessions, or first days of the months.
    pub(crate) days: Vec<NaiveDate>,
    audience: Audience,
}

/// Activities with their audiences; the last are held once.
pub(crate) const ACTIVITIES: [(&str, Audience); 14] = [
    ("Групова консультація", Audience::Adults),
    ("Група взаємопідтримки", Audience::Adults),
    ("Арт-терапія", Audience::All),
    ("Малювання для дітей", Audience::Children),
    ("Заняття з логопедом", Audience::Children),
    ("Англійська мова", Audience::Children),
    ("Йога", Audience::Adults),
    ("Швейна майстерня", Audience::Adults),
    ("Мама і малюк", Audience::All),
    ("Підготовка до школи", Audience::Children),
    ("Правова консультація", Audience::Adults),
    ("Свято громади", Audience::All),
    ("Роздача гігієнічних наборів", Audience::Adults),
    ("Інформаційна сесія", Audience::All),
];
const REPEATED: usize = 11;
/// Of one's mentions, how many stand in papers of one's own site.
const OWN_SITE: f64 = 0.85;
/// Of one's mentions, how many stand in lists of events.
const EVENTS: f64 = 0.12;

/// A presence: person, group, and which of its days.
pub(crate) type Presence = (usize, usize, usize);

/// Groups and events of all sites.
pub(crate) fn groups(sites: usize, people: usize, chance: &mut Chance) -> Vec<Group> {
    let per_site = (people / sites / 70).max(4);
    let mut groups = Vec::new();
    for site in 0..sites {
        for _ in 0..per_site {
            let activity = chance.below(REPEATED);
            let paper = if chance.is(0.3) { Paper::Registers } else { Paper::Lists };
            let days = match paper {
                Paper::Lists => weekly(chance),
                Paper::Registers => (1..=12)
                    .filter_map(|month| NaiveDate::from_ymd_opt(YEAR, month, 1))
                    .collect(),
            };
            groups.push(Group {
                site,
                activity,
                paper,
                days,
                audience: ACTIVITIES[activity].1,
            });
        }
        for _ in 0..6 {
            let activity = REPEATED + chance.below(ACTIVITIES.len() - REPEATED);
            let days = vec![first() + Days::new(chance.below(360) as u64)];
            groups.push(Group {
                site,
                activity,
                paper: Paper::Lists,
                days,
                audience: ACTIVITIES[activity].1,
            });
        }
    }
    groups
}

fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR, 1, 5).expect("a day of January")
}

fn weekly(chance: &mut Chance) -> Vec<NaiveDate> {
    let start = first() + Days::new(chance.below(90) as u64);
    let days = (0..chance.between(12, 30)).map(|week| start + Days::new(7 * u64::from(week.unsigned_abs())));
    days.filter(|day| day.year() == YEAR).collect()
}

/// How often people are written down: many once or twice, a few thirty times.
const TIMES: [(i32, i32, f64); 7] = [
    (1, 1, 0.30),
    (2, 2, 0.17),
    (3, 3, 0.12),
    (4, 6, 0.18),
    (7, 12, 0.14),
    (13, 29, 0.08),
    (30, 44, 0.01),
];

/// Where the groups of a site are, by what a person looks for.
struct Map<'a> {
    groups: &'a [Group],
    of_site: BTreeMap<usize, Vec<usize>>,
}

impl Map<'_> {
    /// A group at a site that fits the person.
    fn find(&self, site: usize, child: bool, once: bool, chance: &mut Chance) -> Option<usize> {
        let here = &self.of_site[&site];
        let fits = |at: &usize| {
            let group = &self.groups[*at];
            (group.activity >= REPEATED) == once
                && match group.audience {
                    Audience::All => true,
                    Audience::Adults => !child,
                    Audience::Children => child,
                }
        };
        let fitting: Vec<usize> = here.iter().copied().filter(fits).collect();
        (!fitting.is_empty()).then(|| *chance.pick(&fitting))
    }
}

/// Everybody's presences, in order of group and day.
pub(crate) fn attend(
    people: &[Human],
    groups: &[Group],
    sites_of: &[Vec<usize>],
    chance: &mut Chance,
) -> Vec<Presence> {
    let times = Urn::new(TIMES.iter().map(|(_, _, share)| *share));
    let mut of_site: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, group) in groups.iter().enumerate() {
        of_site.entry(group.site).or_default().push(at);
    }
    let map = Map { groups, of_site };
    let mut all: Vec<BTreeSet<(usize, usize)>> = Vec::with_capacity(people.len());
    for (at, human) in people.iter().enumerate() {
        let (from, to, _) = TIMES[times.draw(chance)];
        let wanted = chance.between(from, to).unsigned_abs() as usize;
        let mut mine = BTreeSet::new();
        if let Some(mother) = human.mother.filter(|_| chance.is(0.6)) {
            let together = all[mother]
                .iter()
                .filter(|(group, _)| groups[*group].audience == Audience::All);
            mine.extend(together.take(wanted).copied());
        }
        let sites = &sites_of[human.home];
        let site = sites[human.mother.unwrap_or(at) % sites.len()];
        fill(&map, human.child(), site, sites, wanted, &mut mine, chance);
        all.push(mine);
    }
    let mut presences: Vec<Presence> = all
        .into_iter()
        .enumerate()
        .flat_map(|(person, mine)| mine.into_iter().map(move |(group, day)| (person, group, day)))
        .collect();
    presences.sort_unstable_by_key(|(person, group, day)| (*group, *day, *person));
    presences
}

/// Adds presences until there are as many as wanted, or no day is left.
fn fill(
    map: &Map<'_>,
    child: bool,
    site: usize,
    sites: &[usize],
    wanted: usize,
    mine: &mut BTreeSet<(usize, usize)>,
    chance: &mut Chance,
) {
    let own = [
        map.find(site, child, false, chance),
        map.find(site, child, false, chance),
    ];
    // Permille of the year after which one begins to come.
    let mut from = chance.below(800);
    for tried in 0..wanted * 6 {
        if mine.len() >= wanted {
            return;
        }
        let here = if chance.is(OWN_SITE) {
            site
        } else {
            elsewhere(map, sites, chance)
        };
        let once = chance.is(EVENTS);
        let home = if chance.is(0.75) { own[0] } else { own[1] };
        let nearby = if once || here != site {
            map.find(here, child, once, chance)
        } else {
            home
        };
        // Where a site holds nothing of the kind, one goes to another.
        let group = nearby.or_else(|| map.find(elsewhere(map, sites, chance), child, false, chance));
        let Some(group) = group else { continue };
        let days = map.groups[group].days.len();
        let start = from * days / 1000;
        // One comes week after week, with gaps; when the year is over, one has begun earlier.
        let day = (start..days).find(|day| !mine.contains(&(group, *day)) && chance.is(0.75));
        match day {
            Some(day) => drop(mine.insert((group, day))),
            None => from = if tried > wanted { 0 } else { from / 2 },
        }
    }
}

fn elsewhere(map: &Map<'_>, sites: &[usize], chance: &mut Chance) -> usize {
    if chance.is(0.7) {
        *chance.pick(sites)
    } else {
        chance.below(map.of_site.len())
    }
}
