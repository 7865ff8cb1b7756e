//! How far two spellings are apart: optimal string alignment, which counts a swap of neighbours as one slip
//! (Damerau 1964).

/// Edits between two skeletons.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    rapidfuzz::distance::osa::distance(a.chars(), b.chars())
}

/// Whether two texts of one length differ in one sign, or in two neighbours that changed places.
pub(crate) fn is_one_off(a: &str, b: &str) -> bool {
    if a.len() != b.len() || a == b {
        return false;
    }
    if !a.is_ascii() || !b.is_ascii() {
        return distance(a, b) == 1;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let same = a.iter().zip(b).take_while(|(one, other)| one == other).count();
    let rest = |from: usize| a[from..] == b[from..];
    let swapped = || same + 1 < a.len() && a[same] == b[same + 1] && a[same + 1] == b[same] && rest(same + 2);
    rest(same + 1) || swapped()
}

/// Letters from which on a word may have two slips.
pub(crate) const LONG: usize = 8;

/// Whether two skeletons differ by a slip or two, as their length allows.
pub(crate) fn is_slip(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    if a.len().abs_diff(b.len()) > 2 || shorter < 3 {
        return false;
    }
    let allowed = if a.len().max(b.len()) >= LONG { 2 } else { 1 };
    may_be_apart(a, b, allowed) && (distance(a, b) <= allowed || lost_between_equals(a, b) || lost_between_equals(b, a))
}

/// Whether so few edits could make one text of the other, or one lost letter between two equal ones: each edit takes one
/// letter out of those that a text is made of, puts one in, or does both.
fn may_be_apart(a: &str, b: &str, edits: usize) -> bool {
    let letters = |text: &str| {
        text.chars()
            .fold(0_u64, |letters, letter| letters | 1 << (u32::from(letter) % 64))
    };
    (letters(a) ^ letters(b)).count_ones() as usize <= 2 * edits
}

/// Whether the shorter skeleton lost one letter between two equal ones, which then were folded into one:
/// Milić and Miić are `milic` and `mic`.
fn lost_between_equals(longer: &str, shorter: &str) -> bool {
    if longer.chars().count() != shorter.chars().count() + 2 {
        return false;
    }
    let longer: Vec<char> = longer.chars().collect();
    let shorter: Vec<char> = shorter.chars().collect();
    (0..shorter.len()).any(|at| {
        longer[at] == longer[at + 2] && longer[..=at] == shorter[..=at] && longer[at + 3..] == shorter[at + 1..]
    })
}

#[cfg(test)]
mod tests {
    use super::{LONG, distance, is_one_off, is_slip, lost_between_equals};

    #[test]
    fn one_sign_or_two_that_changed_places() {
        let texts = [
            "0671234567",
            "0671234568",
            "0671243567",
            "0671243568",
            "067123456",
            "",
            "0",
            "1",
            "x1",
            "1x",
        ];
        for a in texts {
            for b in texts {
                assert_eq!(is_one_off(a, b), a.len() == b.len() && distance(a, b) == 1, "{a} {b}");
            }
        }
        assert!(is_one_off("вул1", "вул2") && !is_one_off("вул12", "вил21"));
    }

    proptest::proptest! {
        #[test]
        fn a_slip_is_what_the_distance_says(a in "[a-fà]{3,12}", b in "[a-fà]{3,12}", cut in 0_usize..12, swap in 0_usize..12) {
            let mut near: Vec<char> = a.chars().collect();
            if cut < near.len() {
                near.remove(cut);
            }
            if swap + 1 < near.len() {
                near.swap(swap, swap + 1);
            }
            for b in [b, near.into_iter().collect()] {
                let allowed = if a.len().max(b.len()) >= LONG { 2 } else { 1 };
                let near = distance(&a, &b) <= allowed || lost_between_equals(&a, &b) || lost_between_equals(&b, &a);
                let comparable = a.len().abs_diff(b.len()) <= 2 && a.len().min(b.len()) >= 3;
                proptest::prop_assert_eq!(is_slip(&a, &b), comparable && near, "{} {}", a, b);
            }
        }
    }

    #[test]
    fn a_letter_lost_between_two_equal_ones_is_a_slip() {
        assert!(is_slip("milic", "mic"));
        assert!(!is_slip("marko", "mik"));
        assert!(is_slip("kovalenko", "kovalnko"));
    }
}
