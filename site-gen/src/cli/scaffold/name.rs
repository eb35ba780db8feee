//! The name that a new file or folder may have.

use super::Refused;
use crate::diagnostics::danish::{excerpt, hint, list, slug};
use model::names::PageSlug;

/// A name as it stands in addresses, or what to write instead. `command` is what was typed before the name.
pub(super) fn parse(name: &str, command: &str) -> Result<PageSlug, Refused> {
    PageSlug::parse(name).map_err(|_| {
        let rule = "Brug kun a-z, tal og enkelte bindestreger, højst 60 tegn (æ er ae, ø er oe, å er aa).";
        let proposal = match slug(name).chars().take(60).collect::<String>() {
            empty if empty.is_empty() => String::new(),
            slug => format!(" Skriv for eksempel:\n  {command}{}", slug.trim_end_matches('-')),
        };
        Refused::Name(format!("»{}« kan ikke bruges som navn. {rule}{proposal}", excerpt(name)))
    })
}

/// The one of `known` that was written, or what was probably meant.
pub(super) fn known<'a>(written: &str, known: &[&'a str], said: &str) -> Result<&'a str, Refused> {
    known.iter().find(|name| **name == written).copied().ok_or_else(|| {
        let (hint, all) = (hint(written, known.iter().copied()), list(known.iter().copied()));
        Refused::Name(format!("{said} »{}«.{hint} Vælg mellem: {all}.", excerpt(written)))
    })
}
