//! What the table formats share: the words of the definitions, cells of figures, blocks of the results chain.

use crate::logframe::figures::{Figure, Period, Scope, Value};
use crate::project::model::{Class, Indicator, Level, Localized, Unit};
use crate::report::labels::plain_number;
use crate::report::sheet::{CellModel, Content, Look, NumberStyle, SheetModel};
use crate::report::view::{View, clean};

/// Letters of a text from which on it is set smaller, so that its row stays within the greatest height.
const LONG: usize = 900;

/// Words of a definition in the report's language, without control characters.
pub(super) fn words(view: &View, text: &Localized) -> String {
    clean(text.get(view.report.lang))
}

/// A text of a table; a very long one is set smaller.
pub(super) fn text(column: u16, text: impl Into<String>) -> CellModel {
    let text = text.into();
    let look = if text.chars().count() > LONG {
        Look::Small
    } else {
        Look::Text
    };
    CellModel::text(column, text, look).at_top()
}

/// The wording of an indicator beside its figures.
pub(super) fn statement(view: &View, column: u16, indicator: &Indicator) -> CellModel {
    let mut cell = text(column, view.statement(indicator));
    cell.top = false;
    cell
}

/// A text of a table, or in grey that the definitions do not state it.
pub(super) fn stated(view: &View, column: u16, words: String) -> CellModel {
    if words.is_empty() {
        CellModel::text(column, view.labels.get("tables.not_stated"), Look::Small).at_top()
    } else {
        text(column, words)
    }
}

/// Words of a definition, or a dash.
pub(super) fn given(view: &View, column: u16, words: &Localized) -> CellModel {
    let words = self::words(view, words);
    if words.is_empty() {
        CellModel::text(column, dash(view), Look::Text).at_top()
    } else {
        text(column, words)
    }
}

/// The long dash that stands where there is no value.
pub(super) fn dash(view: &View) -> String {
    view.blank_word(Value::NoData)
}

/// How numbers of an indicator are written.
fn style(indicator: &Indicator) -> NumberStyle {
    NumberStyle {
        decimals: indicator.decimals,
        percent: indicator.unit == Unit::Percent,
        ..NumberStyle::default()
    }
}

/// Rounded as `indicators.csv` writes it, so that the two agree.
fn rounded(value: f64, decimals: u8) -> f64 {
    plain_number(value, decimals).parse().unwrap_or(value)
}

/// A number of an indicator (a baseline, a target), or a dash.
pub(super) fn number(view: &View, column: u16, value: Option<f64>, indicator: &Indicator, look: Look) -> CellModel {
    match value {
        Some(value) => {
            let content = Content::Number(rounded(value, indicator.decimals));
            CellModel::new(column, content, look).styled(style(indicator))
        }
        None => CellModel::text(column, dash(view), look),
    }
}

/// A figure: its number, the word for why there is none, or a dash where it is not reported.
pub(super) fn figure(
    view: &View,
    column: u16,
    figure: Option<&Figure>,
    indicator: &Indicator,
    look: Look,
) -> CellModel {
    match figure.map_or(Value::NoData, |figure| figure.value) {
        Value::Number(value) => number(view, column, Some(value), indicator, look),
        blank => CellModel::text(column, view.blank_word(blank), look),
    }
}

/// What a figure reaches of a target, in per cent: hidden with its figure, a dash where it can't be told.
pub(super) fn met(view: &View, column: u16, figure: Option<&Figure>, met: Option<f64>, look: Look) -> CellModel {
    match figure.map(|figure| figure.value) {
        Some(hidden @ Value::Suppressed) => CellModel::text(column, view.blank_word(hidden), look),
        Some(Value::Number(_)) if met.is_some() => {
            let content = met.map_or(Content::Blank, Content::Number);
            CellModel::new(column, content, look).styled(NumberStyle {
                decimals: 1,
                percent: true,
                ..NumberStyle::default()
            })
        }
        Some(Value::Number(_) | Value::NoData | Value::NotApplicable) | None => {
            CellModel::text(column, dash(view), look)
        }
    }
}

