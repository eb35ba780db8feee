//! Moved pages: redirects from their old addresses, and their entries for search engines.

use crate::support::{Content, files, files_at, html, mistakes};
use serde_json::{Value, json};

const SITE: &str = "https://bestil-en-betjent.example";

/// The valid tree in two languages with a line added to the front matter of a page.
fn with(path: &str, line: &str) -> Content {
    let content = Content::english();
    content.change(path, "beskrivelse:", &format!("{line}\nbeskrivelse:"));
    content
}

#[test]
fn old_addresses_redirect_in_every_language_and_are_in_no_sitemap() {
    let content = with("sider/privatliv.md", "aliaser: [/persondata/, /om-os/dine-oplysninger/]");
    content.change("kredse/fyn/kreds.md", "beskrivelse:", "aliaser:\n  - /fyns-politi/\nbeskrivelse:");
    content.change("kredse/oestjylland/stationer.md", "beskrivelse:", "aliaser: [/stationer/]\nbeskrivelse:");
    content.change("sider/forside.md", "beskrivelse:", "aliaser: [/forside/]\nbeskrivelse:");
    let files = files(&content);
    let sitemap = html(&files, "public/sitemap.xml");
    let mut reported: Vec<Value> = Vec::new();
    for (old, new, title, titel) in [
        ("/forside/", "/", "Ask the police to call", "Bestil en betjent"),
        ("/fyns-politi/", "/fyn/", "Fyns Politi", "Fyns Politi"),
        ("/om-os/dine-oplysninger/", "/privatliv/", "Privacy", "Privatliv"),
        ("/persondata/", "/privatliv/", "Privacy", "Privatliv"),
        ("/stationer/", "/oestjylland/stationer/", "Police stations in East Jutland", "Stationer i Østjylland"),
    ] {
        for (prefix, title) in [("", titel), ("/en", title)] {
            let page = html(&files, &format!("public{prefix}{old}index.html"));
            let new = format!("{prefix}{new}");
            for part in [
                format!("<meta http-equiv=\"refresh\" content=\"0; url={new}\">"),
                format!("<link rel=\"canonical\" href=\"{SITE}{new}\">"),
                format!("<a href=\"{new}\">{title}</a>"),
            ] {
                assert!(page.contains(&part), "{prefix}{old} lacks {part}\n{page}");
            }
            assert!(!page.contains("noindex") && !page.contains("og:") && !page.contains("rel=\"alternate\""));
            assert!(!sitemap.contains(&format!("{SITE}{prefix}{old}<")), "{old}");
            reported.push(json!({"from": format!("{prefix}{old}"), "to": new, "status": 301}));
        }
    }
    for prefix in ["", "/en"] {
        let statement = "https://was.digst.dk/eksempel-dk";
        reported.push(json!({"from": format!("{prefix}/was/"), "to": statement, "status": 302}));
    }
    reported.sort_by_key(|redirect| redirect["from"].to_string());
    assert_eq!(serde_json::from_str::<Value>(&html(&files, "redirects.json")).unwrap(), Value::Array(reported));
}

#[test]
fn a_danish_only_page_has_old_addresses_in_danish_only() {
    let content = Content::english();
    content.page("Tekst.");
    content.change("sider/proeve.md", "beskrivelse:", "aliaser: [/en-proeve/]\noversaettes: nej\nbeskrivelse:");
    let files = files(&content);
    assert!(files.iter().any(|file| file.path == "public/en-proeve/index.html"));
    assert!(!files.iter().any(|file| file.path == "public/en/en-proeve/index.html"));
    assert!(!html(&files, "redirects.json").contains("/en/en-proeve/"));
}

