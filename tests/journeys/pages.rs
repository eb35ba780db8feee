//! Rules for every page of the site, checked in the finished HTML.

use crate::journeys::filled::{call, open, traffic};
use crate::journeys::service::{Service, real_content};
use crate::journeys::visitor::{Page, selector, words};
use model::field::{Kind, Week};
use model::names::{FormId, Language};
use scraper::Html;
use std::collections::BTreeMap;

/// Builds every HTML file of the real site.
fn site() -> BTreeMap<String, String> {
    let built =
        site_gen::build(&real_content(), None, jiff::Timestamp::now()).unwrap_or_else(|error| panic!("{error}"));
    let pages = built.files.into_iter().filter(|file| file.path.ends_with(".html"));
    pages.map(|file| (file.path, String::from_utf8(file.bytes.to_vec()).unwrap())).collect()
}

/// Returns the language of a file of the site, and the prefix of its paths.
fn language_of(path: &str) -> (&str, String) {
    let first = path.trim_start_matches("public/").split('/').next().unwrap();
    if first.len() == 2 { (first, format!("/{first}")) } else { ("da", String::new()) }
}

#[test]
fn on_every_page_112_and_114_come_before_every_form_control() {
    let pages = site();
    assert!(pages.len() > 40, "{}", pages.len());
    for (path, html) in pages {
        let first_control =
            ["<input", "<select", "<textarea", "<button", "<main"].iter().filter_map(|tag| html.find(tag)).min();
        for number in ["href=\"tel:112\"", "href=\"tel:114\""] {
            let place = html.find(number).unwrap_or_else(|| panic!("{number} is not on {path}"));
            assert!(first_control.is_none_or(|control| place < control), "{number} comes late on {path}");
        }
    }
}

#[test]
fn no_page_has_inline_code_or_requests_another_origin() {
    for (path, html) in site() {
        let document = Html::parse_document(&html);
        for forbidden in
            ["script:not([src])", "style", "[style]", "iframe", "object", "img[src^='http']", "[onclick]", "[onload]"]
        {
            assert!(document.select(&selector(forbidden)).next().is_none(), "{forbidden} on {path}");
        }
        for (css, attribute) in [
            ("link[rel='stylesheet'], link[rel='icon'], link[rel='preload']", "href"),
            ("use", "href"),
            ("script", "src"),
            ("form:not([hidden])", "action"),
        ] {
            for element in document.select(&selector(css)) {
                let target = element.value().attr(attribute).unwrap();
                assert!(target.starts_with('/') && !target.starts_with("//"), "{target} on {path}");
            }
        }
    }
}

#[test]
fn every_page_has_one_heading_a_title_a_language_and_a_skip_link() {
    for (path, html) in site() {
        let document = Html::parse_document(&html);
        assert_eq!(document.select(&selector("h1")).count(), 1, "{path}");
        let (language, prefix) = language_of(&path);
        let lang = format!("html[lang='{language}']");
        assert!(document.select(&selector(&lang)).next().is_some(), "{path}");
        assert!(!words(&document.select(&selector("title")).next().unwrap()).is_empty(), "{path}");
        assert!(document.select(&selector("a.skipnav[href='#main-content']")).next().is_some(), "{path}");
        let privacy = format!("footer a[href='{prefix}/privatliv/']");
        assert!(document.select(&selector(&privacy)).next().is_some(), "{path}");
    }
}

#[test]
fn titles_are_unique_in_each_language_and_every_page_has_a_description() {
    let mut titles: BTreeMap<(String, String), String> = BTreeMap::new();
    for (path, html) in site() {
        let document = Html::parse_document(&html);
        let title = words(&document.select(&selector("title")).next().unwrap());
        let described = document.select(&selector("meta[name='description']")).next();
        let description = described.and_then(|meta| meta.value().attr("content")).unwrap_or_default();
        assert!(!description.trim().is_empty(), "{path}");
        let language = language_of(&path).0.to_owned();
        if let Some(other) = titles.insert((language, title.clone()), path.clone()) {
            panic!("{path} and {other} are both called {title}");
        }
    }
}

#[test]
fn each_kreds_has_a_page_with_its_name_kommuner_and_deadline() {
    let pages = site();
    let list = std::fs::read_to_string(real_content().join("data/kommuner.csv")).unwrap();
    let built =
        site_gen::build(&real_content(), None, jiff::Timestamp::now()).unwrap_or_else(|error| panic!("{error}"));
    let atlas = built.site.catalog().atlas();
    assert_eq!(atlas.kredse().len(), 12);
    for kreds in atlas.kredse() {
        let html = &pages[&format!("public/{}/index.html", kreds.slug)];
        let document = Html::parse_document(html);
        let text = words(&document.select(&selector("main")).next().unwrap());
        assert!(text.contains(&kreds.name) && text.contains("dage"), "{}", kreds.slug);
        for row in list
            .lines()
            .skip(1)
            .map(|line| line.split(',').collect::<Vec<_>>())
            .filter(|row| row[2] == kreds.slug.as_str())
        {
            assert!(text.contains(row[1]), "{} is not on the page of {}", row[1], kreds.slug);
        }
    }
    assert!(pages["public/oestjylland/index.html"].contains("7 dage"));
    assert!(pages["public/fyn/index.html"].contains("14 dage") && pages["public/fyn/index.html"].contains("30 dage"));
}

