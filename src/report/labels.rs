//! Words of the reports in one language: headings, statuses, months, plurals, numbers, wording of findings.
//!
//! Every language is a folder of files under `labels/`; a further one is a folder more. What a language lacks is
//! taken from English.

mod words;

use std::io::ErrorKind;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};

use self::words::{PluralRule, Words};
use super::codes::{class_code, level_code, severity_code, status_code, unit_code};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Reason, Severity};
use crate::ingest::workbook::Unreadable;
use crate::logframe::figures::{Period, Status};
use crate::message::{English, Tell as _, Tongue};
use crate::project::calendar::CalendarKind;
use crate::project::model::{Class, Direction, Level, Unit};

/// Language codes with their label files; the first language is what the others fall back to.
const LANGUAGES: &[(&str, &[&str])] = include!(concat!(env!("OUT_DIR"), "/labels.rs"));

/// Shown where no language has the words; a test makes sure that it never is.
pub(crate) const MISSING: &str = "⟨?⟩";

/// The words of one language.
#[derive(Debug, Clone)]
pub struct Labels {
    words: &'static Words,
}

impl Labels {
    /// The words of `lang`; English where the language has no file.
    pub fn load(lang: &str) -> Self {
        /// Each language is read once, when it is first asked for.
        static READ: [OnceLock<Words>; LANGUAGES.len()] = [const { OnceLock::new() }; LANGUAGES.len()];
        let language = LANGUAGES.iter().position(|(code, _)| *code == lang).unwrap_or_default();
        let heard = [0, language].into_iter().take(if language == 0 { 1 } else { 2 });
        let files = heard.flat_map(|language| LANGUAGES[language].1.iter().copied());
        Self {
            words: READ[language].get_or_init(|| Words::of(files)),
        }
    }

    /// As the language writes it, where messages are told in it; else as the code has them.
    fn written(&self, own: impl Fn() -> String, english: impl Fn() -> String) -> String {
        if self.words.speaks { own() } else { english() }
    }

