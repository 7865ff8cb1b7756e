//! The whole of recognition: collapse, block, cluster, and what is said about the outcome.

use std::collections::BTreeMap;

use super::block::candidates;
use super::cluster::{Clusters, Merge, cluster, verdict};
use super::decide::{Contradiction, bonds};
use super::distinct::{Identities, collapse};
use super::gather::{Gathered, gather};
use super::key::keys;
use super::model::{Cause, Chances, FieldWeight, Link, People, Person, PersonId, Undecided};
use super::weigh::{Verdict, parts, probability};
use crate::ingest::findings::Kind;
use crate::ingest::records::{Finding, MentionId, Place, Records};

/// Tells who is who.
///
/// Deterministic: the order of mentions, rows and files changes neither the partition nor the keys.
pub fn recognise(records: &Records) -> People {
    let identities = collapse(records);
    let seen = gather(records, &identities);
    let pairs = candidates(&seen.profiles, &seen.words);
    let (bonds, contradictions) = bonds(&records.decisions, &identities.of_mention);
    let clusters = cluster(&seen, &pairs.pairs, &bonds);
    let mut people = persons(records, &identities, &clusters);
    let link = |merge: &Merge| link(merge, &identities, &seen);
    people.links = clusters.certain.iter().map(link).collect();
    people.undecided = clusters
        .likely
        .iter()
        .map(|merge| Undecided {
            link: link(merge),
            joined: true,
        })
        .chain(clusters.possible.iter().map(|merge| Undecided {
            link: link(merge),
            joined: false,
        }))
        .collect();
    let doubt = |pair: &Undecided| (pair.link.probability - 0.5).abs();
    people.undecided.sort_by(|a, b| doubt(a).total_cmp(&doubt(b)));
    people.certainty = certainty(&clusters, &identities);
    people.findings = findings(records, &identities, &people, &contradictions);
    people.findings.extend(passed_over(pairs.skipped));
    people
}

/// Compares two mentions alone, for explanations: the level and weight of each field.
pub fn compare_pair(records: &Records, a: MentionId, b: MentionId) -> Link {
    Comparer::new(records).pair(a, b)
}

/// Compares many pairs of mentions of the same records.
#[derive(Debug)]
pub struct Comparer {
    identities: Identities,
    seen: Gathered,
}

impl Comparer {
    /// Looks once at everything that the records say of their people.
    pub fn new(records: &Records) -> Self {
        let identities = collapse(records);
        let seen = gather(records, &identities);
        Self { identities, seen }
    }

    /// Number of the way a mention is written: the same for mentions that are alike after normalising.
    pub fn writing(&self, mention: MentionId) -> u32 {
        self.identities.of_mention[mention.index()]
    }

    /// The level and weight of each field of two mentions.
    pub fn pair(&self, a: MentionId, b: MentionId) -> Link {
        let of = |mention: MentionId| &self.seen.profiles[self.writing(mention) as usize];
        let verdict = verdict(of(a), of(b), &self.seen);
        let weight = verdict.weight.min(verdict.most);
        weighed(a, b, &verdict, weight, Cause::Weight, &self.seen)
    }
}

/// The three partitions, with the persons of the best one in order of key.
fn persons(records: &Records, identities: &Identities, clusters: &Clusters) -> People {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, home) in (0u32..).zip(&clusters.best) {
        members.entry(*home).or_default().push(at);
    }
    let mut homes: Vec<Vec<u32>> = members.into_values().collect();
    homes.sort();
    let mut keyed: Vec<(String, Vec<u32>)> = keys(records, &homes, &identities.all).into_iter().zip(homes).collect();
    keyed.sort();
    let mut people = People {
        best: vec![PersonId(0); records.mentions.len()],
        ..People::default()
    };
    for (at, (key, members)) in (0u32..).zip(keyed) {
        let mut mentions: Vec<MentionId> = members
            .iter()
            .flat_map(|member| &identities.all[*member as usize].mentions)
            .copied()
            .collect();
        mentions.sort_unstable();
        for mention in &mentions {
            people.best[mention.index()] = PersonId(at);
        }
        people.persons.push(Person { key, mentions });
    }
    let blocks = |homes: &[u32]| {
        identities
            .of_mention
            .iter()
            .map(|identity| homes[*identity as usize])
            .collect()
    };
    people.low = blocks(&clusters.low);
    people.high = blocks(&clusters.high);
    let of = identities
        .of_mention
        .iter()
        .map(|identity| clusters.chance[*identity as usize]);
    let within = people.low.iter().zip(&people.high).zip(of);
    people.chances = Chances::new(within.map(|((low, high), chance)| (*low, *high, chance)));
    people
}

