//! `site-gen language`: prints the readability of the Danish texts, as a table for people or as JSON.

use crate::check::readability::{Reading, readings};
use crate::cli::ended::Ended;
use crate::say;
use clap::Args;
use std::path::Path;
use std::process::ExitCode;

#[derive(Args)]
#[command(
    after_help = "Examples:\n  site-gen language\n  site-gen language --json\n\nLix (Björnsson 1968) is words per sentence plus percent of words with more than six letters.\nBelow 35 is easy, 45 and more is hard. A text with fewer than 50 words has none."
)]
pub(crate) struct Language {
    /// All numbers as JSON
    #[arg(long)]
    json: bool,
}

impl Language {
    /// Prints the measurements.
    pub(crate) fn run(&self, content: &Path) -> Ended {
        say!("{}", report(content, self.json)?);
        Ok(ExitCode::SUCCESS)
    }
}

/// The table with the hardest text first, or all numbers as JSON, by path.
fn report(content: &Path, json: bool) -> Result<String, String> {
    let mut all = readings(content);
    if all.is_empty() {
        return Err(format!("Der er ingen danske tekster i {}.", content.display()));
    }
    if json {
        return serde_json::to_string_pretty(&all).map_err(|error| error.to_string());
    }
    // Short texts have no index and sort last.
    all.sort_by_key(|reading| std::cmp::Reverse((reading.lix, reading.longest.words)));
    let lines: Vec<String> = all.iter().map(line).collect();
    let words: usize = all.iter().map(|reading| reading.words).sum();
    let head = format!("{:>4} {:>6} {:>9} {:>15}  fil", "lix", "ord", "sætninger", "længste");
    Ok(format!("{head}\n{}\n{} tekster, {words} ord.", lines.join("\n"), all.len()))
}

fn line(reading: &Reading) -> String {
    let Reading { path, lix, words, sentences, longest, .. } = reading;
    let lix = lix.map_or_else(|| "-".to_owned(), |lix| lix.to_string());
    let longest = format!("{} ord, l. {}", longest.words, longest.line);
    format!("{lix:>4} {words:>6} {sentences:>9} {longest:>15}  {path}")
}
