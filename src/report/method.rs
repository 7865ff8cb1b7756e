//! An indicator's definition in words, made from the rule that computes it.

use super::labels::Labels;
use super::view::{clean, subject_words};
use crate::project::model::{
    AgeRule, Class, Counted, Evidence, Filter, HeadCountRule, Indicator, Measure, NewSince, Project, Rule, Subject,
};

/// How an indicator is counted, in whole sentences of the labels' language: what the rule says, then the
/// definition's own words, then its limits, a paragraph each.
pub fn method(indicator: &Indicator, project: &Project, lang: &str, labels: &Labels) -> String {
    let words = Words { project, lang, labels };
    let mut sentences = vec![words.rule(&indicator.rule)];
    sentences.extend(words.population(&indicator.rule));
    sentences.extend(words.class(indicator.class));
    sentences.extend(words.choices(&indicator.rule));
    sentences.extend(words.disaggregations(indicator));
    let limits = clean(indicator.limits.get(lang));
    let limits = if limits.is_empty() {
        limits
    } else {
        labels.fill("words.limits", &[("limits", &limits)])
    };
    let mut paragraphs = vec![sentences.join(" "), clean(indicator.definition.get(lang)), limits];
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n")
}

struct Words<'a> {
    project: &'a Project,
    lang: &'a str,
    labels: &'a Labels,
}

