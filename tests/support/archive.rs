//! The parts of a workbook: all of them to look into, or one changed as a person or an accident would.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

/// Rewrites one part of a zipped workbook.
pub(crate) fn edit_part(path: &Path, part: &str, change: impl Fn(String) -> String) {
    let bytes = fs::read(path).expect("the workbook");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut met = false;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        let name = file.name().expect("a name in UTF-8").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("read");
        if name == part {
            met = true;
            let text = String::from_utf8(content).expect("XML in UTF-8");
            let changed = change(text.clone());
            assert_ne!(text, changed, "{part} was to change");
            content = changed.into_bytes();
        }
        writer
            .start_file(name, zip::write::SimpleFileOptions::default())
            .expect("begun");
        writer.write_all(&content).expect("written");
    }
    assert!(met, "{part} is not in {}", path.display());
    fs::write(path, writer.finish().expect("closed").into_inner()).expect("written");
}

/// Empties one cell of a sheet's XML.
pub(crate) fn blank_cell(xml: &str, address: &str) -> String {
    let start = xml.find(&format!("<c r=\"{address}\"")).expect("the cell");
    let end = xml[start..].find("</c>").expect("its end") + start + "</c>".len();
    format!("{}<c r=\"{address}\"/>{}", &xml[..start], &xml[end..])
}

/// Every part of an archive.
pub(crate) fn parts(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let count = archive.len();
    let part = |index: usize| {
        let mut content = Vec::new();
        archive
            .by_index(index)
            .expect("a part")
            .read_to_end(&mut content)
            .expect("read");
        content
    };
    (0..count).map(part).collect()
}

/// One part of a zipped workbook as text.
pub(crate) fn part(path: &Path, part: &str) -> String {
    let bytes = fs::read(path).expect("the workbook");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut file = archive.by_name(part).unwrap_or_else(|error| panic!("{part}: {error}"));
    let mut text = String::new();
    file.read_to_string(&mut text).expect("XML in UTF-8");
    text
}
