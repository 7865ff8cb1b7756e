//! Words of field files and what they mean: headers, labels, marks, months, totals words, categories …
//!
//! The words are data: one file a language under `vocabulary/`, embedded in the binary, so that an officer can
//! send a correction. Every look-up compares normalised text ([`normalise`]). Nothing here looks at a table:
//! where a word stands decides which question is asked of it.

mod bare;
mod calendar;
mod forms;
mod headers;
mod heads;
mod listed;
mod marks;
mod names;
mod of_project;
mod papers;
mod role;
mod sexes;
mod text;
mod verdict;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use forms::{is_ditto_sign, prefixes, strip_brackets};
use headers::Headers;
use listed::{Listed, list_of};
use marks::mark_of;
pub(crate) use of_project::with;
pub use role::Role;
pub use sexes::Sex;
pub(crate) use sexes::{AgeWord, Salutation, SexPair};
pub use text::normalise;
pub(crate) use text::{
    as_cyrillic, as_latin, fold_apostrophe, fold_digit, is_invisible, is_letter, is_letter_or_number, is_of_word,
    is_only_cyrillic, is_only_latin, is_space, small,
};
pub use verdict::Verdict;
use words::Words;

/// Language and data file; earlier languages win where one header means several things.
const FILES: &[(&str, &str)] = &[
    ("uk", include_str!("vocabulary/uk.csv")),
    ("ru", include_str!("vocabulary/ru.csv")),
    ("en", include_str!("vocabulary/en.csv")),
    ("sr", include_str!("vocabulary/sr.csv")),
    ("ro", include_str!("vocabulary/ro.csv")),
    ("pl", include_str!("vocabulary/pl.csv")),
    ("fr", include_str!("vocabulary/fr.csv")),
    ("es", include_str!("vocabulary/es.csv")),
    ("pt", include_str!("vocabulary/pt.csv")),
    ("de", include_str!("vocabulary/de.csv")),
    ("it", include_str!("vocabulary/it.csv")),
    ("bg", include_str!("vocabulary/bg.csv")),
    ("ka", include_str!("vocabulary/ka.csv")),
    ("id", include_str!("vocabulary/id.csv")),
    ("ar", include_str!("vocabulary/ar.csv")),
    ("tr", include_str!("vocabulary/tr.csv")),
    ("zh", include_str!("vocabulary/zh.csv")),
    ("und", include_str!("vocabulary/und.csv")),
    ("hy", include_str!("vocabulary/hy.csv")),
    ("be", include_str!("vocabulary/be.csv")),
    ("el", include_str!("vocabulary/el.csv")),
    ("hu", include_str!("vocabulary/hu.csv")),
    ("cs", include_str!("vocabulary/cs.csv")),
    ("sk", include_str!("vocabulary/sk.csv")),
    ("sl", include_str!("vocabulary/sl.csv")),
    ("mk", include_str!("vocabulary/mk.csv")),
    ("sq", include_str!("vocabulary/sq.csv")),
    ("az", include_str!("vocabulary/az.csv")),
    ("kk", include_str!("vocabulary/kk.csv")),
    ("ky", include_str!("vocabulary/ky.csv")),
    ("uz", include_str!("vocabulary/uz.csv")),
    ("tg", include_str!("vocabulary/tg.csv")),
    ("fa", include_str!("vocabulary/fa.csv")),
    ("ku", include_str!("vocabulary/ku.csv")),
    ("vi", include_str!("vocabulary/vi.csv")),
    ("th", include_str!("vocabulary/th.csv")),
    ("sw", include_str!("vocabulary/sw.csv")),
    ("am", include_str!("vocabulary/am.csv")),
    ("so", include_str!("vocabulary/so.csv")),
    ("lt", include_str!("vocabulary/lt.csv")),
    ("lv", include_str!("vocabulary/lv.csv")),
    ("et", include_str!("vocabulary/et.csv")),
    ("nl", include_str!("vocabulary/nl.csv")),
    ("ht", include_str!("vocabulary/ht.csv")),
    ("bn", include_str!("vocabulary/bn.csv")),
    ("ne", include_str!("vocabulary/ne.csv")),
    ("ur", include_str!("vocabulary/ur.csv")),
    ("my", include_str!("vocabulary/my.csv")),
    ("tl", include_str!("vocabulary/tl.csv")),
];

