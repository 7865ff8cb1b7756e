//! Figures → their rows, and published reports → the same figures again.

pub mod compare;
pub mod evidence;
pub mod manifest;
pub mod pack;
pub mod partition;
pub mod plausible;
pub mod publish;
pub mod regroup;
pub mod trace;
pub mod verify;
