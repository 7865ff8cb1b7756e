//! What the bench measures, each kind in a file of its own.

pub(crate) mod calibration;
pub(crate) mod public;
pub(crate) mod quality;
pub(crate) mod samples;
pub(crate) mod show;
pub(crate) mod speed;
