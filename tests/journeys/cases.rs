//! An officer's mail, its link, and the case behind it: acts are noted once, undone in time, and mailed afterwards.

mod calling;
mod citizen;
mod citizen_mails;
mod progress;
mod together;
mod withdrawn;

use crate::journeys::filled::{call, open};
use crate::journeys::mailbox::Mail;
use crate::journeys::service::Service;
use crate::journeys::visitor::Page;
use jiff::SignedDuration;

const KREDS: &str = "betjent@oestjylland.politi.example";
const OTHER: &str = "betjent@fyn.politi.example";
const CITIZEN: &str = "aase@eksempel.example";

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

/// Sends and mails a request for a call from Aarhus, waits more than an hour, and returns its receipt's path.
fn requested(service: &Service, street: &str) -> String {
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let receipt = form.set("vej", street).press("trin", "send");
    assert_eq!(receipt.status, 200, "{}", receipt.text());
    service.sweep();
    service.wait(minutes(61));
    receipt.path
}

/// Returns the path of the link in an officer's mail: the same in its text and its HTML.
fn link(mail: &Mail) -> String {
    let line = mail.text.lines().find(|line| line.starts_with("http") && line.contains("/sag/"));
    let address = line.unwrap_or_else(|| panic!("no link in\n{}", mail.text));
    assert!(mail.html.contains(&format!("href=\"{address}\"")) || mail.html.contains(&address.replace('/', "&#x2F;")));
    address[address.find("/sag/").unwrap()..].to_owned()
}

/// Opens the page behind the link in the last mail to a mailbox.
fn page(service: &Service, mailbox: &str) -> Page {
    service.visitor().open(&link(&last(service, mailbox)))
}

fn last(service: &Service, to: &str) -> Mail {
    to_mailbox(service, to).pop().unwrap_or_else(|| panic!("no mail to {to}"))
}

fn to_mailbox(service: &Service, to: &str) -> Vec<Mail> {
    service.mails().into_iter().filter(|mail| mail.to == to).collect()
}

fn mails(service: &Service, to: &str) -> usize {
    to_mailbox(service, to).len()
}

/// Returns the subjects of the mails to the citizen about the case, without the receipt.
fn case_mails(service: &Service) -> Vec<String> {
    let mut subjects: Vec<String> = to_mailbox(service, CITIZEN).into_iter().map(|mail| mail.subject).collect();
    subjects.retain(|subject| !subject.starts_with("Kvittering"));
    subjects.iter().map(|subject| subject.split(',').next().unwrap().to_owned()).collect()
}

/// Returns the acts in the audit, each with its subject; all by a link.
fn audit(service: &Service) -> Vec<(String, String)> {
    let month = |at: jiff::Timestamp| model::deadline::danish_day(at).strftime("%Y-%m").to_string();
    let months = std::collections::BTreeSet::from([month(service.now() - minutes(24 * 60)), month(service.now())]);
    let lines = months.iter().flat_map(|month| service.run(service.function().store().audit_of(month)).unwrap());
    lines.inspect(|line| assert_eq!(line.by, "link kreds oestjylland")).map(|line| (line.what, line.about)).collect()
}

#[test]
fn the_map_link_contains_nothing_but_the_road_and_the_town() {
    for (street, road) in [
        ("Nørregade 4 2.tv hos Anna Berg født 1990", "N%C3%B8rregade%2C+"),
        ("Viborgvej, ring til 20304050", "Viborgvej%2C+"),
        ("hos Anna bag søen", ""),
    ] {
        let service = Service::start();
        requested(&service, street);
        let html = page(&service, KREDS).html.replace("&#x2F;", "/").replace("&#x3D;", "=").replace("&amp;", "&");
        let query =
            html.split("https://www.openstreetmap.org/search?query=").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(query, format!("{road}Aarhus"), "{street}");
    }
}

#[test]
fn numbers_of_a_control_survive_another_choice() {
    let service = Service::start();
    requested(&service, "Parken");
    for choice in ["afslut", "ringet", "planlagt"] {
        let form = page(&service, KREDS).form_at("#valg").set("valg", choice).set("grund", "givet-raad");
        let answer = form.set("koeretoejer", "120").submit();
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert!(answer.text_at("#fejl").contains("notér først kontrollen"), "{}", answer.text());
        assert_eq!(answer.form_at("#valg").value("koeretoejer"), Some("120"));
    }
    assert!(audit(&service).is_empty());
}

