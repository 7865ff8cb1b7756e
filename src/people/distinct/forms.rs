//! The form of every mention, and which names several people bear.

use std::collections::HashMap;

use rayon::prelude::*;
use ustr::Ustr;

use super::super::abjad;
use super::super::alike::alike;
use super::super::normalise::{Form, Naming, Usage, normalise};
use super::super::spelt;
use super::order::Alphabet;
use crate::ingest::records::{Birth, FileId, Identity, Mention, MentionId, Records, TextId};
use crate::letters::is_letter;
use crate::names::script::{clean, is_cyrillic, romanian_readings, skeleton, with_a_mark};

/// Forms of all mentions: each different one once, and the form of each mention.
pub(super) struct Forms {
    /// The different forms.
    pub(super) all: Vec<Form>,
    /// Form of each mention.
    pub(super) of_mention: Vec<u32>,
    /// Mentions whose name names nobody.
    pub(super) nobody: Vec<MentionId>,
    /// Mentions with two people in one cell.
    pub(super) two: Vec<MentionId>,
    /// Words in Latin letters with what else they sound like, where some names stand in Cyrillic.
    pub(super) readings: Vec<(Ustr, Ustr)>,
}

/// The form of every mention; equal writing is normalised once.
pub(super) fn forms(records: &Records) -> Forms {
    let mentions = &records.mentions;
    let writings = alike(mentions.len(), |at| &mentions[at].identity);
    let different: Vec<&Identity> = writings
        .first
        .iter()
        .map(|first| &mentions[*first as usize].identity)
        .collect();
    let usage = Usage::of(records, &different);
    let (mut normal, namings): (Vec<Form>, Vec<Naming>) = different
        .par_iter()
        .map(|identity| normalise(records, identity, &usage))
        .unzip();
    drop(usage);
    spelt::unify(&mut normal, records, &different);
    let readings = readings(records, &different);
    unify_codes(&mut normal);
    let sheets = named_sheets(mentions);
    // Where a sheet names nobody, a code or a telephone says who it is.
    let needs_no_name =
        |at: usize, form: &Form| form.is_pointer() && sheets.binary_search(&sheet(&mentions[at])).is_err();
    let (mut nobody, mut two) = (Vec::new(), Vec::new());
    for (at, writing) in writings.number.iter().enumerate() {
        match namings[*writing as usize] {
            Naming::Person => {}
            Naming::Nobody if needs_no_name(at, &normal[*writing as usize]) => {}
            Naming::Two => two.push(at.into()),
            Naming::Nobody => nobody.push(at.into()),
        }
    }
    let same = alike(normal.len(), |at| &normal[at]);
    let all = same
        .first
        .iter()
        .map(|first| std::mem::take(&mut normal[*first as usize]));
    let all = all.collect();
    let form = |writing: &u32| same.number[*writing as usize];
    let of_mention = writings.number.iter().map(form).collect();
    Forms {
        all,
        of_mention,
        nobody,
        two,
        readings,
    }
}

/// Words of names with what else they can be in another alphabet or orthography.
fn readings(records: &Records, different: &[&Identity]) -> Vec<(Ustr, Ustr)> {
    let written = |identity: &&Identity| [identity.full_name, identity.surname, identity.given_name];
    let mut texts: Vec<TextId> = different.par_iter().flat_map_iter(written).flatten().collect();
    texts.par_sort_unstable();
    texts.dedup();
    let mut readings = abjad::readings(records, &texts);
    readings.extend(romanian(records, texts));
    readings
}

/// The words of names in Latin letters with their readings by Romanian orthography. Where nobody is written in Cyrillic,
/// or nobody in Latin letters, there is nothing to meet.
fn romanian(records: &Records, texts: Vec<TextId>) -> Vec<(Ustr, Ustr)> {
    let has = |id: &TextId, kind: fn(char) -> bool| records.text(*id).chars().any(kind);
    if !texts.par_iter().any(|id| has(id, is_cyrillic)) {
        return Vec::new();
    }
    let latin = texts
        .into_par_iter()
        .filter(|id| has(id, |letter| letter.is_ascii_alphabetic()));
    let found = latin.flat_map_iter(|id| {
        let text = clean(records.text(id));
        let words = text.split(|letter: char| !is_letter(letter) && letter != '\'');
        let readings = words.flat_map(|word| {
            let usual = skeleton(word);
            // A reading that no name has is of no use, and is not kept.
            let spellings = std::iter::once(word.to_owned()).chain(with_a_mark(word));
            let known = spellings
                .flat_map(|word| romanian_readings(&word))
                .filter_map(|reading| Ustr::from_existing(&reading));
            known.map(move |reading| (Ustr::from(&usual), reading))
        });
        readings.collect::<Vec<_>>()
    });
    let mut found: Vec<(Ustr, Ustr)> = found.collect();
    found.par_sort_unstable();
    found.dedup();
    found
}

fn sheet(mention: &Mention) -> (FileId, u16) {
    (mention.place.file, mention.place.sheet)
}

/// Sheets that name anybody, in order.
fn named_sheets(mentions: &[Mention]) -> Vec<(FileId, u16)> {
    let is_named = |mention: &Mention| {
        let written = &mention.identity;
        let parts = [written.full_name, written.surname, written.given_name];
        parts.iter().any(Option::is_some)
    };
    let runs = mentions.chunk_by(|a, b| sheet(a) == sheet(b));
    let named = runs.filter(|run| run.iter().any(is_named));
    let mut sheets: Vec<(FileId, u16)> = named.map(|run| sheet(&run[0])).collect();
    sheets.sort_unstable();
    sheets.dedup();
    sheets
}

/// Of each form, whether several people bear its name: with different birth dates, or so usual in its parts that two
/// bearers are to be expected.
pub(super) fn of_common_names(forms: &[Form], alphabet: &Alphabet) -> Vec<bool> {
    let names = |form: &Form| -> Vec<(u32, u32)> {
        let surnames = form.surnames.iter().map(|surname| alphabet.place(*surname));
        let given = |surname| form.given.iter().map(move |given| (surname, alphabet.place(*given)));
        surnames.flat_map(given).collect()
    };
    let dated = |form: &Form| Some(form.birth).filter(|birth| matches!(birth, Birth::Date(_)));
    let mut births: Vec<((u32, u32), Option<Birth>)> = forms
        .par_iter()
        .flat_map_iter(|form| names(form).into_iter().map(|name| (name, dated(form))))
        .collect();
    births.par_sort_unstable();
    births.dedup();
    let (mut surnames, mut given) = (vec![0_usize; alphabet.len()], vec![0_usize; alphabet.len()]);
    let bearers = births.chunk_by(|a, b| a.0 == b.0);
    for name in bearers.clone().map(|born| born[0].0) {
        surnames[name.0 as usize] += 1;
        given[name.1 as usize] += 1;
    }
    // Where little is known of a name's usage, nothing is usual.
    let total = bearers.clone().count().max(100);
    let usual = |name: (u32, u32)| surnames[name.0 as usize] * given[name.1 as usize] * 2 > total;
    let several = |born: &&[((u32, u32), Option<Birth>)]| {
        let days = born.iter().filter(|(_, birth)| birth.is_some()).count();
        days > 1 || usual(born[0].0)
    };
    let common: Vec<(u32, u32)> = bearers.filter(several).map(|born| born[0].0).collect();
    let is_common = |name: (u32, u32)| common.binary_search(&name).is_ok();
    forms
        .par_iter()
        .map(|form| form.is_thin() && names(form).into_iter().any(is_common))
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
