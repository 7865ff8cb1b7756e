//! `review --import`: checks every line of a filled-in table and adds what is decided to `decisions.csv`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;

use super::filled::{Answer, Mistake, answers};
use super::ledger::{self, Entry};
use super::{Args, pairs};
use crate::cli::pipeline::Computed;
use crate::cli::printer::Printer;
use crate::cli::{Failure, Status, quoted};
use crate::ingest::dates::{self, DateReading};
use crate::ingest::decisions::{Column, End, Judge, Judged, Lookup, Trouble, written};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Decision, FileId, MentionId, Place, Records, SourceFile, column_letters};
use crate::ingest::table::Workbook;
use crate::ingest::vocabulary::{Verdict, Vocabulary, standard};
use crate::ingest::workbook;
use crate::message::message;
use crate::people;
use crate::report::labels::Labels;
use crate::report::private::address;

/// A line that can be taken in.
struct Good {
    answer: Answer,
    said: Judged,
    date: NaiveDate,
    by: String,
}

/// Something wrong, with the line it stands in.
struct Bad {
    at: (u16, u32),
    text: String,
}

/// Checks a table against what was read.
struct Check<'a> {
    computed: &'a Computed,
    labels: &'a Labels,
    vocabulary: &'a Vocabulary,
    /// The table, for the addresses of its cells.
    table: &'a Workbook,
    name: String,
    by: Option<String>,
    date: Option<NaiveDate>,
}

/// Takes in a table.
pub(crate) fn import(
    args: &Args,
    file: &Path,
    computed: &Computed,
    labels: &Labels,
    printer: &mut Printer,
) -> Result<Status, Failure> {
    let table = open(file)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let check = Check {
        computed,
        labels,
        vocabulary: standard(),
        table: &table,
        name: name.unwrap_or_default(),
        by: args.by.clone(),
        date: args.date,
    };
    let answers = answers(&table, check.vocabulary, &known_pairs(computed));
    let lines = ("lines", labels.count(answers.len(), "answer"));
    let (good, bad) = check.sorted(answers);
    for bad in &bad {
        printer.trouble(&bad.text);
    }
    if !bad.is_empty() && !args.skip_bad {
        let counted = [("bad", labels.count(bad.len(), "mistake")), lines];
        printer.trouble(&say(labels, "review_say.nothing_taken", &counted));
        return Ok(Status::Look);
    }
    let root = &args.project.project;
    let new: Vec<Entry> = check.new_ones(&good).into_iter().map(|one| check.entry(one)).collect();
    let outcome = if new.is_empty() {
        say(labels, "review_say.nothing_new", &[lines])
    } else if args.dry_run {
        let count = labels.count(new.len(), "decision");
        say(labels, "review_say.would_take", &[("count", count)])
    } else {
        told(labels, new.len(), &ledger::append(root, &new, check.vocabulary)?)
    };
    printer.note(&outcome);
    printer.note(&say(labels, "review_say.next_run", &[("project", quoted(root))]));
    Ok(if bad.is_empty() { Status::Done } else { Status::Look })
}

/// What was written where.
pub(crate) fn told(labels: &Labels, count: usize, written: &ledger::Written) -> String {
    let args = [
        ("count", labels.count(count, "decision")),
        ("file", written.path.display().to_string()),
        ("bytes", labels.whole(written.bytes)),
        ("sha256", written.sha256.clone()),
    ];
    say(labels, "review_say.taken", &args)
}

/// Words of the label files with their places filled in.
pub(crate) fn say(labels: &Labels, key: &str, args: &[(&str, String)]) -> String {
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    labels.fill(key, &args)
}

/// Opens a filled-in table.
pub(crate) fn open(file: &Path) -> Result<Workbook, Failure> {
    workbook::open(file).map_err(|error| Failure::File(message!("{file}: {error}", file, error)))
}

/// The ends of the pairs that are undecided now, by their short names.
pub(crate) fn known_pairs(computed: &Computed) -> BTreeMap<String, [End; 2]> {
    let undecided = computed.people.undecided.iter();
    undecided
        .map(|pair| {
            let ends = [pair.link.a, pair.link.b].map(|mention| end(&computed.records, mention));
            (pairs::id(computed, pair.link.a, pair.link.b), ends)
        })
        .collect()
}

