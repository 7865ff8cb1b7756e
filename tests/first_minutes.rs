//! The first minutes with the program: called alone it says what is next in each state of a folder, in both languages;
//! completions and manual pages are there.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command as System, Output};

use assert_cmd::Command;
use support::review::{ENGLISH, UKRAINIAN, answered, export, fill, import, one_pair, said, write};
use support::{edit, tallyframe};
use tempfile::TempDir;

/// Calls the program in a folder.
fn at(folder: &Path, args: &[&str]) -> Output {
    Command::cargo_bin("tallyframe")
        .expect("the program is built")
        .current_dir(folder)
        .args(args)
        .output()
        .expect("the program starts")
}

/// What the program alone says in a folder; it always ends well.
fn guide(folder: &Path, args: &[&str]) -> String {
    let output = at(folder, args);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", said(&output));
    let text = said(&output);
    assert!(text.lines().count() <= 9, "a few lines: {text}");
    assert!(!text.contains(['…', '⟨']), "{text}");
    text
}

/// The calls between back-ticks, in order.
fn calls(text: &str) -> Vec<String> {
    let calls = text.split('`').skip(1).step_by(2);
    calls
        .filter(|call| call.starts_with("tallyframe"))
        .map(str::to_owned)
        .collect()
}

#[track_caller]
fn assert_first(text: &str, call: &str) {
    assert_eq!(calls(text).first().map(String::as_str), Some(call), "{text}");
}

fn project(lang: &str) -> TempDir {
    let folder = one_pair();
    edit(&folder.path().join("project.toml"), |text| {
        text.replace("code = \"pairs\"", &format!("code = \"pairs\"\nlanguage = \"{lang}\""))
    });
    folder
}

#[test]
fn in_an_empty_folder_it_leads_to_the_spreadsheets() {
    let folder = tempfile::tempdir().expect("a folder");
    let english = guide(folder.path(), &[]);
    assert!(english.contains("neither a project nor a spreadsheet"), "{english}");
    assert!(guide(folder.path(), &["--lang", "uk"]).contains("немає ні проєкту, ні таблиць"));
    let unknown = at(folder.path(), &["--lang", "xx"]);
    assert_eq!(unknown.status.code(), Some(2), "{}", said(&unknown));
}

#[test]
fn spreadsheets_become_a_project_by_the_call_that_it_names() {
    for (place, call) in [
        ("", "tallyframe init my-project --from ."),
        ("raw/", "tallyframe init . --from raw"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        write(
            folder.path(),
            &format!("{place}list.csv"),
            "Дата;Назва заходу;ПІБ\n05.03.2026;Гурток;Гайдар Єлизавета\n06.03.2026;Гурток;Коваль Оксана\n",
        );
        write(folder.path(), &format!("{place}~$list.xlsx"), "");
        assert!(guide(folder.path(), &["--lang", "uk"]).contains("є 1 таблиця."));
        let text = guide(folder.path(), &[]);
        assert!(text.contains("but 1 spreadsheet."), "{text}");
        assert_first(&text, call);
        let words: Vec<&str> = call.split(' ').skip(1).collect();
        let init = at(folder.path(), &words);
        assert!(init.status.success(), "{}", said(&init));
        let begun = folder.path().join(if place.is_empty() { "my-project" } else { "." });
        assert_first(&guide(&begun, &[]), "tallyframe run");
        let run = at(&begun, &["run"]);
        assert!(run.status.success(), "{}", said(&run));
    }
}

#[test]
fn a_project_begins_with_what_lies_in_its_raw_folder() {
    let definitions = |words: &[&str]| {
        let folder = tempfile::tempdir().expect("a folder");
        let list = "Дата;Назва заходу;ПІБ\n05.03.2026;Гурток;Гайдар Єлизавета\n06.03.2026;Гурток;Коваль Оксана\n";
        write(folder.path(), "project/raw/Гурток/list.csv", list);
        let init = at(&folder.path().join("project"), words);
        assert!(init.status.success(), "{}", said(&init));
        fs::read_to_string(folder.path().join("project/project.toml")).expect("definitions")
    };
    let found = definitions(&["init", "."]);
    assert!(found.contains("raw/Гурток/list.csv"), "{found}");
    assert_eq!(found, definitions(&["init", ".", "--from", "raw"]));
}

#[test]
fn the_export_of_a_form_is_named_so_that_the_next_one_fits() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = "Дата;ПІБ\n05.03.2026;Гайдар Єлизавета\n06.03.2026;Коваль Оксана\n";
    write(
        folder.path(),
        "raw/Консультації_-_all_versions_-_2026-04-01-08-11-52.csv",
        list,
    );
    let init = at(folder.path(), &["init", ".", "--from", "raw"]);
    assert!(init.status.success(), "{}", said(&init));
    let definitions = fs::read_to_string(folder.path().join("project.toml")).expect("definitions");
    assert!(
        definitions.contains("\"raw/Консультації_-_all_versions*.csv\""),
        "{definitions}"
    );
}

