//! Sexes and ages ticked in columns of their own: a list has a column for women and one for men, or one for each age,
//! and a tick in one of them.
//!
//! Neighbouring headings that are values of one attribute, with at most one tick in a row, are that attribute.

use std::collections::BTreeSet;

use super::columns::named;
use super::{COUNTS, Column, PERSON, crossed};
use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::noted::Noted;
use crate::ingest::values;
use crate::ingest::vocabulary::{self, Role, Sex, Vocabulary};
use crate::project::model::Source;

/// Rows looked at.
const LOOKED_AT: usize = 200;
/// Fewest rows with a tick.
const FEWEST: usize = 2;
/// Share of ticked rows from which one tick in a row is the rule.
const MOSTLY: f64 = 0.8;

/// A heading that is a value of an attribute, or of two.
struct Value {
    column: u16,
    heading: String,
    sex: Option<Sex>,
    /// Ages as written.
    ages: Option<String>,
}

/// The table that is looked at.
pub(super) struct Body<'a> {
    pub(super) grid: &'a Grid<'a>,
    /// Header rows.
    pub(super) header: (u32, u32),
    /// Row of the next header.
    pub(super) end: u32,
    pub(super) source: &'a Source,
    pub(super) vocabulary: &'a Vocabulary,
}

impl Body<'_> {
    /// Joins columns that tick one attribute, in a list of people.
    pub(super) fn join_ticks(&self, known: &mut Vec<Column>, open: &mut Vec<Column>, noted: &mut Vec<Noted>) {
        let has = |known: &[Column], roles: &[Role]| {
            let mut roles_of = known.iter().filter_map(|column| column.role);
            roles_of.any(|role| roles.contains(&role))
        };
        if !has(known, PERSON) {
            return;
        }
        let names = known
            .iter()
            .filter(|column| column.role.is_some_and(|role| PERSON.contains(&role)));
        let names: Vec<u16> = names.map(|column| column.index).collect();
        let rows = self.rows(&names);
        let values = self.values(known, open);
        let mut found: Vec<(Column, BTreeSet<u16>)> = Vec::new();
        for run in values.chunk_by(|left, right| left.column + 1 == right.column) {
            let parts = run.chunk_by(|left, right| left.sex.is_some() == right.sex.is_some());
            found.extend(parts.filter_map(|part| self.sexes(part, &rows)));
            let parts = run.chunk_by(|left, right| left.ages.is_some() == right.ages.is_some());
            found.extend(parts.filter_map(|part| self.ages(part, &rows)));
        }
        for (column, taken) in found {
            let role = column.role;
            let outside = known
                .iter()
                .any(|known| known.role == role && !taken.contains(&known.index));
            if outside {
                continue;
            }
            let noted_here = Noted::at(Kind::TicksJoined, self.header.1, Some(column.index));
            noted.push(noted_here.with("columns", &column.header).with("field", &column.key));
            let replaced = |known: &Column| {
                let ticks = !known.answers.is_empty();
                taken.contains(&known.index) && !ticks
            };
            known.retain(|known| !replaced(known));
            open.retain(|open| !replaced(open));
            known.push(column);
        }
        known.sort_by_key(|column| column.index);
    }

    /// Takes a column of answers to "head of household" out of the names, where another column names people.
    pub(super) fn release_answers(&self, known: &mut Vec<Column>, open: &mut Vec<Column>) {
        let names = |column: &Column| column.role.is_some_and(|role| PERSON.contains(&role));
        let rows = self.grid.rows_between(self.header.1.saturating_add(1), self.end).iter();
        let rows: Vec<u32> = rows.map(|row| row.number).take(LOOKED_AT).collect();
        let answers = |column: &Column| {
            let texts = rows.iter().map(|row| self.grid.text(*row, column.index));
            let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
            let answer = |text: &&String| self.vocabulary.yes_no(text).is_some() || text.chars().nth(1).is_none();
            let by_words = named(self.source, column.index, &column.header).is_none();
            let several = known.iter().filter(|known| names(known)).count() > 1;
            let full = column.role == Some(Role::FullName);
            full && by_words && several && !texts.is_empty() && texts.iter().filter(answer).count() == texts.len()
        };
        let Some(at) = known.iter().position(answers) else {
            return;
        };
        let mut column = known.remove(at);
        column.role = None;
        column.key = vocabulary::normalise(&column.header);
        open.push(column);
        open.sort_by_key(|column| column.index);
    }

    /// The first rows that name somebody.
    fn rows(&self, names: &[u16]) -> Vec<u32> {
        let rows = self.grid.rows_between(self.header.1.saturating_add(1), self.end).iter();
        let somebody = |row: &u32| names.iter().any(|column| self.grid.own(*row, *column).is_some());
        let rows = rows.map(|row| row.number).filter(somebody);
        rows.take(LOOKED_AT).collect()
    }

    /// The columns whose lowest headings are values, in order.
    fn values(&self, known: &[Column], open: &[Column]) -> Vec<Value> {
        let may_be = |column: &&Column| {
            let role = match column.role {
                None | Some(Role::Sex | Role::AgeGroup | Role::Age | Role::ChildrenCount) => true,
                Some(role) => COUNTS.contains(&role) && role != Role::CountTotal,
            };
            role && column.answers.is_empty() && named(self.source, column.index, &column.header).is_none()
        };
        let columns = known.iter().chain(open).filter(may_be);
        let mut values: Vec<Value> = columns.filter_map(|column| self.value(column.index)).collect();
        values.sort_by_key(|value| value.column);
        let no_women = !values.iter().any(|value| value.sex == Some(Sex::Female));
        if no_women && values.iter().any(|value| vocabulary::normalise(&value.heading) == "h") {
            let women = values
                .iter_mut()
                .filter(|value| vocabulary::normalise(&value.heading) == "m");
            women.for_each(|value| value.sex = Some(Sex::Female));
        }
        values
    }

    fn value(&self, column: u16) -> Option<Value> {
        let heading = self.grid.text(self.header.1, column);
        let (words, ages) = crossed::words_and_ages(&heading);
        let sex = crossed::sex(&words, self.vocabulary);
        // Words that name no sex may say of whom else the column tells.
        let plain = words.is_empty() || sex.is_some();
        (plain && (sex.is_some() || ages.is_some())).then_some(Value {
            column,
            heading,
            sex,
            ages,
        })
    }

    fn sexes(&self, run: &[Value], rows: &[u32]) -> Option<(Column, BTreeSet<u16>)> {
        let told = |sex: Sex| run.iter().any(|value| value.sex == Some(sex));
        if !told(Sex::Female) || !told(Sex::Male) || !self.are_ticks(run, rows) {
            return None;
        }
        let codes = run
            .iter()
            .filter_map(|value| Some((value.column, value.sex?.key().to_owned())));
        Some(joined(run, codes.collect(), Role::Sex, run[0].column))
    }

    fn ages(&self, run: &[Value], rows: &[u32]) -> Option<(Column, BTreeSet<u16>)> {
        let bands: BTreeSet<&String> = run.iter().filter_map(|value| value.ages.as_ref()).collect();
        if bands.len() < 2 || !self.are_ticks(run, rows) {
            return None;
        }
        let codes = run.iter().filter_map(|value| Some((value.column, value.ages.clone()?)));
        // Where the same columns tell the sex, too, that one has the first of them.
        let at = run.iter().position(|value| value.sex.is_none()).unwrap_or(1);
        Some(joined(run, codes.collect(), Role::AgeGroup, run[at].column))
    }

    /// Whether rows have ticks in these columns, and hardly any several.
    fn are_ticks(&self, run: &[Value], rows: &[u32]) -> bool {
        let (mut ticked, mut alone) = (0_usize, 0_usize);
        for row in rows {
            let texts = run.iter().map(|value| self.grid.text(*row, value.column));
            let ticks: Vec<String> = texts.filter(|text| values::is_tick(text, self.vocabulary)).collect();
            ticked += usize::from(!ticks.is_empty());
            let [one] = ticks.as_slice() else { continue };
            // Numbers above one count heads, or are ages.
            alone += usize::from(values::number(one).is_none_or(|number| number <= 1.0));
        }
        ticked >= FEWEST && ticked * 2 >= rows.len() && alone as f64 >= MOSTLY * ticked as f64
    }
}

