//! Head-counts of logs, on small made-up cases.

use crate::ingest::findings::Kind;
use crate::ingest::fixture::{kinds, records, sheet, source};
use crate::ingest::records::Records;

fn of(log: &str) -> Records {
    records(vec![sheet(log)], &source())
}

/// Heads of each line of a log, and how many parts they have.
fn by_line(log: &str) -> Vec<(u32, usize)> {
    let counts = of(log).head_counts;
    counts.iter().map(|count| (count.total, count.parts.len())).collect()
}

fn finds(log: &str, kind: Kind) -> bool {
    kinds(&of(log)).contains(&kind)
}

#[test]
fn ages_alone_beside_columns_by_sex_and_age_are_heads() {
    let days = "05.03.2026|Hygiene|#1|#2|#3|#4|#5\n12.03.2026|Hygiene|#1|#2|#3|#4|#6";
    for heading in [
        "Date|Topic|M 0-17|F 0-17|M 18-59|F 18-59|60+",
        "Дата|Тема|Ч 0-17|Ж 0-17|Ч 18-59|Ж 18-59|60+",
    ] {
        let log = format!("{heading}\n{days}");
        assert_eq!(by_line(&log), [(15, 5), (16, 5)], "{heading}");
        assert!(finds(&log, Kind::HeadingMisspelt), "{heading}");
    }
    let alone = "Date|Topic|0-17|18-59|60+\n05.03.2026|Hygiene|#3|#7|#5\n12.03.2026|Hygiene|#3|#7|#0";
    assert_eq!(by_line(alone), [(15, 2), (10, 2)]);
}

#[test]
fn ages_that_may_be_counted_already_are_a_question() {
    let whole = "Date|Topic|Female|Male|60+\n05.03.2026|Hygiene|#6|#4|#5\n12.03.2026|Hygiene|#6|#4|#2";
    assert_eq!(by_line(whole), [(10, 2), (10, 2)]);
    assert!(finds(whole, Kind::HeadingUnclear));
    // The ages give the heads of the sexes once more.
    let twice = "Date|Topic|Female|Male|0-17|18+\n05.03.2026|Hygiene|#6|#4|#3|#7\n12.03.2026|Hygiene|#6|#4|#2|#8";
    assert_eq!(by_line(twice), [(10, 2), (10, 2)]);
    assert!(!finds(twice, Kind::HeadingUnclear));
}

#[test]
fn parts_of_one_sex_need_not_make_up_the_whole() {
    let women = "Date|Activity|Participants|Women\n05.03.2026|Art|#8|#5\n12.03.2026|Art|#6|#6";
    assert_eq!(by_line(women), [(8, 1), (6, 1)]);
    assert!(!finds(women, Kind::PartsDiffer));
    let more = "Date|Activity|Participants|Women\n05.03.2026|Art|#8|#9";
    assert!(finds(more, Kind::PartsDiffer));
    let both = "Date|Activity|Participants|Women|Men\n05.03.2026|Art|#8|#5|#2";
    assert!(finds(both, Kind::PartsDiffer));
}

#[test]
fn heads_among_words_and_signs_are_counted_and_told() {
    let log = "Date|Topic|Participants\n05.03.2026|A|25 (18 W, 7 M)\n12.03.2026|A|12 (10W/2M)\n19.03.2026|A|8 women, 3 men\n\
               26.03.2026|A|~30";
    assert_eq!(by_line(log), [(25, 2), (12, 2), (11, 2), (30, 0)]);
    let records = of(log);
    let told = records
        .findings
        .iter()
        .filter(|finding| finding.kind == Kind::CountInWords);
    assert_eq!(
        told.map(|finding| finding.args["counted"].as_str()).collect::<Vec<_>>(),
        ["30"]
    );
    let unread = "Date|Topic|Participants\n05.03.2026|A|25-30\n12.03.2026|A|#12";
    assert_eq!(by_line(unread), [(12, 0)]);
    assert!(finds(unread, Kind::CountUnread) && !finds(unread, Kind::CountMissing));
}

