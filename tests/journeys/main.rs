//! Journeys through the whole service, as its users make them: a plain HTML client, a real database, real mail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod asking;
mod content;
mod delivery;
mod every_kommune;
mod filled;
mod finding;
mod hostile;
mod lambda;
mod languages;
mod mailbox;
mod map;
mod mistakes;
mod ordering;
mod pages;
mod refusals;
mod restart;
mod safety;
mod service;
mod third_language;
mod tidy;
mod visitor;
mod yesterday;
