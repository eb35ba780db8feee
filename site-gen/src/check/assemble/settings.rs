//! Reads the settings of the whole site.

use super::slugs::Slugs;
use crate::check::readability::Limits;
use crate::check::site::is_address;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::source::front_matter::FrontMatter;
use crate::source::map::{Map, Rule};
use model::email::EmailAddress;
use model::names::PageSlug;

/// The settings of the whole site.
pub(super) struct Settings {
    pub(super) name: String,
    pub(super) base_url: String,
    pub(super) fallback: EmailAddress,
    pub(super) footer: Vec<PageSlug>,
    /// Where the accessibility statement is published.
    pub(super) accessibility_statement: String,
    pub(super) security_contact: EmailAddress,
    pub(super) plainness: Limits,
}

/// The form of an e-mail address, as messages state it.
pub(super) const EMAIL: Rule<'_> =
    Rule { code: DiagnosticCode::BadEmail, text: "en e-mailadresse, for eksempel navn@eksempel.dk" };

/// The settings; none if they cannot be used, which is reported.
pub(super) fn settings(reporter: Reporter<'_>, pages: &Slugs<'_>) -> Option<Settings> {
    FrontMatter::of(reporter).read(|map| {
        let name = map.text("navn").text.to_owned();
        let rule = "hjemmesidens adresse med https:// og uden skråstreg til sidst, for eksempel https://eksempel.dk";
        let is_public = |text: &str| is_address(text) && text.starts_with("https://");
        let base_url = map.parsed("adresse", rule, |text| is_public(text).then(|| text.to_owned()));
        let fallback = map.parsed("faldback_postkasse", EMAIL, |text| EmailAddress::parse(text).ok());
        map.explain(
            "tilgaengelighedserklaering",
            "Adressen på tilgængelighedserklæringen mangler. Loven kræver, at hjemmesiden linker til den. Myndigheden \
             laver erklæringen i WAS-Tool hos Digitaliseringsstyrelsen (se digst.dk) og får adressen dér. Tilføj en \
             linje med »tilgaengelighedserklaering: https://was.digst.dk/…«.",
        );
        let rule = "den adresse på https://was.digst.dk/, som WAS-Tool hos Digitaliseringsstyrelsen gav erklæringen, for \
                    eksempel https://was.digst.dk/eksempel-dk";
        let statement =
            map.parsed("tilgaengelighedserklaering", rule, |text| is_statement(text).then(|| text.to_owned()));
        let security = map.parsed("sikkerhedskontakt", EMAIL, |text| EmailAddress::parse(text).ok());
        let plainness = map.optional_map("laesbarhed", limits).unwrap_or_default();
        let footer = footer(map, pages, reporter);
        Some(Settings {
            name,
            base_url: base_url?,
            fallback: fallback?,
            footer,
            accessibility_statement: statement?,
            security_contact: security?,
            plainness,
        })
    })
}

/// The pages that every page links to, each once.
fn footer(map: &Map<'_>, pages: &Slugs<'_>, reporter: Reporter<'_>) -> Vec<PageSlug> {
    let mut footer = Vec::new();
    for text in map.list("bund").into_iter().filter_map(|item| item.text("bund")) {
        match pages.page(text, reporter) {
            Some(page) if footer.contains(&page) => {
                let message = format!("Siden »{page}« står her to gange. Slet den ene.");
                reporter.at(text.at, DiagnosticCode::Twice, message);
            }
            page => footer.extend(page),
        }
    }
    footer
}

/// The limits for hard texts; a limit that is not written keeps its default.
fn limits(map: &Map<'_>) -> Limits {
    let usual = Limits::default();
    Limits {
        lix: map.optional_number("lix", &(20..=80)).unwrap_or(usual.lix),
        sentence: map.optional_number("laengste_saetning", &(10..=80)).unwrap_or(usual.sentence),
        strict: map.yes_no("streng"),
    }
}

/// Returns true if `text` is a page where statements are published. It is written into a page's head, so no character
/// is allowed that could end it.
fn is_statement(text: &str) -> bool {
    let page = text.strip_prefix("https://was.digst.dk/").unwrap_or_default();
    !page.is_empty() && page.chars().all(|sign| sign.is_ascii_alphanumeric() || "-._~/%".contains(sign))
}
