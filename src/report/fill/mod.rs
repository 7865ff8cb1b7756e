//! The donor's own workbook: figures written into named cells of it, all else byte for byte as it was.
//!
//! Only parts of sheets that are written to change (and the list of calculation, where a formula had to go); every other
//! part is carried over as packed. Texts are written inline, so the shared ones stay. Where the workbook holds formulas, a
//! written sheet asks for the workbook to be calculated when it is opened (`sheetCalcPr`), and saved results on it
//! that hang on written cells are taken out. [`learn`] proposes the map from last period's file.

mod address;
mod chain;
mod figure;
mod formula;
pub mod learn;
mod map;
mod mistake;
mod package;
mod patch;
mod sheet;
mod styles;
mod target;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

pub use mistake::{Mistake, render};

use super::Report;
use super::view::View;
use address::Spot;
use figure::Given;
use map::{Empty, Entry, Percent, What};
use mistake::mistake;
use package::{Book, Package};
use patch::Content;
use sheet::SheetPart;
use styles::Shows;
use target::Placed;

/// Why nothing was filled.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// The template can't be read or written.
    #[error("{0}")]
    Template(String),
    /// The map is wrong, or does not fit the template or the figures.
    #[error("the map has mistakes")]
    Map(Vec<Mistake>),
}

/// A filled template.
#[derive(Debug)]
pub struct Filled {
    /// The file.
    pub bytes: Vec<u8>,
    /// Cells that were written, in order of the map: place and what stands there now.
    pub written: Vec<(String, String)>,
    /// Cells that were not, and why.
    pub left: Vec<(String, String)>,
    /// What a person should know.
    pub notes: Vec<String>,
    /// Parts that changed.
    pub parts: Vec<String>,
}

/// A template taken apart.
struct Template<'a> {
    package: Package<'a>,
    book: Book,
    /// Text of each worksheet's part, by the sheet's index.
    texts: BTreeMap<usize, String>,
    looks: Vec<Shows>,
}

fn template<'a>(bytes: &'a [u8], name: &str) -> Result<Template<'a>, String> {
    let mut package = package::open(bytes, name)?;
    let book = package.book()?;
    let mut texts = BTreeMap::new();
    for (index, entry) in book.sheets.iter().enumerate() {
        if let Some(part) = &entry.part {
            texts.insert(index, package.text(part)?);
        }
    }
    let styles = book.styles.clone();
    let looks = styles.map_or(Ok(String::new()), |part| package.text(&part))?;
    Ok(Template {
        package,
        book,
        texts,
        looks: styles::looks(&looks),
    })
}

/// Writes figures into a template as a map says.
pub fn fill(report: &Report<'_>, bytes: &[u8], name: &str, map: &str) -> Result<Filled, FillError> {
    let entries = map::read(map).map_err(FillError::Map)?;
    let mut template = template(bytes, name).map_err(FillError::Template)?;
    let view = View::new(report);
    let sheets: BTreeMap<usize, SheetPart<'_>> = template
        .texts
        .iter()
        .map(|(index, text)| (*index, SheetPart::scan(text)))
        .collect();
    let mut filling = Filling::default();
    for entry in &entries {
        match target::place(&template.book, &sheets, entry)
            .and_then(|placed| Ok((figure::given(&view, entry)?, placed)))
        {
            Ok((given, placed)) => filling.put(entry, given, placed, &sheets, &template),
            Err(mistake) => filling.mistakes.push(mistake),
        }
    }
    if !filling.mistakes.is_empty() {
        return Err(FillError::Map(filling.mistakes));
    }
    let parts = filling
        .parts(&sheets, &template.book, &template.texts, &mut template.package)
        .map_err(FillError::Template)?;
    filling.tell(&template, &sheets, &parts);
    let bytes = template.package.with_parts(&parts).map_err(FillError::Template)?;
    Ok(Filled {
        bytes,
        written: filling.written,
        left: filling.left,
        notes: filling.notes,
        parts: parts.into_keys().collect(),
    })
}

/// What is to be written, and what is to be told.
#[derive(Default)]
struct Filling {
    contents: BTreeMap<usize, BTreeMap<Spot, Content>>,
    /// Formula cells that were replaced: the sheet's number and the cell.
    replaced: BTreeSet<(String, Spot)>,
    taken: BTreeMap<(usize, Spot), String>,
    written: Vec<(String, String)>,
    left: Vec<(String, String)>,
    notes: Vec<String>,
    mistakes: Vec<Mistake>,
}

impl Filling {
    fn put(
        &mut self,
        entry: &Entry,
        given: Given,
        placed: Placed,
        sheets: &BTreeMap<usize, SheetPart<'_>>,
        template: &Template<'_>,
    ) {
        let Placed {
            sheet,
            spot,
            merged,
            formula,
        } = placed;
        let shown = format!("{}!{}", template.book.sheets[sheet].name, address::shown(spot));
        let meant = entry.indicator.value.clone();
        if let Some(before) = self.taken.insert((sheet, spot), meant) {
            let help = format!("{before} goes there already: keep one of the two entries");
            self.mistakes
                .push(mistake(&entry.span, format!("{shown} is filled twice"), help));
            return;
        }
        self.notes.extend(merged.map(|note| format!("{shown}: {note}")));
        let part = &sheets[&sheet];
        let look = part.look(spot).and_then(|look| look.parse::<usize>().ok());
        let kind = look
            .and_then(|look| template.looks.get(look).copied())
            .unwrap_or_default();
        let filled = part.cell(spot).is_some_and(|cell| cell.filled);
        let Some(content) = self.content(entry, given, &shown, kind, filled) else {
            return;
        };
        if formula {
            self.notes
                .push(format!("{shown}: its formula was replaced, as the map asks"));
            self.replaced.insert((template.book.sheets[sheet].id.clone(), spot));
        }
        match &content {
            Content::Blank => {}
            Content::Number(number) => self.written.push((shown, told(*number, entry, kind))),
            Content::Text(text) => self
                .written
                .push((shown, format!("{text} ({})", entry.indicator.value))),
        }
        self.contents.entry(sheet).or_default().insert(spot, content);
    }

