//! The columns by which a list says who of its rows came: a flag, times of coming and going, a direction.

use std::collections::HashMap;

use super::letters::Letters;
use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, is_blank, shown, trim};
use crate::ingest::layout::{Block, Column};
use crate::ingest::noted::Noted;
use crate::ingest::records::column_letters;
use crate::ingest::table::Cell;
use crate::ingest::told::Headings;
use crate::ingest::values::{OF_SESSION, PERSONAL, number};
use crate::ingest::vocabulary::{self, MarkMeaning, Role, Vocabulary, is_letter};
use crate::project::model::{BlankMark, Source};
use chrono::{Datelike as _, Timelike as _};

/// Rows looked at to tell what a column holds.
const LOOKED_AT: usize = 400;
/// Share of the filled cells that must speak for what a column is taken for.
const MOSTLY: f64 = 0.8;
/// Letters from which a word in a column of another heading speaks of attendance, and not of anything else.
const SHORTEST_WORD: usize = 4;

/// Words of a column after which one that never spoke of attendance is looked at no further.
const FIRST_WORDS: usize = 40;

/// Most different words of a column that could say who came, in a language that nobody listed.
const MOST_FLAGS: usize = 2;
/// Letters of the longest of them.
const LONGEST_FLAG: usize = 24;
/// Fewest cells that hold them.
const FEWEST_FLAGS: usize = 3;

/// The column that says who came.
#[derive(Debug)]
pub(super) struct Flag {
    pub(super) column: u16,
    /// Whether only absences are marked.
    pub(super) blank_is_present: bool,
    /// What its letters mean, where it holds letters.
    letters: Option<Letters>,
}

impl Flag {
    /// Whether a cell says that somebody came; `None` where nobody knows what it says.
    pub(super) fn meaning(&self, cell: &Cell, source: &Source, vocabulary: &Vocabulary) -> Option<bool> {
        let letters = self.letters.as_ref();
        let came = letters.and_then(|letters| letters.came(&shown(cell)));
        came.or_else(|| meaning(cell, source, vocabulary))
    }
}

/// The columns by which a list says who came.
#[derive(Debug, Default)]
pub(super) struct Signs {
    pub(super) flag: Option<Flag>,
    /// Columns of times of coming and going.
    pub(super) times: Vec<u16>,
    /// Whether a row without such a time is one of somebody who did not come.
    pub(super) blank_is_absent: bool,
    /// Column that says whether somebody came or went.
    pub(super) direction: Option<u16>,
    /// Column of lengths beside an instant of joining.
    pub(super) duration: Option<u16>,
    /// What was taken for what.
    pub(super) noted: Vec<Noted>,
}

impl Signs {
    pub(super) fn of(grid: &Grid, block: &Block, source: &Source, vocabulary: &Vocabulary) -> Self {
        let mut signs = Self::default();
        let seen = Seen { grid, block };
        signs.direction = seen.direction(vocabulary);
        signs.times = seen.times();
        if block.is_of_forms() {
            signs.times.clear();
        }
        signs.duration = block.column(Role::Duration).filter(|_| seen.joins());
        if let Some(column) = seen.headed_flag(signs.direction) {
            signs.read_flag(&seen, column, source, vocabulary);
        } else if let Some((column, all)) = seen.worded_flag(signs.direction, source, vocabulary) {
            if all {
                signs.read_flag(&seen, column, source, vocabulary);
            } else {
                signs.ask(&seen, column, source, vocabulary);
            }
        } else if let Some(column) = seen.unheaded_flag(source, vocabulary) {
            let column = without_heading(column);
            let noted = Noted::at(Kind::HeadingMisspelt, block.header_bottom, Some(column.index));
            let noted = noted.with("heading", &column.header);
            signs.noted.push(noted.with("field", Role::AttendedFlag.key()));
            signs.read_flag(&seen, &column, source, vocabulary);
        } else if !signs.times.is_empty() {
            signs.read_times(&seen);
        } else if signs.direction.is_none() && !block.is_of_forms() {
            signs.noted.extend(seen.unread_flag(source, vocabulary));
        }
        signs
    }

    /// Whether rows are comings and goings, several of which make one visit.
    pub(super) fn are_of_a_log(&self) -> bool {
        self.direction.is_some() || !self.times.is_empty() || self.duration.is_some()
    }

