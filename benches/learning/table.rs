//! What was learned beside what is shipped.

use std::iter;

use super::tally::Seen;

/// The table that the tool ships.
const SHIPPED: &str = include_str!("../../src/people/weights.csv");
/// Fewest pairs of one person, and of two, that say anything.
const FEWEST: u64 = 200;
/// Fewest pairs, of one person and of two together, that reached a level which is held to be seen.
const FEWEST_SEEN: u64 = 50;
/// Levels that are possible beside one another, for smoothing.
const POSSIBLE: usize = 4;

/// A level of a comparison.
struct Row {
    comparison: String,
    level: String,
    shipped: Pair,
    learned: Option<Pair>,
    /// m of the registers alone and of the programmes alone.
    apart: [Option<f64>; 2],
    confusable: Option<f64>,
    /// Pairs of one person and of two that reached it.
    pairs: [u64; 2],
}

/// m, and u unless the data say it of each value.
#[derive(Clone, Copy)]
struct Pair {
    m: f64,
    u: Option<f64>,
}

/// Every level, in the order of the shipped table.
pub(crate) struct Table(Vec<Row>);

impl Table {
    /// Learned from registers and programmes.
    pub(crate) fn of(registers: &Seen, programmes: &Seen) -> Self {
        let both = Seen {
            one_person: registers.one_person.with(&programmes.one_person),
            two_persons: registers.two_persons.with(&programmes.two_persons),
            confusable: registers.confusable.with(&programmes.confusable),
        };
        let rows = SHIPPED.lines().skip(1).filter_map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let [comparison, level, m, u] = cells[..] else {
                return None;
            };
            let shipped = Pair {
                m: m.parse().ok()?,
                u: u.parse().ok(),
            };
            let m_of = |seen: &Seen| seen.one_person.share(comparison, level, POSSIBLE);
            Some(Row {
                comparison: comparison.to_owned(),
                level: level.to_owned(),
                shipped,
                learned: learned(&both, comparison, level),
                apart: [m_of(registers), m_of(programmes)],
                confusable: both.confusable.share(comparison, level, POSSIBLE),
                pairs: [&both.one_person, &both.two_persons].map(|tally| tally.pairs(comparison, level)),
            })
        });
        Self(rows.collect())
    }

    /// Prints it.
    pub(crate) fn print(&self) {
        println!(
            "comparison level     m learned (registers  programmes)  m shipped   u learned (confusable)  u shipped  \
             bits learned  shipped   pairs of one  of two"
        );
        for row in &self.0 {
            println!("{}", row.told());
        }
    }

    /// In the form of the shipped table: u stays empty where it is empty there.
    pub(crate) fn csv(&self) -> String {
        let rows = self.0.iter().map(|row| {
            let learned = row.learned.unwrap_or(row.shipped);
            let u = row.shipped.u.and(learned.u).map(rounded).unwrap_or_default();
            format!("{},{},{},{u}", row.comparison, row.level, rounded(learned.m))
        });
        let lines: Vec<String> = iter::once("comparison,level,m,u".to_owned()).chain(rows).collect();
        lines.join("\n") + "\n"
    }
}

fn learned(seen: &Seen, comparison: &str, level: &str) -> Option<Pair> {
    let enough = [&seen.one_person, &seen.two_persons]
        .into_iter()
        .all(|tally| tally.spoken(comparison, level) >= FEWEST);
    let reached = seen.one_person.pairs(comparison, level) + seen.two_persons.pairs(comparison, level);
    let m = seen.one_person.share(comparison, level, POSSIBLE)?;
    (enough && reached >= FEWEST_SEEN).then_some(Pair {
        m,
        u: seen.two_persons.share(comparison, level, POSSIBLE),
    })
}

impl Row {
    fn told(&self) -> String {
        let share = |share: Option<f64>| share.map_or("-".to_owned(), rounded);
        let by_value = self.shipped.u.is_none();
        let u_shipped = if by_value {
            "by value".to_owned()
        } else {
            share(self.shipped.u)
        };
        let bits = |pair: Option<Pair>| match pair {
            Some(Pair { m, u: Some(u) }) => format!("{:+.1}", (m / u).log2()),
            _ => "-".to_owned(),
        };
        let m = self.learned.map_or("shipped kept".to_owned(), |pair| rounded(pair.m));
        format!(
            "{:<10} {:<8} {m:>12} {:>10} {:>11} {:>10} {:>11} {:>11} {u_shipped:>11} {:>12} {:>8} {:>14} {:>7}",
            self.comparison,
            self.level,
            share(self.apart[0]),
            share(self.apart[1]),
            rounded(self.shipped.m),
            share(self.learned.and_then(|pair| pair.u)),
            share(self.confusable),
            bits(self.learned),
            bits(Some(self.shipped)),
            self.pairs[0],
            self.pairs[1],
        )
    }
}

/// Two significant digits, and three near 1.
fn rounded(share: f64) -> String {
    let mut places = if share > 0.99 { 2 } else { 1 };
    let mut scaled = share;
    while scaled < 1.0 && places < 9 {
        (scaled, places) = (scaled * 10.0, places + 1);
    }
    let text = format!("{share:.places$}");
    match text.split_once('.') {
        Some((whole, part)) if part.trim_end_matches('0').is_empty() => whole.to_owned(),
        Some(_) => text.trim_end_matches('0').to_owned(),
        None => text,
    }
}
