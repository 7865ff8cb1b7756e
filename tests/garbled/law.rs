//! The law: what may become of a figure when one thing of a file is changed.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use tallyframe::ingest::findings::Kind;
use tallyframe::ingest::table::Sheet;

use crate::cells::Shift;
use crate::reading::{Door, Item, Outcome, Spot, Told};

/// What became of the figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The figure is the same.
    Same,
    /// It differs by exactly what the changed cell or row says of itself, and by nothing else.
    Exactly,
    /// It differs, and a new finding names the place.
    Said,
    /// It differs, and nothing says so: what it was and what it became.
    Silent(String),
}

impl Verdict {
    /// Its place in a tally.
    pub(crate) fn number(&self) -> usize {
        match self {
            Self::Same => 0,
            Self::Exactly => 1,
            Self::Said => 2,
            Self::Silent(_) => 3,
        }
    }
}

/// What the changed thing says of itself, that no reader could know to be wrong.
///
/// Where something else in the file says otherwise (a total, the order of the days), it is [`Touch::Nothing`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Touch {
    /// Nothing that could be taken at its word: nonsense, or contradicted by the rest of the file.
    Nothing,
    /// A blank mark says that the person was not there: this one attendance.
    Mark,
    /// A row that is not there says nothing: its attendances are gone.
    Row,
    /// Another day that could be: every attendance of the row or the column is of that day.
    Day(NaiveDate),
    /// Another number of heads: the row has so many.
    Heads,
    /// Another value of a list's row, which can tell its session from others: one session of the day more or fewer, and
    /// what was a second mark of the person in one session is a mark of its own.
    Value,
    /// Another row above: where the row repeats it by a ditto or a blank, its day and its session are those of that row.
    Above,
    /// Another name: nobody goes, but one person can become two or two one.
    Name,
}

/// The thing that is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// A cell, in the garbled file's numbers.
    Cell(u32, u16),
    /// A row.
    Row(u32),
    /// A column, or two side by side.
    Columns(u16, u16),
}

/// Changes a sheet.
pub(crate) type Change = Box<dyn Fn(&mut Sheet) + Send + Sync>;

/// One change of one thing.
pub(crate) struct Garble {
    /// What and where, for whoever reads the test's output; what stands before the first comma is its kind.
    pub(crate) name: String,
    /// Sheet.
    pub(crate) sheet: u16,
    /// The change.
    pub(crate) change: Change,
    /// The thing.
    pub(crate) target: Target,
    /// What it did to the numbers of rows and columns.
    pub(crate) shift: Shift,
    /// What it can be believed.
    pub(crate) touch: Touch,
    /// Whether a finding is due even where the figure stays: a sum that does not agree.
    pub(crate) must_be_said: bool,
}

impl Garble {
    /// Whether the word of a heading that is no session's was changed.
    fn is_of_a_heading(&self) -> bool {
        self.kind().starts_with("heading ") && matches!(self.target, Target::Cell(..))
    }

    /// Which kind of change.
    pub(crate) fn kind(&self) -> &str {
        self.name.split(',').next().unwrap_or(&self.name)
    }
}

/// Reads the garbled file, and holds it against the good one.
pub(crate) fn judge(door: &Door, garble: &Garble) -> Judged {
    let mut workbook = door.good.workbook.clone();
    (garble.change)(&mut workbook.sheets[usize::from(garble.sheet)]);
    let verdict = held_against(door, garble, &door.read(&workbook, false));
    // A heading that nobody knows is an office's own as far as anybody can tell who has not read the good file: what
    // the project remembers of it tells.
    let silent = matches!(verdict, Verdict::Silent(_));
    let by_memory = silent && garble.is_of_a_heading() && {
        let again = door.read(&workbook, true);
        let tells = |told: &Told| told.kind == Kind::SourceChanged;
        again.told.iter().any(tells)
    };
    Judged {
        verdict: if by_memory { Verdict::Said } else { verdict },
        by_memory,
    }
}

/// A verdict, and whether it took what the project remembers.
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    pub(crate) by_memory: bool,
}