    /// What goes into a cell; nothing where it stays as it is, which is noted.
    fn content(&mut self, entry: &Entry, given: Given, shown: &str, kind: Shows, filled: bool) -> Option<Content> {
        let why = match given {
            Given::Word(word) => return Some(Content::Text(word)),
            Given::Number(value, percent) => {
                let by_look = if kind == Shows::Percent {
                    Percent::Share
                } else {
                    Percent::Whole
                };
                self.odd_look(shown, kind, percent, entry);
                return Some(figure::content(value, percent, entry.percent.unwrap_or(by_look)));
            }
            Given::Later(period) => format!("{period} is not over by the report's end: left as it is"),
            Given::Nothing => match entry.empty {
                Empty::Dash => return Some(Content::Text("–".to_owned())),
                Empty::Blank if filled => {
                    let why = "no data: what stood there was taken out".to_owned();
                    self.left.push((shown.to_owned(), why));
                    return Some(Content::Blank);
                }
                Empty::Blank => "no data: left blank".to_owned(),
                Empty::Keep => "no data: left as it is".to_owned(),
            },
        };
        self.left.push((shown.to_owned(), why));
        None
    }

    /// Looks that show a number as something else than it is.
    fn odd_look(&mut self, shown: &str, kind: Shows, percent: bool, entry: &Entry) {
        match kind {
            Shows::Date => self
                .notes
                .push(format!("{shown} is formatted as a date: the number will look like one")),
            Shows::Percent if !percent => {
                self.notes.push(format!(
                    "{shown} is formatted as per cent, and {} is none",
                    entry.indicator.value
                ));
            }
            Shows::Percent | Shows::Number => {}
        }
    }

    /// New texts of the parts that change.
    fn parts(
        &self,
        sheets: &BTreeMap<usize, SheetPart<'_>>,
        book: &Book,
        texts: &BTreeMap<usize, String>,
        package: &mut Package<'_>,
    ) -> Result<BTreeMap<String, Option<String>>, String> {
        let calculates = has_formulas(sheets);
        let mut parts = BTreeMap::new();
        for (sheet, contents) in &self.contents {
            let Some(part) = &book.sheets[*sheet].part else {
                continue;
            };
            let text = &texts[sheet];
            let changed = patch::patched(text, contents, calculates);
            if changed != *text {
                parts.insert(part.clone(), Some(changed));
            }
        }
        if let Some(part) = book.calc_chain.clone().filter(|_| !self.replaced.is_empty()) {
            let text = package.text(&part)?;
            match chain::without(&text, &self.replaced) {
                Some(changed) if changed == text => {}
                Some(changed) => {
                    parts.insert(part, Some(changed));
                }
                None => {
                    parts.insert(part, None);
                    for list in ["[Content_Types].xml".to_owned(), book.relations.clone()] {
                        let text = package.text(&list)?;
                        parts.insert(list, Some(chain::unlisted(&text)));
                    }
                }
            }
        }
        Ok(parts)
    }

    /// What a person should know of the template.
    fn tell(
        &mut self,
        template: &Template<'_>,
        sheets: &BTreeMap<usize, SheetPart<'_>>,
        parts: &BTreeMap<String, Option<String>>,
    ) {
        let book = &template.book;
        for sheet in self.contents.keys() {
            let name = &book.sheets[*sheet].name;
            if sheets[sheet].protected {
                self.notes.push(format!(
                    "Sheet «{name}» is protected; it was filled all the same and stays protected"
                ));
            }
            if book.sheets[*sheet].hidden {
                self.notes.push(format!("Sheet «{name}» is hidden"));
            }
        }
        if book.protected {
            self.notes
                .push("The workbook's structure is protected, and stays so".to_owned());
        }
        if has_formulas(sheets) && !self.contents.is_empty() {
            self.notes.push(
                "Formulas are computed again when the file is opened in Excel: open it there and save it once before it goes out"
                    .to_owned(),
            );
            if book.manual {
                self.notes
                    .push("The workbook calculates only when told to: press F9 after opening it".to_owned());
            }
        }
        if template.package.has_under("_xmlsignatures/") && !parts.is_empty() {
            self.notes
                .push("The file carries a digital signature, which no longer holds".to_owned());
        }
    }
}

/// Whether any sheet holds a formula.
fn has_formulas(sheets: &BTreeMap<usize, SheetPart<'_>>) -> bool {
    let mut sheets = sheets.values();
    sheets.any(|sheet| sheet.cells().any(|(_, cell)| cell.formula.is_some()))
}

/// A written number with what it is.
fn told(number: f64, entry: &Entry, shows: Shows) -> String {
    let mut meant = vec![entry.indicator.value.clone()];
    meant.extend(entry.category.as_ref().map(|category| category.value.clone()));
    meant.extend(entry.period.as_ref().map(|period| period.value.clone()));
    if entry.scope.value == crate::logframe::figures::Scope::Cumulative {
        meant.push("cumulative".to_owned());
    }
    if entry.what != What::Value {
        meant.push(entry.what.code().to_owned());
    }
    let look = if shows == Shows::Percent {
        "; the cell shows per cent"
    } else {
        ""
    };
    format!("{number} ({}{look})", meant.join(", "))
}
