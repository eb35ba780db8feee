//! `site-gen new`: files for a new kreds, page or stop, with notes that say what to write where.

use crate::cli::ended::Ended;
use crate::cli::scaffold::{Made, New, make};
use crate::say;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
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
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A kreds in a folder of its own
    Kreds {
        /// The name of the folder: a-z, digits and hyphens
        name: String,
    },
    /// A page: sider/NAME for the whole site, faelles/NAME for every kreds, KREDS/NAME for one
    #[command(alias = "side")]
    Page {
        /// Where it stands and its name in addresses
        place: String,
    },
    /// A stop of the tour of a kreds, in the tour that it has or in a new one
    Stop {
        /// The folder of the kreds
        kreds: String,
        /// The list of `operator visits KREDS --csv FILE`: a stop for each town that asks most and has none to come
        #[arg(long, value_name = "FILE")]
        requests: Option<PathBuf>,
    },
}

impl NewFiles {
    /// Makes them, and says what to do next.
    pub(crate) fn run(&self, content: &Path) -> Ended {
        let new = match &self.what {
            What::Kreds { name } => New::Kreds(name),
            What::Page { place } => New::Page(place),
            What::Stop { kreds, requests } => New::Stop(kreds, requests.as_deref()),
        };
        let Made { paths, longer, next } = make(content, new).map_err(|refused| refused.to_string())?;
        let folder = content.display();
        paths.iter().for_each(|path| say!("Lavet: {folder}/{path}"));
        longer.iter().for_each(|path| say!("Et stop mere i: {folder}/{path}"));
        say!("Gør nu sådan:");
        next.iter().enumerate().for_each(|(number, step)| say!("{}. {step}", number + 1));
        Ok(ExitCode::SUCCESS)
    }
}
