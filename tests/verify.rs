//! A thousand single changes, each reported with its cause; a project that did not change always passes.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, Workbook};
use support::{archive, tallyframe};

const DEFINITIONS: &str = r#"[project]
code = "small"
name = "Small"
start = 2026-01-01
end = 2026-06-30
calendars = ["month"]

[report]
formats = ["iptt", "hxl"]

[[activity]]
code = "art"
name = "Art"

[[activity]]
code = "sport"
name = "Sport"

[[source]]
files = "raw/list*"
activity = "art"

[[source]]
files = "raw/register*"
activity = "sport"

[[indicator]]
code = "1"
use = "unique-reach"
target = 40
disaggregate = ["sex"]

[[indicator]]
code = "2"
use = "total-reach"
target = 100
"#;

const GIVEN: [&str; 8] = [
    "Олена",
    "Ірина",
    "Марія",
    "Ганна",
    "Оксана",
    "Тетяна",
    "Наталя",
    "Софія",
];
const SURNAMES: [&str; 6] = [
    "Коваленко",
    "Бондаренко",
    "Ткаченко",
    "Шевченко",
    "Кравченко",
    "Олійник",
];

/// The name of one of forty-eight people.
fn person(at: usize) -> String {
    format!("{} {}", SURNAMES[at % 6], GIVEN[at / 6 % 8])
}

/// Rows of the list; a change puts another text into one cell.
fn list(change: Option<(usize, usize, &str)>) -> String {
    let mut text = String::new();
    for row in 0..61 {
        let mut cells = if row == 0 {
            ["Дата", "ПІБ", "Стать", "Село"].map(str::to_owned)
        } else {
            let day = format!("{:02}.0{}.2026", row % 27 + 1, row % 5 + 1);
            let village = ["Зелене", "Степове"][row % 2].to_owned();
            [day, person(row % 40), ["ж", "ч"][row % 2].to_owned(), village]
        };
        if let Some((_, column, value)) = change.filter(|(at, ..)| *at == row) {
            value.clone_into(&mut cells[column]);
        }
        text += &(cells.join(";") + "\n");
    }
    text
}

/// The register; a change puts another text into one cell, an author makes other bytes of the same cells.
fn register(path: &Path, change: Option<(usize, usize, &str)>, author: &str) {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_author(author));
    let sheet = workbook.add_worksheet();
    for row in 0..31_usize {
        let mut cells = vec![if row == 0 { "ПІБ".to_owned() } else { person(row + 7) }];
        cells.extend((1..9_usize).map(|day| match row {
            0 => format!("{day:02}.04.2026"),
            _ if (row * day) % 3 == 0 => String::new(),
            _ => "+".to_owned(),
        }));
        if let Some((_, column, value)) = change.filter(|(at, ..)| *at == row) {
            value.clone_into(&mut cells[column]);
        }
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet
                .write(u32::try_from(row).expect("few rows"), column, cell)
                .expect("written");
        }
    }
    workbook.save(path).expect("saved");
}

const DECISIONS: &str = "file_a,sheet_a,row_a,file_b,sheet_b,row_b,decision,by,date,reason\n";

fn decision(at: usize, verdict: &str) -> String {
    format!(
        "raw/list.csv,,{},raw/list.csv,,{},{verdict},M,2026-04-01,\n",
        at + 2,
        at + 42
    )
}

/// A project with its report.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let desk = Self { folder };
        fs::create_dir_all(desk.at("raw")).expect("made");
        desk.put("project.toml", DEFINITIONS);
        desk.put("raw/list.csv", &list(None));
        register(&desk.at("raw/register.xlsx"), None, "A");
        desk.put(
            "decisions.csv",
            &(DECISIONS.to_owned() + &decision(0, "different") + &decision(1, "different")),
        );
        let output = tallyframe(&["run", &desk.text(""), "--out", &desk.text("out")]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.at(name).to_str().expect("UTF-8").to_owned()
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.at(name), text).expect("written");
    }

    /// Exit code and what was said of the whole report.
    fn verify(&self) -> (Option<i32>, String) {
        let output = tallyframe(&["verify", &self.text("out"), "--project", &self.text("")]);
        let said = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        (output.status.code(), said.concat())
    }

    /// Changes a file, verifies, and puts the file back.
    fn with<T>(&self, name: &str, change: impl FnOnce(&Path), judge: impl FnOnce(&(Option<i32>, String)) -> T) -> T {
        let path = self.at(name);
        let before = fs::read(&path).expect("there");
        change(&path);
        let verdict = judge(&self.verify());
        fs::write(&path, before).expect("put back");
        verdict
    }
}

/// Expects one cause, and whether figures or cells may differ because of it.
fn expect(said: &(Option<i32>, String), code: i32, cause: &str, what: &str) {
    let causes: Vec<&str> = said
        .1
        .lines()
        .filter_map(|line| line.trim().strip_prefix("cause: "))
        .collect();
    assert_eq!(said.0, Some(code), "{what}: {}", said.1);
    assert!(
        causes.len() == 1 && causes[0].starts_with(cause),
        "{what}: {causes:?}\n{}",
        said.1
    );
}

