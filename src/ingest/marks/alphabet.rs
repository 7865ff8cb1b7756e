//! The marks of one block and what each of them says.

use std::collections::{BTreeMap, HashMap};

use super::Mark;
use super::cells::{Seen, Tally, seen};
use super::defined::{defined, numbers_defined};
use super::polarity;
use super::remarked::Remarked;
use super::{signed, uniform};
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::layout::Block;
use crate::ingest::legend::Legend;
use crate::ingest::noted::Noted;
use crate::ingest::table::Cell;
use crate::ingest::told::{self, WITHHELD};
use crate::ingest::vocabulary::{self, MarkMeaning, Vocabulary};
use crate::project::model::Source;

/// Letters from which a mark could be a name, and is not repeated in a finding.
const SHORTEST_NAME: usize = 3;

/// One mark of an alphabet, in all its spellings.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Letter {
    /// As most often written.
    written: String,
    /// Cells that hold it.
    pub(super) count: usize,
    /// What it means; `None` for a mark that nobody knows.
    pub(super) meaning: Option<MarkMeaning>,
    /// What it can mean, the usual first.
    candidates: Vec<MarkMeaning>,
    /// Whether what was decided is to be asked about.
    pub(super) asked: bool,
    /// Whether a legend says it.
    by_legend: bool,
}

/// What the marks of a block say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alphabet {
    /// Marks as written → meaning.
    words: HashMap<String, Option<MarkMeaning>>,
    /// Marks that numbers have by a definition, as written.
    numbers: Vec<(String, MarkMeaning)>,
    /// Sessions where a blank cell means that the person came.
    blank_is_present: Vec<bool>,
    /// What was noted while the alphabet was decided.
    pub(crate) noted: Vec<Noted>,
}

impl Alphabet {
    /// Decides the marks of a block.
    pub(crate) fn of(grid: &Grid, block: &Block, source: &Source, legend: &Legend, vocabulary: &Vocabulary) -> Self {
        let mut alphabet = Self {
            words: HashMap::new(),
            numbers: Vec::new(),
            blank_is_present: vec![false; block.sessions.len()],
            noted: Vec::new(),
        };
        if block.sessions.is_empty() {
            return alphabet;
        }
        let tally = Tally::of(grid, block);
        let languages = languages_of(block, vocabulary);
        let mut letters = Letters::new(&tally, &languages, vocabulary);
        letters.define(source);
        letters.explain(legend);
        letters.settle(&languages, &tally, vocabulary);
        alphabet
            .noted
            .extend(uniform::settle(grid, block, &tally, &mut letters));
        alphabet.noted.extend(signed::settle(grid, block, &mut letters));
        alphabet.numbers = numbers_defined(source);
        for (word, form) in &letters.forms {
            alphabet.words.insert((*word).to_owned(), letters.by_form[form].meaning);
        }
        alphabet.blank_is_present = polarity::decide(grid, block, source, &letters, &tally, &mut alphabet.noted);
        alphabet.noted.extend(letters.noted(block, legend, vocabulary));
        alphabet.noted.extend(of_numbers(grid, block, &tally));
        alphabet
    }

    /// What a cell under the n-th session says.
    pub(crate) fn read(&self, session: usize, cell: Option<&Cell>) -> Mark {
        match seen(cell) {
            Seen::Blank if self.blank_is_present[session] => Mark::Present,
            Seen::Blank | Seen::Nothing => Mark::Blank,
            Seen::Time => Mark::Present,
            Seen::Answer(answer) => self.number(f64::from(u8::from(answer)), cell),
            Seen::Number(number) => self.number(number, cell),
            Seen::Word(word) => match self.words.get(word) {
                Some(Some(meaning)) => of_meaning(*meaning),
                Some(None) | None => Mark::Unknown(word.to_owned()),
            },
            Seen::Day => Mark::Unknown(cell.map(text_of).unwrap_or_default()),
        }
    }

