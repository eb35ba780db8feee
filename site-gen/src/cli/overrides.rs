//! `site-gen overrides`: which texts and pages kredse have replaced by their own.

use crate::check::overrides::{Override, State, overrides};
use crate::source::read;
use crate::{complain, say};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
#[command(after_help = "Example:\n  site-gen overrides --content content")]
pub(crate) struct Overrides {
    /// The folder with the Markdown
    #[arg(long, default_value = "content")]
    content: PathBuf,
}

impl Overrides {
    /// A list for editors.
    pub(crate) fn run(&self) -> ExitCode {
        let read::Content { sources, diagnostics, .. } = read::read(&self.content);
        if let (true, Some(diagnostic)) = (sources.is_empty(), diagnostics.first()) {
            complain!("{diagnostic}");
            return ExitCode::FAILURE;
        }
        let all = overrides(&sources);
        all.iter().for_each(|found| say!("{}", line(found)));
        match all.len() {
            0 => say!("Ingen kreds har sin egen udgave af en fælles tekst eller side."),
            1 => say!("1 fil erstatter en fælles tekst eller side."),
            many => say!("{many} filer erstatter en fælles tekst eller side."),
        }
        ExitCode::SUCCESS
    }
}

fn line(Override { kreds, path, shared, state }: &Override) -> String {
    let state = match state {
        State::Current => "",
        State::Changed => " – den fælles tekst er rettet siden",
        State::Unknown => " – ikke sammenlignet med den endnu",
    };
    format!("{kreds}: {path} i stedet for {shared}{state}")
}
