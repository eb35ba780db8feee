//! The examples in the editors' manual build unchanged.

use crate::support::{Content, files, html};
use std::fs;

/// The first block of the manual that starts with `beginning`.
fn example(beginning: &str) -> String {
    let manual = fs::read_to_string(crate::support::real().join("README.md")).unwrap();
    let mut blocks = manual.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').unwrap().1.to_owned());
    blocks
        .find(|block| block.starts_with(beginning))
        .unwrap_or_else(|| panic!("no example that begins with {beginning}"))
}

#[test]
fn each_file_and_folder_is_explained_once() {
    let manual = fs::read_to_string(crate::support::real().join("README.md")).unwrap();
    let (_, list) = manual.split_once("## Hvad ligger hvor?").unwrap();
    let rows = list.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("| `"));
    let names: Vec<&str> = rows.map(|row| row.split('|').nth(1).unwrap().trim()).collect();
    let once: std::collections::BTreeSet<_> = names.iter().collect();
    assert!(names.len() > 15 && once.len() == names.len(), "{names:?}");
}

#[test]
fn the_examples_of_the_manual_can_be_used_as_they_are() {
    let content = Content::new();
    content.write("faelles/moed-os.md", &example("---\ntitel: Mød os i {hovedstation}"));
    content.write("tekster/find-station.md", &example("Find adresse og åbningstid"));
    content.page(&example("## Før du tager afsted"));
    let warnings = site_gen::check(content.path(), crate::support::now())
        .unwrap_or_else(|diagnostics| panic!("{diagnostics:?}"))
        .warnings;
    assert_eq!(warnings, []);
    let files = files(&content);
    let page = html(&files, "public/fyn/moed-os/index.html");
    assert!(page.contains("<h1>Mød os i Odense</h1>") && page.contains("Fyns Politi har sin hovedstation i Odense."));
    assert!(page.contains("href=\"/fyn/bestil-en-betjent/\""), "{page}");
    let page = html(&files, "public/proeve/index.html");
    assert!(page.contains("<h2 id=\"foer-du-tager-afsted\">Før du tager afsted</h2>\n<p>Find adresse"), "{page}");
}
