//! Numbers that point to a person: phones, client codes, and the aliases of callers who give no number.

use ustr::Ustr;

use crate::names::script::{clean, skeleton};

/// Country codes of E.164 that are cut off, so that a number written at home meets itself written abroad.
const COUNTRY_CODES: &[&str] = &[
    "380", "382", "381", "373", "385", "387", "389", "40", "48", "49", "44", "36", "421", "420", "7",
];

/// Every phone in a cell as its national digits without the leading zero; things too short are none.
pub(crate) fn phones(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split([',', ';', '\n']).collect();
    let slashed: Vec<&str> = text.split('/').collect();
    let parts = if parts.len() == 1 && slashed.iter().all(|part| digits(part).len() >= 9) {
        slashed
    } else {
        parts
    };
    let mut found: Vec<String> = parts.into_iter().filter_map(phone).collect();
    found.sort();
    found.dedup();
    found
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn phone(text: &str) -> Option<String> {
    let text = text.trim().strip_suffix(".0").unwrap_or(text.trim());
    let all = digits(text);
    let international = text.starts_with('+') || all.starts_with("00");
    let mut number = all.strip_prefix("00").unwrap_or(&all);
    // 8 is the old trunk prefix of the Soviet network, still written before the zero.
    if number.len() == 11 && number.starts_with("80") {
        number = &number[1..];
    } else if international || number.len() > 10 {
        let cut = COUNTRY_CODES
            .iter()
            .find_map(|code| number.strip_prefix(code).filter(|rest| rest.len() >= 7));
        number = cut.unwrap_or(number);
    }
    let number = number.trim_start_matches('0');
    (number.len() >= 6).then(|| number.to_owned())
}

/// An alias written where a phone should stand (`Анонім №123`, `анон. 123`): its first letters and its number.
pub(crate) fn alias(text: &str) -> Option<String> {
    let number = digits(text);
    let letters = skeleton(&clean(text));
    let short: String = letters.chars().take(4).collect();
    (!number.is_empty() && number.len() < 6 && short.len() >= 3)
        .then(|| format!("{short} {}", number.trim_start_matches('0')))
}

/// A client code: its letters (one alphabet) and its digits without leading zeros.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Code {
    /// Letters before the number, folded.
    pub(crate) letters: Ustr,
    /// The number, or the whole text where there is no digit.
    pub(crate) number: Ustr,
}

/// A code as written.
pub(crate) fn code(text: &str) -> Option<Code> {
    let text = text.trim().strip_suffix(".0").unwrap_or(text.trim());
    let letters = Ustr::from(&skeleton(&clean(text)));
    let all = digits(text);
    let number = all.trim_start_matches('0');
    if !number.is_empty() {
        return Some(Code {
            letters,
            number: Ustr::from(number),
        });
    }
    (!all.is_empty() || !letters.is_empty()).then(|| Code {
        number: Ustr::from(&format!("{letters}{all}")),
        letters,
    })
}

#[cfg(test)]
mod tests {
    use super::{alias, code, phones};

    #[test]
    fn a_phone_in_any_format_is_one_phone() {
        for written in [
            "0950764565",
            "8 095 076 45 65",
            "+38 (095) 076 45 65",
            "380950764565",
            "950764565",
            "095-076-45-65",
            "950764565.0",
        ] {
            assert_eq!(phones(written), ["950764565"], "{written}");
        }
        for written in ["067/786-011", "+382 67 786 011", "0038267786011"] {
            assert_eq!(phones(written), ["67786011"], "{written}");
        }
        assert_eq!(phones("0950764565, 0671112233").len(), 2);
        assert!(phones("немає").is_empty());
    }

    #[test]
    fn codes_and_aliases_meet() {
        assert_eq!(code("БК-0123"), code("bk 123"));
        assert_eq!(alias("анонім 1008"), alias("Анонім №1008"));
        assert_eq!(alias("анон. 1008"), alias("анонім 1008"));
        assert_eq!(alias("0950764565"), None);
    }
}
