//! Evidence: the facts behind a figure, by the same path that computed it.

mod behind;

use std::collections::BTreeMap;

use super::compute::BothSides;
use super::engine::{Engine, Prepared, Sides};
use super::figures::{Figure, Scope};
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

/// How what stands behind a figure is counted again by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tally {
    /// Add up what the rows add: one each, or their amounts.
    Sum,
    /// Count the different persons.
    Persons,
    /// The arithmetic mean of the amounts.
    Mean,
    /// The median of the amounts.
    Median,
    /// The smallest amount.
    Least,
    /// The largest amount.
    Greatest,
    /// A number that the definitions give, without rows: places × nights, minutes in an hour.
    Given(f64),
}

/// What one side of an indicator counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Index of the indicator whose side it is: the figure's own, or one that it is made of.
    pub indicator: usize,
    /// How it is counted again.
    pub tally: Tally,
    /// What it counts.
    pub behind: Vec<Behind>,
}

/// What a figure is made of, down to what is counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Grounds {
    /// One count.
    Counted(Share),
    /// A count over another.
    Ratio {
        /// Above the line.
        above: Share,
        /// Below the line.
        below: Share,
        /// 100 for per cent.
        times: u32,
    },
    /// Made of other indicators.
    Derived {
        /// How.
        how: Derivation,
        /// 100 for per cent.
        times: u32,
        /// The others.
        of: Vec<Grounds>,
    },
}

impl Grounds {
    /// The counts it rests on, from the first to the last.
    pub fn shares(&self) -> Vec<&Share> {
        match self {
            Grounds::Counted(share) => vec![share],
            Grounds::Ratio { above, below, .. } => vec![above, below],
            Grounds::Derived { of, .. } => of.iter().flat_map(Grounds::shares).collect(),
        }
    }

    /// What stands above the line, or is counted where there is no line.
    fn into_behind(self) -> Vec<Behind> {
        match self {
            Grounds::Counted(share) | Grounds::Ratio { above: share, .. } => share.behind,
            Grounds::Derived { of, .. } => of.into_iter().flat_map(Grounds::into_behind).collect(),
        }
    }
}

impl From<Grounds> for Evidence {
    fn from(grounds: Grounds) -> Self {
        match grounds {
            Grounds::Ratio { above, below, .. } => Self {
                behind: above.behind,
                denominator: below.behind,
            },
            Grounds::Derived {
                how: Derivation::Quotient,
                of,
                ..
            } => {
                let mut of = of.into_iter().map(Grounds::into_behind);
                Self {
                    behind: of.next().unwrap_or_default(),
                    denominator: of.next().unwrap_or_default(),
                }
            }
            grounds @ (Grounds::Counted(_) | Grounds::Derived { .. }) => Self {
                behind: grounds.into_behind(),
                denominator: Vec::new(),
            },
        }
    }
}

/// Whose cells: indicator, breakdown, scope and period.
type CellsOf = (usize, usize, Scope, usize);

/// Walks from figures to what is behind them; what figures of one indicator share is made once.
pub struct Grounding<'e, 'a> {
    engine: &'e Engine<'a>,
    /// Indicator whose figures are walked.
    indicator: usize,
    /// Sides of a rule: of an indicator (0), or of one of its own cells.
    sides: BTreeMap<(usize, usize), Option<Sides<'a>>>,
    cells: Option<(CellsOf, Vec<BothSides<'static>>)>,
}

impl<'e, 'a> Grounding<'e, 'a> {
    /// Ready for the first figure.
    pub fn new(engine: &'e Engine<'a>) -> Self {
        Self {
            engine,
            indicator: usize::MAX,
            sides: BTreeMap::new(),
            cells: None,
        }
    }

    /// What a figure is made of; nothing where indicators refer to each other in a circle.
    pub fn of(&mut self, figure: &Figure) -> Option<Grounds> {
        if self.indicator != figure.indicator {
            self.indicator = figure.indicator;
            self.sides.clear();
            self.cells = None;
        }
        self.of_figure(figure, self.engine.project.indicators.len())
    }

