//! An event of Amazon SES, as it tells it in a notification's message.

use super::{Event, Refused, What};
use crate::mailer::{TAG, name_in};
use crate::message::NAME_HEADER;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The longest value that SES takes for a tag.
const LONGEST: usize = 256;

/// What SES writes. The addresses that it also writes are not read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    /// The second name is that of notifications which are set for a sender instead of a configuration set.
    #[serde(alias = "notificationType")]
    event_type: String,
    mail: Option<Mail>,
    delivery: Option<Moment>,
    bounce: Option<Bounce>,
    complaint: Option<Moment>,
}

#[derive(Deserialize)]
struct Mail {
    timestamp: Timestamp,
    #[serde(default)]
    tags: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    headers: Vec<Header>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct Moment {
    timestamp: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    timestamp: Timestamp,
}

/// The event in a message.
pub(super) fn parse(message: &str) -> Result<Event, Refused> {
    let told: Told = serde_json::from_str(message).map_err(|_| Refused::Unreadable)?;
    let mail = told.mail.as_ref();
    let at = |moment: Option<&Moment>| moment.map(|moment| moment.timestamp);
    let (what, at) = match told.event_type.as_str() {
        "Delivery" => (What::Delivered, at(told.delivery.as_ref())),
        "Complaint" => (What::Complaint, at(told.complaint.as_ref())),
        // It has no time of its own, but that of the mail.
        "Reject" => (What::Rejected, mail.map(|mail| mail.timestamp)),
        "Bounce" => {
            let bounce = told.bounce.as_ref().ok_or(Refused::Unreadable)?;
            let what = match bounce.bounce_type.as_str() {
                "Permanent" => What::HardBounce,
                "Transient" | "Undetermined" => What::SoftBounce,
                _ => return Err(Refused::Unreadable),
            };
            (what, Some(bounce.timestamp))
        }
        // Send, DeliveryDelay, Open, and what SES will think of.
        _ => return Err(Refused::Ignored),
    };
    let name = mail.and_then(Mail::name).ok_or(Refused::Unreadable)?;
    Ok(Event { name, what, at: at.ok_or(Refused::Unreadable)? })
}

impl Mail {
    /// The name that we gave the mail: its tag, or its header where SES tells no tags.
    fn name(&self) -> Option<String> {
        let tag = self.tags.get(TAG).and_then(|values| values.first()).map(|tag| name_in(tag));
        let header = || self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(NAME_HEADER));
        tag.or_else(|| header().map(|header| header.value.clone())).filter(|name| is_name(name))
    }
}

/// A reference and a kind, or the parts of a digest's name. Whether there is such a mail is for who knows the mails.
fn is_name(name: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-');
    name.len() <= LONGEST && name.contains('.') && name.split('.').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// An event as SES tells it, with what it tells beside; the addresses are those of its simulator.
    fn told(kind: &str, part: &str, about: Value) -> Value {
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
        let about = json!({
            "feedbackId": "010701234567-example-000000",
            "bounceType": kind,
            "bounceSubType": "General",
            "bouncedRecipients": [{
                "emailAddress": "bounce@simulator.amazonses.com",
                "action": "failed",
                "status": "5.1.1",
                "diagnosticCode": "smtp; 550 5.1.1 user unknown"
            }],
            "timestamp": "2026-11-22T12:00:07.000Z",
            "reportingMTA": "dns; a.smtp-out.eu-central-1.amazonses.com"
        });
        told("Bounce", "bounce", about)
    }

    fn delivery() -> Value {
        let about = json!({
            "timestamp": "2026-11-22T12:00:07.000Z",
            "processingTimeMillis": 893,
            "recipients": ["success@simulator.amazonses.com"],
            "smtpResponse": "250 ok",
            "reportingMTA": "a.smtp-out.eu-central-1.amazonses.com"
        });
        told("Delivery", "delivery", about)
    }

    fn read(event: &Value) -> Result<Event, Refused> {
        parse(&event.to_string())
    }

    #[test]
    fn each_kind_of_event_is_read_with_its_name_and_its_own_time() {
        let complaint = json!({
            "complainedRecipients": [{ "emailAddress": "complaint@simulator.amazonses.com" }],
            "timestamp": "2026-11-22T12:00:07.000Z",
            "feedbackId": "010701234567-example-000000",
            "complaintFeedbackType": "abuse"
        });
        for (event, what) in [
            (delivery(), What::Delivered),
            (bounce("Permanent"), What::HardBounce),
            (bounce("Transient"), What::SoftBounce),
            (bounce("Undetermined"), What::SoftBounce),
            (told("Complaint", "complaint", complaint), What::Complaint),
        ] {
            let at = "2026-11-22T12:00:07Z".parse().unwrap();
            assert_eq!(read(&event), Ok(Event { name: "K7F-M2X-P9T.kreds".to_owned(), what, at }), "{event}");
        }
        let rejected = read(&told("Reject", "reject", json!({ "reason": "Bad content" }))).unwrap();
        assert_eq!((rejected.what, rejected.at), (What::Rejected, "2026-11-22T12:00:00.123Z".parse().unwrap()));
    }

    #[test]
    fn what_is_no_outcome_is_ignored() {
        for (kind, part) in [
            ("Send", "send"),
            ("Open", "open"),
            ("Click", "click"),
            ("DeliveryDelay", "deliveryDelay"),
            ("Rendering Failure", "failure"),
            ("Subscription", "subscription"),
            ("New", "new"),
        ] {
            assert_eq!(read(&told(kind, part, json!({}))), Err(Refused::Ignored), "{kind}");
        }
    }

    #[test]
    fn a_digest_is_told_of_by_its_whole_name() {
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
        assert_eq!(read(&event), Err(Refused::Unreadable));
    }

    #[test]
    fn what_lacks_something_or_names_no_mail_of_ours_is_unreadable() {
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
            assert_eq!(changed(change), Err(Refused::Unreadable), "change {index}");
        }
        for text in ["", "{}", "null", "Successfully validated SNS topic for Amazon SES event publishing."] {
            assert_eq!(parse(text), Err(Refused::Unreadable), "{text}");
        }
    }
}
