//! Words of headings in one form, and the lists of what they can say.

use crate::report::labels::Labels;

use super::super::map::What;

/// A text as words alone: small letters, digits and per cent signs, one space between and around them.
pub(super) fn norm(text: &str) -> String {
    let mut words = String::from(" ");
    for sign in text.chars() {
        if sign.is_alphanumeric() {
            words.extend(sign.to_lowercase());
        } else if sign == '%' {
            words.push_str(" % ");
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    let words: Vec<&str> = words.split_whitespace().collect();
    format!(" {} ", words.join(" "))
}

/// How alike two texts are by their words: 1 for the same, 0 for nothing in common.
pub(super) fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (set(a), set(b));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let common = a.intersection(&b).count() as f64;
    let all = a.union(&b).count() as f64;
    common / all
}

fn set(text: &str) -> std::collections::BTreeSet<&str> {
    text.split_whitespace().collect()
}

/// What headings can say, in all languages that have labels.
pub(super) struct Words {
    pub(super) labels: Vec<Labels>,
    pub(super) cumulative: Vec<String>,
    pub(super) period: Vec<String>,
    pub(super) total: Vec<String>,
    pub(super) whats: Vec<(What, Vec<String>)>,
    /// Words for cells without a number.
    pub(super) blanks: Vec<String>,
}

impl Words {
    pub(super) fn load() -> Self {
        let labels: Vec<Labels> = Labels::languages().map(Labels::load).collect();
        let list = |key: &str| listed(&labels, key);
        let whats = [
            // "% of target" holds "target".
            (What::Achieved, "fill_words.achieved"),
            (What::Target, "fill_words.target"),
            (What::Baseline, "fill_words.baseline"),
            (What::Numerator, "fill_words.numerator"),
            (What::Denominator, "fill_words.denominator"),
            (What::Value, "fill_words.value"),
        ];
        let blanks = ["value_word.no_data", "value_word.not_applicable"];
        Self {
            cumulative: list("fill_words.cumulative"),
            period: list("fill_words.period"),
            total: list("fill_words.total"),
            whats: whats.iter().map(|(what, key)| (*what, list(key))).collect(),
            blanks: blanks.iter().flat_map(|key| list(key)).collect(),
            labels,
        }
    }

    /// Words of forms for a category's code.
    pub(super) fn category(&self, code: &str) -> Vec<String> {
        listed(&self.labels, &format!("fill_categories.{code}"))
    }
}

fn listed(labels: &[Labels], key: &str) -> Vec<String> {
    let found = labels.iter().filter_map(|labels| labels.find(key));
    found
        .flat_map(|words| words.split('|').map(norm).collect::<Vec<_>>())
        .collect()
}

/// Whether a text holds one of the words, as words.
pub(super) fn holds(text: &str, words: &[String]) -> bool {
    words
        .iter()
        .any(|word| word.trim() != "" && text.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_words() {
        assert_eq!(norm("  % of Target, 18–34"), " % of target 18 34 ");
        assert!(alike(&norm("Unique people reached"), &norm("unique people REACHED.")) > 0.99);
        assert!(alike(&norm("Unique people reached"), &norm("Events held")) < 0.01);
        let words = Words::load();
        assert!(holds(&norm("Cumulative to date"), &words.cumulative));
        assert!(!holds(&norm("planning"), &words.whats[1].1));
    }
}
