//! Mail by Amazon SES, in programs with the feature `cloud` only.

use super::tag::{TAG, tag_of};
use super::{Handover, NotSent};
use crate::message::{Audience, OutgoingMail};
use crate::settings::Settings;
use crate::store::{sdk_credentials, sdk_region};
use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::http::HttpResponse;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::config::timeout::TimeoutConfig;
use aws_sdk_sesv2::config::{BehaviorVersion, SharedHttpClient};
use aws_sdk_sesv2::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, MessageTag, RawMessage};
use hyper_util::client::legacy::Error as ConnectError;
use std::time::Duration;

/// Amazon SES, with one configuration set per audience.
pub struct Ses {
    client: Client,
    kredse: Option<String>,
    citizens: Option<String>,
    reported: bool,
}

impl Ses {
    pub(super) fn new(
        settings: &Settings,
        http: SharedHttpClient,
        kredse: Option<String>,
        citizens: Option<String>,
    ) -> Self {
        // A send that timed out may have succeeded: the task decides about retries, not the client.
        let config = aws_sdk_sesv2::Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(sdk_region(settings))
            .credentials_provider(sdk_credentials(settings))
            .http_client(http)
            .retry_config(RetryConfig::disabled())
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(Duration::from_secs(3))
                    .operation_timeout(Duration::from_secs(10))
                    .build(),
            );
        let config = match &settings.endpoint {
            Some(endpoint) => config.endpoint_url(endpoint),
            None => config,
        };
        let client = Client::from_conf(config.build());
        Self { client, kredse, citizens, reported: settings.events.is_some() }
    }

    /// Sends a mail once.
    ///
    /// No refusal is permanent: the immediate answers of SES concern the account, the sender, the configuration set or
    /// the sending rate (`MessageRejected` also stands for an unverified sender), all of which can be fixed while the
    /// task waits. Its findings about the recipient come later, as an event.
    pub(super) async fn send(&self, mail: &OutgoingMail, name: &str) -> Result<Handover, NotSent> {
        let incomplete = |_: BuildError| NotSent::for_now("the request to SES is incomplete");
        let raw = RawMessage::builder().data(Blob::new(mail.bytes().reveal().clone())).build().map_err(incomplete)?;
        let tag = MessageTag::builder().name(TAG).value(tag_of(name)).build().map_err(incomplete)?;
        let set = match mail.audience() {
            Audience::Kreds => &self.kredse,
            Audience::Citizen => &self.citizens,
        };
        let request = self
            .client
            .send_email()
            .set_configuration_set_name(set.clone())
            .destination(Destination::builder().to_addresses(mail.to().as_str()).build())
            .email_tags(tag)
            .content(EmailContent::builder().raw(raw).build());
        match request.send().await {
            Ok(_) if self.reported => Ok(Handover::AwaitingReport),
            Ok(_) => Ok(Handover::Final),
            // Only the code: the message of SES quotes addresses.
            Err(error) if was_refused(&error) => {
                Err(NotSent::for_now(error.code().unwrap_or("no mail was taken by SES")))
            }
            Err(_) => Err(NotSent::perhaps("no answer from SES")),
        }
    }
}

/// True if SES certainly has not accepted the mail: it refused, or was never reached.
fn was_refused<E>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::ConstructionFailure(_) => true,
        SdkError::ServiceError(answer) => !answer.raw().status().is_success(),
        SdkError::ResponseError(answer) => !answer.raw().status().is_success(),
        SdkError::DispatchFailure(failure) => failure.as_connector_error().is_some_and(|error| was_not_reached(error)),
        _ => false,
    }
}

