//! Headings under which `--help` groups the flags of a command.

/// Flags that every command has.
pub(crate) const EVERY: &str = "For every command";
/// What is counted or looked at.
pub(crate) const REPORTED: &str = "What is reported";
/// What goes where.
pub(crate) const WRITTEN: &str = "What is written";
/// What stands on the terminal.
pub(crate) const PRINTED: &str = "What is printed";
/// Who stands behind it, and since when.
pub(crate) const SIGNED: &str = "Who, and when";
/// Ways to do the same.
pub(crate) const WAYS: &str = "How";
