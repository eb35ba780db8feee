//! The function's settings, read once at the start.

use model::email::EmailAddress;
use std::path::PathBuf;
use thiserror::Error;

/// What differs between one installation and another.
#[derive(Clone)]
pub struct Settings {
    /// The DynamoDB table.
    pub table: String,
    /// The AWS region, `eu-central-1`.
    pub region: String,
    /// Where DynamoDB answers, if not at AWS.
    pub endpoint: Option<String>,
    /// Who signs the requests to AWS.
    pub credentials: Credentials,
    /// The key of every keyed hash; not known outside the installation.
    pub secret: Secret,
    /// The address that mails come from.
    pub sender: EmailAddress,
    /// How mail goes out.
    pub mail: MailRoute,
    /// Origins that may post besides the site's own: `http://localhost:8080`.
    pub extra_origins: Vec<String>,
    /// How many seconds a catalog is used before the table is asked for the one in force.
    pub catalog_seconds: i64,
}

/// How mail goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailRoute {
    /// By Amazon SES, with the configuration set for mail to kredse.
    Ses {
        /// Its name.
        configuration_set: Option<String>,
    },
    /// Into a folder, one file for each mail; nothing leaves the machine.
    Folder(PathBuf),
}

/// AWS credentials, as the Lambda finds them in its environment.
#[derive(Clone)]
pub struct Credentials {
    /// The key's id.
    pub key_id: String,
    /// The key.
    pub key: String,
    /// The session's token, for temporary credentials.
    pub session: Option<String>,
}

/// 32 secret bytes. It has no `Debug`.
#[derive(Clone)]
pub struct Secret([u8; 32]);

/// A setting that is missing or wrong.
#[derive(Debug, Error)]
#[error("environment variable {name}: {wants}")]
pub struct BadSetting {
    name: &'static str,
    wants: &'static str,
}

impl Secret {
    /// A secret of 32 bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A secret written as 64 hex digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 32];
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }

    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Settings {
    /// The settings in the environment: `TABLE`, `SECRET`, `SENDER`, `MAIL` (`ses`, `ses:<configuration set>` or
    /// `folder:<path>`), `ORIGINS`, and AWS's own `AWS_REGION`, `AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID`,
    /// `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`.
    pub fn from_env() -> Result<Self, BadSetting> {
        let read = |name: &'static str| std::env::var(name).ok().filter(|text| !text.is_empty());
        let need = |name: &'static str, wants: &'static str| read(name).ok_or(BadSetting { name, wants });
        let bad = |name: &'static str, wants: &'static str| BadSetting { name, wants };
        let mail = need("MAIL", "must be ses, ses:<configuration set> or folder:<path>")?;
        Ok(Self {
            table: need("TABLE", "must name the DynamoDB table")?,
            region: need("AWS_REGION", "must name the region")?,
            endpoint: read("AWS_ENDPOINT_URL"),
            credentials: Credentials {
                key_id: need("AWS_ACCESS_KEY_ID", "must be set, as in a Lambda")?,
                key: need("AWS_SECRET_ACCESS_KEY", "must be set, as in a Lambda")?,
                session: read("AWS_SESSION_TOKEN"),
            },
            secret: Secret::from_hex(&need("SECRET", "must be 64 hex digits")?)
                .ok_or_else(|| bad("SECRET", "must be 64 hex digits"))?,
            sender: EmailAddress::parse(&need("SENDER", "must be the address that mails come from")?)
                .map_err(|_| bad("SENDER", "must be an e-mail address"))?,
            mail: mail_route(&mail)
                .ok_or_else(|| bad("MAIL", "must be ses, ses:<configuration set> or folder:<path>"))?,
            extra_origins: read("ORIGINS").map(|list| list.split(',').map(str::to_owned).collect()).unwrap_or_default(),
            catalog_seconds: 30,
        })
    }
}

fn mail_route(text: &str) -> Option<MailRoute> {
    match text.split_once(':') {
        None if text == "ses" => Some(MailRoute::Ses { configuration_set: None }),
        Some(("ses", name)) if !name.is_empty() => Some(MailRoute::Ses { configuration_set: Some(name.to_owned()) }),
        Some(("folder", path)) if !path.is_empty() => Some(MailRoute::Folder(path.into())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_route_is_read_as_it_is_documented() {
        assert_eq!(mail_route("ses"), Some(MailRoute::Ses { configuration_set: None }));
        assert_eq!(mail_route("ses:kreds"), Some(MailRoute::Ses { configuration_set: Some("kreds".into()) }));
        assert_eq!(mail_route("folder:/post"), Some(MailRoute::Folder("/post".into())));
        for wrong in ["", "smtp", "ses:", "folder:", "folder"] {
            assert_eq!(mail_route(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_64_hex_digits() {
        assert!(Secret::from_hex(&"0f".repeat(32)).is_some());
        for wrong in ["", "00", &"0".repeat(63), &"x".repeat(64), &"æ".repeat(32)] {
            assert!(Secret::from_hex(wrong).is_none(), "{wrong}");
        }
    }
}
