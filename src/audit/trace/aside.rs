//! What stood beside: rows that a figure would have looked at and that do not count, with the reason.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Walk;
use crate::ingest::records::{Fate, FileId, Place, Reason, RowId};
use crate::logframe::figures::{Figure, Scope};
use crate::people::facts::fold;
use crate::project::model::{ActivityRule, Counted, Filter, Indicator, Measure, Rule, Source, Subject};

/// A row that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The row.
    pub row: RowId,
    /// Where it stands.
    pub place: Place,
    /// Why it does not count.
    pub reason: Reason,
    /// Its day, where it is known.
    pub date: Option<NaiveDate>,
    /// The place that it repeats, where it repeats one.
    pub same_as: Option<Place>,
}

/// The rows set aside in the sources that an indicator looks at, those of another time left out; and how many lines
/// there are no data at all (titles, heads, sums, blank form lines).
pub fn aside(walk: Walk, figure: &Figure) -> (Vec<Aside>, usize) {
    let sources = sources_of(walk, &walk.project.indicators[figure.indicator]);
    let mut lines = 0;
    let mut found = Vec::new();
    let known = Known::of(walk);
    for (at, fate) in walk.facts.fates.iter().enumerate() {
        let row = &walk.records.rows[at];
        let Fate::SetAside(reason) = *fate else { continue };
        if !sources.contains(&row.source) {
            continue;
        }
        if !is_data(reason) {
            lines += 1;
            continue;
        }
        let (days, same_as) = known.row(at.into());
        let sheet = known.sheets.get(&(row.place.file, row.place.sheet)).copied();
        if is_of(walk, figure, reason, (days, sheet)) {
            found.push(Aside {
                row: at.into(),
                place: row.place,
                reason,
                date: days.first().copied(),
                same_as,
            });
        }
    }
    (found, lines)
}

/// Whether a row set aside for this reason could have been about somebody or a session.
pub fn is_data(reason: Reason) -> bool {
    match reason {
        Reason::Title
        | Reason::Header
        | Reason::Numbering
        | Reason::Totals
        | Reason::Trailer
        | Reason::SummarySheet
        | Reason::SheetNotNamed
        | Reason::NoPerson
        | Reason::NoTable
        | Reason::Tags => false,
        Reason::HiddenSheet
        | Reason::HiddenRow
        | Reason::Struck
        | Reason::ImpossibleDate
        | Reason::NoDate
        | Reason::OutsideProject
        | Reason::ImplausibleDate
        | Reason::AfterAsOf
        | Reason::Repeat
        | Reason::SecondMark
        | Reason::BeyondHeadCount
        | Reason::NeverCame
        | Reason::NoService
        | Reason::NotUnderstood
        | Reason::Skipped
        | Reason::EarlierVersion
        | Reason::SentTwice
        | Reason::NoContact
        | Reason::Absent
        | Reason::Replaced
        | Reason::NotHeld
        | Reason::Staff => true,
    }
}

/// Whether a row belongs to the time of a figure: by its own days, else by those of its sheet; one of which neither is
/// known may.
fn is_of(walk: Walk, figure: &Figure, reason: Reason, (days, sheet): (&[NaiveDate], Option<Days>)) -> bool {
    let period = &walk.figures.periods[figure.period];
    let start = match figure.scope {
        Scope::Period => period.start,
        Scope::Cumulative => walk.project.start,
    };
    let inside = |day: &NaiveDate| start <= *day && *day <= period.end;
    let whole = start <= walk.request.span.start && walk.request.span.end <= period.end;
    let meets = |(first, last): Days| start <= last && first <= period.end;
    let undated = days.is_empty() && sheet.is_none_or(meets);
    match reason {
        // These would count in no period: they are told beside the whole.
        Reason::OutsideProject | Reason::AfterAsOf => whole || days.iter().any(inside),
        _ => whole || undated || days.iter().any(inside),
    }
}

/// First and last day.
type Days = (NaiveDate, NaiveDate);

/// What is known of rows beside what became of them.
struct Known {
    days: BTreeMap<RowId, Vec<NaiveDate>>,
    same: BTreeMap<RowId, Place>,
    /// First and last session on each sheet.
    sheets: BTreeMap<(FileId, u16), Days>,
}

