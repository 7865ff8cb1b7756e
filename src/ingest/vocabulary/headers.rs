//! Words that stand over columns, found whole, in their parts, or with one letter wrong.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::forms::{header_forms, one_word_misspelt, without_part};
use super::is_letter;
use super::role::Role;

/// Roles that may be spread over numbered columns.
const PARTED: &[Role] = &[
    Role::Surname,
    Role::GivenName,
    Role::Patronymic,
    Role::Address,
    Role::Street,
    Role::HouseNumber,
];

/// What a heading may hold that says of whom ("Age of the participant", "Ім'я учасниці").
const OF_A_PERSON: &[Role] = &[
    Role::FullName,
    Role::Surname,
    Role::GivenName,
    Role::MiddleName,
    Role::Patronymic,
    Role::BirthDate,
    Role::BirthYear,
    Role::BirthMonth,
    Role::BirthDay,
    Role::Age,
    Role::AgeGroup,
    Role::Sex,
    Role::Phone,
    Role::Email,
    Role::ClientCode,
    Role::IdDocument,
    Role::Settlement,
    Role::Address,
    Role::Idp,
    Role::Disability,
    Role::Signature,
];

/// Letters of a word in which a slip is forgiven.
const SHORTEST_FORGIVEN: usize = 5;

/// Signs by which a header has further forms than the whole text.
const DIVIDING: [char; 4] = ['(', ',', '/', '_'];

/// Two letters at one end of a word: a slip can't be at both ends of a long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    First([Option<char>; 2]),
    Last([Option<char>; 2]),
}

/// Header terms of all languages with their roles.
#[derive(Debug, Default, Clone)]
pub(super) struct Headers {
    roles: HashMap<String, Vec<Role>>,
    /// Terms without one of their long words → an end of that word → the terms with the letters of that word.
    slips: HashMap<String, HashMap<End, Vec<(usize, String)>>>,
    /// Terms written without the blank beside a short word → the terms.
    joined: HashMap<String, String>,
    /// Words that say of whom a column tells, at either end of a header.
    owners: HashSet<String>,
    /// Terms that hold nothing but figures and their signs: `18-35`.
    of_figures: Vec<String>,
}

impl Headers {
    /// Adds a meaning of a normalised term; earlier ones go first.
    pub(super) fn add(&mut self, term: String, role: Role) {
        if let Some(roles) = self.roles.get_mut(&term) {
            if !roles.contains(&role) {
                roles.push(role);
            }
            return;
        }
        self.forgive(&term);
        if !term.contains(is_told) {
            self.of_figures.push(term.clone());
        }
        for form in joined(&term) {
            self.forgive(&form);
            self.joined.entry(form).or_insert_with(|| term.clone());
        }
        self.roles.insert(term, vec![role]);
    }

    /// Adds words that say of whom a column tells.
    pub(super) fn add_owner(&mut self, words: String) {
        self.owners.insert(words);
    }

    /// Makes a form one that may be written with a slip.
    fn forgive(&mut self, form: &str) {
        for (rest, word) in forgiven(form) {
            let by_end = self.slips.entry(rest).or_default();
            let letters = word.chars().count();
            for end in ends(word) {
                by_end.entry(end).or_default().push((letters, form.to_owned()));
            }
        }
    }

    /// The first role of a term, written as it is or without a blank.
    fn role_of(&self, form: &str) -> Option<Role> {
        let term = self.joined.get(form).map_or(form, String::as_str);
        self.roles.get(term).or_else(|| self.roles.get(form))?.first().copied()
    }

    /// Makes a role the first meaning of a normalised term.
    pub(super) fn prefer(&mut self, term: &str, role: Role) {
        self.add(term.to_owned(), role);
        if let Some(roles) = self.roles.get_mut(term) {
            roles.retain(|known| *known != role);
            roles.insert(0, role);
        }
    }

    /// The roles of a normalised header, best first; see [`super::Vocabulary::header`].
    pub(super) fn find(&self, normalised: &str) -> Vec<Role> {
        self.spelt(normalised)
            .or_else(|| self.misspelt(normalised).map(|role| vec![role]))
            .unwrap_or_default()
    }

    /// Whether a text is surely no header, being made of figures alone; no header is cheaper to rule out.
    pub(super) fn are_mere_figures(&self, text: &str) -> bool {
        // Whatever form a header is looked up in, it is a part of the text.
        is_figures(text) && !self.of_figures.iter().any(|term| text.contains(term.as_str()))
    }

    /// Whether a normalised text is a header without a slip.
    pub(super) fn is_spelt(&self, normalised: &str) -> bool {
        self.spelt(normalised).is_some()
    }

