//! The report as a terminal shows it: the indicator table, findings in short, the row balance.

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Report;
use super::balance;
use super::labels::plain_number;
use super::view::{View, clean};
use crate::ingest::records::Severity;
use crate::logframe::figures::{Figure, Scope, Status, Value};
use crate::project::model::{Indicator, Level, Unit};

/// Kinds of findings shown before "and more".
const KINDS_SHOWN: usize = 8;
/// Ranges shown before "and more".
const RANGES_SHOWN: usize = 5;
/// Characters of a full bar.
const BAR: usize = 10;
/// Fewer characters than this tell nothing of a statement.
const STATEMENT_LEAST: usize = 12;

/// The report as text of at most `width` columns.
pub fn terminal(report: &Report, width: usize, colour: bool) -> String {
    let view = View::new(report);
    let paint = Paint { colour };
    let mut lines = Vec::new();
    let period = view.span().map_or_else(String::new, |span| view.labels.period(span));
    let project = clean(report.project.name.get(report.lang));
    lines.extend(wrapped(&project, width).into_iter().map(|line| paint.bold(&line)));
    let date = view.labels.date(report.as_of);
    let when = view
        .labels
        .fill("overview.period", &[("period", &period), ("date", &date)]);
    lines.extend(wrapped(&when, width));
    lines.push(String::new());
    lines.extend(table(&view, width, &paint));
    lines.extend(summary(&view, width));
    lines.push(String::new());
    lines.extend(by_kind(&view, width, &paint, KINDS_SHOWN));
    lines.push(String::new());
    lines.extend(closing(&view, width, &paint));
    lines.push(String::new());
    lines.join("\n")
}

/// One indicator of the table before it is laid out.
struct Line {
    level: Level,
    code: String,
    statement: String,
    value: String,
    to_date: String,
    target: String,
    achieved: String,
    status: Option<Status>,
    bar: String,
}

/// Widths of the table's columns; those of targets are 0 where no indicator has one.
struct Widths {
    code: usize,
    statement: usize,
    value: usize,
    to_date: usize,
    target: usize,
    achieved: usize,
    status: usize,
    bar: usize,
}

fn table(view: &View, width: usize, paint: &Paint) -> Vec<String> {
    let lines: Vec<Line> = view
        .indicators()
        .into_iter()
        .map(|(index, indicator)| line(view, index, indicator))
        .collect();
    if lines.is_empty() {
        return vec![view.labels.get("terminal.no_indicators").to_owned()];
    }
    let widths = Widths::fit(view, &lines, width);
    let word = |key| view.labels.get(key);
    let head = widths.lay(
        &[
            word("head.code"),
            word("head.indicator"),
            word("terminal.value"),
            word("terminal.to_date"),
            word("terminal.target"),
            word("terminal.achieved"),
            word("head.status"),
            "",
        ],
        &|text| text.to_owned(),
    );
    let mut shown = vec![paint.bold(&head)];
    let several = lines.iter().any(|line| line.level != lines[0].level);
    let mut level = None;
    for line in &lines {
        if several && level != Some(line.level) {
            level = Some(line.level);
            shown.push(paint.quiet(&cut(&format!("-- {} --", view.labels.level(line.level)), width)));
        }
        shown.extend(laid(view, line, &widths, paint));
    }
    shown
}

/// An indicator's lines: its figures beside the beginning of its statement, which may go on under it.
fn laid(view: &View, line: &Line, widths: &Widths, paint: &Paint) -> Vec<String> {
    let status = line.status.map_or("", |status| view.labels.status(status));
    let statement = two_lines(&line.statement, widths.statement);
    let cells = [
        &*line.code,
        &*statement[0],
        &*line.value,
        &*line.to_date,
        &*line.target,
        &*line.achieved,
        status,
        &*line.bar,
    ];
    let mut shown = vec![widths.lay(&cells, &|text| paint.status(text, line.status))];
    shown.extend(statement.get(1).map(|rest| {
        let cells = ["", rest, "", "", "", "", "", ""];
        widths.lay(&cells, &|text| text.to_owned())
    }));
    shown
}

/// A text on one line or two, with an ellipsis where it is longer.
fn two_lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = wrapped(text, width);
    if lines.len() > 2 {
        // The words that do not fit are told by the ellipsis.
        let rest = lines[1..].join(" ");
        lines.truncate(1);
        lines.push(cut(&rest, width));
    }
    lines
}

