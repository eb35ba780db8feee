//! Information that the law requires a citizen to have before sending.
//!
//! It states the controller, the purpose, the legal basis, the retention and the citizen's rights.

use crate::journeys::dump;
use crate::journeys::filled::{call, traffic};
use crate::journeys::lab::Lab;
use crate::journeys::service::{Service, real_content};
use crate::journeys::visitor::{Page, selector, words};
use function::settings::Brakes;
use model::form::Form;
use model::names::Language;
use model::retention::Retention;
use std::collections::BTreeSet;

const FORMS: [&str; 2] = ["bestil-en-betjent", "bestil-en-faerdselskontrol"];

/// Required facts, by their names in the content.
const TOLD: [&str; 5] = ["dataansvarlig", "databeskyttelsesraadgiver", "formaal", "opbevaring", "rettigheder"];

/// The legal basis of each form, in Danish and English, which must not be on the other form.
const LAWS: [[(&str, &str); 2]; 2] = [
    [("databeskyttelsesforordningen (GDPR)", "databeskyttelsesloven"), ("GDPR", "Danish Data Protection Act")],
    [("retshåndhævelsesloven", "lov nr. 410"), ("Danish Law Enforcement Act", "Act no. 410")],
];

/// Reads a value from a content file's front matter.
fn value(file: &str, key: &str) -> String {
    let text = std::fs::read_to_string(real_content().join(file)).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{key}: "))).unwrap_or_default();
    let value = line.trim_matches('"').to_owned();
    assert!(!value.is_empty(), "{key} in {file}");
    value
}

/// Returns the text between the page's heading and the button that sends its form, in document order.
fn before_the_button(page: &Page) -> String {
    let main = page.document().select(&selector("main")).next().unwrap().html();
    let (above, _) = main.split_once("\"form-actions\"").unwrap_or_else(|| panic!("no button on {}", page.path));
    words(&scraper::Html::parse_fragment(above).root_element())
}

#[test]
fn above_the_button_each_form_states_controller_purpose_law_and_rights() {
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
                    let stated = value(&format!("tekster/persondata{ending}.md"), name);
                    assert!(text.contains(&stated), "{name} ({stated}) is not on {}:\n{text}", page.path);
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
fn the_privacy_page_names_both_laws_in_every_language() {
    let service = Service::start();
    for (language, prefix) in [(0, ""), (1, "/en")] {
        let page = service.visitor().open(&format!("{prefix}/privatliv/"));
        for law in LAWS.map(|law| law[language]) {
            assert!(page.text().contains(law.0) && page.text().contains(law.1), "{law:?}:\n{}", page.text());
        }
        assert!(page.text().contains("Datatilsynet"));
    }
}

/// Personal questions of the forms, and the privacy page's words about each. Citizens are not informed of a question
/// that is missing here: add it to both, or ask something else. No form asks for a home address, a CPR number or a
/// login.
const PERSONAL: [(&str, &str, &str); 7] = [
    ("navn", "dit navn", "your name"),
    ("telefon", "telefonnummer", "telephone number"),
    ("email", "e-mailadresse", "email address"),
    ("ringetid", "hvornår det passer dig, at vi ringer", "when it suits you"),
    ("samtale", "svært at tale i telefon", "hard to talk on the phone"),
    ("tolkesprog", "har brug for en tolk", "need an interpreter"),
    ("paa_vegne_af", "hvem du skriver for", "whom you are writing for"),
];

/// Questions of the forms about the matter and the place.
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
fn no_form_asks_for_more_personal_data_than_the_privacy_page_lists() {
    let service = Service::start();
    let built = site_gen::build(&real_content(), None, service.now()).unwrap_or_else(|error| panic!("{error}"));
    let danish = Language::danish();
    let forms = built.site.catalog().forms(&danish);
    let asked: BTreeSet<&str> = forms.flat_map(Form::fields).map(|field| field.name.as_str()).collect();
    let stated: BTreeSet<&str> = PERSONAL.iter().map(|field| field.0).chain(ABOUT_THE_MATTER).collect();
    assert_eq!(asked, stated);
    let [danish, english] = ["/privatliv/", "/en/privatliv/"].map(|path| service.visitor().open(path).text());
    for (field, in_danish, in_english) in PERSONAL {
        assert!(danish.contains(in_danish) && english.contains(in_english), "{field}");
    }
}

#[test]
fn the_stated_retention_is_the_kredss_own() {
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
        // The place decides the kreds, and thus the retention.
        let summary = call(form.form()).set("postnr", "Aarhus").submit();
        for (page, kept) in [(&form, 14), (&summary, usual)] {
            let text = before_the_button(page);
            assert!(text.contains(&format!(" {kept} {days} ")), "{text}");
            assert!(text.contains(&format!(" {most} {days} ")), "{text}");
        }
        let stated = visitor.open(&format!("{prefix}/privatliv/")).text();
        for kept in [usual, most] {
            assert!(stated.contains(&format!(" {kept} {days}")), "{kept}:\n{stated}");
        }
    }
}

#[test]
fn the_privacy_page_explains_the_hashes_and_the_key_of_each_request() {
    let service = Service::start();
    let stated = |path: &str| service.visitor().open(path).text();
    for (page, words) in [
        ("/privatliv/", ["ti minutter", "en time", "ikke selve ip-adressen", "sin egen nøgle", "sikkerhedskopierne"]),
        ("/en/privatliv/", ["ten minutes", "an hour", "not store the IP address", "its own key", "the backups"]),
    ] {
        let stated = stated(page);
        for word in words {
            assert!(stated.contains(word), "{word} on {page}:\n{stated}");
        }
    }
}

