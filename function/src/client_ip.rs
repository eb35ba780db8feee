//! The IP address that an HTTP request comes from, as far as a trustworthy source states it.

use crate::settings::{OriginProof, Settings};
use lambda_http::request::RequestContext;
use lambda_http::{Request, RequestExt};
use std::net::IpAddr;

/// The header with the secret, in hex, by which the distribution in front identifies itself.
const PROOF: &str = "x-origin-secret";

/// The header with the visitor's address and port, set by the distribution: `192.0.2.1:443`, `2001:db8::1:443`.
const VIEWER: &str = "cloudfront-viewer-address";

/// The visitor's IP address: as the distribution states it, if that is proven; otherwise that of the connection.
pub(crate) fn address(settings: &Settings, request: &Request) -> Option<IpAddr> {
    let viewer = || header(request, VIEWER)?.rsplit_once(':')?.0.parse().ok();
    if is_proven(settings, request)
        && let Some(address) = viewer()
    {
        return Some(address);
    }
    match request.request_context_ref()? {
        RequestContext::ApiGatewayV1(context) => context.identity.source_ip.as_ref()?.parse().ok(),
        RequestContext::ApiGatewayV2(context) => context.http.source_ip.as_ref()?.parse().ok(),
        _ => None,
    }
}

/// True if an HTTP request bypassed the distribution, and with it the firewall.
pub(crate) fn bypassed_distribution(settings: &Settings, request: &Request) -> bool {
    settings.origin_secret.is_some() && settings.origin_proof == OriginProof::Required && !is_proven(settings, request)
}

fn is_proven(settings: &Settings, request: &Request) -> bool {
    settings.origin_secret.as_ref().is_some_and(|secret| header(request, PROOF).is_some_and(|text| secret.is(text)))
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::tests::with;
    use lambda_http::Body;
    use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequestContext, ApiGatewayV2httpRequestContext};

    fn request(context: RequestContext, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::new(Body::Empty).with_request_context(context);
        for (name, value) in headers {
            let name = lambda_http::http::HeaderName::from_bytes(name.as_bytes()).unwrap();
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        request
    }

    /// The address found for an HTTP request, which is the same with both kinds of gateway.
    fn seen(headers: &[(&str, &str)]) -> Option<String> {
        let proof = "0a".repeat(32);
        let settings = Settings::read(with(&[("ORIGIN_SECRET", &proof)])).unwrap();
        let mut http = ApiGatewayV2httpRequestContext::default();
        http.http.source_ip = Some("192.0.2.9".to_owned());
        let mut rest = ApiGatewayProxyRequestContext::default();
        rest.identity.source_ip = Some("192.0.2.9".to_owned());
        let [http, rest] = [RequestContext::ApiGatewayV2(http), RequestContext::ApiGatewayV1(rest)]
            .map(|context| address(&settings, &request(context, headers)));
        assert_eq!(http, rest);
        http.map(|address| address.to_string())
    }

    #[test]
    fn requests_that_bypass_the_distribution_are_strangers_unless_proof_is_optional() {
        let proof = "0a".repeat(32);
        let is = |settings: &[(&str, &str)], headers: &[(&str, &str)]| {
            let settings = Settings::read(with(settings)).unwrap();
            bypassed_distribution(
                &settings,
                &request(RequestContext::ApiGatewayV1(ApiGatewayProxyRequestContext::default()), headers),
            )
        };
        let secret = ("ORIGIN_SECRET", proof.as_str());
        for (headers, stranger) in [
            (&[][..], true),
            (&[(PROOF, "")], true),
            (&[(PROOF, &*"0b".repeat(32))], true),
            (&[(VIEWER, "203.0.113.7:443")], true),
            (&[(PROOF, proof.as_str())], false),
        ] {
            assert_eq!(is(&[secret], headers), stranger, "{headers:?}");
            assert!(!is(&[secret, ("ORIGIN_PROOF", "optional")], headers));
            assert!(!is(&[], headers), "a machine without a distribution in front");
        }
    }

    #[test]
    fn only_a_proven_distribution_names_the_visitor() {
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
