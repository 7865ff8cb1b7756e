//! Periods that are published: what comes out different later, by cause, and the published report again byte for byte.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::Datelike as _;
use support::{Table, csv_rows, edit, number, repository, tallyframe};
use tallyframe::ingest::table::{Cell, SheetRow};
use tallyframe::ingest::workbook;

const MONTHS: [&str; 12] = [
    "Січень",
    "Лютий",
    "Березень",
    "Квітень",
    "Травень",
    "Червень",
    "Липень",
    "Серпень",
    "Вересень",
    "Жовтень",
    "Листопад",
    "Грудень",
];
const EDUCATION: &str = "raw/Освітні послуги 2026.csv";
/// A signed list of March that the site sends in May.
const LATE_LIST: &str = "захід_026_13.03.2026.ods";
const CAUSES: [&str; 10] = [
    "tool",
    "corrected",
    "corrected_or_tool",
    "late",
    "split_by_rows",
    "merged_by_rows",
    "split_by_decision",
    "merged_by_decision",
    "definitions",
    "untold",
];

/// A copy of Balakliya whose raw files arrive month by month.
struct Site {
    folder: tempfile::TempDir,
    sample: PathBuf,
}

impl Site {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let sample = repository("samples/balakliya");
        let site = Self { folder, sample };
        for name in ["project.toml", "indicators"] {
            copied(&site.sample.join(name), &site.at(name));
        }
        fs::create_dir_all(site.at("raw/Дозвілля")).expect("a folder");
        fs::create_dir_all(site.at("raw/Підписні листи")).expect("a folder");
        for name in ["Реєстр клієнтів.xlsx", "рішення_дублікати.xlsx"] {
            copied(&site.sample.join("raw").join(name), &site.at("raw").join(name));
        }
        site
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn shown(&self) -> String {
        self.folder.path().to_string_lossy().into_owned()
    }

    /// What the site has sent by the end of a month.
    fn arrive(&self, month: u32) {
        let raw = self.sample.join("raw");
        let files = |folder: &str| fs::read_dir(raw.join(folder)).expect("a folder").flatten();
        for entry in files("Дозвілля") {
            let name = entry.file_name().to_string_lossy().into_owned();
            let of = (1..=12)
                .find(|of| name.contains(&format!("_{of:02}_2026")))
                .unwrap_or(5);
            if of <= month {
                copied(&entry.path(), &self.at("raw/Дозвілля").join(&name));
            }
        }
        for entry in files("Підписні листи") {
            let name = entry.file_name().to_string_lossy().into_owned();
            let of: u32 = name[name.len() - 11..name.len() - 9].parse().expect("a month");
            if of <= month && (name != LATE_LIST || month >= 5) {
                copied(&entry.path(), &self.at("raw/Підписні листи").join(&name));
            }
        }
        for name in [
            "Групові консультації 2026.xlsx",
            "Журнал профілактичних заходів.xlsx",
            "Індивідуальні консультації.xlsx",
        ] {
            let mut book = workbook::open(&raw.join(name)).expect("a workbook");
            let later = |name: &str| MONTHS.iter().skip(month as usize).any(|later| name.contains(later));
            book.sheets.retain(|sheet| !later(&sheet.name));
            for sheet in &mut book.sheets {
                sheet.rows.retain(|row| is_by(row, month));
            }
            fs::write(self.at("raw").join(name), support::write::xlsx(&book)).expect("written");
        }
        // Two rows of March come in April, the others with their month.
        let bytes = fs::read(self.sample.join(EDUCATION)).expect("a list");
        let text = encoding_rs::WINDOWS_1251.decode(&bytes).0;
        let mut held = 0;
        let lines: Vec<&str> = text
            .split("\r\n")
            .filter(|line| {
                let of = line.get(3..5).and_then(|of| of.parse::<u32>().ok());
                held += u32::from(of == Some(3));
                let late = of == Some(3) && held <= 2;
                of.is_none_or(|of| of <= month) && (!late || month >= 4)
            })
            .collect();
        self.write_education(&lines.join("\r\n"));
    }

    fn education(&self) -> String {
        let bytes = fs::read(self.at(EDUCATION)).expect("a list");
        encoding_rs::WINDOWS_1251.decode(&bytes).0.into_owned()
    }

