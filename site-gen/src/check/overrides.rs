//! Shared texts and pages that a kreds has replaced with its own.

use crate::check::basis::{self, Basis};
use crate::source::paths::shared_path;
use crate::source::read::Source;

pub use crate::check::basis::State;

/// A file of a kreds that replaces a shared one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The folder of the kreds: `oestjylland`.
    pub kreds: String,
    /// The path of its file: `kredse/oestjylland/tekster/haster-ikke.md`.
    pub path: String,
    /// The path of the shared file: `tekster/haster-ikke.md`.
    pub shared: String,
    /// The state in relation to the shared file.
    pub state: State,
}

/// Every Danish file of a kreds that replaces a shared one, sorted. Translations follow their Danish files.
#[must_use]
pub fn overrides(sources: &[Source]) -> Vec<Override> {
    let known = Basis::of(sources);
    let own = basis::pairs(sources).into_iter().filter_map(|pair| {
        let shared = shared_path(&pair.file.path).filter(|shared| *shared == pair.base.path)?;
        let kreds = pair.file.path.split('/').nth(1)?.to_owned();
        let state = known.state(&pair.file.path, &basis::mark(pair.base));
        Some(Override { kreds, path: pair.file.path.clone(), shared, state })
    });
    own.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_danish_files_that_replace_a_shared_one_are_listed() {
        let source = |path: &str| Source { path: path.to_owned(), text: "".into() };
        let paths = [
            "faelles/moede.en.md",
            "faelles/moede.md",
            "kredse/fyn/kreds.md",
            "kredse/fyn/moede.en.md",
            "kredse/fyn/moede.md",
            "kredse/fyn/tekster/haster-ikke.en.md",
            "kredse/fyn/tekster/haster-ikke.md",
            "kredse/fyn/tekster/ukendt.md",
            "kredse/oestjylland/stationer.md",
            "sider/stationer.md",
            "tekster/haster-ikke.en.md",
            "tekster/haster-ikke.md",
        ];
        let found = overrides(&paths.map(source));
        let pairs: Vec<_> = found.iter().map(|found| (found.path.as_str(), found.shared.as_str())).collect();
        assert_eq!(
            pairs,
            [
                ("kredse/fyn/moede.md", "faelles/moede.md"),
                ("kredse/fyn/tekster/haster-ikke.md", "tekster/haster-ikke.md"),
            ]
        );
        assert!(found.iter().all(|found| found.kreds == "fyn"));
    }
}
