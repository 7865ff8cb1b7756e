//! What reading decides in silence elsewhere: blanks filled from above, years of the project, times, words that say who came.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use tallyframe::ingest::table::Cell;

use crate::base::{
    ATTENDANCES, CAME, EN, LANGUAGES, Language, Made, PEOPLE, UK, day, days, made_of, register, sheet, text, xlsx,
};
use crate::support::Run;

/// A row of a sheet.
type Row = Vec<Option<Cell>>;

fn made(rows: Vec<Row>) -> Made {
    made_of("list.xlsx", &xlsx(vec![sheet("Sheet1", rows)]))
}

/// A list of everybody on each day, with a further column.
fn everybody(language: &Language, heading: &str, say: impl Fn(usize, usize) -> Option<Cell>) -> Vec<Row> {
    let mut rows = vec![vec![text(language.date), text(language.name), text(heading)]];
    for (at, date) in days().into_iter().enumerate() {
        for (person, name) in language.people.iter().enumerate() {
            rows.push(vec![day(date), text(name), say(at, person)]);
        }
    }
    rows
}

fn clock(hour: u32, minute: u32) -> Option<Cell> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
    text(&time.format("%H:%M").to_string())
}

#[test]
fn dates_written_once_for_the_rows_below_are_said() {
    for language in LANGUAGES {
        let mut rows = vec![vec![text(language.date), text(language.name)]];
        for (at, date) in days().into_iter().enumerate() {
            let came = language.people.iter().zip(CAME).filter(|(_, came)| came[at]);
            for (nth, (person, _)) in came.enumerate() {
                rows.push(vec![day(date).filter(|_| nth == 0), text(person)]);
            }
        }
        let made = made(rows);
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("filled-down"), "{}: {made:?}", language.name);
        let plain = self::made(everybody(language, "", |_, _| None));
        assert!(!plain.says("filled-down"), "{}: {plain:?}", language.name);
    }
}

#[test]
fn times_of_each_person_are_no_sessions_and_those_of_two_sessions_are() {
    let headings = ["Захід", "Мероприятие", "Event", "Activitate", "Actividad", "Activité"];
    for (language, heading) in LANGUAGES.into_iter().zip(headings) {
        let own = |at: usize, person: usize| clock(9, u32::try_from(at * 7 + person * 3).unwrap_or(0));
        let arrivals = made(everybody(language, heading, own));
        assert!(arrivals.says("times-of-arrival"), "{}: {arrivals:?}", language.name);
        assert!(arrivals.is(24.0, PEOPLE), "{}: {arrivals:?}", language.name);
        let two = |_: usize, person: usize| clock(if person < 3 { 10 } else { 14 }, 0);
        let sessions = made(everybody(language, heading, two));
        let asked = ["times-of-arrival", "times-unclear"]
            .iter()
            .any(|kind| sessions.says(kind));
        assert!(!asked, "{}: {sessions:?}", language.name);
        let between = |_: usize, person: usize| clock(9, [0, 0, 5, 5, 10, 15][person]);
        let between = made(everybody(language, heading, between));
        assert!(between.says("times-unclear"), "{}: {between:?}", language.name);
    }
}

#[test]
fn a_list_in_which_nobody_came_is_said() {
    let words = [
        ("Присутність", "відсутній"),
        ("Присутствие", "отсутствовал"),
        ("Attended", "Absent"),
        ("Prezență", "absent"),
        ("Asistencia", "ausente"),
        ("Présence", "absent"),
    ];
    for (language, (heading, absent)) in LANGUAGES.into_iter().zip(words) {
        let headed = made(everybody(language, heading, |_, _| text(absent)));
        assert!(headed.is(0.0, 0.0), "{}: {headed:?}", language.name);
        assert!(headed.says("nobody-came"), "{}: {headed:?}", language.name);
        // Without a heading that anybody knows the words may speak of something else.
        let open = made(everybody(language, "Zorgal", |_, _| text(absent)));
        let said = ["nobody-came", "flag-unread"].iter().any(|kind| open.says(kind));
        assert!(said, "{}: {open:?}", language.name);
    }
}

#[test]
fn words_that_nobody_knows_under_a_heading_that_nobody_knows_are_said() {
    for language in LANGUAGES {
        for words in [["poissa", "poissa"], ["poissa", "oli paikalla"]] {
            let say = |at: usize, person: usize| text(words[(at + person) % 2]);
            let made = made(everybody(language, "Zorgal", say));
            assert!(made.says("flag-unread"), "{} {words:?}: {made:?}", language.name);
        }
    }
}

