//! Every test of the whole service, in one program: it is linked once, and what it needs is compiled once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod contract;
mod failures;
mod journeys;
mod shared;
