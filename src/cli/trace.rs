//! `trace`: the raw rows behind one figure, or the figures that one raw row counts in.

use std::path::{Path, PathBuf};

use super::pipeline::{self, Asked, Computed};
use super::printer::Printer;
use super::{Failure, Status, counted, quoted};
use crate::audit::trace::{self, RowTrace, TraceRow, Wanted};
use crate::ingest::records::{Fate, Place};
use crate::logframe::figures::{Figure, Scope, Value};
use crate::people::unnamed::Unnamed;
use crate::project::model::Rule;

/// Arguments of `trace`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe trace samples/balakliya B2 --period 2026-03 --cell sex=female\n  \
                   tallyframe trace samples/balakliya --row \"Журнал.xlsx:Заходи:12\""
)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
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
    /// Of a ratio, the rows below the line instead of those above it.
    #[arg(long)]
    denominator: bool,
    /// Print CSV instead of a table.
    #[arg(long)]
    csv: bool,
    /// Print one JSON document instead of a table.
    #[arg(long, conflicts_with = "csv")]
    json: bool,
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
        (Some(row), _) => trace_row(&computed, &root, row, args.json, printer),
        (None, Some(code)) => trace_figure(&computed, &root, args, code, printer),
        (None, None) => Err(Failure::Call(
            "name an indicator's code, or a raw row with --row FILE:SHEET:ROW".to_owned(),
        )),
    }
}

fn trace_figure(
    computed: &Computed,
    root: &Path,
    args: &Args,
    code: String,
    printer: &mut Printer,
) -> Result<Status, Failure> {
    let wanted = Wanted {
        code,
        period: args.period.clone(),
        cell: args.cell.as_deref().map(cell).transpose()?,
        cumulative: args.cumulative,
    };
    let walk = computed.walk();
    let figure = trace::find(walk, &wanted).map_err(|error| Failure::Call(error.to_string()))?;
    let [above, below] = trace::both_sides(walk, figure);
    let rows = if args.denominator { below } else { above };
    let unnamed = (!args.names).then(|| Unnamed::of(&computed.records));
    let lines: Vec<Vec<String>> = rows.iter().map(|row| fields(computed, row, unnamed.as_ref())).collect();
    let columns = if args.names {
        &HEADER[..]
    } else {
        &HEADER[..HEADER.len() - 1]
    };
    if args.json {
        printer.json(&figure_json(computed, figure, columns, &lines));
    } else if args.csv {
        printer.answer(&csv_line(columns));
        for line in &lines {
            printer.answer(&csv_line(line));
        }
    } else {
        for line in &lines {
            let filled: Vec<&str> = line
                .iter()
                .map(String::as_str)
                .filter(|field| !field.is_empty())
                .collect();
            printer.answer(&filled.join("  "));
        }
    }
    printer.note(&summary(computed, figure, &rows));
    printer.note(&next(computed, root, figure, &rows, args.denominator));
    Ok(Status::Done)
}

/// One cell of a breakdown as the call names it.
fn cell(named: &str) -> Result<(String, String), Failure> {
    let (name, category) = named.split_once('=').ok_or_else(|| {
        Failure::Call(format!(
            "--cell takes NAME=CATEGORY, such as sex=female; it was «{named}»"
        ))
    })?;
    Ok((name.to_owned(), category.to_owned()))
}

fn figure_json(computed: &Computed, figure: &Figure, columns: &[&str], lines: &[Vec<String>]) -> serde_json::Value {
    let indicator = &computed.project.indicators[figure.indicator];
    let rows: Vec<serde_json::Value> = lines
        .iter()
        .map(|line| {
            let cells = columns.iter().zip(line);
            cells
                .map(|(column, cell)| ((*column).to_owned(), serde_json::Value::from(cell.as_str())))
                .collect::<serde_json::Map<_, _>>()
                .into()
        })
        .collect();
    serde_json::json!({
        "schema_version": SCHEMA_VERSION,
        "code": indicator.code,
        "period": computed.figures.periods[figure.period].label,
        "scope": scope_code(figure.scope),
        "category": figure.category,
        "value": figure.value.number(),
        "low": figure.low,
        "high": figure.high,
        "expected": figure.expected,
        "rows": rows,
    })
}

