//! Every kommune and both forms: each request arrives at the kreds that the public list names.

use crate::journeys::filled::{call, open, traffic};
use crate::journeys::service::{Service, real_content};

#[test]
fn requests_from_all_kommuner_reach_their_kreds_by_both_forms() {
    let service = Service::start();
    let visitor = service.visitor();
    // Read independently of our own code: the content was made from this list.
    let list = std::fs::read_to_string(real_content().join("data/kommuner.csv")).unwrap();
    let kommuner: Vec<Vec<&str>> = list.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(kommuner.len(), 99, "98 kommuner and Christiansø");

    let forms = [
        traffic(open(&visitor, "oestjylland", "bestil-en-faerdselskontrol")),
        call(open(&visitor, "oestjylland", "bestil-en-betjent")),
    ];
    let mut expected = Vec::new();
    for kommune in &kommuner {
        for (form, mailbox) in forms.iter().zip(["faerdsel", "betjent"]) {
            let sent = form.clone().set("kommune", kommune[0]).press("trin", "send");
            assert_eq!(sent.status, 200, "{kommune:?}: {}", sent.text());
            expected.push((kommune[1].to_owned(), format!("{mailbox}@{}.politi.example", kommune[2])));
        }
    }
    // One run takes a handful for each kreds, so it takes a few.
    while service.sweep().sent > 0 {}
    let kommune_in = |text: &str| text.lines().find_map(|line| line.strip_prefix("Kommune: ").map(str::to_owned));
    let mails = service.mails().into_iter().filter(|mail| mail.to.ends_with(".politi.example"));
    let mut arrived: Vec<(String, String)> = mails.map(|mail| (kommune_in(&mail.text).unwrap(), mail.to)).collect();
    arrived.sort();
    expected.sort();
    assert!(arrived == expected, "{:?}", arrived.iter().zip(&expected).find(|(one, other)| one != other));
}
