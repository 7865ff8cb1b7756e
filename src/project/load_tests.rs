//! Definitions that are wrong, and the whole message that their author sees.

use super::*;
use crate::ingest::findings::Kind;
use crate::project::calendar::CalendarKind;
use crate::project::model::{ChangeOf, Class, Filter, Measure, Rule, Subject, Unit};

const HEAD: &str = r#"[project]
code = "p"
name = "P"
start = 2026-01-01
end = 2026-12-31

[[activity]]
code = "group"

[[source]]
name = "lists"
files = "raw/*.xlsx"
activity = "group"
"#;

fn with_kinds<T>(call: impl FnOnce(&Known<'_>) -> T) -> T {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    call(&Known {
        finding_kinds: &kinds,
        fields: &["birth_date", "training"],
        roles: &[],
    })
}

fn check_texts(files: &[(&str, &str)]) -> Result<Project, String> {
    let files: Vec<Definition> = files
        .iter()
        .map(|(path, text)| definition(path, text.as_bytes().to_vec()))
        .collect();
    let loaded = with_kinds(|known| check(Path::new("."), &files, known));
    loaded.map_err(|mistakes| LoadError::Definitions(mistakes).to_string())
}

fn with_indicators(indicators: &str) -> Result<Project, String> {
    check_texts(&[(PROJECT_TOML, HEAD), ("indicators/a.toml", indicators)])
}

#[test]
fn what_columns_hold_is_a_word_of_the_tool_or_something_that_is_counted_by() {
    let checked = |columns: &str| {
        let text = HEAD.replace(
            "activity = \"group\"\n",
            &format!("activity = \"group\"\ncolumns = {columns}\n"),
        );
        let known = Known {
            roles: &["birth_date", "phone"],
            ..Known::default()
        };
        let files = [definition(PROJECT_TOML, text.into_bytes())];
        check(Path::new("."), &files, &known).map_err(|mistakes| LoadError::Definitions(mistakes).to_string())
    };
    let read = checked("{ H = \"birth-date\", \"Тел\" = \"phone\" }").expect("both words are known");
    let held: Vec<&str> = read.sources[0].columns.values().map(String::as_str).collect();
    assert_eq!(held, ["birth_date", "phone"]);
    let own = checked("{ B = \"kind\" }\nvalues.kind = { \"а\" = \"a\" }").expect("counted by");
    assert_eq!(own.sources[0].columns["B"], "kind");
    let slip = checked("{ B = \"telephone\" }").expect_err("nothing is counted by it");
    assert!(
        slip.contains("`telephone` is nothing that a column holds") && slip.contains("`phone`"),
        "{slip}"
    );
}

#[test]
fn the_sample_programme_loads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/balakliya");
    let project = with_kinds(|known| load(&root, known)).map_err(|error| error.to_string());
    let project = project.expect("the sample is valid");
    assert_eq!((project.activities.len(), project.sources.len()), (6, 8));
    let codes: Vec<&str> = project
        .indicators
        .iter()
        .map(|indicator| indicator.code.as_str())
        .collect();
    assert_eq!(
        codes.join(" "),
        "B1 B2 B3 B4 G1 G2 R1 R2 E1 E2 V1 V2 I1 M1 M2 M3 M4 D1 D2 D3 D4 \
         Q1 Q2 Q3 Q4 Q5 Q6 Q7 Q8 Q9 Q10 Q11 Q12 Q13 Q14 Q15"
    );
    let share = &project.indicators[3];
    assert_eq!(
        (share.unit, share.class, share.decimals),
        (Unit::Percent, Class::Ratio, 1)
    );
    assert_eq!(share.calendars, Some(Vec::new()));
    assert!(matches!(&share.rule, Rule::Ratio { times: 100, numerator, .. }
        if numerator.measure == Measure::PeopleWith { of: Subject::Activity, min: 2 }));
    let first = &project.indicators[0];
    assert_eq!(
        (first.at.file.as_str(), first.at.line),
        ("indicators/1-beneficiaries.toml", 4)
    );
    assert_eq!(first.milestones.get("2026-Q4"), Some(&1350.0));
    assert_eq!(project.definitions.len(), 6);
}

