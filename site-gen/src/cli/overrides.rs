//! `site-gen overrides`: lists the texts and pages that kredse have replaced by their own.

use crate::check::overrides::{Override, State, overrides};
use crate::cli::ended::Ended;
use crate::say;
use crate::source::read;
use std::path::Path;
use std::process::ExitCode;

/// Prints a list for editors.
pub(crate) fn run(content: &Path) -> Ended {
    let read::Content { sources, diagnostics, .. } = read::read(content);
    if let (true, Some(diagnostic)) = (sources.is_empty(), diagnostics.first()) {
        return Err(diagnostic.to_string().into());
    }
    let all = overrides(&sources);
    all.iter().for_each(|found| say!("{}", line(found)));
    match all.len() {
        0 => say!("Ingen kreds har sin egen udgave af en fælles tekst eller side."),
        1 => say!("1 fil erstatter en fælles tekst eller side."),
        many => say!("{many} filer erstatter en fælles tekst eller side."),
    }
    Ok(ExitCode::SUCCESS)
}

fn line(Override { kreds, path, shared, state }: &Override) -> String {
    let state = match state {
        State::Current => "",
        State::Changed => " – den fælles tekst er rettet siden",
        State::Unknown => " – ikke sammenlignet med den endnu",
    };
    format!("{kreds}: {path} i stedet for {shared}{state}")
}
