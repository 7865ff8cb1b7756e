//! Who came where and when: groups of a site, an activity and a month that meet weekly.

use std::fmt::Write as _;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::sets::Set;
use crate::registers::chance::{Chance, Urn};
use crate::registers::population::{Human, YEAR};

/// What the programme does.
pub(crate) const ACTIVITIES: [&str; 6] = [
    "Групова консультація",
    "Група взаємопідтримки",
    "Арт-терапія",
    "Англійська мова",
    "Швейна майстерня",
    "Правова консультація",
];
/// Months of the year.
const MONTHS: usize = 12;
/// How many people a group has on its list, more or less.
const GROUP: usize = 21;
/// How often somebody on the list of a group comes.
const COMES: f64 = 0.8;
/// For how many months people come to a group: number and share.
const TIMES: [(usize, f64); 5] = [(1, 0.60), (2, 0.19), (3, 0.11), (4, 0.06), (6, 0.04)];
/// Of one's months, how many are spent at one's own site …
const OWN_SITE: f64 = 0.93;
/// … and how many of the others at a site of the same region.
const OWN_REGION: f64 = 0.75;

/// Somebody on the list of a group.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    /// Who it truly is.
    pub(crate) person: u32,
    /// At which of the group's days she came, a bit each; one at least.
    pub(crate) came: u8,
}

/// People who meet at a site for a month.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// Site, index.
    pub(crate) site: usize,
    /// Activity, index into [`ACTIVITIES`].
    pub(crate) activity: usize,
    /// Number among the groups of the site, activity and month.
    pub(crate) number: usize,
    /// Days of its sessions.
    pub(crate) days: Vec<NaiveDate>,
    /// Who is on its list.
    pub(crate) members: Vec<Member>,
}

/// What one file holds.
#[derive(Debug, Clone)]
pub(crate) struct Paper {
    region: usize,
    month: usize,
    /// Groups in order of site, activity and number.
    pub(crate) groups: Vec<Group>,
}

impl Paper {
    /// Name of the file without its ending.
    pub(crate) fn stem(&self) -> String {
        format!("Регіон {} {YEAR}-{:02}", self.region + 1, self.month + 1)
    }
}

/// Everybody's attendance: as many contacts as the set says, everybody at least once.
pub(crate) fn attend(set: &Set, people: &[Human], chance: &mut Chance) -> Result<Vec<Paper>, String> {
    let cells = enrol(set, people, chance);
    let mut papers = Vec::new();
    for month in 0..MONTHS {
        for region in 0..set.regions() {
            let mut groups = Vec::new();
            for site in (region..set.sites()).step_by(set.regions()) {
                for activity in 0..ACTIVITIES.len() {
                    let members = &cells[cell(set, month, site, activity)];
                    groups.extend(divide(members, month, site, activity, chance));
                }
            }
            papers.push(Paper { region, month, groups });
        }
    }
    trim(&mut papers, set.contacts, chance)?;
    Ok(papers)
}

fn cell(set: &Set, month: usize, site: usize, activity: usize) -> usize {
    (month * set.sites() + site) * ACTIVITIES.len() + activity
}

/// Who is on a list, by month, site and activity.
fn enrol(set: &Set, people: &[Human], chance: &mut Chance) -> Vec<Vec<u32>> {
    let times = Urn::new(TIMES.iter().map(|(_, share)| *share));
    let mut cells: Vec<Vec<u32>> = vec![Vec::new(); MONTHS * set.sites() * ACTIVITIES.len()];
    for (person, human) in (0..).zip(people) {
        let mut mine: Vec<usize> = Vec::new();
        let own = chance.below(ACTIVITIES.len());
        let first = chance.below(MONTHS);
        for nth in 0..TIMES[times.draw(chance)].0 {
            let stays = chance.is(0.7);
            let activity = if stays { own } else { chance.below(ACTIVITIES.len()) };
            let month = if stays {
                (first + nth) % MONTHS
            } else {
                chance.below(MONTHS)
            };
            let at = cell(set, month, site(set, human.home, chance), activity);
            if !mine.contains(&at) {
                mine.push(at);
                cells[at].push(person);
            }
        }
    }
    cells
}

