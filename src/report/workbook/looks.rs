//! How cells look: one visual language for all sheets, in colours that survive grey printing and colour blindness.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::Properties;
use crate::report::sheet::{CellModel, Content, Look};

/// Calibri in Excel; `LibreOffice` shows Carlito, which has the same widths.
pub(super) const FONT: &str = "Calibri";
/// Dark blue: titles, heads, main series.
pub(super) const INK: Color = Color::RGB(0x001F_4E79);
/// Middle blue: what is new.
pub(super) const BLUE: Color = Color::RGB(0x002E_75B6);
/// Light blue that stays apart from the others in grey print.
pub(super) const PALE: Color = Color::RGB(0x009D_C3E6);
pub(super) const GREY_TEXT: Color = Color::RGB(0x0059_5959);
pub(super) const GREY_LINE: Color = Color::RGB(0x00BF_BFBF);
pub(super) const GREY_FILL: Color = Color::RGB(0x00E7_E6E6);
pub(super) const HEAD_FILL: Color = Color::RGB(0x00D9_E6F2);
/// Orange is told from blue by readers with any colour vision.
pub(super) const ORANGE_FILL: Color = Color::RGB(0x00FC_E4D0);
pub(super) const ORANGE_TEXT: Color = Color::RGB(0x0098_3D00);

/// How a cell looks, in the terms of the workbook.
pub(super) fn format_of(cell: &CellModel, properties: &Properties) -> Format {
    let look = cell.look;
    let base = Format::new().set_font_name(FONT).set_font_size(look.points());
    let format = ruled(coloured(aligned(base, look), look), look);
    let format = if cell.top {
        format.set_align(FormatAlign::Top)
    } else {
        format
    };
    let format = match cell.content {
        Content::Date(_) => format.set_num_format(format!("{}{}", properties.locale, properties.date_format)),
        Content::Number(_) | Content::Formula { .. } => {
            let mut code = format!("{}#,##0", properties.locale);
            if cell.number.decimals > 0 {
                code.push('.');
                code.push_str(&"0".repeat(usize::from(cell.number.decimals)));
            }
            if cell.number.percent {
                code.push_str("\"\u{a0}%\"");
            }
            if cell.number.mirrored {
                code = format!("{code};{code}");
            }
            format.set_num_format(code)
        }
        Content::Blank | Content::Text(_) => format,
    };
    if cell.link.is_some() {
        format.set_font_color(BLUE)
    } else {
        format
    }
}

fn aligned(format: Format, look: Look) -> Format {
    let format = if look.wraps() { format.set_text_wrap() } else { format };
    let format = format.set_align(FormatAlign::VerticalCenter);
    match look {
        Look::NumberHead | Look::Number | Look::Strong | Look::SubNumber | Look::TotalNumber => {
            format.set_align(FormatAlign::Right)
        }
        Look::MiddleHead | Look::Middle | Look::OnTrack | Look::Ahead | Look::Behind | Look::Achieved => {
            format.set_align(FormatAlign::Center)
        }
        Look::SubText => format.set_align(FormatAlign::Left).set_indent(2),
        Look::Head | Look::Level(_) | Look::Code | Look::Text | Look::Small | Look::Mono | Look::TotalText => {
            format.set_align(FormatAlign::Left).set_indent(1)
        }
        Look::Title | Look::Subtitle | Look::Heading | Look::Key | Look::KeyValue | Look::Note | Look::Alarm => {
            format.set_align(FormatAlign::Left)
        }
    }
}

fn coloured(format: Format, look: Look) -> Format {
    match look {
        Look::Subtitle | Look::Note | Look::Small | Look::SubText | Look::SubNumber | Look::Key => {
            format.set_font_color(GREY_TEXT)
        }
        Look::Title | Look::Heading => format.set_bold().set_font_color(INK),
        Look::Head | Look::NumberHead | Look::MiddleHead => {
            format.set_bold().set_font_color(INK).set_background_color(HEAD_FILL)
        }
        Look::Level(_) => format.set_bold().set_background_color(GREY_FILL),
        Look::Code | Look::Strong | Look::TotalText | Look::TotalNumber => format.set_bold(),
        Look::Behind | Look::Alarm => format
            .set_bold()
            .set_font_color(ORANGE_TEXT)
            .set_background_color(ORANGE_FILL),
        Look::Achieved => format.set_bold().set_font_color(Color::White).set_background_color(INK),
        Look::Ahead => format.set_font_color(INK).set_background_color(PALE),
        Look::OnTrack => format.set_font_color(INK).set_background_color(HEAD_FILL),
        Look::Mono => format.set_font_name("Consolas").set_font_color(GREY_TEXT),
        Look::KeyValue | Look::Text | Look::Middle | Look::Number => format,
    }
}

fn ruled(format: Format, look: Look) -> Format {
    match look {
        Look::Title | Look::Subtitle | Look::Heading | Look::Key | Look::KeyValue | Look::Note | Look::Alarm => format,
        Look::TotalText | Look::TotalNumber => format
            .set_border_top(FormatBorder::Thin)
            .set_border_top_color(INK)
            .set_border_bottom(FormatBorder::Hair),
        Look::Head | Look::NumberHead | Look::MiddleHead => format
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(INK),
        _ => format
            .set_border_bottom(FormatBorder::Hair)
            .set_border_bottom_color(GREY_LINE),
    }
}
