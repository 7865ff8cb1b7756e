//! Raw files → records: what is written, where it is written, and what became of every row.

pub mod dates;
pub mod findings;
pub mod records;
pub mod table;
pub mod vocabulary;
pub mod workbook;