    /// 1 is a mark, 2 and more are hours or a grade: whoever has either was there.
    fn number(&self, number: f64, cell: Option<&Cell>) -> Mark {
        if !self.numbers.is_empty() {
            let written = vocabulary::normalise(&cell.map(text_of).unwrap_or_default());
            if let Some((_, meaning)) = self.numbers.iter().find(|(defined, _)| *defined == written) {
                return of_meaning(*meaning);
            }
        }
        if number > 0.0 { Mark::Present } else { Mark::Absent }
    }
}

/// A box with a cross, as word processors fill it in, and one without anything.
const BOXES: [&str; 2] = ["☒", "☐"];

fn of_meaning(meaning: MarkMeaning) -> Mark {
    match meaning {
        // Whoever came for a part of the session came.
        MarkMeaning::Present | MarkMeaning::Partial => Mark::Present,
        MarkMeaning::Absent => Mark::Absent,
        MarkMeaning::Excused => Mark::Excused,
        MarkMeaning::NoSession | MarkMeaning::NotEnrolled => Mark::NoSession,
        MarkMeaning::Ditto | MarkMeaning::Ambiguous => Mark::Unknown(String::new()),
    }
}

/// Languages of a block's headings, best first.
fn languages_of(block: &Block, vocabulary: &Vocabulary) -> Vec<&'static str> {
    let columns = block.columns.iter().map(|column| column.header.as_str());
    let lines = block.heading.lines.iter().map(String::as_str);
    vocabulary.languages_of(columns, lines)
}

/// The letters of an alphabet while it is decided.
pub(super) struct Letters<'a> {
    /// Marks as written → the form under which they are decided.
    forms: BTreeMap<&'a str, String>,
    pub(super) by_form: BTreeMap<String, Letter>,
}

impl<'a> Letters<'a> {
    /// The form of a mark that nothing has given a meaning yet.
    pub(super) fn unknown(&self, written: &str) -> Option<&str> {
        let form = self.forms.get(written)?;
        let open = self.by_form.get(form).is_some_and(|letter| letter.meaning.is_none());
        open.then_some(form)
    }

    fn new(tally: &Tally<'a>, languages: &[&str], vocabulary: &Vocabulary) -> Self {
        let mut words: Vec<(&str, usize)> = tally.words.iter().map(|(word, count)| (*word, *count)).collect();
        words.sort_unstable_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
        let script = Script::of(&words, languages);
        let mut letters = Self {
            forms: BTreeMap::new(),
            by_form: BTreeMap::new(),
        };
        for (word, count) in words {
            let form = script.folded(vocabulary::normalise(word), languages, vocabulary);
            let letter = letters.by_form.entry(form.clone()).or_insert_with(|| Letter {
                written: word.to_owned(),
                count: 0,
                meaning: None,
                candidates: vocabulary.mark_candidates(&form, languages),
                asked: false,
                by_legend: false,
            });
            letter.count += count;
            letters.forms.insert(word, form);
        }
        letters
    }

    fn define(&mut self, source: &Source) {
        for (word, meaning) in defined(source) {
            let form = vocabulary::normalise(word);
            let written = self
                .forms
                .iter()
                .filter(|(as_written, _)| **as_written == word.as_str() || vocabulary::normalise(as_written) == form);
            let forms: Vec<String> = written.map(|(_, form)| form.clone()).collect();
            for form in forms.iter().chain([&form]) {
                if let Some(letter) = self.by_form.get_mut(form).filter(|letter| letter.meaning.is_none()) {
                    letter.meaning = Some(meaning);
                }
            }
        }
    }

    fn explain(&mut self, legend: &Legend) {
        for (form, letter) in self.by_form.iter_mut().filter(|(_, letter)| letter.meaning.is_none()) {
            let written = vocabulary::normalise(&letter.written);
            if let Some(meaning) = legend.meaning(form).or_else(|| legend.meaning(&written)) {
                letter.meaning = Some(meaning);
                letter.by_legend = true;
            }
        }
    }

