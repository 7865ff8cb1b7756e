//! Figures: every indicator × scope × period × disaggregation × category.

use super::checks;
use super::engine::{Engine, Sides};
use super::figures::{Figure, Figures, Scope, Value};
use super::items::Item;
use super::measure::{Counts, Scratch, count};
use super::periods::Request;
use super::rounding::{ratio, round};
use super::suppress::suppress;
use super::targets::judge;
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Records};
use crate::people::facts::Facts;
use crate::project::calendar::CalendarKind;
use crate::project::model::{Indicator, Measure, Project, Rule, Unit};

/// Computes every figure of a request.
pub fn compute(project: &Project, records: &Records, facts: &Facts, request: &Request) -> Figures {
    Engine::new(project, records, facts, request).figures()
}

/// A finding for each indicator that counts nothing in the whole project; those about findings may rightly be 0.
pub fn nothing_counted(project: &Project, figures: &Figures) -> Vec<Finding> {
    let indicators = project.indicators.iter().enumerate();
    indicators
        .filter(|(_, indicator)| !is_about_findings(indicator))
        .filter(|(at, _)| {
            let mut totals = figures
                .figures
                .iter()
                .filter(|f| f.indicator == *at && f.disaggregation.is_none());
            totals.all(|f| f.value == Value::NoData || f.value == Value::Number(0.0))
        })
        .map(|(_, indicator)| Finding {
            kind: Kind::NothingCounted,
            place: None,
            others: Vec::new(),
            args: [("indicator", indicator.code.clone())].into(),
        })
        .collect()
}

fn is_about_findings(indicator: &Indicator) -> bool {
    matches!(&indicator.rule, Rule::Single(counted) if matches!(counted.measure, Measure::Findings { .. }))
}

