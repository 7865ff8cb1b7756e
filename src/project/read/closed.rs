//! `[[closed]]`: days on which sites were closed.

use chrono::NaiveDate;

use crate::message::message;
use crate::project::diagnostic::Diagnostics;
use crate::project::keys_source::weekday;
use crate::project::model::Closed;
use crate::project::node::{Node, View};

/// Days on which sites were closed, a table each.
pub(super) fn closed(file: &View<'_>, project: Option<(NaiveDate, NaiveDate)>, out: &mut Diagnostics) -> Vec<Closed> {
    let tables = file.tables("closed").into_iter();
    tables.map(|table| one(&table, project, out)).collect()
}

fn one(table: &View<'_>, project: Option<(NaiveDate, NaiveDate)>, out: &mut Diagnostics) -> Closed {
    if ["days", "weekdays", "from", "to"]
        .iter()
        .all(|key| table.get(key).is_none())
    {
        let help = message!("write `days = [2026-01-01]`, `weekdays = \"sunday\"`, or `from` and `to`");
        out.note(
            table.file(),
            table.span(),
            message!("a [[closed]] that names no day"),
            help,
        );
    }
    let items = |key: &str| table.get(key).map(Node::one_or_many).unwrap_or_default();
    let days = items("days").into_iter().filter_map(Node::date);
    let weekdays = items("weekdays").into_iter().filter_map(|node| weekday(node.text()?));
    Closed {
        sites: table.texts("site"),
        days: days.collect(),
        weekdays: weekdays.collect(),
        span: span(table, project, out),
    }
}

/// First and last day; the project's own where only the other is given.
fn span(
    table: &View<'_>,
    project: Option<(NaiveDate, NaiveDate)>,
    out: &mut Diagnostics,
) -> Option<(NaiveDate, NaiveDate)> {
    let (from, to) = (table.get("from"), table.get("to"));
    let node = to.or(from)?;
    let first = from.map_or(project.map(|days| days.0), Node::date)?;
    let last = to.map_or(project.map(|days| days.1), Node::date)?;
    if first > last {
        let message = message!("closed until {last}, before it closed on {first}", last, first);
        let help = message!("change `from` or `to`");
        out.note(node.file, node.span(), message, help);
        return None;
    }
    Some((first, last))
}
