//! The address that a request comes from, as far as anybody trustworthy says.

use crate::settings::Settings;
use lambda_http::request::RequestContext;
use lambda_http::{Request, RequestExt};
use std::net::IpAddr;

/// What the distribution in front proves itself with, as hex.
const PROOF: &str = "x-origin-secret";

/// Where the distribution says the visitor is: `192.0.2.1:443`, `2001:db8::1:443`.
const VIEWER: &str = "cloudfront-viewer-address";

/// The visitor's address: what the distribution in front says, if it proves itself; else the connection's own.
pub(crate) fn address(settings: &Settings, request: &Request) -> Option<IpAddr> {
    let header = |name| request.headers().get(name)?.to_str().ok();
    let proved =
        settings.origin_secret.as_ref().is_some_and(|secret| header(PROOF).is_some_and(|text| secret.is(text)));
    if proved && let Some(address) = header(VIEWER).and_then(|text| text.rsplit_once(':')?.0.parse().ok()) {
        return Some(address);
    }
    match request.request_context_ref()? {
        RequestContext::ApiGatewayV2(context) => context.http.source_ip.as_ref()?.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::with;
    use lambda_http::Body;

    fn seen(headers: &[(&str, &str)]) -> Option<String> {
        let proof = "0a".repeat(32);
        let settings = Settings::read(with(&[("ORIGIN_SECRET", &proof)])).unwrap();
        let mut context = lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequestContext::default();
        context.http.source_ip = Some("192.0.2.9".to_owned());
        let mut request = Request::new(Body::Empty).with_request_context(RequestContext::ApiGatewayV2(context));
        for (name, value) in headers {
            let name = lambda_http::http::HeaderName::from_bytes(name.as_bytes()).unwrap();
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        address(&settings, &request).map(|address| address.to_string())
    }

    #[test]
    fn only_the_distribution_that_proves_itself_says_who_the_visitor_is() {
        let proof = "0a".repeat(32);
        let proof = proof.as_str();
        assert_eq!(seen(&[]).as_deref(), Some("192.0.2.9"));
        assert_eq!(seen(&[(VIEWER, "203.0.113.7:443")]).as_deref(), Some("192.0.2.9"));
        assert_eq!(seen(&[(PROOF, &"0b".repeat(32)), (VIEWER, "203.0.113.7:443")]).as_deref(), Some("192.0.2.9"));
        assert_eq!(seen(&[(PROOF, proof), (VIEWER, "203.0.113.7:443")]).as_deref(), Some("203.0.113.7"));
        assert_eq!(seen(&[(PROOF, proof), (VIEWER, "2001:db8::1:443")]).as_deref(), Some("2001:db8::1"));
        assert_eq!(seen(&[(PROOF, proof), (VIEWER, "nonsense")]).as_deref(), Some("192.0.2.9"));
    }
}
