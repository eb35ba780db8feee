//! Markdown: renders an author's text as HTML that is safe to publish.
//!
//! The input is a text with placeholders and included texts; the output is HTML, heading ids, links and images.

pub(crate) mod headings;
pub(crate) mod images;
pub(crate) mod includes;
pub(crate) mod ordinals;
pub(crate) mod passages;
pub(crate) mod placeholders;
pub(crate) mod render;
pub(crate) mod slips;
pub(crate) mod target;
