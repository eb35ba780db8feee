//! Journeys through the whole service, as its users make them: a plain HTML client, a real database, real mail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod asking;
mod content;
mod delivery;
mod error_table;
mod every_kommune;
mod exits;
mod filled;
mod finding;
mod generated;
mod generator;
mod hostile;
mod lambda;
mod languages;
mod letters;
mod literal;
mod looks;
mod mailbox;
mod map;
mod mistakes;
mod ordering;
mod pages;
mod privacy;
mod prose;
mod quarantine;
mod questions;
mod refusals;
mod restart;
mod safety;
mod service;
mod service_message;
mod statement;
mod third_language;
mod tidy;
mod visitor;
mod yesterday;
