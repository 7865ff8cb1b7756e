//! Columns of a register that may have been copied: the same marks on several days.

use super::register::{Agreement, Register, is_next};
use super::{Seen, question};
use crate::ingest::findings::Kind;
use crate::ingest::records::Finding;

/// Sets that chance may give in the whole project, at most. In 3,600 generated registers (12 to 25 people, 8 to 12
/// sessions, seven to a programme) whose people come as they like, stay away for weeks, join late or leave early, none
/// is asked about; of copied neighbours among 20 people and 10 sessions nine in ten are.
const COPIES: f64 = 0.2;
/// Columns from which attendance can be known at all.
const COLUMNS: usize = 4;
/// Absences under which the same marks are no wonder.
const ABSENT: usize = 2;
/// Presences under which the same marks are no wonder.
const PRESENT: usize = 2;

/// Sets of columns with the same marks where chance does not explain them.
pub(super) fn questions(seen: Seen, registers: &[Register]) -> Vec<Finding> {
    let looked: Vec<&Register> = registers
        .iter()
        .filter(|register| register.columns.len() >= COLUMNS)
        .collect();
    let mut found = Vec::new();
    for register in &looked {
        for same in register.alike() {
            let agreement = register.agreement(&same);
            let present = register.columns[same[0]].present();
            if agreement.absent < ABSENT || present < PRESENT || expected(&looked, &same, agreement) >= COPIES {
                continue;
            }
            found.push(told(seen, register, &same, agreement));
        }
    }
    found
}

/// How many such sets chance gives in the whole project.
///
/// Neighbours in time, where copies usually stand, are few; all other sets of columns are many.
fn expected(looked: &[&Register], same: &[usize], agreement: Agreement) -> f64 {
    let ways: f64 = if is_next(same) {
        looked.iter().map(|register| register.neighbours() as f64).sum()
    } else {
        let ways = looked.iter().filter_map(|register| register.ln_ways(same.len()));
        ways.map(f64::exp).sum()
    };
    ways * agreement.ln_chance.exp()
}

fn told(seen: Seen, register: &Register, same: &[usize], agreement: Agreement) -> Finding {
    let columns = same.iter().map(|at| &register.columns[*at]);
    // The later column is the one to ask about: it would be the copy.
    let heads = columns.clone().rev().filter_map(|column| seen.place(column.session));
    let marks = columns
        .clone()
        .flat_map(|column| column.marks.iter().flatten().copied());
    let dates: Vec<String> = columns.map(|column| column.date.to_string()).collect();
    let (last, before) = dates
        .split_last()
        .map_or(("", &[][..]), |(last, before)| (last.as_str(), before));
    question(
        Kind::ColumnCopied,
        heads.chain(marks).collect(),
        [
            ("date", last.to_owned()),
            ("dates", before.join(", ")),
            ("people", register.columns[same[0]].marks.len().to_string()),
            ("present", register.columns[same[0]].present().to_string()),
            ("absent", agreement.absent.to_string()),
        ],
    )
}
