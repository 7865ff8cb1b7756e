//! Conditions in words: which facts a measure looks at.

use chrono::NaiveDate;

use super::Words;
use crate::project::model::{Filter, Subject};
use crate::report::view::{clean, subject_words};

impl Words<'_> {
    /// A condition as it follows what it limits: with the space or comma before it, or nothing; always with a comma
    /// where it is to stand `apart`.
    pub(super) fn clause(&self, filter: &Filter, apart: bool) -> String {
        let clause = self.filter(filter, false);
        if clause.is_empty() {
            clause
        } else if follows_on(filter) && !apart {
            format!(" {clause}")
        } else {
            format!(", {clause}")
        }
    }

    /// A condition as a clause; parts of another clause are put in brackets where they join several.
    pub(super) fn filter(&self, filter: &Filter, inner: bool) -> String {
        let (parts, word) = match filter {
            Filter::All => return String::new(),
            Filter::Not(part) => return self.not(part),
            Filter::OneOf { subject, values } => return self.one_of("filter", subject, values),
            Filter::Known(subject) => return self.with_subject("filter.known", subject),
            Filter::Between { subject, from, to } => {
                let shown = [from, to].map(|bound| bound.map(|bound| self.labels.number(bound, 2)));
                return self.between("filter.between", &subject_words(self.labels, subject), shown);
            }
            Filter::Days { field, from, to } => return self.days(field.as_deref(), *from, *to),
            Filter::And(parts) => (parts, "language.list_and"),
            Filter::Or(parts) => (parts, "language.list_or"),
        };
        let several = parts.len() > 1;
        let clauses: Vec<String> = parts
            .iter()
            .map(|part| self.filter(part, several))
            .filter(|clause| !clause.is_empty())
            .collect();
        let joined = clauses.join(self.labels.get(word));
        if inner && clauses.len() > 1 {
            format!("({joined})")
        } else {
            joined
        }
    }

    fn not(&self, part: &Filter) -> String {
        match part {
            Filter::OneOf { subject, values } => self.one_of("filter_not", subject, values),
            Filter::Known(subject) => self.with_subject("filter.blank", subject),
            Filter::Not(inner) => self.filter(inner, false),
            Filter::All | Filter::And(_) | Filter::Or(_) | Filter::Between { .. } | Filter::Days { .. } => {
                self.labels.fill("filter.not", &[("clause", &self.filter(part, false))])
            }
        }
    }

    fn with_subject(&self, key: &str, subject: &Subject) -> String {
        let words = subject_words(self.labels, subject);
        self.labels.fill(key, &[("subject", &words)])
    }

    fn days(&self, field: Option<&str>, from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
        let shown = [from, to].map(|day| day.map(|day| self.labels.date(day)));
        match field {
            Some(field) => {
                let subject = subject_words(self.labels, &Subject::Field(field.to_owned()));
                self.between("filter.between", &subject, shown)
            }
            None => self.between("filter.days", "", shown),
        }
    }

    fn between(&self, key: &str, subject: &str, bounds: [Option<String>; 2]) -> String {
        let (key, from, to) = match bounds {
            [Some(from), Some(to)] => (key.to_owned(), from, to),
            [Some(from), None] => (format!("{key}_from"), from, String::new()),
            [None, Some(to)] => (format!("{key}_to"), String::new(), to),
            [None, None] => return String::new(),
        };
        self.labels
            .fill(&key, &[("subject", subject), ("from", &from), ("to", &to)])
    }

    pub(super) fn one_of(&self, table: &str, subject: &Subject, values: &[String]) -> String {
        let shown: Vec<String> = values.iter().map(|value| self.value(subject, value)).collect();
        let template = self.labels.form(
            &format!("{table}.{}", subject_key(subject)),
            if values.len() == 1 { 1 } else { 5 },
        );
        template
            .replace("{subject}", &subject_words(self.labels, subject))
            .replace("{values}", &self.labels.list(&shown, "language.list_or"))
    }

    fn value(&self, subject: &Subject, value: &str) -> String {
        match subject {
            Subject::Activity | Subject::PersonActivities => {
                let activity = self.project.activities.get(value);
                self.quoted(activity.map_or(value, |activity| activity.name.get(self.lang)))
            }
            Subject::FindingKind => self.kind(value),
            Subject::Order => self
                .labels
                .find(&format!("order.{value}"))
                .map_or_else(|| self.quoted(value), str::to_owned),
            Subject::Evidence | Subject::Field(_) | Subject::Attribute(_) | Subject::NewReturning => {
                let known = self.labels.find(&format!("value.{value}"));
                known.map_or_else(|| self.quoted(value), str::to_owned)
            }
            Subject::Age(_) | Subject::Band { .. } | Subject::Month => clean(value),
            Subject::Site
            | Subject::Title
            | Subject::Group
            | Subject::Facilitator
            | Subject::Source
            | Subject::PersonSources => self.quoted(value),
        }
    }
}

/// Whether a condition's words read on without a comma: places and days do, conditions on values do not.
fn follows_on(filter: &Filter) -> bool {
    match filter {
        Filter::OneOf { subject, .. } => reads_on(subject),
        Filter::And(parts) => parts
            .first()
            .is_some_and(|part| !matches!(part, Filter::Or(_)) && follows_on(part)),
        Filter::Or(parts) => parts.iter().all(follows_on),
        Filter::Days { field: None, .. } => true,
        Filter::All | Filter::Not(_) | Filter::Known(_) | Filter::Between { .. } | Filter::Days { .. } => false,
    }
}

fn reads_on(subject: &Subject) -> bool {
    match subject {
        Subject::Activity
        | Subject::Site
        | Subject::Title
        | Subject::Group
        | Subject::Source
        | Subject::Month
        | Subject::FindingKind => true,
        Subject::Facilitator
        | Subject::Evidence
        | Subject::Field(_)
        | Subject::Attribute(_)
        | Subject::Age(_)
        | Subject::Band { .. }
        | Subject::PersonActivities
        | Subject::PersonSources
        | Subject::Order
        | Subject::NewReturning => false,
    }
}

fn subject_key(subject: &Subject) -> &'static str {
    match subject {
        Subject::Activity => "activity",
        Subject::Site => "site",
        Subject::Title => "title",
        Subject::Group => "group",
        Subject::Facilitator => "facilitator",
        Subject::Source => "source",
        Subject::Evidence => "evidence",
        Subject::Field(_) => "field",
        Subject::Attribute(_) => "attribute",
        Subject::Age(_) => "age",
        Subject::Band { .. } => "band",
        Subject::PersonActivities => "person_activities",
        Subject::PersonSources => "person_sources",
        Subject::Order => "order",
        Subject::NewReturning => "new_returning",
        Subject::Month => "month",
        Subject::FindingKind => "finding_kind",
    }
}
