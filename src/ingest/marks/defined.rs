//! What the definition says that marks mean.

use crate::ingest::vocabulary::{self, MarkMeaning};
use crate::project::model::Source;

/// The definition's words for a meaning.
pub(super) fn defined(source: &Source) -> impl Iterator<Item = (&String, MarkMeaning)> {
    let marks = &source.marks;
    let lists = [
        (&marks.present, MarkMeaning::Present),
        (&marks.absent, MarkMeaning::Absent),
        (&marks.excused, MarkMeaning::Excused),
    ];
    lists
        .into_iter()
        .flat_map(|(words, meaning)| words.iter().map(move |word| (word, meaning)))
}

pub(super) fn numbers_defined(source: &Source) -> Vec<(String, MarkMeaning)> {
    defined(source)
        .map(|(word, meaning)| (vocabulary::normalise(word), meaning))
        .collect()
}
