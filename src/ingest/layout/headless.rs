//! Tables whose headings say nothing: none is there, or all are in words that no vocabulary knows.
//!
//! What a column holds says what it is where nothing else can be meant: the one column of days, the one of names.
//! Where two could be meant nothing is taken, and the sheet is asked about as before.

mod column;

use std::collections::BTreeSet;

use super::{PERSON, SheetReading, shape};
use crate::ingest::dates;
use crate::ingest::grid::{Grid, text_of};
use crate::ingest::records::column_letters;
use crate::ingest::table::{Cell, Sheet, SheetRow};
use crate::ingest::vocabulary::{Role, Vocabulary};
use crate::project::model::Source;
use column::{Column, Held, day};

/// Number of the row of headings that a table without one is given.
const NO_ROW: u32 = 0;
/// What only a server of forms writes.
const FORM: [Role; 5] = [
    Role::FormRoot,
    Role::FormInstance,
    Role::FormIndex,
    Role::FormSubmitted,
    Role::FormStart,
];
/// Rows looked at to tell what a column holds.
const LOOKED_AT: usize = 2_000;
/// Most columns of such a table.
const WIDEST: usize = 40;

/// How to read a table by what its columns hold.
#[derive(Debug)]
pub(crate) struct Told {
    /// The sheet, with a row of column letters where it has no headings, and without the titles above.
    pub(crate) sheet: Sheet,
    /// The source, which names the columns.
    pub(crate) source: Source,
    /// Rows above the table.
    pub(crate) titles: Vec<u32>,
    /// First row of the table, headings or people.
    pub(crate) first: u32,
    /// Letters of the columns with what they were taken for.
    pub(crate) columns: Vec<(String, &'static str)>,
}

/// The rows of a table that may have headings.
struct Rows {
    titles: Vec<u32>,
    first: u32,
    heading: bool,
    body: Vec<u32>,
}

/// Tells the columns of a sheet by what they hold; `None` where that leaves a doubt, or where somebody has described
/// the columns.
pub(crate) fn told(grid: &Grid, source: &Source, reading: &SheetReading, vocabulary: &Vocabulary) -> Option<Told> {
    if !source.columns.is_empty() || source.header_row.is_some() || reading.blocks.len() > 1 {
        return None;
    }
    let rows = rows(grid, reading, vocabulary)?;
    let columns: Vec<Column> = filled_columns(grid, &rows.body)
        .into_iter()
        .map(|index| Column::of(grid, index, &rows.body, vocabulary))
        .collect();
    if columns.len() > WIDEST {
        return None;
    }
    let table = Table {
        grid,
        rows: &rows,
        columns: &columns,
        vocabulary,
    };
    let roles = table.roles()?;
    Some(plan(grid, source, rows, roles))
}

fn plan(grid: &Grid, source: &Source, rows: Rows, roles: Vec<(u16, Role)>) -> Told {
    let mut told = Told {
        sheet: grid.sheet.clone(),
        source: source.clone(),
        titles: rows.titles,
        first: rows.first,
        columns: Vec::new(),
    };
    told.source.header_row = Some(if rows.heading { rows.first } else { NO_ROW });
    if !rows.heading {
        told.sheet.rows.retain(|row| row.number >= rows.first);
        let last = roles.iter().map(|(column, _)| *column).max().unwrap_or_default();
        let cells = (0..=last).map(|column| (column, Cell::Text(column_letters(column))));
        let letters = SheetRow {
            number: NO_ROW,
            cells: cells.collect(),
        };
        told.sheet.rows.insert(0, letters);
    }
    for (column, role) in roles {
        let letters = column_letters(column);
        told.source.columns.insert(letters.clone(), role.key().to_owned());
        told.columns.push((letters, role.key()));
    }
    told
}

/// Where the table begins, and whether its first row heads it.
fn rows(grid: &Grid, reading: &SheetReading, vocabulary: &Vocabulary) -> Option<Rows> {
    let several = |row: &u32| grid.cells(*row).count() > 1;
    let numbers = || grid.rows().iter().map(|row| row.number);
    let known = reading.blocks.first().map(|block| block.header_bottom);
    let first = known.or_else(|| numbers().find(|row| several(row)))?;
    let filled = |row: &u32| *row > first && several(row);
    let mut body: Vec<u32> = numbers().filter(filled).take(LOOKED_AT).collect();
    let heading = known.is_some() || heads(grid, first, &body, vocabulary);
    if !heading {
        body.insert(0, first);
    }
    let titles = numbers().filter(|row| *row < first).collect();
    (body.len() > 1).then_some(Rows {
        titles,
        first,
        heading,
        body,
    })
}

/// Whether a row heads the columns below it: all of it words, one of them over something else or a known heading.
fn heads(grid: &Grid, first: u32, body: &[u32], vocabulary: &Vocabulary) -> bool {
    let mut other = false;
    for (index, cell) in grid.cells(first) {
        let held = Held::of(cell, vocabulary);
        if shape::is_heading_like(cell) && held == Held::Number {
            continue;
        }
        if !matches!(held, Held::Name | Held::Words | Held::Code) || !text_of(cell).chars().any(char::is_alphabetic) {
            return false;
        }
        let below = Column::of(grid, index, body, vocabulary);
        let wordless = below
            .held
            .is_some_and(|held| !matches!(held, Held::Name | Held::Words | Held::Came));
        let text = text_of(cell);
        let known = vocabulary.is_spelt_header(&text) && !below.distinct.contains(&text);
        other |= (wordless && held != Held::Code) || known;
    }
    other
}

fn filled_columns(grid: &Grid, rows: &[u32]) -> BTreeSet<u16> {
    let cells = rows.iter().flat_map(|row| grid.cells(*row));
    cells.map(|(column, _)| column).collect()
}

/// A table whose columns are to be told.
struct Table<'a> {
    grid: &'a Grid<'a>,
    rows: &'a Rows,
    columns: &'a [Column],
    vocabulary: &'a Vocabulary,
}