fn link(merge: &Merge, identities: &Identities, seen: &Gathered) -> Link {
    let cause = match () {
        () if merge.decided => Cause::Decision,
        () if merge.verdict.pointed => Cause::Code,
        () => Cause::Weight,
    };
    let speaker = |members: &[u32]| identities.speaker(members);
    weighed(
        speaker(&merge.joined),
        speaker(&merge.to),
        &merge.verdict,
        merge.weight,
        cause,
        seen,
    )
}

fn weighed(a: MentionId, b: MentionId, verdict: &Verdict, weight: f64, cause: Cause, seen: &Gathered) -> Link {
    let probability = match cause {
        Cause::Decision => 1.0,
        Cause::Code | Cause::Weight if verdict.refused => 0.0,
        Cause::Code | Cause::Weight => probability(weight),
    };
    let fields = parts(&verdict.compared, &seen.population).map(|(comparison, weight)| FieldWeight {
        comparison: comparison.word(),
        level: verdict.compared.level(comparison).word(),
        weight,
    });
    Link {
        a,
        b,
        cause,
        weight,
        probability,
        fields: fields.collect(),
    }
}

/// Probability of each mention belonging to its person: that of the weakest merge that brought it there.
fn certainty(clusters: &Clusters, identities: &Identities) -> Vec<f64> {
    let mut of_identity = vec![1.0_f64; identities.all.len()];
    for merge in clusters
        .certain
        .iter()
        .chain(&clusters.likely)
        .filter(|merge| !merge.decided)
    {
        for member in &merge.joined {
            let known = &mut of_identity[*member as usize];
            *known = known.min(probability(merge.weight));
        }
    }
    identities
        .of_mention
        .iter()
        .map(|identity| of_identity[*identity as usize])
        .collect()
}

fn finding(kind: Kind, places: impl IntoIterator<Item = Place>) -> Finding {
    let mut places = places.into_iter();
    Finding {
        kind,
        place: places.next(),
        others: places.collect(),
        args: BTreeMap::new(),
    }
}

fn findings(
    records: &Records,
    identities: &Identities,
    people: &People,
    contradictions: &[Contradiction],
) -> Vec<Finding> {
    let place = |mention: MentionId| records.mentions[mention.index()].place;
    let mut found: Vec<Finding> = identities
        .nobody
        .iter()
        .map(|mention| finding(Kind::NotAName, [place(*mention)]))
        .collect();
    found.extend(
        identities
            .two
            .iter()
            .map(|mention| finding(Kind::TwoNames, [place(*mention)])),
    );
    found.extend(code_findings(records, identities, people));
    found.extend(super::decide::findings(records, &identities.of_mention, contradictions));
    for pair in &people.undecided {
        let mut one = finding(Kind::PairUndecided, [place(pair.link.a), place(pair.link.b)]);
        one.args.insert("probability", format!("{:.2}", pair.link.probability));
        one.args
            .insert("joined", if pair.joined { "yes" } else { "no" }.to_owned());
        found.push(one);
    }
    found
}

/// What oversized blocks left without a comparison.
fn passed_over(skipped: u64) -> Option<Finding> {
    (skipped > 0).then(|| {
        let mut one = finding(Kind::PairsPassedOver, []);
        one.args.insert("pairs", skipped.to_string());
        one
    })
}

