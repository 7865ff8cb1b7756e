//! The words that a project adds.

use std::borrow::Cow;

use super::{Listed, MarkMeaning, Role, Vocabulary, normalise, standard};
use crate::project::model::Words;

/// The embedded vocabulary with the words that a project adds; these stand above all others.
pub(crate) fn with(words: &Words) -> Cow<'static, Vocabulary> {
    if words.is_empty() {
        return Cow::Borrowed(standard());
    }
    let mut vocabulary = standard().clone();
    for (heading, role) in &words.headers {
        if let Some(role) = Role::from_key(role) {
            vocabulary.headers.prefer(&normalise(heading), role);
        }
    }
    for mark in &words.no_session {
        vocabulary
            .marks
            .insert(normalise(mark), vec![("und", MarkMeaning::NoSession)]);
    }
    let lists = [
        (Listed::Totals, &words.totals),
        (Listed::Summary, &words.summaries),
        (Listed::Trailer, &words.trailers),
        (Listed::Missing, &words.missing),
    ];
    for (list, terms) in lists {
        for term in terms {
            vocabulary.list(list, normalise(term));
        }
    }
    Cow::Owned(vocabulary)
}
