//! Places in raw files, as a spreadsheet shows them.

use super::FileId;

/// A place in a raw file, as a spreadsheet shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Index into the file's sheets (0 for text files); beyond them where the place is the whole file.
    pub sheet: u16,
    /// 1-based row; 0 where the place is the whole sheet or file.
    pub row: u32,
    /// 0-based column; `None` where the place is the whole row.
    pub column: Option<u16>,
}

impl Place {
    /// A whole file.
    pub fn whole_file(file: FileId) -> Self {
        Self {
            file,
            sheet: u16::MAX,
            row: 0,
            column: None,
        }
    }

    /// A whole sheet.
    pub fn whole_sheet(file: FileId, sheet: u16) -> Self {
        Self {
            file,
            sheet,
            row: 0,
            column: None,
        }
    }
}

/// Column letters as a spreadsheet shows them: 0 → A, 26 → AA.
pub fn column_letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.extend(('A'..='Z').nth(rest as usize % 26));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
