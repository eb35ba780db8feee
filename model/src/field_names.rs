//! The names that pages send along beside the answers to a form's own questions.

/// The names on the wire that no field may take.
pub const RESERVED: [&str; 11] =
    ["kreds", "sprog", VERSION, "trin", ABOUT, HONEYPOT, FILL_TIME, REMOVE_CPR, DESPITE_DANGER, PROBE, AGAIN];

/// The version of the content that a page was made from.
pub const VERSION: &str = "udgave";

/// The answer to the question before the form, where a page sends it along.
pub const ABOUT: &str = "anledning";

/// A field that people leave empty and programs fill in.
pub const HONEYPOT: &str = "hjemmeside";

/// Milliseconds spent on filling in the form, where JavaScript ran; else empty.
pub const FILL_TIME: &str = "udfyldt_ms";

/// There once the citizen has been asked to take a civil registration number out of a text, and wants it taken out
/// for them.
pub const REMOVE_CPR: &str = "fjern_cpr";

/// There once the citizen has been shown 112 because of what the text says, and goes on all the same.
pub const DESPITE_DANGER: &str = "trods_fare";

/// By which the service knows a request that it has sent to itself. No page has it.
pub const PROBE: &str = "afproevning";

/// There on a form that is shown again with what was typed: so that a form sent twice is begun once (`figures`).
pub const AGAIN: &str = "igen";
