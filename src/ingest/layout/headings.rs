//! Telling a row of headings from a row of a table, by cheap signs first.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashSet};

use chrono::Datelike as _;

use super::{PERSON, numbered, shape};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::{Grid, trim};
use crate::ingest::lately::Lately;
use crate::ingest::persons::looks_like_name;
use crate::ingest::table::{Cell, SheetRow};
use crate::ingest::vocabulary::{self, Role, Vocabulary};
use crate::project::model::Source;

/// Digits from which a text is a phone number rather than a heading.
const PHONE_DIGITS: usize = 9;

/// Days from which a row heads a register, rather than telling a person's days.
const MOST_DAYS: usize = 4;

/// Headings that no body cell can be mistaken for.
const ANCHORS: &[Role] = &[
    Role::FullName,
    Role::Surname,
    Role::GivenName,
    Role::ClientCode,
    Role::SessionDate,
    Role::BirthDate,
    Role::BirthYear,
    Role::Phone,
    Role::Email,
    Role::CountTotal,
    Role::CountFemale,
    Role::CountMale,
    Role::Event,
    Role::Topic,
    Role::RowNo,
    Role::CheckIn,
    Role::CaseOpened,
    Role::FormIndex,
    Role::FormInstance,
    Role::DecisionRow,
];

/// Whether a row looks like one of headings.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looks {
    /// Words with a slip taken for what they nearly are.
    pub(super) loosely: bool,
    /// The column of people written without a slip.
    pub(super) spelt: bool,
    /// The column of names under a row that heads sessions, where no word of it says that it heads anything.
    pub(super) names: Option<u16>,
}

/// A row that may hold headings, with the filled row before it.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// The row.
    pub(super) row: &'a SheetRow,
    /// The filled row before it.
    pub(super) before: Option<&'a SheetRow>,
}

impl Row<'_> {
    /// Whether it goes on with what the row before it holds.
    fn continues(&self) -> bool {
        self.before.is_some_and(|before| shape::continues(before, self.row))
    }
}

/// What tells a row of headings from a row of a table.
pub(super) struct Headings<'a> {
    vocabulary: &'a Vocabulary,
    /// Headings that the definition names, normalised.
    named: HashSet<String>,
    /// Number of columns that the definition names.
    columns: usize,
    /// Whether one of them is named by figures.
    figures_named: bool,
}

/// Texts looked at before they are looked at again, in all columns of some rows.
const REMEMBERED: usize = 4096;

/// What was found about the texts of rows met lately.
pub(super) struct Met<'t> {
    candidates: Lately<'t, Candidate<'t>>,
    signs: shape::Signs<'t>,
}

impl Default for Met<'_> {
    fn default() -> Self {
        Self {
            candidates: Lately::new(REMEMBERED),
            signs: shape::Signs::default(),
        }
    }
}

/// What speaks for headings if all that the texts of a row can mean is what they mean.
#[derive(Default)]
struct Hints {
    sure: bool,
    anchored: bool,
    /// First roles.
    known: BTreeSet<Role>,
}

impl Hints {
    fn add(&mut self, candidate: &Candidate) {
        let roles = &candidate.roles;
        self.sure |= candidate.named || roles.iter().any(|role| PERSON.contains(role));
        self.anchored |= roles.iter().any(|role| ANCHORS.contains(role));
        self.known.extend(roles.first());
    }

    fn could_be_headings(&self) -> bool {
        self.sure || self.anchored && self.known.len() >= 2
    }
}

/// A text of a row that may be one of headings.
#[derive(Clone)]
pub(super) struct Candidate<'t> {
    text: &'t str,
    roles: Vec<Role>,
    named: bool,
}

impl<'t> Candidate<'t> {
    fn names_people(&self) -> bool {
        self.roles.iter().any(|role| PERSON.contains(role))
    }

    fn of_figures(text: &'t str) -> Self {
        Self {
            text,
            roles: Vec::new(),
            named: false,
        }
    }
}

