//! `disaggregate`: breakdowns of an indicator.

use indexmap::IndexMap;

use super::subject::{categories, category_name, heading, name, subject};
use super::targets::{CellTargets, cell_targets};
use super::{World, expect_one_of};
use crate::message::message;
use crate::project::diagnostic::Diagnostics;
use crate::project::model::{Disaggregation, Localized, Measure, Rule, Subject};
use crate::project::node::{Node, View};

/// The breakdowns of an indicator, with the targets of their cells.
#[derive(Debug, Default)]
pub(super) struct Breakdowns {
    pub(super) list: Vec<Disaggregation>,
    pub(super) cell_targets: CellTargets,
}

/// Reads the breakdowns of an indicator.
pub(super) fn breakdowns(
    table: &View<'_>,
    rule: Option<&Rule>,
    world: &World<'_>,
    out: &mut Diagnostics,
) -> Breakdowns {
    let mut read = Breakdowns::default();
    for node in table.get("disaggregate").map(Node::items).unwrap_or_default() {
        let Some(breakdown) = breakdown(node, world, out) else {
            continue;
        };
        check_findings(node, &breakdown, rule, out);
        if read.list.iter().any(|other| other.name == breakdown.name) {
            let message = message!("a second breakdown named `{name}`", name = breakdown.name);
            let help = message!("give it another name: { by = \"…\", as = \"…\" }");
            out.note(node.file, node.span(), message, help);
        }
        cell_targets(table, node, &breakdown, world, &mut read.cell_targets, out);
        read.list.push(breakdown);
    }
    read
}

fn breakdown(node: Node<'_>, world: &World<'_>, out: &mut Diagnostics) -> Option<Disaggregation> {
    let table = node.view();
    let by = if node.is_table() { table.get("by")? } else { node };
    let words = by.one_or_many();
    let subjects: Vec<Option<Subject>> = words.iter().map(|word| subject(*word, world, out)).collect();
    let mut by: Vec<Subject> = subjects.into_iter().collect::<Option<_>>()?;
    if let Some(bands) = table.get("bands") {
        band(bands, &mut by, world, out)?;
    }
    if by.is_empty() {
        let help = message!("name what to break down by: \"sex\", [\"sex\", \"age\"]");
        out.note(node.file, node.span(), message!("a breakdown by nothing"), help);
        return None;
    }
    let codes: Vec<&str> = words.iter().filter_map(|word| word.text()).collect();
    check_categories(&table, &by, world, out);
    let given = table.text("as");
    Some(Disaggregation {
        label: label(&table, given.as_deref(), &codes),
        name: given.unwrap_or_else(|| codes.iter().map(|code| name(code)).collect::<Vec<_>>().join(" × ")),
        by,
        rename: rename(&table),
        order: table.texts("order"),
    })
}

/// Puts the one number among the subjects into bands.
fn band(node: Node<'_>, by: &mut [Subject], world: &World<'_>, out: &mut Diagnostics) -> Option<()> {
    let scheme = node.text()?.to_owned();
    expect_one_of(&message!("bands"), node, world.bands.keys().map(String::as_str), out);
    let field = |subject: &Subject| match subject {
        Subject::Field(key) | Subject::Attribute(key) => Some(key.clone()),
        _ => None,
    };
    let mut fields = by.iter_mut().filter(|subject| field(subject).is_some());
    let (Some(subject), None) = (fields.next(), fields.next()) else {
        let help = message!("`bands` is about one field: { by = \"experience\", bands = \"experience\" }");
        out.note(
            node.file,
            node.span(),
            message!("not clear which number falls into bands"),
            help,
        );
        return None;
    };
    let of = field(subject)?;
    *subject = Subject::Band { of, scheme };
    Some(())
}

fn label(table: &View<'_>, given: Option<&str>, codes: &[&str]) -> Localized {
    if let Some(label) = table.get("label") {
        return label.localized();
    }
    match (given, codes) {
        (Some(name), _) => Localized::same(name),
        (None, codes) => {
            let headings: Vec<Localized> = codes.iter().map(|code| heading(code)).collect();
            let joined = |language: &str| {
                let parts: Vec<&str> = headings.iter().map(|heading| heading.get(language)).collect();
                (language.to_owned(), parts.join(" × "))
            };
            Localized(["en", "uk"].map(joined).into())
        }
    }
}

fn rename(table: &View<'_>) -> IndexMap<String, String> {
    let entries = table.get("rename").map(Node::entries).unwrap_or_default();
    entries
        .into_iter()
        .filter_map(|(code, _, node)| Some((code.to_owned(), node.text()?.to_owned())))
        .collect()
}

/// Notes categories that the one subject of a breakdown does not have.
fn check_categories(table: &View<'_>, by: &[Subject], world: &World<'_>, out: &mut Diagnostics) {
    let [subject] = by else { return };
    let Some(mut accepted) = categories(subject, world) else {
        return;
    };
    accepted.push("unknown".to_owned());
    let what = category_name(subject);
    for item in table.get("order").map(Node::one_or_many).unwrap_or_default() {
        expect_one_of(&what, item, accepted.iter().map(String::as_str), out);
    }
    for (code, span, node) in table.get("rename").map(Node::entries).unwrap_or_default() {
        if !accepted.iter().any(|category| category == code) {
            let help = crate::project::suggest::suggestion(code, accepted.iter().map(String::as_str));
            out.note(node.file, span, message!("no {what} `{word}`", what, word = code), help);
        }
    }
}

/// Findings have a kind and a source but no person, and nothing else has a kind.
fn check_findings(node: Node<'_>, breakdown: &Disaggregation, rule: Option<&Rule>, out: &mut Diagnostics) {
    let Some(Rule::Single(counted)) = rule else { return };
    let findings = matches!(counted.measure, Measure::Findings { .. });
    for subject in &breakdown.by {
        let kind = *subject == Subject::FindingKind;
        if findings && !kind && *subject != Subject::Source {
            let help = message!("findings can be broken down by \"finding\" and \"source\"");
            out.note(
                node.file,
                node.span(),
                message!("findings have no `{name}`", name = breakdown.name),
                help,
            );
        } else if kind && !findings {
            let help = message!("use measure = \"findings\", or leave it out");
            out.note(
                node.file,
                node.span(),
                message!("only findings have a kind to break down by"),
                help,
            );
        }
    }
}
