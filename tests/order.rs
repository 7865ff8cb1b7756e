//! Nothing that does not matter reaches a figure: names of files, order of rows, order of sources.

mod support;

use std::fs;
use std::path::Path;

use support::{Run, decisions_as_csv, edit, figures};

fn same_figures(project: &Path) {
    let (plain, changed) = (figures(&Run::of("balakliya", &[])), figures(&Run::at(project, &[])));
    assert_eq!(plain.len(), changed.len());
    for (key, value) in &plain {
        assert_eq!(changed.get(key), Some(value), "{key:?}");
    }
}

/// Moves every raw file to a name that sorts the other way round, and the patterns with them.
#[test]
fn names_of_files_do_not_matter() {
    let project = support::copy_of("balakliya");
    let raw = project.path().join("raw");
    let lists = raw.join("Дозвілля");
    let mut names: Vec<_> = fs::read_dir(&lists)
        .expect("lists")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    names.sort();
    let renamed = |index: usize| format!("список {:02}.xlsx", 99 - index);
    let mut moved = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let old = name.to_string_lossy().into_owned();
        if !old.starts_with('~') {
            fs::rename(lists.join(name), lists.join(renamed(index))).expect("renamed");
            moved.push((format!("Дозвілля/{old}"), format!("Дозвілля/{}", renamed(index))));
        }
    }
    let signed = raw.join("Підписні листи");
    for (index, entry) in fs::read_dir(&signed).expect("signed lists").flatten().enumerate() {
        fs::rename(entry.path(), signed.join(format!("лист {:03}.ods", 500 - index))).expect("renamed");
    }
    fs::rename(raw.join("Освітні послуги 2026.csv"), raw.join("а.csv")).expect("renamed");
    moved.push(("Освітні послуги 2026.csv".to_owned(), "а.csv".to_owned()));
    edit(&project.path().join("project.toml"), |text| {
        text.replace("Освітні послуги 2026.csv", "а.csv")
    });
    decisions_as_csv(project.path(), &moved, |_, row| row);
    same_figures(project.path());
}

/// Turns the rows of a plain list upside down, decisions moved along.
#[test]
fn order_of_rows_in_a_list_does_not_matter() {
    let project = support::copy_of("balakliya");
    let path = project.path().join("raw/Освітні послуги 2026.csv");
    let bytes = fs::read(&path).expect("the list");
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let last = lines.len() + 1;
    lines[1..].reverse();
    fs::write(&path, lines.concat()).expect("written");
    decisions_as_csv(project.path(), &[], |file, row| {
        let reversed = Path::new(file).extension().is_some_and(|extension| extension == "csv");
        if reversed { last + 1 - row } else { row }
    });
    same_figures(project.path());
}

#[test]
fn order_of_sources_does_not_matter() {
    let project = support::copy_of("balakliya");
    edit(&project.path().join("project.toml"), |text| {
        let (head, sources) = text.split_once("[[source]]").expect("sources");
        let (sources, tail) = sources.split_once("[[decisions]]").expect("decisions");
        let mut blocks: Vec<&str> = sources.split("[[source]]").collect();
        blocks.reverse();
        let blocks: Vec<&str> = blocks.into_iter().map(str::trim_end).collect();
        format!("{head}[[source]]{}\n[[decisions]]{tail}", blocks.join("\n[[source]]"))
    });
    same_figures(project.path());
}
