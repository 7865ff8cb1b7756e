//! Why a file cannot be read, in words that say what to do.

use std::collections::BTreeMap;

use crate::message::{Message, Tell, message};

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// No file at the path.
    Missing,
    /// A folder where a file is expected.
    Folder,
    /// The system refuses access.
    Locked,
    /// Any other failure of the disk or network.
    Disk {
        /// What the system said.
        reason: String,
    },
    /// Trace of a program that has the real file open.
    LockFile,
    /// Nothing in it.
    Empty,
    /// Protected with a password.
    Encrypted,
    /// Broken inside.
    Damaged {
        /// What was found.
        reason: String,
    },
    /// Cut off.
    Truncated,
    /// Something that is no table this program knows.
    ForeignFormat {
        /// What it is, with its article.
        what: String,
    },
    /// More than fits.
    TooLarge {
        /// What is too large.
        reason: String,
    },
}

impl Tell for Unreadable {
    fn message(&self) -> Message {
        match self {
            Self::Missing => message!("there is no such file: check its name and folder"),
            Self::Folder => message!("this is a folder, not a file"),
            Self::Locked => {
                message!("the file may not be opened: close it in other programs or ask for the right to read it")
            }
            Self::Disk { reason } => message!(
                "the file could not be read from the disk ({reason}): copy it to this computer and try again",
                reason
            ),
            Self::LockFile => {
                message!("this is the trace of an open program, not data: nothing is lost by leaving it out")
            }
            Self::Empty => message!("the file is empty (0 bytes): ask for it again"),
            Self::Encrypted => message!(
                "the file is protected with a password: open it, save a copy without the password, and use the copy"
            ),
            Self::Damaged { reason } => message!(
                "the file is damaged ({reason}): open it in Excel or LibreOffice and save a copy",
                reason = Message::phrase(reason)
            ),
            Self::Truncated => message!(
                "the file is cut off in the middle: ask for it again, or open and save it in Excel or LibreOffice"
            ),
            Self::ForeignFormat { what } => message!(
                "this is {what}, not a table that can be read: save it as .xlsx, .ods or .csv",
                what = Message::phrase(what)
            ),
            Self::TooLarge { reason } => message!(
                "the file is too large to read safely ({reason}): remove empty formatted rows or split it",
                reason = Message::phrase(reason)
            ),
        }
    }
}
crate::message::error!(Unreadable);

/// What a finding keeps of an unreadable file: the reason in English, its code, and what was found.
const REASON: &str = "reason";
const CODE: &str = "unreadable";
const FOUND: &str = "found";

impl Unreadable {
    /// Stable code, and what was found.
    fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Missing => ("missing", ""),
            Self::Folder => ("folder", ""),
            Self::Locked => ("locked", ""),
            Self::Disk { reason } => ("disk", reason),
            Self::LockFile => ("lock-file", ""),
            Self::Empty => ("empty", ""),
            Self::Encrypted => ("encrypted", ""),
            Self::Damaged { reason } => ("damaged", reason),
            Self::Truncated => ("truncated", ""),
            Self::ForeignFormat { what } => ("foreign-format", what),
            Self::TooLarge { reason } => ("too-large", reason),
        }
    }

    /// As arguments of a finding.
    pub(crate) fn args(&self) -> [(&'static str, String); 3] {
        let (code, found) = self.parts();
        [
            (REASON, self.to_string()),
            (CODE, code.to_owned()),
            (FOUND, found.to_owned()),
        ]
    }

    /// From the arguments of a finding.
    pub(crate) fn of_args(args: &BTreeMap<&'static str, String>) -> Option<Self> {
        let found = args.get(FOUND)?.clone();
        Some(match args.get(CODE)?.as_str() {
            "missing" => Self::Missing,
            "folder" => Self::Folder,
            "locked" => Self::Locked,
            "disk" => Self::Disk { reason: found },
            "lock-file" => Self::LockFile,
            "empty" => Self::Empty,
            "encrypted" => Self::Encrypted,
            "damaged" => Self::Damaged { reason: found },
            "truncated" => Self::Truncated,
            "foreign-format" => Self::ForeignFormat { what: found },
            "too-large" => Self::TooLarge { reason: found },
            _ => return None,
        })
    }
}

impl Unreadable {
    /// Damage, with the reader's own words.
    pub(super) fn damaged(reason: impl std::fmt::Display) -> Self {
        let reason: String = reason
            .to_string()
            .chars()
            .filter(|c| !c.is_control())
            .take(200)
            .collect();
        Unreadable::Damaged { reason }
    }

    /// What was found, without the advice.
    pub(super) fn reason(&self) -> String {
        match self {
            Unreadable::Damaged { reason } | Unreadable::TooLarge { reason } => reason.clone(),
            other => other.to_string(),
        }
    }

    pub(super) fn foreign(what: &str) -> Self {
        Unreadable::ForeignFormat { what: what.to_owned() }
    }

    pub(super) fn from_io(error: &std::io::Error) -> Self {
        // 32 and 33: Windows sharing and lock violations, which std does not name.
        match (error.kind(), error.raw_os_error()) {
            (std::io::ErrorKind::NotFound, _) => Unreadable::Missing,
            (std::io::ErrorKind::IsADirectory, _) => Unreadable::Folder,
            (std::io::ErrorKind::PermissionDenied, _) => Unreadable::Locked,
            (_, Some(32 | 33)) if cfg!(windows) => Unreadable::Locked,
            (_, _) => Unreadable::Disk {
                reason: error.to_string(),
            },
        }
    }
}
