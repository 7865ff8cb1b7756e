//! Logs of cases that name nobody: the number of the case stands for its person.

use super::{Block, PERSON, named};
use crate::ingest::findings::Kind;
use crate::ingest::grid::Grid;
use crate::ingest::noted::Noted;
use crate::ingest::told;
use crate::ingest::vocabulary::{Role, Vocabulary};
use crate::project::model::{Layout, Source};

/// By which a person is known as well.
const KNOWN_BY: [Role; 2] = [Role::Phone, Role::Email];
/// What a log of cases tells of a person.
const OF_PERSON: [Role; 4] = [Role::Sex, Role::Age, Role::BirthDate, Role::BirthYear];

/// Where survivors are kept without names, what tells them apart is the number of their case; that is said.
pub(super) fn by_number(grid: &Grid, block: &mut Block, source: &Source, vocabulary: &Vocabulary) {
    let known = block.has(PERSON) || block.has(&KNOWN_BY) || !block.has(&OF_PERSON);
    if known || matches!(block.layout, Layout::EventLog | Layout::Register) {
        return;
    }
    let bottom = block.header_bottom;
    let cased = |column: &&mut super::Column| {
        column.role == Some(Role::CaseNumber) && named(source, column.index, &column.header).is_none()
    };
    let Some(column) = block.columns.iter_mut().find(cased) else {
        return;
    };
    let noted = Noted::at(Kind::HeadingUnclear, bottom, Some(column.index))
        .with("heading", told::before_rows(grid, column, bottom, vocabulary))
        .with(
            "meanings",
            [Role::CaseNumber, Role::ClientCode].map(Role::key).join(", "),
        )
        .with("taken", Role::ClientCode.key());
    column.role = Some(Role::ClientCode);
    Role::ClientCode.key().clone_into(&mut column.key);
    block.noted.push(noted);
}

#[cfg(test)]
mod tests {
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::{kinds, records, sheet, source};

    #[test]
    fn a_log_of_cases_without_names_knows_people_by_their_cases() {
        let rows = "Case No.|Sex|Age|Date|Service\nGBV-1|F|30|2026-03-02|legal\nGBV-2|F|17|2026-03-03|legal\n\
                    GBV-1|F|30|2026-03-09|legal";
        let known = records(vec![sheet(rows)], &source());
        assert_eq!(known.contacts.len(), 3);
        assert!(kinds(&known).contains(&Kind::HeadingUnclear));
        let codes: Vec<Option<&str>> = known
            .mentions
            .iter()
            .map(|one| one.identity.code.map(|code| known.text(code)))
            .collect();
        assert_eq!(codes, [Some("GBV-1"), Some("GBV-2"), Some("GBV-1")]);
        // Beside names it is the number of a case, and nothing is asked.
        let named = rows.replace("|Sex|", "|Full name|").replace("|F|", "|Коваль Ольга|");
        let known = records(vec![sheet(&named)], &source());
        assert!(!kinds(&known).contains(&Kind::HeadingUnclear));
        assert!(known.mentions.iter().all(|one| one.identity.code.is_none()));
    }
}
