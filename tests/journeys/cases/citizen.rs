//! The citizen's page: opening it changes nothing, and changes made there reach the officer who calls.

use super::*;
use model::phone::Phone;

pub(super) const HOURS: &str = "#aendr-tid";
const NUMBER: &str = "#aendr-nummer";
const WITHDRAW: &str = "#traek-tilbage";

/// Returns the acts in the audit that were made through the receipt.
pub(super) fn changes(service: &Service) -> Vec<String> {
    let month = model::deadline::danish_day(service.now()).strftime("%Y-%m").to_string();
    let lines = service.run(service.function().store().audit_of(&month)).unwrap();
    lines.into_iter().filter(|line| line.by == "receipt").map(|line| line.what).collect()
}

/// Returns the mails to a mailbox about citizens' changes.
pub(super) fn news(service: &Service, mailbox: &str) -> Vec<Mail> {
    let is_news = |mail: &Mail| ["Nyt", "Nye", "Trukket"].iter().any(|mark| mail.subject.starts_with(mark));
    to_mailbox(service, mailbox).into_iter().filter(is_news).collect()
}

fn found(service: &Service, phone: &str) -> usize {
    service.run(service.function().by_phone(&Phone::parse(phone).unwrap())).unwrap().len()
}

#[test]
fn opening_or_submitting_the_untouched_page_changes_and_reveals_nothing() {
    let service = Service::start();
    let path = requested(&service, "Parken bag stationen");
    for _ in 0..2 {
        let head = ureq::head(&format!("{}{path}", service.running().address)).call().unwrap();
        assert_eq!(head.status(), 200);
        let shown = service.visitor().open(&path);
        assert_eq!(shown.status, 200);
        assert_eq!(shown.header("cache-control"), Some("no-store"));
        assert_eq!(shown.header("referrer-policy"), Some("no-referrer"));
        assert!(shown.html.contains("<meta name=\"robots\" content=\"noindex\">"));
        for answer in ["Parken bag", "31 22 33 44", "31223344", "Åse", "utrygge", "aase@"] {
            assert!(!shown.html.contains(answer), "{answer}");
        }
        assert!(!shown.has("main [checked]"), "nothing is ticked before somebody ticks it");
    }
    for form in [HOURS, NUMBER, WITHDRAW] {
        let answer = service.visitor().open(&path).form_at(form).submit();
        assert_eq!(answer.status, 422, "{form}");
        assert!(answer.has("#fejl a[href]"), "{form}: {}", answer.html);
        assert!(answer.text_at("title").starts_with("Fejl"), "{}", answer.text_at("title"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    }
    later(&service);
    assert!(changes(&service).is_empty() && news(&service, KREDS).is_empty());
    assert!(page(&service, KREDS).text().contains("Ingen har noteret noget endnu"));
}

#[test]
fn changed_hours_are_on_the_officers_page_and_mailed_to_the_kreds_once() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    let form =
        service.visitor().open(&path).form_at(HOURS).tick("ringetid", "formiddag").tick("ringetid", "eftermiddag");
    let noted = form.submit();
    assert_eq!((noted.status, noted.path.as_str()), (200, path.as_str()));
    assert!(noted.has("#aendret") && noted.text().contains("Dine nye tidspunkter er gemt"), "{}", noted.text());
    assert!(noted.texts_at("#sket li")[0].starts_with("Du har valgt andre tidspunkter"));
    for _ in 0..3 {
        assert_eq!(form.submit().status, 200, "pressed again");
    }
    assert_eq!(changes(&service), ["hours changed"]);
    let shown = page(&service, KREDS);
    assert!(
        shown.text().contains("Formiddag, kl. 8-12; Eftermiddag, kl. 12-16") && !shown.text().contains("Aften, kl.")
    );
    assert!(shown.text().contains("Har valgt andre tidspunkter"), "{}", shown.text());
    service.sweep();
    assert!(news(&service, KREDS).is_empty(), "a mail that was written before may still be on its way");
    later(&service);
    let mails = news(&service, KREDS);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].subject.starts_with("Nye tidspunkter · Bestil en betjent · Østjyllands Politi · "));
    assert!(!mails[0].text.contains("Formiddag") && !mails[0].text.contains("Åse"), "{}", mails[0].text);
    assert_eq!(service.visitor().open(&link(&mails[0])).status, 200);
    later(&service);
    assert_eq!(news(&service, KREDS).len(), 1);
    assert!(!service.visitor().open(&path).has("#aendret"), "the notice shows once");
    assert!(case_mails(&service).is_empty(), "no mail to the citizen who made the change");
}

#[test]
fn an_unchanged_value_is_refused_and_notifies_nobody() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    let same = service.visitor().open(&path).form_at(NUMBER).set("telefon", "+45 31223344").submit();
    assert_eq!(same.status, 422);
    assert!(same.text_at("#fejl").contains("Det er det, vi har i forvejen"), "{}", same.text());
    let same = service.visitor().open(&path).form_at(HOURS).tick("ringetid", "aften").submit();
    assert!(same.text_at("#fejl").contains("Det er det, vi har i forvejen"), "{}", same.text());
    later(&service);
    assert!(changes(&service).is_empty() && news(&service, KREDS).is_empty());
}

