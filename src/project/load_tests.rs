//! Definitions that are wrong, and the whole message that their author sees.

use super::*;
use crate::ingest::findings::Kind;
use crate::project::calendar::CalendarKind;
use crate::project::model::{Class, Filter, Measure, Rule, Subject, Unit};

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

fn check_texts(files: &[(&str, &str)]) -> Result<Project, String> {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    let known = Known {
        finding_kinds: &kinds,
        fields: &["birth_date", "training"],
    };
    let files: Vec<Definition> = files
        .iter()
        .map(|(path, text)| definition(path, text.as_bytes().to_vec()))
        .collect();
    check(Path::new("."), &files, &known).map_err(|mistakes| LoadError::Definitions(mistakes).to_string())
}

fn with_indicators(indicators: &str) -> Result<Project, String> {
    check_texts(&[(PROJECT_TOML, HEAD), ("indicators/a.toml", indicators)])
}

/// Title, place and help of each mistake, without the drawing.
fn short(result: Result<Project, String>) -> Vec<String> {
    let text = result.map(|_| "no mistake".to_owned()).unwrap_or_else(|text| text);
    let lines = text.lines().map(str::trim);
    let kept = lines.filter(|line| line.starts_with("error:") || line.starts_with("-->") || line.contains("= help:"));
    kept.map(|line| line.replace("= help:", "help:")).collect()
}

#[test]
fn the_sample_programme_loads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/balakliya");
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    let known = Known {
        finding_kinds: &kinds,
        fields: &[],
    };
    let project = load(&root, &known).map_err(|error| error.to_string());
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
        if numerator.measure == Measure::PeopleWithServices { min: 2 }));
    let first = &project.indicators[0];
    assert_eq!(
        (first.at.file.as_str(), first.at.line),
        ("indicators/1-beneficiaries.toml", 4)
    );
    assert_eq!(first.milestones.get("2026-Q4"), Some(&1350.0));
    assert_eq!(project.definitions.len(), 6);
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
fn a_message_shows_file_line_caret_and_suggestion() {
    let shown = with_indicators(
        "[[indicator]]\ncode = \"1\"\nstatement = \"Охоплено жінок\"\nmeasure = \"attendances\" # відвідування\n",
    );
    assert_eq!(
        shown.map(|_| ()).unwrap_err(),
        r#"error: `attendances` is not a measure
 --> indicators/a.toml:4:11
  |
4 | measure = "attendances" # відвідування
  |           ^^^^^^^^^^^^^
  |
  = help: did you mean `contacts` (one person at one session, anonymous head-counts included)?"#
    );
}

