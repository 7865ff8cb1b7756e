//! Walks the elements of a spreadsheet that is written in XML.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::unreadable::Unreadable;
use crate::ingest::table::Sheet;

/// Takes what a file holds, in its order.
pub(super) trait Listener {
    /// An element begins.
    fn open(&mut self, element: &BytesStart<'_>);
    /// An element of this local name ends.
    fn close(&mut self, name: &str) -> Result<(), Unreadable>;
    /// Text between elements.
    fn text(&mut self, text: &str);
}

/// Why a walk ended before the file did.
pub(super) enum Stop {
    /// The file breaks off or is damaged; what stands before is good.
    Broken(Unreadable),
    /// The listener wants no more of it.
    Refused(Unreadable),
}

/// Tells a listener of everything in a file.
pub(super) fn walk(input: impl BufRead, listener: &mut impl Listener) -> Result<(), Stop> {
    let mut reader = Reader::from_reader(input);
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        match event.map_err(|error| Stop::Broken(Unreadable::damaged(error)))? {
            Event::Start(element) => {
                depth += 1;
                listener.open(&element);
            }
            Event::Empty(element) => {
                listener.open(&element);
                listener.close(element.local_name().as_ref()).map_err(Stop::Refused)?;
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                listener.close(element.local_name().as_ref()).map_err(Stop::Refused)?;
            }
            Event::Text(text) => listener.text(&text.xml10_content()),
            Event::CData(text) => listener.text(&text.xml10_content()),
            Event::GeneralRef(entity) => listener.text(&character(&entity)),
            Event::Eof if depth > 0 => return Err(Stop::Broken(Unreadable::Truncated)),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The sheets that were read before the content broke off, and the one in which it did.
pub(super) fn before(
    mut sheets: Vec<Sheet>,
    broken: Option<Sheet>,
    error: Unreadable,
) -> Result<Vec<Sheet>, Unreadable> {
    if sheets.is_empty() {
        return Err(error);
    }
    let broken = broken.unwrap_or_default();
    sheets.push(Sheet {
        name: broken.name,
        hidden: broken.hidden,
        damaged: Some(format!("{}; the sheets after it are lost, too", error.reason())),
        ..Sheet::default()
    });
    Ok(sheets)
}

/// A character reference or one of the five named ones; others are dropped, never expanded.
fn character(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return c.to_string();
    }
    match entity.as_ref() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}
