//! Files of one shape and similar names → one source, with a pattern, an activity, and what is left to ask.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;
use glob::{MatchOptions, Pattern};

use super::code::{code, shared, undated, words_of};
use crate::audit::plausible::events::{Event, told};
use crate::cli::inspect::count::count;
use crate::cli::inspect::looked::{Looked, tables_of};
use crate::cli::inspect::{kind, what};
use crate::ingest::findings::Kind;
use crate::ingest::records::Finding;
use crate::ingest::vocabulary::normalise;
use crate::message::{Message, message};
use crate::project::model::Layout;
use crate::project::{StarterActivity, StarterSource};
use crate::report::labels::Labels;

/// Share of headings that two files have in common when they are of one shape.
const MOSTLY: f64 = 0.6;
/// Files named one by one where no pattern names them and no other.
const NAMED: usize = 40;
/// Findings of a kind whose values are listed in a question.
const VALUES: usize = 6;

/// As the project's own patterns match.
const MATCHING: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

/// A file of data with its path in the project.
pub(super) struct Member<'m> {
    pub(super) looked: &'m Looked,
    /// Path below the project folder, with `/`.
    pub(super) path: String,
    layouts: BTreeSet<&'static str>,
    headings: BTreeSet<String>,
    words: Vec<String>,
}

impl<'m> Member<'m> {
    pub(super) fn new(looked: &'m Looked, path: String) -> Self {
        let tables = || looked.tables().map(|(_, table)| table);
        let name = path.rsplit('/').next().unwrap_or(&path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        Self {
            looked,
            layouts: tables().map(kind).collect(),
            headings: tables()
                .flat_map(|table| &table.block.columns)
                .map(|column| normalise(&column.header))
                .collect(),
            words: words_of(stem),
            path,
        }
    }

    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether two files are of one kind: layout, headings, names.
    fn is_like(&self, other: &Self) -> bool {
        let both = self.headings.intersection(&other.headings).count();
        let all = self.headings.union(&other.headings).count();
        let headed = all == 0 || both as f64 >= MOSTLY * all as f64;
        let share = !shared(&[self.words.clone(), other.words.clone()]).is_empty();
        let nameless = self.words.is_empty() && other.words.is_empty();
        self.layouts == other.layouts && headed && (share || (nameless && self.folder() == other.folder()))
    }
}

/// Files of one kind each, in order of their first.
pub(super) fn groups<'m>(members: Vec<Member<'m>>) -> Vec<Vec<Member<'m>>> {
    let mut groups: Vec<Vec<Member<'m>>> = Vec::new();
    for member in members {
        match groups.iter_mut().find(|group| group[0].is_like(&member)) {
            Some(group) => group.push(member),
            None => groups.push(vec![member]),
        }
    }
    groups
}

/// The sessions of a group of which only a log, or only lists tell.
pub(super) fn events(group: &[Member]) -> [Vec<Event>; 2] {
    let mut events: [Vec<Event>; 2] = Default::default();
    for member in group {
        for told in told(&member.looked.alone.records, &member.looked.facts).into_values() {
            events[0].extend(told.log.into_iter().map(|(event, _)| event));
            events[1].extend(told.lists.into_iter().map(|(event, _)| event));
        }
    }
    events
}

/// The sources of a group: one, or two where the same files hold registries and sessions on different sheets.
pub(super) fn sources(
    group: &[Member],
    others: &[String],
    number: usize,
    labels: &Labels,
) -> Vec<(StarterSource, Option<StarterActivity>)> {
    let files = patterns(group, others);
    let registry = |layout: Layout| layout == Layout::Registry;
    let layouts: Vec<Layout> = group.iter().flat_map(|member| member.looked.layouts()).collect();
    let mixed = layouts.iter().any(|layout| registry(*layout)) && !layouts.iter().all(|layout| registry(*layout));
    let questions = questions(group, labels);
    let comment = comment(group, labels);
    if !mixed {
        let only_people = layouts.iter().all(|layout| registry(*layout));
        let activity = (!only_people).then(|| activity(group, number, labels));
        let source = StarterSource {
            files,
            sheets: Vec::new(),
            layout: only_people.then_some(Layout::Registry),
            activity: activity.as_ref().map(|activity| activity.code.clone()),
            comment,
            questions,
        };
        return vec![(source, activity)];
    }
    let activity = activity(group, number, labels);
    let sheets = |wanted: bool| -> Vec<String> {
        let parts = group.iter().flat_map(|member| member.looked.sheets());
        let chosen = parts.filter(|(_, part)| {
            let tables = tables_of(part);
            !tables.is_empty() && tables.iter().all(|table| registry(table.block.layout)) == wanted
        });
        let names: BTreeSet<String> = chosen.map(|(_, part)| Pattern::escape(&part.name)).collect();
        names.into_iter().collect()
    };
    let people = StarterSource {
        files: files.clone(),
        sheets: sheets(true),
        layout: Some(Layout::Registry),
        activity: None,
        comment: comment.clone(),
        questions: Vec::new(),
    };
    let sessions = StarterSource {
        files,
        sheets: sheets(false),
        layout: None,
        activity: Some(activity.code.clone()),
        comment,
        questions,
    };
    vec![(people, None), (sessions, Some(activity))]
}

