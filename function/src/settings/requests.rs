//! Settings of HTTP requests: the proof of their route, and limits by source.

use super::BadSetting;

/// The treatment of an HTTP request that does not prove that it came through the distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OriginProof {
    /// It is refused.
    Required,
    /// It is answered: while the secret is being changed, the distribution still sends the old one.
    Optional,
}

/// The default limit on requests from one address in ten minutes.
pub const DEFAULT_LIMIT: u32 = 5;

/// Limits beyond which requests are held, never refused: a citizen who is mistaken for a flood loses a day at most.
/// `None` is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brakes {
    /// Requests with one telephone number in 24 hours. Nobody has that many problems in a day; somebody who is called
    /// that often is being harassed.
    pub per_phone: Option<u32>,
    /// Requests from one address in 24 hours: far more than a household sends, as many as an open house at a library.
    pub per_address: Option<u32>,
    /// Requests to one kreds in an hour that nothing else holds. The busiest known launch week brought a kreds 185,
    /// most of them in a day and a half.
    pub per_kreds: Option<u32>,
}

impl Brakes {
    /// The limits without settings.
    pub const DEFAULT: Self = Self { per_phone: Some(5), per_address: Some(40), per_kreds: Some(60) };

    /// No limits.
    pub const NONE: Self = Self { per_phone: None, per_address: None, per_kreds: None };

    /// Reads the settings with `lookup`, by name.
    pub(super) fn read(lookup: &impl Fn(&str) -> Option<String>) -> Result<Self, BadSetting> {
        Ok(Self {
            per_phone: limit(lookup, "OPEN_PER_PHONE", Self::DEFAULT.per_phone)?,
            per_address: limit(lookup, "PER_ADDRESS_DAY", Self::DEFAULT.per_address)?,
            per_kreds: limit(lookup, "PER_KREDS_HOUR", Self::DEFAULT.per_kreds)?,
        })
    }
}

/// Reads a limit on a number of requests; `None` if it is 0.
pub(super) fn limit(
    lookup: &impl Fn(&str) -> Option<String>,
    name: &'static str,
    default: Option<u32>,
) -> Result<Option<u32>, BadSetting> {
    let Some(text) = lookup(name) else { return Ok(default) };
    let limit: u32 = text.parse().map_err(|_| BadSetting::new(name, "must be a number, 0 for no limit"))?;
    Ok(Some(limit).filter(|limit| *limit > 0))
}
