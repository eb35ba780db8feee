//! HTTP requests to other servers, limited in time and in bytes.

use aws_smithy_http_client::{Connector, tls};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorSettings};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::byte_stream::ByteStream;
use std::time::Duration;
use thiserror::Error;
use tokio::time::timeout;

/// The response of a server. Redirects are not followed.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The target of a redirect.
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
}

/// The reason why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(crate) enum NoAnswer {
    /// The server did not answer, or not in time.
    #[error("no answer")]
    Unreachable,
    /// The answer is larger than any expected one.
    #[error("an answer that is too large")]
    TooLarge,
}

/// Sends an HTTP request; `https` means TLS with a verified certificate chain.
pub(crate) async fn ask(request: HttpRequest, within: Duration, largest: usize) -> Result<Answer, NoAnswer> {
    timeout(within, asked(request, within, largest)).await.unwrap_or(Err(NoAnswer::Unreachable))
}

async fn asked(request: HttpRequest, within: Duration, largest: usize) -> Result<Answer, NoAnswer> {
    let settings = HttpConnectorSettings::builder().connect_timeout(within).read_timeout(within).build();
    let connector = Connector::builder()
        .connector_settings(settings)
        .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
        .build();
    let response = connector.call(request).await.map_err(|_| NoAnswer::Unreachable)?;
    let status = response.status().as_u16();
    let location = response.headers().get("location").map(str::to_owned);
    let (mut stream, mut body) = (ByteStream::new(response.into_body()), Vec::new());
    while let Some(part) = stream.try_next().await.map_err(|_| NoAnswer::Unreachable)? {
        if body.len() + part.len() > largest {
            return Err(NoAnswer::TooLarge);
        }
        body.extend_from_slice(&part);
    }
    Ok(Answer { status, location, body })
}
