//! The lists of a pack as rows of texts, and their sheets: samples, duplicates, rows set aside, restatements.

use super::Pack;
use super::counted::{Cell, row_of};
use super::draw::Draw;
use super::duplicates::{Duplicate, place_shown};
use super::samples::RawRow;
use crate::audit::trace;
use crate::ingest::records::{Fate, Place, Reason};
use crate::people::model::FieldWeight;
use crate::report::sheet::{CellModel, Content, Look, NumberStyle, SheetModel, address};
use crate::report::view::clean;

/// Cells that the inspector fills in.
pub(super) const OPEN: Look = Look::OnTrack;
/// Rows of one sheet; the CSV files hold all.
pub(super) const ROOM: usize = 100_000;

/// A cell drawn from behind the figures, as texts: the columns of `sample-report-to-raw.csv` after number and draw.
pub(super) fn drawn_cell(pack: &Pack, place: Place) -> [String; 10] {
    let Cell {
        row,
        amount,
        indicators,
    } = &pack.counted.cells[&place];
    let [file, sheet] = pack.file_and_sheet(place);
    [
        file,
        sheet,
        trace::address(place),
        pack.sessions
            .get(&place)
            .map(|at| trace::address(*at))
            .unwrap_or_default(),
        row.date.map(|date| date.to_string()).unwrap_or_default(),
        pack.session(row),
        pack.person(&row.person),
        pack.labels().get(&format!("trace.why.{}", row.why.key())).to_owned(),
        amount
            .map(|amount| crate::report::labels::plain_number(amount, 2))
            .unwrap_or_default(),
        pack.codes(indicators),
    ]
}

/// A raw row that was drawn, as texts: the columns of `sample-raw-to-report.csv` after number and draw.
pub(super) fn drawn_row(pack: &Pack, row: &RawRow) -> [String; 6] {
    let [file, sheet] = pack.file_and_sheet(row.place);
    let persons = row.persons.iter().map(|person| pack.person(person));
    let mut persons: Vec<String> = persons.collect();
    persons.sort();
    [
        file,
        sheet,
        row.place.row.to_string(),
        fate(pack, row),
        persons.join("; "),
        pack.codes(&row.indicators),
    ]
}

/// What became of a raw row, in words: a repeat with the place that counts, a counted row with its contacts.
fn fate(pack: &Pack, row: &RawRow) -> String {
    let labels = pack.labels();
    match row.fate {
        Fate::SetAside(reason) => {
            let first = pack
                .repeated
                .get(&row_of(row.place))
                .filter(|_| reason == Reason::Repeat);
            let aside = pack.fill("raw.aside", &[("reason", labels.reason(reason))]);
            first.map_or(aside.clone(), |first| {
                format!("{aside}: {}", place_shown(pack.input, *first))
            })
        }
        Fate::Counted if row.indicators.is_empty() => pack.label("raw.elsewhere").to_owned(),
        Fate::Counted if row.contacts == 0 => pack.label("raw.counted").to_owned(),
        Fate::Counted => {
            let contacts = labels.count(row.contacts, "contact");
            pack.fill("raw.contacts", &[("contacts", &contacts)])
        }
    }
}

/// Drawn by the seed, or added for an indicator.
pub(super) fn draw_word<'p>(pack: &'p Pack, draw: Draw) -> &'p str {
    match draw {
        Draw::Drawn => pack.label("sample.drawn"),
        Draw::Added => pack.label("sample.added"),
        Draw::Left => "",
    }
}

