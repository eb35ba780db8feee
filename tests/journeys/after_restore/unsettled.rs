//! A request whose mail is tried before a run could settle what a restore forgot of it.

use super::{next_run, reference, send, tried};
use crate::journeys::backup::Backup;
use crate::journeys::lab::{Lab, kreds};
use crate::journeys::network::Fault;
use crate::journeys::post_office::for_now;
use function::store::{Queue, Recipient, RunToken, Settled};
use model::names::{FormId, SubmissionId};
use std::sync::Mutex;
use std::thread;
use tokio::runtime::Handle;

#[test]
fn a_request_keeps_its_number_and_the_next_one_gets_the_next() {
    let lab = Lab::start();
    let first = send(&lab, "Nummer et");
    let backup = Backup::of(&lab);
    lab.post.set(|mail| if mail.is_digest() { Ok(function::mailer::Handover::Final) } else { for_now() });
    lab.sweep();
    assert!(tried(&lab, &reference(&lab, &first))[0].contains("nr. 1 "));
    backup.restore(&lab);
    let second = send(&lab, "Nummer to");
    let (store, now) = (lab.function.store(), lab.service.now());
    let form = FormId::parse("bestil-en-faerdselskontrol").unwrap();
    let due = lab.service.run(store.due_in(&Queue::Owed(kreds("oestjylland")), now)).unwrap().items;
    let number_of = |id| {
        let due = due.iter().find(|due| due.task.of_police_mail() == Some(id)).unwrap();
        let leased = lab.service.run(store.lease(due, &RunToken::from_random([7; 8]), now)).unwrap().unwrap();
        lab.service.run(store.fix_serial(&leased, &form, now)).unwrap().number
    };
    assert_eq!([number_of(&first), number_of(&second)], [1, 2]);
}

/// Settles a request while another run makes a change between the two reads.
fn settle_during(lab: &Lab, id: &SubmissionId, change: impl FnOnce(&Handle) + Send + 'static) -> Settled {
    let handle = lab.service.run(async { Handle::current() });
    let change = Mutex::new(Some(change));
    lab.network.set(move |operation, _| {
        let now = if operation == "Query" { change.lock().unwrap().take() } else { None };
        if let Some(change) = now {
            let handle = handle.clone();
            thread::spawn(move || change(&handle)).join().unwrap();
        }
        Fault::None
    });
    let settled = lab.service.run(lab.function.store().settle(id, lab.service.now())).unwrap();
    lab.network.mend();
    settled
}

#[test]
fn a_mail_sent_while_its_request_is_settled_is_not_sent_again() {
    let lab = Lab::start();
    let id = send(&lab, "Sendt imens");
    let (store, now) = (lab.function.store(), lab.service.now());
    let due = lab.service.run(store.due_in(&Queue::Owed(kreds("oestjylland")), now)).unwrap().items;
    let due = due.iter().find(|due| due.task.of_police_mail() == Some(&id)).unwrap();
    let mut leased = lab.service.run(store.lease(due, &RunToken::from_random([7; 8]), now)).unwrap().unwrap();
    lab.service.run(store.mark_sending(&mut leased, now)).unwrap();
    let other = lab.beside(|_| {});
    let settled = settle_during(&lab, &id, move |handle| {
        handle.block_on(other.store().done(&leased, now)).unwrap();
    });
    assert_eq!(settled, Settled::AsItWas);
    next_run(&lab);
    assert!(tried(&lab, &reference(&lab, &id)).is_empty());
}

#[test]
fn a_mail_refused_while_its_request_is_settled_goes_to_the_second_mailbox() {
    let lab = Lab::start();
    let id = send(&lab, "Retur imens");
    lab.sweep();
    let (other, now, of, slug) = (lab.beside(|_| {}), lab.service.now(), id.clone(), kreds("oestjylland"));
    let settled = settle_during(&lab, &id, move |handle| {
        let passed = other.store().pass_on(&of, Recipient::Kreds, &slug, now);
        assert!(handle.block_on(passed).unwrap());
    });
    assert_eq!(settled, Settled::AsItWas);
    next_run(&lab);
    let names: Vec<String> = lab.post.mails().into_iter().map(|mail| mail.name).collect();
    let of_request = |end: &str| names.contains(&format!("{}.{end}", reference(&lab, &id)));
    assert!(of_request("kreds") && of_request("reserve"), "{names:?}");
}
