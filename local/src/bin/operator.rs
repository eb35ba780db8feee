//! The operator's tool: lists what is owed, held or parked, and lets a human act on it.

use function::clock::Clock;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    local::operator(Clock::System).await
}