#[test]
fn the_form_on_the_page_has_the_fields_that_the_function_validates() {
    let service = Service::start();
    let built =
        site_gen::build(&real_content(), None, jiff::Timestamp::now()).unwrap_or_else(|error| panic!("{error}"));
    for id in ["bestil-en-betjent", "bestil-en-faerdselskontrol"] {
        let form = built.site.catalog().form(&FormId::parse(id).unwrap(), &Language::danish()).unwrap();
        let page = service.visitor().open(&format!("/fyn/{id}/formular/"));
        let mut shown = 0;
        for field in form.fields() {
            let name = field.name.as_str();
            let controls = format!("[name='{name}']");
            if field.kind == Kind::Kommune {
                assert!(!page.has(&controls), "the place is one question");
                shown += 1;
                continue;
            }
            assert!(page.has(&controls), "{name} is not on the page");
            let required = matches!(
                field.kind,
                Kind::Choice(_) | Kind::Line { .. } | Kind::Text { .. } | Kind::Name { .. } | Kind::Phone
            );
            if required {
                assert_eq!(page.has(&format!("{controls}[required]")), field.required, "{name}");
            }
            let expected = match &field.kind {
                Kind::Phone => "[type='tel'][inputmode='tel'][autocomplete='tel'][spellcheck='false'][dir='ltr']",
                Kind::Email => "[type='email'][inputmode='email'][autocomplete='email'][spellcheck='false'][dir='ltr']",
                Kind::Name { .. } => "[type='text'][autocomplete='name'][spellcheck='false'][dir='auto']",
                Kind::Postcode => "[type='text'][autocomplete='off'][list][dir='auto']",
                Kind::Line { .. } => "[type='text']:not([autocomplete]):not([spellcheck])[dir='auto']",
                Kind::Choice(_) => "[type='radio']",
                Kind::Choices(_) | Kind::Week(_) => "[type='checkbox']",
                Kind::Text { .. } => ":not([autocomplete])[dir='auto']",
                Kind::Kommune => "",
            };
            assert!(page.has(&format!("{controls}{expected}")), "{name} is not {expected}");
            let values: Vec<String> = match &field.kind {
                Kind::Choice(choices) | Kind::Choices(choices) => {
                    choices.iter().map(|choice| choice.code.to_string()).collect()
                }
                Kind::Week(week) => {
                    let boxes = |day| week.hours.iter().map(move |hours| Week::value(day, hours));
                    week.days.iter().flat_map(boxes).collect()
                }
                _ => Vec::new(),
            };
            if !values.is_empty() {
                for value in &values {
                    assert!(page.has(&format!("{controls}[value='{value}']")), "{name} {value}");
                }
                assert_eq!(page.document().select(&selector(&controls)).count(), values.len(), "{name}");
            }
            if field.hint.is_some() {
                let hint = format!("{name}-hint");
                assert!(page.has(&format!("#{hint}")) && page.has(&format!("[aria-describedby~='{hint}']")), "{name}");
            }
            shown += 1;
        }
        assert!(shown >= 9, "{shown}");
        // No controls except those of the definition and the page's own.
        for (name, _) in page.form().values {
            let known = form.fields().any(|field| field.name.as_str() == name)
                || model::field_names::RESERVED.contains(&name.as_str());
            assert!(known, "{name} is on the page and nowhere else");
        }
    }
}

#[test]
fn the_no_guarantee_text_is_the_same_everywhere() {
    let service = Service::start();
    let text = std::fs::read_to_string(real_content().join("tekster/ingen-garanti.md")).unwrap();
    let expected = text.replace("**", "").split_whitespace().collect::<Vec<_>>().join(" ");
    let form = service.visitor().open("/oestjylland/bestil-en-betjent/formular/");
    let summary = call(form.form()).set("postnr", "Aarhus").submit();
    let receipt = summary.form().press("trin", "send");
    let kreds = service.visitor().open("/oestjylland/");
    for page in [&form, &summary, &receipt, &kreds] {
        assert!(page.text().contains(&expected), "not on {}:\n{}", page.path, page.text());
    }
}

#[test]
fn the_privacy_notice_is_above_the_button() {
    for (path, html) in site().into_iter().filter(|(path, _)| path.ends_with("/formular/index.html")) {
        let notice = html.find(&format!("href=\"{}/privatliv/\"", language_of(&path).1));
        let button = html.find("<button").unwrap();
        assert!(notice.is_some_and(|notice| notice < button), "{path}");
    }
}

#[test]
fn every_answer_has_the_sites_headers_and_none_sets_a_cookie() {
    let service = Service::start();
    let visitor = service.visitor();
    let form = open(&visitor, "oestjylland", "bestil-en-faerdselskontrol");
    let summary = traffic(form.clone()).set("postnr", "Aarhus").submit();
    let answers: Vec<Page> = vec![
        visitor.open("/"),
        visitor.open("/oestjylland/"),
        visitor.open(&pages::assets::SCRIPT.path),
        visitor.open("/findes-ikke/"),
        visitor.open("/find-kreds?sted=x"),
        form.submit(),
        summary.form().press("trin", "send"),
        summary,
    ];
    for answer in answers {
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"), "{policy}");
        for (name, value) in
            [("x-content-type-options", "nosniff"), ("permissions-policy", "camera=(), geolocation=(), microphone=()")]
        {
            assert_eq!(answer.header(name), Some(value), "{}", answer.path);
        }
        assert!(answer.header("strict-transport-security").is_some());
        assert!(answer.header("set-cookie").is_none(), "{}", answer.path);
    }
}

#[test]
fn a_path_without_its_trailing_slash_redirects_to_the_page() {
    let service = Service::start();
    let moved = service.visitor().open_only("/oestjylland");
    assert_eq!((moved.status, moved.header("location")), (308, Some("/oestjylland/")));
}
