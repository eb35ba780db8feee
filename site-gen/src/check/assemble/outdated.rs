//! Warns of translations, and of kredse's own texts, that were not compared since what they are based on changed.

use crate::check::facts::Facts;
use crate::check::translation_status::{self, Basis, Pair, State};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Diagnostics, Reporter};
use crate::source::paths::{danish_path, shared_path};
use crate::source::read::Source;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::sync::Arc;

/// Warns of each; but not while there are mistakes, since to put them right may change the Danish files again. `lines` is the file that says what was compared, if there is one.
pub(super) fn outdated(
    sources: &[Source],
    lines: Option<Reporter<'_>>,
    facts: &[Arc<Facts>],
    diagnostics: &Diagnostics,
) {
    if diagnostics.count() > 0 {
        return;
    }
    let pairs = translation_status::pairs(sources);
    let known = lines.map(Basis::parse).unwrap_or_default();
    let mark = |base: &Source| {
        let index = sources.binary_search_by(|source| source.path.cmp(&base.path)).ok()?;
        facts.get(index).map(|facts| facts.mark(base))
    };
    // They take most of the time.
    pairs.par_iter().with_max_len(crate::AT_ONCE).for_each(|pair| _ = mark(pair.base));
    for Pair { file, base } in &pairs {
        let (file_path, base_path) = (&file.path, &base.path);
        let command = format!("cargo run --bin site-gen -- compared {file_path}");
        let is_own = danish_path(file_path).is_none() && shared_path(file_path).is_some();
        let (code, message) = match known.state(file_path, mark(base).unwrap_or_default()) {
            State::Current => continue,
            State::Changed if is_own => (
                DiagnosticCode::OwnTextOutdated,
                format!(
                    "Den fælles tekst {base_path} er rettet, siden kredsens egen sidst blev sammenlignet med den. Ret \
                     filen her, hvis den ikke passer mere, og skriv så: {command}"
                ),
            ),
            State::Unknown if is_own => (
                DiagnosticCode::OwnTextNotCompared,
                format!("Kredsens egen tekst er ikke sammenlignet med {base_path}. Læs begge, og skriv så: {command}"),
            ),
            State::Changed => (
                DiagnosticCode::Outdated,
                format!(
                    "Den danske fil {base_path} er rettet, siden denne oversættelse sidst blev sammenlignet med den. Ret \
                     oversættelsen, hvis den ikke passer mere, og skriv så: {command}"
                ),
            ),
            State::Unknown => (
                DiagnosticCode::NotCompared,
                format!(
                    "Oversættelsen er ikke sammenlignet med {base_path}. Læs begge, ret det, der ikke passer, og skriv \
                     så: {command}"
                ),
            ),
        };
        file.reporter(diagnostics).warn_file(code, message);
    }
    if let Some(lines) = lines {
        known.warn_of_others(&pairs, lines);
    }
}
