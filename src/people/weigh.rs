//! Levels → match weight in bits, probability, and what is refused whatever the weight.
//!
//! The weight of a level is log2(m/u): how much likelier it is when both are one person than when they are two
//! (Fellegi & Sunter 1969). The m and u of `weights.csv` were set beforehand, some learned by `benches/weights.rs`,
//! some judged (`weights.md` says which); what the data themselves say better moves them: agreement on a rare value is
//! worth more (Winkler 1990, frequency-based matching), and how often people keep a phone, a settlement, a site is seen
//! on the surest pairs (`learn`).
//!
//! Surname, phone and address follow the household; agreeing on several of them is weighed as one agreement.

use std::sync::LazyLock;

use super::compare::{Compared, Comparison, Level};
use super::learn::Population;

/// Log-odds from which two clusters are one person without a human: probability 0.95.
pub(crate) const CERTAIN: f64 = 4.25;
/// Log-odds above which they are held to be one person: pairwise F1 is highest where the threshold is half of it
/// (Lipton, Elkan & Naryanaswamy 2014), so a little below even.
pub(crate) const LIKELY: f64 = -0.15;
/// Log-odds below which they are two persons without a human: probability 0.05.
pub(crate) const UNLIKELY: f64 = -4.25;
/// Most that names alone can say: a pair with neither birth, phone, code nor patronymic in common stays undecided,
/// and so does one whose given names may be one or may be two sisters'.
const NAMES_ALONE: f64 = 3.0;

/// From so many bits on, having been met in the same group speaks beside the name.
const SAME_CIRCLE: f64 = 2.0;

/// What another given name says where the data know no households.
const WRONG_NAME: f64 = -5.0;

/// What one given name at one telephone says at least: a household gives nobody a name that another of it bears, but
/// for a father's and his son's, whom their ages or patronymics tell apart.
const ONE_NAME_AT_HOME: f64 = 8.0;

/// Number of comparisons.
const COMPARISONS: usize = Comparison::ALL.len();
/// Number of levels.
const LEVELS: usize = Level::ALL.len();

/// m and u of every comparison and level.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    /// Probability of the level when both are one person.
    pub(crate) m: [[f64; LEVELS]; COMPARISONS],
    /// Probability of the level when they are two; 0 where the data say it for each value.
    pub(crate) u: [[f64; LEVELS]; COMPARISONS],
}

/// The weights learned beforehand.
pub(crate) static LEARNED: LazyLock<Weights> = LazyLock::new(|| Weights::read(include_str!("weights.csv")));

impl Weights {
    fn read(table: &str) -> Self {
        let mut weights = Self {
            m: [[0.0; LEVELS]; COMPARISONS],
            u: [[0.0; LEVELS]; COMPARISONS],
        };
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let [comparison, level, m, u] = cells[..] else {
                continue;
            };
            let comparison = Comparison::ALL.iter().find(|one| one.word() == comparison);
            let level = Level::ALL.iter().find(|one| one.word() == level);
            if let (Some(comparison), Some(level)) = (comparison, level) {
                weights.m[*comparison as usize][*level as usize] = m.parse().unwrap_or(0.0);
                weights.u[*comparison as usize][*level as usize] = u.parse().unwrap_or(0.0);
            }
        }
        weights
    }

    /// m of a level.
    pub(crate) fn m(&self, comparison: Comparison, level: Level) -> f64 {
        self.m[comparison as usize][level as usize]
    }

    /// u of a level.
    pub(crate) fn u(&self, comparison: Comparison, level: Level) -> f64 {
        self.u[comparison as usize][level as usize]
    }
}

/// A weighed comparison.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    /// Log-odds of being one person, prior included.
    pub(crate) weight: f64,
    /// Most that it may count for in the end: names alone decide nothing.
    pub(crate) most: f64,
    /// Whether they cannot be one person.
    pub(crate) refused: bool,
    /// Whether a pointer (code, phone, alias) alone made it.
    pub(crate) pointed: bool,
    /// What was compared.
    pub(crate) compared: Compared,
}

/// Log-odds as a probability.
pub(crate) fn probability(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}

/// How many mentions each side has, and whether one is only a pointer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sides {
    /// Mentions of the larger side.
    pub(crate) mentions: u32,
    /// Whether nothing but a pointer is known of one side.
    pub(crate) pointer: bool,
}

