//! The service's probe: a request to itself that goes all the way to the sink and never counts as a citizen's.

use crate::journeys::front::{Behind, Front};
use crate::journeys::lab::{Answer, Lab, kreds, request};
use crate::journeys::service::Service;
use crate::journeys::{dump, filled};
use crate::shared::sns::{Report, Topic};
use function::mailer::Handover;
use function::probe::{EVERY, Probed};
use function::settings::{Probing, Settings};
use function::store::{MailName, Recipient, digests};
use jiff::SignedDuration;
use model::deadline::danish_day;
use model::email::EmailAddress;
use model::names::SubmissionId;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

const SINK: &str = "sink@bestil-en-betjent.example";
pub(crate) const ASKED: &str = r#"{"task":"probe"}"#;

/// A lab that sends probes to itself through a server, and gets delivery notifications.
pub(crate) struct Chain {
    pub(crate) lab: Lab,
    pub(crate) topic: Topic,
    bodies: Arc<Mutex<Vec<String>>>,
}

pub(crate) fn probing(site: &str) -> impl Fn(&mut Settings) + use<> {
    let (site, sink) = (site.to_owned(), EmailAddress::parse(SINK).unwrap());
    move |settings| {
        settings.probing = Some(Probing { site: site.clone(), sink: sink.clone() });
        settings.extra_origins = vec![site.clone()];
        // One request per address; probes do not count.
        settings.limit = Some(1);
    }
}

pub(crate) fn start_with(service: Service) -> Chain {
    let (topic, front) = (Topic::start(), Front::bind());
    let change = probing(&front.address());
    let lab = Lab::with(service, |settings| {
        change(settings);
        settings.events = topic.settings();
    });
    lab.post.set(|_| Ok(Handover::AwaitingReport));
    let bodies = front.serve(Behind::Function(Box::new(lab.beside(change))));
    Chain { lab, topic, bodies }
}

pub(crate) fn start() -> Chain {
    start_with(Service::start())
}

pub(crate) fn probe(lab: &Lab) -> Probed {
    lab.service.run(lab.function.probe())
}

/// Returns the id of the request that a mail is about.
fn id_of(lab: &Lab, name: &str) -> SubmissionId {
    let Some(MailName::Submission(reference, _)) = MailName::parse(name) else { panic!("{name}") };
    lab.service.run(lab.function.store().by_reference(&reference)).unwrap().unwrap()
}

/// Returns the metrics except those that every run measures.
pub(crate) fn measured(lab: &Lab) -> Vec<Value> {
    let lines = lab.metrics.lines();
    let lines = lines.iter().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line.get("owed").is_none() && line.get("parked").is_none()).collect()
}

#[test]
fn a_probe_reaches_the_sink_and_is_measured_once_its_mail_has_arrived() {
    let Chain { lab, topic, .. } = start();
    lab.notify(ASKED).unwrap();
    assert_eq!(lab.sweep().sent, 1);
    let mails = lab.post.mails();
    assert_eq!((mails.len(), mails[0].to.as_str(), mails[0].mail().to.as_str()), (1, SINK, SINK));
    let (name, mail) = (&mails[0].name, mails[0].mail());
    assert!(name.ends_with(".afproevning") && mail.text.contains("Automatisk afprøvning"), "{name} {}", mail.text);
    assert!(measured(&lab).is_empty(), "it is not received, and nobody knows yet whether it arrived");
    let arrived = lab.service.now() + SignedDuration::from_secs(42);
    for _ in 0..2 {
        lab.notify(&topic.event(name, Report::Delivered, arrived)).unwrap();
    }
    let lines = measured(&lab);
    assert_eq!(lines.len(), 1, "{lines:?}");
    let seconds = lines[0]["probe-delivered"].as_u64().unwrap();
    assert!((42..50).contains(&seconds), "{seconds}");
    lab.wait(SignedDuration::from_mins(1));
    assert_eq!((lab.sweep().sent, lab.post.mails().len()), (0, 1));
}

