//! The service's probe when something is broken: it is logged, not measured, and rings no alarm of its own.

use crate::journeys::dump;
use crate::journeys::front::{Behind, Front};
use crate::journeys::network::Fault;
use crate::journeys::post_office::{for_good, for_now};
use crate::journeys::probe::{ASKED, Chain, measured, probe, probing, start, start_with};
use crate::journeys::recorder::Recorder;
use crate::journeys::service::{Service, copied_content};
use crate::shared::sns::Report;
use function::mailer::{Handover, NotSent};
use function::probe::Probed;
use jiff::SignedDuration;
use serde_json::Value;

#[test]
fn a_probe_that_is_not_received_is_logged_and_not_measured() {
    let content = copied_content();
    let Chain { lab, .. } = start_with(Service::start_with(content.path()));
    let fails = |function: &function::Service, why: &str| {
        let recorder = Recorder::default();
        let sent = recorder.during(|| lab.service.run(function.probe()));
        let lines = recorder.lines();
        let logged = lines.iter().filter(|line| line.text.contains("a probe was not received")).collect::<Vec<_>>();
        assert!(sent == Probed::Failed && logged.len() == 1 && logged[0].text.contains(why), "{sent:?} {why}");
    };
    for status in [200, 403, 404, 429, 500, 502] {
        let front = Front::bind();
        let broken = lab.beside(probing(&front.address()));
        front.serve(Behind::Status(status));
        fails(&broken, &format!("the form was answered with {status}"));
    }
    let nobody = Front::bind().address();
    fails(&lab.beside(probing(&nobody)), "the site gave no answer");
    lab.network.set(|_, _| Fault::Unreachable);
    fails(&lab.beside(probing(&nobody)), "the content cannot be read");
    fails(&lab.function, "the content cannot be read");
    lab.network.set(|operation, _| if operation == "TransactWriteItems" { Fault::Unreachable } else { Fault::None });
    fails(&lab.function, "the form was answered with 503");
    lab.network.mend();
    for entry in std::fs::read_dir(content.path().join("kredse")).unwrap() {
        for page in ["kreds.md", "kreds.en.md"] {
            let page = entry.as_ref().unwrap().path().join(page);
            let Ok(text) = std::fs::read_to_string(&page) else { continue };
            let closed = "---\nlukket:\n  bestil-en-betjent: Lukket.\n  bestil-en-faerdselskontrol: Lukket.\n";
            std::fs::write(page, text.replacen("---\n", closed, 1)).unwrap();
        }
    }
    lab.publish(content.path());
    fails(&lab.function, "no form is open");
    let off = lab.beside(|_| {});
    assert_eq!(lab.service.run(off.probe()), Probed::Off);
    lab.sweep();
    let refused = |line: &Value| line.get("refused").is_some();
    assert!(measured(&lab).iter().all(refused) && lab.post.mails().is_empty());
    assert!(lab.notify(ASKED).is_ok(), "the cloud would try again");
}

#[test]
fn an_undelivered_probe_rings_no_alarm_and_is_deleted_after_a_day() {
    let Chain { lab, topic, .. } = start();
    let recorder = Recorder::default();
    recorder.during(|| {
        type Rule = fn() -> Result<Handover, NotSent>;
        let rules: [Rule; 4] =
            [for_good, for_now, || Err(NotSent::perhaps("no answer")), || Ok(Handover::AwaitingReport)];
        for rule in rules {
            // After a start at night, digests are due at once; this test ignores them.
            lab.post.set(move |mail| if mail.is_digest() { Ok(Handover::Final) } else { rule() });
            assert_eq!(probe(&lab), Probed::Received);
            for minutes in [0, 2, 6] {
                lab.wait(SignedDuration::from_mins(minutes));
                lab.sweep();
            }
            lab.wait(SignedDuration::from_mins(7));
        }
        let name = lab.post.mails().last().unwrap().name.clone();
        for report in [Report::GaveUp, Report::Bounced, Report::Bounced, Report::Complained] {
            lab.notify(&topic.event(&name, report, lab.service.now())).unwrap();
        }
        for _ in 0..30 {
            lab.wait(SignedDuration::from_hours(1));
            lab.sweep();
        }
    });
    let alarms: Vec<String> = recorder.alarms().into_iter().filter(|alarm| alarm != "digest-late").collect();
    assert_eq!(alarms, [""; 0]);
    assert!(measured(&lab).is_empty());
    let [items, keys] = dump::tables(&lab);
    let of_requests =
        |keys: &[dump::Item]| keys.iter().filter(|item| dump::text(item, "pk").starts_with("KEY#")).count();
    let submissions = items.iter().filter(|item| dump::text(item, "pk").starts_with("SUBMISSION"));
    assert_eq!((submissions.count(), of_requests(&keys)), (0, 0));
}
