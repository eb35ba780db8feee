//! The whole service in one process: the site, the function, a database and a mailbox, all on this machine.
//!
//! None of our own code is replaced by a stub: `site-gen` builds the content, `function`'s own handler answers
//! requests, and the real client talks over HTTP to a real DynamoDB API. Only the database engine, the mail folder and
//! the static file server differ from the cloud.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod database;
mod held;
mod inbox;
mod operator;
mod options;
mod preview;
mod program;
mod secret;
mod server;
mod settings;
mod start;

pub use database::make_tables;
pub use operator::operator;
pub use options::Options;
pub use program::program;
pub use start::{Running, StartError, start};
