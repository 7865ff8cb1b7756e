//! The guide keeps its word: every command in `docs/` and in the README is run here, in the order of its page.
//!
//! A page is one session in a folder of its own. Hidden comments tell what the reader would do by hand:
//! `begin` puts a folder of the repository there, `write` saves the next block as a file, `append` adds it, `same` holds the next block
//! against a file of the repository, `answer` fills in the workbook of pairs, `exit` names the exit code that the next
//! command is to end with, `skip` leaves the next block out and says why.

#[path = "guide/page.rs"]
mod page;
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use page::{Page, Step};
use support::{repository, review};

/// What the last command printed, and what is still expected of the next one.
struct Session {
    folder: tempfile::TempDir,
    printed: String,
    exit: i32,
}

impl Session {
    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn take(&mut self, step: &Step, place: &str) {
        match step {
            Step::Begin { from, name } => copy(&repository(from), &self.at(name)),
            Step::Write { file, text } => {
                let path = self.at(file);
                fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                fs::write(path, text).expect("written");
            }
            Step::Append { file, text } => {
                let path = self.at(file);
                let before = fs::read_to_string(&path).unwrap_or_default();
                fs::write(path, before + "\n" + text).expect("written");
            }
            Step::Same { file, text } => {
                let stored = fs::read_to_string(repository(file)).expect("the file of the repository");
                assert_eq!(stored.replace('\r', ""), *text, "{place}: the block is not {file}");
            }
            Step::Answer { file, word } => self.answer(file, word),
            Step::Exit(code) => self.exit = *code,
            Step::Command(words) => self.run(words, place),
            Step::Shows(lines) => self.shows(lines, place),
        }
    }

    fn answer(&self, file: &str, word: &str) {
        let heads = if word.is_ascii() {
            review::ENGLISH
        } else {
            review::UKRAINIAN
        };
        review::fill(&self.at(file), heads, |_| Some(review::answered(word)), false);
    }

    fn run(&mut self, words: &[String], place: &str) {
        let output = assert_cmd::Command::cargo_bin("tallyframe")
            .expect("the program is built")
            .args(words)
            .current_dir(self.folder.path())
            .output()
            .expect("the program starts");
        // Pages are written with plain spaces where the program keeps a number and its unit on one line.
        self.printed = review::said(&output).replace(['\u{a0}', '\u{202f}'], " ");
        let code = output.status.code();
        assert_eq!(code, Some(self.exit), "{place}: exit code\n{}", self.printed);
        self.exit = 0;
    }

    /// Every line shown stands in what was printed, in this order; lines with `…` are cut short.
    fn shows(&self, lines: &[String], place: &str) {
        let mut printed = self.printed.lines().map(str::trim_end);
        for line in lines
            .iter()
            .filter(|line| !line.contains('…') && !line.trim().is_empty())
        {
            assert!(
                printed.any(|found| found == line.trim_end()),
                "{place}: not (or not here) in the output: {line}\n{}",
                self.printed
            );
        }
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_file() {
        fs::create_dir_all(to.parent().expect("a folder")).expect("made");
        fs::copy(from, to).expect("copied");
        return;
    }
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("a folder of the repository") {
        let entry = entry.expect("an entry");
        let name = entry.file_name();
        if name != "reports" && name != "private" && name != "published" {
            copy(&entry.path(), &to.join(name));
        }
    }
}

fn pages(folder: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(repository(folder))
        .expect("the guide")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    found.sort();
    found
}

fn follow(path: &Path) -> usize {
    let text = fs::read_to_string(path).expect("a page");
    let page = Page::read(&text.replace('\r', ""));
    let mut session = Session {
        folder: tempfile::tempdir().expect("a folder"),
        printed: String::new(),
        exit: 0,
    };
    for (line, step) in &page.steps {
        session.take(step, &format!("{}:{line}", path.display()));
    }
    page.commands()
}

#[test]
fn commands_of_the_english_guide_do_what_it_says() {
    let run: usize = pages("docs/en").iter().map(|page| follow(page)).sum();
    assert!(run >= 30, "only {run} commands were found");
}

#[test]
fn commands_of_the_ukrainian_guide_do_what_it_says() {
    let run: usize = pages("docs/uk").iter().map(|page| follow(page)).sum();
    assert!(run >= 30, "only {run} commands were found");
}

#[test]
fn commands_for_developers_do_what_the_pages_say() {
    for page in pages("docs/en/developers") {
        follow(&page);
    }
}

#[test]
fn commands_of_the_readme_do_what_it_says() {
    assert!(follow(&repository("README.md")) > 0, "no command was found");
    follow(&repository("docs/README.md"));
}

#[test]
fn links_and_pictures_of_the_guide_are_there() {
    let folders = ["docs", "docs/en", "docs/uk", "docs/en/developers", "."];
    for path in folders.iter().flat_map(|folder| pages(folder)) {
        let text = fs::read_to_string(&path).expect("a page");
        for target in page::links(&text) {
            let there = path.parent().expect("a folder").join(&target);
            assert!(there.exists(), "{}: {target} is not there", path.display());
        }
    }
}

/// Files that a reader of a page for developers makes.
const MADE: [&str; 3] = [
    "src/ingest/vocabulary/fi.csv",
    "src/names/fi.csv",
    "src/report/donor/brief.rs",
];

#[test]
fn places_that_pages_for_developers_name_are_there() {
    for path in pages("docs/en/developers") {
        let text = fs::read_to_string(&path).expect("a page");
        for place in page::places(&text).filter(|place| !MADE.contains(place)) {
            assert!(repository(place).exists(), "{}: {place} is not there", path.display());
        }
    }
}

#[test]
fn both_languages_have_the_same_pages() {
    let names = |folder| -> Vec<_> {
        let pages = pages(folder).into_iter();
        pages.map(|page| page.file_name().map(ToOwned::to_owned)).collect()
    };
    assert_eq!(names("docs/en"), names("docs/uk"));
}

#[test]
fn the_table_of_indicators_is_the_whole_catalogue() {
    let catalogue: Vec<String> = fs::read_dir(repository("indicators"))
        .expect("the catalogue")
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    for page in ["docs/en/definitions.md", "docs/uk/definitions.md"] {
        let text = fs::read_to_string(repository(page)).expect("a page");
        for name in &catalogue {
            assert!(
                text.contains(&format!("| `{name}` |")),
                "{page}: {name} is not in the table"
            );
        }
    }
}
