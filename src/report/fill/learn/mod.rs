//! Proposes a map from last period's file: numbers in it that are figures of that period, told apart by the texts around
//! them. What is not plain is commented out and marked `# choose`.

mod around;
mod candidates;
mod told;
mod words;
mod write;

use std::collections::BTreeMap;

use super::map::{Percent, What};
use super::sheet::SheetPart;
use super::styles::Shows;
use super::{FillError, Template, address, template};
use crate::ingest::table::{Cell, Sheet};
use crate::ingest::workbook;
use crate::logframe::figures::Scope;
use crate::message::{Message, Tell, message};
use crate::report::Report;
use crate::report::view::View;
use around::Texts;
use candidates::{Candidate, Found, Numbers};
use told::{Known, Told};

/// A proposed map.
#[derive(Debug)]
pub struct Learned {
    /// The map as text.
    pub map: String,
    /// Cells that are plain.
    pub sure: usize,
    /// Cells marked `# choose`.
    pub choose: usize,
    /// Numbers that equal a figure and have no text near by that names its indicator.
    pub by_chance: usize,
    /// Numbers beside an indicator's name that are none of its figures.
    pub unlike: usize,
}

/// Least share of a column's numbers that must be figures of the indicators beside them where no heading says so.
const TRUSTED: f64 = 0.6;
/// Least number of them.
const SEVERAL: usize = 3;
/// How much likelier the best indicator must be than the next.
const CLEAR: f64 = 0.15;
/// Most choices shown of a cell.
const SHOWN: usize = 4;

/// A number of the file with all that may be known of it.
struct Spotted<'a> {
    sheet: usize,
    row: u32,
    column: u32,
    number: f64,
    shows: Shows,
    told: Told,
    /// Figures of the indicators named near by that fit every heading.
    fitting: Vec<Found<'a>>,
    /// Those that some heading speaks against.
    against: Vec<Found<'a>>,
}

impl Spotted<'_> {
    /// The line that the cell shares its headings with.
    fn line(&self) -> (usize, bool, u32) {
        let across = if self.told.transposed { self.row } else { self.column };
        (self.sheet, self.told.transposed, across)
    }
}

