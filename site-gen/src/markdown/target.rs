//! The target of a link in an author's text, by how it is written.

use crate::diagnostics::danish::excerpt;
use model::email::EmailAddress;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// Another site, a telephone or a mailbox: nothing to check further.
    Outside,
    /// A page of this site, perhaps at one of its headings.
    Page { path: String, heading: Option<String> },
    /// A heading of the page itself.
    Here(String),
    /// Nowhere a link may lead; the message says what to do.
    Refused(String),
}

/// Reads a link's destination. Only what is known to be harmless passes: a scheme that is not named here is refused.
pub(crate) fn target(written: &str) -> Target {
    let shown = excerpt(written);
    if written.is_empty() {
        return Target::Refused("Linket er tomt. Skriv en adresse i parentesen: [tekst](/side/).".to_owned());
    }
    if written.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Target::Refused(format!("Linket »{shown}« indeholder mellemrum. Fjern dem."));
    }
    if let Some(heading) = written.strip_prefix('#') {
        return Target::Here(heading.to_owned());
    }
    if written.starts_with("//") {
        return Target::Refused(format!("Linket »{shown}« mangler https: foran. Skriv hele adressen."));
    }
    if let Some((_, name)) =
        written.split_once("/billeder/").filter(|(before, name)| before.is_empty() && name.contains('.'))
    {
        let advice = format!("Vis det i teksten: ![Det, billedet viser](/billeder/{name}).");
        return Target::Refused(format!("Linket »{shown}« fører til et billede. {advice}"));
    }
    if written.starts_with('/') {
        let (path, heading) = match written.split_once('#') {
            Some((path, heading)) => (path, Some(heading.to_owned())),
            None => (written, None),
        };
        return Target::Page { path: path.to_owned(), heading };
    }
    match scheme(written) {
        Some((scheme, rest)) => outside(&scheme.to_ascii_lowercase(), rest, &shown),
        None if EmailAddress::parse(written).is_ok() => {
            Target::Refused(format!("Skriv »mailto:« foran e-mailadressen: »mailto:{shown}«."))
        }
        None if written.starts_with("www.") => {
            Target::Refused(format!("Linket »{shown}« mangler https:// foran. Skriv »https://{shown}«."))
        }
        // A relative address means another page from each place it is read.
        None => Target::Page { path: written.to_owned(), heading: None },
    }
}

fn outside(scheme: &str, rest: &str, shown: &str) -> Target {
    match scheme {
        "http" | "https" if has_host(rest) => Target::Outside,
        "http" | "https" => {
            Target::Refused(format!("Linket »{shown}« er ikke en hel adresse. Skriv for eksempel »https://politi.dk«."))
        }
        "mailto" if EmailAddress::parse(rest).is_ok() => Target::Outside,
        "mailto" => Target::Refused(format!(
            "Linket »{shown}« skal have en e-mailadresse efter »mailto:«, for eksempel »mailto:navn@eksempel.dk«."
        )),
        "tel" if is_number(rest) => Target::Outside,
        "tel" => Target::Refused(format!(
            "Linket »{shown}« skal have et telefonnummer uden mellemrum efter »tel:«, for eksempel »tel:114«."
        )),
        _ => Target::Refused(format!(
            "Linket »{shown}« kan ikke bruges. Et link skal begynde med https://, mailto:, tel: eller / (en side her)."
        )),
    }
}

/// The part before the first colon, if it looks like a scheme (RFC 3986), and the rest.
fn scheme(written: &str) -> Option<(&str, &str)> {
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
mod tests {
    use super::*;

    #[test]
    fn harmless_links_pass() {
        for written in ["https://politi.dk", "http://a.dk/b?c=d#e", "mailto:a@b.dk", "tel:114", "tel:+4511414"] {
            assert_eq!(target(written), Target::Outside, "{written}");
        }
        assert_eq!(target("#a"), Target::Here("a".into()));
        assert_eq!(target("/a/#b"), Target::Page { path: "/a/".into(), heading: Some("b".into()) });
    }

    #[test]
    fn script_links_are_refused_in_every_spelling() {
        for written in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "https:///x",
            "https://a@b.dk",
            "mailto:x",
            "tel:ring",
            "",
        ] {
            assert!(matches!(target(written), Target::Refused(_)), "{written:?}");
        }
    }
}
