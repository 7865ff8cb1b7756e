//! `review` in the terminal: one pair after the other; every answer is written down at once.

use std::collections::BTreeMap;
use std::io::BufRead;

use chrono::NaiveDate;
use unicode_width::UnicodeWidthStr as _;

use super::import::{end, say, told};
use super::ledger::{self, Entry};
use super::{Args, pairs};
use crate::cli::pipeline::Computed;
use crate::cli::printer::Printer;
use crate::cli::{Failure, Status, quoted};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::records::MentionId;
use crate::ingest::vocabulary::{Verdict, standard};
use crate::message::message;
use crate::report::labels::Labels;
use crate::report::private::{Evidence, Field, Pair, Reader, Written, differs, figures_in_words};

/// What somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Typed {
    /// With why, where that was typed after the key.
    Verdict(Verdict, String),
    Undo,
    Quit,
}

/// Columns of the first of two places side by side.
const SIDE: usize = 38;

/// Asks about one pair after the other until there are no more, or until it is enough.
pub(crate) fn ask(
    args: &Args,
    computed: &Computed,
    labels: &Labels,
    lang: &str,
    lines: &mut dyn BufRead,
    printer: &mut Printer,
) -> Result<Status, Failure> {
    let root = &args.project.project;
    let to_ask = pairs::to_ask(computed, args.choice());
    super::left_out(&to_ask, labels, printer);
    let asked = to_ask.asked;
    if asked.is_empty() {
        printer.note(labels.get("review.none"));
        let run = format!("tallyframe run {}", quoted(root));
        printer.note(&labels.fill("guide.next_run", &[("call", &run)]));
        return Ok(Status::Done);
    }
    let mut talk = Talk { labels, lines, printer };
    let Some((by, date)) = talk.who(args)? else {
        return Ok(Status::Done);
    };
    let report = computed.report(lang);
    let reader = Reader::new(&report);
    let mut session = Session {
        computed,
        asked: &asked,
        by,
        date,
        implied: Implied::default(),
        answered: Vec::new(),
        at: 0,
    };
    let (mut count, mut written) = (0, None);
    while let Some(entry) = session.next(&mut talk, &reader)? {
        written = Some(ledger::append(root, &[entry], standard())?);
        count += 1;
    }
    let at = session.at;
    if let Some(written) = &written {
        printer.note(&told(labels, count, written));
    }
    let open = [("pairs", labels.count(asked.len().saturating_sub(at), "pair"))];
    printer.note(&say(labels, "review_say.still_open", &open));
    printer.note(&say(labels, "review_say.next_run", &[("project", quoted(root))]));
    Ok(Status::Done)
}

/// Where the questions have come to.
struct Session<'s> {
    computed: &'s Computed,
    asked: &'s [Pair],
    by: String,
    date: NaiveDate,
    implied: Implied,
    /// Pairs answered, in order.
    answered: Vec<usize>,
    /// The pair that is asked about next.
    at: usize,
}

impl Session<'_> {
    /// The next line to write down; `None` where there are no more pairs, or where it is enough.
    fn next(&mut self, talk: &mut Talk, reader: &Reader) -> Result<Option<Entry>, Failure> {
        while let Some(pair) = self.asked.get(self.at) {
            if self.implied.follows(self.computed, pair) {
                self.at += 1;
                continue;
            }
            talk.show(reader, pair, (self.at + 1, self.asked.len()));
            match talk.answer()? {
                None | Some(Typed::Quit) => return Ok(None),
                Some(Typed::Verdict(verdict, reason)) => {
                    self.answered.push(self.at);
                    self.at += 1;
                    return Ok(Some(self.entry(pair, verdict, reason)));
                }
                Some(Typed::Undo) => match self.answered.pop() {
                    Some(before) => {
                        self.at = before;
                        return Ok(Some(self.entry(&self.asked[before], Verdict::Open, String::new())));
                    }
                    None => talk.printer.answer(talk.labels.get("review_say.nothing_to_undo")),
                },
            }
        }
        Ok(None)
    }

    fn entry(&mut self, pair: &Pair, verdict: Verdict, reason: String) -> Entry {
        self.implied.note(self.computed, pair, verdict);
        Entry {
            ends: [pair.a, pair.b].map(|mention| end(&self.computed.records, mention)),
            verdict,
            by: self.by.clone(),
            date: self.date.to_string(),
            reason,
        }
    }
}

