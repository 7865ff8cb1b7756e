//! One small file for every trap of field files, made here, in several languages: what is counted, and what is said.
//!
//! The base is a register of six people and four sessions with sixteen attendances; each trap bends it in one way.
//! A project is made by `init`, so nothing is defined by hand.

mod support;

#[path = "traps/base.rs"]
mod base;
#[path = "traps/dates.rs"]
mod dates;

#[path = "traps/layouts.rs"]
mod layouts;

#[path = "traps/forms.rs"]
mod forms;
#[path = "traps/logs.rs"]
mod logs;
#[allow(dead_code, reason = "not all of it is used here")]
#[path = "hostile/made.rs"]
mod made;
#[path = "traps/marks.rs"]
mod marks;
#[path = "traps/sheets.rs"]
mod sheets;
#[path = "traps/silent.rs"]
mod silent;
#[path = "traps/unheaded.rs"]
mod unheaded;
#[path = "traps/versions.rs"]
mod versions;
