//! The command line: arguments in, an exit code and printed lines out.

pub mod map;
pub mod report;
pub mod scaffold;
pub mod terminal;

mod assets;
mod build;
mod commitments;
mod ended;
mod links;
mod new;
mod next_change;
mod overrides;
mod readability;
#[cfg(feature = "serve")]
mod serve;

use crate::check::compared::{CompareError, Files, compare};
use crate::say;
use assets::Assets;
use build::Common;
use clap::{Parser, Subcommand};
use commitments::ShownCommitments;
use ended::{Ended, Stop};
use links::Links;
use new::NewFiles;
use next_change::NextChange;
use readability::Language;
#[cfg(feature = "serve")]
use serve::Serve;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Builds the website and the catalog from Markdown.
#[derive(Parser)]
#[command(
    version,
    after_help = "Examples:
  site-gen check
  site-gen check --strict --json
  site-gen build --content content --out dist
  site-gen build --base-url http://127.0.0.1:8080
  site-gen compared sider/privatliv.en.md
  site-gen language
  site-gen links --outside
  site-gen map
  site-gen build --now 2026-12-01T00:00:00+01:00
  site-gen next-change
  site-gen serve
  site-gen new page fyn/aabent-hus
  site-gen overrides
  site-gen commitments --against ../last-release/loefter.txt

Exit status:
  0  all is well; there may be warnings
  1  something must be put right; nothing is written
  2  there are warnings and --strict was given (nothing is written), or the command is wrong"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The folder with the Markdown
    #[arg(long, default_value = "content", global = true)]
    content: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the site into a folder, which must be empty, new, or an earlier output
    #[command(after_help = "Example:\n  site-gen build --content content --out dist")]
    Build {
        #[command(flatten)]
        common: Common,
        /// The folder to write: <out>/public is the website, <out>/catalog.json is for the function,
        /// <out>/next-change.txt says when to build again, as `next-change` does, and <out>/loefter.txt lists the
        /// commitments, for `commitments --against`
        #[arg(long, default_value = "dist")]
        out: PathBuf,
        /// The site's address instead of the one in indstillinger.md, without a slash at the end
        #[arg(long)]
        base_url: Option<String>,
    },
    /// Writes only what pages need besides their HTML: stylesheets, fonts, scripts
    Assets(Assets),
    /// Writes down that translations fit the Danish files as they are now, in data/grundlag.txt
    #[command(after_help = "Examples:\n  site-gen compared content/sider/privatliv.en.md\n  site-gen compared --all")]
    Compared {
        /// The translations that you have compared with the Danish files
        #[arg(required_unless_present = "all")]
        files: Vec<String>,
        /// All of them
        #[arg(long, conflicts_with = "files")]
        all: bool,
    },
    /// Does all that a build does, and writes nothing
    #[command(after_help = "Example:\n  site-gen check --content content")]
    Check {
        #[command(flatten)]
        common: Common,
    },
    /// Says when the site must be built again because something on it appears or goes away; nothing if nothing does
    NextChange(NextChange),
    /// Shows the site at http://127.0.0.1:8080 while you write: pages only, drafts too, without receiving forms
    #[cfg(feature = "serve")]
    Serve(Serve),
    /// Makes the files of a new kreds, page or stop, with notes that say what to write where
    New(NewFiles),
    /// Lists the texts and pages that kredse have replaced by their own
    #[command(after_help = "Example:\n  site-gen overrides --content content")]
    Overrides,
    /// Lists which telephone numbers, deadlines, mailbox domains and words of no guarantee have changed
    #[command(alias = "promises")]
    Commitments(ShownCommitments),
    /// Lists the links that lead out of the site, with their places
    Links(Links),
    /// Measures how plainly the Danish texts are written: the readability index (lix) and the longest sentence of each file
    Language(Language),
    /// Draws the map of the kredse in data/kort.txt, after the outlines in data/kredse.geojson
    #[command(after_help = "Example:\n  site-gen map --content content")]
    Map,
}

/// Runs the command that the program was started with.
#[must_use]
pub fn run() -> ExitCode {
    let Arguments { command, content } = match terminal::arguments::<Arguments>() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    command.run(&content).unwrap_or_else(Stop::report)
}

impl Command {
    fn run(self, content: &Path) -> Ended {
        match self {
            Self::Build { common, out, base_url } => {
                Ok(common.build(content, Some(&out), base_url.as_deref()).report(common.json, " Intet er skrevet."))
            }
            Self::Check { common } => Ok(common.build(content, None, None).report(common.json, "")),
            Self::Assets(assets) => assets.run(),
            Self::Compared { files, all } => compared(content, &files, all),
            Self::Language(language) => language.run(content),
            Self::Links(links) => links.run(content),
            Self::Map => map::run(content),
            Self::NextChange(next) => next.run(content),
            #[cfg(feature = "serve")]
            Self::Serve(serve) => serve.run(content),
            Self::New(new) => new.run(content),
            Self::Overrides => overrides::run(content),
            Self::Commitments(commitments) => commitments.run(content),
        }
    }
}

fn compared(content: &Path, files: &[String], all: bool) -> Ended {
    let count = compare(content, if all { Files::All } else { Files::These(files) }).map_err(|error| match error {
        CompareError::Content(diagnostics) => Stop::from(diagnostics),
        other => Stop::Failed(other.to_string()),
    })?;
    say!("{count} {} er nu sammenlignet.", if count == 1 { "fil" } else { "filer" });
    Ok(ExitCode::SUCCESS)
}

/// Formats an error with all its causes.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}
