//! Laws of recognition on small random worlds, and worlds that no register should hold.

#[path = "people/world.rs"]
mod world;

use std::collections::BTreeMap;

use proptest::prelude::*;
use tallyframe::ingest::findings::Kind;
use tallyframe::ingest::records::{Birth, MentionId};
use tallyframe::people::{compare_pair, recognise};

use world::{Line, consistent, count, decisions, described, keys, line, lines, records, shapes, strangers};

/// Largest world of the laws.
const MOST: usize = 14;

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_of_mentions_changes_nothing(world in lines(MOST), order in any::<u64>(), decided in decisions()) {
        // Of two rows that say the same, a decision names one by its place: then, and only then, places matter.
        let alone = |at: usize| world.iter().filter(|line| line.says_what(&world[at])).count() == 1;
        let mut decided = consistent(&decided, world.len());
        decided.retain(|(a, b, _)| alone(*a) && alone(*b));
        let mut at: Vec<usize> = (0..world.len()).collect();
        at.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(order | 1).rotate_left(17));
        let turned: Vec<Line> = at.iter().map(|at| world[*at].clone()).collect();
        let to = |old: usize| at.iter().position(|at| *at == old).expect("a permutation");
        let moved: Vec<_> = decided.iter().map(|(a, b, same)| (to(*a), to(*b), *same)).collect();
        let (plain, other) = (recognise(&records(&world, &decided)), recognise(&records(&turned, &moved)));
        let (plain_keys, other_keys) = (keys(&plain), keys(&other));
        for old in 0..world.len() {
            prop_assert_eq!(plain_keys[old], other_keys[to(old)]);
            for (mine, theirs) in shapes(&plain).iter().zip(shapes(&other)) {
                for next in 0..world.len() {
                    prop_assert_eq!(mine[old] == mine[next], theirs[to(old)] == theirs[to(next)]);
                }
            }
        }
    }

    #[test]
    fn a_file_twice_changes_no_count(world in described(MOST)) {
        let once = recognise(&records(&world, &[]));
        let mut twice = world.clone();
        twice.extend(world.iter().cloned().map(|line| Line { list: line.list + 100, ..line }));
        let twice = recognise(&records(&twice, &[]));
        prop_assert_eq!(once.persons.len(), twice.persons.len());
    }

    #[test]
    fn decisions_are_honoured(world in lines(MOST), decided in decisions()) {
        let decided = consistent(&decided, world.len());
        let people = recognise(&records(&world, &decided));
        for blocks in shapes(&people) {
            for (a, b, same) in &decided {
                prop_assert_eq!(blocks[*a] == blocks[*b], *same, "{} and {}", a, b);
            }
        }
        prop_assert!(people.findings.iter().all(|finding| finding.kind != Kind::DecisionsContradict));
    }

    #[test]
    fn strangers_change_no_key_of_the_same_rows(world in lines(MOST), given_first in any::<bool>(), code in 0usize..3, more in 1usize..9) {
        let before = recognise(&records(&world, &[]));
        let mut with = world.clone();
        with.extend(strangers(given_first, ["", "БК", "XQ"][code], more));
        let after = recognise(&records(&with, &[]));
        let known: BTreeMap<_, _> = after.persons.iter().map(|person| (&person.mentions, &person.key)).collect();
        for person in &before.persons {
            prop_assert!(known.get(&person.mentions).is_none_or(|key| **key == person.key), "{:?}", person);
        }
        for stranger in &after.best[world.len()..] {
            prop_assert_eq!(after.persons[stranger.index()].mentions.len(), 1);
        }
    }

    #[test]
    fn strangers_regroup_nobody_who_is_well_described(world in described(MOST), given_first in any::<bool>(), more in 1usize..9) {
        let before = recognise(&records(&world, &[]));
        let mut with = world.clone();
        with.extend(strangers(given_first, "БК", more));
        let after = recognise(&records(&with, &[]));
        prop_assert_eq!(keys(&before), &keys(&after)[..world.len()]);
    }

    #[test]
    fn rows_of_one_list_are_one_person_only_where_all_agrees(world in lines(MOST)) {
        let apart = ["conflict", "doubtful", "near"];
        let records = records(&world, &[]);
        let people = recognise(&records);
        for a in 0..world.len() {
            for b in (a + 1..world.len()).filter(|b| world[a].list == world[*b].list && people.best[a] == people.best[*b]) {
                let link = compare_pair(&records, MentionId::from(a), MentionId::from(b));
                for field in &link.fields {
                    let personal = ["surname", "given", "patronymic", "birth", "phone"].contains(&field.comparison);
                    prop_assert!(!personal || !apart.contains(&field.level), "{:?} {:?} {:?}", world[a], world[b], field);
                }
            }
        }
    }

    #[test]
    fn partitions_refine_each_other_and_hold_everybody_once(world in lines(MOST), decided in decisions()) {
        let people = recognise(&records(&world, &consistent(&decided, world.len())));
        let [high, best, low] = shapes(&people);
        for a in 0..world.len() {
            for b in 0..world.len() {
                prop_assert!(high[a] != high[b] || best[a] == best[b]);
                prop_assert!(best[a] != best[b] || low[a] == low[b]);
            }
            prop_assert!((0.0..=1.0).contains(&people.certainty[a]));
        }
        prop_assert_eq!(people.certainty.len(), world.len());
        prop_assert!(people.persons.is_sorted_by(|a, b| a.key < b.key), "sorted, and no key twice");
        let mut seen = vec![0; world.len()];
        for (at, person) in people.persons.iter().enumerate() {
            prop_assert!(person.mentions.is_sorted());
            for mention in &person.mentions {
                seen[mention.index()] += 1;
                prop_assert_eq!(people.best[mention.index()].index(), at);
            }
        }
        prop_assert!(seen.iter().all(|times| *times == 1));
        prop_assert_eq!(count(&best), people.persons.len());
    }

    #[test]
    fn what_anybody_would_say_is_said(world in lines(MOST)) {
        let people = recognise(&records(&world, &[]));
        for (a, one) in world.iter().enumerate() {
            for (b, other) in world.iter().enumerate().skip(a + 1) {
                let (mine, theirs) = (people.best[a], people.best[b]);
                if certainly_one(one, other) {
                    prop_assert_eq!(mine, theirs, "{:?} {:?}", one, other);
                }
                if certainly_two(one, other) {
                    prop_assert_ne!(mine, theirs, "{:?} {:?}", one, other);
                }
            }
        }
    }
}

