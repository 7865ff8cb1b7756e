//! Review workbooks that lie in a project: filled in and not taken in yet, or waiting for somebody.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::cli::review::filled::answers;
use crate::ingest::DECISIONS;
use crate::ingest::decisions::{End, Line, lines};
use crate::ingest::vocabulary::{Verdict, standard};
use crate::ingest::workbook;

/// A review workbook and what has become of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Review {
    /// So many answers stand in it that were not taken in.
    HandedIn {
        /// The workbook.
        file: PathBuf,
        /// How many.
        answers: usize,
    },
    /// Nobody has answered anything in it.
    Waiting {
        /// The workbook.
        file: PathBuf,
    },
}

/// What the project's own ledger says.
#[derive(Default)]
pub(super) struct Ledger {
    /// The last verdict on each pair.
    stands: BTreeMap<Pair, Verdict>,
}

/// Two places, whichever way round they were written.
type Pair = BTreeSet<(String, String, Option<u32>)>;

impl Ledger {
    /// Reads the decisions of a project; nothing where there are none.
    pub(super) fn of(root: &Path) -> Self {
        let mut ledger = Self::default();
        let Ok(table) = workbook::open(&root.join(DECISIONS)) else {
            return ledger;
        };
        for line in table.sheets.iter().flat_map(|sheet| lines(sheet, standard())) {
            if let Some(verdict) = standard().verdict(&line.verdict) {
                ledger.stands.insert(pair(&line), verdict);
            }
        }
        ledger
    }

    /// Pairs that somebody looked at and could not decide: nobody is asked again.
    pub(super) fn unsure(&self) -> usize {
        let verdicts = self.stands.values();
        verdicts.filter(|verdict| **verdict == Verdict::Unknown).count()
    }

    /// Whether a line says what stands already.
    fn holds(&self, line: &Line) -> bool {
        let stands = self.stands.get(&pair(line)).copied().unwrap_or(Verdict::Open);
        standard().verdict(&line.verdict) == Some(stands)
    }
}

fn pair(line: &Line) -> Pair {
    let place = |end: &End| (end.file.clone(), end.sheet.clone(), end.row);
    line.ends.iter().map(place).collect()
}

/// The first of these workbooks that somebody has to do something about, answers before empty ones.
pub(super) fn review(files: &[PathBuf], ledger: &Ledger) -> Option<Review> {
    let mut waiting = None;
    for file in files.iter().filter(|file| file.is_file()) {
        let Ok(table) = workbook::open(file) else { continue };
        let answers = answers(&table, standard(), &BTreeMap::new());
        let open = answers.iter().filter(|answer| !ledger.holds(&answer.line)).count();
        if open > 0 {
            return Some(Review::HandedIn {
                file: file.clone(),
                answers: open,
            });
        }
        if answers.is_empty() {
            waiting = waiting.or_else(|| Some(Review::Waiting { file: file.clone() }));
        }
    }
    waiting
}
