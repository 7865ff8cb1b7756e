//! What a data set says of its own people: how many, how often they come again, how usual each name is, and how often
//! one person keeps a phone, a settlement, a site.
//!
//! Nothing is learned from pairs that a shared phone selected: mothers and daughters share phones. The surest pairs
//! are those of the same surname, given name and full birth date; how often they agree elsewhere moves the m of
//! `weights.csv` within bounds (unsupervised training on small files is fragile). How many people were met only once
//! tells how likely it is that a mention is somebody new (Good, *The population frequencies of species*, Biometrika
//! 1953).

mod rough;

use chrono::Datelike;
use rayon::prelude::*;

use self::rough::{Rough, Sure};
use super::alike::QuickMap;
use super::compare::{Comparison, Level, compare};
use super::profile::Profile;
use super::weigh::{LEARNED, Weights};
use super::words::{Word, Words};
use crate::ingest::records::Birth;

/// Pretended observations behind each share of a name.
const STEADY: f64 = 8.0;
/// Pretended pairs behind each m learned beforehand.
const BEFOREHAND: f64 = 60.0;
/// Most that the data may move the odds of an m.
const BOUND: f64 = 8.0;
/// Most that having been met in the same place says: a small group is no fingerprint.
const MOST_OF_PLACE: f64 = 4.0;
/// Fewest mentions that the prior is reckoned with.
const FEWEST: f64 = 40.0;
/// Chance of two people sharing a day of birth, where nothing in the data speaks of it.
const BIRTHDAY: f64 = 1.0 / 14_000.0;

/// How many people bear a value of each kind.
#[derive(Debug, Default)]
struct Shares {
    counts: QuickMap<Word, u32>,
    total: f64,
}

impl Shares {
    fn see(&mut self, values: &[Word]) {
        for value in values {
            *self.counts.entry(*value).or_default() += 1;
        }
        self.total += f64::from(u32::from(!values.is_empty()));
    }

    fn of(&self, value: Option<Word>, usual: f64) -> f64 {
        let count = value.and_then(|value| self.counts.get(&value)).copied().unwrap_or(1);
        (f64::from(count) + STEADY * usual) / (self.total + STEADY)
    }
}

/// What the data say of their people.
#[derive(Debug)]
pub(crate) struct Population {
    weights: Weights,
    surnames: Shares,
    given: QuickMap<Word, f64>,
    fathers: Shares,
    settlements: Shares,
    postcodes: Shares,
    groups: Shares,
    sites: Shares,
    births: QuickMap<Word, u32>,
    people: f64,
    mentions: f64,
    newcomers: f64,
    households: f64,
}

/// A birthday as a number, for tables.
pub(crate) fn day(birth: Birth) -> Option<Word> {
    match birth {
        Birth::Date(date) => Word::try_from(date.num_days_from_ce()).ok(),
        Birth::Year(_) | Birth::Unknown => None,
    }
}

/// Where somebody was met: group, and site or again the group.
type Met<'a> = &'a (dyn Fn(u32) -> Vec<(Word, Word)> + Sync);

impl Population {
    /// Learned over the identities of a data set.
    pub(crate) fn of(profiles: &[Profile], met: Met<'_>, words: &Words) -> Self {
        let rough = Rough::of(profiles, words);
        let mut population = Self {
            weights: LEARNED.clone(),
            surnames: Shares::default(),
            given: QuickMap::default(),
            fathers: Shares::default(),
            settlements: Shares::default(),
            postcodes: Shares::default(),
            groups: Shares::default(),
            sites: Shares::default(),
            births: QuickMap::default(),
            people: 0.0,
            mentions: profiles.iter().map(|profile| f64::from(profile.mentions)).sum(),
            newcomers: newcomers(profiles, rough.dated()),
            households: households(profiles, words),
        };
        let mut forms: QuickMap<i64, u32> = QuickMap::default();
        for (name, day, at) in rough.people() {
            population.see(&profiles[at as usize]);
            *forms.entry(name).or_default() += 1;
            *population.births.entry(day).or_default() += 1;
        }
        let share = |name: i64| {
            (f64::from(forms.get(&name).copied().unwrap_or(1)) + STEADY / 60.0) / (population.people + STEADY)
        };
        let mut given: QuickMap<Word, f64> = QuickMap::default();
        for word in profiles.iter().flat_map(|profile| &profile.given) {
            given.entry(*word).or_insert_with(|| share(words.canonical(*word)));
        }
        population.given = given;
        population.adapt(profiles, met, rough.dated());
        population
    }

