//! What a sheet shows otherwise than by values, sheets that are broken, and text in the encodings of old programs.

use std::fmt::Write as _;

use rust_xlsxwriter::{Color, Format, FormatPattern, Formula, Note, Workbook, Worksheet};

use super::base::{ATTENDANCES, CAME, LANGUAGES, Language, Made, PEOPLE, RO, days, made_of};
use super::made;

/// The plain register, bent by hand, as the bytes of an xlsx file.
fn bent(language: &Language, look: impl Fn(usize, usize) -> Format, bend: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut file = Workbook::new();
    let sheet = file.add_worksheet();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    for (column, heading) in [language.number, language.name].into_iter().enumerate() {
        sheet
            .write(0, u16::try_from(column).expect("few"), heading)
            .expect("a cell");
    }
    for (column, day) in (2..).zip(days()) {
        sheet.write_datetime_with_format(0, column, day, &date).expect("a cell");
    }
    for (at, came) in CAME.iter().enumerate() {
        let row = u32::try_from(at + 1).expect("few");
        let number = f64::from(row);
        sheet.write_with_format(row, 0, number, &look(at, 0)).expect("a cell");
        sheet
            .write_with_format(row, 1, language.people[at], &look(at, 1))
            .expect("a cell");
        for (column, came) in (2..).zip(came) {
            let look = look(at, usize::from(column));
            if *came {
                sheet.write_with_format(row, column, "+", &look).expect("a cell");
            } else {
                sheet.write_blank(row, column, &look).expect("a cell");
            }
        }
    }
    bend(sheet);
    file.save_to_buffer().expect("a workbook")
}

fn plain(_: usize, _: usize) -> Format {
    Format::new()
}

fn xlsx(language: &Language, bend: impl Fn(&mut Worksheet)) -> Made {
    made_of("register.xlsx", &bent(language, plain, bend))
}

fn full(made: &Made) -> bool {
    made.is(ATTENDANCES, PEOPLE)
}

