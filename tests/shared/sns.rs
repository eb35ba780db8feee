//! Notifications of a mail service about mails that went out: signed as Amazon SNS signs them, by keys made for tests.

use aws_smithy_types::base64;
use function::settings::MailEvents;
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpListener;

const OURS: &[u8] = include_bytes!("../../function/tests/sns/service.pk8");
const STRANGERS: &[u8] = include_bytes!("../../function/tests/sns/stranger.pk8");
const CERTIFICATE: &str = include_str!("../../function/tests/sns/service-certificate.pem");
const TOPIC: &str = "arn:aws:sns:eu-central-1:000000000000:mail-events";

/// The topic, and the server that its certificate is on.
pub(crate) struct Topic {
    place: String,
}

/// A notification about a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Told {
    Delivered,
    Bounced,
    Complained,
    GaveUp,
    /// A filter refuses what it says.
    Filtered,
}

impl Topic {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let place = format!("http://{}/", listener.local_addr().unwrap());
        // It ends with the tests.
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let _ = stream.read(&mut [0; 4096]);
                let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ";
                let _ = stream.write_all(format!("{head}{}\r\n\r\n{CERTIFICATE}", CERTIFICATE.len()).as_bytes());
            }
        });
        Self { place }
    }

    /// The beginning of its certificates' addresses.
    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    pub(crate) fn settings(&self) -> Option<MailEvents> {
        Some(MailEvents { topic: TOPIC.to_owned(), certificates: self.place.clone() })
    }

    /// That something became of a mail, as the function is called with it.
    pub(crate) fn event(&self, name: &str, told: Told, at: Timestamp) -> String {
        self.signed(OURS, &message(name, told, at).to_string())
    }

    /// The same, signed by somebody else.
    pub(crate) fn forged(&self, name: &str, told: Told, at: Timestamp) -> String {
        self.signed(STRANGERS, &message(name, told, at).to_string())
    }

    /// Any text, signed for our topic.
    pub(crate) fn any(&self, message: &str) -> String {
        self.signed(OURS, message)
    }

    fn signed(&self, key: &[u8], message: &str) -> String {
        let mut sns = json!({
            "Type": "Notification",
            "MessageId": "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
            "TopicArn": TOPIC,
            "Message": message,
            "Timestamp": "2026-11-22T12:00:08.123Z",
            "SignatureVersion": "2",
            "SigningCertUrl": format!("{}SimpleNotificationService-0a1b.pem", self.place),
        });
        let line = |name: &str| format!("{name}\n{}\n", sns[name].as_str().unwrap());
        let text = ["Message", "MessageId", "Timestamp", "TopicArn", "Type"].map(line).concat();
        let key = RsaKeyPair::from_pkcs8(key).unwrap();
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
        sns["Signature"] = json!(base64::encode(signature));
        json!({ "Records": [{ "EventSource": "aws:sns", "EventVersion": "1.0", "Sns": sns }] }).to_string()
    }
}

fn message(name: &str, told: Told, at: Timestamp) -> Value {
    let (kind, part, about) = match told {
        Told::Delivered => ("Delivery", "delivery", json!({ "timestamp": at })),
        Told::Bounced => ("Bounce", "bounce", json!({ "timestamp": at, "bounceType": "Permanent" })),
        Told::Filtered => {
            let recipients = json!([{ "status": "5.7.1" }]);
            ("Bounce", "bounce", json!({ "timestamp": at, "bounceType": "Permanent", "bouncedRecipients": recipients }))
        }
        Told::GaveUp => ("Bounce", "bounce", json!({ "timestamp": at, "bounceType": "Transient" })),
        Told::Complained => ("Complaint", "complaint", json!({ "timestamp": at })),
    };
    let mail = json!({ "timestamp": at, "tags": { "bestilling": [name.replace('.', "_")] } });
    json!({ "eventType": kind, "mail": mail, part: about })
}
