//! How costs grow with size: each size against the one before.

use super::row::Row;

/// Something that was measured.
type Measure = fn(&Row) -> Option<f64>;

/// What is followed, and its heading.
const MEASURES: [(&str, Measure); 5] = [
    ("without recognition, s", |row| Some(row.without_recognition()?.wall)),
    ("cpu s", |row| Some(row.without_recognition()?.cpu)),
    ("recognition, s", |row| Some(row.stages?.recognise.wall)),
    ("cpu s", |row| Some(row.stages?.recognise.cpu)),
    ("run, memory", |row| Some(row.run?.peak)),
];
/// From where on what a contact costs should stay the same.
const LEAST: usize = 100_000;

/// Prints what one contact costs more at each size than at the size before, in per cent, and in brackets the slope of the
/// cost against size in logarithms: 1 where ten times the contacts cost ten times as much.
pub(crate) fn print(rows: &[Row]) {
    if rows.len() < 2 {
        return;
    }
    let heads = MEASURES.map(|(head, _)| format!(" {head:>22}")).concat();
    println!("\n  each contact costs more by, % (slope)\n{:>25}{heads}", "");
    let mut steps: Vec<(&Row, &Row)> = rows.iter().zip(&rows[1..]).collect();
    let least = rows.iter().find(|row| row.contacts >= LEAST);
    if let (Some(least), Some(most)) = (least, rows.last())
        && most.contacts > least.contacts * 10
    {
        steps.push((least, most));
    }
    for (before, after) in steps {
        let times = after.contacts as f64 / before.contacts as f64;
        let told = MEASURES.map(|(_, measure)| grown(measure(before), measure(after), times));
        println!("{:>10} -> {:<11}{}", before.contacts, after.contacts, told.concat());
    }
}

fn grown(before: Option<f64>, after: Option<f64>, times: f64) -> String {
    match (before, after) {
        (Some(before), Some(after)) if before > 0.0 && after > 0.0 => {
            let percent = 100.0 * (after / before / times - 1.0);
            let slope = (after / before).ln() / times.ln();
            format!(" {percent:>+14.1} ({slope:.3})")
        }
        _ => format!(" {:>22}", "-"),
    }
}
