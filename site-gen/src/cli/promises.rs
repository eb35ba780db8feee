//! `site-gen promises`: what is promised otherwise than what was approved, or than in the last release.

use crate::Failure;
use crate::build::promises::{APPROVED, Change, Promises, changes};
use crate::cli::chain;
use crate::cli::report;
use crate::source::read::regular;
use crate::{complain, say};
use clap::Args;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args)]
#[command(after_help = "Examples:
  site-gen promises
  site-gen promises --against ../last-release/loefter.json
  site-gen promises --approve

Exit status:
  0  all that is promised has been approved
  1  something has not, or the content has mistakes
  2  the command is wrong")]
pub(crate) struct ShownPromises {
    /// The loefter.json of an earlier build, to be told what has changed since, instead of since it was approved
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Approves all that is promised: it is written to data/loefter.json in the content, which is reviewed like a text
    #[arg(long)]
    approve: bool,
    /// Tells the changes as one JSON document, for tools
    #[arg(long, conflicts_with = "approve")]
    json: bool,
    /// The folder with the Markdown
    #[arg(long, default_value = "content")]
    content: PathBuf,
}

impl ShownPromises {
    /// Tells what has changed.
    pub(crate) fn run(&self) -> ExitCode {
        match self.told() {
            Ok(status) => status,
            Err(text) => {
                complain!("{text}");
                ExitCode::FAILURE
            }
        }
    }

    fn told(&self) -> Result<ExitCode, String> {
        let now = match Promises::of(&self.content) {
            Ok(now) => now,
            Err(Failure::Content(problems)) => {
                report::tell(&problems, "");
                return Ok(ExitCode::FAILURE);
            }
            Err(other) => return Err(chain(&other)),
        };
        let path = self.content.join(APPROVED);
        let approved = if path.exists() { Some(read(&path)?) } else { None };
        let since = match &self.against {
            Some(path) => Some(read(path)?),
            None => approved.clone(),
        };
        let not_approved = approved.as_ref().map(|approved| changes(approved, &now));
        let changed = since.as_ref().map_or_else(Vec::new, |since| changes(since, &now));
        if self.approve {
            fs::write(&path, now.to_json()).map_err(|error| format!("{}: {error}", path.display()))?;
            changed.iter().for_each(|change| say!("{change}"));
            say!("Godkendt i {}. Få en kollega til at se ændringen igennem.", path.display());
            return Ok(ExitCode::SUCCESS);
        }
        let is_approved = not_approved.as_ref().is_some_and(Vec::is_empty);
        if self.json {
            say!("{}", json!({ "godkendt": is_approved, "aendringer": changed, "ikke_godkendt": not_approved }));
        } else {
            tell(&changed, not_approved.as_deref(), self.against.is_some());
        }
        Ok(if is_approved { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn tell(changed: &[Change], not_approved: Option<&[Change]>, is_since_release: bool) {
    if is_since_release {
        say!("Ændret siden den tidligere udgave: {}", if changed.is_empty() { "intet." } else { "" });
        changed.iter().for_each(|change| say!("  {change}"));
    }
    match not_approved {
        None => say!("Der er ikke godkendt noget endnu. {APPROVE}"),
        Some([]) => say!("Alt, hvad hjemmesiden lover, er godkendt."),
        Some(changes) => {
            say!("Ikke godkendt:");
            changes.iter().for_each(|change| say!("  {change}"));
            say!("Er det en fejl, så ret teksten. {APPROVE}");
        }
    }
}

const APPROVE: &str = "Er det rigtigt, så skriv: cargo run --bin site-gen -- promises --approve";

/// The most bytes that a file of promises may have.
const LARGEST: u64 = 16 * 1024 * 1024;

fn read(path: &Path) -> Result<Promises, String> {
    let bytes = regular(path, LARGEST).map_err(|error| format!("{}: {error}", path.display()))?;
    Promises::from_json(&String::from_utf8_lossy(&bytes)).map_err(|error| format!("{}: {error}", path.display()))
}
