//! One skeleton for a word however it is spelled: Ukrainian, Russian, Serbian or Latin letters, with or
//! without diacritics, with look-alike letters of the other alphabet, with or without apostrophes.
//!
//! The folding is deliberately coarse (г and х are both `h`, ч and ц both `c`): it only has to make
//! spellings of one name meet, and rarity is judged on the same skeletons. Latin digraphs follow KMU-2010
//! (Cabinet of Ministers of Ukraine, resolution 55 of 2010), the passport spellings before it, and the
//! Serbian, Polish and English habits.

mod clean;
mod romanian;
mod sounds;

use unicode_normalization::UnicodeNormalization;

pub(crate) use self::clean::{clean, is_cyrillic};
pub(crate) use self::romanian::{romanian_readings, with_a_mark};
use self::sounds::{arabic_letter, caucasian_sound, cyrillic_sound};
use super::greek::in_latin;
use crate::letters::is_letter;

/// Latin letter groups and what they sound like, the longer first.
const DIGRAPHS: &[(&str, &str)] = &[
    ("shch", "sc"),
    ("szcz", "sc"),
    ("sch", "s"),
    ("tch", "c"),
    ("zgh", "zh"),
    ("ch", "c"),
    ("cz", "c"),
    ("ck", "k"),
    ("dj", "d"),
    ("gh", "h"),
    ("kh", "h"),
    ("ks", "ks"),
    ("ph", "f"),
    ("rz", "z"),
    ("sh", "s"),
    ("sz", "s"),
    ("th", "t"),
    ("ts", "c"),
    ("tz", "c"),
    ("zh", "z"),
];

/// Last letters of surnames in which `ck` is two sounds.
const ADJECTIVE: &[&str] = &[
    "cki", "cka", "cky", "ckyi", "ckyj", "ckij", "ckiy", "ckii", "ckaia", "ckaya", "ckaja",
];

/// The skeleton of a cleaned word; empty where there is no letter.
pub(crate) fn skeleton(word: &str) -> String {
    squeeze(&sounds(word))
}

/// The sounds of a cleaned word, before any is left out of its skeleton.
pub(crate) fn sounds(word: &str) -> String {
    let mut sounds = String::with_capacity(word.len());
    if let Some(latin) = in_latin(word) {
        push_latin(&mut sounds, &latin);
        return sounds;
    }
    let mut latin = String::new();
    for letter in word.chars() {
        if let Some(sound) = cyrillic_sound(letter).or_else(|| caucasian_sound(letter)) {
            push_latin(&mut sounds, &latin);
            latin.clear();
            // Armenian writes u with two letters.
            if letter == 'ւ' && sounds.ends_with('o') {
                sounds.pop();
                sounds.push('u');
            } else {
                sounds.push_str(sound);
            }
        } else if let Some(letter) = arabic_letter(letter) {
            latin.push_str(letter);
        } else if is_letter(letter) {
            let before = latin.len();
            latin.extend(std::iter::once(letter).nfd().filter(char::is_ascii_alphabetic));
            latin.push_str(latin_special(letter));
            // Alphabets without a table of their own (Arabic, Hebrew …) are compared letter by letter.
            if latin.len() == before {
                latin.push(letter);
            }
        }
    }
    push_latin(&mut sounds, &latin);
    sounds
}

/// The letters under which a name with this skeleton is abbreviated: Юлія is Ю. (`U`), and Y. or J. (`j`) in Latin.
pub(crate) fn initials(skeleton: &str) -> Vec<char> {
    let mut letters = skeleton.chars();
    match (letters.next(), letters.next()) {
        (Some('i'), Some(vowel @ ('a' | 'o' | 'u'))) => vec![vowel.to_ascii_uppercase(), 'j'],
        (Some('e'), Some(_)) => vec!['e', 'j'],
        (Some(first), _) => vec![first],
        (None, _) => Vec::new(),
    }
}

/// The letter that an initial stands for.
pub(crate) fn initial(word: &str) -> Option<char> {
    match word.chars().next() {
        Some('j' | 'y' | 'й' | 'ј') => Some('j'),
        _ => initials(&skeleton(word)).first().copied(),
    }
}

