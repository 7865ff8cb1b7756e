//! Undecided pairs out to an officer and back: the range shrinks to the figure, and nothing wrong is taken in.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use support::review::{ENGLISH, UKRAINIAN, answered, export, fill, import, one_pair, said, shown, small, write};
use support::{Run, csv_rows, tallyframe};
use tallyframe::ingest::table::Cell;
use tempfile::TempDir;

/// Balakliya without its officer's decisions.
fn undecided() -> TempDir {
    let project = support::copy_of("balakliya");
    support::edit(&project.path().join("project.toml"), |text| {
        let (before, after) = text.split_once("[[decisions]]").expect("the sample has decisions");
        let after = after.splitn(3, '\n').nth(2).expect("more follows");
        format!("{before}{after}")
    });
    project
}

/// Value, low and high of an indicator's total over the longest period.
fn range(project: &Path, code: &str) -> [i64; 3] {
    let figures = Run::at(project, &[]).csv("indicators.csv");
    let of =
        |row: &&BTreeMap<String, String>| row["code"] == code && row["scope"] == "period" && row["category"].is_empty();
    let row = figures.iter().rfind(of).expect("the indicator");
    ["value", "low", "high"].map(|name| row[name].parse().expect("a number"))
}

fn decisions(project: &Path) -> String {
    fs::read_to_string(project.join("decisions.csv")).unwrap_or_default()
}

#[test]
fn a_filled_in_workbook_shrinks_the_range_to_the_figure() {
    let project = undecided();
    let [_, low, high] = range(project.path(), "B2");
    assert!(low < high, "there is doubt");
    let file = export(project.path(), "uk");
    fill(
        &file,
        UKRAINIAN,
        |row| {
            let likely = matches!(row.get(13), Some(Cell::Number(share)) if *share >= 50.0);
            Some(answered(if likely {
                "та сама особа"
            } else {
                "різні особи"
            }))
        },
        true,
    );
    let output = import(project.path(), &file, &[]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("SHA-256"), "{}", said(&output));
    let [value, low, high] = range(project.path(), "B2");
    assert_eq!((low, high), (value, value), "every pair is decided");
    let before = decisions(project.path());
    let again = import(project.path(), &file, &[]);
    assert!(again.status.success(), "{}", said(&again));
    assert_eq!(decisions(project.path()), before, "the same answers are taken in once");
}

#[test]
fn pairs_that_move_more_figures_come_first() {
    let project = undecided();
    let output = Command::new(env!("CARGO_BIN_EXE_tallyframe"))
        .args(["review", shown(project.path())])
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let list = String::from_utf8_lossy(&output.stdout).into_owned();
    let moved: Vec<u32> = list
        .lines()
        .map(|line| line.split("  ").nth(2).expect("a column").parse().expect("a number"))
        .collect();
    assert!(moved.len() >= 12 && moved[0] > 0, "{list}");
    assert!(moved.is_sorted_by(|a, b| a >= b), "{list}");
}

#[test]
fn the_figures_said_to_move_are_those_that_move() {
    let project = one_pair();
    let before = support::figures(&Run::at(project.path(), &[]));
    let listed = tallyframe(&["review", shown(project.path())]);
    let line = String::from_utf8_lossy(&listed.stdout).into_owned();
    let said: usize = line.split("  ").nth(2).expect("a pair").parse().expect("a number");
    let output = call_with(
        &["--terminal", "--by", "Я", "--date", "2027-01-05"],
        project.path(),
        "d\n",
    );
    assert!(output.status.success());
    let after = support::figures(&Run::at(project.path(), &[]));
    let moved = before.iter().filter(|(key, cells)| after[*key][0] != cells[0]).count();
    assert!(moved > 0);
    assert_eq!(said, moved);
}

