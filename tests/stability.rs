//! Next month's file never silently regroups last month's people.

mod support;

use std::fs;
use std::path::Path;

use support::tallyframe;

const PROJECT: &str = "[project]\ncode = \"small\"\nname = \"Small\"\nstart = 2026-01-01\nend = 2026-12-31\n\n[[activity]]\ncode = \"art\"\n\
    name = \"Art\"\n\n[[source]]\nfiles = \"raw/*.csv\"\nactivity = \"art\"\n\n[[indicator]]\ncode = \"1\"\nuse = \"unique-reach\"\n";
const HEADER: &str = "Дата;Назва заходу;ПІБ;Дата народження;Телефон\n";
const DECISIONS: &str = "file_a,sheet_a,row_a,file_b,sheet_b,row_b,decision,by,date,reason\n";

/// January's list: the first and the last row may be one woman, and nothing says so yet.
const JANUARY: &str = "05.01.2026;Гурток;Шевчук Христина Олегівна;;0950764565\n\
    05.01.2026;Гурток;Коваль Ольга Іванівна;12.04.1980;0671112233\n\
    06.01.2026;Гурток;Мороз Христина Олегівна;04.05.1990;0509998877\n";

struct Project(tempfile::TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().expect("a folder"));
        project.write("project.toml", PROJECT);
        project.list("січень", JANUARY);
        project
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn list(&self, name: &str, rows: &str) {
        self.write(&format!("raw/{name}.csv"), &format!("{HEADER}{rows}"));
    }

    /// Runs one month in place; what it said beside the answer.
    fn run(&self, period: &str, args: &[&str]) -> (String, String) {
        let path = self.0.path().to_str().expect("UTF-8");
        let output = tallyframe(&[&["run", path, "--period", period], args].concat());
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{}", text(&output.stderr));
        (text(&output.stdout), text(&output.stderr))
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.path().join(name)).expect("a file of the report")
    }
}

fn is_silent(said: &str) -> bool {
    !said.contains("make other persons")
}

#[test]
fn a_row_that_joins_two_persons_of_last_month_is_told() {
    let project = Project::new();
    assert!(
        is_silent(&project.run("2026-01", &[]).1),
        "there is nothing to compare with"
    );
    project.list(
        "лютий",
        "03.02.2026;Гурток;Мороз (Шевчук) Христина Олегівна;04.05.1990;0950764565\n",
    );
    let (_, said) = project.run("2026-02", &[]);
    assert!(said.contains("Since the report of 2026-01"), "{said}");
    assert!(said.contains("1 joined, 0 parted"), "{said}");
    let line = said
        .lines()
        .find(|line| line.contains("several persons then"))
        .expect("the change");
    for place in ["січень.csv › C2", "січень.csv › C4", "new row raw/лютий.csv › C2"] {
        assert!(line.contains(place), "{line}");
    }
    assert!(!said.contains("Христина"), "a place says enough: {said}");
    let (_, again) = project.run("2026-02", &[]);
    assert!(is_silent(&again), "told once: {again}");
    let (_, ukrainian) = project.run("2026-01", &["--lang", "uk"]);
    assert!(
        ukrainian.contains("об'єднано: 1"),
        "the old report of January is what is replaced: {ukrainian}"
    );
}

#[test]
fn a_file_of_strangers_and_a_renamed_file_say_nothing() {
    let project = Project::new();
    project.run("2026-01", &[]);
    project.list(
        "лютий",
        "03.02.2026;Гурток;Гнатюк Інна Петрівна;01.01.1991;0631112200\n",
    );
    let raw = project.0.path().join("raw");
    fs::rename(raw.join("січень.csv"), raw.join("яко січень.csv")).expect("renamed");
    let (_, said) = project.run("2026-02", &[]);
    assert!(is_silent(&said), "{said}");
}

