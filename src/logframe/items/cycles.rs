//! Enrolments: begun, completed, dropped out (rule 12).

use chrono::NaiveDate;

use super::{Item, Making};
use crate::people::facts::{CycleFact, EnrolmentFact};

impl<'a> Making<'a> {
    fn own_enrolments(self) -> impl Iterator<Item = (u32, &'a EnrolmentFact, &'a CycleFact)> {
        let all = (0..).zip(&self.facts.enrolments);
        all.map(move |(at, fact)| (at, fact, &self.facts.cycles[fact.cycle as usize]))
            .filter(move |(_, _, cycle)| Some(cycle.population) == self.population)
    }

    /// Enrolments by the first presence.
    pub(super) fn enrolments(self) -> Vec<Item> {
        let begun = self.own_enrolments();
        by_date(begun.filter_map(|(at, fact, _)| Some(self.enrolment(at, *fact.days.first()?))))
    }

    /// Enrolments with enough sessions, by the day of the one that completes them.
    pub(super) fn completed(self, sessions: Option<u32>) -> Vec<Item> {
        let all = self.own_enrolments();
        by_date(all.filter_map(|(at, fact, cycle)| Some(self.enrolment(at, credit(fact, cycle, sessions)?))))
    }

    /// Enrolments without enough sessions when their cycle ended, by its last day.
    pub(super) fn dropped_out(self, sessions: Option<u32>) -> Vec<Item> {
        let written = self.last_days();
        let is_over = |cycle: &CycleFact| written[cycle.cycle.index()].is_none_or(|day| day <= cycle.end);
        let all = self.own_enrolments();
        let lost = all.filter(|(_, fact, cycle)| is_over(cycle) && credit(fact, cycle, sessions).is_none());
        by_date(lost.map(|(at, _, cycle)| self.enrolment(at, cycle.end)))
    }

    /// The last day of each cycle as it is written, held or not: a cycle of which sessions are still to come has
    /// not ended.
    fn last_days(self) -> Vec<Option<NaiveDate>> {
        let mut last = vec![None; self.records.cycles.len()];
        for session in &self.records.sessions {
            if let Some(cycle) = session.cycle {
                let known = &mut last[cycle.index()];
                *known = (*known).max(Some(session.date));
            }
        }
        last
    }
}

/// The day of the session that completes an enrolment; every session held is needed where no number is given.
fn credit(fact: &EnrolmentFact, cycle: &CycleFact, sessions: Option<u32>) -> Option<NaiveDate> {
    let needed = sessions.unwrap_or(cycle.sessions).max(1) as usize;
    fact.days.get(needed - 1).copied()
}

fn by_date(items: impl Iterator<Item = Item>) -> Vec<Item> {
    let mut items: Vec<Item> = items.collect();
    items.sort_by_key(|item| (item.date, item.of));
    items
}
