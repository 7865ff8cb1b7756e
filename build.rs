//! Lists the languages: every folder of `src/report/labels` is one, so that a further language is files and no code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const LABELS: &str = "src/report/labels";
/// The language whose words stand in where another has none; it comes first.
const FIRST: &str = "en";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={LABELS}");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut folders: Vec<PathBuf> = listed(&root.join(LABELS))?;
    folders.retain(|path| path.is_dir());
    folders.sort_by_key(|folder| (!folder.ends_with(FIRST), folder.clone()));
    let (mut labels, mut choices) = (String::from("&[\n"), String::from("&[\n"));
    for folder in &folders {
        let code = name_of(folder);
        let files = listed(folder)?;
        let name = files
            .iter()
            .find_map(|file| language_name(file))
            .unwrap_or_else(|| code.clone());
        let words: Vec<String> = files
            .iter()
            .map(|file| format!("include_str!({:?})", file.to_string_lossy()))
            .collect();
        let words = words.join(", ");
        let _ = writeln!(labels, "    ({code:?}, &[{words}]),");
        let _ = writeln!(
            choices,
            "    crate::project::shape::Choice {{ code: {code:?}, doc: {name:?}, also: &[{:?}] }},",
            name.to_lowercase()
        );
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("labels.rs"), labels + "]")?;
    fs::write(out.join("languages.rs"), choices + "]")
}

/// What lies in a folder, in order of name.
fn listed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name_of(folder: &Path) -> String {
    folder
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// What a file of words calls its language in English: `english = "Ukrainian"`.
fn language_name(file: &Path) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("english = "))?;
    Some(line.trim().trim_matches('"').to_owned())
}