    fn read_flag(&mut self, seen: &Seen, column: &Column, source: &Source, vocabulary: &Vocabulary) {
        let at = |kind| Noted::at(kind, seen.block.header_bottom, Some(column.index));
        let mut flag = Flag {
            column: column.index,
            blank_is_present: false,
            letters: Letters::of(seen.cells(column.index), seen.block, source, vocabulary),
        };
        let words = seen.meanings(&flag, source, vocabulary);
        let filled: usize = words.iter().map(|(_, count)| count).sum();
        let counted = |wanted: Option<bool>| -> usize {
            let of_it = words.iter().filter(|(meaning, _)| *meaning == wanted);
            of_it.map(|(_, count)| count).sum()
        };
        let (present, absent, unknown) = (counted(Some(true)), counted(Some(false)), counted(None));
        if filled > 0 && unknown * 2 > filled {
            self.ask(seen, column, source, vocabulary);
            return;
        }
        let blank = seen.block.rows.len() - filled;
        let blank_is_present = match source.blank {
            Some(BlankMark::Present) => true,
            Some(BlankMark::Absent) => false,
            None => present == 0 && absent > 0,
        };
        if filled == 0 && !blank_is_present {
            self.noted.push(at(Kind::NoMarks));
        } else if blank > 0 {
            let meaning = if blank_is_present { "present" } else { "absent" };
            self.noted
                .push(at(Kind::BlankTaken).with("meaning", meaning).with("count", blank));
        }
        if flag.letters.is_some() && !vocabulary.header(&column.header).contains(&Role::AttendedFlag) {
            let headings = Headings::of(seen.grid, seen.block, source, vocabulary);
            self.noted.push(unclear(seen, column, &headings, Role::AttendedFlag));
        }
        flag.blank_is_present = blank_is_present;
        self.flag = Some(flag);
    }

    /// Asks about a column that may say who came, and decides nothing.
    fn ask(&mut self, seen: &Seen, column: &Column, source: &Source, vocabulary: &Vocabulary) {
        let headings = Headings::of(seen.grid, seen.block, source, vocabulary);
        self.noted.push(unclear(seen, column, &headings, Role::Status));
    }

    fn read_times(&mut self, seen: &Seen) {
        let timed = |row: u32| {
            self.times
                .iter()
                .any(|column| !seen.grid.shown(row, *column).is_empty())
        };
        let blank = seen.block.rows.iter().filter(|row| !timed(**row)).count();
        if blank == 0 {
            return;
        }
        // Times that stand once over the rows of a day are those of the session.
        let day = seen.block.day_role().and_then(|role| seen.block.column(role));
        let mut of_day: HashMap<String, usize> = HashMap::new();
        for row in seen.block.rows.iter().filter(|row| timed(**row)) {
            let day = day.map(|column| seen.grid.text(*row, column)).unwrap_or_default();
            *of_day.entry(day).or_default() += 1;
        }
        self.blank_is_absent = of_day.values().any(|rows| *rows > 1);
        let meaning = if self.blank_is_absent { "absent" } else { "present" };
        let noted = Noted::at(Kind::BlankTaken, seen.block.header_bottom, self.times.first().copied());
        self.noted.push(noted.with("meaning", meaning).with("count", blank));
    }
}

/// The cells of a list.
struct Seen<'a> {
    grid: &'a Grid<'a>,
    block: &'a Block,
}

impl<'a> Seen<'a> {
    /// The filled cells of a column, as far as they are looked at.
    fn cells(&self, column: u16) -> impl Iterator<Item = &'a Cell> + '_ {
        let rows = self.block.rows.iter();
        let cells = rows.filter_map(move |row| self.grid.cell(*row, column));
        cells.filter(|cell| !is_blank(cell)).take(LOOKED_AT)
    }

    /// Whether most filled cells of a column, and more than one, are of a kind.
    fn mostly(&self, column: u16, is: impl Fn(&Cell) -> bool) -> bool {
        let (mut filled, mut found) = (0_usize, 0_usize);
        for cell in self.cells(column) {
            filled += 1;
            found += usize::from(is(cell));
        }
        filled > 1 && found as f64 >= MOSTLY * filled as f64
    }

