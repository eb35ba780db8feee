//! A request whose mail is tried before anybody could settle what a restore forgot of it.

use super::{reference, send, tried};
use crate::journeys::backup::Backup;
use crate::journeys::lab::{Lab, kreds};
use crate::journeys::post_office::for_now;
use function::store::{Queue, RunToken};
use model::names::FormId;

#[test]
fn a_request_keeps_its_number_and_the_next_one_gets_the_next() {
    let lab = Lab::start();
    let first = send(&lab, "Nummer et");
    let backup = Backup::of(&lab);
    lab.post.set(|mail| if mail.is_digest() { Ok(function::mailer::Handed::Over) } else { for_now() });
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
