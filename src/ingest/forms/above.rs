//! The row above each row of a repeat: in the same workbook, or in another file of the same export.

use std::collections::{BTreeSet, HashMap};

use super::FormRow;
use crate::ingest::records::{FileId, Place, SourceFile};
use crate::ingest::vocabulary;
use crate::project::model::Source;

/// A sheet, or the whole of a text file.
type Table = (FileId, u16);

/// Where the rows above may stand.
struct Above<'r> {
    sources: &'r [Source],
    named: &'r [SourceFile],
    /// Rows by their number in their table.
    numbered: HashMap<(Table, &'r str), Vec<&'r FormRow<'r>>>,
    /// Rows by what tells them from all others.
    keyed: HashMap<&'r str, &'r FormRow<'r>>,
    /// Tables of forms, with their sources, in order of place.
    forms: Vec<(Table, usize)>,
    /// Tables of forms and of repeats, in order of place.
    tables: Vec<Table>,
}

/// The place of the row above each row of a repeat, as far as it is there.
pub(super) fn parents(
    forms: &[FormRow],
    parts: &[FormRow],
    sources: &[Source],
    named: &[SourceFile],
) -> HashMap<Place, Place> {
    let above = Above::of(forms, parts, sources, named);
    let mut elsewhere: HashMap<Table, Option<Table>> = HashMap::new();
    let mut parents = HashMap::new();
    for part in parts {
        let own = table_of(part);
        let found = above.beside(part).or_else(|| {
            let other = elsewhere.entry(own).or_insert_with(|| above.other_file(own, parts));
            above.by_number(part, (*other)?)
        });
        if let Some(place) = found.filter(|place| *place != part.place) {
            parents.insert(part.place, place);
        }
    }
    parents
}

fn table_of(row: &FormRow) -> Table {
    (row.place.file, row.place.sheet)
}

impl<'r> Above<'r> {
    fn of(forms: &'r [FormRow], parts: &'r [FormRow], sources: &'r [Source], named: &'r [SourceFile]) -> Self {
        let mut above = Self {
            sources,
            named,
            numbered: HashMap::new(),
            keyed: HashMap::new(),
            forms: forms.iter().map(|form| (table_of(form), form.source)).collect(),
            tables: forms.iter().chain(parts).map(table_of).collect(),
        };
        above.forms.dedup();
        above.tables.sort_unstable();
        above.tables.dedup();
        for row in forms.iter().chain(parts) {
            if let Some(index) = &row.cells.index {
                above.numbered.entry((table_of(row), index)).or_default().push(row);
            }
        }
        for form in forms {
            if let Some(instance) = &form.cells.instance {
                above.keyed.entry(instance).or_insert(form);
            }
        }
        above
    }

    fn by_number(&self, part: &FormRow, table: Table) -> Option<Place> {
        let rows = self.numbered.get(&(table, part.cells.parent.as_deref()?))?;
        let same = rows
            .iter()
            .find(|row| part.cells.instance.is_some() && row.cells.instance == part.cells.instance);
        same.or(rows.first()).map(|row| row.place)
    }

    /// The row above in the tables that stand beside it or that its source names, else the form that it names itself.
    fn beside(&self, part: &FormRow) -> Option<Place> {
        let by_number = self
            .tables_beside(part)
            .into_iter()
            .find_map(|table| self.by_number(part, table));
        by_number.or_else(|| {
            let keys = [&part.cells.parent, &part.cells.instance];
            // A repeat within a repeat names its form and, after a slash, the row of the repeat.
            let mut keys = keys.into_iter().flatten().filter_map(|key| key.split('/').next());
            keys.find_map(|key| self.keyed.get(key)).map(|row| row.place)
        })
    }

    /// Tables of forms beside a row of a repeat, likeliest first.
    fn tables_beside(&self, part: &FormRow) -> Vec<Table> {
        let above = self.sources[part.source].parent.as_deref();
        let wanted = |source: usize| above.is_none_or(|name| self.sources[source].name == name);
        let forms = self.forms.iter();
        let mut tables: Vec<Table> = forms
            .filter(|((file, _), source)| wanted(*source) && (above.is_some() || *file == part.place.file))
            .map(|(table, _)| *table)
            .collect();
        tables.sort_by_key(|(file, _)| *file != part.place.file);
        if let (None, Some(name)) = (above, &part.cells.parent_table) {
            let name = vocabulary::normalise(name);
            let sheets = &self.named[part.place.file.index()].sheets;
            let named = sheets.iter().position(|sheet| vocabulary::normalise(sheet) == name);
            let named = named.and_then(|sheet| u16::try_from(sheet).ok());
            tables.splice(0..0, named.map(|sheet| (part.place.file, sheet)));
        }
        tables
    }

    /// The table of another file that the rows of a repeat belong to: the one that they name, else the only one of forms
    /// in the same folder that has all the numbers they ask for.
    fn other_file(&self, own: Table, parts: &[FormRow]) -> Option<Table> {
        let parts: Vec<&FormRow> = parts.iter().filter(|part| table_of(part) == own).collect();
        let first = parts.first()?;
        if self.sources[first.source].parent.is_some() {
            return None;
        }
        let folder = |file: FileId| {
            self.named[file.index()]
                .path
                .rsplit_once('/')
                .map_or("", |(folder, _)| folder)
        };
        let asked: BTreeSet<&str> = parts.iter().filter_map(|part| part.cells.parent.as_deref()).collect();
        let holds = |table: Table| asked.iter().all(|number| self.numbered.contains_key(&(table, *number)));
        let fits = |table: &Table| table.0 != own.0 && folder(table.0) == folder(own.0) && holds(*table);
        let mut named = self
            .tables
            .iter()
            .copied()
            .filter(fits)
            .filter(|table| self.is_called(*table, first));
        if let Some(table) = named.next() {
            return Some(table);
        }
        let mut forms = self.forms.iter().map(|(table, _)| *table).filter(fits);
        forms.next().filter(|_| forms.next().is_none())
    }

    /// Whether a table is called what a row calls the one above: its sheet, or the end of its file's name.
    fn is_called(&self, (file, sheet): Table, part: &FormRow) -> bool {
        let Some(name) = part.cells.parent_table.as_deref().map(vocabulary::normalise) else {
            return false;
        };
        let file = &self.named[file.index()];
        let stem = file.path.rsplit('/').next().unwrap_or_default();
        let stem = vocabulary::normalise(stem.rsplit_once('.').map_or(stem, |(stem, _)| stem));
        let ends = stem.strip_suffix(name.as_str());
        let whole_words = ends.is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        let sheet = file.sheets.get(usize::from(sheet));
        !name.is_empty() && (whole_words || sheet.is_some_and(|sheet| vocabulary::normalise(sheet) == name))
    }
}
