//! The target of a link in an author's text, parsed from its written form.

use crate::diagnostics::danish::excerpt;
use memchr::memchr3;
use model::email::EmailAddress;
use percent_encoding::percent_decode_str;
use std::net::Ipv4Addr;

/// The target of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A web address, possibly on this site.
    Web(String),
    /// A telephone number or a mailbox, with nothing more to check.
    Person,
    /// A page of this site, optionally with one of its headings.
    Page { path: String, heading: Option<String> },
    /// A heading on the same page.
    Here(String),
    /// Not a valid target; the message says what to do.
    Refused(String),
}

/// Parses a link's destination. Only known harmless schemes pass; any other is refused.
pub(crate) fn target(written: &str) -> Target {
    let shown = || excerpt(written);
    if written.is_empty() {
        return Target::Refused("Linket er tomt. Skriv en adresse i parentesen: [tekst](/side/).".to_owned());
    }
    if written.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Target::Refused(format!("Linket »{}« indeholder mellemrum. Fjern dem.", shown()));
    }
    if let Some(heading) = written.strip_prefix('#') {
        return Target::Here(heading.to_owned());
    }
    if written.starts_with("//") {
        return Target::Refused(format!("Linket »{}« mangler https: foran. Skriv hele adressen.", shown()));
    }
    if let Some(name) = written.strip_prefix("/billeder/").filter(|name| name.contains('.')) {
        let advice = format!("Vis det i teksten: ![Det, billedet viser](/billeder/{name}).");
        return Target::Refused(format!("Linket »{}« fører til et billede. {advice}", shown()));
    }
    if written.starts_with('/') {
        return page(written);
    }
    match scheme(written) {
        Some((scheme, rest)) => outside(&scheme.to_ascii_lowercase(), written, rest),
        None if EmailAddress::parse(written).is_ok() => {
            Target::Refused(format!("Skriv »mailto:« foran e-mailadressen: »mailto:{}«.", shown()))
        }
        None => match intended_address(written) {
            Some(intended) => {
                Target::Refused(format!("Linket »{}« mangler https:// foran. Skriv »{}«.", shown(), excerpt(&intended)))
            }
            // A relative path would depend on the page that shows it.
            None => Target::Page { path: written.to_owned(), heading: None },
        },
    }
}

/// Parses a path of this site with an optional heading.
fn page(written: &str) -> Target {
    let (path, heading) = match written.split_once('#') {
        Some((path, heading)) => (path, Some(heading.to_owned())),
        None => (written, None),
    };
    Target::Page { path: path.to_owned(), heading }
}

impl Target {
    /// The target as a page, if it is a full URL on the site at `base_url`. Other files there, such as a calendar, stay
    /// web addresses.
    pub(crate) fn within(&self, base_url: &str) -> Option<Self> {
        let Self::Web(address) = self else { return None };
        let path = own_path(address, base_url)?;
        let last = path.split(['?', '#']).next()?.rsplit('/').next()?;
        (!last.contains('.')).then(|| page(path))
    }
}

/// The path, query and fragment of an address on the site at `base_url`; `None` if it is elsewhere. The scheme and the
/// case of the host are ignored.
pub(crate) fn own_path<'a>(address: &'a str, base_url: &str) -> Option<&'a str> {
    let ((host, path), (scheme, _)) = (split_host(address)?, scheme(address)?);
    let (own, _) = split_host(base_url)?;
    let port = if scheme.eq_ignore_ascii_case("https") { ":443" } else { ":80" };
    let is_own = host.strip_suffix(port).unwrap_or(host).eq_ignore_ascii_case(own);
    is_own.then_some(if path.starts_with('/') { path } else { "/" })
}

/// Splits a web address into the host and the rest.
pub(super) fn split_host(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = scheme(address)?;
    let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let rest = rest.strip_prefix("//").filter(|_| is_web)?;
    Some(rest.split_at(memchr3(b'/', b'?', b'#', rest.as_bytes()).unwrap_or(rest.len())))
}

