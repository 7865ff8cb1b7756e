//! Found persons against true ones: pairs, counts, and whether the range holds the truth.

use tallyframe::ingest::records::MentionId;
use tallyframe::people::model::People;

/// How well persons were told apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quality {
    /// Mentions whose person is known.
    pub(crate) mentions: usize,
    /// True persons.
    pub(crate) persons: usize,
    /// Found persons.
    pub(crate) found: usize,
    /// Persons where every undecided pair is one.
    pub(crate) low: usize,
    /// Persons to be expected from the probabilities.
    pub(crate) expected: f64,
    /// Persons where every undecided pair is two.
    pub(crate) high: usize,
    /// Of the pairs found, how many are true.
    pub(crate) precision: f64,
    /// Of the true pairs, how many were found.
    pub(crate) recall: f64,
    /// Pairs that an officer should decide.
    pub(crate) undecided: usize,
}

impl Quality {
    /// Of people against the truth of each mention; mentions without a truth are left out.
    pub(crate) fn of(people: &People, truth: &[Option<u32>]) -> Self {
        Self::with_unread(people, truth, &[])
    }

    /// The same where some persons stand in rows that were not read: each such row is somebody found alone.
    pub(crate) fn with_unread(people: &People, truth: &[Option<u32>], unread: &[u32]) -> Self {
        let known = |blocks: &dyn Fn(usize) -> u32| -> Vec<(u32, u32)> {
            let pairs = truth
                .iter()
                .enumerate()
                .filter_map(|(at, person)| Some((blocks(at), (*person)?)));
            let mut pairs: Vec<(u32, u32)> = pairs.collect();
            pairs.sort_unstable();
            pairs
        };
        let seen = (0..)
            .zip(truth)
            .filter(|(_, person)| person.is_some())
            .map(|(at, _)| MentionId(at));
        let cells = known(&|at| people.best[at].0);
        let mut persons: Vec<u32> = truth.iter().copied().flatten().chain(unread.iter().copied()).collect();
        persons.sort_unstable();
        let (precision, recall) = shares(&cells, &persons);
        let count = |cells: &[(u32, u32)]| cells.chunk_by(|a, b| a.0 == b.0).count() + unread.len();
        Self {
            mentions: cells.len(),
            persons: persons.chunk_by(|a, b| a == b).count(),
            found: count(&cells),
            expected: people.count(&seen).expected + unread.len() as f64,
            low: count(&known(&|at| people.low[at])),
            high: count(&known(&|at| people.high[at])),
            precision,
            recall,
            undecided: people.undecided.len(),
        }
    }

    /// Harmonic mean of precision and recall.
    pub(crate) fn f1(&self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall).max(f64::MIN_POSITIVE)
    }

    /// Headings of [`Quality::row`].
    pub(crate) const HEADER: &str =
        " mentions  persons    found      low expected     high  in   error %  precision   recall       F1  undecided";

    /// The figures, aligned under the headings.
    pub(crate) fn row(&self) -> String {
        let inside = if (self.low..=self.high).contains(&self.persons) {
            "yes"
        } else {
            "NO"
        };
        let error = 100.0 * (self.found as f64 - self.persons as f64) / self.persons.max(1) as f64;
        format!(
            "{:>9} {:>8} {:>8} {:>8} {:>8.1} {:>8} {inside:>3} {error:>+9.2}  {:>9.5}  {:>7.5}  {:>7.5}  {:>9}",
            self.mentions,
            self.persons,
            self.found,
            self.low,
            self.expected,
            self.high,
            self.precision,
            self.recall,
            self.f1(),
            self.undecided
        )
    }
}

/// Precision and recall of pairs, from the person found and the true person of every row.
#[allow(dead_code, reason = "one of the benches alone has persons that no `People` holds")]
pub(crate) fn pairwise(mut rows: Vec<(u32, u32)>) -> (f64, f64) {
    rows.sort_unstable();
    let mut persons: Vec<u32> = rows.iter().map(|(_, person)| *person).collect();
    persons.sort_unstable();
    shares(&rows, &persons)
}

/// Of the pairs found, how many are true, and of the true ones, how many were found; both slices are sorted.
fn shares(cells: &[(u32, u32)], persons: &[u32]) -> (f64, f64) {
    let both = pairs(cells.chunk_by(|a, b| a == b));
    let ours = pairs(cells.chunk_by(|a, b| a.0 == b.0));
    let theirs = pairs(persons.chunk_by(|a, b| a == b));
    (both / ours.max(1.0), both / theirs.max(1.0))
}

fn pairs<'a, T: 'a>(blocks: impl Iterator<Item = &'a [T]>) -> f64 {
    blocks
        .map(|block| block.len() as f64 * (block.len() as f64 - 1.0) / 2.0)
        .sum()
}
