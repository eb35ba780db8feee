//! An operator's work on requests: resending, releasing, showing, finding and deleting them.

use crate::journeys::filled::send_traffic;
use crate::journeys::operator_tool::{
    PERSONAL, assert_documented, audit, day, json, operator, park_all, reference, send_call, send_held, with_answers,
};
use crate::journeys::service::Service;
use function::store::{DeliveryStatus, Queue, Recipient, RunToken, Task};
use jiff::SignedDuration;
use model::names::{KredsSlug, SubmissionId};
use serde_json::Value;
use std::collections::BTreeSet;

/// A reference of no request.
const NOBODYS: &str = "222-222-222";

#[test]
fn mails_are_resent_once_after_a_dry_run_and_twice_only_on_demand() {
    let service = Service::start();
    let sent = ["0751", "0730"].map(|kommune| reference(&send_traffic(&service.visitor(), "oestjylland", kommune)));
    let other = reference(&send_traffic(&service.visitor(), "fyn", "0461"));
    let today = day(&service, 0);
    park_all(&service);
    let of_days = |more: &[&str]| {
        let days = ["redeliver", "--kreds", "oestjylland", "--from", &today];
        operator(&service, &[&days, more].concat())
    };
    let dry = of_days(&["--dry-run"]);
    assert_eq!(dry.code, 0);
    assert!(dry.out.contains("2 mails would be sent") && sent.iter().all(|one| dry.out.contains(one)), "{}", dry.out);
    assert!(!dry.out.contains(&other), "{}", dry.out);
    assert!(service.sweep().sent == 0 && audit(&service).is_empty(), "a dry run does nothing");

    assert!(of_days(&[]).out.contains("2 mails owed now"));
    assert!(of_days(&["--again"]).out.contains("is owed already"), "owed once, however often it is said");
    assert_eq!((service.sweep().sent, service.mails().len()), (2, 2));
    let again = of_days(&[]);
    assert!(again.code == 0 && again.out.contains("Nothing was done"), "{}", again.out);
    assert_eq!((service.sweep().sent, service.mails().len()), (0, 2));
    assert!(of_days(&["--again"]).out.contains("2 mails owed now"));
    assert_eq!((service.sweep().sent, service.mails().len()), (2, 4));

    assert_eq!(json(&service, &["redeliver", &other])["count"], 1);
    assert_eq!((service.sweep().sent, service.sweep().sent), (1, 0));
    let whole: BTreeSet<String> = sent.iter().chain([&other]).cloned().collect();
    let lines = audit(&service);
    assert!(lines.iter().all(|(what, _)| what == "redelivered to kreds"), "{lines:?}");
    assert_eq!(lines.into_iter().map(|(_, about)| about).collect::<BTreeSet<_>>(), whole);

    let wrong = [vec!["redeliver"], vec!["redeliver", "--kreds", "fyn"], vec!["redeliver", "--from", &today, &other]];
    assert!(wrong.iter().all(|arguments| operator(&service, arguments).code == 2));
    assert_eq!(operator(&service, &["redeliver", "--from", &day(&service, 101)]).code, 2);
    assert_eq!(operator(&service, &["redeliver", NOBODYS]).code, 4);
}

#[test]
fn a_resent_mail_that_fails_goes_to_a_human_unless_it_had_arrived() {
    let service = Service::start();
    let receipt = send_traffic(&service.visitor(), "oestjylland", "0751");
    let (one, kreds) = (reference(&receipt), KredsSlug::parse("oestjylland").unwrap());
    let id = SubmissionId::parse(receipt.path.rsplit('/').next().unwrap()).unwrap();
    let (store, to_kreds) = (service.function().store(), Task::Mail(id.clone(), Recipient::Kreds));
    let out = || {
        let queue = Queue::Owed(kreds.clone());
        let [leased] = service
            .run(store.lease_due(&queue, &RunToken::from_random([1; 8]), service.now()))
            .unwrap()
            .items
            .try_into()
            .unwrap();
        service.run(store.sent(&leased, service.now())).unwrap();
        leased.task
    };
    let state = || service.run(store.task(&to_kreds)).unwrap().unwrap();
    let refuse = || service.run(store.pass_on(&id, Recipient::Kreds, &kreds, service.now())).unwrap();
    out();
    assert!(refuse(), "the second mailbox gets it");
    assert!(!refuse() && !state().stands_in(&Queue::Parked), "a refusal reported twice counts once");
    assert_eq!(out(), Task::Mail(id.clone(), Recipient::Second));
    // The first mailbox is thought to work again, and does not.
    assert_eq!(json(&service, &["redeliver", &one, "--mail", "kreds"])["count"], 0);
    assert_eq!(json(&service, &["redeliver", &one, "--mail", "kreds", "--again"])["count"], 1);
    out();
    assert!(refuse() && state().stands_in(&Queue::Parked), "the second mailbox has had it: a human must look");
    assert_eq!(operator(&service, &["owed"]).code, 3);
    // Now it does. The mail arrives, is requested once more, and no report of that comes.
    assert_eq!(json(&service, &["redeliver", &one, "--mail", "kreds", "--again"])["count"], 1);
    out();
    service.run(store.note_status(&to_kreds, DeliveryStatus::Delivered, service.now())).unwrap();
    service.run(store.arrived(&to_kreds, service.now())).unwrap();
    assert_eq!(json(&service, &["show", &one])["state"], "delivered");
    assert_eq!(json(&service, &["redeliver", &one, "--mail", "kreds", "--again"])["count"], 1);
    out();
    service.wait(SignedDuration::from_hours(25));
    service.sweep();
    assert!(state().queue.is_none(), "it arrived once, and that is enough: {:?}", state());
}

