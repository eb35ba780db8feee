//! Protection against fake police calls and against waiting in danger: the code words, and the page about 112.

use crate::journeys::filled::{call, open};
use crate::journeys::service::Service;
use std::collections::BTreeSet;

#[test]
fn the_two_code_words_are_on_the_receipt_and_in_the_officers_mail_only() {
    let service = Service::start();
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let receipt = form.submit().form().press("trin", "send");
    let words = receipt.texts_at(".reference-number")[1].clone();
    let pair: Vec<&str> = words.split(' ').collect();
    assert_eq!(pair.iter().collect::<BTreeSet<_>>().len(), 2, "{words}");
    assert!(receipt.text().contains("bankoplysninger"));
    service.sweep();
    let officer = service.mail_to("betjent@oestjylland.politi.example");
    assert!(officer.text.contains(&format!("Sig først kodeordene: {words}\n")), "{}", officer.text);
    assert!(officer.html.contains(&words));
    let citizen = service.mail_to("aase@eksempel.example");
    assert!(citizen.text.contains("bankoplysninger"), "{}", citizen.text);
    for text in [&citizen.text, &citizen.html, &citizen.subject, &officer.subject, &receipt.path] {
        assert!(!text.contains(&words), "{text}");
    }
    // Another request has other words.
    let other = form.set("vej", "Et andet sted").press("trin", "send");
    assert_ne!(other.texts_at(".reference-number")[1], words);
}

#[test]
fn a_text_about_danger_leads_to_112_and_is_marked_if_sent_anyway() {
    let service = Service::start();
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent"))
        .set("postnr", "Aarhus")
        .set("beskrivelse", "Min nabo har en KNIV, og jeg bliver truet.");
    // Also if the summary is skipped.
    for step in ["gennemse", "send"] {
        let page = form.press("trin", step);
        assert_eq!(page.status, 200);
        assert!(page.has("main a.button-primary[href='tel:112']"), "{}", page.text());
        assert!(!page.has(".reference-number") && !page.has("button[value='send']"));
    }
    let page = form.submit();
    let back = page.form().set("trods_fare", "").press("trin", "ret");
    assert_eq!(back.form().value("beskrivelse"), form.value("beskrivelse"), "nothing typed is lost");
    let summary = page.form().press("trin", "gennemse");
    assert!(summary.has("button[value='send']"), "it is asked once: {}", summary.text());
    let receipt = summary.form().press("trin", "send");
    assert!(receipt.has(".reference-number"), "{}", receipt.text());
    service.sweep();
    let mail = service.mail_to("betjent@oestjylland.politi.example");
    assert!(mail.subject.starts_with("OBS fareord · Bestil en betjent"), "{}", mail.subject);
    assert!(mail.text.starts_with("OBS: Teksten kan tyde på fare.") && mail.text.contains("112"), "{}", mail.text);
}

#[test]
fn a_reported_crime_leads_to_114_once_and_a_danger_still_to_112() {
    let service = Service::start();
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent"))
        .set("kommune", "0751")
        .set("beskrivelse", "Jeg vil anmelde, at jeg har fået stjålet min cykel.");
    let page = form.submit();
    assert!(
        page.has("main a.button-primary[href='tel:114']") && !page.has("main a[href='tel:112']"),
        "{}",
        page.text()
    );
    let danger = page.form().set("beskrivelse", "Min mand slår mig.").press("trin", "gennemse");
    assert!(danger.has("main a.button-primary[href='tel:112']"), "{}", danger.text());
    let summary = page.form().press("trin", "gennemse");
    let receipt = summary.form().press("trin", "send");
    assert!(receipt.has(".reference-number"), "{}", receipt.text());
    service.sweep();
    let mail = service.mail_to("betjent@oestjylland.politi.example");
    assert!(mail.subject.starts_with("Bestil en betjent"), "it is no danger: {}", mail.subject);
}

#[test]
fn a_citizen_in_danger_can_say_so_before_sending_and_loses_nothing() {
    let service = Service::start();
    for (path, help) in [("", "Lev Uden Vold"), ("en/", "around the clock")] {
        let page = service.visitor().open(&format!("/{path}oestjylland/bestil-en-betjent/formular/"));
        assert!(page.has("main form button[name='trin'][value='fare']"), "{}", page.text());
        // Half a form, and a text that no rule knows.
        let form = page.form().set("beskrivelse", "Qwertz");
        // Like a browser: the button comes after the form's own fields.
        let danger = form.tick("trin", "fare").submit();
        assert_eq!(danger.status, 200);
        assert!(danger.has("main a.button-primary[href='tel:112']"), "{}", danger.text());
        assert!(danger.text().contains(help), "{}", danger.text());
        let back = danger.form().press("trin", "ret");
        assert_eq!(back.form().value("beskrivelse"), Some("Qwertz"));
    }
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("kommune", "0751");
    let danger = form.submit().form().press("trin", "fare");
    assert!(danger.has("main a.button-primary[href='tel:112']"), "{}", danger.text());
    let summary = danger.form().press("trin", "gennemse");
    assert!(summary.has("button[value='send']"), "{}", summary.text());
}

#[test]
fn ordinary_worries_are_not_mistaken_for_danger() {
    let service = Service::start();
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    for text in [
        "Vi vil gerne have råd mod indbrud.",
        "De kører som vilde, og børnene er bange for at gå over vejen.",
        "Vi er utrygge ved at gå gennem parken om aftenen.",
        "Kan den mobile politistation komme forbi skolen?",
        "Der er meget støj fra knallerter om natten.",
    ] {
        let summary = form.clone().set("beskrivelse", text).submit();
        assert!(summary.has("button[value='send']"), "{text}: {}", summary.text());
    }
}
