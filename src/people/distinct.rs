//! Mentions → distinct identities: everybody whose normal form is the same is looked at once.

mod apart;
mod forms;
mod order;
mod unlike;

use std::cmp::Reverse;

use rayon::prelude::*;
use ustr::Ustr;

use self::forms::Forms;
use self::order::Alphabet;
pub(super) use self::unlike::order as order_of_words;
use super::alike::{Grouped, alike};
use super::key::fullness;
use super::normalise::Form;
use crate::ingest::records::{Context, MentionId, Records, TextId};

/// Every distinct identity, in order of content, with the mentions that name nobody.
#[derive(Debug)]
pub(crate) struct Identities {
    /// What the mentions of each identity say, in order of content.
    pub(crate) all: Vec<Form>,
    /// Identity of each mention.
    pub(crate) of_mention: Vec<u32>,
    /// Mentions whose name names nobody.
    pub(crate) nobody: Vec<MentionId>,
    /// Mentions with two people in one cell.
    pub(crate) two: Vec<MentionId>,
    /// Words in Latin letters with what else they sound like.
    pub(crate) readings: Vec<(Ustr, Ustr)>,
    mentions: Grouped,
}

impl Identities {
    /// Mentions of an identity, in order of place.
    pub(crate) fn mentions(&self, identity: u32) -> impl Iterator<Item = MentionId> + '_ {
        self.mentions.of(identity as usize).iter().copied().map(MentionId)
    }

    /// The first mention of an identity.
    pub(crate) fn mention(&self, identity: u32) -> MentionId {
        MentionId(self.mentions.of(identity as usize)[0])
    }

    /// Place of each identity when the fullest is the last, and of equally full ones the first by content.
    pub(crate) fn ranks(&self) -> Vec<u32> {
        // Identities stand in order of content: those of one content beside each other.
        let mut same = 0_u32;
        let contents = (0_u32..).zip(&self.all).map(|(at, form)| {
            if at == 0 || self.all[at as usize - 1] != *form {
                same = at;
            }
            same
        });
        let contents: Vec<u32> = contents.collect();
        let key = |at: u32| (fullness(&self.all[at as usize]), Reverse(contents[at as usize]), at);
        let mut order: Vec<_> = (0_u32..).take(contents.len()).map(key).collect();
        order.par_sort_unstable();
        let mut ranks = vec![0; order.len()];
        for (rank, (_, _, at)) in (0_u32..).zip(order) {
            ranks[at as usize] = rank;
        }
        ranks
    }
}

/// Collapses the mentions.
pub(crate) fn collapse(records: &Records) -> Identities {
    let Forms {
        all: mut forms,
        of_mention: form_of,
        nobody,
        two,
        readings,
    } = forms::forms(records);
    let alphabet = Alphabet::of(&forms);
    let many = forms::of_common_names(&forms, &alphabet);
    let ranks = order::ranks(&forms, &alphabet);
    let part = |(at, form): (usize, &u32)| {
        let said = &forms[*form as usize];
        (*form, part(records, at.into(), said, many[*form as usize]))
    };
    let mut part_of: Vec<(u32, Part)> = form_of.par_iter().enumerate().map(part).collect();
    drop((form_of, many, alphabet));
    apart::split_apart(records, &mut part_of);
    unlike::tear(records, &mut part_of, &forms);
    let parts = alike(part_of.len(), |at| part_of[at]);
    let told = |part: &Part| part.context.map(|context| setting(records, context));
    let mut found: Vec<(u32, u32)> = (0_u32..)
        .zip(&parts.first)
        .map(|(number, first)| (ranks[part_of[*first as usize].0 as usize], number))
        .collect();
    drop(ranks);
    let of = |number: u32| part_of[parts.first[number as usize] as usize];
    found.par_sort_unstable_by(|a, b| {
        let by_setting = || {
            let (one, other) = (of(a.1).1, of(b.1).1);
            let settings = told(&one).cmp(&told(&other));
            settings.then_with(|| (one.number, one.kind).cmp(&(other.number, other.kind)))
        };
        a.0.cmp(&b.0).then_with(by_setting).then_with(|| a.1.cmp(&b.1))
    });
    let mut identity_of = vec![0_u32; found.len()];
    let mut all = Vec::with_capacity(found.len());
    for (at, (rank, number)) in (0_u32..).zip(&found) {
        identity_of[*number as usize] = at;
        let (form, part) = of(*number);
        let again = found.get(at as usize + 1).is_some_and(|next| next.0 == *rank);
        let mut said = if again {
            forms[form as usize].clone()
        } else {
            std::mem::take(&mut forms[form as usize])
        };
        said.met = told(&part).map(|met| Ustr::from(&met));
        all.push(said);
    }
    let identity = |number: &u32| identity_of[*number as usize];
    let of_mention: Vec<u32> = parts.number.iter().map(identity).collect();
    Identities {
        mentions: Grouped::by(&of_mention, all.len()),
        all,
        of_mention,
        nobody,
        two,
        readings,
    }
}

