//! tallyframe: raw attendance files in, logframe figures out, every number with its rows.
//!
//! Data walks one way through the rooms below; a module may use those above it in this list, never those
//! under it ([`cli`] alone calls them all).
//!
//! 1. [`project`]: what the definitions say, checked.
//! 2. [`ingest`]: raw files → records (rows, mentions, sessions, contacts, findings), each with its place.
//! 3. [`people`]: mentions → persons, and contacts with persons and attributes (facts).
//! 4. [`logframe`]: facts → figures.
//! 5. [`report`]: figures → workbook, CSV, terminal.
//! 6. [`audit`]: figures → their rows, and a published report → the same figures again.
//!
//! Beside them stand `names`: how the names of people are written and sound in any alphabet; [`message`]: what any room says to a person, before it is put into a language; and `progress`:
//! counters of how far a run has come, which decide nothing.

pub mod audit;
pub mod cli;
pub mod ingest;
mod letters;
pub mod logframe;
pub mod message;
mod names;
pub mod people;
mod progress;
pub mod project;
pub mod report;
