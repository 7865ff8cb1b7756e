//! The end of the page: what is not known, findings in short, the tool's own checks, what the page was made from.

use std::fmt::Write as _;

use super::html::{bdi, block, details, escaped, scrolled};
use super::table::legend;
use crate::ingest::records::Severity;
use crate::logframe::figures::Value;
use crate::report::balance;
use crate::report::sheets::summary::undecided;
use crate::report::view::{KindCount, View, clean};

/// Kinds of findings that are shown before the rest is folded.
const KINDS: usize = 10;
/// Codes that are named before the rest is only counted.
const CODES: usize = 40;

/// Blank is not 0: what has no figure, what is hidden, what is undecided, and what the signs mean.
pub(super) fn unknown(view: &View) -> String {
    let labels = &view.labels;
    let mut told: Vec<String> = Vec::new();
    told.extend(without_data(view));
    let suppressed = |value: Value| value == Value::Suppressed;
    if view
        .report
        .figures
        .figures
        .iter()
        .any(|figure| suppressed(figure.value))
    {
        let word = view.blank_word(Value::Suppressed);
        told.push(labels.fill("page.suppressed", &[("word", &word)]));
    }
    told.extend(undecided(view));
    let anonymous = view.span().is_some_and(|span| {
        let populations = balance::populations(&view.report);
        populations
            .iter()
            .any(|name| balance::reach(&view.report, name, span.start, span.end).anonymous > 0)
    });
    if anonymous {
        told.push(labels.get("page.anonymous").to_owned());
    }
    told.push(legend(view));
    let told: Vec<String> = told
        .iter()
        .map(|line| format!("<li dir=\"auto\">{}</li>\n", escaped(line)))
        .collect();
    format!("<ul class=\"told\">\n{}</ul>\n", told.concat())
}

/// The indicators that have no figure for the period.
fn without_data(view: &View) -> Option<String> {
    let mut codes: Vec<String> = view
        .indicators()
        .into_iter()
        .filter(|(index, _)| {
            let figure = view.main_figure(*index);
            figure.is_none_or(|figure| figure.value == Value::NoData)
        })
        .map(|(_, indicator)| clean(&indicator.code))
        .collect();
    if codes.is_empty() {
        return None;
    }
    if codes.len() > CODES {
        codes.truncate(CODES);
        codes.push("…".to_owned());
    }
    Some(view.labels.fill("page.no_data", &[("codes", &codes.join(", "))]))
}

/// Self-checks that failed, for the top of the page.
pub(super) fn alarm(view: &View) -> String {
    let failed: Vec<String> = view
        .report
        .figures
        .checks
        .iter()
        .filter(|check| !check.held)
        .map(|check| {
            view.labels
                .find(&format!("law.{}", check.law))
                .unwrap_or(check.law)
                .to_owned()
        })
        .collect();
    if failed.is_empty() {
        return String::new();
    }
    let words = view.labels.fill("page.alarm", &[("laws", &failed.join("; "))]);
    block("p", "note alarm", &words)
}

/// Findings by kind, the balance of rows, the tool's own checks.
pub(super) fn quality(view: &View) -> String {
    let labels = &view.labels;
    let kinds = view.findings_by_kind();
    let mut shown = String::new();
    if kinds.is_empty() {
        shown.push_str(&block("p", "", labels.get("quality.no_findings")));
    } else {
        let count = |severity| labels.whole(view.findings_of(severity));
        let args = [
            ("errors", count(Severity::Error)),
            ("warnings", count(Severity::Warning)),
            ("notes", count(Severity::Note)),
        ];
        let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
        shown.push_str(&block("p", "", &labels.fill("page.findings", &args)));
        let (first, rest) = kinds.split_at(kinds.len().min(KINDS));
        shown.push_str(&kind_table(view, first));
        if !rest.is_empty() {
            let more = labels.fill("page.more_kinds", &[("kinds", &labels.count(rest.len(), "kind"))]);
            shown.push_str(&details("", &escaped(&more), &kind_table(view, rest)));
        }
    }
    let (balance, closes) = view.row_balance();
    shown.push_str(&block("p", if closes { "" } else { "note alarm" }, &balance));
    let checks = &view.report.figures.checks;
    if !checks.is_empty() && checks.iter().all(|check| check.held) {
        let count = labels.whole(checks.len());
        shown.push_str(&block(
            "p",
            "",
            &labels.fill("summary.checks_held", &[("count", &count)]),
        ));
    }
    shown + &alarm(view)
}

fn kind_table(view: &View, kinds: &[KindCount]) -> String {
    let labels = &view.labels;
    let mut rows = String::new();
    for entry in kinds {
        let severity = entry.kind.severity();
        let (sign, class) = match severity {
            Severity::Error => ("×", "behind"),
            Severity::Warning => ("!", "on-track"),
            Severity::Note => ("", ""),
        };
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\">{}</th><td class=\"n strong\">{}</td><td><span class=\"status {class}\"><span aria-hidden=\"true\">{sign}</span> {}</span></td><td class=\"small\">{}</td></tr>",
            escaped(labels.kind(entry.kind)),
            labels.whole(entry.count),
            escaped(labels.severity(severity)),
            escaped(labels.action(entry.kind))
        );
    }
    let head = |key: &str, class: &str| format!("<th scope=\"col\"{class}>{}</th>", escaped(labels.get(key)));
    let heads = [
        head("head.kind", ""),
        head("head.count", " class=\"n\""),
        head("head.severity", ""),
        head("head.action", ""),
    ];
    let table = format!(
        "<table class=\"kinds\">\n<thead><tr>{}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
        heads.concat()
    );
    scrolled(labels.get("quality.findings"), &table)
}

/// What the page was made from, with fingerprints.
pub(super) fn footer(view: &View, manifest: &str) -> String {
    let labels = &view.labels;
    let date = labels.date(view.report.as_of);
    let made = labels.fill("page.made", &[("version", env!("CARGO_PKG_VERSION")), ("date", &date)]);
    let files = labels.count(view.report.records.files.len(), "file");
    let made_from = labels.fill("page.made_from", &[("files", &files)]);
    let mut prints = format!(
        "<tr><th scope=\"row\">manifest.json</th><td><code>{}</code></td></tr>\n",
        escaped(manifest)
    );
    for file in &view.report.project.definitions {
        let _ = writeln!(
            prints,
            "<tr><th scope=\"row\">{}</th><td><code>{}</code></td></tr>",
            bdi(&file.path),
            escaped(&file.sha256)
        );
    }
    let heads = ["head.file", "head.sha"].map(|key| format!("<th scope=\"col\">{}</th>", escaped(labels.get(key))));
    let table = format!(
        "<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{prints}</tbody>\n</table>\n",
        heads.concat()
    );
    let prints = labels.get("page.fingerprints");
    format!(
        "<footer>\n{}{}{}</footer>\n",
        block("p", "", &made),
        block("p", "", &made_from),
        details("", &escaped(prints), &scrolled(prints, &table))
    )
}
