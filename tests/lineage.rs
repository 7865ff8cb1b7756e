//! Both directions closed: every figure is recounted from the raw cells behind it, and every raw row is in exactly the
//! figures that list it, or has a reason.
//!
//! The raw files are opened here by another path than the tool's own: cells straight from the workbook or text file.

mod support;

#[path = "lineage/raw.rs"]
mod raw;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use raw::Raw;
use support::{csv_rows, repository, tallyframe};
use tallyframe::audit::trace::{self, Part, TraceRow, Tracer, Walk, Wanted, Why};
use tallyframe::ingest::findings::Kind;
use tallyframe::ingest::records::{Fate, FileId, Place, Records};
use tallyframe::ingest::vocabulary::Role;
use tallyframe::logframe::figures::{Figure, Figures, Scope};
use tallyframe::logframe::{self, Grounding, Grounds, Request, Share, Tally};
use tallyframe::people::facts::Facts;
use tallyframe::people::model::People;
use tallyframe::project::model::{Derivation, Measure, Project, Rule};
use tallyframe::project::{self, Known};
use tallyframe::report::Report;
use tallyframe::report::labels::Labels;

/// Everything of one sample.
struct Sample {
    root: std::path::PathBuf,
    project: Project,
    records: Records,
    people: People,
    facts: Facts,
    request: Request,
    figures: Figures,
}

impl Sample {
    fn of(name: &str) -> Self {
        let root = repository("samples").join(name);
        let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.key()).collect();
        let known = Known {
            finding_kinds: &kinds,
            fields: &[],
            roles: &roles,
        };
        let project = project::load(&root, &known).expect("the definitions of a sample");
        let records = tallyframe::ingest::read(&project, tallyframe::ingest::RawFiles::default(), &|_, _| {});
        let people = tallyframe::people::recognise(&records);
        let facts = tallyframe::people::assemble::assemble(&project, &records, &people, project.end);
        let request = logframe::request(&project, &facts, None, None);
        let figures = logframe::compute(&project, &records, &facts, &request);
        Self {
            root,
            project,
            records,
            people,
            facts,
            request,
            figures,
        }
    }

    fn walk(&self) -> Walk<'_> {
        Walk {
            project: &self.project,
            records: &self.records,
            people: &self.people,
            facts: &self.facts,
            request: &self.request,
            figures: &self.figures,
        }
    }

    /// The rows of `indicators.csv`.
    fn published(&self) -> support::Table {
        csv_rows(&tallyframe::report::csv::indicators_csv(&Report {
            project: &self.project,
            records: &self.records,
            people: &self.people,
            facts: &self.facts,
            figures: &self.figures,
            lang: "en",
            as_of: self.request.as_of,
            history: &tallyframe::report::history::History::default(),
        }))
    }

    /// The index of the figure that a row of `indicators.csv` is, found as an officer asks for it.
    fn asked(&self, row: &BTreeMap<String, String>) -> usize {
        let cell = (!row["disaggregation"].is_empty() || !row["category"].is_empty())
            .then(|| (row["disaggregation"].clone(), row["category"].clone()));
        let wanted = Wanted {
            code: row["code"].clone(),
            period: Some(row["period"].clone()),
            cell,
            cumulative: row["scope"] == "cumulative",
        };
        let figure = trace::find(self.walk(), &wanted).unwrap_or_else(|error| panic!("{row:?}: {error}"));
        let figures = &self.figures.figures;
        let at = figures
            .iter()
            .position(|one| std::ptr::eq(one, figure))
            .expect("one of the figures");
        let scope = if row["scope"] == "cumulative" {
            Scope::Cumulative
        } else {
            Scope::Period
        };
        assert_eq!(figure.scope, scope, "{row:?}");
        at
    }
}

/// What the rows of one count come to, by the cells alone.
fn recount(tally: Tally, rows: &[TraceRow]) -> Option<f64> {
    let own: Vec<&TraceRow> = rows.iter().filter(|row| row.with.is_none()).collect();
    let mut amounts: Vec<f64> = own.iter().map(|row| row.amount.unwrap_or(1.0)).collect();
    amounts.sort_by(f64::total_cmp);
    let count = amounts.len();
    match tally {
        Tally::Given(number) => Some(number),
        Tally::Persons => Some(rows.iter().map(|row| &row.person).collect::<BTreeSet<_>>().len() as f64),
        Tally::Sum => Some(amounts.iter().sum()),
        Tally::Mean => (count > 0).then(|| amounts.iter().sum::<f64>() / count as f64),
        Tally::Median if count == 0 => None,
        Tally::Median => Some(f64::midpoint(amounts[(count - 1) / 2], amounts[count / 2])),
        Tally::Least => amounts.first().copied(),
        Tally::Greatest => amounts.last().copied(),
    }
}

