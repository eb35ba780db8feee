//! Sources: the content folder in memory, with its front matter and YAML as typed values.
//!
//! Takes a folder; returns [`read::Source`] texts and images, and values with their locations.

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
