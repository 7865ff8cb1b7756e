//! Numbers among words: "14 / 20", "21 р.", "54 000,00", "30+".

use std::collections::HashMap;

use indexmap::IndexMap;

use super::{Meant, Written, named};
use crate::ingest::values;
use crate::ingest::vocabulary;

/// The numbers that spellings mean: an alias's, else the first number in the text.
pub(super) fn meant(aliases: &IndexMap<String, Vec<String>>, written: &Written) -> HashMap<String, Meant> {
    let named = named(aliases, &|text: &str| vocabulary::normalise(text));
    let number = |text: &str| {
        let alias = named.get(&vocabulary::normalise(text));
        alias.and_then(|value| first(value)).or_else(|| first(text))
    };
    written
        .keys()
        .filter_map(|text| Some((text.clone(), Meant::Number(number(text)?))))
        .collect()
}

/// The first number in a text, with blanks between thousands and a decimal comma.
pub(crate) fn first(text: &str) -> Option<f64> {
    if let Some(number) = values::number(text) {
        return Some(number);
    }
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let mut end = 0;
    let mut fraction = false;
    for (at, sign) in rest.char_indices() {
        let following = &rest[at + sign.len_utf8()..];
        let digits = following.chars().take_while(char::is_ascii_digit).count();
        let thousands = matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '\'') && digits == 3 && !fraction;
        let decimal = matches!(sign, '.' | ',') && digits > 0 && !fraction;
        if !sign.is_ascii_digit() && !thousands && !decimal {
            break;
        }
        fraction |= decimal;
        end = at + sign.len_utf8();
    }
    let minus = text[..start].ends_with(['-', '−'])
        && !text[..start]
            .trim_end_matches(['-', '−'])
            .ends_with(char::is_alphanumeric);
    let number = values::number(&rest[..end]).or_else(|| rest[..end].parse().ok())?;
    Some(if minus { -number } else { number })
}
