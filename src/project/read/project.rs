//! `project.toml` without its indicators.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::World;
use super::bands::{ages, bands};
use super::closed::closed;
use super::field::{capacity, fields, lookups, spans};
use super::reporting::reporting;
use super::source::{check_parents, patterns, source};
use super::words::words;
use crate::message::message;
use crate::project::calendar::CalendarKind;
use crate::project::diagnostic::Diagnostics;
use crate::project::keys;
use crate::project::load::Known;
use crate::project::model::{
    Activity, AgeRule, Closed, FieldRule, HeadCountRule, Localized, Lookup, NewSince, Reporting, ResolveRule, Settings,
    Source, Words,
};
use crate::project::node::{Node, View};

/// What `project.toml` says, mistakes passed over.
#[derive(Debug)]
pub(in crate::project) struct Draft<'a> {
    pub(in crate::project) code: String,
    pub(in crate::project) name: Localized,
    pub(in crate::project) donor: Localized,
    pub(in crate::project) organisation: Localized,
    pub(in crate::project) language: String,
    pub(in crate::project) sources: Vec<Source>,
    pub(in crate::project) words: Words,
    pub(in crate::project) fields: IndexMap<String, FieldRule>,
    pub(in crate::project) lookups: Vec<Lookup>,
    pub(in crate::project) capacity: Vec<(NaiveDate, u32)>,
    pub(in crate::project) closed: Vec<Closed>,
    pub(in crate::project) decision_files: Vec<String>,
    pub(in crate::project) settings: Settings,
    pub(in crate::project) reporting: Reporting,
    pub(in crate::project) world: World<'a>,
}

/// Reads `project.toml`, noting what shapes cannot tell.
pub(in crate::project) fn draft<'a>(file: &View<'_>, known: &'a Known<'a>, out: &mut Diagnostics) -> Draft<'a> {
    let project = file.table("project").unwrap_or_else(|| file.clone());
    let days = span(&project, out);
    let ages = ages(file, out);
    let (fields, lookups) = (fields(file, out), lookups(file, out));
    let capacity = capacity(file, days, out);
    let given = lookups.iter().flat_map(|lookup| lookup.gives.keys());
    let mut world = World {
        activities: activities(file, out),
        sources: Vec::new(),
        populations: Vec::new(),
        fields: fields.keys().chain(given).cloned().collect(),
        row_fields: Vec::new(),
        skip_reasons: Vec::new(),
        bands: bands(file, &ages, out),
        ages,
        spans: spans(file, days, out),
        has_capacity: !capacity.is_empty(),
        span: days,
        calendars: calendars(&project).unwrap_or_else(|| vec![CalendarKind::Month, CalendarKind::Quarter]),
        known,
    };
    if let Some(node) = project.get("code") {
        check_code(node, out);
    }
    let mut sources = sources(file, &mut world, out);
    let words = words(file, &world, &mut sources, out);
    let decisions = file.tables("decisions").into_iter();
    Draft {
        code: project.text("code").unwrap_or_default(),
        name: project.localized("name"),
        donor: project.localized("donor"),
        organisation: project.localized("organisation"),
        language: language(&project).to_owned(),
        sources,
        words,
        fields,
        lookups,
        capacity,
        closed: closed(file, days, out),
        decision_files: decisions.flat_map(|table| patterns(&table, "files", out)).collect(),
        settings: settings(file, out),
        reporting: reporting(file, out),
        world,
    }
}

