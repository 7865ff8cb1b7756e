use super::*;
use crate::ingest::records::SourceFile;

fn records(paths: &[&str]) -> Records {
    let file = |path: &&str| SourceFile {
        path: (*path).to_owned(),
        sha256: String::new(),
        bytes: 0,
        format: "xlsx".to_owned(),
        sheets: vec!["Січень".to_owned()],
        source: Some(0),
        readable: true,
    };
    Records {
        files: paths.iter().map(file).collect(),
        ..Records::default()
    }
}

#[test]
fn a_file_is_found_by_the_end_of_its_path() {
    let records = records(&["raw/а/список.xlsx", "raw/б/список.xlsx", "raw/інший список.xlsx"]);
    assert_eq!(find_file(&records, "а/список.xlsx"), Some(FileId(0)));
    assert_eq!(find_file(&records, "б\\список.xlsx"), Some(FileId(1)));
    assert_eq!(find_file(&records, "список.xlsx"), None, "two files end like this");
    assert_eq!(find_file(&records, ""), None);
}

#[test]
fn a_row_is_found_by_file_sheet_and_number() {
    let records = records(&["raw/список.xlsx"]);
    let mentions = HashMap::from([((FileId(0), 0, 7), MentionId(3))]);
    let lookup = Lookup { mentions };
    assert_eq!(
        lookup.mention(&records, "список.xlsx", "Січень", "7"),
        Some(MentionId(3))
    );
    assert_eq!(
        lookup.mention(&records, "список.xlsx", "", "7"),
        Some(MentionId(3)),
        "the only sheet"
    );
    assert_eq!(lookup.mention(&records, "список.xlsx", "Лютий", "7"), None);
    assert_eq!(lookup.mention(&records, "список.xlsx", "Січень", "8"), None);
}