/// The register as an `OpenDocument` sheet; definitions of its columns, and the style of each cell.
fn ods(language: &Language, columns: &str, style: impl Fn(usize, usize) -> &'static str) -> Vec<u8> {
    let mut rows = format!(
        "<table:table-row>{}{}",
        text(language.number, ""),
        text(language.name, "")
    );
    for day in days() {
        rows += &text(&day.format("%d.%m.%Y").to_string(), "");
    }
    rows += "</table:table-row>";
    for (at, came) in CAME.iter().enumerate() {
        rows += "<table:table-row>";
        rows += &text(&(at + 1).to_string(), style(at, 0));
        rows += &text(language.people[at], style(at, 1));
        for (column, came) in (2..).zip(came) {
            rows += &text(if *came { "+" } else { "" }, style(at, column));
        }
        rows += "</table:table-row>";
    }
    let content = format!(
        r##"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:fo="f">
        <office:automatic-styles>
        <style:style style:name="struck" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>
        <style:style style:name="green" style:family="table-cell"><style:table-cell-properties fo:background-color="#00ff00"/></style:style>
        </office:automatic-styles><office:body><office:spreadsheet>
        <table:table table:name="Sheet1">{columns}{rows}</table:table></office:spreadsheet></office:body></office:document-content>"##
    );
    made::zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

fn text(text: &str, style: &str) -> String {
    let style = if style.is_empty() {
        String::new()
    } else {
        format!(" table:style-name=\"{style}\"")
    };
    if text.is_empty() {
        format!("<table:table-cell{style}/>")
    } else {
        format!("<table:table-cell{style} office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    }
}

#[test]
fn a_hidden_column_is_not_read_and_said() {
    let without_second: f64 = CAME
        .iter()
        .flat_map(|row| [row[0], row[2], row[3]])
        .map(f64::from)
        .sum();
    for language in LANGUAGES {
        let hidden = |sheet: &mut Worksheet| {
            sheet.set_column_hidden(3).expect("a column");
        };
        let made = xlsx(language, hidden);
        assert!(made.says("hidden-columns"), "{}: {made:?}", language.name);
        assert_eq!(made.contacts, Some(without_second), "{}: {made:?}", language.name);
        let blank = xlsx(language, |sheet| {
            sheet.set_column_hidden(9).expect("a column");
        });
        assert!(
            full(&blank) && !blank.says("hidden-columns"),
            "nothing is lost: {blank:?}"
        );
        let columns = r#"<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>"#;
        let made = made_of("register.ods", &ods(language, columns, |_, _| ""));
        assert!(made.says("hidden-columns"), "{}: {made:?}", language.name);
        assert_eq!(made.contacts, Some(without_second), "{}: {made:?}", language.name);
    }
}

#[test]
fn a_row_struck_through_is_set_aside_and_said() {
    let without_last = ATTENDANCES - CAME[5].iter().map(|came| f64::from(*came)).sum::<f64>();
    for language in LANGUAGES {
        let struck = |row: usize, column: usize| {
            if row == 5 && column > 0 {
                Format::new().set_font_strikethrough()
            } else {
                Format::new()
            }
        };
        let made = made_of("register.xlsx", &bent(language, struck, |_| {}));
        assert!(made.is(without_last, PEOPLE - 1.0), "{}: {made:?}", language.name);
        assert!(made.says("struck-rows"), "{}: {made:?}", language.name);
        let one_cell = |row: usize, column: usize| {
            if row == 5 && column == 2 {
                Format::new().set_font_strikethrough()
            } else {
                Format::new()
            }
        };
        let made = made_of("register.xlsx", &bent(language, one_cell, |_| {}));
        assert!(full(&made) && !made.says("struck-rows"), "{}: {made:?}", language.name);
        let made = made_of(
            "register.ods",
            &ods(language, "", |row, _| if row == 5 { "struck" } else { "" }),
        );
        assert!(made.is(without_last, PEOPLE - 1.0), "{}: {made:?}", language.name);
        assert!(made.says("struck-rows"), "{}: {made:?}", language.name);
    }
}

#[test]
fn comments_are_said() {
    for language in LANGUAGES {
        let made = xlsx(language, |sheet| {
            sheet.insert_note(2, 5, &Note::new("?")).expect("a note");
        });
        assert!(full(&made) && made.says("cell-comments"), "{}: {made:?}", language.name);
    }
}

#[test]
fn coloured_blanks_under_sessions_are_said_and_bands_are_not() {
    let coloured = |colour: Color| {
        Format::new()
            .set_background_color(colour)
            .set_pattern(FormatPattern::Solid)
    };
    for language in LANGUAGES {
        let some = |row: usize, column: usize| {
            if (row == 0 && column == 5) || (row == 2 && column == 2) {
                coloured(Color::Green)
            } else {
                Format::new()
            }
        };
        let made = made_of("register.xlsx", &bent(language, some, |_| {}));
        assert!(
            full(&made) && made.says("coloured-cells"),
            "{}: {made:?}",
            language.name
        );
        let rows = |row: usize, _: usize| {
            if row.is_multiple_of(2) {
                coloured(Color::Silver)
            } else {
                Format::new()
            }
        };
        let made = made_of("register.xlsx", &bent(language, rows, |_| {}));
        assert!(
            full(&made) && !made.says("coloured-cells"),
            "{}: {made:?}",
            language.name
        );
        let column = |_: usize, column: usize| {
            if column == 5 {
                coloured(Color::Silver)
            } else {
                Format::new()
            }
        };
        let made = made_of("register.xlsx", &bent(language, column, |_| {}));
        assert!(
            full(&made) && !made.says("coloured-cells"),
            "{}: {made:?}",
            language.name
        );
        let green = |row: usize, column: usize| {
            if matches!((row, column), (0, 5) | (2, 2)) {
                "green"
            } else {
                ""
            }
        };
        let made = made_of("register.ods", &ods(language, "", green));
        assert!(
            full(&made) && made.says("coloured-cells"),
            "{}: {made:?}",
            language.name
        );
    }
}

#[test]
fn headings_that_were_never_calculated_are_said() {
    for language in LANGUAGES {
        let bytes = bent(language, plain, |sheet| {
            sheet
                .write_formula(0, 5, Formula::new("=E1+7").set_result(""))
                .expect("a formula");
        });
        let made = made_of("register.xlsx", &bytes);
        let told = made.says("formula-without-result") || made.says("marks-without-date") || made.says("no-date");
        assert!(full(&made) || told, "{}: {made:?}", language.name);
    }
}

#[test]
fn a_broken_sheet_does_not_lose_the_others() {
    let made = made_of("register.xlsx", &made::half_broken());
    assert!(made.is(2.0, 2.0), "{made:?}");
    assert!(made.says("damaged-sheet"), "{made:?}");
}

#[test]
fn text_is_read_in_the_encodings_of_old_programs() {
    use encoding_rs::{IBM866, ISO_8859_2, KOI8_U, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, X_MAC_CYRILLIC};
    let csv = |language: &Language| {
        let mut text = format!("{};{}", language.number.replace('№', "N"), language.name);
        for day in days() {
            text += &day.format(";%d.%m.%Y").to_string();
        }
        for (at, came) in CAME.iter().enumerate() {
            write!(text, "\r\n{};{}", at + 1, language.people[at]).expect("memory");
            for came in came {
                text += if *came { ";+" } else { ";" };
            }
        }
        text
    };
    let old_romanian = |text: String| {
        text.replace('ș', "ş")
            .replace('ț', "ţ")
            .replace('Ș', "Ş")
            .replace('Ț', "Ţ")
    };
    for language in LANGUAGES {
        let text = csv(language);
        let encodings = match language.name {
            "ПІБ" => vec![WINDOWS_1251, KOI8_U, X_MAC_CYRILLIC],
            "ФИО" => vec![WINDOWS_1251, IBM866, X_MAC_CYRILLIC],
            name if name == RO.name => vec![WINDOWS_1250, ISO_8859_2],
            _ => vec![WINDOWS_1252],
        };
        for encoding in encodings {
            let (bytes, _, lost) = encoding.encode(&text);
            let old = old_romanian(text.clone());
            let bytes = if lost { encoding.encode(&old).0 } else { bytes };
            let made = made_of("register.csv", &bytes);
            assert!(full(&made), "{} in {}: {made:?}", language.name, encoding.name());
        }
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let made = made_of("register.csv", &bytes);
        assert!(full(&made), "{} in UTF-16BE: {made:?}", language.name);
    }
}
