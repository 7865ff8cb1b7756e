//! Greek words in Latin letters, as passports write them (ELOT 743, ISO 843).

use unicode_normalization::UnicodeNormalization;

/// A Greek word in Latin letters; nothing where no letter is Greek.
pub(super) fn in_latin(word: &str) -> Option<String> {
    let is_greek = |letter: char| matches!(letter, '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}');
    if !word.chars().any(is_greek) {
        return None;
    }
    // Two dots part two vowels that otherwise are one sound; accents say nothing here.
    let letters: Vec<char> = word
        .nfd()
        .filter(|letter| !matches!(letter, '\u{300}'..='\u{307}' | '\u{309}'..='\u{36F}'))
        .collect();
    let mut latin = String::with_capacity(word.len());
    let mut before = None;
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1);
        let sound = match (before, *letter) {
            (Some('ο'), 'υ') => "u",
            (Some('α' | 'ε' | 'η'), 'υ') if next != Some(&'\u{308}') => "v",
            (Some('γ'), 'γ' | 'ξ' | 'χ') => {
                latin.pop();
                if *letter == 'γ' { "ng" } else { "nx" }
            }
            (None, 'μ') if next == Some(&'π') => "b",
            (None, 'ν') if next == Some(&'τ') => "d",
            (Some('μ'), 'π') | (Some('ν'), 'τ') if at == 1 => "",
            (_, letter) => plain(letter),
        };
        latin.push_str(sound);
        before = Some(*letter);
    }
    Some(latin)
}

fn plain(letter: char) -> &'static str {
    match letter {
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use crate::names::script::{clean, skeleton};

    #[test]
    fn names_in_greek_letters_meet_their_latin_spelling() {
        for (greek, latin) in [
            ("Παπαδόπουλος", "Papadopoulos"),
            ("ΠΑΠΑΔΟΠΟΥΛΟΣ", "Papadopoulos"),
            ("Γεώργιος", "Georgios"),
            ("Χρήστος", "Christos"),
            ("Ευαγγελία", "Evangelia"),
            ("Μπάμπης", "Bampis"),
            ("Αλέξανδρος", "Alexandros"),
            ("Σταύρος", "Stavros"),
            ("Θεόδωρος", "Theodoros"),
        ] {
            assert_eq!(skeleton(&clean(greek)), skeleton(&clean(latin)), "{greek}");
        }
    }
}
