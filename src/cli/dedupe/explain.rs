//! `--explain`: what speaks for and against two rows being one person, as a small table and in words.

use std::collections::{HashMap, VecDeque};

use super::output::{Outcome, shown_probability};
use super::told::shown;
use crate::cli::Failure;
use crate::ingest::records::{Birth, Identity, Mention, MentionId, TextId};
use crate::people::compare_pair;
use crate::people::model::Link;
use crate::project::model::Layout;

/// Widest cell of what a row says.
const WIDEST: usize = 32;
/// Bits against one person that are worth a word.
const STRONG: f64 = 2.0;
/// Bits below which the rest of the weight is a matter of rounding.
const NOTHING: f64 = 0.005;

/// The pair of rows explained.
pub(super) fn explain(outcome: &Outcome, a: &str, b: &str) -> Result<String, Failure> {
    let (a, b) = (find(outcome, a)?, find(outcome, b)?);
    if a == b {
        return Err(Failure::Call("--explain needs two different rows".to_owned()));
    }
    let link = compare_pair(outcome.records(), a, b);
    let mention = |id: MentionId| &outcome.records().mentions[id.index()];
    let place = |id: MentionId| outcome.records().show(row_place(mention(id)));
    let lines = [
        format!("{} and {}", place(a), place(b)),
        String::new(),
        weights(outcome, &link),
        String::new(),
        decision(outcome, &link),
    ];
    Ok(lines.join("\n"))
}

fn row_place(mention: &Mention) -> crate::ingest::records::Place {
    crate::ingest::records::Place {
        column: None,
        ..mention.place
    }
}

/// The mention that `12`, `list.csv:12` or `book.xlsx:Sheet:12` names.
fn find(outcome: &Outcome, wanted: &str) -> Result<MentionId, Failure> {
    let (before, row) = wanted.rsplit_once(':').unwrap_or(("", wanted));
    let wrong = |why: String| Failure::Call(format!("--explain «{wanted}»: {why}"));
    let Ok(row) = row.trim().parse::<u32>() else {
        return Err(wrong(
            "the row must be a number, as the spreadsheet shows it".to_owned(),
        ));
    };
    let found: Vec<_> = outcome
        .lines
        .iter()
        .filter(|line| line.place.row == row && (before.is_empty() || is_meant(outcome, before, line.place)))
        .collect();
    match found.as_slice() {
        [] => Err(wrong(no_such_row(outcome, before))),
        [line] => line
            .mention
            .ok_or_else(|| wrong("nobody is named in that row".to_owned())),
        several => {
            let places: Vec<String> = several
                .iter()
                .map(|line| {
                    let [file, sheet, row] = outcome.place(line.place);
                    if sheet.is_empty() {
                        format!("{file}:{row}")
                    } else {
                        format!("{file}:{sheet}:{row}")
                    }
                })
                .collect();
            Err(wrong(format!(
                "several tables have that row. Say which: {}",
                places.join(", ")
            )))
        }
    }
}

/// Whether a place is in the file, or on the sheet of a file, that the words before a row name.
fn is_meant(outcome: &Outcome, before: &str, place: crate::ingest::records::Place) -> bool {
    let [path, sheet, _] = outcome.place(place);
    let plain = |text: &str| text.trim().replace('\\', "/").to_lowercase();
    let wanted = plain(before);
    let (path, sheet) = (plain(&path), plain(&sheet));
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    let files = [path.clone(), name.clone()];
    let only_file = outcome.records().files.len() == 1 && wanted == sheet;
    only_file || files.contains(&wanted) || files.iter().any(|file| wanted == format!("{file}:{sheet}"))
}

fn no_such_row(outcome: &Outcome, before: &str) -> String {
    let tables = outcome.reading.tables.iter().map(|table| {
        let places = outcome.lines.iter().map(|line| line.place);
        let rows = places
            .filter(|place| place.file == table.file && place.sheet == table.sheet)
            .map(|place| place.row);
        let (first, last) = (rows.clone().min().unwrap_or_default(), rows.max().unwrap_or_default());
        format!(
            "{} rows {first} to {last}",
            shown(outcome.records(), table.file, table.sheet)
        )
    });
    let mut tables: Vec<String> = tables.collect();
    tables.dedup();
    let where_to = if before.is_empty() {
        "no table has such a row"
    } else {
        "there is no such row"
    };
    format!("{where_to}; there are {}", tables.join(", "))
}

