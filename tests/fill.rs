//! `fill`: figures into a donor's own workbook, and the map for it learnt from a filled one.

mod support;
#[path = "fill/templates.rs"]
mod templates;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::Output;

use calamine::{Data, Reader as _, Xlsx};
use support::{repository, tallyframe};
use templates::{Book, Meant};

const PERIOD: &str = "2026-Q2";

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        path
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn fill(&self, template: &Path, map: &str, out: &str) -> Output {
        let map = self.put("map.toml", map);
        let project = repository("samples/balakliya");
        let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
        let (template, map, out, project) = (text(template), text(&map), text(&self.at(out)), text(&project));
        tallyframe(&[
            "fill", &template, "--map", &map, "--out", &out, &project, "--period", PERIOD, "--force",
        ])
    }
}

fn said(output: &Output) -> String {
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    format!("{out}{err}")
}

/// Names and contents of the parts of a package, in order.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut found = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("read");
        found.push((part.name().expect("a name").into_owned(), content));
    }
    found
}

/// Parts that differ; there are the same parts in the same order.
fn changed(before: &[u8], after: &[u8]) -> Vec<String> {
    let (before, after) = (parts(before), parts(after));
    let names = |parts: &[(String, Vec<u8>)]| parts.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&before), names(&after));
    let differ = before.into_iter().zip(after).filter(|(a, b)| a.1 != b.1);
    differ.map(|(part, _)| part.0).collect()
}

fn cell(bytes: &[u8], sheet: &str, row: u32, column: u32) -> Data {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("a sheet");
    range.get_value((row - 1, column)).cloned().unwrap_or(Data::Empty)
}

fn entries(meant: &[Meant]) -> String {
    meant.iter().map(Meant::entry).collect()
}

#[test]
fn only_the_sheets_written_to_change_and_the_figures_read_back() {
    for book in templates::all() {
        let desk = Desk::new();
        let template = desk.put("form.xlsx", &book.empty);
        let output = desk.fill(&template, &entries(&book.meant), "out.xlsx");
        assert!(output.status.success(), "{}: {}", book.name, said(&output));
        let filled = fs::read(desk.at("out.xlsx")).expect("filled");
        let sheets = changed(&book.empty, &filled);
        assert!(
            sheets.iter().all(|part| part.starts_with("xl/worksheets/sheet")),
            "{}: {sheets:?}",
            book.name
        );
        for meant in &book.meant {
            let found = cell(&filled, &meant.sheet, meant.row, meant.column);
            let number = match found {
                Data::Float(number) => number,
                Data::Int(number) => number as f64,
                other => panic!("{}: {}!{} holds {other:?}", book.name, meant.sheet, meant.address()),
            };
            assert!(
                (number - meant.number).abs() < 1e-9,
                "{}: {}: {number}",
                book.name,
                meant.address()
            );
        }
        desk.fill(&template, &entries(&book.meant), "again.xlsx");
        assert_eq!(
            filled,
            fs::read(desk.at("again.xlsx")).expect("filled again"),
            "{}",
            book.name
        );
    }
}

