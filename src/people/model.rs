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
    /// Probability of each mention belonging to its person, 0..1.
    pub certainty: Vec<f64>,
    /// The links that made the persons.
    pub links: Vec<Link>,
    /// What is undecided, the most doubtful first.
    pub undecided: Vec<Undecided>,
    /// What recognition found wrong or doubtful.
    pub findings: Vec<Finding>,
}
