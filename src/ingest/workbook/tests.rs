use std::path::Path;

use super::*;
use crate::ingest::table::{Cell, Sheet};

/// Each file is read in a process of its own under limits by hand; here only those of bounded size.
#[test]
#[ignore = "prints what every file of a folder reads as; needs TALLYFRAME_FILES"]
fn files_of_a_folder() {
    let Ok(folder) = std::env::var("TALLYFRAME_FILES") else {
        return;
    };
    let mut stack = vec![std::path::PathBuf::from(folder)];
    while let Some(path) = stack.pop() {
        if path.is_dir() {
            stack.extend(
                std::fs::read_dir(&path)
                    .expect("readable")
                    .map(|entry| entry.expect("entry").path()),
            );
            continue;
        }
        let outcome = open(&path);
        let told = outcome.map(|book| {
            let sheets: Vec<String> = book
                .sheets
                .iter()
                .map(|sheet| {
                    format!(
                        "{}{} r{} c{} m{} hr{} hc{}",
                        sheet.name,
                        if sheet.hidden { "*" } else { "" },
                        sheet.rows.len(),
                        sheet.rows.iter().map(|row| row.cells.len()).sum::<usize>(),
                        sheet.merges.len(),
                        sheet.hidden_rows.len(),
                        sheet.hidden_columns.len()
                    )
                })
                .collect();
            format!(
                "{} {:?} {:?} mis={} {:?}",
                book.format, book.encoding, book.separator, book.misnamed, sheets
            )
        });
        eprintln!("{} => {:?}", path.display(), told);
    }
}