    fn write_education(&self, text: &str) {
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        fs::write(self.at(EDUCATION), bytes).expect("written");
    }

    /// Calls a command on the project; the answer, and what went beside it.
    fn call(&self, args: &[&str]) -> (Option<i32>, String) {
        let project = self.shown();
        let (command, rest) = args.split_first().expect("a command");
        let mut all = vec![*command, &project];
        all.extend(rest);
        let output = tallyframe(&all);
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    }

    fn publish(&self, month: u32) -> String {
        let (label, date) = (label(month), format!("2026-{:02}-05", month + 1));
        let (code, said) = self.call(&["publish", "--period", &label, "--date", &date, "--by", "M&E"]);
        assert_eq!(code, Some(0), "{said}");
        said
    }

    /// Runs a month and gives its restatements, which must add up.
    fn restatements(&self, label: &str) -> Table {
        let (code, said) = self.call(&["run", "--period", label]);
        assert_eq!(code, Some(0), "{said}");
        let report = self.at("reports").join(label);
        let table = csv_rows(&fs::read(report.join("restatements.csv")).expect("restatements"));
        assert_eq!(said.contains("different now"), !table.is_empty(), "{said}");
        table.iter().for_each(adds_up);
        table
    }
}

fn label(month: u32) -> String {
    format!("2026-{month:02}")
}

fn copied(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder").flatten() {
            copied(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::copy(from, to).expect("a copy");
    }
}

/// Whether a row of a log is dated no later than a month of 2026; rows without a date are.
fn is_by(row: &SheetRow, month: u32) -> bool {
    let dated = row.cells.iter().find_map(|(_, cell)| match cell {
        Cell::DateTime { at, .. } if at.year() == 2026 => Some(at.month()),
        Cell::Text(text) => {
            let day = chrono::NaiveDate::parse_from_str(text.trim(), "%d.%m.%Y").ok()?;
            (day.year() == 2026).then(|| day.month())
        }
        _ => None,
    });
    dated.is_none_or(|of| of <= month)
}

/// Causes add up to the difference, in decimals and not nearly.
fn adds_up(row: &BTreeMap<String, String>) {
    // Whole thousandths are added without rounding.
    let thousandths = |text: &str| number(text).map(|value| (value * 1000.0).round());
    let Some(difference) = thousandths(&row["difference"]) else {
        return;
    };
    let parts = CAUSES.iter().filter_map(|cause| thousandths(&row[*cause]));
    assert!((parts.sum::<f64>() - difference).abs() < 0.5, "{row:?}");
    let ends = thousandths(&row["now"]).zip(thousandths(&row["published"]));
    let apart = ends.map(|(now, published)| now - published - difference);
    assert!(apart.is_some_and(|apart| apart.abs() < 0.5), "{row:?}");
    assert!(row["untold"].is_empty() && row["tool"].is_empty(), "{row:?}");
}

/// The restatement of a figure as a whole.
fn of<'t>(table: &'t Table, publication: &str, code: &str, scope: &str) -> Option<&'t BTreeMap<String, String>> {
    table.iter().find(|row| {
        row["published_as"] == publication
            && row["code"] == code
            && row["scope"] == scope
            && row["disaggregation"].is_empty()
            && row["period"] == publication
    })
}

fn part(table: &Table, publication: &str, code: &str, cause: &str) -> Option<f64> {
    of(table, publication, code, "period").and_then(|row| number(&row[cause]))
}

/// Everything that a publication says of its report is what the rebuilt one holds.
fn is_rebuilt(site: &Site, name: &str, again: &Path) {
    let published = site.at("published").join(name);
    let frozen: serde_json::Value =
        serde_json::from_slice(&fs::read(published.join("frozen.json")).expect("frozen")).expect("JSON");
    let files = frozen["report"].as_object().expect("files");
    assert!(files.len() >= 9, "{files:?}");
    for file in files.keys() {
        let same = fs::read(published.join(file)).expect("published") == fs::read(again.join(file)).expect("rebuilt");
        assert!(same, "{name}: {file} is not the same");
    }
}

