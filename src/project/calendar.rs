//! Periods: months, quarters, half-years, years, project years, and the spans they cover.

use chrono::NaiveDate;

/// A period with its label and days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Label: `2026-03`, `2026-Q1`, `2026`, `2026-01-01..2026-12-31`.
    pub label: String,
    /// First day, within the project.
    pub start: NaiveDate,
    /// Last day, within the project.
    pub end: NaiveDate,
    /// The calendar it belongs to.
    pub calendar: CalendarKind,
    /// Whether the project covers only a part of the calendar period.
    pub partial: bool,
}

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
