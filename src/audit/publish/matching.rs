//! Which raw rows of now are rows of then: the same, written otherwise, or new.
//!
//! A file with the same bytes is the same whatever its name. In a file with other bytes a row is found by all its cells,
//! also where further columns stand behind them now; else by its texts; else by standing where one is missing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::path::PathBuf;

use super::rows::{self, RowPrint};
use crate::audit::evidence::key::Key;
use crate::ingest::listed::{Cut, Cuts, Listed, RawFile, sha256};
use crate::ingest::table::{SheetRow, Workbook};
use crate::ingest::workbook;

/// File, sheet and 1-based row, by names.
pub type Place = (String, String, u32);

/// What became of the raw rows of then.
#[derive(Debug, Clone, Default)]
pub struct Matching {
    /// The files of then as they are now, without what was not there.
    pub known: Vec<Listed>,
    /// Row of now → row of then (index), and whether it is the same.
    pub rows: BTreeMap<Place, (usize, bool)>,
    /// Path of then → path of now.
    pub names: HashMap<String, String>,
    /// Rows written otherwise.
    pub corrected: usize,
    /// Rows and files that are gone.
    pub gone: usize,
    /// Rows and files that are new.
    pub late: usize,
}

impl Matching {
    /// Whether what was there then is there unchanged.
    pub fn is_whole(&self) -> bool {
        self.corrected == 0 && self.gone == 0
    }
}

/// A raw file of now with its fingerprint.
struct NowFile {
    file: RawFile,
    sha256: String,
}

/// Compares the rows and files (path → SHA-256) of then with those of now.
pub fn matching(then: &[RowPrint], files: &[(String, String)], now: Vec<RawFile>, key: &Key) -> Matching {
    let mut work = Work {
        of_file: HashMap::new(),
        key,
        found: Matching::default(),
    };
    for (at, row) in then.iter().enumerate() {
        work.of_file.entry(&row.place.0).or_default().push((at, row));
    }
    let now = now.into_iter().map(|file| NowFile {
        sha256: sha256(&file.path),
        file,
    });
    let mut now: Vec<NowFile> = now.collect();
    let mut left: Vec<&(String, String)> = Vec::new();
    // First what has both name and bytes, then what has the bytes: a copy keeps its own.
    let same_bytes = |other: &NowFile, path: &str, sha: &str| other.file.shown == path && other.sha256 == sha;
    for entry in files {
        match now.iter().position(|other| same_bytes(other, &entry.0, &entry.1)) {
            Some(at) => work.same(&entry.0, now.remove(at).file),
            None => left.push(entry),
        }
    }
    left.retain(|(path, sha)| {
        let at = now.iter().position(|other| other.sha256 == *sha && !sha.is_empty());
        at.map(|at| work.same(path, now.remove(at).file)).is_none()
    });
    left.retain(|(path, _)| {
        let at = now.iter().position(|other| other.file.shown == *path);
        at.map(|at| work.changed(path, now.remove(at).file)).is_none()
    });
    for other in now {
        work.new_name(&mut left, other.file);
    }
    work.found.gone += left.len();
    work.found
}

struct Work<'a> {
    /// Rows of then by file.
    of_file: HashMap<&'a str, Vec<(usize, &'a RowPrint)>>,
    key: &'a Key,
    found: Matching,
}

