//! Nobody is named outside what is marked private: marked people go through every command, and every output is searched.
//!
//! Names of files and sheets are the project's own words: outputs name places by them, so a project that puts a person's
//! name into one publishes it. They hold no mark here.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, Note, Workbook};
use support::review::write;
use support::{Run, archive, copy_of, repository, tallyframe};

/// What marks a person: names, a phone, a code, a birth date as people write it, a mail address, a street.
const MARKS: [&str; 11] = [
    "Зразков",
    "Маркіян",
    "Назарівна",
    "Zrazkov",
    "671112233",
    "67 111 22 33",
    "ЗМ-777",
    "17.05.1991",
    "1991-05-17",
    "markiyana.zr",
    "Примарна",
];

const FORMATS: &str = "iptt,eu-logframe,fcdo-logframe,un-partner,activity-progress,pirs,iati,hxl,dhis2";

const DEFINITIONS: &str = r#"[project]
code = "marked"
name = "Marked"
start = 2026-01-01
end = 2026-06-30

[[activity]]
code = "art"
name = "Art"

[[source]]
files = "raw/*"
activity = "art"

[[indicator]]
code = "1"
use = "unique-reach"
target = 20
disaggregate = ["sex"]

[[indicator]]
code = "2"
use = "total-reach"
"#;

/// A project in which marked people stand in every kind of place.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "project.toml", DEFINITIONS);
    write(
        root,
        "raw/list.csv",
        "Дата;Назва заходу;ПІБ;Стать;Дата народження;Телефон;E-mail;Адреса;Примітки\n\
         05.03.2026;Гурток;Зразкова Маркіяна Назарівна;ж;17.05.1991;+380671112233;markiyana.zr@example.org;вул. Примарна, 7;сестра Зразкова\n\
         06.03.2026;Гурток;Зразкова Маркіяна;ж;;;;;\n\
         06.03.2026;Гурток;Зразкова М.Н.;;;067 111 22 33;;;\n\
         31.02.2026;Гурток;Зразкова Маркіяна Назарівна;ж;17.05.1991;;;;\n\
         07.03.2026;Зразкова Маркіяна;Zrazkova Markiyana;ж;17.05.2030;;;;\n\
         08.03.2026;Гурток;Зразкова Маркіяна Назарівна;ч;17.05.1890;;;;\n",
    );
    write(
        root,
        "raw/registry.csv",
        "Код;ПІБ;Дата народження;Телефон\nЗМ-777;Зразкова Маркіяна Назарівна;17.05.1991;0671112233\n",
    );
    write(
        root,
        "raw/broken.csv",
        "Зразкова Маркіяна Назарівна;17.05.1991\n???;0671112233\n",
    );
    register(&root.join("raw/register.xlsx"));
    write(
        root,
        "decisions.csv",
        "file_a,sheet_a,row_a,file_b,sheet_b,row_b,decision,by,date,reason\n\
         raw/list.csv,,2,raw/list.csv,,3,same,Маркіяна Зразкова,2026-03-10,Зразкова Маркіяна сама сказала\n",
    );
    folder
}

/// A register with marked people in rows, headings, a comment, properties and a hidden sheet.
fn register(path: &Path) {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_author("Зразкова Маркіяна"));
    let sheet = workbook.add_worksheet();
    let rows = [
        ["Група Зразкової Маркіяни", "", "", ""],
        ["ПІБ", "Телефон", "05.04.2026", "12.04.2026"],
        ["Зразкова Маркіяна Назарівна", "0671112233", "+", "Зразкова"],
        ["Інша Олена Петрівна", "", "+", "+"],
        ["Ще Одна Ірина", "", "так Маркіяна", ""],
        ["Підпис: Зразкова М.Н.", "", "", ""],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).expect("written");
        }
    }
    sheet
        .insert_note(2, 2, &Note::new("Маркіяна прийшла пізніше, 0671112233"))
        .expect("a note");
    let hidden = workbook.add_worksheet();
    hidden.set_hidden(true);
    hidden.write(0, 0, "Зразкова Маркіяна, Примарна 7").expect("written");
    workbook.save(path).expect("saved");
}

/// The marks that a text holds.
fn met(text: &str) -> Vec<&'static str> {
    let text = text.to_lowercase();
    MARKS
        .into_iter()
        .filter(|mark| text.contains(&mark.to_lowercase()))
        .collect()
}

/// Every file below a folder.
fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            below(&entry.path(), found);
        } else {
            found.push(entry.path());
        }
    }
}

/// What a file says: every part of a workbook, or its text.
fn texts(path: &Path) -> Vec<String> {
    let bytes = fs::read(path).expect("read");
    let parts = if bytes.starts_with(b"PK") {
        archive::parts(&bytes)
    } else {
        vec![bytes]
    };
    parts
        .iter()
        .map(|part| String::from_utf8_lossy(part).into_owned())
        .collect()
}

