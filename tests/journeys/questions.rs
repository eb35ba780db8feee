//! Questions that depend on the topic, on days and hours, and on who asks.

use crate::journeys::filled::{call, open, traffic};
use crate::journeys::service::Service;

#[test]
fn a_topics_own_questions_are_asked_only_if_it_is_chosen() {
    let service = Service::start();
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let without = form.clone().set("emne", "indbrud").submit();
    assert_eq!(without.status, 422);
    assert_eq!(without.texts_at(".alert-error li"), ["Vælg, hvad du vil beskytte mod indbrud."]);
    assert!(without.has(".alert-error a[href='#indbrud_hvor-hus']") && without.has("#indbrud_hvor-hus"));
    // The follow-up question is next to its topic, so that a page without JavaScript can show it there.
    let at_topic = ".form-group-radio > #emne-indbrud:checked ~ .follow-ups #indbrud_hvor-error";
    assert!(without.has(&at_topic.replace(":checked", "[checked]")), "{}", without.html);

    // Invalid or dangerous answers to questions that were not asked are ignored, and not stored.
    let form = form
        .set("emne", "indbrud")
        .set("indbrud_hvor", "sommerhus")
        .set("patrulje_hvornaar", "altid")
        .set("besoeg_anledning", "Han har en kniv");
    let summary = form.submit();
    assert_eq!(summary.status, 200, "{}", summary.text());
    assert!(summary.text().contains("Råd omEt sommerhus"), "{}", summary.text());
    let receipt = summary.form().press("trin", "send");
    assert!(receipt.has("main a[href='/raad-mod-indbrud/']"), "{}", receipt.text());
    service.sweep();
    let mail = service.mail_to("betjent@oestjylland.politi.example");
    assert!(mail.text.contains("Råd om:\n> Et sommerhus\n"), "{}", mail.text);
    assert!(!mail.text.contains("kniv") && !mail.text.contains("Anledning") && !mail.subject.contains("OBS"));
}

#[test]
fn the_receipt_leads_to_the_advice_of_its_topic() {
    let service = Service::start();
    for (prefix, title) in [("", "Råd om trafikken"), ("/en", "Advice on traffic")] {
        let form = crate::journeys::filled::open_in(&service.visitor(), prefix, "fyn", "bestil-en-faerdselskontrol");
        let receipt = traffic(form).set("vej", title).set("postnr", "Odense").press("trin", "send");
        let advice = receipt.follow(title);
        assert_eq!((advice.status, advice.path), (200, format!("{prefix}/raad-om-trafikken/")));
    }
}

#[test]
fn those_who_write_for_others_can_name_them_to_the_officer() {
    let service = Service::start();
    let visitor = service.visitor();
    for (form, mailbox) in [
        (call(open(&visitor, "fyn", "bestil-en-betjent")), "betjent@fyn.politi.example"),
        (traffic(open(&visitor, "fyn", "bestil-en-faerdselskontrol")), "faerdsel@fyn.politi.example"),
    ] {
        assert!(visitor.open("/fyn/bestil-en-betjent/formular/").has("#paa_vegne_af:not([required])"));
        form.set("postnr", "Odense").set("paa_vegne_af", "Nr. Åby Skole").press("trin", "send");
        service.sweep();
        let mail = service.mail_to(mailbox);
        assert!(mail.text.contains("På vegne af:\n> Nr. Åby Skole\n"), "{}", mail.text);
    }
}

#[test]
fn days_and_hours_are_ticked_in_one_table_and_shown_in_ranges() {
    let service = Service::start();
    let empty = traffic(open(&service.visitor(), "fyn", "bestil-en-faerdselskontrol")).set("postnr", "Odense");
    let mut form = empty.clone().set("hvornaar", "soendag.nat");
    for day in ["mandag", "tirsdag", "onsdag", "torsdag", "fredag"] {
        form = form.tick("hvornaar", &format!("{day}.sen-eftermiddag")).tick("hvornaar", &format!("{day}.morgen"));
    }
    let summary = form.submit();
    assert!(summary.text().contains("mandag–fredag: kl. 6-9, kl. 15-18 søndag: kl. 22-6"), "{}", summary.text());
    for wrong in ["mandag", "morgen.mandag", "mandag.middag", ""] {
        let answer = empty.clone().set("hvornaar", wrong).submit();
        assert_eq!(answer.status, 422, "{wrong}");
        assert!(answer.has(".alert-error a[href='#hvornaar-mandag-morgen']") && answer.has("#hvornaar-mandag-morgen"));
    }
}

#[test]
fn each_answer_on_the_summary_has_a_button_back_to_its_question() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    let summary = form.submit();
    let document = summary.document();
    let buttons = crate::journeys::visitor::selector("dl button[name='trin'][value='ret']");
    let buttons: Vec<_> = document.select(&buttons).collect();
    assert_eq!(buttons.len(), summary.texts_at("dl dt").len());
    let back = summary.form().press("trin", "ret");
    for (button, question) in buttons.iter().zip(summary.texts_at("dl dt")) {
        let action = button.value().attr("formaction").unwrap();
        let (path, target) = action.split_once('#').unwrap();
        assert_eq!(path, "/indsend/bestil-en-faerdselskontrol?kreds=oestjylland&sprog=da");
        assert!(back.has(&format!("#{target}")), "{target} is not on the form");
        // The button says what it changes, even out of context.
        assert_eq!(crate::journeys::visitor::words(button), format!("Ret {question}"));
    }
}
