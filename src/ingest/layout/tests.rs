//! What `layout` promises, on small made-up cases.

use super::*;
use crate::ingest::fixture::{grid, merged, sheet, source};
use crate::ingest::table::Sheet;

fn of(sheet: &Sheet) -> SheetReading {
    read(
        Purpose::Project,
        &grid(sheet),
        &source(),
        &DateContext::default(),
        vocabulary::standard(),
    )
}

fn roles(block: &Block) -> Vec<Option<Role>> {
    block.columns.iter().map(|column| column.role).collect()
}

#[test]
fn a_list_whose_header_stands_in_the_first_row() {
    for header in [
        "Дата|ПІБ|Телефон",
        "Дата|ФИО|Телефон",
        "Date|Full name|Phone",
        "Datum|Ime i prezime|Telefon",
    ] {
        let sheet = sheet(&format!("{header}\n05.02.2026|Коваль Ольга|0671112233"));
        let reading = of(&sheet);
        let block = &reading.blocks[0];
        assert_eq!((block.layout, block.header_top), (Layout::List, 1), "{header}");
        let expected = [Role::SessionDate, Role::FullName, Role::Phone];
        assert_eq!(roles(block), expected.map(Some), "{header}");
        assert_eq!(block.rows, [2], "{header}");
    }
}

#[test]
fn rows_of_data_are_no_headers() {
    let sheet = sheet(
        "№|ПІБ|Стать|Категорія|Підпис\n1|Коваль Ольга|ж|ВПО|підпис\n2|Мельник Іван|ч|ВПО|підпис\n3|Сова Ія|ж|ВПО|підпис",
    );
    let reading = of(&sheet);
    assert_eq!(reading.blocks.len(), 1);
    assert_eq!(reading.blocks[0].rows, [2, 3, 4]);
}

#[test]
fn a_second_header_row_stands_under_blank_names() {
    let sheet = sheet("№|ПІБ|Відвідування||\n||05.02.2026|12.02.2026|19.02.2026\n1|Коваль Ольга|+||+");
    let block = &of(&sheet).blocks[0];
    assert_eq!((block.header_top, block.header_bottom), (1, 2));
    assert_eq!((block.layout, block.sessions.len()), (Layout::Register, 3));
}

#[test]
fn headers_merged_over_two_rows_are_read_once() {
    let names = sheet("№|ПІБ|Лютий 2026|\n||5|12\n1|Коваль Ольга|+|+");
    let names = merged(merged(names, (1, 2), (1, 1)), (1, 1), (2, 3));
    let block = &of(&names).blocks[0];
    assert_eq!(block.columns[1].header, "ПІБ");
    assert_eq!(block.sessions.len(), 2);
}

#[test]
fn blocks_below_each_other_have_titles_of_their_own() {
    let sheet = sheet(
        "Група: Перша\n№|ПІБ|05.02.2026\n1|Коваль Ольга|+\nВсього||#1\nГрупа: Друга\n№|ПІБ|06.02.2026\n1|Мельник Іван|+",
    );
    let reading = of(&sheet);
    let groups: Vec<_> = reading
        .blocks
        .iter()
        .map(|block| block.heading.group.as_deref())
        .collect();
    assert_eq!(groups, [Some("Перша"), Some("Друга")]);
    let aside = [
        (1, Reason::Title),
        (2, Reason::Header),
        (4, Reason::Totals),
        (5, Reason::Title),
        (6, Reason::Header),
    ];
    assert_eq!(reading.aside, aside);
}

#[test]
fn a_second_phone_is_a_phone_and_a_second_name_is_personal() {
    let sheet = sheet("ПІБ|Телефон|Телефон 2|Дата\nКоваль Ольга||0671112233|05.02.2026");
    assert_eq!(
        roles(&of(&sheet).blocks[0])[1..3],
        [Some(Role::Phone), Some(Role::Phone)]
    );
}

#[test]
fn two_tables_side_by_side_are_both_read() {
    let beside = sheet("№|ПІБ|Дата||№|ПІБ|Дата\n1|Коваль Ольга|05.02.2026||2|Мельник Іван|05.02.2026");
    let blocks = of(&beside).blocks;
    let windows: Vec<_> = blocks.iter().map(|block| block.window).collect();
    assert_eq!(windows, [Some((0, 3)), Some((4, u16::MAX))]);
    let names: Vec<_> = blocks.iter().map(|block| block.column(Role::FullName)).collect();
    assert_eq!(names, [Some(1), Some(5)]);
    let two = sheet("ПІБ дитини|ПІБ матері|Дата\nКоваль Ія|Коваль Ольга|05.02.2026");
    assert_eq!(of(&two).blocks.first().and_then(Block::beside), None);
}

#[test]
fn a_table_without_known_headings_is_none() {
    let reading = of(&sheet("яблука|груші\n#3|#5"));
    assert!(reading.blocks.is_empty());
    assert_eq!(reading.aside, [(1, Reason::NoTable), (2, Reason::NoTable)]);
}

#[test]
fn a_name_is_split_in_a_second_row_of_headings() {
    let surname = [Role::SessionDate, Role::Surname, Role::GivenName].map(Some);
    for (top, bottom) in [
        ("Дата|ПІБ|", "|Прізвище|Ім'я"),
        ("Date|Name|", "|Last|First"),
        ("Date|Full name|", "|Surname|First name"),
    ] {
        let sheet = sheet(&format!("{top}\n{bottom}\n05.02.2026|Коваль|Ольга\n05.02.2026|Сова|Ія"));
        let reading = of(&sheet);
        let block = &reading.blocks[0];
        assert_eq!((reading.blocks.len(), block.header_bottom), (1, 2), "{bottom}");
        assert_eq!(roles(block), surname, "{bottom}");
    }
}

#[test]
fn a_numbered_row_of_somebody_is_no_header_whatever_days_stand_in_it() {
    let sheet = sheet(
        "|No|Full name|Sex|Age|Notes|23/01/26|08/02/26|23/02/26|26/02/26|02/03/26|05/03/26|20/03/26|23/03/26|Date of birth\n\
         |#1|Коваль Софія|F|#60|переїхала 05.02|#0|#0|#1|#1|#1|#1|#1|#0|01.01.1966\n\
         |#2|Шевченко Назар|M|#12||#0|#1|#1|#1|#1|#1|#0|#0|01.01.2014\n\
         |#3|Бондар Марія|F|#46||#1|#0|#1|#0|#1|#1|#0|#1|01.01.1980\n\
         |#4|Мельник Юлія|F|#62||#0|#1|#1|#1|#1|#0|#0|#1|01.01.1964",
    );
    let reading = of(&sheet);
    assert_eq!(reading.blocks.len(), 1);
    assert_eq!(reading.blocks[0].rows, [2, 3, 4, 5]);
}

#[test]
fn members_by_sex_and_age_are_no_sessions_and_their_headings_nobody() {
    let sheet = sheet(
        "Роздача, 12.03.2026\nHH No|Head of household|Phone|Members|F 0-17|M 0-17|F 18-59|M 18-59|60+\n\
         #1|Mary Smith|+380670001110|#3|#1|#0|#1|#1|#0\n#2|John Brown|+380670001111|#4|#1|#0|#1|#1|#1",
    );
    let reading = of(&sheet);
    let block = &reading.blocks[0];
    assert_eq!((block.layout, block.sessions.len()), (Layout::List, 0));
    assert_eq!(block.rows, [3, 4]);
}