#[test]
fn every_sample_loads() {
    for (name, sources, indicators) in [
        ("kyiv", 11, 22),
        ("mothers", 4, 25),
        ("resilience", 2, 17),
        ("training", 5, 22),
    ] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
        let project = with_kinds(|known| load(&root, known)).map_err(|error| error.to_string());
        let project = project.unwrap_or_else(|mistakes| panic!("{name}:\n{mistakes}"));
        assert_eq!(
            (project.sources.len(), project.indicators.len()),
            (sources, indicators),
            "{name}"
        );
    }
}

#[test]
fn conditions_read_as_they_are_written() {
    let project = with_indicators(
        r#"
[[indicator]]
code = "1"
statement = "S"
measure = "contacts"
calendars = ["year", "project-quarter"]
where = { activity = "group", field.type = ["legal", 7], person.idp = true, not = { age = "0-17" }, any = [{ site = "A" }, { training = "x" }] }
disaggregate = ["sex", ["sex", "age"], { by = "field.type", as = "kind" }]
"#,
    );
    let project = project.expect("valid");
    let indicator = &project.indicators[0];
    let one_of = |subject: Subject, values: &[&str]| Filter::OneOf {
        subject,
        values: values.iter().map(|&value| value.to_owned()).collect(),
    };
    let Rule::Single(counted) = &indicator.rule else {
        panic!("a single measure");
    };
    assert_eq!(
        counted.filter,
        Filter::And(vec![
            one_of(Subject::Activity, &["group"]),
            one_of(Subject::Field("type".to_owned()), &["legal", "7"]),
            one_of(Subject::Attribute("idp".to_owned()), &["yes"]),
            Filter::Not(Box::new(one_of(Subject::Age("standard".to_owned()), &["0-17"]))),
            Filter::Or(vec![
                one_of(Subject::Site, &["A"]),
                one_of(Subject::Attribute("training".to_owned()), &["x"])
            ]),
        ])
    );
    let names: Vec<&str> = indicator.disaggregations.iter().map(|by| by.name.as_str()).collect();
    assert_eq!(names, ["sex", "sex × age", "kind"]);
    assert_eq!(indicator.disaggregations[1].label.get("uk"), "Стать × Вік");
    assert_eq!(
        indicator.calendars,
        Some(vec![CalendarKind::Year, CalendarKind::ProjectQuarter])
    );
}

#[test]
fn measures_and_bounds_read_as_they_are_written() {
    let project = with_indicators(
        r#"
[[indicator]]
code = "1"
statement = "S"
measure = "ratio"
before = "score_before"
after = { field = "score", where = { field.test = "after" } }
at-least = "20 %"
numerator = { measure = "change", what = "improved" }
denominator = { measure = "change", what = "pairs" }
where = { amount = { from = 2 }, days = { to = 2026-03-31 }, known = "experience", order = "first" }
as-cell = "kind=all"
disaggregate = [{ by = "sex", rename = { female = "women" }, target = { female = 5 }, targets.2026-Q1 = { male = 2 } }]

[[indicator]]
code = "2"
statement = "S"
measure = "sum-of"
of = ["3", "4"]

[[indicator]]
code = "3"
statement = "S"
measure = "contacts"

[[indicator]]
code = "4"
statement = "S"
measure = "sum"
field = "amount"
"#,
    );
    let project = project.expect("valid");
    let [share, sum, ..] = project.indicators.as_slice() else {
        panic!("four indicators");
    };
    let Rule::Ratio { numerator, .. } = &share.rule else {
        panic!("a ratio");
    };
    let Measure::Change(change) = &numerator.measure else {
        panic!("a change");
    };
    let improved = ChangeOf::Improved {
        at_least: 0.2,
        relative: true,
    };
    assert_eq!((change.what, change.before.field.as_str()), (improved, "score_before"));
    let Filter::And(parts) = &numerator.filter else {
        panic!("several conditions");
    };
    assert!(
        matches!(
            &parts[0],
            Filter::Between {
                from: Some(2.0),
                to: None,
                ..
            }
        ),
        "{parts:?}"
    );
    assert!(
        matches!(
            &parts[1],
            Filter::Days {
                field: None,
                from: None,
                to: Some(_)
            }
        ),
        "{parts:?}"
    );
    assert_eq!(parts[2], Filter::Known(Subject::Attribute("experience".to_owned())));
    assert!(
        matches!(
            &parts[3],
            Filter::OneOf {
                subject: Subject::Order,
                ..
            }
        ),
        "{parts:?}"
    );
    let cell = |period: &str, category: &str| (period.to_owned(), "sex".to_owned(), category.to_owned());
    assert_eq!(share.cell_targets.get(&cell("", "women")), Some(&5.0));
    assert_eq!(share.cell_targets.get(&cell("2026-Q1", "male")), Some(&2.0));
    let names: Vec<&str> = share.disaggregations.iter().map(|by| by.name.as_str()).collect();
    assert_eq!(names, ["sex", "kind"]);
    assert!(matches!(&sum.rule, Rule::Derived { of, .. } if of == &[2, 3]));
    assert_eq!((sum.class, sum.unit), (Class::Flow, Unit::Number));
}

