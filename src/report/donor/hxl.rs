//! CSV with HXL tags: headings, a row of tags, then a row per indicator, period and place or other category.
//!
//! Sex, age, displacement and disability are columns told apart by attributes; every other category is a row. A
//! value that is no number leaves its cell empty, and the last column says which cell and why.

use indexmap::{IndexMap, IndexSet};

use super::machine::{self, Axis, Part, Slot, levels};
use crate::logframe::figures::{Figure, Scope, Value};
use crate::project::model::{Area, Disaggregation, Indicator, Measure, Rule, Unit};
use crate::report::codes::{scope_code, unit_code};
use crate::report::csv::{Table, text as plain_text};
use crate::report::labels::plain_number;
use crate::report::view::View;

const LEVELS: usize = 5;
/// Columns before the values: key of the heading, tag.
const COLUMNS: [(&str, &str); 18] = [
    ("partner.code", "#indicator+code"),
    ("partner.indicator", "#indicator+name"),
    ("partner.unit", "#indicator+unit"),
    ("partner.scope", "#meta+scope"),
    ("partner.start", "#date+start"),
    ("partner.end", "#date+end"),
    ("partner.place", "#loc+name"),
    ("partner.adm1", "#adm1+name"),
    ("partner.adm_code", "#adm1+code"),
    ("partner.adm2", "#adm2+name"),
    ("partner.adm_code", "#adm2+code"),
    ("partner.adm3", "#adm3+name"),
    ("partner.adm_code", "#adm3+code"),
    ("partner.adm4", "#adm4+name"),
    ("partner.adm_code", "#adm4+code"),
    ("partner.adm5", "#adm5+name"),
    ("partner.adm_code", "#adm5+code"),
    ("partner.breakdown", "#meta+breakdown"),
];

/// A row beside its values: indicator, period, place as written, breakdown and category.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    indicator: usize,
    scope: Scope,
    period: usize,
    place: Option<String>,
    breakdown: String,
    category: String,
}

/// The values of a row by tag, and what the empty ones mean.
#[derive(Debug, Default)]
struct Values {
    shown: IndexMap<String, String>,
    blanks: Vec<String>,
}

pub(super) fn text(view: &View) -> String {
    let mut rows: IndexMap<Key, Values> = IndexMap::new();
    let mut slots: IndexMap<(usize, Scope, usize), Slot> = IndexMap::new();
    for (index, indicator) in view.indicators() {
        for slot in machine::all_slots(view, index) {
            slots.insert((index, slot.scope, slot.index), slot);
            collect(view, (index, indicator), slot, &mut rows);
        }
    }
    let tags: IndexSet<&str> = rows
        .values()
        .flat_map(|row| row.shown.keys().map(String::as_str))
        .collect();
    let labels = &view.labels;
    let fixed = COLUMNS.iter().map(|(key, _)| labels.get(key).to_owned());
    let values = tags.iter().map(|tag| heading(view, tag));
    let last = ["partner.category", "partner.blanks"].map(|key| labels.get(key).to_owned());
    let [category, blanks] = last;
    let heads: Vec<String> = fixed.chain([category]).chain(values).chain([blanks]).collect();
    let fixed = COLUMNS.iter().map(|(_, tag)| *tag).chain(["#meta+category"]);
    let tag_row: Vec<String> = fixed
        .chain(tags.iter().copied())
        .chain(["#meta+blanks"])
        .map(str::to_owned)
        .collect();
    let heads: Vec<String> = heads.iter().map(|head| plain_text(head)).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = Table::new(&heads);
    table.row(&tag_row);
    for (key, values) in &rows {
        if let Some(slot) = slots.get(&(key.indicator, key.scope, key.period)) {
            table.row(&row(view, key, values, slot, &tags));
        }
    }
    String::from_utf8(table.finish()).unwrap_or_default()
}

