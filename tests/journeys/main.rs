//! Journeys through the whole service, as its users make them: a plain HTML client, a real database, real mail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod asking;
mod canary;
mod closed;
mod content;
mod delivery;
mod digests;
mod dump;
mod error_table;
mod events;
mod every_kommune;
mod evidence;
mod exits;
mod filled;
mod finding;
#[path = "../shared/gateway.rs"]
mod gateway;
mod generated;
mod generator;
mod gone;
mod hostile;
mod lab;
mod lambda;
mod languages;
mod letters;
mod limits;
mod literal;
mod looks;
mod mailbox;
mod map;
mod measured;
mod mistakes;
mod network;
mod operator;
mod operator_requests;
mod operator_tool;
mod ordering;
mod outage;
mod own_texts;
mod pages;
mod post_office;
mod privacy;
mod prose;
mod publishing;
mod quarantine;
mod questions;
mod recorder;
mod refusals;
mod restart;
mod retention;
mod safety;
mod serials;
mod service;
mod service_message;
mod sink;
mod sns;
mod statement;
mod third_language;
mod tidy;
mod unprintable;
mod visitor;
#[path = "../shared/wire.rs"]
mod wire;
mod yesterday;
