//! Periods that were published: what is frozen of them, and why their figures come out different now.
//!
//! A publication is a folder: the report as it was written, [`frozen`] with every figure and fingerprint, the definitions,
//! and, for their owner alone, a keyed hash of each raw row with a number for its person ([`rows`]). A figure that comes out
//! different later is explained by counting the period again and again, each time with one thing more of what has changed
//! ([`restate`]): what lies between neighbours is what that thing adds, so that the causes add up to the difference.

pub mod changes;
pub mod frozen;
pub mod groups;
pub mod matching;
pub mod restate;
pub mod rows;

pub use frozen::{Damage, Frozen};