fn held_against(door: &Door, garble: &Garble, garbled: &Outcome) -> Verdict {
    let (before, after) = (door.outcome.figure(), garbled.figure());
    if before == after && !garble.must_be_said {
        return Verdict::Same;
    }
    let changes = Changes::of(door, garble, garbled);
    if changes.are_exactly_what_is_written(door, garble, garbled) {
        return Verdict::Exactly;
    }
    let new = new_findings(door, garble, garbled);
    if new.iter().any(|told| names_the_place(told, door, garble, &changes)) {
        return Verdict::Said;
    }
    let shown = new.iter().map(|told| {
        let spots = told.places.iter().map(|spot| format!("{}:{:?}", spot.row, spot.column));
        format!("{}@{}", told.kind.code(), spots.collect::<Vec<_>>().join(","))
    });
    let shown: Vec<String> = shown.take(4).collect();
    Verdict::Silent(format!("{before} -> {after}; told elsewhere: {}", shown.join(" ")))
}

/// Items that went and came, in the garbled file's numbers.
struct Changes {
    lost: Vec<Item>,
    gained: Vec<Item>,
}

impl Changes {
    fn of(door: &Door, garble: &Garble, garbled: &Outcome) -> Self {
        let moved = |item: &Item| Item {
            at: if item.at.sheet == garble.sheet {
                garble.shift.of(item.at)
            } else {
                item.at
            },
            ..item.clone()
        };
        let mut lost = Vec::new();
        let mut gained = garbled.items.clone();
        for item in door.outcome.items.iter().map(moved) {
            match gained.iter().position(|new| *new == item) {
                Some(at) => {
                    gained.swap_remove(at);
                }
                None => lost.push(item),
            }
        }
        Self { lost, gained }
    }

    fn all(&self) -> impl Iterator<Item = &Item> {
        self.lost.iter().chain(&self.gained)
    }

    fn are_exactly_what_is_written(&self, door: &Door, garble: &Garble, garbled: &Outcome) -> bool {
        let within = |item: &Item| touches(garble, item.at);
        let items = match garble.touch {
            Touch::Nothing => false,
            Touch::Mark => {
                let own = |item: &Item| {
                    matches!(garble.target, Target::Cell(row, column) if item.at.row == row
                    && item.at.column.is_none_or(|of| of == column || !door.is_session(garble.sheet, of)))
                };
                self.lost.len() <= 1 && self.gained.is_empty() && self.lost.iter().all(own)
            }
            // What stood in the row that is gone can't be told by its number any more: it is that row's of the good file.
            Touch::Row => self.gained.is_empty() && self.lost.len() == items_of(door, garble),
            Touch::Day(day) => {
                self.lost.len() == self.gained.len()
                    && self.all().all(within)
                    && self.gained.iter().all(|item| item.day == day)
            }
            Touch::Heads => self.all().all(|item| within(item) && !item.named),
            Touch::Value => {
                let own = |item: &Item| within(item) || was_a_second_mark(door, garble, item.at);
                self.lost.is_empty()
                    && self.gained.len() <= 1
                    && self.gained.iter().all(own)
                    && same_but_one_session(door, garbled)
            }
            Touch::Above => {
                self.lost.len() == self.gained.len()
                    && self.gained.len() <= 1
                    && self.all().all(within)
                    && same_but_one_session(door, garbled)
            }
            // What was a second mark of somebody else is one of its own now.
            Touch::Name => self.lost.is_empty() && self.gained.len() <= 1 && self.gained.iter().all(within),
        };
        items && (matches!(garble.touch, Touch::Value | Touch::Above) || self.nothing_else_changed(door, garbled))
    }

    /// Sessions of other days are as they were, and at most one person became more or fewer.
    fn nothing_else_changed(&self, door: &Door, garbled: &Outcome) -> bool {
        let days: BTreeSet<NaiveDate> = self.all().map(|item| item.day).collect();
        let others = |outcome: &Outcome| -> Vec<(NaiveDate, usize)> {
            let sessions = outcome.sessions.iter().filter(|(day, _)| !days.contains(day));
            sessions.map(|(day, count)| (*day, *count)).collect()
        };
        others(&door.outcome) == others(garbled)
            && door.outcome.people.abs_diff(garbled.people) <= 1
            && door.outcome.reached.abs_diff(garbled.reached) <= 1
    }

    /// Whether more changed than what stands in the row or the column of the changed thing.
    fn reach_further(&self, garble: &Garble) -> bool {
        self.all().count() == 0 || !self.all().all(|item| touches(garble, item.at))
    }
}