/// Field, what each row says, level, bits and their running total, then prior and probability.
fn weights(outcome: &Outcome, link: &Link) -> String {
    let records = outcome.records();
    let says = |id: MentionId, comparison: &str| says(outcome, &records.mentions[id.index()].identity, comparison);
    let row = |id: MentionId| format!("row {}", records.mentions[id.index()].place.row);
    let mut rows: Vec<[String; 6]> = vec![[
        "field".to_owned(),
        row(link.a),
        row(link.b),
        "level".to_owned(),
        "bits".to_owned(),
        "total".to_owned(),
    ]];
    let mut total = 0.0;
    for field in &link.fields {
        total += field.weight;
        rows.push([
            field.comparison.to_owned(),
            says(link.a, field.comparison),
            says(link.b, field.comparison),
            field.level.to_owned(),
            format!("{:+.1}", field.weight),
            format!("{total:+.1}"),
        ]);
    }
    let rest = link.weight - total;
    if rest.abs() > NOTHING {
        let blank = String::new;
        rows.push([
            "prior".to_owned(),
            blank(),
            blank(),
            blank(),
            format!("{rest:+.1}"),
            format!("{:+.1}", link.weight),
        ]);
    }
    let table = aligned(&rows);
    format!(
        "{table}\nprobability {} that both are one person, seen by these two rows alone",
        shown_probability(link.probability)
    )
}

