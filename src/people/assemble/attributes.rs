//! Attributes of persons, resolved once from all rows that inform (rule 8).
//!
//! Only attributes that the project looks at are resolved. A key is a *question* if it stands for a column of
//! yes and no or for a code among others in a column of several codes (`idp` among the categories); then a
//! person is `yes` if any row says so, `no` if the question was answered and never so, and absent otherwise.
//! Any other key is a *value* of its field.

mod question;
mod spelling;
mod value;

use std::collections::BTreeMap;

use rayon::prelude::*;

use self::question::Question;
use self::value::Values;
use super::{finding, subjects};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, MentionId, Place, Records, TextId, Texts};
use crate::people::facts::{Attribute, AttributeId};
use crate::project::model::{Project, ResolveRule, Subject};

/// Attributes that are resolved whatever the indicators look at.
const ALWAYS: [&str; 2] = ["sex", "settlement"];

/// Persons whose answers are held beside each other before they are put down.
const AT_ONCE: usize = 1 << 16;

/// The attributes of all persons.
pub(super) struct Resolved {
    /// Keys of the attributes.
    pub(super) keys: Vec<String>,
    /// For each person, what is known, by attribute.
    pub(super) persons: Vec<Vec<(AttributeId, Attribute)>>,
    /// Texts of the values.
    pub(super) texts: Texts,
}

/// One person's answer under one key, and the places that contradict each other, the chosen one first.
struct Answer {
    said: Told,
    contradiction: Vec<Place>,
}

/// What a person's rows say under one key.
enum Told {
    /// A value as text, by its number among those of the field.
    Text(u32),
    /// A number.
    Number(f64),
    /// A question answered.
    YesNo(bool),
    /// Several values as text, sorted.
    Set(Vec<String>),
}

/// Resolves every attribute of every person from the mentions that inform about them, the earliest first.
pub(super) fn resolve(
    project: &Project,
    records: &Records,
    informing: &[Vec<MentionId>],
    findings: &mut Vec<Finding>,
) -> Resolved {
    let keys = wanted(project, records);
    let mut texts = Texts::default();
    let mut persons = vec![Vec::new(); informing.len()];
    for (index, key) in keys.iter().enumerate() {
        let id = AttributeId(u16::try_from(index).expect("a project looks at fewer than 2^16 attributes"));
        let rule = project.settings.resolve.get(key).copied();
        let field = Field::of(records, key, informing);
        let mut kept = Kept::of(&field, &mut texts);
        for (persons, informing) in persons.chunks_mut(AT_ONCE).zip(informing.chunks(AT_ONCE)) {
            let answers = informing
                .par_iter()
                .map(|mentions| field.answer(records, mentions, rule));
            let answers: Vec<Option<Answer>> = answers.collect();
            for (known, answer) in persons.iter_mut().zip(answers) {
                let Some(answer) = answer else { continue };
                known.push((id, kept.attribute(answer.said)));
                if let Some((place, others)) = answer.contradiction.split_first() {
                    let args = BTreeMap::from([("field", key.clone())]);
                    findings.push(finding(Kind::Contradiction, *place, others.to_vec(), args));
                }
            }
        }
    }
    Resolved { keys, persons, texts }
}

/// Where the answers under one key come from.
enum Field {
    Question(Question),
    Values(Values),
}

impl Field {
    fn of(records: &Records, key: &str, informing: &[Vec<MentionId>]) -> Self {
        let question = Question::of(records, key);
        question.map_or_else(|| Self::Values(Values::of(records, key, informing)), Self::Question)
    }

    fn answer(&self, records: &Records, mentions: &[MentionId], rule: Option<ResolveRule>) -> Option<Answer> {
        match self {
            Self::Question(question) => question.answer(records, mentions, rule),
            Self::Values(values) => values.answer(records, mentions, rule),
        }
    }
}

/// Texts of one field's values, kept in the order in which persons have them.
struct Kept<'a> {
    shown: &'a [String],
    ids: Vec<Option<TextId>>,
    texts: &'a mut Texts,
}

impl<'a> Kept<'a> {
    fn of(field: &'a Field, texts: &'a mut Texts) -> Self {
        let shown = match field {
            Field::Question(_) => &[],
            Field::Values(values) => values.shown(),
        };
        Self {
            shown,
            ids: vec![None; shown.len()],
            texts,
        }
    }

    fn attribute(&mut self, said: Told) -> Attribute {
        match said {
            Told::Text(number) => {
                let id = &mut self.ids[number as usize];
                Attribute::Text(*id.get_or_insert_with(|| self.texts.intern(&self.shown[number as usize])))
            }
            Told::Number(number) => Attribute::Number(number),
            Told::YesNo(yes) => Attribute::YesNo(yes),
            Told::Set(all) => Attribute::Set(all.iter().map(|text| self.texts.intern(text)).collect()),
        }
    }
}

/// Keys that a definition looks at, in order of first sight, and those always resolved.
fn wanted(project: &Project, records: &Records) -> Vec<String> {
    let mut keys: Vec<String> = ALWAYS
        .iter()
        .filter(|key| records.field(key).is_some())
        .map(|key| (*key).to_owned())
        .collect();
    let mut want = |subject: Subject| {
        if let Subject::Attribute(key) | Subject::Band { of: key, .. } = subject
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    };
    for indicator in &project.indicators {
        subjects::of_indicator(indicator, &mut want);
    }
    keys
}
