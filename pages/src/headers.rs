//! The headers of every response of the site: in the cloud, in the function and on a developer's machine.

/// Headers of every page. No inline script or style, nothing from another origin, no framing, no cookies anywhere.
///
/// The referrer policy is `same-origin`. With `no-referrer`, browsers would send `Origin: null` with the form, and the
/// function could not tell it from a form on another site (Fetch standard, "append a request Origin header").
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

/// Additional headers of the function's responses: they must not be cached.
pub const PRIVATE_HEADERS: [(&str, &str); 1] = [("cache-control", "no-store")];
