//! Levels → match weight in bits, probability, and what is refused whatever the weight.
//!
//! The weight of a level is log2(m/u): how much likelier it is when both are one person than when they are two
//! (Fellegi & Sunter 1969). Agreement on a rare value is worth more (Winkler 1990, frequency-based matching),
//! so u of surnames and given names is their share in the data, steadied by a prior where the data are few.
//! Surname and phone both follow the household; agreeing on both is weighed as one agreement.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::{Comparison, Level, Reached, Spellings};
use super::names::NameId;

/// Log-odds from which two clusters are one person without a human: probability 0.95.
pub(crate) const CERTAIN: f64 = 4.25;
/// Log-odds above which they are held to be one person.
pub(crate) const LIKELY: f64 = 0.0;
/// Log-odds below which they are two persons without a human: probability 0.05.
pub(crate) const UNLIKELY: f64 = -4.25;
/// Most that names alone can say: a pair with neither birth, phone, code nor patronymic in common stays undecided,
/// and so does one whose given names may be one or may be two sisters'.
const NAMES_ALONE: f64 = 3.0;
/// Pretended observations behind each share.
const STEADY: f64 = 8.0;

/// Shares of names in the data.
#[derive(Debug, Default)]
pub(crate) struct Frequencies {
    /// Surnames: number of different given names beside each.
    pub(crate) surnames: BTreeMap<u32, usize>,
    /// Given names: number of different surnames beside each.
    pub(crate) given: BTreeMap<u32, usize>,
    /// Different pairs of surname and given name: about the number of persons.
    pub(crate) names: usize,
}

impl Frequencies {
    /// Counted over the different names of the data; all forms of a given name count together.
    pub(crate) fn of(names: &BTreeSet<(u32, u32)>, spellings: &Spellings) -> Self {
        let mut frequencies = Self {
            names: names.len(),
            ..Self::default()
        };
        let mut spelled: BTreeMap<u32, usize> = BTreeMap::new();
        let mut forms: BTreeMap<NameId, usize> = BTreeMap::new();
        for (surname, given) in names {
            *frequencies.surnames.entry(*surname).or_default() += 1;
            *spelled.entry(*given).or_default() += 1;
            for name in spellings.names(*given) {
                *forms.entry(name).or_default() += 1;
            }
        }
        let together = |(given, count): (u32, usize)| {
            let most = spellings.names(given).filter_map(|name| forms.get(&name)).max();
            (given, most.copied().unwrap_or(count))
        };
        frequencies.given = spelled.into_iter().map(together).collect();
        frequencies
    }

    fn share(&self, counted: Option<&usize>, usual: f64) -> f64 {
        let counted = counted.copied().unwrap_or(1) as f64;
        (counted + STEADY * usual) / (self.names as f64 + STEADY)
    }

    /// Log-odds of two clusters drawn at random being one person.
    pub(crate) fn prior(&self) -> f64 {
        -(self.names.max(40) as f64).log2()
    }
}

/// A weighed comparison.
#[derive(Debug, Clone, Default)]
pub(crate) struct Verdict {
    /// Log-odds of being one person, prior included.
    pub(crate) weight: f64,
    /// Whether they cannot be one person.
    pub(crate) refused: bool,
    /// Whether one side is only a pointer.
    pub(crate) by_pointer: bool,
    /// Weight of each comparison.
    pub(crate) parts: Vec<(Comparison, Level, f64)>,
}

impl Verdict {
    /// Whether a pointer (code, phone, alias) alone made it.
    pub(crate) fn pointed(&self) -> bool {
        self.by_pointer
    }
}

/// Log-odds as a probability.
pub(crate) fn probability(weight: f64) -> f64 {
    1.0 / (1.0 + (-weight).exp2())
}

