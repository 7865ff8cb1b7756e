//! The keys that say the rest of what a measure counts.

use super::filter::condition;
use super::subject::subject;
use super::{World, expect_one_of};
use crate::message::message;
use crate::project::diagnostic::Diagnostics;
use crate::project::keys_measure::{ChangeWord, MeasureWord, change, own_keys, owner, per};
use crate::project::model::{Change, ChangeOf, Evidence, Filter, Measure, Per, Score, Statistic, Subject};
use crate::project::node::{Node, View};

/// A table that holds a measure and, for a part of a ratio, the indicator's table with the keys both parts share.
pub(super) struct Said<'t, 'a> {
    pub(super) own: &'t View<'a>,
    pub(super) shared: Option<&'t View<'a>>,
    /// The measure as written.
    pub(super) node: Node<'a>,
    pub(super) word: MeasureWord,
}

impl<'a> Said<'_, 'a> {
    fn get(&self, key: &str) -> Option<Node<'a>> {
        let shared = self.shared.filter(|_| MeasureWord::Ratio.keys().contains(&key));
        self.own.get(key).or_else(|| shared.and_then(|table| table.get(key)))
    }

    fn measure(&self) -> &'a str {
        self.node.text().unwrap_or_default()
    }

    fn required(&self, key: &str, example: &str, out: &mut Diagnostics) -> Option<Node<'a>> {
        let found = self.get(key);
        if found.is_none() {
            let message = message!("the measure `{measure}` lacks `{key}`", measure = self.measure(), key);
            let help = message!("add `{key}`, as in {key} = {example}", key, example);
            out.note(self.own.file(), self.own.span(), message, help);
        }
        found
    }

    fn field(&self, key: &str, example: &str, out: &mut Diagnostics) -> Option<String> {
        Some(self.required(key, example, out)?.text()?.to_owned())
    }

    /// A least number of something countable.
    fn least(&self, otherwise: u32, out: &mut Diagnostics) -> u32 {
        let Some(node) = self.get("at-least") else {
            return otherwise;
        };
        let number = node.whole().and_then(|number| u32::try_from(number).ok());
        number.filter(|number| *number > 0).unwrap_or_else(|| {
            let message = message!(
                "`at-least` must be a whole number from 1; this is {kind}",
                kind = node.kind()
            );
            out.note(node.file, node.span(), message, None);
            otherwise
        })
    }

    fn sessions(&self) -> Option<u32> {
        self.get("sessions")?.whole()?.try_into().ok()
    }

    fn per(&self) -> Per {
        let word = self.get("per").and_then(Node::text);
        word.and_then(per).unwrap_or(Per::Row)
    }
}

/// Reason for forms whose status says that they were not approved: known without a definition.
const NOT_APPROVED: &str = "not approved";

/// Reads the rest of a measure; `None` where a mistake has been noted.
pub(super) fn measure(said: &Said<'_, '_>, world: &World<'_>, out: &mut Diagnostics) -> Option<Measure> {
    Some(match said.word {
        MeasureWord::Sessions => Measure::Sessions,
        MeasureWord::Contacts => Measure::Contacts(Evidence::All),
        MeasureWord::NamedContacts => Measure::Contacts(Evidence::Named),
        MeasureWord::AnonymousContacts => Measure::Contacts(Evidence::Anonymous),
        MeasureWord::People => Measure::People,
        MeasureWord::NewPeople => Measure::NewPeople,
        MeasureWord::ReturningPeople => Measure::ReturningPeople,
        MeasureWord::PeopleWith
        | MeasureWord::PeopleWithServices
        | MeasureWord::PeopleWithContacts
        | MeasureWord::PeopleListed => people(said, world, out)?,
        MeasureWord::Households => Measure::Households,
        MeasureWord::Different => Measure::Different {
            field: said.field("field", "\"organisation\"", out)?,
        },
        MeasureWord::Items => Measure::Items {
            field: said.field("field", "\"service\"", out)?,
        },
        MeasureWord::Cycles => Measure::Cycles,
        MeasureWord::Enrolments => Measure::Enrolments,
        MeasureWord::CompletedEnrolments => Measure::CompletedEnrolments {
            sessions: said.sessions(),
        },
        MeasureWord::CompletedPeople => Measure::CompletedPeople {
            sessions: said.sessions(),
        },
        MeasureWord::DroppedOut => Measure::DroppedOut {
            sessions: said.sessions(),
        },
        MeasureWord::Statistic(of) => statistic(of, said, out)?,
        MeasureWord::BedNights => Measure::BedNights,
        MeasureWord::CapacityNights => capacity_nights(said, world, out),
        MeasureWord::PeakNight => Measure::PeakNight,
        MeasureWord::Days => Measure::Days {
            from: said.field("from", "\"case_opened\"", out)?,
            to: said.field("to", "\"case_closed\"", out)?,
        },
        MeasureWord::OpenAtEnd => Measure::OpenAtEnd {
            until: said.field("until", "\"case_closed\"", out)?,
        },
        MeasureWord::Ended => Measure::Ended {
            until: said.field("until", "\"case_closed\"", out)?,
        },
        MeasureWord::Change => Measure::Change(comparison(said, world, out)?),
        MeasureWord::Constant => Measure::Constant(said.required("number", "60", out)?.whole()?.try_into().ok()?),
        MeasureWord::Findings => findings(said, world, out)?,
        MeasureWord::Ratio | MeasureWord::Derived(_) => return None,
    })
}

