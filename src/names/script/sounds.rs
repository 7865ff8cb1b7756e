//! The sounds of letters, by alphabet.

pub(super) fn cyrillic_sound(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'х' | 'һ' | 'ғ' => "h",
        'д' | 'ђ' => "d",
        'е' | 'є' | 'э' | 'ё' => "e",
        'ж' | 'з' => "z",
        'и' | 'і' | 'ї' | 'й' | 'ы' | 'ј' => "i",
        'к' | 'қ' => "k",
        'л' => "l",
        'љ' => "li",
        'м' => "m",
        'н' => "n",
        'њ' => "ni",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' | 'ш' => "s",
        'т' => "t",
        'ћ' | 'ц' | 'ч' => "c",
        'у' | 'ў' => "u",
        'ф' => "f",
        'џ' => "dz",
        'щ' => "sc",
        'ю' => "iu",
        'я' => "ia",
        'ь' | 'ъ' | '\'' => "",
        _ => return None,
    })
}

/// Armenian and Georgian letters by the sounds that Latin and Russian spellings give them.
pub(super) fn caucasian_sound(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ա' | 'ა' => "a",
        'բ' | 'ბ' => "b",
        'գ' | 'խ' | 'հ' | 'ղ' | 'გ' | 'ღ' | 'ხ' | 'ჰ' => "h",
        'դ' | 'დ' => "d",
        'ե' | 'է' | 'ը' | 'ე' => "e",
        'զ' | 'ժ' | 'ზ' | 'ჟ' => "z",
        'թ' | 'տ' | 'თ' | 'ტ' => "t",
        'ի' | 'յ' | 'ი' => "i",
        'լ' | 'ლ' => "l",
        'ծ' | 'ճ' | 'չ' | 'ց' | 'ჩ' | 'ც' | 'წ' | 'ჭ' => "c",
        'կ' | 'ք' | 'კ' | 'ქ' | 'ყ' => "k",
        'ձ' | 'ջ' | 'ძ' | 'ჯ' => "dz",
        'մ' | 'მ' => "m",
        'ն' | 'ნ' => "n",
        'շ' | 'ս' | 'შ' | 'ს' => "s",
        'ո' | 'օ' | 'ო' => "o",
        'պ' | 'փ' | 'პ' | 'ფ' => "p",
        'ռ' | 'ր' | 'რ' => "r",
        'վ' | 'ւ' | 'ვ' => "v",
        'ֆ' => "f",
        'և' => "ev",
        'უ' => "u",
        _ => return None,
    })
}

/// An Arabic letter as all its spellings are compared: with or without hamza, dots and vowel signs, as Arabs or as
/// Persians write it; an empty text for a sign that is left out.
pub(super) fn arabic_letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ة' => "ه",
        'ى' | 'ی' | 'ئ' => "ي",
        'ؤ' => "و",
        'ک' => "ك",
        // The hamza alone, the stroke that lengthens a word, and vowel signs.
        '\u{621}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' => "",
        _ => return None,
    })
}
