//! Withdrawn requests: the answers are gone at once, nobody is called as owed, and the officer with the mail knows.

use super::citizen::{changes, news};
use super::*;
use crate::journeys::dump;
use crate::journeys::lab::{Lab, kreds};

fn withdraw(service: &Service, path: &str) -> Page {
    service.visitor().open(path).form_at("#traek-tilbage").set("slet", "ja").submit()
}

#[test]
fn withdrawing_needs_a_ticked_box_and_shows_at_once() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    let asked = service.visitor().open(&path).form_at("#traek-tilbage").submit();
    assert_eq!(asked.status, 422);
    assert!(asked.text_at("#fejl").contains("Ja, slet mine svar") && asked.has("#fejl a[href='#slet']"));
    assert!(asked.has("#slet[aria-invalid]"), "{}", asked.html);
    let gone = withdraw(&service, &path);
    assert_eq!((gone.status, gone.path.as_str()), (200, path.as_str()));
    assert!(gone.text_at("#status").contains("Din bestilling er trukket tilbage"), "{}", gone.text());
    assert!(gone.text_at("#status").contains("Østjyllands Politi") && !gone.has("main form"));
    assert!(gone.texts_at("#sket li")[0].starts_with("Du har trukket bestillingen tilbage"));
    assert_eq!(changes(&service), ["withdrawn"]);
    let officers = page(&service, KREDS);
    assert!(officers.text_at(".lead").contains("Ring ikke") && !officers.has("main form"), "{}", officers.text());
    for answer in ["31223344", "Åse", "Parken", "Aften"] {
        assert!(!officers.html.contains(answer), "{answer}");
    }
    service.sweep();
    let mails = news(&service, KREDS);
    assert_eq!(mails.len(), 1);
    assert!(mails[0].subject.starts_with("Trukket tilbage, ring ikke") && !mails[0].text.contains("Åse"));
    assert!(service.visitor().open(&link(&mails[0])).text().contains("Ring ikke"));
    later(&service);
    assert_eq!((news(&service, KREDS).len(), case_mails(&service).len()), (1, 0), "each once, and the citizen knows");
}

#[test]
fn a_withdrawal_leaves_no_answers_and_no_way_to_the_request() {
    let lab = Lab::start();
    let form = call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let id = lab.send("192.0.2.1", &form).id();
    lab.sweep();
    lab.wait(minutes(61));
    let path = format!("/kvittering/{id}");
    let officers = lab.post.mails().into_iter().find(|mail| mail.name.ends_with(".kreds")).unwrap().mail();
    let note = service_form(&lab, &link(&officers), "#valg").set("valg", "ikke-truffet").set("note", "Ring til Birthe");
    assert_eq!(send(&lab, &note), 303);
    assert_eq!(send(&lab, &service_form(&lab, &path, "#traek-tilbage").set("slet", "ja")), 303);
    let [main, keys] = dump::tables(&lab);
    assert!(dump::that_name(&keys, &[id.as_str()]).is_empty(), "the key is gone");
    for item in dump::that_name(&main, &[id.as_str()]) {
        let (pk, sk) = (dump::text(item, "pk"), dump::text(item, "sk"));
        assert!(["SUBMISSION", "REFERENCE", "DAY"].iter().any(|kind| pk.starts_with(kind)), "{pk} {sk}");
        for name in item.keys() {
            let is_answer = ["answers", "danger", "topic", "held", "phone_hash"].contains(&name.as_str());
            assert!(!is_answer && !name.starts_with("note#"), "{sk} has {name}");
        }
    }
    // The same answers make a new request, and the old link still says that the first was withdrawn.
    let again = lab.send("192.0.2.2", &form).id();
    assert_ne!(again, id);
    assert!(lab.get(&path).text().contains("trukket tilbage"));
    assert_eq!(lab.get(&format!("/kvittering/{again}")).status, 200);
    // The citizen gets no further mail about the case.
    lab.wait(minutes(11));
    lab.sweep();
    let mails = lab.post.mails().iter().filter(|mail| mail.name.contains(".sag.")).count();
    assert_eq!(mails, 0);
}