#[test]
fn all_mistakes_of_all_files_come_at_once() {
    let project = r#"[project]
code = "моє"
name = 5
start = 2026-12-31
end = 2026-01-01
calender = ["month"]

[[activity]]
code = "group"

[[activity]]
code = "group"

[[source]]
name = "a"
files = ["/home/raw.xlsx", "../x.csv", 'raw\list.xlsx', "C:/x.xlsx", "raw/[.xlsx"]
activity = "gruop"
layout = "wide"

[[source]]
name = "a"
header-row = 0

[ages]
two = [0, 18, 18]
three = [18, 60]

[count]
head-count = "lists"
tolerance = 0.15
"#;
    let shown = short(check_texts(&[
        (PROJECT_TOML, project),
        (
            "indicators/a.toml",
            "[[indicator]]\ncode = \"1\"\nuse = \"uniqe-reach\"\n",
        ),
    ]));
    let expected = r#"error: `моє` cannot be a project's code, which becomes a part of file names
--> project.toml:2:8
help: use Latin letters, digits, - and _
error: `name` must be text in quotes, or a text per language like { en = "…", uk = "…" }; this is the number 5
--> project.toml:3:8
error: the project ends on 2026-01-01, before it starts on 2026-12-31
--> project.toml:5:7
help: change `start` or `end`
error: unknown key `calender` in [project]
--> project.toml:6:1
help: did you mean `calendars`?
error: a second activity `group`
--> project.toml:12:8
help: give it another code, or put the two together
error: `/home/raw.xlsx` is an absolute path, which other computers do not have
--> project.toml:16:10
help: put the file into the project folder and name it from there: "raw/…"
error: `../x.csv` leads out of the project folder
--> project.toml:16:28
help: put the file into the project folder and name it from there: "raw/…"
error: `raw\list.xlsx` is written with \
--> project.toml:16:40
help: write folders with /, on Windows too
error: `C:/x.xlsx` is an absolute path, which other computers do not have
--> project.toml:16:57
help: put the file into the project folder and name it from there: "raw/…"
error: `raw/[.xlsx` is not a pattern: invalid range pattern
--> project.toml:16:70
help: use * for any name and ** for any folder; write [[] for [
error: no activity `gruop`
--> project.toml:17:12
help: did you mean `group`?
error: `wide` is not a layout
--> project.toml:18:10
help: did you mean `register` (a row per person, a column per session)?
error: source lacks `files`
--> project.toml:20:1
help: add `files`: files or patterns (* and **) relative to the project folder, written with /.
error: a second source `a`
--> project.toml:21:8
help: give each source a name of its own
error: `header-row` must be a whole number from 1 to 1048576; this is the number 0
--> project.toml:22:14
error: the age scheme `two` does not ascend
--> project.toml:25:15
help: write the first year of each band from the youngest to the oldest
error: the age scheme `three` does not begin with 0, so children would fall into no band
--> project.toml:26:9
help: write the first year of each band: [0, 18, 60] gives 0-17, 18-59, 60+
error: `lists` is not a head count
--> project.toml:29:14
help: did you mean `list`?
error: `tolerance` must be 0, or from 1 to 100 per cent
--> project.toml:30:13
help: write per cent: `tolerance = 15` means ±15 %
error: no catalogue entry `uniqe-reach`
--> indicators/a.toml:3:7
help: did you mean `unique-reach`?"#;
    assert_eq!(shown.join("\n"), expected);
}

#[test]
fn indicators_are_checked_against_the_project_and_themselves() {
    let shown = short(with_indicators(
        r#"[[indicator]]
code = "1"
use = "group-sessions"
targets = { 2025-Q4 = 1, 2026-13 = 2 }

[[indicator]]
code = "1"
use = "unique-reach"
class = "flow"
unit = "contacts"
where = { activity = "prevention", setlement = "A", age = "18-35", evidence = "name" }
disaggregate = ["sex", "sex", "religion", "finding", { by = "age.school", rename = {} }]

[[indicator]]
code = "2"
statement = "S"
measure = "ratio"
direction = "decrease"
target = 5
numerator = { measure = "people", population = "trainees", at-least = 3 }
denominator = { measure = "people" }

[[indicator]]
code = "3"
statement = "S"
measure = "findings"
kinds = ["imposible-date"]
disaggregate = ["sex"]
scope = []

[[indicator]]
code = "4"
measure = "sum"
"#,
    ));
    let expected = r#"error: `group-sessions` from the catalogue needs `where`, which only the project can say
--> indicators/a.toml:3:7
help: for example: where = { activity = "group" }
error: the project runs from 2026-01-01 to 2026-12-31: `2025-Q4` lies outside
--> indicators/a.toml:4:13
help: a target stands beside a period of the project; `target` is that of its whole life
error: `2026-13` is not a period; write 2026-03, 2026-Q1, 2026-H1, 2026, PQ1, PY1 or all
--> indicators/a.toml:4:26
help: a target stands beside a period of the project; `target` is that of its whole life
error: a second indicator `1`
--> indicators/a.toml:7:8
help: the first stands in indicators/a.toml:2; give one of them another code
error: the class cannot be `flow`: different people never add up over periods
--> indicators/a.toml:9:9
help: leave `class` out: it follows from the measure
error: this measure counts persons, not contacts
--> indicators/a.toml:10:8
help: leave `unit` out: it follows from the measure
error: no activity `prevention`
--> indicators/a.toml:11:22
help: accepted here: `group`
error: `setlement` is nothing that can be looked at
--> indicators/a.toml:11:36
help: did you mean `settlement`?
error: no age band `18-35`
--> indicators/a.toml:11:59
help: accepted here: `0-17`, `18-59`, `60+`
error: no kind of evidence `name`
--> indicators/a.toml:11:79
help: did you mean `named`?
error: a second breakdown named `sex`
--> indicators/a.toml:12:24
help: give it another name: { by = "…", as = "…" }"#;
    let joined = shown.join("\n");
    assert!(joined.starts_with(expected), "{joined}");
    let rest = joined[expected.len()..].trim_start();
    assert_eq!(
        rest,
        r#"error: `religion` is nothing that can be looked at
--> indicators/a.toml:12:31
help: did you mean `region`?
error: only findings have a kind to break down by
--> indicators/a.toml:12:43
help: use measure = "findings", or leave it out
error: no age scheme `school`
--> indicators/a.toml:12:61
help: accepted here: `standard`
error: a target to be reached by a decrease needs a baseline
--> indicators/a.toml:19:10
help: add `baseline`: progress is (baseline − actual) ÷ (baseline − target)
error: this ratio divides trainees by beneficiaries: two different populations
--> indicators/a.toml:20:13
help: count the same `population` above and below the line
error: no population `trainees`
--> indicators/a.toml:20:48
help: accepted here: `beneficiaries`
error: `at-least` means nothing for the measure `people`
--> indicators/a.toml:20:71
help: it belongs to measure = "people-with-services"
error: no kind of finding `imposible-date`
--> indicators/a.toml:27:10
help: did you mean `impossible-date`?
error: findings have no `sex`
--> indicators/a.toml:28:17
help: findings can be broken down by "finding" and "source"
error: `scope` names nothing, so nothing would be reported
--> indicators/a.toml:29:9
help: name "period", "cumulative" or both, or leave `scope` out
error: indicator lacks `statement`
--> indicators/a.toml:31:1
help: write the full wording, or `use` a catalogue entry that has it
error: the measure `sum` lacks `field`
--> indicators/a.toml:31:1
help: add `field`, as in field = "count_total""#
    );
}

#[test]
fn broken_syntax_does_not_hide_the_mistakes_of_other_files() {
    let shown = short(check_texts(&[
        (PROJECT_TOML, HEAD),
        (
            "indicators/a.toml",
            "[[indicator]]\ncode = \"1\nuse = \"unique-reach\"\n",
        ),
        ("indicators/b.toml", "[[indicator]]\ncode = \"1\"\nзвіт = 1\n"),
        ("indicators/c.toml", "[[indikator]]\n"),
    ]));
    let expected = r#"error: invalid basic string, expected `"`
--> indicators/a.toml:2:10
error: invalid unquoted key, expected letters, numbers, `-`, `_`
--> indicators/b.toml:3:1
help: words that are not plain Latin letters, digits, - and _ stand in quotes
error: a file of indicators lacks `indicator`
--> indicators/c.toml:1:1
help: add `indicator`: an indicator; one [[indicator]] each.
error: unknown key `indikator` in a file of indicators
--> indicators/c.toml:1:3
help: did you mean `indicator`?"#;
    assert_eq!(shown.join("\n"), expected);
}

#[test]
fn hostile_bytes_are_mistakes_and_no_panic() {
    let known = Known::default();
    let cases: [&[u8]; 8] = [
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
        let mistakes = check(Path::new("."), &files, &known).map(|_| ()).unwrap_err();
        assert!(!LoadError::Definitions(mistakes).to_string().is_empty());
    }
}

#[test]
fn a_missing_project_file_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = load(folder.path(), &Known::default()).map(|_| ()).unwrap_err();
    assert!(
        matches!(&error, LoadError::Io { path, .. } if path.ends_with(PROJECT_TOML)),
        "{error}"
    );
}
