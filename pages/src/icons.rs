//! The icons, inlined in pages: the few that a page shows are smaller than a file with all of them.
//!
//! Material Symbols, Apache License 2.0, as published with Det Fælles Designsystem: see THIRD-PARTY-NOTICES.md.

use std::collections::BTreeMap;

/// Name and outline of each icon, separated by a tab. All templates use the view box `0 -960 960 960`.
const TABLE: &str = include_str!("../icons.tsv");

/// The outlines by name.
pub(crate) fn icons() -> BTreeMap<&'static str, &'static str> {
    TABLE.lines().filter_map(|line| line.split_once('\t')).collect()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    #[test]
    fn every_icon_is_used_by_a_template() {
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