fn latin_special(letter: char) -> &'static str {
    match letter {
        'đ' | 'ð' | 'ɗ' => "d",
        'ł' | 'ŀ' => "l",
        'ß' => "s",
        'ø' | 'ɔ' => "o",
        'æ' | 'ɛ' => "e",
        'œ' => "oe",
        'ə' | 'ǝ' => "a",
        'ı' => "i",
        'þ' | 'ŧ' => "t",
        'ħ' => "h",
        'ŋ' => "n",
        'ɓ' => "b",
        'ƙ' => "k",
        'ƴ' => "y",
        'ĳ' => "ij",
        _ => "",
    }
}

fn push_latin(sounds: &mut String, latin: &str) {
    let mut rest = latin;
    while let Some(first) = rest.chars().next() {
        // Polish and Serbian adjectives (Potocki, Potocka): elsewhere `ck` is the German and English k.
        if !sounds.is_empty() && ADJECTIVE.contains(&rest) {
            sounds.push_str("ck");
            rest = &rest[2..];
            continue;
        }
        if let Some((group, sound)) = DIGRAPHS.iter().find(|(group, _)| rest.starts_with(group)) {
            sounds.push_str(sound);
            rest = &rest[group.len()..];
            continue;
        }
        match first {
            'g' => sounds.push('h'),
            'j' | 'y' => sounds.push('i'),
            'q' => sounds.push('k'),
            'w' => sounds.push('v'),
            'x' => sounds.push_str("ks"),
            other => sounds.push(other),
        }
        rest = &rest[first.len_utf8()..];
    }
}

