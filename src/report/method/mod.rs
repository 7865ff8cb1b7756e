//! An indicator's definition in words, made from the rule that computes it.

mod condition;
mod measure;

use super::labels::Labels;
use super::view::{clean, subject_words};
use crate::project::model::{AgeRule, Class, Counted, Derivation, Indicator, Measure, Project, Rule, Subject};

/// How an indicator is counted, in whole sentences of the labels' language: what the rule says, then the
/// definition's own words, then its limits, a paragraph each.
pub fn method(indicator: &Indicator, project: &Project, lang: &str, labels: &Labels) -> String {
    let words = Words { project, lang, labels };
    let mut sentences = vec![words.rule(&indicator.rule)];
    sentences.extend(words.population(&indicator.rule));
    sentences.extend(words.adding(indicator));
    sentences.extend(words.exactly(&indicator.rule));
    sentences.extend(words.disaggregations(indicator));
    sentences.extend(words.as_cell(indicator));
    sentences.extend(words.own_cells(indicator));
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
            } => self.ratio(*times, &self.counted(numerator), &self.counted(denominator)),
            Rule::Derived { how, of, times } => self.derived(*how, of, *times),
        }
    }

    fn ratio(&self, times: u32, numerator: &str, denominator: &str) -> String {
        let key = match times {
            1 => "words.times_1",
            100 => "words.times_100",
            _ => "words.times_n",
        };
        let times = self.labels.fill(key, &[("times", &times.to_string())]);
        self.labels.fill(
            "words.ratio",
            &[
                ("times_words", &times),
                ("numerator", numerator),
                ("denominator", denominator),
            ],
        )
    }

    fn derived(&self, how: Derivation, of: &[usize], times: u32) -> String {
        let names: Vec<String> = of.iter().map(|index| self.indicator(*index)).collect();
        let sentence = |name: Option<&String>| {
            let name = name.map_or("", String::as_str);
            self.labels.fill("words.derived_part", &[("indicator", name)])
        };
        match how {
            Derivation::Sum => {
                let list = self.labels.list(&names, "language.list_and");
                self.labels.fill("words.derived_sum", &[("list", &list)])
            }
            Derivation::Difference => {
                let (first, rest) = names.split_at(names.len().min(1));
                let rest = self.labels.list(rest, "language.list_and");
                let first = first.concat();
                self.labels
                    .fill("words.derived_difference", &[("first", &first), ("rest", &rest)])
            }
            Derivation::Quotient => self.ratio(times, &sentence(names.first()), &sentence(names.get(1))),
        }
    }

    /// Code and wording of another indicator.
    fn indicator(&self, index: usize) -> String {
        self.project
            .indicators
            .get(index)
            .map_or_else(String::new, |indicator| {
                let statement = self.quoted(indicator.statement.get(self.lang));
                format!("{} {statement}", clean(&indicator.code))
            })
    }

    fn counted(&self, counted: &Counted) -> String {
        let measure = self.measure(&counted.measure);
        let filter = match counted.measure {
            Measure::Constant(_) | Measure::CapacityNights => String::new(),
            ref known => self.clause(&counted.filter, measure::ends_apart(known)),
        };
        self.labels
            .fill("words.single", &[("measure", &measure), ("filter", &filter)])
    }

    fn population(&self, rule: &Rule) -> Option<String> {
        parts(rule)
            .into_iter()
            .rev()
            .find_map(|part| self.population_of(&part.measure, &part.population))
    }

    /// How the figures of periods go together.
    fn adding(&self, indicator: &Indicator) -> Option<String> {
        match &indicator.rule {
            Rule::Single(counted) => self.class(indicator.class, &counted.measure),
            Rule::Ratio { .. } => None,
            Rule::Derived { .. } => match indicator.class {
                Class::Flow => Some(self.labels.get("words.flow").to_owned()),
                Class::Distinct | Class::Level => Some(self.labels.get("words.anew").to_owned()),
                Class::Ratio => None,
            },
        }
    }

    /// The sentences that say the measures exactly, each once.
    fn exactly(&self, rule: &Rule) -> Vec<String> {
        let mut notes = Vec::new();
        for note in parts(rule).into_iter().flat_map(|part| self.notes(&part.measure)) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        notes
    }

    fn as_cell(&self, indicator: &Indicator) -> Option<String> {
        let (breakdown, category) = indicator.as_cell.as_ref()?;
        let (breakdown, category) = (self.quoted(breakdown), self.quoted(category));
        Some(
            self.labels
                .fill("words.as_cell", &[("breakdown", &breakdown), ("category", &category)]),
        )
    }

    fn own_cells(&self, indicator: &Indicator) -> Vec<String> {
        let cells = indicator.cells.iter();
        cells
            .map(|cell| {
                let (breakdown, category) = (self.quoted(&cell.name), self.quoted(&cell.category));
                let rule = self.rule(&cell.rule);
                let args = [("breakdown", &*breakdown), ("category", &*category), ("rule", &*rule)];
                self.labels.fill("words.own_cell", &args)
            })
            .collect()
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

/// The measures of a rule, the one above the line first.
fn parts(rule: &Rule) -> Vec<&Counted> {
    match rule {
        Rule::Single(counted) => vec![counted],
        Rule::Ratio {
            numerator, denominator, ..
        } => vec![numerator, denominator],
        Rule::Derived { .. } => Vec::new(),
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
    use crate::project::model::{Change, ChangeOf, Evidence, Filter, Per, Score, Statistic};
    use crate::report::fixture;
    use crate::report::labels::MISSING;

    #[test]
    fn a_rule_reads_as_sentences_in_both_languages() {
        let world = fixture::world();
        let indicator = &world.project.indicators[1];
        let english = method(indicator, &world.project, "en", &Labels::load("en"));
        assert_eq!(
            english,
            "Number of different people with at least one contact in the activity “Group consultations”. \
             Only beneficiaries are counted. A person is counted once in each period; figures of periods, sites or \
             activities are never added. People counted by head only are never among them. Broken down by sex and age. \
             Age is taken on the day of the person's first contact in the period."
        );
        let ukrainian = method(indicator, &world.project, "uk", &Labels::load("uk"));
        assert!(ukrainian.starts_with(
            "Кількість різних людей, що мають хоча б один контакт у послузі «Групові консультації». \
             Рахують лише таких людей: бенефіціари."
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
            "(where sex is female or at the site “North”) and outside the activity “Group consultations”"
        );
    }

    #[test]
    fn every_measure_and_subject_has_words_in_every_language() {
        let world = fixture::world();
        let measures = every_measure();
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
            Subject::Band {
                of: "x".to_owned(),
                scheme: "own".to_owned(),
            },
            Subject::PersonActivities,
            Subject::PersonSources,
            Subject::Order,
        ];
        for lang in Labels::languages() {
            let labels = Labels::load(lang);
            let words = Words {
                project: &world.project,
                lang,
                labels: &labels,
            };
            for measure in &measures {
                let mut said = vec![words.measure(measure)];
                said.extend(words.notes(measure));
                said.extend(words.class(Class::Level, measure));
                said.extend(words.class(Class::Distinct, measure));
                assert!(
                    said.iter().all(|said| !said.contains(MISSING) && !said.contains('{')),
                    "{lang} {measure:?}: {said:?}"
                );
            }
            for subject in &subjects {
                let values = [vec!["a".to_owned()], vec!["a".to_owned(), "b".to_owned()]];
                let tables = ["filter", "filter_not"];
                let clauses = tables.map(|table| values.clone().map(|values| words.one_of(table, subject, &values)));
                for clause in clauses.concat() {
                    assert!(
                        !clause.contains(MISSING) && !clause.contains('{'),
                        "{lang} {subject:?}: {clause}"
                    );
                }
                assert!(!subject_words(&labels, subject).contains(MISSING), "{lang} {subject:?}");
            }
        }
    }

    #[test]
    fn conditions_read_as_people_speak() {
        let world = fixture::world();
        let english = |filter: &Filter| {
            let labels = Labels::load("en");
            let words = Words {
                project: &world.project,
                lang: "en",
                labels: &labels,
            };
            words.filter(filter, false)
        };
        let amount = Subject::Field("amount".to_owned());
        let between = |from, to| Filter::Between {
            subject: amount.clone(),
            from,
            to,
        };
        assert_eq!(english(&between(Some(5.0), Some(7.5))), "where amount is from 5 to 7.5");
        assert_eq!(english(&between(Some(5.0), None)), "where amount is 5 or more");
        assert_eq!(english(&Filter::Known(amount.clone())), "where amount is filled in");
        assert_eq!(
            english(&Filter::Not(Box::new(Filter::Known(amount)))),
            "where amount is empty"
        );
        let days = Filter::Days {
            field: None,
            from: chrono::NaiveDate::from_ymd_opt(2026, 3, 1),
            to: None,
        };
        assert_eq!(english(&days), "from 1 March 2026 on");
    }

    #[test]
    fn derived_indicators_name_their_parts() {
        let world = fixture::world();
        let labels = Labels::load("en");
        let words = Words {
            project: &world.project,
            lang: "en",
            labels: &labels,
        };
        let difference = Rule::Derived {
            how: Derivation::Difference,
            of: vec![0, 1],
            times: 1,
        };
        let said = words.rule(&difference);
        assert!(said.starts_with("The indicator 1 “Number of beneficiaries"), "{said}");
        assert!(said.ends_with(" less 1.1 “People in group consultations”."), "{said}");
    }

    fn every_measure() -> Vec<Measure> {
        let field = || "amount".to_owned();
        let score = || Score {
            field: "score".to_owned(),
            filter: Filter::All,
        };
        let pers = [
            Per::Row,
            Per::Session,
            Per::Cycle,
            Per::Attendance,
            Per::Person,
            Per::Household,
        ];
        let statistics = [
            Statistic::Sum,
            Statistic::Mean,
            Statistic::Median,
            Statistic::Minimum,
            Statistic::Maximum,
        ];
        let improved = |at_least, relative| ChangeOf::Improved { at_least, relative };
        let changes = [
            ChangeOf::Pairs,
            ChangeOf::Before,
            ChangeOf::After,
            ChangeOf::Difference,
            improved(0.0, false),
            improved(3.0, false),
            improved(0.2, true),
        ];
        let mut measures = vec![
            Measure::Sessions,
            Measure::Contacts(Evidence::All),
            Measure::Contacts(Evidence::Named),
            Measure::Contacts(Evidence::Anonymous),
            Measure::People,
            Measure::NewPeople,
            Measure::ReturningPeople,
            Measure::PeopleWithContacts { min: 2 },
            Measure::PeopleListed {
                source: "intake".to_owned(),
                min: 2,
            },
            Measure::Households,
            Measure::Different { field: field() },
            Measure::Cycles,
            Measure::Enrolments,
            Measure::Items { field: field() },
            Measure::BedNights,
            Measure::CapacityNights,
            Measure::PeakNight,
            Measure::Days {
                from: field(),
                to: field(),
            },
            Measure::OpenAtEnd { until: field() },
            Measure::Ended { until: field() },
            Measure::Constant(60),
            Measure::Findings {
                kinds: vec!["impossible-date".to_owned(), "skipped/refused".to_owned()],
            },
        ];
        for sessions in [None, Some(7)] {
            measures.push(Measure::CompletedEnrolments { sessions });
            measures.push(Measure::CompletedPeople { sessions });
            measures.push(Measure::DroppedOut { sessions });
        }
        for of in [
            Subject::Activity,
            Subject::Source,
            Subject::Site,
            Subject::Field(field()),
            Subject::Month,
        ] {
            measures.push(Measure::PeopleWith { of, min: 2 });
        }
        for per in pers {
            measures.extend(statistics.map(|of| Measure::Statistic {
                of,
                field: field(),
                per,
            }));
            measures.extend(changes.map(|what| {
                Measure::Change(Change {
                    before: score(),
                    after: score(),
                    per,
                    what,
                })
            }));
        }
        measures
    }
}
