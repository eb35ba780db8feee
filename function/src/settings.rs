//! The function's settings, read once at startup.

mod mail;
mod requests;

pub use crate::secret::Secret;
pub use mail::{MailRoute, PoliceDomains, RECEIPTS_A_DAY, Receipts};
pub use requests::{Brakes, DEFAULT_LIMIT, OriginProof};

use mail::{MAIL_WANTS, mail_route, receipts_a_day};
use model::email::EmailAddress;
use thiserror::Error;

/// Settings that differ between installations.
#[derive(Clone)]
pub struct Settings {
    /// The name of the DynamoDB table.
    pub table: String,
    /// The name of the table of wrapped data keys. It has no backups, so that a deleted key is gone.
    pub keys_table: String,
    /// The AWS region, `eu-central-1`.
    pub region: String,
    /// The URL of AWS's services; `None` for AWS's own.
    pub endpoint: Option<String>,
    /// The credentials for requests to AWS.
    pub credentials: Credentials,
    /// The key of every keyed hash, unknown outside the installation.
    pub secret: Secret,
    /// The key that wraps the data keys of stored answers.
    pub wrapping: Wrapping,
    /// The address that mails to kredse come from.
    pub sender: EmailAddress,
    /// The sender and the number of receipts to citizens.
    pub receipts: Receipts,
    /// The domains that mail to the police may go to.
    pub police_domains: PoliceDomains,
    /// The route of outgoing mail.
    pub mail: MailRoute,
    /// The installation's name, under which its metrics are found.
    pub environment: String,
    /// The addresses that mail may reach.
    pub delivery: DeliveryPolicy,
    /// The source of events about mail; `None` if there are none.
    pub events: Option<MailEvents>,
    /// The target of probes; `None` if none are sent.
    pub probing: Option<Probing>,
    /// Origins that may post besides the site's own, such as `http://localhost:8080`.
    pub extra_origins: Vec<String>,
    /// The secret by which the distribution in front of the function identifies itself. Only with it does the
    /// distribution's statement of a client's address count.
    pub origin_secret: Option<Secret>,
    /// The treatment of HTTP requests without that proof.
    pub origin_proof: OriginProof,
    /// The most requests from one address in ten minutes; `None` for no limit.
    pub limit: Option<u32>,
    /// The numbers of requests from one source beyond which further ones are held.
    pub brakes: Brakes,
    /// The time in seconds for which a catalog is used before the table is asked again for the one in force.
    pub catalog_seconds: i64,
    /// The time limit for an answer to an HTTP request, in seconds. The gateway waits longer (`TimeoutInMillis` in
    /// `infra/template.yaml`), so that after a timeout a citizen reads a page of this function.
    pub answer_seconds: u64,
}

/// The key that wraps data keys.
#[derive(Clone)]
pub enum Wrapping {
    /// A key of AWS KMS, by its id, ARN or alias.
    Kms(String),
    /// A local key, from a file or the environment.
    Key(Secret),
}

/// The addresses that mail may reach. Only this setting decides it: no content, and no address in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryPolicy {
    /// All kredse and citizens: in production, or on a machine that mail does not leave.
    Everyone,
    /// One mailbox, whatever a mail's intended address.
    Only(EmailAddress),
}

/// The target of probes and of their mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probing {
    /// The site's own URL, such as `https://bestil.example`, without a trailing slash.
    pub site: String,
    /// The only mailbox that gets mail about probes.
    pub sink: EmailAddress,
}

/// The source of events about mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailEvents {
    /// The ARN of the SNS topic that the mail service notifies.
    pub topic: String,
    /// The required start of a signing certificate's URL: `https://sns.eu-central-1.amazonaws.com/`.
    pub certificates: String,
}

/// AWS credentials, as a Lambda finds them in its environment.
#[derive(Clone)]
pub struct Credentials {
    /// The id of the access key.
    pub key_id: String,
    /// The secret access key.
    pub key: String,
    /// The session token of temporary credentials.
    pub session: Option<String>,
}

/// A missing or invalid setting.
#[derive(Debug, Error)]
#[error("environment variable {name}: {wants}")]
pub struct BadSetting {
    name: &'static str,
    wants: &'static str,
}

/// The error text about settings that need KMS or SES, in a program built without them.
pub(crate) const WANTS_CLOUD: &str = "this program is built without AWS KMS and SES: build it with `--features cloud`";

impl BadSetting {
    pub(crate) const fn new(name: &'static str, wants: &'static str) -> Self {
        Self { name, wants }
    }
}

