//! Messages as data: an English wording with named places, and what stands in them.
//!
//! Rooms that know no language make their messages with `message!`; who prints them puts them into the language of the
//! reader. The English wording is the key by which another language finds its own: it lies under `[message]` in that
//! language's folder of `src/report/labels`, and a test makes sure that none is missing there and none is left over.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

/// A message before it is put into words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// What every language leaves as it is: paths, codes, what stands in cells, what was put into words already.
    Verbatim(String),
    /// A wording.
    Wording {
        /// In English, with its places as `{name}`.
        english: &'static str,
        /// What stands in each place.
        places: Vec<(&'static str, Message)>,
    },
    /// An English phrase that was chosen among others, or has no end of others: as it is where a language does not know it.
    Phrase(String),
    /// A number with its noun.
    Count {
        /// How many.
        count: usize,
        /// What, in the English singular.
        noun: &'static str,
    },
    /// A whole number.
    Number(usize),
    /// A number written with a dot.
    Decimal(String),
    /// A day.
    Day(NaiveDate),
    /// Parts with something between them.
    Joined {
        /// The parts.
        parts: Vec<Message>,
        /// What stands between two of them.
        between: &'static str,
    },
    /// A message in the middle of a sentence.
    Lowered(Box<Message>),
    /// What the operating system complains of.
    System {
        /// What kind of complaint.
        kind: io::ErrorKind,
        /// In the system's words.
        text: String,
    },
}

/// A language that messages can be put into.
pub trait Tongue {
    /// The wording that stands for an English one; `None` where the language has none.
    fn wording<'a>(&'a self, english: &'a str) -> Option<&'a str>;
    /// The phrase that stands for an English one; `None` where the language has none.
    fn phrase<'a>(&'a self, english: &'a str) -> Option<&'a str>;
    /// A number with its noun.
    fn counted(&self, count: usize, noun: &str) -> String;
    /// A whole number.
    fn number(&self, count: usize) -> String;
    /// A number that is written with a dot.
    fn decimal(&self, written: &str) -> String;
    /// A day.
    fn day(&self, day: NaiveDate) -> String;
    /// A complaint of the operating system; `None` where its own words must do.
    fn complaint(&self, kind: io::ErrorKind) -> Option<&str>;
}

/// The words as they stand in the code.
#[derive(Debug, Clone, Copy)]
pub struct English;

impl Tongue for English {
    fn wording<'a>(&'a self, english: &'a str) -> Option<&'a str> {
        Some(english)
    }

    fn phrase<'a>(&'a self, english: &'a str) -> Option<&'a str> {
        Some(english)
    }

    fn counted(&self, count: usize, noun: &str) -> String {
        let ending = if count == 1 { "" } else { "s" };
        format!("{count} {noun}{ending}")
    }

    fn number(&self, count: usize) -> String {
        count.to_string()
    }

    fn decimal(&self, written: &str) -> String {
        written.to_owned()
    }

    fn day(&self, day: NaiveDate) -> String {
        day.to_string()
    }

    fn complaint(&self, _: io::ErrorKind) -> Option<&str> {
        None
    }
}

impl Message {
    /// Parts with commas between them.
    pub fn list(parts: impl IntoIterator<Item = Message>) -> Self {
        Self::joined(parts, ", ")
    }

    /// Parts with something between them.
    pub fn joined(parts: impl IntoIterator<Item = Message>, between: &'static str) -> Self {
        Self::Joined {
            parts: parts.into_iter().collect(),
            between,
        }
    }

    /// A phrase out of a table of the code.
    pub fn phrase(english: &str) -> Self {
        Self::Phrase(english.to_owned())
    }

    /// The message as the middle of a sentence.
    #[must_use]
    pub fn lowered(self) -> Self {
        Self::Lowered(Box::new(self))
    }

    /// Nothing.
    pub fn nothing() -> Self {
        Self::Verbatim(String::new())
    }

