//! Encryption of stored answers: one data key for each request, wrapped by a key that the table does not hold.
//!
//! Deleting a request's wrapped key deletes its answers in every copy, including backups of the table.

#[cfg(feature = "cloud")]
mod kms;

use crate::settings::{BadSetting, Secret, Settings, Wrapping};
use aws_sdk_dynamodb::config::SharedHttpClient;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use model::names::SubmissionId;
use model::pii::Pii;
use thiserror::Error;

/// The length of a nonce in bytes. Random nonces of 24 bytes never collide.
const NONCE: usize = 24;

/// A service that wraps and unwraps data keys.
#[derive(Clone)]
pub enum KeyService {
    /// AWS KMS.
    #[cfg(feature = "cloud")]
    Kms(kms::Kms),
    /// A local wrapping key, from the settings.
    Own(Secret),
}

/// The data key of one request's answers. It has no `Debug`.
pub struct DataKey(Secret);

/// A data key that only its [`KeyService`] can unwrap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey(pub Vec<u8>);

/// An error of encryption or decryption. It never quotes the data.
#[derive(Debug, Error)]
pub enum EncryptionError {
    /// The key service did not answer, or returned an error.
    #[error("the key service failed: {0}")]
    Service(String),
    /// The data was encrypted with another key or for another request, or was changed since.
    #[error("encrypted data cannot be decrypted")]
    Undecryptable,
    /// The system provides no random numbers.
    #[error("no random numbers")]
    Random,
}

impl KeyService {
    /// Creates the service that the settings name. Without the feature `cloud` there is no KMS.
    pub fn new(settings: &Settings, http: SharedHttpClient) -> Result<Self, BadSetting> {
        match &settings.wrapping {
            Wrapping::Key(secret) => Ok(Self::Own(secret.clone())),
            #[cfg(feature = "cloud")]
            Wrapping::Kms(key) => Ok(Self::Kms(kms::Kms::new(settings, http, key.clone()))),
            #[cfg(not(feature = "cloud"))]
            Wrapping::Kms(_) => {
                drop(http);
                Err(BadSetting::new("KMS_KEY", crate::settings::WANTS_CLOUD))
            }
        }
    }

    /// Creates a data key for a request, plain and wrapped.
    pub async fn new_key(&self, id: &SubmissionId) -> Result<(DataKey, WrappedKey), EncryptionError> {
        match self {
            #[cfg(feature = "cloud")]
            Self::Kms(kms) => kms.new_key(id).await,
            Self::Own(wrapping) => {
                let key: [u8; 32] = random()?;
                Ok((DataKey(Secret::new(key)), WrappedKey(encrypt(wrapping, id.as_str(), &key)?)))
            }
        }
    }

    /// Unwraps the data key of a request.
    pub async fn unwrap_key(&self, id: &SubmissionId, wrapped: &WrappedKey) -> Result<DataKey, EncryptionError> {
        match self {
            #[cfg(feature = "cloud")]
            Self::Kms(kms) => kms.unwrap_key(id, wrapped).await,
            Self::Own(wrapping) => data_key(Some(&decrypt(wrapping, id.as_str(), &wrapped.0)?)),
        }
    }
}

impl DataKey {
    /// Encrypts a text. `purpose` is authenticated with it: the text decrypts for the same purpose only.
    pub fn encrypt(&self, purpose: &str, text: &Pii<String>) -> Result<Vec<u8>, EncryptionError> {
        encrypt(&self.0, purpose, text.reveal().as_bytes())
    }

    /// Decrypts a text that was encrypted for `purpose`.
    pub fn decrypt(&self, purpose: &str, encrypted: &[u8]) -> Result<Pii<String>, EncryptionError> {
        let bytes = decrypt(&self.0, purpose, encrypted)?;
        String::from_utf8(bytes).map(Pii::new).map_err(|_| EncryptionError::Undecryptable)
    }
}

/// Encrypts with XChaCha20-Poly1305, and puts the nonce before the ciphertext.
fn encrypt(key: &Secret, purpose: &str, bytes: &[u8]) -> Result<Vec<u8>, EncryptionError> {
    let nonce: [u8; NONCE] = random()?;
    let payload = Payload { msg: bytes, aad: purpose.as_bytes() };
    let encrypted = cipher(key).encrypt(&XNonce::from(nonce), payload).map_err(|_| EncryptionError::Undecryptable)?;
    Ok([&nonce[..], &encrypted].concat())
}

fn decrypt(key: &Secret, purpose: &str, encrypted: &[u8]) -> Result<Vec<u8>, EncryptionError> {
    let (nonce, encrypted) = encrypted.split_first_chunk::<NONCE>().ok_or(EncryptionError::Undecryptable)?;
    let payload = Payload { msg: encrypted, aad: purpose.as_bytes() };
    cipher(key).decrypt(&XNonce::from(*nonce), payload).map_err(|_| EncryptionError::Undecryptable)
}

fn cipher(key: &Secret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key.bytes()))
}

fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], EncryptionError> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(|_| EncryptionError::Random)?;
    Ok(bytes)
}

fn data_key(bytes: Option<&[u8]>) -> Result<DataKey, EncryptionError> {
    let bytes = bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(EncryptionError::Undecryptable)?;
    Ok(DataKey(Secret::new(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(byte: u8) -> SubmissionId {
        SubmissionId::from_random([byte; 16])
    }

    #[tokio::test]
    async fn answers_decrypt_for_their_own_request_only_and_not_if_changed() {
        let service = KeyService::Own(Secret::new([7; 32]));
        let (key, wrapped) = service.new_key(&id(1)).await.unwrap();
        let encrypted = key.encrypt("answers", &Pii::new("Jørgen".to_owned())).unwrap();
        let opened = service.unwrap_key(&id(1), &wrapped).await.unwrap();
        assert_eq!(opened.decrypt("answers", &encrypted).unwrap().reveal(), "Jørgen");

        assert!(service.unwrap_key(&id(2), &wrapped).await.is_err(), "the key of another request");
        assert!(
            KeyService::Own(Secret::new([8; 32])).unwrap_key(&id(1), &wrapped).await.is_err(),
            "another installation"
        );
        assert!(opened.decrypt("elsewhere", &encrypted).is_err());
        for index in 0..encrypted.len() {
            let mut changed = encrypted.clone();
            changed[index] ^= 1;
            assert!(opened.decrypt("answers", &changed).is_err(), "byte {index}");
        }
        for short in 0..NONCE + 16 {
            assert!(opened.decrypt("answers", &encrypted[..short]).is_err(), "{short} bytes");
        }
    }

    #[tokio::test]
    async fn equal_texts_have_different_ciphertexts() {
        let service = KeyService::Own(Secret::new([7; 32]));
        let (key, wrapped) = service.new_key(&id(1)).await.unwrap();
        let text = Pii::new("det samme".to_owned());
        let encrypted: std::collections::BTreeSet<Vec<u8>> =
            (0..200).map(|_| key.encrypt("a", &text).unwrap()).collect();
        let nonces: std::collections::BTreeSet<&[u8]> = encrypted.iter().map(|bytes| &bytes[..NONCE]).collect();
        assert_eq!((encrypted.len(), nonces.len()), (200, 200));
        assert!(encrypted.iter().all(|bytes| !bytes.windows(8).any(|part| part == b"det samm")));
        let (_, again) = service.new_key(&id(1)).await.unwrap();
        assert_ne!(wrapped, again);
    }
}