/// The column of an attribute that is ticked in the columns of a run, and the columns that it takes.
fn joined(run: &[Value], answers: Vec<(u16, String)>, role: Role, index: u16) -> (Column, BTreeSet<u16>) {
    let headings: Vec<&str> = run.iter().map(|value| value.heading.as_str()).collect();
    let column = Column {
        index,
        header: headings.join(" / "),
        key: role.key().to_owned(),
        role: Some(role),
        answers,
        coded: false,
        by_content: false,
    };
    (column, run.iter().map(|value| value.column).collect())
}

/// Whether columns of these headings count or tick people by sex and age, and so are no sessions.
pub(super) fn tells_sex_or_age(grid: &Grid, bottom: u32, column: u16, vocabulary: &Vocabulary) -> bool {
    let (words, ages) = crossed::words_and_ages(&grid.text(bottom, column));
    let sex = crossed::sex(&words, vocabulary);
    (sex.is_some() && ages.is_some()) || (words.is_empty() && ages.is_some_and(|ages| ages.ends_with('+')))
}

#[cfg(test)]
mod tests {
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::{kinds, records, sheet, source, value};

    #[test]
    fn ticks_under_sexes_and_ages_are_the_sex_and_the_age_group() {
        for header in ["№|ПІБ|Ж|Ч|0-17|18-59|60+", "№|ПІБ|Стать||Вік||\n||Ж|Ч|0-17|18-59|60+"] {
            let text = format!(
                "Дата: 05.02.2026\n{header}\n1|Коваль Ольга|х|||х|\n2|Мельник Іван||х|||х\n3|Сова Ія|х||х||\n4|Лис Ян||х|х||"
            );
            let records = records(vec![sheet(&text)], &source());
            let sexes: Vec<&str> = records
                .mentions
                .iter()
                .filter_map(|mention| Some(records.text(mention.identity.sex?)))
                .collect();
            assert_eq!(sexes, ["female", "male", "female", "male"], "{header}");
            assert_eq!(value(&records, 0, "sex"), "female");
            assert_eq!(value(&records, 1, "age_group"), "60+");
            let spans = records.mentions.iter().map(|mention| mention.identity.age_span);
            assert!(spans.take(3).all(|span| span.is_some_and(|(from, to)| from < to)));
            assert!(!kinds(&records).contains(&Kind::ValueUnread));
            assert!(kinds(&records).contains(&Kind::TicksJoined));
            assert_eq!(records.contacts.len(), 4);
        }
    }

