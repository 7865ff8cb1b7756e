//! The people report: every person with all spellings and places, possible duplicates beside, and every row.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Workbook, XlsxError};

use super::paper::{Cell, Paper, Style, Value, describe};
use super::review::figures_in_words;
use super::written::{Evidence, Field, Reader, Written};
use super::{Pair, address, cell_of};
use crate::ingest::records::MentionId;
use crate::people::model::{Cause, Link, PersonId};
use crate::report::Report;
use crate::report::view::clean;

/// Places and spellings named in one cell; more are only counted.
const NAMED: usize = 12;

/// The workbook of everybody; `pairs` are the undecided ones.
pub fn people_workbook(report: &Report, pairs: &[Pair]) -> Result<Vec<u8>, XlsxError> {
    let reader = Reader::new(report);
    let mut workbook = Workbook::new();
    describe(&mut workbook, reader.labels.get("people_report.title"), report.as_of)?;
    let written: Vec<Written> = (0..report.records.mentions.len())
        .map(|at| reader.written(at.into()))
        .collect();
    let book = Book {
        duplicates: duplicates(report, pairs),
        weakest: weakest(report),
        reader: &reader,
        written: &written,
        pairs,
    };
    book.people(&mut workbook)?;
    book.rows(&mut workbook)?;
    book.pairs(&mut workbook)?;
    workbook.save_to_buffer()
}

struct Book<'a> {
    reader: &'a Reader<'a>,
    written: &'a [Written],
    pairs: &'a [Pair],
    /// Undecided pairs of each person, with the mention of the other side.
    duplicates: BTreeMap<PersonId, Vec<(usize, MentionId)>>,
    /// The weakest link of each person.
    weakest: BTreeMap<PersonId, &'a Link>,
}

fn duplicates(report: &Report, pairs: &[Pair]) -> BTreeMap<PersonId, Vec<(usize, MentionId)>> {
    let mut of: BTreeMap<PersonId, Vec<(usize, MentionId)>> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        let person = |mention: MentionId| report.people.best[mention.index()];
        of.entry(person(pair.a)).or_default().push((at, pair.b));
        if person(pair.a) != person(pair.b) {
            of.entry(person(pair.b)).or_default().push((at, pair.a));
        }
    }
    of
}

/// Of the links that made each person, the least probable; the undecided ones that hold among them.
fn weakest<'a>(report: &Report<'a>) -> BTreeMap<PersonId, &'a Link> {
    let people = report.people;
    let joined = people
        .undecided
        .iter()
        .filter(|pair| pair.joined)
        .map(|pair| &pair.link);
    let mut weakest: BTreeMap<PersonId, &Link> = BTreeMap::new();
    for link in people.links.iter().chain(joined) {
        let person = people.best[link.a.index()];
        let known = weakest.entry(person).or_insert(link);
        if link.probability < known.probability {
            *known = link;
        }
    }
    weakest
}

