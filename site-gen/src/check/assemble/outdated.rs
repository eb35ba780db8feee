//! Warns of translations and kredse's own texts that have not been compared since their base texts changed.

use crate::check::basis::{self, Basis, Pair, State};
use crate::check::facts::Facts;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Diagnostics, Reporter};
use crate::source::paths::{danish_path, shared_path};
use crate::source::read::Source;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use std::sync::Arc;

/// All files that are based on others, with the state of each comparison.
pub(super) struct Compared<'a> {
    pairs: Vec<(Pair<'a>, State)>,
    known: Basis,
    lines: Option<Reporter<'a>>,
}

impl<'a> Compared<'a> {
    /// Determines all states. `lines` is the file that records the comparisons, if there is one.
    pub(super) fn of(sources: &'a [Source], lines: Option<Reporter<'a>>, facts: &[Arc<Facts>]) -> Self {
        let known = lines.map(Basis::parse).unwrap_or_default();
        let state = |pair: Pair<'a>| {
            let index = sources.binary_search_by(|source| source.path.cmp(&pair.base.path)).ok();
            let mark = index.and_then(|index| facts.get(index)).map_or("", |facts| facts.mark(pair.base));
            (pair, known.state(&pair.file.path, mark))
        };
        let pairs = basis::pairs(sources).into_par_iter().with_max_len(crate::AT_ONCE).map(state);
        Self { pairs: pairs.collect(), known, lines }
    }

    /// Warns of outdated files, but not while there are mistakes: correcting them may change the Danish files again.
    pub(super) fn warn(&self, diagnostics: &Diagnostics) {
        if diagnostics.count() > 0 {
            return;
        }
        self.pairs.iter().for_each(|(pair, state)| warn(*pair, *state, diagnostics));
        if let Some(lines) = self.lines {
            let is_pair =
                |file: &str| self.pairs.binary_search_by(|(pair, _)| pair.file.path.as_str().cmp(file)).is_ok();
            self.known.warn_of_others(is_pair, lines);
        }
    }
}

fn warn(Pair { file, base }: Pair<'_>, state: State, diagnostics: &Diagnostics) {
    let (file_path, base_path) = (&file.path, &base.path);
    let command = format!("cargo run --bin site-gen -- compared {file_path}");
    let is_own = danish_path(file_path).is_none() && shared_path(file_path).is_some();
    let (code, message) = match state {
        State::Current => return,
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
