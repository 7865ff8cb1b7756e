//! What stands beside the rows of a figure: said again elsewhere, and set aside.

use super::figure::{SHOWN, Told};
use super::text::{Table, near, sheet_title};
use crate::audit::trace::{self, Why};
use crate::ingest::records::Place;
use crate::report::terminal::wrapped;

/// Places that say again what another place says.
pub(super) fn twice(told: &Told, all: bool, width: usize) -> Vec<String> {
    let records = &told.computed.records;
    let mut twice: Vec<(Place, Place)> = told
        .sides
        .iter()
        .flat_map(|side| &side.rows)
        .filter(|row| matches!(row.why, Why::Listed | Why::Marked))
        .flat_map(|row| row.also.iter().map(|also| (*also, row.cell)))
        .collect();
    twice.sort_unstable();
    twice.dedup();
    if twice.is_empty() {
        return Vec::new();
    }
    let places = told.labels.count(twice.len(), "place");
    let mut lines = wrapped(&told.labels.fill("trace.twice", &[("places", &places)]), width);
    let head = |key: &str| told.labels.get(&format!("trace.head.{key}"));
    let mut table = Table::new(&[head("cell"), head("same")]);
    let shown = if all { twice.len() } else { SHOWN / 3 };
    let mut sheet = None;
    for (also, first) in twice.iter().take(shown) {
        let here = (also.file, also.sheet);
        let title = (sheet != Some(here)).then(|| sheet_title(records, *also));
        sheet = Some(here);
        table.row(title, vec![trace::address(*also), near(records, *first, *also)]);
    }
    lines.extend(table.lines(width));
    lines.extend(more(told, twice.len(), shown));
    lines.push(String::new());
    lines
}

fn more(told: &Told, count: usize, shown: usize) -> Option<String> {
    let more = count.checked_sub(shown).filter(|more| *more > 0)?;
    let more = told.labels.count(more, "row");
    Some(told.labels.fill("trace.more_aside", &[("rows", &more)]))
}

/// What was set aside in the same sources.
pub(super) fn aside(told: &Told, all: bool, width: usize) -> Vec<String> {
    let (aside, without_data) = (&told.aside.0, told.aside.1);
    let records = &told.computed.records;
    let mut lines = if aside.is_empty() {
        vec![told.labels.get("trace.beside_none").to_owned()]
    } else {
        let rows = told.labels.count(aside.len(), "row");
        wrapped(&told.labels.fill("trace.beside", &[("rows", &rows)]), width)
    };
    let head = |key: &str| told.labels.get(&format!("trace.head.{key}"));
    let mut table = Table::new(&[head("row"), head("day"), head("reason"), head("same")]);
    let shown = if all { aside.len() } else { SHOWN / 3 };
    let mut sheet = None;
    for one in aside.iter().take(shown) {
        let here = (one.place.file, one.place.sheet);
        let title = (sheet != Some(here)).then(|| sheet_title(records, one.place));
        sheet = Some(here);
        let same = one.same_as.map(|place| near(records, place, one.place));
        table.row(
            title,
            vec![
                trace::address(one.place),
                one.date.map(|date| date.to_string()).unwrap_or_default(),
                told.labels.reason(one.reason).to_owned(),
                same.unwrap_or_default(),
            ],
        );
    }
    lines.extend(table.lines(width));
    lines.extend(more(told, aside.len(), shown));
    if without_data > 0 {
        let passed = told.labels.count(without_data, "undated_line");
        lines.extend(wrapped(
            &told.labels.fill("trace.beside_lines", &[("lines", &passed)]),
            width,
        ));
    }
    lines
}
