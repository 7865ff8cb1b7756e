//! Head-counts of event logs against the signed lists of the same sessions (rules 2 and 3).

use super::finding;
use super::ledger::Ledger;
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, HeadCount, HeadCountPart, Place, Reason, Records};
use crate::people::facts::{ContactFact, Who};
use crate::project::model::{HeadCountRule, Project};

/// Adds the anonymous contacts, and takes away signatures where the project holds the log for the truth.
///
/// A difference is a finding under every rule. With `log` or `max`, people whom the log counts beyond the
/// list are anonymous contacts of whom nothing is known; with `log`, the last signatures beyond a
/// head-count are set aside, so that the session has as many contacts as the log says. A blank head-count
/// (0) says nothing against a list.
pub(super) fn apply(
    project: &Project,
    records: &Records,
    closed: &[Option<Reason>],
    contacts: &mut Vec<ContactFact>,
    ledger: &mut Ledger,
    findings: &mut Vec<Finding>,
) {
    let lists = Lists::of(records, contacts);
    let mut surplus = Vec::new();
    let mut anonymous = Vec::new();
    for head_count in &records.head_counts {
        if let Some(reason) = closed[head_count.session.index()] {
            ledger.set_aside(head_count.row, reason);
            continue;
        }
        ledger.counted(head_count.row);
        let list = lists.signed(head_count);
        if list.is_empty() || head_count.beside {
            anonymous.extend(anonymous_fact(
                records,
                head_count,
                head_count.total,
                head_count.parts.clone(),
            ));
            continue;
        }
        let signed = u32::try_from(list.len()).expect("tables hold fewer than 2^32 items");
        if signed != head_count.total {
            findings.push(difference(
                records,
                head_count,
                signed,
                project.settings.head_count,
                contacts[list[0] as usize].places[0],
            ));
        }
        let beyond = head_count.total.saturating_sub(signed);
        match project.settings.head_count {
            HeadCountRule::Log | HeadCountRule::Max if beyond > 0 => {
                anonymous.extend(anonymous_fact(records, head_count, beyond, Vec::new()));
            }
            HeadCountRule::Log if head_count.total > 0 => {
                surplus.extend_from_slice(&list[head_count.total as usize..]);
            }
            HeadCountRule::List | HeadCountRule::Log | HeadCountRule::Max => {}
        }
    }
    set_aside(contacts, &surplus, ledger);
    contacts.append(&mut anonymous);
}

/// The named contacts of each session, by place.
struct Lists {
    starts: Vec<u32>,
    facts: Vec<u32>,
}

impl Lists {
    fn of(records: &Records, contacts: &[ContactFact]) -> Self {
        let mut facts: Vec<u32> = (0..).take(contacts.len()).collect();
        facts.sort_by_key(|&fact| {
            let fact = &contacts[fact as usize];
            (fact.session, fact.places[0])
        });
        let mut starts = vec![0; records.sessions.len() + 1];
        for fact in contacts {
            starts[fact.session.index() + 1] += 1;
        }
        for session in 1..starts.len() {
            starts[session] += starts[session - 1];
        }
        Self { starts, facts }
    }

    fn signed(&self, head_count: &HeadCount) -> &[u32] {
        let session = head_count.session.index();
        &self.facts[self.starts[session] as usize..self.starts[session + 1] as usize]
    }
}

fn anonymous_fact(
    records: &Records,
    head_count: &HeadCount,
    count: u32,
    parts: Vec<HeadCountPart>,
) -> Option<ContactFact> {
    let session = &records.sessions[head_count.session.index()];
    let row = &records.rows[head_count.row.index()];
    (count > 0).then(|| ContactFact {
        session: head_count.session,
        date: session.date,
        activity: session.activity,
        who: Who::Anonymous { count, parts },
        row: head_count.row,
        places: vec![row.place],
        source: row.source,
        population: session.population,
        household: None,
        cycle: None,
    })
}

fn difference(records: &Records, head_count: &HeadCount, signed: u32, rule: HeadCountRule, list: Place) -> Finding {
    let counted = match rule {
        HeadCountRule::Log if head_count.total > 0 => head_count.total,
        HeadCountRule::List | HeadCountRule::Log => signed,
        HeadCountRule::Max => signed.max(head_count.total),
    };
    let told = [("list", signed), ("log", head_count.total), ("counted", counted)];
    let args = told.map(|(name, number)| (name, number.to_string())).into();
    let log = records.rows[head_count.row.index()].place;
    finding(Kind::LogDiffersFromList, log, vec![list], args)
}

fn set_aside(contacts: &mut Vec<ContactFact>, surplus: &[u32], ledger: &mut Ledger) {
    if surplus.is_empty() {
        return;
    }
    let mut keep = vec![true; contacts.len()];
    for &fact in surplus {
        keep[fact as usize] = false;
    }
    for (fact, kept) in contacts.iter().zip(&keep) {
        if !kept {
            ledger.withdraw(fact.row);
            ledger.set_aside(fact.row, Reason::BeyondHeadCount);
        }
    }
    for (fact, kept) in contacts.iter().zip(&keep) {
        if *kept {
            ledger.counted(fact.row);
        }
    }
    let mut kept = keep.into_iter();
    contacts.retain(|_| kept.next().unwrap_or(true));
}