impl Work<'_> {
    fn listed(&mut self, then: &str, path: PathBuf, now: &str, cuts: Cuts) {
        self.found.names.insert(then.to_owned(), now.to_owned());
        self.found.known.push(Listed {
            shown: then.to_owned(),
            path,
            cuts,
        });
    }

    /// A file with the same bytes.
    fn same(&mut self, then: &str, file: RawFile) {
        for (at, row) in self.of_file.get(then).into_iter().flatten() {
            let (_, sheet, number) = &row.place;
            let place = (file.shown.clone(), sheet.clone(), *number);
            self.found.rows.insert(place, (*at, true));
        }
        self.listed(then, file.path, &file.shown, Cuts::new());
    }

    /// A file with other bytes.
    fn changed(&mut self, then: &str, file: RawFile) {
        let workbook = if file.named {
            workbook::open(&file.path).ok()
        } else {
            None
        };
        let Some(workbook) = workbook else {
            // Nothing is read from it, or nothing can be: as a whole it is another one.
            self.found.corrected += usize::from(file.named);
            self.listed(then, file.path, &file.shown, Cuts::new());
            return;
        };
        let rows = self.of_file.get(then).cloned().unwrap_or_default();
        let mut by_sheet: BTreeMap<&str, Vec<(usize, &RowPrint)>> = BTreeMap::new();
        for (at, row) in rows {
            by_sheet.entry(&row.place.1).or_default().push((at, row));
        }
        let mut cuts = Cuts::new();
        for sheet in &workbook.sheets {
            let Some(known) = by_sheet.remove(sheet.name.as_str()) else {
                if !sheet.rows.is_empty() {
                    self.found.late += sheet.rows.len();
                    cuts.insert(sheet.name.clone(), Cut::Sheet);
                }
                continue;
            };
            let pairs = Pairs::of(&known, &sheet.rows, self.key);
            self.found.gone += pairs.gone;
            self.found.late += pairs.late.len() + usize::from(pairs.from.is_some());
            for (number, row, same) in pairs.rows {
                let place = (file.shown.clone(), sheet.name.clone(), number);
                self.found.corrected += usize::from(!same);
                self.found.rows.insert(place, (row, same));
            }
            if !pairs.late.is_empty() || pairs.from.is_some() {
                let cut = Cut::Rows {
                    rows: pairs.late,
                    from: pairs.from,
                };
                cuts.insert(sheet.name.clone(), cut);
            }
        }
        self.found.gone += by_sheet.values().map(Vec::len).sum::<usize>();
        self.listed(then, file.path, &file.shown, cuts);
    }

    /// A file under a new name with other bytes: one that is gone, if half of its rows were in that one; else a new one.
    fn new_name(&mut self, left: &mut Vec<&(String, String)>, file: RawFile) {
        let workbook = if file.named {
            workbook::open(&file.path).ok()
        } else {
            None
        };
        let hashes = workbook
            .map(|workbook| contents(&workbook, self.key))
            .unwrap_or_default();
        let shared = |then: &str| {
            let rows = self.of_file.get(then).into_iter().flatten();
            rows.filter(|(_, row)| hashes.contains(row.content.as_str())).count()
        };
        let best = left
            .iter()
            .enumerate()
            .map(|(at, (path, _))| (shared(path), std::cmp::Reverse(at)));
        match best.max() {
            Some((count, std::cmp::Reverse(at))) if count > 0 && count * 2 >= hashes.len() => {
                let (path, _) = left.remove(at);
                self.changed(path, file);
            }
            _ => self.found.late += 1,
        }
    }
}

fn contents(workbook: &Workbook, key: &Key) -> HashSet<String> {
    let rows = workbook.sheets.iter().flat_map(|sheet| &sheet.rows);
    rows.map(|row| rows::content(key, row, u16::MAX)).collect()
}

/// The rows of one sheet, then and now.
#[derive(Debug, Default)]
struct Pairs {
    /// Row of now, index of the row of then, whether they are the same.
    rows: Vec<(u32, usize, bool)>,
    /// Rows of now that were not there.
    late: BTreeSet<u32>,
    /// First column that was not there.
    from: Option<u16>,
    /// Rows of then that are not there any more.
    gone: usize,
}

impl Pairs {
    fn of(then: &[(usize, &RowPrint)], now: &[SheetRow], key: &Key) -> Self {
        let mut found: Vec<Option<(usize, bool)>> = vec![None; now.len()];
        let mut taken = vec![false; then.len()];
        let exact: Vec<String> = now.iter().map(|row| rows::content(key, row, u16::MAX)).collect();
        take(then, &mut taken, &mut found, true, &|row| Some(&row.content), &|at| {
            Some(exact[at].clone())
        });
        let whole = found.iter().flatten().count();
        let width = then.iter().map(|(_, row)| row.width).max().unwrap_or_default();
        take(then, &mut taken, &mut found, true, &|row| Some(&row.content), &|at| {
            (rows::width(&now[at]) > width).then(|| rows::content(key, &now[at], width))
        });
        let wider = found.iter().flatten().count() - whole;
        take(
            then,
            &mut taken,
            &mut found,
            false,
            &|row| Some(&row.texts).filter(|texts| !texts.is_empty()),
            &|at| Some(rows::texts(key, &now[at])),
        );
        beside(&mut taken, &mut found);
        let appended = wider > 0 && wider * 2 >= whole + wider;
        let mut pairs = Self {
            from: Some(width).filter(|_| appended),
            gone: taken.iter().filter(|taken| !**taken).count(),
            ..Self::default()
        };
        for (row, found) in now.iter().zip(found) {
            match found {
                Some((at, same)) => pairs.rows.push((row.number, then[at].0, same)),
                None => {
                    pairs.late.insert(row.number);
                }
            }
        }
        pairs
    }
}

