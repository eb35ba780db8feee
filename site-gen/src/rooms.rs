//! Tests that each of the generator's rooms depends only on rooms below it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the top down: each may use itself and those after it.
const ROOMS: [&str; 8] = ["cli", "preview", "build", "output", "check", "markdown", "source", "diagnostics"];

#[test]
fn a_room_uses_only_rooms_below_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut arrows = BTreeSet::new();
    let mut upward = Vec::new();
    for file in files(&source) {
        let Some(from) = room(&source, &file) else { continue };
        let text = fs::read_to_string(&file).unwrap();
        for to in named(&text) {
            let level = |room: &str| ROOMS.iter().position(|known| *known == room).unwrap();
            if level(to) < level(from) {
                upward.push(format!("{} names {to}", file.display()));
            }
            arrows.insert((from, to));
        }
    }
    assert_eq!(upward, Vec::<String>::new());
    // Without this, the test would pass if it found nothing.
    assert!(arrows.contains(&("cli", "build")) && arrows.contains(&("check", "markdown")), "{arrows:?}");
}

#[test]
fn a_dependency_is_found_in_every_spelling() {
    let text = "use crate::build::write;\nuse crate::{\n    check::{site::Site, tour}, cli::{terminal},\n};\nlet x = crate::output::File;";
    assert_eq!(named(text), ["build", "check", "cli", "output"]);
    assert_eq!(named("//! [`crate::cli`] and crate::nothing"), ["cli"]);
}

/// The rooms that a source names by `crate::`, groups in the order of the text.
fn named(text: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for (at, path) in text.match_indices("crate::") {
        let rest = &text[at + path.len()..];
        let names = match rest.strip_prefix('{') {
            Some(group) => top_level(group),
            None => vec![rest],
        };
        for name in names {
            let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len());
            found.extend(ROOMS.iter().find(|room| **room == &name[..end]));
        }
    }
    found
}

/// The top-level items of a group of imports.
fn top_level(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut items) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' if depth == 0 => {
                items.push(group[start..at].trim_start());
                start = at + 1;
            }
            '}' if depth == 0 => {
                items.push(group[start..at].trim_start());
                break;
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    items
}

/// The room that a file belongs to. `None` for the crate root.
fn room(source: &Path, file: &Path) -> Option<&'static str> {
    let first = file.strip_prefix(source).ok()?.components().next()?.as_os_str().to_str()?;
    ROOMS.iter().find(|room| first == **room || first.strip_suffix(".rs") == Some(room)).copied()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    files.into_iter().chain(folders.iter().flat_map(|folder| self::files(folder))).collect()
}
