//! What `body` promises, on small made-up cases.

use super::*;
use crate::ingest::fixture::{grid, sheet, source};
use crate::ingest::layout;
use crate::ingest::vocabulary;
use crate::ingest::when::DateContext;

/// Rows of data, and rows set aside under the header.
fn of(text: &str) -> (Vec<u32>, Vec<(u32, Reason)>) {
    let sheet = sheet(text);
    let reading = layout::read(
        layout::Purpose::Project,
        &grid(&sheet),
        &source(),
        &DateContext::default(),
        vocabulary::standard(),
    );
    let block = &reading.blocks[0];
    let under = reading.aside.iter().filter(|(row, _)| *row > block.header_bottom);
    (block.rows.clone(), under.copied().collect())
}

#[test]
fn totals_trailers_numbering_and_blank_lines_are_no_data() {
    let (rows, aside) = of(
        "№|ПІБ|Телефон|Дата\n1|2|3|4\n1|Коваль Ольга|0671112233|05.02.2026\n2|||\n3|Мельник Іван||05.02.2026\nВсього: 2|||\nПідпис ___________|||",
    );
    assert_eq!(rows, [3, 5]);
    let expected = [
        (2, Reason::Numbering),
        (4, Reason::NoPerson),
        (6, Reason::Totals),
        (7, Reason::Trailer),
    ];
    assert_eq!(aside, expected);
}

#[test]
fn a_line_of_words_alone_belongs_to_what_stands_around_it() {
    let (rows, aside) = of("№|ПІБ|Дата\n1|Коваль Ольга|05.02.2026\nДруга половина дня||\n2|Мельник Іван|05.02.2026");
    assert_eq!(rows, [2, 4]);
    assert_eq!(aside, [(3, Reason::Title)]);
}

#[test]
fn sums_without_a_word_are_sums_in_text_files_too() {
    for sums in ["||#2|#1", "||2|1"] {
        let (rows, aside) = of(&format!(
            "№|ПІБ|05.02.2026|12.02.2026\n1|Коваль Ольга|+|+\n2|Мельник Іван|+|\n{sums}"
        ));
        assert_eq!(rows, [2, 3]);
        assert_eq!(aside, [(4, Reason::Totals)], "{sums}");
    }
}

#[test]
fn a_log_that_describes_its_events_in_unknown_words_has_events() {
    let (rows, _) = of("Sector|Hombres|Mujeres\nAgua|#5|#6\nSalud|#7|#8");
    assert_eq!(rows, [2, 3]);
}