    /// Decides what neither the definition nor a legend says.
    fn settle(&mut self, languages: &[&str], tally: &Tally, vocabulary: &Vocabulary) {
        let crossed = self
            .by_form
            .get(BOXES[0])
            .is_some_and(|letter| letter.meaning.is_none());
        let open: Vec<String> = self
            .by_form
            .iter()
            .filter(|(_, letter)| letter.meaning.is_none())
            .map(|(form, _)| form.clone())
            .collect();
        let mut doubtful = Vec::new();
        for form in open {
            let letter = self.by_form.get_mut(&form).expect("a form of the alphabet");
            let (sure, candidates) = (!vocabulary.is_open_mark(&form, languages), &letter.candidates);
            match candidates.first() {
                Some(meaning) if sure && alike(candidates) => letter.meaning = Some(*meaning),
                Some(_) => doubtful.push(form),
                None => {}
            }
        }
        let unknown: Vec<String> = self
            .by_form
            .iter()
            .filter(|(_, letter)| letter.meaning.is_none() && letter.candidates.is_empty())
            .map(|(form, _)| form.clone())
            .collect();
        for form in &unknown {
            self.by_convention(form, languages, vocabulary);
        }
        doubtful.retain(|form| !self.by_convention(form, languages, vocabulary));
        self.by_contrast(&doubtful, tally);
        self.by_first_word(languages, vocabulary);
        let filled = crossed && self.by_form.contains_key(BOXES[1]) && !self.marks_presence(tally);
        if let Some(letter) = self.by_form.get_mut(BOXES[0]).filter(|_| filled) {
            (letter.meaning, letter.asked) = (Some(MarkMeaning::Present), true);
        }
    }

    /// Marks with a remark behind them ("Yes - late", "x*", "2 h"): the mark says what it says alone, as far as the
    /// remark does not speak against it.
    fn by_first_word(&mut self, languages: &[&str], vocabulary: &Vocabulary) {
        let open = |letter: &Letter| letter.meaning.is_none() && letter.candidates.is_empty();
        let forms: Vec<String> = self
            .by_form
            .iter()
            .filter(|(_, letter)| open(letter))
            .map(|(form, _)| form.clone())
            .collect();
        for form in forms {
            let written = self.by_form[&form].written.clone();
            let Some(remarked) = Remarked::of(&written) else {
                continue;
            };
            let alone = vocabulary::normalise(remarked.mark);
            let known = if let Some(letter) = self.by_form.get(&alone) {
                letter.meaning
            } else {
                let candidates = vocabulary.mark_candidates(&alone, languages);
                let sure = alike(&candidates) && !vocabulary.is_open_mark(&alone, languages);
                candidates.first().copied().filter(|_| sure)
            };
            let said = remarked.meaning(known, vocabulary);
            if let (Some((meaning, asked)), Some(letter)) = (said, self.by_form.get_mut(&form)) {
                letter.meaning = Some(meaning);
                letter.asked = asked;
            }
        }
    }

    /// A pair of letters that a language uses for presence and absence.
    fn by_convention(&mut self, form: &str, languages: &[&str], vocabulary: &Vocabulary) -> bool {
        let pairs = vocabulary.conventions(languages);
        let pair = pairs.iter().find(|(present, absent)| {
            (*present == form || *absent == form)
                && [present, absent]
                    .into_iter()
                    .all(|form| self.by_form.contains_key(*form))
                && [(present, true), (absent, false)].into_iter().all(|(form, came)| {
                    let meaning = self.by_form[*form].meaning;
                    meaning.is_none_or(|meaning| is_presence(meaning) == came)
                })
        });
        let Some((present, _)) = pair else { return false };
        let meaning = if *present == form {
            MarkMeaning::Present
        } else {
            MarkMeaning::Absent
        };
        if let Some(letter) = self.by_form.get_mut(form) {
            letter.meaning = Some(meaning);
        }
        true
    }