/// Entries of a map, and whether each is active, by sheet and cell.
fn proposed(map: &str) -> BTreeMap<(String, String), String> {
    let table: toml::Table = map.parse().expect("a map is TOML");
    let mut found = BTreeMap::new();
    for entry in table.get("cell").and_then(toml::Value::as_array).into_iter().flatten() {
        let text = |key: &str| {
            entry
                .get(key)
                .and_then(toml::Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let scope = if text("scope").is_empty() {
            "period".to_owned()
        } else {
            text("scope")
        };
        let what = if text("what").is_empty() {
            "value".to_owned()
        } else {
            text("what")
        };
        let period = if text("period").is_empty() {
            PERIOD.to_owned()
        } else {
            text("period")
        };
        let said = format!(
            "{} {scope} {period} {}={} {what}",
            text("indicator"),
            text("disaggregation"),
            text("category")
        );
        found.insert((text("sheet"), text("cell")), said);
    }
    found
}

#[test]
fn the_map_is_learnt_from_a_filled_file() {
    for Book {
        name, filled, meant, ..
    } in templates::all()
    {
        let desk = Desk::new();
        let last = desk.put("last.xlsx", &filled);
        let map = desk.at("learnt.toml");
        let project = repository("samples/balakliya");
        let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
        let output = tallyframe(&[
            "fill",
            "--learn",
            &text(&last),
            "--map",
            &text(&map),
            &text(&project),
            "--period",
            PERIOD,
        ]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {}", said(&output));
        let map = fs::read_to_string(&map).expect("the map");
        let proposed = proposed(&map);
        let mut right = 0;
        let mut missed = Vec::new();
        for meant in &meant {
            match proposed.get(&(meant.sheet.clone(), meant.address())) {
                Some(said) if *said == meant.said() => right += 1,
                Some(said) => panic!("{name}: {} is {} and not {said}\n{map}", meant.address(), meant.said()),
                None => missed.push(format!("{} {}", meant.address(), meant.said())),
            }
        }
        for (sheet, cell) in proposed.keys() {
            let known = meant
                .iter()
                .any(|meant| meant.sheet == *sheet && meant.address() == *cell);
            assert!(known, "{name}: {sheet}!{cell} is no figure\n{map}");
        }
        assert!(
            right * 100 >= meant.len() * 95,
            "{name}: {right} of {}: {missed:#?}\n{map}",
            meant.len()
        );
        // What was learnt fills the form as it was.
        let output = desk.fill(&last, &map, "out.xlsx");
        assert!(output.status.success(), "{name}: {}", said(&output));
        let out = fs::read(desk.at("out.xlsx")).expect("filled");
        for meant in &meant {
            let same = cell(&out, &meant.sheet, meant.row, meant.column)
                == cell(&filled, &meant.sheet, meant.row, meant.column);
            assert!(same, "{name}: {}", meant.address());
        }
    }
}

#[test]
fn each_mistake_names_what_is_wrong_and_what_there_is() {
    let desk = Desk::new();
    let book = templates::merged();
    let template = desk.put("form.xlsx", &book.empty);
    let wrong = [
        (
            "sheet = \"Framework\"\ncell = \"C5\"\nindicator = \"G1\"",
            "no sheet \"Framework\"",
        ),
        ("sheet = \"Logframe\"\ncell = \"C0\"\nindicator = \"G1\"", "is no cell"),
        ("name = \"IND_G9\"\nindicator = \"G1\"", "did you mean `IND_G1`?"),
        (
            "sheet = \"Logframe\"\ncell = \"D5\"\nindicator = \"G11\"",
            "did you mean `G1`?",
        ),
        (
            "sheet = \"Logframe\"\ncell = \"D5\"\nindicator = \"G1\"\nperiod = \"2026-Q7\"",
            "2026-Q7",
        ),
        (
            "sheet = \"Logframe\"\ncell = \"D5\"\nindicator = \"B2\"\ndisaggregation = \"sex\"\ncategory = \"femal\"",
            "did you mean `female`?",
        ),
        (
            "sheet = \"Logframe\"\ncell = \"E20\"\nindicator = \"G1\"",
            "holds the formula =",
        ),
        (
            "sheet = \"Logframe\"\ncell = \"G20\"\nindicator = \"G1\"",
            "one formula for the whole of",
        ),
    ];
    for (entry, wanted) in wrong {
        let output = desk.fill(&template, &format!("[[cell]]\n{entry}\n"), "out.xlsx");
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{entry}: {said}");
        assert!(
            said.contains(wanted) && said.contains("map.toml:") && said.contains('^'),
            "{wanted}: {said}"
        );
        assert!(!desk.at("out.xlsx").exists());
    }
}

#[test]
fn a_formula_is_replaced_only_when_the_map_says_so() {
    let desk = Desk::new();
    let template = desk.put("form.xlsx", &templates::merged().empty);
    let map = "[[cell]]\nsheet = \"Logframe\"\ncell = \"E20\"\nindicator = \"G1\"\nreplace-formula = true\n";
    let output = desk.fill(&template, map, "out.xlsx");
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("formula was replaced"));
    let filled = fs::read(desk.at("out.xlsx")).expect("filled");
    assert_eq!(cell(&filled, "Logframe", 20, 4), Data::Float(28.0));
}

#[test]
fn files_that_cannot_be_filled_are_told_in_a_sentence() {
    let desk = Desk::new();
    let map = "[[cell]]\nsheet = \"A\"\ncell = \"B2\"\nindicator = \"G1\"\n";
    let book = templates::merged();
    let cut = &book.empty[..book.empty.len() / 2];
    let wrong: [(&str, &[u8], &str); 4] = [
        ("cut.xlsx", cut, "cut off"),
        ("none.xlsx", b"", "empty"),
        ("table.csv", b"a,b\n1,2\n", "only .xlsx and .xlsm"),
        ("picture.xlsx", b"\x89PNG1234", "a picture"),
    ];
    for (name, bytes, wanted) in wrong {
        let template = desk.put(name, bytes);
        let out = format!("out.{}", name.rsplit('.').next().expect("an ending"));
        let output = desk.fill(&template, map, &out);
        assert_eq!(output.status.code(), Some(3), "{name}: {}", said(&output));
        assert!(said(&output).contains(wanted), "{name}: {}", said(&output));
    }
    let template = desk.put("form.xlsx", &book.empty);
    for (out, wanted) in [
        ("form.xlsx", "the template itself"),
        ("out.xlsm", "under its own ending"),
    ] {
        let output = desk.fill(&template, map, out);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(wanted), "{}", said(&output));
    }
}

#[test]
fn cells_that_are_not_there_protection_and_merged_areas() {
    let desk = Desk::new();
    let template = desk.put("form.xlsx", templates::bare());
    let map = "empty = \"dash\"\n\
        [[cell]]\nsheet = \"Form\"\ncell = \"Z40\"\nindicator = \"G1\"\n\
        [[cell]]\nsheet = \"form\"\ncell = \"$A$2\"\nindicator = \"G1\"\nscope = \"cumulative\"\n\
        [[cell]]\nsheet = \"Form\"\ncell = \"C5\"\nindicator = \"B2\"\n\
        [[cell]]\nsheet = \"Form\"\ncell = \"D1\"\nindicator = \"B2\"\nwhat = \"target\"\n\
        [[cell]]\nsheet = \"Form\"\ncell = \"E1\"\nindicator = \"B1\"\nperiod = \"2026-Q3\"\n\
        [[cell]]\nsheet = \"Form\"\ncell = \"E2\"\nindicator = \"G1\"\nwhat = \"status\"\n";
    let output = desk.fill(&template, map, "out.xlsx");
    let said = said(&output);
    assert!(output.status.success(), "{said}");
    let filled = fs::read(desk.at("out.xlsx")).expect("filled");
    assert_eq!(cell(&filled, "Form", 40, 25), Data::Float(28.0));
    assert_eq!(cell(&filled, "Form", 2, 0), Data::Float(62.0));
    assert_eq!(cell(&filled, "Form", 5, 1), Data::Float(410.0));
    assert_eq!(cell(&filled, "Form", 1, 3), Data::String("–".to_owned()));
    assert_eq!(cell(&filled, "Form", 1, 0), Data::String("Заголовок".to_owned()));
    for wanted in ["is protected", "merged area B5:D6", "is not over"] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}
