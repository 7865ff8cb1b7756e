//! A figure → the raw rows behind it; a raw row → the figures it counts in.
//!
//! [`Tracer`] hands out the rows of a figure, [`index`] turns all of them round, [`aside`] tells what stood beside and
//! did not count, and [`trace_row`] tells all that is known of one row.

mod aside;
mod bond;
mod index;
mod row;
mod rows;

use unicode_normalization::UnicodeNormalization as _;

use crate::ingest::records::{Place, Records, RowId, column_letters};
use crate::logframe::Request;
use crate::logframe::figures::{Figure, Figures, Scope};
use crate::message::{Message, Tell, message};
use crate::people::facts::Facts;
use crate::people::model::People;
use crate::project::model::Project;

pub use aside::{Aside, aside, is_data};
pub use bond::{Bond, Kin, decision};
pub use index::{Index, Part, index, index_of};
pub use row::{RowTrace, Standing, Taken, trace_row, trace_with};
pub use rows::{Side, TraceRow, Tracer, Why, both_sides, rows, session_words};

/// Everything that tracing walks over.
#[derive(Clone, Copy)]
pub struct Walk<'a> {
    /// The definitions.
    pub project: &'a Project,
    /// What was read.
    pub records: &'a Records,
    /// Who is who.
    pub people: &'a People,
    /// What was counted.
    pub facts: &'a Facts,
    /// What was asked for.
    pub request: &'a Request,
    /// What came out.
    pub figures: &'a Figures,
}

/// Which figure is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Code of the indicator.
    pub code: String,
    /// Label of the period; the whole span where absent.
    pub period: Option<String>,
    /// Name of the breakdown and category; the total where absent.
    pub cell: Option<(String, String)>,
    /// Only the figure from the project's start.
    pub cumulative: bool,
}

/// Why a figure can't be traced: what was asked for is not there, and what is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Untraceable {
    /// No such indicator.
    Code {
        /// As asked for.
        code: String,
        /// What there is.
        codes: Vec<String>,
    },
    /// The indicator is not reported for that period.
    Period {
        /// The indicator.
        code: String,
        /// As asked for.
        period: String,
        /// What there is.
        periods: Vec<String>,
    },
    /// The indicator has no such cell.
    Cell {
        /// The indicator.
        code: String,
        /// As asked for.
        cell: String,
        /// What there is.
        cells: Vec<String>,
    },
}

impl Tell for Untraceable {
    fn message(&self) -> Message {
        match self {
            Self::Code { code, codes } => message!(
                "no indicator has the code «{code}»; the codes are: {codes}",
                code,
                codes = codes.join(", ")
            ),
            Self::Period { code, period, periods } => message!(
                "{code} has no figure for «{period}»; it is reported for: {periods}",
                code,
                period,
                periods = periods.join(", ")
            ),
            Self::Cell { code, cell, cells } => message!(
                "{code} has no cell «{cell}»; its cells are: {cells}",
                code,
                cell,
                cells = cells.join(", ")
            ),
        }
    }
}
crate::message::error!(Untraceable);

/// Finds the figure that is meant.
pub fn find<'a>(walk: Walk<'a>, wanted: &Wanted) -> Result<&'a Figure, Untraceable> {
    let of_period = of_period(walk, &of_code(walk, &wanted.code)?, wanted)?;
    let (name, category) = wanted.cell.clone().unwrap_or_default();
    let mut hits = of_period
        .iter()
        .copied()
        .filter(|figure| breakdown_of(walk, figure) == name && figure.category == category);
    let preferred = if wanted.cumulative {
        Scope::Cumulative
    } else {
        Scope::Period
    };
    let first = hits.clone().find(|figure| figure.scope == preferred);
    first.or_else(|| hits.next()).ok_or_else(|| {
        let mut cells: Vec<String> = of_period
            .iter()
            .filter(|figure| figure.disaggregation.is_some())
            .map(|figure| format!("{}={}", breakdown_of(walk, figure), figure.category))
            .collect();
        cells.dedup();
        Untraceable::Cell {
            code: wanted.code.clone(),
            cell: format!("{name}={category}"),
            cells,
        }
    })
}

