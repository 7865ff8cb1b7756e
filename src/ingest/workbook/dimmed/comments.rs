//! Cells of an `.xlsx` sheet that carry a comment, of the old kind or a conversation.

use super::super::guard::Archive;
use super::{attribute, each_element, place};

/// Most comments kept of a sheet.
const MOST: usize = 100_000;

/// Places of comments, sorted; a comment that cannot be read is none.
pub(super) fn of_sheet(archive: &mut Archive<'_>, path: &str) -> Vec<(u32, u16)> {
    let mut places = Vec::new();
    for part in parts(archive, path, &["/comments", "/threadedComment"]) {
        let _ = each_element(archive, &part, |element| {
            if matches!(element.local_name().as_ref(), "comment" | "threadedComment")
                && let Some((row, column)) = attribute(element, "ref").and_then(|at| place(at.as_bytes()))
                && let Ok(column) = u16::try_from(column)
            {
                places.push((row, column));
            }
            places.len() < MOST
        });
    }
    places.sort_unstable();
    places.dedup();
    places
}

/// Parts that a sheet is related to in one of some ways.
pub(in super::super) fn parts(archive: &mut Archive<'_>, path: &str, kinds: &[&str]) -> Vec<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut found = Vec::new();
    let _ = each_element(archive, &format!("{folder}/_rels/{name}.rels"), |element| {
        let kind = attribute(element, "Type").unwrap_or_default();
        if kinds.iter().any(|wanted| kind.ends_with(wanted))
            && let Some(target) = attribute(element, "Target")
        {
            found.push(resolved(folder, &target));
        }
        true
    });
    found
}

/// A relation's target as a path in the archive.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
