//! Reads the settings of the whole site.

use super::slugs::Slugs;
use crate::check::readability::Limits;
use crate::check::site::is_address;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{excerpt, hint};
use crate::diagnostics::diagnostic::{Diagnostics, Location, Reporter};
use crate::markdown::render::Link;
use crate::markdown::target::Target;
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
    /// The address of the accessibility statement.
    pub(super) accessibility_statement: String,
    /// The same address, as the link on all pages.
    pub(super) statement_link: Link,
    pub(super) security_contact: EmailAddress,
    /// The warnings that prevent the site from being published.
    pub(super) grave: Vec<DiagnosticCode>,
}

/// The format of an e-mail address, as stated in messages.
pub(super) const EMAIL: Rule<'_> =
    Rule { code: DiagnosticCode::BadEmail, text: "en e-mailadresse, for eksempel navn@eksempel.dk" };

/// Reads the settings. `None` if they are invalid, which is reported.
pub(super) fn settings(reporter: Reporter<'_>, pages: &Slugs<'_>) -> Option<Settings> {
    FrontMatter::of(reporter).read(|map| {
        let name = map.text("navn").text.to_owned();
        let rule = "hjemmesidens adresse med https:// og uden skråstreg til sidst, for eksempel https://eksempel.dk";
        let is_public = |text: &str| is_address(text) && text.starts_with("https://");
        // The address is case-insensitive.
        let base_url = map.parsed("adresse", rule, |text| Some(text.to_ascii_lowercase()).filter(|text| is_public(text)));
        let fallback = map.parsed("faldback_postkasse", EMAIL, |text| EmailAddress::parse(text).ok());
        map.explain(
            "tilgaengelighedserklaering",
            "Adressen på tilgængelighedserklæringen mangler. Loven kræver, at hjemmesiden linker til den. Myndigheden \
             laver erklæringen i WAS-Tool hos Digitaliseringsstyrelsen (se digst.dk) og får adressen dér. Tilføj en \
             linje med »tilgaengelighedserklaering: https://was.digst.dk/…«.",
        );
        let rule = "den adresse på https://was.digst.dk/, som WAS-Tool hos Digitaliseringsstyrelsen gav erklæringen, for \
                    eksempel https://was.digst.dk/eksempel-dk";
        let statement_at = map.has("tilgaengelighedserklaering").unwrap_or(Location::START);
        let statement = map.parsed("tilgaengelighedserklaering", rule, statement);
        let security = map.parsed("sikkerhedskontakt", EMAIL, |text| EmailAddress::parse(text).ok());
        map.optional_map("laesbarhed", read_limits);
        let grave = grave(map, reporter);
        let footer = footer(map, pages, reporter);
        Some(Settings {
            name,
            base_url: base_url?,
            fallback: fallback?,
            footer,
            statement_link: Link { at: statement_at, target: Target::Web(statement.clone()?) },
            accessibility_statement: statement?,
            security_contact: security?,
            grave,
        })
    })
}

/// Reads the pages in the footer of every page, without duplicates.
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

/// Reads the readability limits. They are used before the pages are read, on which the other settings depend. Mistakes
/// in them are reported with those in the other settings.
pub(super) fn limits(reporter: Reporter<'_>) -> Limits {
    let unreported = Diagnostics::default();
    let front = FrontMatter::of(Reporter::new(reporter.path, reporter.text, &unreported));
    front.read(|map| map.optional_map("laesbarhed", read_limits)).unwrap_or_default()
}

/// Reads the readability limits. A missing limit has its default.
fn read_limits(map: &Map<'_>) -> Limits {
    let usual = Limits::default();
    Limits {
        lix: map.optional_number("lix", &(20..=80)).unwrap_or(usual.lix),
        sentence: map.optional_number("laengste_saetning", &(10..=80)).unwrap_or(usual.sentence),
        strict: map.yes_no("streng"),
    }
}

/// Reads the names of the warnings that count as mistakes.
fn grave(map: &Map<'_>, reporter: Reporter<'_>) -> Vec<DiagnosticCode> {
    let mut grave = Vec::new();
    for text in map.optional_list("alvorlige").into_iter().filter_map(|item| item.text("alvorlige")) {
        let shown = excerpt(text.text);
        match DiagnosticCode::ALL.iter().find(|code| code.name() == text.text) {
            Some(code) if grave.contains(code) => {
                let message = format!("»{shown}« står her to gange. Slet den ene.");
                reporter.at(text.at, DiagnosticCode::Twice, message);
            }
            Some(code) => grave.push(*code),
            None => {
                let hint = hint(text.text, DiagnosticCode::ALL.iter().map(|code| code.name()));
                let message = format!(
                    "Der er ingen besked, som hedder »{shown}«.{hint} Skriv navnet fra de firkantede parenteser efter en \
                     advarsel, for eksempel »oversaettelse-foraeldet«."
                );
                reporter.at(text.at, DiagnosticCode::UnknownChoice, message);
            }
        }
    }
    grave
}

/// The address of a published statement, if `text` is one. It is inserted into the head of pages, so characters that
/// could end it there are refused.
fn statement(text: &str) -> Option<String> {
    const SITE: &str = "https://was.digst.dk/";
    let (site, page) = text.split_at_checked(SITE.len())?;
    let is_page = !page.is_empty() && page.chars().all(|sign| sign.is_ascii_alphanumeric() || "-._~/%".contains(sign));
    (is_page && site.eq_ignore_ascii_case(SITE)).then(|| format!("{SITE}{page}"))
}
