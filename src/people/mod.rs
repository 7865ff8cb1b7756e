//! Mentions → persons: normalise, block, compare, weigh, cluster, decide; then contacts → facts.

pub mod assemble;
pub mod facts;
pub mod model;
