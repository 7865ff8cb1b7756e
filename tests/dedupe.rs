//! `dedupe` for tables that nobody has described: what it takes columns for, what it binds, what it explains.

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use support::{Table, csv_rows, tallyframe};
use tempfile::TempDir;

/// A folder with files of the test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).expect("written");
        path
    }
}

/// What a call answered.
struct Answer {
    code: Option<i32>,
    out: Vec<u8>,
    said: String,
}

impl Answer {
    fn rows(&self) -> Table {
        csv_rows(&self.out)
    }

    /// Keys of the persons, row by row.
    fn people(&self) -> Vec<String> {
        self.rows().iter().map(|row| row["person"].clone()).collect()
    }

    fn says(&self, text: &str) {
        assert!(self.said.contains(text), "«{text}» in:\n{}", self.said);
    }

    fn prints(&self, text: &str) {
        let out = String::from_utf8_lossy(&self.out);
        assert!(out.contains(text), "«{text}» in:\n{out}\n{}", self.said);
    }
}

fn dedupe(files: &[&PathBuf], flags: &[&str]) -> Answer {
    let files: Vec<&str> = files.iter().map(|path| path.to_str().expect("UTF-8")).collect();
    let args = [&["dedupe"], files.as_slice(), flags].concat();
    let output = tallyframe(&args);
    Answer {
        code: output.status.code(),
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
        out: output.stdout,
    }
}

fn distinct(people: &[String]) -> usize {
    people.iter().collect::<BTreeSet<_>>().len()
}

const GERMAN: &str = "row_id,fname_c1,fname_c2,lname_c1,lname_c2,by,bm,bd\n\
    0,KARIN,,HOLZER,,1949,7,22\n\
    1,GERD,PETER,ZIMMER,,1968,7,27\n\
    2,KARIN,,HOLZR,,1949,7,22\n\
    3,UTE,,VOGEL,BERG,1971,11,3\n\
    4,GERT,PETER,ZIMMER,,1968,7,27\n\
    5,HEIKE,,LORENZ,,1958,1,31\n";

