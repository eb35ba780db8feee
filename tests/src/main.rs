//! The program of `cargo run`, built with the journeys so that they can kill and restart it.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    local::program().await
}
