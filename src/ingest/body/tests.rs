//! What `body` promises, on small made-up cases.

use super::*;
use crate::ingest::findings::Kind;
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

/// Rows of sums among people, and the rows of data.
fn sums_of(text: &str) -> (Vec<u32>, Vec<u32>) {
    let (rows, aside) = of(text);
    let sums = aside.into_iter().filter(|(_, reason)| *reason == Reason::Totals);
    (rows, sums.map(|(row, _)| row).collect())
}

#[test]
fn numbers_that_count_the_marks_above_are_sums_under_any_words() {
    let people = "Name|05.03.2026|12.03.2026|19.03.2026\nAnna Kowalska|x|x|\nEwa Mazur|x||x\nZofia Lis||x|x\n\
                  Maria Nowak|x|x|x";
    for label in [
        "Number present",
        "Össz. fő",
        "Headcount",
        "Liczba obecnych",
        "Kuulijat Tänään",
        "Effectif",
    ] {
        let (rows, sums) = sums_of(&format!("{people}\n{label}|#3|#3|#3"));
        assert_eq!((rows, sums), (vec![2, 3, 4, 5], vec![6]), "{label}");
    }
    let below = "Kehadiran|#3|#3|#3\nOsallistui|#1|#1|#1\nAste|0.75|75%|#0.75";
    assert_eq!(sums_of(&format!("{people}\n{below}")).1, [6, 7, 8]);
}

#[test]
fn sums_of_a_part_are_sums() {
    let (rows, sums) = sums_of(
        "Name|05.03.2026|12.03.2026|19.03.2026\nWOMEN\nAnna Kowalska|x|x|\nEwa Mazur|x||x\nYhteensä N|#2|#1|#1\nMEN\n\
         Jan Lis||x|x\nYhteensä M|#0|#1|#1",
    );
    assert_eq!(sums, [5, 8]);
    assert!([3, 4, 7].iter().all(|row| rows.contains(row)), "{rows:?}");
}

#[test]
fn people_with_numbers_are_people_even_where_some_of_them_happen_to_add_up() {
    for people in [
        "Anna Kowalska|#1|#0|#1\nEwa Mazur|#0|#1|#0\nZofia Lis|#1|#1|#1",
        "Anna|#1|#0|#1\nEwa|#0|#1|#0\nZofia|#1|#1|#1",
        "Anna Kowalska|#2|#1|#3\nEwa Mazur|#1|#1|#1\nZofia Lis|#3|#2|#4",
        "Anna|#2|#1|\nEwa|#1|#1|\nZofia|#3|#2|",
        "Anna Kowalska|x|x|x\nEwa Mazur|#1|#1|#1\nZofia Lis|x|x|x",
    ] {
        let (rows, sums) = sums_of(&format!("Name|05.03.2026|12.03.2026|19.03.2026\n{people}"));
        assert_eq!((rows, sums), (vec![2, 3, 4], vec![]), "{people}");
    }
    let hours = "Anna Kowalska|#2|#1|#3\nEwa Mazur|#1|#1|#1\nZofia Lis|#3|#2|#4\nStunden zusammen|#6|#4|#8";
    let (rows, sums) = sums_of(&format!("Name|05.03.2026|12.03.2026|19.03.2026\n{hours}"));
    assert_eq!((rows, sums), (vec![2, 3, 4], vec![5]));
}

#[test]
fn people_under_a_line_that_heads_staff_are_staff() {
    let (rows, aside) =
        of("No|Name|Sex\n1|Anna Kowalska|F\n2|Ewa Mazur|F\n|Facilitators|\n1|Olena Bondar|F\n2|Petro Hnat|M");
    assert_eq!(rows, [2, 3]);
    assert_eq!(aside, [(4, Reason::Title), (5, Reason::Staff), (6, Reason::Staff)]);
    let (rows, _) = of("No|Name|Sex\n|Тренери|\n1|Олена Бондар|F\n|Учасники|\n1|Anna Kowalska|F\n2|Ewa Mazur|F");
    assert!(rows.ends_with(&[5, 6]) && !rows.contains(&3), "{rows:?}");
}