fn site(set: &Set, home: usize, chance: &mut Chance) -> usize {
    if chance.is(OWN_SITE) {
        home
    } else if chance.is(OWN_REGION) {
        let of_region: Vec<usize> = (home % set.regions()..set.sites()).step_by(set.regions()).collect();
        *chance.pick(&of_region)
    } else {
        chance.below(set.sites())
    }
}

/// Divides the people of a site, an activity and a month into groups, each with its days.
fn divide(people: &[u32], month: usize, site: usize, activity: usize, chance: &mut Chance) -> Vec<Group> {
    if people.is_empty() {
        return Vec::new();
    }
    let mut people = people.to_vec();
    chance.shuffle(&mut people);
    let groups = (people.len() + GROUP / 2) / GROUP;
    let each = people.len().div_ceil(groups.max(1));
    let parts = people.chunks(each).enumerate();
    parts
        .map(|(number, part)| {
            let days = days(month, chance);
            let members = part.iter().map(|person| Member {
                person: *person,
                came: came(days.len(), chance),
            });
            Group {
                site,
                activity,
                number,
                members: members.collect(),
                days,
            }
        })
        .collect()
}

/// A day of the week in every week of the month, never a Sunday.
fn days(month: usize, chance: &mut Chance) -> Vec<NaiveDate> {
    let month = u32::try_from(month + 1).expect("a month");
    let start = NaiveDate::from_ymd_opt(YEAR, month, 1).expect("every month has a first day");
    let from = start + Days::new(chance.below(7) as u64);
    let from = match from.weekday() {
        Weekday::Sun => from + Days::new(1),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri | Weekday::Sat => from,
    };
    let weeks = (0..5).map(|week| from + Days::new(7 * week));
    weeks.filter(|day| day.month() == month).collect()
}

fn came(days: usize, chance: &mut Chance) -> u8 {
    let bits = (0..days)
        .filter(|_| chance.is(COMES))
        .fold(0, |bits, day| bits | 1 << day);
    if bits == 0 { 1 << chance.below(days) } else { bits }
}

/// Takes contacts of those who came more than once until there are as many as wanted.
fn trim(papers: &mut [Paper], wanted: usize, chance: &mut Chance) -> Result<(), String> {
    let members = || {
        papers
            .iter()
            .flat_map(|paper| &paper.groups)
            .flat_map(|group| &group.members)
    };
    let contacts: usize = members().map(|member| member.came.count_ones() as usize).sum();
    let often = members().filter(|member| member.came.count_ones() > 1).count();
    let mut surplus = contacts
        .checked_sub(wanted)
        .ok_or_else(|| format!("{contacts} contacts came out, {wanted} are wanted: take another seed"))?;
    let share = surplus as f64 / often as f64;
    while surplus > 0 {
        let groups = papers.iter_mut().flat_map(|paper| &mut paper.groups);
        for member in groups.flat_map(|group| &mut group.members) {
            if surplus > 0 && member.came.count_ones() > 1 && chance.is(share) {
                member.came &= member.came - 1;
                surplus -= 1;
            }
        }
    }
    Ok(())
}

/// The figures that are known: contacts and different people, by month and of the year.
pub(crate) fn known(papers: &[Paper], people: usize) -> String {
    let mut text = "month,contacts,people\n".to_owned();
    let mut all = (0_u32, 0_usize);
    for by_month in papers.chunk_by(|a, b| a.month == b.month) {
        let mut seen = vec![false; people];
        let mut contacts = 0;
        let groups = by_month.iter().flat_map(|paper| &paper.groups);
        for member in groups.flat_map(|group| &group.members) {
            contacts += member.came.count_ones();
            seen[member.person as usize] = true;
        }
        let different = seen.iter().filter(|seen| **seen).count();
        all = (all.0 + contacts, people);
        writeln!(text, "{YEAR}-{:02},{contacts},{different}", by_month[0].month + 1).expect("texts take all");
    }
    text + &format!("{YEAR},{},{}\n", all.0, all.1)
}
