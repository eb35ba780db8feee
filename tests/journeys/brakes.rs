//! Brakes: more requests than usual from one source are held, never refused or lost, and a busy week passes.

use crate::journeys::filled;
use crate::journeys::lab::{Lab, kreds};
use crate::journeys::network::Fault;
use crate::journeys::service::Service;
use crate::journeys::visitor::FormOnPage;
use function::settings::Brakes;
use jiff::SignedDuration;
use model::names::SubmissionId;
use serde_json::Value;

fn braked() -> Lab {
    Lab::with(Service::start(), |settings| settings.brakes = Brakes::DEFAULT)
}

fn traffic(lab: &Lab) -> FormOnPage {
    filled::traffic(lab.open("oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus")
}

/// Makes a unique request, from a number of its own.
fn another(form: &FormOnPage, number: u32) -> FormOnPage {
    let letter = |digit| char::from(b'a' + u8::try_from(digit % 26).unwrap());
    let street = format!("Vej {}{}", letter(number / 26), letter(number));
    form.clone().set("vej", &street).set("telefon", &format!("20 1{number:05}"))
}

fn address(number: u32) -> String {
    format!("198.51.{}.{}", number / 250, 1 + number % 250)
}

fn held(lab: &Lab) -> Vec<SubmissionId> {
    lab.service.run(lab.function.store().held(&kreds("oestjylland"))).unwrap()
}

fn why(lab: &Lab, id: &SubmissionId) -> String {
    let overview = lab.service.run(lab.function.store().overview(id, lab.service.now())).unwrap().unwrap();
    overview.held.unwrap_or_default()
}

#[test]
fn the_sixth_request_with_one_phone_number_in_a_day_is_held() {
    let lab = braked();
    let form = traffic(&lab);
    let spelled = ["20123456", "+45 20 12 34 56", "0045 20123456", "20-12-34-56", "２０１２３４５６", "20 12 34 56"];
    let ids: Vec<SubmissionId> = (0..)
        .zip(spelled)
        .map(|(number, phone)| lab.send(&address(number), &another(&form, number).set("telefon", phone)).id())
        .collect();
    assert_eq!((held(&lab), why(&lab, &ids[5]).as_str()), (vec![ids[5].clone()], "phone"));
    let receipt = lab.get(&format!("/kvittering/{}", ids[5])).text();
    assert!(receipt.contains("Et menneske kigger"), "{receipt}");
    // Only that number is affected, and for a day.
    lab.send(&address(9), &another(&form, 9)).id();
    assert_eq!(held(&lab).len(), 1);
    lab.wait(SignedDuration::from_hours(24));
    lab.send(&address(10), &another(&form, 10).set("telefon", "20123456")).id();
    assert_eq!(held(&lab).len(), 1);
    // Equal answers are one request, even beyond the limit.
    assert_eq!(lab.send(&address(0), &another(&form, 10).set("telefon", "20123456")).status, 303);
    assert_eq!(held(&lab).len(), 1);
}

#[test]
fn over_forty_requests_a_day_from_one_address_or_56_bit_prefix_are_held() {
    let lab = braked();
    let form = traffic(&lab);
    for (network, own) in [("192.0.2.1", false), ("2001:db8:7:", true)] {
        let before = held(&lab).len();
        for number in 0..42 {
            // Spread over hours, to stay below the kreds's brake.
            lab.wait(SignedDuration::from_mins(10));
            let number = number + if own { 100 } else { 0 };
            let from = if own { format!("{network}{number:x}::1") } else { network.to_owned() };
            lab.send(&from, &another(&form, number)).id();
        }
        assert_eq!(held(&lab).len() - before, 2, "{network}");
        assert!(held(&lab).iter().all(|id| why(&lab, id) == "address"));
    }
}

#[test]
fn a_launch_week_passes_and_over_sixty_an_hour_to_one_kreds_are_held() {
    let lab = braked();
    let form = traffic(&lab);
    // 185 in a day and a half, most of them in its busiest hours.
    let hours = [35, 55, 40, 25, 15, 10, 5];
    let mut number = 0;
    for of_hour in hours {
        for _ in 0..of_hour {
            lab.send(&address(number), &another(&form, number)).id();
            number += 1;
        }
        lab.wait(SignedDuration::from_hours(1));
    }
    assert_eq!((number, held(&lab).len()), (185, 0));
    lab.wait(SignedDuration::from_hours(1));
    for _ in 0..62 {
        lab.send(&address(number), &another(&form, number)).id();
        number += 1;
    }
    // A new hour may begin meanwhile.
    let held = held(&lab);
    assert!(held.len() <= 2 && held.iter().all(|id| why(&lab, id) == "kreds"), "{}", held.len());
    assert!(held.len() == 2 || lab.service.now().as_second() % 3600 < 120, "{}", held.len());
    // Citizens of another kreds are not affected.
    let other = filled::traffic(lab.open("fyn", "bestil-en-faerdselskontrol")).set("postnr", "Odense");
    lab.send(&address(number), &another(&other, number)).id();
    assert!(lab.service.run(lab.function.store().held(&kreds("fyn"))).unwrap().is_empty());
}

#[test]
fn a_failing_count_lets_requests_through_and_loses_nothing() {
    let lab = braked();
    let form = traffic(&lab);
    let send = |number| lab.send(&address(number), &another(&form, number).set("telefon", "20123456")).id();
    (0..5).for_each(|number| drop(send(number)));
    lab.network.set(|operation, body| {
        let counts = body.contains("COUNT#") || body.contains("HOUR#");
        if counts && operation != "TransactWriteItems" { Fault::Unreachable } else { Fault::None }
    });
    (5..7).for_each(|number| drop(send(number)));
    // A request whose transaction fails, counts and all, gets no receipt.
    lab.network.set(|operation, body| match operation {
        "TransactWriteItems" if body.contains("COUNT#") => Fault::Refused("no".to_owned()),
        _ => Fault::None,
    });
    let answer = lab.send(&address(8), &another(&form, 8));
    assert_eq!(answer.status, 503);
    lab.network.mend();
    lab.sweep();
    assert_eq!(lab.post.mails().len(), 7);
}

#[test]
fn concurrent_requests_with_one_number_are_each_counted_and_received() {
    let lab = braked();
    let form = traffic(&lab);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let send = |number| lab.send(&address(number), &another(&form, number).set("telefon", "20123456")).status;
        let posts: Vec<_> = (0..12).map(|number| scope.spawn(move || send(number))).collect();
        posts.into_iter().map(|post| post.join().unwrap()).collect()
    });
    assert!(statuses.iter().all(|status| *status == 303), "{statuses:?}");
    lab.sweep();
    let (mailed, held) = (lab.post.mails().len(), held(&lab).len());
    assert_eq!(mailed + held, 12);
    assert!((5..=7).contains(&mailed), "{mailed}: one that met the others too often is let through");
}

#[test]
fn held_requests_are_counted_by_reason_and_kreds() {
    let lab = braked();
    let form = traffic(&lab);
    for number in 0..6 {
        lab.send(&address(number), &another(&form, number).set("telefon", "20123456")).id();
    }
    lab.send(&address(7), &another(&form, 7).set("hjemmeside", "x")).id();
    let lines: Vec<Value> = lab
        .metrics
        .lines()
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &Value| line["quarantined"] == 1)
        .collect();
    let reasons: Vec<&str> = lines.iter().filter_map(|line| line["reason"].as_str()).collect();
    assert_eq!(reasons, ["phone", "honeypot"]);
    for line in &lines {
        let sets = &line["_aws"]["CloudWatchMetrics"][0]["Dimensions"];
        assert_eq!(sets, &serde_json::json!([["environment"], ["environment", "kreds"], ["environment", "reason"]]));
    }
}