/// Two people of March who stand in the list of education and nowhere else, by row and name.
fn two_strangers(site: &Site) -> [(String, String); 2] {
    let (code, said) = site.call(&["run", "--period", "2026-03", "--private"]);
    assert_eq!(code, Some(0), "{said}");
    let people = csv_rows(&fs::read(site.at("reports/2026-03/private/people.csv")).expect("people"));
    let education = site.education();
    let march: Vec<usize> = (1..)
        .zip(education.split("\r\n"))
        .filter(|(_, line)| line.get(2..6) == Some(".03."))
        .map(|(row, _)| row)
        .collect();
    let mut mentions: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &people {
        *mentions.entry(&row["person"]).or_default() += 1;
    }
    let alone = people.iter().filter(|row| {
        let stands = row["file"] == EDUCATION && march.contains(&row["row"].parse().unwrap_or(0));
        stands && mentions[row["person"].as_str()] == 1
    });
    let found: Vec<(String, String)> = alone
        .map(|row| (row["row"].clone(), row["as_written"].clone()))
        .collect();
    [found[0].clone(), found[1].clone()]
}

fn merge(site: &Site) {
    let [(row_a, a), (row_b, b)] = two_strangers(site);
    let head = "file_a,sheet_a,row_a,name_a,file_b,sheet_b,row_b,name_b,decision,by,date,reason\n";
    let line = format!("{EDUCATION},,{row_a},{a},{EDUCATION},,{row_b},{b},same,O. K.,2026-07-06,one passport\n");
    fs::write(site.at("decisions.csv"), format!("{head}{line}")).expect("written");
}

#[test]
fn six_months_arrive_and_what_comes_late_restates_what_was_published() {
    let site = Site::new();
    let old = site.at("old");
    let mut late = None;
    for month in 1..=6 {
        site.arrive(month);
        if month > 1 {
            let table = site.restatements(&label(month));
            let people = part(&table, "2026-03", "B2", "late");
            match month {
                4 => {
                    assert_eq!(part(&table, "2026-03", "E2", "late"), Some(2.0), "{table:?}");
                    late = people;
                }
                5 => assert!(people > late, "the people of the list come late: {people:?}, {late:?}"),
                _ => {}
            }
        }
        site.publish(month);
        copied(&site.at("raw"), &old.join(month.to_string()));
    }

    // A row of February is corrected: it was a day of March.
    let text = site.education();
    let wrong = text
        .split("\r\n")
        .find(|line| line.get(2..6) == Some(".02."))
        .expect("a row of February");
    site.write_education(&text.replacen(wrong, &wrong.replacen(".02.", ".03.", 1), 1));
    let table = site.restatements("2026-06");
    assert_eq!(part(&table, "2026-02", "E2", "corrected"), Some(-1.0));
    site.write_education(&text);

    // Officers decide that two people of March are one.
    let unique = |table: &Table| part(table, "2026-03", "B2", "merged_by_decision");
    assert_eq!(unique(&site.restatements("2026-06")), None);
    merge(&site);
    let table = site.restatements("2026-06");
    assert_eq!(
        unique(&table),
        Some(-1.0),
        "{:?}",
        of(&table, "2026-03", "B2", "period")
    );
    assert!(
        table.iter().any(|row| row["published_as"] == "2026-06"),
        "later figures to date as well"
    );

    // A definition counts something else, and a target is another one.
    edit(&site.at("indicators/2-services.toml"), |text| {
        text.replacen(
            "where = { activity = \"recreation\" }",
            "where = { activity = [\"recreation\", \"education\"] }",
            2,
        )
    });
    edit(&site.at("indicators/1-beneficiaries.toml"), |text| {
        text.replace("target = 1000\n", "target = 1100\n")
    });
    let table = site.restatements("2026-06");
    assert!(part(&table, "2026-03", "R2", "definitions").is_some_and(|change| change > 30.0));
    assert_eq!(unique(&table), Some(-1.0));
    let verified = tallyframe(&["verify", &site.at("reports/2026-06").to_string_lossy()]);
    assert!(
        verified.status.success(),
        "{}",
        String::from_utf8_lossy(&verified.stdout)
    );
    tells_changes(&site);

    every_month_is_rebuilt(&site, &old);
}

