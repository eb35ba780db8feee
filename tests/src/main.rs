//! The same program as `cargo run`, built with the journeys so that they can kill it and start it again.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    local::program().await
}