/// Puts the figures of an indicator in a period into their rows.
fn collect(view: &View, (index, indicator): (usize, &Indicator), slot: Slot, rows: &mut IndexMap<Key, Values>) {
    let whole = Key {
        indicator: index,
        scope: slot.scope,
        period: slot.index,
        place: None,
        breakdown: String::new(),
        category: String::new(),
    };
    if let Some(total) = view.total(index, slot.scope, slot.index) {
        rows.entry(whole.clone()).or_default().put(indicator, total, "");
    }
    for (disaggregation, figure) in machine::cells(view, index, slot) {
        let (place, attributes) = sides(disaggregation, figure).unwrap_or_default();
        let by_row = attributes.is_none();
        let lives = machine::axes(disaggregation).contains(&Axis::Home);
        let key = Key {
            place,
            breakdown: if by_row || lives {
                view.disaggregation(disaggregation)
            } else {
                String::new()
            },
            category: if by_row {
                view.category(disaggregation, &figure.category)
            } else {
                String::new()
            },
            ..whole.clone()
        };
        rows.entry(key)
            .or_default()
            .put(indicator, figure, &attributes.unwrap_or_default());
    }
}

/// The place of a cell and the attributes that tell the rest of it; no attributes where HXL has none for it.
fn sides(disaggregation: &Disaggregation, figure: &Figure) -> Option<(Option<String>, Option<String>)> {
    let mut axes = machine::axes(disaggregation);
    let mut parts = machine::parts(disaggregation, &figure.category)?;
    let at = axes.iter().position(|axis| matches!(axis, Axis::Site | Axis::Home));
    let place = at.map(|at| {
        axes.remove(at);
        parts.remove(at)
    });
    let name = match place {
        Some(Part::Place(name)) => Some(name),
        // A place that is not known is a category like any other.
        Some(_) => return Some((None, None)),
        None => None,
    };
    Some((name, attributes(&axes, &parts)))
}

/// HXL attributes of a category: `+f+children+age_0_17`; none where a side of it has none.
pub(super) fn attributes(axes: &[Axis], parts: &[Part]) -> Option<String> {
    let sides = axes.iter().zip(parts).map(|(axis, part)| match (axis, part) {
        (Axis::Sex, Part::Female) => Some("+f".to_owned()),
        (Axis::Sex, Part::Male) => Some("+m".to_owned()),
        (Axis::Sex, Part::OtherSex) => Some("+i".to_owned()),
        (Axis::Sex, Part::Unknown) => Some("+sex_unknown".to_owned()),
        (Axis::Age, Part::Years(from, to)) => Some(age(*from, *to)),
        (Axis::Age, Part::Unknown) => Some("+age_unknown".to_owned()),
        (Axis::Displaced, Part::Holds(true)) => Some("+idps".to_owned()),
        (Axis::Displaced, Part::Holds(false)) => Some("+non_idps".to_owned()),
        (Axis::Displaced, Part::Unknown) => Some("+idps_unknown".to_owned()),
        (Axis::Disability, Part::Holds(true)) => Some("+disabled".to_owned()),
        (Axis::Disability, Part::Holds(false)) => Some("+non_disabled".to_owned()),
        (Axis::Disability, Part::Unknown) => Some("+disabled_unknown".to_owned()),
        (Axis::Newness, Part::New) => Some("+new".to_owned()),
        (Axis::Newness, Part::Returning) => Some("+returning".to_owned()),
        _ => None,
    });
    sides.collect()
}

/// The group of HXL that holds the band whole, and the band.
fn age(from: u32, to: Option<u32>) -> String {
    let group = match (from, to) {
        (_, Some(..=17)) => "+children",
        (60.., _) => "+elderly",
        (18.., _) => "+adults",
        _ => "",
    };
    match to {
        Some(to) => format!("{group}+age_{from}_{to}"),
        None => format!("{group}+age_{from}_plus"),
    }
}

