//! Recognition against the truth, mention by mention: who each line of the raw files means.

#![allow(clippy::print_stdout, reason = "the measured quality is shown with --nocapture")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use support::{Run, Table, data};

/// Where a mention stands: file, sheet, row.
type Line = (String, String, String);

/// True and found person of each mention that both tables know.
fn joined(found: &Table, truth: &Table) -> Vec<(String, String)> {
    let line =
        |row: &BTreeMap<String, String>| -> Line { (row["file"].clone(), row["sheet"].clone(), row["row"].clone()) };
    let of: BTreeMap<Line, String> = truth.iter().map(|row| (line(row), row["person_id"].clone())).collect();
    found
        .iter()
        .filter_map(|row| Some((of.get(&line(row))?.clone(), row["person"].clone())))
        .collect()
}

fn pairs(count: usize) -> usize {
    count * count.saturating_sub(1) / 2
}

/// Pairwise precision and recall, and how many persons there are and were found.
struct Quality {
    precision: f64,
    recall: f64,
    mentions: usize,
    true_persons: usize,
    found_persons: usize,
}

fn sizes<'a>(keys: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<(&'a str, &'a str), usize> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

fn quality(joined: &[(String, String)]) -> Quality {
    let both = sizes(joined.iter().map(|(truth, found)| (truth.as_str(), found.as_str())));
    let truth = sizes(joined.iter().map(|(truth, _)| (truth.as_str(), "")));
    let found = sizes(joined.iter().map(|(_, found)| ("", found.as_str())));
    let total = |counts: &BTreeMap<_, usize>| counts.values().map(|count| pairs(*count)).sum::<usize>() as f64;
    Quality {
        precision: total(&both) / total(&found),
        recall: total(&both) / total(&truth),
        mentions: joined.len(),
        true_persons: truth.len(),
        found_persons: found.len(),
    }
}

fn measure(run: &Run, label: &str) -> Quality {
    let joined = joined(&run.csv("private/people.csv"), &data("balakliya", "truth_people.csv"));
    let quality = quality(&joined);
    println!(
        "{label}: {} mentions, {} persons, {} found; precision {:.5}, recall {:.5}",
        quality.mentions, quality.true_persons, quality.found_persons, quality.precision, quality.recall
    );
    quality
}

#[test]
fn with_the_officers_decisions_recognition_is_right() {
    let run = Run::of("balakliya", &["--private"]);
    let quality = measure(&run, "with decisions");
    assert!(quality.mentions > 4000, "nearly every line of the truth is a mention");
    assert!(quality.precision >= 0.999 && quality.recall >= 0.999);
}

#[test]
fn without_decisions_the_officers_pairs_are_undecided() {
    let project = support::copy_of("balakliya");
    let definition = project.path().join("project.toml");
    let text = fs::read_to_string(&definition).expect("the definition");
    let (before, after) = text.split_once("[[decisions]]").expect("the sample has decisions");
    let (_, after) = after
        .split_once('\n')
        .and_then(|(_, rest)| rest.split_once('\n'))
        .expect("more follows");
    fs::write(&definition, format!("{before}{after}")).expect("written");
    let run = Run::at(project.path(), &["--private"]);
    measure(&run, "without decisions");
    let undecided: BTreeSet<(String, String)> = run
        .csv("findings.csv")
        .into_iter()
        .filter(|row| row["kind"] == "pair-undecided")
        .map(|row| (row["file"].clone(), row["row"].clone()))
        .collect();
    println!("undecided pairs: {}", undecided.len());
    assert!(undecided.len() >= 12, "at least the officer's twelve");
    let figures = run.csv("indicators.csv");
    let unique = figures
        .iter()
        .find(|row| {
            row["code"] == "B2" && row["period"] == "2026" && row["scope"] == "period" && row["category"].is_empty()
        })
        .expect("unique beneficiaries of the year");
    let bound = |name: &str| unique[name].parse::<f64>().expect("a number");
    assert!(
        bound("low") <= 1019.0 && bound("high") >= 1019.0,
        "the truth lies in the range"
    );
    assert!(bound("low") < bound("high"));
}

#[test]
fn a_decision_in_decisions_csv_is_honoured() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    write(
        "project.toml",
        "[project]\ncode = \"pairs\"\nname = \"Pairs\"\nstart = 2026-01-01\nend = 2026-12-31\n\n[[activity]]\ncode = \"art\"\n\
         name = \"Art\"\n\n[[source]]\nfiles = \"raw/*.csv\"\nactivity = \"art\"\n\n[[indicator]]\ncode = \"1\"\nuse = \"unique-reach\"\n",
    );
    write(
        "raw/a.csv",
        "Дата;Назва заходу;ПІБ;Дата народження\n05.03.2026;Гурток;Коваль Ольга;12.04.1980\n",
    );
    write(
        "raw/b.csv",
        "Дата;Назва заходу;ПІБ;Дата народження\n06.03.2026;Гурток;Гнатюк Інна;01.01.1990\n",
    );
    let unique = || {
        let figures = Run::at(folder.path(), &[]).csv("indicators.csv");
        let row = figures
            .iter()
            .find(|row| row["code"] == "1" && row["period"] == "2026-03")
            .expect("the month")
            .clone();
        row["value"].clone()
    };
    assert_eq!(unique(), "2");
    let header = "file_a,sheet_a,row_a,file_b,sheet_b,row_b,decision,by,date,reason\n";
    write(
        "decisions.csv",
        &format!("{header}a.csv,,2,b.csv,,2,same,Officer,2027-01-05,married name\n"),
    );
    assert_eq!(unique(), "1", "an officer's decision stands above every rule");
}