/// Each folder of `wrong_definitions` is a project; `expected.txt` is what its author sees.
#[test]
fn wrong_definitions_are_explained_all_at_once() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/project/wrong_definitions");
    for case in [
        "one-mistake",
        "project-file",
        "project-words",
        "indicators",
        "measures",
        "syntax",
    ] {
        let folder = cases.join(case);
        let expected = fs::read_to_string(folder.join("expected.txt")).expect("an expected message");
        let shown = with_kinds(|known| load(&folder, known)).map_err(|error| error.to_string());
        assert_eq!(shown.expect_err(case).trim_end(), expected.trim_end(), "{case}");
    }
}

#[test]
fn hostile_bytes_are_mistakes_and_no_panic() {
    let known = Known::default();
    let cases: [&[u8]; 9] = [
        b"\xef\xbb\xbf[project]\ncode = 1\n",
        b"",
        b"\xff\xfe[\x00p\x00",
        b"[project]\nname = \"\xd0",
        "[project]\nname = \"ї".as_bytes(),
        "[project]\r\nname = 'ї\r\n".as_bytes(),
        b"project = 1\nsource = 2\nages = []\ncount = [1]\n",
        b"[[project]]\n[source]\n[[ages]]\n",
        b"[project]\nstart = 2026-02-31\nend = 99999999999999999999\n",
    ];
    for case in cases {
        let files = [definition(PROJECT_TOML, case.to_vec())];
        let mistakes = check(Path::new("."), &files, &known).expect_err("hostile bytes");
        assert!(!LoadError::Definitions(mistakes).to_string().is_empty());
    }
}

proptest::proptest! {
    #[test]
    fn damaged_definitions_are_mistakes_and_no_panic(
        at in 0_usize..4000,
        gone in 0_usize..30,
        put in "[\\[\\]{}=\"'.,a-zї0-9#\n -]{0,6}",
    ) {
        for text in [
            include_str!("../../samples/balakliya/project.toml"),
            include_str!("../../samples/balakliya/indicators/1-beneficiaries.toml"),
        ] {
            let letters: Vec<char> = text.chars().collect();
            let from = at.min(letters.len());
            let to = (from + gone).min(letters.len());
            let damaged: String = letters[..from].iter().copied().chain(put.chars()).chain(letters[to..].iter().copied()).collect();
            let _ = check_texts(&[(PROJECT_TOML, &damaged)]);
            let _ = with_indicators(&damaged);
        }
    }
}

#[test]
fn a_byte_order_mark_is_no_mistake() {
    assert!(check_texts(&[(PROJECT_TOML, &format!("\u{feff}{HEAD}"))]).is_ok());
}

#[test]
fn a_missing_project_file_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = load(folder.path(), &Known::default()).expect_err("no project file");
    assert!(
        matches!(&error, LoadError::Io { path, .. } if path.ends_with(PROJECT_TOML)),
        "{error}"
    );
}
