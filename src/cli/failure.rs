//! Why a command could not do its work, and how that is told in a language.

use crate::message::{Message, Tongue, message};
use crate::project::LoadError;
use crate::report::fill;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// The call is wrong.
    Call(Message),
    /// The definitions are wrong.
    Definitions(Mistakes),
    /// A file can't be read or written.
    File(Message),
}

/// What is wrong with definitions.
#[derive(Debug)]
pub enum Mistakes {
    /// Those of a project, each with its line.
    Project(LoadError),
    /// Those of a map of figures.
    Map {
        /// The file, as it was named.
        path: String,
        /// What stands in it.
        text: String,
        /// What is wrong with it.
        mistakes: Vec<fill::Mistake>,
    },
    /// Nothing that a line could be shown of.
    Other(Message),
}

impl Failure {
    /// In the words of a language.
    pub fn told(&self, tongue: &dyn Tongue) -> String {
        match self {
            Self::Call(message) | Self::File(message) | Self::Definitions(Mistakes::Other(message)) => {
                message.told(tongue)
            }
            Self::Definitions(Mistakes::Project(error)) => error.told(tongue),
            Self::Definitions(Mistakes::Map { path, text, mistakes }) => fill::render(path, text, mistakes, tongue),
        }
    }

    /// In the middle of a sentence: without the lines that mistakes stand in.
    pub(crate) fn brief(&self) -> Message {
        match self {
            Self::Call(message) | Self::File(message) | Self::Definitions(Mistakes::Other(message)) => message.clone(),
            Self::Definitions(Mistakes::Project(error)) => error.brief(),
            Self::Definitions(Mistakes::Map { path, .. }) => message!("{path}: the map has mistakes", path),
        }
    }
}