    /// In the words of a language.
    pub fn told(&self, tongue: &dyn Tongue) -> String {
        match self {
            Self::Verbatim(text) => text.clone(),
            Self::Wording { english, places } => fill(tongue.wording(english).unwrap_or(english), places, tongue),
            Self::Phrase(english) => tongue.phrase(english).unwrap_or(english).to_owned(),
            Self::Count { count, noun } => tongue.counted(*count, noun),
            Self::Number(number) => tongue.number(*number),
            Self::Decimal(written) => tongue.decimal(written),
            Self::Day(day) => tongue.day(*day),
            Self::Joined { parts, between } => {
                let parts: Vec<String> = parts.iter().map(|part| part.told(tongue)).collect();
                parts.join(between)
            }
            Self::Lowered(message) => lower_first(&message.told(tongue)),
            Self::System { kind, text } => tongue.complaint(*kind).map_or_else(|| text.clone(), str::to_owned),
        }
    }
}

/// Fills the places of a wording; braces that name none stay as they are.
fn fill(wording: &str, places: &[(&'static str, Message)], tongue: &dyn Tongue) -> String {
    let mut filled = String::with_capacity(wording.len());
    let mut rest = wording;
    while let Some(open) = rest.find('{') {
        let (before, from) = rest.split_at(open);
        filled.push_str(before);
        let place = from.find('}').and_then(|close| {
            let known = places.iter().find(|(name, _)| *name == &from[1..close])?;
            Some((close, &known.1))
        });
        rest = if let Some((close, message)) = place {
            filled.push_str(&message.told(tongue));
            &from[close + 1..]
        } else {
            filled.push('{');
            &from[1..]
        };
    }
    filled.push_str(rest);
    filled
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

impl fmt::Display for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.told(&English))
    }
}

/// What can stand in a message, or be one.
pub trait Tell {
    /// As a message.
    fn message(&self) -> Message;
}

impl Tell for Message {
    fn message(&self) -> Message {
        self.clone()
    }
}

impl<T: Tell + ?Sized> Tell for &T {
    fn message(&self) -> Message {
        (**self).message()
    }
}

impl<T: Tell> Tell for Option<T> {
    fn message(&self) -> Message {
        self.as_ref().map_or_else(Message::nothing, T::message)
    }
}

/// Texts are names, codes and cells: every language shows them as they are.
macro_rules! verbatim {
    ($($type:ty),+) => {$(
        impl Tell for $type {
            fn message(&self) -> Message {
                Message::Verbatim(self.to_string())
            }
        }
    )+};
}
verbatim!(str, String, Cow<'_, str>, char, u8, u32, u64, i32, i64);

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::Verbatim(text)
    }
}

impl Tell for usize {
    fn message(&self) -> Message {
        Message::Number(*self)
    }
}

impl Tell for f64 {
    fn message(&self) -> Message {
        Message::Decimal(self.to_string())
    }
}

impl Tell for NaiveDate {
    fn message(&self) -> Message {
        Message::Day(*self)
    }
}

impl Tell for Path {
    fn message(&self) -> Message {
        Message::Verbatim(self.display().to_string())
    }
}

impl Tell for PathBuf {
    fn message(&self) -> Message {
        self.as_path().message()
    }
}

impl Tell for io::Error {
    fn message(&self) -> Message {
        Message::System {
            kind: self.kind(),
            text: self.to_string(),
        }
    }
}

/// A message: `message!("{path} is a folder: name a file in it", path)`, `message!("{n} left", n = left.len())`.
macro_rules! message {
    ($english:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::message::Message::Wording {
            english: $english,
            places: vec![$((stringify!($name), $crate::message::message!(@place $name $($value)?))),*],
        }
    };
    (@place $name:ident) => { $crate::message::Tell::message(&$name) };
    (@place $name:ident $value:expr) => { $crate::message::Tell::message(&$value) };
}
pub(crate) use message;

/// Makes an error of what can be told: its `Display` is the English message.
macro_rules! error {
    ($type:ty) => {
        impl std::fmt::Display for $type {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::message::Tell::message(self).fmt(out)
            }
        }

        impl std::error::Error for $type {}
    };
}
pub(crate) use error;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_other_braces_stay() {
        let key = "column";
        let said = message!("write { {key} = {value} } in {key}", key, value = 3_usize);
        assert_eq!(said.to_string(), "write { column = 3 } in column");
    }

    #[test]
    fn what_stands_in_a_place_is_not_filled_again() {
        let text = "{count} {";
        let count = Message::Count { count: 1, noun: "row" };
        assert_eq!(
            message!("«{text}»: {count}", text, count).to_string(),
            "«{count} {»: 1 row"
        );
    }
}
