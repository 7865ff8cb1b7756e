//! What the texts around a number tell: which indicator, breakdown, period, scope and number are meant.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::super::map::What;
use super::around::{Text, Texts};
use super::words::{Words, alike, holds, norm};
use crate::logframe::figures::Scope;
use crate::report::view::View;

/// Least likeness of a text and a statement.
pub(super) const LIKE: f64 = 0.55;
/// Texts of more words are statements, not headings.
const HEADING: usize = 7;
/// How far above a row its indicator may stand.
const BLOCK: u32 = 40;

/// What is known of the project's words.
pub(super) struct Known<'a> {
    pub(super) view: &'a View<'a>,
    pub(super) words: Words,
    /// Code and statements of each indicator.
    names: Vec<(String, Vec<String>)>,
    /// Words of each period, by index.
    periods: Vec<(usize, String)>,
    /// Words of categories: indicator, breakdown, category → the parts to be said, each in several words.
    pub(super) categories: BTreeMap<(usize, usize, String), Vec<Vec<String>>>,
    /// All words of categories.
    any_category: std::collections::BTreeSet<String>,
    /// Indicators by text, kept because a heading stands beside many numbers.
    met: RefCell<BTreeMap<String, Rc<BTreeMap<usize, f64>>>>,
}

/// What was told.
#[derive(Debug, Default, Clone)]
pub(super) struct Told {
    /// Likeness by indicator.
    pub(super) indicators: BTreeMap<usize, f64>,
    /// The text that named the indicator.
    pub(super) by: String,
    /// Whether it stands above and not to the left.
    pub(super) transposed: bool,
    /// Indexes of periods that a heading names.
    pub(super) periods: Vec<usize>,
    pub(super) scope: Option<Scope>,
    pub(super) what: Option<What>,
    /// Short texts that stand for a category or a total.
    pub(super) short: Vec<String>,
    /// Whether every heading next to the number was understood, and there is one.
    pub(super) understood: bool,
    /// Whether row and column say different things.
    pub(super) torn: bool,
    /// The heading next to the number.
    pub(super) heading: String,
}

impl Told {
    /// What the row told with what the column told; where the two differ, nothing fits.
    fn with(mut self, above: Told) -> Self {
        let periods = !self.periods.is_empty() && !above.periods.is_empty() && self.periods != above.periods;
        let scope = self.scope.is_some() && above.scope.is_some() && self.scope != above.scope;
        let what = self.what.is_some() && above.what.is_some() && self.what != above.what;
        self.torn = periods || scope || what;
        if self.periods.is_empty() {
            self.periods = above.periods;
        }
        self.scope = self.scope.or(above.scope);
        self.what = self.what.or(above.what);
        self
    }
}

impl<'a> Known<'a> {
    pub(super) fn of(view: &'a View<'a>) -> Self {
        let words = Words::load();
        let project = view.report.project;
        let names = project.indicators.iter().map(|indicator| {
            let statements = indicator.statement.0.values().map(|text| norm(text)).collect();
            (norm(&indicator.code), statements)
        });
        let mut known = Self {
            names: names.collect(),
            periods: Vec::new(),
            categories: BTreeMap::new(),
            any_category: std::collections::BTreeSet::new(),
            met: RefCell::default(),
            view,
            words,
        };
        known.periods = known.period_words();
        known.add_categories();
        known
    }

    fn period_words(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (at, period) in self.view.report.figures.periods.iter().enumerate() {
            found.push((at, norm(&period.label)));
            for labels in &self.words.labels {
                found.push((at, norm(&labels.period(period))));
                found.push((at, norm(&labels.period_short(period))));
            }
        }
        found
    }

    fn add_categories(&mut self) {
        for figure in &self.view.report.figures.figures {
            let Some(at) = figure.disaggregation else { continue };
            let key = (figure.indicator, at, figure.category.clone());
            if self.categories.contains_key(&key) {
                continue;
            }
            let breakdown = &self.view.report.project.indicators[figure.indicator].disaggregations[at];
            let mut parts: Vec<Vec<String>> = Vec::new();
            for part in figure.category.split(" & ") {
                let renamed = breakdown.rename.iter().find(|(_, name)| *name == part);
                let code = renamed.map_or(part, |(code, _)| code.as_str());
                let mut words = vec![norm(part), norm(code)];
                words.extend(self.words.category(code));
                for labels in &self.words.labels {
                    words.extend(labels.find(&format!("value.{code}")).map(norm));
                    words.extend(
                        self.view
                            .report
                            .project
                            .activities
                            .get(code)
                            .map(|activity| norm(activity.name.get("uk"))),
                    );
                }
                parts.push(words);
            }
            if parts.len() == 1 {
                parts[0].push(norm(&self.view.category(breakdown, &figure.category)));
            }
            self.any_category.extend(parts.iter().flatten().cloned());
            self.categories.insert(key, parts);
        }
    }

