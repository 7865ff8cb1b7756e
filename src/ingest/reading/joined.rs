//! Days written in three columns, one for the day, one for the month, one for the year: read as one column of dates.

use chrono::NaiveDate;

use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::text_of;
use crate::ingest::table::{Cell, Sheet, SheetRow};
use crate::ingest::vocabulary::{Role, Vocabulary};

/// Rows in which the headings are looked for.
const LOOKED_AT: usize = 30;
/// Share of the rows below that hold a day in the three columns.
const MOSTLY: f64 = 0.9;
/// What the column of dates is headed by.
const HEADING: &str = "Date";

/// Where the parts of dates stand.
struct Parts {
    /// Index of the row of headings.
    header: usize,
    day: u16,
    month: u16,
    year: u16,
}

/// The sheet with one column of dates in place of three; `None` where it has no such columns, or where they tell births.
pub(super) fn dates(sheet: &Sheet, years: Option<(NaiveDate, NaiveDate)>, vocabulary: &Vocabulary) -> Option<Sheet> {
    let parts = (0..sheet.rows.len().min(LOOKED_AT)).find_map(|header| Parts::under(sheet, header, vocabulary))?;
    let held = |day: &NaiveDate| years.is_none_or(|(start, end)| (start..=end).contains(day));
    let below = &sheet.rows[parts.header + 1..];
    let filled = below.iter().filter(|row| cell(row, parts.month).is_some()).count();
    let days = below.iter().filter_map(|row| parts.day_of(row, vocabulary));
    let days = days.filter(held).count();
    if days == 0 || (days as f64) < MOSTLY * filled as f64 {
        return None;
    }
    let mut joined = sheet.clone();
    for (index, row) in joined.rows.iter_mut().enumerate().skip(parts.header) {
        let date = match parts.day_of(row, vocabulary) {
            _ if index == parts.header => Cell::Text(HEADING.to_owned()),
            Some(day) => Cell::DateTime {
                at: day.and_hms_opt(0, 0, 0)?,
                serial: None,
            },
            None => continue,
        };
        row.cells
            .retain(|(column, _)| *column != parts.month && *column != parts.year);
        for (column, cell) in &mut row.cells {
            if *column == parts.day {
                *cell = date.clone();
            }
        }
    }
    Some(joined)
}

impl Parts {
    /// Three columns side by side, the middle one headed by the word for a month; the year stands last or first.
    fn under(sheet: &Sheet, header: usize, vocabulary: &Vocabulary) -> Option<Self> {
        let row = &sheet.rows[header];
        let births = |row: &SheetRow| {
            let mut texts = row.cells.iter().map(|(_, cell)| text_of(cell));
            texts.any(|text| vocabulary.header(&text).contains(&Role::BirthDate))
        };
        let above = header.checked_sub(1).map(|above| &sheet.rows[above]);
        let month = row.cells.iter().find(|(_, cell)| {
            let text = text_of(cell);
            vocabulary.is_word_for_month(&text) || vocabulary.header(&text).contains(&Role::Period)
        })?;
        let (before, after) = (month.0.checked_sub(1)?, month.0 + 1);
        let first = sheet.rows.get(header + 1)?;
        let is_year = |column: u16| cell(first, column).is_some_and(|cell| year(cell).is_some());
        let (day, year) = match (is_year(before), is_year(after)) {
            (false, true) => (before, after),
            (true, false) => (after, before),
            _ => return None,
        };
        let has_headings = cell(row, day).is_some() && cell(row, year).is_some();
        let of_births = births(row) || above.is_some_and(births);
        (has_headings && !of_births).then_some(Self {
            header,
            day,
            month: month.0,
            year,
        })
    }

    fn day_of(&self, row: &SheetRow, vocabulary: &Vocabulary) -> Option<NaiveDate> {
        let month = cell(row, self.month)?;
        let text = text_of(month);
        let month = match dates::read(month, None) {
            DateReading::DayOnly(month) | DateReading::Month { month, year: None } => month,
            _ => vocabulary.month(&text)?,
        };
        let DateReading::DayOnly(day) = dates::read(cell(row, self.day)?, None) else {
            return None;
        };
        NaiveDate::from_ymd_opt(year(cell(row, self.year)?)?, month, day)
    }
}

fn cell(row: &SheetRow, column: u16) -> Option<&Cell> {
    let mut cells = row.cells.iter();
    cells.find(|(at, _)| *at == column).map(|(_, cell)| cell)
}

fn year(cell: &Cell) -> Option<i32> {
    match dates::read(cell, None) {
        DateReading::Year(year) => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::fixture::{records, sheet, source};

    #[test]
    fn days_in_three_columns_are_dates() {
        let of = |text: &str| {
            let records = records(vec![sheet(text)], &source());
            let days: Vec<String> = records.sessions.iter().map(|it| it.date.to_string()).collect();
            (days.join(" "), records.contacts.len() + records.head_counts.len())
        };
        let two = "2026-03-02 2026-03-09";
        for (list, counted) in [
            (
                "Day|Month|Year|Name\n#2|March|#2026|Ann Lee\n#2|March|#2026|Bea Ray\n#9|March|#2026|Ann Lee",
                3,
            ),
            ("Рік|Місяць|День|ПІБ\n#2026|#3|#2|Коваль Ольга\n#2026|#3|#9|Сова Ія", 2),
            (
                "Day|Month|Year|Activity|Participants\n#2|#3|#2026|A|#20\n#9|#3|#2026|B|#22",
                2,
            ),
        ] {
            assert_eq!(of(list), (two.to_owned(), counted), "{list}");
        }
        let births = "|Date of birth||\nName|Day|Month|Year\nAnn Lee|#2|#3|#2026\nBea Ray|#9|#3|#2026";
        assert_eq!(of(births).0, "");
    }
}
