//! Layouts that donors prescribe, each over the same figures; nothing is computed here.
//!
//! Headings that a format prescribes stay as it writes them; all other words are those of the report's language.
//! A suppressed figure is suppressed in every format.

mod activity_progress;
mod common;
mod dhis2;
mod eu_logframe;
mod fcdo_logframe;
mod hxl;
mod iati;
mod iptt;
mod machine;
mod pirs;
#[cfg(test)]
mod trial;
mod un_partner;

pub(crate) use common::sheet_name;
use rust_xlsxwriter::XlsxError;

use super::Report;
use super::sheet::SheetModel;
use super::view::View;
use super::workbook::{Properties, workbook};
use crate::project::model::Format;

/// What a format is made of.
enum Made {
    /// Sheets of a workbook.
    Sheets(Vec<SheetModel>),
    /// The text of a file.
    Text(String),
}

/// The files of donors' formats: name relative to the report's folder, and bytes.
pub fn files(report: &Report, formats: &[Format]) -> Result<Vec<(String, Vec<u8>)>, XlsxError> {
    let view = View::new(report);
    formats.iter().map(|format| file(report, &view, *format)).collect()
}

/// Name of a format's file relative to the report's folder.
pub fn name(format: Format) -> String {
    let ending = match format {
        Format::Iati => "xml",
        Format::Hxl => "csv",
        Format::Dhis2 => "json",
        Format::Iptt
        | Format::EuLogframe
        | Format::FcdoLogframe
        | Format::UnPartner
        | Format::ActivityProgress
        | Format::Pirs => "xlsx",
    };
    format!("donor/{}.{ending}", format.code())
}

fn file(report: &Report, view: &View, format: Format) -> Result<(String, Vec<u8>), XlsxError> {
    let made = match format {
        Format::Iptt => Made::Sheets(iptt::sheets(view)),
        Format::EuLogframe => Made::Sheets(eu_logframe::sheets(view)),
        Format::FcdoLogframe => Made::Sheets(fcdo_logframe::sheets(view)),
        Format::UnPartner => Made::Sheets(un_partner::sheets(view)),
        Format::ActivityProgress => Made::Sheets(activity_progress::sheets(view)),
        Format::Pirs => Made::Sheets(pirs::sheets(view)),
        Format::Iati => Made::Text(iati::text(view)),
        Format::Hxl => Made::Text(hxl::text(view)),
        Format::Dhis2 => Made::Text(dhis2::text(view)),
    };
    let bytes = match made {
        Made::Sheets(sheets) => workbook(&sheets, &Properties::of(report))?,
        Made::Text(text) => text.into_bytes(),
    };
    Ok((name(format), bytes))
}
