//! Both forms of definitions: the same model, and mistakes shown by sheet and cell.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::open::{Cell, Sheet};
use super::{DefinitionForm, Known, LOGFRAME_XLSX, PROJECT_TOML, convert, form_of, read, sheets};
use crate::project::LoadError;
use crate::project::load::{self, load};
use crate::project::model::Project;

fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    let row = |cells: &[&str]| -> BTreeMap<u32, Cell> {
        let cells = (0_u32..).zip(cells).filter(|(_, text)| !text.is_empty());
        cells
            .map(|(column, text)| match text.parse() {
                Ok(number) => (column, Cell::Number(number)),
                Err(_) => (column, Cell::Text((*text).to_owned())),
            })
            .collect()
    };
    Sheet {
        name: name.to_owned(),
        rows: (0_u32..).zip(rows.iter().map(|cells| row(cells))).collect(),
    }
}

fn project_sheet() -> Sheet {
    sheet(
        "project",
        &[
            &["key", "value", "value (en)", "value (uk)"],
            &["code", "p"],
            &["name", "", "Circle", "Коло"],
            &["start", "2026-01-01"],
            &["end", "2026-12-31"],
            &["donor"],
        ],
    )
}

fn base() -> Vec<Sheet> {
    vec![
        project_sheet(),
        sheet("activities", &[&["code"], &["# the services"], &["group"], &["legal"]]),
        sheet(
            "sources",
            &[
                &["name", "files", "activity"],
                &["lists", "raw/*.xlsx; raw/*.ods", "group"],
            ],
        ),
        sheet("ages", &[&["name", "value"], &["standard", "0; 18; 60"]]),
    ]
}

fn check(sheets: &[Sheet]) -> Result<Project, String> {
    let found = load::check_sheets(read::read(sheets, LOGFRAME_XLSX));
    found.map_err(|mistakes| LoadError::Definitions(mistakes).to_string())
}

fn with(mut more: Vec<Sheet>) -> Result<Project, String> {
    let mut sheets = base();
    sheets.append(&mut more);
    check(&sheets)
}

/// A project apart from where its definitions stand.
fn model(mut project: Project) -> String {
    project.root = Path::new("").to_owned();
    project.definitions.clear();
    for source in &mut project.sources {
        source.at = crate::project::model::DefinedAt::default();
    }
    for indicator in &mut project.indicators {
        indicator.at = crate::project::model::DefinedAt::default();
    }
    format!("{project:#?}")
}

