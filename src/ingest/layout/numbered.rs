//! Running numbers of people under a heading that nobody knows: "Č.", "Rb.", "A/A", "p.k.".
//!
//! What they are is told by themselves, in whatever language: 1 in the first row, 2 in the second.

use super::{Column, PERSON};
use crate::ingest::grid::{Grid, text_of, trim};
use crate::ingest::vocabulary::Role;

/// Letters of the longest heading that nobody has to know.
const LONGEST: usize = 8;
/// Rows whose numbers are looked at.
const LOOKED_AT: usize = 2;

/// Whether a short heading stands over 1 and 2.
pub(super) fn is_heading(grid: &Grid, row: u32, column: u16) -> bool {
    let heading = grid.text(row, column);
    let short = !heading.is_empty() && heading.chars().count() <= LONGEST;
    let words = !heading.chars().any(|c| c.is_ascii_digit());
    let below = grid
        .rows_between(row.saturating_add(1), u32::MAX)
        .iter()
        .take(LOOKED_AT);
    let numbers: Vec<Option<usize>> = below
        .map(|row| {
            let text = text_of(grid.own(row.number, column)?);
            trim(&text).trim_end_matches(['.', ')']).parse().ok()
        })
        .collect();
    short && words && numbers.len() == LOOKED_AT && numbers.into_iter().zip(1..).all(|(number, at)| number == Some(at))
}

/// Takes the first column of such numbers before the names for what it is, where no heading says that one is.
pub(super) fn take(grid: &Grid, bottom: u32, known: &mut Vec<Column>, open: &mut Vec<Column>) {
    if known.iter().any(|column| column.role == Some(Role::RowNo)) {
        return;
    }
    let named = known
        .iter()
        .filter(|column| column.role.is_some_and(|role| PERSON.contains(&role)));
    let Some(first) = named.map(|column| column.index).min() else {
        return;
    };
    let numbers = |column: &Column| {
        let free = column.role.is_none() && column.answers.is_empty();
        free && column.index < first && is_heading(grid, bottom, column.index)
    };
    if let Some(at) = open.iter().position(numbers) {
        let mut column = open.remove(at);
        column.role = Some(Role::RowNo);
        Role::RowNo.key().clone_into(&mut column.key);
        column.by_content = true;
        known.push(column);
        known.sort_by_key(|column| column.index);
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::fixture::{records, sheet, source};

    #[test]
    fn no_heading_of_numbers_costs_a_table() {
        for heading in [
            "№",
            "Nr",
            "Č.",
            "Lp.",
            "Rb.",
            "A/A",
            "#",
            "N.",
            "p.k.",
            "S/N",
            "Жж",
            "Ō.",
            "क्र.",
        ] {
            let text = format!(
                "{heading}|Jméno a příjmení|05.03.2026|12.03.2026\n1|Jana Nováková|x|x\n2|Petr Dvořák|x|\n3|Eva Malá|x|x"
            );
            assert_eq!(records(vec![sheet(&text)], &source()).contacts.len(), 5, "{heading}");
            let text = format!(
                "Registr, březen 2026\n{heading}|Jméno a příjmení|5|12\n1|Jana Nováková|x|x\n2|Petr Dvořák|x|\n3|Eva Malá|x|x"
            );
            assert_eq!(
                records(vec![sheet(&text)], &source()).contacts.len(),
                5,
                "{heading}, days"
            );
            let text = format!(
                "Prezenční listina 05.03.2026\n{heading}|Jméno a příjmení|Xyzzy\n1|Jana Nováková|\n2|Petr Dvořák|"
            );
            assert_eq!(
                records(vec![sheet(&text)], &source()).contacts.len(),
                2,
                "{heading}, list"
            );
        }
    }

    #[test]
    fn people_known_by_their_addresses_alone_are_counted() {
        let text = "Sign-in sheet 02.03.2026\nE-mail|Sex\nm@x.org|F\nj@x.org|M";
        let records = records(vec![sheet(text)], &source());
        assert_eq!((records.contacts.len(), records.sessions.len()), (2, 1));
    }

    #[test]
    fn numbers_beside_events_count_heads_and_not_rows() {
        let heads = |text: &str| -> u32 {
            let records = records(vec![sheet(text)], &source());
            records.head_counts.iter().map(|count| count.total).sum()
        };
        let by_number = "Date|Facilitator|Topic|Number\n02.03.2026|Mary|Art|#8\n03.03.2026|John|Art|#9";
        assert_eq!(heads(by_number), 17);
        let running = "Number|Date|Topic\n#1|02.03.2026|Art\n#2|03.03.2026|Art\n#3|04.03.2026|Art";
        assert_eq!(heads(running), 0);
        let by_words = "Дата|Захід|Дорослі Ж|Дорослі Ч|Діти Ж|Діти Ч\n02.03.2026|А|#1|#2|#3|#4";
        assert_eq!(heads(by_words), 10);
    }
}
