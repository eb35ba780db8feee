//! The command line: arguments in, an exit code and printed lines out.

pub mod map;
pub mod report;
pub mod scaffold;
pub mod terminal;

mod assets;
mod commitments;
mod ended;
mod images;
mod links;
mod new;
mod next_change;
mod overrides;
mod readability;
#[cfg(feature = "serve")]
mod serve;

use crate::build::apart::apart;
use crate::build::incremental::Builder;
use crate::build::write::{self, Output};
use crate::check::build_profile::BuildProfile;
use crate::check::compared::{CompareError, Files, compare};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::output::File;
use crate::{Built, Failure};
use crate::{complain, say};
use assets::Assets;
use clap::{Args, Parser, Subcommand};
use commitments::ShownCommitments;
use ended::{Ended, Stop};
use images::KeptImages;
use jiff::Timestamp;
use links::Links;
use new::NewFiles;
use next_change::{NextChange, describe};
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
    /// Tells which telephone numbers, deadlines, mailbox domains and words of no guarantee have changed
    #[command(alias = "promises")]
    Commitments(ShownCommitments),
    /// Lists the links that lead out of the site, with their places
    Links(Links),
    /// Tells how plainly the Danish texts are written: the readability index (lix) and the longest sentence of each file
    Language(Language),
    /// Draws the map of the kredse in data/kort.txt, after the outlines in data/kredse.geojson
    #[command(after_help = "Example:\n  site-gen map --content content")]
    Map,
}

#[derive(Args)]
struct Common {
    /// The time that the site is built for, as 2026-11-20T08:00:00Z, instead of now: what is shown for a while only is judged by it
    #[arg(long, value_name = "TIME")]
    now: Option<Timestamp>,
    /// Takes warnings as seriously as mistakes: nothing is written, and the exit status is 2
    #[arg(long, alias = "strikt")]
    strict: bool,
    /// Tells the problems as one JSON document on standard output, for tools
    #[arg(long)]
    json: bool,
    /// The folder that keeps the pictures' versions until the next time; without it, `build` keeps them in <out>/.billeder,
    /// and `check` makes them anew
    #[arg(long, value_name = "FOLDER")]
    cache: Option<PathBuf>,
}

/// The outcome of a build or a check.
struct Done {
    diagnostics: Vec<Diagnostic>,
    /// The line to print if all went well, or the failure besides the problems; none if there is nothing more to say.
    line: Result<String, Option<String>>,
    status: u8,
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
                Ok(built(content, &common, Some(&out), base_url.as_deref()).report(common.json, " Intet er skrevet."))
            }
            Self::Check { common } => Ok(built(content, &common, None, None).report(common.json, "")),
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

impl Done {
    /// Prints it for people, or as JSON for tools; `ending` is said after the problems.
    fn report(self, json: bool, ending: &str) -> ExitCode {
        let Self { diagnostics, line, status } = self;
        if json {
            say!("{}", report::json(&diagnostics, line.as_ref().err().and_then(Option::as_deref)));
        } else {
            report::print(&diagnostics, if line.is_ok() { "" } else { ending });
            if let Ok(line) = &line {
                say!("{line}");
            }
        }
        if let Err(Some(fault)) = line {
            complain!("{fault}");
        }
        ExitCode::from(status)
    }
}

/// Builds, and writes to `out` if there is one, unless something keeps the site from being published.
fn built(content: &Path, common: &Common, out: Option<&Path>, base_url: Option<&str>) -> Done {
    let now = common.now.unwrap_or_else(Timestamp::now);
    let images = KeptImages::new(common.cache.as_deref(), out);
    let mut builder = images.used_by(Builder::new(content), !common.json);
    let address = base_url.map_or(Ok(()), |base_url| builder.set_address(base_url));
    let output = address.map_err(Failure::from).and_then(|()| {
        out.map(|out| apart(content, out).and_then(|()| Output::open(out))).transpose().map_err(Failure::from)
    });
    let built = output.and_then(|output| {
        let store = |file: &File| output.as_ref().map_or(Ok(()), |output| output.store(file));
        Ok((builder.build_into(BuildProfile::published(now), &store)?, output))
    });
    let (built, output) = match built {
        Ok(built) => built,
        Err(Failure::Content(diagnostics)) => return Done { diagnostics, line: Err(None), status: 1 },
        Err(other) => return Done { diagnostics: Vec::new(), line: Err(Some(chain(&other))), status: 1 },
    };
    if common.strict && !built.warnings.is_empty() {
        return Done { diagnostics: built.warnings, line: Err(None), status: 2 };
    }
    let line = match (output, out) {
        (Some(output), Some(out)) => written(output, &built, out).map_err(Some),
        _ => Ok(all_is_well(&built)),
    };
    if line.is_ok() {
        images.keep(&builder);
    }
    let status = u8::from(line.is_err());
    let diagnostics = built.warnings.clone();
    // The process is about to end, and all that a large site is made of takes long to free.
    std::mem::forget((built, builder));
    Done { diagnostics, line, status }
}

fn compared(content: &Path, files: &[String], all: bool) -> Ended {
    let count = compare(content, if all { Files::All } else { Files::These(files) }).map_err(|error| match error {
        CompareError::Content(diagnostics) => Stop::from(diagnostics),
        other => Stop::Failed(other.to_string()),
    })?;
    say!("{count} {} er nu sammenlignet.", if count == 1 { "fil" } else { "filer" });
    Ok(ExitCode::SUCCESS)
}

fn written(output: Output, Built { site, files, .. }: &Built, out: &Path) -> Result<String, String> {
    let paths = files.iter().map(|file| file.path.as_str());
    let write::Written { written, unchanged, removed } = output.finish(paths).map_err(|error| chain(&error))?;
    let pages = files.iter().filter(|file| file.path.ends_with(".html")).count();
    let (out, next) = (out.display(), describe(site));
    Ok(format!("{pages} sider i {out}: {written} filer skrevet, {unchanged} uændrede, {removed} fjernet.{next}"))
}

fn all_is_well(built: &Built) -> String {
    let atlas = built.site.catalog().atlas();
    let (kredse, kommuner, postcodes) = (atlas.kredse().len(), atlas.kommuner().len(), atlas.postal_areas().len());
    format!("Ingen fejl: {kredse} kredse, {kommuner} kommuner, {postcodes} postnumre.{}", describe(&built.site))
}

/// An error with all its causes.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}
