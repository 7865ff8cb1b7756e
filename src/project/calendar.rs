//! Periods: months, quarters, half-years, years, project years, and the spans they cover.

use crate::message::{Message, Tell, message};
use chrono::{Datelike, Months, NaiveDate};

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

/// A label that names no period of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelError {
    /// Not a way to write a period.
    NotAPeriod(String),
    /// A period in which the project does not run.
    OutsideProject {
        /// As written.
        label: String,
        /// First day of the project.
        start: NaiveDate,
        /// Last day of the project.
        end: NaiveDate,
    },
}

impl Tell for LabelError {
    fn message(&self) -> Message {
        match self {
            Self::NotAPeriod(written) => message!(
                "`{written}` is not a period; write 2026-03, 2026-Q1, 2026-H1, 2026, PQ1, PY1 or all",
                written
            ),
            Self::OutsideProject { label, start, end } => message!(
                "the project runs from {start} to {end}: `{label}` lies outside",
                start,
                end,
                label
            ),
        }
    }
}
crate::message::error!(LabelError);

impl CalendarKind {
    /// Every calendar, short periods first.
    pub const ALL: [Self; 7] = [
        Self::Month,
        Self::Quarter,
        Self::HalfYear,
        Self::Year,
        Self::ProjectQuarter,
        Self::ProjectYear,
        Self::Project,
    ];

    /// Code in definitions.
    pub fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half-year",
            Self::Year => "year",
            Self::ProjectQuarter => "project-quarter",
            Self::ProjectYear => "project-year",
            Self::Project => "project",
        }
    }

    /// The periods of a project that runs from `start` to `end` (both days belong to it), in order of time.
    pub fn periods(self, start: NaiveDate, end: NaiveDate) -> Vec<Period> {
        let mut periods = Vec::new();
        let mut number = 0;
        while let Some(period) = self.nth(number, start, end) {
            periods.push(period);
            number += 1;
        }
        periods
    }

    /// Months that a period takes; `None` for the whole project.
    fn months(self) -> Option<u32> {
        match self {
            Self::Month => Some(1),
            Self::Quarter | Self::ProjectQuarter => Some(3),
            Self::HalfYear => Some(6),
            Self::Year | Self::ProjectYear => Some(12),
            Self::Project => None,
        }
    }

    /// The period with this number, counted from the project's first, clipped to the project.
    fn nth(self, number: u32, start: NaiveDate, end: NaiveDate) -> Option<Period> {
        let Some(months) = self.months() else {
            return (number == 0 && start <= end).then(|| whole(start, end));
        };
        let anchor = match self {
            Self::ProjectQuarter | Self::ProjectYear => start,
            _ => start.with_day(1)?.with_month0(start.month0() / months * months)?,
        };
        // Counted from the anchor each time: from one period to the next, the 31st would slip to the 28th for good.
        let first = anchor.checked_add_months(Months::new(number.checked_mul(months)?))?;
        let next = anchor.checked_add_months(Months::new((number + 1).checked_mul(months)?))?;
        let by_project = matches!(self, Self::ProjectQuarter | Self::ProjectYear);
        // A project that ends on an anniversary of its first day (01.04 to 01.04) has no quarter of that one day.
        let last = if by_project && next == end {
            end
        } else {
            next.pred_opt()?
        };
        if by_project && first == end && number > 0 {
            return None;
        }
        (first <= end).then(|| Period {
            label: self.label(number, first),
            start: first.max(start),
            end: last.min(end),
            calendar: self,
            partial: first < start || end < last,
        })
    }

    fn label(self, number: u32, first: NaiveDate) -> String {
        let year = first.year();
        match self {
            Self::Month => format!("{year:04}-{:02}", first.month()),
            Self::Quarter => format!("{year:04}-Q{}", first.month0() / 3 + 1),
            Self::HalfYear => format!("{year:04}-H{}", first.month0() / 6 + 1),
            Self::Year | Self::Project => format!("{year:04}"),
            Self::ProjectQuarter => format!("PQ{}", number + 1),
            Self::ProjectYear => format!("PY{}", number + 1),
        }
    }
}

/// The whole project as one period, labelled by the year where it is exactly one.
fn whole(start: NaiveDate, end: NaiveDate) -> Period {
    let a_year = start.ordinal() == 1 && end.year() == start.year() && (end.month(), end.day()) == (12, 31);
    let label = if a_year {
        CalendarKind::Project.label(0, start)
    } else {
        format!("{start}..{end}")
    };
    Period {
        label,
        start,
        end,
        calendar: CalendarKind::Project,
        partial: false,
    }
}

/// The period that a label names, in a project that runs from `start` to `end`.
pub fn parse_label(label: &str, start: NaiveDate, end: NaiveDate) -> Result<Period, LabelError> {
    let label = label.trim();
    if label.eq_ignore_ascii_case("all") || label == format!("{start}..{end}") {
        return Ok(whole(start, end));
    }
    let calendar = calendar_of(label).ok_or_else(|| LabelError::NotAPeriod(label.to_owned()))?;
    calendar
        .periods(start, end)
        .into_iter()
        .find(|period| period.label.eq_ignore_ascii_case(label))
        .ok_or_else(|| LabelError::OutsideProject {
            label: label.to_owned(),
            start,
            end,
        })
}

