//! Labels of every language: complete, filled, counted, quoted.

use super::*;

/// Tables that only a language beside English has: the English messages stand in the code.
const MESSAGES: [&str; 5] = ["message.", "phrase.", "foreign.", "noun.", "complaint."];

fn keys(lang: &str) -> Vec<String> {
    let (_, files) = LANGUAGES
        .iter()
        .find(|(code, _)| *code == lang)
        .expect("a language of the list");
    let words = Words::of(files.iter().copied());
    let keys = words.texts.into_keys().chain(words.forms.into_keys());
    keys.filter(|key| !MESSAGES.iter().any(|table| key.starts_with(table)))
        .collect()
}

#[test]
fn every_language_has_every_label() {
    for lang in Labels::languages() {
        assert_eq!(keys(lang), keys("en"), "labels of {lang}");
    }
}

#[test]
fn every_kind_has_title_message_and_action() {
    for lang in Labels::languages() {
        let labels = Labels::load(lang);
        for kind in Kind::ALL {
            for part in ["title", "message", "action"] {
                assert!(
                    labels.find(&format!("finding.{}.{part}", kind.code())).is_some(),
                    "{lang} {kind:?} {part}"
                );
            }
        }
    }
}

#[test]
fn plurals_follow_the_language() {
    let (en, uk) = (Labels::load("en"), Labels::load("uk"));
    assert_eq!(en.count(1, "person"), "1 person");
    assert_eq!(en.count(1019, "person"), "1,019 persons");
    let shown: Vec<String> = [1, 2, 5, 11, 12, 21, 22, 25, 111].map(|n| uk.count(n, "person")).into();
    assert_eq!(
        shown,
        [
            "1 особа",
            "2 особи",
            "5 осіб",
            "11 осіб",
            "12 осіб",
            "21 особа",
            "22 особи",
            "25 осіб",
            "111 осіб"
        ]
    );
}

#[test]
fn numbers_round_away_from_zero_and_drop_zeros() {
    assert_eq!(plain_number(51.15, 1), "51.2");
    assert_eq!(plain_number(100.0, 1), "100");
    assert_eq!(plain_number(-0.04, 1), "0");
    assert_eq!(Labels::load("uk").number(1_234_567.5, 1), "1\u{a0}234\u{a0}567,5");
}

#[test]
fn unknown_arguments_stay_visible_and_optional_parts_vanish() {
    let known = |name: &str| (name == "a").then(|| "1".to_owned());
    assert_eq!(fill("x {a} {b}[ ({a})][ ({b})].", &known), "x 1 … (1).");
}

#[test]
fn an_unknown_language_speaks_english() {
    assert_eq!(Labels::load("xx").get("sheet.summary"), "Summary");
}
