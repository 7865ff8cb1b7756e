//! `completions` and `man`: what shells and manuals need, made from the definition of the command line itself.

use std::path::PathBuf;

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use super::printer::Printer;
use super::{Cli, EXIT_CODES, Failure, Status, quoted};
use crate::report::folder::file::{Former, Readers, write_file};
use crate::report::labels::Labels;

/// Name of the program in scripts and pages.
const NAME: &str = "tallyframe";

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  tallyframe completions bash\n  tallyframe completions powershell")]
pub(crate) struct CompletionsArgs {
    /// The shell that is to complete commands and flags.
    #[arg(value_name = "SHELL")]
    shell: Known,
}

/// Shells that there are completions for.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Known {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
}

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
#[command(before_help = "Examples:\n  tallyframe man\n  tallyframe man --out man1")]
pub(crate) struct ManArgs {
    /// Folder to write a page for each command to; without it the main page is printed.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Prints the script of a shell.
pub(crate) fn completions(args: &CompletionsArgs, labels: &Labels, printer: &mut Printer) -> Status {
    let (shell, next) = match args.shell {
        Known::Bash => (Shell::Bash, "shell.next_bash"),
        Known::Zsh => (Shell::Zsh, "shell.next_zsh"),
        Known::Fish => (Shell::Fish, "shell.next_fish"),
        Known::PowerShell => (Shell::PowerShell, "shell.next_powershell"),
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), NAME, &mut script);
    printer.answer(String::from_utf8_lossy(&script).trim_end());
    printer.note(labels.get(next));
    Status::Done
}

/// Prints the main page, or writes a page for each command.
pub(crate) fn man(args: &ManArgs, labels: &Labels, printer: &mut Printer) -> Result<Status, Failure> {
    let mut main = Cli::command().disable_help_subcommand(true);
    main.build();
    let Some(folder) = &args.out else {
        printer.answer(String::from_utf8_lossy(&page(&main, NAME)?).trim_end());
        printer.note(labels.get("shell.next_man_page"));
        return Ok(Status::Done);
    };
    let mut pages = vec![(format!("{NAME}.1"), page(&main, NAME)?)];
    for command in main.get_subcommands() {
        let name = format!("{NAME}-{}", command.get_name());
        pages.push((format!("{name}.1"), page(command, &name)?));
    }
    for (name, bytes) in &pages {
        write_file(&folder.join(name), bytes, Readers::Everybody, Former::Replaced)
            .map_err(|error| Failure::File(error.into()))?;
    }
    let count = labels.count(pages.len(), "manual_page");
    let told = [("count", count.as_str()), ("folder", &quoted(folder))];
    printer.note(&labels.fill("shell.wrote_pages", &told));
    let main = quoted(&folder.join(format!("{NAME}.1")));
    printer.note(&labels.fill("shell.next_man", &[("file", &main)]));
    Ok(Status::Done)
}

/// A page, with the examples that `--help` begins with.
fn page(command: &clap::Command, title: &str) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
    let man = Man::new(command.clone())
        .title(title)
        .source(concat!("tallyframe ", env!("CARGO_PKG_VERSION")));
    let mut parts = || -> std::io::Result<()> {
        man.render_title(&mut page)?;
        man.render_name_section(&mut page)?;
        man.render_synopsis_section(&mut page)?;
        page.extend(as_typed("EXAMPLES", examples.lines().skip(1)).into_bytes());
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
        if command.has_subcommands() {
            man.render_subcommands_section(&mut page)?;
        }
        page.extend(as_typed("EXIT STATUS", EXIT_CODES.lines().skip(1)).into_bytes());
        Ok(())
    };
    parts().map_err(|error| Failure::File(error.into()))?;
    Ok(page)
}

/// A section whose lines stay as they are: no filling, no hyphens turned into dashes.
fn as_typed<'l>(heading: &str, lines: impl Iterator<Item = &'l str>) -> String {
    let mut section = format!(".SH {heading}\n.nf\n");
    for line in lines {
        // A dot at the beginning of a line would be a command of the formatter.
        let line = line.trim().replace('\\', "\\e").replace('-', "\\-");
        section.push_str("\\&");
        section.push_str(&line);
        section.push('\n');
    }
    section.push_str(".fi\n");
    section
}
