//! Answers to a question about two clusters that is asked again and again, as many as find room.

use std::sync::atomic::{AtomicU64, Ordering};

/// Most answers that are kept: 32 MB.
const MOST: usize = 1 << 22;
/// Fewest that there is room for.
const LEAST: usize = 1 << 6;

/// Whether something holds of two clusters; a new answer takes the place of an older one.
#[derive(Debug)]
pub(super) struct Answers(Vec<AtomicU64>);

impl Answers {
    /// Room for the answers about so many clusters.
    pub(super) fn about(clusters: usize) -> Self {
        let places = (2 * clusters).next_power_of_two().clamp(LEAST, MOST);
        Self((0..places).map(|_| AtomicU64::new(0)).collect())
    }

    /// What holds of two different clusters, asked anew where the answer is not kept.
    pub(super) fn of(&self, a: u32, b: u32, ask: impl FnOnce() -> bool) -> bool {
        // Clusters are fewer than 2^31, and no two of them give 0.
        let question = u64::from(a) << 32 | u64::from(b) << 1;
        let place = &self.0[self.place(question)];
        let known = place.load(Ordering::Relaxed);
        if known & !1 == question {
            return known & 1 == 1;
        }
        let answer = ask();
        place.store(question | u64::from(answer), Ordering::Relaxed);
        answer
    }

    /// Where the answer stands (multiplicative hashing, Knuth 1973, section 6.4).
    #[expect(clippy::cast_possible_truncation, reason = "no more bits than the places have")]
    fn place(&self, question: u64) -> usize {
        const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
        (question.wrapping_mul(GOLDEN) >> (64 - self.0.len().trailing_zeros())) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Answers;

    proptest::proptest! {
        #[test]
        fn an_answer_is_what_asking_would_give(asked in proptest::collection::vec((0_u32..40, 0_u32..40), 0..400)) {
            let answers = Answers::about(1);
            let holds = |a: u32, b: u32| (a * 31 + b * 17).is_multiple_of(3);
            for (a, b) in asked.into_iter().filter(|(a, b)| a != b) {
                proptest::prop_assert_eq!(answers.of(a, b, || holds(a, b)), holds(a, b));
            }
        }
    }

    #[test]
    fn an_answer_that_is_kept_is_not_asked_for_again() {
        let answers = Answers::about(1000);
        assert!(answers.of(3, 4, || true));
        assert!(answers.of(3, 4, || unreachable!("it is known")));
        assert!(!answers.of(4, 3, || false), "another question");
    }
}