    /// Indicators that a text names, with how sure.
    fn named(&self, text: &Text) -> Rc<BTreeMap<usize, f64>> {
        if let Some(known) = self.met.borrow().get(&text.words) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.names_in(text));
        self.met.borrow_mut().insert(text.words.clone(), Rc::clone(&found));
        found
    }

    fn names_in(&self, text: &Text) -> BTreeMap<usize, f64> {
        let mut found = BTreeMap::new();
        for (index, (code, statements)) in self.names.iter().enumerate() {
            let mut score: f64 = 0.0;
            if code.trim() != "" && text.words == *code {
                score = 0.8;
            }
            let rest = text
                .words
                .strip_prefix(code.as_str())
                .filter(|rest| !rest.trim().is_empty());
            for statement in statements {
                score = score.max(alike(&text.words, statement));
                if let Some(rest) = rest {
                    let same = alike(rest, statement);
                    score = score.max(if same >= LIKE { 1.0 } else { same });
                }
            }
            if score >= LIKE {
                found.insert(index, score);
            }
        }
        found
    }

    /// Indicators that the texts of a row name; a code and a statement that name two are no answer.
    fn of_row(&self, texts: &[Text]) -> (BTreeMap<usize, f64>, String) {
        let (mut found, mut by) = (BTreeMap::new(), String::new());
        for text in texts {
            for (index, score) in self.named(text).iter() {
                let kept = found.entry(*index).or_insert(0.0);
                *kept = if *kept > 0.0 {
                    1.0_f64.min(*kept + 0.2 * score)
                } else {
                    *score
                };
                if by.len() < text.shown.len() {
                    by.clone_from(&text.shown);
                }
            }
        }
        (found, by)
    }

    fn heading(&self, text: &Text, told: &mut Told) -> bool {
        let count = text.words.split_whitespace().count();
        if count > HEADING {
            return false;
        }
        let mut understood = false;
        let hits: Vec<&(usize, String)> = self
            .periods
            .iter()
            .filter(|(_, word)| text.words.contains(word.as_str()))
            .collect();
        if let Some(longest) = hits.iter().map(|(_, word)| word.len()).max() {
            understood = true;
            if told.periods.is_empty() {
                let mut named: Vec<usize> = hits
                    .iter()
                    .filter(|(_, word)| word.len() == longest)
                    .map(|(at, _)| *at)
                    .collect();
                named.dedup();
                told.periods = named;
            }
        }
        if self.any_category.contains(&text.words) || self.words.total.contains(&text.words) {
            told.short.push(text.words.clone());
            return true;
        }
        let scope = if holds(&text.words, &self.words.cumulative) {
            Some(Scope::Cumulative)
        } else {
            holds(&text.words, &self.words.period).then_some(Scope::Period)
        };
        understood |= scope.is_some();
        told.scope = told.scope.or(scope);
        let what = self
            .words
            .whats
            .iter()
            .find(|(_, words)| holds(&text.words, words))
            .map(|(what, _)| *what);
        understood |= what.is_some();
        told.what = told.what.or(what);
        understood
    }

    /// Reads the texts around a cell.
    pub(super) fn around(&self, texts: &Texts, row: u32, column: u32) -> Told {
        let (mut told, mut above) = (Told::default(), Told::default());
        let left = texts.left(row, column);
        (told.indicators, told.by) = self.of_row(&left);
        let own_row = !told.indicators.is_empty();
        for text in left.iter().filter(|text| self.named(text).is_empty()) {
            let said = self.heading(text, &mut told);
            if !own_row && said && told.indicators.is_empty() {
                self.inherit(texts, row, text.column, &mut told);
            }
        }
        for (at, group) in texts.above(row, column).iter().enumerate() {
            let mut all = true;
            for text in group {
                let named = self.named(text);
                if named.is_empty() {
                    all &= self.heading(text, &mut above);
                } else if told.indicators.is_empty() {
                    (told.indicators, told.by) = ((*named).clone(), text.shown.clone());
                    told.transposed = true;
                }
            }
            if at == 0 {
                told.understood = all;
                told.heading = group.first().map(|text| text.shown.clone()).unwrap_or_default();
                // Farther up stand heads of other tables: they tell no category of this number.
                told.short.append(&mut above.short);
            }
        }
        told.with(above)
    }

    /// A row of a breakdown belongs to the indicator above it.
    fn inherit(&self, texts: &Texts, row: u32, column: u32, told: &mut Told) {
        for above in (row.saturating_sub(BLOCK)..row).rev() {
            let left = texts.left(above, column + 1);
            let (found, by) = self.of_row(&left);
            if !found.is_empty() {
                (told.indicators, told.by) = (found, by);
                return;
            }
            // A row that says something else is the end of the block.
            let mut other = Told::default();
            if left.iter().any(|text| !self.heading(text, &mut other)) {
                return;
            }
        }
    }
}
