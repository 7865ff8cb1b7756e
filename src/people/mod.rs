//! Mentions → persons: normalise, block, compare, weigh, cluster, decide; then contacts → facts.
//!
//! Recognition has three layers. *What is compared* is a form: a mention's normalised texts (`normalise`, with
//! scripts, names and numbers beside it). *The vocabulary* is the closed list of comparisons and levels (`compare`) and
//! what each is worth (`weigh`). *The engine* knows neither: it picks pairs (`block`), joins the best first and refuses
//! what contradicts (`cluster`), under what officers decided (`decide`).
//!
//! Methods: Fellegi & Sunter, *A Theory for Record Linkage* (JASA 1969); Winkler, *String Comparator Metrics and Enhanced
//! Decision Rules in the Fellegi-Sunter Model* (1990); Damerau (CACM 1964); Hernández & Stolfo (SIGMOD 1995); Wagstaff & al.,
//! *Constrained k-means* (ICML 2001).

pub mod assemble;

mod abjad;
mod ages;
mod alike;
mod block;
mod cluster;
mod compare;
mod contact;
mod decide;
mod distinct;

pub mod facts;
mod gather;
mod key;
mod learn;
pub mod model;
pub mod namesakes;
mod normalise;
mod profile;
mod recognise;
mod spelt;
mod surnames;
pub mod unnamed;
mod weigh;
mod words;

pub use recognise::{Comparer, compare_pair, recognise};
