//! The language of what is said beside a report: the one asked for, else the project's, else English.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::project::workbook::LOGFRAME_XLSX;
use crate::project::{self, PROJECT_TOML};
use crate::report::labels::Labels;

/// What everything falls back to.
const FIRST: &str = "en";

/// Arguments that may name the project, or something in it.
const MAY_NAME_A_PROJECT: [&str; 3] = ["project", "words", "report"];

/// The project that a command is about: the one it names, or the one that holds what it names, else this folder.
pub(crate) fn root_of(matches: &ArgMatches) -> PathBuf {
    let Some((_, command)) = matches.subcommand() else {
        return PathBuf::from(".");
    };
    let values = MAY_NAME_A_PROJECT
        .iter()
        .filter_map(|name| command.try_get_raw(name).ok().flatten());
    let projects = values.flatten().filter_map(|value| above(Path::new(value)));
    projects.into_iter().next().unwrap_or_else(|| PathBuf::from("."))
}

/// A folder that is a project, or lies in one.
pub(crate) fn above(path: &Path) -> Option<PathBuf> {
    let whole = dunce::canonicalize(path).ok()?;
    whole
        .ancestors()
        .find(|folder| is_project(folder))
        .map(Path::to_path_buf)
}

/// Whether definitions stand in a folder.
pub(crate) fn is_project(folder: &Path) -> bool {
    [PROJECT_TOML, LOGFRAME_XLSX]
        .iter()
        .any(|name| folder.join(name).is_file())
}

/// The language asked for, else that of a project folder, else English. One without labels counts as not named:
/// whoever needs its labels says so.
pub(crate) fn spoken(asked: Option<&str>, root: &Path) -> String {
    let known = |lang: &String| Labels::languages().any(|known| known == lang);
    let asked = asked.map(str::to_owned).filter(known);
    let lang = asked.or_else(|| project::language_of(root).filter(known));
    lang.unwrap_or_else(|| FIRST.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stands_above_the_project_and_the_project_above_english() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(spoken(None, folder.path()), "en");
        let definitions = "[project]\nlanguage = \"uk\"\nno-such-key = 1\n";
        std::fs::write(folder.path().join(PROJECT_TOML), definitions).expect("written");
        assert_eq!(spoken(None, folder.path()), "uk");
        assert_eq!(spoken(Some("en"), folder.path()), "en");
        assert_eq!(spoken(Some("xx"), folder.path()), "uk");
    }
}
