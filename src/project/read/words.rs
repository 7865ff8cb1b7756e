//! `[words]`: what the project's own files call things.

use indexmap::IndexMap;

use super::World;
use super::source::{accepted, role};
use crate::message::message;
use crate::project::diagnostic::Diagnostics;
use crate::project::keys_source::{MarkWord, mark_meaning};
use crate::project::model::{Source, Words};
use crate::project::node::{Node, View};
use crate::project::suggest::suggestion;

/// Reads the words; marks go to every source that does not say otherwise itself.
pub(super) fn words(file: &View<'_>, world: &World<'_>, sources: &mut [Source], out: &mut Diagnostics) -> Words {
    let Some(table) = file.table("words") else {
        return Words::default();
    };
    let mut no_session = Vec::new();
    for (mark, _, node) in table.get("mark").map(Node::entries).unwrap_or_default() {
        match node.text().and_then(mark_meaning) {
            Some(MarkWord::NoSession) => no_session.push(mark.to_owned()),
            Some(meaning) => sources.iter_mut().for_each(|source| add_mark(source, mark, meaning)),
            None => {}
        }
    }
    Words {
        headers: headers(&table, world, out),
        no_session,
        totals: table.texts("total"),
        summaries: table.texts("summary"),
        trailers: table.texts("trailer"),
        missing: table.texts("missing"),
    }
}

fn add_mark(source: &mut Source, mark: &str, meaning: MarkWord) {
    let marks = &mut source.marks;
    let said = [&marks.present, &marks.absent, &marks.excused];
    if said.into_iter().flatten().any(|known| known == mark) {
        return;
    }
    match meaning {
        MarkWord::Present => marks.present.push(mark.to_owned()),
        MarkWord::Absent => marks.absent.push(mark.to_owned()),
        MarkWord::Excused => marks.excused.push(mark.to_owned()),
        MarkWord::NoSession => {}
    }
}

/// Headings with the keys of their roles; a role may be written with - as keys of definitions are.
fn headers(table: &View<'_>, world: &World<'_>, out: &mut Diagnostics) -> IndexMap<String, String> {
    let mut headers = IndexMap::new();
    for (heading, _, node) in table.get("header").map(Node::entries).unwrap_or_default() {
        let Some(written) = node.text() else { continue };
        let roles = world.known.roles;
        let untold = || roles.is_empty().then(|| written.to_owned());
        let Some(role) = role(written, roles).or_else(untold) else {
            let help = suggestion(written, accepted(roles).iter().map(String::as_str));
            out.note(
                node.file,
                node.span(),
                message!("`{written}` is nothing that a column holds", written),
                help,
            );
            continue;
        };
        headers.insert(heading.to_owned(), role);
    }
    headers
}
