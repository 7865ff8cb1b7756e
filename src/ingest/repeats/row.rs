//! What rows say about person and session, as fingerprints; each text is normalised once however many rows hold it.

use chrono::Datelike as _;
use rayon::prelude::*;
use ustr::Ustr;

use super::{Content, content};
use crate::ingest::grid::ROWS_AT_ONCE;
use crate::ingest::lately::Lately;
use crate::ingest::layout::Block;
use crate::ingest::marks::Mark;
use crate::ingest::records::Birth;
use crate::ingest::rows::{RawRow, RowDate};
use crate::ingest::values::RawValue;
use crate::ingest::vocabulary;
use crate::project::model::ActivityRule;

/// Marks that tell a row with nothing but a name from its namesake's.
const TELLING_MARKS: usize = 3;
/// Texts whose fingerprints are remembered.
const REMEMBERED: usize = 8192;

/// Fingerprints of the rows of a table; none for rows that say too little to be told apart.
pub(crate) fn contents(block: &Block, rows: &[RawRow], activity: &ActivityRule) -> Vec<Option<Content>> {
    // Lists of one day that begin at different hours are those of different sessions, whoever came to both.
    let time = block.heading.time.as_deref().unwrap_or_default();
    let said = Said {
        block,
        rule: content(&format!("{:?} {activity:?} {time}", block.layout)),
        keys: block.columns.iter().map(|column| content(&column.key)).collect(),
        blank: content(""),
    };
    rows.par_iter()
        .with_min_len(ROWS_AT_ONCE)
        .map_init(Met::default, |met, row| said.content(row, met))
        .collect()
}

/// Fingerprints of the texts met lately.
struct Met {
    /// As they are compared.
    plain: Lately<'static, Content>,
    /// As they are kept.
    kept: Lately<'static, Content>,
}

impl Default for Met {
    fn default() -> Self {
        let room = || Lately::new(REMEMBERED);
        Self {
            plain: room(),
            kept: room(),
        }
    }
}

/// What the rows of a table share.
struct Said<'a> {
    block: &'a Block,
    rule: Content,
    /// Keys of the columns.
    keys: Vec<Content>,
    /// What is not written.
    blank: Content,
}

impl Said<'_> {
    fn content(&self, row: &RawRow, met: &mut Met) -> Option<Content> {
        let (person, session) = (&row.person, &row.session);
        let home = person.settlement.or(person.address);
        let often = [
            person.full_name,
            person.surname,
            person.given_name,
            person.patronymic,
            home,
            session.title,
            session.group,
            session.site,
            session.facilitator,
        ];
        // Hardly any of these is met twice.
        let seldom = [person.code, person.phone];
        let marks: Vec<&(usize, Mark)> = row.marks.iter().filter(|(_, mark)| *mark != Mark::Blank).collect();
        let said = often.iter().chain(&seldom).filter(|text| text.is_some()).count();
        let tells = said >= 2 || !row.values.is_empty() || (said == 1 && marks.len() >= TELLING_MARKS);
        if !tells {
            return None;
        }
        let mut print = Print::default();
        print.part(self.rule);
        for text in often {
            print.part(text.map_or(self.blank, |text| *met.plain.of(text.as_str(), of_normalised)));
        }
        for text in seldom {
            print.part(text.map_or(self.blank, |text| of_normalised(text.as_str())));
        }
        match person.birth {
            Birth::Unknown => print.number(0, 0),
            Birth::Year(year) => print.number(1, year.into()),
            Birth::Date(day) => print.number(2, day.num_days_from_ce().into()),
        }
        print.number(0, person.age.map_or(-1, i64::from));
        match &session.date {
            RowDate::Day(day) => print.number(0, day.num_days_from_ce().into()),
            RowDate::Impossible(written) => print.part(content(written)),
            RowDate::Missing => print.number(1, 0),
        }
        for (column, value) in &row.values {
            print.part(self.keys[*column]);
            print.value(value, &mut met.kept);
        }
        // Members of two forms may be written alike; their forms tell them apart.
        if let Some(form) = &row.form {
            print.part(content(&format!(
                "{:?} {:?} {:?}",
                form.root, form.instance, form.parent
            )));
        }
        for (index, mark) in marks {
            print.part(content(&format!("{:?} {mark:?}", self.block.sessions[*index].date)));
        }
        Some(print.finish())
    }
}

/// The fingerprint of a text as it is compared.
fn of_normalised(text: &str) -> Content {
    content(&vocabulary::normalise(text))
}

/// A fingerprint of several parts, nearly all of which are fingerprints: two numbers, each made in a way of its own.
#[derive(Default)]
struct Print(u64, u64);