#[test]
fn the_same_file_under_another_name_regroups_nobody_and_counts_nobody() {
    let project = Project::new();
    project.list(
        "лютий",
        "03.02.2026;Гурток;Мороз Христина;;\n03.02.2026;Гурток;Шевчук Х.О.;;\n",
    );
    project.run("2026-02", &[]);
    let figures = project.read("reports/2026-02/indicators.csv");
    let raw = project.0.path().join("raw");
    fs::copy(raw.join("лютий.csv"), raw.join("лютий (копія).csv")).expect("copied");
    fs::copy(raw.join("січень.csv"), raw.join("архів.csv")).expect("copied");
    let (_, said) = project.run("2026-02", &[]);
    assert!(is_silent(&said), "{said}");
    assert_eq!(project.read("reports/2026-02/indicators.csv"), figures);
}

#[test]
fn decisions_and_lost_rows_are_causes_and_programs_get_them_all() {
    let project = Project::new();
    project.run("2026-01", &[]);
    project.write(
        "decisions.csv",
        &format!("{DECISIONS}січень.csv,,2,січень.csv,,4,same,Officer,2027-01-05,married\n"),
    );
    let (document, said) = project.run("2026-01", &["--json"]);
    assert!(said.contains("decided in decisions.csv › 2"), "{said}");
    let document: serde_json::Value = serde_json::from_str(&document).expect("one document");
    let change = &document["regrouped"]["changes"][0];
    assert_eq!(
        (change["turn"].as_str(), change["cause"].as_str()),
        (Some("joined"), Some("decision"))
    );
    fs::remove_file(project.0.path().join("decisions.csv")).expect("removed");
    let (_, said) = project.run("2026-01", &[]);
    assert!(
        said.contains("0 joined, 1 parted") && said.contains("a decision was taken back"),
        "{said}"
    );

    project.list(
        "лютий",
        "03.02.2026;Гурток;Мороз (Шевчук) Христина Олегівна;04.05.1990;0950764565\n",
    );
    project.run("2026-02", &[]);
    fs::remove_file(project.0.path().join("raw/лютий.csv")).expect("removed");
    let (_, said) = project.run("2026-02", &[]);
    assert!(said.contains("a row that joined them is gone"), "{said}");
}

#[test]
fn a_person_split_by_a_decision_is_told_as_parted() {
    let project = Project::new();
    project.list(
        "лютий",
        "03.02.2026;Гурток;Коваль Ольга Іванівна;12.04.1980;0671112233\n",
    );
    project.run("2026-02", &[]);
    project.write(
        "decisions.csv",
        &format!("{DECISIONS}січень.csv,,3,лютий.csv,,2,different,Officer,2027-01-05,sisters\n"),
    );
    let (_, said) = project.run("2026-02", &[]);
    assert!(
        said.contains("one person then, several now") && said.contains("decided in decisions.csv"),
        "{said}"
    );
}

#[test]
fn the_manifest_names_nobody_and_old_manifests_are_still_verified() {
    let project = Project::new();
    project.run("2026-01", &[]);
    let report = project.0.path().join("reports/2026-01");
    let manifest = project.read("reports/2026-01/manifest.json");
    assert!(manifest.contains("\"2-4:1\""), "{manifest}");
    assert!(!manifest.contains("Христина") && !manifest.contains("0950764565"));
    let passes = |report: &Path| {
        tallyframe(&["verify", report.to_str().expect("UTF-8")])
            .status
            .success()
    };
    assert!(passes(&report));
    let mut older: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    for file in older["files"].as_array_mut().expect("files") {
        file.as_object_mut().expect("a file").remove("persons");
    }
    // Nor had older reports a page, or a manifest that tells its own fingerprint and theirs.
    for key in ["seal", "outputs"] {
        older.as_object_mut().expect("a manifest").remove(key);
    }
    std::fs::remove_file(report.join("report.html")).expect("the page");
    project.write("reports/2026-01/manifest.json", &older.to_string());
    assert!(passes(&report));
    project.write(
        "decisions.csv",
        &format!("{DECISIONS}січень.csv,,2,січень.csv,,4,same,Officer,2027-01-05,married\n"),
    );
    assert!(
        is_silent(&project.run("2026-01", &[]).1),
        "that manifest does not tell its persons"
    );
}
