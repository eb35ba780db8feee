//! `site-gen assets`: writes only the files that pages of this release use besides their HTML.

use crate::build::write;
use crate::cli::chain;
use crate::cli::ended::Ended;
use crate::output::render;
use crate::say;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
#[command(after_help = "Example:
  site-gen assets --out target/assets

A function of this release refers to them, too. So they are uploaded before it is deployed (infra/deploy), and the rest
of the site when it is published (infra/publish).")]
pub(crate) struct Assets {
    /// The folder to write <out>/public/assets into: empty, new, or an earlier output, of which nothing else is left
    #[arg(long)]
    out: PathBuf,
}

impl Assets {
    /// Writes stylesheets, fonts, scripts and the favicon.
    pub(crate) fn run(&self) -> Ended {
        let files = render::assets();
        write::write(&files, &self.out).map_err(|error| chain(&error))?;
        say!("{} filer i {}/public/assets.", files.len(), self.out.display());
        Ok(ExitCode::SUCCESS)
    }
}
