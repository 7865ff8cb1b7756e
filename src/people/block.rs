//! Which identities are compared at all: those that share a key, several keys each, so that cost stays near linear.
//!
//! Keys: surname with the given initial; surname with one letter left out (symmetric deletes, after Garbe's
//! `SymSpell`), so that a slip does not part a thin mention from its person; the name in either order; phone, birth date (day and month in
//! either order), given name with patronymic and year, code, e-mail, alias. Oversized blocks are walked with a
//! window over the sorted block (sorted neighbourhood, Hernández & Stolfo 1995) instead of in full.

use chrono::Datelike;

use super::distinct::Distinct;
use super::normalise::Form;
use crate::ingest::records::Birth;

/// Largest block compared in full.
const FULL: usize = 400;
/// Neighbours on each side in a larger block.
const WINDOW: usize = 60;

/// Pairs to compare, the smaller index first, sorted.
pub(crate) fn candidates(identities: &[Distinct]) -> Vec<(u32, u32)> {
    let mut keyed: Vec<(String, u32)> = Vec::new();
    for (at, identity) in identities.iter().enumerate() {
        let at = u32::try_from(at).expect("fewer identities than mentions");
        keyed.extend(keys(&identity.form).into_iter().map(|key| (key, at)));
    }
    keyed.sort_unstable();
    keyed.dedup();
    let mut pairs = Vec::new();
    for block in keyed.chunk_by(|a, b| a.0 == b.0) {
        let reach = if block.len() > FULL { WINDOW } else { block.len() };
        for (at, (_, one)) in block.iter().enumerate() {
            pairs.extend(block[at + 1..].iter().take(reach).map(|(_, other)| (*one, *other)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn keys(form: &Form) -> Vec<String> {
    let mut keys = Vec::new();
    for surname in &form.surnames {
        let initial = form.given_initial.unwrap_or('?');
        keys.push(format!("s {}", super::compare::gender_stem(surname)));
        if surname.len() >= 4 {
            keys.push(format!("d {surname} {initial}"));
            for (at, letter) in surname.char_indices() {
                keys.push(format!(
                    "d {}{} {initial}",
                    &surname[..at],
                    &surname[at + letter.len_utf8()..]
                ));
            }
        }
    }
    // The words of the name in either order.
    for surname in &form.surnames {
        for given in &form.given {
            keys.push(format!("n {} {}", surname.min(given), surname.max(given)));
        }
    }
    keys.extend(form.phones.iter().map(|phone| format!("p {phone}")));
    keys.extend(
        form.code
            .iter()
            .map(|code| format!("c {} {}", code.letters, code.number)),
    );
    keys.extend(form.email.iter().map(|mail| format!("m {mail}")));
    keys.extend(form.alias.iter().map(|alias| format!("a {alias}")));
    if let Birth::Date(day) = form.birth {
        let (low, high) = (day.month().min(day.day()), day.month().max(day.day()));
        keys.push(format!("b {} {low} {high}", day.year()));
    }
    if let (Some(father), Some(year)) = (&form.father, year(form.birth)) {
        keys.extend(form.given.iter().map(|given| format!("g {given} {father} {year}")));
    }
    keys
}

fn year(birth: Birth) -> Option<i32> {
    match birth {
        Birth::Unknown => None,
        Birth::Year(year) => Some(year),
        Birth::Date(day) => Some(day.year()),
    }
}
