//! What `lookups` promises, on small made-up cases.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{LookupTable, apply};
use crate::ingest::fields;
use crate::ingest::findings::Kind;
use crate::ingest::fixture::{records, sheet, source, value};
use crate::ingest::table::Workbook;
use crate::ingest::vocabulary;
use crate::project::model::{DefinedAt, FieldKind, FieldRule, Lookup};

fn frontline() -> Lookup {
    Lookup {
        files: vec!["raw/communities.xlsx".to_owned()],
        sheets: Vec::new(),
        key: "Громада".to_owned(),
        field: "hromada".to_owned(),
        gives: [("frontline".to_owned(), "Прифронтова (наказ)".to_owned())]
            .into_iter()
            .collect(),
        at: DefinedAt::default(),
    }
}

#[test]
fn a_table_says_more_about_the_values_of_a_field() {
    let lookup = frontline();
    let mut table = LookupTable::default();
    let communities = "Перелік громад\n\nГромада|Прифронтова (наказ)\nІзюмська територіальна громада|так\nВалківська громада|ні\nРазом|2";
    let workbook = Workbook {
        sheets: vec![sheet(communities)],
        ..Workbook::default()
    };
    assert!(table.add(&lookup, &workbook, vocabulary::standard()));
    let rows = "Дата|ПІБ|Громада\n01.02.2026|Коваль Ольга|ізюмська\n01.02.2026|Мороз Іван|Валківська ТГ\n\
        02.02.2026|Лис Яна|Марська\n03.02.2026|Лис Яна|Марська громада\n04.02.2026|Гай Ада|";
    let mut records = records(vec![sheet(rows)], &source());
    let rule = FieldRule {
        kind: FieldKind::Place,
        aliases: IndexMap::new(),
    };
    let rules: IndexMap<String, FieldRule> = [("hromada".to_owned(), rule)].into_iter().collect();
    let keys = BTreeMap::from([("hromada".to_owned(), table.keys().cloned().collect())]);
    let spellings = fields::apply(&rules, &keys, &mut records, vocabulary::standard());
    apply(&lookup, &table, spellings.get("hromada"), &mut records);
    assert_eq!(value(&records, 0, "hromada"), "Ізюмська");
    assert_eq!(value(&records, 0, "frontline"), "true");
    assert_eq!(value(&records, 1, "frontline"), "false");
    assert_eq!(value(&records, 2, "frontline"), "");
    let missing = records
        .findings
        .iter()
        .filter(|finding| finding.kind == Kind::LookupMissing);
    assert_eq!(missing.count(), 1, "once per value");
}

#[test]
fn a_table_without_the_columns_is_none() {
    let workbook = Workbook {
        sheets: vec![sheet("Громада|Область\nІзюмська|Харківська")],
        ..Workbook::default()
    };
    assert!(!LookupTable::default().add(&frontline(), &workbook, vocabulary::standard()));
}