impl Known {
    fn of(walk: Walk) -> Self {
        let records = walk.records;
        let aside = |row: RowId| matches!(walk.facts.fates[row.index()], Fate::SetAside(_));
        let mut days: BTreeMap<RowId, Vec<NaiveDate>> = BTreeMap::new();
        let mut same = BTreeMap::new();
        let mut marks: BTreeSet<Place> = BTreeSet::new();
        for contact in &records.contacts {
            let row = records.mentions[contact.mention.index()].row;
            if aside(row) {
                days.entry(row)
                    .or_default()
                    .push(records.sessions[contact.session.index()].date);
                marks.insert(contact.place);
            }
        }
        for session in &records.sessions {
            if let Some(row) = session.log_row.filter(|row| aside(*row)) {
                days.entry(row).or_default().push(session.date);
            }
        }
        let mut sheets: BTreeMap<(FileId, u16), Days> = BTreeMap::new();
        for session in &records.sessions {
            for place in &session.places {
                let days = sheets
                    .entry((place.file, place.sheet))
                    .or_insert((session.date, session.date));
                *days = (days.0.min(session.date), days.1.max(session.date));
            }
        }
        for contact in &walk.facts.contacts {
            for again in contact.places.iter().skip(1).filter(|place| marks.contains(place)) {
                for row in super::index::rows_of_contacts(records, *again) {
                    same.entry(row).or_insert(contact.places[0]);
                }
            }
        }
        for (row, first) in &records.repeats {
            same.insert(*row, records.rows[first.index()].place);
        }
        Self { days, same, sheets }
    }

    fn row(&self, row: RowId) -> (&[NaiveDate], Option<Place>) {
        let days = self.days.get(&row).map_or(&[][..], Vec::as_slice);
        (days, self.same.get(&row).copied())
    }
}

/// The sources that an indicator may count from, by index.
fn sources_of(walk: Walk, indicator: &Indicator) -> BTreeSet<usize> {
    let mut counted = Vec::new();
    let own = indicator.cells.iter().map(|cell| &cell.rule);
    let depth = walk.project.indicators.len();
    for rule in std::iter::once(&indicator.rule).chain(own) {
        collect(walk, rule, &mut counted, depth);
    }
    let sources = walk.project.sources.iter().enumerate();
    let looked_at = |source: &Source| counted.iter().any(|counted| counts_from(counted, source));
    sources
        .filter(|(_, source)| looked_at(source))
        .map(|(at, _)| at)
        .collect()
}

/// Every count that a rule is made of; `depth` ends a walk through indicators that refer to each other in a circle.
fn collect<'a>(walk: Walk<'a>, rule: &'a Rule, counted: &mut Vec<&'a Counted>, depth: usize) {
    match rule {
        Rule::Single(one) => counted.push(one),
        Rule::Ratio {
            numerator, denominator, ..
        } => counted.extend([numerator, denominator]),
        Rule::Derived { of, .. } => {
            let Some(depth) = depth.checked_sub(1) else { return };
            for input in of {
                collect(walk, &walk.project.indicators[*input].rule, counted, depth);
            }
        }
    }
}

fn counts_from(counted: &Counted, source: &Source) -> bool {
    let of_population = fold(&source.population) == fold(&counted.population);
    let listed = match &counted.measure {
        Measure::PeopleListed { source: name, .. } => return of_population && fold(name) == fold(&source.name),
        Measure::Findings { .. } | Measure::Constant(_) | Measure::CapacityNights => false,
        _ => true,
    };
    listed && of_population && may_pass(&counted.filter, source).unwrap_or(true)
}

/// Whether rows of a source can pass a filter; not known where it looks at more than source and activity.
fn may_pass(filter: &Filter, source: &Source) -> Option<bool> {
    match filter {
        Filter::All => Some(true),
        Filter::And(parts) => {
            let parts = || parts.iter().map(|part| may_pass(part, source));
            if parts().any(|part| part == Some(false)) {
                Some(false)
            } else {
                parts().all(|part| part == Some(true)).then_some(true)
            }
        }
        Filter::Or(parts) => {
            let parts = || parts.iter().map(|part| may_pass(part, source));
            if parts().any(|part| part == Some(true)) {
                Some(true)
            } else {
                parts().all(|part| part == Some(false)).then_some(false)
            }
        }
        Filter::Not(part) => may_pass(part, source).map(|passes| !passes),
        Filter::OneOf { subject, values } => {
            let wanted = |text: &str| values.iter().any(|value| fold(value) == fold(text));
            match (subject, &source.activity) {
                (Subject::Source, _) => Some(wanted(&source.name)),
                (Subject::Activity, ActivityRule::Fixed(code)) => Some(wanted(code)),
                (Subject::Activity, ActivityRule::ByField { values, .. }) => {
                    let some = values.values().any(|code| wanted(code));
                    let all = values.values().all(|code| wanted(code));
                    (some == all).then_some(some)
                }
                (Subject::Activity, ActivityRule::None) => Some(false),
                _ => None,
            }
        }
        Filter::Known(_) | Filter::Between { .. } | Filter::Days { .. } => None,
    }
}
