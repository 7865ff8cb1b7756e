//! How far two spellings are apart: optimal string alignment, which counts a swap of neighbours as one slip
//! (Damerau 1964).

/// Edits between two skeletons.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    rapidfuzz::distance::osa::distance(a.chars(), b.chars())
}

/// Whether two skeletons differ by a slip or two, as their length allows.
pub(crate) fn is_slip(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    if a.len().abs_diff(b.len()) > 2 || shorter < 3 {
        return false;
    }
    let allowed = if a.len().max(b.len()) >= 8 { 2 } else { 1 };
    distance(a, b) <= allowed
}