/// What a mark in a register says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkMeaning {
    /// The person came.
    Present,
    /// The person did not come.
    Absent,
    /// The person did not come, for a good reason.
    Excused,
    /// There was no session.
    NoSession,
    /// The person was not in the group at that time.
    NotEnrolled,
    /// Came for a part of the session.
    Partial,
    /// Same as the cell above.
    Ditto,
    /// Means different things in different registers: a legend must tell.
    Ambiguous,
}

/// The words of all languages.
#[derive(Debug, Default, Clone)]
pub struct Vocabulary {
    headers: Headers,
    labels: HashMap<String, Role>,
    marks: Words<Vec<(&'static str, MarkMeaning)>>,
    /// Pairs of letters for presence and absence, with their languages.
    conventions: Vec<(&'static str, String, String)>,
    /// Beginnings of words that explain a mark in a legend, each after a space.
    explaining: BTreeMap<MarkMeaning, Vec<String>>,
    /// Heading or totals word → the languages that have it.
    tongues: HashMap<String, Vec<&'static str>>,
    /// Month and whether the word is a short form.
    months: Words<(u32, bool)>,
    weekdays: Words<u32>,
    sexes: Words<Sex>,
    /// Pairs of letters for women and men, with their languages.
    sex_pairs: Vec<SexPair>,
    /// Words before a name ("Mrs", "Dr"), with those of whom they are said.
    salutations: Words<Salutation>,
    answers: Words<bool>,
    verdicts: HashMap<String, Verdict>,
    categories: Words<String>,
    lists: BTreeMap<Listed, Words<()>>,
    /// Letters and digits of the longest term of each list.
    longest: BTreeMap<Listed, usize>,
    /// Trailer words that need their colon (`Name:`), without it.
    trailers_with_colon: HashSet<String>,
    /// Abbreviations and words for kinds of settlement, lower case, with their dots; longest first.
    settlement_types: Vec<String>,
    /// Words for kinds of community, normalised, longest first.
    community_types: Vec<String>,
    /// Legal forms of organisations, normalised, longest first.
    legal_forms: Vec<String>,
    /// Endings of adjectives made from the names of places.
    adjectives: Vec<String>,
}

/// The embedded vocabulary, parsed once.
pub fn standard() -> &'static Vocabulary {
    static STANDARD: OnceLock<Vocabulary> = OnceLock::new();
    STANDARD.get_or_init(|| {
        let mut vocabulary = Vocabulary::default();
        for (language, text) in FILES {
            for record in records(text) {
                vocabulary.add(language, &record[0], &record[1], &record[2], &record[3]);
            }
        }
        vocabulary.add_bare();
        vocabulary
            .settlement_types
            .sort_by_key(|term| (std::cmp::Reverse(term.chars().count()), term.clone()));
        vocabulary.settlement_types.dedup();
        for terms in [&mut vocabulary.community_types, &mut vocabulary.legal_forms] {
            terms.sort_by_key(|term| (std::cmp::Reverse(term.chars().count()), term.clone()));
            terms.dedup();
        }
        vocabulary
    })
}

/// Lines of a data file: kind, meaning, term, note.
fn records(text: &str) -> impl Iterator<Item = [String; 4]> + '_ {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes())
        .into_records()
        .filter_map(Result::ok)
        .filter(|record| record.len() == 4)
        .map(|record| [0, 1, 2, 3].map(|at| record[at].to_owned()))
}