#[test]
fn beside_projects_it_names_them_and_within_one_it_speaks_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a project", "b"] {
        write(
            folder.path(),
            &format!("{name}/project.toml"),
            "[project]\ncode = \"x\"\n",
        );
    }
    let text = guide(folder.path(), &[]);
    assert!(text.contains("a project, b."), "{text}");
    assert_first(&text, "tallyframe run \"a project\"");
    let project = project("en");
    let inside = guide(&project.path().join("raw"), &[]);
    assert!(inside.contains("belongs to the project in ..."), "{inside}");
    assert_first(&inside, "tallyframe run ..");
}

#[test]
fn mistakes_in_definitions_come_first() {
    let folder = project("uk");
    edit(&folder.path().join("project.toml"), |text| {
        text.replace("[[activity]]", "[[actvity]]")
    });
    let output = at(folder.path(), &[]);
    let text = said(&output);
    assert!(
        output.status.success() && text.contains("У визначеннях цього проєкту є помилки"),
        "{text}"
    );
    assert!(text.contains("actvity"), "{text}");
    assert_eq!(
        calls(&text).last().map(String::as_str),
        Some("tallyframe КОМАНДА --help"),
        "{text}"
    );
    assert!(calls(&text).contains(&"tallyframe check".to_owned()), "{text}");
}

#[test]
fn without_raw_files_and_with_files_that_nobody_names() {
    let folder = project("en");
    let raw = folder.path().join("raw");
    for name in ["a.csv", "b.csv"] {
        fs::rename(raw.join(name), folder.path().join(name)).expect("moved");
    }
    let text = guide(folder.path(), &[]);
    assert!(text.contains("has no raw files yet"), "{text}");
    assert_first(&text, "tallyframe check");
    assert!(guide(folder.path(), &["--lang", "uk"]).contains("ще немає первинних файлів"));
    fs::rename(folder.path().join("a.csv"), raw.join("a.txt")).expect("moved");
    let text = guide(folder.path(), &[]);
    assert!(
        text.contains("no source of the definitions names any of them"),
        "{text}"
    );
    assert_first(&text, "tallyframe inspect raw");
}