#[test]
fn who_is_named_by_a_number_or_not_at_all_is_said() {
    let numbered = [
        "Учасниця",
        "Участник",
        "Person",
        "Participant",
        "Persona",
        "Participant",
    ];
    for (language, word) in LANGUAGES.into_iter().zip(numbered) {
        let mut rows = register(language, days().map(day), "+", "");
        for (at, row) in rows.iter_mut().skip(1).enumerate() {
            let word = if at % 2 == 0 {
                word.to_owned()
            } else {
                word.to_lowercase()
            };
            row[1] = text(&format!("{word} {}", at + 1));
        }
        let made = made(rows);
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("not-a-name"), "{}: {made:?}", language.name);
    }
    let nothing = |at: usize, person: usize| text(["N/A", "н/д", "-"][(at + person) % 3]);
    let mut rows = everybody(&EN, "Sex", nothing);
    for row in rows.iter_mut().skip(1).take(3) {
        row[1] = text("N/A");
    }
    assert!(made(rows).says("not-a-name"));
}

#[test]
fn an_unknown_mark_is_one_finding_with_its_cells() {
    for language in LANGUAGES {
        let mut rows = register(language, days().map(day), "+", "-");
        for row in rows.iter_mut().skip(1).take(5) {
            row[2] = text("щщ");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let project = project(folder.path(), "list.xlsx", &xlsx(vec![sheet("Sheet1", rows)]));
        let run = Run::at(&project, &[]);
        let findings = run.csv("findings.csv");
        let unknown: Vec<&BTreeMap<String, String>> = findings
            .iter()
            .filter(|finding| finding["kind"] == "unknown-mark")
            .collect();
        assert_eq!(unknown.len(), 1, "{}: {unknown:?}", language.name);
        assert!(unknown[0]["message"].contains("C2, C3, C4, C5, C6"), "{unknown:?}");
    }
}

#[test]
fn a_year_that_only_the_project_tells_is_said() {
    let months = ["березня", "марта", "March", "martie", "marzo", "mars"];
    for (language, month) in LANGUAGES.into_iter().zip(months) {
        let headings = [3, 10, 17, 24].map(|day| text(&format!("{day} {month}")));
        let made = made(register(language, headings, "+", ""));
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("year-taken"), "{}: {made:?}", language.name);
        let mut rows = everybody(language, "", |_, _| None);
        for row in rows.iter_mut().skip(1) {
            row[0] = text(&format!("3 {month}"));
        }
        let list = self::made(rows);
        assert!(list.says("year-taken"), "{}: {list:?}", language.name);
    }
}

#[test]
fn a_text_that_was_cut_is_said() {
    let mut lines = format!("{};{};Примітка\n", UK.date, UK.name);
    for person in UK.people {
        lines += "03.03.2026;";
        lines += person;
        lines += ";\n";
    }
    lines += "03.03.2026;Лис Яна;";
    lines += &"довго ".repeat(8_000);
    lines.push('\n');
    let made = made_of("list.csv", lines.as_bytes());
    assert!(made.says("text-cut"), "{made:?}");
}

/// A project made of a file by `init`, whose dates are set where no file tells them.
fn project(folder: &std::path::Path, name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, bytes).expect("written");
    let project = folder.join("project");
    let shown = project.to_string_lossy().into_owned();
    crate::support::tallyframe(&["init", &shown, "--from", &file.to_string_lossy()]);
    let definitions = project.join("project.toml");
    let text = std::fs::read_to_string(&definitions).expect("init wrote the project");
    if !text.lines().any(|line| line.starts_with("start =")) {
        let dated = text.replacen("[project]", "[project]\nstart = 2026-01-01\nend = 2026-12-31", 1);
        std::fs::write(&definitions, dated).expect("written");
    }
    project
}

