//! `trace`: the raw rows behind one figure, or the figures that one raw row counts in.

mod beside;
mod book;
mod figure;
mod row;
pub(super) mod text;

use std::path::{Path, PathBuf};

use super::pipeline::{self, Asked, Computed};
use super::printer::Printer;
use super::{Failure, Status, fill, labels_of, quoted};
use crate::audit::trace::{self, Untraceable, Wanted};
use crate::cli::headings::{PRINTED, REPORTED, WRITTEN};
use crate::logframe::figures::Figure;
use crate::project::model::Rule;
use figure::Told;

pub(super) use figure::{csv_line, scope_code};

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
    #[arg(long, value_name = "PERIOD", help_heading = REPORTED)]
    period: Option<String>,
    /// One cell of a breakdown, as indicators.csv writes it: sex=female.
    #[arg(long, value_name = "NAME=CATEGORY", help_heading = REPORTED)]
    cell: Option<String>,
    /// The figure from the project's start instead of the period's own.
    #[arg(long, help_heading = REPORTED)]
    cumulative: bool,
    /// Where one raw row counted, or why not: `FILE:SHEET:ROW`.
    #[arg(long, value_name = "FILE:SHEET:ROW", conflicts_with_all = ["cell", "cumulative", "period"], help_heading = REPORTED)]
    row: Option<String>,
    /// Show names as written. Only for those who may see them.
    #[arg(long, help_heading = PRINTED)]
    names: bool,
    /// Of a ratio, the rows below the line instead of those above it (for --csv).
    #[arg(long, help_heading = REPORTED)]
    denominator: bool,
    /// Instead of the rows that count, those set aside beside them (for --csv).
    #[arg(long, conflicts_with = "denominator", help_heading = REPORTED)]
    aside: bool,
    /// Print every row; without it the table shows the first of them.
    #[arg(long, help_heading = PRINTED)]
    all: bool,
    /// Print CSV instead of a table.
    #[arg(long, help_heading = PRINTED)]
    csv: bool,
    /// Print one JSON document instead of a table.
    #[arg(long, conflicts_with = "csv", help_heading = PRINTED)]
    json: bool,
    /// Write a workbook whose places open the raw files with a click.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["row", "csv", "json"], help_heading = WRITTEN)]
    xlsx: Option<PathBuf>,
    /// Language of the answer: en or uk; the project's own when absent.
    #[arg(long, value_name = "LANG", help_heading = PRINTED)]
    lang: Option<String>,
}

/// Runs the trace.
pub(crate) fn run(args: &Args, printer: &mut Printer) -> Result<Status, Failure> {
    let (root, code) = match args.words.as_slice() {
        [project, code] => (PathBuf::from(project), Some(code.clone())),
        [one] if args.row.is_some() => (PathBuf::from(one), None),
        [code] => (PathBuf::from("."), Some(code.clone())),
        _ => (PathBuf::from("."), None),
    };
    let computed = pipeline::compute(&root, Asked::default())?;
    match (&args.row, code) {
        (Some(row), _) => trace_row(&computed, &root, row, args, printer),
        (None, Some(code)) => trace_code(&computed, &root, args, code, printer),
        (None, None) => Err(Failure::Call(
            "name an indicator's code, or a raw row with --row FILE:SHEET:ROW".to_owned(),
        )),
    }
}

fn trace_code(
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
    match trace::find(computed.walk(), &wanted) {
        Ok(figure) => trace_figure(computed, root, args, figure, printer),
        Err(error @ Untraceable::Period { .. }) => {
            // A period of no calendar of the project is counted for itself, as `run --period` does.
            let asked = Asked {
                period: args.period.as_deref(),
                ..Asked::default()
            };
            let refused = || Failure::Call(error.to_string());
            let own = pipeline::compute(root, asked).map_err(|_| refused())?;
            let figure = trace::find(own.walk(), &wanted).map_err(|_| refused())?;
            trace_figure(&own, root, args, figure, printer)
        }
        Err(error) => Err(Failure::Call(error.to_string())),
    }
}

fn trace_figure(
    computed: &Computed,
    root: &Path,
    args: &Args,
    figure: &Figure,
    printer: &mut Printer,
) -> Result<Status, Failure> {
    let lang = super::run::language(computed, args.lang.as_deref())?;
    let labels = labels_of(&lang)?;
    let told = Told::new(computed, figure, &labels, &lang, args.names);
    if args.json {
        printer.json(&told.json(args.denominator));
    } else if args.csv {
        let lines = if args.aside {
            told.aside_csv()
        } else {
            told.csv(args.denominator)
        };
        for line in &lines {
            printer.answer(line);
        }
    } else if let Some(path) = &args.xlsx {
        let bytes = book::workbook(&told, root, path)?;
        fill::save(path, &bytes)?;
        printer.answer(&told.of_xlsx(path));
    } else {
        told.lines(args.all, printer.width)
            .iter()
            .for_each(|line| printer.answer(line));
    }
    if args.csv || args.json {
        printer.note(&told.summary());
    }
    printer.note(&next(computed, root, figure, &told, args.denominator));
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

/// The command that leads on: to the other side of a ratio, to the parts of a derived indicator, or to a row.
fn next(computed: &Computed, root: &Path, figure: &Figure, told: &Told, denominator: bool) -> String {
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
            "Next: `tallyframe trace {project} {} --csv --denominator` lists the rows below the line",
            indicator.code
        ),
        Rule::Single(_) | Rule::Ratio { .. } => match told.first_row() {
            Some(place) => format!(
                "Next: `tallyframe trace {project} --row \"{}\"` tells where one row counts",
                text::row_name(&computed.records, place)
            ),
            None => format!("Next: `tallyframe check {project}` tells which rows were set aside, and why"),
        },
    }
}

fn trace_row(
    computed: &Computed,
    root: &Path,
    named: &str,
    args: &Args,
    printer: &mut Printer,
) -> Result<Status, Failure> {
    let lang = super::run::language(computed, args.lang.as_deref())?;
    let labels = labels_of(&lang)?;
    let rows = trace::find_rows(&computed.records, named);
    if rows.is_empty() {
        return Err(Failure::Call(format!(
            "no raw row is called «{named}»: write FILE:SHEET:ROW as the spreadsheet shows it, or FILE:ROW for a text file"
        )));
    }
    let mut first = None;
    let mut documents = Vec::new();
    for row in rows {
        let traced = trace::trace_row(computed.walk(), row);
        let told = row::ToldRow::new(computed, &traced, (&labels, &lang), args.names);
        if args.json {
            documents.push(told.json());
        } else {
            told.lines(printer.width).iter().for_each(|line| printer.answer(line));
        }
        first = first.or_else(|| traced.figures.first().map(|(figure, _)| *figure));
    }
    if let Some(document) = documents.first_mut() {
        // Tables beside each other share a line of the sheet: the others follow the first.
        let mut document = document.take();
        document["beside"] = documents.split_off(1).into();
        printer.json(&document);
    }
    let project = quoted(root);
    let code = first.map(|at| &computed.project.indicators[computed.figures.figures[at].indicator].code);
    printer.note(&match code {
        Some(code) => format!("Next: `tallyframe trace {project} {code}` lists all rows behind that figure"),
        None => format!("Next: `tallyframe check {project}` tells what else was set aside"),
    });
    Ok(Status::Done)
}
