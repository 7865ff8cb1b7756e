//! What a measure counts, as the beginning of a sentence, and the sentences that say it exactly.

use super::Words;
use crate::project::model::{
    Change, ChangeOf, Class, Evidence, FieldKind, HeadCountRule, Measure, NewSince, Per, Score, Statistic, Subject,
};
use crate::report::view::{clean, subject_words};

/// What the thing counted is, for the sentence about adding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Person,
    Household,
    Value,
    Other,
}

impl Words<'_> {
    /// What is counted, without a full stop.
    pub(super) fn measure(&self, measure: &Measure) -> String {
        let key = match measure {
            Measure::Sessions => "sessions",
            Measure::Contacts(Evidence::All) => "contacts_all",
            Measure::Contacts(Evidence::Named) => "contacts_named",
            Measure::Contacts(Evidence::Anonymous) => "contacts_anonymous",
            Measure::People => "people",
            Measure::NewPeople => match self.project.settings.new_since {
                NewSince::Project => "new_people_project",
                NewSince::Indicator => "new_people_indicator",
                NewSince::Year => "new_people_year",
            },
            Measure::ReturningPeople => "returning",
            Measure::PeopleWith { of, min } => {
                return self.filled("people_with", &[("different", &self.different(of, *min))]);
            }
            Measure::PeopleWithContacts { min } => {
                let contacts = self.labels.count(*min as usize, "contact");
                return self.filled("people_with_contacts", &[("contacts", &contacts)]);
            }
            Measure::PeopleListed { source, min } => {
                let times = self.labels.count(*min as usize, "time");
                let source = self.quoted(source);
                return self.filled("people_listed", &[("source", &source), ("times", &times)]);
            }
            Measure::Households => "households",
            Measure::Different { field } => return self.different_values(field),
            Measure::Cycles => "cycles",
            Measure::Enrolments => "enrolments",
            Measure::CompletedEnrolments { sessions } => return self.completed("completed_enrolments", *sessions),
            Measure::CompletedPeople { sessions } => return self.completed("completed_people", *sessions),
            Measure::DroppedOut { sessions } => return self.completed("dropped_out", *sessions),
            Measure::Statistic { of, field, per } => return self.statistic(*of, field, *per),
            Measure::Items { field } => return self.filled("items", &[("field", &self.field(field))]),
            Measure::BedNights => "bed_nights",
            Measure::CapacityNights => "capacity_nights",
            Measure::PeakNight => "peak_night",
            Measure::Days { from, to } => {
                return self.filled("days", &[("from", &self.field(from)), ("to", &self.field(to))]);
            }
            Measure::OpenAtEnd { until } => return self.filled("open_at_end", &[("until", &self.field(until))]),
            Measure::Ended { until } => return self.filled("ended", &[("until", &self.field(until))]),
            Measure::Change(change) => return self.change(change),
            Measure::Constant(number) => return self.filled("constant", &[("number", &number.to_string())]),
            Measure::Findings { kinds } => {
                let kinds: Vec<String> = kinds.iter().map(|kind| self.kind(kind)).collect();
                return self.filled("findings", &[("kinds", &self.labels.list(&kinds, "language.list_or"))]);
            }
        };
        self.labels.get(&format!("measure.{key}")).to_owned()
    }

    fn filled(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.labels.fill(&format!("measure.{key}"), args)
    }

    pub(super) fn quoted(&self, text: &str) -> String {
        self.labels.quoted(&clean(text))
    }

    /// The name of a field between quotation marks.
    pub(super) fn field(&self, key: &str) -> String {
        let words = subject_words(self.labels, &Subject::Field(key.to_owned()));
        self.labels.quoted(&words)
    }

    /// The title of a kind of finding, with the reason where only rows set aside for it are meant.
    pub(super) fn kind(&self, code: &str) -> String {
        let (kind, reason) = code
            .split_once('/')
            .map_or((code, None), |(kind, reason)| (kind, Some(reason)));
        let title = self.labels.find(&format!("finding.{kind}.title")).unwrap_or(kind);
        match reason {
            Some(reason) => self.quoted(&format!("{title}: {reason}")),
            None => self.quoted(title),
        }
    }

    /// `2 different activities`, `3 different values of “service”`.
    fn different(&self, of: &Subject, min: u32) -> String {
        let (key, name) = match of {
            Subject::Activity | Subject::PersonActivities => ("activity", String::new()),
            Subject::Site => ("site", String::new()),
            Subject::Title => ("title", String::new()),
            Subject::Group => ("group", String::new()),
            Subject::Facilitator => ("facilitator", String::new()),
            Subject::Source | Subject::PersonSources => ("source", String::new()),
            Subject::Month => ("month", String::new()),
            Subject::Field(key) | Subject::Attribute(key) => ("value", self.field(key)),
            Subject::Evidence
            | Subject::Age(_)
            | Subject::Band { .. }
            | Subject::Order
            | Subject::NewReturning
            | Subject::FindingKind => ("value", self.labels.quoted(&subject_words(self.labels, of))),
        };
        let form = self.labels.form(&format!("different.{key}"), u64::from(min));
        form.replace("{count}", &self.labels.whole(min as usize))
            .replace("{field}", &name)
    }

    fn different_values(&self, field: &str) -> String {
        let key = match self.field_kind(field) {
            Some(FieldKind::Organisation) => "different_organisations",
            Some(FieldKind::Place) => "different_places",
            Some(FieldKind::Text | FieldKind::Number) | None => "different_values",
        };
        self.filled(key, &[("field", &self.field(field))])
    }

    fn field_kind(&self, field: &str) -> Option<FieldKind> {
        self.project.fields.get(field).map(|rule| rule.kind)
    }

    fn completed(&self, key: &str, sessions: Option<u32>) -> String {
        match sessions {
            Some(sessions) => {
                let sessions = self.labels.count(sessions as usize, "session");
                self.filled(&format!("{key}_some"), &[("sessions", &sessions)])
            }
            None => self.labels.get(&format!("measure.{key}_all")).to_owned(),
        }
    }

    fn statistic(&self, of: Statistic, field: &str, per: Per) -> String {
        let key = match of {
            Statistic::Sum => "sum",
            Statistic::Mean => "mean",
            Statistic::Median => "median",
            Statistic::Minimum => "minimum",
            Statistic::Maximum => "maximum",
        };
        let values = self.filled(key, &[("field", &self.field(field))]);
        values + self.labels.get(&format!("per.{}", per_key(per)))
    }

    fn change(&self, change: &Change) -> String {
        let key = match change.what {
            ChangeOf::Pairs => "change_pairs",
            ChangeOf::Before => "change_before",
            ChangeOf::After => "change_after",
            ChangeOf::Difference => "change_difference",
            ChangeOf::Improved { at_least, .. } if at_least <= 0.0 => "change_improved",
            ChangeOf::Improved { relative: false, .. } => "change_improved_by",
            ChangeOf::Improved { relative: true, .. } => "change_improved_share",
        };
        let least = match change.what {
            ChangeOf::Improved { at_least, relative } => {
                let shown = if relative { at_least * 100.0 } else { at_least };
                self.labels.number(shown, 2)
            }
            ChangeOf::Pairs | ChangeOf::Before | ChangeOf::After | ChangeOf::Difference => String::new(),
        };
        let whom = self.labels.get(&format!("whom.{}", per_key(change.per)));
        self.filled(key, &[("whom", whom), ("least", &least)])
    }

    /// The sentences that say a measure exactly.
    pub(super) fn notes(&self, measure: &Measure) -> Vec<String> {
        let keys: &[&str] = match measure {
            Measure::Contacts(Evidence::All) => &["contact_all", self.head_count()],
            Measure::Contacts(Evidence::Anonymous) => &[self.head_count()],
            Measure::Contacts(Evidence::Named) => &["contact"],
            Measure::People
            | Measure::NewPeople
            | Measure::ReturningPeople
            | Measure::PeopleWith { .. }
            | Measure::PeopleWithContacts { .. } => &["no_anonymous"],
            Measure::PeopleListed { .. } => &["listed"],
            Measure::Households => &["household", "no_anonymous"],
            Measure::Different { field } => match self.field_kind(field) {
                Some(FieldKind::Organisation) => &["spelling_organisation"],
                Some(FieldKind::Place) => &["spelling_place"],
                Some(FieldKind::Text | FieldKind::Number) | None => &["spelling"],
            },
            Measure::Cycles => &["cycle"],
            Measure::Enrolments => &["enrolment"],
            Measure::CompletedEnrolments { .. } => &["enrolment", "credited"],
            Measure::CompletedPeople { .. } => &["one_cycle", "credited"],
            Measure::DroppedOut { .. } => &["one_cycle"],
            Measure::Items { .. } => &["items"],
            Measure::BedNights | Measure::PeakNight => &["night"],
            Measure::CapacityNights => return self.capacity(),
            Measure::Days { .. } => &["days"],
            Measure::OpenAtEnd { .. } => &["open"],
            Measure::Change(change) => return self.scores(change),
            Measure::Statistic { per, .. } => match per {
                Per::Attendance => &["attendance"],
                Per::Person => &["resolved"],
                Per::Household => &["household", "resolved_household"],
                Per::Row | Per::Session | Per::Cycle => &[],
            },
            Measure::Sessions | Measure::Ended { .. } | Measure::Constant(_) | Measure::Findings { .. } => &[],
        };
        keys.iter()
            .map(|key| self.labels.get(&format!("note.{key}")).to_owned())
            .collect()
    }

    fn head_count(&self) -> &'static str {
        match self.project.settings.head_count {
            HeadCountRule::List => "head_list",
            HeadCountRule::Log => "head_log",
            HeadCountRule::Max => "head_max",
        }
    }

    /// The places there are, from each day on.
    fn capacity(&self) -> Vec<String> {
        let steps: Vec<String> = self
            .project
            .capacity
            .iter()
            .map(|(from, places)| {
                let places = self.labels.count(*places as usize, "place");
                self.labels.fill(
                    "note.places_from",
                    &[("places", &places), ("date", &self.labels.date(*from))],
                )
            })
            .collect();
        if steps.is_empty() {
            return Vec::new();
        }
        vec![self.labels.fill("note.capacity", &[("steps", &steps.join("; "))])]
    }

    /// Where the two values of a comparison stand.
    fn scores(&self, change: &Change) -> Vec<String> {
        let score = |score: &Score| {
            let clause = self.clause(&score.filter, false);
            format!("{}{clause}", self.field(&score.field))
        };
        let args = [("before", score(&change.before)), ("after", score(&change.after))];
        let args: Vec<(&str, &str)> = args.iter().map(|(name, words)| (*name, words.as_str())).collect();
        let mut notes = vec![self.labels.fill("note.scores", &args)];
        let key = match change.per {
            Per::Person => "note.latest_person",
            Per::Household => "note.latest_household",
            Per::Row | Per::Session | Per::Cycle | Per::Attendance => return notes,
        };
        notes.push(self.labels.get(key).to_owned());
        notes
    }

    /// How the figures of periods go together.
    #[expect(clippy::match_same_arms, reason = "the order of the cases is what tells them apart")]
    pub(super) fn class(&self, class: Class, measure: &Measure) -> Option<String> {
        let key = match (class, thing(measure), measure) {
            (_, _, Measure::OpenAtEnd { .. }) => "words.at_end",
            (_, _, Measure::PeakNight) => "words.peak",
            (Class::Ratio, _, Measure::Statistic { .. }) => "words.anew",
            (Class::Ratio, ..) => return None,
            (Class::Flow, ..) => "words.flow",
            (Class::Distinct, Thing::Person, _) => "words.distinct",
            (Class::Distinct, Thing::Household, _) => "words.distinct_household",
            (Class::Distinct, Thing::Value, _) => "words.distinct_value",
            (Class::Distinct, Thing::Other, _) => "words.anew",
            (Class::Level, ..) => "words.level",
        };
        Some(self.labels.get(key).to_owned())
    }

    /// Whose contacts count, where the measure is about somebody.
    pub(super) fn population_of(&self, measure: &Measure, population: &str) -> Option<String> {
        let key = match measure {
            Measure::Findings { .. } | Measure::Constant(_) | Measure::CapacityNights => return None,
            Measure::Contacts(_) | Measure::BedNights => "words.population",
            other if thing(other) == Thing::Person => "words.population",
            _several if self.several_populations() => "words.population_about",
            _one => return None,
        };
        let population = clean(&self.labels.population(population));
        Some(self.labels.fill(key, &[("population", &population)]))
    }

    fn several_populations(&self) -> bool {
        let mut names = self.project.sources.iter().map(|source| source.population.as_str());
        names.next().is_some_and(|first| names.any(|other| other != first))
    }
}

