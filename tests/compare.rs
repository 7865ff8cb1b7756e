//! Two runs side by side: what changed, and which rows and people did it.

mod support;

use support::{Run, repository, tallyframe};

fn compared(args: &[&str]) -> serde_json::Value {
    let output = tallyframe(args);
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn printed(args: &[&str]) -> String {
    let output = tallyframe(args);
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn a_mark_taken_away_is_the_row_that_did_it() {
    let sample = repository("samples/balakliya");
    let changed = support::copy_of("balakliya");
    let register = changed.path().join("raw/Групові консультації 2026.xlsx");
    support::archive::edit_part(&register, "xl/worksheets/sheet1.xml", |xml| {
        support::archive::blank_cell(&xml, "F8")
    });
    let (a, b) = (sample.join("raw"), changed.path().join("raw"));
    let [project, a, b] = [&sample, &a, &b].map(|path| path.to_str().expect("UTF-8"));
    let document = compared(&["compare", a, b, "--project", project, "--json"]);
    let differing = document["changes"].as_array().expect("changes");
    let total = |code: &str| {
        let is_it = |change: &&serde_json::Value| {
            change["code"] == *code
                && change["period_b"] == "2026"
                && change["scope"] == "period"
                && change["category"] == ""
        };
        differing
            .iter()
            .find(is_it)
            .unwrap_or_else(|| panic!("{code}: {document:#}"))
    };
    let group = total("G2");
    assert_eq!((group["a"].as_f64(), group["b"].as_f64()), (Some(1159.0), Some(1158.0)));
    let what = group["what"].as_array().expect("what did it");
    assert_eq!(what.len(), 1, "{group:#}");
    assert_eq!(what[0]["change"], "gone");
    assert!(
        what[0]["place_a"].as_str().is_some_and(|place| place.ends_with("F8")),
        "{group:#}"
    );
    assert!(
        document["causes"][0]
            .as_str()
            .is_some_and(|cause| cause.contains("Групові консультації 2026.xlsx"))
    );
    let said = printed(&["compare", a, b, "--project", project]);
    assert!(
        said.contains("F8") && said.contains("-1") || said.contains("−1"),
        "{said}"
    );
    assert!(
        said.lines()
            .all(|line| line.chars().count() <= 90 || line.starts_with("Next:")),
        "{said}"
    );
}

#[test]
fn nothing_differs_between_a_folder_and_itself() {
    let sample = repository("samples/mothers");
    let [project, raw] = [sample.clone(), sample.join("raw")].map(|path| path.to_str().expect("UTF-8").to_owned());
    let said = printed(&["compare", &raw, &raw, "--project", &project]);
    assert!(said.starts_with("Nothing differs"), "{said}");
}

#[test]
fn of_two_periods_the_people_are_told() {
    let sample = repository("samples/balakliya");
    let project = sample.to_str().expect("UTF-8");
    let document = compared(&["compare", "2026-02", "2026-03", "--project", project, "--json"]);
    let changes = document["changes"].as_array().expect("changes");
    let people = changes
        .iter()
        .find(|change| change["code"] == "B2" && change["scope"] == "period" && change["disaggregation"] == "");
    let people = people.expect("the people of two months");
    let what = people["what"].as_array().expect("who");
    let count = |kind: &str| what.iter().filter(|one| one["change"] == *kind).count() as f64;
    let both = people["people_in_both"].as_f64().expect("a number");
    assert_eq!(people["a"].as_f64(), Some(both + count("gone-person")));
    assert_eq!(people["b"].as_f64(), Some(both + count("new-person")));
    let refused = printed(&["compare", "2026-02", "2031-01", "--project", project]);
    assert!(
        refused.contains("«2031-01» is neither a report, nor a folder, nor a period"),
        "{refused}"
    );
}

#[test]
fn two_reports_tell_what_they_publish() {
    let [march, april] = ["2023-03", "2023-04"].map(|period| Run::of("mothers", &["--period", period]));
    let [a, b] = [&march, &april].map(|run| run.report().to_str().expect("UTF-8").to_owned());
    let said = printed(&["compare", &a, &b, "--lang", "en"]);
    assert!(said.contains("(2023-03)") && said.contains("(2023-04)"), "{said}");
    assert!(said.contains("Only what the reports publish"), "{said}");
}