#[test]
fn without_reports_a_probe_is_measured_when_handed_over() {
    let Chain { lab, .. } = start();
    lab.post.set(|_| Ok(Handover::Final));
    assert_eq!(probe(&lab), Probed::Received);
    lab.wait(SignedDuration::from_secs(30));
    lab.sweep();
    let lines = measured(&lab);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!((30..40).contains(&lines[0]["probe-delivered"].as_u64().unwrap()), "{lines:?}");
}

#[test]
fn every_form_of_every_kreds_is_probed_within_six_hours() {
    let Chain { lab, .. } = start();
    // Start at the beginning of a turn, so that the seconds of this test skip none.
    lab.wait(EVERY - SignedDuration::from_secs(lab.service.now().as_second() % EVERY.as_secs()));
    for _ in 0..24 {
        assert_eq!(probe(&lab), Probed::Received);
        lab.wait(EVERY);
        lab.sweep();
    }
    let mails = lab.post.mails();
    let receipt = |name: &str| {
        let receipt = lab.service.run(lab.function.store().receipt(&id_of(&lab, name), lab.service.now()));
        let receipt = receipt.unwrap().unwrap();
        (receipt.kreds, receipt.form)
    };
    let turns: BTreeSet<_> = mails.iter().map(|mail| receipt(&mail.name)).collect();
    assert_eq!((mails.len(), turns.len()), (24, 24));
    assert!(mails.iter().all(|mail| mail.to == SINK));
}

#[test]
fn a_probe_is_not_counted_takes_no_number_and_is_deleted_after_a_day() {
    let Chain { lab, topic, .. } = start();
    let catalog = lab.service.run(lab.function.catalog()).unwrap();
    for _ in 0..24 {
        assert_eq!(probe(&lab), Probed::Received, "no limit counts them");
        lab.wait(EVERY);
        lab.sweep();
    }
    let names: Vec<String> = lab.post.mails().into_iter().map(|mail| mail.name).collect();
    let ids: Vec<SubmissionId> = names.iter().map(|name| id_of(&lab, name)).collect();
    for name in &names {
        lab.notify(&topic.event(name, Report::Delivered, lab.service.now())).unwrap();
    }
    let form = filled::call(lab.open("oestjylland", "bestil-en-betjent")).set("postnr", "Aarhus").set("email", "");
    // From the same address as the probes.
    assert_eq!(lab.send("192.0.2.77", &form).status, 303);
    lab.sweep();
    let own = lab.post.mails().into_iter().rfind(|mail| mail.name.ends_with(".kreds")).unwrap();
    let state = lab.service.run(lab.function.store().serial_of(&id_of(&lab, &own.name), Recipient::Kreds)).unwrap();
    assert_eq!(state.map(|serial| serial.number), Some(1), "the first of the year");
    for kreds in catalog.atlas().kredse() {
        if let Some(phone) = &kreds.phone {
            assert!(lab.service.run(lab.function.by_phone(phone)).unwrap().is_empty(), "{}", kreds.slug);
        }
    }
    let [items, keys] = dump::tables(&lab);
    let names_an_id =
        |items: &[dump::Item]| ids.iter().filter(|id| !dump::that_name(items, &[id.as_str()]).is_empty()).count();
    assert_eq!((names_an_id(&items), names_an_id(&keys)), (24, 24));
    let leads: BTreeSet<&str> = items.iter().map(|item| dump::text(item, "pk").split('#').next().unwrap()).collect();
    assert!(leads.contains("PHONE") && leads.contains("DAY"));
    for item in items.iter().filter(|item| {
        ["PHONE", "DAY", "SERIAL", "LIMIT", "COUNT", "HOUR"].iter().any(|kind| dump::text(item, "pk").starts_with(kind))
    }) {
        assert!(ids.iter().all(|id| dump::text(item, "sk") != id.as_str()), "{}", dump::text(item, "pk"));
    }

    let now = lab.function.now();
    lab.wait(digests::due(danish_day(now)).duration_since(now) + SignedDuration::from_mins(5));
    while lab.sweep().digests > 0 {}
    let references: Vec<&str> = names.iter().map(|name| name.split('.').next().unwrap()).collect();
    let digests = lab.post.digests();
    assert!(digests.len() >= 24);
    for digest in digests {
        let text = digest.mail().text;
        assert!(references.iter().all(|reference| !text.contains(reference)), "{text}");
    }

    // A day later they are gone, without an audit line: the audit is about people.
    lab.wait(SignedDuration::from_hours(25));
    for _ in 0..3 {
        lab.sweep();
    }
    let [mut items, keys] = dump::tables(&lab);
    // SAME# items have expired at the same time; the database removes them by itself.
    items.retain(|item| !dump::text(item, "pk").starts_with("SAME#"));
    assert_eq!((names_an_id(&items), names_an_id(&keys)), (0, 0));
    assert!(dump::that_name(&items, &references).is_empty());
    let counted = |name: &str| measured(&lab).iter().filter(|line| line.get(name).is_some()).count();
    assert_eq!((counted("received"), counted("probe-delivered")), (1, 24));
}

