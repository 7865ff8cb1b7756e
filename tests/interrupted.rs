//! Stopped in the middle: the report that was there stays whole to the byte, and nothing temporary is left. And the line
//! that tells how far a run has come: on a terminal, and nowhere else.
#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use support::review::write;
use tempfile::TempDir;

/// Rows of the list: enough for a run that takes a moment.
const ROWS: usize = 1500;
/// Rows of a list that is read and compared for longer than half a second, where the program was built for tests.
const MANY_ROWS: usize = 6000;
const SURNAMES: [&str; 12] = [
    "Шевченко",
    "Коваленко",
    "Бондаренко",
    "Ткаченко",
    "Кравченко",
    "Олійник",
    "Шевчук",
    "Коваль",
    "Поліщук",
    "Бондар",
    "Мельник",
    "Гайдар",
];
const NAMES: [&str; 8] = [
    "Олена",
    "Ірина",
    "Оксана",
    "Марія",
    "Наталія",
    "Юлія",
    "Тетяна",
    "Ольга",
];

/// A project whose run can be met in every stage.
fn project(rows: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        "project.toml",
        "[project]\ncode = \"long\"\nname = \"Long\"\nstart = 2026-01-01\nend = 2026-12-31\n\n[[activity]]\ncode = \"art\"\n\
         name = \"Art\"\n\n[[source]]\nfiles = \"raw/*.csv\"\nactivity = \"art\"\n\n[[indicator]]\ncode = \"1\"\nuse = \"unique-reach\"\n",
    );
    let mut text = String::from("Дата;Назва заходу;ПІБ;Дата народження\n");
    for row in 0..rows {
        let (surname, name) = (SURNAMES[row % SURNAMES.len()], NAMES[row / 7 % NAMES.len()]);
        let (day, month, born) = (1 + row % 28, 1 + row / 340 % 12, 1950 + row % 53);
        let _ = writeln!(
            text,
            "{day:02}.{month:02}.2026;Гурток;{surname} {name};{day:02}.{month:02}.{born}"
        );
    }
    write(folder.path(), "raw/list.csv", &text);
    folder
}

fn program() -> std::path::PathBuf {
    assert_cmd::cargo::cargo_bin("tallyframe")
}

fn started(project: &Path) -> Child {
    Command::new(program())
        .args(["run", "--period", "2026"])
        .arg(project)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status();
    // A program that has ended in the meantime can't be stopped.
    assert!(sent.is_ok());
}

fn ended(mut child: Child) -> (ExitStatus, String) {
    let status = child.wait().expect("it ends");
    let mut said = String::new();
    if let Some(mut errors) = child.stderr.take() {
        std::io::Read::read_to_string(&mut errors, &mut said).expect("words");
    }
    (status, said)
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let below = files(&entry.path()).into_iter();
            found.extend(below.map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.insert(name, fs::read(entry.path()).expect("a file"));
        }
    }
    found
}

/// Waits for a moment of a run: so many milliseconds, or its temporary folder.
fn wait_for(moment: Option<Duration>, project: &Path, child: &mut Child) {
    if let Some(moment) = moment {
        return thread::sleep(moment);
    }
    let begun = Instant::now();
    let writes = || {
        let entries = fs::read_dir(project.join("reports")).expect("the reports").flatten();
        entries
            .into_iter()
            .any(|entry| entry.file_name().to_string_lossy().starts_with(".tallyframe-"))
    };
    while !writes() && child.try_wait().expect("known").is_none() && begun.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_micros(200));
    }
}

