//! Brakes: how many requests come from one place before those that follow wait for a human.

use super::BadSetting;

/// Limits on requests that pass; `None` if there is no limit. Requests above a limit are held, never refused: a citizen
/// who is mistaken for a flood loses a day at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brakes {
    /// Requests with one telephone number in 24 hours. Nobody has that many problems in a day, and whoever is called that
    /// often is being bothered.
    pub per_phone: Option<u32>,
    /// Requests from one address in 24 hours: far more than a household sends, about what an open house at a library does.
    pub per_address: Option<u32>,
    /// Requests to one kreds in an hour that nothing else holds. The busiest launch week that is known brought a kreds 185,
    /// most of them in a day and a half.
    pub per_kreds: Option<u32>,
}

impl Brakes {
    /// Unless settings say otherwise.
    pub const DEFAULT: Self = Self { per_phone: Some(5), per_address: Some(40), per_kreds: Some(60) };

    /// Nothing is held for its number.
    pub const NONE: Self = Self { per_phone: None, per_address: None, per_kreds: None };

    /// Reads the settings as `lookup` gives them by name.
    pub(super) fn read(lookup: &impl Fn(&str) -> Option<String>) -> Result<Self, BadSetting> {
        let read = |name: &'static str, default: Option<u32>| match lookup(name) {
            None => Ok(default),
            Some(text) => match text.parse() {
                Ok(0) => Ok(None),
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(BadSetting::new(name, "must be a number, 0 for no limit")),
            },
        };
        Ok(Self {
            per_phone: read("OPEN_PER_PHONE", Self::DEFAULT.per_phone)?,
            per_address: read("PER_ADDRESS_DAY", Self::DEFAULT.per_address)?,
            per_kreds: read("PER_KREDS_HOUR", Self::DEFAULT.per_kreds)?,
        })
    }
}
