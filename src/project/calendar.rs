//! Periods: months, quarters, half-years, years, project years, and the spans they cover.

/// A way to cut the project's time into periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalendarKind {
    /// Calendar months: `2026-03`.
    Month,
    /// Calendar quarters: `2026-Q1`.
    Quarter,
    /// Calendar half-years: `2026-H1`.
    HalfYear,
    /// Calendar years: `2026`.
    Year,
    /// Quarters from the project's first day: `PQ1`.
    ProjectQuarter,
    /// Years from the project's first day: `PY1`.
    ProjectYear,
    /// The whole project: `2026-01-01..2026-12-31`.
    Project,
}
