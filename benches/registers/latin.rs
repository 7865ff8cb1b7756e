//! Cyrillic names in Latin letters, by the rules and habits that papers in Ukraine show.

/// A way of writing Cyrillic in Latin letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Latin {
    /// Resolution 55 of the Cabinet of Ministers, 2010: passports of today.
    Kmu2010,
    /// Passports before that.
    OldPassport,
    /// From the Russian spelling, as in Soviet and Russian passports.
    Russian,
    /// By ear.
    Sloppy,
}

impl Latin {
    /// Every way.
    pub(crate) const ALL: [Latin; 4] = [Latin::Kmu2010, Latin::OldPassport, Latin::Russian, Latin::Sloppy];

    /// A word in Latin letters.
    pub(crate) fn write(self, word: &str) -> String {
        let mut text = String::with_capacity(word.len());
        let letters: Vec<char> = word.chars().collect();
        for (at, letter) in letters.iter().enumerate() {
            let first = at == 0 || !letters[at - 1].is_alphabetic();
            let lower: char = letter.to_lowercase().next().unwrap_or(*letter);
            let before = at.checked_sub(1).and_then(|at| letters[at].to_lowercase().next());
            let sign = self.letter(lower, before, first);
            if letter.is_uppercase() {
                let mut signs = sign.chars();
                text.extend(signs.next().into_iter().flat_map(char::to_uppercase));
                text.push_str(signs.as_str());
            } else {
                text.push_str(sign);
            }
        }
        text
    }

    fn letter(self, letter: char, before: Option<char>, first: bool) -> &'static str {
        let special = match self {
            Latin::Kmu2010 => kmu(letter, before, first),
            Latin::OldPassport => old(letter),
            Latin::Russian => russian(letter, before, first),
            Latin::Sloppy => sloppy(letter),
        };
        special.unwrap_or_else(|| plain(letter))
    }
}

fn kmu(letter: char, before: Option<char>, first: bool) -> Option<&'static str> {
    Some(match letter {
        'г' if before == Some('з') => "gh",
        'г' => "h",
        'ґ' => "g",
        'є' if first => "ye",
        'ї' if first => "yi",
        'й' if first => "y",
        'ю' if first => "yu",
        'я' if first => "ya",
        'є' => "ie",
        'ї' | 'й' => "i",
        'ю' => "iu",
        'я' => "ia",
        'и' => "y",
        'ь' | '\'' => "",
        _ => return None,
    })
}

fn old(letter: char) -> Option<&'static str> {
    Some(match letter {
        'г' | 'ґ' => "g",
        'є' => "ie",
        'ї' | 'й' => "i",
        'ю' => "iu",
        'я' => "ia",
        'и' => "y",
        'щ' => "shch",
        'ь' | '\'' => "'",
        _ => return None,
    })
}

fn russian(letter: char, before: Option<char>, first: bool) -> Option<&'static str> {
    let after_vowel = before.is_some_and(|letter| "аеёиоуыэюяьъ".contains(letter));
    Some(match letter {
        'г' => "g",
        'е' if first || after_vowel => "ye",
        'ё' => "yo",
        'й' if before == Some('и') => "",
        'и' if before == Some('ь') => "yi",
        'й' | 'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        'ь' | 'ъ' | '\'' => "",
        _ => return None,
    })
}

fn sloppy(letter: char) -> Option<&'static str> {
    Some(match letter {
        'г' => "g",
        'х' => "h",
        'ц' => "c",
        'є' | 'е' => "e",
        'ї' | 'й' => "y",
        'ю' => "ju",
        'я' => "ja",
        'щ' => "sch",
        'ь' | 'ъ' | '\'' => "",
        _ => return None,
    })
}

fn plain(letter: char) -> &'static str {
    match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'ё' => "io",
        'є' => "ie",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ї' => "i",
        'й' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "iu",
        'я' => "ia",
        '-' => "-",
        '.' => ".",
        ' ' => " ",
        '(' => "(",
        ')' => ")",
        _ => "",
    }
}
