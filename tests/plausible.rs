//! Questions that an inspector would ask: each fires where the case was planted and is silent where it was not, names
//! nobody, and does not hang on the order of files and rows.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use support::{Table, csv_rows, tallyframe};
use tempfile::TempDir;

const SURNAMES: [&str; 24] = [
    "Koval",
    "Bondar",
    "Tkach",
    "Melnyk",
    "Moroz",
    "Lysenko",
    "Rudenko",
    "Savchuk",
    "Petrenko",
    "Marchuk",
    "Kravets",
    "Polishchuk",
    "Shevchuk",
    "Honchar",
    "Sydorenko",
    "Panchuk",
    "Klymenko",
    "Zaiets",
    "Voloshyn",
    "Hnatiuk",
    "Dudnyk",
    "Fedorchuk",
    "Yurchenko",
    "Ostapchuk",
];
const GIVEN: [&str; 8] = [
    "Olena", "Iryna", "Maria", "Oksana", "Nadiia", "Svitlana", "Halyna", "Tetiana",
];

fn name(person: usize) -> String {
    format!("{} {}", SURNAMES[person % 24], GIVEN[(person / 3) % 8])
}

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit as u64).expect("small")
    }

    fn shuffled(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for at in (1..count).rev() {
            order.swap(at, self.below(at + 1));
        }
        order
    }
}

/// A project of text files.
struct Papers {
    folder: TempDir,
    definitions: String,
}

impl Papers {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("raw")).expect("a folder");
        let definitions = "[project]\ncode = \"t\"\nname = \"T\"\nstart = 2026-01-01\nend = 2026-12-31\n\
             [[activity]]\ncode = \"group\"\n[[activity]]\ncode = \"event\"\n"
            .to_owned();
        Self { folder, definitions }
    }

    fn source(mut self, file: &str, text: &str, more: &str) -> Self {
        fs::write(self.folder.path().join("raw").join(file), text).expect("written");
        let activity = if more.contains("activity") {
            ""
        } else {
            "activity = \"group\"\n"
        };
        let _ = write!(
            self.definitions,
            "[[source]]\nfiles = \"raw/{file}\"\n{activity}{more}\n"
        );
        self
    }

    fn defined(mut self, more: &str) -> Self {
        self.definitions.push_str(more);
        self
    }

    /// Every finding; the project's one indicator counts contacts.
    fn findings(&self) -> Table {
        fs::write(self.folder.path().join("project.toml"), &self.definitions).expect("written");
        fs::create_dir_all(self.folder.path().join("indicators")).expect("a folder");
        let indicator = "[[indicator]]\ncode = \"1\"\nuse = \"total-reach\"\n";
        fs::write(self.folder.path().join("indicators/a.toml"), indicator).expect("written");
        let path = self.folder.path().to_string_lossy().into_owned();
        let output = tallyframe(&["check", &path, "--csv"]);
        let rows = csv_rows(&output.stdout);
        assert!(
            output.status.code() < Some(2),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        rows
    }

    fn asked(&self, kind: &str) -> Table {
        let found = self.findings();
        let asked: Table = found.into_iter().filter(|finding| finding["kind"] == kind).collect();
        for finding in &asked {
            let words: BTreeSet<&str> = finding["message"].split(|c: char| !c.is_alphabetic()).collect();
            assert!(SURNAMES.iter().all(|surname| !words.contains(surname)), "{finding:?}");
            assert!(
                finding["message"].contains('?') && finding["severity"] != "error",
                "{finding:?}"
            );
        }
        asked
    }
}

/// A register: a row of marks per person, a session a week.
fn register(marks: &[Vec<bool>], days: &[String]) -> String {
    let mut text = format!("No,Full name,{}\n", days.join(","));
    for (person, row) in marks.iter().enumerate() {
        let cells: Vec<&str> = row.iter().map(|present| if *present { "+" } else { "-" }).collect();
        let _ = writeln!(text, "{},{},{}", person + 1, name(person), cells.join(","));
    }
    text
}

fn weeks(count: usize) -> Vec<String> {
    let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 12).expect("a day");
    let day = |week: usize| first + chrono::Days::new(7 * week as u64);
    (0..count)
        .map(|week| day(week).format("%d.%m.%Y").to_string())
        .collect()
}