/// A pair of the register as texts: the columns of `duplicates.csv`.
pub(super) fn duplicate(pack: &Pack, pair: &Duplicate) -> [String; 13] {
    let place = |at: usize| place_shown(pack.input, pair.places[at]);
    let [by, when, why, written] = pair.decided.clone();
    let decision = pack.label(&format!("outcome.{}", pair.outcome.code()));
    let number = |value: f64, decimals| crate::report::labels::plain_number(value, decimals);
    [
        pair.id.clone(),
        pair.persons[0].clone(),
        place(0),
        pair.persons[1].clone(),
        place(1),
        number(pair.link.probability * 100.0, 1),
        number(pair.link.weight, 1),
        evidence(pack, &pair.link.fields),
        decision.to_owned(),
        by,
        when,
        why,
        match pair.moves {
            Some(moves) => pack.fill("pairs.moves", &[("count", &pack.labels().whole(moves))]),
            None => clean(&written),
        },
    ]
}

/// Which fields agree and how far; never what they say.
fn evidence(pack: &Pack, fields: &[FieldWeight]) -> String {
    let labels = pack.labels();
    let field = |field: &FieldWeight| {
        let sign = if field.weight < 0.0 { "" } else { "+" };
        let weight = labels.number(field.weight, 1);
        format!(
            "{}: {} ({sign}{weight})",
            labels.comparison(field.comparison),
            labels.agreement(field.level)
        )
    };
    let told = fields.iter().filter(|one| one.level != "missing").map(field);
    told.collect::<Vec<_>>().join("; ")
}

/// Every row set aside, as texts: the columns of `excluded.csv`.
pub(super) fn excluded(pack: &Pack) -> Vec<[String; 5]> {
    if pack.input.report.hides() && pack.counted.cells.is_empty() {
        return Vec::new();
    }
    let records = pack.input.walk.records;
    let rows = records.rows.iter().zip(&pack.input.walk.facts.fates);
    let set_aside = rows.filter_map(|(row, fate)| match fate {
        Fate::SetAside(reason) => Some((row.place, *reason)),
        Fate::Counted => None,
    });
    let texts = |(place, reason): (Place, Reason)| {
        let [file, sheet] = pack.file_and_sheet(place);
        let first = pack.repeated.get(&row_of(place)).filter(|_| reason == Reason::Repeat);
        let first = first.map(|first| place_shown(pack.input, *first)).unwrap_or_default();
        [
            file,
            sheet,
            place.row.to_string(),
            pack.labels().reason(reason).to_owned(),
            first,
        ]
    };
    set_aside.map(texts).collect()
}

/// A sheet with its title, what it is for, and its heads.
pub(super) fn titled(pack: &Pack, (name, key): (&str, &str), widths: &[f64], notes: &[String]) -> SheetModel {
    let mut sheet = SheetModel::new(name, widths);
    sheet.line(pack.label(&format!("sheet.{key}")), Look::Title);
    for note in notes {
        sheet.line(note.as_str(), Look::Note);
    }
    sheet.gap();
    sheet
}

/// Column heads, kept in sight.
pub(super) fn heads(pack: &Pack, sheet: &mut SheetModel, keys: &[&str], kept: u16) {
    let heads = (0..).zip(keys);
    let heads = heads.map(|(column, key)| CellModel::text(column, pack.label(&format!("head.{key}")), Look::Head));
    let heads = sheet.push(heads.collect());
    sheet.freeze_below(heads, kept);
}

/// Cells of small text from a column on.
pub(super) fn small(from: u16, texts: &[String]) -> impl Iterator<Item = CellModel> + '_ {
    let cells = (from..).zip(texts);
    cells.map(|(column, text)| CellModel::text(column, clean(text), Look::Small))
}

