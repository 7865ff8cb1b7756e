//! Title lines above a table: group, site, title, facilitator, event number, dates.

use super::dates::{self, DateReading};
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
    /// A date that is labelled as the session's.
    pub(crate) date: Option<DateReading>,
    /// Every date in the lines, in order.
    pub(crate) dates: Vec<DateReading>,
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
    Role::Duration,
    Role::Organisation,
    Role::Hromada,
    Role::Mode,
    Role::Service,
    Role::Activity,
];
/// Bytes of the longest label in a cell of its own.
const LONGEST_LABEL: usize = 80;

/// The lines that the cells of a title row make: "Place:" and the cell behind it are one.
pub(crate) fn lines(cells: Vec<String>, vocabulary: &Vocabulary) -> Vec<String> {
    let is_label = |text: &str| {
        let text = trim(text);
        let words = trim(text.strip_suffix(':').unwrap_or(text));
        let known = text.len() <= LONGEST_LABEL && !words.contains(':');
        known && vocabulary.label(words).is_some_and(|role| LABELLED.contains(&role))
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
            None => lines.push(text),
        }
    }
    lines.extend(label);
    lines
}

/// Reads title lines from top to bottom; of two lines that say the same thing the lower one holds.
pub(crate) fn read(lines: &[String], vocabulary: &Vocabulary) -> Heading {
    let mut heading = Heading::default();
    for line in lines {
        let (labelled, rest) = labels(line, vocabulary);
        for Labelled { role, value } in labelled {
            heading.set(role, value);
        }
        let wanted = heading.title.is_none() || heading.number.is_some();
        if let Some(title) = quoted(&rest).filter(|_| wanted) {
            heading.title = Some(title);
        }
        heading.dates.extend(dates::find_in_text(line));
        heading.lines.push(line.clone());
    }
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
        for (own, first) in [
            (&mut self.site, &first.site),
            (&mut self.facilitator, &first.facilitator),
            (&mut self.number, &first.number),
        ] {
            if own.is_none() {
                own.clone_from(first);
            }
        }
        self
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
