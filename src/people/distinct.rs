//! Mentions → distinct identities: everybody whose normal form is the same is looked at once.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use indexmap::IndexMap;
use rayon::prelude::*;
use ustr::{Ustr, UstrMap};

use super::normalise::{Form, Naming, Usage, normalise};
use crate::ingest::records::{Birth, Context, Decision, FileId, Identity, Mention, MentionId, Records, TextId};

/// Mentions that are written alike after normalising.
#[derive(Debug, Clone)]
pub(crate) struct Distinct {
    /// What they say.
    pub(crate) form: Form,
    /// Where, in order of place.
    pub(crate) mentions: Vec<MentionId>,
}

/// Every distinct identity, in order of content, with the mentions that name nobody.
#[derive(Debug)]
pub(crate) struct Identities {
    /// Identities in order of content.
    pub(crate) all: Vec<Distinct>,
    /// Identity of each mention.
    pub(crate) of_mention: Vec<u32>,
    /// Mentions whose name names nobody.
    pub(crate) nobody: Vec<MentionId>,
    /// Mentions with two people in one cell.
    pub(crate) two: Vec<MentionId>,
}

impl Identities {
    /// Place of each identity when the fullest is the last, and of equally full ones the first by content.
    pub(crate) fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.par_sort_unstable_by(|a, b| {
            let (one, other) = (&self.all[*a].form, &self.all[*b].form);
            let by_fullness = super::key::fullness(one).cmp(&super::key::fullness(other));
            by_fullness.then_with(|| other.cmp(one)).then_with(|| a.cmp(b))
        });
        let mut ranks = vec![0; order.len()];
        for (rank, at) in (0u32..).zip(order) {
            ranks[at] = rank;
        }
        ranks
    }
}

/// Forms of all mentions: each different one once, and the form of each mention.
struct Forms {
    all: Vec<Form>,
    of_mention: Vec<u32>,
}

/// Collapses the mentions.
pub(crate) fn collapse(records: &Records) -> Identities {
    let (forms, nobody, two) = forms(records);
    let common = common_names(&forms.all);
    let of = |(at, form): (usize, &u32)| {
        let part = part(records, MentionId::from(at), &forms.all[*form as usize], &common);
        (*form, part)
    };
    let mut part_of: Vec<(u32, Part)> = forms.of_mention.iter().enumerate().map(of).collect();
    split_apart(records, &mut part_of);
    let mut parts: HashMap<(u32, Part), Vec<MentionId>> = HashMap::new();
    for (at, part) in part_of.into_iter().enumerate() {
        parts.entry(part).or_default().push(at.into());
    }
    let mut found: Vec<((u32, Part), Vec<MentionId>)> = parts.into_iter().collect();
    let told = |context: &Option<Context>| context.map(|context| setting(records, context));
    found.par_sort_unstable_by(|(a, _), (b, _)| {
        let form = |at: u32| &forms.all[at as usize];
        form(a.0)
            .cmp(form(b.0))
            .then_with(|| told(&a.1.context).cmp(&told(&b.1.context)))
            .then_with(|| a.1.number.cmp(&b.1.number))
    });
    let mut of_mention = vec![0; records.mentions.len()];
    let mut all = Vec::with_capacity(found.len());
    for ((form, part), mentions) in found {
        for mention in &mentions {
            of_mention[mention.index()] = u32::try_from(all.len()).expect("fewer identities than mentions");
        }
        let mut form = forms.all[form as usize].clone();
        form.met = told(&part.context).map(|met| Ustr::from(&met));
        all.push(Distinct { form, mentions });
    }
    Identities {
        all,
        of_mention,
        nobody,
        two,
    }
}

/// What keeps mentions of one form apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Part {
    /// Where they were met, for thin mentions of a common name.
    context: Option<Context>,
    /// Mentions that say nothing stay apart, and so do two of one form that a decision tells apart.
    number: u32,
}

fn part(records: &Records, id: MentionId, form: &Form, common: &HashSet<(Ustr, Ustr)>) -> Part {
    if form.is_empty() || (!form.is_named() && !form.is_pointer()) {
        return Part {
            context: None,
            number: id.0 + 1,
        };
    }
    let many = || names(form).any(|name| common.contains(&name));
    let context = (form.is_thin() && many()).then(|| records.mentions[id.index()].context);
    Part {
        context: context.filter(|context| *context != Context::default()),
        number: 0,
    }
}

