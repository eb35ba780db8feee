//! Sources: the content folder in memory, and its front matter and YAML as typed values.
//!
//! Takes a folder; gives [`read::Source`] texts and images, and values with the place each was written at.

pub mod read;

mod conflict;
mod encoding;

pub(crate) mod front_matter;
pub(crate) mod item;
pub(crate) mod map;
pub(crate) mod paths;
pub(crate) mod replace;
pub(crate) mod text;
pub(crate) mod yaml;
