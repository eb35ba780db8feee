//! Writes `security.txt`: the contact for reports of vulnerabilities of the site (RFC 9116).

use jiff::{Timestamp, ToSpan, tz::TimeZone};
use model::email::EmailAddress;
use model::names::Language;

/// The validity of the file in months, from the month of the build; the RFC recommends less than a year. The site is
/// built every night, and within a month the file stays the same to the byte.
const MONTHS: i64 = 11;

/// Formats the file. `contact` receives the reports in one of `languages`; `now` is the time of the build.
pub(crate) fn security_txt<'a>(
    base_url: &str,
    contact: &EmailAddress,
    languages: impl Iterator<Item = &'a Language>,
    now: Timestamp,
) -> String {
    let day = now.to_zoned(TimeZone::UTC).date();
    let expires = day.first_of_month().saturating_add(MONTHS.months());
    let languages = languages.map(Language::as_str).collect::<Vec<_>>().join(", ");
    format!(
        "Contact: mailto:{}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: {languages}\n\
         Canonical: {base_url}/.well-known/security.txt\n",
        contact.as_str()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_names_a_contact_and_expires_within_a_year() {
        let contact = EmailAddress::parse("sikkerhed@a.example").unwrap();
        let languages = ["da", "en"].map(|code| Language::parse(code).unwrap());
        for (now, expires) in [
            ("2026-11-22T10:00:00Z", "2027-10-01"),
            ("2026-11-01T00:00:00Z", "2027-10-01"),
            ("2027-01-31T23:59:59Z", "2027-12-01"),
            ("2028-02-29T12:00:00Z", "2029-01-01"),
        ] {
            let text = security_txt("https://a.example", &contact, languages.iter(), now.parse().unwrap());
            assert_eq!(
                text,
                format!(
                    "Contact: mailto:sikkerhed@a.example\nExpires: {expires}T00:00:00Z\nPreferred-Languages: da, en\n\
                     Canonical: https://a.example/.well-known/security.txt\n"
                )
            );
        }
    }
}