/// Whether nobody came or went, and one day has one session more or fewer.
fn same_but_one_session(door: &Door, garbled: &Outcome) -> bool {
    let (good, bad) = (&door.outcome, garbled);
    let days: BTreeSet<&NaiveDate> = good.sessions.keys().chain(bad.sessions.keys()).collect();
    let of = |outcome: &Outcome, day: &NaiveDate| outcome.sessions.get(day).copied().unwrap_or_default();
    let differ: usize = days.iter().map(|day| of(good, day).abs_diff(of(bad, day))).sum();
    differ <= 1 && (good.people, good.reached) == (bad.people, bad.reached)
}

/// Whether the good file says of a row that its person stands in the changed row of the same session, too.
fn was_a_second_mark(door: &Door, garble: &Garble, at: Spot) -> bool {
    let Target::Cell(row, _) = garble.target else {
        return false;
    };
    let stands = |told: &Told, row: u32| {
        told.places
            .iter()
            .any(|spot| spot.sheet == garble.sheet && spot.row == row)
    };
    let mut twice = door
        .outcome
        .told
        .iter()
        .filter(|told| told.kind == Kind::TwiceInSession);
    at.sheet == garble.sheet && twice.any(|told| stands(told, row) && stands(told, at.row))
}

/// Attendances and head-counts of the row that a garble takes away.
fn items_of(door: &Door, garble: &Garble) -> usize {
    let of_row = |item: &&Item| item.at.sheet == garble.sheet && Target::Row(item.at.row) == garble.target;
    door.outcome.items.iter().filter(of_row).count()
}

/// Whether a place lies in the row or the column of what was changed.
fn touches(garble: &Garble, at: Spot) -> bool {
    at.sheet == garble.sheet
        && match garble.target {
            Target::Cell(row, column) => at.row == row || at.column == Some(column),
            Target::Row(row) => at.row == row,
            Target::Columns(first, last) => at.column.is_some_and(|column| (first..=last).contains(&column)),
        }
}

/// Findings that the good file does not have at the same place and in the same words.
fn new_findings<'a>(door: &Door, garble: &Garble, garbled: &'a Outcome) -> Vec<&'a Told> {
    let known: BTreeSet<Told> = door.outcome.told.iter().map(|told| shifted(told, garble)).collect();
    garbled.told.iter().filter(|told| !known.contains(told)).collect()
}

fn shifted(told: &Told, garble: &Garble) -> Told {
    let places = told.places.iter().map(|spot| {
        if spot.sheet == garble.sheet {
            garble.shift.of(*spot)
        } else {
            *spot
        }
    });
    Told {
        places: places.collect(),
        ..told.clone()
    }
}

/// Whether a finding names the changed cell, its row or its column; where the change reaches further than these, the
/// table's heading or the sheet is the place.
fn names_the_place(told: &Told, door: &Door, garble: &Garble, changes: &Changes) -> bool {
    let headings = || door.heading_rows(garble.sheet);
    let here = |spot: &Spot| {
        spot.sheet == garble.sheet
            && match garble.target {
                Target::Cell(row, column) => match spot.column {
                    Some(named) => named == column || (spot.row == row && !headings().contains(&row)),
                    None => spot.row == row,
                },
                Target::Row(row) => spot.row == row,
                Target::Columns(first, last) => spot.column.is_some_and(|column| (first..=last).contains(&column)),
            }
    };
    let table = |spot: &Spot| {
        let whole = spot.row == 0 || headings().iter().any(|row| spot.row.abs_diff(*row) <= 1);
        changes.reach_further(garble) && (spot.sheet == garble.sheet || spot.sheet == u16::MAX) && whole
    };
    // A row that is gone can't be named: the sum that counted it is, or what belonged to it.
    let gone = matches!(garble.shift, Shift::RowGone(_));
    let sum = told.kind == Kind::TotalDiffers && door.good.summed;
    let of_what_is_gone = |spot: &Spot| {
        changes
            .lost
            .iter()
            .any(|item| item.at.sheet == spot.sheet && item.at.row == spot.row)
    };
    let stands_for_it = |spot: &Spot| gone && (sum && spot.sheet == garble.sheet || of_what_is_gone(spot));
    told.places
        .iter()
        .any(|spot| here(spot) || table(spot) || stands_for_it(spot))
}