/// Waits eleven minutes and runs: nothing can be undone any more, and owed mail goes out.
fn later(service: &Service) {
    service.wait(minutes(11));
    service.sweep();
}

#[test]
fn the_page_has_what_the_call_needs_and_opening_it_changes_nothing() {
    let service = Service::start();
    requested(&service, "Parken bag stationen");
    let mail = last(&service, KREDS);
    let number = mail.text.find("Ring til:").unwrap();
    assert!(number < mail.text.find("/sag/").unwrap(), "the number comes first:\n{}", mail.text);
    let path = link(&mail);
    let shown = service.visitor().open(&path);
    assert_eq!(shown.status, 200);
    assert!(shown.has("a[href=\"tel:+4531223344\"]"));
    for said in ["Ring 31 22 33 44", "Åse Holm", "Parken bag stationen", "Aften", "Ring senest", "utrygge"] {
        assert!(shown.text().contains(said), "{said}: {}", shown.text());
    }
    let code_words = mail.text.lines().find_map(|line| line.strip_prefix("Sig først kodeordene: ")).unwrap();
    assert_eq!(shown.text_at(".reference-number"), code_words);
    let map = shown.html.split("https:&#x2F;&#x2F;www.openstreetmap.org").nth(1);
    let map = map.or_else(|| shown.html.split("https://www.openstreetmap.org").nth(1)).unwrap();
    let map = map.split('"').next().unwrap();
    assert!(map.contains("Aarhus") && !map.contains("Parken"), "what may be anything stays here: {map}");
    assert_eq!(shown.header("cache-control"), Some("no-store"));
    assert_eq!(shown.header("referrer-policy"), Some("no-referrer"));
    assert!(shown.html.contains("<meta name=\"robots\" content=\"noindex\">"));
    for _ in 0..2 {
        assert_eq!(service.visitor().open(&path).status, 200);
        let head = ureq::head(&format!("{}{path}", service.running().address)).call().unwrap();
        assert_eq!(head.status(), 200);
    }
    later(&service);
    assert!(service.visitor().open(&path).text().contains("Ingen har noteret noget endnu"));
    assert!(audit(&service).is_empty() && case_mails(&service).is_empty());
}

#[test]
fn submitting_the_untouched_form_changes_nothing_and_says_so() {
    let service = Service::start();
    requested(&service, "Parken");
    let form = page(&service, KREDS).form_at("#valg");
    assert_eq!(form.value("valg"), None, "nothing is chosen before somebody chooses");
    for form in [form.clone(), form.clone().set("grund", "givet-raad"), form.clone().set("til", "fyn")] {
        let answer = form.submit();
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains("Der er ikke noteret noget"), "{}", answer.text());
    }
    for (choice, asked) in [("videre", "Vælg den kreds"), ("afslut", "Vælg grunden")] {
        let answer = form.clone().set("valg", choice).set("note", "Ringer igen").submit();
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains(asked), "{}", answer.text());
        assert!(answer.has(&format!("#valg-{choice}[checked]")) && answer.text().contains("Ringer igen"));
    }
    let long = form.clone().set("valg", "ringet").set("note", &"x".repeat(501)).submit();
    assert_eq!(long.status, 422);
    for nonce in ["", "0123456789abcdef0123456789abcdef"] {
        assert_eq!(form.clone().set("valg", "ringet").set("nonce", nonce).submit().status, 409);
    }
    later(&service);
    assert!(page(&service, KREDS).text().contains("Ingen har noteret noget endnu"));
    assert!(audit(&service).is_empty() && case_mails(&service).is_empty());
}

#[test]
fn a_missed_call_is_noted_once_and_mailed_only_after_ten_minutes() {
    let service = Service::start();
    requested(&service, "Parken");
    let form = page(&service, KREDS).form_at("#valg").set("valg", "ikke-truffet");
    let noted = form.submit();
    assert_eq!(noted.status, 200);
    assert!(noted.text().contains("Noteret: Ikke truffet"), "{}", noted.text());
    for _ in 0..3 {
        assert_eq!(form.submit().status, 200, "pressed again");
    }
    let reference = noted.text_at("h1").replace("Bestilling ", "");
    assert_eq!(audit(&service), [("not reached".to_owned(), reference.clone())]);
    service.wait(minutes(9));
    service.sweep();
    assert!(case_mails(&service).is_empty());
    later(&service);
    assert_eq!(case_mails(&service), ["Vi har ringet til dig"]);
    let mail = last(&service, CITIZEN);
    for said in ["Østjyllands Politi", "skjult nummer", "kodeord", "prøver igen", &reference] {
        assert!(mail.text.contains(said), "{said}:\n{}", mail.text);
    }
    for personal in ["Åse", "Parken", "31 22"] {
        assert!(!mail.text.contains(personal) && !mail.html.contains(personal), "{personal}");
    }
    later(&service);
    assert_eq!(case_mails(&service).len(), 1);
    let events = page(&service, KREDS).texts_at("main ol li");
    assert_eq!(events.len(), 1, "{events:?}");
}

