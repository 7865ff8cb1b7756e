//! The same rows delivered in another file: found by content, so that they count once (rule 15).

mod row;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash, Hasher};
use std::num::NonZeroU32;

use ustr::IdentityHasher;

use super::records::{FileId, RowId};
pub(crate) use row::contents;

/// A file whose data rows repeat another's to this share is the same file delivered twice.
const SAME_FILE_FROM: f64 = 0.9;

/// Fingerprint of a row's content; equal rows are equal, and a million different ones stay apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Content(u64, u64);

impl Hash for Content {
    /// A fingerprint spreads as well as its hash would.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0);
    }
}

/// The fingerprint of what is said, normalised where it is compared so.
pub(crate) fn content(said: &(impl Hash + ?Sized)) -> Content {
    let hash = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        seed.hash(&mut hasher);
        said.hash(&mut hasher);
        hasher.finish()
    };
    Content(hash(1), hash(2))
}

/// Rows seen so far, by content.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    /// Content → the file that had it first, and where.
    seen: HashMap<Content, Seen, BuildHasherDefault<IdentityHasher>>,
    /// What was met more than once.
    again: Vec<Again>,
    /// Rows that repeat, with the rows they repeat.
    pub(crate) pairs: Vec<(RowId, RowId)>,
}

#[derive(Debug)]
struct Seen {
    file: FileId,
    row: RowId,
    /// Index of what is known of further rows, where there are any.
    again: Option<NonZeroU32>,
}

/// Where the content of a row stood before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Before {
    /// In the same file.
    Here(RowId),
    /// In an earlier file: the row repeats it.
    Elsewhere(RowId),
}

/// Further rows of one content.
#[derive(Debug)]
struct Again {
    /// Rows of the file that had it first, but the first of them.
    rows: Vec<RowId>,
    /// The current file, and how many of its rows repeat those.
    by: (FileId, usize),
}

impl Repeats {
    /// Makes room for so many rows more.
    pub(crate) fn reserve(&mut self, rows: usize) {
        self.seen.reserve(rows);
    }

    /// Notes a row; where its content stood before, if anywhere.
    pub(crate) fn note(&mut self, file: FileId, row: RowId, content: Content) -> Option<Before> {
        let seen = match self.seen.entry(content) {
            Entry::Vacant(place) => {
                place.insert(Seen { file, row, again: None });
                return None;
            }
            Entry::Occupied(seen) => seen.into_mut(),
        };
        let at = seen.again.get_or_insert_with(|| {
            self.again.push(Again {
                rows: Vec::new(),
                by: (file, 0),
            });
            let above = u32::try_from(self.again.len()).ok().and_then(NonZeroU32::new);
            above.expect("fewer than 2^32 rows repeat")
        });
        let again = &mut self.again[at.get() as usize - 1];
        if seen.file == file {
            again.rows.push(row);
            return Some(Before::Here(seen.row));
        }
        if again.by.0 != file {
            again.by = (file, 0);
        }
        let original = match again.by.1.checked_sub(1) {
            None => seen.row,
            Some(further) => *again.rows.get(further)?,
        };
        again.by.1 += 1;
        self.pairs.push((row, original));
        Some(Before::Elsewhere(original))
    }
}

/// Files that repeat another almost whole: (copy, original, rows repeated), in order of the copy.
///
/// `rows_of` gives the number of data rows of a file; `file_of` the file of a row.
pub(crate) fn repeated_files(
    pairs: &[(RowId, RowId)],
    file_of: impl Fn(RowId) -> FileId,
    rows_of: impl Fn(FileId) -> usize,
) -> Vec<(FileId, FileId, usize)> {
    let mut counts: Vec<(FileId, FileId)> = pairs
        .iter()
        .map(|(copy, original)| (file_of(*copy), file_of(*original)))
        .collect();
    counts.sort_unstable();
    counts
        .chunk_by(|a, b| a == b)
        .filter(|chunk| chunk.len() as f64 >= SAME_FILE_FROM * rows_of(chunk[0].0) as f64)
        .map(|chunk| (chunk[0].0, chunk[0].1, chunk.len()))
        .collect()
}

#[cfg(test)]
mod tests;