impl Book<'_> {
    fn label(&self, key: &str) -> &str {
        self.reader.labels.get(&format!("people_report.{key}"))
    }

    /// A sheet with its heads, keys of `people_report` or whole keys.
    fn paper<'w>(
        &self,
        workbook: &'w mut Workbook,
        name: &str,
        heads: &[(&str, f64)],
        kept: u16,
    ) -> Result<Paper<'w>, XlsxError> {
        let labels = &self.reader.labels;
        let report = &self.reader.report;
        let project = clean(report.project.name.get(report.lang));
        let persons = labels.count(report.people.persons.len(), "person");
        let subtitle = labels.fill(
            "people_report.subtitle",
            &[("project", &project), ("persons", &persons)],
        );
        let heads: Vec<(&str, f64)> = heads
            .iter()
            .map(|(key, width)| {
                (
                    if key.contains('.') {
                        labels.get(key)
                    } else {
                        self.label(key)
                    },
                    *width,
                )
            })
            .collect();
        let name = self.label(name);
        Paper::new(workbook, (name, name, &subtitle), &heads, kept, labels)
    }

    fn people(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let heads = [
            ("key", 14.0),
            ("spellings", 34.0),
            ("born", 13.0),
            ("phones", 17.0),
            ("codes", 11.0),
            ("sex", 9.0),
            ("settlements", 17.0),
            ("count", 8.0),
            ("first", 11.0),
            ("last", 11.0),
            ("places", 44.0),
            ("certainty", 11.0),
            ("weakest", 40.0),
            ("duplicates", 40.0),
        ];
        let mut paper = self.paper(workbook, "people", &heads, 2)?;
        for (at, person) in (0_u32..).zip(&self.reader.report.people.persons) {
            if !paper.has_room() {
                break;
            }
            let cells = self.person(PersonId(at), &person.key, &person.mentions);
            paper.row(&cells.map(|value| (value, Style::Plain)), false)?;
        }
        paper.filter()
    }

    fn person(&self, id: PersonId, key: &str, mentions: &[MentionId]) -> [Value; 14] {
        let report = &self.reader.report;
        let spans = || mentions.iter().filter_map(|mention| self.reader.span(*mention));
        let day = |day: Option<chrono::NaiveDate>| day.map_or(Value::Blank, Value::Day);
        let certainty = mentions.iter().map(|mention| report.people.certainty[mention.index()]);
        let places = mentions.iter().map(|mention| {
            let place = report.records.mentions[mention.index()].place;
            report.records.show(place)
        });
        let of = |field: Field| Value::from(self.distinct(mentions, field));
        [
            key.into(),
            of(Field::Name),
            of(Field::Born),
            of(Field::Phone),
            of(Field::Code),
            of(Field::Sex),
            of(Field::Settlement),
            Value::Count(mentions.len()),
            day(spans().map(|(first, _)| first).min()),
            day(spans().map(|(_, last)| last).max()),
            self.some(places.collect()).into(),
            Value::Share(certainty.fold(1.0, f64::min)),
            self.weakest_in_words(id).into(),
            self.duplicates_in_words(id).into(),
        ]
    }

    /// The different texts of a field, the most frequent first, with counts.
    fn distinct(&self, mentions: &[MentionId], field: Field) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for mention in mentions {
            let text = self.written[mention.index()].get(field);
            if !text.is_empty() {
                *counts.entry(text).or_default() += 1;
            }
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let shown = |(text, count): (&str, usize)| {
            if count > 1 {
                format!("{text} ({count})")
            } else {
                text.to_owned()
            }
        };
        self.some(counts.into_iter().map(shown).collect())
    }

    /// Lines of a cell; past a few, how many more there are.
    fn some(&self, mut lines: Vec<String>) -> String {
        let rest = lines.len().saturating_sub(NAMED);
        lines.truncate(NAMED);
        if rest > 0 {
            let count = self.reader.labels.whole(rest);
            lines.push(self.reader.labels.fill("people_report.more", &[("count", &count)]));
        }
        lines.join("\n")
    }

    fn weakest_in_words(&self, id: PersonId) -> String {
        let Some(link) = self.weakest.get(&id) else {
            return String::new();
        };
        match link.cause {
            Cause::Decision => self.label("decided").to_owned(),
            Cause::Code => self.label("coded").to_owned(),
            Cause::Weight => {
                let evidence = self.evidence(link, link.a, link.b);
                format!("{} {}", evidence.for_one, evidence.against).trim().to_owned()
            }
        }
    }

    fn evidence(&self, link: &Link, a: MentionId, b: MentionId) -> Evidence {
        let (a, b) = (&self.written[a.index()], &self.written[b.index()]);
        Evidence::of(&self.reader.labels, link, a, b)
    }

    fn duplicates_in_words(&self, id: PersonId) -> String {
        let report = &self.reader.report;
        let one = |(pair, other): &(usize, MentionId)| {
            let person = &report.people.persons[report.people.best[other.index()].index()];
            let percent = self.reader.labels.number(self.pairs[*pair].link.probability * 100.0, 0);
            format!(
                "{} {} ({percent} %)",
                person.key,
                self.written[other.index()].get(Field::Name)
            )
        };
        let pairs = self.duplicates.get(&id).into_iter().flatten();
        self.some(pairs.map(one).collect())
    }

    fn rows(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let mut heads = vec![("key", 14.0)];
        heads.extend(
            Field::ALL
                .into_iter()
                .zip([28.0, 11.0, 16.0, 10.0, 9.0, 16.0, 24.0, 18.0])
                .map(|(field, width)| (field.key(), width)),
        );
        heads.extend([
            ("review_head.file", 34.0),
            ("review_head.sheet", 14.0),
            ("review_head.row", 9.0),
            ("certainty", 11.0),
        ]);
        let mut paper = self.paper(workbook, "rows", &heads, 2)?;
        let report = &self.reader.report;
        for (at, written) in self.written.iter().enumerate() {
            if !paper.has_room() {
                let rest = self.reader.labels.whole(self.written.len() - at);
                let cut = self.reader.labels.fill("people_report.cut", &[("count", &rest)]);
                paper.row(&[(cut.into(), Style::Differing)], false)?;
                break;
            }
            let person = &report.people.persons[report.people.best[at].index()];
            let place = report.records.mentions[at].place;
            let (file, sheet, _) = address(report.records, place);
            let mut cells: Vec<Cell> = vec![(person.key.as_str().into(), Style::Quiet)];
            cells.extend(
                Field::ALL
                    .into_iter()
                    .map(|field| (written.get(field).into(), Style::Plain)),
            );
            cells.extend([file.into(), sheet.into(), cell_of(place).into()].map(|value: Value| (value, Style::Quiet)));
            cells.push((Value::Share(report.people.certainty[at]), Style::Plain));
            paper.row(&cells, false)?;
        }
        paper.filter()
    }

    fn pairs(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let heads = [
            ("review_head.pair", 13.0),
            ("one", 14.0),
            ("one_name", 26.0),
            ("one_place", 34.0),
            ("other", 14.0),
            ("other_name", 26.0),
            ("other_place", 34.0),
            ("review_head.probability", 13.0),
            ("review_head.now", 11.0),
            ("review_head.evidence", 54.0),
            ("review_head.moves", 11.0),
            ("review.moves_head", 30.0),
        ];
        let mut paper = self.paper(workbook, "pairs", &heads, 1)?;
        let report = &self.reader.report;
        for pair in self.pairs {
            let side = |mention: MentionId| {
                let person = &report.people.persons[report.people.best[mention.index()].index()];
                let place = report.records.show(report.records.mentions[mention.index()].place);
                let name = self.written[mention.index()].get(Field::Name);
                [person.key.as_str().into(), name.into(), Value::from(place)]
            };
            let evidence = self.evidence(&pair.link, pair.a, pair.b);
            let words = format!("{} {}", evidence.for_one, evidence.against);
            let now = self
                .reader
                .labels
                .get(if pair.joined { "review.joined" } else { "review.apart" });
            let mut cells: Vec<Value> = vec![pair.id.as_str().into()];
            cells.extend(side(pair.a));
            cells.extend(side(pair.b));
            cells.extend([
                Value::Share(pair.link.probability),
                now.into(),
                words.trim().into(),
                Value::Count(pair.moves.len()),
                figures_in_words(self.reader, pair).into(),
            ]);
            let cells: Vec<Cell> = cells.into_iter().map(|value| (value, Style::Plain)).collect();
            paper.row(&cells, false)?;
        }
        paper.filter()
    }
}
