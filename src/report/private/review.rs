//! The review workbook: pairs to decide, two rows each, with a drop-down to fill in.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Workbook, XlsxError};

use super::paper::{Cell, Paper, Style, Value, describe, say};
use super::written::{Evidence, Field, Reader, Written, differs};
use super::{Pair, address, cell_of};
use crate::ingest::records::MentionId;
use crate::people::model::Link;
use crate::report::Report;
use crate::report::labels::Labels;
use crate::report::view::clean;

/// Heads of all columns with their widths.
const HEADS: [(&str, f64); 21] = [
    ("review_head.number", 5.0),
    ("review_head.name", 24.0),
    ("review_head.born", 11.0),
    ("review_head.phone", 15.0),
    ("review_head.code", 9.0),
    ("review_head.sex", 8.0),
    ("review_head.settlement", 16.0),
    ("review_head.met", 20.0),
    ("review_head.dates", 13.0),
    ("review_head.file", 22.0),
    ("review_head.sheet", 10.0),
    ("review_head.row", 9.0),
    ("review_head.evidence", 44.0),
    ("review_head.probability", 12.0),
    ("review_head.moves", 11.0),
    ("review_head.now", 12.0),
    ("review_head.decision", 16.0),
    ("review_head.by", 13.0),
    ("review_head.date", 11.0),
    ("review_head.reason", 18.0),
    ("review_head.pair", 13.0),
];

/// Column of the decisions.
const DECISION: u16 = 16;
/// Indicators named one by one; the figures of more are only counted.
const NAMED_INDICATORS: usize = 10;
/// Width of the sheet of words.
const WORDS_WIDTH: f64 = 120.0;

/// The workbook of these pairs, in their order.
pub fn review_workbook(report: &Report, pairs: &[Pair]) -> Result<Vec<u8>, XlsxError> {
    let reader = Reader::new(report);
    let labels = &reader.labels;
    let mut workbook = Workbook::new();
    let title = labels.get("review.title");
    describe(&mut workbook, title, report.as_of)?;
    let subtitle = labels.fill(
        "review.subtitle",
        &[
            ("project", &clean(report.project.name.get(report.lang))),
            ("pairs", &labels.count(pairs.len(), "pair")),
        ],
    );
    let heads: Vec<(&str, f64)> = HEADS.iter().map(|(key, width)| (labels.get(key), *width)).collect();
    let mut paper = Paper::new(&mut workbook, (title, title, &subtitle), &heads, 2, labels)?;
    let first = paper.next_row();
    for (number, pair) in (1..).zip(pairs) {
        let [one, other] = block(&reader, number, pair);
        paper.row(&one, false)?;
        paper.row(&other, true)?;
    }
    paper.filter()?;
    if pairs.is_empty() {
        paper.row(
            &[
                (Value::Blank, Style::Plain),
                (labels.get("review.none").into(), Style::Plain),
            ],
            false,
        )?;
    } else {
        let last = paper.next_row() - 1;
        paper
            .sheet
            .add_data_validation(first, DECISION, last, DECISION, &choice(labels)?)?;
    }
    instructions(&mut workbook, labels)?;
    workbook.save_to_buffer()
}

/// The drop-down; other words are asked about, not refused: another language's word is as good.
fn choice(labels: &Labels) -> Result<DataValidation, XlsxError> {
    let words = ["review.same", "review.different", "review.unknown", "review.open"].map(|key| labels.get(key));
    DataValidation::new()
        .allow_list_strings(&words)?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(labels.get("review.choose"))
}

