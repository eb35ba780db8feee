//! What may fail while somebody waits: crashes, lost requests, lost answers, clocks that jump, and another database.

mod broken;
mod content;
mod counts;
mod day;
mod drive;
mod engine;
mod events;
mod explorer;
mod form;
mod instance;
mod judge;
mod kills;
mod lossy;
mod network;
mod notices;
mod officer;
mod person;
mod post;
mod process;
mod quarter;
mod random;
mod record;
mod schedule;
mod story;
mod turns;
mod world;
