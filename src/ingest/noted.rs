//! What reading one file finds wrong or doubtful, before files are put together.

use super::findings::Kind;

/// A finding of one sheet; becomes one of the records when its file has a number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Noted {
    /// What was found.
    pub(crate) kind: Kind,
    /// 1-based row; `None` for the whole sheet.
    pub(crate) row: Option<u32>,
    /// 0-based column, where one cell or column is meant.
    pub(crate) column: Option<u16>,
    /// What the message says beside; see the finding's message in the label files.
    pub(crate) args: Vec<(&'static str, String)>,
}

impl Noted {
    /// A finding about a cell, a row or a whole column of a header.
    pub(crate) fn at(kind: Kind, row: u32, column: Option<u16>) -> Self {
        Self {
            kind,
            row: Some(row),
            column,
            args: Vec::new(),
        }
    }

    /// A finding about the sheet.
    pub(crate) fn of_sheet(kind: Kind) -> Self {
        Self {
            kind,
            row: None,
            column: None,
            args: Vec::new(),
        }
    }

    /// Adds what the message says beside.
    #[expect(clippy::needless_pass_by_value, reason = "numbers are given as they are")]
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}
