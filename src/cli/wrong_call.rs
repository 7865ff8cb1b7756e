//! A call that can't be understood, in the words of the person who made it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{language, quoted};
use crate::message::{Message, message};
use crate::report::labels::Labels;

/// What is wrong with a call; nothing where clap's own words are the answer: help, version, and what is rare.
pub(super) fn told(error: &clap::Error, args: &[OsString]) -> Option<String> {
    let labels = Labels::load(&spoken(args));
    let what = what(error)?;
    let help = match command(args) {
        Some(command) => message!("`tallyframe {command} --help` shows how it is called.", command),
        None => message!("`tallyframe --help` lists the commands."),
    };
    let told = message!("error: {what}\n\n{help}", what, help);
    Some(told.told(&labels))
}

/// The language asked for, else that of the project that an argument names or that one stands in.
fn spoken(args: &[OsString]) -> String {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let after = words.iter().position(|word| *word == "--lang").map(|at| at + 1);
    let asked = after
        .and_then(|at| words.get(at).copied())
        .or_else(|| words.iter().find_map(|word| word.strip_prefix("--lang=")));
    let mut paths = args.iter().skip(1).map(Path::new);
    let root = paths.find_map(language::above);
    language::spoken(asked, &root.unwrap_or_else(|| PathBuf::from(".")))
}

/// The command that was called, where there is such a one.
fn command(args: &[OsString]) -> Option<String> {
    let first = args.get(1)?.to_str()?;
    let known = <super::Cli as clap::CommandFactory>::command();
    known.find_subcommand(first).map(|_| first.to_owned())
}

fn what(error: &clap::Error) -> Option<Message> {
    let word = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        Some(ContextValue::Strings(words)) if !words.is_empty() => Some(words.join(", ")),
        _ => None,
    };
    let argument = word(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = word(ContextKind::InvalidSubcommand)?;
            let near = word(ContextKind::SuggestedSubcommand);
            Some(no_command(&name, near))
        }
        ErrorKind::UnknownArgument => {
            let near = word(ContextKind::SuggestedArg)
                .map_or_else(Message::nothing, |near| message!(" Was {near} meant?", near));
            Some(message!(
                "{argument} is nothing that is known here.{near}",
                argument = argument?,
                near
            ))
        }
        ErrorKind::MissingRequiredArgument => Some(message!("{argument} is missing.", argument = argument?)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = word(ContextKind::InvalidValue).filter(|value| !value.is_empty());
            let known = word(ContextKind::ValidValue)
                .map_or_else(Message::nothing, |known| message!(" It may be: {known}.", known));
            let argument = argument?;
            Some(match value {
                Some(value) => message!("{argument} can't be “{value}”.{known}", argument, value, known),
                None => message!("after {argument} something must stand.{known}", argument, known),
            })
        }
        ErrorKind::ArgumentConflict => {
            let other = word(ContextKind::PriorArg)?;
            Some(message!(
                "{argument} and {other} can't stand together.",
                argument = argument?,
                other
            ))
        }
        _ => None,
    }
}

/// A first word that is no command: somebody may have named a folder or a file alone.
fn no_command(name: &str, near: Option<String>) -> Message {
    let path = Path::new(name);
    if language::is_project(path) {
        return message!(
            "{name} is a project, not a command: `tallyframe run {path}` makes its report.",
            name,
            path = quoted(path)
        );
    }
    if path.is_dir() {
        return message!(
            "{name} is a folder, not a command: `tallyframe init {path}` makes a project of it.",
            name,
            path = quoted(path)
        );
    }
    if path.is_file() {
        return message!(
            "{name} is a file, not a command: `tallyframe inspect {path}` shows what is in it.",
            name,
            path = quoted(path)
        );
    }
    let near = near.map_or_else(Message::nothing, |near| message!(" Was {near} meant?", near));
    message!("there is no command “{name}”.{near}", name, near)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(call: &[&str]) -> String {
        let args: Vec<OsString> = call.iter().map(OsString::from).collect();
        let command = <super::super::Cli as clap::CommandFactory>::command();
        let error = command.try_get_matches_from(&args).expect_err("a wrong call");
        told(&error, &args).unwrap_or_else(|| panic!("no words for {call:?}: {error}"))
    }

    #[test]
    fn wrong_calls_are_told_with_what_was_meant() {
        for (call, wanted) in [
            (&["tallyframe", "rum"][..], "there is no command “rum”. Was run meant?"),
            (
                &["tallyframe", "src"],
                "src is a folder, not a command: `tallyframe init src`",
            ),
            (&["tallyframe", "samples/kyiv"], "`tallyframe run samples/kyiv`"),
            (&["tallyframe", "Cargo.toml"], "`tallyframe inspect Cargo.toml`"),
            (
                &["tallyframe", "run", "--perid", "2026"],
                "--perid is nothing that is known here. Was --period meant?",
            ),
            (&["tallyframe", "verify"], "<REPORT> is missing."),
            (
                &["tallyframe", "publish", "--period"],
                "after --period <PERIOD> something must stand.",
            ),
            (
                &["tallyframe", "review", "--import", "a", "--terminal"],
                "can't stand together",
            ),
            (
                &["tallyframe", "publish", "--period", "2026", "--date", "soon"],
                "can't be “soon”.",
            ),
            (&["tallyframe", "rum", "--lang", "uk"], "немає команди «rum»"),
        ] {
            let told = said(call);
            assert!(told.contains(wanted), "{call:?}: {told}");
        }
        assert!(said(&["tallyframe", "verify"]).contains("`tallyframe verify --help`"));
    }
}
