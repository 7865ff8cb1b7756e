//! The tree of definitions → sheets of cells, before anything is drawn.

use super::breakdown::{BREAKDOWNS, TARGET_KEYS, name};
use super::form::{Form, form};
use super::open::Cell;
use super::plan::{
    COMMENT, Column, INDICATOR, PROJECT, Rows, SOURCES, SheetPlan, TARGET_COLUMNS, TARGETS, choices, columns,
    in_targets, loose_keys, name_column, sentence, sheets,
};
use super::read::{KEY_COLUMNS, VALUE};
use super::toml_text::{inline, key_text};
use super::tree::Tree;
use super::value::cell;
use crate::message::{Message, Tongue, message};
use crate::project::keys::LANGUAGES;
use crate::project::node::Node;
use crate::project::shape::{Choice, Key, Need, Section, Shape};

/// A sheet to be drawn.
#[derive(Debug)]
pub(super) struct Grid {
    /// Name.
    pub(super) name: String,
    /// Columns from left to right.
    pub(super) columns: Vec<GridColumn>,
    /// Whether a row below the headings explains them.
    pub(super) explained: bool,
    /// Rows below; a blank cell is none.
    pub(super) rows: Vec<Vec<Option<Cell>>>,
    /// Words offered in single cells: row among `rows`, column, words.
    pub(super) offered: Vec<(usize, usize, Offer)>,
}

/// A column to be drawn.
#[derive(Debug)]
pub(super) struct GridColumn {
    /// Heading.
    pub(super) heading: String,
    /// What it means.
    pub(super) doc: String,
    /// Whether every row needs it.
    pub(super) required: bool,
    /// How wide it is.
    pub(super) width: Width,
    /// Words offered in each of its cells.
    pub(super) offer: Option<Offer>,
}

/// Words offered by a drop-down.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    /// Where the words come from.
    pub(super) from: Words,
    /// Whether no other word is accepted.
    pub(super) closed: bool,
}

/// Where offered words come from.
#[derive(Debug, Clone)]
pub(super) enum Words {
    /// A closed list of the grammar.
    Choices(&'static [Choice]),
    /// `yes` and `no`.
    YesNo,
    /// Names of catalogue entries.
    Catalogue,
    /// Codes of the items of a sheet.
    Codes(String),
}

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// Numbers, days, codes.
    Narrow,
    /// Words.
    Middle,
    /// Sentences and TOML.
    Wide,
}

/// Every sheet of definitions, explained in a language.
pub(super) fn grids(tree: &Tree<'_>, tongue: &dyn Tongue) -> Vec<Grid> {
    let mut grids: Vec<Grid> = sheets().iter().map(|plan| grid(plan, tree, tongue)).collect();
    grids.push(targets(tree, tongue));
    grids
}

/// Writes a remark beside each source, in a column that is never read.
pub(super) fn remark(grids: &mut [Grid], remarks: &[String], tongue: &dyn Tongue) {
    let Some(grid) = grids.iter_mut().find(|grid| grid.name == SOURCES) else {
        return;
    };
    let heading = format!("{COMMENT} {}", message!("what was seen, and questions").told(tongue));
    for (row, remark) in grid.rows.iter_mut().zip(remarks) {
        row.resize(grid.columns.len(), None);
        row.push(Some(Cell::Text(remark.clone())));
    }
    grid.columns.push(plain_column(&heading, String::new(), Width::Wide));
}

fn grid(plan: &SheetPlan, tree: &Tree<'_>, tongue: &dyn Tongue) -> Grid {
    let phrase = |doc: &str| Message::phrase(doc).told(tongue);
    match plan.rows {
        Rows::Keys(section) => keys(plan, section, tree, tongue),
        Rows::Items(section) => {
            let columns = columns(section, plan.key.name == INDICATOR);
            let items = tree.tables(plan.key.name);
            let rows = items.into_iter().map(|item| row(&columns, item)).collect();
            sheet(plan, columns.iter().map(|one| column(one, tongue)).collect(), rows)
        }
        Rows::Named(section) => {
            let columns = columns(section, false);
            let items = tree.own(plan.key.name).map(Node::entries).unwrap_or_default();
            let rows = items.into_iter().map(|(name, _, item)| {
                let mut cells = vec![Some(Cell::Text(name.to_owned()))];
                cells.extend(row(&columns, item));
                cells
            });
            let mut all = vec![plain_column(name_column(section), phrase(plan.key.doc), Width::Middle)];
            all.extend(columns.iter().map(|one| column(one, tongue)));
            sheet(plan, all, rows.collect())
        }
        Rows::Values(shape) => {
            let items = tree.own(plan.key.name).map(Node::entries).unwrap_or_default();
            let rows = items.into_iter().map(|(name, _, item)| {
                let mut cells = vec![Some(Cell::Text(name.to_owned()))];
                cells.extend(values(shape, Some(item)));
                cells
            });
            let mut all = vec![plain_column("name", phrase(plan.key.doc), Width::Middle)];
            all.extend(value_columns(shape, tongue));
            sheet(plan, all, rows.collect())
        }
    }
}

