//! Bars lying on their side: targets against actuals, parts of a whole.
//!
//! Each is a table whose rows hold a bar, so that the figures stand beside it as text and long names may wrap.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::html::{bdi, block, cut, escaped};
use super::table::badge;
use crate::logframe::figures::{Figure, Scope, Value};
use crate::project::model::{Disaggregation, Indicator, Subject};
use crate::report::sheets::disaggregation::{note, part};
use crate::report::sheets::trends::targeted;
use crate::report::view::{View, capital, clean};

/// Letters of a statement beside a bar.
const STATEMENT: usize = 140;
/// Most categories that are drawn of one breakdown; all stand in the table of indicators.
const CATEGORIES: usize = 12;
/// Most breakdowns that are drawn.
const BREAKDOWNS: usize = 6;
/// Per cent of a target at which a bar ends, however much more was reached.
const MOST: f64 = 200.0;

/// A bar of `share` (0 to 1) of its box, with a mark at another share.
pub(super) fn bar(share: f64, mark: Option<f64>, title: &str) -> String {
    let mut drawn = format!(
        "<svg class=\"bar\" role=\"img\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\"><title>{}</title><rect class=\"rest\" width=\"100\" height=\"10\"/>",
        escaped(title)
    );
    let width = share.clamp(0.0, 1.0) * 100.0;
    if width > 0.0 {
        let _ = write!(drawn, "<rect class=\"main\" width=\"{width:.1}\" height=\"10\"/>");
    }
    if let Some(mark) = mark {
        let x = mark.clamp(0.0, 1.0) * 100.0;
        let _ = write!(
            drawn,
            "<line class=\"mark\" x1=\"{x:.1}\" y1=\"0\" x2=\"{x:.1}\" y2=\"10\"/>"
        );
    }
    drawn + "</svg>"
}

/// Every indicator that has a target and a figure that may be seen, against that target.
pub(super) fn targets(view: &View) -> String {
    let targeted = targeted(view);
    if targeted.is_empty() {
        return String::new();
    }
    let labels = &view.labels;
    let most = targeted
        .iter()
        .map(|one| one.achieved)
        .fold(100.0, f64::max)
        .clamp(110.0, MOST);
    let mut rows = String::new();
    for one in &targeted {
        let indicator = one.indicator;
        let percent = format!("{}\u{a0}%", labels.number(one.achieved, 0));
        let number = |value| view.value(Value::Number(value), indicator);
        let of = labels.fill(
            "page.of_target",
            &[("actual", &number(one.actual)), ("target", &number(one.target))],
        );
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\"><a class=\"code\" href=\"#i{}\">{}</a> {}</th><td class=\"b\">{}</td><td class=\"n\"><b>{percent}</b><small>{}</small></td><td>{}</td></tr>",
            one.index,
            bdi(&indicator.code),
            bdi(&cut(&view.statement(indicator), STATEMENT)),
            bar(one.achieved / most, Some(100.0 / most), &percent),
            escaped(&of),
            badge(view, one.status)
        );
    }
    let heads = ["head.indicator", "page.bar", "head.achieved", "head.status"];
    framed(
        view,
        "targets",
        labels.get("page.targets"),
        &heads,
        &rows,
        labels.get("page.targets_note"),
    )
}

/// A chart that is a table: heading, rows, note.
fn framed(view: &View, class: &str, title: &str, heads: &[&str], rows: &str, note: &str) -> String {
    let heads: Vec<String> = heads
        .iter()
        .map(|key| format!("<th scope=\"col\">{}</th>", escaped(view.labels.get(key))))
        .collect();
    format!(
        "<figure class=\"chart bars {class}\">\n<figcaption><h3 dir=\"auto\">{}</h3></figcaption>\n<table>\n<thead class=\"unseen\"><tr>{}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n{}</figure>\n",
        escaped(title),
        heads.concat(),
        block("p", "note", note)
    )
}

/// A breakdown of an indicator with its place.
pub(super) type Found<'a> = (usize, &'a Indicator, usize, &'a Disaggregation);

