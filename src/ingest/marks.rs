//! The marks of a register: an alphabet of short words that is decided for a block as a whole.
//!
//! What a mark means is said, in turn, by the definition, by a legend in the workbook, by the words of all languages
//! where they agree, by the languages of the block's headings, and by contrast: where another mark can only mean
//! absence, a letter with several meanings means presence. What is left open is asked once for each mark.

mod alphabet;
mod cells;
mod defined;
mod polarity;
mod remarked;
mod signed;
mod uniform;

pub(crate) use alphabet::Alphabet;
pub(crate) use signed::is_of;

/// What a cell under a session says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The person came.
    Present,
    /// The person did not come.
    Absent,
    /// The person did not come, for a good reason.
    Excused,
    /// No session was held, or the person was not yet enrolled.
    NoSession,
    /// Nothing is written, and blank means absent.
    Blank,
    /// Something that no vocabulary knows, as written.
    Unknown(String),
}

#[cfg(test)]
mod tests;