/// The figure of what it is made of; above and below the line where there is one.
fn evaluate(tracer: &Tracer, grounds: &Grounds) -> (Option<f64>, Option<f64>, Option<f64>) {
    let share = |share: &Share| recount(share.tally, &rows_of(tracer, share));
    let over = |above: Option<f64>, below: Option<f64>, times: u32| {
        let value = above.zip(below).filter(|(_, below)| *below != 0.0);
        value.map(|(above, below)| above / below * f64::from(times))
    };
    match grounds {
        Grounds::Counted(one) => (share(one), None, None),
        Grounds::Ratio { above, below, times } => {
            let (above, below) = (share(above), share(below));
            (over(above, below, *times), above, below)
        }
        Grounds::Derived { how, times, of } => {
            let of: Vec<Option<f64>> = of.iter().map(|one| evaluate(tracer, one).0).collect();
            let all: Option<Vec<f64>> = of.iter().copied().collect();
            match how {
                Derivation::Sum => (all.map(|all| all.iter().sum()), None, None),
                Derivation::Difference => (all.map(|all| all[0] - all[1..].iter().sum::<f64>()), None, None),
                Derivation::Quotient => (over(of[0], of[1], *times), of[0], of[1]),
            }
        }
    }
}

fn rows_of(tracer: &Tracer, share: &Share) -> Vec<TraceRow> {
    share.behind.iter().flat_map(|behind| tracer.rows_of(behind)).collect()
}

/// File, sheet and number of a row.
type Line = (FileId, u16, u32);

fn line(place: Place) -> Line {
    (place.file, place.sheet, place.row)
}

