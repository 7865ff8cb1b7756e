//! Mentions of one form that are not one person's for sure: ages that are nobody's together, and rows of one list that
//! differ in what stands beside the name (rule 18).

use std::cmp::Reverse;
use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use ustr::Ustr;

use super::super::ages::Ages;
use super::super::alike::{Grouped, alike};
use super::super::normalise::{Form, settlement, words_written};
use super::Part;
use crate::ingest::records::{Birth, Identity, MentionId, Records, TextId};
use crate::names::NAMES;
use crate::names::typo::is_slip;

/// Number of the mentions that say nothing by which a torn form is told apart.
const SILENT: u32 = u32::MAX;

/// What a row says beside the name that another row of one list can contradict.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Beside<'a> {
    ages: Option<Ages>,
    sex: Option<&'a str>,
    settlement: Option<String>,
    order: Option<u64>,
}

/// In what rows of one form contradict each other.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing of its own that rows can differ in"
)]
struct Torn {
    ages: bool,
    sex: bool,
    settlement: bool,
    order: bool,
}

impl Torn {
    fn anywhere(self) -> bool {
        self.ages || self.sex || self.settlement || self.order
    }

    fn and(self, other: Self) -> Self {
        Self {
            ages: self.ages || other.ages,
            sex: self.sex || other.sex,
            settlement: self.settlement || other.settlement,
            order: self.order || other.order,
        }
    }
}

impl<'a> Beside<'a> {
    fn of(records: &'a Records, mention: MentionId) -> Self {
        let written = &records.mentions[mention.index()].identity;
        let text = |id: TextId| records.text(id);
        Self {
            ages: age(records, mention),
            sex: written.sex.map(text),
            settlement: written.settlement.and_then(|id| settlement(text(id))),
            order: order(records, written),
        }
    }

    /// In what two contradict each other.
    fn torn(&self, other: &Self) -> Torn {
        let both = |one: Option<Ages>, two: Option<Ages>| one.zip(two);
        Torn {
            ages: both(self.ages, other.ages).is_some_and(|(one, two)| !one.may_be_one(two)),
            sex: self.sex.zip(other.sex).is_some_and(|(one, two)| one != two),
            settlement: self
                .settlement
                .as_ref()
                .zip(other.settlement.as_ref())
                .is_some_and(|(one, two)| one != two && !is_slip(one, two)),
            order: self.order.zip(other.order).is_some_and(|(one, two)| one != two),
        }
    }

    /// Only what the rows are torn in.
    fn only(mut self, torn: Torn) -> Self {
        self.ages = self.ages.filter(|_| torn.ages);
        self.sex = self.sex.filter(|_| torn.sex);
        self.settlement = self.settlement.filter(|_| torn.settlement);
        self.order = self.order.filter(|_| torn.order);
        self
    }

    fn said(&self) -> usize {
        let said = [
            self.ages.is_some(),
            self.sex.is_some(),
            self.settlement.is_some(),
            self.order.is_some(),
        ];
        said.into_iter().filter(|said| *said).count()
    }

    fn take_in(&mut self, other: &Self) {
        self.ages = match (self.ages, other.ages) {
            (Some(one), Some(two)) => Some(one.and(two)),
            (one, two) => one.or(two),
        };
        self.sex = self.sex.or(other.sex);
        self.settlement = self.settlement.take().or_else(|| other.settlement.clone());
        self.order = self.order.or(other.order);
    }
}

/// The age of a mention, where no birth says more.
fn age(records: &Records, mention: MentionId) -> Option<Ages> {
    let mention = &records.mentions[mention.index()];
    let years = mention
        .identity
        .age
        .filter(|_| mention.identity.birth == Birth::Unknown)?;
    Some(Ages::written(years, mention.date?))
}

/// In which order a name's words stand, as a number, where only the order tells who is father and who is child.
///
/// One known given name is told wherever it stands, so the order of the others is looked at; a single one has none.
pub(crate) fn order(records: &Records, written: &Identity) -> Option<u64> {
    let columns = [written.surname, written.given_name];
    let full = written.full_name.filter(|_| columns.iter().all(Option::is_none));
    let texts = columns.into_iter().chain([full]).flatten();
    let mut words: Vec<String> = texts.flat_map(|id| words_written(records.text(id))).collect();
    let known = |word: &String| NAMES.given(word).is_some();
    if words.iter().filter(|word| known(word)).count() == 1 {
        words.retain(|word| !known(word));
    }
    (words.len() > 1).then(|| FixedState::default().hash_one(&words))
}

