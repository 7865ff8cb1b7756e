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
    let mut months: BTreeMap<(&str, u16), BTreeMap<i32, (f64, Vec<Place>)>> = BTreeMap::new();
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

fn out_of_line(seen: Seen, activity: &str, months: &BTreeMap<i32, (f64, Vec<Place>)>) -> Vec<Finding> {
    let (Some(first), Some(last)) = (months.keys().next().copied(), months.keys().next_back().copied()) else {
        return Vec::new();
    };
    let of = |month: i32| months.get(&month).map_or(0.0, |(sum, _)| *sum);
    let mut found = Vec::new();
    for month in first..=last {
        let others = (first..=last).filter(|other| *other != month);
        let mut others: Vec<f64> = others.map(of).collect();
        if others.len() < HISTORY {
            continue;
        }
        let usual = median(&mut others);
        let mut apart: Vec<f64> = others.iter().map(|sum| (sum - usual).abs()).collect();
        // People who come by chance alone vary by the root of their number.
        let deviation = (NORMAL * median(&mut apart)).max(usual.sqrt()).max(1.0);
        let now = of(month);
        let away = (now - usual).abs();
        let times = now >= TIMES * usual || now * TIMES <= usual;
        // The first and the last month may be begun or unfinished.
        let whole = now > usual || (month != first && month != last);
        if usual > 0.0 && whole && times && away > DEVIATIONS * deviation && away >= CONTACTS {
            let near = months
                .range(month..)
                .next()
                .or_else(|| months.range(..month).next_back());
            let mut places = near.map_or_else(Vec::new, |(_, (_, places))| places.clone());
            places.sort_unstable();
            found.push(told(seen, activity, month, (now, usual), places));
        }
    }
    found
}

fn told(seen: Seen, activity: &str, month: i32, (now, usual): (f64, f64), places: Vec<Place>) -> Finding {
    let known = seen.project.activities.contains_key(activity);
    let shown = match known {
        true => activity.to_owned(),
        false => Unnamed::of(seen.records).told(activity),
    };
    question(
        Kind::MonthOutOfLine,
        places,
        [
            (
                "month",
                format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1),
            ),
            ("activity", shown),
            ("contacts", now.to_string()),
            ("usual", usual.to_string()),
        ],
    )
}
