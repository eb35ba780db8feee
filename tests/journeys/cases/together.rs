//! Two officers, two kredse, two requests: no act is repeated, and nothing of one affects another.

use super::*;
use crate::journeys::operator_tool::json;
use function::store::{Step, Stepped};
use model::case::{Act, By, Event};
use model::names::Nonce;
use std::thread;

#[test]
fn a_link_to_one_request_cannot_change_another() {
    let service = Service::start();
    requested(&service, "Parken");
    let first = link(&last(&service, KREDS));
    requested(&service, "Torvet");
    let second = to_mailbox(&service, KREDS).iter().map(link).find(|path| *path != first).unwrap();
    let form = service.visitor().open(&first).form_at("#valg").set("valg", "ringet");
    // The form of one request, posted to the page of the other.
    assert_eq!(service.visitor().post(&second, &form.values).status, 409);
    form.submit();
    assert!(service.visitor().open(&second).text().contains("Ingen har noteret noget endnu"));
    assert!(service.visitor().open(&first).text().contains("Ringet op"));
}

#[test]
fn the_second_of_two_concurrent_officers_sees_what_the_first_one_did() {
    let service = Service::start();
    requested(&service, "Parken");
    let (one, other) = (page(&service, KREDS).form_at("#valg"), page(&service, KREDS).form_at("#valg"));
    one.set("valg", "ringet").submit();
    let refused = other.set("valg", "afslut").set("grund", "ikke-truffet").submit();
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("Ringet op"), "{}", refused.text());
    later(&service);
    assert!(case_mails(&service).is_empty(), "no mail about an act that was refused");
}

#[test]
fn concurrent_attempts_forward_a_request_only_once() {
    let service = Service::start();
    let receipt = requested(&service, "Parken");
    let path = link(&last(&service, KREDS));
    let forms: Vec<_> = ["fyn", "fyn", "bornholm", "fyn", "nordjylland", "fyn"]
        .map(|to| service.visitor().open(&path).form_at("#valg").set("valg", "videre").set("til", to))
        .into();
    let statuses: Vec<u16> = thread::scope(|scope| {
        let all: Vec<_> =
            forms.iter().map(|form| scope.spawn(move || [form.submit().status, form.submit().status])).collect();
        all.into_iter().flat_map(|one| one.join().unwrap()).collect()
    });
    assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
    let before = to_mailbox(&service, KREDS).len();
    let shown = service.visitor().open(&path);
    let name = shown.text_at(".lead");
    assert!(!shown.html.contains("tel:+4531223344"), "the first kreds no longer needs the number");
    later(&service);
    later(&service);
    let others: Vec<Mail> =
        service.mails().into_iter().filter(|mail| mail.subject.starts_with("Sendt videre")).collect();
    assert_eq!(others.len(), 1, "one mail there");
    assert_eq!(case_mails(&service), ["Din bestilling er sendt videre"], "one to the citizen");
    assert_eq!(to_mailbox(&service, KREDS).len(), before);
    let mail = &others[0];
    assert!(mail.text.contains("Østjyllands Politi har sendt denne bestilling videre til jer"), "{}", mail.text);
    assert!(mail.text.contains("Ikke truffet? Afslut? Skriv det her"), "it can be forwarded once: {}", mail.text);
    assert!(mail.text.contains("Løbenummer: nr. 1 i "), "{}", mail.text);
    let citizens = last(&service, CITIZEN);
    let kreds = name.trim_start_matches("Bestillingen er sendt videre til ");
    let kreds = kreds.split('.').next().unwrap();
    assert!(citizens.text.contains(kreds), "{kreds}:\n{}", citizens.text);
    // The other kreds continues from its own link, and cannot forward the request again.
    let theirs = service.visitor().open(&link(mail));
    assert!(theirs.html.contains("tel:+4531223344") && !theirs.has("#valg-videre"), "{}", theirs.text());
    let called = theirs.form_at("#valg").set("valg", "ringet").submit();
    assert!(called.text().contains("Noteret: Ringet op"), "{}", called.text());
    assert!(!service.visitor().open(&path).has("main form"), "the first kreds has nothing to choose");
    assert_eq!(service.visitor().open(&receipt).status, 200);
}

#[test]
fn a_forwarded_request_is_in_the_digests_of_both_kredse() {
    let service = Service::start();
    requested(&service, "Parken");
    page(&service, KREDS).form_at("#valg").set("valg", "videre").set("til", "fyn").submit();
    later(&service);
    service.wait(SignedDuration::from_hours(24));
    service.sweep();
    let reference = last(&service, KREDS).subject.rsplit(" · ").next().unwrap().to_owned();
    for mailbox in [KREDS, OTHER] {
        let digests = service.digests();
        let digest = digests.iter().find(|mail| mail.to == mailbox && mail.text.contains(&reference));
        let digest = digest.unwrap_or_else(|| panic!("{mailbox} has no digest with {reference}"));
        assert!(!digest.text.contains("OBS"), "{}", digest.text);
    }
}

