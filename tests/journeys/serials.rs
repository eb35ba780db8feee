//! Serial numbers: each mailbox counts its own from 1 each year, without gaps or duplicates.

use crate::journeys::filled;
use crate::journeys::lab::Lab;
use crate::journeys::post_office::{for_good, for_now};
use function::mailer::Handover;
use function::outbox::RETRIES;
use model::deadline::{danish_day, denmark};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Returns the numbers in the mails that went out, such as `nr. 17 i 2026`, by mailbox.
fn numbers(lab: &Lab) -> BTreeMap<String, Vec<(i16, u32)>> {
    let mut all: BTreeMap<String, Vec<(i16, u32)>> = BTreeMap::new();
    for posted in lab.post.mails() {
        let text = posted.mail().text;
        let words = text.split("Løbenummer: nr. ").nth(1).unwrap_or_else(|| panic!("no number:\n{text}"));
        let mut parts = words.split_whitespace();
        let (number, year) = (parts.next().unwrap(), parts.nth(1).unwrap());
        all.entry(posted.to).or_default().push((year.parse().unwrap(), number.parse().unwrap()));
    }
    all.values_mut().for_each(|numbers| numbers.sort_unstable());
    all
}

fn send(lab: &Lab, kommune: &str, count: u8) {
    let form = filled::traffic(lab.open("oestjylland", "bestil-en-faerdselskontrol")).set("kommune", kommune);
    for number in 0..count {
        // Equal answers would be one request.
        let times = lab.post.tried().len();
        let street = format!("Vej {} ved nummer {times}", char::from(b'a' + number));
        lab.send("192.0.2.1", &form.clone().set("vej", &street)).id();
    }
}

#[test]
fn concurrent_runs_and_failing_mail_cause_no_gaps_or_duplicates() {
    let lab = Lab::start();
    let year = danish_day(lab.service.now()).year();
    send(&lab, "0751", 20);
    send(&lab, "0461", 6);
    let tries = Mutex::new(0);
    // Two of three attempts fail, in any run.
    lab.post.set(move |_| {
        let mut tries = tries.lock().unwrap();
        *tries += 1;
        if *tries % 3 == 0 { Ok(Handover::Final) } else { for_now() }
    });
    for wait in RETRIES {
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| lab.sweep());
            }
        });
        lab.wait(wait);
    }
    lab.post.set(|_| Ok(Handover::Final));
    lab.sweep();
    let row = |last| (1..=last).map(|number| (year, number)).collect::<Vec<_>>();
    let numbers = numbers(&lab);
    assert_eq!(numbers["faerdsel@oestjylland.politi.example"], row(20));
    assert_eq!(numbers["faerdsel@fyn.politi.example"], row(6));
}

#[test]
fn a_new_danish_year_begins_at_1_and_assigned_numbers_stay() {
    let lab = Lab::start();
    send(&lab, "0751", 2);
    lab.sweep();
    // A third request has its number, but its mail fails over the new year.
    lab.post.set(|_| for_now());
    send(&lab, "0751", 1);
    lab.sweep();
    let year = danish_day(lab.service.now()).year();
    let new_year = jiff::civil::date(year + 1, 1, 1).to_zoned(denmark()).unwrap().timestamp();
    lab.wait(new_year.duration_since(lab.service.now()) + jiff::SignedDuration::from_secs(1));
    lab.post.set(|_| Ok(Handover::Final));
    lab.sweep();
    send(&lab, "0751", 2);
    lab.sweep();
    let expected = [(year, 1), (year, 2), (year, 3), (year + 1, 1), (year + 1, 2)];
    assert_eq!(numbers(&lab)["faerdsel@oestjylland.politi.example"], expected);
}

#[test]
fn copies_to_the_second_and_fallback_mailbox_keep_the_first_number() {
    let lab = Lab::start();
    send(&lab, "0751", 2);
    lab.post.set(|mail| if mail.name.ends_with(".faldback") { Ok(Handover::Final) } else { for_good() });
    for _ in 0..4 {
        lab.sweep();
    }
    let year = danish_day(lab.service.now()).year();
    assert_eq!(numbers(&lab)["faldback@bestil-en-betjent.example"], [(year, 1), (year, 2)]);
    let second: Vec<_> = lab.post.tried().into_iter().filter(|mail| mail.to.starts_with("reserve@")).collect();
    assert_eq!(second.len(), 2);
    for mail in second {
        let same =
            format!("Løbenummeret er det samme: nr. {}", if mail.mail().text.contains("nr. 1 i") { 1 } else { 2 });
        assert!(mail.mail().text.contains(&same), "{}", mail.mail().text);
    }
}

#[test]
fn two_forms_of_one_kreds_have_a_series_each_without_gaps() {
    let lab = Lab::start();
    let call = filled::call(lab.open("oestjylland", "bestil-en-betjent")).set("kommune", "0751");
    for number in 0..4 {
        send(&lab, "0751", 1);
        lab.send("192.0.2.1", &call.clone().set("vej", &format!("Park {number}")).set("email", "")).id();
        lab.sweep();
    }
    let year = danish_day(lab.service.now()).year();
    let row = (1..=4).map(|number| (year, number)).collect::<Vec<_>>();
    let numbers = numbers(&lab);
    assert_eq!(numbers["faerdsel@oestjylland.politi.example"], row);
    assert_eq!(numbers["betjent@oestjylland.politi.example"], row);
}
