//! Everything that a person reads in a terminal speaks the language asked for, or the project's: no English sentence is left
//! in what the commands say in Ukrainian, and no wording of the code is without one in every other language.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use support::{repository, tallyframe};
use tempfile::TempDir;

const LIST: &str = "Дата;ПІБ;Дата народження;Телефон\n\
    05.03.2026;Коваль Ольга Петрівна;12.04.1980;0671112233\n\
    05.03.2026;Гнатюк Інна;1991;0502223344\n\
    12.03.2026;Коваль Ольга;;0671112233\n\
    12.03.2026;Гнатюк Інна;;\n\
    32.13.2026;Мельник Ірина;;\n";

const INDICATORS: &str = "\n[[indicator]]\ncode = \"1\"\nuse = \"total-reach\"\ntarget = 4\n\n\
    [[indicator]]\ncode = \"2\"\nuse = \"unique-reach\"\ndisaggregate = [\"sex\"]\n";

/// A small project in a folder that goes with it.
struct Made(TempDir);

impl Made {
    fn new(language: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("raw")).expect("made");
        fs::write(folder.path().join("raw/лист.csv"), LIST).expect("written");
        fs::write(folder.path().join("raw/скан.xlsx"), "%PDF-1.4\n").expect("written");
        fs::write(folder.path().join("raw/порожній.xlsx"), "").expect("written");
        let head = format!(
            "[project]\ncode = \"p\"\nname = \"Простір\"\nstart = 2026-01-01\nend = 2026-12-31\nlanguage = \"{language}\"\n\
             calendars = [\"month\", \"quarter\"]\n\n[[activity]]\ncode = \"group\"\nname = \"Групові консультації\"\n\n\
             [[source]]\nname = \"списки\"\nfiles = [\"raw/*.csv\", \"raw/*.xlsx\"]\nactivity = \"group\"\n"
        );
        fs::write(folder.path().join("project.toml"), head + INDICATORS).expect("written");
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Calls the program in the folder: what it says, with the folder's own name taken out.
    fn say(&self, args: &[&str]) -> String {
        let mut call = assert_cmd::Command::cargo_bin("tallyframe").expect("the program is built");
        let output = call.current_dir(self.path()).args(args).output().expect("it starts");
        both(&output).replace(&self.path().display().to_string(), "")
    }
}

fn both(output: &std::process::Output) -> String {
    let [out, err] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    out + &err
}

/// Calls of every command, in an order in which each finds what it needs; what they write lies in the project.
const CALLS: &[&[&str]] = &[
    &["check"],
    &["check", "--remember"],
    &["run"],
    &["run", "--private", "--evidence"],
    &["run", "--format", "pdf"],
    &["run", "--period", "2027-01"],
    &["run", "--period", "колись"],
    &["run", "--out", "project.toml"],
    &["run", "nowhere"],
    &["people"],
    &["people", "--out", "raw"],
    &["review"],
    &["review", ".", "--export"],
    &["review", ".", "--import", "raw/скан.xlsx"],
    &["review", ".", "--import", "немає.xlsx"],
    &["trace", "1"],
    &["trace", "9"],
    &["trace", "2", "--cell", "sex"],
    &["trace", "2", "--cell", "sex=робот"],
    &["trace", "2", "--period", "2026-12"],
    &["trace", ".", "--row", "raw/лист.csv:2"],
    &["trace", ".", "--row", "raw/лист.csv:99"],
    &["compare", "2026-03", "2026-Q1"],
    &["compare", "2026-03", "raw"],
    &["compare", "2026-03", "2031-03"],
    &["publish", "--period", "2026-03", "--date", "2026-04-02"],
    &["publish", "--period", "2026-03", "--date", "2026-04-02"],
    &["publish", "--period", "all"],
    &["run", "--as-published", "2026-03"],
    &["run", "--as-published", "2026-04"],
    &["verify", "published/2026-03"],
    &["verify", "raw"],
    &["verify", "reports/9999"],
    &["audit-pack"],
    &["audit-pack", "--sample", "0"],
    &["fill"],
    &["fill", "raw/скан.xlsx"],
    &["fill", "немає.xlsx", "--map", "map.toml", "--out", "out.xlsx"],
    &["fill", "raw/скан.xlsx", "--map", "map.toml", "--out", "out.csv"],
    &["fill", "--learn", "raw/скан.xlsx"],
    &["convert", "--out", "project.toml"],
    &["convert", "--out", "форма.xlsx"],
    &["convert"],
    &["check"],
];

