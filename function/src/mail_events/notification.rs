//! Amazon SNS notifications, and their signatures.

use super::Rejected;
use aws_smithy_types::base64;
use rustls_pki_types::CertificateDer;
use serde::Deserialize;
use webpki::EndEntityCert;
use webpki::ring::RSA_PKCS1_2048_8192_SHA256;

/// The source in records of SNS.
pub(super) const SOURCE: &str = "aws:sns";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Record {
    event_source: String,
    sns: Notification,
}

/// A notification as the function receives it. Only the signed parts count.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Notification {
    #[serde(rename = "Type")]
    kind: String,
    message_id: String,
    pub(super) topic_arn: String,
    /// Missing or null for a message without a subject.
    subject: Option<String>,
    pub(super) message: String,
    /// The time as written, since its characters are signed, not its meaning.
    timestamp: String,
    signature_version: String,
    signature: String,
    /// The spelling in calls of a function; the alias is the spelling in calls of a URL.
    #[serde(alias = "SigningCertURL")]
    signing_cert_url: String,
}

impl Notification {
    pub(super) fn read(record: serde_json::Value) -> Result<Self, Rejected> {
        let record: Record = serde_json::from_value(record).map_err(|_| Rejected::Unreadable)?;
        if record.event_source != SOURCE || record.sns.kind != "Notification" {
            return Err(Rejected::Unreadable);
        }
        Ok(record.sns)
    }

    /// The URL of the signing certificate, if the signature has version 2. Version 1 uses SHA-1, for which two texts
    /// with one signature can be made; the topic is set to version 2 where it is created.
    pub(super) fn certificate(&self) -> Result<&str, Rejected> {
        if self.signature_version == "2" { Ok(&self.signing_cert_url) } else { Err(Rejected::Signature) }
    }

    /// Verifies the signature with a certificate's key.
    pub(super) fn verify(&self, certificate: &CertificateDer<'_>) -> Result<(), Rejected> {
        let certificate = EndEntityCert::try_from(certificate).map_err(|_| Rejected::Certificate)?;
        let signature = base64::decode(&self.signature).map_err(|_| Rejected::Signature)?;
        let verified = certificate.verify_signature(RSA_PKCS1_2048_8192_SHA256, self.signed().as_bytes(), &signature);
        verified.map_err(|_| Rejected::Signature)
    }

    /// The signed text: names and values, each on its own line, in this order ("Verifying the signatures of Amazon SNS
    /// messages" in its developer guide).
    fn signed(&self) -> String {
        let subject = self.subject.as_deref().map(|subject| ("Subject", subject));
        let first = [("Message", self.message.as_str()), ("MessageId", &self.message_id)];
        let last = [("Timestamp", self.timestamp.as_str()), ("TopicArn", &self.topic_arn), ("Type", &self.kind)];
        first.into_iter().chain(subject).chain(last).map(|(name, value)| format!("{name}\n{value}\n")).collect()
    }
}
