//! A request's progress as its citizen sees it: in plain states, from the request itself, and never backwards.

use super::*;
use crate::journeys::service::copied_content;

fn note(service: &Service, choice: &str) {
    let form = page(service, KREDS).form_at("#valg").set("valg", choice).set("til", "fyn").set("grund", "givet-raad");
    assert_eq!(form.submit().status, 200, "{choice}");
}

fn status(service: &Service, path: &str) -> String {
    service.visitor().open(path).text_at("#status")
}

#[test]
fn each_state_shows_once_it_cannot_be_undone_even_without_the_schedule() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    let received = service.visitor().open(&path);
    assert!(received.text_at("#status").contains("Østjyllands Politi har modtaget din bestilling"));
    assert!(received.text().contains("En betjent ringer til dig senest") && !received.has("#sket"));
    // No run from here on: the page depends on the request, not on the schedule.
    for (choice, said, event) in [
        ("ikke-truffet", "Vi fik ikke fat i dig", "En betjent ringede og fik ikke fat i dig"),
        ("ringet", "er i gang med din bestilling", "En betjent har talt med dig"),
        ("planlagt", "er i gang med din bestilling", "Politiet har planlagt en kontrol eller et besøg"),
        ("afholdt", "er i gang med din bestilling", "Kontrollen eller besøget er holdt"),
        ("afslut", "har afsluttet din bestilling", "Bestillingen er afsluttet"),
    ] {
        let before = status(&service, &path);
        note(&service, choice);
        service.wait(minutes(9));
        assert_eq!(status(&service, &path), before, "{choice} can still be taken back");
        service.wait(minutes(2));
        let shown = service.visitor().open(&path);
        assert!(shown.text_at("#status").contains(said), "{choice}: {}", shown.text());
        assert!(shown.texts_at("#sket li").last().unwrap().starts_with(event), "{choice}: {}", shown.text());
        assert_eq!(shown.has("main form"), choice != "afslut");
    }
    let over = service.visitor().open(&path);
    assert!(over.text().contains("politiet ikke gør mere") || over.text().contains("råd"), "{}", over.text());
    assert!(!over.text().contains("Hvis ingen ringer") && !over.text().contains("En betjent ringer til dig senest"));
    assert!(case_mails(&service).is_empty(), "no run has mailed anything");
    assert!(over.text().contains("Dit referencenummer") && over.text().contains("Betjentens kodeord"));
}

#[test]
fn a_forwarded_request_names_its_new_kreds() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    note(&service, "ikke-truffet");
    service.wait(minutes(11));
    note(&service, "videre");
    service.wait(minutes(11));
    let shown = service.visitor().open(&path);
    assert!(shown.text().contains("Den er sendt videre til Fyns Politi"), "{}", shown.text());
    assert!(shown.text_at("#status").contains("En betjent fra Østjyllands Politi har ringet"), "the caller");
    assert!(shown.text_at("main .facts").contains("Fyns Politi"));
    let events = shown.texts_at("#sket li");
    assert!(events.len() == 2 && events[1].starts_with("Sendt videre til Fyns Politi"), "{events:?}");
}

#[test]
fn undone_events_and_officers_notes_are_never_shown() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    let form = page(&service, KREDS).form_at("#valg").set("valg", "ikke-truffet").set("note", "Lød vred, Birthe");
    form.submit();
    page(&service, KREDS).form_at("#valg").set("valg", "fortryd").submit();
    later(&service);
    let shown = service.visitor().open(&path);
    assert!(shown.text_at("#status").contains("har modtaget") && !shown.html.contains("Birthe") && !shown.has("#sket"));
}

#[test]
fn an_english_request_has_an_english_page() {
    let service = Service::start();
    let form = crate::journeys::filled::open_in(&service.visitor(), "/en", "oestjylland", "bestil-en-betjent");
    let receipt = call(form).set("postnr", "Aarhus").press("trin", "send");
    service.sweep();
    let noted = receipt.form_at("#aendr-tid").tick("ringetid", "formiddag").submit();
    assert!(noted.text().contains("Your new times are saved"), "{}", noted.text());
    assert!(page(&service, KREDS).text().contains("Formiddag, kl. 8-12"), "officers read Danish");
    let wrong = noted.form_at("#aendr-nummer").set("telefon", "12").submit();
    assert!(wrong.status == 422 && wrong.has("html[lang='en']") && !wrong.text().contains("telefonnummeret"));
    service.wait(minutes(61));
    note(&service, "ikke-truffet");
    later(&service);
    let mail = last(&service, CITIZEN);
    assert!(mail.text.contains("withheld number") && mail.text.contains("choose other times"), "{}", mail.text);
    assert!(service.visitor().open(&receipt.path).text_at("#status").contains("did not reach you"));
}

#[test]
fn the_kreds_explains_missed_calls_beforehand() {
    let content = copied_content();
    let folder = content.path().join("kredse/oestjylland/tekster");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("opkald.md"), "Kredsen ringer fra et **skjult** nummer, og vi prøver flere gange.")
        .unwrap();
    std::fs::write(folder.join("opkald.en.md"), "The district calls from a **withheld** number.").unwrap();
    let service = Service::start_with(content.path());
    for (kreds, town, mailbox, own) in [("oestjylland", "Aarhus", KREDS, true), ("fyn", "Odense", OTHER, false)] {
        let form = call(open(&service.visitor(), kreds, "bestil-en-betjent")).set("postnr", town);
        let email = format!("{kreds}@eksempel.example");
        let receipt = form.set("email", &email).press("trin", "send");
        service.sweep();
        let said = if own { "Kredsen ringer fra et skjult nummer" } else { "Politiet kan ringe fra et skjult nummer" };
        let never = if own { "Politiet kan ringe fra" } else { "Kredsen ringer fra" };
        let mail = last(&service, &email);
        for text in [receipt.text(), mail.words()] {
            assert!(text.contains(said) && !text.contains(never), "{said}: {text}");
        }
        assert!(mail.words().contains("På siden kan du også vælge andre tidspunkter"), "{}", mail.text);
        service.wait(minutes(61));
        page(&service, mailbox).form_at("#valg").set("valg", "ikke-truffet").submit();
        later(&service);
        let missed = last(&service, &email);
        assert!(missed.subject.starts_with("Vi har ringet") && missed.words().contains(said), "{}", missed.text);
        let address = missed.text.lines().find(|line| line.contains("/kvittering/")).unwrap();
        let shown = service.visitor().open(&address[address.find("/kvittering/").unwrap()..]);
        assert!(shown.has("#aendr-tid") && shown.text().contains(said), "the mail leads to where hours are chosen");
    }
}

#[test]
fn a_reason_deleted_from_the_content_still_shows() {
    let content = copied_content();
    let lab = crate::journeys::lab::Lab::with(Service::start_with(content.path()), |_| {});
    let path = requested(&lab.service, "Parken");
    note(&lab.service, "afslut");
    lab.service.wait(minutes(11));
    let reason = std::fs::read_to_string(content.path().join("grunde/givet-raad.md")).unwrap();
    let words = reason.rsplit("---\n").next().unwrap().trim().split('.').next().unwrap().to_owned();
    assert!(lab.get(&path).text().contains(&words), "{words}: {}", lab.get(&path).text());
    for file in ["givet-raad.md", "givet-raad.en.md"] {
        std::fs::remove_file(content.path().join("grunde").join(file)).unwrap();
    }
    lab.publish(content.path());
    let shown = lab.get(&path);
    assert!(shown.status == 200 && shown.text().contains(&words), "{}", shown.text());
}
