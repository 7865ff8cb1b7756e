//! Bridge: from contacts to people, and from months and activities to the period, line by line.

use super::{Book, month_of};
use crate::logframe::figures::{Period, Value};
use crate::project::model::Level;
use crate::report::balance::{Reach, populations, reach, reach_by_activity, reach_by_month};
use crate::report::sheet::{CellModel, Content, Look, SheetModel, address};
use crate::report::view::clean;

const WIDTHS: [f64; 4] = [54.0, 15.0, 15.0, 60.0];

pub(super) fn sheet(book: &Book) -> SheetModel {
    let mut sheet = book.titled("sheet.bridge", "bridge.title", &WIDTHS);
    let Some(span) = book.view.span() else { return sheet };
    if book.view.hides() {
        sheet.line(book.label("evidence.not_bridged"), Look::Note);
        return sheet;
    }
    let populations = populations(&book.view.report);
    if populations.len() > 1 {
        sheet.line(book.label("bridge.populations"), Look::Note);
    }
    for population in &populations {
        let name = book.view.labels.population(population);
        let line = book
            .view
            .labels
            .fill("bridge.population", &[("population", &clean(&name))]);
        let start = sheet.line(line, Look::Level(Level::Activity));
        if *population != populations[0] {
            sheet.rows[start as usize].page_break = true;
        }
        bridge(book, &mut sheet, population, span);
    }
    sheet
}

/// The bridge of one population.
fn bridge(book: &Book, sheet: &mut SheetModel, population: &str, span: &Period) {
    let report = &book.view.report;
    let whole = reach(report, population, span.start, span.end);
    contacts_to_people(book, sheet, &whole);
    let months: Vec<(String, Reach)> = reach_by_month(report, population, span.start, span.end)
        .into_iter()
        .map(|month| (book.view.labels.period(&month_of(month.month)), month.reach))
        .collect();
    if months.len() > 1 {
        let labels = [
            "bridge.second",
            "head.month",
            "bridge.sum_months",
            "bridge.repeats_months",
        ];
        parts_to_whole(book, sheet, labels, &months, &whole);
    }
    let activities: Vec<(String, Reach)> = reach_by_activity(report, population, span.start, span.end)
        .into_iter()
        .map(|(code, reach)| (activity_name(book, code), reach))
        .collect();
    if activities.len() > 1 {
        let labels = [
            "bridge.third",
            "head.activity",
            "bridge.sum_activities",
            "bridge.repeats_activities",
        ];
        parts_to_whole(book, sheet, labels, &activities, &whole);
    }
}

fn activity_name(book: &Book, code: &str) -> String {
    let activity = book.view.report.project.activities.get(code);
    clean(activity.map_or(code, |activity| activity.name.get(book.view.report.lang)))
}

fn contacts_to_people(book: &Book, sheet: &mut SheetModel, whole: &Reach) {
    sheet.line(book.label("bridge.first"), Look::Heading);
    sheet.push(vec![
        CellModel::text(0, book.label("head.step"), Look::Head),
        CellModel::text(1, book.label("head.figure"), Look::NumberHead),
        CellModel::text(2, book.label("head.explanation"), Look::Head).over(2),
    ]);
    let named = whole.named();
    let hidden = book.view.guarded(whole.unique) == Value::Suppressed;
    let repeats = if hidden {
        CellModel::new(1, Content::Blank, Look::Number)
    } else {
        CellModel::count(1, named - whole.unique, Look::Number)
    };
    let count = |count| CellModel::count(1, count, Look::Number);
    let persons = |count, look| book.guarded(1, count, look);
    let total = Look::TotalNumber;
    let first = sheet.next_row() as usize;
    let difference = |above: usize, below: usize, result: usize| {
        let formula = format!("{}-{}", address(first + above, 1), address(first + below, 1));
        CellModel::formula(1, formula, result as f64, total)
    };
    let unique = if hidden {
        persons(whole.unique, total)
    } else {
        difference(2, 3, whole.unique)
    };
    let mut lines = vec![
        ("contacts", count(whole.contacts)),
        ("anonymous", count(whole.anonymous)),
        ("named", difference(0, 1, named)),
        ("repeats", repeats),
        ("unique", unique),
    ];
    if whole.low != whole.high {
        lines.push(("low", persons(whole.low, Look::Number)));
        lines.push(("high", persons(whole.high, Look::Number)));
        lines.push(("expected", persons(whole.about(), Look::Number)));
    }
    if whole.anonymous > 0 && !hidden {
        lines.push(("at_most", count(whole.unique + whole.anonymous)));
    }
    for (name, cell) in lines {
        let look = if cell.look == total {
            Look::TotalText
        } else {
            Look::Text
        };
        sheet.push(vec![
            CellModel::text(0, book.label(&format!("bridge.{name}")), look),
            cell,
            CellModel::text(2, book.label(&format!("bridge.{name}_note")), Look::Small).over(2),
        ]);
    }
    sheet.gap();
}

/// Parts of the period, their sum, what is counted in several of them, and the period itself.
fn parts_to_whole(
    book: &Book,
    sheet: &mut SheetModel,
    [title, head, sum_label, repeats_label]: [&str; 4],
    parts: &[(String, Reach)],
    whole: &Reach,
) {
    let start = sheet.line(book.label(title), Look::Heading);
    sheet.push(book.heads(&[
        (head, Look::Head),
        ("head.unique", Look::NumberHead),
        ("head.contacts", Look::NumberHead),
    ]));
    for (name, reach) in parts {
        sheet.push(vec![
            CellModel::text(0, name, Look::Text),
            book.guarded(1, reach.unique, Look::Number),
            CellModel::count(2, reach.contacts, Look::Number),
        ]);
    }
    sum_to_whole(book, sheet, [sum_label, repeats_label], parts, whole);
    sheet.keep_together(start);
    sheet.gap();
}

/// Below the parts: their sum, what is counted in several of them, and the period itself.
fn sum_to_whole(
    book: &Book,
    sheet: &mut SheetModel,
    [sum_label, repeats_label]: [&str; 2],
    parts: &[(String, Reach)],
    whole: &Reach,
) {
    let last = sheet.next_row() as usize - 1;
    let first = last + 1 - parts.len();
    let column_sum = |column, sum: usize| {
        let formula = format!("SUM({}:{})", address(first, column), address(last, column));
        CellModel::formula(column, formula, sum as f64, Look::TotalNumber)
    };
    let contacts = parts.iter().map(|(_, reach)| reach.contacts).sum();
    let people: usize = parts.iter().map(|(_, reach)| reach.unique).sum();
    // A hidden part could be computed from the sum and the other parts.
    let hidden = parts
        .iter()
        .any(|(_, reach)| book.view.guarded(reach.unique) == Value::Suppressed);
    let sum_cell = if hidden {
        CellModel::text(1, "", Look::TotalNumber)
    } else {
        column_sum(1, people)
    };
    sheet.push(vec![
        CellModel::text(0, book.label(sum_label), Look::TotalText),
        sum_cell,
        column_sum(2, contacts),
    ]);
    let unique = if hidden {
        book.guarded(1, whole.unique, Look::TotalNumber)
    } else {
        sheet.push(vec![
            CellModel::text(0, book.label(repeats_label), Look::Text),
            CellModel::count(1, people - whole.unique, Look::Number),
        ]);
        let formula = format!("{}-{}", address(last + 1, 1), address(last + 2, 1));
        CellModel::formula(1, formula, whole.unique as f64, Look::TotalNumber)
    };
    sheet.push(vec![
        CellModel::text(0, book.label("bridge.span"), Look::TotalText),
        unique,
    ]);
}