/// Tables whose first row, or a heading of it, is a person.
fn misread() -> Vec<(&'static str, String)> {
    let people = [
        ["Кривозуб", "Зореслава"],
        ["Перебийніс", "Будимир"],
        ["Вернигора", "Житомир"],
        ["Тягнирядно", "Меланка"],
        ["Непийвода", "Явдоха"],
    ];
    let rows = |row: &dyn Fn(usize, &[&str; 2]) -> String| -> String {
        people.iter().enumerate().map(|(at, who)| row(at, who)).collect()
    };
    let list = rows(&|at, [s, n]| format!("0{}.03.2026;{s} {n};Зелене;067765432{at}\n", at + 3));
    let listed = list.split_once('\n').map_or("", |(_, rest)| rest);
    let marks = rows(&|at, [s, n]| format!("{};{s} {n};+;-;+\n", at + 1));
    let marked = marks.split_once('\n').map_or("", |(_, rest)| rest);
    vec![
        (
            "registry",
            rows(&|at, [s, n]| format!("{};{s};{n};067765432{at};a{at}@zoreslava.org\n", at + 1)),
        ),
        ("list", list.clone()),
        ("register", marks.clone()),
        (
            "person over a register",
            format!("1;Кривозуб Зореслава;03.03.2026;10.03.2026;17.03.2026\n{marked}"),
        ),
        (
            "person among headings",
            format!("Дата;Кривозуб Зореслава;Село;Телефон\n{listed}"),
        ),
        (
            "person over the days",
            rows(&|at, [s, n]| format!("0{}.03.2026;{s} {n};Зелене;так\n", at / 2 + 3)).replacen(
                "03.03.2026;Кривозуб Зореслава;Зелене;",
                "Зореслава Кривозуб;ПІБ;Село;",
                1,
            ),
        ),
        (
            "second person",
            rows(&|at, [s, n]| format!("0{}.03.2026;{s} {n};{n} {s};так\n", at + 3)).replacen(
                "03.03.2026;Кривозуб Зореслава;",
                "Дата;ПІБ;",
                1,
            ),
        ),
    ]
}

#[test]
fn a_name_in_place_of_a_heading_is_told_nowhere() {
    let marked = [
        "кривозуб",
        "зореслава",
        "перебийніс",
        "будимир",
        "вернигора",
        "0677654",
        "@zoreslava",
    ];
    for (case, table) in misread() {
        let folder = tempfile::tempdir().expect("a folder");
        let project = project(folder.path(), "list.csv", table.as_bytes());
        let shown = project.to_string_lossy().into_owned();
        let silent = |place: &str, bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            let told = marked.iter().find(|name| text.contains(*name));
            assert_eq!(told, None, "{case}: {place}");
        };
        for args in [&["check", &shown, "--json"][..], &["check", &shown, "--remember"]] {
            let check = crate::support::tallyframe(args);
            silent("check", &[check.stdout, check.stderr].concat());
        }
        let raw = project.join("raw/list.csv");
        let drifted: Vec<String> = table.lines().map(|line| format!("{line};Зайве")).collect();
        let drifted = drifted.join("\n");
        let (first, rest) = drifted.split_once('\n').expect("lines");
        for again in [
            drifted.clone(),
            rest.to_owned(),
            format!("Дата;ПІБ;Інше\n{first}\n{rest}"),
        ] {
            if raw.exists() {
                std::fs::write(&raw, again).expect("written");
            }
            let check = crate::support::tallyframe(&["check", &shown, "--json"]);
            silent("check after a change", &[check.stdout, check.stderr].concat());
            let run = Run::at(&project, &[]);
            silent("stderr", &run.output.stderr);
            silent("stdout", &run.output.stdout);
            for file in ["findings.csv", "manifest.json", "indicators.csv"] {
                silent(file, &run.bytes(file));
            }
            for part in crate::support::archive::parts(&run.bytes("report.xlsx")) {
                silent("report.xlsx", &part);
            }
        }
        for file in std::fs::read_dir(&project).expect("the project").flatten() {
            if file.file_name() == "seen.toml" {
                silent("seen.toml", &std::fs::read(file.path()).expect("read"));
            }
        }
    }
}

#[test]
fn sheets_before_the_place_where_a_file_breaks_off_are_read() {
    for language in LANGUAGES {
        let cell = |text: &str| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
        };
        let line = |cells: &[&str]| {
            let cells: String = cells.iter().map(|text| cell(text)).collect();
            format!("<table:table-row>{cells}</table:table-row>")
        };
        let mut rows = line(&[language.date, language.name]);
        for person in language.people {
            rows.push_str(&line(&["03.03.2026", person]));
        }
        let file = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
             xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
             office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body><office:spreadsheet>\
             <table:table table:name=\"A\">{rows}</table:table><table:table table:name=\"B\">{}</table:wrong></office:body></office:document>",
            line(&["1"])
        );
        let made = made_of("list.fods", file.as_bytes());
        assert!(made.is(PEOPLE, PEOPLE), "{}: {made:?}", language.name);
        assert!(made.says("damaged-sheet"), "{}: {made:?}", language.name);
    }
}
