//! The citizen's answer: opening the page changes nothing, each answer counts once, and »nej« puts the call on top.

use super::*;
use crate::journeys::lab::request;

/// Makes a request past its deadline whose citizen has been asked; returns it and the page's path.
fn asked(lab: &Lab) -> (Receipt, String) {
    let receipt = requested(lab, "Parken");
    until(lab, times(&receipt).question);
    // An address gets one mail an hour.
    lab.wait(SignedDuration::from_mins(61));
    lab.sweep();
    let name = format!("{}.spoergsmaal", receipt.reference);
    let mail = lab.post.all().iter().find(|mail| mail.name == name).unwrap().mail();
    (receipt, link(&mail, "/kvittering/"))
}

fn send(lab: &Lab, path: &str, answer: &str) -> Answer {
    lab.ask(request("POST", path, "192.0.2.1", format!("svar={answer}")))
}

#[test]
fn opening_or_submitting_the_untouched_question_changes_nothing() {
    let lab = Lab::start();
    let (receipt, path) = asked(&lab);
    for method in ["GET", "HEAD", "GET"] {
        let page = lab.ask(request(method, &path, "192.0.2.1", String::new()));
        assert_eq!(page.status, 200);
        assert_eq!(page.header("cache-control"), Some("no-store"));
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    }
    let page = lab.get(&path);
    for personal in ["Åse", "31 22", "Parken"] {
        assert!(!page.html.contains(personal), "{personal}");
    }
    let form = lab.service.visitor().kept_form(&page.html);
    assert_eq!(form.value("svar"), None, "no answer is chosen before somebody chooses");
    for body in [String::new(), "svar=".to_owned(), "svar=måske".to_owned()] {
        let answer = lab.ask(request("POST", &path, "192.0.2.1", body));
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains("Der er ikke sendt noget. Vælg ja eller nej."), "{}", answer.text());
    }
    let file = lab.service.run(lab.function.store().case(&receipt.id, lab.service.now())).unwrap().unwrap();
    assert_eq!(file.case.events(), []);
    let foreign = lab.ask({
        let mut request = request("POST", &path, "192.0.2.1", "svar=ja".to_owned());
        request.headers_mut().insert("origin", "https://other.example".parse().unwrap());
        request
    });
    assert_eq!(foreign.status, 403);
}

#[test]
fn no_moves_the_call_to_the_top_and_yes_ends_it_until_changed() {
    let lab = Lab::start();
    let older = requested(&lab, "Den ældste vej");
    lab.wait(SignedDuration::from_mins(70));
    let (receipt, path) = asked(&lab);
    for _ in 0..2 {
        assert_eq!(send(&lab, &path, "nej").status, 303);
    }
    let page = lab.get(&path);
    assert!(page.text().contains("Tak for dit svar"), "{}", page.text());
    let file = lab.service.run(lab.function.store().case(&receipt.id, lab.service.now())).unwrap().unwrap();
    assert_eq!((file.case.events().len(), file.case.owes_call()), (1, true));
    let text = digest(&lab).text;
    let first = text.find(receipt.reference.as_str()).unwrap();
    assert!(first < text.find(older.reference.as_str()).unwrap(), "{text}");
    assert!(text.contains("BORGEREN SVARER: HAR IKKE TALT MED POLITIET"), "{text}");
    let receipts = lab.get(&format!("/kvittering/{}", receipt.id));
    assert!(receipts.text().contains("Blev du ringet op? Nej, jeg har ikke talt med politiet"), "{}", receipts.text());
    // The officer's page shows it, too.
    let officer = lab.post.mails().into_iter().find(|mail| mail.name == format!("{}.kreds", receipt.reference));
    let officer = lab.get(&link(&officer.unwrap().mail(), "/sag/"));
    assert!(officer.text().contains("Borgeren svarer nej: har ikke talt med politiet"), "{}", officer.text());

    // Somebody has called since.
    assert_eq!(send(&lab, &path, "ja").status, 303);
    minute(&lab);
    minute(&lab);
    let text = digest(&lab).text;
    assert!(text.contains("I mangler at ringe til 1 borger."), "{text}");
    assert!(!text.contains(receipt.reference.as_str()), "{text}");
    assert!(lab.get(&path).text().contains("Du har svaret, at du har talt med politiet"));
    // After a slip, the call is owed again, and is in the next day's list.
    for _ in 0..2 {
        assert_eq!(send(&lab, &path, "nej").status, 303);
    }
    assert!(lab.get(&path).text().contains("Du har svaret, at du ikke har talt med politiet"));
    minute(&lab);
    let text = digest(&lab).text;
    assert!(text.contains("I mangler at ringe til 2 borgere.") && text.contains(receipt.reference.as_str()), "{text}");
    let file = lab.service.run(lab.function.store().case(&receipt.id, lab.service.now())).unwrap().unwrap();
    assert_eq!((file.case.events().len(), file.case.owes_call()), (3, true));
}

