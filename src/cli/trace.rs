//! `trace`: the raw rows behind one figure, or the figures that one raw row counts in.

use std::path::PathBuf;

use super::pipeline::{self, Asked, Computed};
use super::printer::Printer;
use super::{Failure, Status};
use crate::audit::trace::{self, RowTrace, TraceRow, Wanted};
use crate::ingest::records::{Fate, Place};
use crate::logframe::figures::{Figure, Scope, Value};

/// Arguments of `trace`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe trace samples/balakliya B2 --period 2026-03 --cell sex=female\n  \
                   tallyframe trace samples/balakliya --row \"Журнал.xlsx:Заходи:12\""
)]
pub(crate) struct Args {
    /// Project folder and code of the indicator; the code alone in the project's own folder.
    #[arg(value_name = "[PROJECT] CODE", num_args = 0..=2)]
    words: Vec<String>,
    /// Period as the report labels it; the whole span when absent.
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// One cell of a breakdown, as indicators.csv writes it: sex=female.
    #[arg(long, value_name = "NAME=CATEGORY")]
    cell: Option<String>,
    /// The figure from the project's start instead of the period's own.
    #[arg(long)]
    cumulative: bool,
    /// Where one raw row counted, or why not: `FILE:SHEET:ROW`.
    #[arg(long, value_name = "FILE:SHEET:ROW", conflicts_with_all = ["cell", "cumulative"])]
    row: Option<String>,
    /// Show names as written. Only for those who may see them.
    #[arg(long)]
    names: bool,
    /// Print CSV instead of a table.
    #[arg(long)]
    csv: bool,
}

/// Runs the trace.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let (root, code) = match args.words.as_slice() {
        [project, code] => (PathBuf::from(project), Some(code.clone())),
        [one] if args.row.is_some() => (PathBuf::from(one), None),
        [code] => (PathBuf::from("."), Some(code.clone())),
        _ => (PathBuf::from("."), None),
    };
    let asked = Asked {
        progress: printer.progress,
        ..Asked::default()
    };
    let computed = pipeline::compute(&root, asked)?;
    match (&args.row, code) {
        (Some(row), _) => trace_row(&computed, row, printer),
        (None, Some(code)) => trace_figure(&computed, args, code, printer),
        (None, None) => Err(Failure::Call(
            "name an indicator's code, or a raw row with --row FILE:SHEET:ROW".to_owned(),
        )),
    }
}

fn trace_figure(computed: &Computed, args: &Args, code: String, printer: &mut Printer) -> Result<Status, Failure> {
    let cell = match &args.cell {
        None => None,
        Some(cell) => {
            let (name, category) = cell.split_once('=').ok_or_else(|| {
                Failure::Call(format!(
                    "--cell takes NAME=CATEGORY, such as sex=female; it was «{cell}»"
                ))
            })?;
            Some((name.to_owned(), category.to_owned()))
        }
    };
    let wanted = Wanted {
        code,
        period: args.period.clone(),
        cell,
        cumulative: args.cumulative,
    };
    let walk = computed.walk();
    let figure = trace::find(walk, &wanted).map_err(|error| Failure::Call(error.to_string()))?;
    let rows = trace::rows(walk, figure);
    let header = if args.names {
        format!("{HEADER},name")
    } else {
        HEADER.to_owned()
    };
    let lines = rows.iter().map(|row| fields(computed, row, args.names));
    if args.csv {
        printer.answer(&header);
        for line in lines {
            printer.answer(&csv_line(&line));
        }
    } else {
        for line in lines {
            printer.answer(
                &line
                    .into_iter()
                    .filter(|field| !field.is_empty())
                    .collect::<Vec<_>>()
                    .join("  "),
            );
        }
    }
    printer.note(&summary(computed, figure, &rows));
    Ok(Status::Done)
}

/// Columns of the table.
const HEADER: &str = "file,sheet,cell,date,session,person,why,also";

