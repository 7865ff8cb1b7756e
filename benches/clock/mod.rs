//! What a programme costs: end to end and stage by stage, beside what its files cost to read at all, and beside others.

pub(crate) mod cost;
mod figures;
pub(crate) mod growth;
pub(crate) mod limit;
pub(crate) mod peer;
pub(crate) mod row;
pub(crate) mod stages;
