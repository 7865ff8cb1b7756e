//! Typed ids, and texts kept once.

use std::hash::BuildHasherDefault;
use std::num::NonZeroU32;

use indexmap::IndexSet;
use ustr::{IdentityHasher, Ustr};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The id as an index into its table.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(u32::try_from(index).expect("tables hold fewer than 2^32 items"))
            }
        }
    )+};
}

ids! {
    /// A file, index into [`super::Records::files`].
    FileId,
    /// A row that was read, index into [`super::Records::rows`].
    RowId,
    /// A place where a person is written down, index into [`super::Records::mentions`].
    MentionId,
    /// A held session, index into [`super::Records::sessions`].
    SessionId,
    /// A cycle of sessions, index into [`super::Records::cycles`].
    CycleId,
    /// A field, index into [`super::Records::fields`].
    FieldId,
}

/// A text, index into [`Texts`]; kept one higher, so that a text that is not there takes no room of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(NonZeroU32);

impl TextId {
    /// The id as an index into its table.
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl From<usize> for TextId {
    fn from(index: usize) -> Self {
        let above = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
        Self(above.expect("tables hold fewer than 2^32 items"))
    }
}

/// Texts kept once, in order of first sight.
#[derive(Debug, Clone, Default)]
pub struct Texts(IndexSet<Ustr, BuildHasherDefault<IdentityHasher>>);

impl Texts {
    /// The id of `text`, new or known.
    pub fn intern(&mut self, text: &str) -> TextId {
        self.intern_kept(Ustr::from(text))
    }

    /// The id of a text that is kept already, new or known here.
    pub(crate) fn intern_kept(&mut self, text: Ustr) -> TextId {
        self.0.insert_full(text).0.into()
    }

    /// How many texts there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The text behind an id of this table.
    pub fn get(&self, id: TextId) -> &str {
        self.0[id.index()].as_str()
    }

    /// The id of a text that is known already.
    pub fn find(&self, text: &str) -> Option<TextId> {
        self.0.get_index_of(&Ustr::from_existing(text)?).map(Into::into)
    }
}
