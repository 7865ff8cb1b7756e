//! What an indicator computes: its measure, or the two parts of a ratio.

use super::filter::{both, condition, subjects};
use super::source::BENEFICIARIES;
use super::{World, expect_one_of};
use crate::project::diagnostic::Diagnostics;
use crate::project::keys_indicator::{MeasureWord, measure as measure_word};
use crate::project::model::{Class, Counted, Evidence, Filter, Measure, Rule, Subject, Unit};
use crate::project::node::{Node, View};

/// Reads the rule of an indicator; `None` where a mistake has been noted.
pub(super) fn rule(table: &View<'_>, world: &World<'_>, out: &mut Diagnostics) -> Option<Rule> {
    let Some(node) = table.get("measure") else {
        let help = "say what is counted, as in `measure = \"contacts\"`, or `use` a catalogue entry".to_owned();
        out.note(table.file(), table.span(), "indicator lacks `measure`", help);
        return None;
    };
    let kind = measure_word(node.text()?)?;
    check_meaningless(table, node, kind, out);
    let population = table.text("population").unwrap_or_else(|| BENEFICIARIES.to_owned());
    if kind == MeasureWord::Ratio {
        return ratio(table, node, &population, world, out);
    }
    Some(Rule::Single(counted(table, kind, &population, world, out)?))
}

fn ratio(table: &View<'_>, node: Node<'_>, population: &str, world: &World<'_>, out: &mut Diagnostics) -> Option<Rule> {
    let outer = condition(table, world, out);
    let numerator = part(table, node, "numerator", population, world, out);
    let denominator = part(table, node, "denominator", population, world, out);
    let (mut numerator, mut denominator) = (numerator?, denominator?);
    if numerator.population != denominator.population {
        let message = format!(
            "this ratio divides {} by {}: two different populations",
            numerator.population, denominator.population
        );
        let at = table.get("numerator").unwrap_or(node);
        let help = "count the same `population` above and below the line".to_owned();
        out.note(at.file, at.span(), message, help);
    }
    numerator.filter = both(outer.clone(), numerator.filter);
    denominator.filter = both(outer, denominator.filter);
    let times = match table.text("unit").as_deref() {
        None | Some("percent") => 100,
        Some(_) => 1,
    };
    Some(Rule::Ratio {
        numerator,
        denominator,
        times,
    })
}

fn part(
    table: &View<'_>,
    ratio: Node<'_>,
    key: &str,
    population: &str,
    world: &World<'_>,
    out: &mut Diagnostics,
) -> Option<Counted> {
    let Some(part) = table.table(key) else {
        if table.get(key).is_none() {
            let help = format!("add {key} = {{ measure = \"people\" }}");
            out.note(ratio.file, ratio.span(), format!("a ratio without `{key}`"), help);
        }
        return None;
    };
    let node = part.get("measure")?;
    let kind = measure_word(node.text()?)?;
    if kind == MeasureWord::Ratio {
        let help = "divide one count by another".to_owned();
        out.note(node.file, node.span(), "a part of a ratio cannot be a ratio", help);
        return None;
    }
    check_meaningless(&part, node, kind, out);
    let population = part.text("population").unwrap_or_else(|| population.to_owned());
    counted(&part, kind, &population, world, out)
}

fn counted(
    table: &View<'_>,
    kind: MeasureWord,
    population: &str,
    world: &World<'_>,
    out: &mut Diagnostics,
) -> Option<Counted> {
    let filter = condition(table, world, out);
    check_finding_subjects(table, kind, &filter, out);
    if let Some(node) = table.get("population") {
        expect_one_of("population", node, world.populations.iter().map(String::as_str), out);
    }
    Some(Counted {
        measure: measure(table, kind, world, out)?,
        filter,
        population: population.to_owned(),
    })
}