fn loaded(root: &Path) -> Project {
    load(root, &Known::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn written(files: &[(String, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    folder
}

#[test]
fn the_sample_is_the_same_project_in_both_forms() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/balakliya");
    let known = Known::default();
    let sheets = convert(&root, &known, DefinitionForm::Workbook, &crate::message::English).expect("a workbook");
    assert_eq!(
        sheets,
        convert(&root, &known, DefinitionForm::Workbook, &crate::message::English).expect("the same bytes")
    );
    let sheets = written(&sheets);
    let texts =
        written(&convert(sheets.path(), &known, DefinitionForm::Toml, &crate::message::English).expect("texts"));
    let wanted = model(loaded(&root));
    assert_eq!(model(loaded(sheets.path())), wanted);
    assert_eq!(model(loaded(texts.path())), wanted);
    assert_eq!(form_of(sheets.path()), DefinitionForm::Workbook);
    let at = &loaded(sheets.path()).indicators[0].at;
    assert_eq!((at.file.as_str(), at.line), (LOGFRAME_XLSX, 3));
}

#[test]
fn whatever_toml_can_say_survives_the_workbook() {
    let project = r##"
[project]
code = "p"
name = ""
start = "2026-01-01"
end = 2026-12-31
donor = { uk = "{ не таблиця }\n= другий рядок" }
calendars = []

[[activity]]
code = "#1"
name = " з пробілами "

[[activity]]
code = "\"у лапках\""

[[source]]
name = "42"
files = ["raw/a;b.xlsx", "raw/[[]x].xlsx"]
columns = { "ПІБ, повністю" = "name", "B" = "field \"x\"" }
values = { sex = { "ж" = "female" } }
activity = { field = "kind", values = { "1" = "#1" } }
marks.present = ["+", "; "]

[[indicator]]
code = "1.10"
statement = "true"
measure = "contacts"
where = { field.type = ["a", 7, 1.5], not = { age = "0-17" }, any = [{ site = "A" }, { site = "B" }] }
baseline = { value = 1.25, date = 2025-12-31 }
target = 1e3
disaggregate = ["sex", ["sex", "age"], { by = "field.type", as = "kind", rename = { "a;b" = "" } }]
headline = true
scope = "period"

[[indicator]]
code = "2"
use = "unique-reach"
baseline = 3
disaggregate = ["sex"]
"##;
    let texts = written(&[(PROJECT_TOML.to_owned(), project.as_bytes().to_vec())]);
    let known = Known::default();
    let sheets = written(
        &convert(texts.path(), &known, DefinitionForm::Workbook, &crate::message::English).expect("a workbook"),
    );
    assert_eq!(model(loaded(sheets.path())), model(loaded(texts.path())));
}

#[test]
fn cells_are_read_as_they_are_typed() {
    let project = with(vec![
        sheet(
            "Indicators",
            &[
                &["Code", "use", "where", "disaggregate", "headline", "# note"],
                &["# explanations"],
                &[
                    "1.1",
                    "unique-reach",
                    "activity = [\"group\", \"legal\"]",
                    "sex; age",
                    "yes",
                    "mine",
                ],
                &["2", "total-reach", "", "[]"],
            ],
        ),
        sheet(
            "targets",
            &[
                &["code", "period", "target"],
                &["1.1", "", "100"],
                &["1.1", "2026-Q1", "25"],
                &["2", "2026-Q1", ""],
            ],
        ),
        sheet("notes of the officer", &[&["anything"]]),
    ]);
    let project = project.expect("valid");
    let first = &project.indicators[0];
    assert_eq!(
        (first.code.as_str(), first.target, first.headline),
        ("1.1", Some(100.0), true)
    );
    assert_eq!(first.milestones.get("2026-Q1"), Some(&25.0));
    assert_eq!(first.disaggregations.len(), 2);
    assert_eq!(project.sources[0].files, ["raw/*.xlsx", "raw/*.ods"]);
    assert_eq!(project.age_schemes["standard"].from, [0, 18, 60]);
    assert_eq!(project.name.get("uk"), "Коло");
}

#[test]
fn mistakes_are_shown_by_sheet_and_cell() {
    let shown = with(vec![
        sheet(
            "indicators",
            &[
                &[
                    "code",
                    "statement",
                    "statement (en)",
                    "measure",
                    "wher",
                    "where",
                    "disaggregate",
                ],
                &["1", "S", "", "contatcs", "x", "activity = \"grup\"", "sex; agee"],
                &["2", "S", "", "people", "", "activity = group", "#N/A"],
                &["", "S", "T", "people"],
            ],
        ),
        sheet(
            "targets",
            &[
                &["code", "period", "target"],
                &["1", "2026-Q5", "many"],
                &["3", "", "1"],
            ],
        ),
    ]);
    let expected = include_str!("wrong_cells.txt");
    assert_eq!(shown.expect_err("mistakes").trim_end(), expected.trim_end());
}

#[test]
fn a_workbook_without_its_sheets_says_which() {
    let shown = check(&[project_sheet(), sheet("source", &[&["name"]])]).expect_err("no sources");
    assert!(shown.contains("a sheet named `source`"), "{shown}");
    assert!(shown.contains("the workbook has no sheet `sources`"), "{shown}");
}

#[test]
fn targets_of_categories_join_their_breakdown() {
    let sheets = [
        project_sheet(),
        sheet(
            "indicators",
            &[
                &["code", "use", "disaggregate"],
                &["1", "unique-reach", "sex; [\"age\"]"],
                &[
                    "2",
                    "unique-reach",
                    "[\"sex\", { by = \"age\", as = \"a\", }, [\"sex\", \"age\"]]",
                ],
            ],
        ),
        sheet(
            "targets",
            &[
                &["code", "period", "breakdown", "category", "target"],
                &["1", "", "sex", "female", "50"],
                &["2", "", "a", "60+", "5"],
                &["2", "2026-Q1", "a", "60+", "1"],
                &["2", "2026-Q1", "sex × age", "female & 60+", "2"],
                &["2", "", "idp", "yes", "2"],
            ],
        ),
    ];
    let text = &read::read(&sheets, LOGFRAME_XLSX).file.text;
    let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("disaggregate")).collect();
    assert_eq!(
        lines,
        [
            "disaggregate = [{ by = \"sex\", target = { female = 50 } }, [\"age\"]]",
            "disaggregate = [\"sex\", { by = \"age\", as = \"a\", target = { \"60+\" = 5 }, targets = { 2026-Q1 = { \
             \"60+\" = 1 } } }, { by = [\"sex\", \"age\"], targets = { 2026-Q1 = { \"female & 60+\" = 2 } } }]",
        ]
    );
}

#[test]
fn two_forms_beside_each_other_are_refused() {
    let folder = written(&[
        (PROJECT_TOML.to_owned(), Vec::new()),
        (LOGFRAME_XLSX.to_owned(), Vec::new()),
    ]);
    let error = load(folder.path(), &Known::default())
        .expect_err("two forms")
        .to_string();
    assert!(error.contains("Remove logframe.xlsx to keep project.toml"), "{error}");
}

proptest::proptest! {
    #[test]
    fn any_cell_is_a_value_or_a_mistake(text in "[\\[\\]{}=\"';,.a-zї#0-9\n\r -]{0,12}") {
        for column in ["use", "where", "disaggregate", "targets", "statement", "kinds", "baseline", "headline"] {
            let indicators = sheet("indicators", &[&["code", column], &["1", &text]]);
            let targets = sheet("targets", &[
                &["code", "period", "breakdown", "category", "target"],
                &["1", &text, "", "", &text],
                &["1", &text, "sex", &text, "1"],
            ]);
            let mut sheets = base();
            sheets.extend([indicators, targets]);
            let read = read::read(&sheets, LOGFRAME_XLSX);
            let errors = toml::de::DeTable::parse_recoverable(&read.file.text).1;
            proptest::prop_assert!(errors.is_empty(), "{errors:?}\n{}", read.file.text);
            let _ = check(&sheets);
        }
    }
}

#[test]
fn bytes_that_are_no_workbook_are_refused() {
    for bytes in [&b""[..], b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"key;value"] {
        assert!(sheets(bytes).is_err());
    }
}
