//! Tables beside each other under one row of headings.

use super::BEGINNING;
use crate::ingest::dates::{self, DateReading};
use crate::ingest::grid::Grid;
use crate::ingest::vocabulary::{self, Role, Vocabulary};

/// First and last columns of tables beside each other: where the heading of a name stands again, a table begins, with
/// the columns before it that stand before the first name, too.
pub(super) fn side_by_side(grid: &Grid, (top, bottom): (u32, u32), vocabulary: &Vocabulary) -> Vec<(u16, u16)> {
    let heading = |column: u16| {
        let parts = (top..=bottom).map(|row| grid.text(row, column));
        let mut texts: Vec<String> = parts.filter(|text| !text.is_empty()).collect();
        texts.dedup();
        vocabulary::normalise(&texts.join(" "))
    };
    let mut columns: Vec<u16> = (top..=bottom)
        .flat_map(|row| grid.cells(row).map(|(column, _)| column))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    let headings: Vec<(u16, String)> = columns.iter().map(|column| (*column, heading(*column))).collect();
    let begins = |text: &str| {
        let role = vocabulary.normalised_header(text).first().copied();
        role.is_some_and(|role| BEGINNING.contains(&role))
    };
    let Some(first) = headings.iter().position(|(_, text)| begins(text)) else {
        return Vec::new();
    };
    let mut starts = Vec::new();
    for at in first + 1..headings.len() {
        if headings[at].1 != headings[first].1 {
            continue;
        }
        // Headings before the first name stand again before this one: numbers, codes.
        let before = (1..=first).take_while(|back| headings[at - back].1 == headings[first - back].1);
        starts.push(headings[at - before.count()].0);
    }
    let ends = starts.iter().skip(1).copied().chain([u16::MAX]);
    let of = |from: u16, to: u16| headings.iter().filter(move |(column, _)| (from..to).contains(column));
    let texts = |from: u16, to: u16| -> Vec<&str> {
        let others = of(from, to).filter(|(_, text)| *text != headings[first].1);
        others.map(|(_, text)| text.as_str()).collect()
    };
    let Some(left) = starts.first().map(|start| texts(0, *start)) else {
        return Vec::new();
    };
    let mut parts = starts.iter().zip(ends);
    if !parts.all(|(start, end)| is_list(&texts(*start, end), &left, vocabulary)) {
        return Vec::new();
    }
    let firsts = std::iter::once(0).chain(starts.iter().copied());
    let lasts = starts.iter().map(|start| start - 1).chain([u16::MAX]);
    firsts.zip(lasts).collect()
}

/// Whether headings beside a name that stands again are those of a list of its own: they number or date its rows, or
/// stand in the list to the left, too. Else the name is another spelling of that on the left, or a person beside her.
fn is_list(headings: &[&str], left: &[&str], vocabulary: &Vocabulary) -> bool {
    let role = |text: &str| vocabulary.normalised_header(text).first().copied();
    let day = |text: &str| dates::read_text(text, None) != DateReading::None;
    let of_rows = |text: &str| matches!(role(text), Some(Role::RowNo | Role::SessionDate)) || day(text);
    let again = |text: &str| {
        left.iter()
            .any(|other| *other == text || (role(text).is_some() && role(other) == role(text)))
    };
    if headings.is_empty() {
        return !left.iter().any(|text| role(text) == Some(Role::SessionDate));
    }
    headings.iter().any(|text| of_rows(text) || again(text))
}

#[cfg(test)]
mod tests {
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::{kinds, records, sheet, source};

    #[test]
    fn a_second_name_without_a_number_or_a_date_is_no_further_list() {
        let text = "№|ПІБ|Дата|ПІБ|Телефон\n1|Mary Smith|05.02.2026|Смiт Мері|0671112230\n\
                    2|John Brown|05.02.2026|Браун Джон|0671112231";
        let records = records(vec![sheet(text)], &source());
        assert_eq!((records.mentions.len(), records.contacts.len()), (2, 2));
        let kinds = kinds(&records);
        assert!(
            kinds.contains(&Kind::SecondName) && !kinds.contains(&Kind::NoDate),
            "{kinds:?}"
        );
    }

    #[test]
    fn lists_of_other_lengths_that_share_a_heading_are_lists() {
        let text = "Дата: 05.02.2026\nПІБ|Підпис|Телефон|ПІБ|Підпис\nКоваль Ольга|||Сова Ія|\nЛис Ян|||Мельник Іван|";
        let records = records(vec![sheet(text)], &source());
        assert_eq!(records.contacts.len(), 4);
    }
}
