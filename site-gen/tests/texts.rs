//! Texts shared by many kredse: own versions of a kreds, texts included by name, and shared pages.

use crate::support::{Content, files, html, mistakes};
use model::catalog::Catalog;
use model::names::{KredsSlug, Language};
use site_gen::check::compared::{Files, compare};
use site_gen::check::overrides::{State, overrides};
use site_gen::output::File;

fn page(title: &str, body: &str) -> String {
    format!("---\ntitel: \"{title}\"\nbeskrivelse: En side.\n---\n{body}")
}

/// The paths of the pages that differ, ignoring the version of the catalog in every form.
fn changed(before: &[File], after: &[File]) -> Vec<String> {
    let version = |files: &[File]| {
        let form = html(files, "public/bornholm/bestil-en-betjent/formular/index.html");
        form.split("name=\"udgave\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let (old, new) = (version(before), version(after));
    let is_changed = |(one, other): &(&File, &File)| {
        assert_eq!(one.path, other.path);
        String::from_utf8_lossy(&one.bytes).replace(&old, &new) != String::from_utf8_lossy(&other.bytes)
    };
    let pages = before.iter().zip(after).filter(|(file, _)| file.path.ends_with(".html"));
    pages.filter(is_changed).map(|(file, _)| file.path.clone()).collect()
}

/// The warnings of a publishable tree whose texts have all been compared with their basis.
fn warnings(content: &Content) -> Vec<String> {
    compare(content.path(), Files::All).unwrap_or_else(|error| panic!("{error}"));
    warnings_as_it_is(content)
}

fn warnings_as_it_is(content: &Content) -> Vec<String> {
    let checked =
        site_gen::check(content.path(), crate::support::now()).unwrap_or_else(|diagnostics| panic!("{diagnostics:#?}"));
    checked.warnings.iter().map(ToString::to_string).collect()
}

const NOTICE: &str = "---\ndataansvarlig: Fyns Politi\ndatabeskyttelsesraadgiver: Rådgiveren\nformaal: at ringe\nopbevaring: 9 \
                      dage\nrettigheder: Klag.\n---\n{dataansvarlig} {databeskyttelsesraadgiver} {formaal} {retsgrundlag} \
                      {opbevaring} {opbevaring_dage} {rettigheder}\n";

/// The tree in which Fyns Politi has its own version of two texts.
fn with_own_texts() -> Content {
    let content = Content::english();
    for (end, not_urgent) in [("md", "Fyn: ring **114** & vent."), ("en.md", "Funen: call **114** & wait.")] {
        content.write(&format!("kredse/fyn/tekster/haster-ikke.{end}"), not_urgent);
        content.write(&format!("kredse/fyn/tekster/persondata.{end}"), NOTICE);
    }
    content
}

#[test]
fn a_kredss_own_text_is_on_all_its_pages_and_no_others() {
    let (before, after) = (files(&Content::english()), files(&with_own_texts()));
    let forms = ["bestil-en-betjent/formular/", "bestil-en-faerdselskontrol/formular/", ""];
    let expected = ["/en", ""]
        .into_iter()
        .flat_map(|prefix| forms.into_iter().map(move |path| format!("public{prefix}/fyn/{path}index.html")));
    assert_eq!(changed(&before, &after), expected.collect::<Vec<_>>());
    for (prefix, text) in
        [("", "Fyn: ring <strong>114</strong> &amp; vent."), ("/en", "Funen: call <strong>114</strong>")]
    {
        assert!(html(&after, &format!("public{prefix}/fyn/index.html")).contains(text));
        let form = html(&after, &format!("public{prefix}/fyn/bestil-en-betjent/formular/index.html"));
        assert!(form.contains(text) && form.contains("Fyns Politi Rådgiveren at ringe"), "{form}");
        assert!(form.contains("9 dage 30 Klag."), "the days of the kreds are filled in: {form}");
    }
}

#[test]
fn the_catalog_has_own_texts_and_rejects_unowned_or_incomplete_ones() {
    let json = html(&files(&with_own_texts()), "catalog.json");
    let catalog = Catalog::from_json(json.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"));
    let text = |kreds: &str, language: &str| {
        let (kreds, language) = (KredsSlug::parse(kreds).unwrap(), Language::parse(language).unwrap());
        catalog.not_urgent(&kreds, &language).unwrap().text()
    };
    assert_eq!(text("fyn", "da"), "Fyn: ring 114 & vent.");
    assert_eq!(text("fyn", "en"), "Funen: call 114 & wait.");
    assert!(text("bornholm", "da").starts_with("Ring 114, når"));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let own = &value["own_texts"]["fyn"];
    let with = |language: &str, name: &str, text: serde_json::Value| {
        let mut own = own.clone();
        own[language][name] = text;
        serde_json::json!({ "fyn": own })
    };
    for wrong in [
        serde_json::json!({"jylland": own}),
        serde_json::json!({"fyn": {"da": own["da"]}}),
        serde_json::json!({"fyn": {"da": {}, "en": {}}}),
        serde_json::json!({"fyn": {"da": own["da"], "en": own["en"], "de": own["en"]}}),
        with("en", "not_urgent", serde_json::Value::Null),
        with("da", "not_urgent", serde_json::json!("<p> </p>")),
        with("da", "privacy_notice", serde_json::json!("<p>{retsgrundlag}</p>")),
        with("en", "privacy_notice", serde_json::json!("<p>{retsgrundlag} {opbevaring_dage} {formaal}</p>")),
    ] {
        let mut value = value.clone();
        value["own_texts"] = wrong;
        let faults = Catalog::from_json(value.to_string().as_bytes()).err().expect("it is refused");
        assert!(faults.len() == 1 && faults[0].to_string().contains("own texts of"), "{faults:?}");
    }
}

#[test]
fn an_own_text_is_checked_and_translated_like_the_national_one() {
    let content = with_own_texts();
    content.remove("kredse/fyn/tekster/haster-ikke.en.md");
    content.change("kredse/fyn/tekster/persondata.md", "{formaal} ", "");
    content.change("kredse/fyn/tekster/persondata.en.md", "rettigheder: Klag.\n", "");
    content.write("kredse/fyn/tekster/haster-ikke.md", "Se [siden](/findes-ikke/).");
    let said = mistakes(&content);
    let expected = [
        "kredse/fyn/tekster/haster-ikke.md:1:1: Oversættelsen haster-ikke.en.md mangler. Skriv den.",
        "kredse/fyn/tekster/haster-ikke.md:1:4: Linket »/findes-ikke/« fører ikke til en side her. Tjek stavningen, eller \
         lav siden.",
        "kredse/fyn/tekster/persondata.en.md:2:1: »rettigheder« mangler. Tilføj en linje med »rettigheder: …«.",
        "kredse/fyn/tekster/persondata.md:8:1: Teksten mangler »{formaal}«. Loven kræver, at borgeren kan læse det, før \
         der bliver sendt noget. Sæt »{formaal}« ind, hvor det skal stå.",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_kreds_cannot_replace_the_no_guarantee_text() {
    let content = Content::english();
    for end in ["md", "en.md"] {
        content.write(&format!("kredse/fyn/tekster/ingen-garanti.{end}"), "Vi kommer altid.");
    }
    let said = mistakes(&content);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("kredse/fyn/tekster/ingen-garanti.md:1:1: En kreds kan ikke have sit eget forbehold."));
}

/// A tree with a text included by name on a national page and a shared page; one kreds has its own version.
fn with_blocks() -> Content {
    let content = Content::english();
    for (end, prefix, national, own) in [
        ("md", "", "Åbent hos {kreds} i {hovedstation}: se [siden](/{kreds}/moede/).", "Fyn har lukket."),
        ("en.md", "/en", "Open: see [the page](/en/{kreds}/moede/).", "Funen is closed."),
    ] {
        content.write(&format!("tekster/aabent.{end}"), national);
        content.write(&format!("tekster/om-os.{end}"), "Vi er **politiet**.");
        content.write(&format!("kredse/fyn/tekster/aabent.{end}"), own);
        let body =
            format!("Før.\n\n{{aabent}}\n\nEfter [kredsen]({prefix}/{{kreds}}/).\n\n## Hos {{kreds}}\n\n{{om-os}}\n");
        content.write(&format!("faelles/moede.{end}"), &page("Mød {kreds}", &body));
        content.write(&format!("sider/hvem.{end}"), &page("Om", "> {om-os}\n\nEt \\{tegn} og \\{ ét til.\n"));
    }
    content
}

#[test]
fn a_shared_page_is_under_every_kreds_with_its_name_and_own_texts() {
    let content = with_blocks();
    assert!(warnings(&content).is_empty(), "{:?}", warnings(&content));
    let files = files(&content);
    let of = |path: &str| html(&files, &format!("public/{path}/index.html"));
    let bornholm = of("bornholm/moede");
    assert!(bornholm.contains("<h1>Mød Bornholms Politi</h1>"), "{bornholm}");
    assert!(bornholm.contains(
        "<p>Før.</p>\n<p>Åbent hos Bornholms Politi i Rønne: se <a href=\"/bornholm/moede/\">siden</a>.</p>\n<p>Efter <a \
         href=\"/bornholm/\">kredsen</a>.</p>\n<h2 id=\"hos-bornholms-politi\">Hos Bornholms Politi</h2>\n<p>Vi er \
         <strong>politiet</strong>.</p>"
    ), "{bornholm}");
    let fyn = of("fyn/moede");
    assert!(fyn.contains("<p>Før.</p>\n<p>Fyn har lukket.</p>\n<p>Efter"), "{fyn}");
    assert!(of("en/fyn/moede").contains("<p>Funen is closed.</p>"));
    assert!(of("en/oestjylland/moede").contains("see <a href=\"/en/oestjylland/moede/\">the page</a>"));
    assert!(of("hvem").contains("<blockquote>\n<p>Vi er <strong>politiet</strong>.</p>"), "{}", of("hvem"));
    assert!(of("hvem").contains("<p>Et {tegn} og { ét til.</p>"), "{}", of("hvem"));
    for kreds in ["bornholm", "fyn", "oestjylland"] {
        assert!(of(kreds).contains(&format!("<a href=\"/{kreds}/moede/\">Mød ")), "{kreds} links to its page");
    }
}

#[test]
fn a_kredss_own_page_replaces_the_shared_one_in_every_language() {
    let content = with_blocks();
    let before = files(&content);
    content.write("kredse/fyn/moede.md", &page("Kom på Fyn", "Vi ses.\n\n{aabent}\n"));
    let said_without = mistakes(&content);
    assert_eq!(said_without.len(), 1, "{said_without:?}");
    assert!(said_without[0].starts_with("kredse/fyn/moede.md:1:1: Oversættelsen moede.en.md mangler."));
    content.write("kredse/fyn/moede.en.md", &page("Come to Funen", "See you.\n\n{aabent}\n"));
    let after = files(&content);
    // The search lists it under its new title.
    let pages = ["fyn/", "fyn/moede/", "soeg/"];
    let expected: Vec<_> =
        ["en/", ""].iter().flat_map(|prefix| pages.map(|page| format!("public/{prefix}{page}index.html"))).collect();
    assert_eq!(changed(&before, &after), expected);
    assert!(html(&after, "public/fyn/moede/index.html").contains("<p>Vi ses.</p>\n<p>Fyn har lukket.</p>"));
    assert!(html(&after, "public/en/fyn/moede/index.html").contains("<h1>Come to Funen</h1>"));
}

#[test]
fn texts_that_no_page_shows_or_a_translation_omits_give_a_warning() {
    let content = with_blocks();
    for end in ["md", "en.md"] {
        content.write(&format!("tekster/ubrugt.{end}"), "Ingen ser den.");
        content.write(&format!("kredse/fyn/tekster/ubrugt.{end}"), "Heller ingen.");
    }
    content.change("sider/hvem.en.md", "> {om-os}", "Om os.");
    assert_eq!(
        warnings(&content),
        [
            "kredse/fyn/tekster/ubrugt.md:1:1: advarsel: Teksten bliver ikke vist på nogen af kredsens sider. Skriv \
             »{ubrugt}« på en linje for sig selv på en af dem, eller slet filen.",
            "sider/hvem.en.md:5:1: advarsel: Siden viser ikke teksten »om-os«, som sider/hvem.md viser. Sæt »{om-os}« ind på en \
             linje for sig selv.",
            "tekster/ubrugt.md:1:1: advarsel: Teksten bliver ikke vist på nogen side. Skriv »{ubrugt}« på en linje for sig \
             selv på en side, eller slet filen.",
        ]
    );
    // An unused text is checked all the same.
    content.write("tekster/ubrugt.md", "<b>");
    assert!(mistakes(&content).iter().any(|line| line.starts_with("tekster/ubrugt.md:1:1: HTML kan ikke bruges")));
}

#[test]
fn a_link_that_is_dead_for_many_kredse_is_reported_once() {
    let content = with_blocks();
    content.change("tekster/aabent.md", "(/{kreds}/moede/)", "(/{kreds}/mode/)");
    content.change("faelles/moede.en.md", "(/en/{kreds}/)", "(/{kreds}/)");
    let said = mistakes(&content);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("faelles/moede.en.md:9:7: Linket »/bornholm/« fører til den danske side."), "{said:?}");
    assert!(said[1].starts_with("tekster/aabent.md:1:40: Linket »/bornholm/mode/« fører ikke"), "{said:?}");
    assert!(said[1].contains("Mente du »/bornholm/moede/«?"), "{said:?}");
}

#[test]
fn an_own_text_or_page_warns_after_the_shared_one_changes_until_compared() {
    let content = with_blocks();
    content.write("kredse/fyn/moede.md", &page("Kom på Fyn", "Vi ses.\n\n{aabent}\n"));
    content.write("kredse/fyn/moede.en.md", &page("Come to Funen", "See you.\n\n{aabent}\n"));
    let new = warnings_as_it_is(&content);
    assert!(new.contains(
        &"kredse/fyn/moede.md:1:1: advarsel: Kredsens egen tekst er ikke sammenlignet med faelles/moede.md. Læs begge, og \
          skriv så: cargo run --bin site-gen -- compared kredse/fyn/moede.md"
            .to_owned()
    ), "{new:?}");
    assert!(warnings(&content).is_empty());
    content.change("faelles/moede.md", "Før.", "Før eller siden.");
    content.change("tekster/aabent.md", "Åbent", "Altid åbent");
    let own = |path: &str, shared: &str| {
        format!(
            "{path}:1:1: advarsel: Den fælles tekst {shared} er rettet, siden kredsens egen sidst blev sammenlignet med den. \
             Ret filen her, hvis den ikke passer mere, og skriv så: cargo run --bin site-gen -- compared {path}"
        )
    };
    let warned: Vec<String> =
        warnings_as_it_is(&content).into_iter().filter(|line| !line.contains(".en.md:")).collect();
    let expected =
        [own("kredse/fyn/moede.md", "faelles/moede.md"), own("kredse/fyn/tekster/aabent.md", "tekster/aabent.md")];
    assert_eq!(warned, expected);
    let sources = site_gen::source::read::read(content.path()).sources;
    let states = || overrides(&sources).into_iter().map(|found| (found.path, found.state)).collect::<Vec<_>>();
    let changed = [("kredse/fyn/moede.md", State::Changed), ("kredse/fyn/tekster/aabent.md", State::Changed)];
    assert_eq!(states(), changed.map(|(path, state)| (path.to_owned(), state)));
    compare(content.path(), Files::These(&["kredse/fyn/moede.md".to_owned()])).unwrap();
    let warned = warnings_as_it_is(&content);
    assert!(!warned.iter().any(|line| line.starts_with("kredse/fyn/moede.md")), "{warned:?}");
    assert!(warned.iter().any(|line| line.starts_with("kredse/fyn/tekster/aabent.md")), "{warned:?}");
}
