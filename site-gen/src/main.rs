//! The command line: builds or checks the site.

mod commands;

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use site_gen::assemble::Assembled;
use site_gen::compress::packed;
use site_gen::problem::{Problem, Severity};
use site_gen::render::File;
use site_gen::{Failure, build, check, write};
use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Builds the website and the catalog from Markdown.
#[derive(Parser)]
#[command(
    version,
    after_help = "Examples:
  site-gen check
  site-gen build --content content --out dist
  site-gen build --base-url http://127.0.0.1:8080
  site-gen build --compress
  site-gen language
  site-gen build --now 2026-12-01T00:00:00+01:00

Exit status: 0 if all is well, 1 if something must be put right (nothing is written), 2 if the command is wrong."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the site into a folder, which must be empty, new, or an earlier output
    #[command(after_help = "Example:\n  site-gen build --content content --out dist")]
    Build {
        /// The folder with the Markdown
        #[arg(long, default_value = "content")]
        content: PathBuf,
        /// The folder to write: <out>/public is the website, <out>/catalog.json is for the function
        #[arg(long, default_value = "dist")]
        out: PathBuf,
        /// The site's address instead of the one in indstillinger.md, without a slash at the end
        #[arg(long)]
        base_url: Option<String>,
        /// The time that the site is built for, as 2026-11-20T08:00:00Z, instead of now: what is shown for a while only is judged by it
        #[arg(long, value_name = "TIME")]
        now: Option<Timestamp>,
        /// Also writes each text file packed, as index.html.br and index.html.gz, for hosts that do not pack by themselves
        #[arg(long)]
        compress: bool,
    },
    /// Checks the content and writes nothing
    #[command(after_help = "Example:\n  site-gen check --content content")]
    Check {
        /// The folder with the Markdown
        #[arg(long, default_value = "content")]
        content: PathBuf,
    },
    /// Tells how plainly the Danish texts are written: the readability index (lix) and the longest sentence of each file
    #[command(
        after_help = "Example:\n  site-gen language\n\nLix (Björnsson 1968) is words per sentence plus percent of words with more than six letters.\nBelow 35 is easy, 45 and more is hard. A text with fewer than 50 words has none."
    )]
    Language {
        /// The folder with the Markdown
        #[arg(long, default_value = "content")]
        content: PathBuf,
        /// All numbers as JSON
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Build { content, out, base_url, now, compress } => {
            run_build(&content, &out, base_url.as_deref(), now.unwrap_or_else(Timestamp::now), compress)
        }
        Command::Check { content } => run_check(&content),
        Command::Language { content, json } => commands::language::run(&content, json),
    };
    match done {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

fn run_build(
    content: &Path,
    out: &Path,
    base_url: Option<&str>,
    now: Timestamp,
    compress: bool,
) -> Result<String, String> {
    let mut built = build(content, base_url, now).map_err(|failure| match failure {
        Failure::Content(problems) => told(&problems, " Intet er skrevet."),
        other => chain(&other),
    })?;
    built.warnings.iter().for_each(|warning| eprintln!("{warning}"));
    let pages = pages(&built.files);
    if compress {
        built.files.extend(packed(&built.files).map_err(|error| chain(&error))?);
    }
    let write::Written { written, unchanged, removed } =
        write::write(&built.files, out).map_err(|error| chain(&error))?;
    let out = out.display();
    Ok(format!("{pages} sider i {out}: {written} filer skrevet, {unchanged} uændrede, {removed} fjernet."))
}

fn run_check(content: &Path) -> Result<String, String> {
    let Assembled { site, warnings } = check(content).map_err(|problems| told(&problems, ""))?;
    warnings.iter().for_each(|warning| eprintln!("{warning}"));
    let atlas = site.catalog().atlas();
    let (kredse, kommuner, postcodes) = (atlas.kredse().len(), atlas.kommuner().len(), atlas.postal_areas().len());
    Ok(format!("Ingen fejl: {kredse} kredse, {kommuner} kommuner, {postcodes} postnumre."))
}

fn pages(files: &[File]) -> usize {
    files.iter().filter(|file| file.path.ends_with(".html")).count()
}

/// All problems and how many they are.
fn told(problems: &[Problem], ending: &str) -> String {
    let mut lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let files: BTreeSet<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    let noun = if files.len() == 1 { "fil" } else { "filer" };
    let mistakes = problems.iter().filter(|problem| problem.severity == Severity::Mistake).count();
    lines.push(format!("{mistakes} fejl i {} {noun}.{ending}", files.len()));
    lines.join("\n")
}

/// An error with all its causes.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(&format!(": {cause}"));
        source = cause.source();
    }
    text
}