    /// Columns that describe neither who somebody is nor where and when a session is held.
    fn open(&self) -> impl Iterator<Item = &'a Column> {
        let closed = |role: Role| PERSONAL.contains(&role) || OF_SESSION.contains(&role) || role == Role::RowNo;
        let columns = self.block.columns.iter();
        columns.filter(move |column| column.role.is_none_or(|role| !closed(role)))
    }

    fn direction(&self, vocabulary: &Vocabulary) -> Option<u16> {
        let naming = [Role::Event, Role::Topic];
        let titled = self.block.columns.iter();
        let titled = titled.filter(|column| column.role.is_some_and(|role| naming.contains(&role)));
        self.open()
            .chain(titled)
            .map(|column| column.index)
            .find(|column| self.mostly(*column, |cell| vocabulary.is_direction(&shown(cell))))
    }

    /// Columns of times of day: two of them are those of coming and going; one alone is, if it is headed as an arrival.
    fn times(&self) -> Vec<u16> {
        // Times of the session stand in many lists, and now and then nobody wrote them.
        let of_people = |column: &&Column| column.role != Some(Role::SessionTime);
        let timed = |column: &&Column| of_people(column) && self.mostly(column.index, is_time_of_day);
        let columns: Vec<&Column> = self.open().filter(timed).collect();
        let headed = |column: &&Column| matches!(column.role, Some(Role::CheckIn | Role::CheckOut));
        if columns.len() < 2 && !columns.iter().any(headed) {
            return Vec::new();
        }
        columns.iter().map(|column| column.index).collect()
    }

    /// Whether rows hold the instant of joining rather than a day.
    fn joins(&self) -> bool {
        if self.block.is_of_forms() {
            return false;
        }
        let moments = self.block.columns.iter();
        let day = |column: &&Column| {
            column
                .role
                .is_none_or(|role| role == Role::SessionDate || !OF_SESSION.contains(&role))
        };
        moments.filter(day).any(|column| self.mostly(column.index, is_instant))
    }

    /// The column headed as one that says who came.
    fn headed_flag(&self, direction: Option<u16>) -> Option<&'a Column> {
        let free = |column: &&Column| Some(column.index) != direction;
        self.open()
            .filter(free)
            .find(|column| column.role == Some(Role::AttendedFlag))
    }

    /// The first column of another heading whose words speak of presence and of absence, and whether all do.
    fn worded_flag(
        &self,
        direction: Option<u16>,
        source: &Source,
        vocabulary: &Vocabulary,
    ) -> Option<(&'a Column, bool)> {
        let other = |role: Role| matches!(role, Role::Category | Role::Status | Role::Notes | Role::CountTotal);
        let columns = self.block.columns.iter();
        let free = columns.filter(|column| Some(column.index) != direction);
        let mut open = free.filter(|column| column.role.is_none_or(other));
        open.find_map(|column| {
            if Letters::of(self.cells(column.index), self.block, source, vocabulary).is_some() {
                return Some((column, true));
            }
            let all = self.speaks_of_attendance(column.index, source, vocabulary)?;
            Some((column, all))
        })
    }

    /// The first column without a heading all of whose cells say who came, and some that somebody did not.
    fn unheaded_flag(&self, source: &Source, vocabulary: &Vocabulary) -> Option<u16> {
        let mut columns: Vec<u16> = Vec::new();
        for row in self.block.rows.iter().take(LOOKED_AT) {
            let cells = self.grid.cells(*row).map(|(column, _)| column);
            columns.extend(cells.filter(|column| !columns.contains(column)).collect::<Vec<u16>>());
        }
        columns.sort_unstable();
        let headed = |column: u16| {
            let mut header = self.block.header_top..=self.block.header_bottom;
            header.any(|row| !self.grid.text(row, column).is_empty())
        };
        columns.into_iter().find(|column| {
            let (mut came, mut absent) = (0_usize, 0_usize);
            let says = |cell: &Cell| {
                let text = matches!(cell, Cell::Text(_) | Cell::Bool(_));
                text.then(|| meaning(cell, source, vocabulary)).flatten()
            };
            let all = !headed(*column)
                && self.cells(*column).all(|cell| match says(cell) {
                    Some(true) => {
                        came += 1;
                        true
                    }
                    Some(false) => {
                        absent += 1;
                        true
                    }
                    None => false,
                });
            all && absent > 0 && came + absent > 1
        })
    }

    /// Whether all words of a column speak of attendance; `None` where not all speak of absence, and none of presence.
    fn speaks_of_attendance(&self, column: u16, source: &Source, vocabulary: &Vocabulary) -> Option<bool> {
        let (mut filled, mut known, mut absent, mut denied) = (0_usize, 0_usize, 0_usize, 0_usize);
        for cell in self.cells(column) {
            let text = shown(cell);
            let word = matches!(cell, Cell::Text(_)) && text.chars().filter(|c| is_letter(*c)).count() >= SHORTEST_WORD;
            // What also says no to a question speaks of absence beside words of presence only.
            let either = word && vocabulary.yes_no(&text).is_some();
            filled += 1;
            if let Some(came) = meaning(cell, source, vocabulary).filter(|_| word) {
                known += usize::from(!either);
                absent += usize::from(!came && !either);
                denied += usize::from(!came && either);
            } else if known == 0 && filled > FIRST_WORDS {
                return None;
            }
        }
        if known > absent {
            known += denied;
            absent += denied;
        }
        (absent > 0 && (known > absent || known == filled)).then_some(known == filled)
    }

    /// A column without a known heading that holds one or two words again and again: it may say who came.
    fn unread_flag(&self, source: &Source, vocabulary: &Vocabulary) -> Option<Noted> {
        let defined = |column: &Column| {
            let heading = vocabulary::normalise(&column.header);
            let mut names = source.columns.keys();
            names.any(|name| vocabulary::normalise(name) == heading || *name == column_letters(column.index))
        };
        let mut open = self.block.columns.iter();
        let column = open.find(|column| {
            let unknown = column.role.is_none() && column.answers.is_empty() && !defined(column);
            unknown && self.repeats_few_words(column.index, vocabulary)
        })?;
        let noted = Noted::at(Kind::FlagUnread, self.block.header_bottom, Some(column.index));
        Some(noted.with("rows", self.block.rows.len()))
    }

    /// Whether all filled cells of a column share one or two words that are neither numbers nor known for anything
    /// else.
    fn repeats_few_words(&self, column: u16, vocabulary: &Vocabulary) -> bool {
        let mut words: Vec<(&str, usize)> = Vec::new();
        for cell in self.cells(column) {
            let Cell::Text(text) = cell else { return false };
            let text = trim(text);
            if let Some((_, count)) = words.iter_mut().find(|(word, _)| *word == text) {
                *count += 1;
                continue;
            }
            let other = vocabulary.sex(text).is_some() || vocabulary.category(text).is_some();
            let number = text.chars().any(|c| c.is_ascii_digit());
            if words.len() == MOST_FLAGS || text.chars().count() > LONGEST_FLAG || other || number {
                return false;
            }
            words.push((text, 1));
        }
        let filled: usize = words.iter().map(|(_, count)| count).sum();
        filled >= FEWEST_FLAGS && words.iter().all(|(_, count)| *count > 1)
    }

    /// What the cells of a column mean, each meaning with the number of its cells.
    fn meanings(&self, flag: &Flag, source: &Source, vocabulary: &Vocabulary) -> Vec<(Option<bool>, usize)> {
        let mut words: HashMap<String, Option<bool>> = HashMap::new();
        let mut counts = [(Some(true), 0), (Some(false), 0), (None, 0)];
        let rows = self.block.rows.iter();
        for cell in rows
            .filter_map(|row| self.grid.cell(*row, flag.column))
            .filter(|cell| !is_blank(cell))
        {
            let text = shown(cell);
            let known = words.get(&*text).copied();
            let meant = known.unwrap_or_else(|| {
                let meant = flag.meaning(cell, source, vocabulary);
                if words.len() < LOOKED_AT {
                    words.insert(text.into_owned(), meant);
                }
                meant
            });
            if let Some((_, count)) = counts.iter_mut().find(|(meaning, _)| *meaning == meant) {
                *count += 1;
            }
        }
        counts.to_vec()
    }
}