/// What was decided of a cell.
enum Verdict<'a> {
    Sure(Found<'a>, f64),
    Choose(Vec<Found<'a>>, Message),
    /// It is no figure of the indicator beside it.
    Other,
}

/// Proposes a map from a filled file.
pub fn learn(report: &Report<'_>, bytes: &[u8], name: &str) -> Result<Learned, FillError> {
    let read = workbook::from_bytes(bytes, name).map_err(|reason| FillError::Template(reason.message()))?;
    let template = template(bytes, name).map_err(FillError::Template)?;
    let view = View::new(report);
    let (known, numbers) = (Known::of(&view), Numbers::of(&view));
    let (mut spotted, mut by_chance, mut unlike) = (Vec::new(), 0, 0);
    for sheet in &read.sheets {
        for (cell, found) in cells(&known, &numbers, &template, sheet) {
            match (found, cell.told.indicators.is_empty()) {
                (0, true) => {}
                (0, false) => {
                    unlike += usize::from(cell.shows != Shows::Date);
                    spotted.push(cell);
                }
                (_, true) => by_chance += 1,
                (_, false) => spotted.push(cell),
            }
        }
    }
    let verdicts = decide(&spotted);
    let count = |wanted: fn(&Verdict<'_>) -> bool| verdicts.iter().filter(|verdict| wanted(verdict)).count();
    let sure = count(|verdict| matches!(verdict, Verdict::Sure(..)));
    let choose = count(|verdict| matches!(verdict, Verdict::Choose(..)));
    Ok(Learned {
        map: write::map(&view, &template, &spotted, &verdicts),
        sure,
        choose,
        by_chance,
        unlike,
    })
}

/// Numbers of a sheet with how many figures they equal; formulas and dates are none.
fn cells<'a>(
    known: &Known<'_>,
    numbers: &'a Numbers,
    template: &Template<'_>,
    sheet: &Sheet,
) -> Vec<(Spotted<'a>, usize)> {
    let Some(index) = template.book.sheets.iter().position(|entry| entry.name == sheet.name) else {
        return Vec::new();
    };
    let Some(part) = template.texts.get(&index).map(|text| SheetPart::scan(text)) else {
        return Vec::new();
    };
    let formulas: std::collections::BTreeSet<address::Spot> = part
        .cells()
        .filter(|(_, cell)| cell.formula.is_some())
        .map(|(spot, _)| spot)
        .collect();
    let texts = Texts::of(sheet, &known.words);
    let mut spotted = Vec::new();
    for row in &sheet.rows {
        for (column, cell) in &row.cells {
            let column = u32::from(*column);
            let Cell::Number(number) = cell else { continue };
            if formulas.contains(&(row.number, column)) {
                continue;
            }
            let look = part
                .look((row.number, column))
                .and_then(|look| look.parse::<usize>().ok());
            let shows = look
                .and_then(|look| template.looks.get(look).copied())
                .unwrap_or_default();
            let told = known.around(&texts, row.number, column);
            let all = numbers.find(*number);
            let count = all.len();
            let near = all
                .into_iter()
                .filter(|found| told.indicators.contains_key(&found.candidate.indicator));
            let (fitting, against) = near.partition(|found| fits(known, &told, found, shows));
            let spot = Spotted {
                sheet: index,
                row: row.number,
                column,
                number: *number,
                shows,
                told,
                fitting,
                against,
            };
            spotted.push((spot, count));
        }
    }
    spotted
}

/// Whether no heading speaks against a figure.
fn fits(known: &Known<'_>, told: &Told, found: &Found<'_>, shows: Shows) -> bool {
    let candidate = found.candidate;
    let figures = known.view.report.figures;
    let baseline = candidate.what == What::Baseline;
    let days = |at: usize| figures.periods.get(at).map(|period| (period.start, period.end));
    let period = if told.periods.is_empty() {
        candidate.period == figures.span
    } else {
        told.periods.iter().any(|at| days(*at) == days(candidate.period))
    };
    let what = told.what.unwrap_or(What::Value) == candidate.what;
    let scope = told.scope.is_none_or(|scope| scope == candidate.scope);
    let look = match (shows, found.form) {
        (Shows::Date, _) | (Shows::Percent, None) => false,
        (Shows::Percent, Some(form)) => form == Percent::Share,
        (Shows::Number, _) => true,
    };
    !told.torn && what && look && (baseline || period && scope) && category_fits(known, told, candidate)
}

/// A category must be said by the texts near by, and a total must not be called a category.
fn category_fits(known: &Known<'_>, told: &Told, candidate: &Candidate) -> bool {
    let said = |words: &[String]| told.short.iter().any(|short| words.contains(short));
    let parts = |at: usize, category: &str| known.categories.get(&(candidate.indicator, at, category.to_owned()));
    let unexplained = |parts: &[Vec<String>]| {
        let total = &known.words.total;
        let mut short = told.short.iter().filter(|short| !total.contains(short));
        short.any(|short| !parts.iter().any(|words| words.contains(short)))
    };
    match &candidate.category {
        Some((at, category)) => {
            parts(*at, category).is_some_and(|parts| parts.iter().all(|words| said(words)) && !unexplained(parts))
        }
        None => !unexplained(&[]),
    }
}

fn decide<'a>(spotted: &[Spotted<'a>]) -> Vec<Verdict<'a>> {
    let mut lines: BTreeMap<(usize, bool, u32), Line> = BTreeMap::new();
    for cell in spotted {
        let line = lines.entry(cell.line()).or_default();
        line.numbers += 1;
        line.fitting += usize::from(!cell.fitting.is_empty());
        let only = |scope| !cell.fitting.is_empty() && cell.fitting.iter().all(|found| found.candidate.scope == scope);
        line.period += usize::from(only(Scope::Period));
        line.cumulative += usize::from(only(Scope::Cumulative));
    }
    let verdicts = spotted.iter().map(|cell| verdict(cell, &lines[&cell.line()]));
    let mut verdicts: Vec<Verdict<'a>> = verdicts.collect();
    doubt_twins(spotted, &mut verdicts);
    verdicts
}