fn fields(computed: &Computed, row: &TraceRow, names: bool) -> Vec<String> {
    let file = &computed.records.files[row.place.file.index()];
    let sheet = file
        .sheets
        .get(usize::from(row.place.sheet))
        .cloned()
        .unwrap_or_default();
    let also: Vec<String> = row.also.iter().map(|place| computed.records.show(*place)).collect();
    let mut fields = vec![
        file.path.clone(),
        sheet,
        trace::address(row.place),
        row.date.map(|date| date.to_string()).unwrap_or_default(),
        row.session.clone(),
        row.person.clone(),
        row.why.code().to_owned(),
        also.join("; "),
    ];
    if names {
        fields.push(name_at(computed, row.place));
    }
    fields
}

/// The name as written in the row, for those who may see it.
fn name_at(computed: &Computed, place: Place) -> String {
    let records = &computed.records;
    let same = |other: Place| (other.file, other.sheet, other.row) == (place.file, place.sheet, place.row);
    let mention = records
        .mentions
        .partition_point(|mention| mention.place < Place { column: None, ..place });
    let Some(mention) = records.mentions.get(mention).filter(|mention| same(mention.place)) else {
        return String::new();
    };
    let identity = &mention.identity;
    let parts = [
        identity.full_name,
        identity.surname,
        identity.given_name,
        identity.patronymic,
        identity.code,
    ];
    parts
        .into_iter()
        .flatten()
        .map(|text| records.text(text))
        .collect::<Vec<_>>()
        .join(" ")
}

fn csv_line(fields: &[String]) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    // Writing to memory can't fail, and the text came from UTF-8.
    let _ = writer.write_record(fields);
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).trim_end().to_owned()
}

fn summary(computed: &Computed, figure: &Figure, rows: &[TraceRow]) -> String {
    let indicator = &computed.project.indicators[figure.indicator];
    let value = match figure.value {
        Value::Number(number) => number.to_string(),
        Value::NoData => "no data".to_owned(),
        Value::Suppressed => "suppressed".to_owned(),
        Value::NotApplicable => "not applicable".to_owned(),
    };
    let mut people: Vec<&str> = rows
        .iter()
        .map(|row| row.person.as_str())
        .filter(|person| person.starts_with('P'))
        .collect();
    people.sort_unstable();
    people.dedup();
    let scope = if figure.scope == Scope::Cumulative {
        ", from the project's start"
    } else {
        ""
    };
    format!(
        "{} {} · {}{scope}{} = {value}: {} rows, {} different people",
        indicator.code,
        indicator.statement.get("en"),
        computed.figures.periods[figure.period].label,
        if figure.category.is_empty() {
            String::new()
        } else {
            format!(" · {}", figure.category)
        },
        rows.len(),
        people.len()
    )
}

fn trace_row(computed: &Computed, named: &str, printer: &mut Printer) -> Result<Status, Failure> {
    let row = trace::find_row(&computed.records, named).ok_or_else(|| {
        Failure::Call(format!(
            "no raw row is called «{named}»: write FILE:SHEET:ROW as the spreadsheet shows it, or FILE:ROW for a text file"
        ))
    })?;
    let RowTrace {
        place,
        fate,
        persons,
        figures,
    } = trace::trace_row(computed.walk(), row);
    let fate = match fate {
        Fate::Counted => "counted".to_owned(),
        Fate::SetAside(reason) => format!("set aside: {}", reason.code()),
    };
    printer.answer(&format!("{}: {fate}", computed.records.show(place)));
    if !persons.is_empty() {
        printer.answer(&format!("persons: {}", persons.join(", ")));
    }
    for index in figures {
        let figure = &computed.figures.figures[index];
        let scope = if figure.scope == Scope::Cumulative {
            " (cumulative)"
        } else {
            ""
        };
        printer.answer(&format!(
            "  counts in {} for {}{scope}",
            computed.project.indicators[figure.indicator].code, computed.figures.periods[figure.period].label
        ));
    }
    Ok(Status::Done)
}
