//! The lists of a pack as CSV files, for programs and for whoever redraws the sample.

use super::Pack;
use super::draw::{Direction, Draw};
use super::duplicates::Duplicate;
use super::lists::{drawn_cell, drawn_row, duplicate, excluded};
use crate::audit::trace;
use crate::ingest::records::Place;
use crate::report::csv::{Table, text};

/// The CSV files of a pack that are its own.
pub(super) fn files(pack: &Pack) -> Vec<(String, Vec<u8>)> {
    let files = [
        ("sample-report-to-raw.csv", to_raw(pack)),
        ("sample-raw-to-report.csv", to_report(pack)),
        ("sample-frame.csv", frame(pack)),
        ("duplicates.csv", duplicates(pack)),
        ("excluded.csv", excluded_rows(pack)),
    ];
    files.map(|(name, bytes)| (name.to_owned(), bytes)).into()
}

/// The code of how a row came into the sample.
fn code(draw: Draw) -> &'static str {
    match draw {
        Draw::Drawn => "drawn",
        Draw::Added => "added",
        Draw::Left => "",
    }
}

fn safe(cells: &[String]) -> Vec<String> {
    cells.iter().map(|cell| text(cell)).collect()
}

fn to_raw(pack: &Pack) -> Vec<u8> {
    let mut table = Table::new(&[
        "number",
        "draw",
        "file",
        "sheet",
        "cell",
        "session_at",
        "date",
        "session",
        "person",
        "why",
        "amount",
        "indicators",
        "ticket",
    ]);
    for (number, (ticket, place, draw)) in (1..).zip(pack.samples.to_raw.sample()) {
        let mut cells = vec![number.to_string(), code(*draw).to_owned()];
        cells.extend(safe(&drawn_cell(pack, *place)));
        cells.push(ticket.clone());
        table.row(&cells);
    }
    table.finish()
}

fn to_report(pack: &Pack) -> Vec<u8> {
    let mut table = Table::new(&[
        "number",
        "draw",
        "file",
        "sheet",
        "row",
        "fate",
        "persons",
        "indicators",
        "ticket",
    ]);
    for (number, (ticket, row, draw)) in (1..).zip(pack.samples.to_report.sample()) {
        let mut cells = vec![number.to_string(), code(*draw).to_owned()];
        cells.extend(safe(&drawn_row(pack, row)));
        cells.push(ticket.clone());
        table.row(&cells);
    }
    table.finish()
}

/// All that could have been drawn, in the order of the tickets.
fn frame(pack: &Pack) -> Vec<u8> {
    let mut table = Table::new(&["direction", "ticket", "file", "sheet", "cell", "draw", "indicators"]);
    let mut row = |direction: Direction, ticket: &str, place: Place, draw: Draw, codes: String| {
        let [file, sheet] = pack.file_and_sheet(place);
        let cells = [
            direction.code(),
            ticket,
            &text(&file),
            &text(&sheet),
            &trace::address(place),
            code(draw),
            &text(&codes),
        ];
        table.row(&cells.map(str::to_owned));
    };
    for (ticket, place, draw) in &pack.samples.to_raw.items {
        row(
            Direction::ToRaw,
            ticket,
            *place,
            *draw,
            pack.codes(&pack.counted.cells[place].indicators),
        );
    }
    for (ticket, raw, draw) in &pack.samples.to_report.items {
        row(
            Direction::ToReport,
            ticket,
            raw.place,
            *draw,
            pack.codes(&raw.indicators),
        );
    }
    table.finish()
}

fn duplicates(pack: &Pack) -> Vec<u8> {
    let mut table = Table::new(&[
        "pair",
        "person_a",
        "place_a",
        "person_b",
        "place_b",
        "probability_pct",
        "weight_bits",
        "evidence",
        "decision",
        "by",
        "when",
        "reason",
        "written_in",
        "outcome",
    ]);
    for pair in &pack.duplicates {
        let mut cells = safe(&duplicate(pack, pair));
        // Weights are numbers of the tool's own making.
        cells[6] = duplicate_weight(pair);
        cells.push(pair.outcome.code().to_owned());
        table.row(&cells);
    }
    table.finish()
}

fn duplicate_weight(pair: &Duplicate) -> String {
    crate::report::labels::plain_number(pair.link.weight, 1)
}

fn excluded_rows(pack: &Pack) -> Vec<u8> {
    let mut table = Table::new(&["file", "sheet", "row", "reason", "counted_at"]);
    for row in excluded(pack) {
        table.row(&safe(&row));
    }
    table.finish()
}
