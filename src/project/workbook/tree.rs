//! The definitions of a project as one tree, whatever files they stand in, and as TOML files again.

use std::fmt::Write as _;

use super::plan::INDICATOR;
use super::toml_text::{canonical, key_text, section_lines};
use crate::project::keys::PROJECT_FILE;
use crate::project::load::PROJECT_TOML;
use crate::project::node::{Node, View};
use crate::project::shape::Shape;

/// Files that definitions are written to: path relative to the project folder, text.
pub(super) type Files = Vec<(String, String)>;

/// The file of `indicators/` that indicators are written to.
const INDICATORS_TOML: &str = "indicators/logframe.toml";

/// The definitions of a project: `project.toml`, then the files of indicators.
#[derive(Debug)]
pub(in crate::project) struct Tree<'a>(pub(in crate::project) Vec<View<'a>>);

impl<'a> Tree<'a> {
    /// The value of a key of `project.toml`.
    pub(super) fn own(&self, key: &str) -> Option<Node<'a>> {
        self.0.first()?.own(key)
    }

    /// The tables `[[key]]` of every file.
    pub(super) fn tables(&self, key: &str) -> Vec<Node<'a>> {
        let found = self.0.iter().filter_map(|file| file.own(key));
        found.flat_map(Node::items).collect()
    }

    /// The same definitions as TOML files, in the order of the grammar.
    pub(super) fn files(&self) -> Files {
        let mut loose = String::new();
        let mut tables = String::new();
        let mut indicators = String::new();
        for key in PROJECT_FILE.keys {
            match &key.shape {
                Shape::Tables(section) => {
                    let out = if key.name == INDICATOR {
                        &mut indicators
                    } else {
                        &mut tables
                    };
                    for item in self.tables(key.name) {
                        let _ = write!(out, "\n[[{}]]\n{}", key.name, section_lines(section, item));
                    }
                }
                shape => {
                    let Some(value) = self.own(key.name) else { continue };
                    match tables_text(key.name, shape, value) {
                        Some(text) => tables.push_str(&text),
                        None => {
                            let _ = writeln!(loose, "{} = {}", key.name, canonical(value, shape));
                        }
                    }
                }
            }
        }
        let project = format!("{loose}{tables}").trim_start().to_owned();
        let mut files = vec![(PROJECT_TOML.to_owned(), project)];
        if !indicators.is_empty() {
            files.push((INDICATORS_TOML.to_owned(), indicators.trim_start().to_owned()));
        }
        files
    }
}

/// A value under a heading of its own; none for one that needs none.
fn tables_text(key: &str, shape: &Shape, value: Node<'_>) -> Option<String> {
    let mut out = String::new();
    match shape {
        Shape::Table(section) => {
            let _ = write!(out, "\n[{key}]\n{}", section_lines(section, value));
        }
        Shape::MapOf(Shape::Table(section)) => {
            for (name, _, item) in value.entries() {
                let _ = write!(out, "\n[{key}.{}]\n{}", key_text(name), section_lines(section, item));
            }
        }
        Shape::MapOf(item) => {
            let _ = writeln!(out, "\n[{key}]");
            for (name, _, value) in value.entries() {
                let _ = writeln!(out, "{} = {}", key_text(name), canonical(value, item));
            }
        }
        _ => return None,
    }
    Some(out)
}