fn measure(table: &View<'_>, kind: MeasureWord, world: &World<'_>, out: &mut Diagnostics) -> Option<Measure> {
    Some(match kind {
        MeasureWord::Sessions => Measure::Sessions,
        MeasureWord::Contacts => Measure::Contacts(Evidence::All),
        MeasureWord::NamedContacts => Measure::Contacts(Evidence::Named),
        MeasureWord::AnonymousContacts => Measure::Contacts(Evidence::Anonymous),
        MeasureWord::People => Measure::People,
        MeasureWord::NewPeople => Measure::NewPeople,
        MeasureWord::ReturningPeople => Measure::ReturningPeople,
        MeasureWord::PeopleWithServices => Measure::PeopleWith {
            of: crate::project::model::Subject::Activity,
            min: table.small("at-least").unwrap_or(2),
        },
        MeasureWord::Sum => Measure::Statistic {
            of: crate::project::model::Statistic::Sum,
            per: crate::project::model::Per::Row,
            field: required(table, "field", "sum", "\"count_total\"", out)?
                .text()?
                .to_owned(),
        },
        MeasureWord::Findings => {
            let node = required(table, "kinds", "findings", "[\"file-repeated\"]", out)?;
            if !world.known.finding_kinds.is_empty() {
                for item in node.one_or_many() {
                    expect_one_of("kind of finding", item, world.known.finding_kinds.iter().copied(), out);
                }
            }
            Measure::Findings { kinds: node.texts() }
        }
        MeasureWord::Ratio => return None,
    })
}

fn required<'a>(table: &View<'a>, key: &str, measure: &str, example: &str, out: &mut Diagnostics) -> Option<Node<'a>> {
    let node = table.get(key);
    if node.is_none() {
        let help = format!("add `{key}`, as in {key} = {example}");
        out.note(
            table.file(),
            table.span(),
            format!("the measure `{measure}` lacks `{key}`"),
            help,
        );
    }
    node
}

/// Notes keys that the measure does not look at: silence would hide a misunderstanding.
fn check_meaningless(table: &View<'_>, measure: Node<'_>, kind: MeasureWord, out: &mut Diagnostics) {
    let belongs = [
        (
            "at-least",
            kind == MeasureWord::PeopleWithServices,
            "people-with-services",
        ),
        ("field", kind == MeasureWord::Sum, "sum"),
        ("kinds", kind == MeasureWord::Findings, "findings"),
        ("numerator", kind == MeasureWord::Ratio, "ratio"),
        ("denominator", kind == MeasureWord::Ratio, "ratio"),
    ];
    for (key, fits, owner) in belongs {
        if let Some(node) = table.own(key).filter(|_| !fits) {
            let written = measure.text().unwrap_or_default();
            let message = format!("`{key}` means nothing for the measure `{written}`");
            let help = format!("it belongs to measure = \"{owner}\"");
            out.note(node.file, node.span(), message, help);
        }
    }
}

fn check_finding_subjects(table: &View<'_>, kind: MeasureWord, filter: &Filter, out: &mut Diagnostics) {
    let looks = subjects(filter).contains(&&Subject::FindingKind);
    if let Some(node) = table.get("where").filter(|_| looks && kind != MeasureWord::Findings) {
        let help = "use measure = \"findings\", or leave it out".to_owned();
        out.note(
            node.file,
            node.span(),
            "`finding` can be looked at only where findings are counted",
            help,
        );
    }
}

/// Unit and class that follow from a rule.
pub(super) fn nature(rule: &Rule) -> (Unit, Class) {
    let Rule::Single(counted) = rule else {
        return (Unit::Percent, Class::Ratio);
    };
    match counted.measure {
        Measure::Sessions => (Unit::Sessions, Class::Flow),
        Measure::Contacts(_) => (Unit::Contacts, Class::Flow),
        Measure::NewPeople => (Unit::Persons, Class::Flow),
        Measure::People | Measure::ReturningPeople | Measure::PeopleWith { .. } => (Unit::Persons, Class::Distinct),
        Measure::Statistic { .. } => (Unit::Number, Class::Flow),
        Measure::Findings { .. } => (Unit::Findings, Class::Flow),
        _ => todo!(),
    }
}
