//! A notification of Amazon SNS, and its signature.

use super::Refused;
use aws_smithy_types::base64;
use rustls_pki_types::CertificateDer;
use serde::Deserialize;
use webpki::EndEntityCert;
use webpki::ring::RSA_PKCS1_2048_8192_SHA256;

/// The source that a record of SNS names.
pub(super) const SOURCE: &str = "aws:sns";

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Record {
    event_source: String,
    sns: Notification,
}

/// A notification as a function is called with it. Only the signed parts count.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Notification {
    #[serde(rename = "Type")]
    kind: String,
    message_id: String,
    pub(super) topic_arn: String,
    /// Missing or null if there is none.
    subject: Option<String>,
    pub(super) message: String,
    /// As it was written: its signs are signed, not its meaning.
    timestamp: String,
    signature_version: String,
    signature: String,
    /// SNS writes it so when it calls a function, and in capitals when it calls a web address.
    #[serde(alias = "SigningCertURL")]
    signing_cert_url: String,
}

impl Notification {
    pub(super) fn read(record: serde_json::Value) -> Result<Self, Refused> {
        let record: Record = serde_json::from_value(record).map_err(|_| Refused::Unreadable)?;
        if record.event_source != SOURCE || record.sns.kind != "Notification" {
            return Err(Refused::Unreadable);
        }
        Ok(record.sns)
    }

    /// Where the certificate of its signature should be, if it is signed by version 2. Version 1 is made with SHA-1, for
    /// which somebody can make two texts with one signature; the topic is set to version 2 where it is made.
    pub(super) fn certificate(&self) -> Result<&str, Refused> {
        if self.signature_version == "2" { Ok(&self.signing_cert_url) } else { Err(Refused::Signature) }
    }

    /// Checks the signature with a certificate's key.
    pub(super) fn verify(&self, certificate: &CertificateDer<'_>) -> Result<(), Refused> {
        let certificate = EndEntityCert::try_from(certificate).map_err(|_| Refused::Certificate)?;
        let signature = base64::decode(&self.signature).map_err(|_| Refused::Signature)?;
        let verified = certificate.verify_signature(RSA_PKCS1_2048_8192_SHA256, self.signed().as_bytes(), &signature);
        verified.map_err(|_| Refused::Signature)
    }

    /// The text that is signed: names and values, each on a line of its own, in this order ("Verifying the signatures of
    /// Amazon SNS messages" in its developer guide).
    fn signed(&self) -> String {
        let subject = self.subject.as_deref().map(|subject| ("Subject", subject));
        let first = [("Message", self.message.as_str()), ("MessageId", &self.message_id)];
        let last = [("Timestamp", self.timestamp.as_str()), ("TopicArn", &self.topic_arn), ("Type", &self.kind)];
        first.into_iter().chain(subject).chain(last).map(|(name, value)| format!("{name}\n{value}\n")).collect()
    }
}
