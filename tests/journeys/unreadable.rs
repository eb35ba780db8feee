//! Items that this release cannot read: they stay, an alarm reports them, and nothing else waits for them.

use crate::journeys::filled;
use crate::journeys::lab::Lab;
use crate::journeys::operator_tool::operator;
use crate::journeys::recorder::Recorder;
use crate::journeys::visitor::FormOnPage;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::HashMap;

/// Queues of kredse, and the global ones.
const QUEUES: [&str; 7] = ["oestjylland", "quarantine#oestjylland", "#sent", "#parked", "#erasure", "#digests", "fyn"];

fn form(lab: &Lab, street: &str) -> FormOnPage {
    let form = filled::call(lab.open("oestjylland", "bestil-en-betjent"));
    form.set("postnr", "Aarhus").set("email", "").set("vej", street)
}

fn put(lab: &Lab, pk: &str, sk: &str, queue: &str, attributes: &[(&str, AttributeValue)]) {
    let store = lab.function.store();
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let mut item = HashMap::from([
        ("pk".to_owned(), text(pk)),
        ("sk".to_owned(), text(sk)),
        ("due_for".to_owned(), text(queue)),
        ("due_at".to_owned(), AttributeValue::N("1000".to_owned())),
    ]);
    item.extend(attributes.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    lab.service.run(store.client().put_item().table_name(store.table()).set_item(Some(item)).send()).unwrap();
}

/// Generates an item that no run of this release can process: its keys, and other attributes.
fn foreign() -> impl Strategy<Value = (String, String, Vec<(&'static str, AttributeValue)>)> {
    let id = "0123456789abcdef0123456789abcdef";
    let pk = prop_oneof![
        Just(format!("SUBMISSION#{id}")),
        Just("SUBMISSION#not-an-id".to_owned()),
        Just("DIGEST#oestjylland#2026-13-99".to_owned()),
        Just("BOOKING#7".to_owned()),
        "[A-Z#a-z0-9]{1,12}",
    ];
    let sk = prop_oneof![
        Just("task#mail#sms".to_owned()),
        Just("task#mail#kreds".to_owned()),
        Just("task#erase".to_owned()),
        Just("task#digest#bestil-en-betjent".to_owned()),
        "[a-z#]{1,9}",
    ];
    let value = prop_oneof![
        Just(AttributeValue::Bool(true)),
        Just(AttributeValue::N("-7".to_owned())),
        Just(AttributeValue::S("fyn".to_owned())),
        Just(AttributeValue::S("Å B".to_owned())),
    ];
    let names =
        prop_oneof![Just("kreds"), Just("begun"), Just("ended"), Just("serial"), Just("owed_since"), Just("parked_at")];
    (pk, sk, proptest::collection::vec((names, value), 0..4))
}

#[test]
fn unreadable_items_delay_nothing_else_by_more_than_a_run() {
    let lab = Lab::start();
    let mut runner = TestRunner::new(Config { cases: crate::shared::tries(6, 24), ..Config::default() });
    let number = std::cell::Cell::new(0);
    let items = proptest::collection::vec((foreign(), 0..QUEUES.len()), 30..60);
    let outcome = runner.run(&items, |items| {
        for (at, ((pk, sk, attributes), queue)) in items.iter().enumerate() {
            // Often more in one queue than one run reads.
            put(
                &lab,
                pk,
                &format!("{sk}{}", if at % 2 == 0 { String::new() } else { at.to_string() }),
                QUEUES[*queue],
                attributes,
            );
        }
        number.set(number.get() + 1);
        let before = lab.post.mails().len();
        lab.send("192.0.2.1", &form(&lab, &format!("Vej {}", number.get()))).id();
        lab.sweep();
        prop_assert_eq!(lab.post.mails().len(), before + 1, "the next run mails it");
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
    // Digests and deletions continue, too.
    lab.wait(SignedDuration::from_hours(30));
    let mut digests = 0;
    for _ in 0..12 {
        digests += lab.sweep().digests;
        lab.wait(SignedDuration::from_mins(1));
    }
    assert!(digests >= 12, "{digests}");
    lab.wait_without_digests(SignedDuration::from_hours(24 * 94));
    let mut erased = 0;
    for _ in 0..12 {
        erased += lab.sweep().erased;
        lab.wait(SignedDuration::from_mins(1));
    }
    assert!(erased >= number.get(), "{erased} of {}", number.get());
}

#[test]
fn each_unreadable_key_is_reported_and_the_list_has_the_rest() {
    let lab = Lab::start();
    let id = "0123456789abcdef0123456789abcdef";
    put(&lab, &format!("SUBMISSION#{id}"), "task#mail#sms", "oestjylland", &[]);
    put(&lab, "BOOKING#7", "booking", "#parked", &[]);
    lab.send("192.0.2.1", &form(&lab, "En vej")).id();
    let recorder = Recorder::default();
    let swept = recorder.during(|| lab.sweep());
    assert_eq!((swept.sent, swept.unreadable), (1, 2));
    assert_eq!(recorder.alarms(), ["unreadable", "unreadable"]);
    let alarms = recorder.lines().into_iter().filter(|line| line.text.contains("alarm="));
    let log: String = alarms.map(|line| line.text).collect();
    assert!(log.contains("SUBMISSION#01234567… task#mail#sms") && log.contains("BOOKING#7 booking"), "{log}");
    assert!(!log.contains(id), "the number of a request opens its receipt");
    lab.send("192.0.2.1", &form(&lab, "En anden vej")).id();
    let owed = operator(&lab.service, &["owed"]);
    assert_eq!(owed.code, 3, "{}", owed.err);
    assert!(owed.out.contains("oestjylland") && owed.out.contains("waiting"), "{}", owed.out);
    assert!(owed.out.contains(&format!("SUBMISSION#{id} task#mail#sms")), "{}", owed.out);
    assert!(owed.out.contains("BOOKING#7 booking"), "{}", owed.out);
}