fn random_marks(people: usize, sessions: usize, seed: u64) -> Vec<Vec<bool>> {
    let mut chance = Chance(seed);
    let row = |_| (0..sessions).map(|_| chance.below(10) < 6).collect();
    (0..people).map(row).collect()
}

#[test]
fn a_copied_column_is_asked_about() {
    for seed in 1..6 {
        let mut marks = random_marks(18, 10, seed);
        let clean = Papers::new().source("a.csv", &register(&marks, &weeks(10)), "layout = \"register\"");
        assert!(clean.asked("column-copied").is_empty(), "seed {seed}");
        for row in &mut marks {
            row[6] = row[5];
        }
        let copied = Papers::new().source("a.csv", &register(&marks, &weeks(10)), "layout = \"register\"");
        let asked = copied.asked("column-copied");
        assert_eq!(asked.len(), 1, "seed {seed}");
        assert_eq!((asked[0]["row"].as_str(), asked[0]["column"].as_str()), ("1", "I"));
        assert!(asked[0]["message"].contains("2026-02-23") && asked[0]["message"].contains("2026-02-16"));
    }
}

#[test]
fn shifts_regulars_and_few_people_copy_nothing() {
    let shifts: Vec<Vec<bool>> = (0..18)
        .map(|person| {
            (0..10)
                .map(|day| (day + person) % 2 == 0 && (day * 7 + person * 5) % 11 > 0)
                .collect()
        })
        .collect();
    let regulars: Vec<Vec<bool>> = (0..18)
        .map(|person| (0..10).map(|day| person > 3 || (day * person) % 7 == 1).collect())
        .collect();
    let few = random_marks(4, 10, 3);
    for marks in [shifts, regulars, few] {
        let papers = Papers::new().source("a.csv", &register(&marks, &weeks(10)), "layout = \"register\"");
        assert!(papers.asked("column-copied").is_empty());
    }
}

/// Lists of sessions, each with its people in the order in which they signed.
fn lists(sessions: &[(String, Vec<usize>)]) -> String {
    let mut text = "Date,Full name\n".to_owned();
    for (day, people) in sessions {
        for person in people {
            let _ = writeln!(text, "{day},{}", name(*person));
        }
    }
    text
}

fn signed(seed: u64) -> Vec<(String, Vec<usize>)> {
    let mut chance = Chance(seed);
    let day = |day| (day, chance.shuffled(20).into_iter().take(11).collect());
    weeks(9).into_iter().map(day).collect()
}

#[test]
fn a_list_under_two_dates_is_asked_about() {
    for seed in 1..6 {
        let mut sessions = signed(seed);
        assert!(
            Papers::new()
                .source("a.csv", &lists(&sessions), "")
                .asked("list-copied")
                .is_empty()
        );
        sessions[7].1 = sessions[2].1.clone();
        let asked = Papers::new()
            .source("a.csv", &lists(&sessions), "")
            .asked("list-copied");
        assert_eq!(asked.len(), 1, "seed {seed}");
        assert_eq!(asked[0]["row"], (2 + 7 * 11).to_string());
    }
}

#[test]
fn a_printed_list_and_a_training_of_two_days_are_no_copies() {
    let everybody: Vec<(String, Vec<usize>)> = weeks(6).into_iter().map(|day| (day, (0..12).collect())).collect();
    assert!(
        Papers::new()
            .source("a.csv", &lists(&everybody), "")
            .asked("list-copied")
            .is_empty()
    );
    let people = Chance(4).shuffled(12);
    let training = ["12.01.2026", "13.01.2026"].map(|day| (day.to_owned(), people.clone()));
    assert!(
        Papers::new()
            .source("a.csv", &lists(&training), "")
            .asked("list-copied")
            .is_empty()
    );
}

#[test]
fn months_without_an_absence_are_asked_about() {
    let mut marks = vec![vec![true; 12]; 10];
    let asked = |marks: &[Vec<bool>]| {
        let papers = Papers::new().source("a.csv", &register(marks, &weeks(12)), "layout = \"register\"");
        papers.asked("always-present")
    };
    let full = asked(&marks);
    assert_eq!(full.len(), 1);
    assert!(full[0]["message"].contains("120"), "{full:?}");
    for session in [2, 5, 9] {
        marks[session][session] = false;
    }
    assert!(asked(&marks).is_empty());
    assert!(
        asked(&vec![vec![true; 12]; 3]).is_empty(),
        "three people may well come every time"
    );
}

