//! A text cut into words, numbers and signs.

use crate::ingest::vocabulary::{fold_apostrophe, fold_digit, is_invisible, is_of_word, is_space};

/// Characters that are looked at: longer texts are notes, and the dates of titles stand at their beginning.
const LONGEST: usize = 400;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// Digits.
    Number(String),
    /// Letters, lower case.
    Word(String),
    /// White space.
    Space,
    /// Any other character.
    Sign(char),
}

/// The tokens of a text.
pub(super) fn of(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for c in text.chars().filter(|c| !is_invisible(*c)).take(LONGEST) {
        push(&mut tokens, fold_digit(fold_apostrophe(c)));
    }
    tokens
}

fn push(tokens: &mut Vec<Token>, c: char) {
    // "1º de março", "1° marzo".
    if matches!(c, 'º' | '°' | 'ª') && matches!(tokens.last(), Some(Token::Number(_))) {
        return;
    }
    if is_space(c) {
        if tokens.last() != Some(&Token::Space) {
            tokens.push(Token::Space);
        }
    } else if c.is_ascii_digit() {
        match tokens.last_mut() {
            Some(Token::Number(digits)) => digits.push(c),
            _ => tokens.push(Token::Number(c.to_string())),
        }
    } else if is_of_word(c) {
        match tokens.last_mut() {
            Some(Token::Word(word)) => word.extend(c.to_lowercase()),
            _ => tokens.push(Token::Word(c.to_lowercase().collect())),
        }
    } else {
        tokens.push(Token::Sign(match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            other => other,
        }));
    }
}
