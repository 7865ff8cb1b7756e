//! Officers' decisions about pairs of mentions: tables that name two rows and say "same" or "different".
//!
//! A table is read into *lines* as they are written ([`lines`]); a line is then *judged* against the records
//! ([`Judge::judge`]). Whoever takes in a table that is no part of the project yet judges its lines the same way.
//! Of several lines about one pair the last one stands: that is how a decision is changed, or taken back.

mod line;
mod lookup;

use std::collections::BTreeMap;

pub use line::{Column, End, Line, lines};
pub use lookup::Lookup;

use super::findings::Kind;
use super::records::{Decision, FileId, Finding, Mention, MentionId, Place, Records};
use super::table::Workbook;
use super::vocabulary::{Verdict, Vocabulary, normalise};

/// Why a line can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The word is no verdict that any language knows.
    Word {
        /// As written.
        word: String,
    },
    /// Nobody is written in the row that is named.
    Lost {
        /// What was named.
        target: String,
        /// The row that bears the name the decision was made about, where there is just one.
        now: Option<String>,
    },
    /// Somebody else is written in the row than the decision was made about.
    Moved {
        /// What was named.
        target: String,
        /// The row that bears the name the decision was made about, where there is just one.
        now: Option<String>,
    },
    /// Both places are one row.
    OneRow {
        /// What was named.
        target: String,
    },
}

/// A line that says something about two mentions that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// One mention.
    pub a: MentionId,
    /// The other.
    pub b: MentionId,
    /// What is said.
    pub verdict: Verdict,
}

impl Judged {
    /// The pair, whichever way round it was written.
    pub fn pair(&self) -> (MentionId, MentionId) {
        (self.a.min(self.b), self.a.max(self.b))
    }
}

/// Whether a workbook holds decisions and nothing else.
pub(crate) fn are_in(workbook: &Workbook, vocabulary: &Vocabulary) -> bool {
    let mut filled = workbook.sheets.iter().filter(|sheet| !sheet.rows.is_empty()).peekable();
    filled.peek().is_some() && filled.all(|sheet| !lines(sheet, vocabulary).is_empty())
}

/// Judges lines against what was read.
#[derive(Clone, Copy)]
pub struct Judge<'a> {
    /// What was read.
    pub records: &'a Records,
    /// Where who is written.
    pub lookup: &'a Lookup,
    /// The words of all languages.
    pub vocabulary: &'a Vocabulary,
}

impl Judge<'_> {
    /// What a line says; `None` where nothing is decided yet.
    pub fn judge(self, line: &Line) -> Result<Option<Judged>, Trouble> {
        if line.verdict.is_empty() {
            return Ok(None);
        }
        let verdict = self.vocabulary.verdict(&line.verdict);
        let verdict = verdict.ok_or_else(|| Trouble::Word {
            word: line.verdict.clone(),
        })?;
        let [a, b] = [self.mention(&line.ends[0])?, self.mention(&line.ends[1])?];
        if a != b {
            return Ok(Some(Judged { a, b, verdict }));
        }
        let [one, other] = &line.ends;
        let copies = (&one.file, &one.sheet, one.row) != (&other.file, &other.sheet, other.row);
        match verdict {
            // A row and its copy in another file are one already.
            Verdict::Same | Verdict::Unknown | Verdict::Open if copies => Ok(None),
            Verdict::Same | Verdict::Different | Verdict::Unknown | Verdict::Open => {
                Err(Trouble::OneRow { target: one.shown() })
            }
        }
    }

    fn mention(self, end: &End) -> Result<MentionId, Trouble> {
        // A row can name several people: tables side by side, people repeated in a row.
        let there = self.lookup.mentions(self.records, end);
        let meant = there.iter().copied().find(|mention| self.bears(*mention, &end.name));
        let target = || end.shown();
        let now = || self.bearer(end);
        match meant {
            Some(mention) => Ok(mention),
            None if there.is_empty() => Err(Trouble::Lost {
                target: target(),
                now: now(),
            }),
            None => Err(Trouble::Moved {
                target: target(),
                now: now(),
            }),
        }
    }

    /// Whether a mention is written the way a decision says; a decision without a name takes any.
    fn bears(self, mention: MentionId, name: &str) -> bool {
        let mention = &self.records.mentions[mention.index()];
        let wanted = comparable(name);
        wanted.is_empty()
            || comparable(&written(self.records, mention)) == wanted
            || code(self.records, mention).is_some_and(|code| comparable(code) == wanted)
    }

    /// The only row of the same sheet that bears the name of a decision.
    fn bearer(self, end: &End) -> Option<String> {
        let (file, sheet) = lookup::sheet(self.records, end)?;
        let wanted = comparable(&end.name);
        let mentions = self.records.mentions.iter();
        let mut bearers = mentions
            .filter(|mention| (mention.place.file, mention.place.sheet) == (file, sheet))
            .filter(|mention| !wanted.is_empty() && comparable(&written(self.records, mention)) == wanted);
        let first = bearers.next()?;
        bearers.next().is_none().then(|| first.place.row.to_string())
    }
}

