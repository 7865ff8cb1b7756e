//! Fuzzing: the layout of a table, from the rows of a grid.

#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::layout(data));
