//! Sheets that are wider than a page, spread over several side by side.

use super::{PAGE, SheetModel};

/// Type of 10 points is still read with ease at this size, per cent.
const SPREAD_SCALE: u16 = 60;

/// How a sheet is printed that is wider than a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Across {
    /// Size of the print, per cent.
    pub scale: u16,
    /// Columns that begin a further page.
    pub breaks: Vec<u16>,
    /// How many of the first columns are repeated on every page.
    pub repeated: u16,
}

impl SheetModel {
    /// Spreads a sheet that would be too small on one page over pages side by side: the first columns on each of
    /// them, a page ending only where one of `blocks` begins.
    pub fn spread(&mut self, repeated: u16, blocks: impl Iterator<Item = u16>) {
        let points = |columns: std::ops::Range<u16>| -> f64 {
            let widths = self.widths.iter().take(usize::from(columns.end));
            let widths = widths.skip(usize::from(columns.start));
            widths.map(|width| (width * 7.0 + 5.0) * 0.75).sum()
        };
        let page = PAGE.0 * 100.0 / f64::from(SPREAD_SCALE);
        if points(0..self.columns()) <= page {
            return;
        }
        let kept = points(0..repeated);
        let (mut breaks, mut begin, mut room) = (Vec::new(), 0, page);
        let mut last = 0;
        for block in blocks.chain([self.columns()]) {
            // A block that is wider than a page has one of its own all the same.
            if points(begin..block) > room && last > begin {
                breaks.push(last);
                (begin, room) = (last, page - kept);
            }
            last = block;
        }
        self.across = Some(Across {
            scale: SPREAD_SCALE,
            breaks,
            repeated,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_sheet_is_spread_over_pages_by_its_blocks() {
        let mut narrow = SheetModel::new("A", &[10.0; 12]);
        narrow.spread(2, (2..12).step_by(2));
        assert_eq!(narrow.across, None);
        let mut wide = SheetModel::new("A", &[10.0; 92]);
        wide.spread(2, (2..92).step_by(3));
        let across = wide.across.expect("pages side by side");
        assert!(across.breaks.len() >= 4 && across.breaks.is_sorted());
        assert!(across.breaks.iter().all(|column| (column - 2) % 3 == 0));
    }
}