fn sheet(plan: &SheetPlan, columns: Vec<GridColumn>, rows: Vec<Vec<Option<Cell>>>) -> Grid {
    Grid {
        name: plan.name.clone(),
        columns,
        explained: true,
        rows,
        offered: Vec::new(),
    }
}

fn plain_column(heading: &str, doc: String, width: Width) -> GridColumn {
    GridColumn {
        heading: heading.to_owned(),
        doc,
        required: false,
        width,
        offer: None,
    }
}

fn column(column: &Column, tongue: &dyn Tongue) -> GridColumn {
    GridColumn {
        heading: column.heading(),
        doc: sentence(column.key).told(tongue),
        required: column.key.need == Need::Required,
        width: width(&column.key.shape),
        offer: offer(column.key),
    }
}

fn width(shape: &Shape) -> Width {
    match form(shape) {
        Form::Number | Form::YesNo | Form::Day => Width::Narrow,
        Form::Text | Form::Texts => Width::Middle,
        Form::Words | Form::List(_) | Form::Table => Width::Wide,
        Form::Either(shapes) => match shapes.iter().map(width).min_by_key(|width| *width as u8) {
            Some(Width::Narrow) | None => Width::Middle,
            Some(width) => width,
        },
    }
}

/// The words that may stand under a key.
fn offer(key: &Key) -> Option<Offer> {
    if let Some(words) = choices(&key.shape) {
        let closed = matches!(key.shape, Shape::OneOf(_));
        return Some(Offer {
            from: Words::Choices(words),
            closed,
        });
    }
    let open = |from| Some(Offer { from, closed: false });
    match form(&key.shape) {
        Form::YesNo => Some(Offer {
            from: Words::YesNo,
            closed: true,
        }),
        _ if key.name == "use" => open(Words::Catalogue),
        // A key named like a table refers to the items of that table by their codes.
        _ => sheets()
            .into_iter()
            .find(|plan| plan.key.name == key.name && matches!(plan.rows, Rows::Items(_)))
            .and_then(|plan| open(Words::Codes(plan.name))),
    }
}

/// The cells of an item.
fn row(columns: &[Column], item: Node<'_>) -> Vec<Option<Cell>> {
    let table = item.view();
    let cells = columns.iter().map(|column| {
        let value = table.own(column.key.name)?;
        match column.language {
            Some(language) => text_in(value, language),
            None if column.key.name == BREAKDOWNS => Some(without_targets(value, &column.key.shape)),
            None => Some(cell(value, &column.key.shape)),
        }
    });
    cells.collect()
}

/// A text in one language; one for all languages is the English one.
fn text_in(value: Node<'_>, language: &str) -> Option<Cell> {
    let text = if value.is_table() {
        value.view().own(language)
    } else {
        Some(value)
    };
    let text = text.filter(|_| value.is_table() || language == "en")?;
    Some(cell(text, &Shape::Text))
}

/// Breakdowns without the targets of single categories, which stand on the sheet of targets.
fn without_targets(value: Node<'_>, shape: &Shape) -> Cell {
    let has = |item: &Node<'_>| TARGET_KEYS.iter().any(|key| item.view().own(key).is_some());
    let items = value.one_or_many();
    if !items.iter().any(has) {
        return cell(value, shape);
    }
    let items = items.into_iter().map(|item| {
        if !has(&item) {
            return inline(item);
        }
        let kept = item
            .entries()
            .into_iter()
            .filter(|(key, _, _)| !TARGET_KEYS.contains(key));
        let pairs: Vec<String> = kept
            .map(|(key, _, value)| format!("{} = {}", key_text(key), inline(value)))
            .collect();
        format!("{{ {} }}", pairs.join(", "))
    });
    Cell::Text(format!("[{}]", items.collect::<Vec<_>>().join(", ")))
}

fn value_columns(shape: &Shape, tongue: &dyn Tongue) -> Vec<GridColumn> {
    let mut columns = vec![plain_column(VALUE, message!("The value.").told(tongue), Width::Wide)];
    if matches!(form(shape), Form::Words) {
        let languages = LANGUAGES.iter().map(|language| {
            let doc = message!("The value in {language}.", language = Message::phrase(language.doc)).told(tongue);
            plain_column(&format!("{VALUE} ({})", language.code), doc, Width::Wide)
        });
        columns = languages.collect();
    }
    columns
}