#[test]
fn a_closing_that_can_still_be_undone_refuses_no_citizen() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    let closing = page(&service, KREDS).form_at("#valg").set("valg", "afslut").set("grund", "givet-raad");
    assert!(closing.submit().text().contains("Noteret"));
    let noted = service.visitor().open(&path).form_at(NUMBER).set("telefon", "20304050").submit();
    assert!(noted.text().contains("Dit nye telefonnummer er gemt"), "{}", noted.text());
    assert!(page(&service, KREDS).has("a[href=\"tel:+4520304050\"]"));
    later(&service);
    let late = service.visitor().open(&path);
    assert!(late.text().contains("har afsluttet din bestilling"), "{}", late.text());
}

#[test]
fn a_corrected_number_replaces_the_old_one_everywhere() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    let noted = service.visitor().open(&path).form_at(NUMBER).set("telefon", "(+45) 20-30 40 50").submit();
    assert!(noted.text().contains("Dit nye telefonnummer er gemt"), "{}", noted.text());
    assert!(!noted.html.contains("20-30") && !noted.html.contains("20304050"), "the page shows no answer");
    let shown = page(&service, KREDS);
    assert!(shown.has("a[href=\"tel:+4520304050\"]") && !shown.html.contains("31223344"), "{}", shown.text());
    assert_eq!((found(&service, "20 30 40 50"), found(&service, "31 22 33 44")), (1, 0));
    assert_eq!(changes(&service), ["telephone number changed"]);
    later(&service);
    let mail = news(&service, KREDS).remove(0);
    assert!(mail.subject.starts_with("Nyt telefonnummer") && mail.text.contains("Ring ikke til det nummer"));
    assert!(!mail.text.contains("20 30") && !mail.html.contains("+4520"), "{}", mail.text);
    // Erasing also removes the new number.
    let id = model::names::SubmissionId::parse(path.rsplit('/').next().unwrap()).unwrap();
    service.run(service.function().erase(&id, "anna")).unwrap().unwrap();
    assert_eq!(found(&service, "20 30 40 50"), 0);
}

#[test]
fn invalid_changes_are_shown_again_with_their_errors() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    for (typed, said) in [
        ("12 34", "Ret telefonnummeret"),
        ("<b>ring</b>", "Ret telefonnummeret"),
        ("", "Skriv det telefonnummer"),
        ("010190-1234", "cpr-nummer"),
    ] {
        let wrong = service.visitor().open(&path).form_at(NUMBER).set("telefon", typed).submit();
        assert_eq!(wrong.status, 422, "{typed}");
        assert_eq!(wrong.form_at(NUMBER).value("telefon"), Some(typed));
        assert!(wrong.text_at("#fejl").contains(said), "{typed}: {}", wrong.text());
        assert!(wrong.has("#telefon[aria-invalid]") && wrong.has("#fejl a[href='#telefon']"));
    }
    let form = service.visitor().open(&path).form_at(HOURS);
    let wrong = form.tick("ringetid", "aften").tick("ringetid", "midnat").submit();
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("#ringetid-aften[checked]"), "what was ticked is still ticked");
    // A missing or unknown nonce, and an unknown act.
    let page = service.visitor().open(&path);
    for (name, value) in [("nonce", ""), ("nonce", "0123456789abcdef0123456789abcdef"), ("handling", "x")] {
        let old = page.form_at(NUMBER).set("telefon", "20 30 40 50").set(name, value).submit();
        assert_eq!((old.status, old.form_at(NUMBER).value("telefon")), (409, Some("20 30 40 50")), "{name}");
        assert!(old.text_at("#fejl").contains("Der er ikke ændret noget"), "{}", old.text());
    }
    // The corrected form goes through.
    let wrong = page.form_at(NUMBER).set("telefon", "12").submit();
    assert!(wrong.form_at(NUMBER).set("telefon", "20 30 40 50").submit().has("#aendret"));
    assert_eq!(changes(&service).len(), 1);
}

#[test]
fn a_form_of_another_request_or_website_changes_nothing() {
    let service = Service::start();
    let [first, second] = ["Parken", "Torvet"].map(|street| requested(&service, street));
    let form = service.visitor().open(&first).form_at(NUMBER).set("telefon", "20 30 40 50");
    assert_eq!(service.visitor().post(&second, &form.values).status, 409);
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
    let sent = |headers: &[(&str, &str)]| {
        let headers = [headers, &[("content-type", "application/x-www-form-urlencoded")]].concat();
        service.visitor().post_raw(&first, &headers, body.as_bytes())
    };
    for foreign in [&[("origin", "https://other.example")][..], &[("origin", "null"), ("sec-fetch-site", "cross-site")]]
    {
        let answer = sent(foreign);
        assert_eq!(answer.status, 403);
        assert!(answer.text().contains("IKKE ændret") && !answer.text().contains("IKKE modtaget"), "{}", answer.text());
    }
    assert!(changes(&service).is_empty());
    // The page sends no referrer, so old browsers name no origin, and new ones say that it is ours.
    assert_eq!(sent(&[("origin", "null"), ("sec-fetch-site", "same-origin")]).status, 303);
    assert_eq!(sent(&[("origin", "null")]).status, 303);
    assert_eq!(changes(&service).len(), 1, "the same button");
}

