//! Months in Roman numbers: `5.III.2026`.

use super::{Found, Scanner};

impl Scanner {
    /// `5.III.2026`, `5 III 2026`, and in a cell of its own `5.III`: months in Roman numbers.
    pub(super) fn day_and_roman(&self, at: usize, whole: bool) -> Option<Found> {
        let day = self.number(at, 1..=2).filter(|day| (1..=31).contains(day))?;
        let signed = self.sign(at + 1).filter(|sign| matches!(sign, '.' | '/' | '-'));
        let word_at = self.after_links(at + 1);
        let month = roman_month(self.word(word_at)?)?;
        let end = word_at + 1;
        let year_at = self.after_links(end);
        // Between blanks a letter is a word as well: "5 і 12 осіб".
        let told = self.digits(year_at) == 4 || signed.is_some() && self.digits(year_at) == 2;
        if let Some(year) = self.any_year(year_at).filter(|_| told) {
            return Some((vec![self.day(year, month, day, at, year_at + 1)], year_at + 1));
        }
        (whole && signed.is_some()).then(|| (vec![self.day_month(day, month, at, end)], end))
    }
}

/// The month that a Roman number names, in Latin letters or in the Cyrillic ones that look like them.
fn roman_month(word: &str) -> Option<u32> {
    let latin: String = word
        .chars()
        .map(|c| match c {
            'і' => 'i',
            'х' => 'x',
            other => other,
        })
        .collect();
    let numbers = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    numbers
        .into_iter()
        .zip(1..)
        .find(|(number, _)| *number == latin)
        .map(|(_, month)| month)
}