    /// Codes of the languages that have a file.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().map(|(code, _)| *code)
    }

    /// The words behind a key.
    pub fn get(&self, key: &str) -> &str {
        self.words.texts.get(key).map_or(MISSING, String::as_str)
    }

    /// The words behind a key, where the language has them.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.words.texts.get(key).map(String::as_str)
    }

    /// The words behind a key with its `{placeholders}` filled in.
    pub fn fill(&self, key: &str, args: &[(&str, &str)]) -> String {
        fill(self.get(key), &|name| {
            args.iter()
                .find(|(arg, _)| *arg == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    /// The form of a list of forms that fits `count`.
    pub fn form(&self, key: &str, count: u64) -> &str {
        let forms = self.words.forms.get(key).map_or(&[][..], Vec::as_slice);
        let index = match (self.words.plural, count % 10, count % 100) {
            (PluralRule::OneOther, ..) => usize::from(count != 1),
            (PluralRule::Slavic, 1, rest) if rest != 11 => 0,
            (PluralRule::Slavic, 2..=4, rest) if !(12..=14).contains(&rest) => 1,
            (PluralRule::Slavic, ..) => 2,
        };
        forms.get(index).or(forms.last()).map_or(MISSING, String::as_str)
    }

    /// A number with its counted noun: `1 person`, `5 осіб`.
    pub fn count(&self, count: usize, noun: &str) -> String {
        let form = self.form(&format!("plural.{noun}"), count as u64);
        format!("{} {form}", self.whole(count))
    }

    /// A whole number as the language writes it.
    pub fn whole(&self, count: usize) -> String {
        self.number(count as f64, 0)
    }

    /// A number as the language writes it, rounded half away from zero.
    pub fn number(&self, value: f64, decimals: u8) -> String {
        let plain = plain_number(value, decimals);
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("−", rest));
        let (whole, part) = digits
            .split_once('.')
            .map_or((digits, ""), |(whole, part)| (whole, part));
        let mut shown = sign.to_owned();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                shown.push_str(self.get("language.thousands"));
            }
            shown.push(digit);
        }
        if !part.is_empty() {
            shown.push_str(self.get("language.decimal"));
            shown.push_str(part);
        }
        shown
    }

    /// A day in words.
    pub fn date(&self, date: NaiveDate) -> String {
        let month = self.get(&format!("month_of.m{}", date.month()));
        self.fill(
            "language.date",
            &[
                ("day", &date.day().to_string()),
                ("month", month),
                ("year", &date.year().to_string()),
            ],
        )
    }

    /// A period in words.
    pub fn period(&self, period: &Period) -> String {
        let shown = self.period_words(period, "");
        if period.partial {
            let days = self.days_short(period);
            self.fill("period.partial", &[("period", &shown), ("days", &days)])
        } else {
            shown
        }
    }

    /// A period in few words, for column heads and axes.
    pub fn period_short(&self, period: &Period) -> String {
        self.period_words(period, "_short")
    }

    /// A period in few words over its days, where these are not the whole of what its name says.
    pub fn period_head(&self, period: &Period) -> String {
        if period.calendar == CalendarKind::Project {
            self.days_short(period)
        } else if period.partial {
            format!("{}\n{}", self.period_short(period), self.days_short(period))
        } else {
            self.period_short(period)
        }
    }

    /// First and last day of a period in few words; the year only where it is not plain from the last day.
    fn days_short(&self, period: &Period) -> String {
        let day = |day: NaiveDate, key: &str| {
            let month = self.get(&format!("month_short.m{}", day.month()));
            self.fill(
                key,
                &[
                    ("day", &day.day().to_string()),
                    ("month", month),
                    ("year", &day.year().to_string()),
                ],
            )
        };
        let one_year = period.start.year() == period.end.year();
        let first = if one_year {
            "language.day_month"
        } else {
            "language.day_month_year"
        };
        format!(
            "{} – {}",
            day(period.start, first),
            day(period.end, "language.day_month_year")
        )
    }

    fn period_words(&self, period: &Period, length: &str) -> String {
        let (kind, number) = match period.calendar {
            CalendarKind::Month => ("month", period.start.month()),
            CalendarKind::Quarter => ("quarter", period.start.month0() / 3 + 1),
            CalendarKind::HalfYear => ("half_year", period.start.month0() / 6 + 1),
            CalendarKind::Year => ("year", 0),
            CalendarKind::ProjectQuarter => ("project_quarter", digits_of(&period.label)),
            CalendarKind::ProjectYear => ("project_year", digits_of(&period.label)),
            CalendarKind::Project => ("project", 0),
        };
        let month = self.get(&format!("month{length}.m{}", period.start.month()));
        self.fill(
            &format!("period.{kind}{length}"),
            &[
                ("month", month),
                ("year", &period.start.year().to_string()),
                ("number", &number.to_string()),
                ("start", &self.date(period.start)),
                ("end", &self.date(period.end)),
            ],
        )
    }

    /// A text between the language's quotation marks.
    pub fn quoted(&self, text: &str) -> String {
        format!(
            "{}{text}{}",
            self.get("language.open_quote"),
            self.get("language.close_quote")
        )
    }

    /// Parts joined as a list, the last two by the words behind `last` (`language.list_and` …).
    pub fn list(&self, parts: &[String], last: &str) -> String {
        match parts {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., end] => format!("{}{}{end}", most.join(", "), self.get(last)),
        }
    }

    /// A category or code in words, where the language knows it; else as written.
    pub fn value(&self, code: &str) -> String {
        self.find(&format!("value.{code}")).unwrap_or(code).to_owned()
    }

    /// A comparison of recognition in words, where the language has them.
    pub fn comparison<'c>(&'c self, code: &'c str) -> &'c str {
        self.find(&format!("comparison.{code}")).unwrap_or(code)
    }

    /// How well two rows agree, in words, where the language has them.
    pub fn agreement<'c>(&'c self, code: &'c str) -> &'c str {
        self.find(&format!("agreement.{code}")).unwrap_or(code)
    }

    /// Whom a source is about, in words where the language has them; else as the definitions write it.
    pub fn population(&self, code: &str) -> String {
        self.find(&format!("population.{code}")).unwrap_or(code).to_owned()
    }

    /// A level of the results chain.
    pub fn level(&self, level: Level) -> &str {
        self.get(&format!("level.{}", level_code(level)))
    }

    /// A calendar, as a heading names what figures are shown by.
    pub fn calendar(&self, calendar: CalendarKind) -> &str {
        self.get(&format!("calendar.{}", calendar.code().replace('-', "_")))
    }

    /// A unit.
    pub fn unit(&self, unit: Unit) -> &str {
        self.get(&format!("unit.{}", unit_code(unit)))
    }

    /// A class.
    pub fn class(&self, class: Class) -> &str {
        self.get(&format!("class.{}", class_code(class)))
    }

    /// A status.
    pub fn status(&self, status: Status) -> &str {
        self.get(&format!("status.{}", status_code(status)))
    }

    /// A severity.
    pub fn severity(&self, severity: Severity) -> &str {
        self.get(&format!("severity.{}", severity_code(severity)))
    }

    /// Which way is good.
    pub fn direction(&self, direction: Direction) -> &str {
        self.get(match direction {
            Direction::Increase => "direction.increase",
            Direction::Decrease => "direction.decrease",
            Direction::Neutral => "direction.neutral",
        })
    }

    /// Why a row was set aside.
    pub fn reason(&self, reason: Reason) -> &str {
        self.get(&format!("reason.{}", reason.code()))
    }

    /// The name of a kind of finding.
    pub fn kind(&self, kind: Kind) -> &str {
        self.get(&format!("finding.{}.title", kind.code()))
    }

    /// What to do about a kind of finding.
    pub fn action(&self, kind: Kind) -> &str {
        self.get(&format!("finding.{}.action", kind.code()))
    }

    /// A part of a source that changed, or what it was taken for, in words where the language has them.
    fn changed(&self, value: &str) -> String {
        let known = self.find(&format!("changed.{value}"));
        let known = known.or_else(|| self.find(&format!("role.{value}")));
        known.unwrap_or(value).to_owned()
    }

    /// What one finding says; an argument that is not known stays visible as an ellipsis.
    pub fn message(&self, finding: &Finding) -> String {
        let template = self.get(&format!("finding.{}.message", finding.kind.code()));
        fill(template, &|name| {
            let value = finding.args.get(name)?;
            Some(match name {
                "field" => self.find(&format!("field.{value}")).unwrap_or(value).to_owned(),
                "decision" => self.value(value),
                "what" | "before" | "now" if finding.kind == Kind::SourceChanged => self.changed(value),
                "what" if finding.kind == Kind::StaffAmongParticipants => {
                    self.find(&format!("asked.{value}")).unwrap_or(value).to_owned()
                }
                "reason" => match Unreadable::of_args(&finding.args) {
                    Some(why) => why.message().told(self),
                    None => self.phrase(value).unwrap_or(value).to_owned(),
                },
                "law" => self.find(&format!("law.{value}")).unwrap_or(value).to_owned(),
                _ => value.clone(),
            })
        })
    }
}

