//! `site-gen new`: files for a new kreds or page, with notes that say what to write where.

use clap::{Args, Subcommand};
use site_gen::scaffold::{Made, New, make};
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "Examples:
  site-gen new kreds midtjylland
  site-gen new side sider/aabent-hus
  site-gen new side fyn/aabent-hus

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
}

impl NewFiles {
    /// Makes them, and says what to do next.
    pub(crate) fn run(&self) -> Result<String, String> {
        let new = match &self.what {
            What::Kreds { name } => New::Kreds(name),
            What::Side { place } => New::Page(place),
        };
        let Made { paths, next } = make(&self.content, new).map_err(|refused| refused.to_string())?;
        let folder = self.content.display();
        let files = paths.iter().map(|path| format!("Lavet: {folder}/{path}"));
        let steps = next.iter().enumerate().map(|(number, step)| format!("{}. {step}", number + 1));
        Ok(files.chain(["Gør nu sådan:".to_owned()]).chain(steps).collect::<Vec<_>>().join("\n"))
    }
}
