//! A second language adds a translation of every page, and links between them.

use crate::support::{Content, files, html, now, said};
use site_gen::build;
use std::collections::BTreeSet;

const SITE: &str = "https://bestil-en-betjent.example";

/// Returns true if search engines may list a page: all except error pages and the redirect to the accessibility
/// statement.
fn is_listed(path: &str) -> bool {
    !path.ends_with("404.html") && path != "/was/index.html"
}

#[test]
fn every_page_has_a_translation_and_they_link_to_each_other() {
    let files = files(&Content::english());
    let pages: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| file.path.strip_prefix("public"))
        .filter(|path| path.ends_with(".html"))
        .collect();
    let (english, danish): (Vec<&str>, Vec<&str>) = pages.iter().partition(|path| path.starts_with("/en/"));
    assert_eq!(english, danish.iter().map(|path| format!("/en{path}")).collect::<Vec<_>>());
    let sitemap = html(&files, "public/sitemap.xml");
    for path in danish {
        let (da, en) = (html(&files, &format!("public{path}")), html(&files, &format!("public/en{path}")));
        assert!(da.contains("<html lang=\"da\">") && en.contains("<html lang=\"en\">"), "{path}");
        let address = path.trim_end_matches("index.html");
        let twins = [("da", address.to_owned()), ("en", format!("/en{address}")), ("x-default", address.to_owned())];
        for (code, twin) in &twins {
            let alternate = format!("<link rel=\"alternate\" hreflang=\"{code}\" href=\"{SITE}{twin}\">");
            let expected = is_listed(path);
            assert_eq!((da.contains(&alternate), en.contains(&alternate)), (expected, expected), "{path}");
        }
        if !is_listed(path) {
            assert!(da.contains("noindex") && en.contains("noindex"));
            continue;
        }
        assert!(da.contains(&format!("<a href=\"/en{address}\" lang=\"en\" hreflang=\"en\">English</a>")), "{path}");
        assert!(en.contains(&format!("<a href=\"{address}\" lang=\"da\" hreflang=\"da\">Dansk</a>")), "{path}");
        assert!(en.contains(&format!("<link rel=\"canonical\" href=\"{SITE}/en{address}\">")), "{path}");
        let links: String = twins
            .iter()
            .map(|(code, twin)| format!("<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{SITE}{twin}\"/>"))
            .collect();
        // The signposts are only for visitors from the question.
        if da.contains("noindex") {
            assert!(en.contains("noindex") && !sitemap.contains(address), "{address}");
            continue;
        }
        for own in [address.to_owned(), format!("/en{address}")] {
            assert!(sitemap.contains(&format!("<url><loc>{SITE}{own}</loc>{links}</url>")), "{own}\n{sitemap}");
        }
    }
}

#[test]
fn a_danish_only_page_is_linked_from_other_languages_and_has_no_translation() {
    let content = Content::english();
    let text = "---\ntitel: Kun her\nbeskrivelse: Kun på dansk.\noversaettes: nej\n---\n";
    content.write("sider/kun-her.md", text);
    content.write("kredse/fyn/kun-her.md", text);
    content.change("indstillinger.md", "bund: [privatliv]", "bund: [kun-her, privatliv]");
    let files = files(&content);
    assert!(!files.iter().any(|file| file.path.starts_with("public/en/") && file.path.contains("kun-her")));
    let danish = html(&files, "public/kun-her/index.html");
    assert!(!danish.contains("hreflang") && !danish.contains("language-switcher"), "{danish}");
    let sitemap = html(&files, "public/sitemap.xml");
    assert!(sitemap.contains(&format!("<url><loc>{SITE}/fyn/kun-her/</loc></url>")), "{sitemap}");
    let english = html(&files, "public/en/fyn/index.html");
    for path in ["/kun-her/", "/fyn/kun-her/"] {
        assert!(english.contains(&format!("href=\"{path}\" lang=\"da\" hreflang=\"da\">Kun her</a>")), "{english}");
    }
    assert!(english.contains("href=\"/en/privatliv/\">Privacy</a>"), "{english}");
    assert!(html(&files, "public/fyn/index.html").contains("href=\"/fyn/kun-her/\">Kun her</a>"));
}

#[test]
fn a_misspelt_danish_only_key_is_reported_and_ja_requires_a_translation() {
    for (line, expected) in [("oversættes: nej", "ukendt-navn"), ("oversaettes: ja", "oversaettelse-mangler")] {
        let content = Content::english();
        content.write("sider/kun-her.md", &format!("---\ntitel: A\nbeskrivelse: B.\n{line}\n---\nTekst.\n"));
        let reported = site_gen::check(content.path(), now()).err().unwrap();
        assert!(reported.len() == 1 && reported[0].code.name() == expected, "{line}: {reported:?}");
    }
}

#[test]
fn the_catalog_has_the_texts_and_forms_of_every_language() {
    let built = build(Content::english().path(), None, now()).unwrap_or_else(|failure| panic!("{}", said(&failure)));
    let catalog = built.site.catalog();
    let languages: Vec<&str> = catalog.languages().map(model::names::Language::as_str).collect();
    assert_eq!(languages, ["da", "en"]);
    for language in catalog.languages() {
        assert_eq!(catalog.forms(language).count(), 2);
        let titles: Vec<&str> = catalog.texts(language).unwrap().footer.iter().map(|link| link.href.as_str()).collect();
        assert_eq!(titles, [format!("{}/privatliv/", language.prefix())]);
    }
    let json = html(&built.files, "catalog.json");
    assert_eq!(model::catalog::Catalog::from_json(json.as_bytes()).unwrap().version(), catalog.version());
}

#[test]
fn a_danish_only_site_never_mentions_languages() {
    for file in
        files(&Content::new()).iter().filter(|file| file.path.starts_with("public/") && !file.path.contains("assets"))
    {
        let text = String::from_utf8_lossy(&file.bytes);
        assert!(!text.contains("hreflang") && !text.contains("language-switcher"), "{}", file.path);
    }
}

#[test]
fn a_translation_that_is_still_danish_is_reported() {
    let body = "Her står en længere tekst, som nogen har skrevet på dansk, og som en anden endnu ikke har oversat, fordi der \
                var travlt den dag.\n";
    for path in
        ["sider/privatliv.md", "tekster/haster-ikke.md", "udgange/ring-114.md", "formularer/bestil-en-betjent.md"]
    {
        let content = Content::english();
        let english = path.replace(".md", ".en.md");
        for path in [path, &english] {
            let text = std::fs::read_to_string(content.path().join(path)).unwrap();
            let front = text.rsplit_once("\n---\n").map_or(String::new(), |(front, _)| format!("{front}\n---\n"));
            content.write(path, &format!("{front}{body}"));
        }
        let reported = site_gen::check(content.path(), crate::support::now()).err().unwrap();
        let reported: Vec<String> = reported.iter().map(ToString::to_string).collect();
        let is_reported =
            |one: &&String| one.starts_with(&english) && one.contains(&format!("den danske fra {path}. Oversæt"));
        assert_eq!(reported.iter().filter(is_reported).count(), 1, "{reported:?}");
    }
}
