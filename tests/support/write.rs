//! Writes sheets as files of other formats: what the same office would have sent from another program.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use tallyframe::ingest::table::{Cell, Sheet, Workbook};

/// A workbook as xlsx, merged areas and hidden sheets kept.
pub(crate) fn xlsx(workbook: &Workbook) -> Vec<u8> {
    let mut file = rust_xlsxwriter::Workbook::new();
    let date = rust_xlsxwriter::Format::new().set_num_format("dd.mm.yyyy");
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let target = file.add_worksheet();
        target.set_name(name(sheet, index)).expect("a sheet name");
        target.set_hidden(sheet.hidden && index > 0);
        for merge in &sheet.merges {
            let format = rust_xlsxwriter::Format::new();
            target
                .merge_range(merge.top - 1, merge.left, merge.bottom - 1, merge.right, "", &format)
                .expect("merged");
        }
        for row in &sheet.rows {
            for (column, cell) in &row.cells {
                match cell {
                    Cell::Number(number) => target.write_number(row.number - 1, *column, *number),
                    Cell::DateTime { at, .. } => target.write_datetime_with_format(row.number - 1, *column, at, &date),
                    cell => target.write_string(row.number - 1, *column, shown(cell)),
                }
                .expect("a cell");
            }
        }
    }
    file.save_to_buffer().expect("a workbook")
}

fn name(sheet: &Sheet, index: usize) -> String {
    if sheet.name.is_empty() {
        format!("Аркуш{}", index + 1)
    } else {
        sheet.name.clone()
    }
}

/// What a cell shows.
pub(crate) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Error(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::DateTime { at, .. } => at.format("%d.%m.%Y").to_string(),
        Cell::Bool(value) => value.to_string(),
        Cell::FormulaWithoutResult(_) => String::new(),
    }
}

/// The first sheet as text: every cell quoted, merged areas lost.
pub(crate) fn csv(workbook: &Workbook, separator: char) -> Vec<u8> {
    let sheet = &workbook.sheets[0];
    let mut text = "\u{feff}".to_owned();
    let width = sheet
        .rows
        .iter()
        .filter_map(|row| row.cells.last())
        .map(|(column, _)| *column)
        .max()
        .unwrap_or(0);
    let mut line = 1;
    for row in &sheet.rows {
        while line < row.number {
            text.push_str("\r\n");
            line += 1;
        }
        let cells = (0..=width).map(|column| row.get(column).map(shown).unwrap_or_default());
        let cells: Vec<String> = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        text.push_str(&cells.join(&separator.to_string()));
        text.push_str("\r\n");
        line += 1;
    }
    text.into_bytes()
}

/// A workbook as `OpenDocument`, merged areas and hidden sheets kept.
pub(crate) fn ods(workbook: &Workbook) -> Vec<u8> {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.2\">\
         <office:automatic-styles><style:style style:name=\"hid\" style:family=\"table\">\
         <style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet>",
    );
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        ods_sheet(&mut xml, sheet, &name(sheet, index));
    }
    xml.push_str("</office:spreadsheet></office:body></office:document-content>");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (part, content) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &xml),
    ] {
        writer.start_file(part, options).expect("begun");
        writer.write_all(content.as_bytes()).expect("written");
    }
    writer.finish().expect("closed").into_inner()
}

fn ods_sheet(xml: &mut String, sheet: &Sheet, name: &str) {
    let hidden = if sheet.hidden { " table:style-name=\"hid\"" } else { "" };
    let _ = write!(xml, "<table:table table:name=\"{}\"{hidden}>", escaped(name));
    let mut line = 1;
    for row in &sheet.rows {
        if line < row.number {
            let _ = write!(
                xml,
                "<table:table-row table:number-rows-repeated=\"{}\"><table:table-cell/></table:table-row>",
                row.number - line
            );
        }
        line = row.number + 1;
        xml.push_str("<table:table-row>");
        let mut next = 0;
        for (column, cell) in &row.cells {
            if next < *column {
                let _ = write!(
                    xml,
                    "<table:table-cell table:number-columns-repeated=\"{}\"/>",
                    column - next
                );
            }
            next = column + 1;
            let merge = sheet
                .merges
                .iter()
                .find(|merge| (merge.top, merge.left) == (row.number, *column));
            let span = merge.map_or(String::new(), |merge| {
                format!(
                    " table:number-rows-spanned=\"{}\" table:number-columns-spanned=\"{}\"",
                    merge.bottom - merge.top + 1,
                    merge.right - merge.left + 1
                )
            });
            let value = match cell {
                Cell::Number(number) => format!("office:value-type=\"float\" office:value=\"{number}\""),
                Cell::DateTime { at, .. } => {
                    format!(
                        "office:value-type=\"date\" office:date-value=\"{}\"",
                        at.format("%Y-%m-%d")
                    )
                }
                _ => "office:value-type=\"string\"".to_owned(),
            };
            let _ = write!(xml, "<table:table-cell {value}{span}>");
            for line in shown(cell).split('\n') {
                let _ = write!(xml, "<text:p>{}</text:p>", escaped(line));
            }
            xml.push_str("</table:table-cell>");
        }
        xml.push_str("</table:table-row>");
    }
    xml.push_str("</table:table>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
