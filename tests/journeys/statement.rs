//! The accessibility statement that the law requires: every page links to it, on the authorities' own site.

use crate::journeys::filled::{call, open};
use crate::journeys::service::{Service, real_content};
use crate::journeys::visitor::{Page, selector, words};
use std::collections::BTreeSet;

/// Returns the address in the settings.
fn statement() -> String {
    let settings = std::fs::read_to_string(real_content().join("indstillinger.md")).unwrap();
    let line = settings.lines().find_map(|line| line.strip_prefix("tilgaengelighedserklaering: "));
    line.unwrap().to_owned()
}

/// Returns the target of the footer's only link to the statement.
fn footer_link(page: &Page) -> String {
    let document = page.document();
    let links = selector("footer .footer-links a");
    let names = ["Tilgængelighedserklæring", "Accessibility statement"];
    let links: Vec<_> = document.select(&links).filter(|link| names.contains(&words(link).as_str())).collect();
    assert_eq!(links.len(), 1, "on {}:\n{}", page.path, page.html);
    links[0].value().attr("href").unwrap().to_owned()
}

#[test]
fn every_page_has_a_working_link_to_the_accessibility_statement() {
    let service = Service::start();
    let visitor = service.visitor();
    let built = site_gen::build(&real_content(), None, service.now()).unwrap_or_else(|error| panic!("{error}"));
    let files = built.files.iter().filter_map(|file| file.path.strip_prefix("public")?.strip_suffix("index.html"));
    let mut pages: Vec<Page> = files.map(|path| visitor.open(path)).collect();
    assert!(pages.len() > 80, "{}", pages.len());

    // Pages that only the function returns.
    let form = call(open(&visitor, "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let summary = form.submit();
    pages.extend([
        form.clone().set("telefon", "1").submit(),
        form.set("beskrivelse", "Jeg bliver truet.").submit(),
        summary.form().press("trin", "send"),
        summary,
        visitor.open("/find-kreds?sted=8472"),
        visitor.open("/findes-ikke/"),
        visitor.open("/en/findes-ikke/"),
        visitor.post_raw("/indsend/bestil-en-betjent", &[("content-type", "text/plain")], b"x"),
    ]);
    let mut found = BTreeSet::new();
    for page in pages {
        let link = footer_link(&page);
        let expected = if page.has("html[lang='en']") { "/en/was/" } else { "/was/" };
        assert_eq!(link, expected, "on {}", page.path);
        found.insert(link);
    }
    assert_eq!(found.len(), 2);
    for link in found {
        assert_leads_to_the_statement(&visitor.open(&link));
    }
    // The short address as people type it.
    assert_leads_to_the_statement(&visitor.open("/was"));
}

fn assert_leads_to_the_statement(page: &Page) {
    let refresh = format!("meta[http-equiv='refresh'][content='0; url={}']", statement());
    assert_eq!(page.status, 200, "{}", page.path);
    assert!(page.has(&format!("head {refresh}")), "{}", page.html);
    assert!(page.has(&format!("main a[href='{}']", statement())), "{}", page.html);
    assert!(page.has("meta[name='robots'][content='noindex']"), "{}", page.html);
}

#[test]
fn the_redirect_to_the_statement_is_hidden_from_search_engines() {
    let service = Service::start();
    let sitemap = service.visitor().open("/sitemap.xml").html;
    assert!(sitemap.contains("/privatliv/") && !sitemap.contains("/was/"), "{sitemap}");
    let page = service.visitor().open("/was/");
    assert!(!page.has("link[rel='canonical']") && !page.has("link[rel='alternate']"), "{}", page.html);
}