#[test]
fn a_withdrawal_soon_after_any_mail_leaves_no_trace_of_the_address() {
    let lab = Lab::start();
    let id = lab.send("192.0.2.1", &call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus")).id();
    lab.sweep();
    lab.wait(minutes(61));
    let officers = lab.post.mails().into_iter().find(|mail| mail.name.ends_with(".kreds")).unwrap().mail();
    assert_eq!(send(&lab, &service_form(&lab, &link(&officers), "#valg").set("valg", "ikke-truffet")), 303);
    lab.wait(minutes(11));
    lab.sweep();
    let addresses = || dump::tables(&lab)[0].iter().filter(|item| dump::text(item, "pk").starts_with("MAILED")).count();
    assert_eq!(addresses(), 1, "the citizen was mailed");
    assert_eq!(send(&lab, &service_form(&lab, &format!("/kvittering/{id}"), "#traek-tilbage").set("slet", "ja")), 303);
    assert_eq!(addresses(), 0);
}

/// Returns a form of a page of the lab's function.
fn service_form(lab: &Lab, path: &str, css: &str) -> crate::journeys::visitor::FormOnPage {
    Page::kept(&lab.service.visitor(), path, lab.get(path).html).form_at(css)
}

fn send(lab: &Lab, form: &crate::journeys::visitor::FormOnPage) -> u16 {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
    lab.ask(crate::journeys::lab::request("POST", &form.action, "192.0.2.1", body)).status
}

#[test]
fn a_request_withdrawn_before_its_mail_is_never_mailed() {
    let service = Service::start();
    let form = call(open(&service.visitor(), "oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let receipt = form.press("trin", "send");
    withdraw(&service, &receipt.path);
    later(&service);
    assert!(service.mails().is_empty(), "{:?}", service.mails());
    let reference = receipt.text_at("#reference .reference-number");
    let shown = crate::journeys::operator_tool::operator(&service, &["show", &reference]);
    assert!(shown.code == 0 && shown.out.contains("withdrawn"), "{}", shown.out);
    let answers = crate::journeys::operator_tool::operator(&service, &["show", &reference, "--answers"]);
    assert_eq!(answers.code, 4, "{}", answers.out);
    assert_eq!(service.visitor().open(&receipt.path).status, 200);
    // The next request gets number 1: the withdrawn one used none.
    requested(&service, "Torvet");
    assert!(last(&service, KREDS).text.contains("Løbenummer: nr. 1 i"), "{}", last(&service, KREDS).text);
    service.wait(SignedDuration::from_hours(24));
    service.sweep();
    let digest =
        service.digests().into_iter().rfind(|mail| mail.to == KREDS && !mail.text.contains("ingen bestillinger"));
    let text = digest.unwrap().text;
    assert!(text.contains("Der er kommet 1 bestilling") && !text.contains(&reference), "{text}");
}

#[test]
fn a_withdrawn_request_is_no_longer_held() {
    let lab = Lab::start();
    let form = call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let id = lab.send("192.0.2.1", &form.set("hjemmeside", "http://spam.example")).id();
    assert_eq!(lab.service.run(lab.function.store().held(&kreds("oestjylland"))).unwrap().len(), 1);
    let path = format!("/kvittering/{id}");
    assert_eq!(send(&lab, &service_form(&lab, &path, "#traek-tilbage").set("slet", "ja")), 303);
    assert!(lab.service.run(lab.function.store().held(&kreds("oestjylland"))).unwrap().is_empty());
    lab.wait(SignedDuration::from_hours(25));
    let swept = lab.sweep();
    assert!(
        swept.alarms.is_empty() && lab.post.mails().iter().all(crate::journeys::post_office::Posted::is_digest),
        "{swept:?}"
    );
}

#[test]
fn withdrawing_a_forwarded_request_is_mailed_to_its_new_kreds() {
    let service = Service::start();
    let forward = || page(&service, KREDS).form_at("#valg").set("valg", "videre").set("til", "fyn").submit();
    // Before the other kreds has it, the first one is notified, and the other one never is.
    let early = requested(&service, "Parken");
    forward();
    withdraw(&service, &early);
    later(&service);
    assert_eq!((news(&service, KREDS).len(), to_mailbox(&service, OTHER).len(), case_mails(&service).len()), (1, 0, 0));
    assert!(page(&service, KREDS).text_at(".lead").contains("Ring ikke"));
    let late = requested(&service, "Torvet");
    let officers = to_mailbox(&service, KREDS).into_iter().find(|mail| mail.text.contains("Torvet")).unwrap();
    let form = service.visitor().open(&link(&officers)).form_at("#valg").set("valg", "videre").set("til", "fyn");
    form.submit();
    later(&service);
    withdraw(&service, &late);
    later(&service);
    assert_eq!((news(&service, KREDS).len(), news(&service, OTHER).len()), (1, 1));
    let theirs = service.visitor().open(&link(&news(&service, OTHER)[0]));
    assert!(theirs.text_at(".lead").contains("Ring ikke") && !theirs.has("main form"), "{}", theirs.text());
}

#[test]
fn an_officers_open_page_cannot_note_on_a_withdrawn_request() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    let open = page(&service, KREDS);
    let [done, call] = ["#valg", "#ringer"].map(|form| open.form_at(form));
    withdraw(&service, &path);
    for form in [done.set("valg", "ikke-truffet"), call.set("opkald", "ringer-skjult")] {
        let refused = form.submit();
        assert_eq!(refused.status, 409);
        assert!(refused.text_at(".lead").contains("Ring ikke"), "{}", refused.text());
    }
    later(&service);
    assert!(case_mails(&service).is_empty());
    // Nor can the citizen withdraw twice.
    assert!(!service.visitor().open(&path).has("main form"));
}

#[test]
fn a_withdrawn_request_expires_or_is_erased_and_leaves_only_the_audit() {
    for erased in [false, true] {
        let lab = Lab::start();
        let form = call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
        let id = lab.send("192.0.2.1", &form).id();
        lab.sweep();
        let path = format!("/kvittering/{id}");
        assert_eq!(send(&lab, &service_form(&lab, &path, "#traek-tilbage").set("slet", "ja")), 303);
        lab.wait(minutes(1));
        lab.sweep();
        if erased {
            assert!(lab.service.run(lab.function.erase(&id, "anna")).unwrap().is_some());
        } else {
            lab.wait_without_digests(SignedDuration::from_hours(24 * 60));
            let swept = lab.sweep();
            let only_digests = swept.alarms.iter().all(|(alarm, _)| *alarm == function::alarm::Alarm::DigestLate);
            assert!(swept.erased == 1 && only_digests, "{swept:?}");
        }
        let [main, keys] = dump::tables(&lab);
        let left: Vec<String> = dump::that_name(&main, &[id.as_str()]).iter().map(|item| format!("{item:?}")).collect();
        assert!(left.is_empty() && dump::that_name(&keys, &[id.as_str()]).is_empty(), "{left:?}");
        assert_eq!(lab.get(&path).status, 404);
    }
}

#[test]
fn a_restore_to_before_the_withdrawal_withdraws_it_again_without_a_mail() {
    let lab = Lab::start();
    let form = call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let id = lab.send("192.0.2.1", &form).id();
    lab.sweep();
    let backup = crate::journeys::backup::Backup::of(&lab);
    lab.wait(SignedDuration::from_secs(61));
    lab.sweep();
    let path = format!("/kvittering/{id}");
    assert_eq!(send(&lab, &service_form(&lab, &path, "#traek-tilbage").set("slet", "ja")), 303);
    lab.sweep();
    let mails = lab.post.mails().len();
    backup.restore(&lab);
    assert_eq!(lab.get(&path).status, 404, "without its key, nobody can read it");
    lab.wait(SignedDuration::from_secs(61));
    lab.sweep();
    assert_eq!((lab.get(&path).status, lab.post.mails().len()), (404, mails));
}

#[test]
fn the_next_digest_counts_a_withdrawn_request() {
    let service = Service::start();
    let path = requested(&service, "Parken");
    requested(&service, "Torvet");
    withdraw(&service, &path);
    later(&service);
    service.wait(SignedDuration::from_hours(24));
    service.sweep();
    let digest = service.digests().into_iter().rfind(|mail| mail.to == KREDS);
    let text = digest.unwrap().text;
    assert!(text.contains("trukket tilbage, ring ikke") && !text.contains("Åse"), "{text}");
    assert!(text.contains("Der er kommet 2 bestillinger") && !text.contains("er slettet siden: nr."), "{text}");
}

/// Mails a request and restores the main table to before; returns its path and the number of mails so far.
fn mailed_and_forgotten(lab: &Lab) -> (String, usize) {
    let form = call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let path = format!("/kvittering/{}", lab.send("192.0.2.1", &form).id());
    let backup = crate::journeys::backup::Backup::of(lab);
    lab.sweep();
    backup.restore(lab);
    (path, lab.post.mails().len())
}

/// Returns the subjects of the mails to the kreds from this index on.
fn subjects(lab: &Lab, from: usize) -> Vec<String> {
    let subjects = lab.post.mails()[from..].iter().map(|mail| mail.mail().subject).collect::<Vec<_>>();
    subjects.into_iter().filter(|subject| !subject.starts_with("Kvittering")).collect()
}

#[test]
fn a_withdrawal_after_a_restore_is_mailed_to_the_kreds_that_has_the_mail() {
    let lab = Lab::start();
    let (path, mails) = mailed_and_forgotten(&lab);
    assert_eq!(send(&lab, &service_form(&lab, &path, "#traek-tilbage").set("slet", "ja")), 303);
    lab.wait(minutes(2));
    lab.sweep();
    let since = subjects(&lab, mails);
    assert!(since.len() == 1 && since[0].starts_with("Trukket tilbage, ring ikke"), "{since:?}");
}

#[test]
fn changed_hours_after_a_restore_are_mailed_even_if_the_schedule_is_late() {
    for late in [1, 30] {
        let lab = Lab::start();
        let (path, mails) = mailed_and_forgotten(&lab);
        let form = service_form(&lab, &path, super::citizen::HOURS).set("ringetid", "formiddag");
        assert_eq!(send(&lab, &form), 303);
        for _ in 0..3 {
            lab.wait(minutes(late));
            lab.sweep();
        }
        let since = subjects(&lab, mails);
        assert!(since.len() == 1 && since[0].starts_with("Nye tidspunkter"), "{late}: {since:?}");
    }
}
