//! The command line as it is defined: whole, explained by examples, and the examples are calls that it takes.

use clap::{Command, CommandFactory as _, Parser as _};

use super::Cli;

fn commands() -> Vec<Command> {
    let mut main = Cli::command();
    main.build();
    let named = main
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
        .cloned();
    let mut all: Vec<Command> = named.collect();
    all.push(main);
    all
}

/// The calls that stand before a help page.
fn examples(command: &Command) -> Vec<String> {
    let help = command.get_before_help().map(ToString::to_string).unwrap_or_default();
    assert!(help.starts_with("Examples:\n"), "{}: {help}", command.get_name());
    help.lines().skip(1).map(|line| line.trim().to_owned()).collect()
}

/// The words of a call as a shell hands them over, without where the answer is sent.
fn words(call: &str) -> Vec<String> {
    let (mut words, mut open) = (vec![String::new()], false);
    for sign in call.split(" > ").next().unwrap_or(call).chars() {
        match sign {
            '"' => open = !open,
            ' ' if !open => words.push(String::new()),
            sign => words.last_mut().expect("there is a first word").push(sign),
        }
    }
    words
}

#[test]
fn the_definition_is_whole() {
    Cli::command().debug_assert();
}

#[test]
fn every_command_begins_its_help_with_two_examples_that_can_be_called() {
    for command in commands() {
        let name = command.get_name().to_owned();
        let examples = examples(&command);
        assert!(examples.len() >= 2, "{name}");
        for example in examples {
            let words = words(&example);
            assert_eq!(words[0], "tallyframe", "{name}: {example}");
            let own = name == "tallyframe" || words[1] == name;
            assert!(own, "{name}: {example}");
            if let Err(error) = Cli::try_parse_from(&words) {
                panic!("{example}\n{error}");
            }
        }
        let help = command.clone().render_help().to_string();
        let page = command.clone().render_long_help().to_string();
        assert!(help.starts_with("Examples:") && page.starts_with("Examples:"), "{name}");
        assert!(help.contains("Exit codes:"), "{name}");
    }
}

#[test]
fn no_command_shows_a_wall_of_flags() {
    for command in commands() {
        let ungrouped = command.get_opts().filter(|flag| flag.get_help_heading().is_none());
        assert!(ungrouped.count() <= 8, "{}", command.get_name());
    }
}

#[test]
fn every_command_takes_a_language() {
    for command in commands().iter().filter(|command| command.get_name() != "tallyframe") {
        assert!(
            command.get_opts().any(|flag| flag.get_long() == Some("lang")),
            "{}",
            command.get_name()
        );
    }
    for call in ["tallyframe --lang uk check", "tallyframe check --lang uk"] {
        let cli = Cli::try_parse_from(words(call)).expect("a call");
        assert_eq!(cli.lang.as_deref(), Some("uk"), "{call}");
    }
}
