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

use self::question::Question;
use self::value::Values;
use super::{finding, subjects};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, MentionId, Place, Records, Texts};
use crate::people::facts::{Attribute, AttributeId};
use crate::project::model::{Project, Subject};

/// Attributes that are resolved whatever the indicators look at.
const ALWAYS: [&str; 2] = ["sex", "settlement"];

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
    attribute: Attribute,
    contradiction: Vec<Place>,
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
        let question = Question::of(records, key);
        let mut values = Values::of(records, key, informing);
        for (person, mentions) in informing.iter().enumerate() {
            let answer = match &question {
                Some(question) => question.answer(records, mentions, rule),
                None => values.answer(records, mentions, rule, &mut texts),
            };
            let Some(answer) = answer else { continue };
            persons[person].push((id, answer.attribute));
            if let Some((place, others)) = answer.contradiction.split_first() {
                let args = BTreeMap::from([("field", key.clone())]);
                findings.push(finding(Kind::Contradiction, *place, others.to_vec(), args));
            }
        }
    }
    Resolved { keys, persons, texts }
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
