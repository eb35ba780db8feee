//! Notifications of a mail service about sent mails: signed as Amazon SNS signs them, with keys made for tests.

use crate::shared::wire;
use aws_smithy_types::base64;
use function::settings::MailEvents;
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use std::io::BufReader;
use std::net::TcpListener;
use std::sync::LazyLock;

static OURS: LazyLock<RsaKeyPair> = LazyLock::new(|| key(include_bytes!("../../function/tests/sns/service.pk8")));
static STRANGERS: LazyLock<RsaKeyPair> = LazyLock::new(|| key(include_bytes!("../../function/tests/sns/stranger.pk8")));
const CERTIFICATE: &str = include_str!("../../function/tests/sns/service-certificate.pem");
const TOPIC: &str = "arn:aws:sns:eu-central-1:000000000000:mail-events";

/// The topic, and the server of its certificate.
pub(crate) struct Topic {
    certificates: String,
}

/// A notification about a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Report {
    Delivered,
    Bounced,
    Complained,
    GaveUp,
    /// A filter refuses its content.
    Filtered,
    /// The mailbox's server refuses us.
    SenderRefused,
}

impl Topic {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let certificates = format!("http://{}/", listener.local_addr().unwrap());
        // It ends with the tests.
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let request = wire::read(&mut BufReader::new(stream.try_clone().unwrap()));
                if request.is_some() {
                    wire::write(&mut stream, 200, "connection: close\r\n", CERTIFICATE);
                }
            }
        });
        Self { certificates }
    }

    /// Returns the URL prefix of its certificates.
    pub(crate) fn certificates(&self) -> &str {
        &self.certificates
    }

    pub(crate) fn settings(&self) -> Option<MailEvents> {
        Some(MailEvents { topic: TOPIC.to_owned(), certificates: self.certificates.clone() })
    }

    /// Builds the function's event for a report about a mail.
    pub(crate) fn event(&self, name: &str, report: Report, at: Timestamp) -> String {
        self.signed(&OURS, &message(name, report, at).to_string())
    }

    /// Builds the same event, signed by somebody else.
    pub(crate) fn forged(&self, name: &str, report: Report, at: Timestamp) -> String {
        self.signed(&STRANGERS, &message(name, report, at).to_string())
    }

    /// Builds an event with any text, signed for our topic.
    pub(crate) fn any(&self, message: &str) -> String {
        self.signed(&OURS, message)
    }

    fn signed(&self, key: &RsaKeyPair, message: &str) -> String {
        let mut sns = json!({
            "Type": "Notification",
            "MessageId": "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
            "TopicArn": TOPIC,
            "Message": message,
            "Timestamp": "2026-11-22T12:00:08.123Z",
            "SignatureVersion": "2",
            "SigningCertUrl": format!("{}SimpleNotificationService-0a1b.pem", self.certificates),
        });
        let line = |name: &str| format!("{name}\n{}\n", sns[name].as_str().unwrap());
        let text = ["Message", "MessageId", "Timestamp", "TopicArn", "Type"].map(line).concat();
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
        sns["Signature"] = json!(base64::encode(signature));
        json!({ "Records": [{ "EventSource": "aws:sns", "EventVersion": "1.0", "Sns": sns }] }).to_string()
    }
}

fn message(name: &str, report: Report, at: Timestamp) -> Value {
    let permanent = |status: &str| {
        let bounce = json!({ "timestamp": at, "bounceType": "Permanent", "bouncedRecipients": [{ "status": status }] });
        ("Bounce", "bounce", bounce)
    };
    let (kind, part, about) = match report {
        Report::Delivered => ("Delivery", "delivery", json!({ "timestamp": at })),
        Report::Bounced => permanent("5.1.1"),
        Report::Filtered => permanent("5.7.1"),
        Report::SenderRefused => permanent("5.7.26"),
        Report::GaveUp => ("Bounce", "bounce", json!({ "timestamp": at, "bounceType": "Transient" })),
        Report::Complained => ("Complaint", "complaint", json!({ "timestamp": at })),
    };
    let mail = json!({ "timestamp": at, "tags": { "bestilling": [name.replace('.', "_")] } });
    json!({ "eventType": kind, "mail": mail, part: about })
}

fn key(bytes: &[u8]) -> RsaKeyPair {
    RsaKeyPair::from_pkcs8(bytes).unwrap()
}