#[test]
fn an_old_address_that_cannot_redirect_is_rejected_at_its_location() {
    let page = "sider/privatliv.md";
    for (line, at, expected) in [
        ("aliaser: [/privatliv/]", "3:11", "»/privatliv/« er sidens egen adresse nu."),
        ("aliaser: [/fyn/]", "3:11", "»/fyn/« er adressen på en anden side nu (kredse/fyn/kreds.md)"),
        ("aliaser: [/]", "3:11", "»/« er ikke en adresse, en side her kan have haft."),
        ("aliaser: [/gammel/, /gammel/]", "3:21", "»/gammel/« står allerede i sider/privatliv.md"),
        ("aliaser: [/en/gammel/]", "3:11", "Skriv kun »/gammel/«, så gælder den på alle sprog."),
        ("aliaser: [/indsend/x/]", "3:11", "bruges af systemet selv"),
        ("aliaser: [/assets/]", "3:11", "bruges af systemet selv"),
        ("aliaser: [/was/]", "3:11", "en anden side nu (tilgængelighedserklæringen)"),
        ("aliaser: [/kommuner-og-postnumre/]", "3:11", "en anden side nu (listen over kommuner og postnumre)"),
        ("aliaser: [/fyn/bestil-en-betjent/formular/]", "3:11", "en anden side nu (formularer/bestil-en-betjent.md)"),
        ("aliaser: [gammel.html]", "3:11", "for eksempel »/gammel/«"),
        ("aliaser: /gammel/", "3:10", "»aliaser« skal være en liste"),
        ("alias: [/gammel/]", "3:1", "Mente du »aliaser«?"),
        ("rettet: 25. november 2026", "3:9", "»rettet« skal være en dato"),
        ("rettet: 2026-02-30", "3:9", "»rettet« skal være en dato"),
    ] {
        let said = mistakes(&with(page, line));
        assert_eq!(said.len(), 1, "{line}: {said:?}");
        assert!(said[0].starts_with(&format!("{page}:{at}: ")) && said[0].contains(expected), "{line}: {said:?}");
    }
}

#[test]
fn an_old_address_belongs_to_one_page_and_is_not_in_use() {
    let content = with("sider/privatliv.md", "aliaser: [/gammel/]");
    content.change("kredse/fyn/kreds.md", "beskrivelse:", "aliaser: [/gammel/]\nbeskrivelse:");
    let said = mistakes(&content);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("sider/privatliv.md:3:11: ") && said[0].contains("kredse/fyn/kreds.md"), "{said:?}");

    let content = with("sider/privatliv.md", "aliaser: [/fyn/]");
    content.change("kredse/fyn/kreds.md", "beskrivelse:", "aliaser: [/privatliv/]\nbeskrivelse:");
    let said = mistakes(&content);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().all(|diagnostic| diagnostic.contains("er adressen på en anden side nu")), "{said:?}");
}

#[test]
fn a_translation_cannot_have_its_own_old_addresses() {
    let said = mistakes(&with("sider/privatliv.en.md", "aliaser: [/persondata/]"));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("En oversættelse har kun tekster"), "{said:?}");
}

#[test]
fn a_link_to_an_old_address_suggests_the_new_one() {
    let content = with("sider/privatliv.md", "aliaser: [/persondata/]");
    content.change("sider/forside.md", "](/privatliv/)", "](/persondata/)");
    content.change("sider/forside.en.md", "](/en/privatliv/)", "](/en/persondata/)");
    let said = mistakes(&content);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].contains("siden er flyttet. Skriv »/en/privatliv/«."), "{said:?}");
    assert!(said[1].contains("siden er flyttet. Skriv »/privatliv/«."), "{said:?}");
}

#[test]
fn the_sitemap_dates_changes_in_every_language_and_never_in_the_future() {
    let content = with("sider/privatliv.md", "rettet: 2026-11-25");
    let sitemap = |now: &str| html(&files_at(&content, now), "public/sitemap.xml");
    // The day begins an hour earlier in Denmark than in UTC.
    let (before, on) = (sitemap("2026-11-24T22:59:59Z"), sitemap("2026-11-24T23:00:00Z"));
    assert!(!before.contains("lastmod"), "{before}");
    for path in ["/privatliv/", "/en/privatliv/"] {
        assert!(on.contains(&format!("<loc>{SITE}{path}</loc><lastmod>2026-11-25</lastmod>")), "{on}");
    }
    assert_eq!(on.matches("lastmod>").count(), 2 * 2, "{on}");
}
