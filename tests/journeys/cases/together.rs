//! Two officers, two kredse, two requests: no act is repeated, and nothing of one affects another.

use super::*;
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
    assert!(mail.text.contains("Løbenummer: 2026-1") || mail.text.contains("Løbenummer: "), "{}", mail.text);
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
