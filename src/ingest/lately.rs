//! What was made of the texts met lately: the cells of a column say the same again and again.

/// What was made of some texts, in a room that does not grow: a text met again after many others is looked at again.
#[derive(Debug)]
pub(crate) struct Lately<'t, V> {
    places: Vec<Option<(&'t str, V)>>,
    size: usize,
}

impl<'t, V> Lately<'t, V> {
    /// Room for so many texts, a power of two.
    pub(crate) fn new(size: usize) -> Self {
        debug_assert!(size.is_power_of_two());
        Self {
            places: Vec::new(),
            size,
        }
    }

    /// What was made of a text, or is made of it now.
    pub(crate) fn of(&mut self, text: &'t str, made: impl FnOnce(&'t str) -> V) -> &V {
        if self.places.is_empty() {
            self.places.resize_with(self.size, || None);
        }
        let place = &mut self.places[spread(text) & (self.size - 1)];
        if !matches!(place, Some((known, _)) if *known == text) {
            *place = None;
        }
        &place.get_or_insert_with(|| (text, made(text))).1
    }
}

/// A number that differs for most texts: of their first and last eight bytes and their length.
fn spread(text: &str) -> usize {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let bytes = text.as_bytes();
    let eight = |bytes: &[u8]| {
        let mut all = [0; 8];
        all[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(all)
    };
    let (first, last) = match bytes.len() {
        0..=8 => (eight(bytes), 0),
        length => (eight(&bytes[..8]), eight(&bytes[length - 8..])),
    };
    let mixed = (first ^ last.rotate_left(29) ^ bytes.len() as u64).wrapping_mul(ODD);
    usize::try_from(mixed >> 40).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_of_every_text_what_was_made_of_it() {
        let texts: Vec<String> = (0..500)
            .map(|number| "їжак".repeat(number % 5) + &number.to_string())
            .collect();
        let mut lately = Lately::new(16);
        let mut made = 0;
        for text in texts.iter().flat_map(|text| [text, text]) {
            let length = *lately.of(text, |text| {
                made += 1;
                text.len()
            });
            assert_eq!(length, text.len());
        }
        assert_eq!(made, texts.len());
    }
}
