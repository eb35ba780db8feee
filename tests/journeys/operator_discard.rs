//! Discarding held requests as spam: which, how many at a time, and what is left.

use crate::journeys::operator_tool::{audit, json, operator, reference, send_call, send_held};
use crate::journeys::service::Service;
use jiff::SignedDuration;
use model::deadline::denmark;
use std::collections::BTreeSet;

#[test]
fn held_requests_are_discarded_in_bulk_only_if_confirmed_and_audited() {
    let service = Service::start();
    let old: Vec<String> = (1..4).map(|n| reference(&send_held(&service, &format!("Vej {n}")))).collect();
    let normal = reference(&send_call(&service, "Vej 9"));
    service.wait(SignedDuration::from_hours(2));
    let young = reference(&send_held(&service, "Vej 5"));
    let hour_ago = (service.now() - SignedDuration::from_hours(1)).to_zoned(denmark());
    let before = hour_ago.strftime("%Y-%m-%dT%H:%M").to_string();
    let bulk = ["discard", "--all-held", "--before", &before, "--reason", "spam"];

    let dry = operator(&service, &bulk);
    assert!(dry.code == 0 && dry.out.contains("3 requests would be deleted. Nothing was done"), "{}", dry.out);
    assert!(old.iter().all(|one| dry.out.contains(one)) && !dry.out.contains(&young), "{}", dry.out);
    assert_eq!(json(&service, &["held"])["held"].as_array().unwrap().len(), 4);
    assert!(audit(&service).is_empty(), "nothing was done");

    // By reference; a request that is not held, or of another kreds, stays.
    let named = ["discard", "--reason", "duplicate", "--yes", &old[0], &normal];
    let named = json(&service, &named);
    assert_eq!((named["count"].as_u64(), named["requests"][1]["what"].as_str()), (Some(1), Some("is not held")));
    let elsewhere = json(&service, &["discard", "--kreds", "fyn", "--reason", "spam", "--yes", &old[1]]);
    assert_eq!((elsewhere["count"].as_u64(), elsewhere["requests"][0]["deleted"].as_bool()), (Some(0), Some(false)));
    let of_fyn = operator(&service, &[&bulk[..], &["--kreds", "fyn", "--yes"]].concat());
    assert!(of_fyn.out.contains("nothing to delete"), "{}", of_fyn.out);

    assert_eq!(json(&service, &[&bulk[..], &["--yes"]].concat())["count"], 2);
    assert_eq!(json(&service, &["held"])["held"][0]["reference"], young.as_str());
    let what = |what: &str| {
        audit(&service).into_iter().filter(|line| line.0 == what).map(|(_, about)| about).collect::<BTreeSet<_>>()
    };
    let expected = |references: &[String]| references.iter().cloned().collect::<BTreeSet<_>>();
    assert_eq!(what("discarded as duplicate"), expected(&old[..1]));
    assert_eq!(what("discarded as spam"), expected(&old[1..]));
    assert_eq!(audit(&service).len(), 3, "one line each");
    for gone in &old {
        assert_eq!(operator(&service, &["show", gone]).code, 4);
    }
    assert_eq!(service.sweep().sent, 2, "the other citizen's request is as it was");
    let wrong: [&[&str]; 5] = [
        &["discard", "--reason", "spam"],
        &["discard", "--all-held", "--reason", "spam"],
        &["discard", "--before", &before, "--reason", "spam", &young],
        &["discard", &young],
        &["discard", "--reason", "Åse", &young],
    ];
    for wrong in wrong {
        assert_eq!(operator_code(&service, wrong), 2, "{wrong:?}");
    }
}

/// Returns the exit code, without checking the answer, which may repeat personal arguments.
fn operator_code(service: &Service, arguments: &[&str]) -> i32 {
    crate::journeys::operator_tool::with_answers(service, arguments).code
}
