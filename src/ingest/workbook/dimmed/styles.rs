//! Which styles of an `.xlsx` workbook strike through or colour, and which of its strings are struck throughout.

use std::io::{BufReader, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::guard::{Archive, MAX_FILE};
use super::super::looks::Look;
use super::super::unreadable::Unreadable;
use super::{attribute, each_element, is_on, speaks_of};

const STYLES: &str = "xl/styles.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

/// How the styles of cells look, by their numbers; empty where no style says anything.
pub(super) fn looks(archive: &mut Archive<'_>) -> Vec<Look> {
    let mut book = Styles::default();
    // Without styles all cells look the same.
    let _ = each_element(archive, STYLES, |element| {
        book.element(element);
        true
    });
    if book.cells.iter().all(|look| *look == Look::default()) {
        book.cells.clear();
    }
    book.cells
}

/// What has been read of the styles.
#[derive(Debug, Default)]
struct Styles {
    section: String,
    struck: Vec<bool>,
    fills: Vec<bool>,
    solid: bool,
    cells: Vec<Look>,
}

impl Styles {
    fn element(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        if matches!(
            name,
            "fonts" | "fills" | "borders" | "cellStyleXfs" | "cellXfs" | "cellStyles" | "dxfs"
        ) {
            name.clone_into(&mut self.section);
        }
        match (self.section.as_str(), name) {
            ("fonts", "font") => self.struck.push(false),
            ("fonts", "strike") => {
                if let Some(last) = self.struck.last_mut() {
                    *last = is_on(element);
                }
            }
            ("fills", "fill") => self.fills.push(false),
            ("fills", "patternFill") => {
                self.solid = attribute(element, "patternType").is_some_and(|kind| kind != "none" && kind != "gray125");
            }
            ("fills", "fgColor") => {
                if let Some(last) = self.fills.last_mut() {
                    *last = self.solid && !is_white(element);
                }
            }
            ("cellXfs", "xf") => {
                let number = |name: &str| attribute(element, name)?.parse::<usize>().ok();
                let font = number("fontId").unwrap_or_default();
                let fill = number("fillId").unwrap_or_default();
                let filled = self.fills.get(fill).copied().unwrap_or_default();
                self.cells.push(Look {
                    struck: self.struck.get(font).copied().unwrap_or_default(),
                    fill: u32::try_from(fill)
                        .ok()
                        .filter(|_| filled)
                        .map_or(0, |fill| fill.saturating_add(1)),
                });
            }
            _ => {}
        }
    }
}

/// White, or the window's own colour.
fn is_white(colour: &BytesStart<'_>) -> bool {
    let tint = attribute(colour, "tint")
        .and_then(|tint| tint.parse::<f64>().ok())
        .unwrap_or_default();
    attribute(colour, "rgb").is_some_and(|rgb| rgb.to_lowercase().ends_with("ffffff"))
        || attribute(colour, "theme").is_some_and(|theme| theme == "0") && tint > -0.001
        || attribute(colour, "indexed").is_some_and(|index| matches!(index.as_str(), "1" | "9" | "64" | "65"))
}

/// For each shared string whether all of its text is struck through; empty where none is.
pub(super) fn struck_strings(archive: &mut Archive<'_>) -> Vec<bool> {
    match speaks_of(archive, STRINGS, b"strike") {
        Ok(true) => read_strings(archive).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn read_strings(archive: &mut Archive<'_>) -> Result<Vec<bool>, Unreadable> {
    let part = archive.by_name(STRINGS).map_err(Unreadable::damaged)?;
    let mut reader = Reader::from_reader(BufReader::new(part.take(MAX_FILE)));
    let mut buffer = Vec::new();
    let mut strings = Vec::new();
    let (mut struck, mut plain, mut run_struck, mut in_text) = (false, false, false, false);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(Unreadable::damaged)? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "si" => (struck, plain, run_struck) = (false, false, false),
                "r" => run_struck = false,
                "strike" => run_struck = is_on(&element),
                "t" => in_text = true,
                _ => {}
            },
            Event::Text(text) if in_text && !text.trim().is_empty() => {
                struck |= run_struck;
                plain |= !run_struck;
            }
            Event::End(element) => match element.local_name().as_ref() {
                "t" => in_text = false,
                "si" => strings.push(struck && !plain),
                _ => {}
            },
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}