impl Engine<'_> {
    /// Every figure of the request, with the self-checks.
    pub fn figures(&self) -> Figures {
        let mut figures = Vec::new();
        let mut adding = checks::Adding::default();
        let mut scratch = Scratch::default();
        for (at, indicator) in self.project.indicators.iter().enumerate() {
            let sides = self.sides(indicator);
            let partition: Vec<bool> = (0..indicator.disaggregations.len())
                .map(|cut| self.is_partition(indicator, cut))
                .collect();
            for (scope, period) in self.occasions(indicator) {
                let mut block = self.block(at, indicator, &sides, (scope, period), &mut scratch);
                adding.check(&indicator.code, &self.request.periods[period].label, &block, &partition);
                let threshold = self.project.settings.small_numbers;
                if threshold > 0 && is_about_people(indicator) {
                    suppress(&mut block, &partition, threshold);
                }
                figures.append(&mut block);
            }
        }
        let periods = self.request.periods.clone();
        let span = periods
            .iter()
            .position(|period| *period == self.request.span)
            .unwrap_or_default();
        let mut figures = Figures {
            periods,
            span,
            figures,
            checks: Vec::new(),
        };
        figures.checks = checks::run(self, &figures, adding);
        figures
    }

    /// Scopes and periods in which an indicator is reported: its calendars' periods, and the span always.
    fn occasions(&self, indicator: &Indicator) -> Vec<(Scope, usize)> {
        let wanted = |kind: CalendarKind| indicator.calendars.as_ref().is_none_or(|kinds| kinds.contains(&kind));
        let findings = is_about_findings(indicator);
        let periods: Vec<usize> = (0..self.request.periods.len())
            .filter(|at| {
                let period = &self.request.periods[*at];
                *period == self.request.span || (!findings && wanted(period.calendar))
            })
            .collect();
        let scopes = [
            (Scope::Period, indicator.in_period || findings),
            (Scope::Cumulative, indicator.cumulative),
        ];
        let scopes = scopes
            .into_iter()
            .filter(|(scope, on)| *on && !(findings && *scope == Scope::Cumulative));
        scopes
            .flat_map(|(scope, _)| periods.iter().map(move |period| (scope, *period)))
            .collect()
    }

    /// The total and all cells of an indicator in one scope and period.
    fn block(
        &self,
        at: usize,
        indicator: &Indicator,
        sides: &Sides,
        (scope, period): (Scope, usize),
        scratch: &mut Scratch,
    ) -> Vec<Figure> {
        let blank = |disaggregation, category| Figure {
            indicator: at,
            scope,
            period,
            disaggregation,
            category,
            value: Value::NoData,
            low: None,
            high: None,
            numerator: None,
            denominator: None,
            target: None,
            achieved: None,
            status: None,
        };
        let mut total = blank(None, String::new());
        let above = self.selection(&sides.numerator, scope, period);
        let below = sides
            .denominator
            .as_ref()
            .map(|(side, _)| self.selection(side, scope, period));
        self.fill(indicator, sides, (&above, below.as_deref()), &mut total, scratch);
        let named = &self.request.periods[period];
        judge(self.project, indicator, named, *named == self.request.span, &mut total);
        let mut figures = vec![total];
        for cut in 0..indicator.disaggregations.len() {
            for (name, above, below) in self.both_cells(indicator, sides, cut, (scope, period)) {
                let mut figure = blank(Some(cut), name);
                self.fill(indicator, sides, (&above, below.as_deref()), &mut figure, scratch);
                figures.push(figure);
            }
        }
        figures
    }

    /// The cells of both sides, put together by name.
    pub(super) fn both_cells(
        &self,
        indicator: &Indicator,
        sides: &Sides,
        disaggregation: usize,
        (scope, period): (Scope, usize),
    ) -> Vec<(String, Vec<Item>, Option<Vec<Item>>)> {
        let cut = self.cut(indicator, disaggregation);
        let above = self.cells(&sides.numerator, &cut, scope, period);
        let Some((side, _)) = &sides.denominator else {
            return above.into_iter().map(|cell| (cell.name, cell.items, None)).collect();
        };
        let below = self.cells(side, &cut, scope, period);
        let mut both: Vec<_> = below
            .into_iter()
            .map(|c| (c.rank, c.name, Vec::new(), Some(c.items)))
            .collect();
        for cell in above {
            match both.iter_mut().find(|(_, name, _, _)| *name == cell.name) {
                Some((_, _, items, _)) => *items = cell.items,
                None => both.push((cell.rank, cell.name, cell.items, Some(Vec::new()))),
            }
        }
        both.sort_by_key(|(rank, ..)| *rank);
        both.into_iter()
            .map(|(_, name, above, below)| (name, above, below))
            .collect()
    }

    /// Counts the items of a figure.
    fn fill(
        &self,
        indicator: &Indicator,
        sides: &Sides,
        (above, below): (&[Item], Option<&[Item]>),
        figure: &mut Figure,
        scratch: &mut Scratch,
    ) {
        let above = count(
            &self.context(&sides.numerator, figure.scope, figure.period),
            above,
            scratch,
        );
        let (Some((side, times)), Some(below)) = (&sides.denominator, below) else {
            plain(indicator, &above, figure);
            return;
        };
        let below = count(&self.context(side, figure.scope, figure.period), below, scratch);
        (figure.numerator, figure.denominator) = (Some(above.by[0]), Some(below.by[0]));
        let value = |at: usize| ratio(above.by[at], below.by[at], *times, indicator.decimals);
        figure.value = value(0).map_or(Value::NoData, Value::Number);
        if above.distinct || below.distinct {
            range([value(0), value(1), value(2)], figure);
        }
    }
}

fn is_about_people(indicator: &Indicator) -> bool {
    match indicator.unit {
        Unit::Persons | Unit::Contacts | Unit::Percent => true,
        Unit::Sessions | Unit::Findings | Unit::Number => false,
    }
}

fn plain(indicator: &Indicator, counts: &Counts, figure: &mut Figure) {
    if counts.blank {
        return;
    }
    let value = |at: usize| round(counts.by[at], indicator.decimals);
    figure.value = Value::Number(value(0));
    if counts.distinct {
        range([Some(value(0)), Some(value(1)), Some(value(2))], figure);
    }
}

/// The least and the greatest of the three partitions. For persons counted plainly these are "all undecided
/// pairs are one" and "all are two"; joining can also make a returning person or a second service of two new
/// people, so that for others the extremes may stand the other way round.
fn range(values: [Option<f64>; 3], figure: &mut Figure) {
    let known = || values.into_iter().flatten();
    figure.low = known().min_by(f64::total_cmp).filter(|_| values[0].is_some());
    figure.high = known().max_by(f64::total_cmp).filter(|_| values[0].is_some());
}
