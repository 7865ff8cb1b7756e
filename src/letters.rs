//! Which characters are letters, decided at once for the alphabets of the papers.

/// Whether a character is a letter: [`char::is_alphabetic`], which looks every letter beyond ASCII up in tables.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphabetic(),
        '\u{400}'..='\u{481}' | '\u{48A}'..='\u{52F}' => true,
        _ => c.is_alphabetic(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_letter;

    #[test]
    fn every_character_is_what_the_tables_say() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
        }
    }
}