/// The command that leads on: to the other side of a ratio, to the parts of a derived indicator, or to a row.
fn next(computed: &Computed, root: &Path, figure: &Figure, rows: &[TraceRow], denominator: bool) -> String {
    let indicator = &computed.project.indicators[figure.indicator];
    let project = quoted(root);
    match &indicator.rule {
        Rule::Derived { of, .. } => {
            let parts = of.iter().filter_map(|index| computed.project.indicators.get(*index));
            let commands: Vec<String> = parts
                .map(|part| format!("`tallyframe trace {project} {}`", part.code))
                .collect();
            format!("Next: the indicator is made of others: {}", commands.join(", "))
        }
        Rule::Ratio { .. } if !denominator => format!(
            "Next: `tallyframe trace {project} {} --denominator` lists the rows below the line",
            indicator.code
        ),
        Rule::Single(_) | Rule::Ratio { .. } => match rows.first() {
            Some(row) => {
                let file = &computed.records.files[row.place.file.index()];
                let sheet = file
                    .sheets
                    .get(usize::from(row.place.sheet))
                    .filter(|name| !name.is_empty());
                let sheet = sheet.map_or_else(String::new, |name| format!(":{name}"));
                format!(
                    "Next: `tallyframe trace {project} --row \"{}{sheet}:{}\"` tells where one row counts",
                    file.path, row.place.row
                )
            }
            None => format!("Next: `tallyframe check {project}` tells which rows were set aside, and why"),
        },
    }
}

/// Columns of the table.
const HEADER: [&str; 10] = [
    "file", "sheet", "cell", "date", "session", "person", "why", "amount", "also", "name",
];

/// Version of the JSON documents' shape.
const SCHEMA_VERSION: u32 = 1;

/// The fields of a row, with its name where nothing is left unnamed.
fn fields(computed: &Computed, row: &TraceRow, unnamed: Option<&Unnamed>) -> Vec<String> {
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
        unnamed.map_or_else(|| row.session.clone(), |unnamed| unnamed.told(&row.session)),
        row.person.clone(),
        row.why.code().to_owned(),
        row.amount.map_or_else(String::new, |amount| amount.to_string()),
        also.join("; "),
    ];
    if unnamed.is_none() {
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

fn csv_line(fields: &[impl AsRef<[u8]>]) -> String {
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
        "{} {} · {}{scope}{} = {value}: {}, {}",
        indicator.code,
        indicator.statement.get("en"),
        computed.figures.periods[figure.period].label,
        if figure.category.is_empty() {
            String::new()
        } else {
            format!(" · {}", figure.category)
        },
        counted(rows.len(), "row"),
        match people.len() {
            1 => "1 person".to_owned(),
            several => format!("{several} different people"),
        }
    )
}

fn trace_row(
    computed: &Computed,
    root: &Path,
    named: &str,
    as_json: bool,
    printer: &mut Printer,
) -> Result<Status, Failure> {
    let row = trace::find_row(&computed.records, named).ok_or_else(|| {
        Failure::Call(format!(
            "no raw row is called «{named}»: write FILE:SHEET:ROW as the spreadsheet shows it, or FILE:ROW for a text file"
        ))
    })?;
    let traced = trace::trace_row(computed.walk(), row);
    if as_json {
        printer.json(&row_json(computed, &traced));
    } else {
        tell_row(computed, &traced, printer);
    }
    let code = traced.figures.first().map(|index| {
        let figure = &computed.figures.figures[*index];
        computed.project.indicators[figure.indicator].code.as_str()
    });
    let project = quoted(root);
    printer.note(&match code {
        Some(code) => format!("Next: `tallyframe trace {project} {code}` lists all rows behind that figure"),
        None => format!("Next: `tallyframe check {project}` tells what else was set aside"),
    });
    Ok(Status::Done)
}

fn tell_row(computed: &Computed, traced: &RowTrace, printer: &mut Printer) {
    let fate = match traced.fate {
        Fate::Counted => "counted".to_owned(),
        Fate::SetAside(reason) => format!("set aside: {}", reason.code()),
    };
    printer.answer(&format!("{}: {fate}", computed.records.show(traced.place)));
    if !traced.persons.is_empty() {
        printer.answer(&format!("persons: {}", traced.persons.join(", ")));
    }
    for index in &traced.figures {
        let figure = &computed.figures.figures[*index];
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
}

fn row_json(computed: &Computed, traced: &RowTrace) -> serde_json::Value {
    let figures: Vec<serde_json::Value> = traced
        .figures
        .iter()
        .map(|index| {
            let figure = &computed.figures.figures[*index];
            serde_json::json!({
                "code": computed.project.indicators[figure.indicator].code,
                "period": computed.figures.periods[figure.period].label,
                "scope": scope_code(figure.scope),
            })
        })
        .collect();
    serde_json::json!({
        "schema_version": SCHEMA_VERSION,
        "place": computed.records.show(traced.place),
        "counted": traced.fate == Fate::Counted,
        "reason": match traced.fate {
            Fate::Counted => None,
            Fate::SetAside(reason) => Some(reason.code()),
        },
        "persons": traced.persons,
        "figures": figures,
    })
}

fn scope_code(scope: Scope) -> &'static str {
    match scope {
        Scope::Period => "period",
        Scope::Cumulative => "cumulative",
    }
}
