//! What is tried with arbitrary bytes. `fuzz_targets/` calls these under libFuzzer, `tests/fuzz_replay.rs` replays the corpus.
//!
//! Formats packed in an archive are tried from inside it: the bytes are a part, the archive around them is whole.

#![allow(dead_code, reason = "each fuzz target uses one of them")]

use std::io::{Cursor, Write as _};

use tallyframe::ingest::table::{Cell, Merge, Sheet, SheetRow, Workbook};
use tallyframe::ingest::{dates, trial, vocabulary};
use zip::write::SimpleFileOptions;

/// A target's name and what it does with bytes.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// Every target.
pub(crate) const ALL: [Target; 8] = [
    ("csv", csv),
    ("xlsx", xlsx),
    ("xls", xls),
    ("ods", ods),
    ("html", html),
    ("dates", dates),
    ("marks", marks),
    ("layout", layout),
];

/// Delimited text, or whatever else the bytes are taken for.
pub(crate) fn csv(data: &[u8]) {
    let _ = trial::rows_of_bytes(data, "березень 2026.csv");
}

/// A page with tables.
pub(crate) fn html(data: &[u8]) {
    let page = [b"<html><body><table>", data].concat();
    let _ = trial::rows_of_bytes(&page, "журнал.xls");
}

/// One part of an Excel workbook: the first byte says which.
pub(crate) fn xlsx(data: &[u8]) {
    let Some((which, part)) = data.split_first() else {
        return;
    };
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let link = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{relations}/{kind}" Target="{target}"/>"#)
    };
    let links = |of: String| format!(r#"<Relationships xmlns="{package}">{of}</Relationships>"#);
    let whole = [
        ("_rels/.rels", links(link("r0", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="Березень" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            links(
                link("r1", "worksheet", "worksheets/sheet1.xml")
                    + &link("r2", "styles", "styles.xml")
                    + &link("r3", "sharedStrings", "sharedStrings.xml"),
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                r#"<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46084</v></c></row><row r="2"><c r="A2" t="s" s="2"><v>1</v></c><c r="B2" s="2"/></row></sheetData></worksheet>"#
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{main}"><fonts><font/><font><strike/></font></fonts><fills><fill/><fill/><fill><patternFill patternType="solid"><fgColor rgb="FF00FF00"/></patternFill></fill></fills><cellXfs><xf/><xf numFmtId="14"/><xf fontId="1" fillId="2"/></cellXfs></styleSheet>"#
            ),
        ),
        (
            "xl/sharedStrings.xml",
            format!(
                r#"<sst xmlns="{main}"><si><t>ПІБ</t></si><si><r><rPr><strike/></rPr><t>Петренко Олена</t></r></si></sst>"#
            ),
        ),
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            links(link("r1", "comments", "../comments1.xml")),
        ),
        (
            "xl/comments1.xml",
            format!(
                r#"<comments xmlns="{main}"><commentList><comment ref="B2"><text/></comment></commentList></comments>"#
            ),
        ),
    ];
    let chosen = usize::from(*which) % whole.len();
    // Sheets are most of what can go wrong.
    let chosen = if *which >= 32 { 3 } else { chosen };
    let parts = whole.iter().enumerate().map(|(at, (name, content))| {
        let content = if at == chosen { part } else { content.as_bytes() };
        (*name, content)
    });
    let _ = trial::rows_of_bytes(&zipped(parts), "березень.xlsx");
}

/// The content of an `OpenDocument` spreadsheet.
pub(crate) fn ods(data: &[u8]) {
    let parts = [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".as_slice()),
        ("content.xml", data),
    ];
    let _ = trial::rows_of_bytes(&zipped(parts.into_iter()), "березень.ods");
}

fn zipped<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        writer.start_file(name, options).expect("a part");
        writer.write_all(content).expect("memory");
    }
    writer.finish().expect("a whole archive").into_inner()
}

