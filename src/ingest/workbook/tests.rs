//! Workbooks of every format, whole and damaged.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Workbook as Writer};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::ingest::table::{Cell, Merge, Sheet};

fn only_sheet(bytes: &[u8], name: &str) -> Sheet {
    let mut book = from_bytes(bytes, name).expect("a readable file");
    assert_eq!(book.sheets.len(), 1);
    book.sheets.remove(0)
}

/// Rows as `number: text | text`, blank cells left out.
fn shown(sheet: &Sheet) -> Vec<String> {
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    sheet
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row.cells.iter().map(|(_, cell)| text(cell)).collect();
            format!("{}: {}", row.number, cells.join(" | "))
        })
        .collect()
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("a new part");
        writer.write_all(content.as_bytes()).expect("memory");
    }
    writer.finish().expect("a whole archive").into_inner()
}

fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:draw="d">
        <office:automatic-styles><style:style style:name="ta2" style:family="table">
        <style:table-properties table:display="false"/></style:style></office:automatic-styles>
        <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
    ])
}

fn sample_xlsx() -> Vec<u8> {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    sheet.set_name("Січень").expect("a valid name");
    sheet
        .merge_range(2, 1, 2, 3, " січень 2026\u{A0}", &Format::new())
        .expect("a free area");
    sheet.write_number_with_format(4, 1, 46_027.0, &date).expect("a cell");
    sheet.write_number(4, 2, 2.5).expect("a cell");
    sheet.write_boolean(4, 3, true).expect("a cell");
    sheet.write_string(5, 2, "н").expect("a cell");
    sheet.set_row_hidden(5).expect("a row");
    sheet.set_column_hidden(7).expect("a column");
    let hidden = writer.add_worksheet();
    hidden.set_name("стара").expect("a valid name").set_hidden(true);
    writer.save_to_buffer().expect("memory")
}

#[test]
fn xlsx_keeps_places_types_merges_and_what_is_hidden() {
    let book = from_bytes(&sample_xlsx(), "Січень.xls").expect("a readable file");
    assert_eq!((book.format.as_str(), book.misnamed), ("xlsx", true));
    assert_eq!(
        book.sheets.iter().map(|sheet| sheet.hidden).collect::<Vec<_>>(),
        [false, true]
    );
    let sheet = &book.sheets[0];
    assert_eq!(sheet.name, "Січень");
    assert_eq!(
        sheet.merges,
        [Merge {
            top: 3,
            bottom: 3,
            left: 1,
            right: 3
        }]
    );
    assert_eq!(
        (&sheet.hidden_rows[..], &sheet.hidden_columns[..]),
        (&[6][..], &[7][..])
    );
    assert_eq!(sheet.rows[0].get(1), Some(&Cell::Text(" січень 2026\u{A0}".to_owned())));
    let row = &sheet.rows[1];
    assert_eq!(row.number, 5);
    let Some(Cell::DateTime { at, serial }) = row.get(1) else {
        panic!("no date: {row:?}")
    };
    assert_eq!(
        (at.to_string().as_str(), *serial),
        ("2026-01-05 00:00:00", Some(46_027.0))
    );
    assert_eq!(row.get(2), Some(&Cell::Number(2.5)));
    assert_eq!(row.get(3), Some(&Cell::Bool(true)));
    assert_eq!(shown(sheet)[2], "6: н");
}

#[test]
fn formulas_that_were_never_calculated_are_told() {
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
        <row r="2"><c r="B2"><f>1+1</f><v></v></c><c r="C2" t="e"><v>#N/A</v></c>
        <c r="D2" t="str"><f>""</f><v></v></c></row></sheetData></worksheet>"#;
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let bytes = zipped(&[
        (
            "_rels/.rels",
            &format!(
                r#"<Relationships><Relationship Id="r0" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns:r="{relations}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships><Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/s.xml"/></Relationships>"#
            ),
        ),
        ("xl/worksheets/s.xml", sheet),
    ]);
    let sheet = only_sheet(&bytes, "a.xlsx");
    assert_eq!(
        sheet.rows[0].get(1),
        Some(&Cell::FormulaWithoutResult("1+1".to_owned()))
    );
    assert_eq!(sheet.rows[0].get(2), Some(&Cell::Error("#N/A".to_owned())));
    assert_eq!(sheet.rows[0].get(3), None, "a result that is an empty text is a result");
}