impl Words<'_> {
    fn rule(&self, rule: &Rule) -> String {
        match rule {
            Rule::Single(counted) => self.counted(counted),
            Rule::Ratio {
                numerator,
                denominator,
                times,
            } => {
                let number = times.to_string();
                let key = match times {
                    1 => "words.times_1",
                    100 => "words.times_100",
                    _ => "words.times_n",
                };
                self.labels.fill(
                    "words.ratio",
                    &[
                        ("times_words", &self.labels.fill(key, &[("times", &number)])),
                        ("numerator", &self.counted(numerator)),
                        ("denominator", &self.counted(denominator)),
                    ],
                )
            }
            _ => todo!(),
        }
    }

    fn counted(&self, counted: &Counted) -> String {
        let clause = self.filter(&counted.filter, false);
        let filter = if clause.is_empty() {
            clause
        } else {
            format!(", {clause}")
        };
        self.labels.fill(
            "words.single",
            &[("measure", &self.measure(&counted.measure)), ("filter", &filter)],
        )
    }

    fn measure(&self, measure: &Measure) -> String {
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
            Measure::PeopleWith { min, .. } => {
                return self
                    .labels
                    .fill("measure.people_with_services", &[("min", &min.to_string())]);
            }
            Measure::Statistic { field, .. } => {
                let subject = subject_words(self.labels, &Subject::Field(field.clone()));
                return self
                    .labels
                    .fill("measure.sum", &[("field", &self.labels.quoted(&subject))]);
            }
            Measure::Findings { kinds } => {
                let kinds: Vec<String> = kinds.iter().map(|kind| self.kind(kind)).collect();
                let list = self.labels.list(&kinds, "language.list_or");
                return self.labels.fill("measure.findings", &[("kinds", &list)]);
            }
            _ => todo!(),
        };
        self.labels.get(&format!("measure.{key}")).to_owned()
    }

    fn kind(&self, code: &str) -> String {
        let title = self.labels.find(&format!("finding.{code}.title")).unwrap_or(code);
        self.labels.quoted(&clean(title))
    }

    /// A condition as a clause; parts of another clause are put in brackets where they join several.
    fn filter(&self, filter: &Filter, inner: bool) -> String {
        let (parts, word) = match filter {
            Filter::All => return String::new(),
            Filter::Not(part) => return self.labels.fill("filter.not", &[("clause", &self.filter(part, false))]),
            Filter::OneOf { subject, values } => return self.one_of(subject, values),
            Filter::And(parts) => (parts, "language.list_and"),
            Filter::Or(parts) => (parts, "language.list_or"),
            _ => todo!(),
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

    fn one_of(&self, subject: &Subject, values: &[String]) -> String {
        let key = match subject {
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
            Subject::NewReturning => "new_returning",
            Subject::Month => "month",
            Subject::FindingKind => "finding_kind",
            _ => todo!(),
        };
        let shown: Vec<String> = values.iter().map(|value| self.value(subject, value)).collect();
        let template = self
            .labels
            .form(&format!("filter.{key}"), if values.len() == 1 { 1 } else { 5 });
        template
            .replace("{subject}", &subject_words(self.labels, subject))
            .replace("{values}", &self.labels.list(&shown, "language.list_or"))
    }

    fn value(&self, subject: &Subject, value: &str) -> String {
        match subject {
            Subject::Activity => {
                let activity = self.project.activities.get(value);
                self.labels
                    .quoted(&clean(activity.map_or(value, |activity| activity.name.get(self.lang))))
            }
            Subject::FindingKind => self.kind(value),
            Subject::Evidence | Subject::Field(_) | Subject::Attribute(_) | Subject::NewReturning => {
                let known = self.labels.find(&format!("value.{value}"));
                known.map_or_else(|| self.labels.quoted(&clean(value)), str::to_owned)
            }
            Subject::Age(_) | Subject::Month => clean(value),
            Subject::Site | Subject::Title | Subject::Group | Subject::Facilitator | Subject::Source => {
                self.labels.quoted(&clean(value))
            }
            _ => todo!(),
        }
    }

    fn population(&self, rule: &Rule) -> Option<String> {
        let (Rule::Single(counted)
        | Rule::Ratio {
            denominator: counted, ..
        }) = rule
        else {
            return None;
        };
        if matches!(
            counted.measure,
            Measure::Sessions | Measure::Findings { .. } | Measure::Statistic { .. }
        ) {
            return None;
        }
        let population = clean(&self.labels.value(&counted.population));
        Some(self.labels.fill("words.population", &[("population", &population)]))
    }

    fn class(&self, class: Class) -> Option<String> {
        let key = match class {
            Class::Flow => "words.flow",
            Class::Distinct => "words.distinct",
            Class::Level => "words.level",
            Class::Ratio => return None,
        };
        Some(self.labels.get(key).to_owned())
    }

    /// Sentences about the settings that the rule depends on.
    fn choices(&self, rule: &Rule) -> Vec<String> {
        let counted: Vec<&Counted> = match rule {
            Rule::Single(counted) => vec![counted],
            Rule::Ratio {
                numerator, denominator, ..
            } => vec![numerator, denominator],
            _ => todo!(),
        };
        let mut keys = Vec::new();
        if counted
            .iter()
            .any(|part| matches!(part.measure, Measure::Contacts(Evidence::All | Evidence::Anonymous)))
        {
            keys.push(match self.project.settings.head_count {
                HeadCountRule::List => "words.head_list",
                HeadCountRule::Log => "words.head_log",
                HeadCountRule::Max => "words.head_max",
            });
        }
        if counted.iter().any(|part| counts_people(&part.measure)) {
            keys.push("words.no_anonymous");
        }
        keys.into_iter().map(|key| self.labels.get(key).to_owned()).collect()
    }

    fn disaggregations(&self, indicator: &Indicator) -> Vec<String> {
        let name = |by: &[Subject]| {
            let parts: Vec<String> = by.iter().map(|subject| subject_words(self.labels, subject)).collect();
            parts.join(self.labels.get("subject.crossed"))
        };
        let names: Vec<String> = indicator
            .disaggregations
            .iter()
            .map(|part| match part.label.get(self.lang) {
                "" => name(&part.by),
                label => small(&clean(label)),
            })
            .collect();
        if names.is_empty() {
            return Vec::new();
        }
        let list = self.labels.list(&names, "language.list_and");
        let mut sentences = vec![self.labels.fill("words.disaggregated", &[("list", &list)])];
        let by_age = |part: &Subject| matches!(part, Subject::Age(_));
        if indicator.disaggregations.iter().any(|part| part.by.iter().any(by_age)) {
            sentences.push(self.labels.get(age_key(self.project.settings.age)).to_owned());
        }
        sentences
    }
}

/// A heading as a word within a sentence: its first letter small, unless it is an abbreviation.
fn small(heading: &str) -> String {
    let mut letters = heading.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => heading.to_owned(),
    }
}

