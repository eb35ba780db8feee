//! Mails to a citizen: when they go out, and what an officer knows before calling.

use super::*;

#[test]
fn a_citizen_reached_meanwhile_gets_no_mail_about_a_missed_call() {
    let service = Service::start();
    requested(&service, "Parken");
    page(&service, KREDS).form_at("#valg").set("valg", "ikke-truffet").submit();
    service.wait(minutes(5));
    page(&service, KREDS).form_at("#valg").set("valg", "ringet").submit();
    later(&service);
    assert!(case_mails(&service).is_empty());
    assert_eq!(page(&service, KREDS).texts_at("main ol li").len(), 2);
}

#[test]
fn a_missed_call_is_mailed_if_the_later_call_is_undone() {
    let service = Service::start();
    requested(&service, "Parken");
    page(&service, KREDS).form_at("#valg").set("valg", "ikke-truffet").submit();
    service.wait(minutes(6));
    page(&service, KREDS).form_at("#valg").set("valg", "ringet").submit();
    service.wait(minutes(6));
    service.sweep();
    page(&service, KREDS).form_at("#valg").set("valg", "fortryd").submit();
    later(&service);
    assert_eq!(case_mails(&service), ["Vi har ringet til dig"]);
}

#[test]
fn a_missed_call_names_the_kreds_that_called_even_after_forwarding() {
    let service = Service::start();
    requested(&service, "Parken");
    page(&service, KREDS).form_at("#valg").set("valg", "ikke-truffet").submit();
    service.wait(minutes(6));
    page(&service, KREDS).form_at("#valg").set("valg", "videre").set("til", "fyn").submit();
    service.wait(minutes(6));
    service.sweep();
    let mail = last(&service, CITIZEN);
    assert!(mail.words().contains("En betjent fra Østjyllands Politi har ringet til dig"), "{}", mail.text);
    assert!(!mail.text.contains("Fyns Politi"), "it may still be undone: {}", mail.text);
}

#[test]
fn a_mail_over_the_limit_waits_for_its_turn_and_is_not_lost() {
    let service = Service::start();
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    form.press("trin", "send");
    service.sweep();
    // The receipt went out a moment ago, and an address gets one mail an hour.
    page(&service, KREDS).form_at("#valg").set("valg", "ikke-truffet").submit();
    later(&service);
    assert!(case_mails(&service).is_empty());
    service.wait(minutes(70));
    service.sweep();
    assert_eq!(case_mails(&service), ["Vi har ringet til dig"]);
}

#[test]
fn a_closed_request_sends_its_reason_to_the_citizen_and_expires_earlier() {
    let service = Service::start();
    let receipt = requested(&service, "Parken");
    let kept = |service: &Service| {
        let id = model::names::SubmissionId::parse(receipt.rsplit('/').next().unwrap()).unwrap();
        let overview = service.run(service.function().store().overview(&id, service.now())).unwrap().unwrap();
        (overview.keep_until, overview.expires.unwrap())
    };
    let before = kept(&service);
    let form = page(&service, KREDS).form_at("#valg").set("valg", "afslut").set("grund", "andre-tager-sig-af-det");
    let noted = form.set("note", "Kommunen ved besked, Birthe").submit();
    assert!(noted.text().contains("Afsluttet: Det hører til hos andre"), "{}", noted.text());
    later(&service);
    assert_eq!(case_mails(&service), ["Din bestilling er afsluttet"]);
    let mail = last(&service, CITIZEN);
    assert!(mail.text.contains("for eksempel kommunen"), "{}", mail.text);
    assert!(!mail.text.contains("klage"), "no guidance without a lawyer's approval");
    for mail in service.mails() {
        assert!(!mail.text.contains("Birthe") && !mail.html.contains("Birthe"), "an officer's words are never mailed");
    }
    let after = kept(&service);
    assert!(after.0 < before.0 && after.1 < before.1, "{before:?} {after:?}");
    // Colleagues can read it, and nothing can be chosen any more.
    let over = page(&service, KREDS);
    assert!(over.text().contains("Birthe") && !over.has("main form"), "{}", over.text());
    assert_eq!(over.text_at(".lead"), "Bestillingen er afsluttet. Ring ikke til borgeren.");
    assert!(!over.text().contains("Ring 31 22 33 44") && over.has("a[href=\"tel:+4531223344\"]"), "{}", over.text());
}

#[test]
fn difficulties_with_telephone_calls_are_shown_before_the_number() {
    let service = Service::start();
    let form = crate::journeys::filled::open_in(&service.visitor(), "/en", "oestjylland", "bestil-en-betjent");
    let form = call(form).set("postnr", "Aarhus").tick("samtale", "tolk").tick("samtale", "hoerelse");
    let receipt = form.set("tolkesprog", "Tigrinya").press("trin", "send");
    assert_eq!(receipt.status, 200, "{}", receipt.text());
    assert!(!receipt.html.contains("Tigrinya"));
    service.sweep();
    let mail = last(&service, KREDS);
    let said = "Samtalen: Jeg er døv eller hører dårligt; Jeg har brug for en tolk Tolk til: Tigrinya Ring til:";
    assert!(mail.words().contains(said), "{}", mail.text);
    assert_eq!(mail.text.matches("Tigrinya").count(), 1);
    assert!(mail.html.find("Tigrinya").unwrap() < mail.html.find("tel:").unwrap());
    let shown = page(&service, KREDS);
    assert!(shown.html.find("Tigrinya").unwrap() < shown.html.find("tel:+4531223344").unwrap());
}