/// The two rows of a pair.
fn block(reader: &Reader, number: usize, pair: &Pair) -> [Vec<Cell>; 2] {
    let written = [pair.a, pair.b].map(|mention| reader.written(mention));
    let evidence = Evidence::of(&reader.labels, &pair.link, &written[0], &written[1]);
    let moved = figures_in_words(reader, pair);
    let against = [
        evidence.against,
        reader.labels.fill("review.moves", &[("text", &moved)]),
    ];
    let against: Vec<String> = against.into_iter().filter(|text| !text.is_empty()).collect();
    let words = [evidence.for_one, against.join(" ")];
    let mut rows = [(pair.a, words[0].clone()), (pair.b, words[1].clone())]
        .map(|(mention, words)| fields(reader, mention, (&pair.link, &written), words));
    for (row, style) in rows.iter_mut().zip([Style::Plain, Style::Quiet]) {
        row.insert(0, (Value::Count(number), style));
        row.extend([
            (Value::Share(pair.link.probability), style),
            (Value::Count(pair.moves.len()), style),
            (now(reader, pair).into(), style),
        ]);
    }
    let [one, other] = &mut rows;
    one.extend([Style::Open, Style::Open, Style::OpenDay, Style::Open].map(|style| (Value::Blank, style)));
    other.extend([Style::Plain; 4].map(|style| (Value::Blank, style)));
    for row in &mut rows {
        row.push((pair.id.as_str().into(), Style::Quiet));
    }
    rows
}

fn now<'r>(reader: &'r Reader, pair: &Pair) -> &'r str {
    reader
        .labels
        .get(if pair.joined { "review.joined" } else { "review.apart" })
}

/// What one place says, where it is, and the evidence beside it.
fn fields(reader: &Reader, mention: MentionId, (link, written): (&Link, &[Written; 2]), evidence: String) -> Vec<Cell> {
    let own = &reader.written(mention);
    let records = reader.report.records;
    let place = records.mentions[mention.index()].place;
    let (file, sheet, _) = address(records, place);
    let mut cells: Vec<Cell> = Field::ALL
        .into_iter()
        .map(|field| {
            let differing = differs(link, &written[0], &written[1], field);
            let style = if differing { Style::Differing } else { Style::Plain };
            (own.get(field).into(), style)
        })
        .collect();
    let place = [file.to_owned(), sheet.to_owned(), cell_of(place)];
    cells.extend(place.map(|text| (text.into(), Style::Quiet)));
    cells.push((evidence.into(), Style::Plain));
    cells
}

/// The figures that a pair moves, by indicator: `B2 (12), E1 (4)`; past a few indicators only how many more figures.
pub fn figures_in_words(reader: &Reader, pair: &Pair) -> String {
    let labels = &reader.labels;
    if pair.moves.is_empty() {
        return labels.get("review.nothing").to_owned();
    }
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for index in &pair.moves {
        *counts
            .entry(reader.report.figures.figures[*index].indicator)
            .or_default() += 1;
    }
    let code = |indicator: &usize| clean(&reader.report.project.indicators[*indicator].code);
    let named = counts.iter().take(NAMED_INDICATORS);
    let mut named: Vec<String> = named
        .map(|(indicator, count)| format!("{} ({})", code(indicator), labels.whole(*count)))
        .collect();
    let rest: usize = counts.values().skip(NAMED_INDICATORS).sum();
    if rest > 0 {
        let count = labels.whole(rest);
        named.push(labels.fill("people_report.more", &[("count", &count)]));
    }
    named.join(", ")
}

/// The sheet that tells what to do.
fn instructions(workbook: &mut Workbook, labels: &Labels) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(labels.get("review.how"))?;
    sheet.set_column_width(0, WORDS_WIDTH)?;
    sheet
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_screen_gridlines(false);
    say(sheet, 0, labels.get("review.how"), WORDS_WIDTH, true)?;
    let words = ["same", "different", "unknown", "open"].map(|word| (word, labels.get(&format!("review.{word}"))));
    let heads = ["evidence", "moves", "file", "sheet", "row", "pair"];
    let heads = heads.map(|head| (head, labels.get(&format!("review_head.{head}"))));
    let known: Vec<(&str, &str)> = words.into_iter().chain(heads).collect();
    for number in 1..=9_u32 {
        let text = labels.fill(&format!("review.how_{number}"), &known);
        say(sheet, number + 1, &format!("{number}. {text}"), WORDS_WIDTH, false)?;
    }
    Ok(())
}