fn counts_people(measure: &Measure) -> bool {
    match measure {
        Measure::People | Measure::NewPeople | Measure::ReturningPeople | Measure::PeopleWith { .. } => true,
        Measure::Sessions | Measure::Contacts(_) | Measure::Statistic { .. } | Measure::Findings { .. } => false,
        _ => todo!(),
    }
}

fn age_key(rule: AgeRule) -> &'static str {
    match rule {
        AgeRule::FirstContactInPeriod => "words.age_first",
        AgeRule::EachContact => "words.age_each",
        AgeRule::PeriodEnd => "words.age_end",
        AgeRule::FirstContactOfProject => "words.age_project",
        AgeRule::YearDifference => "words.age_year",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;
    use crate::report::labels::MISSING;

    #[test]
    fn a_rule_reads_as_sentences_in_both_languages() {
        let world = fixture::world();
        let indicator = &world.project.indicators[1];
        let english = method(indicator, &world.project, "en", &Labels::load("en"));
        assert_eq!(
            english,
            "Number of different people with at least one contact, in the activity “Group consultations”. \
             Only beneficiaries are counted. A person is counted once in each period; figures of periods, sites or \
             activities are never added. People counted by head only are never among them. Broken down by sex and age. \
             Age is taken on the day of the person's first contact in the period."
        );
        let ukrainian = method(indicator, &world.project, "uk", &Labels::load("uk"));
        assert!(ukrainian.starts_with(
            "Кількість різних людей, що мають хоча б один контакт, у послузі «Групові консультації». \
             Враховано лише таких людей: бенефіціари."
        ));
    }

    #[test]
    fn conditions_nest_in_brackets() {
        let world = fixture::world();
        let labels = Labels::load("en");
        let words = Words {
            project: &world.project,
            lang: "en",
            labels: &labels,
        };
        let one = |subject, value: &str| Filter::OneOf {
            subject,
            values: vec![value.to_owned()],
        };
        let sex = one(Subject::Attribute("sex".to_owned()), "female");
        let either = Filter::Or(vec![sex, one(Subject::Site, "North")]);
        let filter = Filter::And(vec![either, Filter::Not(Box::new(one(Subject::Activity, "group")))]);
        assert_eq!(
            words.filter(&filter, false),
            "(where sex is female or at the site “North”) and except (in the activity “Group consultations”)"
        );
    }

    #[test]
    fn every_measure_and_subject_has_words_in_every_language() {
        let world = fixture::world();
        let kinds = vec!["impossible-date".to_owned()];
        let measures = [
            Measure::Sessions,
            Measure::Contacts(Evidence::All),
            Measure::Contacts(Evidence::Named),
            Measure::Contacts(Evidence::Anonymous),
            Measure::People,
            Measure::NewPeople,
            Measure::ReturningPeople,
            Measure::PeopleWith {
                of: Subject::Activity,
                min: 2,
            },
            Measure::Statistic {
                of: crate::project::model::Statistic::Sum,
                field: "count_total".to_owned(),
                per: crate::project::model::Per::Row,
            },
            Measure::Findings { kinds },
        ];
        let subjects = [
            Subject::Activity,
            Subject::Site,
            Subject::Title,
            Subject::Group,
            Subject::Facilitator,
            Subject::Source,
            Subject::Evidence,
            Subject::Field("x".to_owned()),
            Subject::Attribute("sex".to_owned()),
            Subject::Age("own".to_owned()),
            Subject::NewReturning,
            Subject::Month,
            Subject::FindingKind,
        ];
        for lang in Labels::languages() {
            let labels = Labels::load(lang);
            let words = Words {
                project: &world.project,
                lang,
                labels: &labels,
            };
            for measure in &measures {
                assert!(!words.measure(measure).contains(MISSING), "{lang} {measure:?}");
            }
            for subject in &subjects {
                let values = [vec!["a".to_owned()], vec!["a".to_owned(), "b".to_owned()]];
                for clause in values.map(|values| words.one_of(subject, &values)) {
                    assert!(
                        !clause.contains(MISSING) && !clause.contains('{'),
                        "{lang} {subject:?}: {clause}"
                    );
                }
                assert!(!subject_words(&labels, subject).contains(MISSING), "{lang} {subject:?}");
            }
        }
    }
}