/// From the figures to raw cells.
pub(super) fn to_raw(pack: &Pack, name: &str) -> SheetModel {
    const WIDTHS: [f64; 15] = [
        5.0, 9.0, 30.0, 14.0, 7.0, 9.0, 11.0, 28.0, 16.0, 13.0, 9.0, 20.0, 20.0, 9.0, 20.0,
    ];
    let sample = pack.samples.to_raw.sample();
    let notes = sample_notes(pack, "to_raw", pack.samples.to_raw.items.len());
    let mut sheet = titled(pack, (name, "to_raw"), &WIDTHS, &notes);
    let first = sheet.next_row() + 2;
    outcome(pack, &mut sheet, 13, (first, drawn(&sample)));
    let keys = [
        "no",
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
        "found",
        "right",
        "note",
    ];
    heads(pack, &mut sheet, &keys, 2);
    for (number, (_, place, draw)) in (1..).zip(sample) {
        let texts = drawn_cell(pack, *place);
        let mut cells = numbered(pack, number, *draw);
        cells.extend(small(2, &texts));
        if let Some(date) = pack.counted.cells[place].row.date {
            cells[6] = CellModel::new(6, Content::Date(date), Look::Small);
        }
        if let Some(amount) = pack.counted.cells[place].amount {
            cells[10] = CellModel::new(10, Content::Number(amount), Look::Small);
        }
        cells.extend([12, 13, 14].map(|column| CellModel::text(column, "", OPEN)));
        sheet.push(cells);
    }
    sheet
}

/// From raw rows to the figures.
pub(super) fn to_report(pack: &Pack, name: &str) -> SheetModel {
    const WIDTHS: [f64; 11] = [5.0, 9.0, 36.0, 16.0, 7.0, 36.0, 16.0, 24.0, 24.0, 9.0, 24.0];
    let sample = pack.samples.to_report.sample();
    let notes = sample_notes(pack, "to_report", pack.samples.to_report.items.len());
    let mut sheet = titled(pack, (name, "to_report"), &WIDTHS, &notes);
    let first = sheet.next_row() + 2;
    outcome(pack, &mut sheet, 9, (first, drawn(&sample)));
    let keys = [
        "no",
        "draw",
        "file",
        "sheet",
        "row",
        "fate",
        "persons",
        "indicators",
        "found",
        "right",
        "note",
    ];
    heads(pack, &mut sheet, &keys, 2);
    for (number, (_, row, draw)) in (1..).zip(sample) {
        let texts = drawn_row(pack, row);
        let mut cells = numbered(pack, number, *draw);
        cells.extend(small(2, &texts));
        cells.extend([8, 9, 10].map(|column| CellModel::text(column, "", OPEN)));
        sheet.push(cells);
    }
    sheet
}

fn numbered(pack: &Pack, number: usize, draw: Draw) -> Vec<CellModel> {
    vec![
        CellModel::count(0, number, Look::Small),
        CellModel::text(1, draw_word(pack, draw), Look::Small),
    ]
}

fn sample_notes(pack: &Pack, key: &str, all: usize) -> Vec<String> {
    let labels = pack.labels();
    let seed = pack.input.seed.to_string();
    let (size, all) = (labels.whole(pack.input.size), labels.whole(all));
    let drawn = pack.fill("sample.drawn_of", &[("size", &size), ("all", &all), ("seed", &seed)]);
    vec![
        pack.label(&format!("sample.{key}")).to_owned(),
        drawn,
        pack.label("sample.fill_in").to_owned(),
    ]
}

/// How many lines of a sample were drawn; they come before those added.
fn drawn<T>(sample: &[&(String, T, Draw)]) -> usize {
    sample.iter().filter(|(.., draw)| *draw == Draw::Drawn).count()
}

/// The line that counts what the inspector filled in: checked, right, share; `first` is the first row of the sample.
fn outcome(pack: &Pack, sheet: &mut SheetModel, column: u16, (first, rows): (u32, usize)) {
    let last = first as usize + rows.max(1) - 1;
    let range = format!("{}:{}", address(first as usize, column), address(last, column));
    let at = sheet.next_row() as usize;
    let share = format!("IF({0}>0,{1}/{0},\"—\")", address(at, 3), address(at, 6));
    let share = CellModel::formula(8, share, f64::NAN, Look::TotalNumber);
    sheet.push(vec![
        CellModel::text(2, pack.label("sample.checked"), Look::TotalText),
        CellModel::formula(3, format!("COUNT({range})"), 0.0, Look::TotalNumber),
        CellModel::text(4, pack.label("sample.right"), Look::TotalText).over(2),
        CellModel::formula(6, format!("SUM({range})"), 0.0, Look::TotalNumber),
        CellModel::text(7, pack.label("sample.share"), Look::TotalText),
        share.styled(NumberStyle {
            decimals: 3,
            ..NumberStyle::default()
        }),
    ]);
}