impl Values {
    fn put(&mut self, indicator: &Indicator, figure: &Figure, attributes: &str) {
        let tag = tag(indicator);
        let column = format!("{tag}{attributes}");
        let value = machine::value(figure, indicator);
        let shown = value.number().map(|number| plain_number(number, indicator.decimals));
        let why = match value {
            Value::Number(_) => None,
            Value::NoData => Some("no-data"),
            Value::Suppressed => Some("suppressed"),
            Value::NotApplicable => Some("not-applicable"),
        };
        self.blanks.extend(why.map(|why| format!("{column}={why}")));
        self.shown.insert(column, shown.unwrap_or_default());
        if let Some(target) = machine::target(figure) {
            let column = format!("{}{attributes}", targeted(&tag));
            self.shown.insert(column, plain_number(target, indicator.decimals));
        }
    }
}

/// The tag of an indicator's values.
fn tag(indicator: &Indicator) -> String {
    let given = indicator.for_donors.hxl.trim();
    if is_tag(given) {
        return given.to_owned();
    }
    let households = match &indicator.rule {
        Rule::Single(counted) => counted.measure == Measure::Households,
        Rule::Ratio { .. } | Rule::Derived { .. } => false,
    };
    match indicator.unit {
        _ if households => "#reached+hh",
        Unit::Persons => "#reached+ind",
        Unit::Contacts => "#reached+contacts",
        Unit::Sessions => "#indicator+value+sessions",
        Unit::Percent => "#indicator+value+pct",
        Unit::Findings | Unit::Number => "#indicator+value+num",
    }
    .to_owned()
}

/// Whether a text is a tag with attributes as HXL writes them.
fn is_tag(text: &str) -> bool {
    let word = |word: &str| {
        word.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && word
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    text.strip_prefix('#').is_some_and(|words| words.split('+').all(word))
}

/// The tag of what was to be reached.
fn targeted(tag: &str) -> String {
    match tag.strip_prefix("#reached") {
        Some(attributes) => format!("#targeted{attributes}"),
        None => match tag.strip_prefix("#indicator+value") {
            Some(attributes) => format!("#indicator+target{attributes}"),
            None => format!("{tag}+target"),
        },
    }
}

/// What a reader sees over a value's column: the tag in words where it is one of ours.
fn heading(view: &View, tag: &str) -> String {
    let key = match tag {
        _ if tag.starts_with("#targeted") || tag.contains("+target") => "partner.target",
        _ => "partner.value",
    };
    format!(
        "{} {}",
        view.labels.get(key),
        tag.trim_start_matches('#').replace('+', " ")
    )
}

fn row(view: &View, key: &Key, values: &Values, slot: &Slot, tags: &IndexSet<&str>) -> Vec<String> {
    let indicator = &view.report.project.indicators[key.indicator];
    let (area, name) = located(view, key.place.as_deref());
    let (start, end) = slot.days(view);
    let mut cells = vec![
        plain_text(&indicator.code),
        plain_text(&view.statement(indicator)),
        unit_code(indicator.unit).to_owned(),
        scope_code(key.scope).to_owned(),
        start.to_string(),
        end.to_string(),
        plain_text(&name),
    ];
    for level in levels::<LEVELS>(view, area) {
        cells.push(level.map_or_else(String::new, |area| plain_text(&area.name)));
        cells.push(level.map_or_else(String::new, |area| plain_text(&area.code)));
    }
    cells.extend([plain_text(&key.breakdown), plain_text(&key.category)]);
    cells.extend(
        tags.iter()
            .map(|tag| values.shown.get(*tag).cloned().unwrap_or_default()),
    );
    cells.push(plain_text(&values.blanks.join(" ")));
    cells
}

fn located<'a>(view: &View<'a>, place: Option<&str>) -> (Option<&'a Area>, String) {
    let area = match place {
        None => machine::home(view),
        Some(name) => machine::place(view, name),
    };
    let written = place.map(str::to_owned).unwrap_or_default();
    (area, area.map_or(written, |area| area.name.clone()))
}

#[cfg(test)]
mod tests;