/// What lies between a figure and its target: hidden with its figure, a dash where there is no target.
pub(super) fn variance(view: &View, column: u16, figure: Option<&Figure>, indicator: &Indicator) -> CellModel {
    let look = Look::Number;
    match figure.map(|figure| (figure.value, figure.target)) {
        Some((hidden @ Value::Suppressed, _)) => CellModel::text(column, view.blank_word(hidden), look),
        Some((Value::Number(value), Some(target))) => {
            let value = rounded(value, indicator.decimals);
            number(view, column, Some(value - target), indicator, look)
        }
        Some(_) | None => number(view, column, None, indicator, look),
    }
}

/// Whether periods show the indicator from the project's start on: different people do, as theirs never add up.
pub(super) fn runs_on(indicator: &Indicator) -> bool {
    indicator.cumulative && (indicator.class == Class::Distinct || !indicator.in_period)
}

/// The scope in which periods show the indicator.
pub(super) fn scope(indicator: &Indicator) -> Scope {
    if runs_on(indicator) {
        Scope::Cumulative
    } else {
        Scope::Period
    }
}

/// The cells of an indicator (its total where no disaggregation is named) from the project's start to the report's end.
pub(super) fn to_date<'v>(view: &'v View, index: usize, disaggregation: Option<usize>) -> &'v [&'v Figure] {
    let span = view.report.figures.span;
    let cells = view.cells(index, Scope::Cumulative, span, disaggregation);
    let from_start = view.span().is_some_and(|span| span.start <= view.report.project.start);
    if cells.is_empty() && from_start {
        return view.cells(index, Scope::Period, span, disaggregation);
    }
    cells
}

/// The total of an indicator from the project's start to the report's end.
pub(super) fn total_to_date<'v>(view: &'v View, index: usize) -> Option<&'v Figure> {
    to_date(view, index, None).first().copied()
}

/// The target of a single cell for a period's label; for the whole project where the label is empty.
pub(super) fn cell_target(indicator: &Indicator, label: &str, breakdown: &str, category: &str) -> Option<f64> {
    let key = (label.to_owned(), breakdown.to_owned(), category.to_owned());
    indicator.cell_targets.get(&key).copied()
}

/// Indicators of one result.
pub(super) struct Block<'a> {
    pub(super) level: Level,
    /// The result in words; empty where the definitions do not word it.
    pub(super) result: String,
    pub(super) indicators: Vec<(usize, &'a Indicator)>,
}

/// The results chain from impact down: the indicators of each result together, in the order given.
pub(super) fn blocks<'a>(view: &View<'a>) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block> = Vec::new();
    for (index, indicator) in view.indicators() {
        let result = words(view, &indicator.for_donors.result);
        let known = blocks
            .iter_mut()
            .find(|block| block.level == indicator.level && block.result == result);
        match known {
            Some(block) => block.indicators.push((index, indicator)),
            None => blocks.push(Block {
                level: indicator.level,
                result,
                indicators: vec![(index, indicator)],
            }),
        }
    }
    blocks
}

/// The day of the current values: the cut-off, or the report's end where that is earlier.
pub(super) fn reference_day(view: &View) -> chrono::NaiveDate {
    let end = view.span().map(|span| span.end);
    end.map_or(view.report.as_of, |end| end.min(view.report.as_of))
}

/// The three title rows: programme, range of dates, kind; then the cut-off.
pub(super) fn titles(view: &View, sheet: &mut SheetModel, kind: &str) {
    let labels = &view.labels;
    sheet.line(words(view, &view.report.project.name), Look::Title);
    if let Some(Period { start, end, .. }) = view.span() {
        let [start, end] = [*start, *end].map(|day| labels.date(day));
        let range = labels.fill("tables.from_to", &[("start", &start), ("end", &end)]);
        sheet.line(range, Look::Subtitle);
    }
    sheet.line(kind, Look::Subtitle);
    let date = labels.date(view.report.as_of);
    sheet.line(labels.fill("tables.up_to", &[("date", &date)]), Look::Note);
    sheet.gap();
}

