//! `[[indicator]]`, laid over the catalogue entry that it uses.

use std::collections::BTreeMap;

use super::breakdown::{Breakdowns, breakdowns};
use super::nature::{counts_persons, nature};
use super::project::calendars;
use super::reporting::for_donors;
use super::rule::{cells, named_cell, rule};
use super::targets::{CellTargets, milestones};
use super::{World, expect_one_of};
use crate::message::message;
use crate::project::catalogue::Catalogue;
use crate::project::diagnostic::Diagnostics;
use crate::project::keys_indicator::{ScopeWord, class, direction, level, scope, unit};
use crate::project::model::{
    Baseline, Class, Direction, Disaggregation, Indicator, Level, Localized, OwnCell, Rule, Unit,
};
use crate::project::node::{Node, View};
use crate::project::suggest::suggestion;

/// An indicator as read, with what is settled only when all are read.
#[derive(Debug)]
pub(in crate::project) struct Drafted<'a> {
    pub(in crate::project) indicator: Indicator,
    /// The codes that a derived one is made of.
    pub(in crate::project) of: Option<Node<'a>>,
    /// Class of a derived one, where it is said.
    pub(in crate::project) class: Option<(Node<'a>, Class)>,
    /// Unit, where it is said.
    pub(in crate::project) unit: Option<Unit>,
    /// Decimals, where they are said.
    pub(in crate::project) decimals: Option<u8>,
}

/// Reads the indicators of one file. `codes` holds those of the files before it, with their places.
pub(in crate::project) fn indicators<'a>(
    file: &View<'a>,
    world: &World<'_>,
    catalogue: &'a Catalogue<'a>,
    codes: &mut BTreeMap<String, String>,
    out: &mut Diagnostics,
) -> Vec<Drafted<'a>> {
    let mut indicators = Vec::new();
    for table in file.tables("indicator") {
        check_code(&table, codes, out);
        indicators.extend(indicator(&table, world, catalogue, out));
    }
    indicators
}

fn check_code(table: &View<'_>, codes: &mut BTreeMap<String, String>, out: &mut Diagnostics) {
    let Some((node, code)) = table.get("code").and_then(|node| Some((node, node.text()?))) else {
        return;
    };
    if code.trim().is_empty() {
        out.note(
            node.file,
            node.span(),
            message!("an indicator's code is empty"),
            message!("write it as the logframe does: \"1.1.1\""),
        );
    }
    if let Some(first) = codes.get(code) {
        let help = message!("the first stands in {first}; give one of them another code", first);
        out.note(
            node.file,
            node.span(),
            message!("a second indicator `{code}`", code),
            help,
        );
    } else {
        let at = table.at();
        codes.insert(
            code.to_owned(),
            format!("{}:{}", at.file, node.file.line_of(node.span().start)),
        );
    }
}

/// What an indicator says beside its rule and its words, with the mistakes in it told.
struct Parts {
    disaggregations: Vec<Disaggregation>,
    cell_targets: CellTargets,
    cells: Vec<OwnCell>,
    as_cell: Option<(String, String)>,
    milestones: BTreeMap<String, f64>,
    spans: Option<Vec<String>>,
}

impl Parts {
    fn read(table: &View<'_>, rule: Option<&Rule>, world: &World<'_>, out: &mut Diagnostics) -> Self {
        let Breakdowns { list, cell_targets } = breakdowns(table, rule, world, out);
        let cells = cells(table, world, out);
        let as_cell = table.get("as-cell").and_then(|node| named_cell(node, out));
        Self {
            disaggregations: with_cells(list, as_cell.as_ref(), &cells),
            cell_targets,
            cells,
            as_cell,
            milestones: milestones(table, world, out),
            spans: spans(table, world, out),
        }
    }
}

