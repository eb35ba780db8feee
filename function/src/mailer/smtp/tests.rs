//! Tests of mail by SMTP, against a server that these tests implement.

use super::Smtp;
use crate::mailer::{Handover, Mailer, NotSent, SendFailure};
use crate::message::{Audience, OutgoingMail};
use crate::refusal::Refusal::{Mailbox, Message, Sender};
use crate::settings::{DeliveryPolicy, MailRoute, Settings};
use crate::test_support::{build, email, settings};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Unusual answers of a server to commands with these prefixes.
type Manners = &'static [(&'static str, &'static str)];

/// Serves one connection, and returns all lines received. An empty answer closes the connection; "…" never comes.
async fn server(manners: Manners) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        let (mut heard, mut in_mail) = (Vec::new(), false);
        let mut next = "(greeting)".to_owned();
        loop {
            let usual = match next.as_str() {
                "." => "250 taken",
                "DATA" => "354 go on",
                line if line.starts_with("EHLO") => "250-mail.example\r\n250 AUTH PLAIN",
                line if line.starts_with("AUTH") => "235 welcome",
                "(greeting)" => "220 mail.example",
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            let wanted = manners.iter().find(|(begin, _)| next.starts_with(begin)).map_or(usual, |(_, answer)| answer);
            match wanted {
                _ if in_mail && next != "." => {}
                "" => return heard,
                "…" => std::future::pending().await,
                answer => stream.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap(),
            }
            in_mail = if in_mail { next != "." } else { next == "DATA" && wanted.starts_with('3') };
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return heard;
            }
            assert!(line.ends_with("\r\n"), "{line:?}");
            next = line.trim_end().to_owned();
            heard.push(next.clone());
        }
    });
    (url, task)
}

fn mail(settings: &Settings) -> OutgoingMail {
    build(settings, Audience::Citizen, &email("anna@eksempel.example"))
}

async fn send(url: &str, delivery: DeliveryPolicy) -> Result<Handover, NotSent> {
    let settings = Settings { delivery, ..settings(url) };
    let mailer = Mailer::new(&settings).unwrap();
    mailer.send(&mail(&settings), "K7F-M2X-P9T.borger").await
}

#[tokio::test]
async fn a_mail_is_handed_over_whole_and_its_envelope_matches_its_header() {
    for (delivery, to) in [
        (DeliveryPolicy::Everyone, "anna@eksempel.example"),
        (DeliveryPolicy::Only(email("sink@bestil-en-betjent.example")), "sink@bestil-en-betjent.example"),
    ] {
        let (url, server) = server(&[]).await;
        let settings = Settings { delivery, ..settings(&url) };
        let sent = mail(&settings);
        let mailer = Mailer::new(&settings).unwrap();
        assert_eq!(mailer.send(&sent, "K7F-M2X-P9T.borger").await.unwrap(), Handover::Final);
        let heard = server.await.unwrap();
        let commands: Vec<&str> = heard.iter().take(4).map(String::as_str).collect();
        let expected = [
            "EHLO bestil-en-betjent.example",
            "MAIL FROM:<afsender@bestil-en-betjent.example>",
            &format!("RCPT TO:<{to}>"),
            "DATA",
        ];
        assert_eq!(commands, expected);
        assert_eq!(heard.last().map(String::as_str), Some("QUIT"));
        // A line with only a full stop would end the mail, so such lines get a second one in transit.
        assert!(heard.contains(&"..".to_owned()));
        let got = heard[4..heard.len() - 2].join("\r\n").replace("\r\n..", "\r\n.");
        let sent = String::from_utf8(sent.bytes().reveal().clone()).unwrap();
        assert_eq!(got.trim_end(), sent.trim_end());
        let names_anna = heard.iter().any(|line| line.contains("anna@"));
        assert_eq!(names_anna, to.starts_with("anna@"), "{heard:?}");
    }
}

