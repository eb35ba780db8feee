//! What may fail while somebody waits: crashes, lost requests, lost answers, clocks that jump, and another database.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod alarms;
mod broken;
mod content;
mod drive;
mod engine;
mod explorer;
mod form;
mod instance;
mod judge;
mod kills;
mod lossy;
mod network;
mod process;
mod random;
mod record;
mod schedule;
mod wire;
mod world;