impl<'a> Headings<'a> {
    /// What a source and the vocabulary know of headings.
    pub(super) fn new(source: &Source, vocabulary: &'a Vocabulary) -> Self {
        let named: Vec<String> = source.columns.keys().map(|name| vocabulary::normalise(name)).collect();
        Self {
            vocabulary,
            columns: source.columns.len(),
            figures_named: named.iter().any(|name| !name.chars().any(vocabulary::is_letter)),
            named: named.into_iter().collect(),
        }
    }

    /// Whether a row holds headings.
    pub(super) fn are_in<'t>(&self, grid: &Grid<'t>, row: Row, met: &mut Met<'t>) -> Looks {
        let number = row.row.number;
        let mut looks = Looks::default();
        if let Some(candidates) = self.candidates(grid, number, met) {
            let people = candidates.iter().any(Candidate::names_people);
            // "Participant" beside a name and a day is what somebody is in a meeting.
            if people && self.tells_a_role(&candidates) {
                return looks;
            }
            let sessions = people && !row.continues() && self.heads_sessions(grid, number);
            let typed = OnceCell::new();
            let typed = || *typed.get_or_init(|| shape::heads_typed_columns(grid, number));
            let numbered = people && numbers_people(grid, row.row, &candidates);
            looks.loosely = self.are_headings(&candidates, (false, numbered), sessions, typed);
            looks.spelt = self.are_headings(&candidates, (true, numbered), sessions, typed);
        }
        if !looks.loosely && !row.continues() {
            looks.names = shape::heads_names(grid, number, self.vocabulary, &mut met.signs);
        }
        looks
    }

    /// Whether the only words of a row that could head people say what the person named beside them is.
    fn tells_a_role(&self, candidates: &[Candidate]) -> bool {
        let mut people = candidates.iter().filter(|candidate| candidate.names_people());
        let named = |candidate: &Candidate| {
            let words = candidate.text.split_whitespace().count();
            let cell = || Cell::Text(candidate.text.to_owned());
            candidate.roles.is_empty() && words > 1 && looks_like_name(&cell(), self.vocabulary)
        };
        let dated = |candidate: &Candidate| names_a_day(candidate.text);
        people.all(|candidate| self.vocabulary.is_participant_role(candidate.text))
            && candidates.iter().any(named)
            && candidates.iter().filter(|candidate| dated(candidate)).count() < MOST_DAYS
    }

    /// Whether a row holds sessions' headings: several, or one with marks under it; or the row below it does.
    fn heads_sessions(&self, grid: &Grid, row: u32) -> bool {
        let moment = |(_, cell): &(u16, &Cell)| matches!(cell, Cell::DateTime { at, .. } if at.year() >= 1900);
        if grid.cells(row).filter(moment).count() > 1 {
            return true;
        }
        let axis = shape::axis(grid, row).columns;
        match axis.as_slice() {
            [] => {
                let below = shape::axis(grid, row + 1);
                let free = below.columns.iter().all(|column| *column > 0);
                let marked = || shape::marks_under(grid, row + 1, &below.columns, self.vocabulary) == Some(true);
                below.columns.len() > 1 && free && marked()
            }
            [_] => shape::marks_under(grid, row, &axis, self.vocabulary) == Some(true),
            _ => true,
        }
    }

    /// The texts of a row; `None` where one alone says that they are no headings, or too little speaks for headings.
    fn candidates<'t>(&self, grid: &Grid<'t>, row: u32, met: &mut Met<'t>) -> Option<Vec<Candidate<'t>>> {
        let texts = || {
            let cells = grid.cells(row);
            cells.filter_map(|(_, cell)| match cell {
                Cell::Text(text) => Some(trim(text)),
                _ => None,
            })
        };
        // No heading holds a phone number.
        let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
        let moment = |text: &str| text.contains(':') && names_a_day(text);
        if texts().any(|text| text.len() >= PHONE_DIGITS && digits(text) >= PHONE_DIGITS && !moment(text)) {
            return None;
        }
        let mut hints = Hints::default();
        for text in texts().filter(|text| !self.is_mere_figures(text)) {
            hints.add(met.candidates.of(text, |text| self.candidate(text)));
        }
        let candidate = |text| {
            if self.is_mere_figures(text) {
                return Candidate::of_figures(text);
            }
            met.candidates.of(text, |text| self.candidate(text)).clone()
        };
        hints.could_be_headings().then(|| texts().map(candidate).collect())
    }

    /// Whether a text of figures alone is surely no heading.
    fn is_mere_figures(&self, text: &str) -> bool {
        !self.figures_named && self.vocabulary.are_mere_figures(text)
    }

    fn candidate<'t>(&self, text: &'t str) -> Candidate<'t> {
        let normalised = vocabulary::normalise(text);
        let mut roles = self.vocabulary.normalised_header(&normalised);
        // "Name 1", "Name 2" head the people of one row.
        if roles.is_empty() && normalised.ends_with(|c: char| c.is_ascii_digit()) {
            let unnumbered = normalised.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '_'));
            roles = self.vocabulary.normalised_header(unnumbered);
            roles.retain(|role| *role == Role::FullName);
        }
        Candidate {
            text,
            roles,
            named: self.named.contains(&normalised),
        }
    }

    /// `numbered`: whether a heading that nobody knows stands over running numbers; `sessions`: whether headings of sessions stand in the row; `typed`: whether it stands over columns of one kind
    /// each.
    fn are_headings(
        &self,
        candidates: &[Candidate],
        (spelt, numbered): (bool, bool),
        sessions: bool,
        typed: impl Fn() -> bool,
    ) -> bool {
        let mut texts = 0;
        let mut named = 0;
        let mut known = Vec::new();
        let mut anchors = 0;
        let (mut people, mut days) = (false, 0);
        for candidate in candidates {
            let roles = &candidate.roles;
            // "No" begins a header row and answers a question elsewhere.
            let numbers = texts == 0 && roles.contains(&Role::RowNo);
            if candidate.named {
                named += 1;
            } else if names_a_day(candidate.text) {
                // Dates over a register speak for a header only beside a column of people.
                days += 1;
                continue;
            } else if numbers || !is_value(candidate.text, self.vocabulary) {
                known.extend(roles.first().copied());
                let person = roles.iter().any(|role| PERSON.contains(role));
                people |= person && (!spelt || self.vocabulary.is_spelt_header(candidate.text));
                anchors += usize::from(roles.iter().any(|role| ANCHORS.contains(role)));
            } else {
                continue;
            }
            texts += 1;
        }
        known.sort_unstable();
        known.dedup();
        let all_named = named > 0 && named == self.columns;
        let hits = known.len() + named + usize::from(numbered);
        let dates_beside_people = people && (days >= 2 || sessions);
        let several = hits >= 2 && anchors + named >= 1;
        all_named || dates_beside_people || (several && (hits * 2 >= texts.min(6) || typed()))
    }
}

/// Whether a short heading that nobody knows stands over the numbers 1, 2, 3 …: in whatever language, it heads them.
fn numbers_people(grid: &Grid, row: &SheetRow, candidates: &[Candidate]) -> bool {
    let unknown = |text: &str| candidates.iter().any(|one| one.text == text && one.roles.is_empty());
    row.cells.iter().any(|(column, cell)| match cell {
        Cell::Text(text) => unknown(trim(text)) && numbered::is_heading(grid, row.number, *column),
        _ => false,
    })
}

fn names_a_day(text: &str) -> bool {
    dates::read_text(text, None) != DateReading::None || !dates::find_in_text(text).is_empty()
}

/// Words that stand in cells as often as above them: "f", "yes", "signed", "IDP".
fn is_value(text: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.sex(text).is_some()
        || vocabulary.mark(text).is_some()
        || vocabulary.yes_no(text).is_some()
        || vocabulary.category(text).is_some()
        || vocabulary.is_missing(text)
}
