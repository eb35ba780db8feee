//! `site-gen overrides`: which texts and pages kredse have replaced by their own.

use clap::Args;
use site_gen::overrides::{Override, overrides};
use site_gen::read;
use std::path::PathBuf;

#[derive(Args)]
#[command(after_help = "Example:\n  site-gen overrides --content content")]
pub(crate) struct Overrides {
    /// The folder with the Markdown
    #[arg(long, default_value = "content")]
    content: PathBuf,
}

impl Overrides {
    /// A list for editors.
    pub(crate) fn run(&self) -> Result<String, String> {
        let read::Content { sources, problems } = read::read(&self.content);
        if let (true, Some(problem)) = (sources.is_empty(), problems.first()) {
            return Err(problem.to_string());
        }
        let all = overrides(&sources);
        let mut lines: Vec<String> = all.iter().map(line).collect();
        lines.push(match all.len() {
            0 => "Ingen kreds har sin egen udgave af en fælles tekst eller side.".to_owned(),
            1 => "1 fil erstatter en fælles tekst eller side.".to_owned(),
            many => format!("{many} filer erstatter en fælles tekst eller side."),
        });
        Ok(lines.join("\n"))
    }
}

fn line(found: &Override) -> String {
    format!("{}: {} i stedet for {}", found.kreds, found.path, found.shared)
}