const LOG: &str = "Date,Time,Place,Facilitator,Topic,Total participants\n";

#[test]
fn one_facilitator_at_two_sites_at_one_time_is_asked_about() {
    let log = |times: [&str; 2], who: &str| {
        format!(
            "{LOG}12.01.2026,{},Balakliia,{who},Talk,14\n12.01.2026,{},Savyntsi,{who},Talk,17\n",
            times[0], times[1]
        )
    };
    let asked = |times, who| {
        let papers = Papers::new().source(
            "log.csv",
            &log(times, who),
            "activity = \"event\"\nlayout = \"event-log\"",
        );
        papers.asked("two-sites-at-once").len()
    };
    assert_eq!(asked(["10:00-11:30", "11:00-12:00"], "Koval Olena"), 1);
    assert_eq!(asked(["10:00", "10:15"], "Koval O."), 1);
    assert_eq!(asked(["10:00-11:00", "14:00-15:00"], "Koval Olena"), 0);
    assert_eq!(asked(["10:00", "10:00"], "psychologist"), 0);
    assert_eq!(asked(["", ""], "Koval Olena"), 0);
}

#[test]
fn closed_days_are_asked_about_where_the_definitions_say_so() {
    let log = format!(
        "{LOG}10.01.2026,10:00,Balakliia,Koval Olena,Talk,14\n11.01.2026,10:00,Balakliia,Koval Olena,Talk,16\n\
         12.01.2026,10:00,Savyntsi,Koval Olena,Talk,17\n"
    );
    let papers = |more: &str| {
        let papers = Papers::new().source("log.csv", &log, "activity = \"event\"\nlayout = \"event-log\"");
        papers.defined(more).asked("closed-day")
    };
    assert!(papers("").is_empty());
    assert_eq!(papers("[[closed]]\nweekdays = [\"saturday\", \"sunday\"]\n").len(), 2);
    assert_eq!(
        papers("[[closed]]\nsite = \"savyntsi\"\nfrom = 2026-01-01\nto = 2026-01-31\n").len(),
        1
    );
    assert_eq!(
        papers("[[closed]]\nsite = \"Savyntsi\"\nweekdays = \"sunday\"\ndays = [2026-01-10]\n").len(),
        0
    );
    let sunday = papers("[[closed]]\ndays = [2026-01-11]\n");
    assert_eq!((sunday.len(), sunday[0]["row"].as_str()), (1, "3"));
}

#[test]
fn round_head_counts_are_asked_about() {
    let log = |count: &dyn Fn(usize) -> usize| {
        let rows = weeks(24).into_iter().enumerate();
        let rows = rows.map(|(at, day)| format!("{day},10:00,Balakliia,Koval Olena,Talk {at},{}\n", count(at)));
        format!("{LOG}{}", rows.collect::<String>())
    };
    let asked = |count: &dyn Fn(usize) -> usize| {
        let papers = Papers::new().source("log.csv", &log(count), "activity = \"event\"\nlayout = \"event-log\"");
        papers.asked("round-counts").len()
    };
    assert_eq!(asked(&|at| 11 + (at * 7) % 23), 0);
    assert_eq!(asked(&|at| if at % 4 == 0 { 17 } else { 10 + 5 * (at % 5) }), 1);
    assert_eq!(asked(&|_| 20), 0, "a full hall every time");
}

#[test]
fn participants_among_the_staff_are_asked_about() {
    let list = "Date,Full name,Date of birth\n12.01.2026,Koval Olena,01.02.1980\n12.01.2026,Moroz Iryna,05.06.1975\n\
                19.01.2026,Koval Olena,01.02.1980\n";
    let staff = |who: &str| format!("Date,Full name,Date of birth\n20.01.2026,{who}\n");
    let asked = |who: &str, population: &str| {
        let more = format!("population = \"{population}\"");
        let papers = Papers::new()
            .source("list.csv", list, "")
            .source("staff.csv", &staff(who), &more);
        papers.asked("staff-among-participants").len()
    };
    assert_eq!(asked("Koval Olena,01.02.1980", "staff"), 1);
    assert_eq!(asked("Koval Olena,01.02.1980", "parents"), 0);
    assert_eq!(asked("Zaiets Halyna,07.08.1991", "staff"), 0);
}

