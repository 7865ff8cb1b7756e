//! Windows of time: which of them make up another.

use std::collections::{BTreeMap, VecDeque};

use chrono::{Days, NaiveDate};

use super::net::Window;

/// A window as windows put together: index of each, and whether it is added or taken away.
pub(super) type Tiling = Vec<(usize, bool)>;

/// For each window, the fewest shorter ones that it is made of; none where there are none.
///
/// Windows are ways between days. As each is put together from shorter ones only, all ways round come out of these.
/// They may be taken away too: a quarter is what is cumulative at its end less what was before it.
pub(super) fn tilings(windows: &[Window]) -> Vec<Option<Tiling>> {
    let mut order: Vec<usize> = (0..windows.len()).collect();
    order.sort_by_key(|at| ((windows[*at].1 - windows[*at].0).num_days(), windows[*at]));
    let mut ways: BTreeMap<NaiveDate, Vec<(NaiveDate, usize, bool)>> = BTreeMap::new();
    let mut tilings = vec![None; windows.len()];
    for at in order {
        let (from, to) = (windows[at].0, after(windows[at].1));
        if from >= to {
            continue;
        }
        tilings[at] = shortest(&ways, from, to);
        ways.entry(from).or_default().push((to, at, true));
        ways.entry(to).or_default().push((from, at, false));
    }
    tilings
}

fn after(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

/// The way of the fewest windows from a day to another.
fn shortest(
    ways: &BTreeMap<NaiveDate, Vec<(NaiveDate, usize, bool)>>,
    from: NaiveDate,
    to: NaiveDate,
) -> Option<Tiling> {
    let mut came: BTreeMap<NaiveDate, (NaiveDate, usize, bool)> = BTreeMap::new();
    let mut next = VecDeque::from([from]);
    while let Some(day) = next.pop_front() {
        if day == to {
            break;
        }
        for (end, window, forth) in ways.get(&day).into_iter().flatten() {
            if *end != from && !came.contains_key(end) {
                came.insert(*end, (day, *window, *forth));
                next.push_back(*end);
            }
        }
    }
    let (mut tiling, mut day) = (Tiling::new(), to);
    while day != from {
        let (before, window, forth) = *came.get(&day)?;
        tiling.push((window, forth));
        day = before;
    }
    Some(tiling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cumulative_is_the_former_and_the_month() {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
        let windows = [
            (day(1, 1), day(1, 31)),
            (day(2, 1), day(2, 28)),
            (day(3, 1), day(3, 31)),
            (day(1, 1), day(2, 28)),
            (day(1, 1), day(3, 31)),
        ];
        let tilings = tilings(&windows);
        assert_eq!(tilings[..3], [None, None, None]);
        assert_eq!(tilings[3], Some(vec![(1, true), (0, true)]));
        assert_eq!(tilings[4], Some(vec![(2, true), (3, true)]));
    }
}
