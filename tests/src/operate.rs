//! The operator's tool, built with the journeys so that they can use it like operators, at their service's time.

use function::clock::Clock;
use jiff::SignedDuration;
use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let seconds = std::env::var("CLOCK_AHEAD").ok().and_then(|seconds| seconds.parse().ok());
    let clock = Clock::movable();
    clock.advance(SignedDuration::from_secs(seconds.unwrap_or(0)));
    local::operator(clock).await
}
