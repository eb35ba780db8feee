//! The settings of a function under test: one list, for the Lambda's environment and for a function in the test's process.

use function::settings::Settings;

/// The table of every service and of every world.
pub(crate) const TABLE: &str = "bestil-en-betjent";
pub(crate) const KEYS_TABLE: &str = "bestil-en-betjent-keys";

/// A production environment without limits, unless a test changes it.
const ENVIRONMENT: [(&str, &str); 15] = [
    ("AWS_REGION", "eu-central-1"),
    ("AWS_ACCESS_KEY_ID", "test"),
    ("AWS_SECRET_ACCESS_KEY", "test"),
    ("TABLE", TABLE),
    ("KEYS_TABLE", KEYS_TABLE),
    ("SECRET", "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e"),
    ("DATA_KEY", "dadadadadadadadadadadadadadadadadadadadadadadadadadadadadadadada"),
    ("ENVIRONMENT", "production"),
    ("SENDER", "afsender@bestil-en-betjent.example"),
    ("RECEIPT_SENDER", "afsender@kvittering.bestil-en-betjent.example"),
    ("MAIL", "folder:/nowhere"),
    ("LIMIT", "0"),
    ("OPEN_PER_PHONE", "0"),
    ("PER_ADDRESS_DAY", "0"),
    ("PER_KREDS_HOUR", "0"),
];

/// Returns the environment with some values replaced or added.
pub(crate) fn environment<'s>(changed: &[(&'s str, &'s str)]) -> Vec<(&'s str, &'s str)> {
    let is_changed = |name| changed.iter().any(|(changed, _)| *changed == name);
    ENVIRONMENT.into_iter().filter(|(name, _)| !is_changed(*name)).chain(changed.iter().copied()).collect()
}

/// Returns the settings that the Lambda would read from that environment.
pub(crate) fn settings(changed: &[(&str, &str)]) -> Settings {
    let environment = environment(changed);
    let value = |name: &str| environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    Settings::read(value).unwrap()
}
