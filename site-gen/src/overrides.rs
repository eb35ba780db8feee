//! Which texts and pages of all kredse a kreds has replaced by its own.

use crate::read::Source;
use std::collections::BTreeSet;

/// A file of a kreds that stands in place of one that all kredse share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Override {
    /// The folder of the kreds: `oestjylland`.
    pub kreds: String,
    /// The path of its file: `kredse/oestjylland/tekster/haster-ikke.md`.
    pub path: String,
    /// The path of the file that all others share: `tekster/haster-ikke.md`.
    pub shared: String,
}

/// Every Danish file of a kreds that stands in place of a shared one, sorted. Translations follow the Danish files.
#[must_use]
pub fn overrides(sources: &[Source]) -> Vec<Override> {
    let paths: BTreeSet<&str> = sources.iter().map(|source| source.path.as_str()).collect();
    let of = |path: &&str| {
        let (kreds, rest) = path.strip_prefix("kredse/")?.split_once('/')?;
        let shared = match rest.split_once('/') {
            Some(("tekster", name)) => format!("tekster/{name}"),
            Some(_) => return None,
            None => format!("faelles/{rest}"),
        };
        let is_translation = shared.trim_end_matches(".md").contains('.');
        let is_shared = paths.contains(shared.as_str()) && !is_translation;
        is_shared.then(|| Override { kreds: kreds.to_owned(), path: (*path).to_owned(), shared })
    };
    paths.iter().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_stand_in_place_of_a_shared_one_are_listed_and_no_translations() {
        let source = |path: &str| Source { path: path.to_owned(), text: String::new() };
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