fn language(project: &View<'_>) -> &'static str {
    let code = project.text("language");
    code.and_then(|code| keys::language(&code)).unwrap_or("en")
}

/// The calendars that a table names, in the order given, each once.
pub(super) fn calendars(table: &View<'_>) -> Option<Vec<CalendarKind>> {
    let mut calendars = Vec::new();
    for code in table.get("calendars")?.texts() {
        let calendar = keys::calendar(&code).filter(|calendar| !calendars.contains(calendar));
        calendars.extend(calendar);
    }
    Some(calendars)
}

fn check_code(node: Node<'_>, out: &mut Diagnostics) {
    let Some(code) = node.text() else { return };
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if code.is_empty() || !code.chars().all(fits) {
        let message = message!(
            "`{code}` cannot be a project's code, which becomes a part of file names",
            code
        );
        let help = message!("use Latin letters, digits, - and _");
        out.note(node.file, node.span(), message, help);
    }
}

fn span(project: &View<'_>, out: &mut Diagnostics) -> Option<(NaiveDate, NaiveDate)> {
    let (start, end) = (project.get("start")?, project.get("end")?);
    let (first, last) = (start.date()?, end.date()?);
    if first > last {
        let message = message!("the project ends on {last}, before it starts on {first}", last, first);
        let help = message!("change `start` or `end`");
        out.note(end.file, end.span(), message, help);
        return None;
    }
    Some((first, last))
}

fn activities(file: &View<'_>, out: &mut Diagnostics) -> IndexMap<String, Activity> {
    let mut activities = IndexMap::new();
    for table in file.tables("activity") {
        let Some((node, code)) = table.get("code").and_then(|node| Some((node, node.text()?.to_owned()))) else {
            continue;
        };
        let name = table
            .get("name")
            .map_or_else(|| Localized::same(&code), Node::localized);
        let activity = Activity {
            code: code.clone(),
            name,
        };
        if activities.contains_key(&code) {
            let help = message!("give it another code, or put the two together");
            out.note(
                node.file,
                node.span(),
                message!("a second activity `{code}`", code),
                help,
            );
        } else {
            activities.insert(code, activity);
        }
    }
    activities
}

fn sources(file: &View<'_>, world: &mut World<'_>, out: &mut Diagnostics) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for table in file.tables("source") {
        let read = source(&table, world, out);
        if let Some(node) = table
            .get("name")
            .filter(|_| sources.iter().any(|other| other.name == read.name))
        {
            let help = message!("give each source a name of its own");
            out.note(
                node.file,
                node.span(),
                message!("a second source `{name}`", name = read.name),
                help,
            );
        }
        world.sources.push(read.name.clone());
        if !world.populations.contains(&read.population) {
            world.populations.push(read.population.clone());
        }
        world.fields.extend(read.columns.values().cloned());
        world.fields.extend(read.values.keys().cloned());
        world.row_fields.extend(read.constants.keys().cloned());
        world.row_fields.extend(read.derive.keys().cloned());
        let reasons = read.skip.iter().map(|skip| skip.reason.clone());
        world.skip_reasons.extend(reasons);
        sources.push(read);
    }
    check_parents(file, &sources, out);
    if file
        .own("source")
        .is_some_and(|node| node.is_list() && sources.is_empty())
    {
        // An inline `source = []` has the right shape and names nothing.
        let help = message!("add a [[source]] with `files`");
        out.note(file.file(), file.span(), message!("the project has no source"), help);
    }
    sources
}

fn settings(file: &View<'_>, out: &mut Diagnostics) -> Settings {
    let count = file.table("count");
    let word = |key: &str| count.as_ref().and_then(|table| table.text(key));
    let small = |key: &str| count.as_ref().and_then(|table| table.small(key));
    Settings {
        head_count: word("head-count")
            .and_then(|code| keys::head_count(&code))
            .unwrap_or(HeadCountRule::List),
        age: word("age")
            .and_then(|code| keys::age_rule(&code))
            .unwrap_or(AgeRule::FirstContactInPeriod),
        new_since: word("new-since")
            .and_then(|code| keys::new_since(&code))
            .unwrap_or(NewSince::Project),
        resolve: count.as_ref().map(resolve).unwrap_or_default(),
        tolerance: count.as_ref().and_then(|table| tolerance(table, out)).unwrap_or(0.15),
        small_numbers: small("small-numbers").unwrap_or(0),
        findings_threshold: small("findings-threshold").and_then(|number| number.try_into().ok()),
    }
}

fn resolve(count: &View<'_>) -> BTreeMap<String, ResolveRule> {
    let entries = count.get("resolve").map(Node::entries).unwrap_or_default();
    entries
        .into_iter()
        .filter_map(|(field, _, node)| Some((field.to_owned(), keys::resolve_rule(node.text()?)?)))
        .collect()
}

fn tolerance(count: &View<'_>, out: &mut Diagnostics) -> Option<f64> {
    let node = count.get("tolerance")?;
    let percent = node.number()?;
    // A share such as 0.15 is a likely slip: no project is held to a sixth of a per cent.
    if percent != 0.0 && !(1.0..=100.0).contains(&percent) {
        let help = message!("write per cent: `tolerance = 15` means ±15 %");
        out.note(
            node.file,
            node.span(),
            message!("`tolerance` must be 0, or from 1 to 100 per cent"),
            help,
        );
    }
    Some(percent / 100.0)
}