/// Weighs the levels reached.
pub(crate) fn weigh(reached: &[Reached], frequencies: &Frequencies, pointer: bool) -> Verdict {
    let level = |comparison| {
        reached
            .iter()
            .find(|one| one.comparison == comparison)
            .map_or(Level::Missing, |one| one.level)
    };
    let mut verdict = Verdict {
        weight: frequencies.prior(),
        ..Verdict::default()
    };
    let same_phone = level(Comparison::Phone) == Level::Exact;
    for one in reached {
        let mut bits = bits(*one, frequencies);
        if one.comparison == Comparison::Surname && same_phone && bits > 1.0 {
            bits = 1.5;
        }
        if one.comparison == Comparison::Household && same_phone && bits > 0.0 {
            bits = 1.0;
        }
        verdict.weight += bits;
        verdict.parts.push((one.comparison, one.level, bits));
    }
    let conflict = |comparison| level(comparison) == Level::Conflict;
    verdict.refused = conflict(Comparison::Given)
        || conflict(Comparison::Birth)
        || (conflict(Comparison::Surname) && conflict(Comparison::Patronymic));
    verdict.by_pointer = pointer;
    if pointer {
        point(&mut verdict, &level);
    } else if !corroborated(&level) || level(Comparison::Given) == Level::Doubtful {
        verdict.weight = verdict.weight.min(NAMES_ALONE);
    }
    verdict
}

/// A mention that is only a code, a phone or an alias belongs to whoever bears it.
fn point(verdict: &mut Verdict, level: &dyn Fn(Comparison) -> Level) {
    let met = [
        Comparison::Code,
        Comparison::Phone,
        Comparison::Alias,
        Comparison::Email,
    ]
    .into_iter()
    .any(|comparison| level(comparison) == Level::Exact);
    verdict.weight = if met { 20.0 } else { -20.0 };
    verdict.refused = !met;
}

/// Whether more than the name speaks for one person.
fn corroborated(level: &dyn Fn(Comparison) -> Level) -> bool {
    let good = |comparison, accepted: &[Level]| accepted.contains(&level(comparison));
    good(
        Comparison::Birth,
        &[Level::Exact, Level::Variant, Level::Year, Level::Typo],
    ) || good(Comparison::Phone, &[Level::Exact, Level::Typo])
        || good(Comparison::Patronymic, &[Level::Exact, Level::Typo])
        || good(Comparison::Code, &[Level::Exact])
        || good(Comparison::Email, &[Level::Exact])
}

/// Weight of one level, learned beforehand on lists of this kind but for the shares of names.
#[expect(clippy::match_same_arms, reason = "a table: a line for each comparison and level")]
fn bits(reached: Reached, frequencies: &Frequencies) -> f64 {
    use Comparison as C;
    use Level as L;
    let rarity = |table: &BTreeMap<u32, usize>, usual| {
        -frequencies
            .share(reached.value.and_then(|value| table.get(&value)), usual)
            .log2()
    };
    match (reached.comparison, reached.level) {
        (_, L::Missing) => 0.0,
        (C::Surname, L::Exact) => rarity(&frequencies.surnames, 1.0 / 200.0) - 0.2,
        (C::Surname, L::Variant) => 5.0,
        (C::Surname, L::Typo) => 3.5,
        (C::Surname, _) => -5.0,
        (C::Given, L::Exact) => rarity(&frequencies.given, 1.0 / 60.0) - 0.2,
        (C::Given, L::Variant) => 3.8,
        (C::Given, L::Typo) => 4.0,
        (C::Given, L::Initial) => 3.3,
        (C::Given, L::Doubtful) => -4.0,
        (C::Given, _) => -14.0,
        (C::Patronymic, L::Exact) => 4.8,
        (C::Patronymic, L::Typo) => 2.5,
        (C::Patronymic, L::Initial) => 3.0,
        (C::Patronymic, _) => -8.0,
        (C::Birth, L::Exact) => 13.5,
        (C::Birth, L::Variant) => 9.0,
        (C::Birth, L::Year) => 5.4,
        (C::Birth, L::Typo) => 5.0,
        (C::Birth, L::Doubtful) => -2.0,
        (C::Birth, _) => -14.0,
        // Somebody of a household of two or three, and then herself rather than the others.
        (C::Phone, L::Exact) => (frequencies.names.max(40) as f64).log2() - 0.4,
        (C::Phone, L::Typo) => 3.0,
        (C::Phone, _) => -3.5,
        (C::Email, L::Exact) => 10.0,
        (C::Email, _) => -2.0,
        (C::Code, L::Exact) => 10.0,
        (C::Code, _) => -1.5,
        (C::Alias, L::Exact) => 8.0,
        (C::Alias, _) => -1.0,
        (C::Household, L::Exact) => (frequencies.names.max(40) as f64).log2() - 2.0,
        (C::Household, _) => -1.0,
        (C::Sex, L::Exact) => 0.3,
        (C::Sex, _) => -4.0,
        (C::Settlement, L::Exact) => 0.7,
        (C::Settlement, _) => -0.7,
    }
}
