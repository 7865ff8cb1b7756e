//! Finds mentions again by the file, sheet and row that a person wrote down.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::End;
use crate::ingest::records::{FileId, MentionId, Place, Records, RowId};

/// Where who is written.
#[derive(Debug, Default)]
pub struct Lookup {
    /// Mention of a row, the first where a row names several people.
    mentions: HashMap<(FileId, u16, u32), MentionId>,
    /// The others of such a row, in order.
    further: HashMap<(FileId, u16, u32), Vec<MentionId>>,
}

impl Lookup {
    /// Over all mentions; rows that repeat another row lead to the mention of that one, rows of an earlier version of a
    /// register to that of the same person in the version that holds.
    pub fn new(records: &Records) -> Self {
        let key = |place: Place| (place.file, place.sheet, place.row);
        let mut mentions = HashMap::new();
        let mut further: HashMap<_, Vec<MentionId>> = HashMap::new();
        for (index, mention) in records.mentions.iter().enumerate() {
            match mentions.entry(key(mention.place)) {
                Entry::Vacant(first) => {
                    first.insert(index.into());
                }
                Entry::Occupied(_) => further.entry(key(mention.place)).or_default().push(index.into()),
            }
        }
        for (copy, original) in &records.repeats {
            let place = |row: &RowId| key(records.rows[row.index()].place);
            if let Some(mention) = mentions.get(&place(original)).copied() {
                mentions.insert(place(copy), mention);
                if let Some(others) = further.get(&place(original)).cloned() {
                    further.insert(place(copy), others);
                }
            }
        }
        for (earlier, later) in &records.later {
            if let Some(mention) = mentions.get(&key(*later)).copied() {
                mentions.entry(key(*earlier)).or_insert(mention);
            }
        }
        Self { mentions, further }
    }

    /// The mentions of the row that is named, in order.
    pub fn mentions(&self, records: &Records, end: &End) -> Vec<MentionId> {
        let row = || {
            let (file, sheet) = sheet(records, end)?;
            Some((file, sheet, end.row?))
        };
        let Some(row) = row() else {
            return Vec::new();
        };
        let first = self.mentions.get(&row).into_iter();
        first
            .chain(self.further.get(&row).into_iter().flatten())
            .copied()
            .collect()
    }
}

/// The file and sheet that are named.
pub(super) fn sheet(records: &Records, end: &End) -> Option<(FileId, u16)> {
    let file = find_file(records, &end.file)?;
    let sheets = &records.files[file.index()].sheets;
    let wanted = end.sheet.trim();
    let sheet = match sheets.iter().position(|name| name.trim() == wanted) {
        Some(found) => found,
        None if wanted.is_empty() && sheets.len() == 1 => 0,
        None => return None,
    };
    Some((file, u16::try_from(sheet).ok()?))
}

/// The one file whose path ends with what is written, folder by folder.
pub(super) fn find_file(records: &Records, written: &str) -> Option<FileId> {
    use unicode_normalization::UnicodeNormalization as _;
    let written: String = written.trim().replace('\\', "/").nfc().collect();
    let ending = format!("/{}", written.trim_start_matches("./").trim_start_matches('/'));
    let mut hits = records
        .files
        .iter()
        .enumerate()
        .filter(|(_, file)| format!("/{}", file.path).ends_with(&ending));
    let first = hits.next().map(|(index, _)| index.into());
    if written.is_empty() || hits.next().is_some() {
        None
    } else {
        first
    }
}
