//! Notifications signed as SNS signs them, with test keys, and certificates served on this machine.

use super::{Event, Listener, Rejected, Report, is_mail_event};
use crate::settings::MailEvents;
use crate::store::DeliveryStatus;
use crate::test_support::{Answers, TOPIC};
use aws_smithy_types::base64;
use lambda_http::request::LambdaRequest;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

const OURS: &[u8] = include_bytes!("../../tests/sns/service.pk8");
const STRANGERS: &[u8] = include_bytes!("../../tests/sns/stranger.pk8");
const CERTIFICATE: &str = include_str!("../../tests/sns/service-certificate.pem");
const STRANGERS_CERTIFICATE: &str = include_str!("../../tests/sns/stranger-certificate.pem");
const DELIVERED: &str = r#"{
  "eventType": "Delivery",
  "mail": { "timestamp": "2026-11-22T12:00:00.123Z", "tags": { "bestilling": ["K7F-M2X-P9T_kreds"] } },
  "delivery": { "timestamp": "2026-11-22T12:00:07.000Z" }
}
"#;

/// A record as the function receives it: from our topic, with a subject, changed by `change`, then signed by `key`.
fn record(key: &[u8], folder: &str, change: impl Fn(&mut Value)) -> Value {
    let mut sns = json!({
        "Type": "Notification",
        "MessageId": "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
        "TopicArn": TOPIC,
        "Subject": "Amazon SES Email Event Notification",
        "Message": DELIVERED,
        "Timestamp": "2026-11-22T12:00:08.123Z",
        "SignatureVersion": "2",
        "SigningCertUrl": format!("{folder}SimpleNotificationService-0a1b.pem"),
        "UnsubscribeUrl": "https://sns.eu-central-1.amazonaws.com/?Action=Unsubscribe",
        "MessageAttributes": {}
    });
    change(&mut sns);
    let line = |name: &str| sns[name].as_str().map(|value| format!("{name}\n{value}\n")).unwrap_or_default();
    let text = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"].map(line).concat();
    let key = RsaKeyPair::from_pkcs8(key).unwrap();
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
    sns["Signature"] = json!(base64::encode(signature));
    json!({ "EventSource": "aws:sns", "EventVersion": "1.0", "EventSubscriptionArn": TOPIC, "Sns": sns })
}

fn body(records: &[Value]) -> String {
    json!({ "Records": records }).to_string()
}

fn listener(folder: &str) -> Listener {
    Listener::new(&MailEvents { topic: TOPIC.to_owned(), certificates: folder.to_owned() })
}

/// Reads a record that was signed before `change`.
async fn outcome(key: &[u8], certificate: &str, change: impl Fn(&mut Value)) -> Result<Report, Rejected> {
    let server = Answers::to_all(200, certificate).await;
    let folder = format!("{}/", server.address());
    let mut record = record(key, &folder, |_| {});
    change(&mut record);
    let mut outcomes = listener(&folder).read(&body(&[record])).await;
    assert_eq!(outcomes.len(), 1);
    outcomes.remove(0)
}

fn delivered() -> Report {
    let at = "2026-11-22T12:00:07Z".parse().unwrap();
    Report::Mail(Event { name: "K7F-M2X-P9T.kreds".to_owned(), status: DeliveryStatus::Delivered, at })
}

#[tokio::test]
async fn signed_notifications_are_read_and_the_certificate_is_fetched_once() {
    let server = Answers::to_all(200, CERTIFICATE).await;
    let folder = format!("{}/", server.address());
    let without_subject = record(OURS, &folder, |sns| sns["Subject"] = Value::Null);
    let in_capitals = record(OURS, &folder, |sns| {
        let url = sns.as_object_mut().unwrap().remove("SigningCertUrl").unwrap();
        sns["SigningCertURL"] = url;
    });
    let on_its_way = record(OURS, &folder, |sns| sns["Message"] = json!("{\"eventType\":\"Send\"}"));
    let listener = listener(&folder);
    let all = [record(OURS, &folder, |_| {}), without_subject, in_capitals, on_its_way, json!({})];
    let outcomes = listener.read(&body(&all)).await;
    let expected =
        [Ok(delivered()), Ok(delivered()), Ok(delivered()), Err(Rejected::Ignored), Err(Rejected::Unreadable)];
    assert_eq!(outcomes, expected);
    assert_eq!(listener.read(&body(&all)).await, expected);
    let asked = server.requests();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].head.starts_with("GET /SimpleNotificationService-0a1b.pem "), "{}", asked[0].head);
}

#[tokio::test]
async fn notifications_changed_after_signing_are_refused() {
    let set = |name: &'static str, value: Value| move |record: &mut Value| record["Sns"][name] = value.clone();
    assert_eq!(outcome(OURS, CERTIFICATE, |_| {}).await, Ok(delivered()));
    for change in [
        set("Message", json!(DELIVERED.replace("Delivery", "Complaint"))),
        set("Message", json!(DELIVERED.trim_end())),
        set("MessageId", json!("00000000-ee98-5cb9-9903-4c221d41eb5e")),
        set("Subject", json!("")),
        set("Subject", Value::Null),
        set("Timestamp", json!("2026-11-22T12:00:08.124Z")),
        set("Signature", json!("")),
        set("Signature", json!("not base64")),
        set("Signature", json!(base64::encode([0; 256]))),
        // The signature itself is valid, but version 1 declares it as one with SHA-1.
        set("SignatureVersion", json!("1")),
        set("SignatureVersion", json!("")),
    ] {
        assert_eq!(outcome(OURS, CERTIFICATE, change).await, Err(Rejected::Signature));
    }
}

