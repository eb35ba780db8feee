//! Diagnostics: problems in the content with their locations, in Danish, for editors.
//!
//! Takes the text of a file and a location; returns a [`diagnostic::Diagnostic`] with its code, line and column.

pub mod code;
pub mod diagnostic;
pub mod snippet;

pub(crate) mod danish;
pub(crate) mod lines;
pub(crate) mod system;

mod guess;