impl Print {
    fn part(&mut self, part: Content) {
        // Odd numbers lose nothing of what they are multiplied with.
        self.0 = (self.0.rotate_left(23) ^ part.0).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.1 = (self.1.rotate_left(29) ^ part.1).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    }

    /// A number, with what it is one of.
    fn number(&mut self, kind: u64, number: i64) {
        let number = number.cast_unsigned();
        self.part(Content(kind, kind));
        self.part(Content(number, number));
    }

    fn value(&mut self, value: &RawValue, kept: &mut Lately<'static, Content>) {
        let mut of = |text: &Ustr| *kept.of(text.as_str(), content);
        let number = |number: u64| Content(number, number);
        let (kind, said) = match value {
            RawValue::Text(text) => (1, of(text)),
            RawValue::Code(code) => (2, of(code)),
            RawValue::Number(written) => (3, number(written.to_bits())),
            RawValue::Date(date) => (4, number(i64::from(date.num_days_from_ce()).cast_unsigned())),
            RawValue::YesNo(answer) => (5, number(u64::from(*answer))),
            RawValue::Set(codes) => {
                for code in codes {
                    self.part(of(code));
                }
                (6, number(codes.len() as u64))
            }
        };
        self.part(number(kind));
        self.part(said);
    }

    fn finish(&self) -> Content {
        // The lower places of a product know nothing of the higher ones of its factors.
        let spread = |number: u64| (number ^ (number >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let (first, second) = (spread(self.0), spread(self.1));
        Content(first ^ (first >> 32), second ^ (second >> 32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::fixture::{part, sheet, source, tables};

    /// What a row says, spelt out: rows are told apart by it as by their fingerprints.
    fn spelt_out(block: &Block, row: &RawRow) -> Option<Vec<String>> {
        let (person, session) = (&row.person, &row.session);
        let home = person.settlement.or(person.address);
        let written = [
            &person.full_name,
            &person.surname,
            &person.given_name,
            &person.patronymic,
            &person.code,
            &person.phone,
            &home,
            &session.title,
            &session.group,
            &session.site,
            &session.facilitator,
        ];
        let said = written.iter().filter(|text| text.is_some()).count();
        let plain = |text: &Option<Ustr>| text.as_deref().map(vocabulary::normalise).unwrap_or_default();
        let mut parts: Vec<String> = written.into_iter().map(plain).collect();
        parts.push(format!("{:?} {:?} {:?}", person.birth, person.age, session.date));
        let values = row.values.iter();
        parts.extend(values.map(|(column, value)| format!("{} {value:?}", block.columns[*column].key)));
        let marks: Vec<&(usize, Mark)> = row.marks.iter().filter(|(_, mark)| *mark != Mark::Blank).collect();
        let tells = said >= 2 || !row.values.is_empty() || (said == 1 && marks.len() >= TELLING_MARKS);
        for (index, mark) in marks {
            parts.push(format!("{:?} {mark:?}", block.sessions[*index].date));
        }
        tells.then_some(parts)
    }

    #[test]
    fn fingerprints_agree_where_what_is_said_agrees() {
        let lists = [
            "Дата|ПІБ|Телефон|Стать|Громада|Бали\n\
             05.02.2026|Коваль Ольга|0671112233|ж|Ізюмська|5\n\
             05.02.2026|КОВАЛЬ  Ольга|0671112233|жін.|Ізюмська|5\n\
             05.02.2026|Коваль Ольга|067 111 22 33|ж|Ізюмська|5\n\
             05.02.2026|Коваль Ольга|0671112233|ж|ізюмська|5\n\
             06.02.2026|Коваль Ольга|0671112233|ж|Ізюмська|5\n\
             05.02.2026|Коваль Ольга|0671112233|ч|Ізюмська|5\n\
             05.02.2026|Коваль Ольга|0671112233|ж|Ізюмська|6\n\
             31.02.2026|Коваль Ольга||||\n\
             32.02.2026|Коваль Ольга||||\n\
             |Коваль Ольга||||\n\
             |Коваль Ольга.||||",
            "№|ПІБ|05.02.2026|12.02.2026|19.02.2026\n\
             1|Коваль Ольга|+|+|+\n2|Коваль Ольга|+|+|н\n3|Коваль Ольга|+|+|+\n4|Мельник Іван|+||",
        ];
        for list in lists {
            for table in tables(&part(sheet(list), "raw/a.xlsx", &source())) {
                let found = contents(&table.block, &table.rows, &ActivityRule::None);
                assert!(found.len() >= 4);
                for (a, first) in table.rows.iter().enumerate() {
                    for (b, second) in table.rows.iter().enumerate() {
                        let same = spelt_out(&table.block, first) == spelt_out(&table.block, second);
                        assert_eq!(found[a] == found[b], same, "{a} {b}");
                    }
                }
            }
        }
    }
}
