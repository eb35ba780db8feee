//! Markdown: an author's text as HTML that is safe to publish.
//!
//! Takes a text with placeholders and included texts filled in; gives HTML, heading ids, links and images.

pub(crate) mod headings;
pub(crate) mod images;
pub(crate) mod includes;
pub(crate) mod ordinals;
pub(crate) mod passages;
pub(crate) mod placeholders;
pub(crate) mod render;
pub(crate) mod slips;
pub(crate) mod target;
