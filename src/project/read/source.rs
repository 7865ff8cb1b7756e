//! `[[source]]`: files that are read alike.

use indexmap::IndexMap;

use super::{World, expect_one_of};
use crate::message::{Message, message};
use crate::project::diagnostic::Diagnostics;
use crate::project::keys_source as keys;
use crate::project::model::{ActivityRule, Derive, MarkWords, Skip, Source};
use crate::project::node::{Node, View};
use crate::project::suggest::suggestion;

/// Population of a source or an indicator that names none.
pub(super) const BENEFICIARIES: &str = "beneficiaries";

/// Reads a source.
pub(super) fn source(table: &View<'_>, world: &World<'_>, out: &mut Diagnostics) -> Source {
    let files = patterns(table, "files", out);
    let name = table
        .text("name")
        .or_else(|| files.first().cloned())
        .unwrap_or_default();
    check_sheets(table, out);
    let entries = |key: &str| table.get(key).map(Node::entries).unwrap_or_default();
    let values = entries("values").into_iter();
    Source {
        name,
        exclude: patterns(table, "exclude", out),
        files,
        sheets: table.texts("sheets"),
        layout: table.text("layout").and_then(|code| keys::layout(&code)),
        header_row: table.small("header-row"),
        columns: columns(table, world),
        values: values
            .map(|(field, _, node)| (field.to_owned(), text_map(node)))
            .collect(),
        marks: table.table("marks").map(|marks| mark_words(&marks)).unwrap_or_default(),
        date_order: table.text("date-order").and_then(|code| keys::date_order(&code)),
        year: table
            .get("year")
            .and_then(Node::whole)
            .and_then(|year| year.try_into().ok()),
        blank: table.text("blank").and_then(|code| keys::blank(&code)),
        activity: activity_rule(table, world, out),
        population: table.text("population").unwrap_or_else(|| BENEFICIARIES.to_owned()),
        site: table.text("site"),
        session: table.get("session").map(Node::texts),
        constants: table.get("fields").map(text_map).unwrap_or_default(),
        skip: table.tables("skip").iter().map(skip).collect(),
        contact_when: contact_when(table, out),
        parent: table.text("parent"),
        derive: entries("derive")
            .into_iter()
            .map(|(field, _, node)| (field.to_owned(), derive(&node.view(), out)))
            .collect(),
        at: table.at(),
    }
}

/// What columns hold: a word of the tool, which may be written with - as keys of definitions are, or a field of the
/// project's own.
fn columns(table: &View<'_>, world: &World<'_>) -> IndexMap<String, String> {
    let mut columns = table.get("columns").map(text_map).unwrap_or_default();
    for meant in columns.values_mut() {
        if let Some(role) = role(meant, world.known.roles) {
            *meant = role;
        }
    }
    columns
}

/// The tool's word for what a column holds, however its parts are joined.
pub(super) fn role(written: &str, roles: &[&str]) -> Option<String> {
    let role = written.trim().replace(['-', ' '], "_");
    roles.contains(&role.as_str()).then_some(role)
}

/// What a column may be said to hold, as definitions write it; what only exports and tables of decisions have is left out.
pub(super) fn accepted(roles: &[&str]) -> Vec<String> {
    let usual = |role: &&&str| !role.starts_with("form_") && !role.starts_with("decision_");
    let roles = roles.iter().filter(usual);
    roles.map(|role| role.replace('_', "-")).collect()
}