/// How many indicators stand where, and which figures depend on pairs that nobody has decided.
fn summary(view: &View, width: usize) -> Vec<String> {
    let indicators = view.indicators();
    let status = |index: usize| View::seen(view.against_target(index)).and_then(|figure| figure.status);
    let mut counted: Vec<String> = Vec::new();
    for one in [Status::Achieved, Status::Ahead, Status::OnTrack, Status::Behind] {
        let count = indicators
            .iter()
            .filter(|(index, _)| status(*index) == Some(one))
            .count();
        if count > 0 {
            counted.push(format!("{} {count}", view.labels.status(one)));
        }
    }
    let mut lines = Vec::new();
    if !counted.is_empty() {
        let hidden = |index: usize| {
            view.against_target(index)
                .is_some_and(|figure| figure.value == Value::Suppressed && figure.target.is_some())
        };
        let of_none = |are_hidden: bool, name: &str| {
            let without = indicators.iter().filter(|(index, _)| status(*index).is_none());
            let count = without.filter(|(index, _)| hidden(*index) == are_hidden).count();
            (count > 0).then(|| format!("{} {count}", view.labels.get(name)))
        };
        counted.extend(of_none(true, "restated.hidden"));
        counted.extend(of_none(false, "overview.no_status"));
        let text = view.labels.fill("overview.statuses", &[("list", &counted.join(", "))]);
        lines.push(String::new());
        lines.extend(wrapped(&text, width));
    }
    let mut ranges: Vec<String> = indicators
        .iter()
        .filter(|(_, indicator)| indicator.unit == Unit::Persons)
        .map(|(index, indicator)| (indicator, view.range(view.main_figure(*index))))
        .filter(|(_, range)| !range.is_empty())
        .map(|(indicator, range)| format!("{} {range}", clean(&indicator.code)))
        .collect();
    if !ranges.is_empty() {
        if ranges.len() > RANGES_SHOWN {
            ranges.truncate(RANGES_SHOWN);
            ranges.push("…".to_owned());
        }
        let text = view.labels.fill("overview.ranges", &[("list", &ranges.join("; "))]);
        lines.extend(wrapped(&text, width));
    }
    lines
}

fn line(view: &View, index: usize, indicator: &Indicator) -> Line {
    let against = view.against_target(index);
    let words = |figure: Option<&Figure>| figure.map_or_else(String::new, |figure| view.value(figure.value, indicator));
    let value = words(view.main_figure(index));
    let to_date = words(view.in_span(index, Scope::Cumulative));
    let seen = against.filter(|figure| figure.value != Value::Suppressed);
    let achieved = seen.and_then(|figure| figure.achieved);
    Line {
        level: indicator.level,
        code: clean(&indicator.code),
        statement: view.statement(indicator),
        to_date: if to_date == value { String::new() } else { to_date },
        value,
        target: against
            .and_then(|figure| figure.target)
            .map_or_else(String::new, |target| shown_target(view, target, indicator)),
        achieved: achieved.map_or_else(String::new, |value| plain_number(value, 0)),
        status: seen.and_then(|figure: &Figure| figure.status),
        bar: achieved.map_or_else(String::new, bar),
    }
}

fn shown_target(view: &View, target: f64, indicator: &Indicator) -> String {
    let shown = view.labels.number(target, indicator.decimals);
    if indicator.unit == Unit::Percent {
        format!("{shown}\u{a0}%")
    } else {
        shown
    }
}

/// Ten characters for 100 %, in ASCII so that every console shows it; what goes well beyond ends in an arrow.
fn bar(achieved: f64) -> String {
    let tenths = plain_number((achieved / 10.0).clamp(0.0, 10.0), 0);
    let full: usize = tenths.parse().unwrap_or(0);
    let full = full.min(BAR);
    if achieved >= 110.0 {
        return format!("{}>", "#".repeat(BAR - 1));
    }
    format!("{}{}", "#".repeat(full), ".".repeat(BAR - full))
}

impl Widths {
    fn fit(view: &View, lines: &[Line], width: usize) -> Self {
        let widest = |head: &str, cells: &dyn Fn(&Line) -> usize| {
            lines
                .iter()
                .map(cells)
                .max()
                .filter(|widest| *widest > 0)
                .map_or(0, |widest| widest.max(head.width()))
        };
        let word = |key| view.labels.get(key);
        let status = |line: &Line| line.status.map_or(0, |status| view.labels.status(status).width());
        let mut widths = Self {
            code: widest(word("head.code"), &|line| line.code.width()).min(10),
            statement: 0,
            value: widest(word("terminal.value"), &|line| line.value.width()),
            to_date: widest(word("terminal.to_date"), &|line| line.to_date.width()),
            target: widest(word("terminal.target"), &|line| line.target.width()),
            achieved: widest(word("terminal.achieved"), &|line| line.achieved.width()),
            status: widest(word("head.status"), &status),
            bar: widest("", &|line| line.bar.width()),
        };
        let fixed = |widths: &Self| {
            let others = widths.all();
            let gaps = others.iter().filter(|width| **width > 0).count();
            others.iter().sum::<usize>() + gaps
        };
        if fixed(&widths) + STATEMENT_LEAST > width {
            widths.bar = 0;
        }
        let longest = lines.iter().map(|line| line.statement.width()).max().unwrap_or(0);
        let room = width.saturating_sub(fixed(&widths)).max(STATEMENT_LEAST);
        widths.statement = longest.max(word("head.indicator").width()).min(room);
        widths
    }

    fn all(&self) -> [usize; 8] {
        [
            self.code,
            self.statement,
            self.value,
            self.to_date,
            self.target,
            self.achieved,
            self.status,
            self.bar,
        ]
    }