    #[test]
    fn women_and_girls_beside_men_and_boys_are_ticked_as_well() {
        let text =
            "Date: 05.02.2026\nNo|Name|Women|Men|Girls|Boys\n1|Mary Smith|1|||\n2|John Brown||1||\n3|Ann Lee|||1|";
        let records = records(vec![sheet(text)], &source());
        let sexes: Vec<Option<&str>> = records
            .mentions
            .iter()
            .map(|mention| mention.identity.sex.map(|sex| records.text(sex)))
            .collect();
        assert_eq!(sexes, [Some("female"), Some("male"), Some("female")]);
    }

    #[test]
    fn who_is_head_of_a_household_may_be_an_answer() {
        let text = "Date: 05.02.2026\nHead of household|Surname|First name\nyes|Smith|Mary\nno|Brown|John";
        let records = records(vec![sheet(text)], &source());
        assert!(
            records
                .mentions
                .iter()
                .all(|mention| mention.identity.full_name.is_none())
        );
        assert_eq!(value(&records, 0, "head of household"), "yes");
    }

    #[test]
    fn members_of_a_household_are_counted_and_not_ticked() {
        let text = "Date: 05.02.2026\nNo|Head of household|F 0-17|M 0-17|F 18+|M 18+\n\
                    1|Mary Smith|#1|#0|#1|#2\n2|John Brown|#3|#1|#1|#1\n3|Ann Lee|#0|#0|#1|#1";
        let records = records(vec![sheet(text)], &source());
        assert!(records.mentions.iter().all(|mention| mention.identity.sex.is_none()));
        assert_eq!((records.contacts.len(), records.sessions.len()), (3, 1));
    }
}
