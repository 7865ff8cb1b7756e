//! Form exports: forms with a column for a row above that they do not have, and members in files of their own.

use crate::base::{LANGUAGES, Language, Made, made_of_all, made_of_one_activity};

fn forms(language: &Language) -> String {
    let mut text = "today,name,_uuid,_submission_time,_index,_parent_table_name,_parent_index\r\n".to_owned();
    for (at, person) in language.people.iter().take(2).enumerate() {
        let number = at + 1;
        text.push_str(&format!(
            "2026-03-0{number},{person},u{number},2026-03-0{number}T10:00:00,{number},,-1\r\n"
        ));
    }
    text
}

fn members(language: &Language) -> String {
    let mut text = "members/name,members/age,_index,_parent_table_name,_parent_index\r\n".to_owned();
    for (at, person) in language.people.iter().skip(2).enumerate() {
        let number = at + 1;
        text.push_str(&format!("{person},{},{number},visits,{}\r\n", 20 + at, 1 + at % 2));
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
