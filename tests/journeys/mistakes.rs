//! Mistakes in a form: shown on the same page, each in its own words, and nothing typed is lost.

use crate::journeys::filled::{open, traffic};
use crate::journeys::service::Service;
use std::collections::BTreeSet;

#[test]
fn an_empty_form_shows_every_error_with_a_link_to_its_field() {
    let service = Service::start();
    for form in ["bestil-en-betjent", "bestil-en-faerdselskontrol"] {
        let answer = open(&service.visitor(), "fyn", form).submit();
        assert_eq!(answer.status, 422);
        assert!(answer.text_at("title").starts_with("Fejl:"), "{}", answer.text_at("title"));
        let listed = answer.texts_at(".alert-error li");
        let beside: Vec<String> =
            answer.texts_at(".form-error-message").iter().map(|text| text.replacen("Fejl: ", "", 1)).collect();
        assert!(listed.len() >= 5, "{listed:?}");
        assert_eq!(listed, beside, "the summary says the same as the fields");
        assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len(), "each error has its own words");
        let document = answer.document();
        let links = crate::journeys::visitor::selector(".alert-error a");
        for link in document.select(&links) {
            let target = link.value().attr("href").unwrap();
            assert!(answer.has(target), "{target} is not on the page");
        }
    }
}

#[test]
fn everything_typed_is_kept() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol"))
        .set("postnr", "Aarhus")
        .set("beskrivelse", "  <b>Linje 1</b>\r\n\r\nLinje \"3\" & æøå 🚗")
        .set("telefon", "12 34");
    let answer = form.submit();
    assert_eq!(answer.status, 422);
    assert!(answer.text_at("#telefon-error").contains("telefonnummer"));
    let shown = answer.form();
    for (name, typed) in form.values.iter().filter(|(name, _)| name != "trin" && name != "udgave") {
        let typed = typed.replace("\r\n", "\n");
        assert!(shown.values.contains(&(name.clone(), typed.clone())), "{name}={typed:?} is lost:\n{:?}", shown.values);
    }
    let summary = shown.set("telefon", "20 12 34 56").submit();
    assert_eq!(summary.status, 200, "{}", summary.text());
}

#[test]
fn a_value_tampered_with_on_the_summary_gives_the_same_error() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    let summary = form.submit();
    for (name, value) in
        [("telefon", "112"), ("problem", "parkering"), ("vej", ""), ("postnr", "Andeby"), ("ringetid", "nat")]
    {
        let on_form = form.clone().set(name, value).submit();
        let behind = summary.form().set(name, value).press("trin", "send");
        assert_eq!((on_form.status, behind.status), (422, 422), "{name}");
        assert_eq!(on_form.texts_at(".alert-error li"), behind.texts_at(".alert-error li"), "{name}");
    }
    assert!(service.sweep().sent == 0 && service.mails().is_empty());
}

#[test]
fn answers_can_be_changed_from_the_summary() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    let again = form.submit().form().press("trin", "ret");
    assert_eq!(again.status, 200);
    assert!(!again.has(".alert-error"));
    assert_eq!(again.form().value("vej"), Some("Viborgvej"));
    let summary = again.form().set("vej", "Randersvej").submit();
    assert!(summary.text().contains("Randersvej"));
}

#[test]
fn length_limits_count_characters_and_a_line_break_as_one() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    let most = format!("{}\r\n{}", "æ".repeat(499), "🚗".repeat(500));
    assert_eq!(most.replace("\r\n", "\n").chars().count(), 1000);
    assert_eq!(form.clone().set("beskrivelse", &most).submit().status, 200);
    let answer = form.set("beskrivelse", &format!("{most}x")).submit();
    assert_eq!(answer.status, 422);
    assert!(answer.text_at("#beskrivelse-error").contains("1.000"), "{}", answer.text_at("#beskrivelse-error"));
}

#[test]
fn a_cpr_number_is_pointed_out_and_then_removed_before_mailing() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol"))
        .set("postnr", "Aarhus")
        .set("navn", "Ib 010190-1234")
        .set("beskrivelse", "Jeg er 0101901234 og bor her. Ring 20 12 34 56.");
    for step in ["gennemse", "send"] {
        let asked = form.press("trin", step);
        assert_eq!(asked.status, 422);
        assert!(
            asked.text_at("#beskrivelse-error").contains("»Beskrivelse«"),
            "{}",
            asked.text_at("#beskrivelse-error")
        );
        assert!(asked.text_at("#navn-error").contains("cpr-nummeret"));
        assert_eq!(asked.form().value("navn"), Some("Ib 010190-1234"), "what was typed is still there");
    }
    let summary = form.submit().form().submit();
    assert_eq!(summary.status, 200, "{}", summary.text());
    assert!(summary.text().contains("Jeg er [cpr-nummer fjernet] og bor her. Ring 20 12 34 56."), "{}", summary.text());
    let receipt = summary.form().press("trin", "send");
    assert!(receipt.has(".reference-number"), "{}", receipt.text());
    service.sweep();
    let mail = &service.mails()[0];
    assert!(mail.text.contains("Navn: Ib [cpr-nummer fjernet]"), "{}", mail.text);
    for (part, words) in [("text", &mail.text), ("html", &mail.html)] {
        assert!(!words.contains("1234 ") && !words.contains("0101901234") && !words.contains("010190-1234"), "{part}");
    }
}