#[tokio::test]
async fn a_refusal_is_classified_and_quotes_no_address() {
    use SendFailure::{Ambiguous, Refused, Transient};
    let cases: [(Manners, &str, SendFailure); 19] = [
        (&[("RCPT", "550 5.1.1 anna@eksempel.example unknown")], "answered RCPT with 550", Refused(Mailbox)),
        (&[("RCPT", "553-5.1.3 no\r\n553 anna@eksempel.example")], "answered RCPT with 553", Refused(Mailbox)),
        (&[("RCPT", "550 5.4.1 access denied: anna@eksempel.example")], "answered RCPT with 550", Refused(Mailbox)),
        (&[("RCPT", "554 5.7.1 Client host blocked")], "answered RCPT with 554", Refused(Sender)),
        (&[("RCPT", "553 5.1.8 sender's domain not found")], "answered RCPT with 553", Refused(Sender)),
        (&[("RCPT", "450 4.2.1 anna@eksempel.example is busy")], "answered RCPT with 450", Transient),
        (&[("RCPT", "530 5.7.0 log in first")], "answered RCPT with 530", Refused(Sender)),
        (&[("DATA", "554 no valid recipients")], "answered DATA with 554", Refused(Sender)),
        (&[("DATA", "451 later")], "answered DATA with 451", Transient),
        (&[(".", "554-5.7.1 spam\r\n554 5.7.1 anna@eksempel.example")], "answered the mail with 554", Refused(Message)),
        (&[(".", "552 too large")], "answered the mail with 552", Refused(Message)),
        (&[(".", "550 5.7.26 not authenticated")], "answered the mail with 550", Refused(Sender)),
        (&[(".", "452 full")], "answered the mail with 452", Transient),
        (
            &[("MAIL", "550 5.7.1 afsender@bestil-en-betjent.example may not")],
            "answered MAIL with 550",
            Refused(Sender),
        ),
        (&[("(greeting)", "554 not for you")], "answered EHLO with 554", Refused(Sender)),
        (&[("EHLO", "550 who?")], "answered EHLO with 550", Refused(Sender)),
        (&[(".", "")], "did not answer the mail", Ambiguous),
        (&[("RCPT", "")], "did not answer RCPT", Transient),
        (&[("RCPT", "Hi, this is no SMTP: anna@eksempel.example")], "did not answer RCPT", Transient),
    ];
    for (manners, reason, failure) in cases {
        let (url, server) = server(manners).await;
        let refused = send(&url, DeliveryPolicy::Everyone).await.unwrap_err();
        assert_eq!((refused.failure, refused.reason.ends_with(reason)), (failure, true), "{manners:?}: {refused}");
        assert!(!refused.to_string().contains('@'), "{refused}");
        let heard = server.await.unwrap();
        assert!(heard.iter().all(|line| line != "DATA") || reason.contains("DATA") || reason.contains("the mail"));
    }
}

#[tokio::test]
async fn an_accepted_mail_is_sent_even_if_quit_fails() {
    for goodbye in [&[("QUIT", "421 down")] as Manners, &[("QUIT", "")], &[("QUIT", "…")]] {
        let (url, server) = server(goodbye).await;
        assert_eq!(send(&url, DeliveryPolicy::Everyone).await.unwrap(), Handover::Final, "{goodbye:?}");
        server.abort();
    }
}

#[tokio::test]
async fn a_silent_server_times_out() {
    for (silence, fate) in [
        (&[("(greeting)", "…")] as Manners, SendFailure::Transient),
        (&[("RCPT", "…")], SendFailure::Transient),
        (&[(".", "…")], SendFailure::Ambiguous),
    ] {
        let (url, server) = server(silence).await;
        let mut smtp = Smtp::new(&url, &email("a@b.example")).unwrap();
        (smtp.connecting, smtp.sending) = (Duration::from_millis(300), Duration::from_millis(300));
        let refused = smtp.send(&mail(&settings(&url))).await.unwrap_err();
        assert_eq!(refused.failure, fate, "{silence:?}");
        assert!(refused.reason.ends_with("in time"), "{silence:?}: {refused}");
        server.abort();
    }
}

#[tokio::test]
async fn the_server_receives_the_password_and_a_wrong_one_is_a_refusal_of_the_sender() {
    let with_password = |url: &str| url.replace("smtp://", "smtp://user:s3cr%40t@");
    let (url, server_task) = server(&[]).await;
    assert_eq!(send(&with_password(&url), DeliveryPolicy::Everyone).await.unwrap(), Handover::Final);
    // \0user\0s3cr@t
    assert!(server_task.await.unwrap().contains(&"AUTH PLAIN AHVzZXIAczNjckB0".to_owned()));

    let (url, server_task) = server(&[("AUTH", "535 5.7.8 s3cr@t is wrong")]).await;
    let refused = send(&with_password(&url), DeliveryPolicy::Everyone).await.unwrap_err();
    assert!(
        refused.failure == SendFailure::Refused(Sender) && refused.reason.ends_with("answered AUTH with 535"),
        "{refused}"
    );
    assert!(server_task.await.unwrap().iter().all(|line| !line.starts_with("MAIL")));
}

#[tokio::test]
async fn without_tls_a_remote_server_gets_no_password_and_no_mail() {
    let (url, server) = server(&[]).await;
    let mut smtp = Smtp::new(&url.replace("smtp://", "smtp://user:s3cr%40t@"), &email("a@b.example")).unwrap();
    smtp.security = Smtp::new("smtp://mail.example", &email("a@b.example")).unwrap().security;
    let refused = smtp.send(&mail(&settings(&url))).await.unwrap_err();
    assert!(refused.reason.ends_with("did not answer STARTTLS"), "{refused}");
    let heard = server.await.unwrap();
    assert!(heard.iter().all(|line| line.starts_with("EHLO") || line == "QUIT"), "{heard:?}");
}

#[test]
fn the_error_about_an_invalid_server_url_does_not_quote_the_password() {
    for wrong in ["smtp://user:s3cret@mail.example:port", "smtp://user:s3cret@/", "smtps://user:s3cret@x?tls=none"] {
        let settings = Settings { mail: MailRoute::Smtp(wrong.to_owned()), ..settings("ses") };
        let error = Mailer::new(&settings).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.starts_with("environment variable MAIL: must be smtp://"), "{error}");
        assert!(!error.contains("s3cret"), "{error}");
    }
}
