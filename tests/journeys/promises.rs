//! Promised calls: the kreds is reminded, its leader notified and the citizen asked, once each, but not after a call.

mod before;
mod question;
mod settings;

use crate::journeys::filled;
use crate::journeys::lab::{Answer, Lab};
use crate::journeys::mailbox::{Mail, notice};
use crate::journeys::operator_tool::operator;
use crate::journeys::post_office::{Posted, for_now};
use crate::journeys::visitor::Page;
use function::alarm::Alarm;
use function::outbox::Sweep;
use function::store::digests::due;
use jiff::{SignedDuration, Timestamp};
use model::deadline::danish_day;
use model::notice::Timetable;
use model::submission::Receipt;

const MAILBOX: &str = "betjent@oestjylland.politi.example";
const LEADER: &str = "leder@oestjylland.politi.example";
const CITIZEN: &str = "aase@eksempel.example";

/// Sends and mails a request for a call about which nothing is noted.
pub(crate) fn requested(lab: &Lab, street: &str) -> Receipt {
    let form = filled::call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus");
    let id = lab.send("192.0.2.1", &form.set("vej", street)).id();
    lab.sweep();
    lab.service.run(lab.function.store().receipt(&id, lab.service.now())).unwrap().unwrap()
}

pub(crate) fn times(receipt: &Receipt) -> Timetable {
    Timetable::new(receipt.received, receipt.promise.due())
}

/// Waits until two seconds after a moment, without that time's digests, and runs the schedule twice: it plans, then
/// sends.
pub(crate) fn until(lab: &Lab, moment: Timestamp) -> Sweep {
    let wait = moment.duration_since(lab.service.now()).as_secs() + 2;
    lab.wait_without_digests(SignedDuration::from_secs(wait.max(0)));
    lab.sweep();
    minute(lab)
}

pub(crate) fn minute(lab: &Lab) -> Sweep {
    lab.wait(SignedDuration::from_mins(1));
    lab.sweep()
}

/// Returns the notices that went out, by kind and mailbox.
pub(crate) fn notices(lab: &Lab) -> Vec<(String, String)> {
    let kind = |mail: &Posted| Some((notice(&mail.name)?.as_str().to_owned(), mail.to.clone()));
    lab.post.all().iter().filter_map(kind).collect()
}

pub(crate) fn last_notice(lab: &Lab) -> Mail {
    lab.post.all().iter().rfind(|mail| notice(&mail.name).is_some()).unwrap().mail()
}

/// Returns tomorrow's digest to the mailbox: today's may have been skipped.
pub(crate) fn digest(lab: &Lab) -> Mail {
    lab.wait(SignedDuration::from_hours(24));
    lab.sweep();
    let day = danish_day(lab.service.now());
    lab.wait(due(day).duration_since(lab.service.now()) + SignedDuration::from_secs(2));
    lab.sweep();
    let name = format!("dagens.oestjylland.{day}.bestil-en-betjent");
    lab.post.digests().iter().find(|mail| mail.name == name).unwrap().mail()
}

fn expected(notices: &[(&str, &str)]) -> Vec<(String, String)> {
    notices.iter().map(|(kind, to)| ((*kind).to_owned(), (*to).to_owned())).collect()
}

/// Returns the path of the first link in a mail that contains this part.
pub(crate) fn link(mail: &Mail, part: &str) -> String {
    let line = mail.text.lines().find(|line| line.starts_with("http") && line.contains(part));
    let line = line.unwrap_or_else(|| panic!("no link to {part} in\n{}", mail.text));
    line[line.find(part).unwrap()..].to_owned()
}

/// Makes a choice on an officer's page.
pub(crate) fn note(lab: &Lab, path: &str, values: &[(&str, &str)]) {
    let answer = chosen(lab, path, values);
    assert_eq!(answer.status, 303, "{}", answer.text());
}

/// Makes a choice on an officer's page, and returns the answer.
pub(crate) fn chosen(lab: &Lab, path: &str, values: &[(&str, &str)]) -> Answer {
    let page = lab.get(path);
    let form = Page::kept(&lab.service.visitor(), path, page.html).form_at("#valg");
    let form = values.iter().fold(form, |form, (name, value)| form.set(name, value));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
    lab.ask(crate::journeys::lab::request("POST", path, "192.0.2.1", body))
}

