//! Head-counts of logs, on small made-up cases.

use crate::ingest::findings::Kind;
use crate::ingest::fixture::{kinds, records, sheet, source};
use crate::ingest::records::Records;

fn of(log: &str) -> Records {
    records(vec![sheet(log)], &source())
}

/// Heads of each line of a log, and how many parts they have.
fn by_line(log: &str) -> Vec<(u32, usize)> {
    let counts = of(log).head_counts;
    counts.iter().map(|count| (count.total, count.parts.len())).collect()
}

fn finds(log: &str, kind: Kind) -> bool {
    kinds(&of(log)).contains(&kind)
}

#[test]
fn ages_alone_beside_columns_by_sex_and_age_are_heads() {
    let days = "05.03.2026|Hygiene|#1|#2|#3|#4|#5\n12.03.2026|Hygiene|#1|#2|#3|#4|#6";
    for heading in [
        "Date|Topic|M 0-17|F 0-17|M 18-59|F 18-59|60+",
        "Дата|Тема|Ч 0-17|Ж 0-17|Ч 18-59|Ж 18-59|60+",
    ] {
        let log = format!("{heading}\n{days}");
        assert_eq!(by_line(&log), [(15, 5), (16, 5)], "{heading}");
        assert!(finds(&log, Kind::HeadingMisspelt), "{heading}");
    }
    let alone = "Date|Topic|0-17|18-59|60+\n05.03.2026|Hygiene|#3|#7|#5\n12.03.2026|Hygiene|#3|#7|#0";
    assert_eq!(by_line(alone), [(15, 2), (10, 2)]);
}

#[test]
fn ages_that_may_be_counted_already_are_a_question() {
    let whole = "Date|Topic|Female|Male|60+\n05.03.2026|Hygiene|#6|#4|#5\n12.03.2026|Hygiene|#6|#4|#2";
    assert_eq!(by_line(whole), [(10, 2), (10, 2)]);
    assert!(finds(whole, Kind::HeadingUnclear));
    // The ages give the heads of the sexes once more.
    let twice = "Date|Topic|Female|Male|0-17|18+\n05.03.2026|Hygiene|#6|#4|#3|#7\n12.03.2026|Hygiene|#6|#4|#2|#8";
    assert_eq!(by_line(twice), [(10, 2), (10, 2)]);
    assert!(!finds(twice, Kind::HeadingUnclear));
}