/// What keeps mentions of one form apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct Part {
    /// Where they were met, for thin mentions of a common name.
    context: Option<Context>,
    /// Mentions that say nothing stay apart, and so do two of one form that a decision tells apart.
    number: u32,
    /// Rows of one form of which what stands beside the name is not one person's.
    kind: u32,
}

/// The part that a mention is in, `many` telling whether several people bear the name of its form.
fn part(records: &Records, id: MentionId, form: &Form, many: bool) -> Part {
    if form.is_empty() || (!form.is_named() && !form.is_pointer()) {
        return Part {
            context: None,
            number: id.0 + 1,
            kind: 0,
        };
    }
    let context = (form.is_thin() && many).then(|| records.mentions[id.index()].context);
    Part {
        context: context.filter(|context| *context != Context::default()),
        number: 0,
        kind: 0,
    }
}

/// Where a mention was met, in words.
pub(crate) fn setting(records: &Records, context: Context) -> String {
    let text = |id: Option<TextId>| id.map_or("", |id| records.text(id));
    [text(context.activity), text(context.site), text(context.group)].join("\u{1f}")
}

#[cfg(test)]
mod tests {
    use super::super::key::fullness;
    use super::super::recognise::tests::records;
    use super::collapse;

    const NAMES: [&str; 5] = ["Шевченко Олена", "Коваль Ірина Петрівна", "Коваль І.", "Мороз", ""];
    const BIRTHS: [&str; 3] = ["", "1990-05-04", "1990"];
    const PHONES: [&str; 3] = ["", "", "0671234567"];

    proptest::proptest! {
        #[test]
        fn ranks_are_those_that_comparing_all_forms_gives(
            rows in proptest::collection::vec((0..NAMES.len(), 0..BIRTHS.len(), 0..PHONES.len()), 0..30)
        ) {
            let rows: Vec<_> = rows.iter().map(|row| (NAMES[row.0], BIRTHS[row.1], PHONES[row.2], "", 0)).collect();
            let identities = collapse(&records(&rows));
            let all = &identities.all;
            let mut order: Vec<usize> = (0..all.len()).collect();
            order.sort_by(|a, b| {
                let by_fullness = fullness(&all[*a]).cmp(&fullness(&all[*b]));
                by_fullness.then_with(|| all[*b].cmp(&all[*a])).then_with(|| a.cmp(b))
            });
            let ranks = identities.ranks();
            for (rank, at) in order.into_iter().enumerate() {
                proptest::prop_assert_eq!(ranks[at] as usize, rank);
            }
            for mention in 0..rows.len() {
                let identity = identities.of_mention[mention];
                proptest::prop_assert!(identities.mentions(identity).any(|one| one.index() == mention));
            }
        }
    }
}