    /// Letters with several meanings, by what the others leave to them.
    fn by_contrast(&mut self, doubtful: &[String], tally: &Tally) {
        let mut rest: Vec<&String> = doubtful
            .iter()
            .filter(|form| self.by_form[*form].meaning.is_none())
            .collect();
        // Those with one meaning first: they are what the others stand against.
        rest.sort_by_key(|form| {
            (
                !alike(&self.by_form[*form].candidates),
                std::cmp::Reverse(self.by_form[*form].count),
            )
        });
        for form in rest {
            let (present, absent) = (self.marks_presence(tally), self.marks_absence(tally));
            let letter = self.by_form.get_mut(form).expect("a form of the alphabet");
            let came = letter
                .candidates
                .iter()
                .find(|meaning| **meaning == MarkMeaning::Present);
            let other = letter
                .candidates
                .iter()
                .find(|meaning| **meaning != MarkMeaning::Present);
            let (meaning, asked) = match (present, absent, came, other) {
                // Another mark says that people came; this one says something else.
                (true, absent, _, Some(other)) => (*other, !absent || came.is_some() && !alike(&letter.candidates)),
                (true, _, Some(came), None) => (*came, true),
                // Beside blanks it may be a second kind of absence.
                (false, true, Some(came), _) => (*came, other.is_some() && tally.blanks > 0),
                (false, _, _, _) => (letter.candidates[0], true),
                (true, _, None, None) => continue,
            };
            letter.meaning = Some(meaning);
            // Neither an excuse nor an absence is counted: which of them it is need not be asked.
            letter.asked = asked && (came.is_some() || !matches!(meaning, MarkMeaning::Excused | MarkMeaning::Partial));
        }
    }

    fn marks_presence(&self, tally: &Tally) -> bool {
        let by_letters = self
            .letters()
            .any(|letter| letter.meaning == Some(MarkMeaning::Present));
        by_letters || tally.ones + tally.numbers + tally.yes + tally.times > 0
    }

    fn marks_absence(&self, tally: &Tally) -> bool {
        let by_letters = self.letters().any(|letter| letter.meaning == Some(MarkMeaning::Absent));
        by_letters || tally.zeros + tally.no > 0
    }

    /// The letters in order of their forms.
    pub(super) fn letters(&self) -> impl Iterator<Item = &Letter> {
        self.by_form.values()
    }

    /// What is to be told about the letters and numbers of a block.
    fn noted(&self, block: &Block, legend: &Legend, vocabulary: &Vocabulary) -> Vec<Noted> {
        let at = |kind| Noted::at(kind, block.header_top, None);
        let mut noted = Vec::new();
        let by_legend: Vec<String> = self
            .letters()
            .filter(|letter| letter.by_legend)
            .filter_map(|letter| Some(format!("{} = {}", letter.written, in_words(letter.meaning?))))
            .collect();
        if !by_legend.is_empty() {
            let row = legend.row.unwrap_or(block.header_top);
            noted.push(Noted::at(Kind::LegendRead, row, None).with("marks", by_legend.join(", ")));
        }
        for letter in self.letters() {
            let Some(meaning) = letter.meaning else { continue };
            let about = |kind| {
                at(kind)
                    .with("value", letter.told(vocabulary))
                    .with("count", letter.count)
            };
            if letter.asked {
                noted.push(about(Kind::AmbiguousMark).with("taken", in_words(meaning)));
            } else if meaning == MarkMeaning::Partial {
                noted.push(about(Kind::PartialMarks));
            }
        }
        noted
    }
}

