//! Addresses of cells as people write them: `F12`, `$F$12`, `F12:G12`.

/// Rows and columns of a sheet.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// A cell: 1-based row, 0-based column.
pub(super) type Spot = (u32, u32);

/// A rectangle of cells, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    /// First row and column.
    pub(super) from: Spot,
    /// Last row and column.
    pub(super) to: Spot,
}

impl Area {
    /// Whether a cell lies in it.
    pub(super) fn holds(&self, (row, column): Spot) -> bool {
        (self.from.0..=self.to.0).contains(&row) && (self.from.1..=self.to.1).contains(&column)
    }

    /// One cell.
    pub(super) fn of(spot: Spot) -> Self {
        Self { from: spot, to: spot }
    }

    /// The smallest area that holds this one and a cell.
    pub(super) fn with(self, (row, column): Spot) -> Self {
        Self {
            from: (self.from.0.min(row), self.from.1.min(column)),
            to: (self.to.0.max(row), self.to.1.max(column)),
        }
    }

    /// As a spreadsheet writes it.
    pub(super) fn shown(&self) -> String {
        if self.from == self.to {
            shown(self.from)
        } else {
            format!("{}:{}", shown(self.from), shown(self.to))
        }
    }
}

/// Letters of a column.
pub(super) fn letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// An address as a spreadsheet writes it.
pub(super) fn shown((row, column): Spot) -> String {
    format!("{}{row}", letters(column))
}

/// The cell that an address names; dollar signs and the case of letters do not matter.
pub(super) fn spot(text: &str) -> Option<Spot> {
    let text = text.trim().replace('$', "");
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, row) = text.split_at(length);
    let row: u32 = row
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| row.parse().ok())??;
    let column = column(name)?;
    (1..=ROWS).contains(&row).then_some((row, column))
}

/// The column that letters name.
pub(super) fn column(name: &str) -> Option<u32> {
    if name.is_empty() || name.len() > 3 || !name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let number = name.bytes().fold(0, |sum, byte| {
        sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1
    });
    (number <= COLUMNS).then(|| number - 1)
}

/// The area that a text names: one cell, two with a colon, whole columns or whole rows.
pub(super) fn area(text: &str) -> Option<Area> {
    let Some((from, to)) = text.split_once(':') else {
        return spot(text).map(Area::of);
    };
    let bare = |text: &str| text.trim().replace('$', "");
    let (first, last) = (bare(from), bare(to));
    if let (Some(from), Some(to)) = (spot(&first), spot(&last)) {
        return Some(Area::of(from).with(to));
    }
    if let (Some(from), Some(to)) = (column(&first), column(&last)) {
        return Some(Area::of((1, from)).with((ROWS, to)));
    }
    let row = |text: &str| text.parse::<u32>().ok().filter(|row| (1..=ROWS).contains(row));
    let (from, to) = (row(&first)?, row(&last)?);
    Some(Area::of((from, 0)).with((to, COLUMNS - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_written() {
        for text in ["A1", "Z9", "AA10", "XFD1048576"] {
            assert_eq!(spot(text).map(shown).as_deref(), Some(text));
        }
        assert_eq!(spot("$f$12"), Some((12, 5)));
        for wrong in ["", "F0", "12", "F", "XFE1", "A1048577", "F1.5", "AAAA1", "F-1"] {
            assert_eq!(spot(wrong), None, "{wrong}");
        }
        assert_eq!(area("B2:A1").map(|area| area.shown()).as_deref(), Some("A1:B2"));
        assert!(area("C:D").is_some_and(|area| area.holds((500, 3))));
        assert!(area("2:3").is_some_and(|area| area.holds((3, 9)) && !area.holds((4, 0))));
    }
}
