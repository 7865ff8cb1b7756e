//! Figures → their rows, and published reports → the same figures again.

pub mod manifest;
pub mod trace;
pub mod verify;