#[test]
fn a_facilitator_among_the_participants_is_asked_about() {
    let asked = |who: &str| {
        let list = format!("Date,Facilitator,Full name\n12.01.2026,{who},Koval Olena\n12.01.2026,{who},Moroz Iryna\n");
        Papers::new()
            .source("list.csv", &list, "")
            .asked("staff-among-participants")
            .len()
    };
    assert_eq!(asked("Коваль Олена"), 1);
    assert_eq!(asked("Koval O."), 0);
    assert_eq!(asked("Zaiets Halyna"), 0);
}

#[test]
fn a_month_far_from_all_others_is_asked_about() {
    let list = |people: &dyn Fn(u32) -> usize| {
        let mut text = "Date,Full name\n".to_owned();
        for month in 1..=10 {
            for person in 0..people(month) {
                let day = 3 + person / 20;
                let _ = writeln!(
                    text,
                    "{day:02}.{month:02}.2026,{}",
                    name(person % 20 + month as usize % 3)
                );
            }
        }
        text
    };
    let asked = |people: &dyn Fn(u32) -> usize| {
        Papers::new()
            .source("list.csv", &list(people), "")
            .asked("month-out-of-line")
    };
    assert!(asked(&|month| 30 + (month as usize * 7) % 12).is_empty());
    assert!(asked(&|month| 10 * month as usize).is_empty(), "a programme that grows");
    let jump = asked(&|month| {
        if month == 6 {
            160
        } else {
            30 + (month as usize * 7) % 12
        }
    });
    assert_eq!(jump.len(), 1);
    assert!(
        jump[0]["message"].contains("2026-06") && jump[0]["message"].contains("160"),
        "{jump:?}"
    );
    assert_eq!(
        asked(&|month| if month == 6 { 0 } else { 60 + month as usize }).len(),
        1
    );
}

#[test]
fn files_and_rows_in_another_order_give_the_same_questions() {
    let mut marks = random_marks(18, 10, 2);
    for row in &mut marks {
        row[6] = row[5];
    }
    let mut sessions = signed(3);
    sessions[7].1 = sessions[2].1.clone();
    let told = |files: [&str; 2], turned: bool| {
        let register = register(&marks, &weeks(10));
        let mut lines: Vec<&str> = register.lines().collect();
        let mut sessions = sessions.clone();
        if turned {
            lines[1..].reverse();
            sessions.reverse();
        }
        let papers = Papers::new()
            .source(files[0], &lines.join("\n"), "layout = \"register\"")
            .source(files[1], &lists(&sessions), "activity = \"event\"");
        let found = papers.findings().into_iter();
        let asked = found.filter(|finding| finding["message"].contains('?'));
        let told: BTreeSet<(String, String)> = asked.map(|one| (one["kind"].clone(), one["message"].clone())).collect();
        told
    };
    let plain = told(["a.csv", "b.csv"], false);
    assert!(plain.len() >= 2, "{plain:?}");
    assert_eq!(plain, told(["z.csv", "b.csv"], true));
}

/// Weekly events with different numbers of people: the lists, and the log of the same days with the numbers given.
fn events(logged: impl Fn(usize) -> usize) -> (String, String) {
    let sizes = [12, 9, 17, 20, 8, 14, 11, 15, 10];
    let days = weeks(sizes.len());
    let mut log = "Date,Event,Number of participants\n".to_owned();
    let mut listed = Vec::new();
    for (day, size) in days.iter().zip(sizes) {
        let _ = writeln!(log, "{day},Talk on safety,{}", logged(size));
        listed.push((day.clone(), (0..size).collect()));
    }
    (log, lists(&listed))
}

#[test]
fn a_log_and_lists_of_the_same_events_under_two_activities_are_asked_about() {
    let of_events = "activity = \"event\"\n";
    let (log, signed) = events(|size| size);
    let papers = |activity: &str| {
        Papers::new()
            .source("log.csv", &log, of_events)
            .source("signed.csv", &signed, activity)
    };
    let asked = papers("").asked("events-in-two");
    assert_eq!(asked.len(), 1);
    assert!(asked[0]["message"].contains('9'), "{:?}", asked[0]);
    assert!(papers(of_events).asked("events-in-two").is_empty());
    let (other, signed) = events(|size| size + 1);
    let apart = Papers::new()
        .source("log.csv", &other, of_events)
        .source("signed.csv", &signed, "");
    assert!(apart.asked("events-in-two").is_empty());
}