impl Tongue for Labels {
    fn wording<'a>(&'a self, english: &'a str) -> Option<&'a str> {
        self.find(&format!("message.{english}"))
    }

    fn phrase<'a>(&'a self, english: &'a str) -> Option<&'a str> {
        self.find(&format!("phrase.{english}"))
            .or_else(|| self.find(&format!("foreign.{english}")))
    }

    fn counted(&self, count: usize, noun: &str) -> String {
        let key = format!("noun.{noun}");
        if self.words.forms.contains_key(&key) {
            format!("{} {}", self.whole(count), self.form(&key, count as u64))
        } else {
            English.counted(count, noun)
        }
    }

    fn number(&self, count: usize) -> String {
        // A language without words for messages leaves them as the code has them, numbers included.
        self.written(|| self.whole(count), || English.number(count))
    }

    fn decimal(&self, written: &str) -> String {
        let own = || written.replace('.', self.get("language.decimal"));
        self.written(own, || written.to_owned())
    }

    fn day(&self, day: NaiveDate) -> String {
        self.written(|| self.date(day), || English.day(day))
    }

    fn complaint(&self, kind: ErrorKind) -> Option<&str> {
        let key = match kind {
            ErrorKind::NotFound => "not_found",
            ErrorKind::PermissionDenied => "denied",
            ErrorKind::AlreadyExists => "exists",
            ErrorKind::IsADirectory => "folder",
            ErrorKind::NotADirectory => "no_folder",
            ErrorKind::StorageFull => "full",
            ErrorKind::ReadOnlyFilesystem => "read_only",
            ErrorKind::InvalidData => "no_text",
            _ => return None,
        };
        self.find(&format!("complaint.{key}"))
    }
}

/// Fills `{name}` in a template; `[parts]` whose names are not all known are left out, other unknown names show as `…`.
fn fill(template: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['[', '{']) {
        filled.push_str(&rest[..at]);
        let (close, optional) = if rest[at..].starts_with('[') {
            (']', true)
        } else {
            ('}', false)
        };
        let Some(length) = rest[at..].find(close) else {
            rest = &rest[at..];
            break;
        };
        let inner = &rest[at + 1..at + length];
        if optional {
            filled.push_str(&fill_all(inner, value).unwrap_or_default());
        } else {
            filled.push_str(value(inner).as_deref().unwrap_or("…"));
        }
        rest = &rest[at + length + 1..];
    }
    filled.push_str(rest);
    filled
}

/// Fills every `{name}` of a part, or nothing where a name is not known.
fn fill_all(part: &str, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = part;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(&value(name)?);
        rest = tail;
    }
    filled.push_str(rest);
    Some(filled)
}

/// A number with a dot, at most `decimals` decimals, no trailing zeros, rounded half away from zero.
pub(crate) fn plain_number(value: f64, decimals: u8) -> String {
    let scale = 10_f64.powi(i32::from(decimals));
    let rounded = (value * scale).round() / scale;
    let mut text = format!("{rounded:.*}", usize::from(decimals));
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" { "0".to_owned() } else { text }
}

fn digits_of(label: &str) -> u32 {
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests;
