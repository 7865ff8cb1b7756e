//! Title lines above a table: group, site, title, facilitator, event number, dates.

use super::came::hours;
use super::dates::{self, Among, DateReading};
use super::grid::trim;
use super::vocabulary::{Role, Vocabulary};

/// What the lines above a table say about all its rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Heading {
    /// Group.
    pub(crate) group: Option<String>,
    /// Site.
    pub(crate) site: Option<String>,
    /// Title or topic of the session.
    pub(crate) title: Option<String>,
    /// Facilitator.
    pub(crate) facilitator: Option<String>,
    /// Number of the event in the office's log.
    pub(crate) number: Option<String>,
    /// When the session begins.
    pub(crate) time: Option<String>,
    /// A date that is labelled as the session's.
    pub(crate) date: Option<DateReading>,
    /// The dates in the lines, in order; of several days only those that are likeliest days of a meeting.
    pub(crate) dates: Vec<DateReading>,
    /// Whether those days are the dates of papers, for want of others.
    pub(crate) of_papers: bool,
    /// Other labelled values, such as the length of a training.
    pub(crate) fields: Vec<(Role, String)>,
    /// The lines as written.
    pub(crate) lines: Vec<String>,
}

/// A label with the text that follows it, up to the next label.
struct Labelled {
    role: Role,
    value: String,
}

/// What a title line may say with a label in one cell and the value in the next.
const LABELLED: &[Role] = &[
    Role::Group,
    Role::Place,
    Role::Settlement,
    Role::Event,
    Role::Topic,
    Role::Facilitator,
    Role::EventNumber,
    Role::SessionDate,
    Role::SessionTime,
    Role::Duration,
    Role::Organisation,
    Role::Hromada,
    Role::Mode,
    Role::Service,
    Role::Activity,
];
/// Words of a line that are looked at for a month.
const MOST_WORDS: usize = 20;
/// Bytes of the longest label in a cell of its own.
const LONGEST_LABEL: usize = 80;

/// The lines that the cells of a title row make: "Place:" and the cell behind it are one.
pub(crate) fn lines(cells: Vec<String>, vocabulary: &Vocabulary) -> Vec<String> {
    let is_label = |text: &str| {
        let text = trim(text);
        let words = trim(text.strip_suffix(':').unwrap_or(text));
        let known = text.len() <= LONGEST_LABEL && !words.contains(':');
        let labels = || vocabulary.label(words).is_some_and(|role| LABELLED.contains(&role));
        known && (vocabulary.is_word_for_month(words) || labels())
    };
    let is_day = |text: &str| matches!(dates::read_text(text, None), DateReading::Day(_));
    let is_number = |text: &str| text.starts_with('№') && text.contains(|c: char| c.is_ascii_digit());
    let tells_other_day = |text: &str| {
        let dated = || !dates::find_in_text(text).is_empty();
        (vocabulary.tells_paper(text) || vocabulary.tells_next(text)) && !dated()
    };
    let mut lines: Vec<String> = Vec::new();
    let mut label: Option<String> = None;
    for text in cells {
        let labels = is_label(&text);
        match label.take() {
            Some(before) if !labels => lines.push(format!("{}: {text}", trim(&before).trim_end_matches(':'))),
            Some(before) => {
                lines.push(before);
                label = Some(text);
            }
            None if labels => label = Some(text),
            None => match lines.last_mut() {
                // "Agreement of" and its date in the next cell; a date and the number of its order.
                Some(before) if is_day(&text) && tells_other_day(before) || is_number(&text) && is_day(before) => {
                    before.push(' ');
                    before.push_str(&text);
                }
                _ => lines.push(text),
            },
        }
    }
    lines.extend(label);
    lines
}

/// Reads title lines from top to bottom; of two lines that say the same thing the lower one holds.
pub(crate) fn read(lines: &[String], vocabulary: &Vocabulary) -> Heading {
    let mut heading = Heading::default();
    let mut dates: Vec<(DateReading, Among)> = Vec::new();
    for line in lines {
        let (labelled, rest) = labels(line, vocabulary);
        for Labelled { role, value } in labelled {
            heading.set(role, value);
        }
        let wanted = heading.title.is_none() || heading.number.is_some();
        if let Some(title) = quoted(&rest).filter(|_| wanted) {
            heading.title = Some(title);
        }
        dates.extend(dates::find_among(line));
        dates.extend(month_number(line, vocabulary).map(|month| (month, Among::Words)));
        heading.lines.push(line.clone());
    }
    heading.take_dates(dates);
    heading
}

impl Heading {
    /// What the lines of a lower table say, with what those above all tables say beside it.
    pub(crate) fn under(mut self, first: &Self) -> Self {
        if self.tells_a_date() {
            return self;
        }
        self.date.clone_from(&first.date);
        self.dates.clone_from(&first.dates);
        self.of_papers = first.of_papers;
        for (own, first) in [
            (&mut self.site, &first.site),
            (&mut self.facilitator, &first.facilitator),
            (&mut self.number, &first.number),
            (&mut self.time, &first.time),
        ] {
            if own.is_none() {
                own.clone_from(first);
            }
        }
        self
    }

    /// Keeps the days that are likeliest those of a meeting: an order or an agreement has a date of its own.
    fn take_dates(&mut self, dates: Vec<(DateReading, Among)>) {
        let is_day = |reading: &DateReading| {
            !matches!(
                reading,
                DateReading::Month { .. } | DateReading::Year(_) | DateReading::None
            )
        };
        let days = dates.iter().filter(|(reading, _)| is_day(reading));
        let best = days.map(|(_, among)| *among).min();
        self.of_papers = best == Some(Among::Papers);
        let kept = |(reading, among): &(DateReading, Among)| {
            !is_day(reading) || (Some(*among) == best && *among != Among::Next)
        };
        self.dates = dates.into_iter().filter(kept).map(|(reading, _)| reading).collect();
    }

