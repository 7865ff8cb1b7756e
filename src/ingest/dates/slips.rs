//! Dates with a slip of the pen that leaves no doubt: `12,03,2026`, `12..03.2026`, `12.O3.2026`, `19.032026`.

/// Longest text that is looked at.
const LONGEST: usize = 14;
/// Letters that are typed for a nought.
const NOUGHTS: [char; 4] = ['O', 'o', 'О', 'о'];

/// The date that is meant, in digits and dots; `None` for texts that are no date with a slip.
pub(super) fn corrected(text: &str) -> Option<String> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) || text.len() > 2 * LONGEST {
        return None;
    }
    let text = text.trim();
    let mut chars = text.chars();
    let figures = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ') || NOUGHTS.contains(&c);
    if text.chars().count() > LONGEST || !chars.all(figures) {
        return None;
    }
    let plain: String = text
        .chars()
        .map(|c| if NOUGHTS.contains(&c) { '0' } else { c })
        .collect();
    let parts: Vec<&str> = plain.split(['.', ',', ' ']).filter(|part| !part.is_empty()).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let date = match (&parts[..], &lengths[..]) {
        ([day, month, year], [1..=2, 1..=2, 4]) => format!("{day}.{month}.{year}"),
        ([day, rest], [1..=2, 6]) => format!("{day}.{}.{}", &rest[..2], &rest[2..]),
        ([rest, year], [4, 4]) => format!("{}.{}.{year}", &rest[..2], &rest[2..]),
        ([day, month], [2, 2]) => format!("{day}.{month}"),
        _ => return None,
    };
    (date != text).then_some(date)
}

#[cfg(test)]
mod tests {
    use crate::ingest::dates::{DateReading, read_text};
    use crate::ingest::fixture::day;

    #[test]
    fn slips_that_leave_no_doubt_are_read() {
        for text in [
            "12,03,2026",
            "12.03,2026",
            "12,03.2026",
            "12..03.2026",
            "12.O3.2026",
            "12.О3.2O26",
            "12.032026",
            "1203.2026",
            "12 03 2026",
        ] {
            assert_eq!(read_text(text, None), DateReading::Day(day("2026-03-12")), "{text}");
        }
        assert_eq!(read_text("12,03", None), DateReading::DayMonth { day: 12, month: 3 });
        for text in [
            "12,5",
            "1,03",
            "12,03,5",
            "1 200,50",
            "13.13,2026",
            "О2",
            "2026",
            "45,10",
        ] {
            let reading = read_text(text, None);
            assert!(
                !matches!(reading, DateReading::Day(_) | DateReading::DayMonth { .. }),
                "{text}"
            );
        }
    }
}
