//! Headings that number the person they ask about.

use crate::ingest::vocabulary;

/// A heading taken apart at the number of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbered {
    /// What stands before the number, normalised: the name of the repeat; empty where the number stands last.
    pub(super) prefix: String,
    /// The number.
    pub(super) number: u32,
    /// What is asked.
    pub(super) question: String,
    /// Whether the number stands in square brackets, as exports of forms write it.
    pub(super) bracketed: bool,
}

/// Most digits of a person's number in a row.
const LONGEST: usize = 2;

/// `children[1]/name`, `child 1: name`, `child_1/name`, `Name 1`, `Name (1)`.
pub(super) fn numbered(header: &str) -> Option<Numbered> {
    in_brackets(header)
        .or_else(|| at_end(header))
        .or_else(|| inside(header))
}

fn in_brackets(header: &str) -> Option<Numbered> {
    let (prefix, rest) = header.rsplit_once('[')?;
    let (number, question) = rest.split_once(']')?;
    let question = question.trim_start_matches(['/', '.', ':', ' ', '_', '-']);
    if question.is_empty() || prefix.is_empty() {
        return None;
    }
    Some(Numbered {
        prefix: vocabulary::normalise(prefix),
        number: number.trim().parse().ok()?,
        question: question.to_owned(),
        bracketed: true,
    })
}

fn at_end(header: &str) -> Option<Numbered> {
    let text = header.trim_end_matches([')', ' ', '.', ']']);
    let question = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &text[question.len()..];
    let question = question.trim_end_matches(['(', '[', ' ', '_', '-', '#', '№', '.', '/']);
    let words = question.chars().any(char::is_alphabetic);
    (words && !question.contains(|c: char| c.is_ascii_digit())).then_some(())?;
    Some(Numbered {
        prefix: String::new(),
        number: parsed(number)?,
        question: question.to_owned(),
        bracketed: false,
    })
}

fn inside(header: &str) -> Option<Numbered> {
    let from = header.find(|c: char| c.is_ascii_digit())?;
    let rest = &header[from..];
    let to = rest.find(|c: char| !c.is_ascii_digit())?;
    let question = rest[to..].trim_start_matches(['/', '.', ':', ' ', '_', '-', ')']);
    let parted = question.len() < rest.len() - to;
    let prefix = vocabulary::normalise(header[..from].trim_end_matches(['/', '.', ' ', '_', '-', '(', '#', '№']));
    let named = prefix.chars().any(char::is_alphabetic) && question.chars().any(char::is_alphabetic);
    let once = !question.contains(|c: char| c.is_ascii_digit());
    (parted && named && once).then_some(())?;
    Some(Numbered {
        prefix,
        number: parsed(&rest[..to])?,
        question: question.to_owned(),
        bracketed: false,
    })
}

fn parsed(number: &str) -> Option<u32> {
    number.parse().ok().filter(|_| (1..=LONGEST).contains(&number.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_brackets_inside_or_at_the_end_tells_whom_a_heading_asks_about() {
        let of = |header: &str| {
            let found = numbered(header)?;
            Some(format!("{}|{}|{}", found.prefix, found.number, found.question))
        };
        assert_eq!(of("children[2]/childs_name").as_deref(), Some("children|2|childs_name"));
        assert_eq!(of("grp/members[1]/grp/name").as_deref(), Some("grp/members|1|grp/name"));
        assert_eq!(of("Ім'я 2").as_deref(), Some("|2|Ім'я"));
        assert_eq!(of("Name (1)").as_deref(), Some("|1|Name"));
        assert_eq!(of("Child 1: name").as_deref(), Some("child|1|name"));
        assert_eq!(of("child_3/age").as_deref(), Some("child|3|age"));
        for header in ["05.02.2026", "Заняття 1 (05.02)", "2026", "Name", "id2020", "5"] {
            assert_eq!(of(header), None, "{header}");
        }
    }
}
