//! Months of an activity far from all its others.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::chance::median;
use super::{Seen, question};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, Place};
use crate::people::facts::Who;
use crate::people::unnamed::Unnamed;

/// Other months at least.
const HISTORY: usize = 6;
/// How far a month lies outside, in deviations (the median absolute deviation × 1.4826 is that of a normal distribution).
const DEVIATIONS: f64 = 5.0;
const NORMAL: f64 = 1.4826;
/// Least difference in contacts.
const CONTACTS: f64 = 20.0;
/// Least ratio to the median, up or down.
const TIMES: f64 = 2.5;

/// Months since year 0.
fn month(day: NaiveDate) -> i32 {
    day.year() * 12 + day.month0().cast_signed()
}

/// A question for each month outside the band of its activity's other months.
pub(super) fn questions(seen: Seen) -> Vec<Finding> {
    let mut months: BTreeMap<(&str, u16), Months> = BTreeMap::new();
    for fact in &seen.facts.contacts {
        let people = match &fact.who {
            Who::Person { .. } => 1.0,
            Who::Anonymous { count, .. } => f64::from(*count),
        };
        let activity = seen.records.text(fact.activity);
        let of = months.entry((activity, fact.population)).or_default();
        let (sum, places) = of.entry(month(fact.date)).or_default();
        *sum += people;
        places.extend(fact.places.first());
    }
    let activities = months.into_iter();
    activities
        .flat_map(|((activity, _), months)| out_of_line(seen, activity, &months))
        .collect()
}

/// Contacts by month, with their places.
type Months = BTreeMap<i32, (f64, Vec<Place>)>;

/// A month against all others.
struct Against {
    month: i32,
    now: f64,
    usual: f64,
    /// Many times above or below what is usual.
    times: bool,
    /// Outside the band as well, and whole.
    outside: bool,
}

/// A question for each run of months on one side of what is usual, one of them at least outside the band.
fn out_of_line(seen: Seen, activity: &str, months: &Months) -> Vec<Finding> {
    let against: Vec<Against> = against(months);
    let runs = against.chunk_by(|a, b| a.times && b.times && (a.now > a.usual) == (b.now > b.usual));
    runs.filter(|run| run.iter().any(|month| month.outside))
        .map(|run| told(seen, activity, run, months))
        .collect()
}

fn against(months: &Months) -> Vec<Against> {
    let (Some(first), Some(last)) = (months.keys().next().copied(), months.keys().next_back().copied()) else {
        return Vec::new();
    };
    let of = |month: i32| months.get(&month).map_or(0.0, |(sum, _)| *sum);
    let others = |month: i32| (first..=last).filter(move |other| *other != month).map(of);
    let enough = (first..=last).filter(|month| others(*month).count() >= HISTORY);
    enough
        .map(|month| {
            let mut others: Vec<f64> = others(month).collect();
            let usual = median(&mut others);
            let mut apart: Vec<f64> = others.iter().map(|sum| (sum - usual).abs()).collect();
            // People who come by chance alone vary by the root of their number.
            let deviation = (NORMAL * median(&mut apart)).max(usual.sqrt()).max(1.0);
            let now = of(month);
            let away = (now - usual).abs();
            let times = usual > 0.0 && away >= CONTACTS && (now >= TIMES * usual || now * TIMES <= usual);
            // The first and the last month may be begun or unfinished.
            let whole = now > usual || (month != first && month != last);
            Against {
                month,
                now,
                usual,
                times,
                outside: times && whole && away > DEVIATIONS * deviation,
            }
        })
        .collect()
}

fn told(seen: Seen, activity: &str, run: &[Against], months: &Months) -> Finding {
    let shown = if seen.project.activities.contains_key(activity) {
        activity.to_owned()
    } else {
        Unnamed::of(seen.records).told(activity)
    };
    let (first, last) = (&run[0], &run[run.len() - 1]);
    let label = |month: i32| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
    let span = if run.len() == 1 {
        label(first.month)
    } else {
        format!("{} – {}", label(first.month), label(last.month))
    };
    let within = months.range(first.month..=last.month);
    let mut places: Vec<Place> = within.flat_map(|(_, (_, places))| places.iter().copied()).collect();
    if places.is_empty() {
        // Nothing stands in an empty month; the rows of the one before it are where to look.
        let before = months.range(..first.month).next_back();
        places = before.map_or_else(Vec::new, |(_, (_, places))| places.clone());
    }
    places.sort_unstable();
    let mut usual: Vec<f64> = run.iter().map(|month| month.usual).collect();
    let contacts: Vec<String> = run.iter().map(|month| month.now.to_string()).collect();
    question(
        Kind::MonthOutOfLine,
        places,
        [
            ("month", span),
            ("activity", shown),
            ("contacts", contacts.join(", ")),
            ("usual", median(&mut usual).to_string()),
        ],
    )
}
