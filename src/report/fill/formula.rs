//! Which formulas of a sheet may depend on cells that were written: their saved results no longer hold.

use std::collections::BTreeSet;

use super::address::{self, Area, Spot};

/// What a formula looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// These areas of its own sheet, and nothing else.
    Areas(Vec<Area>),
    /// What can't be told from its text: other sheets, names, tables, computed addresses.
    Anything,
}

/// Functions whose results do not follow from the addresses in the text.
const COMPUTED: [&str; 3] = ["INDIRECT", "OFFSET", "INDEX"];

/// What a formula looks at, told from its text; in doubt, anything.
pub(super) fn reach(formula: &str) -> Reach {
    let signs: Vec<char> = formula.chars().collect();
    let (mut areas, mut at) = (Vec::new(), 0);
    while at < signs.len() {
        let sign = signs[at];
        if sign == '"' {
            at += 1 + signs[at + 1..]
                .iter()
                .position(|sign| *sign == '"')
                .unwrap_or(signs.len());
        } else if matches!(sign, '!' | '[' | '\'' | '#') {
            return Reach::Anything;
        } else if sign.is_alphanumeric() || matches!(sign, '$' | '_' | '.' | '\\') {
            let end = at + signs[at..].iter().take_while(|sign| is_word(**sign)).count();
            let word: String = signs[at..end].iter().collect();
            let call = signs.get(end) == Some(&'(');
            at = end;
            match address::area(&word) {
                Some(area) if !call => areas.push(area),
                _ if call && !COMPUTED.contains(&word.to_uppercase().as_str()) => {}
                _ if word.parse::<f64>().is_ok() || ["TRUE", "FALSE"].contains(&word.to_uppercase().as_str()) => {}
                _ => return Reach::Anything,
            }
            continue;
        }
        at += 1;
    }
    Reach::Areas(areas)
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '$' | '_' | '.' | ':' | '\\')
}

/// The formula cells that depend on the written ones, through each other too.
pub(super) fn dependents(formulas: &[(Spot, Reach)], written: &[Spot]) -> BTreeSet<Spot> {
    let mut stale = BTreeSet::new();
    let mut fresh: Vec<Spot> = written.to_vec();
    for (spot, reach) in formulas {
        if *reach == Reach::Anything && stale.insert(*spot) {
            fresh.push(*spot);
        }
    }
    while !fresh.is_empty() {
        let changed = std::mem::take(&mut fresh);
        for (spot, reach) in formulas {
            let Reach::Areas(areas) = reach else { continue };
            let touched = || changed.iter().any(|cell| areas.iter().any(|area| area.holds(*cell)));
            if !stale.contains(spot) && touched() {
                stale.insert(*spot);
                fresh.push(*spot);
            }
        }
    }
    stale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_that_look_at_written_cells_are_found_through_others() {
        let formulas = [
            ((1, 0), reach("SUM(B1:B9)*1.2")),
            ((2, 0), reach("A1/2")),
            ((3, 0), reach("IF(C1>0,\"B5\",TRUE)")),
            ((4, 0), reach("Budget!A1")),
            ((5, 0), reach("LOG10(C2)")),
        ];
        let found: Vec<Spot> = dependents(&formulas, &[(5, 1)]).into_iter().collect();
        assert_eq!(found, [(1, 0), (2, 0), (4, 0)]);
    }

    #[test]
    fn in_doubt_a_formula_looks_at_anything() {
        for text in [
            "Total",
            "Table1[Sum]",
            "INDIRECT(\"A\"&1)",
            "'My sheet'!A1",
            "OFFSET(A1,1,1)",
        ] {
            assert_eq!(reach(text), Reach::Anything, "{text}");
        }
    }
}
