//! The certificates that notifications are signed with: fetched from SNS only, and cached.

use super::Rejected;
use crate::fetch::{NoAnswer, ask};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A cache of certificates by URL.
///
/// Their chain is not verified, nor is it in the validators that AWS offers: a certificate is trusted because it comes
/// from an AWS host, which only TLS with a verified chain reaches.
pub(super) struct Certificates {
    folder: String,
    known: Mutex<BTreeMap<String, CertificateDer<'static>>>,
}

/// The size limit in bytes. A certificate has 2 KB.
const LARGEST: usize = 16 * 1024;
/// The most cached certificates. SNS has one for each region, and replaces it now and then.
const MOST_KNOWN: usize = 8;
const IN_ALL: Duration = Duration::from_secs(5);

impl Certificates {
    pub(super) fn new(folder: &str) -> Self {
        Self { folder: folder.to_owned(), known: Mutex::default() }
    }

    /// The certificate at a URL, which must be where SNS keeps its certificates.
    pub(super) async fn get(&self, url: &str) -> Result<CertificateDer<'static>, Rejected> {
        if !self.may_be_at(url) {
            return Err(Rejected::Certificate);
        }
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(certificate) = known().get(url) {
            return Ok(certificate.clone());
        }
        let pem = fetch(url).await?;
        let certificate = CertificateDer::from_pem_slice(&pem).map_err(|_| Rejected::Certificate)?;
        let mut known = known();
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(url.to_owned(), certificate.clone());
        Ok(certificate)
    }

    /// True for a plain file directly in the folder: no other host after an `@`, no `..` or `%2e`, no query.
    fn may_be_at(&self, url: &str) -> bool {
        let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | '_');
        let file = url.strip_prefix(&self.folder);
        file.is_some_and(|file| file.ends_with(".pem") && file.chars().all(plain) && !file.contains(".."))
    }
}

/// Fetches a small file. Redirects are not followed: they would lead away from where certificates must be.
async fn fetch(url: &str) -> Result<Vec<u8>, Rejected> {
    let request = HttpRequest::get(url).map_err(|_| Rejected::Certificate)?;
    let answer = ask(request, IN_ALL, LARGEST).await.map_err(|none| match none {
        NoAnswer::Unreachable => Rejected::Unreachable,
        NoAnswer::TooLarge => Rejected::Certificate,
    })?;
    match answer.status {
        200 => Ok(answer.body),
        429 | 500.. => Err(Rejected::Unreachable),
        _ => Err(Rejected::Certificate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_at_the_sns_address_are_certificates() {
        let certificates = Certificates::new("https://sns.eu-central-1.amazonaws.com/");
        assert!(certificates.may_be_at("https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0a1b.pem"));
        for elsewhere in [
            "http://sns.eu-central-1.amazonaws.com/a.pem",
            "https://sns.eu-central-1.amazonaws.com.evil.example/a.pem",
            "https://sns.eu-central-1.amazonaws.com@evil.example/a.pem",
            "https://sns.us-east-1.amazonaws.com/a.pem",
            "https://evil.example/https://sns.eu-central-1.amazonaws.com/a.pem",
            "https://sns.eu-central-1.amazonaws.com/a.pem?x=.pem",
            "https://sns.eu-central-1.amazonaws.com/?Action=GetTopicAttributes&x=.pem",
            "https://sns.eu-central-1.amazonaws.com/a.pem#.pem",
            "https://sns.eu-central-1.amazonaws.com/../a.pem",
            "https://sns.eu-central-1.amazonaws.com/..pem",
            "https://sns.eu-central-1.amazonaws.com/%2e%2e/a.pem",
            "https://sns.eu-central-1.amazonaws.com/a/b.pem",
            "https://sns.eu-central-1.amazonaws.com/\\b.pem",
            "https://sns.eu-central-1.amazonaws.com/@b.pem",
            "https://sns.eu-central-1.amazonaws.com/a.pem ",
            "https://sns.eu-central-1.amazonaws.com/a.crt",
            "https://SNS.eu-central-1.amazonaws.com/a.pem",
            "",
        ] {
            assert!(!certificates.may_be_at(elsewhere), "{elsewhere}");
        }
    }
}