/// Persons under several codes, and codes borne by several persons.
fn code_findings(records: &Records, identities: &Identities, people: &People) -> Vec<Finding> {
    let code = |mention: MentionId| {
        let identity = &identities.all[identities.of_mention[mention.index()] as usize];
        identity.form.code.as_ref()
    };
    let place = |mention: MentionId| records.mentions[mention.index()].place;
    let mut found = Vec::new();
    let mut bearers: BTreeMap<_, BTreeMap<PersonId, MentionId>> = BTreeMap::new();
    for (at, person) in (0u32..).zip(&people.persons) {
        let mut codes = BTreeMap::new();
        for &mention in &person.mentions {
            if let Some(code) = code(mention) {
                codes.entry(code).or_insert(mention);
                bearers.entry(code).or_default().entry(PersonId(at)).or_insert(mention);
            }
        }
        if codes.len() > 1 {
            let mut mentions: Vec<MentionId> = codes.into_values().collect();
            mentions.sort_unstable();
            let mut one = finding(Kind::TwoCodes, mentions.into_iter().map(place));
            one.args.insert("person", person.key.clone());
            found.push(one);
        }
    }
    for persons in bearers.into_values().filter(|persons| persons.len() > 1) {
        let mut mentions: Vec<MentionId> = persons.into_values().collect();
        mentions.sort_unstable();
        found.push(finding(Kind::CodeShared, mentions.into_iter().map(place)));
    }
    found
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{People, recognise};
    use crate::ingest::findings::Kind;
    use crate::ingest::records::{
        Birth, Context, Decision, FileId, Identity, Mention, MentionId, Place, Records, RowId, SourceFile,
    };

    /// Name, birth (`1990-05-04`, `1990` or nothing), phone, code, list.
    type Written<'a> = (&'a str, &'a str, &'a str, &'a str, u32);

    fn records(written: &[Written]) -> Records {
        let mut records = Records::default();
        records.files.push(SourceFile {
            path: "raw/a.xlsx".into(),
            sha256: String::new(),
            bytes: 0,
            format: "xlsx".into(),
            sheets: vec!["1".into()],
            source: None,
            readable: true,
        });
        for (row, (name, birth, phone, code, group)) in (1u32..).zip(written) {
            let mut text = |text: &str| (!text.is_empty()).then(|| records.texts.intern(text));
            let identity = Identity {
                full_name: text(name),
                phone: text(phone),
                code: text(code),
                birth: match NaiveDate::parse_from_str(birth, "%Y-%m-%d") {
                    Ok(day) => Birth::Date(day),
                    Err(_) => birth.parse().map_or(Birth::Unknown, Birth::Year),
                },
                ..Identity::default()
            };
            records.mentions.push(Mention {
                row: RowId(row - 1),
                place: Place {
                    file: FileId(0),
                    sheet: 0,
                    row,
                    column: None,
                },
                identity,
                group: *group,
                context: Context::default(),
                date: None,
                population: 0,
                informs: true,
            });
        }
        records
    }

    fn decide(records: &mut Records, a: u32, b: u32, same: bool) {
        let place = Place {
            file: FileId(0),
            sheet: 0,
            row: 90,
            column: None,
        };
        let (by, date, reason) = ("x".into(), String::new(), String::new());
        records.decisions.push(Decision {
            a: MentionId(a),
            b: MentionId(b),
            same,
            by,
            date,
            reason,
            place,
        });
    }

    fn same(people: &People, a: usize, b: usize) -> bool {
        people.best[a] == people.best[b]
    }

    fn kinds(people: &People) -> Vec<Kind> {
        people.findings.iter().map(|finding| finding.kind).collect()
    }

    #[test]
    fn one_woman_in_many_spellings_is_one_person() {
        let people = recognise(&records(&[
            ("Шевчук Христина Олегівна", "1990-05-04", "0950764565", "", 1),
            ("Shevchuk Khrystyna", "1990", "+38 (095) 076-45-65", "", 2),
            ("Христина Шевчук", "1990-04-05", "", "", 3),
            ("ШЕВЧУК Х. О.", "", "8 095 076 45 65", "", 4),
            ("Мороз (Шевчук) Христя", "1990-05-04", "950764565", "", 5),
            ("Мороз Христина Олегівна", "1990-05-04", "0671112233", "", 6),
        ]));
        assert_eq!(people.persons.len(), 1);
    }

    #[test]
    fn mother_daughter_and_twins_share_a_phone_and_stay_apart() {
        let people = recognise(&records(&[
            ("Шевчук Христина Олегівна", "1990-05-04", "0950764565", "", 1),
            ("Шевчук Галина Петрівна", "", "0950764565", "", 1),
            ("Шевчук Дарина Іванівна", "2015-01-02", "0950764565", "", 2),
            ("Шевчук Карина Іванівна", "2015-01-02", "0950764565", "", 2),
            ("Шевчук Христина Іванівна", "2016-01-02", "0950764565", "", 2),
        ]));
        assert_eq!(people.persons.len(), 5);
    }

    #[test]
    fn two_rows_of_one_list_are_two_unless_all_agrees() {
        let rows = |phone| {
            [
                ("Шевчук Олена", "1990", "0950764565", "", 1),
                ("Шевчук Олена Петрівна", "1990", phone, "", 1),
            ]
        };
        assert_eq!(recognise(&records(&rows("095 076 45 65"))).persons.len(), 1);
        assert_eq!(recognise(&records(&rows("0671112233"))).persons.len(), 2);
    }

    #[test]
    fn a_code_belongs_to_its_bearer_and_never_joins_other_names() {
        let people = recognise(&records(&[
            ("Шевчук Олена Петрівна", "1990-05-04", "", "БК-0123", 1),
            ("", "", "", "bk 123", 2),
            ("Мороз Ганна Іванівна", "1985-01-07", "", "БК-0123", 3),
            ("Шевчук Олена Петрівна", "1990-05-04", "", "БК-0200", 1),
        ]));
        assert!(!same(&people, 0, 2) && same(&people, 0, 3));
        let kinds = kinds(&people);
        assert!(kinds.contains(&Kind::CodeShared) && kinds.contains(&Kind::TwoCodes));
    }

    #[test]
    fn a_number_in_the_place_of_a_name_tells_people_apart() {
        let people = recognise(&records(&[
            ("учень_48", "", "", "", 1),
            ("учень_9", "", "", "", 1),
            ("Person 2", "", "", "", 1),
            ("person 2", "", "", "", 2),
            ("18211a04n2", "", "", "", 1),
            ("18211a04e7", "", "", "", 1),
            ("Гайдар Єлизавета 14:30", "", "", "", 1),
            ("Єлизавета2", "", "", "", 3),
        ]));
        assert_eq!(people.persons.len(), 7);
        assert!(same(&people, 2, 3));
    }

    #[test]
    fn names_alone_are_undecided_and_an_officer_decides() {
        let rows = [
            ("Гайдар Єлизавета Юріївна", "1987-02-14", "0978773468", "", 1),
            ("Гайдар Єлизавета", "", "", "", 2),
        ];
        let undecided = recognise(&records(&rows));
        assert_eq!(undecided.undecided.len(), 1);
        assert!(undecided.low[0] == undecided.low[1] && undecided.high[0] != undecided.high[1]);
        for decision in [true, false] {
            let mut decided = records(&rows);
            decide(&mut decided, 0, 1, decision);
            let people = recognise(&decided);
            assert_eq!(same(&people, 0, 1), decision);
            assert_eq!(people.low[0] == people.low[1], decision);
            assert_eq!(people.high[0] == people.high[1], decision);
            assert!(people.undecided.is_empty());
        }
    }

    #[test]
    fn contradicting_decisions_are_found() {
        let mut records = records(&[
            ("Шевчук Олена Петрівна", "1990-05-04", "", "", 1),
            ("Мороз Ганна Іванівна", "1985-01-07", "", "", 2),
        ]);
        decide(&mut records, 0, 1, true);
        decide(&mut records, 1, 0, false);
        let people = recognise(&records);
        assert_eq!(kinds(&people), [Kind::DecisionsContradict]);
        assert!(!same(&people, 0, 1));
    }

    #[test]
    fn nobody_is_a_finding_and_nothing_panics() {
        let people = recognise(&records(&[
            ("анонім", "", "", "", 1),
            ("", "", "", "", 1),
            ("Х", "", "-", "?", 1),
            ("анонім", "", "", "", 1),
        ]));
        assert_eq!(kinds(&people), [Kind::NotAName, Kind::NotAName, Kind::NotAName]);
        assert_eq!(people.persons.len(), 4);
        assert!(recognise(&Records::default()).persons.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(texts in proptest::collection::vec(("\\PC{0,12}", "\\PC{0,8}", "\\PC{0,8}"), 1..8)) {
            let rows: Vec<Written> = texts.iter().map(|(name, phone, code)| (name.as_str(), "1990", phone.as_str(), code.as_str(), 1)).collect();
            let people = recognise(&records(&rows));
            proptest::prop_assert_eq!(people.persons.iter().map(|person| person.mentions.len()).sum::<usize>(), rows.len());
        }
    }

    #[test]
    fn two_people_in_one_cell_are_said() {
        let people = recognise(&records(&[
            ("Шевчук Олена та Марія", "", "", "", 1),
            ("Мороз Ганна Іванівна / Мороз Петро", "", "", "", 2),
            ("Коваль І О", "", "", "", 3),
        ]));
        assert_eq!(kinds(&people), [Kind::TwoNames, Kind::TwoNames]);
    }

    #[test]
    fn order_and_unrelated_rows_change_no_key() {
        let mut rows = vec![
            ("Шевчук Христина Олегівна", "1990-05-04", "0950764565", "", 1),
            ("Shevchuk Khrystyna", "1990", "", "", 2),
            ("Гайдар Єлизавета", "", "", "", 3),
            ("Гайдар Єлизавета Юріївна", "1987-02-14", "0978773468", "", 4),
            ("Мороз Т.", "", "0671112233", "", 5),
            ("Мороз Тетяна", "1980", "", "", 6),
            ("Мороз Тамара", "1970", "", "", 7),
        ];
        let keys = |people: &People| {
            people
                .best
                .iter()
                .map(|person| people.persons[person.index()].key.clone())
                .collect::<Vec<_>>()
        };
        let before = keys(&recognise(&records(&rows)));
        rows.reverse();
        let mut reversed = keys(&recognise(&records(&rows)));
        reversed.reverse();
        assert_eq!(reversed, before);
        rows.reverse();
        rows.push(("Коваленко Ірина Степанівна", "1966-03-03", "0501234567", "", 8));
        assert_eq!(keys(&recognise(&records(&rows)))[..before.len()], before);
    }
}
