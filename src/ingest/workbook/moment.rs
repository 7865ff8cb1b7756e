//! Days and times as XML spreadsheets write them, and their numbers in a workbook.

use chrono::{NaiveDate, NaiveDateTime};

/// Day 0 of the 1900 system.
pub(super) fn epoch() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(1899, 12, 30)
        .map(|date| date.and_time(chrono::NaiveTime::MIN))
        .unwrap_or_default()
}

/// Day number of the 1900 system.
pub(super) fn serial(at: NaiveDateTime) -> f64 {
    (at - epoch()).num_milliseconds() as f64 / 86_400_000.0
}

/// `2026-01-05`, `2026-01-05T09:00:00.5`.
pub(super) fn moment(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .ok()
        .or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))
}
