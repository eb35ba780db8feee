//! Reads kredse's own texts, which replace shared ones, and the shared texts that can be replaced.

use super::drafts::Drafts;
use super::layout::{Folder, Layout};
use super::texts::{MISSED_CALL, NO_GUARANTEE, NOT_URGENT, PRIVACY, Texts};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{choose_from, hint};
use crate::diagnostics::diagnostic::Reporter;
use crate::markdown::images::Images;
use crate::markdown::includes::Includes;
use crate::markdown::passages::OnRead;
use crate::markdown::placeholders::VALUES;
use model::catalog::OwnTexts;
use model::names::{KredsSlug, PageSlug};

/// The texts that appear without a placeholder. A kreds may replace all but the first.
const EVERYWHERE: [&str; 4] = [NO_GUARANTEE, PRIVACY, NOT_URGENT, MISSED_CALL];

/// Reads the Danish texts in the folder of a kreds.
pub(super) fn danish<'a>(folder: &Folder<'a>) -> Texts<'a> {
    let own = |name: &'static str| {
        let found = folder.texts.iter().find(|(slug, _)| slug.as_str() == name);
        found.map(|(_, reporter)| (name, *reporter))
    };
    Texts::read(EVERYWHERE[1..].iter().copied().filter_map(own))
}

/// A kreds's own texts for the catalog, if it has any.
pub(super) fn parts(texts: &Texts<'_>) -> Option<OwnTexts> {
    let privacy_notice = texts.privacy_notice.clone();
    let (not_urgent, missed_call) = (texts.html(NOT_URGENT), texts.html(MISSED_CALL));
    let is_any = privacy_notice.is_some() || not_urgent.is_some() || missed_call.is_some();
    is_any.then_some(OwnTexts { privacy_notice, not_urgent, missed_call })
}

/// Reads the texts that pages show by placeholder, and reports those that no page can show or that replace nothing.
pub(super) fn blocks<'a>(layout: &Layout<'a>, images: &'a Images, on_read: OnRead<'a>) -> Includes<'a> {
    let is_value = |name: &PageSlug| VALUES.contains(&name.as_str());
    for (name, reporter) in layout.blocks.iter().filter(|(name, _)| is_value(name)) {
        reporter.file(DiagnosticCode::FileName, format!("Filen kan ikke hedde sådan, for »{{{name}}}« bliver skiftet ud med noget fra kredsens kreds.md. Giv den et andet navn."));
    }
    for (_, reporter) in layout.shared.iter().filter(|(name, _)| name.as_str() == "kreds") {
        reporter.file(
            DiagnosticCode::FileName,
            "Filen kan ikke hedde sådan, for hver kreds har selv en kreds.md. Giv den et andet navn.",
        );
    }
    let shared: Vec<_> = layout.blocks.iter().filter(|(name, _)| !is_value(name)).cloned().collect();
    let known: Vec<&str> =
        EVERYWHERE[1..].iter().copied().chain(shared.iter().map(|(name, _)| name.as_str())).collect();
    let own = |(kreds, folder): (&KredsSlug, &Folder<'a>)| {
        let own = folder.texts.iter().filter_map(|(name, reporter)| own_block(name, *reporter, &known));
        own.map(|(name, reporter)| ((kreds.clone(), name), reporter)).collect::<Vec<_>>()
    };
    let own: Vec<_> = layout.kredse.iter().flat_map(own).collect();
    Includes::new(images, on_read, shared, own)
}

/// A kreds's text that pages show by placeholder. `None` if it is of another kind, or not allowed, which is reported.
fn own_block<'a>(name: &PageSlug, reporter: Reporter<'a>, known: &[&str]) -> Option<(PageSlug, Reporter<'a>)> {
    if name.as_str() == NO_GUARANTEE {
        reporter.file(
            DiagnosticCode::SameForAll,
            "En kreds kan ikke have sit eget forbehold. Alle borgere skal læse det samme. Slet filen, eller ret \
             tekster/ingen-garanti.md, hvis det skal ændres for alle.",
        );
    } else if !known.contains(&name.as_str()) {
        let choice = choose_from(name.as_str(), known.iter().copied());
        let message = format!("Der er ingen fælles tekst »{name}« i tekster/, som filen kan erstatte.{choice}.");
        reporter.file(DiagnosticCode::ReplacesNothing, message);
    } else if !EVERYWHERE.contains(&name.as_str()) {
        return Some((name.clone(), reporter));
    }
    None
}

/// Warns of texts that no page shows.
pub(super) fn warn_unused(danish: &Drafts<'_>, translated: &[Drafts<'_>]) {
    for (name, kreds, reporter) in danish.blocks.unused() {
        let message = match kreds {
            None => {
                let hint = hint(name.as_str(), EVERYWHERE);
                format!(
                    "Teksten bliver ikke vist på nogen side.{hint} Skriv »{{{name}}}« på en linje for sig selv på en side, eller slet filen."
                )
            }
            Some(_) => format!(
                "Teksten bliver ikke vist på nogen af kredsens sider. Skriv »{{{name}}}« på en linje for sig selv på en af dem, eller slet filen."
            ),
        };
        reporter.warn_file(DiagnosticCode::UnusedText, message);
    }
    // Called only to report mistakes in unused translations.
    translated.iter().for_each(|drafts| drop(drafts.blocks.unused()));
}
