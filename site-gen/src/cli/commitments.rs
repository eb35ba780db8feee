//! `site-gen commitments`: lists the commitments that differ from the approved ones, or from those of an earlier build.

use crate::build::check;
use crate::check::commitments::{APPROVED, CommitmentChange, Commitments};
use crate::cli::ended::Ended;
use crate::diagnostics::system::reason;
use crate::say;
use crate::source::read::regular;
use crate::source::replace::replace;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Args)]
#[command(after_help = "Examples:
  site-gen commitments
  site-gen commitments --against ../last-release/loefter.txt
  site-gen commitments --approve

Exit status:
  0  all commitments are approved
  1  some are not, or the content has mistakes
  2  the command is wrong")]
pub(crate) struct ShownCommitments {
    /// The loefter.txt of an earlier build: lists what changed since, instead of since the approval
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// Approves all commitments: writes them to data/loefter.txt in the content, to be reviewed like a text
    #[arg(long)]
    approve: bool,
    /// Prints the changes as one JSON document, for tools
    #[arg(long, conflicts_with = "approve")]
    json: bool,
}

impl ShownCommitments {
    /// Lists the changes.
    pub(crate) fn run(&self, content: &Path) -> Ended {
        let site = check(content, Timestamp::now())?.site;
        let (now, path) = (site.commitments(), content.join(APPROVED));
        let approved = if path.exists() { Some(read(&path)?) } else { None };
        let since = match &self.against {
            Some(path) => Some(read(path)?),
            None => approved.clone(),
        };
        let changed = since.map_or_else(Vec::new, |since| now.changes_since(&since));
        if self.approve {
            let written = replace(&path, now.to_string().as_bytes());
            written.map_err(|error| format!("{} kan ikke skrives ({})", path.display(), reason(&error)))?;
            changed.iter().for_each(|change| say!("{change}"));
            say!("Godkendt i {}. Få en kollega til at se ændringen igennem.", path.display());
            return Ok(ExitCode::SUCCESS);
        }
        let not_approved = approved.map(|approved| now.changes_since(&approved));
        let is_approved = not_approved.as_ref().is_some_and(Vec::is_empty);
        if self.json {
            say!("{}", json!({ "godkendt": is_approved, "aendringer": changed, "ikke_godkendt": not_approved }));
        } else {
            print(&changed, not_approved.as_deref(), self.against.is_some());
        }
        Ok(if is_approved { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn print(changed: &[CommitmentChange], not_approved: Option<&[CommitmentChange]>, is_since_release: bool) {
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

const APPROVE: &str = "Er det rigtigt, så skriv: cargo run --bin site-gen -- commitments --approve";

/// The maximum size of a list in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

fn read(path: &Path) -> Result<Commitments, String> {
    let failed = |why: String| format!("{} kan ikke læses ({why})", path.display());
    let bytes = regular(path, LARGEST).map_err(|error| failed(reason(&error)))?;
    Commitments::parse(&String::from_utf8_lossy(&bytes)).map_err(|error| failed(error.to_string()))
}
