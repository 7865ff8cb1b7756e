//! To be written.

use crate::report::view::View;

pub(super) fn text(_view: &View) -> String {
    String::new()
}