/// Name in three words, day of birth and phone are the same to the letter, in two lists.
fn certainly_one(a: &Line, b: &Line) -> bool {
    a.name == b.name
        && a.name.split(' ').count() == 3
        && matches!(a.birth, Birth::Date(_))
        && a.birth == b.birth
        && !a.phone.is_empty()
        && a.phone == b.phone
        && a.list != b.list
}

/// Other given names, in full and well known, and days of birth of other years.
fn certainly_two(a: &Line, b: &Line) -> bool {
    const NAMES: [&str; 6] = ["Олена", "Ольга", "Христина", "Марія", "Дарина", "Карина"];
    let given = |line: &Line| {
        NAMES
            .iter()
            .position(|name| line.name.split(' ').any(|word| word == *name))
    };
    let other_names = given(a).zip(given(b)).is_some_and(|(a, b)| a != b);
    let year = |line: &Line| match line.birth {
        Birth::Date(day) => Some(chrono::Datelike::year(&day)),
        Birth::Year(_) | Birth::Unknown => None,
    };
    other_names && year(a).zip(year(b)).is_some_and(|(a, b)| a != b)
}

/// A person on a line of its own list, again and again.
fn repeated(count: u32, write: impl Fn(u32) -> Line) -> Vec<Line> {
    (0..count).map(write).collect()
}

