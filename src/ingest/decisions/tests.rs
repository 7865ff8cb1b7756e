//! What reading decisions promises, on small made-up cases.

use super::*;
use crate::ingest::records::{Context, Identity, RowId, SourceFile};
use crate::ingest::table::{Cell, Sheet, SheetRow};
use crate::ingest::vocabulary::standard;

fn records(paths: &[&str]) -> Records {
    let file = |path: &&str| SourceFile {
        path: (*path).to_owned(),
        sha256: String::new(),
        bytes: 0,
        format: "xlsx".to_owned(),
        sheets: vec!["Січень".to_owned()],
        source: Some(0),
        readable: true,
        print: crate::ingest::records::Print::default(),
    };
    Records {
        files: paths.iter().map(file).collect(),
        ..Records::default()
    }
}

/// One file, a row per name from row 2 on.
fn named(names: &[&str]) -> Records {
    let mut records = records(&["raw/список.xlsx"]);
    for (row, name) in (2_u32..).zip(names) {
        let full_name = Some(records.texts.intern(name));
        records.mentions.push(Mention {
            row: RowId(row - 2),
            place: Place {
                file: FileId(0),
                sheet: 0,
                row,
                column: None,
            },
            identity: Identity {
                full_name,
                ..Identity::default()
            },
            group: row,
            context: Context::default(),
            date: None,
            population: 0,
            informs: true,
        });
    }
    records
}

fn table(rows: &[&str]) -> Workbook {
    let row = |(number, text): (u32, &&str)| SheetRow {
        number,
        cells: (0_u16..)
            .zip(text.split(';'))
            .filter(|(_, cell)| !cell.is_empty())
            .map(|(column, cell)| (column, Cell::Text(cell.to_owned())))
            .collect(),
    };
    let header = "file_a;sheet_a;row_a;name_a;file_b;sheet_b;row_b;name_b;decision;by;date;reason";
    let all: Vec<&str> = std::iter::once(header).chain(rows.iter().copied()).collect();
    Workbook {
        sheets: vec![Sheet {
            rows: (1..).zip(&all).map(row).collect(),
            ..Sheet::default()
        }],
        ..Workbook::default()
    }
}

fn decided(names: &[&str], rows: &[&str]) -> Records {
    let mut records = named(names);
    read(&[(FileId(0), &table(rows))], &mut records, standard());
    records
}

fn kinds(records: &Records) -> Vec<Kind> {
    records.findings.iter().map(|finding| finding.kind).collect()
}

#[test]
fn a_file_is_found_by_the_end_of_its_path() {
    use super::lookup::find_file;
    let records = records(&["raw/а/список.xlsx", "raw/б/список.xlsx", "raw/інший список.xlsx"]);
    assert_eq!(find_file(&records, "а/список.xlsx"), Some(FileId(0)));
    assert_eq!(find_file(&records, "б\\список.xlsx"), Some(FileId(1)));
    assert_eq!(find_file(&records, "список.xlsx"), None, "two files end like this");
    assert_eq!(find_file(&records, ""), None);
}

#[test]
fn a_row_is_found_by_file_sheet_and_number() {
    let records = named(&["Олена", "Ольга"]);
    let lookup = Lookup::new(&records);
    let found = |sheet: &str, row| {
        let end = End {
            file: "список.xlsx".to_owned(),
            sheet: sheet.to_owned(),
            row: Some(row),
            ..End::default()
        };
        lookup.mentions(&records, &end)
    };
    assert_eq!(found("Січень", 3), [MentionId(1)]);
    assert_eq!(found("", 3), [MentionId(1)], "the only sheet");
    assert!(found("Лютий", 3).is_empty());
    assert!(found("Січень", 8).is_empty());
}

#[test]
fn a_decision_about_the_second_person_of_a_row_is_not_about_the_first() {
    let mut records = named(&["Коваль Ольга", "Мороз Інна", "Гнатюк Інна"]);
    records.mentions[1].place.row = records.mentions[0].place.row;
    let rows = [
        "список.xlsx;;2;Мороз Інна;список.xlsx;;4;Гнатюк Інна;same;Я;;",
        "список.xlsx;;2;Коваль Ольга;список.xlsx;;4;Гнатюк Інна;different;Я;;",
        "список.xlsx;;2;Коваль Ольга;список.xlsx;;2;Мороз Інна;different;Я;;",
        "список.xlsx;;2;Шевчук Інна;список.xlsx;;4;Гнатюк Інна;same;Я;;",
    ];
    read(&[(FileId(0), &table(&rows))], &mut records, standard());
    let pairs: Vec<(u32, u32, bool)> = records
        .decisions
        .iter()
        .map(|one| (one.a.0, one.b.0, one.same))
        .collect();
    assert_eq!(pairs, [(1, 2, true), (0, 2, false), (0, 1, false)]);
    assert_eq!(kinds(&records), [Kind::DecisionMoved]);
}

#[test]
fn a_decision_about_another_name_is_not_applied_and_the_row_is_pointed_at() {
    let names = ["Коваль Ольга", "Мороз Інна", "Гнатюк Інна"];
    let good = decided(
        &names,
        &["список.xlsx;;2;ольга  КОВАЛЬ;список.xlsx;;4;Гнатюк Інна;same;Я;;"],
    );
    assert_eq!((good.decisions.len(), kinds(&good)), (1, Vec::new()));
    let moved = decided(
        &names,
        &["список.xlsx;;2;Коваль Ольга;список.xlsx;;3;Гнатюк Інна;same;Я;;"],
    );
    assert!(moved.decisions.is_empty());
    assert_eq!(kinds(&moved), [Kind::DecisionMoved]);
    assert_eq!(moved.findings[0].args["now"], "4");
    assert!(
        !format!("{:?}", moved.findings).contains("Гнатюк"),
        "no finding names a person"
    );
}

#[test]
fn the_later_line_about_a_pair_stands_and_undo_opens_it() {
    let names = ["Коваль Ольга", "Мороз Інна"];
    let line = |verdict: &str| format!("список.xlsx;;2;;список.xlsx;;3;;{verdict};Я;;");
    let turned = "список.xlsx;;3;;список.xlsx;;2;;різні;Я;;";
    let changed = decided(&names, &[&line("same"), turned]);
    assert_eq!(changed.decisions.len(), 1);
    assert!(!changed.decisions[0].same);
    assert_eq!(kinds(&changed), [Kind::DecisionReplaced]);
    let open = decided(&names, &[&line("same"), &line("скасувати")]);
    assert!(open.decisions.is_empty());
    let unsure = decided(&names, &[&line("не знаю")]);
    assert!(unsure.decisions.is_empty());
    assert_eq!(unsure.unsure, [(MentionId(0), MentionId(1))]);
}

#[test]
fn what_cannot_be_used_is_a_finding() {
    let names = ["Коваль Ольга", "Мороз Інна"];
    let lines = [
        "список.xlsx;;2;;список.xlsx;;2;;same;Я;;",
        "список.xlsx;;2;;список.xlsx;;9;;same;Я;;",
        "список.xlsx;;2;;список.xlsx;;3;;хтозна-що;Я;;",
        "список.xlsx;;2;;список.xlsx;;3;;;;;",
    ];
    let records = decided(&names, &lines);
    assert!(records.decisions.is_empty());
    assert_eq!(
        kinds(&records),
        [Kind::DecisionOfOneRow, Kind::DecisionLost, Kind::DecisionUnclear]
    );
}