/// Calls of the commands that work on no project; they speak the language asked for.
const LOOSE: &[&[&str]] = &[
    &["inspect", "raw"],
    &["inspect", "raw/лист.csv"],
    &["inspect", "raw/скан.xlsx"],
    &["inspect", "немає.csv"],
    &["dedupe", "raw/лист.csv"],
    &["dedupe", "немає.csv"],
    &["init", "новий", "--from", "raw"],
    &["init", "новий"],
    &["init", "форма", "--workbook"],
];

fn with_language<'a>(call: &[&'a str]) -> Vec<&'a str> {
    call.iter().copied().chain(["--lang", "uk"]).collect()
}

/// Three or more English words in a row, outside of what is quoted, of commands, paths and codes.
fn english(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        // The lines that a mistake shows are the author's own.
        if line
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start()
            .starts_with(['|', '-'])
        {
            continue;
        }
        let mut run: Vec<&str> = Vec::new();
        let plain = without_quoted(line);
        for token in plain.split_whitespace().chain(["."]) {
            let word = token.trim_matches(|c: char| !c.is_alphanumeric());
            if word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase() || c == '\'') {
                run.push(word);
                // Codes stand in lists.
                if token.ends_with(',') {
                    run.clear();
                }
                continue;
            }
            if run.len() >= 3 {
                found.push(format!("{} … in: {line}", run.join(" ")));
            }
            run.clear();
        }
    }
    found
}

/// The line without what stands between quotation marks.
fn without_quoted(line: &str) -> String {
    let mut plain = String::new();
    let mut until = None;
    for letter in line.chars() {
        match (until, letter) {
            (Some(end), _) if letter == end => until = None,
            (Some(_), _) => {}
            (None, '`') => until = Some('`'),
            (None, '"') => until = Some('"'),
            (None, '«') => until = Some('»'),
            (None, _) => plain.push(letter),
        }
        if until.is_some() && !plain.ends_with(" .") {
            plain.push_str(" .");
        }
    }
    plain
}

fn is_ukrainian(text: &str) -> bool {
    text.chars().any(|letter| matches!(letter, 'а'..='я' | 'і' | 'ї' | 'є'))
}

/// What is wrong with what a call said.
fn not_ukrainian(call: &[&str], said: &str) -> Vec<String> {
    let mut wrong: Vec<String> = english(said).iter().map(|line| format!("{call:?}: {line}")).collect();
    if !is_ukrainian(said) {
        wrong.push(format!("{call:?} says no Ukrainian: {said}"));
    }
    wrong
}