/// Who is written in a mention, as a decision names them: the name, or the code where there is no name.
pub fn written(records: &Records, mention: &Mention) -> String {
    let identity = &mention.identity;
    let parts = [
        identity.full_name,
        identity.surname,
        identity.given_name,
        identity.patronymic,
    ];
    let name: Vec<&str> = parts.into_iter().flatten().map(|part| records.text(part)).collect();
    if name.is_empty() {
        code(records, mention).unwrap_or_default().to_owned()
    } else {
        name.join(" ")
    }
}

fn code<'r>(records: &'r Records, mention: &Mention) -> Option<&'r str> {
    mention.identity.code.map(|code| records.text(code))
}

/// A name as names are compared: whatever the case, the script of look-alike letters, the blanks and the order of words.
fn comparable(name: &str) -> String {
    let normal = normalise(name);
    let mut words: Vec<&str> = normal.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

/// Reads the tables of decisions into the records; what can't be used is a finding. Of several lines about one pair,
/// in this order of tables, the last one stands.
pub(crate) fn read(tables: &[(FileId, &Workbook)], records: &mut Records, vocabulary: &Vocabulary) {
    if tables.is_empty() {
        return;
    }
    let lookup = Lookup::new(records);
    let judge = Judge {
        records,
        lookup: &lookup,
        vocabulary,
    };
    let mut judged: Vec<(Place, Judged, Line)> = Vec::new();
    let mut findings = Vec::new();
    for (file, workbook) in tables {
        for (index, sheet) in (0_u16..).zip(&workbook.sheets) {
            for line in lines(sheet, vocabulary) {
                let place = Place {
                    file: *file,
                    sheet: index,
                    row: line.row,
                    column: None,
                };
                match judge.judge(&line) {
                    Ok(Some(said)) => judged.push((place, said, line)),
                    Ok(None) => {}
                    Err(trouble) => findings.push(finding(&trouble, place, line.verdict_column())),
                }
            }
        }
    }
    let mut last: BTreeMap<_, usize> = BTreeMap::new();
    for (at, (_, said, _)) in judged.iter().enumerate() {
        last.insert(said.pair(), at);
    }
    let mut decisions = Vec::new();
    for (at, (place, said, line)) in judged.iter().enumerate() {
        let (stands, standing, _) = &judged[last[&said.pair()]];
        if at == last[&said.pair()] {
            stand(*place, *said, line, &mut decisions, &mut records.unsure);
        } else if said.verdict != standing.verdict {
            findings.push(replaced(*place, *stands, standing.verdict));
        }
    }
    records.decisions.extend(decisions);
    records.findings.extend(findings);
}

/// Takes in a line that stands.
fn stand(
    place: Place,
    said: Judged,
    line: &Line,
    decisions: &mut Vec<Decision>,
    unsure: &mut Vec<(MentionId, MentionId)>,
) {
    match said.verdict {
        Verdict::Same | Verdict::Different => decisions.push(Decision {
            a: said.a,
            b: said.b,
            same: said.verdict == Verdict::Same,
            by: line.by.clone(),
            date: line.date.clone(),
            reason: line.reason.clone(),
            place,
        }),
        Verdict::Unknown => unsure.push(said.pair()),
        Verdict::Open => {}
    }
}

fn replaced(place: Place, by: Place, verdict: Verdict) -> Finding {
    Finding {
        kind: Kind::DecisionReplaced,
        place: Some(place),
        others: vec![by],
        args: [("decision", verdict.code().to_owned()), ("line", by.row.to_string())].into(),
    }
}

/// The finding of a line that can't be used.
fn finding(trouble: &Trouble, place: Place, verdict_column: Option<u16>) -> Finding {
    let mut args = BTreeMap::new();
    let (kind, target, now) = match trouble {
        Trouble::Word { word } => {
            args.insert("value", word.clone());
            (Kind::DecisionUnclear, None, None)
        }
        Trouble::Lost { target, now } => (Kind::DecisionLost, Some(target), now.as_ref()),
        Trouble::Moved { target, now } => (Kind::DecisionMoved, Some(target), now.as_ref()),
        Trouble::OneRow { target } => (Kind::DecisionOfOneRow, Some(target), None),
    };
    args.extend(target.map(|target| ("target", target.clone())));
    args.extend(now.map(|now| ("now", now.clone())));
    let column = verdict_column.filter(|_| kind == Kind::DecisionUnclear);
    Finding {
        kind,
        place: Some(Place { column, ..place }),
        others: Vec::new(),
        args,
    }
}

#[cfg(test)]
mod tests;
