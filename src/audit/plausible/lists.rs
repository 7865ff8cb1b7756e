//! Lists that may be one list under two dates: the same people in the same order.

use std::collections::{BTreeMap, HashMap};

use super::chance::{RARE, ln_choose, ln_factorial};
use super::register::{Column, Register};
use super::{Seen, question};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Place, SessionId};
use crate::people::facts::fold;
use crate::people::model::PersonId;

/// People of a list at least.
const PEOPLE: usize = 6;
/// Days of a meeting that goes on (a training of several days has one list a day by right).
const NEXT_DAY: i64 = 1;
/// Sessions of a series from which its attendance can be known.
const SERIES: usize = 4;
/// People that two lists share at least, to see whether their order means anything.
const SHARED: usize = 4;
/// Lists of the source that are none of these, at least: without them nothing is known of its lists.
const OTHERS: usize = 2;
/// Share of pairs in the same order from which the order is a fixed one.
const FIXED: f64 = 0.75;

/// A list: who stands on it, in order.
struct List<'a> {
    session: SessionId,
    rows: &'a [(Place, PersonId)],
}

impl List<'_> {
    fn people(&self) -> Vec<PersonId> {
        self.rows.iter().map(|(_, person)| *person).collect()
    }
}

/// A question for each set of lists alike that chance does not explain.
pub(super) fn questions(seen: Seen) -> Vec<Finding> {
    let attendance = seen.attendance();
    let lists: Vec<List> = attendance
        .iter()
        .filter(|(session, rows)| is_list(seen, **session, rows))
        .map(|(session, rows)| List {
            session: *session,
            rows,
        })
        .collect();
    let mut alike: BTreeMap<Vec<PersonId>, Vec<&List>> = BTreeMap::new();
    for list in &lists {
        alike.entry(list.people()).or_default().push(list);
    }
    let mut found = Vec::new();
    for (people, same) in alike {
        let same = apart(seen, same);
        if same.len() < 2 {
            continue;
        }
        let ways = ln_choose(lists.len(), same.len());
        let order = ln_order(seen, &people, &same, &lists) * (same.len() - 1) as f64;
        if ways + order + ln_set(seen, &attendance, &same) < RARE.ln() {
            found.push(told(seen, &same));
        }
    }
    found
}

/// Whether a session's people stand under each other in one sheet.
fn is_list(seen: Seen, session: SessionId, rows: &[(Place, PersonId)]) -> bool {
    let held = &seen.records.sessions[session.index()];
    let sheet = |place: &Place| (place.file, place.sheet);
    let one = rows.iter().all(|(place, _)| sheet(place) == sheet(&rows[0].0));
    held.cycle.is_none() && held.form.is_none() && rows.len() >= PEOPLE && one
}

/// Lists of different days or sites, in order of time; further days of one meeting left out.
fn apart<'l, 'a>(seen: Seen, mut same: Vec<&'l List<'a>>) -> Vec<&'l List<'a>> {
    let held = |list: &List| &seen.records.sessions[list.session.index()];
    let site = |list: &List| held(list).site.map(|site| fold(seen.records.text(site)));
    same.sort_by_key(|list| (held(list).date, list.rows[0].0));
    let mut last = None;
    same.retain(|list| {
        let now = held(list);
        let known = last.replace((now.date, now.activity, site(list)));
        known.is_none_or(|(date, activity, place)| {
            let goes_on = (now.date - date).num_days() <= NEXT_DAY && activity == now.activity;
            !goes_on || place != site(list)
        })
    });
    same
}

/// Logarithm of the chance that the people stand in this order: all orders alike where lists are signed as people come,
/// no wonder at all where they follow the alphabet, a number, or one list printed for every session.
fn ln_order(seen: Seen, people: &[PersonId], same: &[&List], lists: &[List]) -> f64 {
    if sorted(seen, same[0]) {
        return 0.0;
    }
    let rank: HashMap<PersonId, usize> = people.iter().enumerate().map(|(at, person)| (*person, at)).collect();
    let (mut kept, mut all, mut other) = (0usize, 0usize, 0usize);
    let source = |list: &List| seen.records.sessions[list.session.index()].source;
    let others = lists.iter().filter(|list| source(list) == source(same[0]));
    for list in others.filter(|list| same.iter().all(|one| one.session != list.session)) {
        let ranks: Vec<usize> = list
            .rows
            .iter()
            .filter_map(|(_, person)| rank.get(person).copied())
            .collect();
        // A further copy says nothing of the order of lists that are none.
        let copy = ranks.len() == people.len() && list.rows.len() == people.len() && ranks.is_sorted();
        if copy {
            continue;
        }
        other += 1;
        if ranks.len() < SHARED {
            continue;
        }
        let pairs = (0..ranks.len()).flat_map(|a| (a + 1..ranks.len()).map(move |b| (a, b)));
        for (a, b) in pairs {
            all += 1;
            kept += usize::from(ranks[a] < ranks[b]);
        }
    }
    let fixed = all > 0 && kept as f64 >= FIXED * all as f64;
    // Where every list is this one, it may well be printed.
    if fixed || other < OTHERS {
        0.0
    } else {
        -ln_factorial(people.len())
    }
}

