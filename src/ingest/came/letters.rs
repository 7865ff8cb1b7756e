//! Letters that say who came in a list: a pair for presence and absence, and what else stands beside it.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::grid::shown;
use crate::ingest::layout::Block;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{self, MarkMeaning, Vocabulary, is_letter};
use crate::project::model::Source;

/// Most letters that a list uses.
const MOST: usize = 8;
/// Longest of them.
const LONGEST: usize = 3;

/// What each letter of a column means: whether the person came.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letters(BTreeMap<String, bool>);

impl Letters {
    /// The letters of a column; `None` where no pair that registers use stands in it, or anything that is no mark.
    pub(super) fn of<'a>(
        cells: impl Iterator<Item = &'a Cell>,
        block: &Block,
        source: &Source,
        vocabulary: &Vocabulary,
    ) -> Option<Self> {
        let marks = &source.marks;
        if !(marks.present.is_empty() && marks.absent.is_empty() && marks.excused.is_empty()) {
            return None;
        }
        let mut forms = BTreeSet::new();
        for cell in cells {
            let text = shown(cell);
            let letters = !text.is_empty() && text.chars().all(is_letter);
            if !letters || text.chars().nth(LONGEST).is_some() {
                return None;
            }
            forms.insert(vocabulary::normalise(&text));
            if forms.len() > MOST {
                return None;
            }
        }
        let headings = block.columns.iter().map(|column| column.header.as_str());
        let lines = block.heading.lines.iter().map(String::as_str);
        let languages = vocabulary.languages_of(headings, lines);
        let pairs = vocabulary.conventions(&languages);
        let (present, absent) = pairs
            .into_iter()
            .find(|(present, absent)| forms.contains(*present) && forms.contains(*absent))?;
        if vocabulary.yes_no(present).is_some() {
            return None;
        }
        let meant = |form: &String| {
            let came = match form.as_str() {
                letter if letter == present => true,
                letter if letter == absent => false,
                _ => matches!(
                    vocabulary.mark_candidates(form, &languages).first()?,
                    MarkMeaning::Present | MarkMeaning::Partial
                ),
            };
            Some((form.clone(), came))
        };
        forms.iter().map(meant).collect::<Option<_>>().map(Self)
    }

    /// Whether a letter says that the person came.
    pub(super) fn came(&self, text: &str) -> Option<bool> {
        self.0.get(&vocabulary::normalise(text)).copied()
    }
}
