//! Whether probabilities mean what they say: of the links of probability p, a share p should be true.
//!
//! Told by probability, and by evidence: the levels that the fields reached, whatever they weigh.

use std::collections::BTreeMap;

use tallyframe::people::model::{Cause, Link, People};

/// Upper ends of the bins; narrow at both ends, where decisions are made.
const ENDS: [f64; 12] = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95, 0.99, 1.0];

#[derive(Debug, Clone, Copy, Default)]
struct Bin {
    links: usize,
    predicted: f64,
    same: usize,
}

/// Prints predicted and observed shares of one true person, over links and undecided pairs.
pub(crate) fn print(people: &People, truth: &[Option<u32>]) {
    println!("probability      links  predicted  observed  |  undecided  predicted  observed");
    let links = bins(people.links.iter(), truth);
    let undecided = bins(people.undecided.iter().map(|pair| &pair.link), truth);
    let mut from = 0.0;
    for ((end, link), pair) in ENDS.iter().zip(&links).zip(&undecided) {
        println!("{from:>5.2} - {end:>4.2}  {}  |  {}", link.told(7), pair.told(9));
        from = *end;
    }
    let all = |bins: &[Bin]| bins.iter().map(|bin| bin.links).sum::<usize>();
    println!(
        "{:>12}  {:>7}  {:>19}  |  {:>9}",
        "all",
        all(&links),
        "",
        all(&undecided)
    );
}

/// Prints predicted and observed shares of the most frequent kinds of evidence, the worst judged first.
pub(crate) fn print_evidence(people: &People, truth: &[Option<u32>], limit: usize) {
    let mut kinds: BTreeMap<String, Bin> = BTreeMap::new();
    for link in people
        .links
        .iter()
        .chain(people.undecided.iter().map(|pair| &pair.link))
    {
        let (Some(a), Some(b)) = (truth[link.a.index()], truth[link.b.index()]) else {
            continue;
        };
        kinds.entry(evidence(link)).or_default().add(link, a == b);
    }
    let mut kinds: Vec<(String, Bin)> = kinds.into_iter().collect();
    kinds.sort_by(|(_, a), (_, b)| b.misjudged().total_cmp(&a.misjudged()));
    println!("  links  predicted  observed  evidence, by links judged wrong on the whole");
    for (kind, bin) in kinds.iter().take(limit) {
        println!("{}  {kind}", bin.told(7));
    }
}

/// The levels that the fields reached.
pub(crate) fn evidence(link: &Link) -> String {
    let fields: Vec<String> = link
        .fields
        .iter()
        .map(|one| format!("{} {}", one.comparison, one.level))
        .collect();
    fields.join(", ")
}

impl Bin {
    fn add(&mut self, link: &Link, same: bool) {
        self.links += 1;
        self.predicted += link.probability;
        self.same += usize::from(same);
    }

    /// How many links more or fewer were true than foretold.
    fn misjudged(self) -> f64 {
        (self.predicted - self.same as f64).abs()
    }

    fn told(self, width: usize) -> String {
        if self.links == 0 {
            return format!("{:>width$}  {:>9}  {:>8}", "-", "", "");
        }
        let of = |sum: f64| sum / self.links as f64;
        format!(
            "{:>width$}  {:>9.4}  {:>8.4}",
            self.links,
            of(self.predicted),
            of(self.same as f64)
        )
    }
}

fn bins<'a>(links: impl Iterator<Item = &'a Link>, truth: &[Option<u32>]) -> [Bin; ENDS.len()] {
    let mut bins = [Bin::default(); ENDS.len()];
    for link in links.filter(|link| link.cause != Cause::Decision) {
        let (Some(a), Some(b)) = (truth[link.a.index()], truth[link.b.index()]) else {
            continue;
        };
        let at = ENDS
            .iter()
            .position(|end| link.probability <= *end)
            .unwrap_or(ENDS.len() - 1);
        bins[at].add(link, a == b);
    }
    bins
}