#[test]
fn the_report_of_before_survives_a_stop_at_any_moment() {
    let project = project(ROWS);
    let begun = Instant::now();
    let (status, said) = ended(started(project.path()));
    assert!(status.success(), "{said}");
    let whole = begun.elapsed();
    let reports = project.path().join("reports");
    write(project.path(), "reports/2026/notes.txt", "an officer's own");
    let before = files(&reports);
    // What a run would write now is not what is there.
    write(
        project.path(),
        "raw/more.csv",
        "Дата;Назва заходу;ПІБ\n07.03.2026;Гурток;Інша Людина\n",
    );
    let mut stopped = 0;
    let shares = [5, 15, 25, 40, 60, 80].map(|percent| Some(whole * percent / 100));
    let moments = shares.into_iter().chain([None, None]);
    for (number, moment) in moments.enumerate() {
        let mut child = started(project.path());
        wait_for(moment, project.path(), &mut child);
        signal(&child, if number % 2 == 0 { "-INT" } else { "-TERM" });
        let (status, said) = ended(child);
        let beside: Vec<String> = fs::read_dir(&reports)
            .expect("the reports")
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        assert_eq!(beside, ["2026"], "nothing temporary is left: {moment:?} {status}");
        if status.code() == Some(130) && said.contains("Nothing was written") {
            stopped += 1;
            assert!(files(&reports) == before, "{moment:?}");
            assert_eq!(said.trim().lines().count(), 1, "{said}");
        } else {
            // The report was in its place already, or the program had not begun to watch.
            let done = status.success() || said.contains("What was written so far is whole");
            assert!(done || status.code().is_none(), "{status} {said}");
            if status.code().is_none() {
                assert!(files(&reports) == before, "{moment:?}");
            } else {
                fs::remove_dir_all(&reports).expect("removed");
                restore(&reports, &before);
            }
        }
    }
    assert!(stopped > 0, "no run was met in the middle");
}

fn restore(folder: &Path, before: &BTreeMap<String, Vec<u8>>) {
    for (name, bytes) in before {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
}

/// What a terminal is sent while the program runs in it; `None` where no Python can make a terminal.
fn on_a_terminal(project: &Path, more: &[&str], term: &str) -> Option<String> {
    const TERMINAL: &str = "import os, pty, sys\n\
        pid, fd = pty.fork()\n\
        if pid == 0:\n    os.execv(sys.argv[1], sys.argv[1:])\n\
        while True:\n    try:\n        data = os.read(fd, 65536)\n    except OSError:\n        break\n    \
        if not data:\n        break\n    sys.stdout.buffer.write(data)\n\
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n";
    let out = project.join("out");
    let output = Command::new("python3")
        .args(["-c", TERMINAL])
        .arg(program())
        .args(["run", "--period", "2026"])
        .arg(project)
        .arg("--out")
        .arg(&out)
        .args(more)
        .env("TERM", term)
        .output()
        .ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What stands in the lines of a terminal after all that it was sent, if lines are shorter than it is wide.
fn left_standing(sent: &str) -> Vec<String> {
    let lines = sent.split('\n').map(|line| line.trim_end_matches('\r'));
    let last = |line: &str| line.rsplit("\x1b[2K").next().unwrap_or_default().to_owned();
    lines.map(last).collect()
}

#[test]
fn a_terminal_is_told_how_far_a_run_has_come_and_nothing_stays_behind() {
    let project = project(MANY_ROWS);
    let Some(sent) = on_a_terminal(project.path(), &["--lang", "en"], "xterm") else {
        return;
    };
    // How long a run takes is the machine's affair; a run of less than half a second shows no line at all.
    if sent.contains("\x1b[2K") {
        let stages = ["Reading", "Recognising people", "Counting", "Writing", "Saving"];
        assert!(stages.iter().any(|stage| sent.contains(stage)), "{sent}");
    }
    let standing = left_standing(&sent).join("\n");
    for words in ["Recognising people", "Reading: ", "Counting", "Writing: ", "Saving: "] {
        assert!(!standing.contains(words), "{standing}");
    }
    assert!(standing.contains("Wrote report.xlsx"), "{standing}");
    for (more, term) in [
        (["--lang", "uk", "--quiet"], "xterm"),
        (["--lang", "uk", "--json"], "dumb"),
    ] {
        let sent = on_a_terminal(project.path(), &more, term).unwrap_or_default();
        assert!(
            !sent.contains("Впізнавання") && !sent.contains("Читання"),
            "{more:?} {sent}"
        );
    }
}

#[test]
fn a_pipe_is_told_nothing_of_it() {
    let project = project(ROWS);
    let (status, said) = ended(started(project.path()));
    assert!(status.success(), "{said}");
    for words in ["Recognising", "Reading", "Counting", "\r", "\x1b"] {
        assert!(!said.contains(words), "{said}");
    }
}
