//! The same program as the operator's tool, built with the journeys so that they can use it as operators do.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    local::operator().await
}
