//! Who is there to hold a session: a column tells what everybody is in it, and some are no participants.

use crate::ingest::findings::Kind;
use crate::ingest::grid::{Grid, is_blank, shown};
use crate::ingest::noted::Noted;
use crate::ingest::reading::Table;
use crate::ingest::table::Cell;
use crate::ingest::vocabulary::{Role, Vocabulary};
use crate::project::model::{Layout, Source};

use super::Came;

/// Columns that may say it.
const MAY_SAY: &[Role] = &[
    Role::Position,
    Role::Relation,
    Role::Category,
    Role::Status,
    Role::Notes,
    Role::Group,
];

/// What a cell says somebody is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Staff,
    Participant,
    Nothing,
    Other,
}

/// Where a column calls some participants and others facilitators, trainers or translators, those are no beneficiaries.
/// That is said. A profession alone says nothing: it may be that of participants.
pub(crate) fn by_role(grid: &Grid, source: &Source, vocabulary: &Vocabulary, table: &mut Table) {
    if source.contact_when.is_some() || matches!(table.block.layout, Layout::EventLog | Layout::Registry) {
        return;
    }
    let says = |row: u32, column: u16| {
        let Some(cell) = grid.cell(row, column).filter(|cell| !is_blank(cell)) else {
            return Says::Nothing;
        };
        match cell {
            Cell::Text(_) if vocabulary.is_staff_role(&shown(cell)) => Says::Staff,
            Cell::Text(_) if vocabulary.is_participant_role(&shown(cell)) => Says::Participant,
            _ => Says::Other,
        }
    };
    let block = &table.block;
    let of_session = |column: u16| block.sessions.iter().any(|session| session.column == column);
    let may_say = block
        .columns
        .iter()
        .filter(|column| column.role.is_none_or(|role| MAY_SAY.contains(&role)) && !of_session(column.index));
    let found = may_say.map(|column| column.index).find_map(|column| {
        let said: Vec<Says> = table.rows.iter().map(|row| says(row.number, column)).collect();
        let count = |wanted: Says| said.iter().filter(|says| **says == wanted).count();
        let (staff, participants) = (count(Says::Staff), count(Says::Participant));
        // Beside many other words, one of a participant is said by chance.
        (staff > 0 && participants > 0 && count(Says::Other) < staff + participants).then_some((column, said, staff))
    });
    let Some((column, said, staff)) = found else { return };
    for (row, says) in table.rows.iter_mut().zip(said) {
        if says == Says::Staff {
            row.came = Came::Staff;
        }
    }
    let noted = Noted::at(Kind::StaffByRole, table.block.header_bottom, Some(column));
    table
        .noted
        .push(noted.with("count", staff).with("rows", table.rows.len()));
}

#[cfg(test)]
mod tests {
    use crate::ingest::findings::Kind;
    use crate::ingest::fixture::{kinds, records, sheet, source};

    #[test]
    fn whoever_a_column_calls_a_facilitator_is_no_participant() {
        for (heading, words) in [
            ("Role", ["facilitator", "participant", "Volunteer (NGO)"]),
            ("Роль", ["фасилітаторка", "учасниця", "перекладач"]),
            ("Rola", ["prowadząca", "uczestniczka", "wolontariusz"]),
            ("Посада", ["тренер/ка", "учасник/ця", "спостерігач"]),
        ] {
            let [a, b, c] = words;
            let text = format!(
                "№|ПІБ|{heading}|Дата\n1|Коваль Ольга|{a}|05.02.2026\n2|Мельник Іван|{b}|05.02.2026\n\
                 3|Сова Ія|{b}|05.02.2026\n4|Лис Ян|{c}|05.02.2026\n5|Мороз Ада||05.02.2026"
            );
            let records = records(vec![sheet(&text)], &source());
            assert_eq!((records.contacts.len(), records.sessions.len()), (3, 1), "{heading}");
            assert!(kinds(&records).contains(&Kind::StaffByRole), "{heading}");
        }
    }

    #[test]
    fn professions_of_those_who_came_are_none_of_staff() {
        let text = "№|ПІБ|Посада|Дата\n1|Коваль Ольга|волонтерка|05.02.2026\n2|Мельник Іван|координатор|05.02.2026\n\
                    3|Сова Ія|вчителька|05.02.2026";
        let records = records(vec![sheet(text)], &source());
        assert_eq!(records.contacts.len(), 3);
        assert!(!kinds(&records).contains(&Kind::StaffByRole));
    }

    #[test]
    fn a_register_tells_its_staff_as_well() {
        let text = "No|Name|Role|05.02.2026|12.02.2026\n1|Mary Smith|trainer|x|x\n2|John Brown|participant|x|x\n3|Ann Lee|participant|x|";
        let records = records(vec![sheet(text)], &source());
        assert_eq!(records.contacts.len(), 3);
    }
}