/// Splits work over two desks.
fn on_two_desks(count: usize, work: impl Fn(&Desk, usize) + Sync) {
    std::thread::scope(|scope| {
        for half in 0..2 {
            let work = &work;
            scope.spawn(move || {
                let desk = Desk::new();
                (0..count).filter(|at| at % 2 == half).for_each(|at| work(&desk, at));
            });
        }
    });
}

#[test]
fn changed_raw_cells_are_named_with_their_file_and_rows() {
    on_two_desks(300, |desk, at| {
        if at % 4 < 2 {
            let (row, column) = (at / 4 % 60 + 1, at % 4 * 2 + 1);
            let change = (
                row,
                column,
                if column == 1 {
                    "Інша Людина"
                } else {
                    "Нове"
                },
            );
            let judge = |said: &(Option<i32>, String)| {
                expect(said, 1, "raw file changed: raw/list.csv", &format!("{change:?}"));
                let stretch = said
                    .1
                    .lines()
                    .find(|line| line.contains("raw file changed"))
                    .expect("the cause");
                let rows: Vec<usize> = stretch
                    .split(|letter: char| !letter.is_ascii_digit())
                    .filter_map(|n| n.parse().ok())
                    .collect();
                assert!(
                    rows.len() == 2 && (rows[0]..=rows[1]).contains(&(row + 1)),
                    "{row}: {stretch}"
                );
            };
            desk.with(
                "raw/list.csv",
                |path| fs::write(path, list(Some(change))).expect("written"),
                judge,
            );
        } else {
            let (row, column) = (at / 4 % 30 + 1, at % 8 + 1);
            let change = (row, column, if (row * column) % 3 == 0 { "+" } else { "" });
            let judge = |said: &(Option<i32>, String)| {
                expect(said, 1, "raw file changed: raw/register.xlsx", &format!("{change:?}"));
            };
            desk.with("raw/register.xlsx", |path| register(path, Some(change), "A"), judge);
        }
    });
}

#[test]
fn changed_definitions_and_decisions_are_causes() {
    on_two_desks(150, |desk, at| {
        if at % 3 < 2 {
            let changed = match at % 4 {
                0 => DEFINITIONS.replace("target = 40", &format!("target = {}", 41 + at)),
                1 => DEFINITIONS.replace("target = 100", &format!("target = {}", 101 + at)),
                2 => DEFINITIONS.replace("name = \"Art\"", &format!("name = \"Art {at}\"")),
                _ => DEFINITIONS.replace("name = \"Small\"", &format!("name = \"Small {at}\"")),
            };
            let judge = |said: &_| expect(said, 1, "definition changed: project.toml", &changed);
            desk.with(
                "project.toml",
                |path| fs::write(path, &changed).expect("written"),
                judge,
            );
        } else {
            let lines = match at % 9 {
                2 => vec![decision(0, "different")],
                5 => vec![decision(0, "different"), decision(1, "same")],
                _ => vec![
                    decision(0, "different"),
                    decision(1, "different"),
                    decision(2 + at % 16, "different"),
                ],
            };
            let text = DECISIONS.to_owned() + &lines.concat();
            let path = desk.at("decisions.csv");
            let before = fs::read(&path).expect("there");
            fs::write(&path, &text).expect("written");
            let (code, said) = desk.verify();
            fs::write(&path, before).expect("put back");
            assert_eq!(code, Some(1), "{said}");
            assert!(said.contains("cause: officers' decisions changed: "), "{text}: {said}");
            let others = ["raw file changed: raw/", "definition changed", "edited", "missing"];
            assert!(others.iter().all(|other| !said.contains(other)), "{text}: {said}");
        }
    });
}

#[test]
fn edited_reports_are_named_with_the_cell() {
    on_two_desks(400, |desk, at| match at % 4 {
        0 | 1 => {
            let name = ["out/indicators.csv", "out/donor/hxl.csv"][at % 2];
            let judge = |said: &(Option<i32>, String)| {
                let file = name.trim_start_matches("out/");
                expect(said, 1, &format!("report edited after it was written: {file}"), name);
                assert!(
                    said.1.contains(&format!("  {file} ")) && said.1.contains("recomputed"),
                    "{}",
                    said.1
                );
            };
            desk.with(name, |path| edit_digit(path, at), judge);
        }
        _ => {
            let name = ["out/report.xlsx", "out/donor/iptt.xlsx"][at % 2];
            let judge = |said: &(Option<i32>, String)| {
                let file = name.trim_start_matches("out/");
                expect(
                    said,
                    1,
                    &format!("report edited after it was written: {file}"),
                    &format!("{name} {at}"),
                );
                assert!(said.1.contains(&format!("  {file} › ")), "{}", said.1);
            };
            let edit = |path: &Path| {
                archive::edit_part(path, "xl/worksheets/sheet2.xml", |xml| {
                    let all: Vec<usize> = xml.match_indices("<v>").map(|(at, _)| at + 3).collect();
                    let here = all[at / 4 % all.len()];
                    let digit = if xml[here..].starts_with('7') { "8" } else { "7" };
                    format!("{}{digit}{}", &xml[..here], &xml[here + 1..])
                });
            };
            desk.with(name, edit, judge);
        }
    });
}