/// A column that is called by its letters, nothing standing over it.
fn without_heading(index: u16) -> Column {
    Column {
        index,
        header: column_letters(index),
        key: Role::AttendedFlag.key().to_owned(),
        role: Some(Role::AttendedFlag),
        answers: Vec::new(),
        coded: false,
        by_content: true,
    }
}

/// The finding of a column that may say who came.
fn unclear(seen: &Seen, column: &Column, headings: &Headings, taken: Role) -> Noted {
    let meanings = format!("{}, {}", Role::AttendedFlag.key(), Role::Status.key());
    let noted = Noted::at(Kind::HeadingUnclear, seen.block.header_bottom, Some(column.index));
    noted
        .with("heading", headings.told(column))
        .with("meanings", meanings)
        .with("taken", taken.key())
}

/// Whether a cell says that somebody came; `None` where nobody knows what it says.
pub(super) fn meaning(cell: &Cell, source: &Source, vocabulary: &Vocabulary) -> Option<bool> {
    let text = shown(cell);
    if let Some(defined) = defined(&text, source) {
        return Some(defined);
    }
    match cell {
        Cell::Bool(value) => return Some(*value),
        Cell::Number(number) => return Some(*number > 0.0),
        Cell::Text(_) | Cell::DateTime { .. } | Cell::Error(_) | Cell::FormulaWithoutResult(_) => {}
    }
    match vocabulary.mark(&text) {
        Some(MarkMeaning::Present | MarkMeaning::Partial) => Some(true),
        Some(MarkMeaning::Absent | MarkMeaning::Excused | MarkMeaning::NoSession | MarkMeaning::NotEnrolled) => {
            Some(false)
        }
        Some(MarkMeaning::Ditto | MarkMeaning::Ambiguous) | None => vocabulary
            .yes_no(&text)
            .or_else(|| number(&text).map(|number| number > 0.0)),
    }
}

