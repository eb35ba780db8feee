//! Notifications of the mail service, signed as SNS signs them, and the process that receives them.

use crate::failures::instance::{Instance, settings};
use crate::failures::network::Network;
use crate::failures::post::{News, Told};
use crate::failures::record::Record;
use crate::shared::wire;
use aws_smithy_types::base64;
use dynoxide::Database;
use function::settings::MailEvents;
use lambda_http::request::RequestContext;
use lambda_http::{Body, Request, RequestExt};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};
use std::io::BufReader;
use std::net::TcpListener;
use std::sync::LazyLock;

const TOPIC: &str = "arn:aws:sns:eu-central-1:000000000000:mail-events";
const KEY: &[u8] = include_bytes!("../../function/tests/sns/service.pk8");
const CERTIFICATE: &str = include_str!("../../function/tests/sns/service-certificate.pem");

/// A process that listens. It fetches the certificate over a real network, once, before any schedule begins: while one
/// runs, time is not real.
pub(crate) fn listener() -> Instance {
    let mut settings = settings("listener");
    settings.events = Some(MailEvents { topic: TOPIC.to_owned(), certificates: PLACE.clone() });
    let nowhere = Database::memory().unwrap();
    let instance = Instance::wired(Network::to(&nowhere, &Record::new(0)), settings, 0);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let answer = runtime.block_on(instance.service.handle(signed(&json!({ "eventType": "Send" }))));
    assert!(answer.is_ok(), "the certificate could not be fetched");
    instance
}

/// Tells a piece of news.
pub(crate) fn request(news: &News) -> Request {
    let at = jiff::Timestamp::from_second(news.at).unwrap();
    let mut event = json!({
        "eventType": "Bounce",
        "mail": { "timestamp": at, "tags": { "bestilling": [news.name.replace('.', "_")] } },
    });
    let bounce = |kind: &str, status: &str| json!({ "bounceType": kind, "bouncedRecipients": [{ "status": status }], "timestamp": at });
    match news.what {
        Told::Delivery => (event["eventType"], event["delivery"]) = (json!("Delivery"), json!({ "timestamp": at })),
        Told::Complaint => (event["eventType"], event["complaint"]) = (json!("Complaint"), json!({ "timestamp": at })),
        Told::Permanent => event["bounce"] = bounce("Permanent", "5.1.1"),
        Told::Filtered => event["bounce"] = bounce("Permanent", "5.7.1"),
        Told::Unwanted => event["bounce"] = bounce("Permanent", "5.7.26"),
        Told::Transient => event["bounce"] = json!({ "bounceType": "Transient", "timestamp": at }),
    }
    signed(&event)
}

fn signed(event: &Value) -> Request {
    let mut sns = json!({
        "Type": "Notification",
        "MessageId": "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
        "TopicArn": TOPIC,
        "Message": event.to_string(),
        "Timestamp": "2026-11-22T12:00:08.123Z",
        "SignatureVersion": "2",
        "SigningCertUrl": format!("{}certificate.pem", *PLACE),
    });
    let line = |name: &str| format!("{name}\n{}\n", sns[name].as_str().unwrap());
    let text = ["Message", "MessageId", "Timestamp", "TopicArn", "Type"].map(line).concat();
    let mut signature = vec![0; SIGNER.public().modulus_len()];
    SIGNER.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature).unwrap();
    sns["Signature"] = json!(base64::encode(signature));
    let call = json!({ "Records": [{ "EventSource": "aws:sns", "EventVersion": "1.0", "Sns": sns }] });
    Request::new(Body::Text(call.to_string())).with_request_context(RequestContext::PassThrough)
}

static SIGNER: LazyLock<RsaKeyPair> = LazyLock::new(|| RsaKeyPair::from_pkcs8(KEY).unwrap());

/// Where the certificate is: a server of one file, for as long as the tests run.
static PLACE: LazyLock<String> = LazyLock::new(|| {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    std::thread::spawn(move || {
        for connection in server.incoming() {
            let mut connection = connection.unwrap();
            let asked = wire::read(&mut BufReader::new(connection.try_clone().unwrap()));
            if asked.is_some() {
                wire::write(&mut connection, 200, "connection: close\r\n", CERTIFICATE);
            }
        }
    });
    format!("http://{address}/")
});
