//! Evidence: the facts behind a figure, by the same path that computed it.

mod behind;

use super::engine::{Engine, Sides};
use super::figures::Figure;
use super::items::Item;
use super::periods::Request;
use crate::ingest::records::{Fate, Place, Reason, Records, RowId};
use crate::people::facts::Facts;
use crate::people::model::PersonId;
use crate::project::model::{Derivation, Indicator, Project, Rule};

/// One thing that a figure counts.
#[derive(Debug, Clone, PartialEq)]
pub enum Behind {
    /// A contact; an anonymous head-count stands for as many as it adds.
    Contact {
        /// Index into the facts' contacts.
        fact: usize,
        /// How many contacts it adds.
        count: u32,
    },
    /// A session.
    Session {
        /// Index into the facts' sessions.
        fact: usize,
    },
    /// A person, with the contacts that make the person count.
    Person {
        /// Who.
        person: PersonId,
        /// Indexes into the facts' contacts.
        contacts: Vec<usize>,
    },
    /// An amount that a row adds.
    Amount {
        /// The row.
        row: RowId,
        /// What it adds.
        amount: f64,
    },
    /// Contacts that count together: those of a household, of an organisation, of a person with a number.
    Together {
        /// Indexes into the facts' contacts.
        contacts: Vec<usize>,
        /// What they add.
        amount: f64,
    },
    /// Places that count together: a cycle, an enrolment, a result before and after, the rows that list a person.
    Places {
        /// Whose, where it is somebody's.
        person: Option<PersonId>,
        /// The places, the first one counted.
        places: Vec<Place>,
        /// What they add.
        amount: f64,
    },
    /// A finding.
    Finding {
        /// Index into the facts' findings.
        index: usize,
    },
}

/// The facts behind a figure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evidence {
    /// What the figure counts; the numerator of a ratio.
    pub behind: Vec<Behind>,
    /// What the denominator of a ratio counts.
    pub denominator: Vec<Behind>,
}

/// What is behind a figure of [`super::compute()`].
pub fn evidence(project: &Project, records: &Records, facts: &Facts, request: &Request, figure: &Figure) -> Evidence {
    Engine::new(project, records, facts, request).evidence(figure)
}

/// Rows read and not counted, with the reason, in order of place.
pub fn set_aside(facts: &Facts) -> impl Iterator<Item = (RowId, Reason)> + '_ {
    facts.fates.iter().enumerate().filter_map(|(row, fate)| match fate {
        Fate::SetAside(reason) => Some((row.into(), *reason)),
        Fate::Counted => None,
    })
}

impl Engine<'_> {
    /// What is behind a figure that this engine computed.
    ///
    /// Behind an indicator made of others stands what is behind these.
    pub fn evidence(&self, figure: &Figure) -> Evidence {
        self.evidence_of(figure, self.project.indicators.len())
    }

    /// `depth` ends a walk through indicators that refer to each other in a circle.
    fn evidence_of(&self, figure: &Figure, depth: usize) -> Evidence {
        let indicator = &self.project.indicators[figure.indicator];
        let own_cell = own_cell(indicator, figure);
        let rule = own_cell.unwrap_or(&indicator.rule);
        if let Rule::Derived { how, of, .. } = rule {
            return self.evidence_of_inputs(*how, of, figure, depth);
        }
        let Some(sides) = self.sides(rule, indicator.class) else {
            return Evidence::default();
        };
        let (above, below) = match figure.disaggregation {
            Some(cut) if own_cell.is_none() => {
                let cells = self.both_cells(indicator, &sides, cut, (figure.scope, figure.period));
                let cell = cells.into_iter().find(|(name, ..)| *name == figure.category);
                cell.map(|(_, above, below)| (above, below)).unwrap_or_default()
            }
            Some(_) | None => self.whole_sides(&sides, figure),
        };
        let denominator = sides.denominator.as_ref().zip(below);
        Evidence {
            behind: self.behind(&sides.numerator, &above, figure),
            denominator: denominator
                .map(|((side, _), below)| self.behind(side, &below, figure))
                .unwrap_or_default(),
        }
    }

    fn whole_sides(&self, sides: &Sides, figure: &Figure) -> (Vec<Item>, Option<Vec<Item>>) {
        let whole = |side| self.selection(side, figure.scope, figure.period).into_owned();
        let below = sides.denominator.as_ref().map(|(side, _)| whole(side));
        (whole(&sides.numerator), below)
    }

    fn evidence_of_inputs(&self, how: Derivation, of: &[usize], figure: &Figure, depth: usize) -> Evidence {
        let Some(depth) = depth.checked_sub(1) else {
            return Evidence::default();
        };
        let mut inputs = of.iter().map(|input| {
            let total = Self::blank(*input, (figure.scope, figure.period));
            self.evidence_of(&total, depth).behind
        });
        match how {
            Derivation::Sum | Derivation::Difference => Evidence {
                behind: inputs.flatten().collect(),
                denominator: Vec::new(),
            },
            Derivation::Quotient => Evidence {
                behind: inputs.next().unwrap_or_default(),
                denominator: inputs.next().unwrap_or_default(),
            },
        }
    }
}

/// The rule of a cell of its own, or the indicator's where the total is written once more as this cell.
fn own_cell<'i>(indicator: &'i Indicator, figure: &Figure) -> Option<&'i Rule> {
    let name = &indicator.disaggregations.get(figure.disaggregation?)?.name;
    let is = |named: &str, category: &str| named == name && category == figure.category;
    let own = indicator.cells.iter().find(|cell| is(&cell.name, &cell.category));
    let whole = indicator.as_cell.as_ref();
    let whole = whole.filter(|(named, category)| is(named, category));
    own.map(|cell| &cell.rule).or(whole.map(|_| &indicator.rule))
}
