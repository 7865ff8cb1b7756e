//! Which layout a table has: what its columns hold, and whether anything tells a day.

use super::super::dates::DateReading;
use super::super::grid::Grid;
use super::super::vocabulary::Role;
use super::super::when::DateContext;
use super::{Block, COUNTS, PERSON, dated};
use crate::project::model::{ActivityRule, Layout, Source};

/// The layout that a table's columns speak for, where no definition says it.
pub(super) fn layout_of(grid: &Grid, block: &Block, source: &Source, context: &DateContext) -> Layout {
    let people = block.has(PERSON);
    if people && !block.sessions.is_empty() {
        return Layout::Register;
    }
    if !people && block.has(COUNTS) {
        return Layout::EventLog;
    }
    let day = block.day_role();
    let dated = day.is_some() || block.heading.date.is_some();
    let (none, named) = match &source.activity {
        ActivityRule::None => (true, false),
        ActivityRule::Fixed(activity) => (false, !activity.is_empty()),
        ActivityRule::ByField { .. } => (false, true),
    };
    // Without an activity, the day of registration is no day of a service.
    let only_registered = block.has(&[Role::RegistrationDate]) && !(named && day.is_some());
    let registered = none || (only_registered && (!dated || day == Some(Role::RegistrationDate)));
    // Nothing says that the people of a list met on a day, and nobody said what they came for.
    let undated =
        !dated && block.heading.dates.is_empty() && !tells_a_day(&context.sheet) && !tells_a_day(&context.file);
    let undated = undated && block.sections.is_empty();
    let describes = block.has(&[
        Role::Signature,
        Role::AttendedFlag,
        Role::Event,
        Role::Topic,
        Role::Facilitator,
    ]);
    // Days under a heading that nobody knows are asked about.
    let registered = registered || (!named && undated && !describes && !dated::unheaded(grid, block));
    if people && registered && !block.has(&[Role::SessionDate]) && !block.is_of_forms() {
        return Layout::Registry;
    }
    Layout::List
}

/// Whether readings hold more than a month or a year.
pub(super) fn tells_a_day(readings: &[DateReading]) -> bool {
    let day = |reading: &DateReading| !matches!(reading, DateReading::Month { .. } | DateReading::Year(_));
    readings.iter().any(day)
}
