//! Styles of an `OpenDocument` spreadsheet that carry meaning: hidden sheets, cells struck through or coloured.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::attribute;
use crate::ingest::workbook::looks::{Look, fill};

/// What has been read of the styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// Name and family of the style being defined.
    current: Option<(String, Family)>,
    /// Names of table styles that hide their sheet.
    hiding: Vec<String>,
    /// How cells and texts of a style look, where it says anything.
    looks: BTreeMap<String, Look>,
    /// Colours met, in order.
    colours: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Table,
    Cell,
    Text,
}

impl Styles {
    /// Takes an element of a style.
    pub(super) fn element(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "style" => {
                let family = match attribute(element, "family").as_deref() {
                    Some("table") => Some(Family::Table),
                    Some("table-cell") => Some(Family::Cell),
                    Some("text") => Some(Family::Text),
                    _ => None,
                };
                self.current = attribute(element, "name").zip(family);
                if let (Some((name, _)), Some(parent)) = (&self.current, attribute(element, "parent-style-name"))
                    && let Some(look) = self.looks.get(&parent).copied()
                {
                    self.looks.insert(name.clone(), look);
                }
            }
            "table-properties" if attribute(element, "display").as_deref() == Some("false") => {
                if let Some((name, Family::Table)) = &self.current {
                    self.hiding.push(name.clone());
                }
            }
            "table-cell-properties" => {
                if let (Some((name, Family::Cell)), Some(colour)) =
                    (&self.current, attribute(element, "background-color"))
                {
                    self.looks.entry(name.clone()).or_default().fill = fill(&mut self.colours, &colour);
                }
            }
            "text-properties" => {
                let line = attribute(element, "text-line-through-style")
                    .or_else(|| attribute(element, "text-line-through-type"));
                if let (Some((name, Family::Cell | Family::Text)), Some(line)) = (&self.current, line) {
                    self.looks.entry(name.clone()).or_default().struck = line != "none";
                }
            }
            _ => {}
        }
    }

    /// Whether a table style hides its sheet.
    pub(super) fn hides(&self, style: &str) -> bool {
        self.hiding.iter().any(|name| name == style)
    }

    /// Whether no style changes how a cell looks.
    pub(super) fn say_nothing(&self) -> bool {
        self.looks.is_empty()
    }

    /// How cells or texts of a style look.
    pub(super) fn look(&self, style: &str) -> Look {
        self.looks.get(style).copied().unwrap_or_default()
    }
}
