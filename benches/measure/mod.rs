//! What the bench measures, each kind in a file of its own.

pub(crate) mod quality;
