//! The limit: the same files, every cell seen by the bare reader on the same threads, and nothing done with it.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader as _, open_workbook_auto};
use rayon::prelude::*;

use super::cost::{Cost, of_child};

/// The word for this process to read all files of a folder.
pub(crate) const PART: &str = "--limit-of";

/// What reading a project's files costs a process of its own.
pub(crate) fn measure(folder: &Path) -> Result<Cost, Box<dyn Error>> {
    let (cost, _) = of_child(Command::new(std::env::current_exe()?).arg(PART).arg(folder))?;
    Ok(cost)
}

/// Reads all files of a project, side by side, and prints how many cells are filled and how much is in them.
pub(crate) fn read_all(folder: &Path) -> Result<(), Box<dyn Error>> {
    let files: Result<Vec<PathBuf>, std::io::Error> = fs::read_dir(folder.join("raw"))?
        .map(|entry| Ok(entry?.path()))
        .collect();
    let mut files = files?;
    files.sort();
    let seen: Result<Vec<(u64, u64)>, String> = files
        .par_iter()
        .map(|path| {
            if path.extension().is_some_and(|extension| extension == "csv") {
                text(path).map_err(|error| error.to_string())
            } else {
                workbook(path).map_err(|error| error.to_string())
            }
        })
        .collect();
    let (cells, size) = seen?.iter().fold((0, 0), |all, file| (all.0 + file.0, all.1 + file.1));
    println!("{cells} cells, {size} bytes of text");
    Ok(())
}

fn workbook(path: &Path) -> Result<(u64, u64), calamine::Error> {
    let mut workbook = open_workbook_auto(path)?;
    let (mut cells, mut size) = (0, 0);
    for name in workbook.sheet_names() {
        for (_, _, cell) in workbook.worksheet_range(&name)?.used_cells() {
            cells += 1;
            if let Data::String(text) = cell {
                size += text.len() as u64;
            }
        }
    }
    Ok((cells, size))
}

fn text(path: &Path) -> Result<(u64, u64), csv::Error> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .flexible(true)
        .has_headers(false)
        .from_path(path)?;
    let mut record = csv::ByteRecord::new();
    let (mut cells, mut size) = (0, 0);
    while reader.read_byte_record(&mut record)? {
        for cell in record.iter().filter(|cell| !cell.is_empty()) {
            cells += 1;
            size += cell.len() as u64;
        }
    }
    Ok((cells, size))
}