/// Questions out, lines in.
struct Talk<'t> {
    labels: &'t Labels,
    lines: &'t mut dyn BufRead,
    printer: &'t mut Printer,
}

impl Talk<'_> {
    /// The next line; `None` where there are no more.
    fn line(&mut self) -> Result<Option<String>, Failure> {
        let mut line = String::new();
        let read = self.lines.read_line(&mut line);
        let read = read.map_err(|error| Failure::File(message!("standard input: {error}", error)))?;
        Ok((read > 0).then(|| line.trim().to_owned()))
    }

    /// Who decides, and on which day: asked once where the call does not say it.
    fn who(&mut self, args: &Args) -> Result<Option<(String, NaiveDate)>, Failure> {
        let by = match args.by.clone() {
            Some(by) => by,
            None => loop {
                self.printer.answer(self.labels.get("review_say.ask_by"));
                match self.line()? {
                    None => return Ok(None),
                    Some(by) if by.is_empty() => {}
                    Some(by) => break by,
                }
            },
        };
        if let Some(date) = args.date {
            return Ok(Some((by, date)));
        }
        loop {
            self.printer.answer(self.labels.get("review_say.ask_date"));
            let Some(text) = self.line()? else { return Ok(None) };
            if let DateReading::Day(date) = dates::read_text(&text, None) {
                return Ok(Some((by, date)));
            }
        }
    }

    /// One pair, both places side by side.
    fn show(&mut self, reader: &Reader, pair: &Pair, (number, of): (usize, usize)) {
        let labels = self.labels;
        let written = [pair.a, pair.b].map(|mention| reader.written(mention));
        let heads = Field::ALL.map(|field| labels.get(field.key()));
        let place_head = labels.get("review_head.row");
        let room = heads
            .iter()
            .chain([&place_head])
            .map(|head| head.width())
            .max()
            .unwrap_or(0);
        let mut text = format!("\n{number} / {of}   {}\n", pair.id);
        let mut row = |mark: &str, head: &str, one: &str, other: &str| {
            let head = padded(head, room);
            // A text too long for its side gets a line of its own.
            let lines = if one.width() > SIDE && !other.is_empty() {
                let below = format!("  {}  {}  {other}", padded("", room), padded("", SIDE));
                vec![format!("{mark} {head}  {one}"), below]
            } else {
                vec![format!("{mark} {head}  {}  {other}", padded(one, SIDE))]
            };
            for line in lines {
                text.push_str(line.trim_end());
                text.push('\n');
            }
        };
        for (field, head) in Field::ALL.into_iter().zip(heads) {
            let (one, other) = (written[0].get(field), written[1].get(field));
            let differing = differs(&pair.link, &written[0], &written[1], field);
            if !one.is_empty() || !other.is_empty() {
                row(if differing { "!" } else { " " }, head, one, other);
            }
        }
        let records = reader.report.records;
        let places = [pair.a, pair.b].map(|mention| records.show(records.mentions[mention.index()].place));
        row(" ", place_head, &places[0], &places[1]);
        self.printer
            .answer(&format!("{text}{}", beside(reader, pair, &written)));
    }

    /// What is typed about it; asked again until it is understood.
    fn answer(&mut self) -> Result<Option<Typed>, Failure> {
        loop {
            self.printer.answer(self.labels.get("review_say.keys"));
            let Some(line) = self.line()? else { return Ok(None) };
            if let Some(typed) = self.typed(&line) {
                return Ok(Some(typed));
            }
        }
    }

    /// A key of the language or of English with why behind it, or a verdict in any language's words.
    fn typed(&self, line: &str) -> Option<Typed> {
        let lower = line.to_lowercase();
        let verdict = |said, reason: &str| match said {
            Verdict::Open => Typed::Undo,
            said @ (Verdict::Same | Verdict::Different | Verdict::Unknown) => Typed::Verdict(said, reason.to_owned()),
        };
        if let Some(said) = standard().verdict(&lower) {
            return Some(verdict(said, ""));
        }
        let (key, reason) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let is = |name: &str, plain: &str| {
            let key = key.to_lowercase();
            key == plain || key == self.labels.get(&format!("review_say.{name}"))
        };
        let verdicts = [
            ("key_same", "s", Verdict::Same),
            ("key_different", "d", Verdict::Different),
            ("key_unknown", "k", Verdict::Unknown),
        ];
        if let Some((.., said)) = verdicts.into_iter().find(|(name, plain, _)| is(name, plain)) {
            return Some(verdict(said, reason.trim()));
        }
        match (reason.is_empty(), is("key_undo", "u"), is("key_quit", "q")) {
            (true, true, _) => Some(Typed::Undo),
            (true, _, true) => Some(Typed::Quit),
            (true | false, ..) => None,
        }
    }
}

