//! What recognition yields: the person of each mention, the links that made them, and what is undecided.

use crate::ingest::records::{Finding, MentionId};

/// A person, index into [`People::persons`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

impl PersonId {
    /// The id as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One real human, as far as the papers tell.
#[derive(Debug, Clone)]
pub struct Person {
    /// Stable pseudonym; the same when unrelated rows are added and whatever the order of files.
    pub key: String,
    /// Every mention, in order of place.
    pub mentions: Vec<MentionId>,
}

/// Why two mentions were held to be one person, or not.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    /// An officer decided it.
    Decision,
    /// The same client code.
    Code,
    /// The weights of the fields.
    Weight,
}

/// The level that one field reached when two mentions were compared, and what it adds to the weight.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldWeight {
    /// Comparison: `surname`, `given`, `birth` …
    pub comparison: &'static str,
    /// Level: `exact`, `typo`, `conflict`, `missing` …
    pub level: &'static str,
    /// Match weight in bits, log2(m/u).
    pub weight: f64,
}

/// A link that made a person, or a pair that is undecided.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// One mention.
    pub a: MentionId,
    /// The other.
    pub b: MentionId,
    /// Why.
    pub cause: Cause,
    /// Total match weight in bits.
    pub weight: f64,
    /// Probability of being one person, 0..1.
    pub probability: f64,
    /// Where the weight comes from.
    pub fields: Vec<FieldWeight>,
}

/// A pair of persons that a human must decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Undecided {
    /// The pair's strongest evidence.
    pub link: Link,
    /// Whether the best decision holds them to be one person.
    pub joined: bool,
}

/// How likely it is that what the coarsest partition joins and the finest keeps apart is one person.
///
/// A block of the coarsest partition made of *n* blocks of the finest by *n* − 1 undecided links has the links' mean
/// probability. A count over the coarsest partition weighted by it, with a count over the finest weighted by the rest,
/// is then the expected count: exact for pairs, and for longer chains wherever all their links are equally likely.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chances {
    /// In millionths, so that sums are exact in any order; index: block of the coarsest partition.
    low: Vec<u32>,
    /// The same of each block of the finest partition: that of the block it lies in.
    high: Vec<u32>,
}

impl Chances {
    const WHOLE: u32 = 1_000_000;

    /// Chances from the mean probability of each mention's block, given with its block in the coarsest and the finest
    /// partition.
    pub fn new(blocks: impl IntoIterator<Item = (u32, u32, f64)>) -> Self {
        let mut chances = Self::default();
        for (low, high, probability) in blocks {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and a million"
            )]
            let millionths = (probability.clamp(0.0, 1.0) * f64::from(Self::WHOLE)).round() as u32;
            for (known, block) in [(&mut chances.low, low), (&mut chances.high, high)] {
                if known.len() <= block as usize {
                    known.resize(block as usize + 1, 0);
                }
                known[block as usize] = millionths;
            }
        }
        chances
    }

    /// Expected number of persons, of whom `lows` are counted if every undecided pair is one person and `highs` if
    /// every one is two.
    pub fn expected(&self, lows: &[u32], highs: &[u32]) -> f64 {
        let chance = |known: &[u32], block: u32| known.get(block as usize).copied().unwrap_or_default();
        let joined: u64 = lows.iter().map(|block| u64::from(chance(&self.low, *block))).sum();
        let apart: u64 = highs
            .iter()
            .map(|block| u64::from(Self::WHOLE - chance(&self.high, *block)))
            .sum();
        (joined + apart) as f64 / f64::from(Self::WHOLE)
    }
}

/// The outcome of recognition.
///
/// Three partitions of the mentions, each refining the next: `high` (every undecided pair is two persons),
/// `best`, `low` (every undecided pair is one). A distinct count is taken over all three (rule 17).
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Persons of the best partition, in a stable order.
    pub persons: Vec<Person>,
    /// Person of each mention (index: mention).
    pub best: Vec<PersonId>,
    /// Block of each mention in the coarsest partition.
    pub low: Vec<u32>,
    /// Block of each mention in the finest partition.
    pub high: Vec<u32>,
    /// How likely the links between the two are.
    pub chances: Chances,
    /// Probability of each mention belonging to its person, 0..1.
    pub certainty: Vec<f64>,
    /// The links that made the persons.
    pub links: Vec<Link>,
    /// What is undecided, the most doubtful first.
    pub undecided: Vec<Undecided>,
    /// What recognition found wrong or doubtful.
    pub findings: Vec<Finding>,
}

/// How many persons there are: by the best decision, and within what bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// If every undecided pair is one person.
    pub low: usize,
    /// By the best decision.
    pub best: usize,
    /// If every undecided pair is two persons.
    pub high: usize,
    /// To be expected from the probabilities of the undecided pairs.
    pub expected: f64,
}

impl People {
    /// Counts the persons of some of the mentions.
    pub fn count(&self, mentions: &(impl Iterator<Item = MentionId> + Clone)) -> Count {
        let distinct = |block: &dyn Fn(usize) -> u32| {
            let mut blocks: Vec<u32> = mentions.clone().map(|mention| block(mention.index())).collect();
            blocks.sort_unstable();
            blocks.dedup();
            blocks
        };
        let [low, high] = [&self.low, &self.high].map(|blocks| distinct(&|at| blocks[at]));
        Count {
            low: low.len(),
            best: distinct(&|at| self.best[at].0).len(),
            high: high.len(),
            expected: self.chances.expected(&low, &high),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Chances;

    #[test]
    fn a_pair_counts_by_its_probability_and_who_is_not_doubted_counts_once() {
        // Blocks of the coarsest partition: 0 = {0, 1} at 0.9, 1 = {2}; 2 = {3, 4, 5} at 0.5 each link.
        let chances = Chances::new([
            (0, 0, 0.9),
            (0, 1, 0.9),
            (1, 2, 0.0),
            (2, 3, 0.5),
            (2, 4, 0.5),
            (2, 5, 0.5),
        ]);
        let close = |value: f64, due: f64| assert!((value - due).abs() < 1e-9, "{value} {due}");
        close(chances.expected(&[0, 1, 2], &[0, 1, 2, 3, 4, 5]), 1.1 + 1.0 + 2.0);
        close(chances.expected(&[0], &[1]), 1.0);
        close(chances.expected(&[], &[]), 0.0);
    }
}