#[test]
fn the_page_names_the_new_kreds_only_once_forwarding_is_final() {
    let lab = Lab::start();
    let (receipt, path) = asked(&lab);
    let officer = lab.post.mails().into_iter().find(|mail| mail.name == format!("{}.kreds", receipt.reference));
    note(&lab, &link(&officer.unwrap().mail(), "/sag/"), &[("valg", "videre"), ("til", "fyn")]);
    assert!(lab.get(&path).text().contains("Østjyllands Politi") && !lab.get(&path).text().contains("Fyns Politi"));
    lab.wait(SignedDuration::from_mins(11));
    assert!(lab.get(&path).text().contains("Fyns Politi"));
}

#[test]
fn nobody_is_asked_before_the_deadline_or_after_the_case_is_over() {
    let lab = Lab::start();
    let receipt = requested(&lab, "Parken");
    let path = format!("/kvittering/{}/blev-du-ringet-op", receipt.id);
    let early = lab.get(&path);
    assert_eq!((early.status, early.header("location")), (303, Some(&*format!("/kvittering/{}", receipt.id))));
    assert_eq!(send(&lab, &path, "nej").status, 303);
    let file = lab.service.run(lab.function.store().case(&receipt.id, lab.service.now())).unwrap().unwrap();
    assert_eq!(file.case.events(), []);
    for wrong in ["0".repeat(32), "x".to_owned(), receipt.id.as_str()[1..].to_owned()] {
        let path = format!("/kvittering/{wrong}/blev-du-ringet-op");
        assert_eq!(lab.get(&path).status, 404);
        assert_eq!(send(&lab, &path, "ja").status, 404);
    }
    until(&lab, times(&receipt).leader);
    let mail = lab.post.mails().into_iter().find(|mail| mail.to == MAILBOX).unwrap().mail();
    note(&lab, &link(&mail, "/sag/"), &[("valg", "ringet")]);
    lab.wait(SignedDuration::from_mins(11));
    assert!(lab.get(&path).text().contains("har noteret, at de har talt med dig"), "{}", lab.get(&path).text());
    until(&lab, times(&receipt).question);
    assert_eq!(notices(&lab).len(), 2, "kreds and leader were notified, and nobody is asked");
    note(&lab, &link(&mail, "/sag/"), &[("valg", "afslut"), ("grund", "givet-raad")]);
    lab.wait(SignedDuration::from_mins(11));
    assert!(lab.get(&path).text().contains("afsluttet eller trukket tilbage"), "{}", lab.get(&path).text());
    assert_eq!(send(&lab, &path, "nej").status, 303);
    let file = lab.service.run(lab.function.store().case(&receipt.id, lab.service.now())).unwrap().unwrap();
    assert!(!file.case.owes_call(), "a closed case stays closed");
}

#[test]
fn a_call_noted_by_mistake_is_owed_again_if_officer_or_citizen_says_so() {
    // An officer, the citizen, and the citizen while the request is being forwarded, which is then undone.
    for (by_citizen, is_moving) in [(false, false), (true, false), (true, true)] {
        let lab = Lab::start();
        let receipt = requested(&lab, "Parken");
        minute(&lab);
        let mail = lab.post.mails().into_iter().find(|mail| mail.to == MAILBOX).unwrap().mail();
        note(&lab, &link(&mail, "/sag/"), &[("valg", "ringet")]);
        // The schedule ignores a call that is settled and can no longer be undone.
        lab.wait(SignedDuration::from_mins(30));
        minute(&lab);
        let (officers, question) = (link(&mail, "/sag/"), format!("/kvittering/{}/blev-du-ringet-op", receipt.id));
        let page = lab.get(&format!("/kvittering/{}", receipt.id));
        assert!(page.html.contains(&question), "{}", page.text());
        assert_eq!(send(&lab, &question, "").status, 422);
        if is_moving {
            note(&lab, &officers, &[("valg", "videre"), ("til", "nordjylland")]);
        }
        if by_citizen {
            assert_eq!(send(&lab, &question, "nej").status, 303);
        } else {
            note(&lab, &officers, &[("valg", "ikke-truffet")]);
        }
        if is_moving {
            minute(&lab);
            note(&lab, &officers, &[("valg", "fortryd")]);
        }
        until(&lab, times(&receipt).leader);
        let all = notices(&lab);
        assert_eq!(all.len(), 2, "kreds and leader are notified: {all:?}");
    }
}

#[test]
fn no_number_of_answers_keeps_an_officer_from_noting_a_call() {
    let lab = Lab::start();
    let (receipt, path) = asked(&lab);
    for answer in ["nej", "ja"].repeat(30) {
        send(&lab, &path, answer);
    }
    let mail = lab.post.mails().into_iter().find(|mail| mail.to == MAILBOX).unwrap().mail();
    note(&lab, &link(&mail, "/sag/"), &[("valg", "ringet")]);
    let file = lab.service.run(lab.function.store().case(&receipt.id, lab.service.now())).unwrap().unwrap();
    assert_eq!((file.case.events().len(), file.case.owes_call()), (51, false));
}
