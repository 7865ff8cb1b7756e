//! Laws of counting, over generated projects, and an independent evaluator that must agree with the engine.

#[path = "laws/chance.rs"]
mod chance;
#[path = "laws/slow.rs"]
mod slow;
#[path = "laws/world.rs"]
mod world;

use proptest::prelude::*;
use tallyframe::logframe::figures::{Figure, Figures, Scope, Value};
use tallyframe::logframe::{Behind, Engine, request};
use tallyframe::people::facts::{ContactFact, Who};
use tallyframe::people::model::Chances;
use tallyframe::project::calendar::CalendarKind;
use tallyframe::project::model::{Counted, Evidence, Filter, Indicator, Measure, Rule, Statistic, Subject};

use chance::world;
use world::{World, counted, indicator, people};

fn figures(world: &World) -> Figures {
    let request = request(&world.project, &world.facts, None, None);
    Engine::new(&world.project, &world.records, &world.facts, &request).figures()
}

/// The totals of one indicator in one scope and calendar, by period.
fn totals(figures: &Figures, at: usize, scope: Scope, calendar: CalendarKind) -> Vec<&Figure> {
    let wanted = |figure: &&Figure| {
        let alike = figure.indicator == at && figure.scope == scope && figure.disaggregation.is_none();
        alike && figures.periods[figure.period].calendar == calendar
    };
    figures.figures.iter().filter(wanted).collect()
}

