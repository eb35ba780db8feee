//! The command line: builds or checks the site.

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use site_gen::assemble::Assembled;
use site_gen::changes::Change;
#[cfg(feature = "serve")]
use site_gen::live::{News, serve};
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
  site-gen build --now 2026-12-01T00:00:00+01:00
  site-gen next-change
  site-gen serve

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
        /// The folder to write: <out>/public is the website, <out>/catalog.json is for the function, and
        /// <out>/next-change.txt says when to build again, as next-change does
        #[arg(long, default_value = "dist")]
        out: PathBuf,
        /// The site's address instead of the one in indstillinger.md, without a slash at the end
        #[arg(long)]
        base_url: Option<String>,
        /// The time that the site is built for, as 2026-11-20T08:00:00Z, instead of now: what is shown for a while only is judged by it
        #[arg(long, value_name = "TIME")]
        now: Option<Timestamp>,
    },
    /// Checks the content and writes nothing
    #[command(after_help = "Example:\n  site-gen check --content content")]
    Check {
        /// The folder with the Markdown
        #[arg(long, default_value = "content")]
        content: PathBuf,
        /// The time that the content is judged for, as 2026-11-20T08:00:00Z, instead of now: a page must not lead to one that is not published
        #[arg(long, value_name = "TIME")]
        now: Option<Timestamp>,
    },
    /// Shows the site at http://127.0.0.1:8080 while you write: pages only, drafts too, without receiving forms
    #[cfg(feature = "serve")]
    #[command(after_help = "Examples:
  site-gen serve
  site-gen serve --content content --port 8081

What is saved is in the browser at once, on the page that is open. Mistakes stand over the page. Stop it with Ctrl-C.
`cargo run` also receives forms and shows the mail.")]
    Serve {
        /// The folder with the Markdown
        #[arg(long, default_value = "content")]
        content: PathBuf,
        /// The port to listen on, at 127.0.0.1; 0 chooses a free one
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Says when the site must be built again because a page or a message appears or goes away; nothing if none does
    #[command(after_help = "Examples:
  site-gen next-change
  site-gen next-change --now 2026-12-01T00:00:00+01:00

It is one line such as 2026-11-30T23:00:00Z, which `date --date` and schedulers read.")]
    NextChange {
        /// The folder with the Markdown
        #[arg(long, default_value = "content")]
        content: PathBuf,
        /// The time after which a change counts, as 2026-11-20T08:00:00Z, instead of now
        #[arg(long, value_name = "TIME")]
        now: Option<Timestamp>,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Build { content, out, base_url, now } => {
            run_build(&content, &out, base_url.as_deref(), now.unwrap_or_else(Timestamp::now))
        }
        Command::Check { content, now } => run_check(&content, now.unwrap_or_else(Timestamp::now)),
        #[cfg(feature = "serve")]
        Command::Serve { content, port } => run_serve(&content, port),
        Command::NextChange { content, now } => run_next_change(&content, now.unwrap_or_else(Timestamp::now)),
    };
    match done {
        Ok(text) if text.is_empty() => ExitCode::SUCCESS,
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}

fn run_build(content: &Path, out: &Path, base_url: Option<&str>, now: Timestamp) -> Result<String, String> {
    let built = build(content, base_url, now).map_err(|failure| match failure {
        Failure::Content(problems) => told(&problems, " Intet er skrevet."),
        other => chain(&other),
    })?;
    built.warnings.iter().for_each(|warning| eprintln!("{warning}"));
    let pages = pages(&built.files);
    let write::Written { written, unchanged, removed } =
        write::write(&built.files, out).map_err(|error| chain(&error))?;
    let out = out.display();
    let done = format!("{pages} sider i {out}: {written} filer skrevet, {unchanged} uændrede, {removed} fjernet.");
    Ok(done + &next_change(built.site.next_change()))
}

/// A line for people that says when the site changes by itself; nothing if it does not.
fn next_change(change: Option<&Change>) -> String {
    change.map_or_else(String::new, |change| format!("\nNæste ændring af sig selv: {change}"))
}

fn run_next_change(content: &Path, now: Timestamp) -> Result<String, String> {
    let Assembled { site, .. } = check(content, now).map_err(|problems| told(&problems, ""))?;
    Ok(site.next_change().map_or_else(String::new, |change| change.at.to_string()))
}

/// Serves until the program is stopped.
#[cfg(feature = "serve")]
fn run_serve(content: &Path, port: u16) -> Result<String, String> {
    let tell = |news: News<'_>| match news {
        News::Built(built) => println!("Bygget igen: {} sider er anderledes.", built.rendered),
        News::Mistakes(problems) => eprintln!("{}", told(problems, " Den sidste gode udgave vises.")),
        News::Failed(error) => eprintln!("{}", chain(error)),
    };
    let serving = serve(content, port, Timestamp::now, tell).map_err(|error| chain(&error))?;
    let problems = serving.shown().problems.clone();
    if !problems.is_empty() {
        eprintln!("{}", told(&problems, " Browseren viser dem også."));
    }
    println!("Hjemmesiden: {}/", serving.address);
    println!("Gem en fil i {}, og browseren viser det. Stop med Ctrl-C.", content.display());
    loop {
        std::thread::park();
    }
}

fn run_check(content: &Path, now: Timestamp) -> Result<String, String> {
    let Assembled { site, warnings } = check(content, now).map_err(|problems| told(&problems, ""))?;
    warnings.iter().for_each(|warning| eprintln!("{warning}"));
    let atlas = site.catalog().atlas();
    let (kredse, kommuner, postcodes) = (atlas.kredse().len(), atlas.kommuner().len(), atlas.postal_areas().len());
    let counted = format!("Ingen fejl: {kredse} kredse, {kommuner} kommuner, {postcodes} postnumre.");
    Ok(counted + &next_change(site.next_change()))
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
