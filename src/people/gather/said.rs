//! What mentions say beyond their forms: settings, and texts folded once however many rows hold them.

use rayon::prelude::*;
use ustr::{Ustr, UstrMap};

use super::super::alike::{Alike, QuickMap, alike};
use super::super::distinct::setting;
use super::super::normalise::{address, letters_and_digits, settlement};
use super::super::words::Word;
use crate::ingest::records::{Context, MentionId, Records, TextId};

/// How a text is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Folding {
    Sex,
    Settlement,
    Household,
    Address,
    Postcode,
    Site,
}

impl Folding {
    const ALL: [Self; 6] = [
        Self::Sex,
        Self::Settlement,
        Self::Household,
        Self::Address,
        Self::Postcode,
        Self::Site,
    ];

    fn fold(self, text: &str) -> Option<Ustr> {
        match self {
            Self::Sex => Some(Ustr::from(text)),
            Self::Settlement => settlement(text).map(Into::into),
            Self::Address => address(text).map(Into::into),
            Self::Household | Self::Postcode | Self::Site => Some(letters_and_digits(text))
                .filter(|key| !key.is_empty())
                .map(Into::into),
        }
    }
}

/// What mentions say beyond their forms.
pub(super) struct Said<'a> {
    records: &'a Records,
    /// Setting of each mention; two mentions of one context have one.
    settings: Alike,
    /// Folded settlements, household keys and the like, by raw text and what it is.
    folded: QuickMap<(TextId, Folding), Option<Ustr>>,
    /// Activity, site and group of each setting that has any, as one text.
    groups: Vec<Option<Ustr>>,
}

impl<'a> Said<'a> {
    /// Reads all mentions once.
    pub(super) fn of(records: &'a Records) -> Self {
        let mentions = &records.mentions;
        let settings = alike(mentions.len(), |at| mentions[at].context);
        let context = |first: &u32| mentions[*first as usize].context;
        let contexts: Vec<Context> = settings.first.iter().map(context).collect();
        let mut asked = vec![[false; Folding::ALL.len()]; records.texts.count()];
        for mention in mentions {
            let written = &mention.identity;
            for (text, folding) in [
                (written.sex, Folding::Sex),
                (written.settlement, Folding::Settlement),
                (written.household, Folding::Household),
                (written.address, Folding::Address),
                (written.postcode, Folding::Postcode),
            ] {
                if let Some(text) = text {
                    asked[text.index()][folding as usize] = true;
                }
            }
        }
        for site in contexts.iter().filter_map(|context| context.site) {
            asked[site.index()][Folding::Site as usize] = true;
        }
        let asked: Vec<(TextId, Folding)> = (0..)
            .zip(asked)
            .flat_map(|(at, kinds): (usize, _)| {
                let kinds = Folding::ALL.into_iter().zip(kinds).filter(|(_, is_asked)| *is_asked);
                kinds.map(move |(folding, _)| (TextId::from(at), folding))
            })
            .collect();
        let fold = |(id, folding): (TextId, Folding)| ((id, folding), folding.fold(records.text(id)));
        let group =
            |context: &Context| (*context != Context::default()).then(|| Ustr::from(&setting(records, *context)));
        Self {
            records,
            folded: asked.into_par_iter().map(fold).collect(),
            groups: contexts.par_iter().map(group).collect(),
            settings,
        }
    }

    /// All texts, some more than once.
    pub(super) fn texts(&self) -> Vec<Ustr> {
        let folded = self.folded.values().flatten();
        folded.chain(self.groups.iter().flatten()).copied().collect()
    }

    /// What a text folds to.
    pub(super) fn folded(&self, text: TextId, folding: Folding) -> Option<Ustr> {
        self.folded.get(&(text, folding)).copied().flatten()
    }

    /// The setting of a mention.
    pub(super) fn setting_of(&self, mention: MentionId) -> u32 {
        self.settings.number[mention.index()]
    }

    /// Group and site of each setting.
    pub(super) fn settings(&self, number: &UstrMap<Word>) -> Vec<(Option<Word>, Option<Word>)> {
        let sites = self.settings.first.iter().map(|first| {
            let site = self.records.mentions[*first as usize].context.site?;
            self.folded(site, Folding::Site)
        });
        let word = |text: Option<Ustr>| text.map(|text| number[&text]);
        let settings = self.groups.iter().copied().zip(sites);
        settings.map(|(group, site)| (word(group), word(site))).collect()
    }
}