/// Where a mention was met, in words.
pub(crate) fn setting(records: &Records, context: Context) -> String {
    let text = |id: Option<TextId>| id.map_or("", |id| records.text(id));
    [text(context.activity), text(context.site), text(context.group)].join("\u{1f}")
}

/// The form of every mention; equal writing is normalised once.
fn forms(records: &Records) -> (Forms, Vec<MentionId>, Vec<MentionId>) {
    let mut written: HashMap<&Identity, u32> = HashMap::new();
    let mut different: Vec<&Identity> = Vec::new();
    let of_writing: Vec<u32> = records
        .mentions
        .iter()
        .map(|mention| {
            *written.entry(&mention.identity).or_insert_with(|| {
                different.push(&mention.identity);
                u32::try_from(different.len() - 1).expect("fewer writings than mentions")
            })
        })
        .collect();
    let usage = Usage::of(records, &different);
    let (mut normal, namings): (Vec<Form>, Vec<Naming>) = different
        .par_iter()
        .map(|identity| normalise(records, identity, &usage))
        .unzip();
    unify_codes(&mut normal);
    normal.par_iter_mut().for_each(collapsed);
    let is_named = |identity: &Identity| {
        let parts = [identity.full_name, identity.surname, identity.given_name];
        parts.iter().any(Option::is_some)
    };
    let sheet = |mention: &Mention| (mention.place.file, mention.place.sheet);
    let mentions = records.mentions.iter();
    let named: BTreeSet<(FileId, u16)> = mentions.filter(|one| is_named(&one.identity)).map(sheet).collect();
    // Where a sheet names nobody, a code or a telephone says who it is.
    let needs_no_name = |at: usize, form: &Form| form.is_pointer() && !named.contains(&sheet(&records.mentions[at]));
    let (mut nobody, mut two) = (Vec::new(), Vec::new());
    for (at, writing) in of_writing.iter().enumerate() {
        match namings[*writing as usize] {
            Naming::Person => {}
            Naming::Nobody if needs_no_name(at, &normal[*writing as usize]) => {}
            Naming::Two => two.push(at.into()),
            Naming::Nobody => nobody.push(at.into()),
        }
    }
    let mut all: Vec<Form> = Vec::new();
    let mut known: HashMap<Form, u32> = HashMap::new();
    let of_normal: Vec<u32> = normal
        .into_iter()
        .map(|form| {
            *known.entry(form).or_insert_with_key(|form| {
                all.push(form.clone());
                u32::try_from(all.len() - 1).expect("fewer forms than mentions")
            })
        })
        .collect();
    let of_mention = of_writing.iter().map(|writing| of_normal[*writing as usize]).collect();
    (Forms { all, of_mention }, nobody, two)
}

/// Leaves the part of a form by which mentions are put together; the rest is gathered by identity.
fn collapsed(form: &mut Form) {
    form.sex = None;
    form.household = None;
    if !form.is_thin() {
        form.settlement = None;
        form.address = None;
        form.postcode = None;
    }
}

fn names(form: &Form) -> impl Iterator<Item = (Ustr, Ustr)> {
    let surnames = form.surnames.iter();
    surnames.flat_map(|surname| form.given.iter().map(move |given| (*surname, *given)))
}

/// Names that several people bear: with different birth dates, or so usual in their parts that two bearers are to be
/// expected.
fn common_names(forms: &[Form]) -> HashSet<(Ustr, Ustr)> {
    let mut births: HashMap<(Ustr, Ustr), BTreeSet<Birth>> = HashMap::new();
    let (mut surnames, mut given): (UstrMap<usize>, UstrMap<usize>) = Default::default();
    for form in forms {
        for name in names(form) {
            let known = births.entry(name).or_insert_with(|| {
                *surnames.entry(name.0).or_default() += 1;
                *given.entry(name.1).or_default() += 1;
                BTreeSet::new()
            });
            if matches!(form.birth, Birth::Date(_)) {
                known.insert(form.birth);
            }
        }
    }
    // Where little is known of a name's usage, nothing is usual.
    let total = births.len().max(100);
    let usual = |name: &(Ustr, Ustr)| surnames[&name.0] * given[&name.1] * 2 > total;
    births
        .iter()
        .filter(|(name, births)| births.len() > 1 || usual(name))
        .map(|(name, _)| *name)
        .collect()
}

