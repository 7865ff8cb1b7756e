//! The lines of a definition that a file needs, to be pasted or written by `init`.

use super::looked::Looked;
use crate::project::model::Layout;

/// What `[[source]]` lines a file needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Needs {
    /// Nothing in it is data.
    Nothing,
    /// Only people, no sessions.
    Registry,
    /// Sessions of an activity.
    Activity,
}

/// What lines a file needs.
pub(crate) fn needs(looked: &Looked) -> Needs {
    let layouts = looked.layouts();
    if layouts.is_empty() {
        Needs::Nothing
    } else if layouts.iter().all(|layout| *layout == Layout::Registry) {
        Needs::Registry
    } else {
        Needs::Activity
    }
}

/// A text between the quotes of a definition.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
