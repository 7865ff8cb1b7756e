//! Facts → figures: measures, filters, periods, disaggregations, targets, self-checks.

pub mod figures;