#[test]
fn a_forwarded_mail_that_is_refused_goes_to_the_second_mailbox() {
    let service = Service::start();
    let receipt = requested(&service, "Parken");
    page(&service, KREDS).form_at("#valg").set("valg", "videre").set("til", "fyn").submit();
    later(&service);
    let id = model::names::SubmissionId::parse(receipt.rsplit('/').next().unwrap()).unwrap();
    let fyn = model::names::KredsSlug::parse("fyn").unwrap();
    let store = service.function().store();
    use function::store::Recipient;
    assert!(service.run(store.pass_on(&id, Recipient::Forwarded, &fyn, service.now())).unwrap());
    service.sweep();
    let second = last(&service, "reserve@fyn.politi.example");
    assert!(second.text.contains("reservepostkassen") && second.text.contains("har sendt denne bestilling videre"));
    assert_eq!(service.visitor().open(&link(&second)).status, 200);
}

#[test]
fn erasing_a_request_erases_its_case_and_its_links() {
    let service = Service::start();
    let receipt = requested(&service, "Parken");
    let path = link(&last(&service, KREDS));
    page(&service, KREDS)
        .form_at("#valg")
        .set("valg", "videre")
        .set("til", "fyn")
        .set("note", "Hilsen Birthe")
        .submit();
    let id = model::names::SubmissionId::parse(receipt.rsplit('/').next().unwrap()).unwrap();
    service.run(service.function().erase(&id, "anna")).unwrap();
    later(&service);
    assert_eq!((mails(&service, OTHER), case_mails(&service).len()), (0, 0));
    assert_eq!(service.visitor().open(&path).status, 404);
}

#[test]
fn a_request_with_forty_events_can_still_be_closed_and_says_why_nothing_else_is_saved() {
    let service = Service::start();
    let receipt = requested(&service, "Parken");
    let id = model::names::SubmissionId::parse(receipt.rsplit('/').next().unwrap()).unwrap();
    let (store, at) = (service.function().store(), service.now() - minutes(30));
    let file = service.run(store.case(&id, at)).unwrap().unwrap();
    for number in 0..40 {
        let by = By::Officer(file.receipt.kreds.clone());
        let event = Event { nonce: Nonce::from_random([number; 8]), at, by, act: Act::Planned };
        let (receipt, case, event) = (&file.receipt, &file.case, &event);
        let step = Step { receipt, case, event, takes_back: None, seen: None, note: None, audit: ("planned", "") };
        assert_eq!(service.run(store.step(&step)).unwrap(), Stepped::Done);
    }
    let change = service.visitor().open(&receipt).form_at("#aendr-nummer").set("telefon", "20 30 40 50").submit();
    assert_eq!(change.status, 429);
    assert!(change.text().contains("Din seneste ændring er IKKE gemt"), "{}", change.text());
    let form = page(&service, KREDS).form_at("#valg");
    assert_eq!(form.clone().set("valg", "planlagt").submit().status, 409);
    let closed = form.set("valg", "afslut").set("grund", "givet-raad").submit();
    assert!(closed.text().contains("Noteret: Afsluttet"), "{}", closed.text());
}

#[test]
fn a_mail_that_comes_again_after_the_end_says_first_that_nobody_is_to_be_called() {
    let service = Service::start();
    let again = |service: &Service| {
        let before = to_mailbox(service, KREDS);
        let reference = before[0].message_id.split('.').next().unwrap();
        assert_eq!(json(service, &["redeliver", reference, "--mail", "kreds", "--again"])["count"], 1);
        service.sweep();
        let is_new = |mail: &Mail| before.iter().all(|known| known.text != mail.text);
        to_mailbox(service, KREDS).into_iter().find(is_new).unwrap()
    };
    requested(&service, "Parken");
    page(&service, KREDS).form_at("#valg").set("valg", "afslut").set("grund", "givet-raad").submit();
    let mail = again(&service);
    assert!(mail.text.contains("Ring til: ") && !mail.subject.contains("Ring ikke"), "it may still be taken back");
    later(&service);
    let closed = again(&service);
    let first = "OBS: Bestillingen er afsluttet. Ring ikke til borgeren.";
    assert!(closed.subject.starts_with("Ring ikke · Sendt igen · "), "{}", closed.subject);
    assert!(closed.text.starts_with(first) && closed.html.contains(first), "{}", closed.text);
    assert!(!closed.text.contains("Ring til: ") && closed.text.contains("Telefon: "), "{}", closed.text);

    let service = Service::start();
    requested(&service, "Parken");
    page(&service, KREDS).form_at("#valg").set("valg", "videre").set("til", "fyn").submit();
    later(&service);
    let sent_on = last(&service, OTHER);
    assert!(sent_on.text.contains("Ring til: ") && !sent_on.subject.contains("Ring ikke"), "{}", sent_on.text);
    let (first, mail) =
        ("OBS: Bestillingen er sendt videre til Fyns Politi. Ring ikke til borgeren herfra.", again(&service));
    assert!(mail.text.starts_with(first) && mail.html.contains(first), "{}", mail.text);
}