/// Where a mention stands and who is written there now.
pub(crate) fn end(records: &Records, mention: MentionId) -> End {
    let mention = &records.mentions[mention.index()];
    let (file, sheet, row) = address(records, mention.place);
    End {
        file: file.to_owned(),
        sheet: sheet.to_owned(),
        row: Some(row),
        name: written(records, mention),
    }
}

impl Check<'_> {
    /// The lines that can be taken in, and what is wrong with the others in order of place.
    fn sorted(&self, answers: Vec<Answer>) -> (Vec<Good>, Vec<Bad>) {
        let (good, mut bad) = self.lines(answers);
        let (good, contradicting) = self.consistent(good);
        bad.extend(contradicting);
        bad.sort_by_key(|bad| bad.at);
        (good, bad)
    }

    /// Every line by itself: those that can be taken in, and what is wrong with the others.
    fn lines(&self, answers: Vec<Answer>) -> (Vec<Good>, Vec<Bad>) {
        let lookup = Lookup::new(&self.computed.records);
        let judge = Judge {
            records: &self.computed.records,
            lookup: &lookup,
            vocabulary: self.vocabulary,
        };
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for answer in answers {
            let (said, mut wrong) = match self.judged(judge, &answer) {
                Ok(said) => (said, Vec::new()),
                Err(text) => (None, vec![text]),
            };
            let by = Some(answer.line.by.clone())
                .filter(|by| !by.trim().is_empty())
                .or_else(|| self.by.clone());
            if by.is_none() {
                wrong.push(self.complaint(&answer, Column::By, "nobody", &[]));
            }
            let date = self.date(&answer).map_err(|text| wrong.push(text)).ok();
            match (said, by, date) {
                (Some(said), Some(by), Some(date)) if wrong.is_empty() => good.push(Good { answer, said, date, by }),
                // A line about a row and its copy says what is known already.
                (None, ..) if wrong.is_empty() => {}
                _ => {
                    let at = (answer.sheet, answer.line.row);
                    bad.extend(wrong.into_iter().map(|text| Bad { at, text }));
                }
            }
        }
        (good, bad)
    }

    fn judged(&self, judge: Judge, answer: &Answer) -> Result<Option<Judged>, String> {
        if let Some(mistake) = answer.mistake {
            let key = match mistake {
                Mistake::UnknownPair => "unknown_pair",
                Mistake::PlacesChanged => "places_changed",
                Mistake::TwoAnswers => "two_answers",
            };
            return Err(self.complaint(answer, Column::Verdict, key, &[]));
        }
        judge.judge(&answer.line).map_err(|trouble| {
            let (key, args) = match trouble {
                Trouble::Word { word } => ("not_a_word", vec![("word", word)]),
                Trouble::Lost { target, now: None } => ("lost", vec![("target", target)]),
                Trouble::Lost { target, now: Some(now) } => ("lost_found", vec![("target", target), ("now", now)]),
                Trouble::Moved { target, now: None } => ("moved", vec![("target", target)]),
                Trouble::Moved { target, now: Some(now) } => ("moved_found", vec![("target", target), ("now", now)]),
                Trouble::OneRow { target } => ("one_row", vec![("target", target)]),
            };
            self.complaint(answer, Column::Verdict, key, &args)
        })
    }

    /// The day of a decision: as written, else the one given for all.
    fn date(&self, answer: &Answer) -> Result<NaiveDate, String> {
        let text = answer.line.date.trim();
        if text.is_empty() {
            return self
                .date
                .ok_or_else(|| self.complaint(answer, Column::Date, "no_date", &[]));
        }
        match dates::read_text(text, None) {
            DateReading::Day(day) => Ok(day),
            _ => Err(self.complaint(answer, Column::Date, "bad_date", &[("date", text.to_owned())])),
        }
    }

    /// `review.xlsx › «Pairs» › Q17: …`
    fn complaint(&self, answer: &Answer, column: Column, key: &str, args: &[(&str, String)]) -> String {
        let sheet = self
            .table
            .sheets
            .get(usize::from(answer.sheet))
            .map_or("", |sheet| &sheet.name);
        let sheet = if sheet.is_empty() {
            String::new()
        } else {
            format!(" › «{sheet}»")
        };
        let column = answer.line.column(column).map(column_letters).unwrap_or_default();
        let words = say(self.labels, &format!("review_say.{key}"), args);
        format!("{}{sheet} › {column}{}: {words}", self.name, answer.line.row)
    }

    /// The lines that contradict neither each other nor what is decided already, and the chains of the others.
    fn consistent(&self, good: Vec<Good>) -> (Vec<Good>, Vec<Bad>) {
        let mut last: BTreeMap<(MentionId, MentionId), usize> = BTreeMap::new();
        for (at, one) in good.iter().enumerate() {
            last.insert(one.said.pair(), at);
        }
        let (records, file) = self.with(&good, &last);
        let mut bad = Vec::new();
        let mut spoiled = BTreeSet::new();
        for finding in people::recognise(&records).findings {
            if finding.kind != Kind::DecisionsContradict {
                continue;
            }
            let places = finding.place.iter().chain(&finding.others);
            let own: Vec<(u16, u32)> = places
                .filter(|place| place.file == file)
                .map(|place| (place.sheet, place.row))
                .collect();
            // A contradiction that stood before is no matter of this table.
            let Some(first) = own.iter().min() else { continue };
            bad.push(Bad {
                at: *first,
                text: self.labels.message(&finding),
            });
            spoiled.extend(own);
        }
        let good = good.into_iter();
        let good = good.filter(|one| !spoiled.contains(&(one.answer.sheet, one.answer.line.row)));
        (good.collect(), bad)
    }

    /// The records as they would be with these lines, and the file that stands for the table.
    fn with(&self, good: &[Good], last: &BTreeMap<(MentionId, MentionId), usize>) -> (Records, FileId) {
        let mut records = self.computed.records.clone();
        let file = FileId::from(records.files.len());
        records.files.push(SourceFile {
            path: self.name.clone(),
            sha256: String::new(),
            bytes: 0,
            format: self.table.format.clone(),
            sheets: self.table.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
            source: None,
            readable: true,
            print: crate::ingest::records::Print::default(),
        });
        let pair = |decision: &Decision| (decision.a.min(decision.b), decision.a.max(decision.b));
        records.decisions.retain(|decision| !last.contains_key(&pair(decision)));
        for at in last.values() {
            let Good { answer, said, .. } = &good[*at];
            if matches!(said.verdict, Verdict::Same | Verdict::Different) {
                records.decisions.push(Decision {
                    a: said.a,
                    b: said.b,
                    same: said.verdict == Verdict::Same,
                    by: String::new(),
                    date: String::new(),
                    reason: String::new(),
                    place: Place {
                        file,
                        sheet: answer.sheet,
                        row: answer.line.row,
                        column: answer.line.column(Column::Verdict),
                    },
                });
            }
        }
        (records, file)
    }

    /// The lines that say something that is not in the project yet.
    fn new_ones<'g>(&self, good: &'g [Good]) -> Vec<&'g Good> {
        let mut stands = standing(&self.computed.records);
        let mut new = Vec::new();
        for one in good {
            let pair = one.said.pair();
            let before = stands.insert(pair, one.said.verdict);
            if before.unwrap_or(Verdict::Open) != one.said.verdict {
                new.push(one);
            }
        }
        new
    }

    fn entry(&self, good: &Good) -> Entry {
        let records = &self.computed.records;
        Entry {
            ends: [end(records, good.said.a), end(records, good.said.b)],
            verdict: good.said.verdict,
            by: good.by.clone(),
            date: good.date.to_string(),
            reason: good.answer.line.reason.clone(),
        }
    }
}

/// What stands about each pair now.
pub(crate) fn standing(records: &Records) -> BTreeMap<(MentionId, MentionId), Verdict> {
    let decided = records.decisions.iter().map(|decision| {
        let pair = (decision.a.min(decision.b), decision.a.max(decision.b));
        (
            pair,
            if decision.same {
                Verdict::Same
            } else {
                Verdict::Different
            },
        )
    });
    let unsure = records.unsure.iter().map(|pair| (*pair, Verdict::Unknown));
    decided.chain(unsure).collect()
}