/// The register of duplicates.
pub(super) fn duplicates(pack: &Pack, name: &str) -> SheetModel {
    const WIDTHS: [f64; 13] = [
        13.0, 15.0, 30.0, 15.0, 30.0, 11.0, 8.0, 46.0, 20.0, 13.0, 11.0, 24.0, 22.0,
    ];
    let plain = pack.duplicates.iter().filter(|pair| pair.is_plain()).count();
    let labels = pack.labels();
    let counts = [labels.whole(pack.duplicates.len()), labels.whole(plain)];
    let counted = pack.fill("pairs.plain", &[("all", &counts[0]), ("plain", &counts[1])]);
    let notes = [pack.label("pairs.what").to_owned(), counted];
    let mut sheet = titled(pack, (name, "duplicates"), &WIDTHS, &notes);
    let keys = [
        "pair",
        "person_a",
        "place_a",
        "person_b",
        "place_b",
        "probability",
        "weight",
        "evidence",
        "decision",
        "by",
        "when",
        "reason",
        "written",
    ];
    heads(pack, &mut sheet, &keys, 1);
    for pair in pack.duplicates.iter().filter(|pair| !pair.is_plain()).take(ROOM) {
        let mut cells: Vec<CellModel> = small(0, &duplicate(pack, pair)).collect();
        for (column, value) in [(5, pair.link.probability * 100.0), (6, pair.link.weight)] {
            cells[usize::from(column)] =
                CellModel::new(column, Content::Number((value * 10.0).round() / 10.0), Look::Small).styled(
                    NumberStyle {
                        decimals: 1,
                        ..NumberStyle::default()
                    },
                );
        }
        sheet.push(cells);
    }
    sheet
}

/// The rows set aside.
pub(super) fn excluded_sheet(pack: &Pack, name: &str) -> SheetModel {
    let rows = excluded(pack);
    let count = pack.labels().count(rows.len(), "row");
    let notes = [pack.fill("excluded.what", &[("rows", &count)])];
    let mut sheet = titled(pack, (name, "excluded"), &[44.0, 18.0, 8.0, 44.0, 48.0], &notes);
    heads(pack, &mut sheet, &["file", "sheet", "row", "reason", "first"], 0);
    for row in rows.iter().take(ROOM) {
        let mut cells: Vec<CellModel> = small(0, row).collect();
        if let Ok(number) = row[2].parse::<usize>() {
            cells[2] = CellModel::count(2, number, Look::Small);
        }
        sheet.push(cells);
    }
    sheet
}

/// Figures of published periods that come out different now.
pub(super) fn restated(pack: &Pack, name: &str) -> SheetModel {
    let input = pack.input;
    let mut notes = vec![if input.published.is_empty() {
        pack.label("restated.none").to_owned()
    } else {
        pack.fill(
            "restated.published",
            &[("periods", &clean(&input.published.join(", ")))],
        )
    }];
    notes.extend(match input.restated {
        _ if input.published.is_empty() => None,
        None => Some(pack.label("restated.not_compared").to_owned()),
        Some([]) => Some(pack.label("restated.unchanged").to_owned()),
        Some(_) => None,
    });
    let mut sheet = titled(pack, (name, "restated"), &[16.0, 40.0, 14.0, 14.0, 60.0], &notes);
    let rows = input.restated.unwrap_or_default();
    if !rows.is_empty() {
        heads(
            pack,
            &mut sheet,
            &["published_period", "figure", "published", "now", "cause"],
            0,
        );
    }
    for row in rows {
        let texts = [&row.period, &row.figure, &row.published, &row.now, &row.cause].map(Clone::clone);
        sheet.push(small(0, &texts).collect());
    }
    sheet
}
