//! Bad input never loses good input: each case gets an error or a finding that names the place and what to do.

#![allow(clippy::print_stdout, reason = "a skipped case says so")]

mod support;

use std::fs;
use std::io::Write as _;
use std::path::Path;

use support::{Run, tallyframe};
use tempfile::TempDir;

const LIST: &str = "Дата;Назва заходу;Місце;ПІБ;Дата народження;Телефон\n\
    05.03.2026;Йога;Клуб;Коваленко Ольга Іванівна;12.04.1980;0671112233\n\
    05.03.2026;Йога;Клуб;Мельник Ірина Петрівна;01.02.1991;0502223344\n\
    12.03.2026;Йога;Клуб;Коваленко Ольга Іванівна;12.04.1980;067 111 22 33\n";

const PROJECT: &str = "[project]\ncode = \"small\"\nname = \"Small project\"\nstart = 2026-01-01\nend = 2026-12-31\n\n\
    [[activity]]\ncode = \"yoga\"\nname = \"Yoga\"\n\n\
    [[source]]\nfiles = \"raw/*\"\nactivity = \"yoga\"\n";

const INDICATORS: &str =
    "[[indicator]]\ncode = \"1\"\nuse = \"total-reach\"\n\n[[indicator]]\ncode = \"2\"\nuse = \"unique-reach\"\n";

/// A project with one good list and whatever a test adds.
struct Small(TempDir);

