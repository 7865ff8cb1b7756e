//! Form exports: forms with a column for a row above that they do not have, and members in files of their own.

use std::fmt::Write as _;

use crate::base::{LANGUAGES, Language, Made, made_of_all, made_of_one_activity};

fn forms(language: &Language) -> String {
    let mut text = "today,name,_uuid,_submission_time,_index,_parent_table_name,_parent_index\r\n".to_owned();
    for (at, person) in language.people.iter().take(2).enumerate() {
        let number = at + 1;
        write!(
            text,
            "2026-03-0{number},{person},u{number},2026-03-0{number}T10:00:00,{number},,-1\r\n"
        )
        .expect("memory");
    }
    text
}

fn members(language: &Language) -> String {
    let mut text = "members/name,members/age,_index,_parent_table_name,_parent_index\r\n".to_owned();
    for (at, person) in language.people.iter().skip(2).enumerate() {
        let number = at + 1;
        write!(text, "{person},{},{number},visits,{}\r\n", 20 + at, 1 + at % 2).expect("memory");
    }
    text
}

fn made(files: &[(&str, String)]) -> Made {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    made_of_one_activity(&files)
}

#[test]
fn a_form_that_belongs_to_no_row_is_a_form() {
    for language in LANGUAGES {
        let text = forms(language);
        for root in ["-1", ""] {
            let text = text.replace(",-1\r", &format!(",{root}\r"));
            let made = made_of_all(&[("visits.csv", text.as_bytes())]);
            assert!(made.is(2.0, 2.0), "{}: {made:?}", language.name);
            assert!(!made.says("form-missing"), "{}: {made:?}", language.name);
        }
    }
}

#[test]
fn members_in_a_file_of_their_own_join_their_forms() {
    for language in LANGUAGES {
        let made = made(&[("members.csv", members(language)), ("visits.csv", forms(language))]);
        assert!(made.is(6.0, 6.0), "{}: {made:?}", language.name);
        assert!(!made.says("form-missing"), "{}: {made:?}", language.name);
    }
}

#[test]
fn members_without_their_forms_are_one_question() {
    for language in LANGUAGES {
        let made = made(&[("members.csv", members(language))]);
        assert!(made.is(0.0, 0.0), "{}: {made:?}", language.name);
        assert!(made.says("form-missing"), "{}: {made:?}", language.name);
        assert!(made.said.matches("form").count() < 20, "{}", made.said);
    }
}

#[test]
fn children_in_the_columns_of_a_form_are_people_of_their_own() {
    for language in LANGUAGES {
        let [first, second, third, fourth, ..] = language.people;
        let text = format!(
            "today,name,children[1]/childs_name,children[1]/childs_age,children[2]/childs_name,_uuid,_index\r\n\
             2026-03-01,{first},{second},7,{third},u1,1\r\n2026-03-02,{fourth},,,,u2,2\r\n"
        );
        let made = made_of_all(&[("visits.csv", text.as_bytes())]);
        assert!(made.is(4.0, 4.0), "{}: {made:?}", language.name);
        assert!(made.says("repeat-columns"), "{}: {made:?}", language.name);
    }
}

#[test]
fn repeats_that_name_nobody_are_said() {
    for language in LANGUAGES {
        let [first, second, ..] = language.people;
        let text = format!(
            "today,name,visits[1]/topic,visits[2]/topic,_uuid,_index\r\n2026-03-01,{first},a,b,u1,1\r\n\
             2026-03-02,{second},c,,u2,2\r\n"
        );
        let made = made_of_all(&[("visits.csv", text.as_bytes())]);
        assert!(made.is(2.0, 2.0), "{}: {made:?}", language.name);
        assert!(made.says("repeat-columns"), "{}: {made:?}", language.name);
    }
}

#[test]
fn numbered_names_in_a_row_are_people_of_their_own() {
    for language in LANGUAGES {
        let [first, second, third, ..] = language.people;
        let text = format!(
            "{},{name} 1,{name} 2\r\n01.03.2026,{first},{second}\r\n02.03.2026,{third},\r\n",
            language.date,
            name = language.name
        );
        let made = made_of_all(&[("visits.csv", text.as_bytes())]);
        assert!(made.is(3.0, 3.0), "{}: {made:?}", language.name);
    }
}
