//! Letters that other papers spell with two or with another one: `Käthe`, `Kaethe`; `Jørgen`, `Joergen`; `Əliyev`, `Eliyev`.

use super::script::skeleton;

/// Letters with what is written where they are not at hand.
const SPELT: &[(char, &[&str])] = &[
    ('ä', &["ae"]),
    ('ö', &["oe"]),
    ('ü', &["ue"]),
    ('å', &["aa"]),
    ('ø', &["oe"]),
    ('æ', &["ae", "a"]),
    ('œ', &["o", "e"]),
    ('ə', &["e"]),
    ('ð', &["dh"]),
    ('õ', &["oe"]),
];

/// What a cleaned word is folded to where its special letters are spelt out, where that is not its skeleton.
pub(crate) fn spelt_out(word: &str) -> Vec<String> {
    let of = |letter: char| {
        SPELT
            .iter()
            .find(|(special, _)| *special == letter)
            .map(|(_, spelt)| *spelt)
    };
    if word.is_ascii() || !word.chars().any(|letter| of(letter).is_some()) {
        return Vec::new();
    }
    let usual = skeleton(word);
    let mut found: Vec<String> = (0..2)
        .map(|choice| {
            let mut spelt = String::with_capacity(word.len());
            for letter in word.chars() {
                match of(letter) {
                    Some(ways) => spelt.push_str(ways.get(choice).unwrap_or(&ways[0])),
                    None => spelt.push(letter),
                }
            }
            skeleton(&spelt)
        })
        .filter(|folded| *folded != usual)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
