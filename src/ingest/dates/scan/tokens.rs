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
        unquote(&mut tokens);
    }
    tokens
}

/// Takes the quotation marks off a day, as official papers write it: «12» березня 2026 р., "05" 03 2026.
fn unquote(tokens: &mut Vec<Token>) {
    let Some(Token::Sign(close)) = tokens.last() else {
        return;
    };
    let opens: &[char] = match close {
        '»' => &['«'],
        '"' => &['"'],
        '”' | '“' => &['“', '„', '”'],
        '\'' => &['\''],
        _ => return,
    };
    let end = tokens.len() - 1;
    let mut before = (0..end).rev().filter(|at| tokens[*at] != Token::Space);
    let (Some(day), Some(open)) = (before.next(), before.next()) else {
        return;
    };
    let is_day = matches!(&tokens[day], Token::Number(digits) if digits.len() <= 2);
    if is_day && matches!(tokens[open], Token::Sign(sign) if opens.contains(&sign)) {
        let day = tokens.swap_remove(day);
        tokens.truncate(open);
        tokens.push(day);
    }
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