fn number(figure: &Figure) -> f64 {
    figure.value.number().expect("a count is a number")
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_slow_and_simple_evaluator_agrees(world in world()) {
        let figures = figures(&world);
        for figure in &figures.figures {
            let period = &figures.periods[figure.period];
            let start = if figure.scope == Scope::Cumulative { world.project.start } else { period.start };
            let slow = slow::evaluate(&world, figure, (start, period.end));
            let same = match (figure.value, slow.value) {
                (Value::Number(a), Some(b)) => close(a, b),
                (Value::NoData, None) => true,
                _ => false,
            };
            prop_assert!(same, "{figure:?}\nslow: {slow:?}\n{:#?}", world.project.indicators[figure.indicator].rule);
            prop_assert_eq!(figure.low, slow.low, "{:?}", figure);
            prop_assert_eq!(figure.high, slow.high, "{:?}", figure);
        }
        for (at, indicator) in world.project.indicators.iter().enumerate() {
            for cut in 0..indicator.disaggregations.len() {
                for total in figures.figures.iter().filter(|f| f.indicator == at && f.disaggregation.is_none()) {
                    let period = &figures.periods[total.period];
                    let start = if total.scope == Scope::Cumulative { world.project.start } else { period.start };
                    for name in slow::categories(&world, at, cut, (start, period.end)) {
                        let listed = figures.figures.iter().any(|f| {
                            let alike = (f.indicator, f.scope, f.period) == (at, total.scope, total.period);
                            alike && f.disaggregation == Some(cut) && f.category == name
                        });
                        prop_assert!(listed, "{name} is missing in {}", period.label);
                    }
                }
            }
        }
    }

    #[test]
    fn self_checks_hold(world in world()) {
        for check in figures(&world).checks {
            prop_assert!(check.held, "{check:?}");
        }
    }

    #[test]
    fn evidence_has_as_many_lines_as_the_figure_says(world in world()) {
        let request = request(&world.project, &world.facts, None, None);
        let engine = Engine::new(&world.project, &world.records, &world.facts, &request);
        for figure in &engine.figures().figures {
            let indicator = &world.project.indicators[figure.indicator];
            let evidence = engine.evidence(figure);
            let told: f64 = evidence.behind.iter().map(weight).sum();
            match (&indicator.rule, figure.numerator, figure.value) {
                (Rule::Derived { .. }, ..) => {}
                (Rule::Ratio { numerator, denominator, .. }, Some(above), _) => {
                    prop_assert!(!adds_up(numerator) || close(told, above), "{figure:?}: {told}");
                    let below: f64 = evidence.denominator.iter().map(weight).sum();
                    let right = figure.denominator.is_some_and(|denominator| close(below, denominator));
                    prop_assert!(!adds_up(denominator) || right, "{figure:?}: {below}");
                }
                (Rule::Single(counted), _, Value::Number(value)) => {
                    let told = slow::round(told, indicator.decimals);
                    prop_assert!(!adds_up(counted) || close(told, value), "{figure:?}: {told}\n{counted:?}");
                }
                (_, _, _) => prop_assert!(evidence.behind.is_empty()),
            }
        }
    }

    #[test]
    fn the_expected_count_lies_where_the_probabilities_put_it(mut world in world(), chance in 0.0..=1.0) {
        world.project.indicators = vec![people(Measure::People), people(Measure::NewPeople)];
        let mut with = |chance: f64| {
            let blocks = |fact: &ContactFact| match fact.who {
                Who::Person { low, high, .. } => Some((low, high, chance)),
                Who::Anonymous { .. } => None,
            };
            world.facts.chances = Chances::new(world.facts.contacts.iter().filter_map(blocks));
            figures(&world)
        };
        let (never, sometimes, always) = (with(0.0), with(chance), with(1.0));
        let all = never.figures.iter().zip(&sometimes.figures).zip(&always.figures);
        for ((never, sometimes), always) in all {
            let told = [never, sometimes, always].map(|figure| figure.expected);
            let [Some(apart), Some(between), Some(joined)] = told else {
                prop_assert!(told.iter().all(Option::is_none) && sometimes.low == sometimes.high);
                continue;
            };
            if never.indicator == 0 {
                prop_assert_eq!((Some(joined), Some(apart)), (always.low, never.high));
            }
            prop_assert!((between - (chance * joined + (1.0 - chance) * apart)).abs() < 1e-3);
        }
    }

    #[test]
    fn people_and_contacts_obey_their_laws(mut world in world()) {
        world.project.indicators = vec![
            indicator(Measure::Contacts(Evidence::All), Filter::All, Vec::new()),
            indicator(Measure::Contacts(Evidence::Named), Filter::All, Vec::new()),
            people(Measure::People),
            people(Measure::NewPeople),
            people(Measure::ReturningPeople),
        ];
        let figures = figures(&world);
        for scope in [Scope::Period, Scope::Cumulative] {
            for calendar in [CalendarKind::Month, CalendarKind::Quarter, CalendarKind::Year] {
                let of = |at| totals(&figures, at, scope, calendar);
                let people_and_parts = of(2).into_iter().zip(of(3)).zip(of(4));
                for (((people, new), returning), (named, all)) in people_and_parts.zip(of(1).into_iter().zip(of(0))) {
                    prop_assert!(number(people) <= number(named) && number(named) <= number(all));
                    prop_assert!(close(number(new) + number(returning), number(people)));
                    for figure in [people, new, returning] {
                        prop_assert!(figure.low <= figure.value.number() && figure.value.number() <= figure.high);
                    }
                }
            }
        }
        let months = totals(&figures, 2, Scope::Period, CalendarKind::Month);
        let cumulative = totals(&figures, 2, Scope::Cumulative, CalendarKind::Month);
        let new: f64 = totals(&figures, 3, Scope::Period, CalendarKind::Month).into_iter().map(number).sum();
        prop_assert!(cumulative.last().is_none_or(|last| close(new, number(last))));
        prop_assert!(cumulative.windows(2).all(|pair| number(pair[0]) <= number(pair[1])));
        for quarter in totals(&figures, 2, Scope::Period, CalendarKind::Quarter) {
            let span = &figures.periods[quarter.period];
            let inside = |figure: &&&Figure| {
                let month = &figures.periods[figure.period];
                span.start <= month.start && month.end <= span.end
            };
            let within: Vec<f64> = months.iter().filter(inside).map(|figure| number(figure)).collect();
            let largest = within.iter().copied().fold(0.0, f64::max);
            prop_assert!(largest <= number(quarter) && number(quarter) <= within.iter().sum());
        }
    }

    #[test]
    fn parts_are_at_most_their_wholes(mut world in world()) {
        let pairs = [
            (Measure::PeopleWithContacts { min: 2 }, Measure::People),
            (Measure::PeopleWith { of: Subject::Activity, min: 2 }, Measure::PeopleWithContacts { min: 2 }),
            (Measure::CompletedPeople { sessions: Some(2) }, Measure::CompletedPeople { sessions: Some(1) }),
            (Measure::CompletedEnrolments { sessions: None }, Measure::Enrolments),
            (Measure::BedNights, Measure::Constant(10 * 365)),
        ];
        let ratio = |(above, below): &(Measure, Measure)| Indicator {
            rule: Rule::Ratio {
                numerator: counted(above.clone(), Filter::All),
                denominator: counted(below.clone(), Filter::All),
                times: 1,
            },
            decimals: 3,
            ..indicator(Measure::People, Filter::All, vec![vec![Subject::Attribute("sex".into())]])
        };
        world.project.indicators = pairs.iter().map(ratio).collect();
        for figure in &figures(&world).figures {
            let share = figure.value.number().unwrap_or_default();
            // What is completed in a period may have begun before it.
            let late = [2, 3].contains(&figure.indicator) && figure.scope == Scope::Period;
            prop_assert!(late || (0.0..=1.0).contains(&share), "{figure:?}");
        }
    }

    #[test]
    fn nights_are_at_most_persons_times_nights(mut world in world()) {
        world.project.indicators = vec![
            indicator(Measure::BedNights, Filter::All, Vec::new()),
            indicator(Measure::PeakNight, Filter::All, Vec::new()),
        ];
        let figures = figures(&world);
        for calendar in [CalendarKind::Month, CalendarKind::Quarter, CalendarKind::Year] {
            let (nights, peaks) = (totals(&figures, 0, Scope::Period, calendar), totals(&figures, 1, Scope::Period, calendar));
            for (nights, peak) in nights.into_iter().zip(peaks) {
                let period = &figures.periods[nights.period];
                let days = (period.end - period.start).num_days() + 1;
                prop_assert!(number(nights) <= number(peak) * days as f64);
                prop_assert!(number(peak) <= world.facts.persons.len() as f64);
            }
        }
    }
}

/// Whether a measure is the sum of what is behind it: a mean is not, and no row is behind a number of places.
fn adds_up(counted: &Counted) -> bool {
    match &counted.measure {
        Measure::Statistic { of, .. } => *of == Statistic::Sum,
        Measure::CapacityNights | Measure::Constant(_) => false,
        _ => true,
    }
}

fn weight(behind: &Behind) -> f64 {
    match behind {
        Behind::Contact { count, .. } => f64::from(*count),
        Behind::Amount { amount, .. } | Behind::Together { amount, .. } | Behind::Places { amount, .. } => *amount,
        Behind::Session { .. } | Behind::Person { .. } | Behind::Finding { .. } => 1.0,
    }
}