/// Drops `i` before a vowel (Марія, Мария, Марʼя, Maria) and repeated letters (Анна, Ана).
fn squeeze(sounds: &str) -> String {
    let letters: Vec<char> = sounds.chars().collect();
    let mut out = String::with_capacity(sounds.len());
    for (at, &letter) in letters.iter().enumerate() {
        let before_vowel = letters
            .get(at + 1)
            .is_some_and(|next| matches!(next, 'a' | 'e' | 'i' | 'o' | 'u'));
        // At the start it is kept where it makes a name of its own (Юлія, Яна), not in Єва, Yeva.
        let leading = at == 0 && letters.get(1).is_some_and(|next| matches!(next, 'a' | 'o' | 'u'));
        if letter == 'i' && before_vowel && !leading {
            continue;
        }
        if out.ends_with(letter) {
            continue;
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{clean, romanian_readings, skeleton, with_a_mark};
    use crate::names::typo::is_slip;

    fn folded(word: &str) -> String {
        skeleton(&clean(word))
    }

    #[test]
    fn spellings_of_one_name_meet() {
        for same in [
            &["Наталія", "Наталья", "Nataliia", "Natalya", "НАТАЛІЯ"][..],
            &["Шевчук", "Shevchuk", "Шeвчук"],
            &["Đurišić", "Djurisic", "Ђуришић", "Đurišic"],
            &["Дем'яненко", "Демʼяненко", "Demianenko"],
            &["Ковальська", "Kovalska"],
            &["Щербак", "Shcherbak"],
            &["Згурська", "Zghurska"],
            &["Љиљана", "Ljiljana"],
            &["فاطمة", "فاطمه", "فَاطِمَة"],
            &["أحمد", "احمد"],
            &["إبراهيم", "ابراهيم"],
            &["مصطفى", "مصطفي", "مصطفی"],
            &["Պետրոսյան", "Petrosyan", "Петросян"],
            &["Անուշ", "Anush", "Ануш"],
            &["Գևորգ", "Gevorg", "Геворг"],
            &["ბერიძე", "Beridze", "Беридзе"],
        ] {
            let first = folded(same[0]);
            for other in &same[1..] {
                assert_eq!(folded(other), first, "{other}");
            }
        }
    }

    #[test]
    fn romanian_orthography_is_read_as_cyrillic_writes_it() {
        for (romanian, cyrillic) in [
            ("Țurcan", "Цуркан"),
            ("Cojocaru", "Кожокару"),
            ("Croitoru", "Кройтору"),
            ("Țîbuleac", "Цыбуляк"),
            ("Codreanu", "Кодряну"),
            ("Plămădeală", "Плэмэдялэ"),
            ("Dumbravă", "Думбравэ"),
            ("Covalenco", "Коваленко"),
            ("Tcacenco", "Ткаченко"),
            ("Josan", "Жосан"),
            ("Chiriac", "Кириак"),
            ("Scutari", "Скутарь"),
            ("Gîscă", "Гыскэ"),
            ("Crețu", "Крецу"),
            ("Donici", "Донич"),
            ("Leahu", "Ляху"),
            ("Melnic", "Мельник"),
        ] {
            let readings = romanian_readings(&clean(romanian));
            assert!(readings.contains(&folded(cyrillic)), "{romanian}: {readings:?}");
        }
        for (bare, cyrillic) in [("Turcan", "Цуркан"), ("Gutu", "Гуцу")] {
            let marked = with_a_mark(&clean(bare));
            let mut readings = marked.iter().flat_map(|word| romanian_readings(word));
            assert!(readings.any(|reading| reading == folded(cyrillic)), "{bare}");
        }
        for other in ["Kovač", "Čolić", "Wałęsa", "Kovalchuk", "Шевчук"] {
            assert!(romanian_readings(&clean(other)).is_empty(), "{other}");
        }
    }

    #[test]
    fn letters_of_other_alphabets_are_kept_apart() {
        for (one, other) in [("محمد", "محمود"), ("حسن", "حسين"), ("Անի", "Անուշ"), ("ნინო", "ნანა")]
        {
            assert_ne!(folded(one), folded(other));
        }
    }

    #[test]
    fn look_alikes_are_put_right_in_mixed_words_only() {
        assert_eq!(clean("Чупринa"), "чуприна");
        assert_eq!(clean("Ljiljаna"), "ljiljana");
        assert_eq!(clean("Anna"), "anna");
    }

    #[test]
    fn names_as_offices_of_the_region_write_them_meet_or_are_one_slip_apart() {
        for line in SPELLINGS {
            let mut spellings = line.split(' ').map(folded);
            let first = spellings.next().unwrap_or_default();
            for other in spellings {
                assert!(other == first || is_slip(&other, &first), "{line}: {other}");
            }
        }
    }

    #[test]
    fn surnames_that_are_merely_alike_do_not_fold_together() {
        for (one, other) in [
            ("Кравець", "Кравченко"),
            ("Коваль", "Ковальов"),
            ("Шевчук", "Шевченко"),
            ("Мельник", "Мельничук"),
            ("Потоцький", "Потокін"),
            ("Becker", "Бецер"),
            ("Zwickau", "Цвіцау"),
        ] {
            assert_ne!(folded(one), folded(other));
        }
    }

    /// Spellings of one name a line: Ukrainian, Russian, KMU-2010 and older passports, English, Polish, German, Serbian.
    const SPELLINGS: &[&str] = &[
        "Шевченко Schewtschenko Szewczenko Sevcenko Shevchenko Şevcenco Chevtchenko",
        "Ковальський Ковальский Kovalsky Kovalskyi Kowalski Kovalskiy Kovalski",
        "Потоцький Потоцкий Potocki Pototskyi Pototsky Pototskiy",
        "Лісецький Лисецкий Lisetskyi Lisiecki Lisecki",
        "Щербак Shcherbak Szczerbak Scherbak Schtscherbak Shherbak",
        "Григоренко Hryhorenko Grigorenko Grygorenko Hrihorenko",
        "Гриценко Гриценко Hrytsenko Gritsenko Hrycenko",
        "Кравченко Kravchenko Krawtschenko Krawczenko Kravcenko",
        "Бондаренко Bondarenko Бондаренко Bondarenco Бандаренко",
        "Тимошенко Tymoshenko Timoshenko Timoschenko Tymoszenko",
        "Ющенко Yushchenko Juschtschenko Juszczenko Iushchenko Yuschenko",
        "Мельничук Melnychuk Melnichuk Melnytschuk Melniciuc",
        "Ткаченко Tkachenko Tkatschenko Tkaczenko",
        "Олійник Oliinyk Oliynyk Olejnik Олейник Oleynik",
        "Захарченко Zakharchenko Zacharczenko Zaharcenko Sachartschenko",
        "Хоменко Khomenko Chomenko Homenko Фоменко",
        "Кузьменко Kuzmenko Кузменко Kuz'menko",
        "Соловйов Соловьёв Соловьев Soloviov Solovyov Solovev",
        "Ковальов Ковалёв Ковалев Kovalov Kovalev Kovaliov",
        "Григор'єв Григорьев Hryhoriev Grigoriev Grigor'ev",
        "Воробйов Воробьёв Vorobiov Vorobyov Vorobyev",
        "Лук'яненко Лукьяненко Lukianenko Lukyanenko Luk'yanenko",
        "Дем'янчук Demianchuk Demyanchuk Дем'янчюк",
        "Яценко Yatsenko Iatsenko Jazenko Jacenko",
        "Єременко Еременко Yeremenko Eremenko Jeremenko",
        "Чорний Чорный Chornyi Chorny Chernyy Чёрный",
        "Білий Белый Bilyi Bily Biliy",
        "Жданова Zhdanova Ždanova Żdanowa Zdanova Schdanowa",
        "Гончаренко Honcharenko Goncharenko Hontscharenko",
        "Єфименко Yefymenko Efimenko Efymenko Ефименко",
        "Щербина Shcherbyna Scherbina Щербына",
        "Андрієнко Андриенко Andriienko Andrienko Andriyenko",
        "Сергієнко Сергиенко Serhiienko Sergienko Sergiyenko",
        "Матвієнко Матвеенко Matviienko Matvienko Matveenko",
        "Назаренко Nazarenko Назаренка Nasarenko",
        "Цвєткова Цветкова Tsvietkova Tsvetkova Cvetkova",
        "Згурський Згурский Zghurskyi Zgurski Zgursky",
        "Розгон Rozghon Rozgon",
        "Васильєва Васильева Vasylieva Vasilyeva Vasileva Wassiljewa",
        "Попович Popovych Popovich Popović Popowicz Popovici",
        "Маркович Marković Markovic Markowicz Markovych",
        "Ђорђевић Đorđević Djordjevic Dordevic Djordjević",
        "Јовановић Jovanović Jovanovic Йованович Jovanovich",
        "Живковић Živković Zivkovic Zhivkovich",
        "Шћепановић Šćepanović Scepanovic Scepanović",
        "Љубичић Ljubičić Ljubicic",
        "Hadžić Hadzic Хаджич Хаџић",
        "Njegoš Njegos Његош",
        "Кличко Klychko Klitschko Klichko Kliczko",
        "Зеленський Зеленский Zelenskyi Zelensky Selenskyj Zelenskiy",
        "Чебан Ceban Cheban Чебану",
        "Циганюк Tsyhaniuk Tsyganyuk Цыганюк",
        "Хрущ Khrushch Hrushch Chruszcz",
        "Їжакевич Yizhakevych Ижакевич Izhakevich",
        "Федорів Fedoriv Федорив",
        "Гнатюк Hnatiuk Gnatyuk Hnatjuk",
        "Юрченко Yurchenko Jurtschenko Iurchenko Jurczenko",
        "Ярошенко Yaroshenko Jaroschenko Jaroszenko Iaroshenko",
        "Ляшко Liashko Lyashko Ljaschko Laszko",
        "Мазур Mazur Masur",
        "Вакуленко Vakulenko Wakulenko Вакулєнко",
        "Войтенко Voitenko Voytenko Wojtenko",
        "Пилипенко Pylypenko Pilipenko Pilipenco",
        "Скорупська Skorupska Скорупская Skorupskaia",
        "Рыбаков Рибаков Rybakov Ribakov",
        "Țurcan Turcan Ţurcan",
        "Ștefan Stefan",
        "Müller Mueller Мюллер Muller",
        "Wałęsa Walesa Валенса",
        "Петренко Petrenko Pietrenko Петрэнко",
        "Дубровський Dubrovskyi Dubrowski Dubrovskij",
        "Семенов Семёнов Semenov Semyonov Семьонов",
        "Артем Артём Artem Artyom Artiom",
        "Семен Семён Semen Semyon Сємен",
        "Фёдор Федор Fedor Fyodor",
        "Серьожа Серёжа Сережа Seryozha",
        "Льоша Лёша Леша Lyosha",
        "Олександр Oleksandr Олексанр Олександер",
        "Єлизавета Yelyzaveta Elizaveta Елизавета Jelysaweta",
        "Ксенія Kseniia Xenia Ksenija Ксения",
        "Юлія Yuliia Julia Yulia Юлия Iuliia",
        "Геннадій Hennadii Gennady Геннадий Gennadiy",
        "Надія Nadiia Nadiya Nadija Надия",
        "Любов Liubov Lyubov Любовь Ljubow",
    ];
}
