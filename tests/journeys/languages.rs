//! The same service in English: pages, forms, errors and receipts; what the officer reads is Danish.

use crate::journeys::filled::{call, open_in, traffic};
use crate::journeys::service::{Service, real_content};
use crate::journeys::visitor::{Page, selector};
use scraper::Html;
use std::collections::BTreeMap;

const FORMS: [&str; 2] = ["bestil-en-betjent", "bestil-en-faerdselskontrol"];

fn lang(page: &Page) -> String {
    let document = page.document();
    document.select(&selector("html")).next().unwrap().value().attr("lang").unwrap().to_owned()
}

#[test]
fn both_forms_of_every_kreds_work_in_both_languages_and_mail_is_danish() {
    let service = Service::start();
    let visitor = service.visitor();
    let list = std::fs::read_to_string(real_content().join("data/kommuner.csv")).unwrap();
    // One kommune for each kreds.
    let kredse: BTreeMap<&str, &str> =
        list.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()).map(|row| (row[2], row[0])).collect();
    assert_eq!(kredse.len(), 12);
    for (language, prefix, title) in [("da", "", "Tjek dine svar"), ("en", "/en", "Check your answers")] {
        for (kreds, kommune) in &kredse {
            for form in FORMS {
                let empty = open_in(&visitor, prefix, kreds, form);
                let filled = if form == FORMS[0] { call(empty) } else { traffic(empty) };
                // Equal answers would be one submission, whatever their language.
                let summary = filled.set("vej", &format!("Vejen {language}")).set("kommune", kommune).submit();
                assert_eq!((summary.status, lang(&summary).as_str()), (200, language), "{kreds}: {}", summary.text());
                assert_eq!(summary.text_at("h1"), title);
                assert!(!summary.has(".language-switcher"), "it would lose what was typed");
                let receipt = summary.form().press("trin", "send");
                assert_eq!((receipt.status, lang(&receipt).as_str()), (200, language), "{kreds}: {}", receipt.text());
                assert!(receipt.has(".reference-number"));
            }
        }
    }
    while service.sweep().sent > 0 {}
    let mut mails = service.mails();
    mails.retain(|mail| mail.to.ends_with(".politi.example"));
    assert_eq!(mails.len(), 48);
    for mail in mails {
        let language = if mail.text.contains("Vejen en") { "engelsk" } else { "dansk" };
        for text in [&mail.text, &mail.html] {
            assert!(text.contains(&format!("Udfyldt på {language}.")), "{text}");
            assert!(text.contains("For høj fart") || text.contains("Utryghed i et område"), "{text}");
        }
        assert!(mail.subject.starts_with("Bestil en "), "{}", mail.subject);
    }
}

#[test]
fn mistakes_are_shown_in_the_language_of_the_form() {
    let service = Service::start();
    for form in FORMS {
        let answer = open_in(&service.visitor(), "/en", "fyn", form).submit();
        assert_eq!((answer.status, lang(&answer).as_str()), (422, "en"));
        assert!(answer.text_at("title").starts_with("Error: "), "{}", answer.text_at("title"));
        let english = std::fs::read_to_string(real_content().join(format!("formularer/{form}.en.md"))).unwrap();
        let errors = answer.texts_at(".alert-error li");
        assert!(errors.len() >= 5, "{errors:?}");
        for error in errors {
            assert!(english.contains(&format!("mangler: {error}\n")), "{error}");
        }
        // The next try is in English, too.
        assert_eq!(answer.form().value("sprog"), Some("en"));
        assert_eq!(lang(&answer.form().submit()), "en");
    }
}

#[test]
fn finding_a_kreds_stays_in_the_language() {
    let service = Service::start();
    let front = service.visitor().open("/en/").form();
    assert_eq!(front.clone().set("sted", "8370").submit().path, "/en/oestjylland/?sted=8370");
    let several = front.clone().set("sted", "8472").submit();
    assert_eq!(lang(&several), "en");
    assert!(several.has("main a[href='/en/oestjylland/?sted=8472+Favrskov']"), "{}", several.html);
    let unknown = front.set("sted", "Andeby").submit();
    assert!(unknown.text_at("title").starts_with("Error: "), "{}", unknown.text_at("title"));
    assert_eq!(unknown.form().set("sted", "Odense").submit().path, "/en/fyn/?sted=Odense");
}

