//! The files of a build: pages, sitemap and catalog.

use crate::support::{Content, files, html, now, said};
use model::names::FormId;
use site_gen::output::File;
use site_gen::{Failure, build};
use std::collections::BTreeSet;

#[test]
fn all_pages_are_built_and_the_catalog_is_not_public() {
    let files = files(&Content::new());
    let paths: Vec<&str> =
        files.iter().map(|file| file.path.as_str()).filter(|path| !path.contains("assets")).collect();
    // The pages of the forms, which every kreds has.
    let (of_forms, paths): (Vec<&str>, Vec<&str>) = paths.into_iter().partition(|path| path.contains("/bestil-en-"));
    let each = ["formular/", "", "kontakt-kommunen/", "ring-112/", "ring-114/"];
    let expected = ["bornholm", "fyn", "oestjylland"].into_iter().flat_map(|kreds| {
        let forms = ["bestil-en-betjent", "bestil-en-faerdselskontrol"];
        forms.into_iter().flat_map(move |form| each.map(|page| format!("public/{kreds}/{form}/{page}index.html")))
    });
    assert_eq!(of_forms, expected.collect::<Vec<_>>());
    assert_eq!(
        paths,
        [
            "catalog.json",
            "loefter.txt",
            "next-change.txt",
            "public/.well-known/security.txt",
            "public/404.html",
            "public/bornholm/index.html",
            "public/fyn/index.html",
            "public/ikke-modtaget.htm",
            "public/index.html",
            "public/kommuner-og-postnumre/index.html",
            "public/oestjylland/index.html",
            "public/oestjylland/stationer/index.html",
            "public/privatliv/index.html",
            "public/robots.txt",
            "public/sitemap.xml",
            "public/soeg/index.html",
            "public/soeg/ord.json",
            "public/tur.atom",
            "public/tur.ics",
            "public/tur/index.html",
            "public/was/index.html",
            "redirects.json",
        ]
    );
    assert!(files.iter().any(|file| file.path.starts_with("public/assets/")));
    let public = files.iter().filter(|file| file.path.starts_with("public/") && !file.path.contains("assets"));
    for file in public {
        assert!(!String::from_utf8_lossy(&file.bytes).contains("politi.example"), "{} holds a mailbox", file.path);
    }
}

#[test]
fn the_catalog_survives_a_round_trip() {
    let built = build(Content::new().path(), None, now()).unwrap_or_else(|failure| panic!("{}", said(&failure)));
    let json = html(&built.files, "catalog.json");
    let catalog = model::catalog::Catalog::from_json(json.as_bytes()).unwrap();
    assert_eq!(catalog.version(), built.site.catalog().version());
}

#[test]
fn another_base_url_is_in_pages_catalog_and_sitemap() {
    let content = Content::new();
    let built = build(content.path(), Some("http://127.0.0.1:8080"), now())
        .unwrap_or_else(|failure| panic!("{}", said(&failure)));
    assert_eq!(built.site.catalog().base_url(), "http://127.0.0.1:8080");
    for file in built.files.iter().filter(|file| !file.path.contains("assets")) {
        assert!(!String::from_utf8_lossy(&file.bytes).contains("https://bestil-en-betjent.example"), "{}", file.path);
    }
    assert!(html(&built.files, "public/sitemap.xml").contains("<loc>http://127.0.0.1:8080/fyn/</loc>"));
    assert!(matches!(build(content.path(), Some("127.0.0.1/"), now()), Err(Failure::Address(_))));
}

#[test]
fn the_sitemap_lists_every_page_except_errors_and_redirects() {
    let files = files(&Content::new());
    let sitemap = html(&files, "public/sitemap.xml");
    let pages: Vec<&File> = files
        .iter()
        .filter(|file| file.path.ends_with("/index.html") && file.path != "public/was/index.html")
        .collect();
    let is_signpost =
        |file: &&File| ["ring-112", "ring-114", "kontakt-kommunen"].iter().any(|signpost| file.path.contains(signpost));
    let (signposts, pages): (Vec<&File>, Vec<&File>) = pages.into_iter().partition(is_signpost);
    assert_eq!(signposts.len(), 3 * 2 * 3);
    for page in signposts {
        assert!(String::from_utf8_lossy(&page.bytes).contains("noindex"), "{}", page.path);
    }
    assert_eq!(sitemap.matches("<loc>").count(), pages.len());
    for page in pages {
        let path = page.path.trim_start_matches("public").trim_end_matches("index.html");
        assert!(sitemap.contains(&format!("<loc>https://bestil-en-betjent.example{path}</loc>")), "{path}");
    }
}

