//! Events as SES writes them, including the parts that are not read.

use super::*;
use crate::refusal::Refusal::{Mailbox, Message, Sender};
use serde_json::{Value, json};

/// An event with everything that SES writes; the addresses are those of its simulator.
fn event(kind: &str, part: &str, about: Value) -> Value {
    let mut event = json!({
        "eventType": kind,
        "mail": {
            "timestamp": "2026-11-22T12:00:00.123Z",
            "source": "Bestil en betjent <afsender@bestil-en-betjent.example>",
            "sendingAccountId": "000000000000",
            "messageId": "010701234567-example-000000",
            "destination": ["bounce@simulator.amazonses.com"],
            "headersTruncated": false,
            "headers": [
                { "name": "From", "value": "Bestil en betjent <afsender@bestil-en-betjent.example>" },
                { "name": "To", "value": "bounce@simulator.amazonses.com" },
                { "name": "X-Bestilling", "value": "K7F-M2X-P9T.kreds" }
            ],
            "commonHeaders": { "to": ["bounce@simulator.amazonses.com"], "subject": "K7F-M2X-P9T" },
            "tags": {
                "ses:configuration-set": ["til-kredse"],
                "ses:outgoing-ip": ["192.0.2.1"],
                "bestilling": ["K7F-M2X-P9T_kreds"]
            }
        }
    });
    event[part] = about;
    event
}

fn bounce(kind: &str) -> Value {
    bounce_of(kind, "General", "5.1.1")
}

fn bounce_of(kind: &str, sub_type: &str, status: &str) -> Value {
    let about = json!({
        "feedbackId": "010701234567-example-000000",
        "bounceType": kind,
        "bounceSubType": sub_type,
        "bouncedRecipients": [{
            "emailAddress": "bounce@simulator.amazonses.com",
            "action": "failed",
            "status": status,
            "diagnosticCode": format!("smtp; 550 {status} bounce@simulator.amazonses.com")
        }],
        "timestamp": "2026-11-22T12:00:07.000Z",
        "reportingMTA": "dns; a.smtp-out.eu-central-1.amazonses.com"
    });
    event("Bounce", "bounce", about)
}

fn delivery() -> Value {
    let about = json!({
        "timestamp": "2026-11-22T12:00:07.000Z",
        "processingTimeMillis": 893,
        "recipients": ["success@simulator.amazonses.com"],
        "smtpResponse": "250 ok",
        "reportingMTA": "a.smtp-out.eu-central-1.amazonses.com"
    });
    event("Delivery", "delivery", about)
}

fn read(event: &Value) -> Result<Event, Rejected> {
    parse(&event.to_string())
}

#[test]
fn every_kind_of_event_is_read_with_its_name_and_its_own_time() {
    let complaint = json!({
        "complainedRecipients": [{ "emailAddress": "complaint@simulator.amazonses.com" }],
        "timestamp": "2026-11-22T12:00:07.000Z",
        "feedbackId": "010701234567-example-000000",
        "complaintFeedbackType": "abuse"
    });
    for (event, status) in [
        (delivery(), DeliveryStatus::Delivered),
        (bounce("Permanent"), DeliveryStatus::Refused(Mailbox)),
        (bounce("Transient"), DeliveryStatus::GaveUp),
        (event("Complaint", "complaint", complaint), DeliveryStatus::Complained),
    ] {
        let at = "2026-11-22T12:00:07Z".parse().unwrap();
        assert_eq!(read(&event), Ok(Event { name: "K7F-M2X-P9T.kreds".to_owned(), status, at }), "{event}");
    }
    let rejected = read(&event("Reject", "reject", json!({ "reason": "Bad content" }))).unwrap();
    assert_eq!(rejected.status, DeliveryStatus::Refused(Message));
    assert_eq!(rejected.at, "2026-11-22T12:00:00.123Z".parse().unwrap());
}