#[test]
fn a_refusal_is_in_the_language_of_the_page_that_sent_the_form() {
    let service = Service::start();
    let visitor = service.visitor();
    let english = format!("{}/en/fyn/bestil-en-betjent/", service.running().address);
    let danish = format!("{}/fyn/bestil-en-betjent/", service.running().address);
    let unknown = format!("{}/xx/", service.running().address);
    let longer = english.replacen("/en/", ".eksempel.example/en/", 1);
    let form = ("content-type", "application/x-www-form-urlencoded");
    let large = vec![b'a'; 300 * 1024];
    let submit = "/indsend/bestil-en-betjent";
    for (page, language) in [
        (english.as_str(), "en"),
        (danish.as_str(), "da"),
        (unknown.as_str(), "da"),
        (longer.as_str(), "da"),
        ("https://andet.example/en/", "da"),
    ] {
        let referer = ("referer", page);
        for (answer, status) in [
            (visitor.post_raw(submit, &[form, referer], &large), 413),
            (visitor.post_raw(submit, &[("content-type", "text/plain"), referer], b"x"), 415),
            (visitor.post_raw(submit, &[form, referer, ("origin", "https://andet.example")], b"x"), 403),
            (visitor.post_raw("/find-kreds", &[form, referer], b"x"), 405),
        ] {
            assert_eq!((answer.status, lang(&answer).as_str()), (status, language), "{page}");
            let said = if language == "en" { "NOT" } else { "IKKE" };
            assert!(answer.text().to_uppercase().contains(said), "{}", answer.text());
        }
    }
    // Once the form is parsed, its own language counts.
    let missing = visitor.post_raw("/indsend/anden-formular", &[form, ("referer", &danish)], b"sprog=en&trin=send");
    assert_eq!((missing.status, lang(&missing).as_str()), (404, "en"));
    for (path, language) in [("/en/findes-ikke/", "en"), ("/findes-ikke/", "da"), ("/xx/", "da")] {
        let missing = visitor.open_only(path);
        assert_eq!((missing.status, lang(&missing).as_str()), (404, language), "{path}");
    }
}

#[test]
fn every_danish_page_links_to_its_english_twin_and_back() {
    let built =
        site_gen::build(&real_content(), None, jiff::Timestamp::now()).unwrap_or_else(|error| panic!("{error}"));
    let text = |path: &str| {
        let file = built.files.iter().find(|file| file.path == format!("public{path}"));
        String::from_utf8(file.unwrap_or_else(|| panic!("no {path}")).bytes.to_vec()).unwrap()
    };
    let sitemap = text("/sitemap.xml");
    let site = built.site.catalog().base_url();
    let only_danish = |path: &str| {
        let pages = built.site.danish();
        let all = pages.pages.iter().chain(pages.kredse.iter().flat_map(|kreds| &kreds.own));
        all.into_iter().any(|page| page.path == path && page.is_only_danish)
    };
    let mut twins = 0;
    for entry in sitemap.split("<loc>").skip(1) {
        let path = entry.split("</loc>").next().unwrap().strip_prefix(site).unwrap();
        if only_danish(path) {
            continue;
        }
        let (language, danish) =
            path.strip_prefix("/en/").map_or(("da", path), |rest| ("en", &path[path.len() - rest.len() - 1..]));
        let (other, twin) = if language == "da" { ("en", format!("/en{danish}")) } else { ("da", danish.to_owned()) };
        for (code, address) in [(language, path), (other, twin.as_str()), ("x-default", danish)] {
            let link = format!("<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{site}{address}\"/>");
            assert!(entry.contains(&link), "{link} is not at {path}");
        }
        let page = Html::parse_document(&text(&format!("{path}index.html")));
        let html = page.select(&selector("html")).next().unwrap();
        assert_eq!(html.value().attr("lang"), Some(language), "{path}");
        let link = format!(".language-switcher a[hreflang='{other}'][lang='{other}']");
        let switch = page.select(&selector(&link)).next().unwrap_or_else(|| panic!("no way to {other} on {path}"));
        assert_eq!(switch.value().attr("href"), Some(twin.as_str()), "{path}");
        text(&format!("{twin}index.html"));
        twins += 1;
    }
    assert!(twins > 80, "{twins}");
}
