//! Every test of the whole service, in one program that is linked once and whose dependencies are compiled once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod contract;
mod failures;
mod journeys;
mod shared;
