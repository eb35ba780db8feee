//! Turns Markdown into the website and the catalog, or reports all problems in the Markdown.
//!
//! ```text
//! content/ --source--> Vec<Source> --markdown, check--> Site --output--> Vec<File> --build--> dist/
//! ```
//!
//! Eight rooms, each of which depends only on those below it:
//!
//! | room | takes | gives |
//! |---|---|---|
//! | [`cli`] | arguments | an exit code, and what is printed |
//! | `preview` | saves and requests | pages in a browser, with live reload |
//! | [`build`](mod@build) | a content folder and a time | files, or all problems; the output folder |
//! | [`output`] | a `Site` | its files, in memory |
//! | [`check`](mod@check) | sources | a `Site`, or all problems |
//! | `markdown` | an author's text | safe HTML, links, headings |
//! | [`source`] | a folder | its files, and typed values with their locations |
//! | [`diagnostics`] | a location and a message | a diagnostic with its code |
//!
//! Only reading and writing touch the disk. [`check`](mod@check) reports all problems at once. The rendered pages are
//! checked once more: every link must work. Files are staged as soon as they are made, and put in place when all are,
//! so a failed build leaves the last output unchanged.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod build;
pub mod check;
pub mod cli;
pub mod diagnostics;
pub mod output;
#[cfg(feature = "serve")]
pub mod preview;
pub mod source;

pub use diagnostics::danish::slug;

mod markdown;
#[cfg(test)]
mod rooms;

pub use build::{Built, Failure, build, check};

/// The maximum number of pages that a thread takes at a time: at the end, others would wait for one with many left.
const AT_ONCE: usize = 32;
