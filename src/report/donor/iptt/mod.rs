//! Indicator performance tracking table: a sheet per calendar, variance with explanations, what the indicators mean,
//! and a change log.

mod changes;
mod reference;
mod tracking;
mod variance;

use crate::logframe::figures::Period;
use crate::project::calendar::CalendarKind;
use crate::report::sheet::SheetModel;
use crate::report::view::View;

/// The name of the table, as the format writes it.
const KIND: &str = "Indicator Performance Tracking Table";

pub(super) fn sheets(view: &View) -> Vec<SheetModel> {
    let mut sheets: Vec<SheetModel> = groups(view)
        .iter()
        .map(|(calendar, periods)| tracking::sheet(view, *calendar, periods))
        .collect();
    sheets.push(variance::sheet(view));
    sheets.push(reference::sheet(view));
    sheets.push(changes::sheet(view, &changes::of_history(view)));
    sheets
}

/// The periods of a calendar with their place among all, or those of no calendar.
type Group<'a> = (Option<CalendarKind>, Vec<(usize, &'a Period)>);

/// The periods of each calendar, long calendars first and the project's own spans last; the report's own period where
/// there are no others.
fn groups<'a>(view: &View<'a>) -> Vec<Group<'a>> {
    let mut groups = view.period_groups();
    groups.sort_by_key(|(calendar, _)| {
        let own = *calendar == CalendarKind::Project;
        (own, std::cmp::Reverse(*calendar))
    });
    if groups.is_empty() {
        let span = view.span().map(|span| (view.report.figures.span, span));
        return vec![(None, span.into_iter().collect())];
    }
    groups
        .into_iter()
        .map(|(calendar, periods)| (Some(calendar), periods))
        .collect()
}

#[cfg(test)]
mod tests;
