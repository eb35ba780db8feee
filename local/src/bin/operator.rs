//! The operator's tool: what is owed, held or parked, and what a human does about it.

use function::clock::Clock;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    local::operator(Clock::System).await
}