#[test]
fn open_document_cells() {
    let bytes = ods(
        r#"<table:table table:name="Лист"><table:table-column table:number-columns-repeated="2"/>
        <table:table-column table:visibility="collapse"/>
        <table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2" office:value-type="string">
          <office:annotation><text:p>remark</text:p></office:annotation><text:p>Ім&apos;я<text:s text:c="2"/>та</text:p><text:p>рік</text:p></table:table-cell>
          <table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2026-01-05"><text:p>5 січ</text:p></table:table-cell>
          <table:table-cell table:formula="of:=1+1"/></table:table-row>
        <table:table-row table:visibility="filter"><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row></table:table>
        <table:table table:name="стара" table:style-name="ta2"/>"#,
    );
    let book = from_bytes(&bytes, "л.ods").expect("a readable file");
    assert_eq!(
        book.sheets.iter().map(|sheet| sheet.hidden).collect::<Vec<_>>(),
        [false, true]
    );
    let sheet = &book.sheets[0];
    assert_eq!(
        sheet.merges,
        [Merge {
            top: 4,
            bottom: 5,
            left: 0,
            right: 1
        }]
    );
    assert_eq!(
        (&sheet.hidden_rows[..], &sheet.hidden_columns[..]),
        (&[5][..], &[2][..])
    );
    assert_eq!(sheet.rows[0].number, 4);
    assert_eq!(sheet.rows[0].get(0), Some(&Cell::Text("Ім'я  та\nрік".to_owned())));
    assert!(matches!(
        sheet.rows[0].get(2),
        Some(Cell::DateTime { serial: Some(_), .. })
    ));
    assert!(matches!(sheet.rows[0].get(3), Some(Cell::FormulaWithoutResult(_))));
    assert_eq!(sheet.rows[1].cells, [(0, Cell::Number(7.0)), (1, Cell::Number(7.0))]);
    assert_eq!(sheet.rows.len(), 2);
}

#[test]
fn text_files_in_their_encodings() {
    let text = "ПІБ;Дата\r\nЄва Їжак;05.02.2026\r\n\r\nҐалаґан Олесь;\r\n";
    let (cp1251, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16_be: Vec<u8> = [0xFE, 0xFF]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    let bom = format!("\u{FEFF}{text}");
    for (bytes, encoding) in [
        (text.as_bytes(), "UTF-8"),
        (bom.as_bytes(), "UTF-8"),
        (&cp1251, "windows-1251"),
        (&utf16, "UTF-16LE"),
        (&utf16_be, "UTF-16BE"),
    ] {
        let book = from_bytes(bytes, "a.csv").expect("a readable file");
        assert_eq!((book.encoding.as_deref(), book.separator), (Some(encoding), Some(';')));
        assert_eq!(
            shown(&book.sheets[0]),
            ["1: ПІБ | Дата", "2: Єва Їжак | 05.02.2026", "4: Ґалаґан Олесь"]
        );
    }
}

#[test]
fn text_files_in_their_shapes() {
    let read = |text: &str| shown(&only_sheet(text.as_bytes(), "a.csv"));
    assert_eq!(read("a,b\rc,d\r"), ["1: a | b", "2: c | d"]);
    assert_eq!(read("sep=;\r\na;b,c\r\n"), ["1: a | b,c"]);
    assert_eq!(
        read("a\tb\n\"c\nd\"\t\"e \"\"f\"\"\"\n"),
        ["1: a | b", "2: c\nd | e \"f\""]
    );
    assert_eq!(read("a;b\n\"open;c\nd;e\n"), ["1: a | b", "2: \"open | c", "3: d | e"]);
    assert_eq!(
        read("ПІБ;Тема\nПетренко О., Петренко І.;криза, втрата\nІ., О.;х\n")[1],
        "2: Петренко О., Петренко І. | криза, втрата"
    );
    assert_eq!(read("Назва\n\na;b;c\nd\n"), ["1: Назва", "3: a | b | c", "4: d"]);
}

#[test]
fn a_web_page_named_xls_is_read_as_its_table() {
    let page = "<html><head><meta charset=\"utf-8\"></head><body><table><tr><th colspan=2>Січень &amp; лютий</th></tr>\
                <tr><td rowspan=\"2\">А&#769;</td><td>1<br>2</td></tr><tr><td> +&nbsp;</td></tr></table></body></html>";
    let book = from_bytes(page.as_bytes(), "журнал.xls").expect("a readable file");
    assert_eq!((book.format.as_str(), book.misnamed), ("html", true));
    assert_eq!(
        shown(&book.sheets[0]),
        ["1: Січень & лютий", "2: А\u{301} | 1\n2", "3: +\u{A0}"]
    );
    assert!(
        book.sheets[0].rows[2].get(1).is_some(),
        "the cell beside a tall one stands in column B"
    );
}

#[test]
fn an_xml_spreadsheet_named_xls_is_read() {
    let text = r#"<?xml version="1.0" encoding="windows-1251"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"><Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style></Styles>
<Worksheet ss:Name="Січень"><Table><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>
<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Дата &amp; ім&#39;я</Data></Cell><Cell><Data ss:Type="Number">7.5</Data>
<Comment ss:Author="o"><ss:Data>не текст</ss:Data></Comment></Cell></Row>
<Row ss:Index="4" ss:StyleID="s1"><Cell><Data ss:Type="DateTime">2026-03-05T00:00:00.000</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">Коваль <B>Олена</B></Data></Cell></Row>
<Row><Cell ss:Formula="=1+1"/><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
<Worksheet ss:Name="2"><Table><Row><Cell><Data ss:Type="Boolean">1</Data></Cell></Row></Table></Worksheet></Workbook>"#;
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(text);
    let book = from_bytes(&bytes, "журнал.xls").expect("a readable file");
    assert_eq!((book.format.as_str(), book.misnamed), ("xml", true));
    let sheet = &book.sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.hidden), ("Січень", true));
    assert_eq!(
        (&sheet.hidden_columns[..], &sheet.struck_rows[..]),
        (&[2, 3][..], &[4][..])
    );
    assert_eq!((sheet.merges.len(), &sheet.comments[..]), (1, &[(1, 2)][..]));
    assert_eq!(
        shown(sheet),
        [
            "1: Дата & ім'я | Number(7.5)",
            "4: DateTime { at: 2026-03-05T00:00:00, serial: Some(46086.0) } | Коваль Олена",
            "5: FormulaWithoutResult(\"=1+1\") | Error(\"#N/A\")"
        ]
    );
    assert_eq!(book.sheets[1].rows[0].cells, [(0, Cell::Bool(true))]);
    // Cut off in the second sheet, the first is whole.
    let cut = from_bytes(&bytes[..bytes.len() - 60], "журнал.xls").expect("a readable file");
    assert!(cut.sheets[0].damaged.is_none() && cut.sheets[1].damaged.is_some());
}