impl Small {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let small = Self(folder);
        small.write("project.toml", PROJECT.as_bytes());
        small.write("indicators/logframe.toml", INDICATORS.as_bytes());
        small.write("raw/good.csv", LIST.as_bytes());
        small
    }

    fn write(&self, name: &str, bytes: &[u8]) -> &Self {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
        self
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs, and checks that the good list still counts.
    fn run(&self) -> Run {
        let run = Run::at(self.path(), &[]);
        let figures = run.csv("indicators.csv");
        let value = |code: &str| {
            let row = figures
                .iter()
                .find(|row| row["code"] == code && row["scope"] == "period" && row["period"] == "2026-03");
            row.map(|row| row["value"].clone())
        };
        assert_eq!(
            value("1").as_deref(),
            Some("3"),
            "the good file still counts\n{}",
            run.errors()
        );
        assert_eq!(value("2").as_deref(), Some("2"));
        run
    }

    /// The one finding of a kind.
    fn finding(&self, kind: &str) -> std::collections::BTreeMap<String, String> {
        let findings = self.run().csv("findings.csv");
        let found: Vec<_> = findings.iter().filter(|row| row["kind"] == kind).cloned().collect();
        assert_eq!(found.len(), 1, "one {kind} among {findings:#?}");
        let finding = found.into_iter().next().expect("one");
        assert!(!finding["message"].is_empty() && !finding["action"].is_empty());
        finding
    }

    /// What a refused run says.
    fn refused(&self) -> String {
        let output = tallyframe(&["run", self.path().to_str().expect("UTF-8")]);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
        assert!(!self.path().join("reports").exists(), "nothing half-written remains");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

#[test]
fn a_pattern_without_files_is_told_with_its_definition() {
    let small = Small::new();
    small.write(
        "project.toml",
        format!("{PROJECT}\n[[source]]\nfiles = \"raw/April/*.xlsx\"\nactivity = \"yoga\"\n").as_bytes(),
    );
    let finding = small.finding("missing-file");
    assert!(finding["message"].contains("raw/April/*.xlsx"), "{finding:?}");
    assert!(finding["message"].contains("project.toml:"), "{finding:?}");
}

#[test]
fn empty_truncated_and_damaged_files_are_named_and_the_others_read() {
    for (name, bytes, said) in [
        ("empty.xlsx", Vec::new(), "0 bytes"),
        ("cut.xlsx", workbook()[..600].to_vec(), "cut off"),
        (
            "noise.xls",
            [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[7; 2000]].concat(),
            "damaged",
        ),
    ] {
        let small = Small::new();
        small.write(&format!("raw/{name}"), &bytes);
        let finding = small.finding("unreadable-file");
        assert_eq!(finding["file"], format!("raw/{name}"));
        assert!(finding["message"].contains(said), "{name}: {}", finding["message"]);
    }
}

#[test]
fn an_encrypted_workbook_is_told_as_such() {
    let small = Small::new();
    let mut compound = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).expect("a compound file");
    for stream in ["/EncryptionInfo", "/EncryptedPackage"] {
        compound
            .create_stream(stream)
            .expect("a stream")
            .write_all(&[1; 64])
            .expect("written");
    }
    small.write("raw/secret.xlsx", &compound.into_inner().into_inner());
    let finding = small.finding("unreadable-file");
    assert!(finding["message"].contains("password"), "{finding:?}");
}

#[test]
#[cfg(unix)]
fn a_file_that_may_not_be_opened_is_a_finding() {
    use std::os::unix::fs::PermissionsExt as _;
    let small = Small::new();
    small.write("raw/locked.csv", LIST.as_bytes());
    let path = small.path().join("raw/locked.csv");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("set");
    if fs::read(&path).is_ok() {
        println!("skipped: this user may read every file");
        return;
    }
    assert!(small.finding("unreadable-file")["message"].contains("may not be opened"));
}

#[test]
fn a_workbook_with_another_name_is_read_by_its_content() {
    let small = Small::new();
    small.write("raw/good.csv", b"");
    small.write("raw/list.csv", &workbook());
    fs::remove_file(small.path().join("raw/good.csv")).expect("removed");
    let finding = small.finding("wrong-extension");
    assert!(finding["message"].contains("xlsx"), "{finding:?}");
}

#[test]
fn a_sheet_without_a_header_is_a_finding() {
    let small = Small::new();
    small.write("raw/notes.csv", "просто текст\nще рядок\n".as_bytes());
    let finding = small.finding("no-table");
    assert_eq!(finding["file"], "raw/notes.csv");
}

#[test]
fn a_column_that_the_definition_names_and_no_file_has_is_a_finding() {
    let small = Small::new();
    small.write(
        "project.toml",
        format!("{PROJECT}columns = {{ \"Вид послуги\" = \"service\" }}\n").as_bytes(),
    );
    let finding = small.finding("missing-column");
    assert!(finding["message"].contains("Вид послуги"), "{finding:?}");
}

#[test]
fn an_impossible_date_is_set_aside_and_told() {
    let small = Small::new();
    small.write(
        "raw/more.csv",
        format!("{}31.02.2026;Йога;Клуб;Петренко Оксана;;\n", first_line(LIST)).as_bytes(),
    );
    let finding = small.finding("impossible-date");
    assert_eq!((finding["row"].as_str(), finding["column"].as_str()), ("2", "A"));
    assert!(finding["message"].contains("31.02.2026"));
}

fn first_line(text: &str) -> String {
    text.split_inclusive('\n').next().expect("a line").to_owned()
}

#[test]
fn an_indicator_over_no_rows_is_a_finding_and_a_zero() {
    let small = Small::new();
    let more = "\n[[indicator]]\ncode = \"3\"\nuse = \"total-reach\"\nwhere = { activity = \"art\" }\n";
    small.write("indicators/logframe.toml", format!("{INDICATORS}{more}").as_bytes());
    small.write(
        "project.toml",
        PROJECT
            .replace(
                "[[source]]",
                "[[activity]]\ncode = \"art\"\nname = \"Art\"\n\n[[source]]",
            )
            .as_bytes(),
    );
    let finding = small.finding("nothing-counted");
    assert!(finding["message"].contains('3'), "{finding:?}");
}

#[test]
fn wrong_definitions_are_refused_all_at_once_with_line_and_caret() {
    let small = Small::new();
    let wrong = "[[indicator]]\ncode = \"1\"\nmeasure = \"attendances\"\nstatement = \"A\"\n\n\
                 [[indicator]]\ncode = \"1\"\nuse = \"total-reach\"\nwhere = { activity = \"joga\" }\n\n\
                 [[indicator]]\ncode = \"2\"\nuse = \"unique-reach\"\ntargets = { 2031-Q1 = 5 }\n";
    small.write("indicators/logframe.toml", wrong.as_bytes());
    let said = small.refused();
    for part in ["logframe.toml:3", "attendances", "joga", "yoga", "2031-Q1", "^"] {
        assert!(said.contains(part), "«{part}» in:\n{said}");
    }
    assert!(said.matches("error").count() >= 4, "all mistakes at once:\n{said}");
}

#[test]
fn an_unknown_period_and_a_missing_project_are_wrong_calls() {
    let small = Small::new();
    let output = tallyframe(&["run", small.path().to_str().expect("UTF-8"), "--period", "2026-13"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("2026-13"));
    let output = tallyframe(&["run", small.path().join("nowhere").to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("project.toml"));
}

#[test]
fn a_failed_run_leaves_the_former_report_whole() {
    let small = Small::new();
    let root = small.path().to_str().expect("UTF-8").to_owned();
    assert!(tallyframe(&["run", &root]).status.success());
    let reports: Vec<_> = fs::read_dir(small.path().join("reports"))
        .expect("reports")
        .flatten()
        .collect();
    let before = fs::read(reports[0].path().join("report.xlsx")).expect("the report");
    small.write("indicators/logframe.toml", b"[[indicator]]\ncode = 1\n");
    assert_eq!(tallyframe(&["run", &root]).status.code(), Some(2));
    assert!(fs::read(reports[0].path().join("report.xlsx")).expect("still there") == before);
}

/// The good list as a workbook.
fn workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in LIST.lines().enumerate() {
        for (column, cell) in line.split(';').enumerate() {
            let (row, column) = (
                u32::try_from(row).expect("few rows"),
                u16::try_from(column).expect("few columns"),
            );
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn a_cycle_with_fewer_sessions_than_asked_for_is_told() {
    let small = Small::new();
    let register = "ПІБ;05.03.2026;12.03.2026\nКоваль Ольга Іванівна;+;+\nГнатюк Інна Петрівна;+;\n";
    small.write("raw/register/group.csv", register.as_bytes());
    let source = "\n[[activity]]\ncode = \"circle\"\nname = \"Circle\"\n\n[[source]]\nfiles = \"raw/register/*\"\nactivity = \"circle\"\n";
    small.write("project.toml", format!("{PROJECT}{source}").as_bytes());
    let more = "\n[[indicator]]\ncode = \"4\"\nstatement = \"Completed\"\nmeasure = \"completed-people\"\nsessions = 5\n\
                where = { activity = \"circle\" }\n";
    small.write("indicators/logframe.toml", format!("{INDICATORS}{more}").as_bytes());
    let run = Run::at(small.path(), &[]);
    let findings = run.csv("findings.csv");
    let short = findings.iter().find(|row| row["kind"] == "cycle-too-short");
    let short = short.unwrap_or_else(|| panic!("{findings:#?}\n{}", run.errors()));
    assert_eq!(short["file"], "raw/register/group.csv");
    assert!(
        short["message"].contains('2') && short["message"].contains('5'),
        "{short:?}"
    );
}