/// Evidence, probability and figures moved, a line each.
fn beside(reader: &Reader, pair: &Pair, written: &[Written; 2]) -> String {
    let labels = &reader.labels;
    let evidence = Evidence::of(labels, &pair.link, &written[0], &written[1]);
    let joined = labels.get(if pair.joined { "review.joined" } else { "review.apart" });
    let sure = [
        ("probability", labels.number(pair.link.probability * 100.0, 1)),
        ("count", labels.whole(pair.moves.len())),
        ("now", joined.to_owned()),
    ];
    let lines = [
        evidence.for_one,
        evidence.against,
        say(labels, "review_say.doubt", &sure),
        say(labels, "review.moves", &[("text", figures_in_words(reader, pair))]),
    ];
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn padded(text: &str, room: usize) -> String {
    let missing = room.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(missing))
}

/// What follows from the answers given so far, so that nobody is asked what is plain, nor contradicts oneself.
#[derive(Default)]
struct Implied {
    said: BTreeMap<(MentionId, MentionId), (Verdict, [u32; 2])>,
}

impl Implied {
    fn note(&mut self, computed: &Computed, pair: &Pair, verdict: Verdict) {
        let blocks = [pair.a, pair.b].map(|mention| computed.people.high[mention.index()]);
        self.said.insert((pair.a, pair.b), (verdict, blocks));
    }

    /// Whether both sides are one person, or two, by what was said about others.
    fn follows(&self, computed: &Computed, pair: &Pair) -> bool {
        let [a, b] = [pair.a, pair.b].map(|mention| self.person(computed.people.high[mention.index()]));
        let apart = self.said.values().filter(|(verdict, _)| *verdict == Verdict::Different);
        let mut apart = apart.map(|(_, [one, other])| [self.person(*one), self.person(*other)]);
        !self.said.is_empty() && (a == b || apart.any(|told| told == [a, b] || told == [b, a]))
    }

    /// The least block of those that were said to be one with this one.
    fn person(&self, block: u32) -> u32 {
        let mut own = vec![block];
        let mut at = 0;
        while let Some(here) = own.get(at).copied() {
            for (verdict, [one, other]) in self.said.values() {
                let next = match (*one == here, *other == here) {
                    (true, _) => *other,
                    (_, true) => *one,
                    (false, false) => continue,
                };
                if *verdict == Verdict::Same && !own.contains(&next) {
                    own.push(next);
                }
            }
            at += 1;
        }
        own.into_iter().min().unwrap_or(block)
    }
}