#[test]
fn who_signs_below_a_list_is_no_participant() {
    let people = "№|ПІБ|Стать|Дата\n1|Коваль Ольга|ж|05.02.2026\n2|Мельник Іван|ч|05.02.2026";
    let (rows, _) = of(&format!(
        "{people}\n\nКоординаторка|Лис Яна||\nПогоджено|Директорка Сова Ія||\nДата|31.03.2026||"
    ));
    assert_eq!(rows, [2, 3]);
    let (rows, _) = of(&format!("{people}\n\n|Психолог|Лис Я. П.|\n|Керівниця|Сова І. В.|"));
    assert_eq!(rows, [2, 3]);
    let (rows, _) = of(&format!("{people}\nСклала:|Лис Яна|05.02.2026|\nЗатвердила|Сова Ія||"));
    assert_eq!(rows, [2, 3]);
    // Who came late has no number and is told by what she wrote, or by no blank row above.
    let (rows, _) = of(&format!("{people}\nбез запису|Лис Яна||05.02.2026"));
    assert_eq!(rows, [2, 3, 4]);
}

#[test]
fn examples_absentees_and_rows_that_name_nobody_are_no_people() {
    let people = "1|Коваль Ольга|05.02.2026\n2|Мельник Іван|05.02.2026";
    let (rows, _) = of(&format!("№|ПІБ|Дата\nЗразок|Сова Ія|01.01.2026\n{people}"));
    assert_eq!(rows, [3, 4]);
    let (rows, aside) = of(&format!("№|ПІБ|Дата\n{people}\n\nВідсутні:||\n1|Лис Яна|05.02.2026"));
    assert_eq!((rows, aside.last()), (vec![2, 3], Some(&(6, Reason::Absent))));
    let told = |text: &str| {
        let sheet = sheet(text);
        let reading = layout::read(
            layout::Purpose::Project,
            &grid(&sheet),
            &source(),
            &DateContext::default(),
            vocabulary::standard(),
        );
        let mut noted = reading.blocks[0].noted.iter();
        noted.any(|noted| noted.kind == Kind::MarksWithoutName)
    };
    assert!(told("№|ПІБ|05.02.2026|12.02.2026\n1|Коваль Ольга|+|+\n2||+|"));
    assert!(told("№|ПІБ|Стать|Дата\n1|Коваль Ольга|ж|05.02.2026\n2||ж|05.02.2026"));
    assert!(!told("№|ПІБ|Стать|Дата\n1|Коваль Ольга|ж|05.02.2026\n2|||05.02.2026"));
}

#[test]
fn a_table_of_something_else_under_people_is_no_people() {
    let (rows, aside) = of(
        "№|ПІБ|Стать|Телефон\n1|Коваль Ольга|ж|0671112233\n2|Мельник Іван|ч|0671112244\n\nРоздатковий матеріал\n\
         Назва|Кількість|Ціна\nЗошити|#20|#15\nРучки|#40|#5",
    );
    assert_eq!(rows, [2, 3]);
    let expected = [
        (5, Reason::Title),
        (6, Reason::Header),
        (7, Reason::NoTable),
        (8, Reason::NoTable),
    ];
    assert_eq!(aside, expected);
}

#[test]
fn people_under_a_line_of_words_stay_people() {
    let (rows, _) = of(
        "№|ПІБ|Стать|Телефон\n1|Коваль Ольга|ж|0671112233\n2|Мельник Іван|ч|0671112244\n\n\
         б/н|Сова Ія|ж|немає\nб/н|Лис Ян|ч|немає\n\nДруга група\n3|Мороз Петро|ч|0671112255\n4|Гай Ада|ж|0671112266",
    );
    assert_eq!(rows, [2, 3, 5, 6, 9, 10]);
}
