//! Small numbers can't be computed back: an attack on all that a run publishes.
//!
//! The attack knows what a reader of the report knows: which numbers are shown, which are hidden, that cells add up to
//! totals, months to quarters and to what is cumulative, crossed tables to their margins, new and returning people to
//! people; that a hidden total is at least 1, and a hidden cell too where its total is shown. To be hard on the
//! program, it is given every sum that is true in the unhidden report, whether or not a reader could know it.

#[path = "suppression/linear.rs"]
mod linear;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use linear::{Sum, range};
use support::review::write;
use support::{Run, Table, copy_of, tallyframe};

const THRESHOLD: f64 = 5.0;

/// A number: code, scope, first and last day, breakdown, category, and which number of the figure.
type Key = (String, String, String, String, String, String, &'static str);

/// One published number.
#[derive(Debug, Clone)]
struct Number {
    truth: f64,
    hidden: bool,
    of_people: bool,
    flow: bool,
}

fn key(row: &BTreeMap<String, String>, which: &'static str) -> Key {
    let text = |name: &str| row[name].clone();
    let days = (text("period_start"), text("period_end"));
    (
        text("code"),
        text("scope"),
        days.0,
        days.1,
        text("disaggregation"),
        text("category"),
        which,
    )
}

/// The numbers of a report, by the same report with nothing hidden.
fn numbers(plain: &Table, published: &Table) -> BTreeMap<Key, Number> {
    let hidden: BTreeSet<Key> = published
        .iter()
        .filter(|row| row["status"] == "suppressed")
        .map(|row| key(row, "value"))
        .collect();
    let there: BTreeSet<Key> = published.iter().map(|row| key(row, "value")).collect();
    let mut numbers = BTreeMap::new();
    for row in plain {
        let at = key(row, "value");
        let ratio = !row["denominator"].is_empty();
        let whiches: &[&'static str] = if ratio {
            &["numerator", "denominator"]
        } else {
            &["value"]
        };
        for which in whiches {
            let Ok(truth) = row[*which].parse::<f64>() else {
                continue;
            };
            let number = Number {
                truth,
                hidden: hidden.contains(&at) || !there.contains(&at),
                of_people: matches!(row["unit"].as_str(), "persons" | "contacts")
                    || (row["unit"] == "percent" && row["measure"].contains("people")),
                flow: row["class"] == "flow",
            };
            numbers.insert(key(row, which), number);
        }
    }
    numbers
}

/// Every sum that is true.
fn sums(numbers: &BTreeMap<Key, Number>) -> Vec<Sum> {
    let index: BTreeMap<&Key, usize> = numbers.keys().zip(0..).collect();
    let truths: Vec<f64> = numbers.values().map(|number| number.truth).collect();
    let mut sums = Vec::new();
    let mut add = |parts: Vec<usize>, whole: usize| {
        let sum: f64 = parts.iter().map(|part| truths[*part]).sum();
        if !parts.is_empty() && (sum - truths[whole]).abs() < 1e-6 {
            sums.push(Sum { parts, whole });
        }
    };
    let mut breakdowns: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    let mut margins: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (key, at) in &index {
        let (code, scope, start, end, cut, category, which) = (*key).clone();
        if !cut.is_empty() {
            let total = (
                code.clone(),
                scope.clone(),
                start.clone(),
                end.clone(),
                cut.clone(),
                String::new(),
                which,
            );
            breakdowns.entry(total).or_default().push(*at);
        }
        let parts: Vec<&str> = category.split(" & ").collect();
        for part in parts.iter().filter(|_| parts.len() > 1) {
            let margin = (
                code.clone(),
                scope.clone(),
                start.clone(),
                end.clone(),
                cut.clone(),
                (*part).to_owned(),
                which,
            );
            margins.entry(margin).or_default().push(*at);
        }
    }
    for ((code, scope, start, end, _, _, which), parts) in breakdowns {
        let total = (code, scope, start, end, String::new(), String::new(), which);
        if let Some(whole) = index.get(&total) {
            add(parts, *whole);
        }
    }
    for ((code, scope, start, end, cut, category, which), parts) in margins {
        let same = |key: &&&Key| {
            (&key.0, &key.1, &key.2, &key.3, &key.5, key.6) == (&code, &scope, &start, &end, &category, which)
                && key.4 != cut
        };
        for whole in index.keys().filter(same) {
            add(parts.clone(), index[*whole]);
        }
    }
    over_time(numbers, &index, &mut add);
    new_people(&index, &mut add);
    sums
}

/// Days of a project as numbers: a window starts where the one before ended.
fn after(day: &str) -> String {
    let day: chrono::NaiveDate = day.parse().expect("a day");
    day.succ_opt().expect("a day").to_string()
}

fn over_time(numbers: &BTreeMap<Key, Number>, index: &BTreeMap<&Key, usize>, add: &mut impl FnMut(Vec<usize>, usize)) {
    let first = numbers.keys().map(|key| key.2.clone()).min().unwrap_or_default();
    let mut series: BTreeMap<_, Vec<(String, String, usize)>> = BTreeMap::new();
    for (key, number) in numbers.iter().filter(|(_, number)| number.flow) {
        let _ = number;
        let start = if key.1 == "cumulative" {
            first.clone()
        } else {
            key.2.clone()
        };
        let own = series.entry((&key.0, &key.4, &key.5, key.6)).or_default();
        own.push((start, key.3.clone(), index[key]));
    }
    for windows in series.into_values() {
        for (start, end, whole) in &windows {
            // The same days are the same number; else two parts, or a chain of the shortest ones.
            for (from, to, part) in &windows {
                if (from, to) == (start, end) && part != whole {
                    add(vec![*part], *whole);
                }
                if from == start && to < end {
                    let next = after(to);
                    for rest in windows.iter().filter(|rest| rest.0 == next && rest.1 == *end) {
                        add(vec![*part, rest.2], *whole);
                    }
                }
            }
            let (mut day, mut chain) = (start.clone(), Vec::new());
            while let Some(next) = windows
                .iter()
                .filter(|window| {
                    window.0 == day && window.1 < *end || window.0 == day && !chain.is_empty() && window.1 == *end
                })
                .min_by_key(|window| window.1.clone())
            {
                chain.push(next.2);
                if next.1 == *end {
                    add(chain.clone(), *whole);
                    break;
                }
                day = after(&next.1);
            }
        }
    }
}

/// The indicators `N` and `R` of a generated project are the new and the returning of `P`.
fn new_people(index: &BTreeMap<&Key, usize>, add: &mut impl FnMut(Vec<usize>, usize)) {
    for (key, whole) in index.iter().filter(|(key, _)| key.0 == "P") {
        let of = |code: &str| {
            index.get(&(
                code.to_owned(),
                key.1.clone(),
                key.2.clone(),
                key.3.clone(),
                key.4.clone(),
                key.5.clone(),
                key.6,
            ))
        };
        if let (Some(new), Some(returning)) = (of("N"), of("R")) {
            add(vec![*new, *returning], *whole);
        }
    }
}

/// The least that a hidden number can be.
fn floors(numbers: &BTreeMap<Key, Number>) -> Vec<f64> {
    let floor = |(key, number): (&Key, &Number)| {
        let total = (
            key.0.clone(),
            key.1.clone(),
            key.2.clone(),
            key.3.clone(),
            String::new(),
            String::new(),
            key.6,
        );
        let shown = key.4.is_empty() || numbers.get(&total).is_some_and(|total| !total.hidden);
        if number.truth >= 1.0 && shown && key.6 == "value" {
            1.0
        } else {
            0.0
        }
    };
    numbers.iter().map(floor).collect()
}

/// Attacks a project; what was narrowed, and how many small numbers there were.
fn attack(project: &Path) -> (Vec<String>, usize) {
    let plain = Run::at(project, &[]);
    let definitions = project.join("project.toml");
    let text = fs::read_to_string(&definitions).expect("definitions");
    let with = if text.contains("\n[count]") {
        text.replacen("\n[count]", "\n[count]\nsmall-numbers = 5 #", 1)
            .replacen("5 #", "5\n#", 1)
    } else {
        format!("{text}\n[count]\nsmall-numbers = 5\n")
    };
    fs::write(&definitions, with).expect("written");
    let run = Run::at(project, &["--json"]);
    assert!(run.report().exists(), "{}", run.errors());
    let published = run.csv("indicators.csv");
    agrees(&published, &run);
    let numbers = numbers(&plain.csv("indicators.csv"), &published);
    let sums = sums(&numbers);
    let (truths, floors): (Vec<f64>, Vec<f64>) = (numbers.values().map(|one| one.truth).collect(), floors(&numbers));
    let hidden: Vec<bool> = numbers.values().map(|number| number.hidden).collect();
    let (mut narrowed, mut small) = (Vec::new(), 0);
    for (at, (key, number)) in numbers.iter().enumerate() {
        if !number.of_people || number.truth < 1.0 || number.truth >= THRESHOLD {
            continue;
        }
        small += 1;
        if !number.hidden {
            narrowed.push(format!("{key:?} is shown: {}", number.truth));
            continue;
        }
        let (least, most) = range(&sums, &truths, &floors, &hidden, at);
        if least > 1.0 + 1e-6 || most < THRESHOLD - 1.0 - 1e-6 {
            narrowed.push(format!("{key:?} is {} and lies in {least} … {most}", number.truth));
        }
    }
    (narrowed, small)
}

/// The other outputs hide what the table hides.
fn agrees(published: &Table, run: &Run) {
    let hidden: BTreeSet<[String; 5]> = published
        .iter()
        .filter(|row| row["status"] == "suppressed")
        .map(|row| ["code", "scope", "period", "disaggregation", "category"].map(|name| row[name].clone()))
        .collect();
    let manifest: serde_json::Value = serde_json::from_slice(&run.bytes("manifest.json")).expect("JSON");
    let printed: serde_json::Value = serde_json::from_slice(&run.output.stdout).expect("JSON");
    for figure in [&manifest, &printed]
        .into_iter()
        .flat_map(|all| all["figures"].as_array().expect("figures"))
    {
        let text = |name: &str| figure[name].as_str().unwrap_or_default().to_owned();
        let at = ["code", "scope", "period", "disaggregation", "category"].map(text);
        let told = [
            "value",
            "low",
            "high",
            "expected",
            "numerator",
            "denominator",
            "achieved_pct",
            "status",
        ];
        if hidden.contains(&at) {
            assert!(told.iter().all(|name| figure[*name].is_null()), "{figure}");
        }
    }
    for file in manifest["files"].as_array().expect("files") {
        assert!(file["persons"].is_null() || hidden.is_empty(), "who is who in {file}");
    }
}

fn holds(project: &Path) -> usize {
    let (narrowed, small) = attack(project);
    assert!(
        narrowed.is_empty(),
        "{} of {small} narrowed:\n{}",
        narrowed.len(),
        narrowed.join("\n")
    );
    small
}

#[test]
fn no_small_number_of_the_samples_is_computed_back() {
    for sample in ["balakliya", "mothers", "kyiv", "resilience", "training"] {
        let project = copy_of(sample);
        let workbook = project.path().join("logframe.xlsx");
        if workbook.exists() {
            let output = tallyframe(&["convert", project.path().to_str().expect("a path")]);
            assert!(output.status.success());
            fs::remove_file(workbook).expect("removed");
        }
        holds(project.path());
    }
}

/// A project of few people, at random by a seed: sex, settlement, months.
fn generated(seed: u64) -> tempfile::TempDir {
    let project = tempfile::tempdir().expect("a folder");
    let cuts = "disaggregate = [\"sex\", { by = \"settlement\" }, { by = [\"sex\", \"settlement\"] }]";
    let indicator = |code: &str, measure: &str| {
        format!("[[indicator]]\ncode = \"{code}\"\nstatement = \"{code}\"\nmeasure = \"{measure}\"\n{cuts}\n\n")
    };
    let definitions = [
        ("P", "people"),
        ("N", "new-people"),
        ("R", "returning-people"),
        ("C", "contacts"),
    ];
    let definitions: String = definitions
        .iter()
        .map(|(code, measure)| indicator(code, measure))
        .collect();
    write(
        project.path(),
        "project.toml",
        &format!(
            "[project]\ncode = \"few\"\nname = \"Few\"\nstart = 2026-01-01\nend = 2026-06-30\ncalendars = [\"month\", \"quarter\"]\n\n\
             [[activity]]\ncode = \"art\"\nname = \"Art\"\n\n[[source]]\nfiles = \"raw/*.csv\"\nactivity = \"art\"\n\n{definitions}"
        ),
    );
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut draw = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let people = 12 + draw(40);
    let mut text = String::from("Дата;Код учасника;Стать;Населений пункт\n");
    for person in 0..people {
        let sex = if draw(4) == 0 { "ч" } else { "ж" };
        let place = ["Вербівка", "Савинці", "Балаклія"][usize::try_from(draw(6).min(2)).expect("small")];
        for _ in 0..=draw(4) {
            let day = format!("{:02}.{:02}.2026", 1 + draw(28), 1 + draw(6));
            let _ = writeln!(text, "{day};АБ-{person:04};{sex};{place}");
        }
    }
    write(project.path(), "raw/list.csv", &text);
    project
}

#[test]
fn no_small_number_of_generated_projects_is_computed_back() {
    let small: usize = (1..=4).map(|seed| holds(generated(seed).path())).sum();
    assert!(small > 20, "{small} small numbers: the attack had little to do");
}
