//! Marks with a remark behind them: "Yes - late", "x*", "2 h".

use super::alphabet::is_presence;
use crate::ingest::values;
use crate::ingest::vocabulary::{MarkMeaning, Vocabulary};

/// A mark and what is written behind it.
pub(super) struct Remarked<'t> {
    /// The mark alone.
    pub(super) mark: &'t str,
    /// Whether a sign parts them, and not a blank alone.
    parted: bool,
    remark: &'t str,
}

impl<'t> Remarked<'t> {
    /// The two parts of what is written; `None` where nothing stands behind the mark, or a question.
    pub(super) fn of(written: &'t str) -> Option<Self> {
        let written = written.trim();
        let first = written.chars().next()?;
        let numeric = first.is_ascii_digit();
        let goes_on = |c: char| match () {
            () if numeric => c.is_ascii_digit() || matches!(c, '.' | ','),
            () if first.is_alphanumeric() => c.is_alphanumeric() || matches!(c, '\'' | '’' | 'ʼ' | '.'),
            () => !c.is_alphanumeric() && !c.is_whitespace() && c != '(',
        };
        let end = written.find(|c: char| !goes_on(c)).filter(|end| *end > 0)?;
        let (mark, rest) = written.split_at(end);
        let signs = |c: char| !c.is_alphanumeric();
        Some(Self {
            mark: mark.trim_end_matches(['.', ',']),
            parted: rest.contains(['-', '–', '—', '(', ',', ';', ':', '*', '/']),
            remark: rest.trim_matches(signs),
        })
        .filter(|_| !rest.contains('?'))
    }

    /// What it says, and whether that is to be asked about, given what the mark says alone.
    pub(super) fn meaning(&self, alone: Option<MarkMeaning>, vocabulary: &Vocabulary) -> Option<(MarkMeaning, bool)> {
        if self.mark.starts_with(|c: char| c.is_ascii_digit()) {
            let number = values::number(self.mark)?;
            vocabulary.minutes_of_unit(self.remark)?;
            let hours = !self.remark.contains(char::is_whitespace);
            let meaning = if number > 0.0 {
                MarkMeaning::Present
            } else {
                MarkMeaning::Absent
            };
            return hours.then_some((meaning, false));
        }
        let alone = alone?;
        match vocabulary.explanation(self.remark) {
            Some(MarkMeaning::Partial) if is_presence(alone) => Some((MarkMeaning::Partial, false)),
            Some(remark) if is_presence(remark) == is_presence(alone) => Some((alone, false)),
            Some(_) => None,
            // A letter before other words may be the beginning of anything.
            None if self.parted || self.mark.chars().all(|c| !c.is_alphabetic()) => Some((alone, true)),
            None => vocabulary.yes_no(self.mark).map(|_| (alone, true)),
        }
    }
}