/// Returns the last value of the metric for all, and the kredse that were measured with it.
fn overdue(lab: &Lab) -> (u64, Vec<String>) {
    let lines = lab.metrics.lines();
    let values = lines.iter().rev().filter_map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        Some((line["overdue"].as_u64()?, line["kreds"].as_str().map(str::to_owned)))
    });
    let mut kredse = Vec::new();
    for (value, kreds) in values {
        match kreds {
            Some(kreds) => kredse.push(kreds),
            None => return (value, kredse),
        }
    }
    panic!("no run has measured");
}

#[test]
fn a_failing_reminder_is_listed_as_owed() {
    let lab = Lab::start();
    let receipt = requested(&lab, "Parken");
    lab.post.set(|_| for_now());
    until(&lab, times(&receipt).reminder);
    assert_eq!(notices(&lab), []);
    let owed = operator(&lab.service, &["owed"]).out;
    let is_it = |line: &str| line.contains(receipt.reference.as_str()) && line.contains("reminder");
    assert!(owed.lines().any(is_it), "{owed}");
}

#[test]
fn kreds_leader_and_citizen_are_each_notified_once_of_an_unnoted_call() {
    let lab = Lab::start();
    let receipt = requested(&lab, "Parken");
    let times = times(&receipt);
    let reminder = times.reminder;
    until(&lab, reminder.saturating_sub(SignedDuration::from_mins(10)).unwrap());
    assert_eq!(notices(&lab), []);

    until(&lab, reminder);
    let mut all = vec![("rykker", MAILBOX)];
    assert_eq!(notices(&lab), expected(&all));
    let mail = last_notice(&lab);
    assert!(mail.subject.starts_with("Husk at ringe · Østjyllands Politi · "), "{}", mail.subject);
    for personal in ["Åse", "31 22", "Parken"] {
        assert!(!mail.text.contains(personal) && !mail.html.contains(personal), "{personal}");
    }
    let page = lab.get(&link(&mail, "/sag/"));
    assert!(page.text().contains("Ring 31 22 33 44"), "{}", page.text());

    assert_eq!(overdue(&lab), (0, vec![]));
    let swept = until(&lab, times.leader);
    all.push(("overskredet", LEADER));
    assert_eq!(notices(&lab), expected(&all));
    let mail = last_notice(&lab);
    for said in ["FRISTEN ER OVERSKREDET", receipt.reference.as_str(), "det eneste opkald"] {
        assert!(mail.text.contains(said), "{said}:\n{}", mail.text);
    }
    let leaders = link(&mail, "/sag/");
    assert_eq!(lab.get(&leaders).status, 200);
    assert_eq!(swept.alarms, [(Alarm::Overdue, receipt.kreds.clone())]);
    assert_eq!(overdue(&lab), (1, vec!["oestjylland".to_owned()]));

    until(&lab, times.question);
    all.push(("spoergsmaal", CITIZEN));
    assert_eq!(notices(&lab), expected(&all));
    let mail = last_notice(&lab);
    assert!(mail.subject.starts_with("Blev du ringet op?"), "{}", mail.subject);
    assert_eq!(link(&mail, "/kvittering/"), format!("/kvittering/{}/blev-du-ringet-op", receipt.id));

    let said = operator(&lab.service, &["overdue"]);
    assert!(said.code == 3 && said.out.contains(receipt.reference.as_str()), "{}", said.out);

    // Nobody is notified again, however long it lasts.
    for _ in 0..4 {
        lab.wait_without_digests(SignedDuration::from_hours(31));
        lab.sweep();
        minute(&lab);
    }
    assert_eq!(notices(&lab), expected(&all));

    // Once the leader has called, it is over, and the audit names the link.
    note(&lab, &leaders, &[("valg", "ringet")]);
    lab.wait(SignedDuration::from_mins(11));
    lab.sweep();
    assert_eq!(minute(&lab).alarms, []);
    assert_eq!(operator(&lab.service, &["overdue"]).out.trim(), "No call is overdue.");
    assert_eq!(overdue(&lab), (0, vec![]));
    let month = danish_day(lab.service.now()).strftime("%Y-%m").to_string();
    let audit = lab.service.run(lab.function.store().audit_of(&month)).unwrap();
    assert!(audit.iter().any(|line| line.what == "called" && line.by == "link leder oestjylland"), "by the leader");
}