fn outside(scheme: &str, written: &str, rest: &str) -> Target {
    let shown = excerpt(written);
    match scheme {
        "http" | "https" if has_host(rest) => match handed_on(written) {
            Some(own) => {
                let advice = format!("Skriv adressen selv: »{}«.", excerpt(&own));
                Target::Refused(format!(
                    "Linket »{shown}« går gennem en anden tjeneste, der ser, hvem der følger det. {advice}"
                ))
            }
            None => Target::Web(written.to_owned()),
        },
        "mailto" if EmailAddress::parse(rest).is_ok() => Target::Person,
        "mailto" => Target::Refused(format!(
            "Linket »{shown}« skal have en e-mailadresse efter »mailto:«, for eksempel »mailto:navn@eksempel.dk«."
        )),
        "tel" if is_number(rest) => Target::Person,
        "tel" => Target::Refused(format!(
            "Linket »{shown}« skal have et telefonnummer uden mellemrum efter »tel:«, for eksempel »tel:114«."
        )),
        _ => {
            let intended = intended_address(written);
            let example = excerpt(intended.as_deref().unwrap_or("https://politi.dk"));
            Target::Refused(match scheme {
                "http" | "https" if intended.is_some() => {
                    format!("Linket »{shown}« er ikke en hel adresse. Skriv »{example}«.")
                }
                "http" | "https" => {
                    format!("Linket »{shown}« er ikke en hel adresse. Skriv for eksempel »{example}«.")
                }
                _ if intended.is_some() => format!("Linket »{shown}« kan ikke bruges. Skriv »{example}«."),
                _ => format!(
                    "Linket »{shown}« kan ikke bruges. Et link skal begynde med https://, mailto:, tel: eller / (en \
                     side her)."
                ),
            })
        }
    }
}

/// The path of an address on the author's own machine, which nobody else can reach.
pub(crate) fn path_here(address: &str) -> Option<&str> {
    let (host, path) = split_host(address)?;
    let name = host.split(':').next().unwrap_or_default();
    name.parse::<Ipv4Addr>().is_ok_and(|name| name.is_loopback()).then_some(if path.is_empty() { "/" } else { path })
}

/// Redirect services of mail programs, search engines and social media, with the query keys of the real address.
const HANDING_ON: [(&str, &str, &[&str]); 5] = [
    ("safelinks.protection.outlook.com", "/", &["url"]),
    ("google.com", "/url", &["q", "url"]),
    ("google.dk", "/url", &["q", "url"]),
    ("facebook.com", "/l.php", &["u"]),
    ("instagram.com", "/", &["u"]),
];

/// The real address behind a redirect service.
fn handed_on(written: &str) -> Option<String> {
    let (host, rest) = split_host(written)?;
    let (path, query) = rest.split_once('?')?;
    let host = host.to_ascii_lowercase();
    let (.., keys) = HANDING_ON.iter().find(|(end, at, _)| {
        let before = host.strip_suffix(end).filter(|before| before.is_empty() || before.ends_with('.'));
        before.is_some() && (path.is_empty() || path.starts_with(at))
    })?;
    let values = query.split('&').filter_map(|part| part.split_once('='));
    let address = values.filter(|(key, _)| keys.contains(key)).map(|(_, value)| value).next()?;
    let address = percent_decode_str(address).decode_utf8_lossy().into_owned();
    address.starts_with("http").then_some(address)
}

/// The web address that was probably meant: `www.politi.dk`, `politi.dk/a`, `https//politi.dk`, `htps://politi.dk`.
pub(super) fn intended_address(written: &str) -> Option<String> {
    let (begin, rest) = match written.find([':', '/']) {
        Some(end) if is_nearly_http(&written[..end]) => ("https", written[end..].trim_start_matches([':', '/'])),
        _ => ("", written),
    };
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.trim_end_matches('.');
    let (name, top) = host.rsplit_once('.')?;
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|sign| sign.is_alphanumeric() || sign == '-') && !label.starts_with('-')
    };
    let is_host = (2..=12).contains(&top.len()) && top.chars().all(|sign| sign.is_ascii_alphabetic());
    // Authors who think in files write `privatliv.md`.
    let is_file = begin.is_empty() && FILES.iter().any(|end| top.eq_ignore_ascii_case(end));
    (is_host && !is_file && name.split('.').all(is_label)).then(|| format!("https://{host}{path}"))
}

/// File extensions that are not top-level domains of web addresses.
const FILES: [&str; 12] = ["md", "html", "htm", "pdf", "doc", "docx", "txt", "jpg", "jpeg", "png", "webp", "php"];

/// True for `http` or `https` with at most one typo.
fn is_nearly_http(written: &str) -> bool {
    let written = written.to_ascii_lowercase();
    written.starts_with('h') && ["http", "https"].iter().any(|web| strsim::osa_distance(&written, web) <= 1)
}

/// The part before the first colon, if it looks like a scheme (RFC 3986), and the rest.
pub(crate) fn scheme(written: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = written.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then_some((scheme, rest))
}

fn has_host(rest: &str) -> bool {
    rest.strip_prefix("//")
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .is_some_and(|host| host.contains('.') && host.split('.').all(|label| !label.is_empty()) && !host.contains('@'))
}

fn is_number(rest: &str) -> bool {
    let digits = rest.strip_prefix('+').unwrap_or(rest);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests;
