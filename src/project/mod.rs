//! A project's definitions: read, checked, every mistake shown at once with its place.

pub mod calendar;
pub mod model;