#[track_caller]
fn run(here: &Path) {
    let output = at(here, &["run"]);
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn a_month_from_the_first_run_to_the_audit_pack() {
    for (lang, words, same) in [("en", ENGLISH, "same person"), ("uk", UKRAINIAN, "одна людина")] {
        let project = project(lang);
        assert_first(&guide(project.path(), &[]), "tallyframe run");
        run(project.path());
        a_pair_is_decided(project.path(), lang, words, same);
        the_period_is_published(project.path());
        let here = project.path();
        write(
            here,
            "raw/c.csv",
            "Дата;Назва заходу;ПІБ\n07.03.2026;Гурток;Коваль Оксана\n",
        );
        edit(&here.join("raw/b.csv"), |text| text.replace("06.03", "08.03"));
        let more = guide(here, &[]);
        assert!(more.contains("raw/c.csv") && more.contains("raw/b.csv"), "{more}");
        assert_first(&more, "tallyframe run");
    }
}

fn a_pair_is_decided(here: &Path, lang: &str, words: [&str; 4], same: &str) {
    let own = |english: &'static str, ukrainian: &'static str| if lang == "en" { english } else { ukrainian };
    let undecided = guide(here, &[]);
    assert!(
        undecided.contains(own("1 pair of records", "Невирішено: 1 ")),
        "{undecided}"
    );
    let next = ["tallyframe review --export", "tallyframe publish --period 2026-Q1"];
    assert_eq!(calls(&undecided)[..2], next, "{undecided}");
    let file = export(here, lang);
    let waiting = guide(here, &[]);
    let take_in = "tallyframe review --import private/review.xlsx";
    assert_first(&waiting, take_in);
    assert!(waiting.contains(own("yellow", "жовті")), "{waiting}");
    fill(&file, words, |_| Some(answered(same)), false);
    let handed_in = guide(here, &[]);
    assert!(handed_in.contains(own("1 answer", "1 відповідь")), "{handed_in}");
    assert_first(&handed_in, take_in);
    let imported = import(here, &file, &[]);
    assert!(imported.status.success(), "{}", said(&imported));
    let changed = guide(here, &[]);
    assert!(changed.contains("decisions.csv"), "{changed}");
    assert_first(&changed, "tallyframe run");
    run(here);
}

fn the_period_is_published(here: &Path) {
    assert_first(&guide(here, &[]), "tallyframe publish --period 2026-Q1");
    let published = at(here, &["publish", "--period", "2026-Q1", "--date", "2026-04-05"]);
    assert!(published.status.success(), "{}", said(&published));
    let done = guide(here, &[]);
    assert!(done.contains("published/2026-Q1/report.xlsx"), "{done}");
    assert_first(&done, "tallyframe audit-pack --period 2026-Q1");
}

#[test]
fn who_could_not_decide_is_not_asked_for_ever() {
    let project = project("en");
    let here = project.path();
    assert!(at(here, &["run"]).status.success());
    let file = export(here, "en");
    fill(&file, ENGLISH, |_| Some(answered("don't know")), false);
    let imported = import(here, &file, &[]);
    assert!(imported.status.success(), "{}", said(&imported));
    assert!(at(here, &["run"]).status.success());
    assert_first(&guide(here, &[]), "tallyframe publish --period 2026-Q1");
}

#[test]
fn nothing_is_written_and_a_lock_is_no_change() {
    let project = project("en");
    let here = project.path();
    assert!(at(here, &["run"]).status.success());
    let before = guide(here, &[]);
    write(here, "raw/~$a.csv", "x");
    write(here, "raw/.~lock.a.csv#", "x");
    assert_eq!(guide(here, &[]), before);
    let entries = fs::read_dir(here).expect("listed").count();
    assert_eq!(entries, 3, "project.toml, raw, reports");
}

#[test]
fn what_is_too_large_to_be_looked_into_is_said() {
    let project = project("en");
    let here = project.path();
    let large = fs::File::create(here.join("raw/scan.bin")).expect("made");
    large.set_len(65 << 20).expect("a file without content takes no room");
    run(here);
    let text = guide(here, &[]);
    assert!(text.contains("as far as was looked: 1 file not looked into"), "{text}");
}

#[test]
fn every_command_ends_with_the_next_one() {
    let project = project("en");
    let here = project.path();
    let calls: [&[&str]; 17] = [
        &["inspect", "raw/a.csv"],
        &["inspect", "raw", "--json"],
        &["check", "--remember"],
        &["run"],
        &["review"],
        &["review", "--export"],
        &["review", "--export", "other.xlsx", "--dry-run"],
        &["people"],
        &["trace", "1"],
        &["trace", ".", "--row", "raw/a.csv:2"],
        &["publish", "--period", "2026-Q1", "--date", "2026-04-05"],
        &["verify", "reports/2026-Q1"],
        &["compare", "raw", "raw"],
        &["audit-pack", "--period", "2026-Q1"],
        &["run", "--as-published", "2026-Q1"],
        &["convert", "--out", "logframe-copy.xlsx"],
        &["dedupe", "raw/a.csv", "--out", "clusters.csv"],
    ];
    for call in calls {
        let output = at(here, call);
        assert!(output.status.success(), "{call:?}: {}", said(&output));
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        let last = errors.lines().last().unwrap_or_default();
        assert!(last.contains("Next: "), "{call:?}: {errors}");
    }
    let begun = at(here, &["init", "another", "--from", "raw"]);
    assert!(
        said(&begun).lines().last().unwrap_or_default().contains("Next: "),
        "{}",
        said(&begun)
    );
}

#[test]
fn every_shell_completes() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let output = tallyframe(&["completions", shell]);
        let script = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success() && script.contains("audit-pack"),
            "{shell}: {script}"
        );
        assert!(String::from_utf8_lossy(&output.stderr).contains("Next:"), "{shell}");
        if shell == "bash" {
            assert_bash_takes(&output.stdout);
        }
    }
}

/// Lets bash read a script without running it, where there is a bash.
fn assert_bash_takes(script: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tallyframe");
    fs::write(&file, script).expect("written");
    if let Ok(checked) = System::new("bash").arg("-n").arg(&file).output() {
        assert!(checked.status.success(), "{}", said(&checked));
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("man1");
    let output = tallyframe(&["man", "--out", out.to_str().expect("UTF-8")]);
    assert!(output.status.success(), "{}", said(&output));
    let help = said(&tallyframe(&["--help"]));
    for command in ["run", "check", "audit-pack", "completions", "man"] {
        assert!(help.contains(&format!("  {command} ")), "{command}");
        let page = fs::read_to_string(out.join(format!("tallyframe-{command}.1"))).expect("a page");
        for part in [".TH", ".SH EXAMPLES", ".SH OPTIONS", ".SH EXIT STATUS"] {
            assert!(page.contains(part), "{command}: {part}");
        }
    }
    let main = tallyframe(&["man"]);
    let page = fs::read(out.join("tallyframe.1")).expect("the main page");
    assert_eq!(
        String::from_utf8_lossy(&main.stdout).trim(),
        String::from_utf8_lossy(&page).trim()
    );
}