#[tokio::test]
async fn notifications_of_other_signers_or_topics_are_refused() {
    assert_eq!(outcome(STRANGERS, CERTIFICATE, |_| {}).await, Err(Rejected::Signature));
    assert_eq!(outcome(OURS, STRANGERS_CERTIFICATE, |_| {}).await, Err(Rejected::Signature));
    assert_eq!(outcome(STRANGERS, STRANGERS_CERTIFICATE, |_| {}).await, Ok(delivered()), "the key is in order");

    let server = Answers::to_all(200, CERTIFICATE).await;
    let folder = format!("{}/", server.address());
    for topic in ["arn:aws:sns:eu-central-1:999999999999:mail-events", "", &format!("{TOPIC}-2")] {
        let other = record(OURS, &folder, |sns| sns["TopicArn"] = json!(topic));
        assert_eq!(listener(&folder).read(&body(&[other])).await, [Err(Rejected::Topic)], "{topic}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn certificates_from_elsewhere_are_not_fetched() {
    let (ours, strangers) =
        (Answers::to_all(200, CERTIFICATE).await, Answers::to_all(200, STRANGERS_CERTIFICATE).await);
    let folder = format!("{}/", ours.address());
    let foreign = record(STRANGERS, &format!("{}/", strangers.address()), |_| {});
    assert_eq!(listener(&folder).read(&body(&[foreign])).await, [Err(Rejected::Certificate)]);
    assert!(ours.requests().is_empty() && strangers.requests().is_empty());
}

#[tokio::test]
async fn unavailable_certificates_differ_from_invalid_ones() {
    let large = CERTIFICATE.repeat(20);
    for (status, answer, refused) in [
        (500, "", Rejected::Unreachable),
        (503, CERTIFICATE, Rejected::Unreachable),
        (429, "", Rejected::Unreachable),
        (404, CERTIFICATE, Rejected::Certificate),
        (302, CERTIFICATE, Rejected::Certificate),
        (200, "", Rejected::Certificate),
        (200, "<html>", Rejected::Certificate),
        (200, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", Rejected::Certificate),
        (200, &large, Rejected::Certificate),
    ] {
        let server = Answers::to_all(status, answer).await;
        let folder = format!("{}/", server.address());
        let event = body(&[record(OURS, &folder, |_| {})]);
        let start = answer.get(..10).unwrap_or_default();
        assert_eq!(listener(&folder).read(&event).await, [Err(refused)], "{status} {start}");
    }
    let gone = format!("{}/", Answers::to_all(200, "").await.address());
    tokio::task::yield_now().await;
    let event = body(&[record(OURS, &gone, |_| {})]);
    assert_eq!(listener(&gone).read(&event).await, [Err(Rejected::Unreachable)]);
}

#[tokio::test]
async fn incomplete_notifications_and_other_messages_are_unreadable() {
    for part in
        ["Type", "MessageId", "TopicArn", "Message", "Timestamp", "SignatureVersion", "Signature", "SigningCertUrl"]
    {
        let without = |record: &mut Value| {
            record["Sns"].as_object_mut().unwrap().remove(part);
        };
        assert_eq!(outcome(OURS, CERTIFICATE, without).await, Err(Rejected::Unreadable), "{part}");
    }
    let changes: [fn(&mut Value); 3] = [
        |record| record["EventSource"] = json!("aws:s3"),
        |record| record["Sns"]["Type"] = json!("SubscriptionConfirmation"),
        |record| record["Sns"] = json!("text"),
    ];
    for change in changes {
        assert_eq!(outcome(OURS, CERTIFICATE, change).await, Err(Rejected::Unreadable));
    }
    let listener = listener("http://127.0.0.1:9/");
    for body in ["", "{}", "[]", "null", "{\"Records\":1}"] {
        assert_eq!(listener.read(body).await, [Err(Rejected::Unreadable)], "{body}");
    }
    assert!(listener.read("{\"Records\":[]}").await.is_empty());
}

#[test]
fn sns_calls_are_recognised_and_reach_the_function_unchanged() {
    let call = body(&[record(OURS, "https://sns.eu-central-1.amazonaws.com/", |_| {})]);
    assert!(is_mail_event(&call));
    for other in [
        "",
        "{}",
        "{\"Records\":[]}",
        "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}",
        "{\"source\":\"aws.scheduler\"}",
        "aws:sns",
    ] {
        assert!(!is_mail_event(other), "{other}");
    }
    let LambdaRequest::PassThrough(passed) = serde_json::from_str(&call).unwrap() else { panic!("a web request") };
    assert_eq!(serde_json::from_str::<Value>(&passed).unwrap(), serde_json::from_str::<Value>(&call).unwrap());
}