/// True if no connection was established: no name, no address, no answer, no TLS. Connections are not reused, so after
/// any other error the HTTP request may have been written.
fn was_not_reached(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.downcast_ref::<ConnectError>().is_some_and(ConnectError::is_connect) {
            return true;
        }
        next = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mailer::SendFailure;
    use crate::test_support::{Answers, build, email, settings};
    use aws_smithy_types::base64;
    use serde_json::Value;

    async fn sent(answers: &Answers, audience: Audience, events: bool) -> Result<Handover, NotSent> {
        let mut settings = Settings { endpoint: Some(answers.address()), ..settings("ses:til-kredse,til-borgere") };
        settings.events = settings.events.filter(|_| events);
        let mail = build(&settings, audience, &email("anna@eksempel.example"));
        let mailer = crate::mailer::Mailer::new(&settings).unwrap();
        mailer.send(&mail, "K7F-M2X-P9T.borger").await
    }

    #[tokio::test]
    async fn ses_receives_the_mail_with_recipient_name_and_configuration_set() {
        for (audience, set) in [(Audience::Kreds, "til-kredse"), (Audience::Citizen, "til-borgere")] {
            let ses = Answers::to_all(200, "{\"MessageId\":\"0100\"}").await;
            assert_eq!(sent(&ses, audience, true).await.unwrap(), Handover::AwaitingReport);
            let asked = ses.requests();
            let [request] = asked.as_slice() else { panic!("{} requests", asked.len()) };
            assert!(request.head.starts_with("POST /v2/email/outbound-emails "), "{}", request.head);
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            assert_eq!(body["ConfigurationSetName"], set);
            assert_eq!(body["Destination"], serde_json::json!({ "ToAddresses": ["anna@eksempel.example"] }));
            let tags = serde_json::json!([{ "Name": "bestilling", "Value": "K7F-M2X-P9T_borger" }]);
            assert_eq!(body["EmailTags"], tags);
            let raw = base64::decode(body["Content"]["Raw"]["Data"].as_str().unwrap()).unwrap();
            let raw = String::from_utf8(raw).unwrap();
            assert!(raw.contains("\r\nX-Bestilling: K7F-M2X-P9T.borger\r\n"), "{raw}");
        }
    }

    #[tokio::test]
    async fn without_events_a_mail_counts_as_handed_over() {
        let ses = Answers::to_all(200, "{\"MessageId\":\"0100\"}").await;
        assert_eq!(sent(&ses, Audience::Kreds, false).await.unwrap(), Handover::Final);
    }

    #[tokio::test]
    async fn an_ses_refusal_is_transient_not_retried_and_quotes_no_address() {
        for (status, body) in [
            (400, r#"{"__type":"MessageRejected","message":"Email address is not verified: anna@eksempel.example"}"#),
            (500, r#"{"__type":"InternalFailure"}"#),
            (500, "no JSON: anna@eksempel.example"),
        ] {
            let ses = Answers::to_all(status, body).await;
            let refused = sent(&ses, Audience::Citizen, true).await.unwrap_err();
            assert!(refused.failure == SendFailure::Transient && !refused.to_string().contains("anna"), "{refused}");
            assert_eq!(ses.requests().len(), 1, "{body}");
        }
    }

    async fn failure_at(endpoint: &str) -> SendFailure {
        let settings = Settings { endpoint: Some(endpoint.to_owned()), ..settings("ses") };
        let mail = build(&settings, Audience::Kreds, &email("anna@eksempel.example"));
        let mailer = crate::mailer::Mailer::new(&settings).unwrap();
        mailer.send(&mail, "K7F-M2X-P9T.kreds").await.unwrap_err().failure
    }

    /// A server that handles its first connection with `serve`.
    async fn server<F: Future<Output = ()> + Send + 'static>(
        serve: impl FnOnce(tokio::net::TcpStream) -> F + Send + 'static,
    ) -> std::net::SocketAddr {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { serve(listener.accept().await.unwrap().0).await });
        address
    }

    #[tokio::test]
    async fn a_mail_may_have_been_sent_only_if_ses_was_reached_and_did_not_refuse() {
        let refused = Answers::to_all(503, "").await;
        assert_eq!(sent(&refused, Audience::Kreds, true).await.unwrap_err().failure, SendFailure::Transient);
        let unreadable = Answers::to_all(200, "half a").await;
        assert_eq!(sent(&unreadable, Audience::Kreds, true).await.unwrap_err().failure, SendFailure::Ambiguous);
        let hangs_up = server(|_stream| async {}).await;
        assert_eq!(failure_at(&format!("http://{hangs_up}")).await, SendFailure::Ambiguous);
    }

    #[tokio::test]
    async fn without_a_connection_no_mail_was_sent() {
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let no_tls = server(|mut stream| async move {
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        })
        .await;
        let never_says_hello = server(|stream| async move {
            tokio::time::sleep(Duration::from_secs(20)).await;
            drop(stream);
        })
        .await;
        for endpoint in [
            format!("http://{nobody}"),
            "http://ses.nowhere.example".to_owned(),
            format!("https://{no_tls}"),
            format!("https://{never_says_hello}"),
        ] {
            assert_eq!(failure_at(&endpoint).await, SendFailure::Transient, "{endpoint}");
        }
    }

    #[tokio::test]
    async fn a_connection_that_died_while_the_function_was_frozen_is_not_reused() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let mut dead = Vec::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = vec![0; 64 * 1024];
                let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut request).await;
                let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{\"MessageId\":\"0100\"}";
                tokio::io::AsyncWriteExt::write_all(&mut stream, answer).await.unwrap();
                // It stays open, but nothing more that is written to it gets an answer.
                dead.push(stream);
            }
        });
        let settings = Settings { endpoint: Some(format!("http://{address}")), ..settings("ses") };
        let mail = build(&settings, Audience::Kreds, &email("anna@eksempel.example"));
        let mailer = crate::mailer::Mailer::new(&settings).unwrap();
        for _ in 0..2 {
            mailer.send(&mail, "K7F-M2X-P9T.kreds").await.unwrap();
        }
    }
}
