//! Nothing that does not matter reaches a figure: names of files, order of rows, order of sources.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use support::Run;

fn figures(run: &Run) -> BTreeMap<Vec<String>, Vec<String>> {
    let keys = ["code", "scope", "period", "disaggregation", "category"];
    let values = ["value", "low", "high", "numerator", "denominator", "status"];
    let cells = |row: &BTreeMap<String, String>, names: &[&str]| names.iter().map(|name| row[*name].clone()).collect();
    run.csv("indicators.csv")
        .iter()
        .map(|row| (cells(row, &keys), cells(row, &values)))
        .collect()
}

fn same_figures(project: &Path) {
    let (plain, changed) = (figures(&Run::of("balakliya", &[])), figures(&Run::at(project, &[])));
    assert_eq!(plain.len(), changed.len());
    for (key, value) in &plain {
        assert_eq!(changed.get(key), Some(value), "{key:?}");
    }
}

fn edit(path: &Path, change: impl Fn(&str) -> String) {
    let text = fs::read_to_string(path).expect("a text file");
    fs::write(path, change(&text)).expect("written");
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

/// Replaces the officer's workbook of decisions by a CSV that names moved files and rows.
fn decisions_as_csv(project: &Path, moved: &[(String, String)], row_of: impl Fn(&str, usize) -> usize) {
    let old = project.join("raw/рішення_дублікати.xlsx");
    let workbook = tallyframe::ingest::workbook::open(&old).expect("the officer's decisions");
    fs::remove_file(&old).expect("removed");
    let mut text = String::new();
    for row in &workbook.sheets[0].rows {
        let mut cells: Vec<String> = (0..13)
            .map(|column| row.get(column).map(shown).unwrap_or_default())
            .collect();
        if row.number > 1 {
            for side in [1, 5] {
                let line: usize = cells[side + 2].parse().expect("a row");
                cells[side + 2] = row_of(&cells[side], line).to_string();
                if let Some((_, new)) = moved.iter().find(|(old, _)| *old == cells[side]) {
                    cells[side].clone_from(new);
                }
            }
        }
        text.push_str(
            &cells
                .iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                .collect::<Vec<_>>()
                .join(";"),
        );
        text.push('\n');
    }
    fs::write(project.join("raw/рішення.csv"), text).expect("written");
    edit(&project.join("project.toml"), |text| {
        text.replace("рішення_дублікати.xlsx", "рішення.csv")
    });
}

fn shown(cell: &tallyframe::ingest::table::Cell) -> String {
    use tallyframe::ingest::table::Cell;
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::DateTime { at, .. } => at.date().to_string(),
        Cell::Bool(value) => value.to_string(),
        Cell::Error(_) | Cell::FormulaWithoutResult(_) => String::new(),
    }
}