/// Recounts every row of `indicators.csv` and hands out which figures list each line.
fn recount_all(name: &str, sample: &Sample) -> BTreeMap<Line, BTreeSet<usize>> {
    let walk = sample.walk();
    let tracer = Tracer::new(walk);
    let mut grounding: Grounding = tracer.grounding();
    let mut raw = Raw::new(&sample.root, &sample.records);
    let mut lists: BTreeMap<Line, BTreeSet<usize>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &sample.published() {
        let at = sample.asked(row);
        let figure = &sample.figures.figures[at];
        let grounds = grounding.of(figure).expect("no indicators in a circle");
        for share in grounds.shares() {
            let rows = rows_of(&tracer, share);
            if let Some(problem) = at_odds(&sample.project, figure, share, &rows, &mut raw) {
                wrong.push(format!("{name} {row:?}: {problem}"));
            }
            for place in rows.iter().flat_map(|row| row.also.iter().chain([&row.place])) {
                lists.entry(line(*place)).or_default().insert(at);
            }
        }
        let (value, above, below) = evaluate(&tracer, &grounds);
        let decimals = sample.project.indicators[figure.indicator].decimals;
        let due = [
            ("value", value, decimals),
            ("numerator", above, 9),
            ("denominator", below, 9),
        ];
        for (column, counted, decimals) in due {
            if let Some(problem) = differs(&row[column], counted, decimals) {
                wrong.push(format!(
                    "{name} {} {} {} {}={}: {column} {problem}",
                    row["code"], row["scope"], row["period"], row["disaggregation"], row["category"]
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
    lists
}

/// Whether a published number is another than the recounted one.
fn differs(published: &str, counted: Option<f64>, decimals: u8) -> Option<String> {
    let tolerance = 0.5 * 10_f64.powi(-i32::from(decimals)) + 1e-6;
    match (published.parse::<f64>().ok(), counted) {
        (None, None) => None,
        // A column that the indicator does not fill, or nothing recorded and nothing counted.
        (None, Some(counted)) if published.is_empty() && counted == 0.0 => None,
        (Some(published), Some(counted)) if (published - counted).abs() <= tolerance => None,
        (published, counted) => Some(format!("published {published:?}, recounted {counted:?}")),
    }
}

/// What the raw cells say against the rows of a count.
fn at_odds(project: &Project, figure: &Figure, share: &Share, rows: &[TraceRow], raw: &mut Raw) -> Option<String> {
    let measure = measure_of(&project.indicators[share.indicator].rule);
    let mut heads: BTreeMap<Place, u32> = BTreeMap::new();
    for row in rows {
        let said = raw.line(row.place);
        let named = raw.cell(row.cell);
        let holds = match row.why {
            Why::Marked => is_presence(&raw.cell(row.place)),
            Why::Listed => named.chars().any(char::is_alphanumeric),
            Why::HeadCount => {
                *heads.entry(row.place).or_default() += 1;
                true
            }
            Why::Session | Why::Amount => !said.is_empty(),
            Why::Together => row.place.row > 0 && !said.is_empty(),
            // A finding may be about a whole sheet or file.
            Why::Finding => row.place.row == 0 || raw.exists(row.place),
        };
        if !holds {
            return Some(format!("{:?} {:?} holds {said:?}, {named:?}", row.why, row.cell));
        }
    }
    for (place, count) in heads {
        let numbers: Vec<f64> = raw.line(place).iter().filter_map(|cell| cell.parse().ok()).collect();
        let least = f64::from(count);
        let whole = figure.disaggregation.is_none();
        let written = numbers.iter().any(|number| {
            if whole {
                (number - least).abs() < 1e-9
            } else {
                *number >= least
            }
        });
        let summed = numbers.iter().sum::<f64>() >= least;
        if !(written || summed) {
            return Some(format!("{place:?}: {count} by head, but the row holds {numbers:?}"));
        }
    }
    // The same person at the same session is one contact.
    if let Some(Measure::Contacts(_)) = measure {
        let named = rows.iter().filter(|row| row.why != Why::HeadCount);
        let pairs: Vec<_> = named.map(|row| (row.held, row.person.as_str())).collect();
        let different: BTreeSet<_> = pairs.iter().collect();
        if different.len() != pairs.len() {
            return Some(format!("{} contacts, {} different", pairs.len(), different.len()));
        }
    }
    if let Some(Measure::Sessions) = measure {
        let held: BTreeSet<_> = rows.iter().map(|row| row.held).collect();
        if held.len() != rows.len() {
            return Some(format!("{} sessions, {} different", rows.len(), held.len()));
        }
    }
    None
}

fn measure_of(rule: &Rule) -> Option<&Measure> {
    match rule {
        Rule::Single(counted) => Some(&counted.measure),
        Rule::Ratio { .. } | Rule::Derived { .. } => None,
    }
}

/// Whether a cell of a register says that somebody came, as a person reads it.
fn is_presence(cell: &str) -> bool {
    let cell = cell.trim().to_lowercase();
    !cell.is_empty() && !["н", "-", "–", "—", "0", "a", "в", "х/в", "false"].contains(&cell.as_str())
}

/// Every row is in exactly the figures that list it, or has a reason.
fn close(name: &str, sample: &Sample, lists: &BTreeMap<Line, BTreeSet<usize>>) {
    let walk = sample.walk();
    let index = trace::index(walk);
    let labels = Labels::load("uk");
    let mut of_line: BTreeMap<Line, BTreeSet<usize>> = BTreeMap::new();
    let mut counted = 0;
    for (at, row) in sample.records.rows.iter().enumerate() {
        let figures = index.figures(at.into());
        of_line
            .entry(line(row.place))
            .or_default()
            .extend(figures.iter().map(|(figure, _)| *figure));
        let shown = sample.records.show(row.place);
        match sample.facts.fates[at] {
            Fate::Counted => counted += usize::from(!figures.is_empty()),
            Fate::SetAside(reason) => {
                assert!(!labels.reason(reason).contains('⟨'), "{shown}: {reason:?} has no words");
                let counts = figures.iter().filter(|(_, part)| *part == Part::Counts);
                for (figure, _) in counts {
                    // Whoever is registered and never came is counted among the registered alone.
                    let figure = &sample.figures.figures[*figure];
                    let indicator = &sample.project.indicators[figure.indicator];
                    assert!(
                        counts_the_listed(&indicator.rule),
                        "{name} {shown}: {reason:?}, yet in {}",
                        indicator.code
                    );
                }
            }
        }
    }
    assert!(counted > 0, "{name}: rows count");
    for (line, figures) in &of_line {
        let listed = lists.get(line).cloned().unwrap_or_default();
        assert_eq!(
            *figures, listed,
            "{name} {line:?}: its figures, and the figures that list it"
        );
    }
    for (line, figures) in lists
        .iter()
        .filter(|(line, _)| line.2 > 0 && !of_line.contains_key(line))
    {
        let findings = |at: &usize| {
            let indicator = &sample.project.indicators[sample.figures.figures[*at].indicator];
            matches!(measure_of(&indicator.rule), Some(Measure::Findings { .. }))
        };
        assert!(
            figures.iter().all(findings),
            "{name} {line:?} was never read, but counts in {figures:?}"
        );
    }
    explain(name, sample, &index);
}

fn counts_the_listed(rule: &Rule) -> bool {
    let listed = |measure: &Measure| matches!(measure, Measure::PeopleListed { .. });
    match rule {
        Rule::Single(counted) => listed(&counted.measure),
        Rule::Ratio {
            numerator, denominator, ..
        } => listed(&numerator.measure) || listed(&denominator.measure),
        Rule::Derived { .. } => false,
    }
}

/// A row that counts nowhere says what it is; the same answer comes for one row asked alone.
fn explain(name: &str, sample: &Sample, index: &trace::Index) {
    let walk = sample.walk();
    let silent = |at: &usize| sample.facts.fates[*at] == Fate::Counted && index.figures((*at).into()).is_empty();
    let rows = 0..sample.records.rows.len();
    for at in rows.clone().filter(silent).step_by(7).take(60) {
        let traced = trace::trace_with(walk, at.into(), index);
        assert!(
            !traced.standings.is_empty(),
            "{name} {}: nobody knows why",
            sample.records.show(traced.place)
        );
    }
    for at in rows.step_by(sample.records.rows.len() / 3 + 1) {
        let alone = trace::trace_row(walk, at.into());
        assert_eq!(
            alone.figures,
            index.figures(at.into()),
            "{name} {}",
            sample.records.show(alone.place)
        );
    }
}

fn both_directions(name: &str) {
    let sample = Sample::of(name);
    let lists = recount_all(name, &sample);
    close(name, &sample, &lists);
}

#[test]
fn balakliya_closes_both_ways() {
    both_directions("balakliya");
}

#[test]
fn kyiv_closes_both_ways() {
    both_directions("kyiv");
}

#[test]
fn mothers_closes_both_ways() {
    both_directions("mothers");
}

#[test]
fn resilience_closes_both_ways() {
    both_directions("resilience");
}

#[test]
fn training_closes_both_ways() {
    both_directions("training");
}

fn json(args: &[&str]) -> serde_json::Value {
    let output = tallyframe(args);
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn the_program_says_the_same_both_ways() {
    let cases = [
        ("balakliya", "B2", "2026-03", "sex=female"),
        ("mothers", "T2", "PQ3", ""),
    ];
    for (name, code, period, cell) in cases {
        let root = repository("samples").join(name);
        let project = root.to_str().expect("UTF-8");
        let mut args = vec!["trace", project, code, "--period", period, "--json"];
        if !cell.is_empty() {
            args.extend(["--cell", cell]);
        }
        let traced = json(&args);
        assert_eq!(traced["value"], traced["sides"][0]["recount"], "{name} {code}");
        let rows = traced["rows"].as_array().expect("rows");
        let row = &rows[rows.len() / 2];
        let text = |key: &str| row[key].as_str().expect("a text").to_owned();
        let number: String = text("cell").chars().filter(char::is_ascii_digit).collect();
        let named = [text("file"), text("sheet"), number]
            .into_iter()
            .filter(|part| !part.is_empty());
        let named = named.collect::<Vec<_>>().join(":");
        let back = json(&["trace", project, "--row", &named, "--json"]);
        let figures = back["figures"].as_array().expect("figures");
        let is_it = |figure: &serde_json::Value| {
            let shown = format!(
                "{}={}",
                figure["disaggregation"].as_str().unwrap_or(""),
                figure["category"].as_str().unwrap_or("")
            );
            figure["code"] == *code
                && figure["period"] == *period
                && (shown == cell || (cell.is_empty() && shown == "="))
        };
        assert!(figures.iter().any(is_it), "{name} {named}: {back:#}");
        assert!(
            back["persons"].as_array().expect("persons").contains(&row["person"]),
            "{name} {named}"
        );
    }
}

#[test]
fn what_stood_beside_has_its_reason_and_the_workbook_opens_the_files() {
    let root = repository("samples/balakliya");
    let project = root.to_str().expect("UTF-8");
    let traced = json(&["trace", project, "V2", "--json", "--lang", "uk"]);
    let aside = traced["aside"].as_array().expect("what stood beside");
    assert!(!aside.is_empty());
    assert!(
        aside
            .iter()
            .all(|row| row["reason_text"].as_str().is_some_and(|words| !words.is_empty()))
    );
    let folder = tempfile::tempdir().expect("a folder");
    let book = folder.path().join("rows.xlsx");
    let output = tallyframe(&["trace", project, "V2", "--xlsx", book.to_str().expect("UTF-8")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let links = support::archive::part(&book, "xl/worksheets/_rels/sheet1.xml.rels");
    assert!(
        links.contains("TargetMode=\"External\"") && links.contains(".ods"),
        "{links}"
    );
    let sheet = support::archive::part(&book, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("location=\"'Лист'!"), "the links lead to the sheet");
    assert!(Path::new(&book).exists());
}