/// The cells of one value: the value, or a text for each language.
fn values(shape: &Shape, value: Option<Node<'_>>) -> Vec<Option<Cell>> {
    match form(shape) {
        Form::Words => {
            let languages = LANGUAGES.iter();
            languages.map(|language| text_in(value?, language.code)).collect()
        }
        _ => vec![value.map(|value| cell(value, shape))],
    }
}

fn keys(plan: &SheetPlan, section: &'static Section, tree: &Tree<'_>, tongue: &dyn Tongue) -> Grid {
    let loose: Vec<&'static Key> = if plan.name == PROJECT {
        loose_keys().collect()
    } else {
        Vec::new()
    };
    let own = tree.own(plan.key.name);
    let languages = section.keys.iter().any(|key| matches!(form(&key.shape), Form::Words));
    let mut grid = sheet(
        plan,
        vec![plain_column(KEY_COLUMNS[0], String::new(), Width::Middle)],
        Vec::new(),
    );
    grid.explained = false;
    grid.columns.push(plain_column(VALUE, String::new(), Width::Wide));
    if languages {
        grid.columns.extend(value_columns(&Shape::Words, tongue));
    }
    grid.columns.push(plain_column(
        &format!("{COMMENT} {}", message!("what it means").told(tongue)),
        String::new(),
        Width::Wide,
    ));
    let of_section = section
        .keys
        .iter()
        .map(|key| (key, own.and_then(|own| own.view().own(key.name))));
    let of_loose = loose.into_iter().map(|key| (key, tree.own(key.name)));
    for (key, value) in of_section.chain(of_loose) {
        let mut cells = vec![Some(Cell::Text(key.name.to_owned()))];
        let found = values(&key.shape, value);
        if matches!(form(&key.shape), Form::Words) {
            cells.push(None);
            cells.extend(found);
        } else {
            cells.extend(found);
            cells.extend(LANGUAGES.iter().filter(|_| languages).map(|_| None));
        }
        cells.push(Some(Cell::Text(sentence(key).told(tongue))));
        grid.offered.extend(offer(key).map(|offer| (grid.rows.len(), 1, offer)));
        grid.rows.push(cells);
    }
    grid
}

/// The sheet of targets.
fn targets(tree: &Tree<'_>, tongue: &dyn Tongue) -> Grid {
    let docs = [
        message!("Code of the indicator."),
        message!("Period such as 2026-Q1; blank for the life of the project."),
        message!("Breakdown, for the target of a single category."),
        message!("Category of the breakdown."),
        message!("The target; a row without one is passed over."),
    ];
    let widths = [
        Width::Narrow,
        Width::Narrow,
        Width::Middle,
        Width::Middle,
        Width::Narrow,
    ];
    let mut columns: Vec<GridColumn> = TARGET_COLUMNS
        .iter()
        .zip(docs)
        .zip(widths)
        .map(|((heading, doc), width)| plain_column(heading, doc.told(tongue), width))
        .collect();
    let indicators = sheets().into_iter().find(|plan| plan.key.name == INDICATOR);
    if let (Some(plan), Some(code)) = (indicators, columns.first_mut()) {
        code.required = true;
        code.offer = Some(Offer {
            from: Words::Codes(plan.name),
            closed: false,
        });
    }
    let rows = tree.tables(INDICATOR).into_iter().flat_map(target_rows);
    Grid {
        name: TARGETS.to_owned(),
        columns,
        explained: true,
        rows: rows.collect(),
        offered: Vec::new(),
    }
}

fn target_rows(indicator: Node<'_>) -> Vec<Vec<Option<Cell>>> {
    let table = indicator.view();
    let code = table.text("code").unwrap_or_default();
    let text = |text: &str| (!text.is_empty()).then(|| Cell::Text(text.to_owned()));
    let row = |place: [&str; 3], target: Node<'_>| {
        let [period, breakdown, category] = place.map(text);
        vec![
            text(&code),
            period,
            breakdown,
            category,
            Some(cell(target, &Shape::Number)),
        ]
    };
    let mut rows = Vec::new();
    let [target, milestones] = TARGET_KEYS.map(|key| table.own(key).filter(|_| in_targets(key)));
    rows.extend(target.map(|target| row(["", "", ""], target)));
    for (period, _, target) in milestones.map(Node::entries).unwrap_or_default() {
        rows.push(row([period, "", ""], target));
    }
    for item in table.own(BREAKDOWNS).map(Node::one_or_many).unwrap_or_default() {
        let (breakdown, item) = (name(item), item.view());
        for (category, _, target) in item.own(TARGET_KEYS[0]).map(Node::entries).unwrap_or_default() {
            rows.push(row(["", &breakdown, category], target));
        }
        for (period, _, categories) in item.own(TARGET_KEYS[1]).map(Node::entries).unwrap_or_default() {
            for (category, _, target) in categories.entries() {
                rows.push(row([period, &breakdown, category], target));
            }
        }
    }
    rows
}
