//! AWS KMS as the key service, in programs with the feature `cloud` only.

use super::{DataKey, EncryptionError, WrappedKey, data_key};
use crate::alarm::Alarm;
use crate::settings::Settings;
use crate::store::{sdk_credentials, sdk_region};
use aws_sdk_dynamodb::config::SharedHttpClient;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::BehaviorVersion;
use aws_sdk_kms::config::timeout::TimeoutConfig;
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use model::names::SubmissionId;
use std::time::Duration;

/// The key of the encryption context for the request's id: a wrapped key unwraps for its own request only.
const CONTEXT: &str = "submission";

/// A KMS key that wraps data keys.
#[derive(Clone)]
pub struct Kms {
    client: Client,
    /// The id, ARN or alias of the wrapping key.
    key: String,
}

impl Kms {
    pub(super) fn new(settings: &Settings, http: SharedHttpClient, key: String) -> Self {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(Duration::from_secs(1))
            .operation_attempt_timeout(Duration::from_secs(2))
            .operation_timeout(Duration::from_secs(5))
            .build();
        let config = aws_sdk_kms::Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(sdk_region(settings))
            .credentials_provider(sdk_credentials(settings))
            .http_client(http)
            .timeout_config(timeouts);
        let config = match &settings.endpoint {
            Some(endpoint) => config.endpoint_url(endpoint),
            None => config,
        };
        Self { client: Client::from_conf(config.build()), key }
    }

    pub(super) async fn new_key(&self, id: &SubmissionId) -> Result<(DataKey, WrappedKey), EncryptionError> {
        let request = self
            .client
            .generate_data_key()
            .key_id(&self.key)
            .key_spec(DataKeySpec::Aes256)
            .encryption_context(CONTEXT, id.as_str());
        let made = request.send().await.map_err(|error| refused(&error))?;
        let (open, wrapped) = (made.plaintext.as_ref(), made.ciphertext_blob);
        let wrapped = wrapped.ok_or(EncryptionError::Undecryptable)?;
        Ok((data_key(open.map(Blob::as_ref))?, WrappedKey(wrapped.into_inner())))
    }

    pub(super) async fn unwrap_key(&self, id: &SubmissionId, wrapped: &WrappedKey) -> Result<DataKey, EncryptionError> {
        let request = self
            .client
            .decrypt()
            .key_id(&self.key)
            .ciphertext_blob(Blob::new(wrapped.0.clone()))
            .encryption_context(CONTEXT, id.as_str());
        let opened = request.send().await.map_err(|error| refused(&error))?;
        data_key(opened.plaintext.as_ref().map(Blob::as_ref))
    }
}

/// KMS errors about a key that does not recover by itself ("Key states of AWS KMS keys" in its developer guide).
const UNUSABLE: [&str; 4] =
    ["DisabledException", "KMSInvalidStateException", "NotFoundException", "AccessDeniedException"];

/// Reports the error's code only: the message may quote names of the account.
fn refused<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> EncryptionError {
    let code = error.code().unwrap_or("no answer");
    if UNUSABLE.contains(&code) {
        Alarm::KeyUnusable.raise_for_all(code);
    }
    EncryptionError::Service(code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::https_once;
    use crate::test_support::{Answers, settings};

    #[tokio::test]
    async fn only_errors_of_an_unusable_key_are_recognised() {
        let states = UNUSABLE.map(|code| (code, true));
        for (code, is_unusable) in
            states.into_iter().chain([("ThrottlingException", false), ("KMSInternalException", false)])
        {
            let kms = Answers::to_all(400, format!("{{\"__type\":\"{code}\",\"message\":\"arn:aws:kms:x\"}}")).await;
            let settings = Settings { endpoint: Some(kms.address()), ..settings("ses") };
            let key = Kms::new(&settings, https_once(), "alias/key".to_owned());
            let id = SubmissionId::from_random([1; 16]);
            let refused = key.new_key(&id).await.err().unwrap().to_string();
            assert!(refused.contains(code) && !refused.contains("arn"), "{refused}");
            let opened = key.unwrap_key(&id, &WrappedKey(vec![1])).await.err().unwrap().to_string();
            assert_eq!(opened, refused);
            assert_eq!(UNUSABLE.iter().any(|state| refused.contains(state)), is_unusable, "{refused}");
        }
    }
}