/// Notes what columns are said to hold that is no word of the tool and by which nothing is counted: a slip, most likely.
pub(in crate::project) fn check_columns(
    file: &View<'_>,
    definitions: &[View<'_>],
    roles: &[&str],
    out: &mut Diagnostics,
) {
    let tables = file.tables("source");
    let columns = tables.iter().filter_map(|table| table.get("columns"));
    for (_, _, node) in columns.flat_map(Node::entries) {
        let Some(written) = node.text() else { continue };
        let used = || definitions.iter().any(|definition| definition.says(written));
        if roles.is_empty() || role(written, roles).is_some() || used() {
            continue;
        }
        let message = message!(
            "`{written}` is nothing that a column holds, and no definition counts by it",
            written
        );
        out.note(
            node.file,
            node.span(),
            message,
            suggestion(written, accepted(roles).iter().map(String::as_str)),
        );
    }
}

/// Texts by key, in the order written.
pub(super) fn text_map(node: Node<'_>) -> IndexMap<String, String> {
    let entries = node.entries().into_iter();
    entries
        .filter_map(|(key, _, value)| Some((key.to_owned(), value.text()?.to_owned())))
        .collect()
}

fn mark_words(table: &View<'_>) -> MarkWords {
    MarkWords {
        present: table.texts("present"),
        absent: table.texts("absent"),
        excused: table.texts("excused"),
    }
}

fn skip(table: &View<'_>) -> Skip {
    Skip {
        field: table.text("field").unwrap_or_default(),
        values: table.texts("values"),
        reason: table.text("reason").unwrap_or_default(),
    }
}

/// The field that makes a row a contact, with its values where they are named.
fn contact_when(table: &View<'_>, out: &mut Diagnostics) -> Option<(String, Vec<String>)> {
    let node = table.get("contact-when")?;
    if let Some(field) = node.text() {
        return Some((field.to_owned(), Vec::new()));
    }
    let entries = node.entries();
    let [(field, _, values)] = entries.as_slice() else {
        let help = message!("for example: contact-when = { status = [\"done\"] }");
        out.note(
            node.file,
            node.span(),
            message!("`contact-when` must name one field"),
            help,
        );
        return None;
    };
    Some(((*field).to_owned(), values.texts()))
}

fn derive(table: &View<'_>, out: &mut Diagnostics) -> Derive {
    let contains = table.get("contains");
    for (words, span, node) in contains.map(Node::entries).unwrap_or_default() {
        if words.trim().is_empty() {
            let help = message!("use `otherwise` for all that fits nothing");
            out.note(
                node.file,
                span,
                message!("empty words are contained in everything"),
                help,
            );
        }
    }
    Derive {
        from: table.text("from").unwrap_or_default(),
        contains: contains.map(text_map).unwrap_or_default(),
        otherwise: table.text("otherwise"),
    }
}

/// Notes a source whose forms are in no other source.
pub(super) fn check_parents(file: &View<'_>, sources: &[Source], out: &mut Diagnostics) {
    for (table, source) in file.tables("source").into_iter().zip(sources) {
        let Some(node) = table.get("parent") else { continue };
        // A form has no form of its own: a parent that is itself a child can't be joined.
        let forms = sources
            .iter()
            .filter(|other| other.parent.is_none() && other.name != source.name);
        expect_one_of(
            &message!("source of forms"),
            node,
            forms.map(|other| other.name.as_str()),
            out,
        );
    }
}

fn activity_rule(table: &View<'_>, world: &World<'_>, out: &mut Diagnostics) -> ActivityRule {
    let Some(node) = table.get("activity") else {
        return ActivityRule::None;
    };
    if let Some(code) = node.text() {
        world.expect_activity(node, out);
        return ActivityRule::Fixed(code.to_owned());
    }
    let rule = node.view();
    let values = rule.get("values");
    for activity in values.map(Node::values).unwrap_or_default() {
        world.expect_activity(activity, out);
    }
    ActivityRule::ByField {
        field: rule.text("field").unwrap_or_default(),
        values: values.map(text_map).unwrap_or_default(),
    }
}

/// The file patterns under a key, each relative to the project folder and inside it.
pub(super) fn patterns(table: &View<'_>, key: &str, out: &mut Diagnostics) -> Vec<String> {
    let Some(node) = table.get(key) else {
        return Vec::new();
    };
    if key == "files" && node.is_list() && node.items().is_empty() {
        let help = message!("name a file or a pattern: files = \"raw/*.xlsx\"");
        out.note(node.file, node.span(), message!("`files` names no file"), help);
    }
    for item in node.one_or_many() {
        check_pattern(item, out);
    }
    node.texts()
}

fn check_pattern(node: Node<'_>, out: &mut Diagnostics) {
    let Some(pattern) = node.text() else { return };
    let found = if pattern.trim().is_empty() {
        Some((
            message!("a file pattern is empty"),
            message!("name a file: \"raw/list.xlsx\""),
        ))
    } else if pattern.contains('\\') {
        Some((
            message!("`{pattern}` is written with \\", pattern),
            message!("write folders with /, on Windows too"),
        ))
    } else if pattern.starts_with(['/', '~']) && !pattern.starts_with("~$") || pattern.contains(':') {
        Some((
            message!(
                "`{pattern}` is an absolute path, which other computers do not have",
                pattern
            ),
            message!("put the file into the project folder and name it from there: \"raw/…\""),
        ))
    } else if pattern.split('/').any(|part| part == "..") {
        Some((
            message!("`{pattern}` leads out of the project folder", pattern),
            message!("put the file into the project folder and name it from there: \"raw/…\""),
        ))
    } else {
        let wrong = glob::Pattern::new(pattern).err();
        wrong.map(|error| {
            (
                message!(
                    "`{pattern}` is not a pattern: {msg}",
                    pattern,
                    msg = Message::phrase(error.msg)
                ),
                message!("use * for any name and ** for any folder; write [[] for ["),
            )
        })
    };
    if let Some((message, help)) = found {
        out.note(node.file, node.span(), message, help);
    }
}

fn check_sheets(table: &View<'_>, out: &mut Diagnostics) {
    for node in table.get("sheets").map(Node::one_or_many).unwrap_or_default() {
        let wrong = node.text().and_then(|name| glob::Pattern::new(name).err());
        if let Some(error) = wrong {
            let help = message!("write [[] for [");
            out.note(
                node.file,
                node.span(),
                message!(
                    "this is not a sheet name or pattern: {msg}",
                    msg = Message::phrase(error.msg)
                ),
                help,
            );
        }
    }
}