/// Columns of equal width, the last two to the right.
fn aligned(rows: &[[String; 6]]) -> String {
    let mut widths = [0; 6];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let lines = rows.iter().map(|row| {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
            let gap = " ".repeat(width - cell.chars().count());
            if at >= 4 {
                line.push_str(&gap);
                line.push_str(cell);
            } else {
                line.push_str(cell);
                line.push_str(&gap);
            }
            line.push_str("  ");
        }
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What a row says in the field of a comparison, as written.
fn says(outcome: &Outcome, identity: &Identity, comparison: &str) -> String {
    let records = outcome.records();
    let text = |id: Option<TextId>| id.map(|id| records.text(id).to_owned());
    let texts = |ids: &[Option<TextId>]| {
        let all: Vec<String> = ids.iter().filter_map(|id| text(*id)).collect();
        (!all.is_empty()).then(|| all.join(" "))
    };
    let whole = || {
        texts(&[
            identity.full_name,
            identity.surname,
            identity.given_name,
            identity.patronymic,
        ])
    };
    let said = match comparison {
        "surname" => text(identity.surname).or_else(whole),
        "given" => text(identity.given_name).or_else(whole),
        "patronymic" => text(identity.patronymic).or_else(|| text(identity.full_name)),
        "birth" => match identity.birth {
            Birth::Unknown => identity.age.map(|age| format!("{age} years old")),
            Birth::Year(year) => Some(year.to_string()),
            Birth::Date(day) => Some(day.to_string()),
        },
        "age" => identity.age.map(|age| age.to_string()),
        "phone" | "alias" => text(identity.phone),
        "email" => text(identity.email),
        "code" => text(identity.code),
        "sex" => text(identity.sex),
        "settlement" | "place" => text(identity.settlement),
        "address" => text(identity.address),
        "postcode" => text(identity.postcode),
        "household" => text(identity.household),
        other if other.contains("name") => whole(),
        _ => None,
    };
    let said = said.unwrap_or_default();
    if said.chars().count() > WIDEST {
        said.chars().take(WIDEST - 1).chain(['…']).collect()
    } else {
        said
    }
}

/// The decision in words.
fn decision(outcome: &Outcome, link: &Link) -> String {
    let people = outcome.people;
    if people.best[link.a.index()] == people.best[link.b.index()] {
        return together(outcome, link);
    }
    let mentions = &outcome.records().mentions;
    let (a, b) = (&mentions[link.a.index()], &mentions[link.b.index()]);
    let refused: Vec<String> = link
        .fields
        .iter()
        .filter(|field| field.weight < -STRONG && field.level == "conflict")
        .map(|field| format!("{} ({:+.1} bits)", field.comparison, field.weight))
        .collect();
    let because = if a.group == b.group && bound(outcome, a) {
        "both rows stand in one session or register, where two rows are two people unless all that both fill in agrees"
            .to_owned()
    } else if !refused.is_empty() {
        format!("they contradict each other in {}", refused.join(", "))
    } else if link.probability >= 0.5 {
        "other rows of the one or the other speak against it".to_owned()
    } else {
        format!(
            "the evidence does not reach: probability {}",
            shown_probability(link.probability)
        )
    };
    let undecided = people.undecided.iter().any(|pair| {
        let persons = [people.best[pair.link.a.index()], people.best[pair.link.b.index()]];
        let wanted = [people.best[link.a.index()], people.best[link.b.index()]];
        persons == wanted || persons == [wanted[1], wanted[0]]
    });
    let doubt = if undecided {
        " The pair is undecided: a person should look."
    } else {
        ""
    };
    format!("Decision: two people, kept apart because {because}.{doubt}")
}

/// Whether the rows of a mention's table bind.
fn bound(outcome: &Outcome, mention: &Mention) -> bool {
    outcome.reading.tables.iter().any(|table| {
        table.file == mention.place.file && table.sheet == mention.place.sheet && table.layout != Layout::Registry
    })
}

/// One person: directly, or through the rows between.
fn together(outcome: &Outcome, link: &Link) -> String {
    let chain = chain(outcome, link.a, link.b);
    let row = |id: &MentionId| {
        outcome
            .records()
            .show(row_place(&outcome.records().mentions[id.index()]))
    };
    match chain {
        Some(chain) if chain.len() <= 2 => "Decision: one person, joined directly.".to_owned(),
        Some(chain) => {
            let rows: Vec<String> = chain.iter().map(row).collect();
            format!("Decision: one person, joined through other rows: {}.", rows.join(" – "))
        }
        None => {
            let person = &outcome.people.persons[outcome.people.best[link.a.index()].index()];
            let rows: Vec<String> = person.mentions.iter().map(row).collect();
            format!(
                "Decision: one person, joined through the rows of the person: {}.",
                rows.join(", ")
            )
        }
    }
}

/// The shortest way from one row to another over the links that made their person; rows written alike are one step.
fn chain(outcome: &Outcome, from: MentionId, to: MentionId) -> Option<Vec<MentionId>> {
    let people = outcome.people;
    let person = people.best[from.index()];
    let members = &people.persons[person.index()].mentions;
    let identity = |id: MentionId| &outcome.records().mentions[id.index()].identity;
    let mut alike: HashMap<&Identity, Vec<MentionId>> = HashMap::new();
    for member in members {
        alike.entry(identity(*member)).or_default().push(*member);
    }
    let mut linked: HashMap<MentionId, Vec<MentionId>> = HashMap::new();
    let joined = people
        .undecided
        .iter()
        .filter(|pair| pair.joined)
        .map(|pair| &pair.link);
    for link in people
        .links
        .iter()
        .chain(joined)
        .filter(|link| people.best[link.a.index()] == person)
    {
        linked.entry(link.a).or_default().push(link.b);
        linked.entry(link.b).or_default().push(link.a);
    }
    let mut came: HashMap<MentionId, MentionId> = HashMap::from([(from, from)]);
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        if at == to {
            let mut way = vec![to];
            while let Some(before) = came.get(way.last()?).filter(|before| Some(*before) != way.last()) {
                way.push(*before);
            }
            way.reverse();
            return Some(way);
        }
        let links = linked.get(&at).into_iter().flatten();
        for next in links.chain(alike.get(identity(at)).into_iter().flatten()) {
            if !came.contains_key(next) {
                came.insert(*next, at);
                queue.push_back(*next);
            }
        }
    }
    None
}
