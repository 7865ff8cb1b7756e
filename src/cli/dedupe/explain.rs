//! `--explain`: what speaks for and against two rows being one person, as a small table and in words.

use std::collections::{HashMap, VecDeque};

use unicode_normalization::UnicodeNormalization as _;

use super::output::{Line, Outcome, shown_probability};
use super::told::shown;
use crate::cli::Failure;
use crate::ingest::records::{Birth, Identity, Mention, MentionId, Place, TextId};
use crate::people::compare_pair;
use crate::people::model::Link;
use crate::project::model::Layout;
use crate::report::labels::Labels;

/// Widest cell of what a row says.
const WIDEST: usize = 32;
/// Bits against one person that are worth a word.
const STRONG: f64 = 2.0;
/// Bits below which the rest of the weight is a matter of rounding.
const NOTHING: f64 = 0.005;

/// The pair of rows explained.
pub(super) fn explain(outcome: &Outcome, labels: &Labels, a: &str, b: &str) -> Result<String, Failure> {
    let (a, b) = (find(outcome, labels, a)?, find(outcome, labels, b)?);
    if a == b {
        return Err(Failure::Call(labels.get("explain.same_row").to_owned()));
    }
    let link = compare_pair(outcome.records(), a, b);
    let place = |id: MentionId| {
        outcome
            .records()
            .show(row_place(&outcome.records().mentions[id.index()]))
    };
    let probability = decimal(labels, &shown_probability(link.probability));
    let lines = [
        labels.fill("explain.rows", &[("a", &place(a)), ("b", &place(b))]),
        String::new(),
        weights(outcome, labels, &link),
        labels.fill("explain.probability", &[("probability", &probability)]),
        String::new(),
        decision(outcome, labels, &link),
    ];
    Ok(lines.join("\n"))
}

/// A number with the language's decimal sign.
fn decimal(labels: &Labels, number: &str) -> String {
    number.replace('.', labels.get("language.decimal"))
}

fn bits(labels: &Labels, weight: f64) -> String {
    decimal(labels, &format!("{weight:+.1}"))
}

fn row_place(mention: &Mention) -> Place {
    Place {
        column: None,
        ..mention.place
    }
}

/// The mention that `12`, `list.csv:12` or `book.xlsx:Sheet:12` names.
fn find(outcome: &Outcome, labels: &Labels, wanted: &str) -> Result<MentionId, Failure> {
    let (before, row) = wanted.rsplit_once(':').unwrap_or(("", wanted));
    let wrong = |why: &str| Failure::Call(labels.fill("explain.wrong", &[("wanted", wanted), ("why", why)]));
    let Ok(row) = row.trim().parse::<u32>() else {
        return Err(wrong(labels.get("explain.no_number")));
    };
    let found: Vec<&Line> = outcome
        .lines
        .iter()
        .filter(|line| line.place.row == row && (before.is_empty() || is_meant(outcome, before, line.place)))
        .collect();
    match found.as_slice() {
        [] => Err(wrong(&no_such_row(outcome, labels, before))),
        [line] => line.mention.ok_or_else(|| wrong(labels.get("explain.nobody"))),
        several => {
            let places: Vec<String> = several.iter().map(|line| named(outcome, line.place)).collect();
            Err(wrong(
                &labels.fill("explain.several", &[("places", &places.join(", "))]),
            ))
        }
    }
}

/// A row as a caller names it.
fn named(outcome: &Outcome, place: Place) -> String {
    let [file, sheet, row] = outcome.place(place);
    if sheet.is_empty() {
        format!("{file}:{row}")
    } else {
        format!("{file}:{sheet}:{row}")
    }
}

/// Whether a place is in the file, or on the sheet of a file, that the words before a row name.
fn is_meant(outcome: &Outcome, before: &str, place: Place) -> bool {
    let [path, sheet, _] = outcome.place(place);
    let plain = |text: &str| text.trim().replace('\\', "/").nfc().collect::<String>().to_lowercase();
    let wanted = plain(before);
    let (path, sheet) = (plain(&path), plain(&sheet));
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    let files = [path.clone(), name.clone()];
    let only_file = outcome.records().files.len() == 1 && wanted == sheet;
    only_file || files.contains(&wanted) || files.iter().any(|file| wanted == format!("{file}:{sheet}"))
}

fn no_such_row(outcome: &Outcome, labels: &Labels, before: &str) -> String {
    let tables = outcome.reading.tables.iter().map(|table| {
        let places = outcome.lines.iter().map(|line| line.place);
        let rows = places
            .filter(|place| place.file == table.file && place.sheet == table.sheet)
            .map(|place| place.row);
        let (first, last) = (rows.clone().min().unwrap_or_default(), rows.max().unwrap_or_default());
        let told = [
            ("table", shown(outcome.records(), table.file, table.sheet)),
            ("first", first.to_string()),
            ("last", last.to_string()),
        ];
        labels.fill(
            "explain.table_rows",
            &told.each_ref().map(|(name, text)| (*name, text.as_str())),
        )
    });
    let mut tables: Vec<String> = tables.collect();
    tables.dedup();
    let key = if before.is_empty() {
        "explain.no_row"
    } else {
        "explain.no_row_there"
    };
    labels.fill(key, &[("tables", &tables.join(", "))])
}

