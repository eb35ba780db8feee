//! The network to the table, which a test can cut, garble, or make panic.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A fault of the network.
pub(crate) enum Fault {
    /// The request arrives, and so does its answer.
    None,
    /// The request arrives, but its answer times out.
    AnswerLost,
    /// The request arrives, and its answer comes after this delay.
    Late(Duration),
    /// The connection fails.
    Unreachable,
    /// The request is refused with these words.
    Refused(String),
    /// The program panics with these words.
    Panics(String),
}

/// Chooses the fault of a request by its operation (`PutItem`) and its body.
pub(crate) type Rule = dyn Fn(&str, &str) -> Fault + Send + Sync;

/// A network to the table.
#[derive(Clone)]
pub(crate) struct Network {
    rule: Arc<Mutex<Arc<Rule>>>,
    real: SharedHttpClient,
}

impl Network {
    pub(crate) fn new() -> Self {
        let rule: Arc<Rule> = Arc::new(|_, _| Fault::None);
        Self { rule: Arc::new(Mutex::new(rule)), real: aws_smithy_http_client::Builder::new().build_http() }
    }

    /// Sets the rule for all requests from now on.
    pub(crate) fn set(&self, rule: impl Fn(&str, &str) -> Fault + Send + Sync + 'static) {
        *self.rule.lock().unwrap() = Arc::new(rule);
    }

    /// Ends all faults.
    pub(crate) fn mend(&self) {
        self.set(|_, _| Fault::None);
    }

    pub(crate) fn client(&self) -> SharedHttpClient {
        SharedHttpClient::new(self.clone())
    }
}

/// The real connector, behind the rule.
struct Guarded(Network, SharedHttpConnector);

impl HttpConnector for Guarded {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let body = String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned();
        let rule = Arc::clone(&self.0.rule.lock().unwrap());
        match rule(&operation, &body) {
            Fault::None => self.1.call(request),
            Fault::AnswerLost => {
                let answer = self.1.call(request);
                HttpConnectorFuture::new(async move {
                    answer.await?;
                    Err(ConnectorError::timeout("the answer came too late".into()))
                })
            }
            Fault::Late(delay) => {
                let answer = self.1.call(request);
                HttpConnectorFuture::new(async move {
                    tokio::time::sleep(delay).await;
                    answer.await
                })
            }
            Fault::Unreachable => HttpConnectorFuture::ready(Err(ConnectorError::io("nobody is there".into()))),
            Fault::Refused(words) => {
                let kind = "com.amazonaws.dynamodb.v20120810#ValidationException";
                let answer = serde_json::json!({ "__type": kind, "message": words }).to_string();
                let status = 400.try_into().unwrap();
                HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(answer))))
            }
            Fault::Panics(words) => HttpConnectorFuture::new(async move { panic!("{words}") }),
        }
    }
}

impl HttpClient for Network {
    fn http_connector(&self, settings: &HttpConnectorSettings, parts: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(Guarded(self.clone(), self.real.http_connector(settings, parts)))
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Network")
    }
}

impl fmt::Debug for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guarded")
    }
}