fn indicator<'a>(
    table: &View<'a>,
    world: &World<'_>,
    catalogue: &'a Catalogue<'a>,
    out: &mut Diagnostics,
) -> Option<Drafted<'a>> {
    let table = over_catalogue(table, catalogue, out)?;
    check_statement(&table, out);
    let rule = rule(&table, world, out);
    let parts = Parts::read(&table, rule.as_ref(), world, out);
    let rule = rule?;
    let derived = matches!(rule, Rule::Derived { .. });
    let said_class = table.get("class").and_then(|node| Some((node, class(node.text()?)?)));
    let class = if derived {
        nature(&rule).1
    } else {
        checked_class(said_class, &rule, out)
    };
    let indicator = assembled(&table, rule, class, parts)?;
    check_together(&table, &indicator, out);
    Some(Drafted {
        indicator,
        of: if derived { codes_of(&table, out) } else { None },
        class: said_class,
        unit: said_unit(&table),
        decimals: decimals(&table),
    })
}

/// The indicator of rule, class and parts; `None` where it has no code.
fn assembled(table: &View<'_>, rule: Rule, class: Class, parts: Parts) -> Option<Indicator> {
    let scopes = scopes(table);
    let level = table.text("level").and_then(|code| level(&code));
    let direction = table.text("direction").and_then(|code| direction(&code));
    Some(Indicator {
        code: table.text("code")?,
        level: level.unwrap_or(Level::Output),
        statement: table.localized("statement"),
        definition: definition(table),
        limits: table.localized("limits"),
        catalogue: table.text("use"),
        unit: said_unit(table).unwrap_or(nature(&rule).0),
        class,
        direction: direction.unwrap_or(Direction::Increase),
        decimals: decimals(table).unwrap_or(u8::from(class == Class::Ratio)),
        rule,
        baseline: baseline(table),
        target: table.get("target").and_then(Node::number),
        milestones: parts.milestones,
        cell_targets: parts.cell_targets,
        assumptions: table.localized("assumptions"),
        verification: table.localized("verification"),
        frequency: table.localized("frequency"),
        responsible: table.localized("responsible"),
        for_donors: for_donors(table),
        disaggregations: parts.disaggregations,
        as_cell: parts.as_cell,
        cells: parts.cells,
        spans: parts.spans,
        calendars: calendars(table),
        in_period: scopes.contains(&ScopeWord::Period),
        cumulative: scopes.contains(&ScopeWord::Cumulative),
        headline: table.get("headline").and_then(Node::yes_no).unwrap_or(false),
        at: table.at(),
    })
}

fn said_unit(table: &View<'_>) -> Option<Unit> {
    table.text("unit").and_then(|code| unit(&code))
}

/// The breakdowns, and one by nothing for each cell that stands in none of them.
fn with_cells(
    mut list: Vec<Disaggregation>,
    as_cell: Option<&(String, String)>,
    cells: &[OwnCell],
) -> Vec<Disaggregation> {
    let names = as_cell
        .map(|(name, _)| name)
        .into_iter()
        .chain(cells.iter().map(|cell| &cell.name));
    for name in names {
        if list.iter().all(|breakdown| breakdown.name != *name) {
            list.push(Disaggregation {
                name: name.clone(),
                label: Localized::same(name),
                by: Vec::new(),
                rename: indexmap::IndexMap::new(),
                order: Vec::new(),
            });
        }
    }
    list
}

/// The codes that a derived indicator is made of.
fn codes_of<'a>(table: &View<'a>, out: &mut Diagnostics) -> Option<Node<'a>> {
    let node = table.get("of");
    if node.is_none() {
        let help = message!("name the indicators it is made of: of = [\"1.1\", \"1.2\"]");
        out.note(
            table.file(),
            table.span(),
            message!("an indicator made of others lacks `of`"),
            help,
        );
    }
    node
}

fn spans(table: &View<'_>, world: &World<'_>, out: &mut Diagnostics) -> Option<Vec<String>> {
    let node = table.get("spans")?;
    for item in node.one_or_many() {
        expect_one_of(
            &message!("span"),
            item,
            world.spans.iter().map(|span| span.label.as_str()),
            out,
        );
    }
    Some(node.texts())
}

fn check_statement(table: &View<'_>, out: &mut Diagnostics) {
    if table.get("statement").is_none() {
        let help = message!("write the full wording, or `use` a catalogue entry that has it");
        out.note(
            table.file(),
            table.span(),
            message!("indicator lacks `statement`"),
            help,
        );
    }
}

