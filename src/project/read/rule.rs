//! What an indicator computes: its measure, the two parts of a ratio, or other indicators.

use super::filter::{both, condition, subjects};
use super::measure::{Said, check_meaningless, measure};
use super::source::BENEFICIARIES;
use super::{World, expect_one_of};
use crate::message::message;
use crate::project::diagnostic::Diagnostics;
use crate::project::keys_measure::{MeasureWord, measure as measure_word};
use crate::project::model::{Counted, Filter, Measure, OwnCell, Rule, Subject};
use crate::project::node::{Node, View};

/// Reads the rule of an indicator; `None` where a mistake has been noted. A derived one comes without its
/// indicators, which are found when all are read.
pub(super) fn rule(table: &View<'_>, world: &World<'_>, out: &mut Diagnostics) -> Option<Rule> {
    let population = table.text("population").unwrap_or_else(|| BENEFICIARIES.to_owned());
    rule_of(table, table, None, &population, world, out)
}

/// Reads the cells that have a rule of their own; what they do not say, the indicator says.
pub(super) fn cells(table: &View<'_>, world: &World<'_>, out: &mut Diagnostics) -> Vec<OwnCell> {
    let population = table.text("population").unwrap_or_else(|| BENEFICIARIES.to_owned());
    let outer = condition(table, world, &mut Diagnostics::default());
    let mut cells = Vec::new();
    for cell in table.tables("cell") {
        let named = cell.get("as").and_then(|node| named_cell(node, out));
        let own = cell.text("population").unwrap_or_else(|| population.clone());
        let rule = rule_of(&cell, table, Some(&outer), &own, world, out);
        if let (Some(node), Some(Rule::Derived { .. })) = (cell.get("measure"), &rule) {
            let help = message!("make it an indicator of its own");
            out.note(
                node.file,
                node.span(),
                message!("a cell cannot be made of other indicators"),
                help,
            );
        } else if let (Some((name, category)), Some(rule)) = (named, rule) {
            cells.push(OwnCell { name, category, rule });
        }
    }
    cells
}

/// `test=after` as breakdown and category.
pub(super) fn named_cell(node: Node<'_>, out: &mut Diagnostics) -> Option<(String, String)> {
    let parts = node.text()?.split_once('=');
    let parts = parts.map(|(name, category)| (name.trim().to_owned(), category.trim().to_owned()));
    let found = parts.filter(|(name, category)| !name.is_empty() && !category.is_empty());
    if found.is_none() {
        let help = message!("write breakdown and category: \"kind=registered twice\"");
        out.note(node.file, node.span(), message!("this names no cell"), help);
    }
    found
}

fn rule_of(
    table: &View<'_>,
    shared: &View<'_>,
    outer: Option<&Filter>,
    population: &str,
    world: &World<'_>,
    out: &mut Diagnostics,
) -> Option<Rule> {
    let Some(node) = table.get("measure") else {
        let help = message!("say what is counted, as in `measure = \"contacts\"`, or `use` a catalogue entry");
        out.note(table.file(), table.span(), message!("indicator lacks `measure`"), help);
        return None;
    };
    let kind = measure_word(node.text()?)?;
    let said = Said {
        own: table,
        shared: outer.is_some().then_some(shared),
        node,
        word: kind,
    };
    check_meaningless(&said, out);
    match kind {
        MeasureWord::Ratio => ratio(&said, shared, outer, population, world, out),
        MeasureWord::Derived(how) => Some(Rule::Derived {
            how,
            of: Vec::new(),
            times: times(table, shared),
        }),
        _ => {
            let mut counted = counted(&said, population, world, out)?;
            counted.filter = both(outer.cloned().unwrap_or(Filter::All), counted.filter);
            Some(Rule::Single(counted))
        }
    }
}

fn ratio(
    said: &Said<'_, '_>,
    shared: &View<'_>,
    outer: Option<&Filter>,
    population: &str,
    world: &World<'_>,
    out: &mut Diagnostics,
) -> Option<Rule> {
    let own = condition(said.own, world, out);
    let outer = both(outer.cloned().unwrap_or(Filter::All), own);
    let numerator = part(said, shared, "numerator", population, world, out);
    let denominator = part(said, shared, "denominator", population, world, out);
    let (mut numerator, mut denominator) = (numerator?, denominator?);
    let fixed = [&numerator, &denominator]
        .iter()
        .any(|part| matches!(part.measure, Measure::Constant(_)));
    if numerator.population != denominator.population && !fixed {
        let message = message!(
            "this ratio divides {population} by {other}: two different populations",
            population = numerator.population,
            other = denominator.population
        );
        let at = said.own.get("numerator").unwrap_or(said.node);
        let help = message!("count the same `population` above and below the line");
        out.note(at.file, at.span(), message, help);
    }
    numerator.filter = both(outer.clone(), numerator.filter);
    denominator.filter = both(outer, denominator.filter);
    Some(Rule::Ratio {
        numerator,
        denominator,
        times: times(said.own, shared),
    })
}

/// 100 for per cent, which a ratio is unless it says another unit.
fn times(table: &View<'_>, shared: &View<'_>) -> u32 {
    match table.text("unit").or_else(|| shared.text("unit")).as_deref() {
        None | Some("percent") => 100,
        Some(_) => 1,
    }
}

fn part(
    ratio: &Said<'_, '_>,
    shared: &View<'_>,
    key: &str,
    population: &str,
    world: &World<'_>,
    out: &mut Diagnostics,
) -> Option<Counted> {
    let Some(part) = ratio.own.table(key) else {
        if ratio.own.get(key).is_none() {
            let help = message!("add {key} = { measure = \"people\" }", key);
            out.note(
                ratio.node.file,
                ratio.node.span(),
                message!("a ratio without `{key}`", key),
                help,
            );
        }
        return None;
    };
    let node = part.get("measure")?;
    let kind = measure_word(node.text()?)?;
    if matches!(kind, MeasureWord::Ratio | MeasureWord::Derived(_)) {
        let help = message!("divide one count by another");
        let message = message!("a part of a ratio cannot be a ratio or made of other indicators");
        out.note(node.file, node.span(), message, help);
        return None;
    }
    let said = Said {
        own: &part,
        shared: Some(shared),
        node,
        word: kind,
    };
    check_meaningless(&said, out);
    let population = part.text("population").unwrap_or_else(|| population.to_owned());
    counted(&said, &population, world, out)
}

fn counted(said: &Said<'_, '_>, population: &str, world: &World<'_>, out: &mut Diagnostics) -> Option<Counted> {
    let filter = condition(said.own, world, out);
    check_finding_subjects(said, &filter, out);
    if let Some(node) = said.own.get("population") {
        expect_one_of(
            &message!("population"),
            node,
            world.populations.iter().map(String::as_str),
            out,
        );
    }
    Some(Counted {
        measure: measure(said, world, out)?,
        filter,
        population: population.to_owned(),
    })
}

fn check_finding_subjects(said: &Said<'_, '_>, filter: &Filter, out: &mut Diagnostics) {
    let looks = subjects(filter).contains(&&Subject::FindingKind);
    let other = looks && said.word != MeasureWord::Findings;
    if let Some(node) = said.own.get("where").filter(|_| other) {
        let help = message!("use measure = \"findings\", or leave it out");
        out.note(
            node.file,
            node.span(),
            message!("`finding` can be looked at only where findings are counted"),
            help,
        );
    }
}
