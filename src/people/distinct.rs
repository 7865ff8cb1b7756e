//! Mentions → distinct identities: everybody whose normal form is the same is looked at once.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::cluster::Profile;
use super::compare::Spellings;
use super::key::fullness;
use super::names::NAMES;
use super::normalise::{Form, Naming, name_order, normalise};
use super::weigh::Frequencies;
use crate::ingest::records::{Birth, Decision, MentionId, Records};

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
    /// The mention that speaks for some identities: of the fullest form, the first in order of place.
    pub(crate) fn speaker(&self, members: &[u32]) -> MentionId {
        let identities = members.iter().map(|member| &self.all[*member as usize]);
        let fullest = identities.max_by(|a, b| {
            fullness(&a.form)
                .cmp(&fullness(&b.form))
                .then_with(|| b.form.cmp(&a.form))
        });
        fullest
            .map(|identity| identity.mentions[0])
            .expect("a cluster has members, an identity has mentions")
    }
}

/// The part of a form by which mentions are put together; the rest is gathered.
fn collapsed(form: &Form) -> Form {
    Form {
        sex: None,
        settlement: None,
        household: None,
        ..form.clone()
    }
}

/// Collapses the mentions.
pub(crate) fn collapse(records: &Records) -> Identities {
    let order = name_order(records);
    let (mut nobody, mut two) = (Vec::new(), Vec::new());
    let mut forms = Vec::with_capacity(records.mentions.len());
    let normal: Vec<(Form, Naming)> = records
        .mentions
        .par_iter()
        .map(|mention| normalise(records, mention, order))
        .collect();
    for (at, (form, naming)) in normal.into_iter().enumerate() {
        match naming {
            Naming::Person => {}
            Naming::Two => two.push(MentionId::from(at)),
            Naming::Nobody => nobody.push(MentionId::from(at)),
        }
        forms.push(form);
    }
    unify_codes(&mut forms);
    let apart = split_apart(&forms, &records.decisions);
    let mut found: BTreeMap<(Form, u32), Vec<MentionId>> = BTreeMap::new();
    for (at, form) in forms.iter().enumerate() {
        let id = MentionId::from(at);
        // Mentions that say nothing stay apart, and so do two of one form that a decision tells apart.
        let part = if form.is_empty() || only_birth(form) {
            id.0 + 1
        } else {
            u32::from(apart.contains(&id))
        };
        found.entry((collapsed(form), part)).or_default().push(id);
    }
    let mut of_mention = vec![0; records.mentions.len()];
    let mut all = Vec::with_capacity(found.len());
    for ((form, _), mentions) in found {
        for mention in &mentions {
            of_mention[mention.index()] = u32::try_from(all.len()).expect("fewer identities than mentions");
        }
        all.push(Distinct { form, mentions });
    }
    Identities {
        all,
        of_mention,
        nobody,
        two,
    }
}

fn only_birth(form: &Form) -> bool {
    !form.is_named() && !form.is_pointer()
}

/// Drops the letters of codes where (nearly) all codes bear the same: then the digits decide.
fn unify_codes(forms: &mut [Form]) {
    let mut letters: BTreeMap<String, usize> = BTreeMap::new();
    for code in forms
        .iter()
        .filter_map(|form| form.code.as_ref())
        .filter(|code| !code.letters.is_empty())
    {
        *letters.entry(code.letters.clone()).or_default() += 1;
    }
    let total: usize = letters.values().sum();
    if letters.values().any(|count| count * 100 >= total * 95) {
        for code in forms.iter_mut().filter_map(|form| form.code.as_mut()) {
            code.letters.clear();
        }
    }
}

/// Mentions that a decision tells apart from another of the same form.
fn split_apart(forms: &[Form], decisions: &[Decision]) -> BTreeSet<MentionId> {
    let same_form =
        |decision: &&Decision| collapsed(&forms[decision.a.index()]) == collapsed(&forms[decision.b.index()]);
    decisions
        .iter()
        .filter(|decision| !decision.same)
        .filter(same_form)
        .map(|decision| decision.a.max(decision.b))
        .collect()
}

/// Profiles of all identities, the table of spellings, and the shares of names.
pub(crate) fn profiles(records: &Records, identities: &Identities) -> (Vec<Profile>, Spellings, Frequencies) {
    let mut spellings = Spellings::default();
    let mut names = BTreeSet::new();
    let mut profiles = Vec::with_capacity(identities.all.len());
    for (at, identity) in identities.all.iter().enumerate() {
        let member = u32::try_from(at).expect("fewer identities than mentions");
        let mut profile = profile(member, &identity.form, &mut spellings);
        gather(&mut profile, records, &identity.mentions);
        for surname in &profile.surnames {
            for given in &profile.given {
                names.insert((*surname, *given));
            }
        }
        profiles.push(profile);
    }
    spellings.establish(&names);
    let frequencies = Frequencies::of(&names, &spellings);
    (profiles, spellings, frequencies)
}

fn profile(member: u32, form: &Form, spellings: &mut Spellings) -> Profile {
    let mut initials: BTreeSet<char> = form.given_initial.into_iter().collect();
    for given in &form.given {
        initials.extend(
            NAMES
                .given(given)
                .map(|known| NAMES.initials(known))
                .unwrap_or_default(),
        );
    }
    let mut profile = Profile {
        surnames: form.surnames.iter().map(|name| spellings.number(name)).collect(),
        given: form.given.iter().map(|name| spellings.number(name)).collect(),
        given_initials: initials.into_iter().collect(),
        fathers: form.father.iter().cloned().collect(),
        father_initials: form.father_initial.into_iter().collect(),
        births: Some(form.birth)
            .into_iter()
            .filter(|birth| *birth != Birth::Unknown)
            .collect(),
        phones: form.phones.clone(),
        emails: form.email.iter().cloned().collect(),
        codes: form.code.iter().cloned().collect(),
        aliases: form.alias.iter().cloned().collect(),
        pointer: form.is_pointer(),
        members: vec![member],
        ..Profile::default()
    };
    profile.surnames.sort_unstable();
    profile.given.sort_unstable();
    profile
}

/// What the mentions of one identity say beyond its form, and the lists they stand in.
fn gather(profile: &mut Profile, records: &Records, mentions: &[MentionId]) {
    let member = profile.members[0];
    for id in mentions {
        let mention = &records.mentions[id.index()];
        profile
            .sexes
            .extend(mention.identity.sex.map(|sex| records.text(sex).to_owned()));
        profile.settlements.extend(
            mention
                .identity
                .settlement
                .and_then(|place| super::normalise::settlement(records.text(place))),
        );
        profile.households.extend(
            mention
                .identity
                .household
                .map(|key| super::normalise::letters_and_digits(records.text(key))),
        );
        profile.lists.push((mention.group, member));
    }
    for texts in [&mut profile.sexes, &mut profile.settlements, &mut profile.households] {
        texts.sort();
        texts.dedup();
    }
    profile.lists.sort_unstable();
    profile.lists.dedup();
}