#[test]
fn forged_old_and_misplaced_probe_marks_are_held_for_a_human() {
    let Chain { lab, bodies, .. } = start();
    assert_eq!(probe(&lab), Probed::Received);
    let sent = bodies.lock().unwrap()[0].clone();
    let pairs: Vec<(String, String)> = form_urlencoded::parse(sent.as_bytes()).into_owned().collect();
    let value = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).unwrap().1.clone();
    let post =
        |form: &str, body: &str| lab.ask(request("POST", &format!("/indsend/{form}"), "192.0.2.9", body.to_owned()));
    let forms = ["bestil-en-betjent", "bestil-en-faerdselskontrol"];
    let own = forms.iter().find(|form| post(form, &sent).status == 303).unwrap();
    let own_mails = || lab.post.mails().len();
    lab.sweep();
    assert_eq!(own_mails(), 1, "the same once more is the same one");

    let held = || lab.service.run(lab.function.store().held(&kreds(&value("kreds")))).unwrap().len();
    let changed = |mark: &str, name: &str| {
        let pairs = pairs.iter().map(|(field, text)| match field.as_str() {
            "afproevning" => ("afproevning".to_owned(), mark.to_owned()),
            "navn" => ("navn".to_owned(), name.to_owned()),
            _ => (field.clone(), text.clone()),
        });
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    };
    let good = value("afproevning");
    let (at, hash) = good.split_once('.').unwrap();
    let later = format!("{}.{hash}", at.parse::<i64>().unwrap() + 1);
    let mut number = 0;
    for mark in ["x", &later, &format!("{at}.{}", "0".repeat(64)), hash] {
        number += 1;
        lab.wait(SignedDuration::from_secs(1));
        assert_eq!(post(own, &changed(mark, &format!("Åse {}", "a".repeat(number)))).status, 303, "{mark}");
        lab.wait(SignedDuration::from_mins(11));
    }
    // By now, the probe's own mark is too old.
    assert_eq!(post(own, &changed(&good, "Åse Holm")).status, 303);
    assert_eq!(held(), 5);
    // With probing switched off, no mark is valid.
    let off = lab.beside(|_| {});
    assert_eq!(probe(&lab), Probed::Received);
    let sent = bodies.lock().unwrap().last().unwrap().clone();
    let kreds_of_it = form_urlencoded::parse(sent.as_bytes()).find(|(name, _)| name == "kreds").unwrap().1.into_owned();
    let before = lab.service.run(lab.function.store().held(&kreds(&kreds_of_it))).unwrap().len();
    let sent = sent.replace("Automatisk", "Manuel");
    let answers: Vec<Answer> = forms
        .iter()
        .map(|form| {
            let request = request("POST", &format!("/indsend/{form}"), "192.0.2.10", sent.clone());
            lab.service.run(crate::journeys::lab::ask(&off, request))
        })
        .collect();
    assert_eq!(answers.iter().filter(|answer| answer.status == 303).count(), 1);
    assert_eq!(lab.service.run(lab.function.store().held(&kreds(&kreds_of_it))).unwrap().len(), before + 1);
    lab.sweep();
    assert!(lab.post.mails().iter().all(|mail| mail.to == SINK), "what is held goes to nobody");
}
