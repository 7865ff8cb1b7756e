//! `frozen.json`: a published period with its figures and the fingerprints of everything that belongs to it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::audit::manifest::{self, Manifest};
use crate::ingest::fingerprint_of;
use crate::ingest::listed::sha256;
use crate::message::{Message, Tell, message};
use crate::report::history::{History, Publication};

/// Version of the file's form.
pub const SCHEMA_VERSION: u32 = 1;
/// Its name within the folder of a publication.
pub const FILE: &str = "frozen.json";
/// What precedes the fingerprint in the text.
const SEAL: &str = "\"fingerprint\": \"";

/// A published period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// Version of this form.
    pub schema_version: u32,
    /// Version of the tool that published it.
    pub tool: String,
    /// Label of the period.
    pub period: String,
    /// 1 for the first time that the period was published, 2 for the second …
    pub revision: u32,
    /// How many publications the project had with this one.
    pub number: u32,
    /// Day of publishing.
    pub date: NaiveDate,
    /// Who published it; empty where nobody was named.
    pub by: String,
    /// Path → SHA-256 of every file of the report.
    pub report: IndexMap<String, String>,
    /// Path → SHA-256 of what was kept beside the report: the definitions, and the private files.
    pub kept: IndexMap<String, String>,
    /// Tells whether a secret is the one that the rows were hashed with.
    pub key: String,
    /// What the report says of earlier publications.
    pub history: History,
    /// What the report was made from, and every figure.
    pub manifest: Manifest,
    /// SHA-256 of this text without this line's value.
    pub fingerprint: String,
}

/// What is wrong with a published folder.
#[derive(Debug)]
pub enum Damage {
    /// A file is not there.
    Missing(PathBuf),
    /// A file has other bytes than were published.
    Edited(PathBuf),
    /// The frozen figures can't be understood.
    Unclear {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// It was published by a later version of the tool.
    Newer {
        /// The file.
        path: PathBuf,
        /// That version.
        tool: String,
    },
    /// It can't be read.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl Tell for Damage {
    fn message(&self) -> Message {
        match self {
            Self::Missing(path) => message!("{path} is missing: put it back from a copy", path),
            Self::Edited(path) => message!(
                "{path} was changed after it was published: put it back from a copy",
                path
            ),
            Self::Unclear { path, reason } => message!(
                "{path} can't be understood ({reason}): it was edited or cut off, put it back from a copy",
                path,
                reason = Message::phrase(reason)
            ),
            Self::Newer { path, tool } => message!(
                "{path} was published by version {tool} of the tool, which is newer than this one ({own}): use that version",
                path,
                tool,
                own = env!("CARGO_PKG_VERSION")
            ),
            Self::Io { path, source } => message!("{path} can't be read: {source}", path, source),
        }
    }
}
crate::message::error!(Damage);

impl Frozen {
    /// The text of the file, with its fingerprint; and that text's SHA-256.
    pub fn sealed(&mut self) -> (String, String) {
        self.fingerprint.clear();
        let text = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        self.fingerprint = fingerprint_of(text.as_bytes());
        let text = match text.rfind(SEAL) {
            Some(at) => {
                let (before, after) = text.split_at(at + SEAL.len());
                format!("{before}{}{after}", self.fingerprint)
            }
            None => text,
        };
        let sha256 = fingerprint_of(text.as_bytes());
        (text, sha256)
    }

    /// Reads the file of a published folder; anything that was changed since is refused. With the text's SHA-256.
    pub fn read(folder: &Path) -> Result<(Self, String), Damage> {
        let path = folder.join(FILE);
        let bytes = fs::read(&path).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => Damage::Missing(path.clone()),
            _ => Damage::Io {
                path: path.clone(),
                source,
            },
        })?;
        let unclear = |reason: String| Damage::Unclear {
            path: path.clone(),
            reason,
        };
        let text = String::from_utf8(bytes).map_err(|error| unclear(error.to_string()))?;
        let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| unclear(error.to_string()))?;
        let version = |value: &serde_json::Value| value["schema_version"].as_u64();
        let newer = version(&value).is_some_and(|version| version > u64::from(SCHEMA_VERSION))
            || version(&value["manifest"]).is_some_and(|version| version > u64::from(manifest::SCHEMA_VERSION));
        if newer {
            let tool = value["tool"].as_str().unwrap_or("?").to_owned();
            return Err(Damage::Newer { path, tool });
        }
        let frozen: Self = serde_json::from_value(value).map_err(|error| unclear(error.to_string()))?;
        let seal = text.rfind(SEAL).map(|at| at + SEAL.len());
        let open = seal.map(|at| {
            let (before, after) = text.split_at(at);
            let after = after.strip_prefix(frozen.fingerprint.as_str()).unwrap_or(after);
            fingerprint_of(format!("{before}{after}").as_bytes())
        });
        if frozen.fingerprint.is_empty() || open.as_ref() != Some(&frozen.fingerprint) {
            return Err(Damage::Edited(path));
        }
        Ok((frozen, fingerprint_of(text.as_bytes())))
    }

    /// What of the folder is missing or was changed since it was published.
    pub fn damage(&self, folder: &Path) -> Vec<Damage> {
        let files = self.report.iter().chain(&self.kept);
        files
            .filter_map(|(name, published)| {
                let path = folder.join(name);
                match sha256(&path) {
                    found if found == *published => None,
                    _ if path.exists() => Some(Damage::Edited(path)),
                    _ => Some(Damage::Missing(path)),
                }
            })
            .collect()
    }

    /// How reports name it.
    pub fn publication(&self, folder: &str, sha256: &str) -> Publication {
        Publication {
            folder: folder.to_owned(),
            period: self.period.clone(),
            revision: self.revision,
            date: self.date,
            by: self.by.clone(),
            sha256: sha256.to_owned(),
        }
    }
}
