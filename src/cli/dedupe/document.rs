//! The outcome for programs: one JSON document with a version of its shape.

use serde_json::{Value as Json, json};

use super::output::Outcome;
use crate::ingest::persons::PeopleTable;
use crate::ingest::records::MentionId;
use crate::ingest::vocabulary::Role;
use crate::people::model::{Cause, Link};
use crate::project::model::Layout;

/// Version of the document's shape; raised when a reader of the former one would break.
const SCHEMA_VERSION: u32 = 1;

/// Clusters with their rows and the links that made them, and the undecided pairs.
pub(super) fn document(outcome: &Outcome) -> Json {
    let people = outcome.people;
    let mut links: Vec<Vec<Json>> = vec![Vec::new(); people.persons.len()];
    let joined = people
        .undecided
        .iter()
        .filter(|pair| pair.joined)
        .map(|pair| &pair.link);
    for made in people.links.iter().chain(joined) {
        let person = people.best[made.a.index()];
        if person == people.best[made.b.index()] {
            links[person.index()].push(link(outcome, made));
        }
    }
    let mut members: Vec<Vec<Json>> = vec![Vec::new(); people.persons.len()];
    for mention in outcome.lines.iter().filter_map(|line| line.mention) {
        let mut member = place(outcome, mention);
        member["probability"] = json!(outcome.person(mention).1);
        members[people.best[mention.index()].index()].push(member);
    }
    let clusters: Vec<Json> = people
        .persons
        .iter()
        .zip(members)
        .zip(links)
        .filter(|((_, members), _)| !members.is_empty())
        .map(|((person, members), links)| json!({ "person": person.key, "members": members, "links": links }))
        .collect();
    let undecided: Vec<Json> = people
        .undecided
        .iter()
        .map(|pair| {
            let mut said = link(outcome, &pair.link);
            said["joined"] = json!(pair.joined);
            said
        })
        .collect();
    let count = people.count(&outcome.lines.iter().filter_map(|line| line.mention));
    json!({
        "schema_version": SCHEMA_VERSION,
        "persons": count.best,
        "persons_low": count.low,
        "persons_high": count.high,
        "persons_expected": (count.expected * 10.0).round() / 10.0,
        "tables": outcome.reading.tables.iter().map(|read| table(outcome, read)).collect::<Vec<_>>(),
        "rows": outcome.lines.len(),
        "rows_without_a_person": outcome.lines.iter().filter(|line| line.mention.is_none()).count(),
        "clusters": clusters,
        "undecided": undecided,
    })
}

fn table(outcome: &Outcome, table: &PeopleTable) -> Json {
    let file = &outcome.records().files[table.file.index()];
    let columns: Vec<Json> = table
        .columns
        .iter()
        .map(|column| {
            json!({
                "header": column.header,
                "column": column.letters,
                "taken_for": column.role.map(Role::key),
                "by_content": column.by_content,
            })
        })
        .collect();
    json!({
        "file": file.path,
        "sha256": file.sha256,
        "sheet": file.sheets.get(usize::from(table.sheet)),
        "rows": table.rows,
        "layout": match table.layout {
            Layout::List => "list",
            Layout::Register => "register",
            Layout::EventLog => "event-log",
            Layout::Registry => "registry",
        },
        "columns": columns,
        "unused_code": table.idle_code,
    })
}

fn place(outcome: &Outcome, mention: MentionId) -> Json {
    let place = outcome.records().mentions[mention.index()].place;
    let [file, sheet, _] = outcome.place(place);
    json!({ "file": file, "sheet": sheet, "row": place.row })
}

fn link(outcome: &Outcome, link: &Link) -> Json {
    let fields: Vec<Json> = link
        .fields
        .iter()
        .map(|field| json!({ "field": field.comparison, "level": field.level, "bits": field.weight }))
        .collect();
    json!({
        "a": place(outcome, link.a),
        "b": place(outcome, link.b),
        "cause": match link.cause {
            Cause::Decision => "decision",
            Cause::Code => "code",
            Cause::Weight => "weight",
        },
        "bits": link.weight,
        "probability": link.probability,
        "fields": fields,
    })
}
