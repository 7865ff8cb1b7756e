//! FCDO logframe: for each result its indicators with a planned and an achieved row over milestones and target.

use crate::logframe::figures::{Figure, Period};
use crate::project::calendar::{CalendarKind, parse_label};
use crate::project::model::{Indicator, Level};
use crate::report::sheet::{CellModel, Content, Look, NumberStyle, SheetModel};
use crate::report::view::{View, clean};

use super::common::{
    Block, blocks, dash, figure, given, legend, number, reference_day, scope, text, titles, total_to_date,
};

const SHEET: &str = "Logframe";
/// Widths before the milestones, and after them: target, source, assumptions, impact weighting, risk.
const BEFORE: [f64; 4] = [34.0, 46.0, 11.0, 12.0];
const MILESTONE: f64 = 12.0;
const TITLE: [f64; 7] = [34.0, 46.0, 11.0, 12.0, 12.0, 12.0, 12.0];
const AFTER: [f64; 5] = [12.0, 32.0, 32.0, 11.0, 26.0];
/// First column of the milestones.
const FIRST: u16 = 4;

/// A milestone: a period's label, and the period where the tool knows it.
struct Milestone {
    label: String,
    period: Option<Period>,
    /// Where its figures stand; none of a period that is still to come.
    index: Option<usize>,
}

pub(super) fn sheets(view: &View) -> Vec<SheetModel> {
    let labels = &view.labels;
    let milestones = milestones(view);
    // Titles and notes keep to the first page of a sheet that is spread over several.
    let mut sheet = SheetModel::new(SHEET, &TITLE);
    titles(view, &mut sheet, labels.get("tables.fcdo.kind"));
    let narrow = std::mem::take(&mut sheet.widths);
    sheet.widths.extend(BEFORE);
    sheet.widths.extend(milestones.iter().map(|_| MILESTONE));
    sheet.widths.extend(AFTER);
    sheet.frozen = Some((sheet.next_row(), 2));
    sheet.spread(2, FIRST..sheet.columns());
    let blocks = blocks(view);
    let mut numbers = Numbers::default();
    for block in &blocks {
        block_rows(view, &mut sheet, block, &milestones, numbers.next(block.level));
        sheet.gap();
    }
    let wide = std::mem::replace(&mut sheet.widths, narrow);
    notes(view, &mut sheet, blocks.is_empty());
    sheet.widths = wide;
    vec![sheet]
}

/// How many results of the present level there were.
#[derive(Default)]
struct Numbers(Option<Level>, usize);

impl Numbers {
    fn next(&mut self, level: Level) -> usize {
        self.1 = if self.0.replace(level) == Some(level) {
            self.1 + 1
        } else {
            1
        };
        self.1
    }
}

/// The milestones that the definitions set; where they set none, the periods of the longest calendar.
fn milestones(view: &View) -> Vec<Milestone> {
    let report = &view.report;
    let (start, end) = (report.project.start, report.project.end);
    let known = |label: &str| report.figures.periods.iter().position(|period| period.label == label);
    let mut labels: Vec<&String> = view
        .indicators()
        .into_iter()
        .flat_map(|(_, indicator)| indicator.milestones.keys())
        .collect();
    labels.sort();
    labels.dedup();
    let of_label = |label: &String| {
        let index = known(label);
        let period = index.map(|index| report.figures.periods[index].clone());
        Milestone {
            label: label.clone(),
            period: period.or_else(|| parse_label(label, start, end).ok()),
            index,
        }
    };
    let mut milestones: Vec<Milestone> = labels.into_iter().map(of_label).collect();
    if milestones.is_empty() {
        let groups = view.period_groups();
        let longest = groups.iter().rfind(|(calendar, _)| *calendar != CalendarKind::Project);
        milestones = longest.map_or_else(Vec::new, |(_, periods)| {
            periods.iter().map(|(_, period)| of_label(&period.label)).collect()
        });
    }
    milestones.sort_by_key(|milestone| {
        let period = milestone.period.as_ref();
        (period.is_none(), period.map(|period| (period.end, period.calendar)))
    });
    milestones
}

fn block_rows(view: &View, sheet: &mut SheetModel, block: &Block, milestones: &[Milestone], number: usize) {
    let name = level(block.level);
    column_heads(
        view,
        sheet,
        &format!("{} {number}", name.to_uppercase()),
        block.level,
        milestones,
    );
    let mut first_row = sheet.next_row() - 1;
    let named = if block.result.is_empty() { "—" } else { &*block.result };
    let mut result = Some(named.to_owned());
    for (place, (index, indicator)) in (1..).zip(&block.indicators) {
        let heading = format!(
            "{name} indicator {number}.{place} [{}]\n{}",
            clean(&indicator.code),
            view.statement(indicator)
        );
        let first = [text(0, result.take().unwrap_or_default()), text(1, heading)];
        let rows = Rows {
            view,
            indicator,
            index: *index,
            milestones,
        };
        sheet.push(rows.planned(first));
        sheet.push(rows.achieved());
        if sheet.across.is_none() {
            sheet.keep_together(first_row);
        }
        first_row = sheet.next_row();
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Impact => "Impact",
        Level::Outcome => "Outcome",
        Level::Output => "Output",
        Level::Activity => "Activity",
        Level::Quality => "Data quality",
    }
}

