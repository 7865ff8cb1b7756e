//! What is followed into later versions, and what stands around people and is told or is nobody.

use super::*;

#[test]
fn what_was_cancelled_is_set_aside() {
    for list in [
        "Дата|ПІБ|Статус\n05.03.2026|Коваль Ганна|проведено\n13.03.2026|Коваль Ганна|не з'явилась\n\
         20.03.2026|Мороз Ольга|скасовано\n27.03.2026|Мороз Ольга|проведено",
        "Date|Name|Consultation status\n05.03.2026|Ann Lee|completed\n13.03.2026|Ann Lee|no-show\n\
         20.03.2026|Bea Ray|cancelled by client\n27.03.2026|Bea Ray|completed",
    ] {
        let records = of(&[("raw/a.xlsx", sheet(list))], &source());
        assert_eq!(records.contacts.len(), 2, "{list}");
        assert!(kinds(&records).contains(&Kind::NotHeld), "{list}");
    }
    let log = "Дата|Захід|Кількість учасників\n05.03.2026|Лекція|#10\n13.03.2026|Лекція|скасовано\n\
               19.03.2026|Тренінг|#7\n26.03.2026|Тренінг|не відбулось";
    let records = of(&[("raw/a.xlsx", sheet(log))], &source());
    assert_eq!(records.sessions.len(), 2);
    assert_eq!(kinds(&records).iter().filter(|kind| **kind == Kind::NotHeld).count(), 2);
    assert_eq!(by_line(log), [(10, 0), (7, 0)]);
}

#[test]
fn rows_taken_for_staff_or_for_sums_by_what_stands_around_them_are_told() {
    let list = "Дата|ПІБ\n05.03.2026|Коваль Ганна\n05.03.2026|Сова Ія\n|Тренери\n05.03.2026|Лис Яна";
    let records = of(&[("raw/a.xlsx", sheet(list))], &source());
    assert_eq!(records.contacts.len(), 2);
    let staff = records.findings.iter().find(|finding| finding.kind == Kind::StaffAside);
    assert_eq!(staff.map(|finding| finding.args["count"].as_str()), Some("1"));
    let sums = |label: &str| {
        let marks = "Коваль Ганна|+|+|+\nСова Ія|+||+\nЛис Яна||+|+\nМороз Ольга|+|+|";
        let register = format!("ПІБ|05.03.2026|12.03.2026|19.03.2026\n{marks}\n{label}|#3|#3|#3");
        let records = of(&[("raw/a.xlsx", sheet(&register))], &source());
        assert_eq!(records.contacts.len(), 9, "{label}");
        kinds(&records).contains(&Kind::SumsTaken)
    };
    assert!(sums("Дарина"));
    assert!(!sums("Разом"));
}

#[test]
fn heads_in_numbers_and_words_are_heads() {
    let log = "Дата|Захід|Кількість учасників\n05.03.2026|Лекція|25 осіб\n13.03.2026|Лекція|12 (8 жінок, 4 чоловіки)\n\
               19.03.2026|Тренінг|#30\n20.03.2026|Тренінг|12 чол.\n21.03.2026|Тренінг|9 (8 жінок, 4 чоловіки)\n\
               22.03.2026|Тренінг|25 наборів";
    let totals: Vec<(u32, usize)> = by_line(log);
    assert_eq!(totals, [(25, 0), (12, 2), (30, 0), (12, 0)]);
}

#[test]
fn a_decision_about_an_earlier_version_of_a_register_follows_the_person_into_the_later_one() {
    let earlier = "ПІБ|05.02.2026|12.02.2026\nКоваль Ольга|+|+\nМельник Іван|+|-\nСова Ія|+|+";
    let later = "ПІБ|05.02.2026|12.02.2026|19.02.2026\nБойко Яна|||+\nКоваль Ольга|+|+|+\nМельник Іван|+|-|+\n\
                 Сова Ія|+|+|+";
    let records = of(
        &[("raw/a.xlsx", sheet(earlier)), ("raw/b.xlsx", sheet(later))],
        &source(),
    );
    assert!(kinds(&records).contains(&Kind::RegisterReplaced));
    let end = End {
        file: "a.xlsx".to_owned(),
        sheet: String::new(),
        row: Some(2),
        name: String::new(),
    };
    let mentions = Lookup::new(&records).mentions(&records, &end);
    let places: Vec<(u32, u32)> = mentions
        .iter()
        .map(|mention| records.mentions[mention.index()].place)
        .map(|place| (place.file.0, place.row))
        .collect();
    assert_eq!(places, [(1, 3)]);
}

