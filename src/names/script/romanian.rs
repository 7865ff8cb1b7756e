//! Latin letters as Romanian orthography reads them.

use super::{skeleton, squeeze};

/// What a word in Latin letters sounds like if it is written as Romanian is, where [`skeleton`] reads it otherwise:
/// `Cojocaru` is Кожокару, `Țîbuleac` Цыбуляк. Empty where a letter speaks against it.
///
/// The same letters are read otherwise in Serbian and Polish, so this is no skeleton: it only lets two meet of which one
/// is written in Cyrillic.
pub(crate) fn romanian_readings(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let foreign = |letter: &char| !letter.is_ascii_lowercase() && !"ăâîșşțţ'".contains(*letter);
    if letters.len() < 3 || letters.iter().any(|letter| foreign(letter) || "kqwy".contains(*letter)) {
        return Vec::new();
    }
    let usual = skeleton(word);
    let mut readings: Vec<String> = ["a", "e"]
        .into_iter()
        .filter(|vowel| *vowel == "a" || letters.contains(&'ă'))
        .flat_map(|vowel| {
            let whole = romanian_sounds(&letters, vowel);
            // The last i only softens: Scutari, Скутарь.
            let soft = whole.strip_suffix('i').filter(|rest| !rest.ends_with(is_vowel));
            [soft.map(squeeze), Some(squeeze(&whole))]
        })
        .flatten()
        .filter(|reading| *reading != usual)
        .collect();
    readings.sort_unstable();
    readings.dedup();
    readings
}

/// A word with one t as ț each, where no mark is written at all and so any may have been left out: Turcan, Gutu.
pub(crate) fn with_a_mark(word: &str) -> Vec<String> {
    let marked = |(at, _): (usize, &str)| format!("{}ț{}", &word[..at], &word[at + 1..]);
    let bare = Some(word).filter(|word| word.is_ascii());
    bare.into_iter()
        .flat_map(|word| word.match_indices('t').map(marked))
        .collect()
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The sounds of a word by Romanian orthography; Cyrillic writes ă as а or as э.
fn romanian_sounds(letters: &[char], a_breve: &str) -> String {
    let mut sounds = String::with_capacity(letters.len() + 2);
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let (next, after) = (letters.get(at + 1), letters.get(at + 2));
        let is_front = |letter: Option<&char>| matches!(letter, Some('e' | 'i'));
        let (sound, length) = match (letter, next) {
            ('c', Some('h')) if is_front(after) => ("k", 2),
            ('g', Some('h')) if is_front(after) => ("h", 2),
            ('c', _) if is_front(next) => ("c", 1),
            ('c', _) => ("k", 1),
            ('e', Some('a')) => ("ia", 2),
            ('g', _) => ("h", 1),
            ('j', _) => ("z", 1),
            ('x', _) => ("ks", 1),
            ('ț' | 'ţ', _) => ("c", 1),
            ('ș' | 'ş', _) => ("s", 1),
            ('â' | 'î', _) => ("i", 1),
            ('ă', _) => (a_breve, 1),
            ('\'', _) => ("", 1),
            _ => {
                sounds.push(*letter);
                ("", 1)
            }
        };
        sounds.push_str(sound);
        at += length;
    }
    sounds
}
