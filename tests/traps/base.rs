//! The register that traps bend, in six languages, and what the program makes of a file.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use tallyframe::ingest::table::{Cell, Sheet, SheetRow, Workbook};

use crate::support::{Run, tallyframe, write};

/// Words and names of one language.
pub(crate) struct Language {
    /// Heading of the row numbers.
    pub(crate) number: &'static str,
    /// Heading of the names.
    pub(crate) name: &'static str,
    /// Heading of a date.
    pub(crate) date: &'static str,
    /// What stands before a sum.
    pub(crate) total: &'static str,
    /// A session, as numbered headings begin.
    pub(crate) session: &'static str,
    /// Six people.
    pub(crate) people: [&'static str; 6],
}

/// Ukrainian.
pub(crate) const UK: Language = Language {
    number: "№ з/п",
    name: "ПІБ",
    date: "Дата",
    total: "Всього",
    session: "Заняття",
    people: [
        "Петренко Олена Іванівна",
        "Шевченко Тарас Григорович",
        "Коваленко Ірина Петрівна",
        "Бондар Сергій Олегович",
        "Мельник Ганна Юріївна",
        "Ткаченко Павло Ілліч",
    ],
};

/// Russian.
pub(crate) const RU: Language = Language {
    number: "№ п/п",
    name: "ФИО",
    date: "Дата",
    total: "Итого",
    session: "Занятие",
    people: [
        "Иванова Мария Сергеевна",
        "Сидоров Пётр Ильич",
        "Кузнецова Анна Юрьевна",
        "Орлов Олег Иванович",
        "Фёдорова Нина Павловна",
        "Белов Игорь Олегович",
    ],
};

/// English.
pub(crate) const EN: Language = Language {
    number: "No",
    name: "Name",
    date: "Date",
    total: "Total",
    session: "Session",
    people: [
        "Mary Johnson",
        "Peter Baker",
        "Susan Clarke",
        "David Wright",
        "Helen Turner",
        "George Mills",
    ],
};

/// Romanian.
pub(crate) const RO: Language = Language {
    number: "Nr. crt.",
    name: "Nume și prenume",
    date: "Data",
    total: "Total",
    session: "Ședința",
    people: [
        "Popescu Ana",
        "Ionescu Mihai",
        "Rusu Elena",
        "Ciobanu Ion",
        "Munteanu Maria",
        "Lupu Andrei",
    ],
};

/// Spanish.
pub(crate) const ES: Language = Language {
    number: "N.º",
    name: "Nombre y apellidos",
    date: "Fecha",
    total: "Total",
    session: "Sesión",
    people: [
        "María García López",
        "Juan Pérez Ruiz",
        "Lucía Fernández Gil",
        "Carlos Moreno Díaz",
        "Elena Torres Vega",
        "Pablo Navarro Sanz",
    ],
};

/// French.
pub(crate) const FR: Language = Language {
    number: "N°",
    name: "Nom et prénom",
    date: "Date",
    total: "Total",
    session: "Séance",
    people: [
        "Marie Dubois",
        "Pierre Lefèvre",
        "Claire Moreau",
        "Luc Bernard",
        "Sophie Girard",
        "Paul Fontaine",
    ],
};

/// The languages that every trap is tried in.
pub(crate) const LANGUAGES: [&Language; 6] = [&UK, &RU, &EN, &RO, &ES, &FR];

/// Who came when: a row per person, a column per session.
pub(crate) const CAME: [[bool; 4]; 6] = [
    [true, true, true, false],
    [true, false, true, true],
    [false, true, true, false],
    [true, true, false, true],
    [true, false, true, false],
    [true, true, false, true],
];

/// Attendances in [`CAME`].
pub(crate) const ATTENDANCES: f64 = 16.0;

/// People in [`CAME`], all of whom came.
pub(crate) const PEOPLE: f64 = 6.0;

/// The four days, Tuesdays of March 2026.
pub(crate) fn days() -> [NaiveDate; 4] {
    [3, 10, 17, 24].map(|day| NaiveDate::from_ymd_opt(2026, 3, day).expect("a day"))
}

/// A text, or nothing where it is empty.
pub(crate) fn text(text: &str) -> Option<Cell> {
    (!text.is_empty()).then(|| Cell::Text(text.to_owned()))
}

/// A number.
#[expect(clippy::unnecessary_wraps, reason = "a cell of a row, where others are empty")]
pub(crate) fn number(number: f64) -> Option<Cell> {
    Some(Cell::Number(number))
}

/// A day as a real date.
#[expect(clippy::unnecessary_wraps, reason = "a cell of a row, where others are empty")]
pub(crate) fn day(day: NaiveDate) -> Option<Cell> {
    Some(Cell::DateTime {
        at: day.and_hms_opt(0, 0, 0).expect("midnight"),
        serial: None,
    })
}

/// The register with the session headings given and the marks `yes` and `no`.
pub(crate) fn register(
    language: &Language,
    headings: [Option<Cell>; 4],
    yes: &str,
    no: &str,
) -> Vec<Vec<Option<Cell>>> {
    let mut rows = vec![vec![text(language.number), text(language.name)]];
    rows[0].extend(headings);
    for (at, came) in CAME.iter().enumerate() {
        let mut row = vec![number(at as f64 + 1.0), text(language.people[at])];
        row.extend(came.iter().map(|came| text(if *came { yes } else { no })));
        rows.push(row);
    }
    rows
}

/// The register headed by real dates, with `+` and blanks.
pub(crate) fn plain(language: &Language) -> Vec<Vec<Option<Cell>>> {
    register(language, days().map(day), "+", "")
}

/// A sheet of rows, from row 1 on.
pub(crate) fn sheet(name: &str, rows: Vec<Vec<Option<Cell>>>) -> Sheet {
    let cells = |row: Vec<Option<Cell>>| -> Vec<(u16, Cell)> {
        (0..)
            .zip(row)
            .filter_map(|(column, cell)| Some((column, cell?)))
            .collect()
    };
    let rows = (1..).zip(rows).map(|(number, row)| SheetRow {
        number,
        cells: cells(row),
    });
    Sheet {
        name: name.to_owned(),
        rows: rows.filter(|row| !row.cells.is_empty()).collect(),
        ..Sheet::default()
    }
}

/// A workbook of sheets, as the bytes of an xlsx file.
pub(crate) fn xlsx(sheets: Vec<Sheet>) -> Vec<u8> {
    write::xlsx(&Workbook {
        sheets,
        ..Workbook::default()
    })
}

/// What the program made of files.
#[derive(Debug)]
pub(crate) struct Made {
    /// All contacts from the project's start.
    pub(crate) contacts: Option<f64>,
    /// Different people.
    pub(crate) people: Option<f64>,
    /// Codes of the findings.
    pub(crate) findings: BTreeSet<String>,
    /// What `init`, `check` and `run` printed.
    pub(crate) said: String,
}

impl Made {
    /// Whether contacts and people are these.
    pub(crate) fn is(&self, contacts: f64, people: f64) -> bool {
        (self.contacts.unwrap_or_default(), self.people.unwrap_or_default()) == (contacts, people)
    }

