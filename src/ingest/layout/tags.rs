//! Tags under the headings by which programs know columns (`#date+start`, `#reached+f`): they say what a heading in
//! whatever words means.

use super::Column;
use crate::ingest::body::are_tags;
use crate::ingest::grid::Grid;
use crate::ingest::vocabulary::Role;

/// What the tags under a header say of the columns whose headings say nothing.
pub(super) fn tell(grid: &Grid, bottom: u32, known: &mut Vec<Column>, open: &mut Vec<Column>) {
    let row = bottom.saturating_add(1);
    if !are_tags(grid, row) {
        return;
    }
    let (told, others): (Vec<Column>, Vec<Column>) = std::mem::take(open)
        .into_iter()
        .partition(|column| role(&grid.text(row, column.index)).is_some());
    *open = others;
    for mut column in told {
        let role = role(&grid.text(row, column.index));
        match role.filter(|role| known.iter().all(|known| known.role != Some(*role))) {
            Some(role) => {
                column.role = Some(role);
                role.key().clone_into(&mut column.key);
                known.push(column);
            }
            None => open.push(column),
        }
    }
    known.sort_by_key(|column| column.index);
    open.sort_by_key(|column| column.index);
}

/// The role of a tag with its attributes; plans and needs are no head-counts.
fn role(tag: &str) -> Option<Role> {
    let tag = tag.trim().to_lowercase();
    let mut parts = tag.split('+').map(str::trim);
    let base = parts.next()?;
    let attributes: Vec<&str> = parts.collect();
    let has = |attribute: &str| attributes.contains(&attribute);
    let young = has("children") || has("infants") || has("adolescents");
    match base {
        "#date" if !has("end") && !has("reported") => Some(Role::SessionDate),
        "#activity" | "#event" => Some(Role::Event).filter(|_| !has("code") && !has("id")),
        "#org" => Some(Role::Organisation),
        "#reached" | "#beneficiary" if !has("pct") => match (has("f"), has("m")) {
            (true, _) if young => Some(Role::CountGirls),
            (_, true) if young => Some(Role::CountBoys),
            (true, _) if has("adults") => Some(Role::CountWomen),
            (_, true) if has("adults") => Some(Role::CountMen),
            (true, _) => Some(Role::CountFemale),
            (_, true) => Some(Role::CountMale),
            (false, false) => Some(Role::CountTotal).filter(|_| attributes.iter().all(|part| *part == "num")),
        },
        _ => None,
    }
}
