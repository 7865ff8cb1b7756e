//! Ids of texts met lately: rows say the same again and again, and the table of all texts is large.

use ustr::Ustr;

use crate::ingest::records::{TextId, Texts};

/// Texts that are remembered, a power of two.
const REMEMBERED: usize = 1 << 14;

/// Ids of texts met lately.
pub(super) struct Kept(Vec<Option<(Ustr, TextId)>>);

impl Default for Kept {
    fn default() -> Self {
        Self(vec![None; REMEMBERED])
    }
}

impl Kept {
    /// The id of a text in a table of texts, always the same table.
    pub(super) fn id(&mut self, text: Ustr, texts: &mut Texts) -> TextId {
        let spread = usize::try_from(text.precomputed_hash() >> 32).unwrap_or_default();
        let place = &mut self.0[spread % REMEMBERED];
        match place {
            Some((known, id)) if *known == text => *id,
            _ => {
                let id = texts.intern_kept(text);
                *place = Some((text, id));
                id
            }
        }
    }
}
