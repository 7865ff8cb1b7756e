//! The list of formula cells in order of calculation: an entry for a cell without a formula makes Excel repair the file.

use std::collections::BTreeSet;

use super::address::{self, Spot};
use super::xml::{Kind, spliced, tags};

/// The list without some cells of a sheet; `None` where nothing is left of it.
pub(super) fn without(chain: &str, gone: &BTreeSet<(String, Spot)>) -> Option<String> {
    let (mut sheet, mut said, mut kept) = (String::new(), String::new(), 0_usize);
    let mut pieces = Vec::new();
    for tag in tags(chain).filter(|tag| tag.local() == "c" && tag.kind != Kind::Close) {
        let own = tag.attribute("i");
        // An entry without a sheet stands in that of the entry before it.
        if let Some(own) = &own {
            sheet.clone_from(own);
        }
        let spot = tag.attribute("r").and_then(|text| address::spot(&text));
        if spot.is_some_and(|spot| gone.contains(&(sheet.clone(), spot))) {
            pieces.push((tag.range.clone(), String::new()));
            continue;
        }
        kept += 1;
        if own.is_none() && said != sheet {
            let text = tag.rewritten(&[], &format!(" i=\"{sheet}\""), tag.kind);
            pieces.push((tag.range.clone(), text));
        }
        said.clone_from(&sheet);
    }
    (kept > 0).then(|| spliced(chain, pieces))
}

/// A list of parts (content types, relations) without the one of the chain.
pub(super) fn unlisted(list: &str) -> String {
    let names = |text: Option<String>| text.is_some_and(|text| text.to_lowercase().ends_with("calcchain.xml"));
    let entries = tags(list).filter(|tag| matches!(tag.local(), "Override" | "Relationship"));
    let pieces = entries.filter(|tag| names(tag.attribute("PartName")) || names(tag.attribute("Target")));
    spliced(list, pieces.map(|tag| (tag.range.clone(), String::new())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_of_an_entry_is_kept_when_the_one_that_said_it_goes() {
        let chain = "<calcChain><c r=\"A1\" i=\"2\"/><c r=\"A2\" l=\"1\"/><c r=\"A1\" i=\"1\"/></calcChain>";
        let gone = BTreeSet::from([("2".to_owned(), (1, 0))]);
        let wanted = "<calcChain><c r=\"A2\" l=\"1\" i=\"2\"/><c r=\"A1\" i=\"1\"/></calcChain>";
        assert_eq!(without(chain, &gone).as_deref(), Some(wanted));
        let all = BTreeSet::from([
            ("2".to_owned(), (1, 0)),
            ("2".to_owned(), (2, 0)),
            ("1".to_owned(), (1, 0)),
        ]);
        assert_eq!(without(chain, &all), None);
    }
}
