//! What the masculine and the feminine form of one surname share, on skeletons.
//!
//! East and South Slavic and Polish surnames that are adjectives or possessives follow the bearer's sex:
//! Ковальський and Ковальська, Чорний and Чорна, Іванов and Іванова, Пушкін and Пушкіна. Other surnames do not.

/// Possessive endings after which only the feminine form adds an `a`.
const POSSESSIVE: &[&str] = &["ov", "ev", "in"];

/// Least length of a form whose ending is taken for one of sex: shorter surnames (Лі, Лія) are merely alike.
const LEAST: usize = 4;

/// What the forms of a surname for both sexes share; the surname itself where it has no ending of sex.
///
/// Nouns in `-a` (Сорока) can't be told from adjectives (Чорна) by themselves; [`is_other_form`] looks at both
/// surnames and is exact.
pub(crate) fn gendered(surname: &str) -> &str {
    if surname.chars().count() < LEAST {
        return surname;
    }
    masculine_stem(surname)
        .or_else(|| feminine_stem(surname))
        .unwrap_or(surname)
}

/// Whether two different surnames are the forms of one surname for a man and for a woman.
pub(crate) fn is_other_form(a: &str, b: &str) -> bool {
    is_woman_of(a, b) || is_woman_of(b, a)
}

fn is_woman_of(feminine: &str, masculine: &str) -> bool {
    let Some(stem) = feminine_stem(feminine).filter(|_| feminine.chars().count() >= LEAST) else {
        return false;
    };
    masculine_stem(masculine) == Some(stem) || (masculine == stem && is_possessive(stem))
}

fn is_possessive(stem: &str) -> bool {
    POSSESSIVE.iter().any(|ending| stem.ends_with(ending))
}

/// The stem of an adjective for a man: Чорний, Ковальський, Толстой.
fn masculine_stem(surname: &str) -> Option<&str> {
    let hard = surname
        .strip_suffix("oi")
        .filter(|stem| ends_in_consonant(stem) && stem.len() >= 4);
    hard.or_else(|| surname.strip_suffix('i').filter(|stem| ends_in_consonant(stem)))
}

/// The stem of an adjective or possessive for a woman: Чорна, Ковальська, Іванова.
fn feminine_stem(surname: &str) -> Option<&str> {
    surname.strip_suffix('a').filter(|stem| ends_in_consonant(stem))
}

fn ends_in_consonant(stem: &str) -> bool {
    stem.chars()
        .next_back()
        .is_some_and(|last| !matches!(last, 'a' | 'e' | 'i' | 'o' | 'u'))
}

#[cfg(test)]
mod tests {
    use super::{gendered, is_other_form};
    use crate::names::script::{clean, skeleton};

    fn folded(surname: &str) -> String {
        skeleton(&clean(surname))
    }

    #[test]
    fn a_man_and_a_woman_of_one_surname_meet() {
        for forms in [
            &[
                "Ковальський",
                "Ковальська",
                "Ковальский",
                "Ковальская",
                "Kovalskyi",
                "Kovalska",
                "Kowalski",
            ][..],
            &["Потоцький", "Потоцька", "Pototskyi", "Pototska", "Potocki", "Potocka"],
            &["Чорний", "Чорна", "Chornyi", "Chorny", "Чорная"],
            &["Толстой", "Толстая", "Tolstaya", "Толстий"],
            &["Білий", "Біла"],
            &["Синій", "Синя"],
            &["Іванов", "Іванова", "Иванова", "Ivanova"],
            &["Григор'єв", "Григор'єва", "Григорьева", "Hryhorieva"],
            &["Пушкін", "Пушкіна", "Пушкина"],
            &["Павлишин", "Павлишина"],
            &["Георгиев", "Георгиева"],
        ] {
            for (one, other) in forms.iter().flat_map(|one| forms.iter().map(move |other| (one, other))) {
                let (one, other) = (folded(one), folded(other));
                assert_eq!(gendered(&one), gendered(&other), "{one} {other}");
                assert!(
                    one == other || is_other_form(&one, &other) || same_sex(&one, &other),
                    "{one} {other}"
                );
            }
        }
    }

    /// Two spellings for one sex: Толстой and Толстый.
    fn same_sex(one: &str, other: &str) -> bool {
        one.ends_with('i') && other.ends_with('i')
    }

    #[test]
    fn surnames_that_are_merely_alike_stay_apart() {
        for (one, other) in [
            ("Кравець", "Кравченко"),
            ("Коваль", "Ковальова"),
            ("Коваль", "Ковальська"),
            ("Шевченко", "Шевчук"),
            ("Іваненко", "Іванова"),
            ("Петров", "Петрова-Коваль"),
            ("Лис", "Лиса"),
            ("Сорока", "Сорок"),
            ("Мороз", "Мороза"),
            ("Гончар", "Гончаренко"),
            ("Бойко", "Бойка"),
            ("Марковић", "Марков"),
        ] {
            assert!(!is_other_form(&folded(one), &folded(other)), "{one} {other}");
        }
        assert_ne!(gendered(&folded("Кравець")), gendered(&folded("Кравченко")));
        assert_ne!(gendered(&folded("Коваль")), gendered(&folded("Ковальова")));
    }
}
