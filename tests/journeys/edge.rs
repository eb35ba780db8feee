//! The edge: requests that bypass the distribution are refused, answers come in time, and both kinds of gateway work.

use crate::journeys::filled::{open, traffic};
use crate::journeys::lab::{self, Lab};
use crate::journeys::lambda::Lambda;
use crate::journeys::network::Fault;
use crate::journeys::probe;
use crate::journeys::service::Service;
use crate::shared::gateway::{rest, schedule};
use crate::shared::sns::Report;
use function::settings::Secret;
use jiff::SignedDuration;
use std::time::{Duration, Instant};

/// Returns the secret by which the distribution authenticates itself.
fn proof() -> String {
    "0a".repeat(32)
}

#[test]
fn requests_that_bypass_the_distribution_are_refused_in_both_languages() {
    let lab = Lab::with(Service::start(), |settings| settings.origin_secret = Some(Secret::new([0x0a; 32])));
    let form =
        traffic(lab.open("oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus").set("trin", "send");
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.values).finish();
    let post = || lab::request("POST", &form.action, "198.51.100.7", body.clone());
    let with = |secret: &str| {
        let mut request = post();
        request.headers_mut().insert("x-origin-secret", secret.parse().unwrap());
        request
    };
    for request in
        [post(), with(""), with(&"0b".repeat(32)), lab::request("GET", "/find-kreds", "198.51.100.7", String::new())]
    {
        let refused = lab.ask(request);
        assert_eq!(refused.status, 403);
        for text in ["IKKE modtaget", "NOT received", "tel:112", "tel:114"] {
            assert!(refused.html.contains(text), "{text}");
        }
    }
    lab.sweep();
    assert!(lab.post.mails().is_empty());
    assert_eq!(lab.ask(with(&proof())).status, 303);
    lab.sweep();
    assert_eq!(lab.post.mails().len(), 1);
}

#[test]
fn a_timeout_shows_a_page_and_resending_makes_no_second_request() {
    let lab = Lab::with(Service::start(), |settings| settings.answer_seconds = 5);
    let form = traffic(lab.open("oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    lab.network.set(|operation, _| match operation {
        // The request is stored, but the answer comes too late.
        "TransactWriteItems" => Fault::Late(Duration::from_secs(60)),
        _ => Fault::None,
    });
    let begun = Instant::now();
    let late = lab.send("198.51.100.7", &form);
    assert!(begun.elapsed() < Duration::from_secs(50), "{:?}", begun.elapsed());
    assert_eq!((late.status, late.header("retry-after")), (503, Some("60")));
    assert!(late.html.contains("IKKE modtaget") && late.html.contains("tel:112"), "{}", late.html);
    lab.network.mend();
    let received = lab.send("198.51.100.7", &form);
    assert_eq!(received.status, 303);
    assert_eq!(lab.send("198.51.100.7", &form).id(), received.id());
    lab.sweep();
    assert_eq!(lab.post.mails().len(), 1);
}

#[test]
fn outside_monitors_see_how_long_ago_a_probe_arrived() {
    let probe::Chain { lab, topic, .. } = probe::start();
    let answered = || (lab.get("/afproevning.txt").status, lab.get("/afproevning.txt").html);
    assert_eq!(answered(), (200, "-\n".to_owned()));
    lab.notify(probe::ASKED).unwrap();
    lab.sweep();
    let name = lab.post.mails().remove(0).name;
    lab.notify(&topic.event(&name, Report::Delivered, lab.service.now())).unwrap();
    lab.wait(SignedDuration::from_mins(40));
    let (status, text) = answered();
    let seconds: i64 = text.trim().parse().unwrap();
    assert!(status == 200 && (2400..2460).contains(&seconds), "{text}");
}

#[test]
fn a_rest_api_sends_the_same_requests_and_its_stage_is_not_in_the_path() {
    let service = Service::start();
    let form = traffic(open(&service.visitor(), "oestjylland", "bestil-en-faerdselskontrol")).set("postnr", "Aarhus");
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.set("trin", "send").values).finish();
    let mail = tempfile::TempDir::new().unwrap();
    let route = format!("folder:{}", mail.path().display());
    let proof = proof();
    let settings = [("MAIL", route.as_str()), ("ORIGIN_SECRET", &proof)];
    let mut lambda = Lambda::start(&service, &settings, &tempfile::tempfile().unwrap());
    let mut ask =
        |method: &str, path: &str, body: &str| lambda.invoke(&rest(method, path, &[("x-origin-secret", &proof)], body));

    let received = ask("POST", "/indsend/bestil-en-faerdselskontrol", &body);
    assert_eq!(received["statusCode"], 303, "{received}");
    let location = received["multiValueHeaders"]["location"][0].as_str().unwrap().to_owned();
    assert_eq!(ask("GET", &location, "")["statusCode"], 200);
    let found = ask("GET", "/find-kreds?sted=8000 Århus", "");
    assert_eq!(found["statusCode"], 303, "{found}");
    assert!(found["multiValueHeaders"]["location"][0].as_str().unwrap().starts_with("/oestjylland/"), "{found}");
    // Any post is a web request, whatever it contains; an event of a schedule is not.
    assert_eq!(ask("POST", "/indsend/bestil-en-betjent", "{\"task\":\"probe\"}")["statusCode"], 422);
    assert_eq!(lambda.invoke(&rest("GET", "/find-kreds", &[], ""))["statusCode"], 403);
    lambda.invoke(&schedule());
    assert_eq!(crate::journeys::mailbox::mails_in(mail.path()).len(), 1);
}
