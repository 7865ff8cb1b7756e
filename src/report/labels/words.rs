//! What the files of a language say.

use std::collections::BTreeMap;

/// How a language chooses the form of a counted noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PluralRule {
    /// 1, and everything else.
    OneOther,
    /// 1 21 31 …, 2-4 22-24 …, everything else.
    Slavic,
}

/// What the files of a language say, over what those of English say.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) texts: BTreeMap<String, String>,
    pub(super) forms: BTreeMap<String, Vec<String>>,
    pub(super) plural: PluralRule,
    /// Whether messages have wordings in it: in English they stand in the code.
    pub(super) speaks: bool,
}

impl Words {
    /// What the files say, later ones over earlier ones.
    pub(super) fn of<'f>(files: impl Iterator<Item = &'f str>) -> Self {
        let mut words = Self {
            texts: BTreeMap::new(),
            forms: BTreeMap::new(),
            plural: PluralRule::OneOther,
            speaks: false,
        };
        files.for_each(|file| words.read(file));
        if words.texts.get("language.plural").is_some_and(|rule| rule == "slavic") {
            words.plural = PluralRule::Slavic;
        }
        words.speaks = words.texts.keys().any(|key| key.starts_with("message."));
        words
    }

    fn read(&mut self, file: &str) {
        let table: toml::Table = file.parse().expect("label files are parsed by a test");
        self.collect("", table);
    }

    fn collect(&mut self, prefix: &str, table: toml::Table) {
        for (key, value) in table {
            let key = if prefix.is_empty() {
                key
            } else {
                format!("{prefix}.{key}")
            };
            match value {
                toml::Value::Table(inner) => self.collect(&key, inner),
                toml::Value::String(text) => {
                    self.texts.insert(key, text);
                }
                toml::Value::Array(list) => {
                    let forms = list
                        .iter()
                        .filter_map(|form| form.as_str().map(str::to_owned))
                        .collect();
                    self.forms.insert(key, forms);
                }
                _ => {}
            }
        }
    }
}