    /// `depth` ends a walk through indicators that refer to each other in a circle.
    fn of_figure(&mut self, figure: &Figure, depth: usize) -> Option<Grounds> {
        let project = self.engine.project;
        let indicator = &project.indicators[figure.indicator];
        let (own, rule) = own_rule(indicator, figure);
        if let Rule::Derived { how, of, times } = rule {
            let depth = depth.checked_sub(1)?;
            let total = |input: &usize| Engine::blank(*input, (figure.scope, figure.period));
            let of: Option<Vec<Grounds>> = of.iter().map(|input| self.of_figure(&total(input), depth)).collect();
            return Some(Grounds::Derived {
                how: *how,
                times: *times,
                of: of?,
            });
        }
        let engine = self.engine;
        let sides = self.sides.entry((figure.indicator, own.unwrap_or(0)));
        let sides = sides.or_insert_with(|| engine.sides(rule, indicator.class)).as_ref()?;
        let (above, below) = match figure.disaggregation {
            Some(cut) if own.is_none() => {
                let key = (figure.indicator, cut, figure.scope, figure.period);
                if self.cells.as_ref().is_none_or(|(known, _)| *known != key) {
                    let cells = engine.both_cells(indicator, sides, cut, (figure.scope, figure.period));
                    self.cells = Some((key, cells));
                }
                let mut cells = self.cells.iter().flat_map(|(_, cells)| cells);
                let cell = cells.find(|(name, ..)| *name == figure.category);
                cell.map(|(_, above, below)| (above.to_vec(), below.as_ref().map(|items| items.to_vec())))
                    .unwrap_or_default()
            }
            Some(_) | None => engine.whole_sides(sides, figure),
        };
        let above = engine.share(&sides.numerator, &above, figure);
        Some(match &sides.denominator {
            Some((side, times)) => Grounds::Ratio {
                above,
                below: engine.share(side, &below.unwrap_or_default(), figure),
                times: *times,
            },
            None => Grounds::Counted(above),
        })
    }
}

impl Engine<'_> {
    /// What is behind a figure that this engine computed.
    ///
    /// Behind an indicator made of others stands what is behind these.
    pub fn evidence(&self, figure: &Figure) -> Evidence {
        Grounding::new(self).of(figure).map(Evidence::from).unwrap_or_default()
    }

    fn share(&self, side: &Prepared, items: &[Item], figure: &Figure) -> Share {
        Share {
            indicator: figure.indicator,
            tally: self.tally(side, figure),
            behind: self.behind(side, items, figure),
        }
    }

    fn whole_sides(&self, sides: &Sides, figure: &Figure) -> (Vec<Item>, Option<Vec<Item>>) {
        let whole = |side| self.selection(side, figure.scope, figure.period).into_owned();
        let below = sides.denominator.as_ref().map(|(side, _)| whole(side));
        (whole(&sides.numerator), below)
    }
}

/// The rule of a cell of its own with its number, or the indicator's; number 0 where the total is written once more as
/// this cell.
fn own_rule<'i>(indicator: &'i Indicator, figure: &Figure) -> (Option<usize>, &'i Rule) {
    let cut = figure.disaggregation.and_then(|cut| indicator.disaggregations.get(cut));
    let Some(cut) = cut else {
        return (None, &indicator.rule);
    };
    let is = |named: &str, category: &str| *named == cut.name && category == figure.category;
    let own = indicator.cells.iter().position(|cell| is(&cell.name, &cell.category));
    if let Some(own) = own {
        return (Some(own + 1), &indicator.cells[own].rule);
    }
    let whole = indicator.as_cell.as_ref();
    let whole = whole.is_some_and(|(named, category)| is(named, category));
    (whole.then_some(0), &indicator.rule)
}