#[test]
fn cells_that_name_nobody_make_no_person_of_two() {
    let odd = [
        "",
        "х",
        "анонім",
        "Анонім",
        "невідома",
        "👩‍🦰🌻",
        "  ",
        "…",
        "12:30",
        "мама Олі",
        "дитина 1",
        "-",
    ];
    let mut world: Vec<Line> = (0u32..).zip(odd).map(|(at, name)| line(name, "", "", at % 3)).collect();
    world.extend(world.clone());
    world.push(line("Шевчук Олена та Мороз Іван", "", "0671112233", 7));
    world.push(line("Шевчук Олена Петрівна", "1990-05-04", "0671112233", 8));
    let people = recognise(&records(&world, &[]));
    assert_eq!(people.best.len(), world.len());
    let empty = |at: &usize| world[*at].name.trim().is_empty();
    let nobody: Vec<usize> = (0..world.len()).filter(empty).collect();
    for (at, one) in nobody.iter().enumerate() {
        for other in &nobody[at + 1..] {
            assert_ne!(
                people.best[*one], people.best[*other],
                "rows without any name are never one person"
            );
        }
    }
    assert!(people.findings.iter().any(|finding| finding.kind == Kind::TwoNames));
    assert!(people.findings.iter().any(|finding| finding.kind == Kind::NotAName));
}

#[test]
fn ten_thousand_rows_of_one_name_hang_nobody() {
    let world = repeated(10_000, |at| line("Шевчук Олена", "", "", at));
    assert_eq!(recognise(&records(&world, &[])).persons.len(), 1);
}

#[test]
fn five_thousand_births_of_one_name_are_as_many_persons() {
    let day = chrono::NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day");
    let days: Vec<String> = day
        .iter_days()
        .step_by(3)
        .take(5000)
        .map(|day| day.to_string())
        .collect();
    let world: Vec<Line> = days
        .iter()
        .zip(0u32..)
        .map(|(day, at)| line("Шевчук Олена", day, "", at % 7))
        .collect();
    let people = recognise(&records(&world, &[]));
    let best = people.persons.len();
    assert!(best > 4000, "slips of a digit may meet, people may not: {best}");
}

#[test]
fn one_code_for_everybody_joins_nobody() {
    let names = [
        "Шевчук Олена Петрівна",
        "Мороз Ганна Іванівна",
        "Коваль Ірина Олегівна",
        "Бондар Зоя Степанівна",
    ];
    let births = ["1990-05-04", "1961-12-30", "2001-07-19", "1975-02-14"];
    let world: Vec<Line> = (0u32..)
        .zip(names.iter().zip(births))
        .map(|(at, (name, birth))| Line {
            code: "0".to_owned(),
            ..line(name, birth, "", at)
        })
        .collect();
    let people = recognise(&records(&world, &[]));
    assert_eq!(people.persons.len(), 4);
    assert!(people.findings.iter().any(|finding| finding.kind == Kind::CodeShared));
}

#[test]
fn a_birth_in_the_future_and_a_decision_about_one_row_change_nobody() {
    let mut world = vec![
        line("Шевчук Олена Петрівна", "2990-05-04", "0671112233", 1),
        line("Мороз Ганна Іванівна", "1961-12-30", "0502223344", 1),
    ];
    world.push(Line {
        list: 2,
        ..world[1].clone()
    });
    for same in [true, false] {
        let people = recognise(&records(&world, &[(1, 1, same)]));
        assert_eq!(people.persons.len(), 2, "{same}");
        assert_eq!(people.best[1], people.best[2]);
    }
}

#[test]
fn decisions_about_rows_written_alike_are_honoured() {
    let row = || line("Шевчук Олена Петрівна", "1990-05-04", "0671112233", 1);
    let alike = |count: u32| (0..count).map(|list| Line { list, ..row() }).collect::<Vec<_>>();
    let three = recognise(&records(&alike(3), &[(0, 1, false), (1, 2, false), (0, 2, false)]));
    assert_eq!(three.persons.len(), 3);
    let two = recognise(&records(&alike(4), &[(0, 1, false), (1, 2, true), (2, 3, true)]));
    for blocks in shapes(&two) {
        assert_eq!(blocks, [0, 1, 1, 1]);
    }
    let mut with_other = alike(2);
    with_other.push(line("Шевчук Олена", "", "", 7));
    let other = recognise(&records(&with_other, &[(0, 2, true), (1, 2, false)]));
    for blocks in shapes(&other) {
        assert!(blocks[0] == blocks[2] && blocks[1] != blocks[2], "{blocks:?}");
    }
}
