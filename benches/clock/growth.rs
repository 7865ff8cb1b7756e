//! How costs grow with size: each size against the one before.

use super::row::Row;

/// Prints what one contact costs more at each size than at the size before, in per cent; beside it the slope of the cost
/// against size in logarithms (1 where twice the contacts cost twice as much).
pub(crate) fn print(rows: &[Row]) {
    if rows.len() < 2 {
        return;
    }
    println!(
        "  growth per contact: per cent (slope)  run without recognition, s      cpu s            recognition, s            memory"
    );
    let measures: [fn(&Row) -> f64; 4] = [
        |row| row.run.wall - row.stages.recognise.wall,
        |row| row.run.cpu - row.stages.recognise.cpu,
        |row| row.stages.recognise.wall,
        |row| row.run.peak,
    ];
    let mut steps: Vec<(&Row, &Row)> = rows.iter().zip(&rows[1..]).collect();
    // What is asked of the tool reaches from a hundred thousand to the greatest size.
    let least = rows.iter().find(|row| row.contacts >= 100_000);
    if let (Some(least), Some(most)) = (least, rows.last())
        && most.contacts > least.contacts * 10
    {
        steps.push((least, most));
    }
    for (before, after) in steps {
        let told: String = measures
            .iter()
            .map(|measure| {
                grown(
                    measure(before),
                    measure(after),
                    after.contacts as f64 / before.contacts as f64,
                )
            })
            .collect();
        println!("{:>10} -> {:<10}{told}", before.contacts, after.contacts);
    }
}

fn grown(before: f64, after: f64, times: f64) -> String {
    if before <= 0.0 || after <= 0.0 {
        return format!("{:>24}", "-");
    }
    let percent = 100.0 * (after / before / times - 1.0);
    let slope = (after / before).ln() / times.ln();
    format!("{percent:>+15.1} ({slope:.3})")
}
