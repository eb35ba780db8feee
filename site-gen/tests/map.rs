//! `site-gen map`, and the comparison of the map with the outlines and the kredse.

use crate::support::{Content, crate_folder, mistakes, real, site_gen};
use site_gen::cli::map::redraw;
use site_gen::diagnostics::diagnostic::Diagnostic;
use std::fs;

const MAP: &str = "data/kort.txt";
const OUTLINES: &str = "data/kredse.geojson";

fn reported(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(ToString::to_string).collect()
}

/// The diagnostics of a rejected drawing, which leaves the file unchanged.
fn redrawn(content: &Content) -> Vec<String> {
    let before = fs::read(content.path().join(MAP)).unwrap();
    let diagnostics = redraw(content.path()).expect_err("the outlines are refused");
    assert_eq!(fs::read(content.path().join(MAP)).unwrap(), before);
    reported(&diagnostics)
}

#[test]
fn the_stored_maps_match_their_outlines() {
    for (content, tree) in [(Content::real(), real()), (Content::new(), crate_folder().join("tests/content"))] {
        content.write(MAP, "");
        redraw(content.path()).unwrap();
        let drawn = fs::read_to_string(content.path().join(MAP)).unwrap();
        assert_eq!(drawn, fs::read_to_string(tree.join(MAP)).unwrap(), "cargo run --bin site-gen -- map");
    }
}

#[test]
fn a_map_is_rejected_after_its_outlines_change_until_it_is_redrawn() {
    let content = Content::new();
    content.change(OUTLINES, "[9.9,55.5]", "[9.8,55.5]");
    let outdated = "data/kort.txt:1:1: Kortet er ikke tegnet efter omridsene i data/kredse.geojson, som de er nu. Tegn \
                    kortet med: cargo run --bin site-gen -- map";
    assert_eq!(mistakes(&content), [outdated]);
    let before = fs::read_to_string(content.path().join(MAP)).unwrap();
    let output = site_gen(&content, &["map"]);
    let said = format!("Kortet er tegnet i {}. Se på det med: cargo run\n", content.path().join(MAP).display());
    assert_eq!((output.status.code(), String::from_utf8(output.stdout).unwrap()), (Some(0), said));
    assert!(mistakes(&content).is_empty(), "{:?}", mistakes(&content));
    // A map of other outlines is rejected as well, and so is one without a kreds.
    let after = fs::read_to_string(content.path().join(MAP)).unwrap();
    let without: Vec<&str> = after.lines().filter(|line| !line.starts_with("1465 ")).collect();
    for other in [before, without.join("\n")] {
        content.write(MAP, &other);
        assert_eq!(mistakes(&content), [outdated], "{other}");
    }
}

#[test]
fn a_map_that_was_edited_by_hand_is_rejected_at_its_line() {
    let content = Content::new();
    for (from, to, line) in [
        ("omrids 7", "7", 1),
        ("ark 134 228", "ark 134", 4),
        ("ark 134 228", "ark 134 -228", 4),
        ("ark 134 228\n", "", 4),
        ("rammer M90", "rammer 90", 5),
        ("51-44 0z", "51-44 0\"z", 5),
        ("51-44 0z", "51-44 0", 5),
        ("1461 34 40", "1461 34", 6),
        ("1461 34 40", "1461 135 40", 6),
        ("1461 34 40", "1461 34 229", 6),
        ("M0 24l40-24 43 30-43 54-7 24-27-24z", "", 6),
        ("M66 228l17-42-3 30z", "<b>", 7),
        ("1465 43", "1461 43", 7),
        ("1465 43", "1460 43", 7),
        ("1471 111", "\n1471 111", 8),
    ] {
        let before = fs::read_to_string(content.path().join(MAP)).unwrap();
        content.change(MAP, from, to);
        let said = mistakes(&content);
        let place = format!("data/kort.txt:{line}:1: Linjen kan ikke læses: »");
        assert!(said.len() == 1 && said[0].starts_with(&place), "{from} as {to}: {said:?}");
        assert!(said[0].ends_with("Ret ikke i filen. Tegn kortet med: cargo run --bin site-gen -- map"), "{said:?}");
        content.write(MAP, &before);
    }
    content.remove(MAP);
    assert_eq!(mistakes(&content), ["data/kort.txt: Filen mangler. Tegn kortet med: cargo run --bin site-gen -- map"]);
}

