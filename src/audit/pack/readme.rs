//! The page of a pack: what is in the folder, and how a stranger redoes everything.

use std::fmt::Write as _;

use super::draw::{Direction, SIZE};
use super::{Pack, sheets};
use crate::ingest::fingerprint_of;
use crate::report::page::html::escaped;
use crate::report::view::clean;

const STYLE: &str = "body{font:16px/1.5 Calibri,Carlito,'Segoe UI',sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;\
color:#222}h1,h2{color:#1f4e79;line-height:1.2}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #bfbfbf;\
padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}code,pre{font:14px/1.4 Consolas,monospace;background:#eef3f8;\
padding:.1rem .3rem;overflow-wrap:anywhere}pre{padding:.6rem;white-space:pre-wrap}.sha{font-size:11px;color:#595959}\
.hides{background:#fce4d0;padding:.6rem}li{margin:.5rem 0}@media print{body{margin:0;max-width:none}}";

/// Steps of the work.
const STEPS: u32 = 8;

/// The page; `files` are those it stands beside.
pub(super) fn page(pack: &Pack, files: &[(String, Vec<u8>)]) -> String {
    let lang = pack.input.report.lang;
    let title = pack.label("title");
    let project = clean(pack.input.walk.project.name.get(lang));
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{1}: {2}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<h1>{1}</h1>\n<p dir=\"auto\"><strong>{2}</strong></p>\n",
        escaped(lang),
        escaped(title),
        escaped(&project)
    );
    facts(pack, &mut html);
    for key in ["unnamed", "blanks"] {
        paragraph(&mut html, "", pack.label(key));
    }
    if pack.input.report.hides() {
        paragraph(&mut html, "hides", pack.label("hides"));
    }
    steps(pack, &mut html);
    why_so_many(pack, &mut html);
    draw(pack, &mut html);
    contents(pack, &mut html, files);
    html.push_str("</body>\n</html>\n");
    html
}

fn paragraph(html: &mut String, class: &str, text: &str) {
    let class = if class.is_empty() {
        String::new()
    } else {
        format!(" class=\"{class}\"")
    };
    let _ = writeln!(html, "<p{class}>{}</p>", marked(text));
}

/// A text of ours with `code` between back quotes.
fn marked(text: &str) -> String {
    let mut shown = String::new();
    for (at, part) in text.split('`').enumerate() {
        let part = escaped_keeping_ends(part);
        if at % 2 == 1 {
            let _ = write!(shown, "<code>{part}</code>");
        } else {
            shown.push_str(&part);
        }
    }
    shown
}

/// Escaped, with the spaces at both ends kept.
fn escaped_keeping_ends(text: &str) -> String {
    let body = text.trim();
    if body.is_empty() {
        return text.to_owned();
    }
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    format!("{}{}{}", &text[..start], escaped(body), &text[end..])
}

fn heading(html: &mut String, text: &str) {
    let _ = writeln!(html, "<h2>{}</h2>", escaped(text));
}

fn facts(pack: &Pack, html: &mut String) {
    html.push_str("<table>\n");
    for (key, value) in sheets::facts(pack) {
        let _ = writeln!(html, "<tr><td>{}</td><td>{}</td></tr>", escaped(&key), escaped(&value));
    }
    html.push_str("</table>\n");
}

fn steps(pack: &Pack, html: &mut String) {
    heading(html, pack.label("readme.steps"));
    html.push_str("<ol>\n");
    let seed = pack.input.seed.to_string();
    let size = pack.input.size.to_string();
    let period = pack.input.walk.request.span.label.as_str();
    let period = if period.contains("..") { "all" } else { period };
    for step in 1..=STEPS {
        let text = pack.fill(
            &format!("readme.step_{step}"),
            &[("seed", &seed), ("size", &size), ("period", period)],
        );
        let _ = writeln!(html, "<li>{}</li>", marked(&text));
    }
    html.push_str("</ol>\n");
}

/// Why 59, and what another size shows.
fn why_so_many(pack: &Pack, html: &mut String) {
    heading(html, pack.label("readme.why"));
    paragraph(html, "", &pack.fill("readme.why_59", &[("size", &SIZE.to_string())]));
    let size = pack.input.size;
    if size != SIZE {
        let shown = i32::try_from(size).map_or(1.0, |size| 1.0 - 0.95_f64.powi(size));
        let percent = pack.labels().number(shown * 100.0, 1);
        let text = pack.fill(
            "readme.why_other",
            &[("size", &size.to_string()), ("confidence", &percent)],
        );
        paragraph(html, "", &text);
    }
    paragraph(html, "", pack.label("readme.why_added"));
}

/// The draw in words, with one ticket to check by.
fn draw(pack: &Pack, html: &mut String) {
    heading(html, pack.label("readme.draw"));
    paragraph(html, "", pack.label("readme.draw_how"));
    if let Some((ticket, place, _)) = pack.samples.to_raw.sample().first() {
        let [file, sheet] = pack.file_and_sheet(*place);
        let cell = crate::audit::trace::address(*place);
        paragraph(html, "", pack.label("readme.draw_example"));
        let command = format!(
            "printf '%s\\n%s\\n%s\\n%s\\n%s' '{}' '{}' '{file}' '{sheet}' '{cell}' | sha256sum",
            pack.input.seed,
            Direction::ToRaw.code()
        );
        let _ = writeln!(html, "<pre>{}\n{}</pre>", escaped(&command), escaped(ticket));
    } else {
        paragraph(html, "", pack.label("readme.draw_nothing"));
    }
}

fn contents(pack: &Pack, html: &mut String, files: &[(String, Vec<u8>)]) {
    heading(html, pack.label("readme.contents"));
    html.push_str("<table>\n");
    for (name, bytes) in files {
        let key = name.replace(['.', '-'], "_");
        let _ = writeln!(
            html,
            "<tr><td><code>{}</code></td><td>{}<br><span class=\"sha\">SHA-256 {}</span></td></tr>",
            escaped(name),
            marked(pack.label(&format!("file.{key}"))),
            fingerprint_of(bytes)
        );
    }
    html.push_str("</table>\n");
}
