//! An in-process network to the database that can lose requests and answers.

use crate::failures::engine::answer;
use crate::failures::record::{Loss, Record};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use dynoxide::Database;
use std::fmt;
use std::sync::{Arc, Mutex};
use tokio::task::yield_now;

/// The way to one database, which can be led to another.
#[derive(Clone)]
pub(crate) struct Network(Arc<Mutex<End>>);

/// The other end of the network, and the record of what passes through it.
#[derive(Clone)]
pub(crate) struct End {
    pub(crate) database: Database,
    pub(crate) record: Record,
}

impl Network {
    pub(crate) fn to(database: &Database, record: &Record) -> Self {
        Self(Arc::new(Mutex::new(End { database: database.clone(), record: record.clone() })))
    }

    /// A client for the function.
    pub(crate) fn client(&self) -> SharedHttpClient {
        SharedHttpClient::new(self.clone())
    }

    /// Leads to another database from now on.
    pub(crate) fn lead_to(&self, database: &Database, record: &Record) {
        *self.0.lock().unwrap() = End { database: database.clone(), record: record.clone() };
    }

    pub(crate) fn end(&self) -> End {
        self.0.lock().unwrap().clone()
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Network")
    }
}

impl HttpClient for Network {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Network {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let End { database, record } = self.end();
        HttpConnectorFuture::new(async move {
            let target = request.headers().get("x-amz-target").unwrap_or_default();
            let operation = target.split_once('.').map_or(target, |(_, operation)| operation).to_owned();
            let body = request.body().bytes().expect("the SDK's bodies are in memory");
            let loss = record.loss(&operation);
            // A run that dies here has sent nothing yet.
            yield_now().await;
            if loss == Loss::Request {
                return Err(ConnectorError::io("the request was lost".into()));
            }
            let (status, answer) = match loss {
                Loss::Pretended => (200, "{}".to_owned()),
                _ => answer(&database, &operation, body),
            };
            record.done(&operation, status);
            // A run that dies here has sent its request, and has no answer.
            yield_now().await;
            if loss == Loss::Response {
                return Err(ConnectorError::io("the answer was lost".into()));
            }
            let status = status.try_into().expect("a status");
            let mut response = HttpResponse::new(status, SdkBody::from(answer));
            response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
            Ok(response)
        })
    }
}
