//! The proposed map as text.

use std::fmt::Write as _;

use super::super::map::{Percent, What};
use super::super::styles::Shows;
use super::super::{Template, address};
use super::candidates::Found;
use super::{SHOWN, Spotted, Verdict};
use crate::logframe::figures::Scope;
use crate::message::{Message, message};
use crate::report::view::{View, clean};

/// The map: a line of reason above each entry; what is not plain is commented out.
pub(super) fn map(
    view: &View<'_>,
    template: &Template<'_>,
    spotted: &[Spotted<'_>],
    verdicts: &[Verdict<'_>],
) -> String {
    let said = |message: Message| message.told(&view.labels);
    let mut text = format!(
        "# {}\n# {}\n\n# {}\nempty = \"blank\"\n",
        said(message!(
            "Which figure goes into which cell. Look through it once; entries marked `# choose` are not active:"
        )),
        said(message!("take the marks off the right one.")),
        said(message!(
            "What a cell gets whose figure has no data: blank, keep or dash."
        ))
    );
    let pinned = has_periods(view, verdicts);
    for (cell, verdict) in spotted.iter().zip(verdicts) {
        let sheet = &template.book.sheets[cell.sheet].name;
        let place = format!("{}!{}", clean(sheet), address::shown((cell.row, cell.column)));
        match verdict {
            Verdict::Sure(found, confidence) => {
                let _ = write!(
                    text,
                    "\n# {}\n{}",
                    said(message!(
                        "{place} = {number}: beside {name}{under}; confidence {confidence}",
                        place,
                        number = cell.number,
                        name = quoted(&cell.told.by),
                        under = under(&cell.told.heading),
                        confidence = format!("{confidence:.2}")
                    )),
                    entry(view, sheet, (cell, pinned), found, "")
                );
            }
            Verdict::Other => {}
            Verdict::Choose(several, why) => {
                let _ = writeln!(text, "\n# choose: {place} = {}: {}", cell.number, said(why.clone()));
                for found in several.iter().take(SHOWN) {
                    text.push_str(&entry(view, sheet, (cell, pinned), found, "# "));
                }
                if several.len() > SHOWN {
                    let _ = writeln!(
                        text,
                        "# {}",
                        said(message!("… and {more} more", more = several.len() - SHOWN))
                    );
                }
            }
        }
    }
    text
}

fn quoted(text: &str) -> String {
    let text = clean(text);
    let short: String = text.chars().take(60).collect();
    let cut = if short.len() < text.len() { "…" } else { "" };
    format!("\"{short}{cut}\"")
}

fn under(heading: &str) -> Message {
    if heading.is_empty() {
        Message::nothing()
    } else {
        message!(", under {heading}", heading = quoted(heading))
    }
}

/// A TOML string.
fn string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Whether the template has columns of several periods, so that each must stay its period's.
fn has_periods(view: &View<'_>, verdicts: &[Verdict<'_>]) -> bool {
    let sure = verdicts.iter().filter_map(|verdict| match verdict {
        Verdict::Sure(found, _) if found.candidate.what != What::Baseline => Some(found.candidate.period),
        Verdict::Sure(..) | Verdict::Other | Verdict::Choose(..) => None,
    });
    let mut others = sure.filter(|period| *period != view.report.figures.span);
    others.next().is_some()
}

fn entry(view: &View<'_>, sheet: &str, (cell, pinned): (&Spotted<'_>, bool), found: &Found<'_>, mark: &str) -> String {
    let candidate = found.candidate;
    let indicator = &view.report.project.indicators[candidate.indicator];
    let mut lines = vec![
        "[[cell]]".to_owned(),
        format!("sheet = {}", string(sheet)),
        format!("cell = \"{}\"", address::shown((cell.row, cell.column))),
        format!("indicator = {}", string(&indicator.code)),
    ];
    if candidate.scope == Scope::Cumulative {
        lines.push("scope = \"cumulative\"".to_owned());
    }
    // Beside columns of other periods, one that is headed with its period stays that period's; any other is the
    // report's, and so is the month in a title.
    let headed = pinned && candidate.what != What::Baseline && !cell.told.periods.is_empty();
    if headed || candidate.period != view.report.figures.span {
        let label = &view.report.figures.periods[candidate.period].label;
        lines.push(format!("period = {}", string(label)));
    }
    if let Some((at, category)) = &candidate.category {
        lines.push(format!(
            "disaggregation = {}",
            string(&indicator.disaggregations[*at].name)
        ));
        lines.push(format!("category = {}", string(category)));
    }
    if candidate.what != What::Value {
        lines.push(format!("what = \"{}\"", candidate.what.code()));
    }
    if found.form == Some(Percent::Share) && cell.shows != Shows::Percent {
        lines.push("percent = \"share\"".to_owned());
    }
    lines.into_iter().fold(String::new(), |mut text, line| {
        let _ = writeln!(text, "{mark}{line}");
        text
    })
}