/// What the numbers of one column (or row) have in common.
#[derive(Default)]
struct Line {
    numbers: usize,
    fitting: usize,
    period: usize,
    cumulative: usize,
}

impl Line {
    fn trusted(&self) -> bool {
        self.fitting >= SEVERAL && self.fitting as f64 >= TRUSTED * self.numbers as f64
    }

    /// The scope that the other numbers show, where they agree.
    fn scope(&self) -> Option<Scope> {
        match (self.period, self.cumulative) {
            (2.., 0) => Some(Scope::Period),
            (0, 2..) => Some(Scope::Cumulative),
            _ => None,
        }
    }
}

fn verdict<'a>(cell: &Spotted<'a>, line: &Line) -> Verdict<'a> {
    let told = &cell.told.indicators;
    let likeness = |found: &Found<'_>| told.get(&found.candidate.indicator).copied().unwrap_or(0.0);
    if cell.fitting.is_empty() && cell.against.is_empty() {
        return Verdict::Other;
    }
    if cell.fitting.is_empty() {
        return Verdict::Choose(cell.against.clone(), message!("the headings speak of something else"));
    }
    if !cell.told.understood && !line.trusted() {
        return Verdict::Choose(
            cell.fitting.clone(),
            message!("no heading says what stands in this column"),
        );
    }
    let best = told.values().copied().fold(0.0, f64::max);
    let mut left: Vec<&Found<'a>> = cell
        .fitting
        .iter()
        .filter(|found| likeness(found) > best - CLEAR)
        .collect();
    if left.is_empty() {
        return Verdict::Choose(
            cell.fitting.clone(),
            message!("the row names another indicator more plainly"),
        );
    }
    if left.iter().any(|found| found.exact) {
        left.retain(|found| found.exact);
    }
    let scopes = |left: &[&Found<'a>]| {
        let first = left[0].candidate;
        left.iter().all(|found| {
            Candidate {
                scope: first.scope,
                ..found.candidate.clone()
            } == *first
        })
    };
    if left.len() > 1 && scopes(&left) {
        let named = (!cell.told.periods.is_empty()).then_some(Scope::Period);
        if let Some(scope) = line.scope().or(named) {
            left.retain(|found| found.candidate.scope == scope);
        }
    }
    match left.as_slice() {
        [one] => Verdict::Sure(
            (*one).clone(),
            likeness(one) * if cell.told.understood { 1.0 } else { 0.9 },
        ),
        several => Verdict::Choose(
            several.iter().map(|found| (*found).clone()).collect(),
            message!("several figures have this number"),
        ),
    }
}

/// One figure twice in one row: one of the two is a number of something else.
fn doubt_twins(spotted: &[Spotted<'_>], verdicts: &mut [Verdict<'_>]) {
    let mut met: BTreeMap<(usize, u32), Vec<usize>> = BTreeMap::new();
    for (at, cell) in spotted.iter().enumerate() {
        met.entry((cell.sheet, cell.row)).or_default().push(at);
    }
    for row in met.values() {
        let same: Vec<usize> = row
            .iter()
            .copied()
            .filter(|at| {
                let Verdict::Sure(own, _) = &verdicts[*at] else {
                    return false;
                };
                let twin = |other: &usize| {
                    other != at
                        && matches!(&verdicts[*other], Verdict::Sure(found, _) if found.candidate == own.candidate)
                };
                row.iter().any(twin)
            })
            .collect();
        for at in same {
            if let Verdict::Sure(found, _) = &verdicts[at] {
                verdicts[at] = Verdict::Choose(
                    vec![found.clone()],
                    message!("the same figure stands twice in this row"),
                );
            }
        }
    }
}
