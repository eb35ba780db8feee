//! Resolves the addresses on a page as a browser does.

use crate::markdown::target::{own_path, scheme};
use percent_encoding::percent_decode_str;

/// The target of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// Another site or a mailbox.
    Outside,
    /// A telephone number.
    Telephone(&'a str),
    /// A file of this site, such as `/fyn/index.html`, perhaps with an anchor.
    Inside { path: String, anchor: Option<String> },
    /// Anything else.
    Unknown,
}

/// Resolves `address` on the page in the file `own`, on the site at `base_url`.
pub(super) fn place<'a>(address: &'a str, own: &str, base_url: &str) -> Place<'a> {
    let address = address.trim();
    if let Some(inside) = own_path(address, base_url) {
        return inside_at(inside, own);
    }
    let scheme = scheme(address).map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
    match scheme.as_ref().map(|(scheme, rest)| (scheme.as_str(), *rest)) {
        Some(("http" | "https", rest)) if rest.starts_with("//") => Place::Outside,
        Some(("mailto", _)) => Place::Outside,
        Some(("tel", number)) => Place::Telephone(number),
        Some(_) => Place::Unknown,
        // The scheme of the page must not determine that of its links, and an empty address has no meaning.
        None if address.is_empty() || address.starts_with("//") => Place::Unknown,
        None => inside_at(address, own),
    }
}

/// The address without percent-encoding.
pub(super) fn decoded(address: &str) -> String {
    percent_decode_str(address).decode_utf8_lossy().into_owned()
}

fn inside_at<'a>(address: &str, own: &str) -> Place<'a> {
    let (address, anchor) =
        address.split_once('#').map_or((address, None), |(address, anchor)| (address, Some(anchor)));
    let path = address.split('?').next().unwrap_or_default();
    let path = if path.is_empty() { own.to_owned() } else { file(&percent_decode_str(path).decode_utf8_lossy(), own) };
    Place::Inside { path, anchor: anchor.map(decoded) }
}

/// The file at a path, which may be relative to the folder of the file `own`.
fn file(path: &str, own: &str) -> String {
    // Most are the clean path of a page.
    let is_odd = |two: &[u8]| two[0] == b'/' && matches!(two[1], b'/' | b'.');
    if path.starts_with('/') && path.ends_with('/') && !path.as_bytes().windows(2).any(is_odd) {
        return [path, "index.html"].concat();
    }
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = if path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/').skip(1) {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    let is_folder = whole.ends_with('/') || whole.ends_with("/.") || whole.ends_with("/..");
    let path: Vec<&str> =
        parts.into_iter().filter(|part| !part.is_empty()).chain(is_folder.then_some("index.html")).collect();
    format!("/{}", path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_resolve_as_in_a_browser() {
        for (address, path, anchor) in [
            ("/fyn/", "/fyn/index.html", None),
            ("/fyn/index.html", "/fyn/index.html", None),
            ("/fyn", "/fyn", None),
            ("/", "/index.html", None),
            ("/fyn/?a=/b/#c", "/fyn/index.html", Some("c")),
            ("/%66yn/", "/fyn/index.html", None),
            ("/fyn/#%C3%A6", "/fyn/index.html", Some("æ")),
            ("//fyn/".trim_start_matches('/'), "/en/a/fyn/index.html", None),
            ("../b/", "/en/b/index.html", None),
            ("..", "/en/index.html", None),
            ("./b.png", "/en/a/b.png", None),
            ("../../../../b/", "/b/index.html", None),
            ("#c", "/en/a/index.html", Some("c")),
            ("?b", "/en/a/index.html", None),
            ("https://a.example/fyn/", "/fyn/index.html", None),
            ("https://a.example", "/index.html", None),
        ] {
            let expected = Place::Inside { path: path.to_owned(), anchor: anchor.map(str::to_owned) };
            assert_eq!(place(address, "/en/a/index.html", "https://a.example"), expected, "{address}");
        }
    }

    #[test]
    fn outside_telephone_and_unknown_addresses_are_distinguished() {
        let place = |address| place(address, "/index.html", "https://a.example");
        for outside in ["https://b.example/", "http://b.example", "https://a.example.b/", "mailto:a@b.dk"] {
            assert_eq!(place(outside), Place::Outside, "{outside}");
        }
        assert_eq!(place("tel:114"), Place::Telephone("114"));
        assert_eq!(place("TEL:114"), Place::Telephone("114"));
        assert_eq!([place("HTTPS://B.example"), place("MAILTO:a@b.dk")], [Place::Outside, Place::Outside]);
        for unknown in ["", "//b.example/", "javascript:alert(1)", "data:x", "https:b"] {
            assert_eq!(place(unknown), Place::Unknown, "{unknown}");
        }
    }
}
