//! The headers that every answer of the site carries, in the cloud, in the function and on a developer's machine.

/// For every page. No inline script or style, nothing from another origin, no framing, no cookies anywhere.
///
/// The referrer policy is `same-origin` and not `no-referrer`, because a browser would then send `Origin: null` with
/// the form, and the function could not distinguish it from a foreign page (Fetch standard, "append a request Origin header").
pub const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// Besides, for what the function answers: nobody keeps a copy.
pub const PRIVATE_HEADERS: [(&str, &str); 1] = [("cache-control", "no-store")];
