//! The content that is published passes every check, and nothing in it is warned of.

use crate::support::{now, real, said};
use site_gen::build;
use std::process::Command;

#[test]
fn the_content_of_all_kredse_in_danish_and_english_passes_without_warnings() {
    let built = build(&real(), None, now()).unwrap_or_else(|failure| panic!("{}", said(&failure)));
    let warnings: String = built.warnings.iter().map(|warning| format!("{warning}\n")).collect();
    assert!(warnings.is_empty(), "{warnings}");
    let catalog = built.site.catalog();
    assert_eq!(catalog.atlas().kredse().len(), 12);
    assert_eq!(catalog.languages().map(ToString::to_string).collect::<Vec<_>>(), ["da", "en"]);
}

#[test]
fn a_strict_check_of_it_says_that_all_is_well_and_nothing_else() {
    let content = real();
    let arguments = ["check", "--strikt", "--now", "2026-11-22T12:00:00Z", "--content", content.to_str().unwrap()];
    let output = Command::new(env!("CARGO_BIN_EXE_site-gen")).args(arguments).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Ingen fejl: 12 kredse"));
}