/// Says why figures lie beyond the tolerance, a line for each period that the report covers.
pub(super) fn explanations(view: &View, indicator: &Indicator) -> Vec<String> {
    let end = view.span().map(|span| span.end);
    let known = |label: &str| view.report.figures.periods.iter().find(|period| period.label == label);
    let mut said: Vec<_> = indicator
        .for_donors
        .explanations
        .iter()
        .map(|(label, text)| (known(label), label, words(view, text)))
        .filter(|(period, _, text)| !text.is_empty() && period.is_none_or(|period| Some(period.end) <= end))
        .collect();
    said.sort_by_key(|(period, ..)| (period.is_none(), period.map(|period| (period.end, period.calendar))));
    said.into_iter()
        .map(|(period, label, text)| {
            let period = period.map_or_else(|| clean(label), |period| view.labels.period_short(period));
            view.labels
                .fill("tables.explained", &[("period", &period), ("text", &text)])
        })
        .collect()
}

/// Short notes under a table of figures.
pub(super) fn legend(view: &View, sheet: &mut SheetModel) {
    let legend = if view.report.project.settings.small_numbers > 0 {
        let suppressed = view.blank_word(Value::Suppressed);
        view.labels.fill("tables.legend", &[("suppressed", &suppressed)])
    } else {
        view.labels.get("tables.legend_plain").to_owned()
    };
    sheet.line(legend, Look::Note);
}

/// The tolerance around what was due, per cent.
pub(super) fn tolerance(view: &View) -> String {
    plain_number(view.report.project.settings.tolerance * 100.0, 1)
}

/// A row of column heads.
pub(super) fn heads(heads: &[(&str, Look)]) -> Vec<CellModel> {
    (0..)
        .zip(heads)
        .map(|(column, (head, look))| CellModel::text(column, *head, *look))
        .collect()
}

/// A name that spreadsheets accept and that no other sheet bears: at most 31 letters, none of `[]:*?/\`, no
/// apostrophe at its ends, not the reserved `History`.
pub(crate) fn sheet_name(wanted: &str, taken: &mut std::collections::BTreeSet<String>) -> String {
    let kept: String = clean(wanted)
        .chars()
        .map(|letter| if r"[]:*?/\".contains(letter) { '-' } else { letter })
        .collect();
    let kept = kept.trim_matches(['\'', ' ']);
    let kept = match kept {
        "" => "1",
        reserved if reserved.eq_ignore_ascii_case("history") => "History-",
        kept => kept,
    };
    let mut name = cut(kept, 31);
    let mut number = 1;
    while !taken.insert(name.to_lowercase()) {
        number += 1;
        let mark = format!(" ({number})");
        name = cut(kept, 31 - mark.len()) + &mark;
    }
    name
}

/// The beginning of a text: so many UTF-16 units, as spreadsheets count.
fn cut(text: &str, limit: usize) -> String {
    let mut units = 0;
    let kept: String = text
        .chars()
        .take_while(|letter| {
            units += letter.len_utf16();
            units <= limit
        })
        .collect();
    kept.trim_end_matches(['\'', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn sheet_names_are_accepted_and_each_is_its_own() {
        let mut taken = BTreeSet::new();
        let long = "слово/".repeat(20);
        let odd = [
            "1.1",
            "1.1",
            "a[b]:*?/\\c",
            "'x'",
            "HISTORY",
            "",
            "  ",
            &long,
            &long,
            "👩‍👧‍👦".repeat(9).as_str(),
            "\u{7}",
        ]
        .map(|wanted| sheet_name(wanted, &mut taken));
        assert_eq!(&odd[..5], ["1.1", "1.1 (2)", "a-b------c", "x", "History-"]);
        let folded: BTreeSet<String> = odd.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(folded.len(), odd.len());
        for name in &odd {
            assert!(rust_xlsxwriter::utility::check_sheet_name(name).is_ok(), "{name}");
        }
    }
}
