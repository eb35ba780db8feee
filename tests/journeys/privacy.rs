//! What the law wants a citizen to know before sending: who has the data, what for, by which law, how long, which rights.

use crate::journeys::filled::{call, traffic};
use crate::journeys::service::{Service, real_content};
use crate::journeys::visitor::{Page, selector, words};
use model::form::Form;
use model::names::Language;
use model::retention::Retention;
use std::collections::BTreeSet;

const FORMS: [&str; 2] = ["bestil-en-betjent", "bestil-en-faerdselskontrol"];

/// What must be told, by its name in the content.
const TOLD: [&str; 5] = ["dataansvarlig", "databeskyttelsesraadgiver", "formaal", "opbevaring", "rettigheder"];

/// Words of the law for each form, in Danish and English, and how the other form's law is told from it.
const LAWS: [[(&str, &str); 2]; 2] = [
    [("databeskyttelsesforordningen (GDPR)", "databeskyttelsesloven"), ("GDPR", "Danish Data Protection Act")],
    [("retshåndhævelsesloven", "lov nr. 410"), ("Danish Law Enforcement Act", "Act no. 410")],
];

/// A value of a content file's front matter.
fn value(file: &str, key: &str) -> String {
    let text = std::fs::read_to_string(real_content().join(file)).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{key}: "))).unwrap_or_default();
    let value = line.trim_matches('"').to_owned();
    assert!(!value.is_empty(), "{key} in {file}");
    value
}

/// The text between the page's heading and the button that sends its form, as it stands in the document.
fn before_the_button(page: &Page) -> String {
    let main = page.document().select(&selector("main")).next().unwrap().html();
    let (above, _) = main.split_once("\"form-actions\"").unwrap_or_else(|| panic!("no button on {}", page.path));
    words(&scraper::Html::parse_fragment(above).root_element())
}

#[test]
fn above_the_button_each_form_tells_who_why_by_which_law_how_long_and_which_rights() {
    let service = Service::start();
    let visitor = service.visitor();
    for (number, form) in FORMS.iter().enumerate() {
        for (language, prefix, ending) in [(0, "", ""), (1, "/en", ".en")] {
            let empty = visitor.open(&format!("{prefix}/fyn/{form}/formular/"));
            let filled = if number == 0 { call(empty.form()) } else { traffic(empty.form()) };
            let wrong = filled.clone().submit();
            let summary = filled.set("postnr", "Odense").submit();
            assert_eq!((empty.status, wrong.status, summary.status), (200, 422, 200));
            for page in [&empty, &wrong, &summary] {
                let text = before_the_button(page);
                for name in TOLD {
                    let told = value(&format!("tekster/persondata{ending}.md"), name);
                    assert!(text.contains(&told), "{name} ({told}) is not on {}:\n{text}", page.path);
                }
                assert!(text.contains("Datatilsynet"), "{text}");
                let law = value(&format!("formularer/{form}{ending}.md"), "retsgrundlag");
                assert!(text.contains(&law), "{law} is not on {}:\n{text}", page.path);
                let (right, wrong) = (LAWS[number][language], LAWS[1 - number][language]);
                assert!(text.contains(right.0) && text.contains(right.1), "{text}");
                assert!(!text.contains(wrong.0) && !text.contains(wrong.1), "{text}");
                assert!(!text.contains(['{', '}']), "{text}");
            }
        }
    }
}

#[test]
fn the_page_about_privacy_names_both_laws_in_every_language() {
    let service = Service::start();
    for (language, prefix) in [(0, ""), (1, "/en")] {
        let page = service.visitor().open(&format!("{prefix}/privatliv/"));
        for law in LAWS.map(|law| law[language]) {
            assert!(page.text().contains(law.0) && page.text().contains(law.1), "{law:?}:\n{}", page.text());
        }
        assert!(page.text().contains("Datatilsynet"));
    }
}

/// What the forms ask of a person, and what the page about privacy says of it. A question that is not here is one that
/// nobody has told citizens about: add it to both, or ask something else. No form asks for a home address, a CPR number
/// or a login.
const PERSONAL: [(&str, &str, &str); 5] = [
    ("navn", "dit navn", "your name"),
    ("telefon", "telefonnummer", "telephone number"),
    ("email", "e-mailadresse", "email address"),
    ("ringetid", "hvornår det passer dig, at vi ringer", "when it suits you"),
    ("paa_vegne_af", "hvem du skriver for", "whom you are writing for"),
];

/// What the forms ask about the matter and the place.
const ABOUT_THE_MATTER: [&str; 15] = [
    "beskrivelse",
    "besoeg_anledning",
    "emne",
    "fra",
    "hvornaar",
    "indbrud_hvor",
    "kommune",
    "patrulje_hvornaar",
    "postnr",
    "problem",
    "retning",
    "til",
    "trafikanter",
    "utrygt_hvornaar",
    "vej",
];

#[test]
fn no_form_asks_for_more_about_a_person_than_the_page_about_privacy_tells() {
    let service = Service::start();
    let built = site_gen::build(&real_content(), None, service.now()).unwrap_or_else(|error| panic!("{error}"));
    let danish = Language::danish();
    let forms = built.site.catalog().forms(&danish);
    let asked: BTreeSet<&str> = forms.flat_map(Form::fields).map(|field| field.name.as_str()).collect();
    let told: BTreeSet<&str> = PERSONAL.iter().map(|field| field.0).chain(ABOUT_THE_MATTER).collect();
    assert_eq!(asked, told);
    let [danish, english] = ["/privatliv/", "/en/privatliv/"].map(|path| service.visitor().open(path).text());
    for (field, in_danish, in_english) in PERSONAL {
        assert!(danish.contains(in_danish) && english.contains(in_english), "{field}");
    }
}

#[test]
fn how_long_answers_are_kept_is_told_as_the_kreds_keeps_them() {
    let content = crate::journeys::service::copied_content();
    let path = content.path().join("kredse/fyn/kreds.md");
    let fyn = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, fyn.replacen("frist:", "opbevaring_dage: 14\nfrist:", 1)).unwrap();
    let service = Service::start_with(content.path());
    let visitor = service.visitor();
    let most = Retention::LONGEST;
    let usual = Retention::default().as_days();
    for (prefix, days) in [("", "dage"), ("/en", "days")] {
        let form = visitor.open(&format!("{prefix}/fyn/{}/formular/", FORMS[0]));
        // The place decides the kreds, and so how long it keeps the answers.
        let summary = call(form.form()).set("postnr", "Aarhus").submit();
        for (page, kept) in [(&form, 14), (&summary, usual)] {
            let text = before_the_button(page);
            assert!(text.contains(&format!(" {kept} {days} ")), "{text}");
            assert!(text.contains(&format!(" {most} {days} ")), "{text}");
        }
        let told = visitor.open(&format!("{prefix}/privatliv/")).text();
        for kept in [usual, most] {
            assert!(told.contains(&format!(" {kept} {days}")), "{kept}:\n{told}");
        }
    }
}

#[test]
fn the_page_about_privacy_tells_of_the_codes_against_misuse_and_of_the_key_of_each_request() {
    let service = Service::start();
    let told = |path: &str| service.visitor().open(path).text();
    for (page, words) in [
        ("/privatliv/", ["ti minutter", "en time", "ikke selve ip-adressen", "sin egen nøgle", "sikkerhedskopierne"]),
        ("/en/privatliv/", ["ten minutes", "an hour", "not store the IP address", "its own key", "the backups"]),
    ] {
        let told = told(page);
        for word in words {
            assert!(told.contains(word), "{word} on {page}:\n{told}");
        }
    }
}