    fn see(&mut self, profile: &Profile) {
        self.people += 1.0;
        self.surnames.see(&profile.surnames);
        self.fathers.see(&profile.fathers);
        self.settlements.see(&profile.settlements);
        self.postcodes.see(&profile.rare.postcodes);
        self.groups.see(&profile.groups);
        self.sites.see(&profile.sites);
    }

    /// Whether people of one address are often several people.
    pub(crate) fn knows_households(&self) -> bool {
        self.households > 0.08
    }

    /// Log-odds, before anything is compared, of a mention being the person who has so many mentions already.
    pub(crate) fn prior(&self, mentions: u32) -> f64 {
        let again = (1.0 - self.newcomers) / self.newcomers;
        (again * f64::from(mentions.min(32)) / self.mentions.max(FEWEST)).log2()
    }

    /// Weight of a level, with the value agreed on.
    pub(crate) fn bits(&self, comparison: Comparison, level: Level, value: Option<Word>) -> f64 {
        use Comparison as C;
        let (m, u) = (self.weights.m(comparison, level), self.weights.u(comparison, level));
        let chance = match (comparison, level) {
            (C::Surname, Level::Exact) => self.surnames.of(value, 1.0 / 200.0),
            (C::Given, Level::Exact) => value
                .and_then(|word| self.given.get(&word))
                .copied()
                .unwrap_or(1.0 / 60.0),
            (C::Patronymic, Level::Exact) => self.fathers.of(value, 1.0 / 40.0),
            (C::Settlement, Level::Exact) => self.settlements.of(value, 1.0 / 8.0),
            (C::Postcode, Level::Exact) => self.postcodes.of(value, 1.0 / 200.0),
            (C::Place, Level::Exact) => self.groups.of(value, 1.0 / 16.0),
            (C::Place, Level::Variant) => self.sites.of(value, 1.0 / 4.0),
            (C::Birth, Level::Exact) => {
                let others = value
                    .and_then(|day| self.births.get(&day))
                    .map_or(0.0, |count| f64::from(count - 1));
                others / self.people.max(FEWEST) + BIRTHDAY
            }
            // Somebody of a household of two or three, and then herself rather than the others.
            (C::Phone | C::Household, Level::Exact) => 1.2 / self.people.max(FEWEST),
            _ => u,
        };
        let bits = if m <= 0.0 || chance <= 0.0 {
            0.0
        } else {
            (m / chance).log2()
        };
        match (comparison, level) {
            // To have been met in one place never speaks against one person, nor elsewhere for one.
            (C::Place, Level::Conflict) => bits.min(0.0),
            (C::Place, _) => bits.clamp(0.0, MOST_OF_PLACE),
            _ => bits,
        }
    }

    /// Moves m, within bounds, by what the surest pairs show.
    fn adapt<'a>(&mut self, profiles: &[Profile], met: Met<'_>, sure: impl Iterator<Item = &'a [Sure]>) {
        const AT_ONCE: usize = 1 << 16;
        let sure: Vec<&[Sure]> = sure.collect();
        // Summed up in order of content, so that not even the last digit depends on anything else.
        let mut all: [Kept; 5] = Default::default();
        for some in sure.chunks(AT_ONCE) {
            let kept: Vec<[Kept; 5]> = some.par_iter().map(|members| kept(profiles, met, members)).collect();
            for (sum, more) in kept.into_iter().flat_map(|one| (0..).zip(one)) {
                let sum: &mut Kept = &mut all[sum];
                sum.agree += more.agree;
                sum.both += more.both;
            }
        }
        let [phones, settlements, fathers, groups, sites] = all;
        self.keep(Comparison::Phone, &phones);
        self.keep(Comparison::Settlement, &settlements);
        self.keep(Comparison::Patronymic, &fathers);
        let group = moved(self.weights.m(Comparison::Place, Level::Exact), &groups);
        let site = moved(0.75, &sites).max(group);
        let place = &mut self.weights.m[Comparison::Place as usize];
        place[Level::Exact as usize] = group;
        place[Level::Variant as usize] = (site - group).max(0.01);
        place[Level::Conflict as usize] = (1.0 - site).max(0.01);
        let elsewhere = 1.0 - same(&self.sites);
        self.weights.u[Comparison::Place as usize][Level::Conflict as usize] = elsewhere.max(0.01);
        let elsewhere = 1.0 - same(&self.settlements);
        self.weights.u[Comparison::Settlement as usize][Level::Conflict as usize] = elsewhere.max(0.01);
    }

    fn keep(&mut self, comparison: Comparison, kept: &Kept) {
        let table = &mut self.weights.m[comparison as usize];
        let (exact, conflict) = (Level::Exact as usize, Level::Conflict as usize);
        let both = table[exact] + table[conflict];
        let share = moved(table[exact] / both, kept);
        table[exact] = both * share;
        table[conflict] = both * (1.0 - share);
    }
}

