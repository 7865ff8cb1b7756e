//! Words in name cells that are no names: those that name nobody, remarks beside a name, and what joins two people.

use std::collections::HashSet;

use crate::letters::is_letter;
use crate::names::script::{clean, skeleton};

const NOBODY: &str = include_str!("nobody.csv");
const ASIDE: &str = include_str!("aside.csv");
const AND: &str = include_str!("and.csv");

/// The words that are no names.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Words beside which nobody is named, as cleaned.
    nobody: HashSet<String>,
    /// Texts that name nobody where nothing else is written, their words joined by a space.
    nobody_alone: HashSet<String>,
    nobody_skeletons: HashSet<String>,
    asides: Vec<Aside>,
    and: HashSet<String>,
}

/// A remark beside a name.
#[derive(Debug)]
struct Aside {
    words: Vec<String>,
    place: AsidePlace,
}

/// Where a remark is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum AsidePlace {
    Anywhere,
    /// `1985 р.н.`
    AfterNumber,
    /// `о 14:30`
    BeforeNumber,
}

impl Words {
    /// The words that the program carries; `is_given` tells skeletons of given names, which no other word may take.
    pub(super) fn carried(is_given: impl Fn(&str) -> bool) -> Self {
        let mut words = Self::default();
        for (word, place) in rows(NOBODY) {
            let word = letters_only(word);
            if place == "any" {
                let folded = skeleton(&word);
                if !is_given(&folded) {
                    words.nobody_skeletons.insert(folded);
                }
                words.nobody.insert(word);
            } else {
                words.nobody_alone.insert(word);
            }
        }
        for (remark, place) in rows(ASIDE) {
            words.learn_aside(remark, place);
        }
        // The longest remark is tried first: `з дитиною` before `з`.
        words.asides.sort_by_key(|aside| std::cmp::Reverse(aside.words.len()));
        words.and = AND.lines().skip(1).map(str::to_owned).collect();
        words
    }

    fn learn_aside(&mut self, remark: &str, place: &str) {
        let place = match place {
            "after-number" => AsidePlace::AfterNumber,
            "before-number" => AsidePlace::BeforeNumber,
            _ => AsidePlace::Anywhere,
        };
        let words: Vec<String> = letters_only(remark).split(' ').map(str::to_owned).collect();
        self.asides.push(Aside { words, place });
    }

    pub(super) fn is_and(&self, word: &str) -> bool {
        self.and.contains(word)
    }

    pub(super) fn is_nobody(&self, skeleton: &str) -> bool {
        self.nobody_skeletons.contains(skeleton)
    }

    pub(super) fn names_nobody(&self, written: &str) -> bool {
        // What stands in brackets speaks about the name before them: `Коваль Ірина (мама)`.
        let outside = letters_only(&outside_brackets(written));
        let text = if outside.is_empty() {
            letters_only(written)
        } else {
            outside
        };
        !text.is_empty()
            && (self.nobody_alone.contains(&text) || text.split(' ').any(|word| self.nobody.contains(word)))
    }

    pub(super) fn without_asides(&self, written: &str) -> String {
        let text = clean(written);
        let tokens = tokens(&text);
        let mut kept = String::with_capacity(text.len());
        let mut at = 0;
        while at < tokens.len() {
            if let Some(length) = self.aside_at(&tokens, at) {
                at += length;
                continue;
            }
            match tokens[at] {
                Token::Number => {}
                Token::Word(part) | Token::Sign(part) => kept.push_str(part),
            }
            at += 1;
        }
        clean(&kept)
    }

    /// How many tokens a remark that begins here takes.
    fn aside_at(&self, tokens: &[Token], at: usize) -> Option<usize> {
        self.asides.iter().find_map(|aside| {
            let length = matched(&aside.words, &tokens[at..])?;
            let fits = match aside.place {
                AsidePlace::Anywhere => true,
                AsidePlace::AfterNumber => number_next(tokens[..at].iter().rev()),
                AsidePlace::BeforeNumber => number_next(tokens[at + length..].iter()),
            };
            fits.then_some(length)
        })
    }
}