#[test]
fn a_choice_can_be_undone_for_ten_minutes_and_nobody_is_notified() {
    let service = Service::start();
    requested(&service, "Parken");
    for choice in ["ikke-truffet", "videre", "afslut"] {
        let form =
            page(&service, KREDS).form_at("#valg").set("valg", choice).set("til", "fyn").set("grund", "givet-raad");
        let noted = form.submit();
        assert_eq!(noted.status, 200, "{}", noted.text());
        service.wait(minutes(3));
        let back = page(&service, KREDS).form_at("#valg").set("valg", "fortryd").submit();
        assert!(back.text().contains("fortrudt"), "{}", back.text());
        service.wait(minutes(8));
    }
    later(&service);
    assert!(case_mails(&service).is_empty());
    assert_eq!(mails(&service, OTHER), 0);
    let audit: Vec<String> = audit(&service).into_iter().map(|(what, _)| what).collect();
    let last: Vec<&str> = audit.iter().map(String::as_str).collect();
    assert_eq!(last.len(), 6, "{last:?}");
    assert!(last.contains(&"taken back: forwarded to fyn") && last.contains(&"taken back: closed: givet-raad"));
    // Later, nothing can be undone.
    let form = page(&service, KREDS).form_at("#valg").set("valg", "ringet");
    form.submit();
    service.wait(minutes(10));
    let late = page(&service, KREDS).form_at("#valg");
    assert_eq!(late.set("valg", "fortryd").submit().status, 409);
}

#[test]
fn unknown_forged_and_expired_addresses_answer_alike() {
    let service = Service::start();
    let receipt = requested(&service, "Parken");
    let path = link(&last(&service, KREDS));
    let id = receipt.rsplit('/').next().unwrap();
    let signature = &path[path.len() - 32..];
    let flipped = if signature.starts_with('0') { "1" } else { "0" };
    let mut answers = Vec::new();
    for wrong in [
        "/sag/".to_owned(),
        "/sag/x".to_owned(),
        format!("/sag/{id}"),
        format!("/sag/{}k{}", "0".repeat(32), "0".repeat(32)),
        format!("/sag/{id}k{}{}", flipped, &signature[1..]),
        format!("/sag/{id}r{signature}"),
        format!("/sag/{id}v{signature}"),
    ] {
        let answer = service.visitor().open(&wrong);
        answers.push((answer.status, answer.html.clone(), answer.header("cache-control").map(str::to_owned)));
        let posted = service.visitor().post(&wrong, &[("valg".to_owned(), "ringet".to_owned())]);
        answers.push((posted.status, posted.html.clone(), posted.header("cache-control").map(str::to_owned)));
    }
    let copied = service.visitor().open(&format!("{}).", path.replace("/sag/", "/sag/%3C")));
    assert_eq!(copied.status, 200, "whatever was copied with it");
    service.wait(SignedDuration::from_hours(24 * 60));
    service.sweep();
    let expired = service.visitor().open(&path);
    answers.push((expired.status, expired.html.clone(), expired.header("cache-control").map(str::to_owned)));
    assert_eq!(answers[0].0, 404);
    for answer in &answers {
        assert_eq!(answer, &answers[0]);
    }
}

#[test]
fn a_form_from_another_website_is_refused() {
    let service = Service::start();
    requested(&service, "Parken");
    let path = link(&last(&service, KREDS));
    let form = page(&service, KREDS).form_at("#valg").set("valg", "ringet");
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
    let headers = |origin| [("origin", origin), ("content-type", "application/x-www-form-urlencoded")];
    let foreign = service.visitor().post_raw(&path, &headers("https://other.example"), body.as_bytes());
    assert_eq!(foreign.status, 403);
    assert!(foreign.text().contains("Der er ikke noteret noget"), "{}", foreign.text());
    // A browser that hides the origin still says that the page is ours.
    let hidden = [headers("null").as_slice(), &[("sec-fetch-site", "same-origin")]].concat();
    assert_eq!(service.visitor().post_raw(&path, &hidden, body.as_bytes()).status, 303);
}