/// What the definition says about a mark.
fn defined(text: &str, source: &Source) -> Option<bool> {
    let marks = &source.marks;
    if marks.present.is_empty() && marks.absent.is_empty() && marks.excused.is_empty() {
        return None;
    }
    let text = vocabulary::normalise(text);
    let among = |words: &[String]| words.iter().any(|word| vocabulary::normalise(word) == text);
    if among(&marks.present) {
        Some(true)
    } else {
        (among(&marks.absent) || among(&marks.excused)).then_some(false)
    }
}

/// Whether a cell is a time of day without a day.
pub(super) fn is_time_of_day(cell: &Cell) -> bool {
    match cell {
        Cell::DateTime { at, .. } => at.year() < 1900,
        Cell::Text(text) => text.len() <= "12:00:00 a. m.".len() && minutes_of_day(text).is_some(),
        Cell::Number(_) | Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => false,
    }
}

/// Whether a cell is a day with a time of day.
fn is_instant(cell: &Cell) -> bool {
    match cell {
        Cell::DateTime { at, .. } => at.year() >= 1900 && at.num_seconds_from_midnight() > 0,
        Cell::Text(text) => {
            text.split_whitespace().count() > 1 && text.split_whitespace().any(|part| minutes_of_day(part).is_some())
                || text.contains('T') && text.contains(':')
        }
        Cell::Number(number) => *number > 30_000.0 && number.fract() > 0.0,
        Cell::Bool(_) | Cell::Error(_) | Cell::FormulaWithoutResult(_) => false,
    }
}

/// Minutes from midnight of a text such as `9:05`, `09:05:30` or `9:05 pm`.
pub(super) fn minutes_of_day(text: &str) -> Option<f64> {
    // No other sign is normalised to a colon.
    if !text.contains(':') {
        return None;
    }
    let text = vocabulary::normalise(text);
    let clock = text.trim_end_matches(|c: char| is_letter(c) || matches!(c, '.' | ' '));
    let half: String = text[clock.len()..].chars().filter(|c| is_letter(*c)).collect();
    let mut parts = clock.split(':').map(|part| part.trim().parse::<u32>().ok());
    let (hours, minutes) = (parts.next()??, parts.next()??);
    let seconds = match parts.next() {
        Some(part) => part?,
        None => 0,
    };
    let hours = match half.as_str() {
        "pm" if hours < 12 => hours + 12,
        "am" if hours == 12 => 0,
        "" | "am" | "pm" => hours,
        _ => return None,
    };
    let fits = parts.next().is_none() && hours < 24 && minutes < 60 && seconds < 60;
    fits.then(|| f64::from(hours * 60 + minutes) + f64::from(seconds) / 60.0)
}
