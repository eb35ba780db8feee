//! The operator's tool: what is owed, held or parked, and what a human does about it.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    local::operator().await
}