#[test]
fn what_is_only_planned_was_not_held() {
    for heading in [
        "Date|Topic|Planned participants|Actual participants",
        "Дата|Тема|Кількість учасників (план)|Кількість учасників (факт)",
        "Date|Topic|Participants|\n||Planned|Actual",
        "Дата|Тема|Кількість учасників|\n||План|Факт",
    ] {
        let log = format!("{heading}\n05.03.2026|A|#20|#18\n12.03.2026|A|#20|#15\n30.03.2026|A|#20|");
        let records = of(&log);
        assert_eq!(by_line(&log), [(18, 0), (15, 0)], "{heading}");
        assert_eq!(records.sessions.len(), 2, "{heading}");
        assert!(kinds(&records).contains(&Kind::PlannedOnly), "{heading}");
    }
}

#[test]
fn columns_say_in_their_words_whom_they_count() {
    for heading in [
        "Date|Activity|New participants|Repeat participants",
        "Дата|Захід|Нові|Повторні",
        "Date|Activity|IDPs|Host community",
        "Дата|Захід|ВПО|Місцеві жителі",
    ] {
        let log = format!("{heading}\n05.03.2026|A|#20|#0\n12.03.2026|A|#5|#15");
        assert_eq!(by_line(&log), [(20, 1), (20, 1)], "{heading}");
    }
    for heading in [
        "Date|Village|Kits distributed|Households|People",
        "Дата|Село|Видано наборів|Домогосподарства|Людей",
    ] {
        let log = format!("{heading}\n05.03.2026|Rivne|#40|#40|#131\n12.03.2026|Dubno|#25|#25|#80");
        assert_eq!(by_line(&log), [(131, 0), (80, 0)], "{heading}");
        assert!(finds(&log, Kind::HeadingMisspelt), "{heading}");
    }
    // One of several sorts of people is not all of them.
    assert!(by_line("Date|Activity|IDPs\n05.03.2026|A|#20\n12.03.2026|A|#5").is_empty());
}

#[test]
fn lines_that_sum_up_a_month_are_counted_on_its_first_day() {
    for log in [
        "Month|Site|Number of sessions|Number of participants\nMarch 2026|Kyiv|#4|#52\nMarch 2026|Lviv|#3|#31",
        "Місяць|Громада|Кількість занять|Кількість учасників\nБерезень 2026|Київ|#4|#52\nБерезень 2026|Львів|#3|#31",
    ] {
        let records = of(log);
        assert_eq!(by_line(log), [(52, 0), (31, 0)], "{log}");
        let days: Vec<String> = records
            .sessions
            .iter()
            .map(|session| session.date.to_string())
            .collect();
        assert_eq!(days, ["2026-03-01", "2026-03-01"], "{log}");
        assert!(kinds(&records).contains(&Kind::MonthsCounted), "{log}");
    }
}

#[test]
fn a_total_that_differs_from_its_parts_is_told() {
    let log = "Date|Activity|Women|Men|Total\n05.03.2026|X|#10|#2|#15\n12.03.2026|X|#1|#1|#2";
    assert_eq!(by_line(log), [(15, 2), (2, 2)]);
    assert!(finds(log, Kind::PartsDiffer));
    // Kits or money may be summed up as well.
    let other = "Date|Activity|Women|Men|Total\n05.03.2026|X|#10|#2|#150\n12.03.2026|X|#1|#1|#20";
    assert_eq!(by_line(other), [(12, 2), (2, 2)]);
    assert!(finds(other, Kind::HeadingUnclear));
}

#[test]
fn sexes_under_letters_and_further_words_are_heads() {
    for (log, expected) in [
        (
            "Date|Activity|W|G|B|M\n05.03.2026|X|#10|#2|#3|#4\n12.03.2026|X|#5|#1|#1|#1",
            [(19, 4), (8, 4)],
        ),
        (
            "Дата|Захід|Осіб|Ж|Ч|Д\n05.03.2026|X|#20|#10|#6|#4\n12.03.2026|X|#8|#5|#2|#1",
            [(20, 3), (8, 3)],
        ),
        (
            "Date|Activity|Female|Male|Other/unknown\n05.03.2026|X|#10|#2|#3\n12.03.2026|X|#1|#1|#1",
            [(15, 3), (3, 3)],
        ),
        (
            "Date|Activity|Women|Men|Non-binary|Prefer not to say\n05.03.2026|X|#10|#2|#3|#1\n12.03.2026|X|#1|#1|#1|#0",
            [(16, 3), (3, 3)],
        ),
        (
            "Datum|Ort|Thema|Teilnehmende|davon weiblich|davon männlich\n05.03.2026|Bonn|X|#20|#12|#8\n\
             12.03.2026|Bonn|X|#15|#9|#6",
            [(20, 2), (15, 2)],
        ),
    ] {
        assert_eq!(by_line(log), expected, "{log}");
        assert!(!finds(log, Kind::HeadsLeftOut), "{log}");
    }
    let left = "Date|Activity|Women|Men|Zed\n05.03.2026|X|#10|#2|#3\n12.03.2026|X|#1|#1|#1";
    assert!(finds(left, Kind::HeadsLeftOut));
}