/// How one person keeps phone, settlement, patronymic, group and site.
fn kept(profiles: &[Profile], met: Met<'_>, members: &[Sure]) -> [Kept; 5] {
    let of = |value: &dyn Fn(&Profile) -> Option<Word>| {
        let spoken = members.iter().map(|(_, at)| &profiles[*at as usize]);
        let spoken = spoken.filter_map(|profile| Some((value(profile)?, profile.mentions)));
        Kept::of(spoken.collect())
    };
    let places: Vec<(Word, Word)> = members.iter().flat_map(|(_, at)| met(*at)).collect();
    [
        of(&|profile| profile.phones.first().copied()),
        of(&|profile| profile.settlements.first().copied()),
        of(&|profile| profile.fathers.first().copied()),
        Kept::of(places.iter().map(|place| (place.0, 1)).collect()),
        Kept::of(places.iter().map(|place| (place.1, 1)).collect()),
    ]
}

/// Chance that two people drawn at random share a value.
fn same(shares: &Shares) -> f64 {
    let mut squares: Vec<u32> = shares.counts.values().copied().collect();
    squares.sort_unstable();
    let total = shares.total.max(1.0);
    squares
        .into_iter()
        .map(|count| (f64::from(count) / total).powi(2))
        .sum::<f64>()
        .min(1.0)
}

/// Pairs of mentions of one person that agree in a value, of those that both have one; every person weighs as much as
/// her mentions, not as the square of them.
#[derive(Debug, Default)]
struct Kept {
    agree: f64,
    both: f64,
}

impl Kept {
    /// Values of one person with the mentions behind each.
    fn of(mut values: Vec<(Word, u32)>) -> Self {
        values.sort_unstable();
        let same = values.chunk_by(|a, b| a.0 == b.0);
        let counts = same.map(|same| same.iter().map(|(_, mentions)| f64::from(*mentions)).sum::<f64>());
        let all: f64 = counts.clone().sum();
        if all < 2.0 {
            return Self::default();
        }
        let pairs = |count: f64| count * (count - 1.0) / 2.0;
        Self {
            agree: counts.map(pairs).sum::<f64>() / (all - 1.0),
            both: pairs(all) / (all - 1.0),
        }
    }
}

/// A share learned beforehand, moved by what was seen, its odds at most by [`BOUND`].
fn moved(beforehand: f64, kept: &Kept) -> f64 {
    let share = (kept.agree + BEFOREHAND * beforehand) / (kept.both + BEFOREHAND);
    let odds = |share: f64| share / (1.0 - share).max(1e-6);
    let bounded = odds(share).clamp(odds(beforehand) / BOUND, odds(beforehand) * BOUND);
    bounded / (1.0 + bounded)
}

/// Chance that a mention is of somebody met nowhere else: the share of people met once among the mentions.
fn newcomers<'a>(profiles: &[Profile], sure: impl Iterator<Item = &'a [Sure]>) -> f64 {
    const BEFOREHAND: (f64, f64) = (6.0, 20.0);
    let (mut once, mut all) = BEFOREHAND;
    for members in sure {
        let mentions: u32 = members.iter().map(|(_, at)| profiles[*at as usize].mentions).sum();
        once += f64::from(u32::from(mentions == 1));
        all += f64::from(mentions);
    }
    (once / all).clamp(0.02, 0.95)
}

/// Of the pairs at one address, the share that differ in both given name and birth date; 1 where too few pairs are
/// seen.
fn households(profiles: &[Profile], words: &Words) -> f64 {
    const FEWEST_PAIRS: u32 = 30;
    const NEIGHBOURS: usize = 4;
    let mut homes: Vec<(Word, u32)> = (0u32..)
        .zip(profiles)
        .flat_map(|(at, profile)| profile.rare.addresses.iter().map(move |address| (*address, at)))
        .collect();
    homes.sort_unstable();
    let (mut apart, mut all) = (0u32, 0u32);
    for home in homes.chunk_by(|a, b| a.0 == b.0) {
        for (at, (_, one)) in home.iter().enumerate() {
            for (_, other) in home[at + 1..].iter().take(NEIGHBOURS) {
                let compared = compare(&profiles[*one as usize], &profiles[*other as usize], words);
                let differ = |comparison| compared.level(comparison) == Level::Conflict;
                all += 1;
                apart += u32::from(differ(Comparison::Given) && differ(Comparison::Birth));
            }
        }
    }
    if all < FEWEST_PAIRS {
        1.0
    } else {
        f64::from(apart) / f64::from(all)
    }
}
