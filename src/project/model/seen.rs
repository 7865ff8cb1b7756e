//! What a project remembers of how its sources were read, to notice when next month's file differs.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How the sources of a project were read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The sources, by name.
    #[serde(default, rename = "source")]
    pub sources: Vec<SeenSource>,
}

/// How one source was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenSource {
    /// Name of the source.
    pub name: String,
    /// Its kinds of tables.
    #[serde(default, rename = "table")]
    pub tables: Vec<SeenTable>,
}

/// One kind of table of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SeenTable {
    /// Layout, as definitions write it.
    pub layout: String,
    /// Rows in which headings begin, of the first table of each sheet; ascending.
    #[serde(default)]
    pub header_rows: Vec<u32>,
    /// Headings in order, with what each was taken for.
    #[serde(default)]
    pub columns: Vec<String>,
    /// How the days of sessions are written in headings.
    #[serde(default)]
    pub days: Vec<String>,
    /// Order of day and month, where the dates told it.
    #[serde(default)]
    pub date_order: Option<String>,
    /// What a blank cell under a session was taken for, where that was told.
    #[serde(default)]
    pub blank: Option<String>,
    /// Marks with what each says.
    #[serde(default)]
    pub marks: BTreeMap<String, String>,
}

impl SeenTable {
    /// Whether two tables are of one kind: the same layout and headings.
    pub fn is_like(&self, other: &Self) -> bool {
        self.layout == other.layout && self.columns == other.columns
    }

    /// Takes in another table of this kind.
    pub fn add(&mut self, other: &Self) {
        self.header_rows.extend(&other.header_rows);
        self.header_rows.sort_unstable();
        self.header_rows.dedup();
        self.days.extend(other.days.iter().cloned());
        self.days.sort();
        self.days.dedup();
        self.date_order = self.date_order.take().or_else(|| other.date_order.clone());
        self.blank = self.blank.take().or_else(|| other.blank.clone());
        for (mark, meaning) in &other.marks {
            self.marks.entry(mark.clone()).or_insert_with(|| meaning.clone());
        }
    }
}