/// Whether a measure's words end with something that a place or day of a condition would wrongly be read with.
pub(super) fn ends_apart(measure: &Measure) -> bool {
    match measure {
        Measure::NewPeople
        | Measure::ReturningPeople
        | Measure::PeopleWith { .. }
        | Measure::PeopleListed { .. }
        | Measure::Different { .. }
        | Measure::Items { .. }
        | Measure::CompletedEnrolments { .. }
        | Measure::CompletedPeople { .. }
        | Measure::DroppedOut { .. }
        | Measure::Days { .. }
        | Measure::OpenAtEnd { .. }
        | Measure::Ended { .. }
        | Measure::CapacityNights
        | Measure::PeakNight
        | Measure::Change(_)
        | Measure::Constant(_) => true,
        Measure::Statistic { per, .. } => *per != Per::Row,
        Measure::Sessions
        | Measure::Contacts(_)
        | Measure::People
        | Measure::PeopleWithContacts { .. }
        | Measure::Households
        | Measure::Cycles
        | Measure::Enrolments
        | Measure::BedNights
        | Measure::Findings { .. } => false,
    }
}

/// What is counted once where a measure counts different things.
fn thing(measure: &Measure) -> Thing {
    match measure {
        Measure::People
        | Measure::NewPeople
        | Measure::ReturningPeople
        | Measure::PeopleWith { .. }
        | Measure::PeopleWithContacts { .. }
        | Measure::PeopleListed { .. }
        | Measure::CompletedPeople { .. }
        | Measure::DroppedOut { .. }
        | Measure::PeakNight
        | Measure::Statistic { per: Per::Person, .. }
        | Measure::Change(Change { per: Per::Person, .. }) => Thing::Person,
        Measure::Households
        | Measure::Statistic {
            per: Per::Household, ..
        }
        | Measure::Change(Change {
            per: Per::Household, ..
        }) => Thing::Household,
        Measure::Different { .. } => Thing::Value,
        Measure::Sessions
        | Measure::Contacts(_)
        | Measure::Cycles
        | Measure::Enrolments
        | Measure::CompletedEnrolments { .. }
        | Measure::Statistic { .. }
        | Measure::Items { .. }
        | Measure::BedNights
        | Measure::CapacityNights
        | Measure::Days { .. }
        | Measure::OpenAtEnd { .. }
        | Measure::Ended { .. }
        | Measure::Change(_)
        | Measure::Constant(_)
        | Measure::Findings { .. } => Thing::Other,
    }
}

fn per_key(per: Per) -> &'static str {
    match per {
        Per::Row => "row",
        Per::Session => "session",
        Per::Cycle => "cycle",
        Per::Attendance => "attendance",
        Per::Person => "person",
        Per::Household => "household",
    }
}
