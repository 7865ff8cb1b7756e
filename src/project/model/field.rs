//! Fields of a project: how their values are brought to one form, and tables that say more about them.

use indexmap::IndexMap;

use super::DefinedAt;

/// How values of a field are brought to one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRule {
    /// What the values are.
    pub kind: FieldKind,
    /// Value meant → other ways to write it, where letters alone can't tell.
    pub aliases: IndexMap<String, Vec<String>>,
}

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text as written.
    Text,
    /// A number, the first one in the text; aliases give numbers to words.
    Number,
    /// A settlement or community: kind words (м., громада, ТГ, opština) and case do not matter.
    Place,
    /// An organisation: legal forms, quotation marks, alphabets and the town at the end do not matter.
    Organisation,
}

/// A table that says more about the values of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// Glob patterns relative to the project folder.
    pub files: Vec<String>,
    /// Sheet names or globs; empty = every visible sheet.
    pub sheets: Vec<String>,
    /// Header of the column that holds the key.
    pub key: String,
    /// Field whose value is looked up.
    pub field: String,
    /// Field that it gives → header of the column it stands in.
    pub gives: IndexMap<String, String>,
    /// Where it is defined.
    pub at: DefinedAt,
}