/// Numbers the mentions of one form that are not one person's for sure.
pub(super) fn tear(records: &Records, part_of: &mut [(u32, Part)], forms: &[Form]) {
    let parts = alike(part_of.len(), |at| part_of[at]);
    let members = Grouped::by(&parts.number, parts.first.len());
    let torn = (0..parts.first.len()).into_par_iter().filter_map(|part| {
        let members = members.of(part);
        let form = part_of[parts.first[part] as usize].0;
        let mut torn = torn_in(records, members);
        torn.sex |= either_sex(&forms[form as usize]) && of_both_sexes(records, members);
        torn.anywhere().then(|| kinds(records, members, torn))
    });
    let torn: Vec<Vec<(u32, u32)>> = torn.collect();
    for (mention, kind) in torn.into_iter().flatten() {
        part_of[mention as usize].1.kind = kind;
    }
}

/// In what the mentions of one form contradict each other: anywhere in their ages, in one list in all else; in their sex
/// see [`either_sex`].
fn torn_in(records: &Records, members: &[u32]) -> Torn {
    let mut torn = Torn::default();
    if members.len() < 2 {
        return torn;
    }
    let ages = members.iter().filter_map(|at| age(records, MentionId(*at)));
    torn.ages = ages.reduce(Ages::and).is_some_and(|ages| !ages.are_one());
    let mut rows: Vec<(u32, u32)> = members
        .iter()
        .map(|at| (records.mentions[*at as usize].group, *at))
        .collect();
    rows.sort_unstable();
    for list in rows.chunk_by(|a, b| a.0 == b.0).filter(|list| list.len() > 1) {
        let mut said: Vec<Beside> = list.iter().map(|row| Beside::of(records, MentionId(row.1))).collect();
        said.sort_unstable();
        said.dedup();
        for (at, one) in said.iter().enumerate() {
            torn = said[at + 1..]
                .iter()
                .fold(torn, |torn, other| torn.and(one.torn(other)));
        }
    }
    torn
}

/// Whether nothing in a name or beside it says the sex: then two sexes may be two people, wherever they were written.
/// Where the given name or a patronymic says it, one of them is a slip; where a number says who it is, too.
fn either_sex(form: &Form) -> bool {
    let of_one_sex = |word: &Ustr| NAMES.given(word).is_some_and(|known| NAMES.sex(known).is_some());
    form.is_thin() && form.father.is_none() && !form.given.is_empty() && !form.given.iter().any(of_one_sex)
}

fn of_both_sexes(records: &Records, members: &[u32]) -> bool {
    let mut sexes = members
        .iter()
        .filter_map(|at| records.mentions[*at as usize].identity.sex);
    let first = sexes.next();
    sexes.any(|sex| Some(sex) != first)
}

/// A number for each mention: the same for those of whom all agrees; those that could be several have one of their own.
fn kinds(records: &Records, members: &[u32], torn: Torn) -> Vec<(u32, u32)> {
    let beside = |at: &u32| (Beside::of(records, MentionId(*at)).only(torn), *at);
    let mut said: Vec<(Beside, u32)> = members.iter().map(beside).collect();
    said.sort_unstable_by(|a, b| (Reverse(a.0.said()), &a.0).cmp(&(Reverse(b.0.said()), &b.0)));
    let mut known: Vec<Beside> = Vec::new();
    let mut kinds = Vec::with_capacity(said.len());
    for same in said.chunk_by(|a, b| a.0 == b.0) {
        let one = &same[0].0;
        let mut agreeing = (0..known.len()).filter(|at| !known[*at].torn(one).anywhere());
        let kind = match (agreeing.next(), agreeing.next()) {
            (None, _) => {
                known.push(one.clone());
                known.len()
            }
            (Some(at), None) => {
                known[at].take_in(one);
                at + 1
            }
            (Some(_), Some(_)) => SILENT as usize,
        };
        let kind = u32::try_from(kind).unwrap_or(SILENT);
        kinds.extend(same.iter().map(|(_, mention)| (*mention, kind)));
    }
    kinds
}
