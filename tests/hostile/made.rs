//! Files made to break a reader, one for each way that is known.

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// What sheets of a workbook begin with.
const SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
/// A register of two people, as rows of a sheet.
const REGISTER: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>03.03.2026</t></is></c></row>
    <row r="2"><c r="A2" t="inlineStr"><is><t>Mary Johnson</t></is></c><c r="B2" t="inlineStr"><is><t>+</t></is></c></row>
    <row r="3"><c r="A3" t="inlineStr"><is><t>Peter Baker</t></is></c><c r="B3" t="inlineStr"><is><t>+</t></is></c></row>"#;

/// An archive of parts.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(content).expect("memory");
    }
    writer.finish().expect("a whole archive").into_inner()
}

/// A workbook whose sheets are given as XML.
pub(crate) fn xlsx(sheets: &[String]) -> Vec<u8> {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut book = format!(r#"<workbook xmlns:r="{relations}"><sheets>"#);
    let mut links = "<Relationships>".to_owned();
    let mut parts = Vec::new();
    for (at, sheet) in (1..).zip(sheets) {
        write!(book, r#"<sheet name="S{at}" sheetId="{at}" r:id="r{at}"/>"#).expect("memory");
        write!(
            links,
            r#"<Relationship Id="r{at}" Type="{relations}/worksheet" Target="worksheets/sheet{at}.xml"/>"#
        )
        .expect("memory");
        parts.push((format!("xl/worksheets/sheet{at}.xml"), sheet.as_bytes()));
    }
    book += "</sheets></workbook>";
    links += "</Relationships>";
    let root = format!(
        r#"<Relationships><Relationship Id="r0" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let mut all: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
    ];
    all.extend(parts.iter().map(|(name, sheet)| (name.as_str(), *sheet)));
    zipped(&all)
}

/// A sheet of rows.
pub(crate) fn sheet(rows: &str) -> String {
    format!("{SHEET}{rows}</sheetData></worksheet>")
}

/// A workbook of one good sheet and one that is cut off in the middle.
pub(crate) fn half_broken() -> Vec<u8> {
    let good = sheet(REGISTER);
    let mut bad = good.clone();
    bad.truncate(good.len() / 2);
    xlsx(&[good, bad])
}

/// A compound file of streams.
fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
    for (name, content) in streams {
        file.create_stream(name)
            .expect("a stream")
            .write_all(content)
            .expect("memory");
    }
    file.into_inner().into_inner()
}

/// An `OpenDocument` sheet of rows.
fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>
        <table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

/// Records of an old workbook whose one sheet has a cell far below the first.
fn xls_records() -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        let length = u16::try_from(data.len()).expect("a short record");
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
    };
    let start = 40_u32;
    let globals = [
        record(0x0809, &[0, 6, 5, 0]),
        record(0x0085, &[&start.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat()),
        record(0x000A, &[]),
    ]
    .concat();
    let number = |row: u16, column: u16| {
        let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        record(0x0203, &[&place[..], &1.0_f64.to_le_bytes()].concat())
    };
    let sheet = [
        record(0x0809, &[0, 6, 16, 0]),
        number(0, 0),
        number(65_535, 255),
        number(9, 9),
        record(0x000A, &[]),
    ];
    let gap = vec![0; 40 - globals.len()];
    [globals, gap, sheet.concat()].concat()
}

/// Writes them all, and says where.
pub(crate) fn into(folder: &Path) -> Vec<PathBuf> {
    let good = xlsx(&[sheet(REGISTER)]);
    let deep = format!("{SHEET}{}", "<x>".repeat(200_000));
    let far = sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#);
    let many = |rows: &str| {
        ods(&format!(
            r#"<table:table-row table:number-rows-repeated="{rows}"><table:table-cell
        table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#
        ))
    };
    let merges: String = (0..5000).map(|_| r#"<mergeCell ref="A1:J9999"/>"#).collect();
    let overlapping = format!("{SHEET}{REGISTER}</sheetData><mergeCells>{merges}</mergeCells></worksheet>");
    let long = sheet(&format!(
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>"#,
        "слово ".repeat(500_000)
    ));
    let entities = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    let xls = compound(&[("/Workbook", &xls_records())]);
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("cut.xlsx", good[..good.len() - 40].to_vec()),
        ("no-directory.xlsx", good[..300].to_vec()),
        (
            "encrypted.xlsx",
            compound(&[("/EncryptionInfo", &[1; 64]), ("/EncryptedPackage", &[1; 64])]),
        ),
        ("bomb.xlsx", xlsx(&[sheet(&"<row/>".repeat(20_000_000))])),
        ("far.xlsx", xlsx(&[far])),
        ("deep.xlsx", xlsx(std::slice::from_ref(&deep))),
        ("merges.xlsx", xlsx(&[overlapping])),
        ("long.xlsx", xlsx(&[long])),
        ("half.xlsx", half_broken()),
        ("entities.xlsx", xlsx(&[format!("{entities}{}", sheet(REGISTER))])),
        ("repeated.ods", many("1048576")),
        ("cut.ods", {
            let mut bytes = many("2");
            bytes.truncate(bytes.len() - 50);
            bytes
        }),
        (
            "open.ods",
            zipped(&[(
                "content.xml",
                b"<office:document-content><table:table><table:table-row>",
            )]),
        ),
        ("far.xls", xls.clone()),
        ("cut.xls", xls[..xls.len() / 2].to_vec()),
        (
            "noise.xls",
            [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0xFF; 4000]].concat(),
        ),
        ("quotes.csv", "\"a;\"b\n".repeat(100_000).into_bytes()),
        (
            "open-quote.csv",
            format!("\"{}", "1;x;03.03.2026\n".repeat(50_000)).into_bytes(),
        ),
        ("nothing.csv", vec![0; 100_000]),
        (
            "deep.html",
            format!("<html>{}", "<table><tr><td>".repeat(50_000)).into_bytes(),
        ),
        ("nested.csv", deep.into_bytes()),
    ];
    files
        .into_iter()
        .map(|(name, bytes)| {
            let path = folder.join(name);
            fs::write(&path, bytes).expect("written");
            path
        })
        .collect()
}
