//! The time since a probe last arrived, for monitoring from outside the cloud by `infra/watch`.

use crate::Service;
use lambda_http::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use lambda_http::{Body, Response};

/// The path that `infra/watch` requests.
pub(crate) const PATH: &str = "/afproevning.txt";

/// Answers with the time in seconds, or `-` if no probe has arrived yet.
pub(crate) async fn answer(service: &Service) -> Response<Body> {
    let (status, text) = match service.store.last_probe().await {
        Ok(None) => (200, "-\n".to_owned()),
        Ok(Some(at)) => (200, format!("{}\n", service.clock.now().duration_since(at).as_secs().max(0))),
        Err(error) => {
            tracing::error!(%error, "when a probe last arrived could not be read");
            (503, String::new())
        }
    };
    let mut response = crate::web::status_only(status);
    *response.body_mut() = Body::Text(text);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