#[test]
fn terse_headings_are_read_by_what_stands_below() {
    let folder = Folder::new();
    let table = folder.file("leute.csv", GERMAN);
    let answer = dedupe(&[&table], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    answer.says("6 rows; name = fname_c1 + fname_c2 + lname_c1 + lname_c2, birth = by + bm + bd; not used: row_id");
    answer.says("by + bm + bd hold years, months and days");
    let people = answer.people();
    assert_eq!((&people[0], &people[1]), (&people[2], &people[4]));
    assert_eq!(distinct(&people), 4);
}

#[test]
fn births_in_parts_can_be_named() {
    let folder = Folder::new();
    let table = folder.file("leute.csv", "Wer,j,m,t\nUte Vogel,1971,11,3\nHeike Lorenz,1958,1,12\n");
    let flags = [
        "--name",
        "wer ",
        "--birth",
        "J",
        "--birth",
        "M",
        "--birth",
        "T",
        "--explain",
        "2",
        "3",
    ];
    let answer = dedupe(&[&table], &flags);
    answer.says("name = Wer, birth = j + m + t");
    answer.prints("1971-11-03");
    answer.prints("1958-01-12");
}

const ENGLISH: &str = "rec_id,given_name,surname,street_number,address_1,address_2,suburb,postcode,state,date_of_birth\n\
    rec-1-org,holly,archer,7,wallaby crescent,,cleveland,2119,sa,19560409\n\
    rec-1-dup,holly,archr,7,wallaby crescnt,,cleveland,2119,sa,19560409\n\
    rec-2-org,james,brewer,177,pridham street,milton,marsden,3165,nsw,19080419\n\
    rec-2-dup,jaems,brewer,177,pridham street,milton,marsden,3165,nsw,19080419\n\
    rec-3-org,,dutton,12,first street,,hilton,4011,wa,19990219\n";

#[test]
fn addresses_postcodes_and_compact_births_are_understood() {
    let folder = Folder::new();
    let table = folder.file("people.csv", ENGLISH);
    let answer = dedupe(&[&table], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    answer.says(
        "5 rows; name = given_name + surname, birth = date_of_birth, place = suburb, \
         address = street_number + address_1 + address_2, postcode = postcode; not used: rec_id, state",
    );
    let people = answer.people();
    assert_eq!((&people[0], &people[2]), (&people[1], &people[3]));
    assert_eq!(distinct(&people), 3);
}

const SESSIONS: &str = "Дата;Назва заходу;ПІБ;Рік народження;Телефон\n\
    05.03.2026;Йога;Коваленко Ольга Іванівна;1980;0671112233\n\
    05.03.2026;Йога;Коваленко Ольга Іванівна;1980;0509998877\n\
    12.03.2026;Йога;Коваленко Ольга;1980;0671112233\n\
    19.02.1987;Йога;Гнатюк Інна Петрівна;1975;0631234567\n\
    12.03.2026;Йога;;1990;\n";

#[test]
fn rows_of_one_session_are_two_people() {
    let folder = Folder::new();
    let table = folder.file("список.csv", SESSIONS);
    let answer = dedupe(&[&table], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    answer.says("a list: two rows of one session are two people");
    answer.says("1 row without anybody's name (person left blank)");
    let rows = answer.rows();
    assert_eq!(
        rows.iter().map(|row| row["row"].as_str()).collect::<Vec<_>>(),
        ["2", "3", "4", "5", "6"]
    );
    let people = answer.people();
    assert_ne!(people[0], people[1], "two rows of one session");
    assert_eq!(people[0], people[2]);
    assert!(!people[3].is_empty(), "a row outside any project's dates is somebody");
    assert_eq!(people[4], "");
}

#[test]
fn a_registry_binds_nobody_and_a_file_name_is_no_session() {
    let folder = Folder::new();
    let table = folder.file(
        "registar 05.03.2026.csv",
        "R.br.;Ime i prezime;Datum rođenja;Telefon;Mjesto\n\
         1;Petrović Ana;12041980;067111222;Nikšić\n\
         2;Ana Petrovic;12.04.1980;+382 67 111 222;Nikšić\n\
         3;Marković Jovana;01.02.1991;068333444;Bar\n",
    );
    let answer = dedupe(&[&table], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    answer.says("place = Mjesto");
    let people = answer.people();
    assert_eq!(people[0], people[1]);
    assert_eq!(distinct(&people), 2);
}

#[test]
fn a_pair_is_explained() {
    let folder = Folder::new();
    let table = folder.file("leute.csv", GERMAN);
    let joined = dedupe(&[&table], &["--explain", "2", "4"]);
    assert_eq!(joined.code, Some(0), "{}", joined.said);
    for part in [
        "field",
        "HOLZER",
        "HOLZR",
        "birth",
        "1949-07-22",
        "probability",
        "Decision: one person, joined",
    ] {
        joined.prints(part);
    }
    let apart = dedupe(&[&table], &["--explain", "leute.csv:2", "leute.csv:5"]);
    apart.prints("Decision: two people, kept apart because");
    let nobody = dedupe(&[&table], &["--explain", "2", "99"]);
    assert_eq!(nobody.code, Some(2));
    nobody.says("rows 2 to 7");
}

#[test]
fn an_unknown_heading_is_a_wrong_call() {
    let folder = Folder::new();
    let table = folder.file("leute.csv", GERMAN);
    let answer = dedupe(&[&table], &["--surname", "lname_c3", "--sheet", "x"]);
    assert_eq!(answer.code, Some(2));
    answer.says("--surname “lname_c3”: no table has such a column. Did you mean “lname_c1”?");
    answer.says("Columns seen: row_id, fname_c1");
}

#[test]
fn a_table_that_names_nobody_is_not_taken_in_silence() {
    let folder = Folder::new();
    let table = folder.file("sums.csv", "alpha,beta\n1,2\n3,4\n");
    let answer = dedupe(&[&table], &[]);
    assert_eq!((answer.code, answer.out.len()), (Some(2), 0));
    answer.says("no column names people. Headings seen: alpha, beta");
    answer.says("--name HEADER");
}

#[test]
fn names_are_taken_by_content_and_said() {
    let folder = Folder::new();
    let table = folder.file(
        "who.csv",
        "xyz,qq\nAna Petrović,4\nJovana Marković,7\nAna Petrovic,1\nIvana Perić,3\n",
    );
    let answer = dedupe(&[&table], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    answer.says("xyz looks like names and was taken for them");
    assert_eq!(answer.rows().len(), 4);
}

#[test]
fn a_table_without_headings_goes_by_letters() {
    let folder = Folder::new();
    let table = folder.file(
        "who.csv",
        "Ana Petrović,12.04.1980\nJovana Marković,01.02.1991\nAna Petrovic,12.04.1980\n",
    );
    let answer = dedupe(&[&table], &["--birth", "B"]);
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    answer.says("name = A, birth = B");
    let people = answer.people();
    assert_eq!((people.len(), distinct(&people)), (3, 2));
    assert_eq!(answer.rows()[0]["row"], "1");
}

#[test]
fn other_encodings_and_several_files_are_read() {
    let folder = Folder::new();
    let table = "ПІБ\tДата народження\nШевченко Олена Іванівна\t12.04.1980\nМельник Ірина\t1991\n";
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(table.encode_utf16().flat_map(u16::to_le_bytes));
    let one = folder.file("one.txt", bytes);
    let two = folder.file("two.csv", "Full name;Date of birth\nShevchenko Olena;12.04.1980\n");
    let answer = dedupe(&[&one, &two], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    let people = answer.people();
    assert_eq!((people.len(), &people[0]), (3, &people[2]));
    let pairs = dedupe(&[&one, &two], &["--explain", "2", "one.txt:3"]);
    assert_eq!(pairs.code, Some(2), "two files have a row 2");
    pairs.says("several tables have that row");
}

#[test]
fn a_code_that_is_another_in_every_row_holds_nobody_apart() {
    let folder = Folder::new();
    let rows = |first: &str| {
        format!(
            "Client code,Full name,Date of birth,Phone\n{first},Olena Shevchenko,12.04.1980,0671112233\nC-2,Olena Shevchenko,12.04.1980,0671112233\nC-3,Ivan Melnyk,1.2.1991,0501112233\n"
        )
    };
    let table = folder.file("a.csv", rows("C-1"));
    let answer = dedupe(&[&table], &[]);
    answer.says("“Client code” is another in every row");
    assert_eq!(distinct(&answer.people()), 2);
    let again = folder.file("b.csv", rows("C-1"));
    let both = dedupe(&[&table, &again], &[]);
    both.says("code = Client code");
}

#[test]
fn births_in_the_future_are_told_and_not_used() {
    let folder = Folder::new();
    let table = folder.file(
        "a.csv",
        "Full name,Date of birth\nOlena Shevchenko,12.04.2031\nIvan Melnyk,01.02.1991\n",
    );
    let answer = dedupe(&[&table], &[]);
    answer.says("B2: The birth date can't be right");
    let later = dedupe(&[&table], &["--as-of", "2040-01-01"]);
    assert!(!later.said.contains("can't be right"), "{}", later.said);
}

#[test]
fn only_own_files_are_overwritten() {
    let folder = Folder::new();
    let table = folder.file("leute.csv", GERMAN);
    let notes = folder.file("notes.csv", "a,b\n1,2\n");
    let out = folder.0.path().join("clusters.csv");
    let out = out.to_str().expect("UTF-8");
    for _ in 0..2 {
        let answer = dedupe(&[&table], &["-o", out]);
        assert_eq!(answer.code, Some(0), "{}", answer.said);
        answer.says("sha256");
    }
    let notes = notes.to_str().expect("UTF-8");
    assert_eq!(dedupe(&[&table], &["-o", notes]).code, Some(2));
    assert_eq!(fs::read_to_string(notes).expect("there"), "a,b\n1,2\n");
    assert_eq!(dedupe(&[&table], &["-o", notes, "--force"]).code, Some(0));
    let input = table.to_str().expect("UTF-8");
    assert_eq!(dedupe(&[&table], &["-o", input, "--force"]).code, Some(2));
}

#[test]
fn programs_get_one_document() {
    let folder = Folder::new();
    let table = folder.file("leute.csv", GERMAN);
    let pairs = folder.0.path().join("pairs.csv");
    let answer = dedupe(&[&table], &["--json", "--pairs", pairs.to_str().expect("UTF-8")]);
    let document: serde_json::Value = serde_json::from_slice(&answer.out).expect("one document");
    assert_eq!(document["schema_version"], 1);
    assert_eq!(document["rows"], 6);
    let clusters = document["clusters"].as_array().expect("clusters");
    let largest = clusters
        .iter()
        .find(|cluster| cluster["members"].as_array().is_some_and(|rows| rows.len() == 2));
    assert!(largest.is_some_and(|cluster| cluster["links"][0]["fields"].is_array()));
    let header = fs::read_to_string(pairs).expect("the pairs");
    assert!(header.starts_with("file,sheet,row,file_2,sheet_2,row_2,probability,joined"));
}

#[test]
fn an_empty_file_and_a_lone_heading_are_told() {
    let folder = Folder::new();
    let empty = folder.file("empty.csv", "");
    let answer = dedupe(&[&empty], &[]);
    assert_eq!(answer.code, Some(3));
    answer.says("empty");
    let heading = folder.file("heading.csv", "ПІБ;Дата народження\n");
    let answer = dedupe(&[&heading], &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    answer.says("0 rows");
    assert_eq!(answer.rows().len(), 0);
}

#[test]
fn messages_come_in_ukrainian_and_columns_stay() {
    let folder = Folder::new();
    let table = folder.file("leute.csv", GERMAN);
    let answer = dedupe(&[&table], &["--lang", "uk"]);
    assert_eq!(answer.code, Some(0), "{}", answer.said);
    answer.says(
        "6 рядків; ім'я = fname_c1 + fname_c2 + lname_c1 + lname_c2, народження = by + bm + bd; не використано: row_id",
    );
    answer.says("6 рядків: 4 особи");
    answer.says("Далі: `tallyframe dedupe");
    assert!(!answer.said.contains("row "), "{}", answer.said);
    assert_eq!(
        answer.out,
        dedupe(&[&table], &[]).out,
        "the output is the same in every language"
    );
    let explained = dedupe(&[&table], &["--lang", "uk", "--explain", "2", "4"]);
    for part in [
        "дата народження",
        "збігається",
        "імовірність 1,0000",
        "Рішення: одна людина",
    ] {
        explained.prints(part);
    }
    let wrong = dedupe(&[&table], &["--lang", "uk", "--sheet", "x", "--name", "fname_c3"]);
    assert_eq!(wrong.code, Some(2));
    wrong.says("--name «fname_c3»: такої колонки немає в жодній таблиці. Може, «fname_c1»?");
    assert_eq!(dedupe(&[&table], &["--lang", "xx"]).code, Some(2));
}
