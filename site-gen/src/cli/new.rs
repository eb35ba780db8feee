//! `site-gen new`: creates files for a new kreds, page or stop, with notes for the editor.

use crate::cli::ended::Ended;
use crate::cli::scaffold::{Made, New, make};
use crate::say;
use clap::Args;
use std::path::Path;
use std::process::ExitCode;

#[derive(Args)]
#[command(after_help = "Examples:
  site-gen new kreds midtjylland
  site-gen new page sider/aabent-hus
  site-gen new page fyn/aabent-hus
  site-gen new stop oestjylland
  site-gen new stop oestjylland --requests besoeg.csv

No file that is there is touched, but that a stop is added to the tour.")]
pub(crate) struct NewFiles {
    #[command(subcommand)]
    new: New,
}

impl NewFiles {
    /// Creates the files and prints the next steps.
    pub(crate) fn run(&self, content: &Path) -> Ended {
        let Made { paths, longer, next } = make(content, &self.new).map_err(|refused| refused.to_string())?;
        let folder = content.display();
        paths.iter().for_each(|path| say!("Lavet: {folder}/{path}"));
        longer.iter().for_each(|path| say!("Et stop mere i: {folder}/{path}"));
        say!("Gør nu sådan:");
        next.iter().enumerate().for_each(|(number, step)| say!("{}. {step}", number + 1));
        Ok(ExitCode::SUCCESS)
    }
}
