//! The language in which a command speaks: the one asked for, else the project's; and failures put into it.

use std::path::{Path, PathBuf};

use super::Command;
use crate::message::{Message, Tongue, message};
use crate::project::{self, LoadError};
use crate::report::fill;
use crate::report::labels::Labels;

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

impl Command {
    /// The words in which the command speaks.
    pub(super) fn tongue(&self) -> Labels {
        let (asked, root) = self.place();
        let own = || project::language_of(&root?);
        Labels::load(&asked.or_else(own).unwrap_or_default())
    }

    /// The language that was asked for, and the project that is worked on.
    fn place(&self) -> (Option<String>, Option<PathBuf>) {
        let (asked, root): (&Option<String>, Option<&Path>) = match self {
            Self::Run(args) => (&args.lang, Some(&args.project.project)),
            Self::Check(args) => (&args.lang, Some(&args.project.project)),
            Self::Review(args) => (&args.lang, Some(&args.project.project)),
            Self::People(args) => (&args.lang, Some(&args.project.project)),
            Self::Publish(args) => (&args.lang, Some(&args.project.project)),
            Self::AuditPack(args) => (&args.lang, Some(&args.project.project)),
            Self::Convert(args) => (&args.lang, Some(&args.project.project)),
            Self::Compare(args) => (&args.lang, Some(&args.project)),
            Self::Init(args) => (&args.lang, None),
            Self::Schema(args) => (&args.lang, None),
            Self::Inspect(args) => return (Some(args.lang.clone()), None),
            Self::Dedupe(args) => return (Some(args.lang.clone()), None),
            Self::Trace(args) => return (args.lang.clone(), Some(args.root())),
            Self::Verify(args) => return (args.lang.clone(), args.root()),
            Self::Fill(args) => return (args.lang.clone(), Some(args.root())),
        };
        (asked.clone(), root.map(Path::to_owned))
    }
}