/// Drops the letters of codes where (nearly) all codes bear the same: then the digits decide.
fn unify_codes(forms: &mut [Form]) {
    let mut letters: HashMap<Ustr, usize> = HashMap::new();
    for code in forms.iter().filter_map(|form| form.code.as_ref()) {
        if !code.letters.is_empty() {
            *letters.entry(code.letters).or_default() += 1;
        }
    }
    let total: usize = letters.values().sum();
    if letters.values().any(|count| count * 100 >= total * 95) {
        for code in forms.iter_mut().filter_map(|form| form.code.as_mut()) {
            code.letters = Ustr::default();
        }
    }
}

/// Mentions in a part, as groups that `same` decisions hold together, each told by its first mention.
type Groups = IndexMap<(u32, Part), BTreeSet<MentionId>>;

/// Splits mentions that are written alike where decisions about them could not all be followed otherwise: each group of those
/// that `same` decisions hold together becomes a part of its own. Mentions that no decision names stay with the first of the
/// groups by content, so that the order of rows decides nothing as long as anything else can.
fn split_apart(records: &Records, part_of: &mut [(u32, Part)]) {
    let group_of = together(&records.decisions);
    let mut parts = Groups::new();
    for (mention, group) in &group_of {
        parts.entry(part_of[mention.index()]).or_default().insert(*group);
    }
    let united = united(&parts);
    let root = |mention: MentionId| united.get(&group_of[&mention]).copied();
    let torn: BTreeSet<MentionId> = records
        .decisions
        .iter()
        .filter(|decision| !decision.same && group_of[&decision.a] != group_of[&decision.b])
        .filter(|decision| root(decision.a) == root(decision.b))
        .filter_map(|decision| root(decision.a))
        .collect();
    let mut members: BTreeMap<MentionId, Vec<MentionId>> = BTreeMap::new();
    for (mention, group) in &group_of {
        members.entry(*group).or_default().push(*mention);
    }
    for (part, groups) in &parts {
        if groups.first().is_none_or(|group| !torn.contains(&united[group])) {
            continue;
        }
        let mut here: Vec<Vec<MentionId>> = groups.iter().map(|group| members[group].clone()).collect();
        for group in &mut here {
            group.retain(|mention| part_of[mention.index()] == *part);
        }
        here.sort_by_cached_key(|group| group.iter().map(|mention| content(records, *mention)).min());
        for (number, mention) in (0..)
            .zip(here)
            .flat_map(|(number, group)| group.into_iter().map(move |one| (number, one)))
        {
            part_of[mention.index()].1.number = number;
        }
    }
}

/// Groups that stand in common parts, directly or through others, each with the first of them.
fn united(parts: &Groups) -> BTreeMap<MentionId, MentionId> {
    let mut beside: BTreeMap<MentionId, BTreeSet<MentionId>> = BTreeMap::new();
    for groups in parts.values() {
        for group in groups {
            beside.entry(*group).or_default().extend(groups.first());
            beside
                .entry(groups.first().copied().unwrap_or(*group))
                .or_default()
                .insert(*group);
        }
    }
    reached(&beside)
}

/// Items that paths lead between, each with the first of those that it reaches.
fn reached(paths: &BTreeMap<MentionId, BTreeSet<MentionId>>) -> BTreeMap<MentionId, MentionId> {
    let mut first_of = BTreeMap::new();
    for first in paths.keys() {
        let mut waiting = vec![*first];
        while let Some(here) = waiting.pop() {
            if let Entry::Vacant(unreached) = first_of.entry(here) {
                unreached.insert(*first);
                waiting.extend(&paths[&here]);
            }
        }
    }
    first_of
}

/// Every mention that a decision names, with the first mention that `same` decisions hold to be the same person.
fn together(decisions: &[Decision]) -> BTreeMap<MentionId, MentionId> {
    let mut paths: BTreeMap<MentionId, BTreeSet<MentionId>> = BTreeMap::new();
    for decision in decisions {
        let (a, b) = (decision.a, decision.b);
        paths.entry(a).or_default().extend(decision.same.then_some(b));
        paths.entry(b).or_default().extend(decision.same.then_some(a));
    }
    reached(&paths)
}

/// All that a mention says, in words.
fn content(records: &Records, mention: MentionId) -> (String, Option<NaiveDate>, Birth, Vec<&str>) {
    let mention = &records.mentions[mention.index()];
    let written = &mention.identity;
    let texts = [
        written.full_name,
        written.surname,
        written.given_name,
        written.patronymic,
        written.phone,
        written.email,
        written.code,
        written.sex,
        written.settlement,
        written.address,
        written.household,
    ];
    let texts = texts.map(|text| text.map_or("", |id| records.text(id))).to_vec();
    (setting(records, mention.context), mention.date, written.birth, texts)
}
