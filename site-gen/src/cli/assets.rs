//! `site-gen assets`: only what pages of this release need besides their HTML.

use crate::build::write;
use crate::output::render;
use crate::{complain, say};
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
    pub(crate) fn run(&self) -> ExitCode {
        let files = render::assets();
        match write::write(&files, &self.out) {
            Ok(_) => say!("{} filer i {}/public/assets.", files.len(), self.out.display()),
            Err(error) => {
                complain!("{}", crate::cli::chain(&error));
                return ExitCode::FAILURE;
            }
        }
        ExitCode::SUCCESS
    }
}
