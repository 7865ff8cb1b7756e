//! Attributes that are answered with yes or no, in a column of their own or as a code among others.

use std::collections::BTreeSet;

use super::{Answer, Told};
use crate::ingest::records::{FieldId, FieldValue, MentionId, Place, Records, TextId};
use crate::people::facts::fold;
use crate::project::model::ResolveRule;

/// A question and where it is answered.
pub(super) struct Question {
    /// Its own column of yes and no.
    own: Option<FieldId>,
    /// Columns of codes among which its code stands somewhere in the files.
    among: BTreeSet<FieldId>,
    /// Texts that are its code.
    codes: BTreeSet<TextId>,
}

impl Question {
    /// The question behind a key, where the records hold any answer to it.
    pub(super) fn of(records: &Records, key: &str) -> Option<Self> {
        let own = records.field(key);
        let folded = fold(key);
        let is_code = |text: &TextId| fold(records.text(*text)) == folded;
        let mut question = Self {
            own: None,
            among: BTreeSet::new(),
            codes: BTreeSet::new(),
        };
        let mut looked_at = vec![false; records.rows.len().max(1)];
        for (field, value) in &records.values {
            match value {
                FieldValue::YesNo(_) if Some(*field) == own => question.own = own,
                FieldValue::Set(texts) if Some(*field) != own => {
                    for text in texts {
                        question.notice(*field, *text, &mut looked_at, is_code);
                    }
                }
                FieldValue::Code(text) if Some(*field) != own => {
                    question.notice(*field, *text, &mut looked_at, is_code);
                }
                _ => {}
            }
        }
        (question.own.is_some() || !question.among.is_empty()).then_some(question)
    }

    /// Codes are few and repeated: each is folded once.
    fn notice(&mut self, field: FieldId, text: TextId, seen: &mut Vec<bool>, is_code: impl Fn(&TextId) -> bool) {
        if seen.len() <= text.index() {
            seen.resize(text.index() + 1, false);
        }
        if !seen[text.index()] {
            seen[text.index()] = true;
            if is_code(&text) {
                self.codes.insert(text);
            }
        }
        if self.codes.contains(&text) {
            self.among.insert(field);
        }
    }

    /// The person's answer: yes once is yes, unless the project takes the first or the latest answer.
    pub(super) fn answer(
        &self,
        records: &Records,
        mentions: &[MentionId],
        rule: Option<ResolveRule>,
    ) -> Option<Answer> {
        let mut answers: Vec<bool> = Vec::new();
        let mut own: [Option<Place>; 2] = [None, None];
        for mention in mentions.iter().map(|mention| &records.mentions[mention.index()]) {
            let mut row_answer = None;
            for (field, value) in records.values_of(mention.row) {
                if let Some(yes) = self.says(*field, value) {
                    row_answer = Some(row_answer.unwrap_or(false) || yes);
                }
                if let (FieldValue::YesNo(yes), true) = (value, Some(*field) == self.own) {
                    own[usize::from(*yes)].get_or_insert(mention.place);
                }
            }
            answers.extend(row_answer);
        }
        let yes = match rule {
            Some(ResolveRule::First) => *answers.first()?,
            Some(ResolveRule::Latest) => *answers.last()?,
            Some(ResolveRule::MostFrequent) => {
                answers.first()?;
                answers.iter().filter(|yes| **yes).count() * 2 >= answers.len()
            }
            Some(ResolveRule::Union | ResolveRule::Maximum) | None => {
                answers.first()?;
                answers.contains(&true)
            }
        };
        let contradiction = match own {
            [Some(no), Some(said_yes)] if yes => vec![said_yes, no],
            [Some(no), Some(said_yes)] => vec![no, said_yes],
            _ => Vec::new(),
        };
        Some(Answer {
            said: Told::YesNo(yes),
            contradiction,
        })
    }

    /// What one cell says to the question, if anything.
    fn says(&self, field: FieldId, value: &FieldValue) -> Option<bool> {
        match value {
            FieldValue::YesNo(yes) if Some(field) == self.own => Some(*yes),
            FieldValue::Set(texts) if self.among.contains(&field) => {
                Some(texts.iter().any(|text| self.codes.contains(text)))
            }
            FieldValue::Code(text) | FieldValue::Text(text) if self.among.contains(&field) => {
                Some(self.codes.contains(text))
            }
            _ => None,
        }
    }
}
