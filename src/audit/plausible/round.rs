//! Head-counts that end in 5 or 0 more often than counted ones would.

use std::collections::BTreeSet;

use super::chance::{RARE, at_least};
use super::{Seen, question};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, HeadCount};

/// Smallest head-count looked at: below it one in five is no measure.
const SMALLEST: u32 = 10;
/// Head-counts of a source at least.
const COUNTS: usize = 10;
/// Different round numbers at least: a hall with 20 seats is full every time.
const DIFFERENT: usize = 3;
/// The multiples looked for, and the share that counted heads could have: a quarter more than one in five and one in
/// ten, for sizes that gather around a round number.
const STEPS: [(u32, f64); 2] = [(5, 0.25), (10, 0.125)];

/// A question for each source with too many of them.
pub(super) fn questions(seen: Seen) -> Vec<Finding> {
    let attendance = seen.attendance();
    let sources = seen.project.sources.len().max(1);
    let mut found = Vec::new();
    for source in 0..sources {
        let of_source = seen.records.head_counts.iter().filter(|count| {
            let row = count.row.index();
            let listed = attendance.get(&count.session).map_or(0, Vec::len);
            // A signed list of as many people is proof enough.
            seen.records.rows[row].source == source && seen.counts(row) && listed != count.total as usize
        });
        let counts: Vec<&HeadCount> = of_source.filter(|count| count.total >= SMALLEST).collect();
        found.extend(STEPS.iter().find_map(|step| asked(seen, &counts, *step, sources)));
    }
    found
}

fn asked(seen: Seen, counts: &[&HeadCount], (step, share): (u32, f64), sources: usize) -> Option<Finding> {
    let round: Vec<&&HeadCount> = counts.iter().filter(|count| count.total.is_multiple_of(step)).collect();
    let different: BTreeSet<u32> = round.iter().map(|count| count.total).collect();
    let looked = (sources * STEPS.len()) as f64;
    let chance = at_least(round.len(), counts.len(), share) * looked;
    (counts.len() >= COUNTS && different.len() >= DIFFERENT && chance < RARE).then(|| {
        question(
            Kind::RoundCounts,
            round
                .iter()
                .map(|count| seen.records.rows[count.row.index()].place)
                .collect(),
            [
                ("round", round.len().to_string()),
                ("counts", counts.len().to_string()),
                ("step", step.to_string()),
                ("usual", (counts.len() as f64 / f64::from(step)).round().to_string()),
            ],
        )
    })
}