    fn spelt(&self, normalised: &str) -> Option<Vec<Role>> {
        if let Some(roles) = self.roles.get(normalised) {
            return Some(roles.clone());
        }
        let divided = || {
            header_forms(normalised)
                .iter()
                .find_map(|form| self.roles.get(form).cloned())
        };
        if let Some(roles) = self.in_two_languages(normalised) {
            return Some(roles);
        }
        let in_parts = if normalised.contains(DIVIDING) { divided() } else { None };
        in_parts
            .or_else(|| self.of_part(normalised))
            .or_else(|| self.of_owner(normalised))
    }

    /// What a header means that says the same twice, in two languages: "Стать / Sex", "Sex Стать".
    fn in_two_languages(&self, normalised: &str) -> Option<Vec<Role>> {
        let signs: &[char] = &['/', '|'];
        let slashes = normalised.match_indices(signs).map(|(at, _)| at);
        let of_two = !normalised.is_ascii() && normalised.contains(|c: char| c.is_ascii_alphabetic());
        let blanks = normalised.match_indices(' ').map(|(at, _)| at).filter(|_| of_two);
        slashes.chain(blanks).find_map(|at| {
            let roles = |part: &str| self.roles.get(part.trim().trim_end_matches(['.', ':', ',']));
            let (one, other) = (roles(&normalised[..at])?, roles(&normalised[at + 1..])?);
            let both: Vec<Role> = one.iter().copied().filter(|role| other.contains(role)).collect();
            (!both.is_empty()).then_some(both)
        })
    }

    /// What a header tells of a person whom it names by her part in the programme.
    fn of_owner(&self, normalised: &str) -> Option<Vec<Role>> {
        let rest_of = |form: &str| {
            let blanks = form.match_indices(' ').map(|(at, _)| (&form[..at], &form[at + 1..]));
            let rests = blanks.flat_map(|(before, after)| {
                let first = self.owners.contains(before).then_some(after);
                [first, self.owners.contains(after).then_some(before)]
            });
            let mut roles = rests.flatten().filter_map(|rest| self.roles.get(rest.trim()));
            roles.find_map(|roles| {
                let personal = roles.iter().copied().filter(|role| OF_A_PERSON.contains(role));
                Some(personal.collect::<Vec<Role>>()).filter(|personal| !personal.is_empty())
            })
        };
        header_forms(normalised).iter().find_map(|form| rest_of(form))
    }

    /// The parts of a name or an address that a header numbers.
    fn of_part(&self, normalised: &str) -> Option<Vec<Role>> {
        without_part(normalised)
            .iter()
            .flat_map(|form| header_forms(form))
            .find_map(|form| {
                let roles = self.roles.get(&form)?;
                let parted: Vec<Role> = roles.iter().copied().filter(|role| PARTED.contains(role)).collect();
                (!parted.is_empty()).then_some(parted)
            })
    }

    /// The one role of the terms from which a text differs in one letter.
    fn misspelt(&self, normalised: &str) -> Option<Role> {
        let mut found: BTreeSet<Role> = self
            .joined
            .get(normalised)
            .and_then(|term| self.role_of(term))
            .into_iter()
            .collect();
        found.extend(swapped(normalised).filter_map(|form| self.roles.get(&form)?.first().copied()));
        for (rest, word) in forgiven(normalised) {
            let Some(by_end) = self.slips.get(&rest) else { continue };
            let terms = ends(word).into_iter().filter_map(|end| by_end.get(&end)).flatten();
            let letters = word.chars().count();
            let near = terms.filter(|(other, _)| other.abs_diff(letters) <= 1);
            for (_, term) in near.filter(|(_, term)| one_word_misspelt(normalised, term)) {
                found.extend(self.role_of(term));
            }
        }
        if found.len() == 1 {
            found.into_iter().next()
        } else {
            None
        }
    }
}

/// Whether a character stands in no date, number or telephone number.
fn is_told(c: char) -> bool {
    !matches!(c, '0'..='9' | '.' | ',' | '/' | '-' | ':' | ' ' | '+' | '(' | ')')
}

/// Whether a text holds nothing but figures and their signs; dashes in a row may be a word with a slip, and of blanks in a
/// row one is kept.
fn is_figures(text: &str) -> bool {
    let twice = |two: &[u8]| two == b"--" || two == b"  ";
    !text.contains(is_told) && text.bytes().any(|byte| byte.is_ascii_digit()) && !text.as_bytes().windows(2).any(twice)
}

/// Letters of a word that is run into its neighbour when the blank between them is forgotten.
const LONGEST_RUN_IN: usize = 3;
/// Letters of a short word in which two that changed places are forgiven.
const SWAPPED: usize = 4;

