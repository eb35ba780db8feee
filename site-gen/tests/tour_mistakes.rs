//! All mistakes in a tour or news are reported in one run, at their locations, with helpful messages.
//!
//! `tests/mistakes-tour/` is laid over the valid tree in two languages; the expected messages are in
//! `mistakes-tour.txt`. After changing a message, run `UPDATE=1 cargo test tour_mistakes::` and review the diff.

use crate::support::{Content, mistakes};
use std::{env, fs};

#[test]
fn every_mistake_is_reported_in_one_run_with_pinned_messages() {
    let content = Content::english();
    content.lay(&crate::support::crate_folder().join("tests/mistakes-tour"));
    let said = mistakes(&content);
    let pinned = crate::support::crate_folder().join("tests/mistakes-tour.txt");
    if env::var_os("UPDATE").is_some() {
        fs::write(&pinned, said.join("\n") + "\n").unwrap();
    }
    let expected = fs::read_to_string(&pinned).unwrap();
    assert_eq!(said, expected.lines().collect::<Vec<_>>());
}

#[test]
fn an_unreadable_row_of_a_kommune_gives_one_mistake() {
    let content = Content::english();
    content.tour("fyn", "\n  - {dato: 2026-12-05, tid: 14.00-16.30, by: Odense, sted: Torvet, kommune: Odense}\n");
    assert_eq!(mistakes(&content), Vec::<String>::new());
    content.change("data/kommuner.csv", "0461,Odense", "461,Odense");
    assert_eq!(mistakes(&content).len(), 1, "{:?}", mistakes(&content));
}

#[test]
fn a_tour_must_be_translated() {
    let content = Content::english();
    content.tour("fyn", "");
    content.remove("kredse/fyn/tur.en.md");
    assert_eq!(mistakes(&content), ["kredse/fyn/tur.md:1:1: Oversættelsen tur.en.md mangler. Skriv den."]);
}

#[test]
fn the_tour_examples_of_the_manual_are_valid() {
    let manual = fs::read_to_string(crate::support::real().join("README.md")).unwrap();
    let section = manual.split("## Fortæl, hvor den mobile politistation kommer").nth(1).unwrap();
    let examples: Vec<&str> = section.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let news = manual.split("## Fortæl, at en side er en nyhed").nth(1).unwrap();
    let news = news.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let content = Content::english();
    content.write("kredse/oestjylland/tur.md", examples[0]);
    content.write("kredse/oestjylland/tur.en.md", examples[1]);
    content.write("kredse/oestjylland/aabent-hus.md", &news.replace("nyhed:", "oversaettes: nej\nnyhed:"));
    assert_eq!(mistakes(&content), Vec::<String>::new());
}