    /// One line of the table; `paint` colours what tells the status.
    fn lay(&self, cells: &[&str; 8], paint: &dyn Fn(&str) -> String) -> String {
        let mut line = String::new();
        for (column, (cell, width)) in cells.iter().zip(self.all()).enumerate() {
            if width == 0 {
                continue;
            }
            let text = cut(cell, width);
            let pad = " ".repeat(width - text.width());
            if !line.is_empty() {
                line.push(' ');
            }
            let cell = match column {
                2..=5 => format!("{pad}{text}"),
                6.. => format!("{}{pad}", paint(&text)),
                _ => format!("{text}{pad}"),
            };
            line.push_str(&cell);
        }
        line.trim_end().to_owned()
    }
}

/// The findings by kind, all of them, and the row balance.
pub fn findings(report: &Report, width: usize, colour: bool) -> String {
    let view = View::new(report);
    let paint = Paint { colour };
    let mut lines = by_kind(&view, width, &paint, usize::MAX);
    lines.extend(closing(&view, width, &paint));
    lines.join("\n")
}

fn by_kind(view: &View, width: usize, paint: &Paint, shown: usize) -> Vec<String> {
    let kinds = view.findings_by_kind();
    if kinds.is_empty() {
        return vec![view.labels.get("terminal.no_findings").to_owned()];
    }
    let all = view.report.facts.findings.len();
    let heading = format!("{}: {}", view.labels.get("terminal.findings"), view.labels.whole(all));
    let mut lines = vec![paint.bold(&heading)];
    let severities = [Severity::Error, Severity::Warning, Severity::Note].map(|one| view.labels.severity(one));
    let widest = severities.iter().map(|word| word.width()).max().unwrap_or(0);
    for entry in kinds.iter().take(shown) {
        let severity = entry.kind.severity();
        let word = view.labels.severity(severity);
        let pad = " ".repeat(widest - word.width().min(widest));
        let text = format!(
            "{:>6}  {word}{pad}  {}",
            view.labels.whole(entry.count),
            view.labels.kind(entry.kind),
        );
        lines.push(paint.severity(&cut(&text, width), severity));
    }
    let rest = kinds.len().saturating_sub(shown);
    if rest > 0 {
        let more = view
            .labels
            .fill("terminal.more", &[("kinds", &view.labels.count(rest, "kind"))]);
        lines.push(cut(&format!("        {more}"), width));
    }
    lines
}

/// The row balance, and every self-check that failed: the last lines, since they matter most.
fn closing(view: &View, width: usize, paint: &Paint) -> Vec<String> {
    let labels = &view.labels;
    let rows = balance::balance(&view.report);
    let closes = rows.read == rows.counted + rows.aside();
    let key = if closes { "terminal.rows" } else { "terminal.rows_open" };
    let numbers = [rows.read, rows.counted, rows.aside()].map(|count| labels.whole(count));
    let text = labels.fill(
        key,
        &[("read", &numbers[0]), ("counted", &numbers[1]), ("aside", &numbers[2])],
    );
    let mut lines = wrapped(&text, width);
    for check in view.report.figures.checks.iter().filter(|check| !check.held) {
        let law = labels.find(&format!("law.{}", check.law)).unwrap_or(check.law);
        let text = labels.fill(
            "terminal.check_failed",
            &[("law", law), ("detail", &clean(&check.detail))],
        );
        lines.extend(
            wrapped(&text, width)
                .iter()
                .map(|line| paint.severity(line, Severity::Error)),
        );
    }
    lines
}

/// A text of at most `width` columns, with an ellipsis where it was longer.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for character in text.chars() {
        used += character.width().unwrap_or(0);
        if used >= width {
            break;
        }
        kept.push(character);
    }
    let mut kept = kept.trim_end().to_owned();
    kept.push('…');
    kept
}

/// A text broken at spaces into lines of at most `width` columns.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if line.is_empty() {
            *line = cut(word, width);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(cut(word, width));
        }
    }
    lines
}

/// Colours, or none.
struct Paint {
    colour: bool,
}

impl Paint {
    fn with(&self, text: &str, style: Style) -> String {
        if self.colour && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }

    fn quiet(&self, text: &str) -> String {
        self.with(text, Style::new().dimmed())
    }

    fn bold(&self, text: &str) -> String {
        self.with(text, Style::new().bold())
    }

    fn status(&self, text: &str, status: Option<Status>) -> String {
        let colour = match status {
            None => return text.to_owned(),
            Some(Status::Achieved | Status::Ahead) => AnsiColor::Cyan,
            Some(Status::OnTrack) => AnsiColor::Green,
            Some(Status::Behind) => AnsiColor::Yellow,
        };
        self.with(text, colour.on_default())
    }

    fn severity(&self, text: &str, severity: Severity) -> String {
        match severity {
            Severity::Error => self.with(text, AnsiColor::Red.on_default()),
            Severity::Warning => self.with(text, AnsiColor::Yellow.on_default()),
            Severity::Note => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
