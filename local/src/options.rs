//! Command-line options of the service.

use clap::Parser;
use function::clock::Clock;
use function::settings::DEFAULT_LIMIT;
use std::path::PathBuf;

/// Runs the whole service on this machine: builds the site, serves it, receives requests, shows the mail.
#[derive(Clone, Parser)]
#[command(
    name = "local",
    version,
    after_help = "Examples:
  cargo run
  cargo run -- --port 8081
  cargo run -- --content my-content --data my-data

The site stands at http://127.0.0.1:8080/ and the mail that kredse would get at /_post/.
Exit code 1: the port is in use, a folder cannot be used, or the content has mistakes."
)]
pub struct Options {
    /// The port to listen on, at 127.0.0.1; 0 chooses a free one
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The folder of the database and the mail; created if missing
    #[arg(long, default_value = ".local", value_name = "FOLDER")]
    pub data: PathBuf,
    /// The folder of the content
    #[arg(long, default_value = "content", value_name = "FOLDER")]
    pub content: PathBuf,
    /// Seconds between two runs of the schedule, which sends the mail; 0 never runs it
    #[arg(long, default_value_t = 2, value_name = "SECONDS")]
    pub schedule: u64,
    /// Requests accepted from one address in ten minutes; 0 for no limit, and no brakes
    #[arg(long, default_value_t = DEFAULT_LIMIT, value_name = "REQUESTS")]
    pub limit: u32,
    /// True if saved content is rebuilt and pages reload themselves
    #[arg(skip = true)]
    pub watch: bool,
    /// The clock; tests move it, and so does a button on the mailbox's page
    #[arg(skip = Clock::movable())]
    pub clock: Clock,
}
