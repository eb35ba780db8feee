//! Mails that an operator resends: a whole outage at once, and what a repeated mail says about itself.

use crate::journeys::filled::send_traffic;
use crate::journeys::operator_tool::{audit, day, json, operator, park_all, reference, send_call};
use crate::journeys::service::Service;
use jiff::SignedDuration;

#[test]
fn one_command_redelivers_a_whole_outage_after_a_dry_run_that_counts() {
    let service = Service::start();
    let older = reference(&send_traffic(&service.visitor(), "fyn", "0461"));
    let today = day(&service, 0);
    park_all(&service);
    service.wait(SignedDuration::from_hours(2));
    let since = service.now().to_string();
    let mine =
        [reference(&send_traffic(&service.visitor(), "oestjylland", "0751")), reference(&send_call(&service, "Vej"))];
    park_all(&service);
    let parked = ["redeliver", "--parked", "--since", &since];
    let run = |more: &[&str]| json(&service, &[&parked, more].concat());
    let dry = run(&["--dry-run"]);
    let mails = dry["mails"].as_array().unwrap();
    let has = |one: &str| mails.iter().any(|mail| mail["reference"] == one);
    assert!(mine.iter().all(|one| has(one)) && !has(&older), "{dry}");
    // Two mails to the police, a receipt, and the digests that failed, too.
    assert!(dry["count"].as_u64().unwrap() >= 3 && dry["dry_run"] == true, "{dry}");
    assert_eq!(mails.iter().filter(|mail| mail["for"] == "citizen").count(), 1, "{dry}");
    let first = operator(&service, &[&parked[..], &["--dry-run"]].concat()).out;
    assert!(first.starts_with(&format!("{} mails would be sent", dry["count"])), "the count comes first: {first}");
    assert!(audit(&service).is_empty() && service.sweep().sent == 0, "a dry run does nothing");
    assert_eq!(
        run(&["--kreds", "bornholm", "--dry-run"])["mails"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|mail| mail["for"] != "digest")
            .count(),
        0
    );

    assert_eq!(run(&[])["count"], dry["count"]);
    assert_eq!(audit(&service).len() as u64, dry["count"].as_u64().unwrap(), "each of them");
    assert_eq!(run(&[])["count"], 0, "owed once");
    assert_eq!((service.sweep().sent, service.sweep().sent), (3, 0));
    assert_eq!(json(&service, &["show", &older])["state"], "parked", "what was parked before stays");
    // A Danish day or time works as well.
    assert_eq!(json(&service, &["redeliver", "--parked", "--since", &today, "--dry-run"])["count"], 1);
    assert_eq!(
        operator(&service, &["redeliver", "--parked", "--since", &format!("{today}T05:30"), "--dry-run"]).code,
        0
    );
    for wrong in [
        &["redeliver", "--parked"][..],
        &["redeliver", "--since", &since],
        &["redeliver", "--parked", "--since", "i går"],
        &["redeliver", "--parked", "--since", &since, "--from", &today],
    ] {
        assert_eq!(operator(&service, wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn a_repeated_mail_says_so_in_its_subject_and_why_in_its_first_line() {
    let service = Service::start();
    let one = reference(&send_traffic(&service.visitor(), "oestjylland", "0751"));
    service.sweep();
    let subject = service.mails()[0].subject.clone();
    assert!(!subject.contains("sendt igen"));
    assert_eq!(json(&service, &["redeliver", &one, "--again"])["count"], 1);
    assert_eq!(service.sweep().sent, 1);
    let mails = service.mails();
    let again: Vec<_> = mails.iter().filter(|mail| mail.subject != subject).collect();
    assert_eq!((mails.len(), again.len()), (2, 1));
    assert_eq!(again[0].subject, format!("Sendt igen · {subject}"));
    let said = "OBS: Denne mail er sendt igen på anmodning af en operatør.";
    assert!(again[0].text.starts_with(said), "{}", again[0].text);
    assert!(
        again[0].html.contains(said) && again[0].text.contains("Det er ikke en ny bestilling."),
        "{}",
        again[0].html
    );

    // One that never went out is not a repeat.
    let parked = reference(&send_traffic(&service.visitor(), "fyn", "0461"));
    park_all(&service);
    assert_eq!(json(&service, &["redeliver", &parked])["count"], 1);
    assert_eq!(service.sweep().sent, 1);
    let fyn = service.mails().into_iter().find(|mail| mail.to == "faerdsel@fyn.politi.example").unwrap();
    assert!(!fyn.text.contains("sendt igen") && !fyn.subject.contains("igen"), "{}", fyn.text);
}

#[test]
fn a_repeated_digest_says_so() {
    let service = Service::start();
    let two = day(&service, 2);
    let digests = || {
        service.sweep();
        service.digests().into_iter().filter(|mail| mail.message_id.contains(&two)).collect::<Vec<_>>()
    };
    operator(&service, &["digest", "oestjylland", &two]);
    assert!(digests().iter().all(|mail| !mail.subject.contains("endt igen")));
    operator(&service, &["digest", "oestjylland", &two, "--again"]);
    let all = digests();
    let again: Vec<_> =
        all.iter().filter(|mail| mail.subject.starts_with("Sendt igen · Dagens bestillinger")).collect();
    assert_eq!((all.len(), again.len()), (4, 2));
    assert!(
        again[0].text.starts_with("OBS: Denne mail er sendt igen på anmodning af en operatør."),
        "{}",
        again[0].text
    );
}