#[test]
fn a_receipt_is_resent_alone() {
    let service = Service::start();
    let one = reference(&send_call(&service, "Parken"));
    assert_eq!(service.sweep().sent, 2);
    let receipts = || service.mails().iter().filter(|mail| mail.to == "aase@eksempel.example").count();
    assert_eq!(json(&service, &["redeliver", &one, "--mail", "receipt"])["count"], 0);
    assert_eq!(json(&service, &["redeliver", &one, "--mail", "receipt", "--again"])["count"], 1);
    assert_eq!((service.sweep().sent, receipts(), service.mails().len()), (1, 2, 3));
}

#[test]
fn held_requests_are_listed_and_released_one_by_one_or_by_kreds() {
    let service = Service::start();
    assert_eq!(operator(&service, &["held"]).code, 0);
    let held = ["Vej 1", "Vej 2", "Vej 3"].map(|place| reference(&send_held(&service, place)));
    let listed = operator(&service, &["held", "--kreds", "oestjylland"]);
    assert_eq!(listed.code, 3);
    assert!(listed.out.contains("honeypot") && held.iter().all(|one| listed.out.contains(one)), "{}", listed.out);
    assert!(operator(&service, &["held", "--kreds", "fyn"]).out.contains("Nothing is held"));
    assert!(operator(&service, &["redeliver", &held[0], "--again"]).out.contains("operator release"));
    assert_eq!(service.sweep().sent, 0);

    let released = operator(&service, &["release", &held[0].to_lowercase().replace('-', "")]);
    assert!(released.code == 0 && released.out.contains("1 request released"), "{}", released.out);
    assert_eq!(service.sweep().sent, 2);
    assert!(operator(&service, &["release", &held[0]]).out.contains("was not held"));
    // If one reference is unknown, nothing is done.
    assert_eq!(operator(&service, &["release", &held[1], NOBODYS]).code, 4);
    assert_eq!(json(&service, &["held"])["held"].as_array().unwrap().len(), 2);
    assert_eq!(json(&service, &["release", "--kreds", "oestjylland", "--all"])["released"], 2);
    // Their receipts go to one address, which gets one an hour.
    assert_eq!((service.sweep().sent, operator(&service, &["held"]).code), (2, 0));
    let expected: BTreeSet<_> = held.iter().map(|one| ("released".to_owned(), one.clone())).collect();
    assert_eq!(audit(&service).into_iter().collect::<BTreeSet<_>>(), expected);
    for wrong in [vec!["release"], vec!["release", "--kreds", "oestjylland"], vec!["release", "--all"]] {
        assert_eq!(operator(&service, &wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn a_request_is_shown_without_answers_and_showing_them_is_audited() {
    let service = Service::start();
    let receipt = send_call(&service, "Parken bag stationen");
    let one = reference(&receipt);
    let words = receipt.texts_at(".reference-number")[1].clone();
    assert!(operator(&service, &["show", &one]).out.contains("waiting"));
    service.sweep();
    let shown = operator(&service, &["show", &one]);
    assert_eq!(shown.code, 0);
    for fact in ["sent", "oestjylland", "bestil-en-betjent", "mail to kreds", "mail to citizen", "1 attempt", "kept"] {
        assert!(shown.out.contains(fact), "{fact}: {}", shown.out);
    }
    assert!(!shown.out.contains(&words) && !shown.out.contains(receipt.path.rsplit('/').next().unwrap()));
    let explained = operator(&service, &["explain", &one]);
    assert!(explained.out.contains("went to oestjylland:\nthe citizen named the kommune"), "{}", explained.out);
    assert!(explained.out.contains("in force now") && json(&service, &["explain", &one])["rule"] == "kommune");
    assert!(audit(&service).is_empty());

    let answers = with_answers(&service, &["show", &one, "--answers"]);
    for said in ["Åse Holm", "31 22 33 44", "aase@eksempel.example", "Parken bag stationen", "utrygge ved", "0751"] {
        assert!(answers.out.contains(said), "{said}: {}", answers.out);
    }
    assert!(!answers.out.contains(&words), "the two words prove an officer to the citizen");
    assert_eq!(audit(&service), [("answers shown".to_owned(), one.clone())]);
    let read: Value =
        serde_json::from_str(&with_answers(&service, &["show", &one, "--answers", "--json"]).out).unwrap();
    assert_documented("show", &read);
    assert!(read["answers"]["given"].to_string().contains(PERSONAL[0]), "{read}");
    assert!(operator(&service, &["show", NOBODYS]).code == 4 && operator(&service, &["show", "K7F"]).code == 2);
    assert!(operator(&service, &["explain", NOBODYS]).code == 4);
    let unnamed = with_answers(&service, &["show", &one, "--answers", "--by", "31 22 33 44"]);
    assert_eq!((unnamed.code, unnamed.out.as_str()), (2, ""), "nobody who reads answers is without a name");
}

#[test]
fn a_citizens_requests_are_all_found_and_erasing_leaves_only_the_audit() {
    let service = Service::start();
    let parked = send_call(&service, "Vej 1");
    park_all(&service);
    // After each attempt at a receipt, the address gets no other for an hour.
    service.wait(SignedDuration::from_hours(2));
    let sent = send_call(&service, "Vej 2");
    assert_eq!(service.sweep().sent, 2);
    let held = send_held(&service, "Vej 3");
    let owed = send_call(&service, "Vej 4");
    let theirs = send_traffic(&service.visitor(), "oestjylland", "0751");
    let mine = [&parked, &sent, &held, &owed];

    let found = operator(&service, &["find", "--phone", "+45 31223344"]);
    assert_eq!(found.code, 0);
    for (page, state) in mine.into_iter().zip(["parked", "sent", "held", "waiting"]) {
        let line = found.out.lines().find(|line| line.starts_with(&reference(page)));
        assert!(line.is_some_and(|line| line.ends_with(state)), "{state}: {}", found.out);
    }
    assert_eq!(json(&service, &["find", "--phone", "31 22 33 44"])["requests"].as_array().unwrap().len(), 4);
    assert_eq!(operator(&service, &["find", "--phone", "31 22 33 45"]).code, 4);
    assert_eq!(operator(&service, &["find", "--phone", "312"]).code, 2);

    let before = dump(&service);
    let phones: Vec<String> = before.iter().filter_map(|item| hash_in(item, "PHONE#")).collect();
    let asked = operator(&service, &["erase", &reference(&sent)]);
    assert_eq!((asked.code, dump(&service).len()), (2, before.len()), "without a terminal and --yes nothing goes");
    for page in mine {
        let (one, id) = (reference(page), page.path.rsplit('/').next().unwrap());
        assert!(SubmissionId::parse(id).is_ok() && before.iter().any(|item| item.contains(id)));
        let erased = operator(&service, &["erase", &one, "--yes"]);
        assert_eq!(erased.code, 0, "{}", erased.err);
        let went_out = erased.out.contains("oestjylland.politi.example") && erased.out.contains("citizen");
        assert_eq!(went_out, page.path == sent.path, "{}", erased.out);
        for item in dump(&service) {
            assert!(!item.contains(id), "{item}");
            assert!(!item.contains(&one) || item.contains("AUDIT#"), "{item}");
        }
        assert_eq!(operator(&service, &["erase", &one, "--yes"]).code, 4);
        assert_eq!(operator(&service, &["show", &one]).code, 4);
    }
    let after = dump(&service);
    let left: BTreeSet<String> = after.iter().filter_map(|item| hash_in(item, "PHONE#")).collect();
    assert_eq!(left.len(), 1, "of the two numbers that of the other citizen is left");
    let gone: Vec<&String> = phones.iter().filter(|hash| !left.contains(*hash)).collect();
    assert!(!gone.is_empty() && !after.iter().any(|item| gone.iter().any(|hash| item.contains(*hash))));
    let erased = audit(&service).into_iter().filter(|(what, _)| what == "erased").map(|(_, about)| about);
    assert_eq!(erased.collect::<Vec<_>>(), mine.map(reference));
    assert_eq!(operator(&service, &["find", "--phone", "31 22 33 44"]).code, 4);
    // The other citizen's request is unchanged.
    assert_eq!(service.sweep().sent, 1);
    assert_eq!(json(&service, &["show", &reference(&theirs)])["state"], "sent");
}

/// Returns every item of both tables as text.
fn dump(service: &Service) -> Vec<String> {
    let store = service.function().store();
    let scan = |table: &str| {
        let pages = store.client().scan().table_name(table).into_paginator().items().send();
        let items = service.run(pages.collect::<Result<Vec<_>, _>>()).unwrap();
        items.iter().map(|item| format!("{item:?}")).collect::<Vec<_>>()
    };
    [scan(store.table()), scan(store.keys_table())].concat()
}

/// Returns the hash after a prefix in an item's text.
fn hash_in(item: &str, word: &str) -> Option<String> {
    item.split_once(word).map(|(_, rest)| rest.chars().take_while(char::is_ascii_hexdigit).collect())
}
