//! Which looks of a workbook show numbers as per cent or as dates.

use std::collections::BTreeMap;

use super::xml::{Kind, tags};

/// How a cell shows a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shows {
    /// As it is.
    #[default]
    Number,
    /// Times a hundred with a per cent sign.
    Percent,
    /// As a day or a time.
    Date,
}

/// How each look (`s=` of a cell) shows numbers.
pub(super) fn looks(styles: &str) -> Vec<Shows> {
    let (mut formats, mut looks, mut inside) = (BTreeMap::new(), Vec::new(), false);
    for tag in tags(styles) {
        match (tag.local(), tag.kind) {
            ("numFmt", Kind::Open | Kind::Empty) => {
                if let (Some(id), Some(code)) = (tag.attribute("numFmtId"), tag.attribute("formatCode")) {
                    formats.insert(id, of_code(&code));
                }
            }
            ("cellXfs", kind) => inside = kind == Kind::Open,
            ("xf", Kind::Open | Kind::Empty) if inside => {
                let id = tag.attribute("numFmtId").unwrap_or_default();
                looks.push(formats.get(&id).copied().unwrap_or_else(|| built_in(&id)));
            }
            _ => {}
        }
    }
    looks
}

/// Formats that every workbook has (ECMA-376, 18.8.30).
fn built_in(id: &str) -> Shows {
    match id.parse::<u32>() {
        Ok(9 | 10) => Shows::Percent,
        Ok(14..=22 | 27..=36 | 45..=47 | 50..=58) => Shows::Date,
        _ => Shows::Number,
    }
}

fn of_code(code: &str) -> Shows {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    let mut plain = String::new();
    for sign in code.chars() {
        match sign {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => escaped = true,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if bracketed => {}
            sign => plain.extend(sign.to_lowercase()),
        }
    }
    if plain.contains('%') {
        Shows::Percent
    } else if plain != "general" && plain.contains(['d', 'y', 'h', 's']) && !plain.contains(['0', '#']) {
        Shows::Date
    } else {
        Shows::Number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn per_cent_and_dates_are_told_by_their_format() {
        let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/><numFmt numFmtId=\"165\" \
                      formatCode=\"0&quot; %&quot;\"/><numFmt numFmtId=\"166\" formatCode=\"[$-422]d mmm yyyy\"/></numFmts>\
                      <cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\">\
                      <alignment/></xf><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>";
        let wanted = [
            Shows::Number,
            Shows::Percent,
            Shows::Number,
            Shows::Date,
            Shows::Percent,
        ];
        assert_eq!(looks(styles), wanted);
    }
}