/// The records of an old Excel workbook, in a whole compound file.
pub(crate) fn xls(data: &[u8]) {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
    let mut stream = file.create_stream("/Workbook").expect("a stream");
    stream.write_all(data).expect("memory");
    drop(stream);
    let _ = trial::rows_of_bytes(&file.into_inner().into_inner(), "березень.xls");
}

/// A date as somebody wrote it, alone, in a text, and in a run of headings.
pub(crate) fn dates(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let _ = dates::read_text(&text, None);
    let _ = dates::find_in_text(&text);
    let cells: Vec<Cell> = text.split('|').map(cell).collect();
    let order = dates::order_of_run(cells.iter());
    for cell in &cells {
        let _ = dates::read(cell, order);
    }
}

/// Marks under the sessions of a plain register: a line a person, marks parted by `|`.
pub(crate) fn marks(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let vocabulary = vocabulary::standard();
    let mut rows = vec!["№|ПІБ|03.03.2026|10.03.2026|17.03.2026|24.03.2026".to_owned()];
    for ((at, letter), line) in (1..).zip(('A'..='Z').cycle()).zip(text.lines().take(40)) {
        let _ = vocabulary.mark(line);
        rows.push(format!("{at}|Петренко Олена {letter}|{line}"));
    }
    let _ = trial::rows_of(workbook(&rows.join("\n"), Vec::new()), "register.xlsx");
}

/// A sheet: lines are rows, cells are parted by `|`, and a line `%1 2 0 3` merges rows 1 to 2 and columns 0 to 3.
pub(crate) fn layout(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (merges, rows): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with('%'));
    let merges = merges.iter().filter_map(|line| {
        let numbers: Vec<u16> = line[1..].split(' ').filter_map(|number| number.parse().ok()).collect();
        let [top, bottom, left, right] = numbers[..] else {
            return None;
        };
        (0 < top && top <= bottom && left <= right).then(|| Merge {
            top: u32::from(top),
            bottom: u32::from(bottom),
            left,
            right,
        })
    });
    let mut merges: Vec<Merge> = merges.collect();
    merges.sort_by_key(|merge| (merge.top, merge.left));
    let _ = trial::rows_of(workbook(&rows.join("\n"), merges), "Березень 2026.xlsx");
}

/// `#5` is a number, `@46084` a day, `!` an error, `?` a formula without a result.
fn cell(text: &str) -> Cell {
    let number = |rest: &str| rest.parse::<f64>().ok();
    match text.chars().next() {
        Some('#') => number(&text[1..]).map_or_else(|| Cell::Text(text.to_owned()), Cell::Number),
        Some('@') => {
            let days = number(&text[1..]).filter(|days| (0.0..2_958_466.0).contains(days));
            #[allow(clippy::cast_possible_truncation, reason = "seconds of days within the range above")]
            let at = days.and_then(|days| {
                let start = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?.and_hms_opt(0, 0, 0)?;
                start.checked_add_signed(chrono::Duration::seconds((days * 86_400.0) as i64))
            });
            at.map_or_else(|| Cell::Text(text.to_owned()), |at| Cell::DateTime { at, serial: days })
        }
        Some('!') => Cell::Error("#N/A".to_owned()),
        Some('?') => Cell::FormulaWithoutResult("1+1".to_owned()),
        _ => Cell::Text(text.to_owned()),
    }
}

fn workbook(text: &str, merges: Vec<Merge>) -> Workbook {
    let rows = (1..).zip(text.lines()).map(|(number, line)| SheetRow {
        number,
        cells: (0..)
            .zip(line.split('|'))
            .filter(|(_, text)| !text.is_empty())
            .map(|(column, text)| (column, cell(text)))
            .collect(),
    });
    Workbook {
        format: "xlsx".to_owned(),
        sheets: vec![Sheet {
            name: "Березень".to_owned(),
            rows: rows.filter(|row| !row.cells.is_empty()).collect(),
            merges,
            ..Sheet::default()
        }],
        ..Workbook::default()
    }
}