/// The calendar that a label is written in.
fn calendar_of(label: &str) -> Option<CalendarKind> {
    let label = label.to_ascii_uppercase();
    let counted = |digits: &str| digits.parse::<u32>().is_ok_and(|number| number > 0);
    if let Some(number) = label.strip_prefix("PQ") {
        return counted(number).then_some(CalendarKind::ProjectQuarter);
    }
    if let Some(number) = label.strip_prefix("PY") {
        return counted(number).then_some(CalendarKind::ProjectYear);
    }
    let (year, part) = label.split_once('-').unwrap_or((&label, ""));
    if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match part {
        "" => (label.len() == 4).then_some(CalendarKind::Year),
        "Q1" | "Q2" | "Q3" | "Q4" => Some(CalendarKind::Quarter),
        "H1" | "H2" => Some(CalendarKind::HalfYear),
        month => (month.len() == 2 && (1..=12).contains(&month.parse::<u32>().ok()?)).then_some(CalendarKind::Month),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn shown(calendar: CalendarKind, start: &str, end: &str) -> Vec<String> {
        let periods = calendar.periods(day(start), day(end)).into_iter();
        periods
            .map(|period| {
                let mark = if period.partial { " partial" } else { "" };
                format!("{} {}..{}{mark}", period.label, period.start, period.end)
            })
            .collect()
    }

    #[test]
    fn an_anniversary_as_last_day_belongs_to_the_last_project_period() {
        assert_eq!(
            shown(CalendarKind::ProjectQuarter, "2022-04-01", "2022-10-01"),
            ["PQ1 2022-04-01..2022-06-30", "PQ2 2022-07-01..2022-10-01"]
        );
        assert_eq!(
            shown(CalendarKind::ProjectYear, "2022-04-01", "2023-04-01"),
            ["PY1 2022-04-01..2023-04-01"]
        );
        assert_eq!(shown(CalendarKind::ProjectQuarter, "2022-04-01", "2022-04-01").len(), 1);
    }

    #[test]
    fn calendar_periods_are_clipped_to_the_project() {
        assert_eq!(
            shown(CalendarKind::Quarter, "2025-11-15", "2026-03-31"),
            [
                "2025-Q4 2025-11-15..2025-12-31 partial",
                "2026-Q1 2026-01-01..2026-03-31"
            ]
        );
        assert_eq!(
            shown(CalendarKind::HalfYear, "2026-01-01", "2026-07-01"),
            [
                "2026-H1 2026-01-01..2026-06-30",
                "2026-H2 2026-07-01..2026-07-01 partial"
            ]
        );
        assert_eq!(shown(CalendarKind::Month, "2026-01-01", "2026-12-31").len(), 12);
        assert_eq!(shown(CalendarKind::Month, "2026-02-01", "2026-01-01").len(), 0);
    }

    #[test]
    fn project_quarters_run_from_the_first_day() {
        assert_eq!(
            shown(CalendarKind::ProjectQuarter, "2025-11-30", "2026-08-31"),
            [
                "PQ1 2025-11-30..2026-02-27",
                "PQ2 2026-02-28..2026-05-29",
                "PQ3 2026-05-30..2026-08-29",
                "PQ4 2026-08-30..2026-08-31 partial"
            ]
        );
        assert_eq!(
            shown(CalendarKind::ProjectYear, "2024-03-01", "2025-02-28"),
            ["PY1 2024-03-01..2025-02-28"]
        );
    }

    #[test]
    fn the_whole_project_is_named_by_its_year_or_its_days() {
        assert_eq!(
            shown(CalendarKind::Project, "2026-01-01", "2026-12-31"),
            ["2026 2026-01-01..2026-12-31"]
        );
        assert_eq!(
            shown(CalendarKind::Project, "2024-02-29", "2026-01-31"),
            ["2024-02-29..2026-01-31 2024-02-29..2026-01-31"]
        );
    }

    #[test]
    fn the_periods_of_a_calendar_cover_each_day_once() {
        for calendar in CalendarKind::ALL {
            let (start, end) = (day("2024-01-31"), day("2027-02-13"));
            let mut next = start;
            for period in calendar.periods(start, end) {
                assert_eq!(period.start, next, "{calendar:?}");
                next = period.end.succ_opt().expect("a day after");
            }
            assert_eq!(next.pred_opt(), Some(end), "{calendar:?}");
        }
    }

    #[test]
    fn labels_are_read_back() {
        let (start, end) = (day("2025-07-15"), day("2026-12-31"));
        for calendar in CalendarKind::ALL {
            for period in calendar.periods(start, end) {
                assert_eq!(parse_label(&period.label, start, end), Ok(period));
            }
        }
        assert_eq!(parse_label("all", start, end).map(|period| period.start), Ok(start));
        assert_eq!(
            parse_label("2026-q1", start, end).map(|period| period.label),
            Ok("2026-Q1".to_owned())
        );
        for wrong in [
            "",
            "2026-13",
            "2026-Q5",
            "26",
            "2026-1",
            "2026-",
            "PQ0",
            "березень",
            "2026-Q1-1",
        ] {
            assert_eq!(
                parse_label(wrong, start, end),
                Err(LabelError::NotAPeriod(wrong.to_owned()))
            );
        }
        let outside = parse_label("2025-06", start, end).map_err(|error| error.to_string());
        assert_eq!(
            outside,
            Err("the project runs from 2025-07-15 to 2026-12-31: `2025-06` lies outside".to_owned())
        );
    }
}