/// The indicator over the catalogue entry it names; `None` where there is no such entry.
fn over_catalogue<'a>(table: &View<'a>, catalogue: &'a Catalogue<'a>, out: &mut Diagnostics) -> Option<View<'a>> {
    let Some((node, name)) = table.get("use").and_then(|node| Some((node, node.text()?))) else {
        return Some(table.clone());
    };
    let Some(entry) = catalogue.entry(name) else {
        let help = suggestion(name, catalogue.names());
        out.note(
            node.file,
            node.span(),
            message!("no catalogue entry `{name}`", name),
            help,
        );
        return None;
    };
    for need in entry.needs() {
        if table.own(&need).is_none() {
            let message = message!(
                "`{name}` from the catalogue needs `{need}`, which only the project can say",
                name,
                need
            );
            let help = entry.example(&need);
            out.note(node.file, node.span(), message, help);
        }
    }
    Some(table.clone().over(&entry.keys()))
}

/// Definition and, as a paragraph of its own, the method.
fn definition(table: &View<'_>) -> Localized {
    let (definition, method) = (table.localized("definition"), table.localized("method"));
    let languages: Vec<String> = definition.0.keys().chain(method.0.keys()).cloned().collect();
    let text = |language: &String| {
        let parts = [definition.0.get(language), method.0.get(language)];
        parts
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("\n")
    };
    Localized(
        languages
            .iter()
            .map(|language| (language.clone(), text(language)))
            .collect(),
    )
}

fn decimals(table: &View<'_>) -> Option<u8> {
    table.small("decimals").and_then(|number| number.try_into().ok())
}

fn scopes(table: &View<'_>) -> Vec<ScopeWord> {
    match table.get("scope") {
        Some(node) => node.texts().iter().filter_map(|code| scope(code)).collect(),
        None => vec![ScopeWord::Period, ScopeWord::Cumulative],
    }
}

fn baseline(table: &View<'_>) -> Option<Baseline> {
    let node = table.get("baseline")?;
    if let Some(value) = node.number() {
        return Some(Baseline { value, date: None });
    }
    let parts = node.view();
    Some(Baseline {
        value: parts.get("value")?.number()?,
        date: parts.get("date").and_then(Node::date),
    })
}

/// The class, or that of the rule where the two contradict each other.
fn checked_class(said: Option<(Node<'_>, Class)>, rule: &Rule, out: &mut Diagnostics) -> Class {
    let (_, natural) = nature(rule);
    let Some((node, given)) = said else {
        return natural;
    };
    let reason = match (natural, given) {
        (Class::Distinct, Class::Flow) => message!("different people never add up over periods"),
        (Class::Ratio, Class::Flow | Class::Distinct | Class::Level) => {
            message!("a ratio is computed anew for every period")
        }
        (Class::Flow | Class::Distinct | Class::Level, Class::Ratio) => {
            message!("only the measure `ratio` makes a ratio")
        }
        _ => return given,
    };
    let word = node.text().unwrap_or_default();
    let help = message!("leave `class` out: it follows from the measure");
    out.note(
        node.file,
        node.span(),
        message!("the class cannot be `{word}`: {reason}", word, reason),
        help,
    );
    natural
}

/// Keys that are right alone and wrong together.
fn check_together(table: &View<'_>, indicator: &Indicator, out: &mut Diagnostics) {
    let falling = indicator.direction == Direction::Decrease && indicator.baseline.is_none();
    if let Some(node) = table.get("target").filter(|_| falling) {
        let help = message!("add `baseline`: progress is (baseline − actual) ÷ (baseline − target)");
        out.note(
            node.file,
            node.span(),
            message!("a target to be reached by a decrease needs a baseline"),
            help,
        );
    }
    if let Some(node) = table
        .get("scope")
        .filter(|_| !indicator.in_period && !indicator.cumulative)
    {
        let help = message!("name \"period\", \"cumulative\" or both, or leave `scope` out");
        out.note(
            node.file,
            node.span(),
            message!("`scope` names nothing, so nothing would be reported"),
            help,
        );
    }
    let people = matches!(&indicator.rule, Rule::Single(counted) if counts_persons(&counted.measure));
    if let Some(node) = table.own("unit").filter(|_| people && indicator.unit == Unit::Contacts) {
        let help = message!("leave `unit` out: it follows from the measure");
        out.note(
            node.file,
            node.span(),
            message!("this measure counts persons, not contacts"),
            help,
        );
    }
}