/// A piece of a cleaned name cell.
#[derive(Debug, Clone, Copy)]
enum Token<'a> {
    Word(&'a str),
    Number,
    /// Anything between words and numbers, spaces included.
    Sign(&'a str),
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    #[derive(PartialEq)]
    enum Kind {
        Word,
        Number,
        Sign,
    }
    let kind = |letter: char| match letter {
        letter if is_letter(letter) || letter == '\'' => Kind::Word,
        letter if letter.is_ascii_digit() => Kind::Number,
        _ => Kind::Sign,
    };
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let of = kind(first);
        let end = rest.find(|letter| kind(letter) != of).unwrap_or(rest.len());
        let part = &rest[..end];
        found.push(match of {
            Kind::Word => Token::Word(part),
            Kind::Number => Token::Number,
            Kind::Sign => Token::Sign(part),
        });
        rest = &rest[end..];
    }
    found
}

/// How many tokens the words of a remark take at the start of some, signs between them included.
fn matched(words: &[String], tokens: &[Token]) -> Option<usize> {
    let mut wanted = words.iter();
    let mut next = wanted.next()?;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Word(word) if word == next => match wanted.next() {
                Some(word) => next = word,
                None => return Some(at + 1),
            },
            Token::Sign(_) if at > 0 => {}
            Token::Word(_) | Token::Sign(_) | Token::Number => return None,
        }
    }
    None
}

fn number_next<'a>(tokens: impl Iterator<Item = &'a Token<'a>>) -> bool {
    let mut tokens = tokens.skip_while(|token| matches!(token, Token::Sign(_)));
    matches!(tokens.next(), Some(Token::Number))
}

fn outside_brackets(text: &str) -> String {
    let mut depth = 0usize;
    text.chars()
        .filter(|letter| {
            match letter {
                '(' | '[' => depth += 1,
                ')' | ']' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// The words of a text joined by a space, without digits and signs.
fn letters_only(text: &str) -> String {
    let cleaned = clean(text);
    let words: Vec<&str> = cleaned
        .split(|letter: char| !is_letter(letter) && letter != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn rows(file: &str) -> impl Iterator<Item = (&str, &str)> {
    file.lines().skip(1).filter_map(|line| line.split_once(','))
}

#[cfg(test)]
mod tests {
    use crate::names::NAMES;

    #[test]
    fn nobody_is_named() {
        for text in [
            "анонім",
            "Анонім №12",
            "невідома",
            "без імені",
            "Без імені 2",
            "н/д",
            "Н.Д.",
            "дитина 1",
            "child 2",
            "мама Олі",
            "немає",
            "отсутствует",
            "bez imena",
            "nepoznata",
            "dijete 3",
            "dziecko",
            "nieznana",
            "necunoscut",
            "copil",
            "nicht bekannt",
            "Kind 1",
            "n/a",
            "N.N.",
            "не вказано",
            "онук",
            "гість",
            "unknown",
            "mother of Olia",
            "хх",
        ] {
            assert!(NAMES.names_nobody(text), "{text}");
        }
    }

    #[test]
    fn somebody_is_named() {
        for name in [
            "Шевченко Олена",
            "Дружина Олена",
            "Дід Іван",
            "Зінка Петренко",
            "Н. Д. Коваль",
            "Коваль Ірина (мама)",
            "New Amanda",
            "Kind Maria",
            "Сирота Ірина",
            "Гостєв Петро",
            "Коваль І.",
            "",
        ] {
            assert!(!NAMES.names_nobody(name), "{name}");
        }
    }

    #[test]
    fn remarks_beside_a_name_are_left_out() {
        for (written, name) in [
            ("Шевченко Олена 14:30", "шевченко олена"),
            ("Шевченко Олена о 14:30", "шевченко олена"),
            ("Коваль Ірина (онлайн, ВПО)", "коваль ірина"),
            ("Коваль Ірина - вперше", "коваль ірина"),
            ("Коваль Ірина з дитиною", "коваль ірина"),
            ("Коваль Ірина, 1985 р.н.", "коваль ірина"),
            ("Коваль Р.Н.", "коваль р.н."),
            ("Коваль Ірина (new)", "коваль ірина"),
            ("Степова (Карпенко) Емілія", "степова (карпенко) емілія"),
            ("Marković Ana (kasnila)", "marković ana"),
        ] {
            let bare = NAMES.without_asides(written);
            let bare = bare.trim_end_matches(['(', ')', ',', ' ', ':', '-', '.']);
            assert_eq!(bare, name.trim_end_matches('.'), "{written}");
        }
    }
}