/// One pattern that names all files of a group and none of the others, or the files one by one.
fn patterns(group: &[Member], others: &[String]) -> Vec<String> {
    let paths: Vec<&str> = group.iter().map(|member| member.path.as_str()).collect();
    let names = |pattern: &str| Pattern::new(pattern).ok();
    let fits = |pattern: &String| {
        names(pattern).is_some_and(|glob| {
            paths.iter().all(|path| glob.matches_with(path, MATCHING))
                && !others.iter().any(|path| glob.matches_with(path, MATCHING))
        })
    };
    let candidates = if paths.len() > 1 {
        candidates(group)
    } else {
        group.first().and_then(dated).into_iter().collect()
    };
    match candidates.into_iter().find(fits) {
        Some(pattern) => vec![pattern],
        None if paths.len() <= NAMED => paths.into_iter().map(Pattern::escape).collect(),
        None => {
            let mut folders: Vec<String> = group.iter().map(|member| Pattern::escape(member.folder())).collect();
            folders.dedup();
            folders.into_iter().map(|folder| format!("{folder}/*")).collect()
        }
    }
}

/// The pattern of a file whose name ends with a date, as the exports of forms do: the next one has another.
fn dated(member: &Member) -> Option<String> {
    let (stem, ending) = member.path.rsplit_once('.')?;
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let kept = stem.len() - name.len() + undated(name)?.len();
    Some(format!(
        "{}*.{}",
        Pattern::escape(&stem[..kept]),
        Pattern::escape(ending)
    ))
}

/// Patterns that may name a group, the plainest first.
fn candidates(group: &[Member]) -> Vec<String> {
    let first = &group[0];
    let one_folder = group.iter().all(|member| member.folder() == first.folder());
    let place = if one_folder {
        Pattern::escape(first.folder())
    } else {
        let top = common(group.iter().map(Member::folder));
        let top = top.rsplit_once('/').map_or(top.as_str(), |(whole, _)| whole).to_owned();
        let top = if group
            .iter()
            .all(|member| member.folder().starts_with(&format!("{top}/")) || member.folder() == top)
        {
            top
        } else {
            "raw".to_owned()
        };
        format!("{}/**", Pattern::escape(&top))
    };
    let names = || {
        group
            .iter()
            .map(|member| member.path.rsplit('/').next().unwrap_or(&member.path))
    };
    let extensions: BTreeSet<&str> = names()
        .filter_map(|name| name.rsplit_once('.').map(|(_, end)| end))
        .collect();
    let ending = match extensions.into_iter().collect::<Vec<_>>()[..] {
        [one] => format!(".{}", Pattern::escape(one)),
        _ => String::new(),
    };
    let start = common(names());
    let start = start.trim_end_matches(|c: char| c.is_ascii_digit());
    let mut found = vec![format!("{place}/*{ending}")];
    if !start.is_empty() {
        found.insert(0, format!("{place}/{}*{ending}", Pattern::escape(start)));
    }
    for word in &first.words {
        found.push(format!("{place}/*{}*{ending}", Pattern::escape(word)));
    }
    found
}

/// The beginning that all texts share.
fn common<'t>(mut texts: impl Iterator<Item = &'t str>) -> String {
    let Some(first) = texts.next() else {
        return String::new();
    };
    texts.fold(first.to_owned(), |shared, text| {
        shared
            .chars()
            .zip(text.chars())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a)
            .collect()
    })
}