/// The forms of a term in which the blank beside a short word is missing.
fn joined(term: &str) -> Vec<String> {
    let short = |word: &str| word.chars().count() <= LONGEST_RUN_IN && word.chars().all(char::is_alphabetic);
    let blanks = term.match_indices(' ').filter(|(at, _)| {
        let before = term[..*at].rsplit(' ').next().unwrap_or_default();
        let after = term[at + 1..].split(' ').next().unwrap_or_default();
        let letters = before.chars().count() + after.chars().count();
        (short(before) || short(after)) && letters > SHORTEST_FORGIVEN && before.chars().all(char::is_alphabetic)
    });
    blanks
        .map(|(at, _)| format!("{}{}", &term[..at], &term[at + 1..]))
        .collect()
}

/// The forms of a text in which two neighbouring letters of a word of four have changed places.
fn swapped(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut from = 0;
    let words = text.split(' ').map(move |word| {
        let at = from;
        from = at + word.len() + 1;
        (at, word)
    });
    let short = words.filter(|(_, word)| word.chars().count() == SWAPPED && word.chars().all(is_letter));
    short.flat_map(move |(at, word)| {
        let letters: Vec<char> = word.chars().collect();
        (0..SWAPPED - 1)
            .map(|place| {
                let mut letters = letters.clone();
                letters.swap(place, place + 1);
                let word_swapped: String = letters.into_iter().collect();
                format!("{}{word_swapped}{}", &text[..at], &text[at + word.len()..])
            })
            .collect::<Vec<_>>()
    })
}

/// The long words of a text, each with the text without it.
fn forgiven(text: &str) -> impl Iterator<Item = (String, &str)> {
    let mut from = 0;
    let words = text.split(' ').map(move |word| {
        let at = from;
        from = at + word.len() + 1;
        (at, word)
    });
    words.filter(|(_, word)| is_forgiven(word)).map(move |(at, word)| {
        let mut rest = String::with_capacity(text.len());
        rest.push_str(&text[..at]);
        rest.push('\0');
        rest.push_str(&text[at + word.len()..]);
        (rest, word)
    })
}

fn is_forgiven(word: &str) -> bool {
    let letters = |c: char| matches!(c, '\'' | '-') || is_letter(c);
    word.len() >= SHORTEST_FORGIVEN && word.chars().count() >= SHORTEST_FORGIVEN && word.chars().all(letters)
}

fn ends(word: &str) -> [End; 2] {
    let mut letters = word.chars();
    let first = [letters.next(), letters.next()];
    let mut letters = word.chars().rev();
    [End::First(first), End::Last([letters.next(), letters.next()])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mere_figures_are_no_header_even_with_a_slip() {
        let headers = &super::super::standard().headers;
        for text in [
            "01.02.2026",
            "067-123-45-67",
            "5",
            "2026",
            "12/2026",
            "(050) 12",
            "1, 2",
            "10:30 - 11:00",
            "+380 5",
        ] {
            assert!(
                headers.are_mere_figures(text) && headers.find(text).is_empty(),
                "{text}"
            );
        }
        for text in ["-----", "№ 5", "5 осіб", "", "-", "18-35", "18-35 (5)", "1  2"] {
            assert!(!headers.are_mere_figures(text), "{text}");
        }
    }

    #[test]
    fn finds_every_slip_of_one_letter_that_a_look_at_all_terms_finds() {
        let terms = ["телефон", "дата народження", "surname", "first name", "settlement"];
        let mut headers = Headers::default();
        for (term, role) in terms.iter().zip(Role::ALL) {
            headers.add((*term).to_owned(), *role);
        }
        let slips = |term: &str| {
            let letters: Vec<char> = term.chars().collect();
            let mut slips: Vec<String> = Vec::new();
            for at in 0..letters.len() {
                let (before, after) = (&letters[..at], &letters[at + 1..]);
                slips.push(before.iter().chain(after).collect());
                slips.push(before.iter().chain(&['щ']).chain(after).collect());
                slips.push(before.iter().chain(&['щ']).chain(&letters[at..]).collect());
                let mut swapped = letters.clone();
                swapped.swap(at, (at + 1).min(letters.len() - 1));
                slips.push(swapped.iter().collect());
            }
            slips
        };
        for (term, role) in terms.iter().zip(Role::ALL) {
            for slip in slips(term).iter().filter(|slip| slip != term) {
                let of_four = swapped(slip).any(|form| form == *term);
                let expected = (of_four || one_word_misspelt(slip, term)).then_some(*role);
                assert_eq!(headers.misspelt(slip), expected, "{slip}");
            }
        }
    }
}
