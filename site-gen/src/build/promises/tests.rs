//! What is found in texts, how it is told, and where it stands.

use super::found::{InText, in_lines};
use super::places::Ground;
use super::*;
use proptest::prelude::*;

fn found(line: &str) -> InText {
    in_lines([line].into_iter())
}

fn values(counts: &Places) -> Vec<String> {
    counts.iter().map(|(value, count)| if *count == 1 { value.clone() } else { format!("{value} x{count}") }).collect()
}

#[test]
fn telephone_numbers_are_found_however_they_are_written_and_told_alike() {
    for (line, expected) in [
        ("Ring 114, eller 112.", &["112", "114"] as &[&str]),
        ("tel:114", &["114"]),
        ("114: ring! (114) »114« 114", &["114 x4"]),
        ("Ring 96 30 14 48, 96301448, +45 96 30 14 48, 0045-96.30.14.48, 9630\u{a0}1448", &["96 30 14 48 x5"]),
        ("tel:+4596301448", &["96 30 14 48"]),
        ("116 111 og 116000", &["116 000", "116 111"]),
        ("+46 77 114 14 00", &["+46771141400"]),
        ("Ring 115 og 141", &["115"]),
        (
            "1.114 sager, 114 %, 2114, 114b, kl. 11.40, 11:42, 114,5 og 2025-2026, 2025 2026, 27. april 2017, nr. 410",
            &["114"],
        ),
        ("8370 Hadsten", &[]),
    ] {
        assert_eq!(values(&found(line).numbers), expected, "{line}");
    }
}

#[test]
fn deadlines_are_found_in_figures_and_words_in_both_languages_and_told_alike() {
    for (line, expected) in [
        ("En betjent ringer inden 7 dage.", &["7 dage"] as &[&str]),
        ("inden for syv dage, 7\u{a0}dages frist, en 7-dages frist", &["7 dage x3"]),
        (
            "gemt i ti minutter og en time, efter 24 timer eller ét døgn",
            &["1 døgn", "1 time", "10 minutter", "24 timer"],
        ),
        ("within fourteen days, 14 days, a 14-day limit", &["14 dage x3"]),
        ("two working days, an hour", &["1 time", "2 arbejdsdage"]),
        ("5 hverdage, 3 hele dage, to arbejdsdage", &["2 arbejdsdage", "3 dage", "5 hverdage"]),
        ("I dag, hver dag, om dagen, 7. dage, syv, dage, 3 gange, at a time", &[]),
        ("at a time, one time, the day, today, 3 times", &[]),
    ] {
        assert_eq!(values(&found(line).deadlines), expected, "{line}");
    }
}

#[test]
fn the_domain_of_an_address_is_found_and_nothing_else_of_it() {
    let found = found("Skriv til mailto:Hans.Jensen@Politi.example eller a@b.c.example.");
    assert_eq!(values(&found.domains), ["b.c.example", "politi.example"]);
    assert!(found.numbers.is_empty());
}

fn ground() -> Ground {
    let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Ground { kredse: all(&["bornholm", "fyn", "nord"]), languages: all(&["da", "en"]) }
}

fn places(of: &[(&str, usize)]) -> Places {
    of.iter().map(|(page, count)| ((*page).to_owned(), *count)).collect()
}

#[test]
fn pages_of_most_kredse_and_all_languages_with_equal_counts_are_one_line_and_every_other_is_its_own() {
    let counts = places(&[
        ("/fyn/", 3),
        ("/bornholm/", 3),
        ("/nord/", 3),
        ("/en/fyn/", 3),
        ("/en/bornholm/", 3),
        ("/en/nord/", 3),
        ("/fyn/a/", 2),
        ("/bornholm/a/", 2),
        ("/nord/a/", 2),
        ("/en/fyn/a/", 2),
        ("/en/bornholm/a/", 2),
        ("/en/nord/a/", 4),
        ("/fyn/b/", 1),
        ("/bornholm/b/", 1),
        ("/fyn/alene/", 5),
        ("/om/", 2),
        ("/en/om/", 2),
        ("sprog/da.yaml", 7),
    ]);
    let pages = counts.keys().filter(|page| page.starts_with('/')).cloned();
    let pages: Pages = pages.chain(["/404.html", "/nord/b/", "/en/404.html", "/en/was/"].map(str::to_owned)).collect();
    let expected = places(&[
        ("{sprog}/{kreds}/", 3),
        ("{sprog}/{kreds}/a/", 2),
        ("/en/nord/a/", 4),
        ("/{kreds}/b/", 1),
        ("/nord/b/", 0),
        ("/fyn/alene/", 5),
        ("{sprog}/om/", 2),
        ("sprog/da.yaml", 7),
    ]);
    let folded = ground().fold(&counts, &pages);
    assert_eq!(folded, expected);
    assert_eq!(unfolded(&folded, &pages, &counts), counts);
}

/// What the folded counts say of each page, and of each file that is known.
fn unfolded(folded: &Places, pages: &Pages, counts: &Places) -> Places {
    let ground = ground();
    let known = ground.unfold(folded);
    let places = pages.iter().chain(counts.keys());
    places.map(|place| (place.clone(), known.of(place))).filter(|(_, count)| *count > 0).collect()
}

proptest! {
    #[test]
    fn whatever_is_folded_is_the_same_when_it_is_unfolded(
        there in prop::collection::btree_map("(/en)?/((fyn|bornholm|nord)/)?([ab]/)?", 0_usize..3, 0..30),
    ) {
        let pages: Pages = there.keys().cloned().chain(["/404.html".to_owned()]).collect();
        let counts: Places = there.into_iter().filter(|(_, count)| *count > 0).collect();
        let folded = ground().fold(&counts, &pages);
        prop_assert_eq!(unfolded(&folded, &pages, &counts), counts, "{:?}", folded);
    }
}

#[test]
fn what_stands_in_the_frame_is_told_once_and_a_page_that_has_lost_it_is_named() {
    let pages: Pages = (0..20).map(|page| format!("/{page}/")).chain(["/en/".to_owned()]).collect();
    let mut counts: Places = pages.iter().map(|page| (page.clone(), 2)).collect();
    counts.insert("sprog/da.yaml".to_owned(), 1);
    assert_eq!(ground().fold(&counts, &pages), places(&[("{sprog}/*", 2), ("sprog/da.yaml", 1)]));
    counts.insert("/7/".to_owned(), 1);
    counts.insert("/8/".to_owned(), 3);
    let folded = ground().fold(&counts, &pages);
    assert_eq!(folded, places(&[("{sprog}/*", 2), ("/7/", 1), ("/8/", 3), ("sprog/da.yaml", 1)]));
    assert_eq!(unfolded(&folded, &pages, &counts), counts);
}