/// Kinds of items with a hash of something personal, the seconds of use, and the page's words about each.
const HASHES: [(&str, Option<i64>, &str, &str); 7] = [
    (
        "LIMIT",
        Some(600),
        "ip-adresse, du skriver fra. Vi bruger den i ti minutter",
        "IP address you write from. We use it for ten minutes",
    ),
    (
        "COUNT",
        Some(86_400),
        "også lavet af ip-adressen. Vi bruger den i et døgn",
        "also made from the IP address. We use it for 24 hours",
    ),
    (
        "COUNT",
        Some(86_400),
        "lavet af dit telefonnummer. Vi bruger den i et døgn",
        "made from your telephone number. We use it for 24 hours",
    ),
    (
        "MAILED",
        Some(3600),
        "din e-mailadresse, hvis du har skrevet den. Vi bruger den i en time",
        "your email address, if you have entered it. We use it for an hour",
    ),
    (
        "SAME",
        Some(86_400),
        "lavet af dine svar. Vi bruger den i et døgn",
        "made from your answers. We use it for 24 hours",
    ),
    (
        "PHONE",
        None,
        "lavet af dit telefonnummer. Den bliver slettet sammen med dine svar",
        "made from your telephone number. It is deleted together with your answers",
    ),
    (
        "ROADS",
        Some(90 * 86_400),
        "lavet af vejens navn og kommunen, hvis du foreslår en færdselskontrol. Vi bruger den i 90 dage",
        "made from the name of the road and the municipality, if you suggest a traffic check. We use it for 90 days",
    ),
];

/// Kinds of items that are about no person.
const IMPERSONAL: [&str; 16] = [
    "AUDIT",
    "CALLS",
    "CATALOG",
    "DAY",
    "DIGEST",
    "DIGESTS",
    "ENDED",
    "FIGURES",
    "HOUR",
    "MAILBOX",
    "PROBE",
    "RECEIPTS",
    "REFERENCE",
    "RUNS",
    "SERIAL",
    "SWITCH",
];

/// Unencrypted attributes beside the answers, and the page's words for them; all others are technical.
const UNSEALED: [(&str, &str, &str); 11] = [
    ("danger", "om svarene har ord om fare", "whether the answers have words of danger"),
    ("keep_until", "datoerne", "the dates"),
    ("topic", "emnet", "the topic"),
    ("kreds", "politikredsen", "the police district"),
    ("form", "formularen", "the form"),
    ("language", "sproget", "the language"),
    ("received", "datoerne", "the dates"),
    ("promise", "datoerne", "the dates"),
    ("expires_at", "datoerne", "the dates"),
    ("reference", "referencenummeret", "the reference number"),
    ("code_words", "kodeordene", "the code words"),
];
const FOR_THE_MACHINE: [&str; 7] = ["answers", "catalog", "code", "phone_hash", "pk", "rule", "sk"];

#[test]
fn the_privacy_page_lists_everything_about_a_person_in_the_table() {
    let lab = Lab::with(Service::start(), |settings| {
        (settings.limit, settings.brakes) = (Some(5), Brakes::DEFAULT);
    });
    let form = call(lab.open("oestjylland", FORMS[0])).set("kommune", "0751");
    let id = lab.send("192.0.2.1", &form).id();
    let road = traffic(lab.open("oestjylland", FORMS[1])).set("kommune", "0751").set("telefon", "+45 31 22 33 44");
    lab.send("192.0.2.1", &road).id();
    let sent = lab.service.now().as_second();
    lab.sweep();
    let stated = ["/privatliv/", "/en/privatliv/"].map(|path| lab.service.visitor().open(path).text());
    let [items, _] = dump::tables(&lab);
    for (kind, seconds, danish, english) in HASHES {
        let item = items.iter().find(|item| dump::text(item, "pk").starts_with(&format!("{kind}#")));
        let expires = dump::text(item.unwrap_or_else(|| panic!("no {kind}")), "expires_at").parse::<i64>().ok();
        let is_right = |seconds: i64| expires.is_some_and(|expires| (expires - sent - seconds).abs() < 120);
        assert!(seconds.map_or(expires.is_none(), is_right), "{kind}: {expires:?}");
        assert!(stated[0].contains(danish) && stated[1].contains(english), "{kind}: {}", stated[0]);
    }
    let known: BTreeSet<&str> = HASHES.iter().map(|hash| hash.0).chain(IMPERSONAL).chain(["SUBMISSION"]).collect();
    for item in &items {
        let kind = dump::text(item, "pk").split('#').next().unwrap();
        assert!(known.contains(kind), "the privacy page does not explain {kind}");
    }
    let is_submission =
        |item: &&dump::Item| dump::text(item, "sk") == "submission" && dump::text(item, "pk").ends_with(id.as_str());
    let submission = items.iter().find(is_submission).unwrap();
    for name in submission.keys().map(String::as_str).filter(|name| !FOR_THE_MACHINE.contains(name)) {
        let (_, danish, english) = UNSEALED.iter().find(|known| known.0 == name).unwrap_or_else(|| panic!("{name}"));
        assert!(stated[0].contains(danish) && stated[1].contains(english), "{name}");
    }
    assert_eq!(items.iter().filter(|item| dump::text(item, "pk").starts_with("COUNT#")).count(), 2);
    // Undelivered requests are kept longer, but never beyond day 90 (retention.rs). Held ones go out (held.rs).
    for (stated, words) in stated.iter().zip([
        ["ikke er nået frem", "i tre døgn", "aldrig gemt mere end 90 dage", "i løbet af et døgn"],
        ["has not arrived", "for three days", "never kept for more than 90 days", "within 24 hours"],
    ]) {
        assert!(words.iter().all(|word| stated.contains(word)), "{stated}");
    }
}
