//! The same rows delivered in another file: found by content, so that they count once (rule 15).

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::records::{FileId, RowId};

/// A file whose data rows repeat another's to this share is the same file delivered twice.
const SAME_FILE_FROM: f64 = 0.9;

/// Fingerprint of a row's content; equal rows are equal, and a million different ones stay apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Content(u64, u64);

/// The fingerprint of a row's normalised content.
pub(crate) fn content(parts: &[String]) -> Content {
    let hash = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        seed.hash(&mut hasher);
        parts.hash(&mut hasher);
        hasher.finish()
    };
    Content(hash(1), hash(2))
}

/// Rows seen so far, by content.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    /// Content → rows of the file that had it first, and how many rows of the current file repeat them.
    seen: HashMap<Content, Seen>,
    /// Rows that repeat, with the rows they repeat.
    pub(crate) pairs: Vec<(RowId, RowId)>,
}

#[derive(Debug)]
struct Seen {
    file: FileId,
    rows: Vec<RowId>,
    by: (FileId, usize),
}

impl Repeats {
    /// Notes a row; the row of an earlier file that it repeats, if any.
    pub(crate) fn note(&mut self, file: FileId, row: RowId, content: Content) -> Option<RowId> {
        let Some(seen) = self.seen.get_mut(&content) else {
            self.seen.insert(
                content,
                Seen {
                    file,
                    rows: vec![row],
                    by: (file, 0),
                },
            );
            return None;
        };
        if seen.file == file {
            seen.rows.push(row);
            return None;
        }
        if seen.by.0 != file {
            seen.by = (file, 0);
        }
        let original = *seen.rows.get(seen.by.1)?;
        seen.by.1 += 1;
        self.pairs.push((row, original));
        Some(original)
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