#[test]
fn shared_links_describe_their_page_and_unlisted_pages_are_not_shared() {
    let files = files(&Content::english());
    for (path, title, description, locale) in [
        ("/privatliv/", "Privatliv", "Hvad vi bruger dine oplysninger til.", "da_DK"),
        ("/en/privatliv/", "Privacy", "What we use your information for.", "da_DK"),
        ("/fyn/", "Fyns Politi", "Bed en betjent fra Fyns Politi ringe til dig.", "da_DK"),
    ] {
        let page = html(&files, &format!("public{path}index.html"));
        for (name, content) in [
            ("type", "website"),
            ("site_name", "Bestil en betjent"),
            ("title", title),
            ("description", description),
            ("url", &format!("https://bestil-en-betjent.example{path}")),
            ("locale", locale),
        ] {
            let part = format!("<meta property=\"og:{name}\" content=\"{content}\">");
            assert!(page.contains(&part), "{path} lacks {part}\n{page}");
        }
    }
    for file in files.iter().filter(|file| file.path.ends_with(".html")) {
        let page = String::from_utf8_lossy(&file.bytes);
        let is_reported = page.contains("og:description") && !page.contains("\"og:description\" content=\"\"");
        assert_eq!(is_reported, !page.contains("noindex"), "{}\n{page}", file.path);
    }
}

#[test]
fn headings_have_ids_and_tables_no_style() {
    let files = files(&Content::new());
    let stations = html(&files, "public/oestjylland/stationer/index.html");
    assert!(stations.contains("<h2 id=\"aarhus\">") && stations.contains("<h2 id=\"aarhus-2\">"), "{stations}");
    let privacy = html(&files, "public/privatliv/index.html");
    assert!(privacy.contains("<table>") && !privacy.contains("style="), "{privacy}");
}

#[test]
fn the_real_content_builds() {
    let built = build(&crate::support::real(), None, now()).unwrap_or_else(|failure| panic!("{}", said(&failure)));
    let atlas = built.site.catalog().atlas();
    assert_eq!(atlas.kredse().len(), 12);
    assert_eq!(atlas.kommuner().len(), 98 + 1);
    assert_eq!(atlas.postal_areas().len(), 1121);
    for kreds in atlas.kredse() {
        for form in ["bestil-en-betjent", "bestil-en-faerdselskontrol"] {
            assert!(kreds.mailboxes.contains_key(&FormId::parse(form).unwrap()));
            let page = html(&built.files, &format!("public/{}/{form}/formular/index.html", kreds.slug));
            assert!(page.contains("name=\"telefon\""), "{} {form}", kreds.slug);
        }
    }
    let names: Vec<&str> = atlas.kredse().iter().map(|kreds| kreds.name.as_str()).collect();
    assert_eq!((names[0], names[11]), ("Bornholms Politi", "Østjyllands Politi"));
}

/// The values of an attribute on a page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    html.split(begin.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_of_every_real_page_leads_to_a_file_and_ids_are_unique() {
    let built = build(&crate::support::real(), None, now()).unwrap_or_else(|failure| panic!("{}", said(&failure)));
    let is_there = |path: &str| {
        let end = if path.ends_with('/') { "index.html" } else { "" };
        let name = format!("public{path}{end}");
        built.files.iter().any(|file| file.path == name)
    };
    for file in built.files.iter().filter(|file| file.path.ends_with(".html")) {
        let html = std::str::from_utf8(&file.bytes).unwrap();
        let ids = values(html, "id");
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(once.len(), ids.len(), "{} has an id twice: {ids:?}", file.path);
        for link in values(html, "href").into_iter().chain(values(html, "src")) {
            match link.split_once('#').unwrap_or((link, "")) {
                ("", id) => assert!(id.is_empty() || once.contains(id), "{}: {link}", file.path),
                (path, _) if path.starts_with('/') => {
                    let path = path.split('?').next().unwrap_or_default();
                    // The function answers this path.
                    assert!(path == "/find-kreds" || is_there(path), "{}: {link}", file.path);
                }
                (other, _) => assert!(
                    ["https://", "tel:", "mailto:"].iter().any(|scheme| other.starts_with(scheme)),
                    "{}: {link}",
                    file.path
                ),
            }
        }
    }
}