/// Whether a list follows the alphabet of its names, or its codes.
fn sorted(seen: Seen, list: &List) -> bool {
    let mentions: HashMap<Place, usize> = list
        .rows
        .iter()
        .filter_map(|(place, _)| Some((*place, mention_at(seen, *place)?)))
        .collect();
    let texts = |of: &dyn Fn(&crate::ingest::records::Identity) -> Option<crate::ingest::records::TextId>| {
        let texts = list.rows.iter().map(|(place, _)| {
            let mention = mentions.get(place)?;
            of(&seen.records.mentions[*mention].identity).map(|text| fold(seen.records.text(text)))
        });
        texts.collect::<Option<Vec<String>>>()
    };
    let names = texts(&|identity| identity.surname.or(identity.full_name));
    let codes = texts(&|identity| identity.code);
    [names, codes].into_iter().flatten().any(|texts| texts.is_sorted())
}

/// The mention that a contact of a list rests on.
fn mention_at(seen: Seen, place: Place) -> Option<usize> {
    let mentions = &seen.records.mentions;
    let row = |index: usize| {
        let at = seen.records.rows[mentions[index].row.index()].place;
        (at.file, at.sheet, at.row)
    };
    let wanted = (place.file, place.sheet, place.row);
    let (mut low, mut high) = (0, mentions.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        if row(middle) < wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    (low < mentions.len() && row(low) == wanted).then_some(low)
}

/// Logarithm of the chance that the same people came, as the other sessions of the series tell it; certain where there
/// is no series.
fn ln_set(seen: Seen, attendance: &BTreeMap<SessionId, Vec<(Place, PersonId)>>, same: &[&List]) -> f64 {
    let of = |session: SessionId| {
        let held = &seen.records.sessions[session.index()];
        let word = |text: Option<_>| text.map(|text| fold(seen.records.text(text)));
        (held.source, held.activity, word(held.site), word(held.group))
    };
    let series = of(same[0].session);
    if same.iter().any(|list| of(list.session) != series) {
        return 0.0;
    }
    let sessions: Vec<(&SessionId, &Vec<(Place, PersonId)>)> = attendance
        .iter()
        .filter(|(session, rows)| is_list(seen, **session, rows) && of(**session) == series)
        .collect();
    if sessions.len() < SERIES {
        return 0.0;
    }
    let mut rows: BTreeMap<PersonId, usize> = BTreeMap::new();
    for (_, person) in sessions.iter().flat_map(|(_, rows)| rows.iter()) {
        rows.entry(*person).or_default();
    }
    rows.values_mut().zip(0..).for_each(|(row, at)| *row = at);
    let columns = sessions.into_iter().map(|(session, present)| {
        let mut marks = vec![None; rows.len()];
        for (place, person) in present {
            marks[rows[person]] = Some(*place);
        }
        Column {
            session: *session,
            date: seen.records.sessions[session.index()].date,
            marks,
        }
    });
    let mut register = Register {
        columns: columns.collect(),
    };
    register
        .columns
        .sort_by_key(|column| (column.date, seen.place(column.session)));
    let place = |list: &&List| {
        register
            .columns
            .iter()
            .position(|column| column.session == list.session)
    };
    let at: Vec<usize> = same.iter().filter_map(place).collect();
    register.agreement(&at).ln_chance
}

fn told(seen: Seen, same: &[&List]) -> Finding {
    let dates: Vec<String> = same
        .iter()
        .map(|list| seen.records.sessions[list.session.index()].date.to_string())
        .collect();
    let (last, before) = dates
        .split_last()
        .map_or(("", &[][..]), |(last, before)| (last.as_str(), before));
    // The later list is the one to ask about: it would be the copy.
    let rows = same
        .iter()
        .rev()
        .flat_map(|list| list.rows.iter().map(|(place, _)| *place));
    question(
        Kind::ListCopied,
        rows.collect(),
        [
            ("date", last.to_owned()),
            ("dates", before.join(", ")),
            ("people", same[0].rows.len().to_string()),
        ],
    )
}