#[test]
fn every_command_speaks_the_language_asked_for() {
    let project = Made::new("en");
    let mut wrong = Vec::new();
    // The report of then is rebuilt in the language of then.
    let free = |call: &&&[&str]| !call.contains(&"--as-published");
    for call in CALLS.iter().filter(free).chain(LOOSE) {
        wrong.extend(not_ukrainian(call, &project.say(&with_language(call))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_language_of_the_project_needs_no_flag() {
    let project = Made::new("uk");
    let mut wrong = Vec::new();
    for call in CALLS.iter().filter(|call| !call.contains(&"nowhere")) {
        wrong.extend(not_ukrainian(call, &project.say(call)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    fs::remove_file(project.path().join("logframe.xlsx")).expect("the other form goes");
    assert_eq!(project.say(&["check"]), project.say(&["check", "--lang", "uk"]));
    let english = project.say(&["check", "--lang", "en"]);
    assert!(
        english.contains("The definitions hold no mistake: 1 source, 2 indicators."),
        "{english}"
    );
}

#[test]
fn a_new_project_is_written_in_the_language_asked_for() {
    let folder = Made::new("en");
    folder.say(&["init", "новий", "--from", "raw", "--lang", "uk"]);
    let text = fs::read_to_string(folder.path().join("новий/project.toml")).expect("a project");
    assert!(text.contains("language = \"uk\""), "{text}");
    let comments: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split_once('#'))
        .map(|(_, said)| said)
        .collect();
    assert!(comments.len() > 10, "{text}");
    assert_eq!(english(&comments.join("\n")), Vec::<String>::new(), "{text}");
}

#[test]
fn every_mistake_in_definitions_is_told_in_ukrainian() {
    let mut wrong = Vec::new();
    for folder in fs::read_dir(repository("src/project/wrong_definitions")).expect("the folder") {
        let path = folder.expect("an entry").path();
        let said = both(&tallyframe(&["check", &path.display().to_string(), "--lang", "uk"]));
        assert!(said.contains("помилка"), "{said}");
        wrong.extend(english(&said));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every file of the sources.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

/// A string literal at the beginning of a text, as it is meant.
fn literal(text: &str) -> Option<String> {
    let mut meant = String::new();
    let mut letters = text.trim_start().strip_prefix('"')?.chars().peekable();
    loop {
        match letters.next()? {
            '"' => return Some(meant),
            '\\' => match letters.next()? {
                '\n' => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
                'n' => meant.push('\n'),
                other => meant.push(other),
            },
            letter => meant.push(letter),
        }
    }
}

/// The literals that follow a word in the sources.
fn literals(of: &str) -> BTreeSet<String> {
    let mut files = Vec::new();
    sources(&repository("src"), &mut files);
    let mut found = BTreeSet::new();
    for file in files.iter().filter(|file| !file.ends_with("src/message.rs")) {
        let text = fs::read_to_string(file).expect("a source");
        found.extend(
            text.match_indices(of)
                .filter_map(|(at, _)| literal(&text[at + of.len()..])),
        );
    }
    found
}

/// What a wording holds beside its places, and the names of these.
fn taken_apart(wording: &str) -> (String, BTreeSet<String>) {
    let (mut words, mut places) = (String::new(), BTreeSet::new());
    let mut rest = wording;
    while let Some((before, after)) = rest.split_once('{') {
        words.push_str(before);
        match after.split_once('}') {
            Some((name, tail)) if name.chars().all(|c| c.is_ascii_lowercase() || c == '_') => {
                places.insert(name.to_owned());
                rest = tail;
            }
            _ => rest = after,
        }
    }
    words.push_str(rest);
    (words, places)
}

/// A table of a language's own words for messages.
fn table(language: &Path, name: &str) -> BTreeMap<String, toml::Value> {
    let files = fs::read_dir(language)
        .expect("a language")
        .map(|entry| entry.expect("an entry").path());
    let tables = files.map(|file| -> toml::Table { fs::read_to_string(file).expect("words").parse().expect("TOML") });
    let found = tables.filter_map(|mut table| table.remove(name)?.as_table().cloned());
    found.flatten().collect()
}

fn languages() -> Vec<PathBuf> {
    let folders = fs::read_dir(repository("src/report/labels")).expect("the languages");
    let folders = folders
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir());
    folders.filter(|path| !path.ends_with("en")).collect()
}

#[test]
fn every_wording_of_the_code_is_in_every_language_and_none_is_left_over() {
    let used: BTreeSet<String> = literals("message!(")
        .into_iter()
        .filter(|english| taken_apart(english).0.chars().any(char::is_alphabetic))
        .collect();
    assert!(used.len() > 400, "{} wordings found", used.len());
    for language in languages() {
        let own = table(&language, "message");
        let known: BTreeSet<String> = own.keys().cloned().collect();
        let missing: Vec<&String> = used.difference(&known).collect();
        let left_over: Vec<&String> = known.difference(&used).collect();
        assert!(missing.is_empty(), "{} lacks {missing:#?}", language.display());
        assert!(
            left_over.is_empty(),
            "{} has no use for {left_over:#?}",
            language.display()
        );
        for (english, wording) in &own {
            let wording = wording.as_str().expect("a text");
            assert_eq!(taken_apart(english).1, taken_apart(wording).1, "{english}");
        }
    }
}

#[test]
fn every_counted_noun_and_phrase_is_one_of_the_code() {
    let mut files = Vec::new();
    sources(&repository("src"), &mut files);
    let code: Vec<String> = files
        .iter()
        .map(|file| fs::read_to_string(file).expect("a source"))
        .collect();
    let stands = |text: &str| {
        let quoted = format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        code.iter().any(|source| source.contains(&quoted))
    };
    let counted = code.iter().flat_map(|source| {
        let calls = source
            .match_indices("counted(")
            .filter_map(|(at, _)| source[at..].split_once(", \""));
        let nouns = calls.filter_map(|(before, after)| Some((before, after.split_once("\")")?.0)));
        nouns
            .filter(|(before, noun)| !before.contains([';', '"']) && !noun.contains('"'))
            .map(|(_, noun)| noun)
    });
    let counted: BTreeSet<&str> = counted.collect();
    assert!(
        counted.contains("source") && counted.contains("undecided pair"),
        "{counted:?}"
    );
    for language in languages() {
        let nouns = table(&language, "noun");
        let known: BTreeSet<&str> = nouns.keys().map(String::as_str).collect();
        assert_eq!(known, counted, "nouns of {}", language.display());
        for phrase in table(&language, "phrase").keys() {
            assert!(stands(phrase), "{} has no use for {phrase:?}", language.display());
        }
    }
}
