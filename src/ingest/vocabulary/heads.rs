//! Words about head-counts: how sure a number is, whether people came or are expected, whom a column counts.

use super::listed::Listed;
use super::{MarkMeaning, Vocabulary, normalise};

/// Nobody is older.
const OLDEST: u32 = 120;

impl Vocabulary {
    /// Whether the words beside a row of bare numbers say that they are sums: words that elsewhere may be a mark or the
    /// name of an event.
    pub(crate) fn names_sums(&self, text: &str) -> bool {
        let normalised = normalise(text);
        let begins = |list| self.lists(list, &normalised) || self.starts_with(list, &normalised);
        begins(Listed::Totals) || begins(Listed::Sums)
    }

    /// Whether a state says that something took place, or that somebody came.
    pub(crate) fn is_held(&self, text: &str) -> bool {
        !self.is_longer(text, Listed::Held) && self.lists(Listed::Held, &normalise(text))
            || self.mark(text) == Some(MarkMeaning::Present)
    }

    /// Whether a line heads those who did not come: "Absent:".
    pub(crate) fn heads_absent(&self, text: &str) -> bool {
        !self.is_longer(text, Listed::AbsentSection) && self.lists(Listed::AbsentSection, &normalise(text))
    }

    /// Whether a cell says that its row shows how a form is filled in.
    pub(crate) fn is_example(&self, text: &str) -> bool {
        !self.is_longer(text, Listed::Example) && self.lists(Listed::Example, &normalise(text))
    }

    /// Whether a line heads those who hold sessions: "Facilitators".
    pub(crate) fn heads_staff(&self, text: &str) -> bool {
        !self.is_longer(text, Listed::Staff) && self.lists(Listed::Staff, &normalise(text))
    }

    /// Whether a row so called counts people whom nobody named: "Guests (without names)".
    pub(crate) fn counts_unnamed(&self, text: &str) -> bool {
        let first = text
            .split([',', '(', ':', ';', '=', '–', '—'])
            .next()
            .unwrap_or_default();
        let bare = first.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == '-');
        !self.is_foreign(text, Listed::Unnamed) && self.lists(Listed::Unnamed, &normalise(bare))
    }

    /// Whether a heading under a day tells one kind of session from another: "Group", "Individual", "Morning".
    pub(crate) fn is_session_kind(&self, heading: &str) -> bool {
        !self.is_longer(heading, Listed::SessionKind) && self.lists(Listed::SessionKind, &normalise(heading))
    }

    /// Whether a cell says that somebody holds or serves a session rather than takes part: "facilitator", "тренер/ка".
    pub(crate) fn is_staff_role(&self, text: &str) -> bool {
        self.is_role(Listed::StaffRole, text)
    }

    /// Whether a cell says that somebody takes part.
    pub(crate) fn is_participant_role(&self, text: &str) -> bool {
        self.is_role(Listed::ParticipantRole, text)
    }

    fn is_role(&self, list: Listed, text: &str) -> bool {
        let first = |text: &str| normalise(text.split(['/', '(', ',', ';']).next().unwrap_or_default());
        !self.is_foreign(text, list) && (self.lists(list, &normalise(text)) || self.lists(list, &first(text)))
    }

    /// Whether a word counts people: "25 persons", "25 осіб".
    pub(crate) fn counts_people(&self, word: &str) -> bool {
        self.lists(Listed::People, &normalise(word))
    }

    /// Whether a heading is a word for people, alone or with words for their number: "People", "No. of people".
    pub(crate) fn heads_people(&self, heading: &str) -> bool {
        (self.counts_some(Listed::NumberOf, heading) && !self.lists(Listed::NumberOf, &normalise(heading)))
            || self.counts_people(heading)
    }

    /// Whether a heading says that it holds numbers, and not of what: "Quantity".
    pub(crate) fn heads_number(&self, heading: &str) -> bool {
        self.lists(Listed::NumberOf, &normalise(heading))
    }

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

    /// Whether a heading counts those who came in person, or those who took part from afar.
    pub(crate) fn counts_by_remoteness(&self, heading: &str) -> bool {
        self.counts_some(Listed::Remoteness, heading)
    }

    /// Whether a heading counts those who are no children.
    pub(crate) fn counts_adults(&self, heading: &str) -> bool {
        self.counts_some(Listed::Adults, heading)
    }

    /// From which age to which a word tells: "children", "adults".
    pub(crate) fn ages_of_word(&self, word: &str) -> Option<(u32, u32)> {
        let word = normalise(word);
        if self.lists(Listed::AgeChild, &word) {
            return Some((0, 17));
        }
        self.lists(Listed::AgeAdult, &word).then_some((18, OLDEST))
    }

    /// Whether words stand for those who are neither women nor men, or who did not say.
    pub(crate) fn is_other_sex(&self, heading: &str) -> bool {
        let heading = normalise(heading);
        let mut words = heading.split('/').map(str::trim);
        self.lists(Listed::Sexless, &heading) || words.all(|word| self.lists(Listed::Sexless, word))
    }

    /// A normalised heading without the words that say that it tells of a part: "of whom women".
    pub(crate) fn without_of_whom<'t>(&self, heading: &'t str) -> &'t str {
        let mut blanks = heading
            .match_indices(' ')
            .map(|(at, _)| (&heading[..at], &heading[at + 1..]));
        blanks
            .find(|(before, _)| self.lists(Listed::OfWhom, before))
            .map_or(heading, |(_, rest)| rest)
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
        for heading in [
            "Pax",
            "No. of beneficiaries",
            "Headcount",
            "Число осіб",
            "Присутні",
            "Nombre de bénéficiaires",
        ] {
            assert!(words.heads_people(heading), "{heading}");
        }
        assert!(!words.heads_people("К-ть") && !words.heads_people("No. of kits"));
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
