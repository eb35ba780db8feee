//! `site-gen links --outside`: lists the external links in the texts, for a job that checks them.

use crate::build::check;
use crate::cli::ended::Ended;
use crate::say;
use clap::Args;
use jiff::Timestamp;
use std::path::Path;
use std::process::ExitCode;

#[derive(Args)]
#[command(after_help = "Examples:
  site-gen links --outside
  site-gen links --outside --json | infra/outside-links --links -

Each line has an address, a tab, and where it is written: file:line:column. They are sorted by address and place. Links on
pages that are drafts, or not shown yet, are there too; those to this site, to mailboxes and to telephones are not.

Exit status:
  0  the links are listed; there may be none
  1  the content has mistakes, which are reported instead
  2  the command is wrong")]
pub(crate) struct Links {
    /// Those that lead to other sites; infra/outside-links finds out which of them have died
    #[arg(long, required = true)]
    outside: bool,
    /// One JSON object on each line: {"address": …, "file": …, "line": …, "column": …}
    #[arg(long)]
    json: bool,
}

impl Links {
    /// Prints the links.
    pub(crate) fn run(&self, content: &Path) -> Ended {
        for link in &check(content, Timestamp::now())?.site.outside {
            if self.json {
                say!("{}", serde_json::to_string(link).map_err(|error| error.to_string())?);
            } else {
                say!("{}\t{}:{}:{}", link.address, link.file, link.line, link.column);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