#[test]
fn every_mistake_in_an_outline_is_reported_at_its_location() {
    let content = Content::new();
    content.lay(&crate_folder().join("tests/mistakes-map"));
    assert_eq!(
        redrawn(&content),
        [
            "data/kredse.geojson:2:213: Omridset af kreds 1465 kan ikke bruges. En ring skal slutte, hvor den begynder. Her begynder en i [10.7, 54.8] og slutter i [10.71, 54.8].",
            "data/kredse.geojson:3:164: Omridset af kreds 1461 kan ikke bruges. Punktet [56.5, 9.7] ligger ikke i Danmark. Et punkt er [længdegrad, breddegrad]. Mente du [9.7, 56.5]?",
            "data/kredse.geojson:4:85: Omridset af kreds 1470 kan ikke bruges. Det er tomt.",
            "data/kredse.geojson:5:118: Omridset af kreds 1471 kan ikke bruges. En ring skal have mindst tre hjørner.",
            "data/kredse.geojson:6:212: Kreds 1465 har to omrids. Slet det ene, eller ret koden.",
        ]
    );
    let content = Content::new();
    content.change(OUTLINES, "\"1465\"", "\"146 5\"");
    assert_eq!(
        redrawn(&content),
        [
            "data/kredse.geojson:2:212: Omridset af kreds 146 5 kan ikke bruges. »kredskode« skal være den »kode«, der står i kredsens kreds.md."
        ]
    );
    content.remove(OUTLINES);
    assert_eq!(
        redrawn(&content),
        ["data/kredse.geojson: Filen mangler. Den skal være der; hent den eventuelt fra en tidligere udgave."]
    );
}

#[test]
fn mismatched_outlines_and_kredse_are_reported() {
    let content = Content::new();
    content.change(OUTLINES, "1465", "9999");
    content.change(OUTLINES, "1461", "1469");
    assert_eq!(
        redrawn(&content),
        [
            "data/kredse.geojson:2:224: Ingen kreds har koden »9999«. Vælg mellem: 1461, 1465, 1471.",
            "data/kredse.geojson:3:176: Ingen kreds har koden »1469«. Mente du »1461«? Vælg mellem: 1461, 1465, 1471.",
        ]
    );
    let content = Content::new();
    let outlines = fs::read_to_string(content.path().join(OUTLINES)).unwrap();
    let lines: Vec<&str> = outlines.lines().filter(|line| !line.contains("1465")).collect();
    content.write(OUTLINES, &lines.join("\n"));
    assert_eq!(
        redrawn(&content),
        [
            "data/kredse.geojson:1:1: Kreds 1465 (Fyns Politi) har intet omrids. Tilføj et, eller ret kredsens »kode«, hvis den er forkert."
        ]
    );
    for (to, column) in [("\"9.9\",[10.4", 74), ("9.9,[10.4", 72)] {
        content.write(OUTLINES, &outlines.replace("[9.9,55.5],[10.4", to));
        let rule = "Filen skal være GeoJSON: en FeatureCollection, hvor hvert omrids har »kredskode« og er en Polygon eller MultiPolygon af [længdegrad, breddegrad]. Hent den eventuelt fra en tidligere udgave.";
        let message = format!("data/kredse.geojson:2:{column}: Omridsene kan ikke læses herfra. {rule}");
        assert_eq!(redrawn(&content), [message]);
    }
    // The check reports the same about a kreds that was added later.
    let content = Content::new();
    content.change("kredse/fyn/kreds.md", "kode: 1465", "kode: 1466");
    let misfit = "Ingen kreds har koden »1465«. Mente du »1466«? Vælg mellem: 1461, 1466, 1471.";
    assert_eq!(mistakes(&content), [format!("data/kredse.geojson:2:224: {misfit}")]);
    assert_eq!(redrawn(&content), mistakes(&content));
}
