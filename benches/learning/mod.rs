//! How weights are learned: which pairs are looked at, how their levels are counted, what is told of it.

pub(crate) mod pairs;
pub(crate) mod table;
pub(crate) mod tally;