#[test]
fn a_bounce_is_classified_by_its_types_and_its_status() {
    for (kind, sub_type, status, expected) in [
        ("Permanent", "General", "5.1.1", DeliveryStatus::Refused(Mailbox)),
        ("Permanent", "General", "5.3.0", DeliveryStatus::Refused(Sender)),
        ("Permanent", "General", "5.7.1", DeliveryStatus::Refused(Message)),
        ("Permanent", "General", "5.7.26", DeliveryStatus::Refused(Sender)),
        ("Permanent", "General", "5.0.0", DeliveryStatus::Refused(Mailbox)),
        ("Permanent", "General", "", DeliveryStatus::Refused(Mailbox)),
        ("Permanent", "NoEmail", "5.1.1", DeliveryStatus::Refused(Mailbox)),
        ("Permanent", "OnAccountSuppressionList", "5.7.1", DeliveryStatus::Refused(Mailbox)),
        ("Transient", "MailboxFull", "5.2.2", DeliveryStatus::Refused(Mailbox)),
        ("Transient", "ContentRejected", "5.7.1", DeliveryStatus::Refused(Message)),
        ("Transient", "MessageTooLarge", "5.3.4", DeliveryStatus::Refused(Message)),
        ("Transient", "General", "4.4.7", DeliveryStatus::GaveUp),
        ("Transient", "General", "5.7.1", DeliveryStatus::GaveUp),
        ("Undetermined", "Undetermined", "5.7.26", DeliveryStatus::Refused(Sender)),
        ("Undetermined", "Undetermined", "", DeliveryStatus::GaveUp),
    ] {
        let event = read(&bounce_of(kind, sub_type, status)).unwrap();
        assert_eq!(event.status, expected, "{kind} {sub_type} {status}");
    }
    let mut only_diagnosed = bounce_of("Permanent", "General", "5.7.1");
    only_diagnosed["bounce"]["bouncedRecipients"][0]["status"] = Value::Null;
    assert_eq!(read(&only_diagnosed).unwrap().status, DeliveryStatus::Refused(Message));
}

#[test]
fn suppressed_addresses_and_not_spam_reports_are_not_complaints() {
    let complaint = |sub_type: Value, feedback: &str| {
        let about = json!({
            "timestamp": "2026-11-22T12:00:07.000Z",
            "complaintSubType": sub_type,
            "complaintFeedbackType": feedback,
        });
        read(&event("Complaint", "complaint", about)).map(|event| event.status)
    };
    let suppressed = complaint(json!("OnAccountSuppressionList"), "");
    assert_eq!(suppressed, Ok(DeliveryStatus::Refused(Mailbox)));
    assert_eq!(complaint(Value::Null, "not-spam"), Err(Rejected::Ignored));
    assert_eq!(complaint(Value::Null, "abuse"), Ok(DeliveryStatus::Complained));
}

#[test]
fn events_without_an_outcome_are_ignored() {
    for (kind, part) in [
        ("Send", "send"),
        ("Open", "open"),
        ("Click", "click"),
        ("DeliveryDelay", "deliveryDelay"),
        ("Rendering Failure", "failure"),
        ("Subscription", "subscription"),
        ("New", "new"),
    ] {
        assert_eq!(read(&event(kind, part, json!({}))), Err(Rejected::Ignored), "{kind}");
    }
}

#[test]
fn an_event_about_a_digest_has_the_full_name() {
    let mut event = delivery();
    event["mail"]["tags"]["bestilling"] = json!(["dagens_fyn_2026-11-22_bestil-en-betjent"]);
    assert_eq!(read(&event).unwrap().name, "dagens.fyn.2026-11-22.bestil-en-betjent");
}

#[test]
fn without_tags_the_header_names_the_mail() {
    let mut event = delivery();
    let mail = event["mail"].as_object_mut().unwrap();
    mail.remove("tags");
    mail["headers"][2]["name"] = json!("x-bestilling");
    let kind = event.as_object_mut().unwrap().remove("eventType").unwrap();
    event["notificationType"] = kind;
    assert_eq!(read(&event).unwrap().name, "K7F-M2X-P9T.kreds");
    event["mail"].as_object_mut().unwrap().remove("headers");
    assert_eq!(read(&event), Err(Rejected::Unreadable));
}

#[test]
fn incomplete_events_and_unknown_mails_are_unreadable() {
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut event = bounce("Permanent");
        change(&mut event);
        read(&event)
    };
    assert!(changed(&|_| {}).is_ok());
    let changes: [&dyn Fn(&mut Value); 9] = [
        &|event| event["eventType"] = Value::Null,
        &|event| event["mail"] = Value::Null,
        &|event| event["bounce"] = Value::Null,
        &|event| event["bounce"]["bounceType"] = json!("Perhaps"),
        &|event| event["bounce"]["timestamp"] = json!("yesterday"),
        &|event| event["mail"]["tags"]["bestilling"] = json!(["no-kind"]),
        &|event| event["mail"]["tags"]["bestilling"] = json!(["_kreds"]),
        &|event| event["mail"]["tags"]["bestilling"] = json!(["A/../B_kreds"]),
        &|event| event["mail"]["tags"]["bestilling"] = json!([format!("{}_kreds", "A".repeat(LONGEST))]),
    ];
    for (index, change) in changes.into_iter().enumerate() {
        assert_eq!(changed(change), Err(Rejected::Unreadable), "change {index}");
    }
    for text in ["", "{}", "null", "Successfully validated SNS topic for Amazon SES event publishing."] {
        assert_eq!(parse(text), Err(Rejected::Unreadable), "{text}");
    }
}
