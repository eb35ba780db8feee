//! Helpers that journeys and explored failures share.

pub(crate) mod gateway;
pub(crate) mod lambda;
pub(crate) mod settings;
pub(crate) mod sns;
pub(crate) mod wire;

/// Returns the number of tries: one for a change, another at night.
pub(crate) fn tries(by_day: u32, at_night: u32) -> u32 {
    if std::env::var("SCOPE").is_ok_and(|scope| scope == "all") { at_night } else { by_day }
}
