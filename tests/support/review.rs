//! Projects with pairs in doubt, and an officer who fills in the workbook of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use tallyframe::ingest::table::{Cell, Sheet, SheetRow};
use tempfile::TempDir;

use super::tallyframe;

/// Three lists of one month with names that leave doubt.
pub(crate) fn small(rows: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        "project.toml",
        "[project]\ncode = \"pairs\"\nname = \"Pairs\"\nstart = 2026-01-01\nend = 2026-12-31\n\n[[activity]]\ncode = \"art\"\n\
         name = \"Art\"\n\n[[source]]\nfiles = \"raw/*.csv\"\nactivity = \"art\"\n\n[[indicator]]\ncode = \"1\"\nuse = \"unique-reach\"\n",
    );
    for (name, text) in rows {
        let text = format!("Дата;Назва заходу;ПІБ;Дата народження\n{text}\n");
        write(folder.path(), &format!("raw/{name}.csv"), &text);
    }
    folder
}

/// A project with one pair in doubt: a name with a birth date and the same name alone.
pub(crate) fn one_pair() -> TempDir {
    small(&[
        ("a", "05.03.2026;Гурток;Гайдар Єлизавета Юріївна;14.02.1987"),
        ("b", "06.03.2026;Гурток;Гайдар Єлизавета;"),
    ])
}

pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, text).expect("written");
}

pub(crate) fn said(output: &Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    out + &err
}

pub(crate) fn shown(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

pub(crate) fn export(project: &Path, lang: &str) -> PathBuf {
    let file = project.join("private/review.xlsx");
    let output = tallyframe(&["review", shown(project), "--export", "--lang", lang]);
    assert!(output.status.success(), "{}", said(&output));
    file
}

/// Column of a head of the workbook, in the row that holds the heads.
fn heads(sheet: &Sheet) -> (u32, BTreeMap<String, u16>) {
    let row = sheet.rows.iter().find(|row| row.cells.len() > 15).expect("a head row");
    let heads = row.cells.iter().filter_map(|(column, cell)| match cell {
        Cell::Text(text) => Some((text.clone(), *column)),
        _ => None,
    });
    (row.number, heads.collect())
}

/// Fills a workbook in as an officer would, and writes it back: the answer is told number and cells of a pair's first row.
pub(crate) fn fill(file: &Path, words: [&str; 4], answer: impl Fn(&SheetRow) -> Option<[String; 3]>, shuffle: bool) {
    let mut workbook = tallyframe::ingest::workbook::open(file).expect("the exported workbook");
    let sheet = &mut workbook.sheets[0];
    let (head, columns) = heads(sheet);
    let mut told = Vec::new();
    for row in sheet.rows.iter_mut().filter(|row| row.number > head) {
        let number = format!("{:?}", row.get(0));
        if told.contains(&number) {
            continue;
        }
        told.push(number);
        let Some(said) = answer(row) else { continue };
        for (word, text) in words.iter().zip(said.into_iter().chain(["бо так".to_owned()])) {
            let column = columns[*word];
            row.cells.retain(|(at, _)| *at != column);
            row.cells.push((column, Cell::Text(text)));
        }
        row.cells.retain(|(_, cell)| *cell != Cell::Text(String::new()));
        row.cells.sort_by_key(|(at, _)| *at);
    }
    if shuffle {
        let (top, mut rows): (Vec<SheetRow>, Vec<SheetRow>) = sheet.rows.drain(..).partition(|row| row.number <= head);
        rows.reverse();
        for (row, number) in rows.iter_mut().zip(head + 1..) {
            row.number = number;
        }
        sheet.rows = top.into_iter().chain(rows).collect();
    }
    fs::write(file, super::write::xlsx(&workbook)).expect("written");
}

pub(crate) const ENGLISH: [&str; 4] = ["Decision", "Who decided", "When", "Why"];
pub(crate) const UKRAINIAN: [&str; 4] = ["Рішення", "Хто вирішив", "Коли", "Чому"];

pub(crate) fn answered(word: &str) -> [String; 3] {
    [word.to_owned(), "О. Коваль".to_owned(), "05.01.2027".to_owned()]
}

pub(crate) fn import(project: &Path, file: &Path, more: &[&str]) -> Output {
    let mut args = vec!["review", shown(project), "--import", shown(file)];
    args.extend(more);
    tallyframe(&args)
}
