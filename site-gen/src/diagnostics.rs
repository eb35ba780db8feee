//! Diagnostics: what is wrong with the content and where, in Danish, for editors.
//!
//! Takes the text of a file and a place in it; gives a [`problem::Problem`] with its code, line and column.

pub mod cut;
pub mod flaw;
pub mod problem;

pub(crate) mod danish;
