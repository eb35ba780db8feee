//! Support for tests of several modules: settings, a mail, and a server with one answer.

use crate::message::{Audience, OutgoingMail};
use crate::settings::{DeliveryPolicy, MailEvents, Settings};
use model::email::EmailAddress;
use pages::Mail;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

pub(crate) fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// Settings that mail everyone by the route `mail`, with delivery notifications.
pub(crate) fn settings(mail: &str) -> Settings {
    let settings = Settings::read(|name| {
        let value = match name {
            "TABLE" => "bestil-en-betjent",
            "AWS_REGION" => "eu-central-1",
            "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => "test",
            "SECRET" | "DATA_KEY" => "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e",
            "SENDER" => "afsender@bestil-en-betjent.example",
            "MAIL" => mail,
            "MAIL_EVENTS" => TOPIC,
            "ENVIRONMENT" => "production",
            _ => return None,
        };
        Some(value.to_owned())
    });
    let settings = settings.map_err(|error| error.to_string()).unwrap();
    assert_eq!(settings.delivery, DeliveryPolicy::Everyone);
    assert_eq!(settings.events.as_ref().map(|events: &MailEvents| events.topic.as_str()), Some(TOPIC));
    settings
}

/// The SNS topic of those settings.
pub(crate) const TOPIC: &str = "arn:aws:sns:eu-central-1:000000000000:mail-events";

/// Builds a mail for an address.
pub(crate) fn build(settings: &Settings, audience: Audience, intended: &EmailAddress) -> OutgoingMail {
    let mail =
        Mail { subject: "Kvittering".to_owned(), text: "tekst\n.\nlinje".to_owned(), html: "<p>æ</p>".to_owned() };
    crate::message::build(mail, settings, "Bestil en betjent", intended, audience, intended, "K7F-M2X-P9T.borger")
        .unwrap()
}

/// A web server on this machine that gives every HTTP request the same answer. It stops when it is dropped.
pub(crate) struct Answers {
    address: String,
    requests: Arc<Mutex<Vec<ReceivedRequest>>>,
    _task: JoinSet<()>,
}

/// An HTTP request as received.
#[derive(Clone)]
pub(crate) struct ReceivedRequest {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answers {
    pub(crate) async fn to_all(status: u16, answer: impl Into<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (answer, seen) = (answer.into(), Arc::clone(&requests));
        let mut task = JoinSet::new();
        task.spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mut stream = BufReader::new(stream);
                let Some(request) = read(&mut stream).await else { continue };
                seen.lock().unwrap().push(request);
                let head =
                    format!("HTTP/1.1 {status} -\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
                let _ = stream.write_all(&[head.as_bytes(), &answer].concat()).await;
                let _ = stream.shutdown().await;
            }
        });
        Self { address, requests, _task: task }
    }

    pub(crate) fn address(&self) -> String {
        self.address.clone()
    }

    pub(crate) fn requests(&self) -> Vec<ReceivedRequest> {
        self.requests.lock().unwrap().clone()
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<ReceivedRequest> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        stream.read_line(&mut head).await.ok().filter(|read| *read > 0)?;
    }
    let fields = head.lines().filter_map(|line| line.split_once(": "));
    let mut length = fields.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let mut body = vec![0; length.find_map(|(_, length)| length.parse().ok()).unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some(ReceivedRequest { head, body })
}
