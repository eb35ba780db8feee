//! The program behind `cargo run`.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    local::program().await
}