impl Settings {
    /// Reads the settings from the environment; `function/README.md` lists them.
    pub fn from_env() -> Result<Self, BadSetting> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads the settings with `lookup`, by name; an empty text counts as missing.
    pub fn read(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, BadSetting> {
        Self::read_by(cfg!(feature = "cloud"), lookup)
    }

    /// Reads the settings for a program with or without AWS KMS and SES.
    fn read_by(has_cloud: bool, lookup: impl Fn(&str) -> Option<String>) -> Result<Self, BadSetting> {
        let read = |name: &str| lookup(name).filter(|text| !text.is_empty());
        let bad = BadSetting::new;
        let need = |name: &'static str, wants: &'static str| read(name).ok_or(bad(name, wants));
        let address = |name: &'static str, wants: &'static str| {
            EmailAddress::parse(&need(name, wants)?).map_err(|_| bad(name, wants))
        };
        let secret = |name: &'static str| {
            let wants = "must be 64 hex digits";
            Secret::from_hex(&need(name, wants)?).ok_or_else(|| bad(name, wants))
        };
        let table = need("TABLE", "must name the DynamoDB table")?;
        let region = need("AWS_REGION", "must name the region")?;
        let events = read("MAIL_EVENTS")
            .map(|topic| MailEvents { topic, certificates: format!("https://sns.{region}.amazonaws.com/") });
        Ok(Self {
            keys_table: read("KEYS_TABLE").unwrap_or_else(|| format!("{table}-keys")),
            table,
            region,
            endpoint: read("AWS_ENDPOINT_URL"),
            credentials: Credentials {
                key_id: need("AWS_ACCESS_KEY_ID", "must be set, as in a Lambda")?,
                key: need("AWS_SECRET_ACCESS_KEY", "must be set, as in a Lambda")?,
                session: read("AWS_SESSION_TOKEN"),
            },
            secret: secret("SECRET")?,
            wrapping: match read("KMS_KEY") {
                Some(_) if !has_cloud => return Err(bad("KMS_KEY", WANTS_CLOUD)),
                Some(id) => Wrapping::Kms(id),
                None => Wrapping::Key(secret("DATA_KEY").map_err(|_| bad("KMS_KEY", "or DATA_KEY must be set"))?),
            },
            sender: address("SENDER", SENDER_WANTS)?,
            receipts: Receipts {
                sender: match read("RECEIPT_SENDER") {
                    Some(_) => address("RECEIPT_SENDER", SENDER_WANTS)?,
                    None => address("SENDER", SENDER_WANTS)?,
                },
                a_day: read("RECEIPTS")
                    .map_or(Some(RECEIPTS_A_DAY), |text| receipts_a_day(&text))
                    .ok_or_else(|| bad("RECEIPTS", "must be how many a day, or off"))?,
            },
            police_domains: read("POLICE_DOMAINS")
                .map_or_else(|| Some(PoliceDomains::default()), |text| PoliceDomains::parse(&text))
                .ok_or_else(|| bad("POLICE_DOMAINS", "must be domains with commas between them"))?,
            mail: match mail_route(&need("MAIL", MAIL_WANTS)?).ok_or_else(|| bad("MAIL", MAIL_WANTS))? {
                MailRoute::Ses { .. } if !has_cloud => return Err(bad("MAIL", WANTS_CLOUD)),
                route => route,
            },
            environment: read("ENVIRONMENT").unwrap_or_else(|| "unnamed".to_owned()),
            // Only production reaches people, and it must be named: forgetting a setting mails nobody.
            delivery: match read("ENVIRONMENT").as_deref() {
                Some("production") => DeliveryPolicy::Everyone,
                _ => DeliveryPolicy::Only(address("SINK", SINK_WANTS)?),
            },
            probing: match (read("SITE_URL"), read("SINK")) {
                (Some(site), Some(_)) => Some(Probing {
                    site: site_url(&site)
                        .ok_or_else(|| bad("SITE_URL", "must be an address like https://bestil.example"))?,
                    sink: address("SINK", SINK_WANTS)?,
                }),
                _ => None,
            },
            events,
            extra_origins: read("ORIGINS")
                .map(|list| list.split(',').map(|one| one.trim().to_owned()).collect())
                .unwrap_or_default(),
            origin_secret: read("ORIGIN_SECRET").map(|_| secret("ORIGIN_SECRET")).transpose()?,
            origin_proof: match read("ORIGIN_PROOF").as_deref() {
                None | Some("required") => OriginProof::Required,
                Some("optional") => OriginProof::Optional,
                Some(_) => return Err(bad("ORIGIN_PROOF", "must be required or optional")),
            },
            limit: requests::limit(&read, "LIMIT", Some(DEFAULT_LIMIT))?,
            brakes: Brakes::read(&read)?,
            catalog_seconds: 30,
            answer_seconds: 20,
        })
    }
}

const SENDER_WANTS: &str = "must be the address that mails come from";

const SINK_WANTS: &str = "must be the one address that ENVIRONMENT mails, unless it is production";

/// Parses a site's URL as browsers write an origin: without a path or a trailing slash.
fn site_url(text: &str) -> Option<String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | ':');
    (!host.is_empty() && host.chars().all(plain)).then(|| text.to_owned())
}

#[cfg(test)]
pub(crate) mod tests;
