//! Figures → their rows, and published reports → the same figures again.

pub mod compare;
pub mod manifest;
pub mod partition;
pub mod regroup;
pub mod trace;
pub mod verify;