#[test]
fn no_reminder_after_a_call_a_closing_or_a_plan() {
    let lab = Lab::start();
    for (street, values) in [
        ("Første vej", &[("valg", "ringet")][..]),
        ("Anden vej", &[("valg", "afslut"), ("grund", "givet-raad")]),
        ("Tredje vej", &[("valg", "planlagt")]),
    ] {
        let receipt = requested(&lab, street);
        let mail = lab.post.mails().into_iter().find(|mail| mail.name == format!("{}.kreds", receipt.reference));
        note(&lab, &link(&mail.unwrap().mail(), "/sag/"), values);
        let times = times(&receipt);
        for moment in [times.reminder, times.leader, times.question] {
            assert_eq!(until(&lab, moment).alarms, [], "{street}");
        }
    }
    assert_eq!(notices(&lab), []);
}

#[test]
fn a_forwarded_request_keeps_its_deadline_and_reminds_the_other_kreds() {
    let lab = Lab::start();
    let receipt = requested(&lab, "Parken");
    let times = times(&receipt);
    let mail = lab.post.mails().into_iter().find(|mail| mail.to == MAILBOX).unwrap().mail();
    note(&lab, &link(&mail, "/sag/"), &[("valg", "videre"), ("til", "fyn")]);
    lab.wait(SignedDuration::from_mins(11));
    lab.sweep();
    assert!(lab.post.mails().iter().any(|mail| mail.to == "betjent@fyn.politi.example"));
    for moment in [times.reminder, times.leader, times.question] {
        until(&lab, moment.saturating_add(SignedDuration::from_hours(1)).unwrap());
    }
    let to_fyn = [
        ("videre-rykker", "betjent@fyn.politi.example"),
        ("videre-overskredet", "leder@fyn.politi.example"),
        ("spoergsmaal", CITIZEN),
    ];
    assert_eq!(notices(&lab), expected(&to_fyn));
    assert_eq!(overdue(&lab), (1, vec!["fyn".to_owned()]));
    let page = lab.get(&link(&lab.post.all().iter().find(|mail| mail.to == to_fyn[1].1).unwrap().mail(), "/sag/"));
    assert!(page.text().contains("Ring 31 22 33 44"), "{}", page.text());
}

#[test]
fn the_digest_begins_with_owed_calls_and_ends_with_closed_requests() {
    let lab = Lab::start();
    let first = requested(&lab, "Første vej");
    lab.wait(SignedDuration::from_mins(2));
    let second = requested(&lab, "Anden vej");
    let third = requested(&lab, "Tredje vej");
    let sent = |receipt: &Receipt| {
        let name = format!("{}.kreds", receipt.reference);
        link(&lab.post.mails().iter().find(|mail| mail.name == name).unwrap().mail(), "/sag/")
    };
    note(&lab, &sent(&second), &[("valg", "videre"), ("til", "fyn")]);
    note(&lab, &sent(&third), &[("valg", "afslut"), ("grund", "givet-raad")]);
    let fourth = requested(&lab, "Fjerde vej");
    note(&lab, &sent(&fourth), &[("valg", "ikke-truffet")]);
    let day = danish_day(lab.service.now().saturating_add(SignedDuration::from_mins(11)).unwrap());
    lab.wait(due(day).duration_since(lab.service.now()) + SignedDuration::from_secs(2));
    lab.sweep();
    let digests = lab.post.digests();
    let of = |to: &str| {
        let mut theirs = digests.iter().filter(|mail| mail.to == to && mail.name.contains(&day.to_string()));
        theirs.next().unwrap_or_else(|| panic!("no digest of {day} to {to}")).mail()
    };
    let ours = of(MAILBOX);
    let place = |what: &str| ours.text.find(what).unwrap_or_else(|| panic!("{what} is not in\n{}", ours.text));
    assert!(ours.text.contains("I mangler at ringe til 2 borgere. De ældste står først."), "{}", ours.text);
    assert!(place(first.reference.as_str()) < place(fourth.reference.as_str()), "{}", ours.text);
    assert!(place("ringet forgæves 1 gang") < place("Afsluttet eller sendt videre den dag:"));
    assert!(ours.text.contains(&format!("{} · Afsluttet: Borgeren har fået råd", third.reference)), "{}", ours.text);
    assert!(ours.text.contains(&format!("{} · Sendt videre til Fyns Politi", second.reference)), "{}", ours.text);
    assert_eq!(lab.get(&link(&ours, "/sag/")).status, 200);
    let theirs = of("betjent@fyn.politi.example");
    assert!(theirs.text.contains("I mangler at ringe til 1 borger."), "{}", theirs.text);
    assert!(lab.get(&link(&theirs, "/sag/")).text().contains("Ring 31 22 33 44"));
    // The mailbox of the other form owes no calls.
    assert!(!of("faerdsel@oestjylland.politi.example").text.contains("I mangler"));
}