/// What is to be told about numbers under sessions, at the first cell of each kind.
fn of_numbers(grid: &Grid, block: &Block, tally: &Tally) -> Vec<Noted> {
    let first = |kind: Kind, is: fn(f64) -> bool| {
        let cells = block.rows.iter().flat_map(|row| {
            let columns = block.sessions.iter().map(|session| session.column);
            columns.map(move |column| (*row, column))
        });
        let mut cells =
            cells.filter(|(row, column)| matches!(seen(grid.own(*row, *column)), Seen::Number(number) if is(number)));
        let cell = cells.next();
        cell.map_or(Noted::at(kind, block.header_top, None), |(row, column)| {
            Noted::at(kind, row, Some(column))
        })
    };
    let mut noted = Vec::new();
    if tally.parts > 0 {
        let found = first(Kind::PartialMarks, |number| number > 0.0 && number < 1.0);
        noted.push(found.with("value", "0.5").with("count", tally.parts));
    }
    if tally.numbers > 0 {
        let found = first(Kind::NumbersAsMarks, |number| number > 1.0);
        noted.push(found.with("count", tally.numbers));
    }
    noted
}

/// Whether all meanings agree on whether the person came.
fn alike(meanings: &[MarkMeaning]) -> bool {
    meanings
        .windows(2)
        .all(|two| is_presence(two[0]) == is_presence(two[1]))
}

pub(super) fn is_presence(meaning: MarkMeaning) -> bool {
    matches!(meaning, MarkMeaning::Present | MarkMeaning::Partial)
}

/// A meaning as definitions call it.
fn in_words(meaning: MarkMeaning) -> &'static str {
    match meaning {
        MarkMeaning::Present => "present",
        MarkMeaning::Absent => "absent",
        MarkMeaning::Excused => "excused",
        MarkMeaning::NoSession => "no session",
        MarkMeaning::NotEnrolled => "not enrolled",
        MarkMeaning::Partial => "part of a session",
        MarkMeaning::Ditto | MarkMeaning::Ambiguous => "?",
    }
}

impl Letter {
    /// The mark as it may be told: of one with a remark that could be a name, the mark alone.
    fn told(&self, vocabulary: &Vocabulary) -> String {
        let known = self.by_legend || !self.candidates.is_empty();
        let remarked = Remarked::of(&self.written).filter(|_| !known);
        match (told::mark(&self.written, vocabulary), remarked) {
            (shown, Some(remarked)) if shown == WITHHELD => format!("{} {WITHHELD}", remarked.mark),
            _ => harmless(&self.written),
        }
    }
}

/// A mark as written: those of an alphabet are words of the vocabulary or of a legend, and name nobody; see the
/// finding of unknown marks for the others.
fn harmless(written: &str) -> String {
    let words = written.split_whitespace().count();
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    if words > 1 && letters >= SHORTEST_NAME {
        vocabulary::normalise(written)
    } else {
        written.to_owned()
    }
}

/// The script in which the letters of a block are to be read where they could be of two.
struct Script {
    cyrillic: bool,
    /// Whether letters of the block show it, and not its headings alone.
    shown: bool,
}

impl Script {
    fn of(words: &[(&str, usize)], languages: &[&str]) -> Self {
        let short = words.iter().filter(|(word, _)| word.chars().count() <= 3);
        let (mut cyrillic, mut latin) = (0, 0);
        for c in short.flat_map(|(word, _)| word.chars()).flat_map(char::to_lowercase) {
            cyrillic += usize::from(vocabulary::is_only_cyrillic(c));
            latin += usize::from(vocabulary::is_only_latin(c));
        }
        let of_language = languages
            .first()
            .is_some_and(|language| matches!(*language, "uk" | "ru" | "bg"));
        Self {
            cyrillic: if cyrillic == latin {
                of_language
            } else {
                cyrillic > latin
            },
            shown: cyrillic != latin,
        }
    }

    /// The form of a mark in the block's script, where every letter has a look-alike there and the vocabulary knows
    /// it so.
    fn folded(&self, form: String, languages: &[&str], vocabulary: &Vocabulary) -> String {
        let other = if self.cyrillic {
            vocabulary::as_cyrillic(&form)
        } else {
            vocabulary::as_latin(&form)
        };
        match other {
            Some(other) if other != form && vocabulary.knows_mark_in(&other, languages, self.shown) => other,
            _ => form,
        }
    }
}
