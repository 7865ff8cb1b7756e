//! Pet names that no name file knows, by their endings: Євочка is Єва, Данилко is Данило.

use std::sync::LazyLock;

use super::script::{clean, skeleton};

/// Endings of pet names as skeletons, the longer first.
static ENDINGS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = include_str!("pet_endings.csv").lines().skip(1);
    let mut endings: Vec<String> = lines
        .map(|line| skeleton(&clean(line)))
        .filter(|ending| !ending.is_empty())
        .collect();
    endings.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    endings.dedup();
    endings
});

/// Fewest letters of a name that stay before the ending.
const STEM: usize = 2;

/// Whether `unknown` may be `name` with the ending of a pet name.
pub(crate) fn is_pet_name_of(unknown: &str, name: &str) -> bool {
    let bare = name.trim_end_matches(['a', 'e', 'i', 'o', 'u']);
    ENDINGS.iter().any(|ending| {
        let stem = unknown.strip_suffix(ending.as_str());
        stem.is_some_and(|stem| stem.len() >= STEM && (stem == bare || stem == name))
    })
}

#[cfg(test)]
mod tests {
    use super::is_pet_name_of;

    #[test]
    fn endings_of_pet_names_are_seen_through() {
        assert!(is_pet_name_of("evocka", "eva"));
        assert!(is_pet_name_of("danilko", "danilo"));
        assert!(!is_pet_name_of("marinka", "maria"));
        assert!(!is_pet_name_of("olenka", "oksana"));
    }
}
