//! `[[source]]`: files that are read alike.

use indexmap::IndexMap;

use super::World;
use crate::project::diagnostic::Diagnostics;
use crate::project::keys;
use crate::project::model::{ActivityRule, MarkWords, Source};
use crate::project::node::{Node, View};

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
        columns: table.get("columns").map(text_map).unwrap_or_default(),
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
        constants: IndexMap::new(),
        skip: Vec::new(),
        contact_when: None,
        parent: None,
        derive: IndexMap::new(),
        at: table.at(),
    }
}

fn text_map(node: Node<'_>) -> IndexMap<String, String> {
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
        let help = "name a file or a pattern: files = \"raw/*.xlsx\"".to_owned();
        out.note(node.file, node.span(), "`files` names no file", help);
    }
    for item in node.one_or_many() {
        check_pattern(item, out);
    }
    node.texts()
}

fn check_pattern(node: Node<'_>, out: &mut Diagnostics) {
    let Some(pattern) = node.text() else { return };
    let found = if pattern.trim().is_empty() {
        Some(("a file pattern is empty".to_owned(), "name a file: \"raw/list.xlsx\""))
    } else if pattern.contains('\\') {
        Some((
            format!("`{pattern}` is written with \\"),
            "write folders with /, on Windows too",
        ))
    } else if pattern.starts_with(['/', '~']) && !pattern.starts_with("~$") || pattern.contains(':') {
        Some((
            format!("`{pattern}` is an absolute path, which other computers do not have"),
            "put the file into the project folder and name it from there: \"raw/…\"",
        ))
    } else if pattern.split('/').any(|part| part == "..") {
        Some((
            format!("`{pattern}` leads out of the project folder"),
            "put the file into the project folder and name it from there: \"raw/…\"",
        ))
    } else {
        let wrong = glob::Pattern::new(pattern).err();
        wrong.map(|error| {
            (
                format!("`{pattern}` is not a pattern: {}", error.msg),
                "use * for any name and ** for any folder; write [[] for [",
            )
        })
    };
    if let Some((message, help)) = found {
        out.note(node.file, node.span(), message, help.to_owned());
    }
}

fn check_sheets(table: &View<'_>, out: &mut Diagnostics) {
    for node in table.get("sheets").map(Node::one_or_many).unwrap_or_default() {
        let wrong = node.text().and_then(|name| glob::Pattern::new(name).err());
        if let Some(error) = wrong {
            let help = "write [[] for [".to_owned();
            out.note(
                node.file,
                node.span(),
                format!("this is not a sheet name or pattern: {}", error.msg),
                help,
            );
        }
    }
}
