//! The shared vocabulary of the service: kredse, forms, answers, submissions, catalog, as values and pure functions.
//!
//! Nothing here reads a file, awaits, or knows HTML or AWS. Read [`form`] first, then [`atlas`] and [`submission`].

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod alphabet;
pub mod answers;
pub mod atlas;
pub mod case;
pub mod catalog;
pub mod code_words;
pub mod control;
pub mod cpr;
pub mod danger;
pub mod deadline;
mod edit;
pub mod email;
pub mod field;
pub mod field_names;
pub mod figures;
pub mod form;
pub mod holidays;
pub mod html;
pub mod keys;
pub mod names;
pub mod notice;
pub mod number;
pub mod parse;
pub mod phone;
pub mod pii;
pub mod privacy;
pub mod raw;
pub mod reason;
pub mod reference;
pub mod retention;
pub mod road;
pub mod serial;
pub mod service_message;
pub mod signpost;
pub mod submission;
pub mod text;
pub mod week;
pub mod words;
pub mod working_time;

/// Joins all errors of a value into one text, for the error of deserializing it.
fn all_faults(faults: &[impl ToString]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
