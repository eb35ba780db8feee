//! `site-gen new`: files for a new kreds, page or tour, with notes that say what to write where.

use clap::{Args, Subcommand};
use site_gen::scaffold::{Made, New, make};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
#[command(after_help = "Examples:
  site-gen new kreds midtjylland
  site-gen new side sider/aabent-hus
  site-gen new side fyn/aabent-hus
  site-gen new stop fyn

No file that is there is touched.")]
pub(crate) struct NewFiles {
    #[command(subcommand)]
    what: What,
    /// The folder with the Markdown
    #[arg(long, default_value = "content", global = true)]
    content: PathBuf,
}

#[derive(Subcommand)]
enum What {
    /// A kreds in a folder of its own
    Kreds {
        /// The name of the folder: a-z, digits and hyphens
        name: String,
    },
    /// A page: sider/NAME for the whole site, faelles/NAME for every kreds, KREDS/NAME for one
    Side {
        /// Where it stands and its name in addresses
        place: String,
    },
    /// The tour of a kreds's mobile police station, with its first stop
    Stop {
        /// The name of the kreds's folder
        kreds: String,
    },
}

impl NewFiles {
    /// Makes them, and says what to do next.
    pub(crate) fn run(&self) -> ExitCode {
        let new = match &self.what {
            What::Kreds { name } => New::Kreds(name),
            What::Side { place } => New::Page(place),
            What::Stop { kreds } => New::Stop(kreds),
        };
        match make(&self.content, new) {
            Ok(Made { paths, next }) => {
                paths.iter().for_each(|path| println!("Lavet: {}/{path}", self.content.display()));
                println!("Gør nu sådan:");
                next.iter().enumerate().for_each(|(number, step)| println!("{}. {step}", number + 1));
                ExitCode::SUCCESS
            }
            Err(refused) => {
                eprintln!("{refused}");
                ExitCode::FAILURE
            }
        }
    }
}