/// The workbooks and the page tell restatements and changed definitions, in both languages.
fn tells_changes(site: &Site) {
    for (lang, sheets, words) in [
        (
            "en",
            ["Restatements", "Changes"],
            ["target of the project", "definitions"],
        ),
        ("uk", ["Перерахунки", "Зміни"], ["ціль проєкту", "визначення"]),
    ] {
        let (code, said) = site.call(&["run", "--period", "2026-06", "--lang", lang, "--format", "iptt"]);
        assert_eq!(code, Some(0), "{said}");
        let report = site.at("reports/2026-06");
        let texts = |name: &str, sheet: &str| {
            let book = workbook::open(&report.join(name)).expect("a workbook");
            let sheet = book
                .sheets
                .into_iter()
                .find(|one| one.name == sheet)
                .expect("the sheet");
            let cells = sheet.rows.into_iter().flat_map(|row| row.cells);
            let shown: Vec<String> = cells.map(|(_, cell)| support::write::shown(&cell)).collect();
            shown.join("\n")
        };
        assert!(texts("report.xlsx", sheets[0]).contains(words[1]));
        let changes = texts("report.xlsx", sheets[1]);
        assert!(changes.contains(words[0]) && changes.contains("B2"), "{changes}");
        let log = texts("donor/iptt.xlsx", "Change log");
        assert!(log.contains(words[0]) && log.contains(words[1]), "{log}");
        let page = fs::read_to_string(report.join("report.html")).expect("the page");
        assert!(sheets.iter().all(|sheet| page.contains(sheet)) && page.contains(words[0]));
    }
    let (code, said) = site.call(&["publish", "--period", "2026-Q2", "--date", "2026-07-08"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("B2 target of the project, since 2026-06: 1,000 → 1,100"),
        "{said}"
    );
}

fn every_month_is_rebuilt(site: &Site, old: &Path) {
    let (code, said) = site.call(&["run", "--as-published", "2026-03"]);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains(&format!("{EDUCATION} was changed")), "{said}");
    // The files of then come back under other names, among newer ones.
    for month in 1..=6 {
        let from = old.join(month.to_string());
        for (at, name) in ["Групові консультації 2026.xlsx", "Журнал профілактичних заходів.xlsx"]
            .into_iter()
            .chain(["Індивідуальні консультації.xlsx", "Освітні послуги 2026.csv"])
            .enumerate()
        {
            copied(&from.join(name), &site.at("raw").join(format!("then {month} {at}")));
        }
    }
    let list = site.at("raw/Підписні листи/захід_001_06.01.2026.ods");
    fs::rename(&list, site.at("raw/Підписні листи/перейменовано.ods")).expect("renamed");
    let again = site.at("again");
    for month in 1..=6 {
        let (code, said) = site.call(&[
            "run",
            "--as-published",
            &label(month),
            "--out",
            &again.to_string_lossy(),
        ]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("byte for byte"), "{said}");
        is_rebuilt(site, &label(month), &again);
    }
}

/// A project of one month, published.
fn published() -> Site {
    let site = Site::new();
    site.arrive(1);
    site.publish(1);
    site
}