    /// Whether a line tells a day, a month or a year.
    pub(crate) fn tells_a_date(&self) -> bool {
        self.date.is_some() || !self.dates.is_empty()
    }

    fn set(&mut self, role: Role, value: String) {
        let slot = match role {
            Role::Group => &mut self.group,
            Role::Place | Role::Settlement => &mut self.site,
            Role::Event | Role::Topic => &mut self.title,
            Role::Facilitator => &mut self.facilitator,
            Role::EventNumber => &mut self.number,
            Role::SessionDate => {
                self.date = dates::find_in_text(&value).into_iter().next().or(self.date.take());
                self.time = hours::beside_day(&value).or(self.time.take());
                return;
            }
            Role::SessionTime => {
                self.time = hours::begins(&value).or(self.time.take());
                return;
            }
            Role::Duration | Role::Organisation | Role::Hromada | Role::Mode | Role::Service | Role::Activity => {
                self.fields.retain(|(known, _)| *known != role);
                self.fields.push((role, value));
                return;
            }
            _ => return,
        };
        *slot = Some(value);
    }
}

/// "Month: 3", "за 03 міс. 2026 р.": a month by its number. "For 3 months" is none.
fn month_number(line: &str, vocabulary: &Vocabulary) -> Option<DateReading> {
    let words = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let words: Vec<&str> = words.take(MOST_WORDS).collect();
    let month = |word: &str| word.parse().ok().filter(|month| (1..=12).contains(month));
    let pair = words.windows(2).find_map(|two| {
        let padded = two[0].len() == 2 && two[0].starts_with('0');
        let labelled = vocabulary.is_word_for_month(two[0]) && two[0] == words[0];
        match (labelled, padded && vocabulary.is_word_for_month(two[1])) {
            (true, _) => month(two[1]),
            (_, true) => month(two[0]),
            (false, false) => None,
        }
    })?;
    Some(DateReading::Month {
        month: pair,
        year: None,
    })
}

/// The labelled values of a line, and what stands outside them.
fn labels(line: &str, vocabulary: &Vocabulary) -> (Vec<Labelled>, String) {
    let mut marks: Vec<(usize, usize, Role)> = Vec::new(); // label start, value start, role
    for (at, sign) in line.char_indices().filter(|(_, sign)| matches!(sign, ':' | '№' | '#')) {
        let from = marks.last().map_or(0, |(_, value, _)| *value);
        if from > at {
            continue;
        }
        let end = if sign == ':' { at } else { at + sign.len_utf8() };
        if let Some((start, role)) = label_before(line, from, end, vocabulary) {
            marks.push((start, at + sign.len_utf8(), role));
        }
    }
    let mut labelled = Vec::new();
    let mut rest = line[..marks.first().map_or(line.len(), |(start, ..)| *start)].to_owned();
    for (index, (_, value, role)) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(line.len(), |(start, ..)| *start);
        let text = &line[*value..end];
        if *role == Role::EventNumber {
            let text = trim(text);
            let number = text
                .split(|c: char| c.is_whitespace() || matches!(c, '«' | '"' | ','))
                .next()
                .unwrap_or("");
            rest.push_str(&text[number.len()..]);
            push(&mut labelled, *role, number);
        } else {
            push(&mut labelled, *role, text);
        }
    }
    (labelled, rest)
}

fn push(labelled: &mut Vec<Labelled>, role: Role, text: &str) {
    let value = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '|' | '\u{a0}'));
    let value = value
        .strip_suffix('.')
        .filter(|rest| ends_a_sentence(rest))
        .unwrap_or(value);
    if !value.is_empty() && !value.chars().all(|c| matches!(c, '_' | '-' | ' ' | '.')) {
        labelled.push(Labelled {
            role,
            value: value.to_owned(),
        });
    }
}

/// A dot after a word ends a sentence; after a single letter it belongs to an initial.
fn ends_a_sentence(before: &str) -> bool {
    before.chars().rev().take_while(|c| c.is_alphanumeric()).count() != 1
}

/// The longest known label that ends at `end`, and where it begins.
fn label_before(line: &str, from: usize, end: usize, vocabulary: &Vocabulary) -> Option<(usize, Role)> {
    let mut starts: Vec<usize> = line[from..end]
        .char_indices()
        .filter(|(_, c)| c.is_alphanumeric())
        .map(|(at, _)| from + at)
        .filter(|at| {
            line[from..*at]
                .chars()
                .next_back()
                .is_none_or(|before| !before.is_alphanumeric())
        })
        .collect();
    starts.reverse();
    starts.truncate(5);
    starts
        .into_iter()
        .rev()
        .find_map(|start| Some((start, vocabulary.label(trim(&line[start..end]))?)))
}

/// The first text in quotation marks.
fn quoted(text: &str) -> Option<String> {
    [('«', '»'), ('“', '”'), ('„', '“'), ('"', '"')]
        .into_iter()
        .find_map(|(open, close)| {
            let (_, after) = text.split_once(open)?;
            let (inside, _) = after.split_once(close)?;
            Some(trim(inside)).filter(|inside| !inside.is_empty())
        })
        .map(str::to_owned)
}

#[cfg(test)]
mod tests;