/// Field, what each row says, level, bits and their running total, then the prior.
fn weights(outcome: &Outcome, labels: &Labels, link: &Link) -> String {
    let mentions = &outcome.records().mentions;
    let says = |id: MentionId, comparison: &str| says(outcome, labels, &mentions[id.index()].identity, comparison);
    let word = |key: &str| labels.get(key).to_owned();
    let [one, other] = [link.a, link.b].map(|id| {
        let row = mentions[id.index()].place.row.to_string();
        labels.fill("explain.row", &[("row", &row)])
    });
    let [level, head, sum] = ["explain.level", "explain.bits", "explain.total"].map(word);
    let mut rows = vec![[word("explain.field"), one, other, level, head, sum]];
    let mut total = 0.0;
    for field in &link.fields {
        total += field.weight;
        rows.push([
            labels.comparison(field.comparison).to_owned(),
            says(link.a, field.comparison),
            says(link.b, field.comparison),
            labels.agreement(field.level).to_owned(),
            bits(labels, field.weight),
            bits(labels, total),
        ]);
    }
    let rest = link.weight - total;
    if rest.abs() > NOTHING {
        let [a, b, c] = [const { String::new() }; 3];
        let prior = word("explain.prior");
        rows.push([prior, a, b, c, bits(labels, rest), bits(labels, link.weight)]);
    }
    aligned(&rows)
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
fn says(outcome: &Outcome, labels: &Labels, identity: &Identity, comparison: &str) -> String {
    let records = outcome.records();
    let text = |id: Option<TextId>| id.map(|id| records.text(id).to_owned());
    let said = match comparison {
        "surname" => text(identity.surname).or_else(|| whole_name(outcome, identity)),
        "given" => text(identity.given_name).or_else(|| whole_name(outcome, identity)),
        "patronymic" => text(identity.patronymic).or_else(|| text(identity.full_name)),
        "birth" => match identity.birth {
            Birth::Unknown => identity
                .age
                .map(|age| labels.fill("explain.age", &[("age", &age.to_string())])),
            Birth::Year(year) => Some(year.to_string()),
            Birth::Date(day) => Some(day.to_string()),
        },
        "age" => identity.age.map(|age| age.to_string()),
        "phone" | "alias" => text(identity.phone),
        "email" => text(identity.email),
        "code" => text(identity.code),
        "sex" => identity.sex.map(|sex| labels.value(records.text(sex))),
        "settlement" | "place" => text(identity.settlement),
        "address" => text(identity.address),
        "postcode" => text(identity.postcode),
        "household" => text(identity.household),
        other if other.contains("name") => whole_name(outcome, identity),
        _ => None,
    };
    let said = said.unwrap_or_default();
    if said.chars().count() > WIDEST {
        said.chars().take(WIDEST - 1).chain(['…']).collect()
    } else {
        said
    }
}

/// Every part of a name that a row fills in.
fn whole_name(outcome: &Outcome, identity: &Identity) -> Option<String> {
    let parts = [
        identity.full_name,
        identity.surname,
        identity.given_name,
        identity.patronymic,
    ];
    let filled = parts.into_iter().flatten();
    let parts: Vec<&str> = filled.map(|id| outcome.records().text(id)).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// The decision in words.
fn decision(outcome: &Outcome, labels: &Labels, link: &Link) -> String {
    let people = outcome.people;
    let wanted = [link.a, link.b].map(|id| people.best[id.index()]);
    if wanted[0] == wanted[1] {
        return together(outcome, labels, link);
    }
    let because = because(outcome, labels, link);
    let apart = labels.fill("explain.apart", &[("because", &because)]);
    let undecided = people.undecided.iter().any(|pair| {
        let persons = [pair.link.a, pair.link.b].map(|id| people.best[id.index()]);
        persons == wanted || persons == [wanted[1], wanted[0]]
    });
    if undecided {
        format!("{apart} {}", labels.get("explain.doubt"))
    } else {
        apart
    }
}

/// What keeps two rows apart.
fn because(outcome: &Outcome, labels: &Labels, link: &Link) -> String {
    let mentions = &outcome.records().mentions;
    let (a, b) = (&mentions[link.a.index()], &mentions[link.b.index()]);
    if a.group == b.group && bound(outcome, a) {
        return labels.get("explain.one_table").to_owned();
    }
    let refused = link.fields.iter();
    let refused = refused.filter(|field| field.weight < -STRONG && field.level == "conflict");
    let refused: Vec<String> = refused
        .map(|field| {
            let told = [
                ("field", labels.comparison(field.comparison)),
                ("bits", &bits(labels, field.weight)),
            ];
            labels.fill("explain.contradiction", &told)
        })
        .collect();
    if !refused.is_empty() {
        return labels.fill("explain.contradict", &[("fields", &refused.join(", "))]);
    }
    if link.probability >= 0.5 {
        return labels.get("explain.others").to_owned();
    }
    let probability = decimal(labels, &shown_probability(link.probability));
    labels.fill("explain.too_little", &[("probability", &probability)])
}

/// Whether the rows of a mention's table bind.
fn bound(outcome: &Outcome, mention: &Mention) -> bool {
    outcome.reading.tables.iter().any(|table| {
        table.file == mention.place.file && table.sheet == mention.place.sheet && table.layout != Layout::Registry
    })
}

/// One person: directly, or through the rows between.
fn together(outcome: &Outcome, labels: &Labels, link: &Link) -> String {
    let records = outcome.records();
    let listed = |rows: &[MentionId], between: &str| {
        let rows = rows.iter();
        let rows: Vec<String> = rows
            .map(|id| records.show(row_place(&records.mentions[id.index()])))
            .collect();
        rows.join(between)
    };
    match chain(outcome, link.a, link.b) {
        Some(chain) if chain.len() <= 2 => labels.get("explain.direct").to_owned(),
        Some(chain) => labels.fill("explain.through", &[("rows", &listed(&chain, " – "))]),
        None => {
            let person = &outcome.people.persons[outcome.people.best[link.a.index()].index()];
            labels.fill("explain.of_person", &[("rows", &listed(&person.mentions, ", "))])
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
