//! The officer who is calling right now: how a citizen tells a real call from a fake one.

use super::*;

const CALLING: &str = "#ringer";

fn calling(service: &Service, choice: &str) -> Page {
    page(service, KREDS).form_at(CALLING).set("opkald", choice).submit()
}

fn page_says_calling(service: &Service, path: &str) -> bool {
    service.visitor().open(path).has("#ringer-nu")
}

#[test]
fn the_citizens_page_says_who_is_calling_for_ten_minutes_without_a_mail() {
    for (choice, said) in [("ringer-skjult", "skjult nummer"), ("ringer-vist", "Dit display viser")] {
        let service = Service::start();
        let path = requested(&service, "Parken");
        let mails = service.mails().len();
        let noted = calling(&service, choice);
        assert!(noted.text().contains("Borgerens side siger, at I ringer"), "{}", noted.text());
        assert!(!noted.text().contains("Ingen andre får besked"), "{}", noted.text());
        let shown = service.visitor().open(&path);
        assert!(shown.text_at("#ringer-nu").contains("Østjyllands Politi ringer til dig nu"), "{}", shown.text());
        assert!(shown.text_at("#ringer-nu").contains(said) && shown.has("[role='status']#ringer-nu"));
        assert!(shown.text_at("#status").contains("har modtaget"), "it is not a state");
        service.wait(minutes(9));
        service.sweep();
        assert!(page_says_calling(&service, &path));
        service.wait(minutes(1));
        assert!(!page_says_calling(&service, &path));
        later(&service);
        assert_eq!(service.mails().len(), mails, "nobody is mailed");
        let shown = service.visitor().open(&path);
        assert!(!shown.has("#sket"), "it leaves no entry");
        // Only the link on the page shows what is new: nothing reloads by itself.
        assert!(shown.has(&format!("main a[href='{path}']")) && !shown.html.contains("http-equiv"));
        assert_eq!(audit(&service).iter().filter(|(what, _)| what == "calling").count(), 1);
    }
}

#[test]
fn an_untouched_officers_page_shows_the_citizen_nothing() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    let shown = page(&service, KREDS);
    let form = shown.form_at(CALLING);
    assert_eq!(form.value("opkald"), None, "nothing is chosen before somebody chooses");
    let answer = form.submit();
    assert_eq!(answer.status, 422);
    assert!(answer.text_at("#fejl").contains("Vælg, om dit nummer er skjult"), "{}", answer.text());
    assert!(answer.has("#fejl a[href='#ringer']"));
    let head = ureq::head(&format!("{}{}", service.running().address, shown.path)).call().unwrap();
    assert_eq!(head.status(), 200);
    assert!(!page_says_calling(&service, &path) && audit(&service).is_empty());
    // A form of the earlier page has not seen the call, so it is refused.
    let done = shown.form_at("#valg");
    form.set("opkald", "ringer-skjult").submit();
    assert_eq!(done.set("valg", "ikke-truffet").submit().status, 409, "it has not seen the call");
}

#[test]
fn calling_ends_with_the_next_note_and_can_be_undone() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    calling(&service, "ringer-skjult");
    page(&service, KREDS).form_at("#valg").set("valg", "ringet").submit();
    assert!(!page_says_calling(&service, &path), "the call is over");
    assert!(service.visitor().open(&path).text_at("#status").contains("har modtaget"), "and not shown for ten minutes");
    service.wait(minutes(11));
    calling(&service, "ringer-vist");
    assert!(page_says_calling(&service, &path));
    page(&service, KREDS).form_at("#valg").set("valg", "fortryd").submit();
    assert!(!page_says_calling(&service, &path), "undone");
    assert!(service.visitor().open(&path).text_at("#status").contains("er i gang"), "and nothing else with it");
    page(&service, KREDS).form_at("#valg").set("valg", "afslut").set("grund", "givet-raad").submit();
    assert!(!page(&service, KREDS).has(CALLING), "nobody calls about a closed request");
}

#[test]
fn a_forwarded_request_shows_the_new_kreds_as_calling() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    page(&service, KREDS).form_at("#valg").set("valg", "videre").set("til", "fyn").submit();
    assert!(!page(&service, KREDS).has(CALLING), "the first kreds calls no more");
    later(&service);
    page(&service, OTHER).form_at(CALLING).set("opkald", "ringer-skjult").submit();
    let shown = service.visitor().open(&path);
    assert!(shown.text_at("#ringer-nu").contains("Fyns Politi ringer til dig nu"), "{}", shown.text());
}
