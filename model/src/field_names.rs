//! The wire names of values that pages send besides the answers to a form's own questions.

/// The wire names that no field may use.
pub const RESERVED: [&str; 11] =
    ["kreds", "sprog", VERSION, "trin", ABOUT, HONEYPOT, FILL_TIME, REMOVE_CPR, DESPITE_DANGER, PROBE, AGAIN];

/// The version of the content that a page was made from.
pub const VERSION: &str = "udgave";

/// The answer to the question before the form, if the page sends it.
pub const ABOUT: &str = "anledning";

/// A honeypot field that people leave empty and programs fill in.
pub const HONEYPOT: &str = "hjemmeside";

/// Milliseconds spent on filling in the form; empty if JavaScript did not run.
pub const FILL_TIME: &str = "udfyldt_ms";

/// Present once the citizen has been asked to remove a civil registration number from a text, and wants the service to
/// remove it.
pub const REMOVE_CPR: &str = "fjern_cpr";

/// Present once the citizen has been shown 112 because of the text, and continues anyway.
pub const DESPITE_DANGER: &str = "trods_fare";

/// Marks a request that the service has sent to itself. No page has it.
pub const PROBE: &str = "afproevning";

/// Present on a form that is shown again with its answers, so that a form sent twice counts as begun once (`figures`).
pub const AGAIN: &str = "igen";
