//! The whole service in one process: the site, the function, a database and a mailbox, all on this machine.
//!
//! Nothing here is a stand-in for our own code: the content is built by `site-gen`, requests are answered by
//! `function`'s own handler, and the database is a real DynamoDB API that the real client speaks to over HTTP.
//! Only the database engine, the mail folder and the static file server are other than in the cloud.

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
