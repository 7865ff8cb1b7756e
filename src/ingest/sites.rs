//! Sites written in several ways: `Харків`, `м. Харків`, `Kharkiv` are one place where sessions are held.
//!
//! What a project says of the field `place` holds. Else spellings that differ by the kind of settlement, by capitals or by
//! the alphabet alone are one site, and that is told; spellings a letter apart are asked about. A P-code (`[[place]]`) says
//! in which area a site lies and joins nothing: several sites lie in one.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::{Meant, spellings};
use super::findings::Kind;
use super::records::{Finding, Place, Records, TextId};
use super::vocabulary::{self, Role, Vocabulary};
use crate::names::script;
use crate::project::model::{FieldRule, Project};

/// Another name under which a project may speak of the field of sites, which is how it breaks figures down by them.
const SITE: &str = "site";

/// Letters from which on a name one letter apart from another may be a misspelling of it.
const LONG: usize = 5;

/// Spellings of sites, each with what it is shown as.
type Shown = BTreeMap<String, String>;

/// Brings the sites of all sessions to one spelling each.
pub(super) fn one_spelling(project: &Project, records: &mut Records, vocabulary: &Vocabulary) {
    let written = written(records);
    if written.len() < 2 && project.fields.is_empty() {
        return;
    }
    let rule = [Role::Place.key(), SITE]
        .into_iter()
        .find_map(|key| project.fields.get(key));
    let ruled = rule.map(|rule| ruled(rule, &written, vocabulary)).unwrap_or_default();
    let named: BTreeSet<&String> = rule.iter().flat_map(|rule| rule.aliases.keys()).collect();
    let joined = joined(&written, &ruled, &named, vocabulary);
    for (site, others) in &joined {
        let place = others.iter().filter_map(|other| first_place(records, other)).min();
        tell(
            records,
            Kind::SitesJoined,
            place,
            [("site", site.clone()), ("spellings", others.join(", "))],
        );
    }
    let mut shown = ruled;
    for (site, others) in &joined {
        for value in shown.values_mut().filter(|value| others.contains(value)) {
            value.clone_from(site);
        }
        shown.extend(others.iter().map(|other| (other.clone(), site.clone())));
    }
    rewrite(records, &shown, vocabulary);
    let left = self::written(records);
    for (site, other) in alike(&left, &named) {
        let place = first_place(records, &other);
        tell(records, Kind::SitesAlike, place, [("site", site), ("other", other)]);
    }
}

/// The sites of sessions, with how many sessions each has.
fn written(records: &Records) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<TextId, usize> = BTreeMap::new();
    for site in records.sessions.iter().filter_map(|session| session.site) {
        *counts.entry(site).or_default() += 1;
    }
    let texts = counts
        .into_iter()
        .map(|(site, count)| (records.text(site).to_owned(), count));
    texts.collect()
}

/// What the project's rule makes of the sites.
fn ruled(rule: &FieldRule, written: &BTreeMap<String, usize>, vocabulary: &Vocabulary) -> Shown {
    let spellings = spellings(rule, written, vocabulary);
    let meant = written.keys().filter_map(|site| match spellings.meant(site)? {
        Meant::Value(value) if value != site => Some((site.clone(), value.clone())),
        Meant::Value(_) | Meant::Number(_) => None,
    });
    meant.collect()
}

/// Sites, each with the other spellings that are the same but for the kind of settlement, capitals or alphabet.
fn joined(
    written: &BTreeMap<String, usize>,
    ruled: &Shown,
    named: &BTreeSet<&String>,
    vocabulary: &Vocabulary,
) -> BTreeMap<String, Vec<String>> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for (site, count) in written {
        *counts.entry(ruled.get(site).unwrap_or(site)).or_default() += count;
    }
    let mut by_sound: BTreeMap<String, BTreeMap<String, Vec<Counted>>> = BTreeMap::new();
    for (site, count) in counts {
        let key = vocabulary.settlement_key(site);
        let same = by_sound.entry(sound(&key)).or_default();
        same.entry(key).or_default().push((site, count));
    }
    let mut joined = BTreeMap::new();
    for (sound, keys) in by_sound {
        // Two names of one alphabet that sound alike are two places, and so are two that the project names.
        let latin = keys.keys().filter(|key| is_latin(key)).count();
        let wanted = keys.values().flatten().filter(|(site, _)| named.contains(site)).count();
        let is_one = latin == 1 && keys.len() == 2 && wanted < 2 && !sound.is_empty();
        let mut groups: Vec<Vec<Spelling>> = keys
            .into_values()
            .map(|of_key| ranked(&of_key, named, vocabulary))
            .collect();
        if is_one {
            groups = vec![groups.concat()];
        }
        for mut group in groups.into_iter().filter(|group| group.len() > 1) {
            if group.iter().filter(|(_, rank)| rank.0).count() > 1 {
                continue;
            }
            group.sort_by(|(a, of_a), (b, of_b)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
            let mut sites = group.into_iter().map(|(site, _)| site.clone());
            if let Some(kept) = sites.next() {
                let mut others: Vec<String> = sites.collect();
                others.sort();
                joined.insert(kept, others);
            }
        }
    }
    joined
}

/// A spelling with the number of its sessions.
type Counted<'a> = (&'a String, usize);

/// A spelling with what makes it the one that is shown: the project names it; the number of sessions under it and its
/// like; no word for the kind of settlement stands in it; the number of its own.
type Spelling<'a> = (&'a String, (bool, usize, bool, usize));

