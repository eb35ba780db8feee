//! The drawings that stand in pages: in the page itself, since the few that a page shows are less than a file for all.
//!
//! Material Symbols, Apache License 2.0, in the form published with Det Fælles Designsystem: see THIRD-PARTY-NOTICES.md.

use std::collections::BTreeMap;

/// The name of each and its outline, with a tab between them, in the box that all templates draw them in: `0 -960 960 960`.
const TABLE: &str = include_str!("../icons.tsv");

/// The outlines by their names.
pub(crate) fn icons() -> BTreeMap<&'static str, &'static str> {
    TABLE.lines().filter_map(|line| line.split_once('\t')).collect()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    #[test]
    fn every_drawing_is_shown_by_some_template() {
        let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let read = |entry: std::io::Result<fs::DirEntry>| fs::read_to_string(entry.unwrap().path()).unwrap();
        let templates: String = fs::read_dir(directory).unwrap().map(read).collect();
        let icons = super::icons();
        assert!(!icons.is_empty());
        for name in icons.keys() {
            assert!(templates.contains(&format!("{{{{ icons.{name} }}}}")), "no template shows {name}");
        }
    }
}