/// Every breakdown of the results chain, those of the main indicators first.
pub(super) fn breakdowns<'a>(view: &View<'a>) -> Vec<Found<'a>> {
    let headlines: BTreeSet<usize> = view.headlines().into_iter().map(|(index, _)| index).collect();
    let mut indicators = view.indicators();
    indicators.sort_by_key(|(index, _)| !headlines.contains(index));
    indicators
        .into_iter()
        .flat_map(|(index, indicator)| {
            let parts = indicator.disaggregations.iter().enumerate();
            parts.map(move |(part, breakdown)| (index, indicator, part, breakdown))
        })
        .collect()
}

/// The cells of a breakdown and their total, within the report's period where there are any, else to date.
pub(super) fn cells<'v>(view: &'v View, (index, _, part, _): Found) -> (&'v [&'v Figure], Option<&'v Figure>) {
    let span = view.report.figures.span;
    let of = |scope| (view.cells(index, scope, span, Some(part)), view.in_span(index, scope));
    let in_period = of(Scope::Period);
    if in_period.0.is_empty() {
        of(Scope::Cumulative)
    } else {
        in_period
    }
}

/// Parts of a whole by activity, site, sex and age: the first breakdown of each.
pub(super) fn parts(view: &View) -> Vec<String> {
    let mut seen: Vec<&str> = Vec::new();
    let mut drawn = Vec::new();
    for found in breakdowns(view) {
        let kind = match found.3.by.as_slice() {
            [Subject::Activity | Subject::PersonActivities] => "activity",
            [Subject::Site] => "site",
            [Subject::Attribute(key)] if key == "sex" => "sex",
            [Subject::Age(_)] => "age",
            _ => continue,
        };
        if seen.contains(&kind) || drawn.len() == BREAKDOWNS {
            continue;
        }
        if let Some(figure) = parts_of(view, found) {
            seen.push(kind);
            drawn.push(figure);
        }
    }
    drawn
}

fn parts_of(view: &View, found: Found) -> Option<String> {
    let (_, indicator, _, breakdown) = found;
    let (cells, total) = cells(view, found);
    let highest = cells
        .iter()
        .filter_map(|cell| cell.value.number())
        .fold(0.0_f64, f64::max);
    if cells.is_empty() || highest <= 0.0 {
        return None;
    }
    let mut rows = String::new();
    for cell in cells.iter().take(CATEGORIES) {
        let words = view.value(cell.value, indicator);
        let share = part(Some(cell), total, indicator.class)
            .map_or_else(String::new, |share| format!("{}\u{a0}%", view.labels.number(share, 1)));
        let drawn = cell.value.number().map_or_else(String::new, |value| {
            bar(value / highest, None, &format!("{words} {share}"))
        });
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\">{}</th><td class=\"b\">{drawn}</td><td class=\"n\"><b>{}</b><small>{share}</small></td></tr>",
            bdi(&view.category(breakdown, &cell.category)),
            escaped(&words)
        );
    }
    let mut notes: Vec<String> = Vec::new();
    if cells.len() > CATEGORIES {
        let (shown, all) = (view.labels.whole(CATEGORIES), view.labels.whole(cells.len()));
        notes.push(
            view.labels
                .fill("page.first_categories", &[("shown", &shown), ("all", &all)]),
        );
    }
    notes.extend(note(cells, total, indicator.class).map(|key| view.labels.get(key).to_owned()));
    let heads = ["head.category", "page.bar", "head.figure"];
    let title = title(view, indicator, breakdown);
    Some(framed(view, "parts", &title, &heads, &rows, &notes.join(" ")))
}

/// Breakdown and indicator, as a heading.
pub(super) fn title(view: &View, indicator: &Indicator, breakdown: &Disaggregation) -> String {
    view.labels.fill(
        "page.breakdown",
        &[
            ("by", &capital(&view.disaggregation(breakdown))),
            ("code", &clean(&indicator.code)),
            ("indicator", &cut(&view.statement(indicator), 90)),
        ],
    )
}