fn people(said: &Said<'_, '_>, world: &World<'_>, out: &mut Diagnostics) -> Option<Measure> {
    Some(match said.word {
        MeasureWord::PeopleWith => Measure::PeopleWith {
            of: subject(said.required("different", "\"activity\"", out)?, world, out)?,
            min: said.least(2, out),
        },
        MeasureWord::PeopleWithContacts => Measure::PeopleWithContacts {
            min: said.least(2, out),
        },
        MeasureWord::PeopleListed => {
            let node = said.required("source", "\"client registry\"", out)?;
            expect_one_of(&message!("source"), node, world.sources.iter().map(String::as_str), out);
            Measure::PeopleListed {
                source: node.text()?.to_owned(),
                min: said.least(1, out),
            }
        }
        _ => Measure::PeopleWith {
            of: Subject::Activity,
            min: said.least(2, out),
        },
    })
}

fn statistic(of: Statistic, said: &Said<'_, '_>, out: &mut Diagnostics) -> Option<Measure> {
    Some(Measure::Statistic {
        of,
        field: said.field("field", "\"count_total\"", out)?,
        per: said.per(),
    })
}

fn capacity_nights(said: &Said<'_, '_>, world: &World<'_>, out: &mut Diagnostics) -> Measure {
    if !world.has_capacity {
        let help = message!("add to project.toml: [[capacity]] with from = … and places = …");
        let message = message!("`capacity-nights` where the project does not say how many places it has");
        out.note(said.node.file, said.node.span(), message, help);
    }
    Measure::CapacityNights
}

/// Kinds as findings.csv writes them, or `skipped/` with a reason that a source gives.
fn findings(said: &Said<'_, '_>, world: &World<'_>, out: &mut Diagnostics) -> Option<Measure> {
    let node = said.required("kinds", "[\"file-repeated\"]", out)?;
    let reasons: Vec<String> = world
        .skip_reasons
        .iter()
        .map(String::as_str)
        .chain([NOT_APPROVED])
        .map(|reason| format!("skipped/{reason}"))
        .collect();
    if !world.known.finding_kinds.is_empty() {
        let kinds = world.known.finding_kinds.iter().copied();
        for item in node.one_or_many() {
            if item.text().is_some_and(|kind| kind.starts_with("skipped/")) {
                expect_one_of(
                    &message!("reason to skip rows"),
                    item,
                    reasons.iter().map(String::as_str),
                    out,
                );
            } else {
                expect_one_of(&message!("kind of finding"), item, kinds.clone(), out);
            }
        }
    }
    Some(Measure::Findings { kinds: node.texts() })
}

fn comparison(said: &Said<'_, '_>, world: &World<'_>, out: &mut Diagnostics) -> Option<Change> {
    let before = said
        .required("before", "\"score_before\"", out)
        .map(|node| score(node, world, out));
    let after = said
        .required("after", "\"score_after\"", out)
        .map(|node| score(node, world, out));
    let what = said.required("what", "\"improved\"", out)?;
    let per = said.per();
    if let Some(node) = said.get("per").filter(|_| !matches!(per, Per::Row | Per::Person)) {
        let help = message!("write per = \"row\" or per = \"person\"");
        out.note(
            node.file,
            node.span(),
            message!("values are compared within a row or within a person"),
            help,
        );
    }
    Some(Change {
        before: before??,
        after: after??,
        per,
        what: changed(said, change(what.text()?)?, out),
    })
}

fn score(node: Node<'_>, world: &World<'_>, out: &mut Diagnostics) -> Option<Score> {
    if let Some(field) = node.text() {
        return Some(Score {
            field: field.to_owned(),
            filter: Filter::All,
        });
    }
    let table = node.view();
    Some(Score {
        field: table.text("field")?,
        filter: condition(&table, world, out),
    })
}

/// `at-least` is a number of points, or a per cent of the earlier value.
fn changed(said: &Said<'_, '_>, word: ChangeWord, out: &mut Diagnostics) -> ChangeOf {
    let Some(node) = said.get("at-least").filter(|_| word == ChangeWord::Improved) else {
        return word.with(0.0, false);
    };
    let percent = node.text().and_then(|text| text.trim().strip_suffix('%'));
    let share: Option<f64> = percent.and_then(|number| number.trim().replace(',', ".").parse().ok());
    match (node.number(), share) {
        (Some(points), _) if points >= 0.0 => word.with(points, false),
        (None, Some(percent)) if percent.is_finite() && percent >= 0.0 => word.with(percent / 100.0, true),
        _ => {
            let message = message!("`at-least` must be an improvement; this is {kind}", kind = node.kind());
            let help = message!("write points, at-least = 2, or a share of the value before, at-least = \"20 %\"");
            out.note(node.file, node.span(), message, help);
            word.with(0.0, false)
        }
    }
}

/// Notes keys that the measure does not look at: silence would hide a misunderstanding.
pub(super) fn check_meaningless(said: &Said<'_, '_>, out: &mut Diagnostics) {
    for key in own_keys().filter(|key| !said.word.keys().contains(key)) {
        if let Some(node) = said.own.own(key) {
            let message = message!(
                "`{key}` means nothing for the measure `{measure}`",
                key,
                measure = said.measure()
            );
            let help = owner(key).map(|owner| message!("it belongs to measure = \"{owner}\"", owner));
            out.note(node.file, node.span(), message, help);
        }
    }
}