/// An activity for a group: by the words of its files' names, of their folder, of the titles, or by its number.
fn activity(group: &[Member], number: usize, labels: &Labels) -> StarterActivity {
    let names: Vec<Vec<String>> = group.iter().map(|member| member.words.clone()).collect();
    let mut candidates = vec![shared(&names).join(" ")];
    let folder = group[0].folder().rsplit('/').next().unwrap_or_default();
    if folder != "raw" {
        candidates.push(words_of(folder).join(" "));
    }
    let titles: BTreeSet<&str> = group
        .iter()
        .flat_map(|member| member.looked.tables())
        .filter_map(|(_, table)| table.block.heading.title.as_deref())
        .collect();
    if let [title] = titles.into_iter().collect::<Vec<_>>()[..] {
        candidates.push(title.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let found = candidates.into_iter().find_map(|words| Some((code(&words)?, words)));
    match found {
        Some((code, name)) => StarterActivity { code, name },
        None => StarterActivity {
            code: format!("activity-{number}"),
            name: message!("Activity {number}", number).told(labels),
        },
    }
}

/// What was seen in the files of a source, in one line.
fn comment(group: &[Member], labels: &Labels) -> Vec<String> {
    let mut seen = Vec::new();
    for member in group.iter().take(1) {
        for (sheet, table) in member.looked.tables().take(1) {
            seen.push(what(labels, table.block.layout, &count(member.looked, sheet, table)));
        }
    }
    let tables: usize = group.iter().map(|member| member.looked.tables().count()).sum();
    let files = labels.count(group.len(), "file");
    let seen = seen.join("; ");
    let line = if tables > 1 {
        message!(
            "Seen in {files}, {tables}; the first: {seen}.",
            files,
            tables = labels.count(tables, "table"),
            seen
        )
    } else {
        message!("Seen in {files}: {seen}.", files, seen)
    };
    let doubts: usize = group.iter().map(|member| member.looked.doubts()).sum();
    if doubts == 0 {
        return vec![line.told(labels)];
    }
    let doubts = labels.count(doubts, "doubt");
    let doubts = message!("To look at: {doubts}, shown by `tallyframe inspect`.", doubts);
    vec![line.told(labels), doubts.told(labels)]
}

/// The lines of definition that would answer what the files leave open, as questions.
fn questions(group: &[Member], labels: &Labels) -> Vec<String> {
    let mut of_kind: BTreeMap<Kind, Vec<&Finding>> = BTreeMap::new();
    for member in group {
        for finding in &member.looked.facts.findings {
            of_kind.entry(finding.kind).or_default().push(finding);
        }
    }
    let asked = of_kind
        .iter()
        .filter_map(|(kind, findings)| question(*kind, findings, group));
    let services = services(group);
    services
        .into_iter()
        .chain(asked)
        .map(|question| question.told(labels))
        .collect()
}

/// Whether sheets of different names are different services.
fn services(group: &[Member]) -> Option<Message> {
    let parts = group.iter().flat_map(|member| member.looked.sheets());
    let dated = parts.filter(|(_, part)| {
        let tables = tables_of(part);
        tables.iter().any(|table| table.block.layout != Layout::Registry)
    });
    let mut named: BTreeMap<Vec<String>, &str> = BTreeMap::new();
    for (_, part) in dated {
        let words: Vec<String> = words_of(&part.name).iter().map(|word| normalise(word)).collect();
        if !words.is_empty() {
            named.entry(words).or_insert(&part.name);
        }
    }
    let listed: Vec<String> = named.values().map(|name| format!("\"{}\"", one_line(name))).collect();
    (2..=VALUES).contains(&listed.len()).then(|| {
        message!(
            "sheets = [{listed}] ?    # if these sheets are different services: a [[source]] for each, with its own activity",
            listed = listed.join(", ")
        )
    })
}

/// What is asked about the findings of one kind; nothing where the definitions can't answer it.
fn question(kind: Kind, findings: &[&Finding], group: &[Member]) -> Option<Message> {
    let cells = findings.iter().map(|finding| {
        let count = finding.args.get("count").and_then(|count| count.parse::<usize>().ok());
        count.unwrap_or(1)
    });
    let count: usize = cells.sum();
    let listed = values_of(findings);
    Some(match kind {
        Kind::YearMissing => {
            let years: BTreeSet<i32> = group
                .iter()
                .filter_map(|member| Some(member.looked.alone.span?.1.year()))
                .collect();
            let year = years.last().map_or("…".to_owned(), i32::to_string);
            message!(
                "year = {year} ?    # {count} dates have no year: {listed}",
                year,
                count,
                listed
            )
        }
        Kind::AmbiguousDate => {
            message!(
                "date-order = \"day-month\" ?    # or \"month-day\": {listed} can be read two ways",
                listed
            )
        }
        Kind::UnknownMark | Kind::AmbiguousMark => {
            message!(
                "marks = { present = [{listed}], absent = [] } ?    # which of these means what ({count} cells)",
                listed,
                count
            )
        }
        Kind::HeadingUnclear => {
            let heading = findings[0].args.get("heading").map_or("…", String::as_str);
            let taken = findings[0].args.get("taken").map_or("…", String::as_str);
            message!(
                "columns = { \"{heading}\" = \"…\" } ?    # taken for {taken}",
                heading = one_line(heading),
                taken = one_line(taken)
            )
        }
        Kind::BlankTaken => {
            let meaning = findings[0].args.get("meaning").map_or("absent", String::as_str);
            message!(
                "blank = \"{meaning}\" ?    # as blank cells were read",
                meaning = one_line(meaning)
            )
        }
        _ => return None,
    })
}

/// The first values that the findings tell, as a list of quoted texts.
fn values_of(findings: &[&Finding]) -> String {
    let told = findings.iter().filter_map(|one| one.args.get("value"));
    let values: BTreeSet<&str> = told.map(String::as_str).collect();
    let quoted = values
        .into_iter()
        .take(VALUES)
        .map(|value| format!("\"{}\"", one_line(value)));
    quoted.collect::<Vec<_>>().join(", ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
