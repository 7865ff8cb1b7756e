//! How many lines a text takes in a column: no spreadsheet fits rows to wrapped texts reliably when it opens a file.

use unicode_width::UnicodeWidthStr;

/// Lines that a text needs in a column of `width` characters, broken at spaces, long words cut.
///
/// Column widths are measured in digits of 11 points; letters of 10 points are narrower, Latin small ones most.
pub(crate) fn lines(text: &str, width: f64) -> usize {
    let room = (width - 2.0).max(1.0);
    text.split('\n').map(|paragraph| paragraph_lines(paragraph, room)).sum()
}

fn paragraph_lines(text: &str, room: f64) -> usize {
    let mut count = 1;
    let mut used = 0.0;
    for word in text.split(' ') {
        let length = width_of(word);
        let with_space = if used > 0.0 { used + 1.0 + length } else { length };
        if with_space <= room {
            used = with_space;
            continue;
        }
        if used > 0.0 {
            count += 1;
        }
        used = length;
        while used > room {
            count += 1;
            used -= room;
        }
    }
    count
}

fn width_of(word: &str) -> f64 {
    let narrow = word.chars().filter(char::is_ascii_lowercase).count();
    let wide = word.width().saturating_sub(narrow);
    narrow as f64 * 0.76 + wide as f64 * 0.82
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_break_and_overlong_ones_are_cut() {
        assert_eq!(lines("aaa bbb ccc", 9.0), 2);
        assert_eq!(lines(&"a".repeat(64), 29.0), 2);
        assert_eq!(lines("", 8.0), 1);
    }
}
