//! Suggestions: the nearest accepted word, or all accepted words.

use crate::message::{Message, message};
use rapidfuzz::distance::osa;

/// The choice that is nearest to a mistyped word, where one is near enough.
pub(crate) fn nearest<'a>(word: &str, choices: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = plain(word);
    let limit = (wanted.chars().count() / 3).max(1);
    choices
        .into_iter()
        .map(|choice| (osa::distance(wanted.chars(), plain(choice).chars()), choice))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, choice)| choice)
}

/// "did you mean …?", else the list of what is accepted, else nothing.
pub(super) fn suggestion<'a>(word: &str, choices: impl IntoIterator<Item = &'a str>) -> Option<Message> {
    let choices: Vec<&str> = choices.into_iter().collect();
    match nearest(word, choices.iter().copied()) {
        Some(choice) => Some(message!("did you mean `{choice}`?", choice)),
        None if choices.is_empty() => None,
        None => Some(message!("accepted here: {choices}", choices = list(&choices))),
    }
}

fn list(choices: &[&str]) -> String {
    let quoted: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
    quoted.join(", ")
}

/// Case and the choice between `-`, `_` and a space are no difference worth a suggestion of something else.
fn plain(word: &str) -> String {
    word.trim().to_lowercase().replace(['_', ' '], "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_listed() {
        let choices = ["contacts", "people", "sessions"];
        assert_eq!(
            suggestion("contatcs", choices).map(|said| said.to_string()).as_deref(),
            Some("did you mean `contacts`?")
        );
        assert_eq!(
            suggestion("Sessions", choices).map(|said| said.to_string()).as_deref(),
            Some("did you mean `sessions`?")
        );
        assert_eq!(
            suggestion("money", choices).map(|said| said.to_string()).as_deref(),
            Some("accepted here: `contacts`, `people`, `sessions`")
        );
        assert_eq!(suggestion("money", []), None);
    }
}