/// Puts another digit in place of one of a text.
fn edit_digit(path: &Path, at: usize) {
    let text = fs::read_to_string(path).expect("text");
    // Numbers behind the heads: the first line and the tags of the second name columns.
    let body = text.match_indices('\n').nth(1).map_or(0, |(at, _)| at);
    let digits: Vec<usize> = text
        .match_indices(|letter: char| letter.is_ascii_digit())
        .map(|(at, _)| at)
        .collect();
    let digits: Vec<usize> = digits.into_iter().filter(|at| *at > body).collect();
    let here = digits[at * 7 % digits.len()];
    let digit = if text[here..].starts_with('7') { "8" } else { "7" };
    fs::write(path, format!("{}{digit}{}", &text[..here], &text[here + 1..])).expect("written");
}

#[test]
fn files_that_are_gone_renamed_or_saved_again_are_told_apart() {
    on_two_desks(150, |desk, at| {
        let raw = ["raw/list.csv", "raw/register.xlsx"][at / 5 % 2];
        match at % 5 {
            0 => {
                let path = desk.at(raw);
                let bytes = fs::read(&path).expect("there");
                fs::remove_file(&path).expect("removed");
                let said = desk.verify();
                fs::write(&path, bytes).expect("put back");
                expect(&said, 1, &format!("raw file missing: {raw}"), raw);
            }
            1 => {
                let to = desk.at(&raw.replace('.', &format!(" {at}.")));
                fs::rename(desk.at(raw), &to).expect("renamed");
                let said = desk.verify();
                fs::rename(&to, desk.at(raw)).expect("back");
                expect(&said, 0, &format!("raw file renamed: {raw} → "), raw);
            }
            2 => {
                let save = |path: &Path| {
                    if at / 5 % 2 == 0 {
                        let lines = list(None).replace('\n', "\r\n");
                        fs::write(path, format!("\u{feff}{lines}")).expect("written");
                    } else {
                        register(path, None, &format!("B{at}"));
                    }
                };
                let judge = |said: &_| {
                    expect(
                        said,
                        0,
                        &format!("raw file saved again, every cell as it was: {raw}"),
                        raw,
                    );
                };
                desk.with(raw, save, judge);
            }
            3 => {
                let name = ["report.xlsx", "indicators.csv", "findings.csv", "donor/iptt.xlsx"][at / 5 % 4];
                let path = desk.at("out").join(name);
                let bytes = fs::read(&path).expect("there");
                fs::remove_file(&path).expect("removed");
                let said = desk.verify();
                fs::write(&path, bytes).expect("put back");
                expect(&said, 1, &format!("a file of the report is missing: {name}"), name);
            }
            _ => {
                let new = desk.at(&format!("raw/list {at}.csv"));
                fs::write(&new, "Дата;ПІБ\n01.03.2026;Нова Людина\n").expect("written");
                let said = desk.verify();
                fs::remove_file(&new).expect("removed");
                expect(&said, 1, "raw file new: raw/list ", "new");
            }
        }
    });
}

#[test]
fn an_unchanged_project_passes_elsewhere_and_a_damaged_manifest_is_said() {
    let desk = Desk::new();
    let (code, said) = desk.verify();
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.starts_with("PASS") && said.contains("Verification factor: 100 % for 2 of 2"),
        "{said}"
    );
    let elsewhere = support::copy_at(desk.folder.path());
    let out = elsewhere.path().join("out");
    let moved = tallyframe(&["verify", out.to_str().expect("UTF-8")]);
    assert!(moved.status.success(), "{}", String::from_utf8_lossy(&moved.stdout));
    let edits: [(&str, &str, &str); 3] = [
        ("\"language\": \"en\"", "\"language\": \"en\" ", "DIFFERENT"),
        ("\"schema_version\": 1", "\"schema_version\": 99", "newer than this one"),
        ("{\n", "", "is damaged"),
    ];
    for (from, to, wanted) in edits {
        let change = |path: &Path| support::edit(path, |text| text.replacen(from, to, 1));
        desk.with("out/manifest.json", change, |(code, said)| {
            assert!(*code != Some(70), "{said}");
            // A blank between two words of JSON changes the page's fingerprint of it and nothing else.
            assert!(
                said.contains(wanted) || (wanted == "DIFFERENT" && said.contains("report.html")),
                "{said}"
            );
        });
    }
    let change = |path: &Path| support::edit(path, |text| text.replacen("\"value\": 10", "\"value\": 11", 1));
    desk.with("out/manifest.json", change, |(_, said)| {
        assert!(
            said.contains("cause: manifest.json was edited") || !said.contains("\"value\""),
            "{said}"
        );
    });
}
