//! Figures: an indicator's value in one scope, period and cell.

pub use crate::project::calendar::Period;

/// Whether a figure covers its period alone or everything since the project's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The period.
    Period,
    /// Project start to period end.
    Cumulative,
}

/// A value: blank is not 0 (rule 20).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// Nothing was recorded, or the denominator is 0.
    NoData,
    /// Hidden because few people stand behind it.
    Suppressed,
    /// The cell makes no sense for this indicator.
    NotApplicable,
}

impl Value {
    /// The number, where there is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(number),
            Value::NoData | Value::Suppressed | Value::NotApplicable => None,
        }
    }
}

/// How a figure stands against what was due (rule 19).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Within tolerance of what was due.
    OnTrack,
    /// Better than what was due by more than the tolerance.
    Ahead,
    /// Worse than what was due by more than the tolerance.
    Behind,
    /// The life-of-project target is reached.
    Achieved,
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Index into the project's indicators.
    pub indicator: usize,
    /// Period or cumulative.
    pub scope: Scope,
    /// Index into [`Figures::periods`].
    pub period: usize,
    /// Index into the indicator's disaggregations; `None` for the total.
    pub disaggregation: Option<usize>,
    /// Category as `indicators.csv` writes it; empty for the total.
    pub category: String,
    /// The value.
    pub value: Value,
    /// Value if every undecided pair is one person; only for distinct counts. Joining can also make a person
    /// returning or give one a second service: then it is the least of the three partitions.
    pub low: Option<f64>,
    /// Value if every undecided pair is two persons, or the greatest of the three; only for distinct counts.
    pub high: Option<f64>,
    /// Value to be expected from the probabilities of the undecided pairs; only for counts of persons whose low and
    /// high differ.
    pub expected: Option<f64>,
    /// Above the line of a ratio.
    pub numerator: Option<f64>,
    /// Below the line of a ratio.
    pub denominator: Option<f64>,
    /// What was due for this period and scope.
    pub target: Option<f64>,
    /// Per cent of target.
    pub achieved: Option<f64>,
    /// Status against what was due.
    pub status: Option<Status>,
}

/// A law that every run checks (rule 22).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfCheck {
    /// Code of the law: `unique-at-most-named`, `partition-adds-up`, `cumulative-never-falls`, `new-sums-to-cumulative`, `rows-balance`.
    pub law: &'static str,
    /// What was compared, in figures.
    pub detail: String,
    /// Whether it held.
    pub held: bool,
}

/// All figures of a run.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// The periods reported, short ones first.
    pub periods: Vec<Period>,
    /// Index of the span that the report is about.
    pub span: usize,
    /// The figures, in order of indicator, scope, period, disaggregation, category.
    pub figures: Vec<Figure>,
    /// Checks that were made.
    pub checks: Vec<SelfCheck>,
}
