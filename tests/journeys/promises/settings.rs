//! Settings of a kreds: 72 hours instead of days, and a mailbox for its leader.

use super::*;
use crate::journeys::service::{Service, copied_content};

fn with(change: impl Fn(String) -> String) -> Lab {
    let content = copied_content();
    let file = content.path().join("kredse/oestjylland/kreds.md");
    let changed = change(std::fs::read_to_string(&file).unwrap());
    std::fs::write(&file, changed).unwrap();
    Lab::with(Service::start_with(content.path()), |_| {})
}

#[test]
fn a_promise_of_72_hours_is_the_same_on_pages_and_in_mails_and_reminders() {
    let lab = with(|text| text.replace("  ring: 7", "  timer: 72"));
    let page = lab.service.visitor().open("/oestjylland/");
    assert!(page.text().contains("En betjent ringer til dig inden 72 timer."), "{}", page.text());
    assert!(!page.text().contains("Er den sidste dag en lørdag"), "{}", page.text());
    let receipt = requested(&lab, "Parken");
    let due = receipt.promise.due();
    let late = lab.service.now().saturating_add(SignedDuration::from_hours(72)).unwrap().duration_since(due);
    assert!(late.as_secs() < 120 && due.as_second() % 60 == 0, "{due}");
    let local = due.to_zoned(model::deadline::denmark());
    let clock = format!("kl. {}.{:02}", local.hour(), local.minute());
    let shown = lab.get(&format!("/kvittering/{}", receipt.id)).text();
    assert_eq!(shown.matches(&clock).count() - usize::from(shown.contains(&format!("Modtaget {clock}"))), 3, "{shown}");
    for mail in lab.post.mails() {
        assert!(mail.mail().text.contains(&clock), "{}", mail.mail().text);
    }
    let times = times(&receipt);
    if times.reminder < due {
        until(&lab, times.reminder);
        assert!(last_notice(&lab).text.contains(&clock), "{}", last_notice(&lab).text);
    }
    let before = notices(&lab).len();
    until(&lab, due.saturating_sub(SignedDuration::from_mins(3)).unwrap());
    assert_eq!(notices(&lab).len(), before, "not a minute before");
    until(&lab, times.leader);
    // Over holidays, the reminder comes with it.
    assert!(notices(&lab)[before..].contains(&expected(&[("overskredet", LEADER)])[0]), "{:?}", notices(&lab));
}

#[test]
fn without_a_leader_mailbox_the_kreds_mailbox_is_notified() {
    let lab =
        with(|text| text.lines().filter(|line| !line.starts_with("lederpostkasse")).collect::<Vec<_>>().join("\n"));
    let receipt = requested(&lab, "Parken");
    until(&lab, times(&receipt).leader);
    assert_eq!(notices(&lab), expected(&[("overskredet", MAILBOX), ("rykker", MAILBOX)]));
}

#[test]
fn a_refused_reminder_is_left_to_a_human_and_sent_on_redelivery() {
    use crate::journeys::post_office::for_good;
    use function::mailer::Handover;
    let lab = Lab::start();
    let receipt = requested(&lab, "Parken");
    lab.post.set(|mail| if mail.to == LEADER { for_good() } else { Ok(Handover::Final) });
    let swept = until(&lab, times(&receipt).leader);
    assert!(swept.alarms.contains(&(Alarm::Bounced, receipt.kreds.clone())), "{swept:?}");
    assert!(minute(&lab).alarms.contains(&(Alarm::Parked, receipt.kreds.clone())));
    let owed = operator(&lab.service, &["owed"]).out;
    assert!(owed.contains("reminder") && owed.contains(receipt.reference.as_str()), "{owed}");
    lab.post.set(|_| Ok(Handover::Final));
    let since = receipt.received.to_zoned(model::deadline::denmark()).strftime("%Y-%m-%dT%H:%M").to_string();
    let sent = operator(&lab.service, &["redeliver", "--parked", "--since", &since]);
    assert_eq!(sent.code, 0, "{}{}", sent.out, sent.err);
    minute(&lab);
    assert_eq!(notices(&lab).last(), expected(&[("overskredet", LEADER)]).last());
}
