//! Facts → figures: measures, filters, periods, disaggregations, targets, self-checks.
//!
//! An indicator's filter makes *items* of the facts (a contact, a session, an amount, a finding), once. A
//! period is a slice of them by date, a disaggregation cuts the slice into cells (all items at once, where the cut
//! is the same in every period), and a measure counts the items of a cell. [`Engine::evidence`] hands out the very
//! items that [`Engine::figures`] counted.

mod cells;
mod checks;
mod columns;
mod compute;
mod counted;
mod derived;
mod doubt;
mod engine;
mod evidence;
pub mod figures;
mod filter;
mod items;
mod measure;
mod newcomers;
mod parts;
mod periods;
mod rounding;
mod stretch;
mod suppress;
mod targets;

pub use compute::compute;
pub use counted::{missing_fields, nothing_counted, short_cycles};
pub use doubt::{Question, moved};
pub use engine::Engine;
pub use evidence::{Behind, Evidence, Grounding, Grounds, Share, Tally, evidence, set_aside};
pub use periods::{Request, as_of, request};
pub use targets::of_whole;
