//! `convert`: definitions in TOML into a workbook, and the other way round.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::printer::Printer;
use super::{Failure, ProjectArg, Status, pipeline, quoted};
use crate::project::workbook::{DefinitionForm, LOGFRAME_XLSX, form_of};
use crate::report::folder::file::{Former, Readers, write_file};
use crate::report::labels::Labels;

/// Arguments of `convert`.
#[derive(Debug, clap::Args)]
#[command(
    before_help = "Examples:\n  tallyframe convert samples/balakliya --out logframe.xlsx\n  tallyframe convert my-project --to toml --out my-project-toml"
)]
pub(crate) struct Args {
    #[command(flatten)]
    project: ProjectArg,
    /// The form to write; the one that the project does not have, where this is left out.
    #[arg(long, value_name = "FORM")]
    to: Option<Form>,
    /// Where to write: a folder, or a file for a workbook. The project's own folder otherwise.
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
}

/// A form of definitions, as the command line names it.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// One workbook: logframe.xlsx.
    Workbook,
    /// Text files: project.toml and indicators/*.toml.
    Toml,
}

/// Writes the definitions in the other form; nothing that is there already is touched.
pub(crate) fn run(args: &Args, labels: &Labels, printer: &mut Printer) -> Result<Status, Failure> {
    let root = &args.project.project;
    let from = form_of(root);
    let to = match (args.to, from) {
        (Some(Form::Workbook), _) | (None, DefinitionForm::Toml) => DefinitionForm::Workbook,
        (Some(Form::Toml), _) | (None, DefinitionForm::Workbook) => DefinitionForm::Toml,
    };
    let files = pipeline::converted(root, to)?;
    let out = args.out.as_deref().unwrap_or(root);
    let targets: Vec<PathBuf> = files.iter().map(|(path, _)| target(out, path)).collect();
    if let Some(there) = targets.iter().find(|path| path.exists()) {
        return Err(Failure::Call(format!(
            "{} is there already; nothing was written. Name another place with --out.",
            there.display()
        )));
    }
    for (path, (_, bytes)) in targets.iter().zip(&files) {
        write_file(path, bytes, Readers::Everybody, Former::Kept).map_err(|error| Failure::File(error.into()))?;
        printer.note(&format!("Wrote {}", path.display()));
    }
    printer.note(match from {
        DefinitionForm::Toml => "Both forms mean the same, as was checked; comments of the TOML files are not carried over.",
        DefinitionForm::Workbook => {
            "Both forms mean the same, as was checked; comments, own sheets and colours of the workbook are not carried over."
        }
    });
    if from != to && same_folder(out, root) {
        let old = match from {
            DefinitionForm::Toml => "project.toml and the files in indicators/",
            DefinitionForm::Workbook => LOGFRAME_XLSX,
        };
        printer.note(&format!(
            "Next: move {old} out of the project folder; a project has one form of definitions."
        ));
    } else {
        let folder = if out.is_dir() { out } else { root };
        printer.note(&labels.fill("next.converted", &[("project", &quoted(folder))]));
    }
    Ok(Status::Done)
}

/// Where a file goes: a workbook may be given a name of its own.
fn target(out: &Path, path: &str) -> PathBuf {
    let is_workbook = |path: &Path| {
        path.extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
    };
    if is_workbook(Path::new(path)) && is_workbook(out) {
        out.to_owned()
    } else {
        out.join(path)
    }
}

fn same_folder(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        (Err(_), _) | (_, Err(_)) => false,
    }
}