#[test]
fn nobody_is_named_outside_private() {
    let project = project();
    let root = project.path().to_str().expect("a path");
    let out = project.path().join("out");
    let out = out.to_str().expect("a path");
    let list = project.path().join("raw/list.csv");
    let calls: Vec<Vec<&str>> = vec![
        vec!["check", root],
        vec!["check", root, "--json"],
        vec![
            "run",
            root,
            "--out",
            out,
            "--format",
            FORMATS,
            "--evidence",
            "--verbose",
        ],
        vec!["run", root, "--out", out, "--format", FORMATS, "--lang", "uk", "--json"],
        vec!["run", root, "--out", out, "--format", FORMATS, "--private"],
        vec!["audit-pack", root, "--out", out],
        vec!["audit-pack", root, "--lang", "uk", "--sample", "500"],
        vec!["trace", root, "1"],
        vec!["trace", root, "1", "--json"],
        vec!["trace", root, "--row", "list.csv:2"],
        vec!["trace", root, "--row", "list.csv:5"],
        vec!["publish", root, "--period", "2026-03", "--date", "2026-04-05"],
        vec!["verify", out, "--project", root],
        vec!["verify", out, "--project", root, "--json"],
        vec!["review", root, "--export"],
        vec!["convert", root, "--out", out],
        vec!["inspect", list.to_str().expect("a path")],
        vec!["inspect", list.to_str().expect("a path"), "--json"],
    ];
    let mut named: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for call in &calls {
        let output = tallyframe(call);
        assert_ne!(
            output.status.code(),
            Some(2),
            "{call:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        for stream in [&output.stdout, &output.stderr] {
            let text = String::from_utf8_lossy(stream).into_owned();
            for mark in met(&text) {
                let line = text.lines().find(|line| met(line).contains(&mark)).unwrap_or_default();
                named.entry(format!("{call:?}: {line}")).or_default().push(mark);
            }
        }
        let mut files = Vec::new();
        below(project.path(), &mut files);
        for file in files {
            let name = file
                .strip_prefix(project.path())
                .expect("below")
                .to_string_lossy()
                .into_owned();
            let own =
                name.starts_with("raw/") || name == "decisions.csv" || name.split('/').any(|part| part == "private");
            for text in texts(&file).iter().filter(|_| !own) {
                for mark in met(text) {
                    named.entry(format!("{call:?} wrote {name}")).or_default().push(mark);
                }
            }
            assert!(met(&name).is_empty(), "{name}");
        }
    }
    assert!(named.is_empty(), "{named:#?}");
}

/// What tells one of a sample's people: name and surname beside each other, a long number, a code.
#[derive(Default)]
struct Told {
    names: BTreeSet<(String, String)>,
    numbers: BTreeSet<String>,
}

impl Told {
    /// Everybody whom `private/people.csv` of a report names, and what the raw rows hold beside.
    fn of(people: &[BTreeMap<String, String>]) -> Self {
        let mut told = Self::default();
        for row in people {
            let words = words(&row["as_written"]);
            told.names.extend(pairs(&words));
            told.numbers.extend(numbers(&row["as_written"]));
        }
        told
    }

    fn met(&self, text: &str) -> Vec<String> {
        let words = words(text);
        let named = pairs(&words).filter(|pair| self.names.contains(pair));
        let named = named.map(|(one, other)| format!("{one} {other}"));
        let numbered = numbers(text).into_iter().filter(|number| self.numbers.contains(number));
        named.chain(numbered).take(5).collect()
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphabetic() && !matches!(letter, '\'' | '’' | '-'));
    words
        .filter(|word| word.chars().count() > 2)
        .map(str::to_lowercase)
        .collect()
}

fn pairs(words: &[String]) -> impl Iterator<Item = (String, String)> + '_ {
    words.windows(2).map(|pair| (pair[0].clone(), pair[1].clone()))
}

/// Numbers as long as a telephone's.
fn numbers(text: &str) -> Vec<String> {
    let runs = text.split(|letter: char| !letter.is_ascii_digit());
    runs.filter(|run| run.len() > 8).map(str::to_owned).collect()
}

#[test]
fn nobody_of_the_samples_is_named_outside_private() {
    for entry in fs::read_dir(repository("samples")).expect("samples") {
        let sample = entry.expect("a sample").file_name().to_string_lossy().into_owned();
        let langs: &[&str] = if sample == "balakliya" { &["uk", "en"] } else { &["uk"] };
        for lang in langs {
            let project = copy_of(&sample);
            let args = ["--lang", lang, "--format", FORMATS, "--evidence", "--private"];
            let run = Run::at(project.path(), &args);
            let told = Told::of(&run.csv("private/people.csv"));
            assert!(told.names.len() > 50, "{sample}: {}", told.names.len());
            let mut files = Vec::new();
            below(&run.report(), &mut files);
            let own = |file: &Path| file.components().any(|part| part.as_os_str() == "private");
            let files: Vec<_> = files.into_iter().filter(|file| !own(file)).collect();
            assert!(files.len() > 13, "{files:?}");
            for file in files {
                for text in texts(&file) {
                    let met = told.met(&text);
                    assert!(met.is_empty(), "{sample} {lang}: {} tells {met:?}", file.display());
                }
            }
            let streams = [&run.output.stdout, &run.output.stderr];
            for stream in streams {
                let met = told.met(&String::from_utf8_lossy(stream));
                assert!(met.is_empty(), "{sample} {lang}: {met:?}");
            }
        }
    }
}