impl Vocabulary {
    /// Takes one line in; `None` when the line is not understood.
    fn add(&mut self, language: &'static str, kind: &str, meaning: &str, term: &str, note: &str) -> Option<()> {
        let key = normalise(term);
        if matches!(kind, "header" | "label" | "totals") && language != "und" {
            let tongues = self.tongues.entry(key.clone()).or_default();
            if !tongues.contains(&language) {
                tongues.push(language);
            }
        }
        match kind {
            "header" => self.headers.add(key, Role::from_key(meaning)?),
            "owner" => self.headers.add_owner(key),
            "label" => {
                self.labels.entry(key).or_insert(Role::from_key(meaning)?);
            }
            "mark" => {
                let mark = mark_of(meaning)?;
                self.marks.entry(key).or_default().push((language, mark));
            }
            "convention" => self.conventions.push((language, normalise(meaning), key)),
            "legend" => {
                let stems = self.explaining.entry(mark_of(meaning)?).or_default();
                stems.push(format!(" {key}"));
            }
            "month" => {
                let entry = self.months.entry(key).or_insert((meaning.parse().ok()?, true));
                entry.1 &= note == "abbr";
            }
            "weekday" => {
                self.weekdays.entry(key).or_insert(meaning.parse().ok()?);
            }
            "sex" => self.add_sex(key, meaning)?,
            "sex_pair" => self.add_sex_pair(language, meaning, key),
            "salutation" => self.add_salutation(key, meaning),
            "yes_no" => {
                self.answers.entry(key).or_insert(meaning == "yes");
            }
            "verdict" => {
                self.verdicts.entry(key).or_insert(Verdict::from_code(meaning)?);
            }
            "category" => {
                self.categories.entry(key).or_insert_with(|| meaning.to_owned());
            }
            "settlement_type" => self.settlement_types.push(term.to_lowercase()),
            "community_type" => self.community_types.push(key),
            "place_adjective" => self.adjectives.push(key),
            "legal_form" => self.legal_forms.push(key),
            "trailer" if term.ends_with(':') => {
                self.trailers_with_colon.insert(key);
            }
            other => {
                let list = list_of(other, meaning)?;
                self.list(list, key);
            }
        }
        Some(())
    }

    fn list(&mut self, list: Listed, key: String) {
        let longest = self.longest.entry(list).or_default();
        *longest = (*longest).max(key.chars().filter(|c| c.is_alphanumeric()).count());
        self.lists.entry(list).or_default().insert(key, ());
    }

    fn lists(&self, list: Listed, normalised: &str) -> bool {
        self.lists.get(&list).is_some_and(|terms| terms.contains(normalised))
    }

    /// Whether a text is surely no term of a list, nor begins with one; spares most texts the look-up.
    fn is_foreign(&self, text: &str, list: Listed) -> bool {
        self.lists.get(&list).is_some_and(|terms| terms.none_opens(text))
    }

    /// Whether a text has more letters than any term of a list.
    fn is_longer(&self, text: &str, list: Listed) -> bool {
        let longest = self.longest.get(&list).copied().unwrap_or_default();
        text.len() > longest && text::has_more_letters(text, longest)
    }

    /// What a header cell may mean, best first; empty when it is unknown.
    ///
    /// Tried in turn: the whole text; without a remark in brackets; without a unit after a comma; the last part of a
    /// form's question path (`grp_client/full_name`); without the number of a part of a name or an address
    /// (`fname_c2`); with one letter wrong in one long word, if only one role results.
    pub fn header(&self, text: &str) -> Vec<Role> {
        let roles = self.normalised_header(&normalise(text));
        if !roles.is_empty() || text.is_ascii() {
            return roles;
        }
        // Words of two alphabets that no blank parts would be folded into one: "Телефон/Phone".
        let Some((one, other)) = text.split_once('/') else {
            return roles;
        };
        let (one, other) = (
            self.normalised_header(&normalise(one)),
            self.normalised_header(&normalise(other)),
        );
        one.into_iter().filter(|role| other.contains(role)).collect()
    }