fn column_heads(view: &View, sheet: &mut SheetModel, name: &str, level: Level, milestones: &[Milestone]) {
    let mut heads = vec![
        (name.to_owned(), Look::Head),
        ("Indicator".to_owned(), Look::Head),
        (String::new(), Look::Head),
        ("Baseline".to_owned(), Look::NumberHead),
    ];
    heads.extend((1..).zip(milestones).map(|(number, milestone)| {
        let shown = milestone.period.as_ref().map(|period| view.labels.period_head(period));
        let shown = shown.unwrap_or_else(|| clean(&milestone.label));
        (format!("Milestone {number}\n{shown}"), Look::NumberHead)
    }));
    let due = view.labels.date(view.report.project.end);
    heads.push((format!("Target\n{due}"), Look::NumberHead));
    heads.push(("Source".to_owned(), Look::Head));
    heads.push(("Assumptions".to_owned(), Look::Head));
    let (weight, risk) = if level == Level::Output {
        ("Impact weighting (%)", "Risk")
    } else {
        ("", "")
    };
    heads.push((weight.to_owned(), Look::NumberHead));
    heads.push((risk.to_owned(), Look::Head));
    let cells = (0..)
        .zip(heads)
        .map(|(column, (head, look))| CellModel::text(column, head, look));
    sheet.push(cells.collect());
}

/// The two rows of an indicator.
struct Rows<'v, 'a> {
    view: &'v View<'a>,
    indicator: &'a Indicator,
    index: usize,
    milestones: &'v [Milestone],
}

impl Rows<'_, '_> {
    fn planned(&self, first: [CellModel; 2]) -> Vec<CellModel> {
        let Self { view, indicator, .. } = *self;
        let mut cells: Vec<CellModel> = first.into();
        cells.push(CellModel::text(2, view.labels.get("tables.fcdo.planned"), Look::Text));
        let baseline = indicator.baseline.map(|baseline| baseline.value);
        cells.push(number(view, 3, baseline, indicator, Look::Number));
        for (column, milestone) in (FIRST..).zip(self.milestones) {
            let entered = indicator.milestones.get(&milestone.label).copied();
            let due = entered.or_else(|| self.figure(milestone)?.target);
            cells.push(number(view, column, due, indicator, Look::Number));
        }
        let at = self.after();
        cells.push(number(view, at, indicator.target, indicator, Look::Number));
        cells.push(given(view, at + 1, &indicator.verification));
        cells.push(given(view, at + 2, &indicator.assumptions));
        if indicator.level == Level::Output {
            cells.push(self.weight(at + 3));
            cells.push(given(view, at + 4, &indicator.for_donors.risk));
        } else {
            cells.extend([3, 4].map(|next| CellModel::new(at + next, Content::Blank, Look::Text)));
        }
        cells
    }

    fn achieved(&self) -> Vec<CellModel> {
        let Self { view, indicator, .. } = *self;
        let blank = |column| CellModel::new(column, Content::Blank, Look::Text);
        let mut cells = vec![blank(0), blank(1)];
        cells.push(CellModel::text(2, view.labels.get("tables.fcdo.achieved"), Look::Text));
        cells.push(blank(3));
        for (column, milestone) in (FIRST..).zip(self.milestones) {
            cells.push(figure(view, column, self.figure(milestone), indicator, Look::Strong));
        }
        let at = self.after();
        cells.push(figure(
            view,
            at,
            total_to_date(view, self.index),
            indicator,
            Look::Strong,
        ));
        cells.extend([1, 2, 3, 4].map(|next| blank(at + next)));
        cells
    }

    /// The figure of a milestone's period.
    fn figure(&self, milestone: &Milestone) -> Option<&Figure> {
        self.view.total(self.index, scope(self.indicator), milestone.index?)
    }

    /// The column after the milestones.
    fn after(&self) -> u16 {
        FIRST + u16::try_from(self.milestones.len()).unwrap_or(u16::MAX - FIRST)
    }

    fn weight(&self, column: u16) -> CellModel {
        match self.indicator.for_donors.impact_weight {
            Some(weight) => CellModel::new(column, Content::Number(weight), Look::Number).styled(NumberStyle {
                decimals: u8::from(weight.fract().abs() > f64::EPSILON),
                percent: true,
                ..NumberStyle::default()
            }),
            None => CellModel::text(column, dash(self.view), Look::Number),
        }
    }
}

fn notes(view: &View, sheet: &mut SheetModel, empty: bool) {
    let labels = &view.labels;
    if empty {
        sheet.line(labels.get("tables.no_indicators"), Look::Note);
    }
    let date = labels.date(reference_day(view));
    sheet.line(labels.fill("tables.fcdo.note", &[("date", &date)]), Look::Note);
    sheet.line(labels.get("tables.due"), Look::Note);
    legend(view, sheet);
}

#[cfg(test)]
mod tests;