#[test]
fn a_change_before_the_first_mail_is_in_it_and_sends_no_other() {
    let service = Service::start();
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let receipt = form.press("trin", "send");
    receipt.form_at(NUMBER).set("telefon", "20 30 40 50").submit();
    service.visitor().open(&receipt.path).form_at(HOURS).tick("ringetid", "formiddag").submit();
    service.wait(minutes(5));
    service.sweep();
    let mail = last(&service, KREDS);
    assert!(
        mail.text.contains("Ring til: 20 30 40 50") && mail.text.contains("Ring helst: Formiddag"),
        "{}",
        mail.text
    );
    assert!(!mail.text.contains("31 22 33 44") && !mail.text.contains("Aften"));
    later(&service);
    assert!(news(&service, KREDS).is_empty(), "no mail about what was in the first one");
}

#[test]
fn changes_are_rate_limited_but_withdrawals_are_not() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    let change = |number: &str| service.visitor().open(&path).form_at(NUMBER).set("telefon", number).submit();
    for last in 0..4 {
        assert_eq!(change(&format!("20 30 40 5{last}")).status, 200);
    }
    let refused = change("20 30 40 59");
    assert_eq!((refused.status, refused.form_at(NUMBER).value("telefon")), (429, Some("20 30 40 59")));
    for part in ["Din seneste ændring er IKKE gemt", "Prøv igen om en time", "ring 114", "ring 112"] {
        assert!(refused.text_at("#fejl").contains(part), "{part}: {}", refused.text_at("#fejl"));
    }
    assert!(refused.header("retry-after").is_some());
    service.wait(minutes(61));
    for last in 0..4 {
        assert_eq!(change(&format!("20 30 40 6{last}")).status, 200);
        service.wait(minutes(20));
    }
    service.sweep();
    assert_eq!(news(&service, KREDS).len(), 1, "the last change tells of all before it");
    service.wait(minutes(61));
    assert_eq!((change("20 30 40 70").status, change("20 30 40 71").status), (200, 200));
    service.wait(minutes(24 * 60));
    assert_eq!(change("20 30 40 72").status, 429, "an officer must have room, too");
    let gone = service.visitor().open(&path).form_at(WITHDRAW).set("slet", "ja").submit();
    assert!(gone.text().contains("Din bestilling er trukket tilbage"), "{}", gone.text());
}

#[test]
fn concurrent_changes_are_both_kept() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    let page_of = || service.visitor().open(&path);
    let hours = page_of().form_at(HOURS).tick("ringetid", "formiddag");
    let number = page_of().form_at(NUMBER).set("telefon", "20 30 40 50");
    std::thread::scope(|scope| {
        let both = [&hours, &number].map(|form| scope.spawn(move || form.submit().status));
        assert_eq!(both.map(|one| one.join().unwrap()), [200, 200]);
    });
    let shown = page(&service, KREDS);
    assert!(
        shown.has("a[href=\"tel:+4520304050\"]") && shown.text().contains("Formiddag, kl. 8-12"),
        "{}",
        shown.text()
    );
    assert_eq!(changes(&service).len(), 2);
}

#[test]
fn unknown_expired_and_erased_addresses_answer_alike() {
    let service = Service::start();
    let [erased, expired] = ["Parken", "Torvet"].map(|street| requested(&service, street));
    let sent = service.visitor().open(&expired).form_at(NUMBER).set("telefon", "20 30 40 50").values;
    let id = model::names::SubmissionId::parse(erased.rsplit('/').next().unwrap()).unwrap();
    service.run(service.function().erase(&id, "anna")).unwrap();
    service.wait(SignedDuration::from_hours(24 * 60));
    let headers = |page: &Page| {
        let mut headers = page.headers.clone();
        headers.retain(|(name, _)| name != "date");
        headers
    };
    let unknown = format!("/kvittering/{}", "0".repeat(32));
    let first = service.visitor().open(&unknown);
    assert_eq!((first.status, first.header("referrer-policy")), (404, Some("no-referrer")));
    for path in [&*erased, &*expired, &*unknown, "/kvittering/", "/kvittering/kort"] {
        for answer in [service.visitor().open(path), service.visitor().post(path, &sent)] {
            assert_eq!((answer.status, &answer.html), (404, &first.html), "{path}");
            assert_eq!(headers(&answer), headers(&first), "{path}");
        }
    }
}
