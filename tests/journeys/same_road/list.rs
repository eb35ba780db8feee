//! The most requested roads of a kreds, in Monday's digest.

use super::*;
use function::store::digests::due;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use model::deadline::danish_day;

/// Returns the next Sunday after today.
fn sunday(lab: &Lab) -> Date {
    danish_day(lab.service.now()).nth_weekday(1, Weekday::Sunday).unwrap()
}

/// Returns the digests of a day, each with its mailbox and text.
fn digests(lab: &Lab, day: Date) -> Vec<(String, String)> {
    let until = |day: Date| due(day).duration_since(lab.service.now()).max(SignedDuration::ZERO);
    // The digests of the days before would take minutes.
    lab.wait_without_digests(until(day.saturating_sub(2.days())));
    lab.wait(until(day.yesterday().unwrap()));
    lab.sweep();
    lab.wait(until(day) + SignedDuration::from_secs(1));
    while lab.sweep().digests > 0 {}
    let of_day = |name: &str| name.contains(&format!(".{day}."));
    let digests = lab.post.digests().into_iter().filter(|mail| of_day(&mail.name));
    digests.map(|mail| (mail.to.clone(), mail.mail().text)).collect()
}

/// Extracts the list from a digest.
fn list(text: &str) -> Option<&str> {
    Some(text.split_once("Her har flest")?.1.split_once("\n\n")?.0)
}

#[test]
fn mondays_digest_lists_the_most_requested_roads_to_their_own_mailbox() {
    let lab = Lab::start();
    let ask = |road: &str, kommune: &str, name: &str| send(&lab, &form(&lab, road, kommune).set("navn", name)).1;
    let [viborg, other] = ["Anna", "Bo"].map(|name| ask("Viborgvej", FAVRSKOV, name));
    ask("Viborgvej", AARHUS, "Carl");
    ask("Skovvej", AARHUS, "Dan");
    let [one, two] = ["Else", "Finn"].map(|name| ask("Frederikssundsvej", AARHUS, name));
    let three = ask("Fredrikssundsvej 12, 1. th", AARHUS, "Gerda");
    lab.sweep();
    let day = sunday(&lab);
    let digests_of_day = digests(&lab, day);
    assert_eq!(digests_of_day.len(), 24);
    for (to, text) in &digests_of_day {
        assert_eq!(list(text).is_some(), to == "faerdsel@oestjylland.politi.example", "{to}: {text}");
    }
    let (_, text) = digests_of_day.iter().find(|(_, text)| list(text).is_some()).unwrap();
    let times = "\n    mest mandag kl. 6-9 og fredag kl. 6-9";
    let expected = format!(
        "\n3 ønsker: Frederikssundsvej, Aarhus{times}\n    {three}, {two}, {one}\n2 ønsker: Viborgvej, Favrskov{times}\n    \
         {other}, {viborg}"
    );
    assert!(list(text).unwrap().ends_with(&expected), "{text}");
    for others in ["Anna", "Gerda", "1. th", "20 12 34 56", "Skovvej", "stærkt"] {
        assert!(!text.contains(others), "{others}: {text}");
    }
    // Tuesday's has no list, nor has a later Monday's once the answers that name the roads are deleted.
    assert!(digests(&lab, day.tomorrow().unwrap()).iter().all(|(_, text)| list(text).is_none()));
    let later = digests(&lab, day.saturating_add(11.weeks()));
    assert_eq!(later.len(), 24);
    assert!(later.iter().all(|(_, text)| list(text).is_none()));
}

#[test]
fn mondays_digest_goes_out_even_if_its_list_fails() {
    let lab = Lab::start();
    for name in ["Anna", "Bo"] {
        send(&lab, &form(&lab, "Grenåvej", AARHUS).set("navn", name));
    }
    lab.sweep();
    lab.network.set(|operation, body| match operation {
        "Query" if body.contains("ROADS#") => Fault::Refused("no".to_owned()),
        _ => Fault::None,
    });
    let digests = digests(&lab, sunday(&lab));
    assert_eq!(digests.len(), 24);
    assert!(digests.iter().all(|(_, text)| list(text).is_none()));
}