#[test]
fn what_cannot_be_read_says_why() {
    let whole = sample_xlsx();
    let word = zipped(&[("[Content_Types].xml", ""), ("word/document.xml", "")]);
    let repeated = ods(r#"<table:table><table:table-row table:number-rows-repeated="99999999">
        <table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>"#);
    for (bytes, name, reason) in [
        (&b""[..], "a.xlsx", "the file is empty"),
        (b"x", "~$a.xlsx", "the trace of an open program"),
        (&whole[..whole.len() / 2], "a.xlsx", "the file is cut off"),
        (b"%PDF-1.7", "a.xlsx", "this is a PDF document"),
        (&word, "a.docx", "this is a Word document"),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and nothing more",
            "a.xls",
            "the file is ",
        ),
        (&repeated, "a.ods", "the file is too large"),
        (
            b"\x01\x02\x03\x05\x06\x07\x08\x0E",
            "a.bin",
            "this is a file of an unknown binary format",
        ),
    ] {
        let told = from_bytes(bytes, name).expect_err(name).to_string();
        assert!(told.contains(reason), "{name}: {told}");
    }
    assert_eq!(open(Path::new("no/such/file.xlsx")), Err(Unreadable::Missing));
}

#[test]
fn bytes_changed_at_random_never_stop_the_program() {
    let xml = b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet>\
        <Table><Row Index='2'><Cell MergeAcross='1'><Data Type='Number'>1</Data></Cell></Row></Table></Worksheet></Workbook>";
    let files = [
        xml.to_vec(),
        sample_xlsx(),
        ods("<table:table><table:table-row/></table:table>"),
    ];
    // A linear congruential generator: the same damage in every run.
    let mut state = 12_345_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for whole in &files {
        for _ in 0..200 {
            let mut bytes = whole.clone();
            for _ in 0..4 {
                let at = next(bytes.len());
                bytes[at] = u8::try_from(next(256)).expect("below 256");
            }
            bytes.truncate(next(whole.len()).max(whole.len() / 2));
            let _ = from_bytes(&bytes, "a");
        }
    }
}

#[test]
fn every_file_of_a_collection_is_read_or_says_why() {
    let Some(folder) = std::env::var_os("TALLYFRAME_FILES") else {
        // Visible with --nocapture: a skipped test should say so.
        #[expect(clippy::print_stderr, reason = "a test")]
        {
            eprintln!("skipped: TALLYFRAME_FILES names no folder of files to read");
        }
        return;
    };
    let mut waiting = vec![std::path::PathBuf::from(folder)];
    let mut read = 0;
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(
                std::fs::read_dir(&path)
                    .expect("a folder")
                    .flatten()
                    .map(|entry| entry.path()),
            );
        } else if let Err(reason) = open(&path) {
            assert!(!reason.to_string().is_empty(), "{}", path.display());
        } else {
            read += 1;
        }
    }
    assert!(read > 0, "no file could be read");
}
