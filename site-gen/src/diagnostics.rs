//! Diagnostics: what is wrong with the content and where, in Danish, for editors.
//!
//! Takes the text of a file and a place in it; gives a [`diagnostic::Diagnostic`] with its code, line and column.

pub mod code;
pub mod diagnostic;
pub mod snippet;

pub(crate) mod danish;
pub(crate) mod lines;
pub(crate) mod system;

mod guess;
