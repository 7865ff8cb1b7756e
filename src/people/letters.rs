//! Which signs are letters, decided at once for the alphabets of the papers.

/// Whether a sign is a letter, as [`char::is_alphabetic`] says: the first Cyrillic block has no other signs but eight in
/// its middle, and the standard library looks every one of them up.
pub(super) fn is_letter(sign: char) -> bool {
    match sign {
        '\0'..='\u{7f}' => sign.is_ascii_alphabetic(),
        '\u{400}'..='\u{481}' | '\u{48a}'..='\u{52f}' => true,
        _ => sign.is_alphabetic(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_letter;

    #[test]
    fn every_sign_is_what_the_standard_library_says() {
        for sign in '\0'..=char::MAX {
            assert_eq!(is_letter(sign), sign.is_alphabetic(), "{sign:?}");
        }
    }
}