fn ranked<'a>(of_key: &[Counted<'a>], named: &BTreeSet<&String>, vocabulary: &Vocabulary) -> Vec<Spelling<'a>> {
    let total = of_key.iter().map(|(_, count)| count).sum();
    let rank = |(site, count): &Counted<'a>| {
        let bare = vocabulary.strip_settlement(site) == **site;
        (*site, (named.contains(site), total, bare, *count))
    };
    of_key.iter().map(rank).collect()
}

/// How the words of a name sound in any alphabet; numbers stay, since they tell sites of one town apart.
fn sound(key: &str) -> String {
    let words = key.split(|letter: char| !letter.is_alphanumeric());
    let folded = words.map(|word| {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        script::skeleton(&script::clean(word)) + &digits
    });
    folded.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_latin(key: &str) -> bool {
    key.chars().any(|letter| letter.is_ascii_alphabetic())
}

/// Pairs of sites that are a letter apart in sound; the usual one first.
fn alike(written: &BTreeMap<String, usize>, named: &BTreeSet<&String>) -> Vec<(String, String)> {
    let sites: Vec<(&String, usize, String)> = written
        .iter()
        .map(|(site, count)| (site, *count, sound(&site.to_lowercase())))
        .collect();
    let near = |a: &str, b: &str| {
        let long = a.chars().count().min(b.chars().count()) >= LONG;
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let begins = a.chars().next() == b.chars().next();
        long && begins && digits(a) == digits(b) && rapidfuzz::distance::osa::distance(a.chars(), b.chars()) == 1
    };
    let mut pairs = Vec::new();
    for (at, (site, count, heard)) in sites.iter().enumerate() {
        for (other, of_other, sounds) in &sites[at + 1..] {
            let both_named = named.contains(site) && named.contains(other);
            if near(heard, sounds) && !both_named {
                let (usual, seldom) = if count >= of_other {
                    (site, other)
                } else {
                    (other, site)
                };
                pairs.push(((*usual).clone(), (*seldom).clone()));
            }
        }
    }
    pairs
}

fn first_place(records: &Records, site: &str) -> Option<Place> {
    let of_site = records
        .sessions
        .iter()
        .filter(|session| session.site.is_some_and(|id| records.text(id) == site));
    of_site.filter_map(|session| session.places.first().copied()).min()
}

fn tell(records: &mut Records, kind: Kind, place: Option<Place>, args: [(&'static str, String); 2]) {
    records.findings.push(Finding {
        kind,
        place,
        others: Vec::new(),
        args: BTreeMap::from(args),
    });
}

/// Gives sessions, and the settings in which people were met, the spelling that is shown.
fn rewrite(records: &mut Records, shown: &Shown, vocabulary: &Vocabulary) {
    if shown.is_empty() {
        return;
    }
    let plain = |text: &str| vocabulary::normalise(&vocabulary.strip_settlement(text));
    let mut sites: BTreeMap<TextId, TextId> = BTreeMap::new();
    let mut settings: BTreeMap<TextId, TextId> = BTreeMap::new();
    for (site, meant) in shown {
        let (from, to) = (records.texts.intern(site), records.texts.intern(meant));
        sites.insert(from, to);
        let (from, to) = (records.texts.intern(&plain(site)), records.texts.intern(&plain(meant)));
        settings.insert(from, to);
    }
    for session in &mut records.sessions {
        session.site = session.site.map(|site| sites.get(&site).copied().unwrap_or(site));
    }
    for mention in &mut records.mentions {
        let site = mention.context.site;
        mention.context.site = site.map(|site| settings.get(&site).copied().unwrap_or(site));
    }
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::standard;
    use super::{BTreeMap, BTreeSet, alike, joined};

    fn sites(written: &[(&str, usize)]) -> BTreeMap<String, usize> {
        written
            .iter()
            .map(|(site, count)| ((*site).to_owned(), *count))
            .collect()
    }

    #[test]
    fn one_place_in_two_alphabets_or_with_its_kind_is_one_site() {
        let written = sites(&[
            ("Харків", 5),
            ("м. Харків", 1),
            ("Kharkiv", 2),
            ("Люблін", 1),
            ("Lublin", 4),
            ("Центр 1", 1),
            ("Center 2", 1),
        ]);
        let joined = joined(&written, &BTreeMap::new(), &BTreeSet::new(), standard());
        let told: Vec<(&str, String)> = joined
            .iter()
            .map(|(site, others)| (site.as_str(), others.join(" ")))
            .collect();
        assert_eq!(
            told,
            [
                ("Lublin", "Люблін".to_owned()),
                ("Харків", "Kharkiv м. Харків".to_owned())
            ]
        );
        let kept = ["Харків".to_owned(), "Kharkiv".to_owned()];
        let named: BTreeSet<&String> = kept.iter().collect();
        let written = sites(&[("Харків", 5), ("Kharkiv", 2)]);
        assert!(
            super::joined(&written, &BTreeMap::new(), &named, standard()).is_empty(),
            "the project names both"
        );
    }

    #[test]
    fn a_letter_apart_is_asked_about() {
        let written = sites(&[
            ("Харків", 5),
            ("Харьков", 2),
            ("Львів", 3),
            ("Центр 1", 2),
            ("Центр 2", 2),
            ("Ізюм", 1),
        ]);
        let asked = alike(&written, &BTreeSet::new());
        assert_eq!(asked, [("Харків".to_owned(), "Харьков".to_owned())]);
    }
}