#[test]
fn days_that_disagree_with_what_stands_around_them_are_told() {
    let list = "№|ПІБ|Стать\n1|Коваль Ольга|ж\n2|Сова Ія|ж";
    let asked = |file: &str, text: &str| kinds(&of(&[(file, sheet(text))], &source()));
    let copied = format!("Дата: 12.03.2026\n{list}");
    assert!(asked("raw/Список 19.03.2026.xlsx", &copied).contains(&Kind::DateDiffers));
    assert!(!asked("raw/Список 12.03.2026.xlsx", &copied).contains(&Kind::DateDiffers));
    let either = format!("Список 03/04/2026\n{list}");
    assert!(asked("raw/a.xlsx", &either).contains(&Kind::AmbiguousDate));
    let paper = format!("Наказ від 12.03.2026\n{list}");
    assert!(asked("raw/a.xlsx", &paper).contains(&Kind::DateOfPaper));
    assert!(!asked("raw/Список 19.03.2026.xlsx", &paper).contains(&Kind::DateOfPaper));
    let several = format!("Список 12.03.2026, 19.03.2026\n{list}");
    assert!(asked("raw/a.xlsx", &several).contains(&Kind::SeveralDays));
    let slip = "Клуб, січень 2026\nДата|ПІБ\n05.01.2025|Коваль Ольга\n12.01.2026|Коваль Ольга";
    assert!(asked("raw/a.xlsx", slip).contains(&Kind::DateDiffers));
    let mut swapped = sheet("Дата|ПІБ\n|Коваль Ольга\n|Сова Ія\n13/03/2026|Коваль Ольга\n20/03/2026|Сова Ія");
    for (row, written) in [(1, "2026-02-03"), (2, "2026-12-03")] {
        let at = day(written).and_hms_opt(0, 0, 0).expect("midnight");
        swapped.rows[row]
            .cells
            .insert(0, (0, Cell::DateTime { at, serial: None }));
    }
    let told = of(&[("raw/a.xlsx", swapped)], &source());
    assert!(kinds(&told).contains(&Kind::DatesSwapped));
}

#[test]
fn a_line_above_those_who_sign_tells_their_day_and_their_registration_does_not() {
    let list = "Список учасників 12.03.2026\nПІБ|Дата реєстрації|Підпис\nКоваль Ольга|03.02.2026|підпис\n\
                Сова Ія|10.02.2026|підпис";
    let records = of(&[("raw/a.xlsx", sheet(list))], &source());
    let days: Vec<String> = records
        .sessions
        .iter()
        .map(|session| session.date.to_string())
        .collect();
    assert_eq!((days, records.contacts.len()), (vec!["2026-03-12".to_owned()], 2));
}

#[test]
fn a_sheet_of_those_who_wait_is_set_aside_and_told() {
    let rows = "Дата|ПІБ\n05.02.2026|Коваль Ольга\n05.02.2026|Сова Ія";
    let sheets = vec![called(sheet(rows), "Заняття"), called(sheet(rows), "Лист очікування")];
    let records = crate::ingest::fixture::records(sheets, &source());
    assert_eq!(records.contacts.len(), 2);
    assert!(kinds(&records).contains(&Kind::SheetNotHeld));
}

#[test]
fn telephones_under_a_day_are_of_one_meeting() {
    let list = "Список 12.03.2026\n№|Телефон|Стать\n1|0671112233|ж\n2|0671112244|ж\n3|0671112255|ч";
    assert_eq!(tally(sheet(list)), (3, 1));
    let calls = "Дата|Телефон|Тривалість\n12.03.2026|0671112233|10\n12.03.2026|0671112244|20";
    assert_eq!(tally(sheet(calls)), (2, 2));
}

#[test]
fn hours_of_sessions_and_ticks_are_nobodys_marks() {
    let register = "№|ПІБ|05.02.2026|12.02.2026\n|Кількість годин|#2|#1.5\n1|Коваль Ольга|+|+\n2|Сова Ія|+|\n\
                    3|Лис Яна|+|+\n4|Рак Ян|+|+\n5|Гай Ада|+|+";
    assert_eq!(tally(sheet(register)), (9, 2));
    let boxes = "ПІБ|05.02.2026|12.02.2026\nКоваль Ольга|☒|☐\nСова Ія|☒|☒";
    assert_eq!(tally(sheet(boxes)), (3, 2));
    let ticks = "Дата|ПІБ|Психолог|Юрист\n05.02.2026|Коваль Ольга|х|\n05.02.2026|Сова Ія||х\n05.02.2026|Лис Яна||";
    let records = of(&[("raw/a.xlsx", sheet(ticks))], &source());
    assert!(!kinds(&records).contains(&Kind::FilledDown));
}

#[test]
fn the_day_that_a_form_asks_for_is_that_of_the_session() {
    let form = "start|end|Data konsultacji|Imię i nazwisko|_uuid|_submission_time\n\
                2026-02-02T09:00:00|2026-02-02T09:10:00|2026-01-30|Anna Lis|a1|2026-02-02T09:11:00\n\
                2026-02-03T09:00:00|2026-02-03T09:10:00|2026-02-03|Ewa Mazur|a2|2026-02-03T09:11:00";
    let records = of(&[("raw/a.csv", sheet(form))], &source());
    let days: Vec<String> = records
        .sessions
        .iter()
        .map(|session| session.date.to_string())
        .collect();
    assert_eq!(days, ["2026-01-30", "2026-02-03"]);
    assert!(kinds(&records).contains(&Kind::HeadingUnclear));
}

#[test]
fn a_number_of_people_above_a_list_is_compared_with_it() {
    let told = |above: &str| {
        let list = format!("Список 12.03.2026\n{above}\n№|ПІБ|Стать\n1|Коваль Ольга|ж\n2|Сова Ія|ж");
        kinds(&of(&[("raw/a.xlsx", sheet(&list))], &source())).contains(&Kind::TotalDiffers)
    };
    for above in [
        "Всього присутніх: 15 осіб (жінок 10)",
        "Total participants: 25",
        "Number of participants 25",
        "Участников: 7",
        "Всього: 25",
        "Total|25",
    ] {
        assert!(told(above), "{above}");
    }
    for above in [
        "Всього присутніх: 2 особи",
        "Participants: 2",
        "Planned number of participants: 30",
        "Всього занять: 5",
        "Total hours: 12",
        "Учасники 12.03.2026",
        "Group 5",
    ] {
        assert!(!told(above), "{above}");
    }
}
