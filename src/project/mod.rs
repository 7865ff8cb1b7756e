//! A project's definitions: read, checked, every mistake shown at once with its place.
//!
//! [`load`] turns a folder into a [`model::Project`]. The grammar is data (`keys`, `keys_indicator`):
//! checking a file and the JSON Schema for editors ([`schema`]) walk the same tables; `read` adds what
//! shapes cannot tell: references, dates, classes that contradict measures. [`workbook`] holds the same
//! definitions in a workbook.

#[cfg(test)]
pub(crate) mod blank;
pub mod calendar;
pub mod catalogue;
mod diagnostic;
mod keys;
mod keys_indicator;
mod keys_measure;
mod keys_report;
mod keys_source;
mod load;
pub mod model;
mod node;
mod read;
mod schema;
mod seen;
mod shape;
mod starter;
mod suggest;
mod syntax;
pub mod workbook;

pub use diagnostic::{DefinitionText, Diagnostic, LoadError, render};
pub use load::{Known, PROJECT_TOML, load};
pub use schema::schema;
pub use seen::{SEEN_TOML, seen_toml};
pub use starter::{Starter, StarterActivity, StarterSource, starter};
pub(crate) use suggest::nearest;
