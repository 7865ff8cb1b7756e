//! The same papers from another office: every header a synonym, formats swapped, dates in other notations.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tallyframe::ingest::dates::{self, DateReading};
use tallyframe::ingest::table::{Cell, Workbook};
use tallyframe::ingest::vocabulary::{self, Role};
use tallyframe::ingest::workbook;

use support::{Run, write};

/// Headers on one row from which the row is one of headings.
const HEADINGS: usize = 3;
/// Vocabulary files whose synonyms are tried.
const LANGUAGES: [&str; 4] = ["uk", "ru", "en", "sr"];

/// Synonyms of headers that mean one thing, by role.
fn synonyms() -> BTreeMap<&'static str, Vec<String>> {
    let vocabulary = vocabulary::standard();
    let mut found: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for language in LANGUAGES {
        let path = support::repository("src/ingest/vocabulary").join(format!("{language}.csv"));
        let text = fs::read_to_string(path).expect("a vocabulary");
        let body: String = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| [line, "\n"])
            .collect();
        for row in support::csv_rows(body.as_bytes())
            .iter()
            .filter(|row| row["kind"] == "header")
        {
            let Some(role) = Role::from_key(&row["meaning"]) else {
                continue;
            };
            let term = row["term"].clone();
            let also_a_value = vocabulary.mark(&term).is_some()
                || vocabulary.category(&term).is_some()
                || vocabulary.sex(&term).is_some()
                || vocabulary.yes_no(&term).is_some();
            if vocabulary.header(&term) == [role] && !also_a_value && term.chars().count() > 2 {
                found.entry(role.key()).or_default().push(term);
            }
        }
    }
    found
}

/// Headers renamed, full dates rewritten; `seed` picks among the possibilities. Headers that the definitions name and
/// paths of form exports stay.
fn disguised(
    mut workbook: Workbook,
    synonyms: &BTreeMap<&'static str, Vec<String>>,
    definition: &str,
    seed: usize,
) -> Workbook {
    let vocabulary = vocabulary::standard();
    for sheet in &mut workbook.sheets {
        for row in &mut sheet.rows {
            let roles: Vec<Option<Role>> = row
                .cells
                .iter()
                .map(|(_, cell)| match cell {
                    Cell::Text(text) if text.contains('/') || text.starts_with('_') => None,
                    Cell::Text(text) if definition.contains(&format!("\"{text}\"")) => None,
                    Cell::Text(text) => match vocabulary.header(text).as_slice() {
                        // A word with two meanings is understood by its neighbours; a synonym of one of them is another word.
                        [role] if !role.key().starts_with("form_") => Some(*role),
                        _ => None,
                    },
                    _ => None,
                })
                .collect();
            let headings = roles.iter().flatten().count();
            for (index, (_, cell)) in row.cells.iter_mut().enumerate() {
                let pick = seed + index + row.number as usize;
                match roles[index] {
                    Some(role) if headings >= HEADINGS => {
                        if let Some(others) = synonyms.get(role.key()) {
                            *cell = Cell::Text(others[pick % others.len()].clone());
                        }
                    }
                    _ => rewrite_date(cell, pick),
                }
            }
        }
    }
    workbook
}

fn rewrite_date(cell: &mut Cell, pick: usize) {
    let whole = match cell {
        Cell::Text(text) => text.chars().filter(char::is_ascii_digit).count() == 8 && text.contains('.'),
        Cell::DateTime { at, .. } => at.time() == chrono::NaiveTime::MIN,
        _ => false,
    };
    let DateReading::Day(day) = dates::read(cell, None) else {
        return;
    };
    if !whole {
        return;
    }
    *cell = match pick % 4 {
        0 => Cell::Text(day.format("%Y-%m-%d").to_string()),
        1 => Cell::Text(day.format("%-d.%-m.%Y").to_string()),
        2 => Cell::Text(format!("{}р.", day.format("%d.%m.%Y"))),
        _ => Cell::DateTime {
            at: day.and_hms_opt(0, 0, 0).expect("midnight"),
            serial: None,
        },
    };
}

/// Raw files of a project below a folder.
fn raw_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            files.extend(raw_files(&entry.path()));
        } else {
            files.push(entry.path());
        }
    }
    files.sort();
    files
}

/// Writes every raw file in another format under the same name, and moves patterns and decisions along.
fn swap_formats(project: &Path, seed: usize) {
    let synonyms = synonyms();
    let definition = fs::read_to_string(project.join("project.toml")).expect("the definition");
    let mut moved = Vec::new();
    for path in raw_files(&project.join("raw")) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.starts_with('~') || name.contains("рішення") {
            continue;
        }
        let workbook = workbook::open(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let disguised = disguised(workbook, &synonyms, &definition, seed);
        let (extension, bytes) = match path.extension().and_then(|extension| extension.to_str()) {
            Some("xlsx" | "xls") => ("ods", write::ods(&disguised)),
            Some("ods") if disguised.sheets.len() == 1 => ("csv", write::csv(&disguised, ';')),
            _ => ("xlsx", write::xlsx(&disguised)),
        };
        fs::remove_file(&path).expect("removed");
        let target = path.with_extension(extension);
        fs::write(&target, bytes).expect("written");
        let relative = |path: &Path| {
            path.strip_prefix(project.join("raw"))
                .expect("below raw")
                .to_string_lossy()
                .replace('\\', "/")
        };
        moved.push((relative(&path), relative(&target)));
    }
    support::edit(&project.join("project.toml"), |text| {
        let lines = text.lines().map(|line| {
            if !line.starts_with("files") || line.contains("рішення") {
                return line.to_owned();
            }
            let formats = [".xlsx\"", ".xls\"", ".ods\"", ".csv\""];
            formats
                .iter()
                .fold(line.to_owned(), |line, format| line.replace(format, ".*\""))
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    if project.join("raw/рішення_дублікати.xlsx").exists() {
        support::decisions_as_csv(project, &moved, |_, row| row);
    }
}

/// Definitions kept in a workbook, written as TOML, so that patterns can be changed.
fn as_toml(project: &Path) {
    let workbook = project.join("logframe.xlsx");
    if workbook.exists() {
        let output = support::tallyframe(&["convert", project.to_str().expect("UTF-8"), "--to", "toml"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::remove_file(workbook).expect("removed");
    }
}

fn from_another_office(programme: &str) {
    let plain = support::figures(&Run::of(programme, &[]));
    for seed in [1, 7] {
        let project = support::copy_of(programme);
        as_toml(project.path());
        swap_formats(project.path(), seed);
        let run = Run::at(project.path(), &[]);
        let changed = support::figures(&run);
        let mut wrong = Vec::new();
        for (key, value) in &plain {
            if changed.get(key) != Some(value) {
                wrong.push(format!("{key:?}: {value:?} became {:?}", changed.get(key)));
            }
        }
        assert!(
            wrong.is_empty(),
            "{programme}, seed {seed}: {} figures differ:\n{}\n{}",
            wrong.len(),
            wrong.join("\n"),
            run.errors()
        );
    }
}

#[test]
fn a_support_space_from_another_office() {
    from_another_office("balakliya");
}

#[test]
fn a_city_programme_from_another_office() {
    from_another_office("kyiv");
}

#[test]
fn self_support_groups_from_another_office() {
    from_another_office("mothers");
}

#[test]
fn resilience_centres_from_another_office() {
    from_another_office("resilience");
}

#[test]
fn a_training_from_another_office() {
    from_another_office("training");
}
