//! The catalogue of standard indicators: the files in `indicators/`, embedded in the binary.
//!
//! An entry is an indicator without what only a project can say. `needs` names the keys that an
//! indicator using the entry must give itself.

use std::sync::Arc;

use toml::Spanned;
use toml::de::DeTable;

use super::diagnostic::{DefinitionText, Diagnostic, Diagnostics};
use super::keys_indicator::ENTRY;
use super::model::Localized;
use super::node::{Node, View};
use super::workbook::Places;
use crate::message::{Message, Tell, message};

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../indicators/", $name, ".toml")))),+]
    };
}

/// Name and text of every entry, in order of name.
pub const FILES: &[(&str, &str)] = files![
    "anonymous-contacts",
    "average-length-of-a-case",
    "bed-nights",
    "callers",
    "callers-who-called-again",
    "calls",
    "cases-closed",
    "cases-open",
    "cases-opened",
    "cash-recipients",
    "children-reached-indirectly",
    "contacts-by-activity",
    "cumulative-unique",
    "data-quality-findings",
    "group-sessions",
    "hours-delivered",
    "households",
    "individual-consultations",
    "log-total-as-written",
    "mean-before",
    "mean-change",
    "money-paid",
    "named-contacts",
    "new-beneficiaries",
    "occupancy",
    "organisations-reached",
    "participations",
    "peak-night",
    "people-in-households-assisted",
    "people-registered",
    "people-with-two-or-more-services",
    "person-hours",
    "prevention-events",
    "reach-by-activity",
    "returning-beneficiaries",
    "services-provided",
    "sessions-held",
    "share-completing-a-cycle",
    "share-improved",
    "total-reach",
    "trainings-held",
    "unique-reach",
    "unique-reach-by-activity",
];

/// What the catalogue says about an entry, for lists and manuals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceSheet {
    /// Name, as `use` writes it.
    pub name: &'static str,
    /// Full wording.
    pub statement: Localized,
    /// Precise definition.
    pub definition: Localized,
    /// How it is collected and computed.
    pub method: Localized,
    /// Known limits.
    pub limits: Localized,
    /// Keys that an indicator using the entry must give itself.
    pub needs: Vec<String>,
}

/// The reference sheets of every entry, in order of name.
pub fn reference_sheets() -> Vec<ReferenceSheet> {
    let texts = Texts::embedded();
    let (catalogue, _) = texts.parse();
    let sheets = catalogue.entries.iter().zip(FILES).map(|(entry, (name, _))| {
        let keys = entry.keys();
        ReferenceSheet {
            name,
            statement: keys.localized("statement"),
            definition: keys.localized("definition"),
            method: keys.localized("method"),
            limits: keys.localized("limits"),
            needs: entry.needs(),
        }
    });
    sheets.collect()
}

/// The texts of the entries, for messages to point into.
#[derive(Debug)]
pub(super) struct Texts(Vec<(&'static str, Arc<DefinitionText>)>);

impl Texts {
    /// The embedded ones.
    pub(super) fn embedded() -> Self {
        let text = |(name, text): &(&'static str, &'static str)| {
            let file = DefinitionText {
                path: format!("catalogue:{name}.toml"),
                text: (*text).to_owned(),
                places: Places::default(),
            };
            (*name, Arc::new(file))
        };
        Self(FILES.iter().map(text).collect())
    }

    /// The entries, and what is wrong with them; the second is empty, as a test proves.
    pub(super) fn parse(&self) -> (Catalogue<'_>, Vec<Diagnostic>) {
        let mut wrong = Diagnostics::default();
        let entries = self.0.iter().map(|(name, file)| {
            let (table, errors) = DeTable::parse_recoverable(&file.text);
            for error in errors {
                wrong.note(file, error.span().unwrap_or_default(), error.message().message(), None);
            }
            Entry { name, file, table }
        });
        let entries: Vec<Entry<'_>> = entries.collect();
        for entry in &entries {
            ENTRY.check(&entry.document(), &mut wrong);
        }
        (Catalogue { entries }, wrong.sorted(|_| 0))
    }
}

/// The catalogue, parsed.
#[derive(Debug)]
pub(super) struct Catalogue<'a> {
    entries: Vec<Entry<'a>>,
}

/// An entry, parsed.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    name: &'static str,
    file: &'a Arc<DefinitionText>,
    table: Spanned<DeTable<'a>>,
}

impl<'a> Catalogue<'a> {
    /// The entry with this name.
    pub(super) fn entry(&'a self, name: &str) -> Option<&'a Entry<'a>> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// Every name.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.entries.iter().map(|entry| entry.name)
    }
}

impl<'a> Entry<'a> {
    /// The whole file.
    pub(super) fn document(&'a self) -> View<'a> {
        View::document(self.table.get_ref(), self.file)
    }

    /// The keys that it answers for.
    pub(super) fn keys(&'a self) -> View<'a> {
        let document = self.document();
        document.table("indicator").unwrap_or(document)
    }

    /// Keys that an indicator using the entry must give itself.
    pub(super) fn needs(&'a self) -> Vec<String> {
        self.document().texts("needs")
    }

    /// How a needed key may be written.
    pub(super) fn example(&'a self, need: &str) -> Option<Message> {
        let example = self.document().table("example")?;
        example
            .get(need)
            .and_then(Node::text)
            .map(|help| message!("for example: {help}", help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_embedded() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("the catalogue's folder")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
            .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
            .collect();
        names.sort();
        let embedded: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, embedded);
    }

    #[test]
    fn every_entry_is_well_formed() {
        let texts = Texts::embedded();
        let (_, wrong) = texts.parse();
        assert_eq!(super::super::render(&wrong, false, &crate::message::English), "");
    }

    #[test]
    fn every_sheet_is_complete_in_both_languages() {
        for sheet in reference_sheets() {
            for text in [&sheet.statement, &sheet.definition, &sheet.method, &sheet.limits] {
                for language in ["en", "uk"] {
                    let length = text.0.get(language).map_or(0, String::len);
                    assert!(length > 12, "{}: {language}: {text:?}", sheet.name);
                }
            }
        }
    }
}