#[test]
fn undo_restores_the_range() {
    let project = one_pair();
    let doubt = range(project.path(), "1");
    assert!(doubt[1] < doubt[2]);
    let file = export(project.path(), "en");
    let kept = fs::read(&file).expect("the workbook");
    fill(&file, ENGLISH, |_| Some(answered("different people")), false);
    assert!(import(project.path(), &file, &[]).status.success());
    assert_eq!(range(project.path(), "1"), [2; 3]);
    fs::write(&file, kept).expect("written");
    fill(&file, ENGLISH, |_| Some(answered("undo")), false);
    let output = import(project.path(), &file, &[]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(range(project.path(), "1"), doubt);
    assert_eq!(
        decisions(project.path()).lines().count(),
        3,
        "history stays: {}",
        decisions(project.path())
    );
}

#[test]
fn every_mistake_is_told_with_its_cell_and_nothing_is_taken_in() {
    let project = undecided();
    let file = export(project.path(), "en");
    fill(
        &file,
        ENGLISH,
        |row| match row.get(0) {
            Some(Cell::Number(number)) if *number < 2.0 => Some(answered("maybe tomorrow")),
            Some(Cell::Number(number)) if *number < 3.0 => {
                Some(["same person".into(), String::new(), "05.01.2027".into()])
            }
            Some(Cell::Number(number)) if *number < 4.0 => Some(["same person".into(), "Я".into(), "soon".into()]),
            Some(Cell::Number(number)) if *number < 5.0 => Some(["same person".into(), "Я".into(), String::new()]),
            Some(Cell::Number(number)) if *number < 6.0 => Some(answered("different people")),
            _ => None,
        },
        false,
    );
    let output = import(project.path(), &file, &[]);
    assert_eq!(output.status.code(), Some(1));
    let text = said(&output);
    for expected in [
        "› Q5: “maybe tomorrow”",
        "› R7: nobody is named",
        "› S9: “soon”",
        "› S11: no date",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert_eq!(decisions(project.path()), "", "all or nothing");
    let output = import(project.path(), &file, &["--skip-bad"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        decisions(project.path()).lines().count(),
        2,
        "the header and the good one"
    );
    let output = import(
        project.path(),
        &file,
        &["--skip-bad", "--by", "Я", "--date", "2027-01-05"],
    );
    assert_eq!(
        decisions(project.path()).lines().count(),
        4,
        "defaults for all lines: {}",
        said(&output)
    );
}

#[test]
fn nonsense_is_refused() {
    let project = one_pair();
    let unknown = project.path().join("unknown.csv");
    fs::write(
        &unknown,
        "Pair,Decision,Who decided,When\nNOSUCHPAIR,same,Я,2027-01-05\n,same,Я,2027-01-05\n",
    )
    .expect("written");
    let output = import(project.path(), &unknown, &[]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert_eq!(
        said(&output).matches("no pair of this name").count(),
        2,
        "{}",
        said(&output)
    );
    let nothing = project.path().join("nothing.csv");
    fs::write(&nothing, "a,b\n1,2\n").expect("written");
    import(project.path(), &nothing, &[]);
    let noise = project.path().join("noise.xlsx");
    fs::write(&noise, [0_u8, 1, 2, 255, 7]).expect("written");
    assert_ne!(import(project.path(), &noise, &[]).status.code(), Some(70));
    assert_eq!(
        import(project.path(), &project.path().join("absent.xlsx"), &[])
            .status
            .code(),
        Some(3)
    );
    assert_eq!(decisions(project.path()), "");
}

#[test]
fn a_row_that_was_moved_since_the_export_is_noticed() {
    let project = one_pair();
    let file = export(project.path(), "en");
    fill(&file, ENGLISH, |_| Some(answered("same person")), false);
    let more =
        "Дата;Назва заходу;ПІБ;Дата народження\n06.03.2026;Гурток;Мороз Інна;\n06.03.2026;Гурток;Гайдар Єлизавета;\n";
    write(project.path(), "raw/b.csv", more);
    let output = import(project.path(), &file, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("stands in row 3 now"), "{}", said(&output));
    assert_eq!(decisions(project.path()), "");
    // The same guard holds for decisions that were taken in before the rows moved.
    write(
        project.path(),
        "raw/b.csv",
        "Дата;Назва заходу;ПІБ;Дата народження\n06.03.2026;Гурток;Гайдар Єлизавета;\n",
    );
    assert!(import(project.path(), &file, &[]).status.success());
    assert_eq!(range(project.path(), "1"), [1; 3]);
    write(project.path(), "raw/b.csv", more);
    let run = Run::at(project.path(), &[]);
    let findings = String::from_utf8_lossy(&run.bytes("findings.csv")).into_owned();
    assert!(findings.contains("decision-moved"), "{findings}");
    assert!(!findings.contains("Гайдар"), "no finding names a person");
}

#[test]
fn contradicting_decisions_show_their_chain() {
    let project = small(&[
        ("a", "05.03.2026;Гурток;Коваль Ольга;12.04.1980"),
        ("b", "06.03.2026;Гурток;Гнатюк Інна;01.01.1990"),
        ("c", "07.03.2026;Гурток;Мороз Ганна;03.03.1970"),
    ]);
    let header = "file_a,sheet_a,row_a,file_b,sheet_b,row_b,decision,by,date,reason\n";
    let lines = "a.csv,,2,b.csv,,2,same,Я,2027-01-05,\nb.csv,,2,c.csv,,2,same,Я,2027-01-05,\n";
    let table = project.path().join("filled.csv");
    fs::write(
        &table,
        format!("{header}{lines}a.csv,,2,c.csv,,2,different,Я,2027-01-05,\n"),
    )
    .expect("written");
    let output = import(project.path(), &table, &[]);
    assert_eq!(output.status.code(), Some(1));
    let chain = "raw/a.csv › 2 = raw/b.csv › 2 (filled.csv › G2); raw/b.csv › 2 = raw/c.csv › 2 (filled.csv › G3); \
                 raw/a.csv › 2 ≠ raw/c.csv › 2 (filled.csv › G4)";
    assert!(said(&output).contains(chain), "{}", said(&output));
    assert_eq!(decisions(project.path()), "");
    fs::copy(&table, project.path().join("decisions.csv")).expect("copied");
    let check = tallyframe(&["check", shown(project.path()), "--csv"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(
        said(&check).contains("raw/a.csv › 2 ≠ raw/c.csv › 2 (decisions.csv › 4)"),
        "{}",
        said(&check)
    );
    assert_eq!(range(project.path(), "1")[0], 3, "none of the chain is applied");
}

/// Calls `review` with lines typed into it.
fn call_with(args: &[&str], project: &Path, typed: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tallyframe"))
        .args(["review", shown(project)])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(typed.as_bytes()).expect("typed");
    drop(input);
    child.wait_with_output().expect("the program ends")
}

#[test]
fn the_terminal_asks_one_by_one_and_remembers() {
    let project = undecided();
    let typed = "О. Коваль\n05.01.2027\ns the same phone\nx\nd\nk\nu\nd\nk\nq\n";
    let output = call_with(&["--terminal"], project.path(), typed);
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("\n! Birth date"),
        "differences are marked: {}",
        said(&output)
    );
    let lines = csv_rows(decisions(project.path()).as_bytes());
    let verdicts: Vec<&str> = lines.iter().map(|line| line["decision"].as_str()).collect();
    assert_eq!(
        verdicts,
        ["same", "different", "unknown", "open", "different", "unknown"]
    );
    let reasons: Vec<&str> = lines.iter().map(|line| line["reason"].as_str()).collect();
    assert_eq!(reasons, ["the same phone", "", "", "", "", ""]);
    assert!(
        lines
            .iter()
            .all(|line| line["by"] == "О. Коваль" && line["date"] == "2027-01-05")
    );
    assert!(
        lines.iter().all(|line| !line["name_a"].is_empty()),
        "names guard against moved rows"
    );
    let before = call_with(
        &["--terminal", "--by", "Я", "--date", "2027-01-05"],
        project.path(),
        "q\n",
    );
    let text = said(&before);
    assert!(
        text.contains("1 pair of records left out"),
        "the don't-know is not asked again: {text}"
    );
    let again = call_with(
        &["--terminal", "--again", "--by", "Я", "--date", "2027-01-05"],
        project.path(),
        "q\n",
    );
    assert!(!said(&again).contains("left out"));
}

#[test]
fn answers_that_were_not_taken_in_are_not_written_over() {
    let project = one_pair();
    let file = export(project.path(), "en");
    export(project.path(), "en");
    fill(&file, ENGLISH, |_| Some(answered("same person")), false);
    let refused = tallyframe(&["review", shown(project.path()), "--export"]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(
        tallyframe(&["review", shown(project.path()), "--export", "--force"])
            .status
            .success()
    );
}

#[test]
fn of_a_period_only_the_pairs_are_asked_that_move_its_figures() {
    let project = undecided();
    let listed = |period: &[&str]| {
        let call: Vec<&str> = ["review", shown(project.path())]
            .into_iter()
            .chain(period.iter().copied())
            .collect();
        let output = tallyframe(&call);
        assert!(output.status.success(), "{}", said(&output));
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        let moves: Vec<String> = lines
            .lines()
            .filter_map(|line| line.split("  ").nth(2).map(str::to_owned))
            .collect();
        (moves, said(&output))
    };
    let (all, _) = listed(&[]);
    let (march, told) = listed(&["--period", "2026-03"]);
    assert!(
        !march.is_empty() && march.len() < all.len(),
        "{} of {}",
        march.len(),
        all.len()
    );
    assert!(march.iter().all(|moves| moves != "0"), "{march:?}");
    assert!(told.contains("no figure of this period"), "{told}");
}