impl Table<'_> {
    /// The columns that leave no doubt, in order.
    fn roles(&self) -> Option<Vec<(u16, Role)>> {
        let mut roles = Vec::new();
        let days = self.days(&mut roles)?;
        if days.is_none() && !self.told_above() && !self.lists_people() {
            return None;
        }
        roles.extend(days.map(|column| (column, Role::SessionDate)));
        let person = self.person(days)?;
        roles.extend(person);
        roles.extend(self.came(person.is_some())?);
        for (held, role) in [(Held::Phone, Role::Phone), (Held::Email, Role::Email)] {
            if let [one] = self.holding(held)[..] {
                roles.extend(self.unless_known(one.index, role));
            }
        }
        roles.sort_unstable();
        Some(roles)
    }

    fn holding(&self, held: Held) -> Vec<&Column> {
        let columns = self.columns.iter();
        columns.filter(|column| column.held == Some(held)).collect()
    }

    /// What the heading of a column says.
    fn known(&self, column: u16) -> Vec<Role> {
        if !self.rows.heading {
            return Vec::new();
        }
        self.vocabulary.header(&self.grid.text(self.rows.first, column))
    }

    fn unless_known(&self, column: u16, role: Role) -> Option<(u16, Role)> {
        self.known(column).is_empty().then_some((column, role))
    }

    /// Whether rows that no day belongs to are people: a heading says so over names, or telephones and addresses stand
    /// beside them.
    fn lists_people(&self) -> bool {
        let said = |column: &Column| {
            let named = self.known(column.index).iter().any(|role| PERSON.contains(role));
            named && column.is_of_names() && column.is_various()
        };
        let reached = [Held::Phone, Held::Email].map(|held| self.holding(held).len());
        self.columns.iter().any(said) || (!self.rows.heading && reached.contains(&1))
    }

    /// Whether the lines above tell one day.
    fn told_above(&self) -> bool {
        let cells = self.rows.titles.iter().flat_map(|row| self.grid.cells(*row));
        let texts = cells.map(|(_, cell)| text_of(cell));
        let days: Vec<_> = texts.flat_map(|text| dates::find_in_text(&text)).collect();
        matches!(days.as_slice(), [dates::DateReading::Day(_)])
    }

    /// The column of days; births are set apart. `None` where two columns tell different days, or a day is no
    /// session's.
    #[expect(
        clippy::option_option,
        reason = "no column of days and a doubt about them are different things"
    )]
    fn days(&self, roles: &mut Vec<(u16, Role)>) -> Option<Option<u16>> {
        let (births, days): (Vec<&Column>, Vec<&Column>) = self
            .holding(Held::Day)
            .into_iter()
            .partition(|column| column.is_of_births(self.grid, &self.rows.body));
        match births[..] {
            [] => {}
            [birth] => roles.extend(self.unless_known(birth.index, Role::BirthDate)),
            _ => return None,
        }
        let Some(first) = days.first() else {
            return Some(None);
        };
        let said = self.known(first.index);
        let other = !said.is_empty() && !said.contains(&Role::SessionDate) && !said.contains(&Role::SessionTime);
        if other || !days[1..].iter().all(|column| self.agree(first.index, column.index)) {
            return None;
        }
        Some(Some(first.index))
    }

    /// Whether two columns tell the same days, as coming and going do.
    fn agree(&self, one: u16, other: u16) -> bool {
        let told = |row: u32, column: u16| self.grid.own(row, column).and_then(day);
        let both = self
            .rows
            .body
            .iter()
            .filter_map(|row| Some((told(*row, one)?, told(*row, other)?)));
        let (mut filled, mut same) = (0_usize, 0_usize);
        for (one, other) in both {
            filled += 1;
            same += usize::from(one == other);
        }
        same * 10 >= filled * 9
    }

    /// The column of people: whole names, else single words that stand alone beside days, else codes that come again.
    #[expect(
        clippy::option_option,
        reason = "known by its heading and not to be told are different things"
    )]
    fn person(&self, days: Option<u16>) -> Option<Option<(u16, Role)>> {
        let described = |column: &Column| self.known(column.index).iter().any(|role| PERSON.contains(role));
        if self.columns.iter().any(described) {
            return Some(None);
        }
        if self.counts_heads(days) {
            return None;
        }
        let open = |column: &&Column| column.is_of_names() && self.known(column.index).is_empty();
        let mut names: Vec<&Column> = self.columns.iter().filter(open).collect();
        // A form has answers that look like names, the same in many rows: kinds of services, places, who filled it in.
        if self.is_form() {
            names.retain(|column| column.is_various());
        }
        let mut whole: Vec<&Column> = names.iter().copied().filter(|column| column.several_words).collect();
        if whole.len() > 1 {
            whole.retain(|column| column.is_various());
        }
        let role = |column: u16| Some(Some((column, Role::FullName)));
        match (whole[..].first(), whole.len(), &names[..]) {
            (Some(one), 1, _) => role(one.index),
            (None, _, [one]) if one.distinct.len() > 2 && self.once_a_day(one.index, days) => role(one.index),
            (None, _, []) if self.rows.heading => Some(Some((self.code(days)?, Role::ClientCode))),
            _ => None,
        }
    }

    /// Whether the rows are forms: a server has numbered or stamped them.
    fn is_form(&self) -> bool {
        let stamped = |column: &Column| self.known(column.index).iter().any(|role| FORM.contains(role));
        self.columns.iter().any(stamped)
    }

    /// The column of codes by which people come again on other days.
    fn code(&self, days: Option<u16>) -> Option<u16> {
        days?;
        let bears_codes = |column: &&Column| {
            let numbers = matches!(column.held, Some(Held::Code | Held::Number));
            let known = self.known(column.index);
            let open = known.is_empty() || known.first() == Some(&Role::RowNo);
            let rows = &self.rows.body;
            numbers && open && column.distinct.len() > 1 && !column.numbers_rows(self.grid, rows)
        };
        let mut codes = self.columns.iter().filter(bears_codes);
        let first = codes.next()?;
        let alone = codes.next().is_none();
        let sure = first.held == Some(Held::Code) && first.distinct.len() < first.filled;
        (alone && sure).then_some(first.index)
    }

    /// Whether single words stand at most once a day, as the names of people do.
    fn once_a_day(&self, column: u16, days: Option<u16>) -> bool {
        let Some(days) = days else { return false };
        let (mut seen, mut rows) = (BTreeSet::new(), 0_usize);
        for row in &self.rows.body {
            if let (Some(name), Some(day)) = (self.grid.own(*row, column), self.grid.own(*row, days).and_then(day)) {
                rows += 1;
                seen.insert((text_of(name), day));
            }
        }
        seen.len() * 10 >= rows * 9
    }

    /// Whether rows could be events with their head-counts: about one a day, and a number beside.
    fn counts_heads(&self, days: Option<u16>) -> bool {
        let Some(days) = days else { return false };
        let told: BTreeSet<_> = self
            .rows
            .body
            .iter()
            .filter_map(|row| self.grid.own(*row, days).and_then(day))
            .collect();
        let one_a_day = told.len() * 3 > self.rows.body.len() * 2;
        let counted = |column: &&Column| !column.numbers_rows(self.grid, &self.rows.body);
        one_a_day && self.holding(Held::Number).iter().any(counted)
    }

    /// The column that says who came. `None` where several do, as marks under days that nothing names.
    #[expect(clippy::option_option, reason = "no such column and several are different things")]
    fn came(&self, by_content: bool) -> Option<Option<(u16, Role)>> {
        let holding = self.holding(Held::Came);
        let marks: Vec<&&Column> = holding
            .iter()
            .filter(|column| self.known(column.index).is_empty())
            .collect();
        let open = |column: &&Column| self.known(column.index).is_empty();
        let answers = |column: &Column| column.answers(self.vocabulary);
        if by_content && self.columns.iter().filter(open).any(answers) {
            return None;
        }
        match marks[..] {
            [] => Some(None),
            [one] => Some(Some((one.index, Role::AttendedFlag))),
            _ if by_content => None,
            _ => Some(None),
        }
    }
}