/// Weighs the levels reached.
pub(crate) fn weigh(compared: Compared, sides: Sides, population: &Population) -> Verdict {
    let level = |comparison| compared.level(comparison);
    let mut weight = population.prior(sides.mentions);
    for (_, bits) in parts(&compared, population) {
        weight += bits;
    }
    let conflict = |comparison| level(comparison) == Level::Conflict;
    // Sisters and twins bear two given names, women of one name two birth dates: but for one home of one person, a
    // veto.
    let one_home = one_home(&compared, population);
    let doubtful = |comparison| matches!(level(comparison), Level::Doubtful | Level::Conflict);
    let mut verdict = Verdict {
        weight,
        most: f64::INFINITY,
        refused: (conflict(Comparison::Given) && !one_home)
            || (conflict(Comparison::Birth) && !one_home && !miswritten(&compared))
            || (conflict(Comparison::Surname) && conflict(Comparison::Patronymic)),
        pointed: sides.pointer,
        compared,
    };
    if sides.pointer {
        point(&mut verdict);
    } else if doubtful(Comparison::Given)
        || doubtful(Comparison::Birth)
        || conflict(Comparison::Age)
        || !corroborated(&compared, population)
    {
        verdict.most = NAMES_ALONE;
    }
    verdict
}

/// Two birth dates are two people, unless the whole name and something beside it say that one of them is miswritten.
fn miswritten(compared: &Compared) -> bool {
    let good = |comparison| matches!(compared.level(comparison), Level::Exact | Level::Variant | Level::Typo);
    let exact = |comparison| compared.level(comparison) == Level::Exact;
    let whole = exact(Comparison::Surname) && exact(Comparison::Given);
    let beside = [
        Comparison::Patronymic,
        Comparison::Phone,
        Comparison::Code,
        Comparison::Address,
    ];
    let home = good(Comparison::Address) && good(Comparison::Surname) && good(Comparison::Given);
    compared.level(Comparison::Phone) != Level::Conflict && (home || (whole && beside.into_iter().any(exact)))
}

/// Whether another given name or birth date may be a wrong entry about one person: the data know no households (nobody
/// shares an address with somebody born on another day), and both live in one place.
fn one_home(compared: &Compared, population: &Population) -> bool {
    let good = |comparison| matches!(compared.level(comparison), Level::Exact | Level::Typo);
    !population.knows_households()
        && (good(Comparison::Address)
            || (compared.level(Comparison::Postcode) == Level::Exact && good(Comparison::Settlement)))
}

/// The weight of each comparison in which both sides speak.
pub(crate) fn parts<'a>(
    compared: &'a Compared,
    population: &'a Population,
) -> impl Iterator<Item = (Comparison, f64)> + 'a {
    let same_phone = compared.level(Comparison::Phone) == Level::Exact;
    let one_home = one_home(compared, population);
    let family = same_phone && compared.level(Comparison::Surname) == Level::Exact;
    compared.spoken().map(move |(comparison, level)| {
        let bits = population.bits(comparison, level, compared.value(comparison));
        let household = matches!(
            comparison,
            Comparison::Surname | Comparison::Household | Comparison::Address
        );
        let wrong_name = comparison == Comparison::Given && level == Level::Conflict && one_home;
        let one_name = comparison == Comparison::Given && level == Level::Exact && family;
        let bits = match () {
            () if household && same_phone => bits.min(1.5),
            () if wrong_name => WRONG_NAME,
            () if one_name => bits.max(ONE_NAME_AT_HOME),
            () => bits,
        };
        (comparison, bits)
    })
}

/// A mention that is only a code, a phone or an alias belongs to whoever bears it.
fn point(verdict: &mut Verdict) {
    let met = [
        Comparison::Code,
        Comparison::Phone,
        Comparison::Alias,
        Comparison::Email,
    ]
    .into_iter()
    .any(|comparison| verdict.compared.level(comparison) == Level::Exact);
    verdict.weight = if met { 20.0 } else { -20.0 };
    verdict.refused = !met;
}

/// Whether more than the name speaks for one person.
fn corroborated(compared: &Compared, population: &Population) -> bool {
    let place = compared.level(Comparison::Place);
    // A phone is the household's: with a bare initial it may be the daughter's.
    let named = compared.level(Comparison::Given) < Level::Initial;
    let met = population.bits(Comparison::Place, place, compared.value(Comparison::Place));
    let good = |comparison, accepted: &[Level]| accepted.contains(&compared.level(comparison));
    good(
        Comparison::Birth,
        &[Level::Exact, Level::Variant, Level::Year, Level::Typo, Level::Near],
    ) || (named && good(Comparison::Phone, &[Level::Exact, Level::Typo]))
        || good(Comparison::Patronymic, &[Level::Exact, Level::Typo])
        || good(Comparison::Address, &[Level::Exact, Level::Typo])
        || (place == Level::Exact && met >= SAME_CIRCLE)
        || good(Comparison::Code, &[Level::Exact])
        || good(Comparison::Email, &[Level::Exact])
}
