//! Which registers are versions of one, and which of them holds.

use super::Versions;
use crate::ingest::findings::Kind;
use crate::ingest::fixture::{day, sheet, source, whole};
use crate::ingest::reading::FileReading;
use crate::ingest::records::{FileId, SourceFile};
use crate::ingest::vocabulary;

const REGISTER: &str =
    "№|ПІБ|05.02.2026|12.02.2026|19.02.2026\n1|Коваль Ольга|+|+|+\n2|Мельник Іван|+|-|+\n3|Сова Ія|+|+|+";

/// Files that are replaced, with the kinds of what is told of them.
fn replaced(files: &[(&str, &str)]) -> Vec<(usize, Vec<Kind>)> {
    let source = source();
    let project = Some((day("2026-01-01"), day("2026-12-31")));
    let readings: Vec<FileReading> = files
        .iter()
        .map(|(path, text)| whole(vec![sheet(text)], path, &source, project))
        .collect();
    let named: Vec<SourceFile> = files
        .iter()
        .map(|(path, _)| SourceFile {
            path: (*path).to_owned(),
            sha256: String::new(),
            bytes: 0,
            format: String::new(),
            sheets: vec![String::new()],
            source: Some(0),
            readable: true,
            print: crate::ingest::records::Print::default(),
        })
        .collect();
    let read: Vec<(FileId, &FileReading)> = (0..).map(FileId).zip(&readings).collect();
    let versions = Versions::of(&read, &[source], &named, vocabulary::standard());
    (0..files.len())
        .filter_map(|file| {
            let table = (FileId(u32::try_from(file).ok()?), 0, 1, 0);
            let kinds = versions.findings(table).iter().map(|finding| finding.kind).collect();
            versions.is_replaced(table).then_some((file, kinds))
        })
        .collect()
}

#[test]
fn the_longer_version_holds_whatever_the_order_of_files() {
    let shorter = REGISTER
        .lines()
        .map(|line| line.rsplit_once('|').map_or(line, |(rest, _)| rest));
    let shorter = shorter.collect::<Vec<_>>().join("\n");
    assert_eq!(
        replaced(&[("a.xlsx", REGISTER), ("b.xlsx", &shorter)]),
        [(1, vec![Kind::RegisterReplaced])]
    );
}

#[test]
fn a_corrected_name_and_mark_are_told() {
    let corrected = REGISTER.replace("Мельник Іван|+", "Мельнік Іван|-");
    assert_eq!(
        replaced(&[("v2.xlsx", &corrected), ("v1.xlsx", REGISTER)]),
        [(1, vec![Kind::RegisterReplaced, Kind::CellChanged, Kind::CellChanged])]
    );
}

#[test]
fn copies_and_registers_of_others_replace_nothing() {
    assert_eq!(replaced(&[("a.xlsx", REGISTER), ("b.xlsx", REGISTER)]), []);
    let other_days = REGISTER.replace(".02.", ".03.");
    assert_eq!(replaced(&[("a.xlsx", REGISTER), ("b.xlsx", &other_days)]), []);
    let others = REGISTER
        .replace("Коваль Ольга", "Лис Яна")
        .replace("Сова Ія", "Рак Марко");
    assert_eq!(replaced(&[("a.xlsx", REGISTER), ("b.xlsx", &others)]), []);
    let group = |name: &str| format!("Група: {name}\n{REGISTER}|");
    assert_eq!(replaced(&[("a.xlsx", &group("А")), ("b.xlsx", &group("Б"))]), []);
}