    /// What a header that is normalised already may mean.
    pub(crate) fn normalised_header(&self, normalised: &str) -> Vec<Role> {
        self.headers.find(normalised)
    }

    /// Whether a text is surely no header, being made of figures alone.
    pub(crate) fn are_mere_figures(&self, text: &str) -> bool {
        self.headers.are_mere_figures(text)
    }

    /// Whether a text is written like a header without a slip: a name may be a letter away from one.
    pub(crate) fn is_spelt_header(&self, text: &str) -> bool {
        self.headers.is_spelt(&normalise(text))
    }

    /// The role that the words before a colon in a title line name.
    pub fn label(&self, text: &str) -> Option<Role> {
        let whole = normalise(text);
        let numberless = normalise(whole.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '));
        [whole, numberless]
            .iter()
            .find_map(|form| self.labels.get(form).copied())
            .or_else(|| self.header(text).first().copied())
    }

    /// What a mark says in the languages of field files together.
    pub fn mark(&self, text: &str) -> Option<MarkMeaning> {
        self.mark_in(text, &[])
    }

    /// What a mark says in the given languages (all when none is given); signs of no language are always included.
    pub fn mark_in(&self, text: &str, languages: &[&str]) -> Option<MarkMeaning> {
        if self.is_ditto(text) {
            return Some(MarkMeaning::Ditto);
        }
        if self.marks.none_opens(text) {
            return None;
        }
        let whole = normalise(text);
        let mut forms = vec![whole.clone(), strip_brackets(&whole)];
        if languages.iter().any(|language| matches!(*language, "uk" | "ru")) {
            // Latin H typed for Cyrillic Н is frequent.
            forms.splice(0..0, text::as_cyrillic(&whole));
        }
        forms.iter().find_map(|form| {
            let meanings: BTreeSet<MarkMeaning> = self
                .marks
                .get(form)?
                .iter()
                .filter(|(language, _)| languages.is_empty() || *language == "und" || languages.contains(language))
                .map(|(_, meaning)| *meaning)
                .collect();
            match meanings.len() {
                0 => None,
                1 => meanings.into_iter().next(),
                _ => Some(MarkMeaning::Ambiguous),
            }
        })
    }

    /// Whether the cell says "same as above".
    pub fn is_ditto(&self, text: &str) -> bool {
        // Signs hold no letters at all.
        if self.is_foreign(text, Listed::Ditto) || self.is_longer(text, Listed::Ditto) {
            return false;
        }
        let normalised = normalise(text);
        self.lists(Listed::Ditto, &normalised) || is_ditto_sign(&normalised)
    }

    /// Sex of a cell.
    pub fn sex(&self, text: &str) -> Option<Sex> {
        if self.sexes.none_opens(text) {
            return None;
        }
        let whole = normalise(text);
        self.sexes
            .get(&whole)
            .or_else(|| self.sexes.get(&strip_brackets(&whole)))
            .copied()
            .or_else(|| {
                // The same in two languages: "ж/F".
                let (one, other) = whole.split_once('/')?;
                let said = |part: &str| self.sexes.get(part.trim()).copied();
                said(one).filter(|sex| said(other) == Some(*sex))
            })
    }

    /// Answer of a cell to a yes-or-no question.
    pub fn yes_no(&self, text: &str) -> Option<bool> {
        if self.answers.none_opens(text) {
            return None;
        }
        let whole = normalise(text);
        let first = whole.split([',', ';', '(']).next().unwrap_or_default().trim();
        self.answers.get(&whole).or_else(|| self.answers.get(first)).copied()
    }

    /// Whether the cell says that there is no value.
    pub fn is_missing(&self, text: &str) -> bool {
        if self.is_foreign(text, Listed::Missing) || self.is_longer(text, Listed::Missing) {
            return false;
        }
        let normalised = normalise(text);
        normalised.is_empty() || self.lists(Listed::Missing, &normalised)
    }

    /// Whether the cell begins a totals row or heads a totals column.
    pub fn is_totals(&self, text: &str) -> bool {
        if self.is_foreign(text, Listed::Totals) {
            return false;
        }
        // "Усього підписів: 6" is a sum, "Разом сильніші" is the name of an event.
        let sums = text.contains(|c: char| matches!(c, ':' | '=' | '_') || c.is_ascii_digit());
        if !sums && self.is_longer(text, Listed::Totals) {
            return false;
        }
        let normalised = normalise(text);
        if self.lists(Listed::Totals, &normalised) {
            return true;
        }
        sums && self.starts_with(Listed::Totals, &normalised)
    }

    /// Whether a text says that a session was cancelled, or that nobody showed up for it.
    pub(crate) fn is_not_held(&self, text: &str) -> bool {
        if self.is_foreign(text, Listed::NotHeld) || self.is_longer(text, Listed::NotHeld) {
            return false;
        }
        self.lists(Listed::NotHeld, &normalise(text))
    }

    /// Whether a text begins by saying so: "cancelled by client".
    pub(crate) fn begins_not_held(&self, text: &str) -> bool {
        !self.is_foreign(text, Listed::NotHeld) && self.starts_with(Listed::NotHeld, &normalise(text))
    }

    /// Whether the cell begins a line that is no row of the table: signatures, legend, notes.
    pub fn is_trailer(&self, text: &str) -> bool {
        if ["___", "…", "....."].iter().any(|rule| text.contains(rule)) {
            return true;
        }
        let normalised = normalise(text);
        let before_colon = text.split_once(':').map(|(before, _)| normalise(before));
        if before_colon.is_some_and(|word| self.trailers_with_colon.contains(&word)) {
            return true;
        }
        self.starts_with(Listed::Trailer, &normalised) && (text.contains(':') || self.header(text).is_empty())
    }

    /// Whether a sheet name or title announces somebody's own sums.
    pub fn is_summary(&self, text: &str) -> bool {
        self.starts_with(Listed::Summary, &normalise(text))
    }

    /// Whether the cell says that somebody came or went.
    pub(crate) fn is_direction(&self, text: &str) -> bool {
        !self.is_foreign(text, Listed::Direction)
            && !self.is_longer(text, Listed::Direction)
            && self.lists(Listed::Direction, &normalise(text))
    }

    /// Whether a name says that the person gave none.
    pub fn is_anonymous(&self, text: &str) -> bool {
        !self.is_foreign(text, Listed::Anonymous) && self.starts_with(Listed::Anonymous, &normalise(text))
    }

    /// Whether the text is a term of the list, or begins with one as whole words.
    fn starts_with(&self, list: Listed, normalised: &str) -> bool {
        self.lists
            .get(&list)
            .is_some_and(|terms| prefixes(normalised).any(|prefix| terms.contains(prefix)))
    }

    /// Standard code of a category as written (`ВПО` → `idp`); one category, not a list of them.
    pub fn category(&self, text: &str) -> Option<&str> {
        if self.categories.none_opens(text) {
            return None;
        }
        let normalised = normalise(text);
        prefixes(&normalised)
            .find_map(|prefix| self.categories.get(prefix))
            .map(String::as_str)
    }

    /// Standard code of a category that the whole text names.
    pub(crate) fn whole_category(&self, text: &str) -> Option<&str> {
        if self.categories.none_opens(text) {
            return None;
        }
        self.categories.get(&normalise(text)).map(String::as_str)
    }

    /// What an officer's decision says about two records.
    pub fn verdict(&self, text: &str) -> Option<Verdict> {
        self.verdicts.get(&normalise(text)).copied()
    }
}

#[cfg(test)]
mod offices;
#[cfg(test)]
mod tests;
