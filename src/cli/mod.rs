//! The commands: arguments, progress, exit codes.
