//! The URL of a mail server: `smtps://user:password@mail.example:465`.

use lambda_http::http::Uri;
use std::net::IpAddr;

/// A mail server as a URL names it.
pub(super) struct ServerAddress {
    pub(super) host: String,
    pub(super) port: u16,
    /// True for TLS from the first byte (RFC 8314), false for STARTTLS.
    pub(super) wrapped: bool,
    /// The user and the password.
    pub(super) credentials: Option<(String, String)>,
}

pub(super) const WANTS: &str = "must be smtp://user:password@host:port or smtps://user:password@host:port, nothing behind \
                                the port, and any of @ : / % in user or password written as %40 %3A %2F %25";

impl ServerAddress {
    /// Parses a whole URL: a part that would not be used is an error.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let wrapped = match uri.scheme_str()? {
            "smtps" => true,
            "smtp" => false,
            _ => return None,
        };
        let (_, authority) = url.split_once("://")?;
        let authority = authority.strip_suffix('/').unwrap_or(authority);
        let (user, server) = match authority.rsplit_once('@') {
            Some((user, server)) => (Some(user), server),
            None => (None, authority),
        };
        let (host, port) = match server.split_once(':') {
            Some((host, port)) => (host, port.parse().ok().filter(|port| *port > 0)?),
            // Submission (RFC 6409) and submission over TLS (RFC 8314).
            None => (server, if wrapped { 465 } else { 587 }),
        };
        let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-');
        if host.is_empty() || !host.chars().all(plain) || uri.host() != Some(host) {
            return None;
        }
        let credentials = match user {
            None => None,
            Some(user) if user.contains('@') => return None,
            Some(user) => {
                let (name, password) = user.split_once(':')?;
                Some((decoded(name)?, decoded(password)?))
            }
        };
        Some(Self { host: host.to_owned(), port, wrapped, credentials })
    }
}

/// True if traffic to a host stays on this machine, so that nobody can intercept it.
pub(super) fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// Percent-decodes a text; `None` if it is malformed or empty, or contains control characters.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('%');
    bytes.extend(parts.next()?.bytes());
    for part in parts {
        let (hex, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(hex, 16).ok().filter(|_| hex.bytes().all(|sign| sign.is_ascii_hexdigit()))?);
        bytes.extend(rest.bytes());
    }
    let text = String::from_utf8(bytes).ok()?;
    (!text.is_empty() && !text.contains(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_read_with_its_port_and_its_password() {
        let read = |url| {
            let read = ServerAddress::parse(url).unwrap();
            (read.host, read.port, read.wrapped, read.credentials)
        };
        let named = |user: &str, password: &str| Some((user.to_owned(), password.to_owned()));
        assert_eq!(read("smtp://mail.example"), ("mail.example".to_owned(), 587, false, None));
        assert_eq!(read("smtps://mail.example/"), ("mail.example".to_owned(), 465, true, None));
        assert_eq!(
            read("smtps://a%40b.example:p%3A%2F%25%c3%a6@mail.example:2465"),
            ("mail.example".to_owned(), 2465, true, named("a@b.example", "p:/%æ"))
        );
    }

    #[test]
    fn invalid_mail_server_addresses_are_refused() {
        for wrong in [
            "",
            "smtp",
            "smtp://",
            "smtp:///",
            "smtp://:25",
            "http://mail.example",
            "smtp://mail.example:",
            "smtp://mail.example:0",
            "smtp://mail.example:99999",
            "smtp://mail.example:port",
            "smtp://mail.example/path",
            "smtp://mail.example?tls=opportunistic",
            "smtp://mail.example#x",
            "smtp://user@mail.example",
            "smtp://:password@mail.example",
            "smtp://user:@mail.example",
            "smtp://user:p%4@mail.example",
            "smtp://user:p%+4@mail.example",
            "smtp://user:p%00@mail.example",
            "smtp://user:p%0d%0aQUIT@mail.example",
            "smtp://user:p@ss@mail.example",
            "smtp://user:p/ss@mail.example",
            "smtp://127.0.0.1\\@mail.example",
            "smtp://127.0.0.1@mail.example@",
            "smtp://[::1]",
            "smtp://mail .example",
            "smtp://mail.example\r\n",
            "smtp://mæl.example",
        ] {
            assert!(ServerAddress::parse(wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn only_loopback_addresses_are_this_machine() {
        for host in ["localhost", "127.0.0.1", "127.9.9.9"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["mail.example", "localhost.mail.example", "127.0.0.1.mail.example", "10.0.0.1", "0.0.0.0", "127.1"]
        {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
