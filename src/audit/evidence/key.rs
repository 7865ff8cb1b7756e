//! Pseudonyms that nobody can compute from a name: a keyed hash of the person's key.
//!
//! A plain hash of a name can be computed by whoever guesses the name. With the project's own secret it can't
//! (HMAC, RFC 2104, over SHA-256), and the same person keeps the same pseudonym from report to report.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

use crate::report::folder;

/// Where a project keeps its secret.
const FILE: &str = "private/evidence.key";
/// Bytes of a secret.
const LENGTH: usize = 32;
/// Letters of a pseudonym, five bits each: a hundred thousand people share none by chance.
const LETTERS: usize = 12;
/// Letters and digits that nobody mistakes for each other (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A project's secret.
#[derive(Clone)]
pub struct Key([u8; LENGTH]);

/// Why a project's secret is not at hand.
#[derive(Debug, Error)]
pub enum KeyError {
    /// The file holds something else.
    #[error(
        "{} is not a key of 64 hexadecimal digits: put the file back from a copy. A new one is made when it is removed, and gives \
         everybody other pseudonyms",
        .0.display()
    )]
    Damaged(PathBuf),
    /// It could not be read or made.
    #[error("{} could not be read or written: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl Key {
    /// The secret of a project; made at random where there is none yet.
    pub fn of_project(root: &Path) -> Result<Self, KeyError> {
        let path = root.join(FILE);
        match fs::read_to_string(&path) {
            Ok(text) => read(text.trim()).map(Self).ok_or(KeyError::Damaged(path)),
            Err(source) if source.kind() == io::ErrorKind::NotFound => made(&path),
            Err(source) if source.kind() == io::ErrorKind::InvalidData => Err(KeyError::Damaged(path)),
            Err(source) => Err(KeyError::Io { path, source }),
        }
    }

    /// The secret of a project that has one.
    pub fn known(root: &Path) -> Result<Option<Self>, KeyError> {
        if root.join(FILE).exists() {
            Self::of_project(root).map(Some)
        } else {
            Ok(None)
        }
    }

    /// A secret given as bytes.
    pub fn of_bytes(bytes: [u8; LENGTH]) -> Self {
        Self(bytes)
    }

    /// The pseudonym of whoever is known by `key`: `E` and twelve letters.
    pub fn pseudonym(&self, key: &str) -> String {
        let mut bits: u64 = 0;
        for byte in self.hash(key.as_bytes()).iter().take(8) {
            bits = bits << 8 | u64::from(*byte);
        }
        let letters = (0..LETTERS).map(|at| char::from(ALPHABET[(bits >> (59 - 5 * at) & 31) as usize]));
        std::iter::once('E').chain(letters).collect()
    }

    /// The keyed hash of anything.
    pub(crate) fn hash(&self, bytes: &[u8]) -> [u8; LENGTH] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of any length will do");
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }
}

fn read(text: &str) -> Option<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    if text.len() != 2 * LENGTH || !text.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

fn made(path: &Path) -> Result<Key, KeyError> {
    let refused = |source| KeyError::Io {
        path: path.to_owned(),
        source,
    };
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| refused(io::Error::other(error)))?;
    let text = bytes.map(|byte| format!("{byte:02x}")).concat();
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(refused)?;
        #[cfg(unix)]
        folder::own(folder);
    }
    let mut step = folder::underway::step();
    let mut file = folder::private_file(path).map_err(refused)?;
    writeln!(file, "{text}").map_err(refused)?;
    step.placed();
    Ok(Key(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_made_once_and_pseudonyms_depend_on_it() {
        let project = tempfile::tempdir().expect("a folder");
        let one = Key::of_project(project.path()).expect("made");
        let again = Key::of_project(project.path()).expect("read");
        let other = Key::of_bytes([7; LENGTH]);
        assert_eq!(one.pseudonym("P1"), again.pseudonym("P1"));
        assert_ne!(one.pseudonym("P1"), one.pseudonym("P2"));
        assert_ne!(one.pseudonym("P1"), other.pseudonym("P1"));
        assert_eq!(other.pseudonym("P1").len(), 1 + LETTERS);
    }

    #[test]
    fn a_damaged_secret_is_said_and_kept() {
        let project = tempfile::tempdir().expect("a folder");
        let path = project.path().join(FILE);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        for text in ["", "12", &"g".repeat(64), &"й".repeat(32)] {
            fs::write(&path, text).expect("written");
            assert!(
                matches!(Key::of_project(project.path()), Err(KeyError::Damaged(_))),
                "{text}"
            );
            assert_eq!(fs::read_to_string(&path).expect("read"), *text);
        }
    }
}