/// Gives rows of now the first row of then that says the same.
fn take<'a>(
    then: &'a [(usize, &'a RowPrint)],
    taken: &mut [bool],
    found: &mut [Option<(usize, bool)>],
    same: bool,
    said_then: &dyn Fn(&'a RowPrint) -> Option<&'a String>,
    said_now: &dyn Fn(usize) -> Option<String>,
) {
    let mut waiting: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (at, (_, row)) in then.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        if let Some(said) = said_then(row) {
            waiting.entry(said).or_default().push_back(at);
        }
    }
    for (at, found) in found.iter_mut().enumerate().filter(|(_, found)| found.is_none()) {
        let said = said_now(at);
        let first = said.and_then(|said| waiting.get_mut(said.as_str())?.pop_front());
        if let Some(first) = first {
            taken[first] = true;
            *found = Some((first, same));
        }
    }
}

/// Gives the rows of now that are left the row of then behind that of the row before, where it is missing.
fn beside(taken: &mut [bool], found: &mut [Option<(usize, bool)>]) {
    let mut next = 0;
    for found in found {
        match found {
            Some((at, _)) => next = *at + 1,
            None if next < taken.len() && !taken[next] => {
                taken[next] = true;
                *found = Some((next, false));
                next += 1;
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::table::Cell;

    fn sheet(rows: &[&[&str]]) -> Vec<SheetRow> {
        let cell = |text: &&str| match text.parse::<f64>() {
            Ok(number) => Cell::Number(number),
            Err(_) => Cell::Text((*text).to_owned()),
        };
        let row = |(number, cells): (u32, &&[&str])| SheetRow {
            number,
            cells: (0..).zip(cells.iter().map(cell)).collect(),
        };
        (1..).zip(rows).map(row).collect()
    }

    /// Rows that are paired, rows that are late, the column from which cells are, and how many rows are gone.
    type Paired = (Vec<(u32, usize, bool)>, Vec<u32>, Option<u16>, usize);

    fn paired(then: &[&[&str]], now: &[&[&str]]) -> Paired {
        let key = Key::of_bytes([1; 32]);
        let print = |row: SheetRow| RowPrint {
            place: (String::new(), String::new(), row.number),
            width: rows::width(&row),
            content: rows::content(&key, &row, u16::MAX),
            texts: rows::texts(&key, &row),
            persons: Vec::new(),
        };
        let prints: Vec<RowPrint> = sheet(then).into_iter().map(print).collect();
        let then: Vec<(usize, &RowPrint)> = prints.iter().enumerate().collect();
        let pairs = Pairs::of(&then, &sheet(now), &key);
        (pairs.rows, pairs.late.into_iter().collect(), pairs.from, pairs.gone)
    }

    #[test]
    fn late_corrected_and_missing_rows_are_told_apart() {
        let then: [&[&str]; 4] = [&["No", "Name"], &["1", "Anna"], &["2", "Bela"], &["3", "Cora"]];
        let renumbered: [&[&str]; 5] = [
            &["No", "Name"],
            &["1", "Anna"],
            &["2", "Zoe"],
            &["3", "Bela"],
            &["4", "Cora"],
        ];
        let (rows, late, from, gone) = paired(&then, &renumbered);
        assert_eq!(rows, [(1, 0, true), (2, 1, true), (4, 2, false), (5, 3, false)]);
        assert_eq!((late, from, gone), (vec![3], None, 0));
        let corrected: [&[&str]; 3] = [&["No", "Name"], &["1", "Hanna"], &["2", "Bela"]];
        let (rows, late, _, gone) = paired(&then, &corrected);
        assert_eq!(rows, [(1, 0, true), (2, 1, false), (3, 2, true)]);
        assert_eq!((late, gone), (vec![], 1));
    }

    #[test]
    fn columns_behind_the_last_one_are_late() {
        let then: [&[&str]; 3] = [&["Name", "1 March"], &["Anna", "+"], &["Bela", "+"]];
        let now: [&[&str]; 4] = [
            &["Name", "1 March", "8 March"],
            &["Anna", "+", "+"],
            &["Bela", "+"],
            &["Cora", "0", "+"],
        ];
        let (rows, late, from, gone) = paired(&then, &now);
        assert_eq!(rows, [(1, 0, true), (2, 1, true), (3, 2, true)]);
        assert_eq!((late, from, gone), (vec![4], Some(2), 0));
    }
}
