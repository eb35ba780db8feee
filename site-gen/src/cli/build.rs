//! `site-gen build`, and `site-gen check`, which does the same but writes nothing.

use crate::build::apart::apart;
use crate::build::incremental::Builder;
use crate::build::write::{IMAGES_KEPT, MARKER, Output, WriteError, Written};
use crate::check::build_profile::BuildProfile;
use crate::check::commitments::APPROVED;
use crate::cli::next_change::describe;
use crate::cli::{chain, report};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::output::File;
use crate::{Built, Failure, complain, say};
use clap::Args;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The options of both commands.
#[derive(Args)]
pub(super) struct Common {
    /// The time that the site is built for, as 2026-11-20T08:00:00Z, instead of now: what is shown for a while only is judged by it
    #[arg(long, value_name = "TIME")]
    now: Option<Timestamp>,
    /// Takes warnings as seriously as mistakes: nothing is written, and the exit status is 2
    #[arg(long, alias = "strikt")]
    strict: bool,
    /// Prints the problems as one JSON document on standard output, for tools
    #[arg(long)]
    pub(super) json: bool,
    /// The folder that keeps the pictures' versions until the next time; without it, `build` keeps them in <out>/.billeder,
    /// and `check` makes them anew
    #[arg(long, value_name = "FOLDER")]
    cache: Option<PathBuf>,
}

/// The outcome of a build or a check.
pub(super) struct Done {
    diagnostics: Vec<Diagnostic>,
    /// The line to print on success, or an error besides the diagnostics; `None` if there is nothing to add.
    line: Result<String, Option<String>>,
    status: u8,
}

impl Common {
    /// Builds, and writes to `out` if given, unless a problem keeps the site from being published.
    pub(super) fn build(&self, content: &Path, out: Option<&Path>, base_url: Option<&str>) -> Done {
        self.try_build(content, out, base_url).unwrap_or_else(|failure| match failure {
            Failure::Content(diagnostics) => Done { diagnostics, line: Err(None), status: 1 },
            other => Done { diagnostics: Vec::new(), line: Err(Some(chain(&other))), status: 1 },
        })
    }

    fn try_build(&self, content: &Path, out: Option<&Path>, base_url: Option<&str>) -> Result<Done, Failure> {
        let mut builder = Builder::new(content);
        if let Some(base_url) = base_url {
            builder = builder.at(base_url)?;
        }
        if let Some(cache) = &self.cache {
            apart(content, cache)?;
        }
        if let Some(folder) = self.kept_images(out) {
            builder = builder.keeping_images_in(folder);
        }
        if !self.json {
            builder = builder.reporting(report::progress);
        }
        let output = out.map(|out| apart(content, out).and_then(|()| Output::open(out))).transpose()?;
        let store = |file: &File| output.as_ref().map_or(Ok(()), |output| output.store(file));
        let now = self.now.unwrap_or_else(Timestamp::now);
        let built = builder.build_into(BuildProfile::published(now), &store)?;
        // `infra/publish` requires it.
        if out.is_none() && !content.join(APPROVED).is_file() {
            let advice = "Den siger, hvilke numre og frister der er godkendt. Hent den fra en tidligere udgave, eller godkend \
                          alt: cargo run --bin site-gen -- commitments --approve";
            let missing =
                Diagnostic::missing(APPROVED, DiagnosticCode::MissingFile, format!("Filen mangler. {advice}"));
            return Err(Failure::Content([vec![missing], built.warnings].concat()));
        }
        if self.strict && !built.warnings.is_empty() {
            return Ok(Done { diagnostics: built.warnings, line: Err(None), status: 2 });
        }
        let line = match (output, out) {
            (Some(output), Some(out)) => written(output, &built, out).map_err(|error| Some(chain(&error))),
            _ => Ok(all_is_well(&built)),
        };
        if line.is_ok()
            && let Some(folder) = self.kept_images(out)
        {
            builder.keep_images(&folder);
        }
        let status = u8::from(line.is_err());
        let diagnostics = built.warnings.clone();
        // The process is about to end, and freeing a large site is slow.
        std::mem::forget((built, builder));
        Ok(Done { diagnostics, line, status })
    }

    /// The folder that caches the versions of images between builds. An output folder that is new, or not ours, caches
    /// nothing until the build succeeds.
    fn kept_images(&self, out: Option<&Path>) -> Option<PathBuf> {
        let in_output = || Some(out.filter(|out| out.join(MARKER).is_file())?.join(IMAGES_KEPT));
        self.cache.clone().or_else(in_output)
    }
}

impl Done {
    /// Prints the outcome for people, or as JSON for tools; `ending` follows the diagnostics.
    pub(super) fn report(self, json: bool, ending: &str) -> ExitCode {
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

fn written(output: Output, Built { site, files, .. }: &Built, out: &Path) -> Result<String, WriteError> {
    let paths = files.iter().map(|file| file.path.as_str());
    let Written { written, unchanged, removed } = output.finish(paths)?;
    let pages = files.iter().filter(|file| file.path.ends_with(".html")).count();
    let (out, next) = (out.display(), describe(site));
    Ok(format!("{pages} sider i {out}: {written} filer skrevet, {unchanged} uændrede, {removed} fjernet.{next}"))
}

fn all_is_well(built: &Built) -> String {
    let atlas = built.site.catalog().atlas();
    let (kredse, kommuner, postcodes) = (atlas.kredse().len(), atlas.kommuner().len(), atlas.postal_areas().len());
    format!("Ingen fejl: {kredse} kredse, {kommuner} kommuner, {postcodes} postnumre.{}", describe(&built.site))
}
