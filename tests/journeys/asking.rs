//! Where a postcode is not enough, the form asks for the kommune.

use crate::journeys::filled::{open, traffic};
use crate::journeys::service::{Service, real_content};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_postcode_alone_is_either_one_kommune_or_asked_about() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("kommune", "");
    let list = std::fs::read_to_string(real_content().join("data/postnumre.csv")).unwrap();
    let (mut asked, mut taken) = (0, 0);
    // The streets of København are alike: every tenth is enough. All of the rest is tried.
    let rows = list.lines().skip(1).enumerate().filter(|(n, line)| !line.starts_with('1') || n % 10 == 0);
    for (_, line) in rows {
        let (code, rest) = line.split_once(',').unwrap();
        let kommuner = rest.rsplit_once(',').unwrap().1.split(' ').count();
        let answer = form.clone().set("postnr", code).submit();
        if kommuner == 1 {
            assert_eq!(answer.status, 200, "{line}: {}", answer.text());
            taken += 1;
        } else {
            assert_eq!(answer.status, 422, "{line}");
            let error = answer.text_at("#kommune-error");
            assert!(error.contains(code), "{line}: {error}");
            assert!(answer.has(".alert-error a[href='#kommune']"), "{line}");
            asked += 1;
        }
    }
    assert_eq!(asked, 245, "as many as the source has");
    assert!(taken > 300);
}

#[test]
fn the_kommune_decides_where_a_postcode_lies_in_several_kredse() {
    let service = Service::start();
    let kreds_of: BTreeMap<String, String> = std::fs::read_to_string(real_content().join("data/kommuner.csv"))
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>())
        .map(|row| (row[0].to_owned(), row[2].to_owned()))
        .collect();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "8472");
    let list = std::fs::read_to_string(real_content().join("data/postnumre.csv")).unwrap();
    let row = list.lines().find(|line| line.starts_with("8472,")).unwrap();
    let kommuner: Vec<&str> = row.rsplit_once(',').unwrap().1.split(' ').collect();
    let kredse: BTreeSet<&String> = kommuner.iter().map(|kommune| &kreds_of[*kommune]).collect();
    assert_eq!(kredse.len(), 3);
    for kommune in kommuner {
        let summary = form.clone().set("kommune", kommune).submit();
        assert_eq!(summary.status, 200, "{}", summary.text());
        summary.form().press("trin", "send");
    }
    service.sweep();
    let to: BTreeSet<String> = service.mails().into_iter().map(|mail| mail.to).collect();
    let expected: BTreeSet<String> = kredse.iter().map(|kreds| format!("faerdsel@{kreds}.politi.example")).collect();
    assert_eq!(to, expected);
}

#[test]
fn a_postcode_in_another_kreds_than_the_kommune_is_asked_about_and_not_decided() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol"));
    let answer = form.set("kommune", "0751").set("postnr", "5000").submit();
    assert_eq!(answer.status, 422);
    let error = answer.text_at("#postnr-error");
    assert!(error.contains("5000 Odense C") && error.contains("Aarhus"), "{error}");
    assert_eq!(answer.form().value("postnr"), Some("5000"));
    assert_eq!(answer.form().value("kommune"), Some("0751"));
}
