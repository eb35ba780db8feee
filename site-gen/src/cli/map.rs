//! `site-gen map`: draws the map of the kredse from their outlines, as a file of the content.

mod drawing;
mod outlines;

use crate::check::assemble::{MAP, OUTLINES, assemble};
use crate::check::build_profile::BuildProfile;
use crate::cli::ended::{Ended, Stop};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Diagnostic, Diagnostics};
use crate::diagnostics::system::reason;
use crate::say;
use crate::source::read::{self, Content, Source};
use crate::source::replace::replace;
use crate::source::text::short_hash;
use jiff::Timestamp;
use std::path::Path;
use std::process::ExitCode;

pub(crate) fn run(content: &Path) -> Ended {
    redraw(content).map_err(|diagnostics| Stop::Content(diagnostics, " Kortet er ikke tegnet."))?;
    say!("Kortet er tegnet i {}. Se på det med: cargo run", content.join(MAP).display());
    Ok(ExitCode::SUCCESS)
}

/// Draws the map, unless there is a problem with the outlines.
pub fn redraw(content: &Path) -> Result<(), Vec<Diagnostic>> {
    let Content { mut sources, images, diagnostics } = read::read(content);
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let diagnostics = Diagnostics::default();
    let drawn = |source: &Source| {
        outlines::read(source.reporter(&diagnostics))
            .map(|outlines| drawing::draw(outlines, &short_hash(&*source.text)))
    };
    let text = sources.iter().find(|source| source.path == OUTLINES).and_then(drawn).unwrap_or_default();
    let map = Source { path: MAP.to_owned(), text: text.into() };
    sources.retain(|source| source.path != MAP);
    sources.insert(sources.partition_point(|source| source.path.as_str() < MAP), map.clone());
    // With the new map, the check can tell whether the outlines match the kredse.
    let misfits = assemble(&sources, &images, BuildProfile::published(Timestamp::now())).err().into_iter().flatten();
    misfits.filter(|diagnostic| diagnostic.path == OUTLINES).for_each(|diagnostic| diagnostics.add(diagnostic));
    if diagnostics.count() == 0
        && let Err(error) = replace(&content.join(MAP), map.text.as_bytes())
    {
        diagnostics.missing(
            MAP,
            DiagnosticCode::UnreadableFile,
            &format!("Filen kan ikke skrives ({}).", reason(&error)),
        );
    }
    if diagnostics.count() == 0 { Ok(()) } else { Err(diagnostics.into_sorted()) }
}
