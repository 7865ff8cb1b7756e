//! A file looked at: what `check` would find if a project had this file alone.

use std::path::{Path, PathBuf};

use crate::ingest::reading::{SheetPart, Table};
use crate::ingest::records::{Finding, Place, Severity};
use crate::ingest::rows::RowDate;
pub(crate) use crate::ingest::tables_of;
use crate::ingest::vocabulary::Role;
use crate::ingest::workbook::Unreadable;
use crate::ingest::{self, Alone};
use crate::people::{self, facts::Facts, model::People};
use crate::project::model::{ActivityRule, Layout, Source};

/// What a registry gives its people, and a list of a session seldom has without a day.
const DESCRIBING: &[Role] = &[Role::ClientCode];
/// Headings of lists of a session.
const OF_SESSIONS: &[Role] = &[
    Role::Signature,
    Role::SessionDate,
    Role::SessionTime,
    Role::Event,
    Role::Topic,
    Role::AttendedFlag,
    Role::SessionsAttended,
    Role::FormIndex,
    Role::FormParent,
    Role::FormRoot,
    Role::FormInstance,
    Role::Service,
];

/// A file looked at.
pub(crate) struct Looked {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// As a project of the file alone reads it.
    pub(crate) alone: Alone,
    /// Who was recognised.
    pub(crate) people: People,
    /// What counts, with every finding.
    pub(crate) facts: Facts,
}

/// Looks at a file about which nothing is said.
pub(crate) fn look(path: &Path) -> Result<Looked, Unreadable> {
    let mut source = Source::unspecified("*");
    let mut alone = ingest::read_alone(path, &source)?;
    if is_registry(&alone) {
        source.layout = Some(Layout::Registry);
        source.activity = ActivityRule::None;
        alone = ingest::read_alone(path, &source)?;
    }
    let people = people::recognise(&alone.records);
    let facts = people::assemble::assemble(&alone.project, &alone.records, &people, alone.project.end);
    Ok(Looked {
        path: path.to_owned(),
        alone,
        people,
        facts,
    })
}

/// Whether all tables say who people are, and no word in them speaks of a session: no day, no event, nothing signed.
fn is_registry(alone: &Alone) -> bool {
    let mut tables = alone.reading.sheets.iter().flat_map(tables_of).peekable();
    tables.peek().is_some()
        && tables.all(|table| {
            let block = &table.block;
            let undated = table.rows.iter().all(|row| row.session.date == RowDate::Missing);
            block.layout == Layout::Registry
                || (block.layout == Layout::List && undated && block.has(DESCRIBING) && !block.has(OF_SESSIONS))
        })
}

impl Looked {
    /// The sheets in workbook order, each with its number.
    pub(crate) fn sheets(&self) -> impl Iterator<Item = (u16, &SheetPart)> {
        (0..).zip(&self.alone.reading.sheets)
    }

    /// All tables in order of place, each with the number of its sheet.
    pub(crate) fn tables(&self) -> impl Iterator<Item = (u16, &Table)> {
        self.sheets()
            .flat_map(|(sheet, part)| tables_of(part).iter().map(move |table| (sheet, table)))
    }

    /// Layouts of all tables.
    pub(crate) fn layouts(&self) -> Vec<Layout> {
        self.tables().map(|(_, table)| table.block.layout).collect()
    }

    /// The findings that say something about this file, the gravest first and then in order of place.
    pub(crate) fn findings(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.facts.findings.iter().collect();
        findings.sort_by_key(|finding| (std::cmp::Reverse(finding.kind.severity()), finding.kind, finding.place));
        findings
    }

    /// How many findings somebody should look at.
    pub(crate) fn doubts(&self) -> usize {
        let findings = self.facts.findings.iter();
        findings.filter(|finding| is_doubt(finding)).count()
    }
}

/// Whether a finding is a question or a doubt, and not only worth knowing.
pub(crate) fn is_doubt(finding: &Finding) -> bool {
    finding.kind.severity() > Severity::Note
}

/// Whether a place is on a sheet; places of a whole file are on none.
pub(crate) fn on_sheet(place: Option<Place>, sheet: u16, sheets: usize) -> bool {
    place.is_some_and(|place| place.sheet == sheet && usize::from(place.sheet) < sheets)
}