#[test]
fn a_period_is_published_once_and_again_only_beside_it() {
    let site = published();
    let frozen = fs::read(site.at("published/2026-01/frozen.json")).expect("frozen");
    let (code, said) = site.call(&["publish", "--period", "2026-01"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("was published on 2026-02-05") && said.contains("--again"),
        "{said}"
    );
    let (code, said) = site.call(&["publish", "--period", "2026-01", "--again", "--date", "2026-02-09"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(
        fs::read(site.at("published/2026-01/frozen.json")).expect("frozen"),
        frozen
    );
    assert!(site.at("published/2026-01-r2/frozen.json").exists());
    let (code, said) = site.call(&["publish", "--period", "all"]);
    assert_eq!(code, Some(2), "{said}");
}

#[test]
fn verify_says_first_whether_what_was_published_stands() {
    let site = published();
    let kept = site.education();
    let folder = site.at("published/2026-01").to_string_lossy().into_owned();
    let verified = || {
        let output = tallyframe(&["verify", &folder]);
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    };
    let (code, said) = verified();
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("stands"), "{said}");
    // One more row of the period: the report of today is another, that of then can't be made from what is there.
    let line = kept
        .split("\r\n")
        .nth(3)
        .expect("a row")
        .replacen("06.01.2026", "07.01.2026", 1);
    site.write_education(&format!("{}\r\n{line}\r\n", kept.trim_end()));
    let (code, said) = verified();
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("can't be told: ") && said.contains(&format!("{EDUCATION} was changed")),
        "{said}"
    );
    // With a copy of the file of then beside it, what was published follows still.
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(&kept);
    fs::write(site.at("raw/as it was.csv"), bytes).expect("written");
    let (code, said) = verified();
    assert_eq!(code, Some(1), "{said}");
    let at = |words: &str| said.find(words).unwrap_or_else(|| panic!("{words}: {said}"));
    assert!(
        at("What was published stands") < at("cause: ") && at("cause: ") < at(": published "),
        "{said}"
    );
    assert!(said.contains("B2 2026-01, to date: 135 (135 to "), "{said}");
}

#[test]
fn what_is_published_names_nobody() {
    let site = published();
    let people: Vec<String> = site
        .education()
        .split("\r\n")
        .skip(1)
        .filter_map(|line| line.split(';').nth(4).map(str::to_owned))
        .filter(|name| name.split_whitespace().count() == 3)
        .collect();
    assert!(people.len() > 20);
    for name in [
        "frozen.json",
        "manifest.json",
        "findings.csv",
        "report.html",
        "private/rows.csv",
        "private/decided.csv",
    ] {
        let text = fs::read_to_string(site.at("published/2026-01").join(name)).expect("text");
        assert!(!people.iter().any(|person| text.contains(person)), "{name}");
    }
}

#[test]
fn a_damaged_publication_is_said_and_the_report_is_written_all_the_same() {
    let site = published();
    let folder = site.at("published/2026-01");
    let whole = fs::read_to_string(folder.join("frozen.json")).expect("frozen");
    let rows = fs::read_to_string(folder.join("private/rows.csv")).expect("rows");
    let run = || {
        let _ = fs::remove_dir_all(site.at("reports"));
        let (code, said) = site.call(&["run", "--period", "2026-01"]);
        assert!(site.at("reports/2026-01/report.xlsx").exists(), "{said}");
        (code, said)
    };
    assert_eq!(run().0, Some(0));
    let damages: [(&str, String, &str); 5] = [
        ("cut off", whole[..whole.len() / 2].to_owned(), "can't be understood"),
        ("no text", String::new(), "can't be understood"),
        (
            "a figure",
            whole.replacen("\"value\": 1", "\"value\": 2", 1),
            "changed after it was published",
        ),
        (
            "an author",
            whole.replacen("M&E", "X", 1),
            "changed after it was published",
        ),
        (
            "a newer one",
            whole.replacen("\"schema_version\": 1", "\"schema_version\": 9", 1),
            "newer than this one",
        ),
    ];
    for (what, text, said_so) in damages {
        assert_ne!(text, whole, "{what}");
        fs::write(folder.join("frozen.json"), text).expect("written");
        let (code, said) = run();
        assert_eq!(code, Some(1), "{what}: {said}");
        assert!(
            said.contains(said_so) && said.contains("2026-01/frozen.json"),
            "{what}: {said}"
        );
        let (code, said) = site.call(&["run", "--as-published", "2026-01"]);
        assert_eq!(code, Some(3), "{what}: {said}");
    }
    fs::remove_file(folder.join("frozen.json")).expect("removed");
    assert!(run().1.contains("frozen.json is missing"));
    fs::write(folder.join("frozen.json"), whole).expect("written");

    // Figures can be compared without the rows, but not explained.
    fs::write(folder.join("private/rows.csv"), rows.replacen(",1,", ",2,", 1)).expect("written");
    site.write_education(&site.education().replacen("06.01.2026", "07.02.2026", 1));
    let (code, said) = run();
    assert_eq!(code, Some(1), "{said}");
    assert!(
        said.contains("rows.csv was changed") && said.contains("cause not known"),
        "{said}"
    );
    fs::write(folder.join("private/rows.csv"), rows).expect("written");
    assert!(run().1.contains("corrected rows −1"));
    fs::remove_file(folder.join("definitions/project.toml")).expect("removed");
    let (code, said) = site.call(&["run", "--as-published", "2026-01"]);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("definitions/project.toml is missing"), "{said}");
}