    /// Whether there is a finding of this kind.
    pub(crate) fn says(&self, kind: &str) -> bool {
        self.findings.contains(kind)
    }
}

/// Makes a project of one file with `init`, and runs it.
pub(crate) fn made_of(name: &str, bytes: &[u8]) -> Made {
    made_of_all(&[(name, bytes)])
}

/// Makes a project of files with `init`, and runs it.
pub(crate) fn made_of_all(files: &[(&str, &[u8])]) -> Made {
    made_and_edited(files, |_| {})
}

/// Makes a project of files that all are of one activity, and runs it.
pub(crate) fn made_of_one_activity(files: &[(&str, &[u8])]) -> Made {
    made_and_edited(files, |project| {
        let path = project.join("project.toml");
        let written = fs::read_to_string(&path).expect("init wrote the project");
        let mut text = String::new();
        let (mut declared, mut inside) = (false, false);
        for line in written.lines() {
            if line.starts_with('[') {
                inside = line == "[[activity]]";
                if inside && declared {
                    continue;
                }
                declared |= inside;
            } else if inside && line.starts_with("code = ") {
                if text.ends_with("[[activity]]\n") {
                    text.push_str("code = \"activity-1\"\n");
                }
                continue;
            } else if inside && !text.ends_with("code = \"activity-1\"\n") && !line.is_empty() {
                continue;
            }
            let named = line.starts_with("activity = ");
            text.push_str(if named { "activity = \"activity-1\"" } else { line });
            text.push('\n');
        }
        fs::write(&path, text).expect("written");
    })
}

fn made_and_edited(files: &[(&str, &[u8])], edit: impl Fn(&Path)) -> Made {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut paths = Vec::new();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        paths.push(path.to_string_lossy().into_owned());
    }
    let project = folder.path().join("project");
    let shown = project.to_string_lossy().into_owned();
    let mut call = vec!["init", &shown, "--from"];
    call.extend(paths.iter().map(String::as_str));
    let init = tallyframe(&call);
    let mut said = String::from_utf8_lossy(&init.stderr).into_owned();
    let definitions = project.join("project.toml");
    if let Ok(text) = fs::read_to_string(&definitions)
        && !text.lines().any(|line| line.starts_with("start ="))
    {
        // Where no file tells a day, `init` asks for the project's span.
        let dated = text.replacen("[project]", "[project]\nstart = 2026-01-01\nend = 2026-12-31", 1);
        fs::write(&definitions, dated).expect("written");
    }
    edit(&project);
    let mut made = run(&project);
    said.push_str(&made.said);
    made.said = said;
    made
}

/// Runs a project that stands already.
pub(crate) fn run(project: &Path) -> Made {
    let run = Run::at(project, &[]);
    let said = run.errors();
    if !run.report().join("indicators.csv").exists() {
        return Made {
            contacts: None,
            people: None,
            findings: BTreeSet::new(),
            said,
        };
    }
    let figures = run.csv("indicators.csv");
    let total = |code: &str| {
        let wanted = figures
            .iter()
            .rfind(|row| row["code"] == code && row["disaggregation"].is_empty());
        wanted.and_then(|row| row["value"].parse().ok())
    };
    Made {
        contacts: total("1"),
        people: total("2"),
        findings: run.csv("findings.csv").iter().map(|row| row["kind"].clone()).collect(),
        said,
    }
}

#[test]
fn the_plain_register_is_read_in_every_language() {
    for language in LANGUAGES {
        let made = made_of("register.xlsx", &xlsx(vec![sheet("Sheet1", plain(language))]));
        assert!(made.is(ATTENDANCES, PEOPLE), "{}: {made:?}", language.name);
    }
}
