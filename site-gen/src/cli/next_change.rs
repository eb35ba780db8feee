//! `site-gen next-change`: prints the time at which the site must be rebuilt without an edit.

use crate::build::check;
use crate::check::site::Site;
use crate::cli::ended::Ended;
use crate::say;
use clap::Args;
use jiff::Timestamp;
use std::path::Path;
use std::process::ExitCode;

#[derive(Args)]
#[command(after_help = "Examples:
  site-gen next-change
  site-gen next-change --now 2026-12-01T00:00:00+01:00

It is one line such as 2026-11-30T23:00:00Z, which `date --date` and schedulers read.")]
pub(crate) struct NextChange {
    /// The time after which a change counts, as 2026-11-20T08:00:00Z, instead of now
    #[arg(long, value_name = "TIME")]
    now: Option<Timestamp>,
}

impl NextChange {
    pub(crate) fn run(&self, content: &Path) -> Ended {
        let site = check(content, self.now.unwrap_or_else(Timestamp::now))?.site;
        site.next_change().iter().for_each(|change| say!("{}", change.at));
        Ok(ExitCode::SUCCESS)
    }
}

/// A line for people with the next change that happens without an edit; empty if there is none.
pub(crate) fn describe(site: &Site) -> String {
    site.next_change().map_or_else(String::new, |change| format!("\nNæste ændring af sig selv: {change}"))
}
