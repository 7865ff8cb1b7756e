//! What was made of the texts met lately: the cells of a column say the same again and again.

/// Texts for which there is room at first.
const FIRST: usize = 64;

/// What was made of some texts, in a room that grows only so far: a text met again after many others is looked at again.
#[derive(Debug)]
pub(crate) struct Lately<'t, V> {
    places: Vec<Option<(&'t str, V)>>,
    /// How many texts something was made of.
    made: usize,
    most: usize,
}

impl<'t, V> Lately<'t, V> {
    /// Room for so many texts at the most, a power of two.
    pub(crate) fn new(most: usize) -> Self {
        debug_assert!(most.is_power_of_two());
        Self {
            places: Vec::new(),
            made: 0,
            most,
        }
    }

    /// What was made of a text, or is made of it now.
    pub(crate) fn of(&mut self, text: &'t str, made: impl FnOnce(&'t str) -> V) -> &V {
        if self.made >= self.places.len() && self.places.len() < self.most {
            self.grow();
        }
        let at = spread(text) & (self.places.len() - 1);
        let place = &mut self.places[at];
        if !matches!(place, Some((known, _)) if *known == text) {
            self.made += 1;
            *place = None;
        }
        &place.get_or_insert_with(|| (text, made(text))).1
    }

    fn grow(&mut self) {
        let size = (self.places.len() * 4).max(FIRST).min(self.most);
        let known = std::mem::take(&mut self.places);
        self.places.resize_with(size, || None);
        for (text, value) in known.into_iter().flatten() {
            self.places[spread(text) & (size - 1)] = Some((text, value));
        }
    }
}

/// A number that differs for most texts: of their first and last eight bytes and their length.
fn spread(text: &str) -> usize {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let bytes = text.as_bytes();
    let joined = |bytes: &[u8]| bytes.iter().fold(0, |all, byte| (all << 8) | u64::from(*byte));
    let (first, last) = match bytes.len() {
        0..=8 => (joined(bytes), 0),
        length => (joined(&bytes[..8]), joined(&bytes[length - 8..])),
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
        for most in [16, 256, 1024] {
            let mut lately = Lately::new(most);
            let mut made = 0;
            for text in texts.iter().flat_map(|text| [text, text]).chain(&texts) {
                let length = *lately.of(text, |text| {
                    made += 1;
                    text.len()
                });
                assert_eq!(length, text.len());
            }
            assert!((texts.len()..=texts.len() * 2).contains(&made), "{made} of {most}");
        }
    }
}
