//! Indicators made of others: found by their codes, checked for what may be added and divided.

use std::collections::BTreeMap;

use super::indicator::Drafted;
use crate::message::{Message, message};
use crate::project::diagnostic::Diagnostics;
use crate::project::model::{Class, Derivation, Indicator, Rule, Unit};
use crate::project::node::Node;
use crate::project::suggest::suggestion;

/// Finds the indicators of derived ones, and settles their class and unit.
pub(in crate::project) fn resolve(mut drafted: Vec<Drafted<'_>>, out: &mut Diagnostics) -> Vec<Indicator> {
    let places: BTreeMap<String, usize> = drafted
        .iter()
        .enumerate()
        .map(|(at, draft)| (draft.indicator.code.clone(), at))
        .collect();
    for at in 0..drafted.len() {
        find(at, &mut drafted, &places, out);
    }
    let order = in_order(&drafted, out);
    for at in order {
        settle(at, &mut drafted, out);
    }
    drafted.into_iter().map(|draft| draft.indicator).collect()
}

fn find(at: usize, drafted: &mut [Drafted<'_>], places: &BTreeMap<String, usize>, out: &mut Diagnostics) {
    let Some(node) = drafted[at].of else { return };
    let mut found = Vec::new();
    for item in node.one_or_many() {
        let Some(code) = item.text() else { continue };
        if let Some(&place) = places.get(code) {
            found.push(place);
        } else {
            let help = suggestion(code, places.keys().map(String::as_str));
            out.note(item.file, item.span(), message!("no indicator `{code}`", code), help);
        }
    }
    let Rule::Derived { how, of, .. } = &mut drafted[at].indicator.rule else {
        return;
    };
    let (fits, needs) = match how {
        Derivation::Quotient => (node.one_or_many().len() == 2, message!("exactly two codes")),
        Derivation::Sum | Derivation::Difference => (node.one_or_many().len() > 1, message!("at least two codes")),
    };
    if !fits {
        let help = message!("for example: of = [\"1.1\", \"1.2\"]");
        out.note(node.file, node.span(), message!("`of` must name {needs}", needs), help);
    }
    *of = found;
}

fn parts(draft: &Drafted<'_>) -> Vec<usize> {
    match &draft.indicator.rule {
        Rule::Derived { of, .. } => of.clone(),
        Rule::Single(_) | Rule::Ratio { .. } => Vec::new(),
    }
}

/// Derived indicators, each after those it is made of; notes circles.
fn in_order(drafted: &[Drafted<'_>], out: &mut Diagnostics) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    let mut open: Vec<usize> = (0..drafted.len()).filter(|&at| drafted[at].of.is_some()).collect();
    // Each round settles what depends on nothing open; a round that settles nothing has found a circle.
    loop {
        let (ready, waiting): (Vec<usize>, Vec<usize>) = open
            .iter()
            .partition(|&&at| parts(&drafted[at]).iter().all(|part| !open.contains(part)));
        order.extend(&ready);
        open = waiting;
        if ready.is_empty() {
            break;
        }
    }
    for at in open {
        let node: Option<Node<'_>> = drafted[at].of;
        let code = &drafted[at].indicator.code;
        let Some(node) = node else { continue };
        let message = if parts(&drafted[at]).contains(&at) {
            message!("indicator `{code}` is made of itself", code)
        } else {
            message!("indicator `{code}` is made of itself, by way of others", code)
        };
        let help = message!("name only indicators that do not need this one");
        out.note(node.file, node.span(), message, help);
    }
    order
}

/// Class and unit of a derived indicator, or why there can be none.
fn settle(at: usize, drafted: &mut [Drafted<'_>], out: &mut Diagnostics) {
    let (Some(node), Rule::Derived { how, of, times }) = (drafted[at].of, &drafted[at].indicator.rule) else {
        return;
    };
    let parts: Vec<&Indicator> = of.iter().map(|&part| &drafted[part].indicator).collect();
    if parts.is_empty() {
        return;
    }
    if let Some((message, help)) = refused(*how, *times, &parts) {
        out.note(node.file, node.span(), message, help.clone());
        return;
    }
    let class = match how {
        Derivation::Quotient => Class::Ratio,
        Derivation::Sum | Derivation::Difference => parts[0].class,
    };
    let alike = parts.iter().all(|part| part.unit == parts[0].unit);
    let unit = match how {
        Derivation::Quotient if *times == 100 => Unit::Percent,
        Derivation::Sum | Derivation::Difference if alike => parts[0].unit,
        Derivation::Quotient | Derivation::Sum | Derivation::Difference => Unit::Number,
    };
    check_class(drafted[at].class, class, out);
    let said = drafted[at].unit;
    let decimals = drafted[at].decimals;
    let indicator = &mut drafted[at].indicator;
    indicator.class = class;
    indicator.unit = said.unwrap_or(unit);
    indicator.decimals = decimals.unwrap_or(u8::from(class == Class::Ratio));
}

fn check_class(said: Option<(Node<'_>, Class)>, class: Class, out: &mut Diagnostics) {
    if let Some((node, _)) = said.filter(|(_, said)| *said != class) {
        let help = message!("leave `class` out: it follows from the indicators named");
        let message = message!("this class is not that of the indicators it is made of");
        out.note(node.file, node.span(), message, help);
    }
}

fn refused(how: Derivation, times: u32, parts: &[&Indicator]) -> Option<(Message, Message)> {
    let of_class = |class: Class| parts.iter().find(|part| part.class == class);
    if let Some(ratio) = of_class(Class::Ratio) {
        let message = message!(
            "`{code}` is a ratio: ratios are never added, subtracted or divided",
            code = ratio.code
        );
        return Some((
            message,
            message!("write a ratio of its own, with numerator and denominator as measures"),
        ));
    }
    let mixed = parts.iter().any(|part| part.class != parts[0].class);
    let differ = || {
        message!(
            "`{code}` and the others behave differently over periods",
            code = parts[0].code
        )
    };
    match how {
        Derivation::Sum => {
            let together = message!("add flows to flows, and last values to last values");
            let distinct = of_class(Class::Distinct).map(|part| (never_added(part), union()));
            distinct.or_else(|| mixed.then(|| (differ(), together)))
        }
        Derivation::Difference => {
            let together = message!("subtract flows from flows, and different people from different people");
            mixed.then(|| (differ(), together))
        }
        Derivation::Quotient => {
            let populations: Vec<Option<&str>> = parts.iter().map(|part| population(part)).collect();
            let two = times == 100 && populations.windows(2).any(|pair| pair[0] != pair[1]);
            let message = message!("this per cent divides one population by another");
            two.then_some((
                message,
                message!("for a plain ratio, such as clients per worker, say unit = \"number\""),
            ))
        }
    }
}

fn union() -> Message {
    message!("count the union: one indicator whose `where` takes in all of them")
}

fn never_added(part: &Indicator) -> Message {
    message!(
        "`{code}` counts different people or things, and such counts are never added: who stands in two of them would \
         count twice",
        code = part.code
    )
}

fn population(indicator: &Indicator) -> Option<&str> {
    match &indicator.rule {
        Rule::Single(counted) | Rule::Ratio { numerator: counted, .. } => Some(&counted.population),
        Rule::Derived { .. } => None,
    }
}
