//! The list of all pages, and the search index for the script: their contents and their limits.

use crate::support::{Content, files, html, now, said};
use serde_json::Value;
use site_gen::build;
use site_gen::output::File;
use std::collections::BTreeSet;

/// The addresses and titles in list order.
fn listed(files: &[File], prefix: &str) -> Vec<(String, String)> {
    let page = html(files, &format!("public{prefix}/soeg/index.html"));
    let item = |item: &str| {
        let (_, rest) = item.split_once(" href=\"").unwrap();
        let (href, rest) = rest.split_once('"').unwrap();
        let title = rest.split_once('>').unwrap().1.split_once("</a>").unwrap().0;
        (href.to_owned(), title.to_owned())
    };
    page.split("<li data-soeg>").skip(1).map(item).collect()
}

fn index(files: &[File], prefix: &str) -> Value {
    serde_json::from_str(&html(files, &format!("public{prefix}/soeg/ord.json"))).unwrap()
}

/// The list numbers of the pages with a stem.
fn places(index: &Value, stem: &str) -> Vec<usize> {
    let flat = index["stems"][stem].as_array().map_or(&[][..], Vec::as_slice);
    flat.iter().step_by(2).map(|place| usize::try_from(place.as_u64().unwrap()).unwrap()).collect()
}

#[test]
fn the_list_has_exactly_the_searchable_pages_once_each() {
    let content = Content::english();
    content.change("sider/privatliv.md", "beskrivelse:", "aliaser: [/persondata/]\nbeskrivelse:");
    content.write("sider/kun-her.md", "---\ntitel: Kun her\nbeskrivelse: Kun.\noversaettes: nej\n---\nXylofon.\n");
    let files = files(&content);
    let sitemap = html(&files, "public/sitemap.xml");
    for prefix in ["", "/en"] {
        let mut all: Vec<String> = listed(&files, prefix).into_iter().map(|(href, _)| href).collect();
        let forms = all.iter().filter(|href| href.ends_with("#find-kreds")).count();
        assert_eq!(forms, 2, "each form is there once, for all kredse");
        all.retain(|href| !href.contains('#'));
        all.sort();
        // The pages of the sitemap except the list itself and the form pages of each kreds.
        let mut expected: Vec<String> = sitemap
            .split("<loc>https://bestil-en-betjent.example")
            .skip(1)
            .map(|rest| rest.split_once("</loc>").unwrap().0.to_owned())
            .filter(|path| path.starts_with("/en/") != prefix.is_empty())
            .filter(|path| !path.contains("/bestil-en-") && !path.ends_with("/soeg/"))
            .collect();
        expected.sort();
        assert_eq!(all, expected);
        let known = html(&files, &format!("public{prefix}/soeg/ord.json"));
        assert_eq!(known.contains("xylofon"), prefix.is_empty());
    }
}

#[test]
fn the_index_numbers_pages_in_list_order() {
    let files =
        build(&crate::support::real(), None, now()).unwrap_or_else(|failure| panic!("{}", said(&failure))).files;
    for prefix in ["", "/en"] {
        let (listed, index) = (listed(&files, prefix), index(&files, prefix));
        let most = index["stems"].as_object().unwrap().keys().flat_map(|stem| places(&index, stem)).max().unwrap();
        assert_eq!(most + 1, listed.len());
        for (number, (href, title)) in listed.iter().enumerate() {
            let word = title.split(|sign: char| !sign.is_alphabetic()).max_by_key(|word| word.len()).unwrap();
            let folded = word.to_lowercase().replace("aa", "a").replace('å', "a").replace('ø', "o").replace('æ', "ae");
            let folded = folded.replace("oe", "o");
            let stems = index["stems"].as_object().unwrap().keys().filter(|stem| folded.starts_with(stem.as_str()));
            let found: BTreeSet<usize> = stems.flat_map(|stem| places(&index, stem)).collect();
            assert!(found.contains(&number), "{href} is not found by {word}");
        }
    }
}

#[test]
fn every_postcode_and_kommune_finds_exactly_its_kredse() {
    let built = build(&crate::support::real(), None, now()).unwrap_or_else(|failure| panic!("{}", said(&failure)));
    let (listed, index, atlas) = (listed(&built.files, ""), index(&built.files, ""), built.site.catalog().atlas());
    let found = |stem: &str| -> BTreeSet<String> {
        // A form may mention one as an example.
        let found = places(&index, stem).into_iter().map(|number| listed[number].0.clone());
        found.filter(|href| !href.contains('#')).collect()
    };
    for area in atlas.postal_areas() {
        let expected: BTreeSet<String> = atlas.kredse_of(area).into_iter().map(|slug| format!("/{slug}/")).collect();
        assert_eq!(found(area.code.as_str()), expected, "{}", area.code);
    }
    // Names have several words, which are stemmed: two single words that no other page has.
    assert!(found("favrskov").contains("/oestjylland/"));
    assert!(found("arhus").contains("/oestjylland/"));
}

#[test]
fn inflections_share_a_stem_and_words_on_all_pages_find_nothing() {
    let files =
        build(&crate::support::real(), None, now()).unwrap_or_else(|failure| panic!("{}", said(&failure))).files;
    let (danish, english) = (index(&files, ""), index(&files, "/en"));
    for (index, stem, others) in [
        (&danish, "indbrud", ["indbruddet", "indbruddene"]),
        (&danish, "politistation", ["politistationen", "politistationer"]),
        (&danish, "cyklist", ["cyklister", "cyklisterne"]),
        (&english, "burglar", ["burglary", "burglaries"]),
    ] {
        assert!(!places(index, stem).is_empty(), "{stem}");
        assert!(others.iter().all(|other| places(index, other).is_empty()), "{others:?}");
    }
    for (index, stem) in [(&danish, "du"), (&danish, "kan"), (&english, "you"), (&english, "can")] {
        assert_eq!(places(index, stem), [0; 0], "{stem}");
    }
    // In titles, it is kept however common it is.
    assert!(places(&danish, "politi").len() >= 12);
}

#[test]
fn no_other_page_loads_anything_for_the_search() {
    let files = files(&Content::english());
    for file in files.iter().filter(|file| file.path.ends_with(".html")) {
        let page = String::from_utf8_lossy(&file.bytes);
        let is_search = file.path.ends_with("/soeg/index.html");
        assert_eq!(page.contains("/assets/search-") || page.contains("ord.json"), is_search, "{}", file.path);
        let prefix = if file.path.starts_with("public/en/") { "/en" } else { "" };
        assert!(page.contains(&format!("href=\"{prefix}/soeg/\"")), "{} has no link to the search", file.path);
    }
}

#[test]
fn without_the_script_the_page_has_the_list_and_a_form_for_places() {
    let files = files(&Content::new());
    let page = html(&files, "public/soeg/index.html");
    assert!(page.contains("<form id=\"soeg\" role=\"search\" hidden "), "{page}");
    assert!(page.contains("<form method=\"get\" action=\"/find-kreds\">"), "{page}");
    assert!(page.contains("Kommuner: <span>") && page.contains("Aarhus</span>"), "{page}");
}
