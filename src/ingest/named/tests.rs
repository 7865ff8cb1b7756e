//! Which lists of one day are one session, by the names of their sheets, files and folders.

use crate::ingest::findings::Kind;
use crate::ingest::fixture::{called, kinds, of_files, sheet, source};

const FIRST: [&str; 3] = ["Коваль Ольга", "Мельник Іван", "Сова Ія"];
const SECOND: [&str; 3] = ["Рак Ян", "Лис Яна", "Гай Ада"];

fn dated(people: [&str; 3]) -> String {
    let rows: Vec<String> = people.iter().map(|who| format!("05.02.2026|{who}")).collect();
    format!("Дата|ПІБ\n{}", rows.join("\n"))
}

fn numbered(people: [&str; 3], first: usize) -> String {
    let rows: Vec<String> = people
        .iter()
        .zip(first..)
        .map(|(who, at)| format!("#{at}|{who}"))
        .collect();
    format!("Список 05.02.2026\n№|ПІБ\n{}", rows.join("\n"))
}

/// Sessions, and what is told, of two lists under the names of a file and a sheet each.
fn told(names: [(&str, &str); 2], lists: [&str; 2]) -> (usize, Vec<Kind>) {
    let files = names.iter().zip(lists);
    let files = files.map(|((path, name), list)| (*path, vec![called(sheet(list), name)]));
    let records = of_files(files.collect(), &source());
    let of_names = [Kind::ListsByName, Kind::ListsAsOne];
    let told = kinds(&records).into_iter().filter(|kind| of_names.contains(kind));
    (records.sessions.len(), told.collect())
}

#[test]
fn names_of_places_and_groups_tell_sessions_apart() {
    let lists = [dated(FIRST), dated(SECOND)];
    let lists = [lists[0].as_str(), lists[1].as_str()];
    for names in [
        [("raw/a.xlsx", "Київ"), ("raw/b.xlsx", "Львів")],
        [("raw/List Kyiv.xlsx", "Sheet1"), ("raw/List Lviv.xlsx", "Sheet1")],
        [("raw/Київ/02.xlsx", "Аркуш1"), ("raw/Біла Церква/02.xlsx", "Аркуш1")],
        [("raw/Group A.csv", ""), ("raw/Group B.csv", "")],
        [("raw/Група 1.csv", ""), ("raw/Група 2.csv", "")],
    ] {
        let expected = if names[0].0 == "raw/a.xlsx" {
            Kind::ListsAsOne
        } else {
            Kind::ListsByName
        };
        let sessions = if expected == Kind::ListsByName { 2 } else { 1 };
        assert_eq!(told(names, lists), (sessions, vec![expected]), "{names:?}");
    }
    let sheets = [called(sheet(lists[0]), "Київ"), called(sheet(lists[1]), "Львів")];
    let records = of_files(vec![("raw/a.xlsx", sheets.to_vec())], &source());
    assert_eq!(records.sessions.len(), 2);
    let mut settled = source();
    settled.session = Some(vec!["title".to_owned()]);
    let records = of_files(vec![("raw/a.xlsx", sheets.to_vec())], &settled);
    assert_eq!(records.sessions.len(), 1);
}

#[test]
fn pages_and_parts_of_a_list_are_one() {
    let (first, second) = (dated(FIRST), dated(SECOND));
    let lists = [first.as_str(), second.as_str()];
    for (names, asked) in [
        ([("raw/a p1.csv", ""), ("raw/a p2.csv", "")], false),
        ([("raw/Список стор. 1.csv", ""), ("raw/Список стор. 2.csv", "")], false),
        ([("raw/List.csv", ""), ("raw/List - Copy.csv", "")], false),
        ([("raw/List 1.csv", ""), ("raw/List 2.csv", "")], true),
        ([("raw/List.csv", ""), ("raw/List final.csv", "")], true),
        ([("raw/List adults.csv", ""), ("raw/List children.csv", "")], true),
        ([("raw/Список жінки.csv", ""), ("raw/Список чоловіки.csv", "")], true),
    ] {
        let expected = if asked { vec![Kind::ListsAsOne] } else { Vec::new() };
        assert_eq!(told(names, lists), (1, expected), "{names:?}");
    }
    let names = [("raw/List Kyiv.csv", ""), ("raw/List Lviv.csv", "")];
    assert_eq!(told(names, [&first, &first]).0, 1);
    let on = [numbered(FIRST, 1), numbered(SECOND, 4)];
    let sheets = [("raw/List 1.csv", ""), ("raw/List 2.csv", "")];
    assert_eq!(told(sheets, [&on[0], &on[1]]), (1, Vec::new()));
    let anew = numbered(SECOND, 1);
    assert_eq!(told(sheets, [&on[0], &anew]), (1, vec![Kind::ListsAsOne]));
}

#[test]
fn hours_above_lists_of_one_day_tell_sessions_apart() {
    let list = |above: &str| {
        let text = format!("Список\nДата: 05.02.2026\n{above}\n№|ПІБ|Стать\n1|Коваль Ольга|ж\n2|Сова Ія|ж");
        vec![sheet(&text)]
    };
    for (above, sessions) in [
        (["Час: 10:00-12:00", "Час: 14:00-16:00"], 2),
        (["Time|10.00", "Time|14.00"], 2),
        (["Час: з 10:00", "Час: 10:00-12:00"], 1),
        (["Зміна: ранкова", "Зміна: вечірня"], 2),
        (["Роздруковано о 10:00", "Роздруковано о 14:00"], 1),
    ] {
        let files = vec![("raw/1.xlsx", list(above[0])), ("raw/2.xlsx", list(above[1]))];
        let records = of_files(files, &source());
        assert_eq!(records.sessions.len(), sessions, "{above:?}");
        assert_eq!(records.contacts.len(), 2 * sessions, "{above:?}");
    }
}

#[test]
fn services_to_codes_are_sessions_whatever_their_files_are_called() {
    let list =
        "Дата|Код клієнта|Послуга|Тривалість\n05.02.2026|КЛ-1|консультація|#30\n05.02.2026|КЛ-2|консультація|#40";
    let other = list.replace("КЛ-1", "КЛ-3").replace("КЛ-2", "КЛ-4");
    let (sessions, kinds) = told([("raw/Психолог.csv", ""), ("raw/Юрист.csv", "")], [list, &other]);
    assert_eq!((sessions, kinds), (4, Vec::new()));
}
