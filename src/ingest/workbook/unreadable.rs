//! Why a file cannot be read, in words that say what to do.

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No file at the path.
    #[error("there is no such file: check its name and folder")]
    Missing,
    /// A folder where a file is expected.
    #[error("this is a folder, not a file")]
    Folder,
    /// The system refuses access.
    #[error("the file may not be opened: close it in other programs or ask for the right to read it")]
    Locked,
    /// Any other failure of the disk or network.
    #[error("the file could not be read from the disk ({reason}): copy it to this computer and try again")]
    Disk {
        /// What the system said.
        reason: String,
    },
    /// Trace of a program that has the real file open.
    #[error("this is the trace of an open program, not data: nothing is lost by leaving it out")]
    LockFile,
    /// Nothing in it.
    #[error("the file is empty (0 bytes): ask for it again")]
    Empty,
    /// Protected with a password.
    #[error("the file is protected with a password: open it, save a copy without the password, and use the copy")]
    Encrypted,
    /// Broken inside.
    #[error("the file is damaged ({reason}): open it in Excel or LibreOffice and save a copy")]
    Damaged {
        /// What was found.
        reason: String,
    },
    /// Cut off.
    #[error("the file is cut off in the middle: ask for it again, or open and save it in Excel or LibreOffice")]
    Truncated,
    /// Something that is no table this program knows.
    #[error("this is {what}, not a table that can be read: save it as .xlsx, .ods or .csv")]
    ForeignFormat {
        /// What it is, with its article.
        what: String,
    },
    /// More than fits.
    #[error("the file is too large to read safely ({reason}): remove empty formatted rows or split it")]
    TooLarge {
        /// What is too large.
        reason: String,
    },
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
