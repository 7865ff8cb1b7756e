//! Signatures under days: each row has its own person's name or initials there, and nothing else.

use super::alphabet::Letters;
use super::cells::{Seen, seen};
use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::layout::Block;
use crate::ingest::noted::Noted;
use crate::ingest::vocabulary::{MarkMeaning, Role};

/// Letters of a name that a signature repeats at least.
const FEWEST: usize = 3;
/// Columns that say who the person of a row is.
const NAMES: [Role; 3] = [Role::FullName, Role::Surname, Role::GivenName];

/// Takes marks that nobody knows for presence where each of them is the name or the initials of its row, and says so.
pub(super) fn settle(grid: &Grid, block: &Block, letters: &mut Letters) -> Option<Noted> {
    if letters.by_form.values().all(|letter| letter.meaning.is_some()) {
        return None;
    }
    let columns: Vec<u16> = NAMES.iter().filter_map(|role| block.column(*role)).collect();
    let mut signed: Vec<String> = Vec::new();
    let mut count = 0;
    for row in &block.rows {
        let name: Vec<String> = columns.iter().map(|column| grid.text(*row, *column)).collect();
        for session in &block.sessions {
            let Seen::Word(word) = seen(grid.own(*row, session.column)) else {
                continue;
            };
            let Some(form) = letters.unknown(word) else { continue };
            if !is_of(&name.join(" "), word) {
                return None;
            }
            count += 1;
            signed.push(form.to_owned());
        }
    }
    for form in &signed {
        if let Some(letter) = letters.by_form.get_mut(form) {
            letter.meaning = Some(MarkMeaning::Present);
        }
    }
    let noted = || Noted::at(Kind::SignedNames, block.header_top, None).with("count", count);
    (count > 0).then(noted)
}

/// Whether somebody of this name may have signed so: with a part of the name, or with the first letters of its parts.
pub(crate) fn is_of(name: &str, written: &str) -> bool {
    let parts = |text: &str| -> Vec<Vec<char>> {
        let lower = text.to_lowercase();
        let parts = lower
            .split(|c: char| !c.is_alphabetic())
            .filter(|part| !part.is_empty());
        parts.map(|part| part.chars().collect()).collect()
    };
    let (name, written) = (parts(name), parts(written));
    let begins = |word: &[char]| {
        let same = |part: &Vec<char>| part.starts_with(word) || word.starts_with(part);
        word.len() >= FEWEST && name.iter().any(same)
    };
    if written.iter().any(|word| begins(word)) {
        return true;
    }
    let initials: Vec<char> = written.iter().flatten().copied().collect();
    let mut firsts: Vec<char> = name.iter().filter_map(|part| part.first().copied()).collect();
    let all = initials.iter().all(|initial| {
        let found = firsts.iter().position(|first| first == initial);
        found.map(|at| firsts.swap_remove(at)).is_some()
    });
    initials.len() > 1 && all
}

#[cfg(test)]
mod tests {
    use super::is_of;
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::{kinds, records, sheet, source};

    #[test]
    fn people_sign_with_their_names_and_initials() {
        for (name, written, wanted) in [
            ("Anna Nowak", "A. Nowak", true),
            ("Коваль Ольга Іванівна", "Ковал", true),
            ("Коваль Ольга Іванівна", "КОІ", true),
            ("Nino Beridze", "NB", true),
            ("Anna Nowak", "хвора", false),
            ("Anna Nowak", "ill", false),
            ("Anna Nowak", "a", false),
        ] {
            assert_eq!(is_of(name, written), wanted, "{name}: {written}");
        }
    }

    #[test]
    fn names_under_days_are_signatures_and_reasons_are_not() {
        let of = |second: &str| {
            let text = format!(
                "№|ПІБ|Підпис 02.03.2026|Підпис 09.03.2026\n1|Коваль Ольга|Коваль|Коваль О.\n2|Сова Ія|{second}|\n\
                 3|Мельник Іван|+|МІ"
            );
            let records = records(vec![sheet(&text)], &source());
            (records.contacts.len(), kinds(&records).contains(&Kind::SignedNames))
        };
        assert_eq!(of("Сова"), (5, true));
        assert_eq!(of("відрядження"), (1, false));
    }

    #[test]
    fn initials_in_place_of_a_signature_are_no_mark_of_absence() {
        let text = "Дата: 02.03.2026\n№|Name|Phone|Signature\n1|Nino Beridze|599112233|NB\n\
                    2|Giorgi Maisuradze|599112234|GM\n3|Nana Lomidze|599112235|nb";
        let records = records(vec![sheet(text)], &source());
        assert_eq!(records.contacts.len(), 2);
        assert!(kinds(&records).contains(&Kind::SignatureAbsent));
    }
}
