//! Evidence: the facts behind a figure, by the same path that computed it.

use super::engine::{Engine, Prepared};
use super::figures::Figure;
use super::items::{Item, Of, UNIT};
use super::measure::{Scratch, counts_persons, persons, standing};
use super::newcomers::Partition;
use super::periods::Request;
use crate::ingest::records::{Fate, Reason, Records, RowId};
use crate::people::facts::Facts;
use crate::people::model::PersonId;
use crate::project::model::{Measure, Project};

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
    pub fn evidence(&self, figure: &Figure) -> Evidence {
        let indicator = &self.project.indicators[figure.indicator];
        let sides = self.sides(indicator);
        let occasion = (figure.scope, figure.period);
        let (above, below) = match figure.disaggregation {
            None => {
                let denominator = sides.denominator.as_ref();
                let below = denominator.map(|(side, _)| self.selection(side, figure.scope, figure.period).into_owned());
                (
                    self.selection(&sides.numerator, figure.scope, figure.period)
                        .into_owned(),
                    below,
                )
            }
            Some(cut) => {
                let cells = self.both_cells(indicator, &sides, cut, occasion);
                let cell = cells.into_iter().find(|(name, ..)| *name == figure.category);
                cell.map(|(_, above, below)| (above, below)).unwrap_or_default()
            }
        };
        let denominator = sides.denominator.as_ref().zip(below);
        Evidence {
            behind: self.behind(&sides.numerator, &above, figure),
            denominator: denominator
                .map(|((side, _), below)| self.behind(side, &below, figure))
                .unwrap_or_default(),
        }
    }

    fn behind(&self, side: &Prepared, items: &[Item], figure: &Figure) -> Vec<Behind> {
        let context = self.context(side, figure.scope, figure.period);
        if counts_persons(&side.counted.measure) {
            let counted = persons(&context, Partition::Best, items, &mut Scratch::default());
            return self.persons_behind(&counted, items);
        }
        let amounts = matches!(side.counted.measure, Measure::Statistic { .. });
        let mut behind: Vec<Behind> = Vec::new();
        for item in standing(&context, items) {
            let one = if amounts {
                self.amount_behind(item)
            } else {
                Some(fact_behind(item))
            };
            // Parts of one head-count are one line.
            match (behind.last_mut(), one) {
                (
                    Some(Behind::Contact { fact, count }),
                    Some(Behind::Contact {
                        fact: same,
                        count: more,
                    }),
                ) if *fact == same => {
                    *count += more;
                }
                (_, one) => behind.extend(one),
            }
        }
        behind
    }

    fn persons_behind(&self, counted: &[u32], items: &[Item]) -> Vec<Behind> {
        let mut place = vec![None; self.facts.persons.len()];
        for (at, person) in counted.iter().enumerate() {
            place[*person as usize] = Some(at);
        }
        let mut contacts: Vec<Vec<usize>> = vec![Vec::new(); counted.len()];
        for item in items {
            if let (Of::Contact(contact), Some(person)) = (item.of, Partition::Best.block(item))
                && let Some(at) = place[person as usize]
            {
                contacts[at].push(contact as usize);
            }
        }
        let both = counted.iter().zip(contacts);
        both.map(|(person, contacts)| Behind::Person {
            person: PersonId(*person),
            contacts,
        })
        .collect()
    }

    fn amount_behind(&self, item: &Item) -> Option<Behind> {
        let row = match item.of {
            Of::Contact(contact) => Some(self.facts.contacts[contact as usize].row),
            Of::Session(session) | Of::Log(session) => {
                self.records.sessions[self.facts.sessions[session as usize].session.index()].log_row
            }
            Of::Finding(_) => None,
        };
        row.map(|row| Behind::Amount {
            row,
            amount: item.amount as f64 / UNIT as f64,
        })
    }
}

fn fact_behind(item: &Item) -> Behind {
    match item.of {
        Of::Contact(contact) => {
            let count = u32::try_from(item.amount / UNIT).unwrap_or_default();
            Behind::Contact {
                fact: contact as usize,
                count,
            }
        }
        Of::Session(session) | Of::Log(session) => Behind::Session { fact: session as usize },
        Of::Finding(finding) => Behind::Finding {
            index: finding as usize,
        },
    }
}
