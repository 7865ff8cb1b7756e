//! Words about head-counts: how sure a number is, whether people came or are expected, whom a column counts.

use super::listed::Listed;
use super::{Vocabulary, normalise};

impl Vocabulary {
    /// Whether words before a number say that it is not exact: "about 30".
    pub(crate) fn says_about(&self, words: &str) -> bool {
        self.lists(Listed::About, &normalise(words))
    }

    /// Whether a heading is that of people or events which are expected: "Planned participants".
    pub(crate) fn heads_planned(&self, heading: &str) -> bool {
        let heading = normalise(heading);
        let mut words = heading.split(|c: char| !c.is_alphabetic());
        words.any(|word| self.lists(Listed::Planned, word))
    }

    /// Whether a heading below another says that it holds what came about, and not what was planned: "Actual".
    pub(crate) fn heads_actual(&self, heading: &str) -> bool {
        self.lists(Listed::Actual, &normalise(heading))
    }

    /// Whether a heading counts those who are new, or those who came before.
    pub(crate) fn counts_by_newness(&self, heading: &str) -> bool {
        self.counts_some(Listed::Newness, heading)
    }

    /// Whether a heading counts people by where they belong: displaced, returned, of the place itself.
    pub(crate) fn counts_by_residence(&self, heading: &str) -> bool {
        self.counts_some(Listed::Residence, heading)
    }

    /// Whether a heading is a word of a list, alone or with a word for people beside it: "New", "New participants".
    fn counts_some(&self, list: Listed, heading: &str) -> bool {
        let heading = normalise(heading);
        let heading = heading.trim_start_matches(['#', '№', ' ']);
        let beside = || {
            let mut blanks = heading
                .match_indices(' ')
                .map(|(at, _)| (&heading[..at], &heading[at + 1..]));
            blanks.any(|(first, last)| {
                let people = |word: &str| self.lists(Listed::People, word);
                (self.lists(list, first) && people(last)) || (people(first) && self.lists(list, last))
            })
        };
        self.lists(list, heading) || beside()
    }
}

#[cfg(test)]
mod tests {
    use super::super::standard;

    #[test]
    fn headings_say_whom_a_column_counts() {
        let words = standard();
        for heading in [
            "New",
            "New participants",
            "Returning",
            "Нові учасники",
            "Повторні",
            "Nouveaux participants",
        ] {
            assert!(words.counts_by_newness(heading), "{heading}");
        }
        for heading in [
            "IDPs",
            "Host community",
            "ВПО",
            "Місцеві",
            "Вынужденные переселенцы",
            "# Returnees",
        ] {
            assert!(words.counts_by_residence(heading), "{heading}");
        }
        for heading in ["Participants", "Topic", "Women"] {
            assert!(
                !words.counts_by_newness(heading) && !words.counts_by_residence(heading),
                "{heading}"
            );
        }
        assert!(words.heads_planned("Planned participants") && words.heads_planned("Кількість учасників (план)"));
        assert!(words.heads_actual("Факт") && !words.heads_planned("Plantation"));
    }
}