/// The figures of an indicator.
fn of_code<'a>(walk: Walk<'a>, wanted: &str) -> Result<Vec<&'a Figure>, Untraceable> {
    let indicators = &walk.project.indicators;
    let code = |figure: &Figure| indicators[figure.indicator].code.as_str();
    let found: Vec<&Figure> = walk
        .figures
        .figures
        .iter()
        .filter(|figure| code(figure).eq_ignore_ascii_case(wanted))
        .collect();
    if found.is_empty() {
        return Err(Untraceable::Code {
            code: wanted.to_owned(),
            codes: indicators.iter().map(|indicator| indicator.code.clone()).collect(),
        });
    }
    Ok(found)
}

/// Of an indicator's figures those of the period that is meant.
fn of_period<'a>(walk: Walk, of_code: &[&'a Figure], wanted: &Wanted) -> Result<Vec<&'a Figure>, Untraceable> {
    let periods = &walk.figures.periods;
    let label = |figure: &Figure| periods[figure.period].label.as_str();
    let period = wanted.period.as_deref().unwrap_or(&periods[walk.figures.span].label);
    let found: Vec<&Figure> = of_code
        .iter()
        .copied()
        .filter(|figure| label(figure) == period)
        .collect();
    if found.is_empty() {
        let mut periods: Vec<String> = of_code.iter().map(|figure| label(figure).to_owned()).collect();
        periods.dedup();
        return Err(Untraceable::Period {
            code: wanted.code.clone(),
            period: period.to_owned(),
            periods,
        });
    }
    Ok(found)
}

/// Name of the breakdown that a figure is a cell of; empty for a total.
pub fn breakdown_of<'a>(walk: Walk<'a>, figure: &Figure) -> &'a str {
    let disaggregations = &walk.project.indicators[figure.indicator].disaggregations;
    figure
        .disaggregation
        .map_or("", |index| disaggregations[index].name.as_str())
}

/// The raw rows that a person names: `FILE:SHEET:ROW`, or `FILE:ROW` for a text file; several where tables beside each
/// other share a line. A file is named by as much of its path's end as is needed.
pub fn find_rows(records: &Records, named: &str) -> Vec<RowId> {
    let Some((rest, row)) = named.rsplit_once(':') else {
        return Vec::new();
    };
    let Ok(number) = row
        .trim()
        .trim_start_matches(|sign: char| sign.is_ascii_alphabetic())
        .parse::<u32>()
    else {
        return Vec::new();
    };
    let plain = |text: &str| text.nfc().collect::<String>().replace('\\', "/");
    let hits = |file: &str, sheet: Option<&str>| {
        let (file, sheet) = (format!("/{}", plain(file)), sheet.map(plain));
        let wanted = |place: Place| {
            let source = &records.files[place.file.index()];
            let name = source.sheets.get(usize::from(place.sheet)).map_or("", String::as_str);
            format!("/{}", source.path).ends_with(&file) && sheet.as_ref().is_none_or(|sheet| *sheet == plain(name))
        };
        let rows = records.rows.iter().enumerate();
        let rows = rows.filter(|(_, row)| row.place.row == number && wanted(row.place));
        let first = rows.clone().next().map(|(_, row)| (row.place.file, row.place.sheet));
        let of_first = rows.filter(|(_, row)| Some((row.place.file, row.place.sheet)) == first);
        of_first.map(|(at, _)| at.into()).collect::<Vec<RowId>>()
    };
    let by_sheet = rest.rsplit_once(':').map(|(file, sheet)| hits(file, Some(sheet)));
    by_sheet
        .filter(|rows| !rows.is_empty())
        .unwrap_or_else(|| hits(rest, None))
}

/// The first raw row that a person names, see [`find_rows`].
pub fn find_row(records: &Records, named: &str) -> Option<RowId> {
    find_rows(records, named).first().copied()
}

/// Number and count of one who is counted by head, from what stands for her person.
pub(crate) fn head_of(person: &str) -> Option<(&str, &str)> {
    person.strip_prefix("anonymous ")?.split_once(" of ")
}

/// Cell address as a spreadsheet shows it: `C17`, or `17` for a whole row.
pub fn address(place: Place) -> String {
    let letters = place.column.map(column_letters).unwrap_or_default();
    if place.row == 0 {
        String::new()
    } else {
        format!("{letters}{}", place.row)
    }
}