#[test]
fn sorts_of_people_make_up_the_whole_or_stand_beside_it() {
    for (heading, expected) in [
        ("Дата|Захід|Діти|Дорослі", [(20, 2), (20, 2)]),
        (
            "Date|Activity|Offline participants|Online participants",
            [(20, 1), (20, 1)],
        ),
    ] {
        let log = format!("{heading}\n05.03.2026|A|#12|#8\n12.03.2026|A|#5|#15");
        assert_eq!(by_line(&log), expected, "{heading}");
    }
    for heading in [
        "Дата|Захід|Всього|Нові|Повторні",
        "Дата|Захід|Всього|ВПО|Особи з інвалідністю",
    ] {
        let log = format!("{heading}\n05.03.2026|A|#20|#15|#5\n12.03.2026|A|#8|#3|#5");
        assert_eq!(by_line(&log), [(20, 0), (8, 0)], "{heading}");
    }
}

#[test]
fn weeks_date_the_lines_of_a_log() {
    let log = "Week|Activity|Participants\n02.03-08.03.2026|A|#20\n09.03-15.03.2026|A|#22";
    assert_eq!(by_line(log), [(20, 0), (22, 0)]);
}

#[test]
fn names_in_place_of_a_number_are_not_called_nothing() {
    let log = "Date|Topic|Participants\n05.03.2026|Art|Mary Smith, John Brown\n12.03.2026|Art|#4";
    assert_eq!(by_line(log), [(4, 0)]);
    assert!(finds(log, Kind::CountUnread) && !finds(log, Kind::CountMissing));
}

#[test]
fn a_number_of_people_is_known_by_words_for_both() {
    for heading in [
        "No. of beneficiaries",
        "Pax",
        "Headcount",
        "Присутні",
        "Liczba obecnych",
    ] {
        let log = format!("Date|Activity|{heading}\n05.03.2026|X|#20\n12.03.2026|X|#15");
        assert_eq!(by_line(&log), [(20, 0), (15, 0)], "{heading}");
    }
    let differs = "Date|Activity|Women|Men|No. of beneficiaries\n05.03.2026|X|#10|#2|#15\n12.03.2026|X|#1|#1|#2";
    assert_eq!(by_line(differs), [(15, 2), (2, 2)]);
    assert!(finds(differs, Kind::PartsDiffer));
}

#[test]
fn who_is_responsible_is_no_participant_and_a_lone_number_is_a_question() {
    for heading in [
        "Дата|Захід|Відповідальна особа|Кількість",
        "Date|Event|Responsible person|Quantity",
    ] {
        let log = format!(
            "{heading}\n05.03.2026|Art|Коваль Олена|#10\n12.03.2026|Art|Шевченко Іван|#10\n19.03.2026|Art|Бондар Марія|#9"
        );
        assert_eq!(by_line(&log), [(10, 0), (10, 0), (9, 0)], "{heading}");
        assert!(of(&log).contacts.is_empty(), "{heading}");
        assert!(finds(&log, Kind::HeadingUnclear), "{heading}");
    }
    let kits = "Date|Event|Quantity|Kits\n05.03.2026|Art|#10|#5\n12.03.2026|Art|#9|#5";
    assert!(by_line(kits).is_empty());
}

#[test]
fn people_across_whose_marks_are_summed_up_are_people() {
    let register = "Date|Mary Smith|John Brown|Ann Lee|Tom Gray|Total\n05.03.2026|#1|#1|#1|#0|#3\n\
                    12.03.2026|#1|#1|#0|#1|#3\n19.03.2026|#1|#0|#0|#0|#1\n26.03.2026|#0|#1|#0|#0|#1";
    let records = of(register);
    assert_eq!((records.head_counts.len(), records.contacts.len()), (0, 8));
}
