//! Texts in a kreds's own words instead of those that all share, and the texts that can be replaced.

use super::drafts::Drafts;
use super::kredse::KredsDraft;
use super::layout::{Folder, Layout};
use super::privacy;
use super::texts::{Text, text};
use super::translations::Translations;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{hint, list};
use crate::diagnostics::diagnostic::Reporter;
use crate::markdown::images::Images;
use crate::markdown::includes::Includes;
use crate::markdown::passages::Heard;
use crate::markdown::placeholders::VALUES;
use model::catalog::OwnTexts;
use model::names::{KredsSlug, Language, PageSlug};
use model::privacy::PrivacyNotice;
use std::collections::BTreeMap;

/// The texts that every kreds has; pages need not name them.
const NO_GUARANTEE: &str = "ingen-garanti";
const PRIVACY: &str = "persondata";
const NOT_URGENT: &str = "haster-ikke";
const MISSED_CALL: &str = "opkald";
const EVERYWHERE: [&str; 4] = [NO_GUARANTEE, PRIVACY, NOT_URGENT, MISSED_CALL];

/// The texts in one kreds's own words in one language.
#[derive(Default)]
pub(super) struct OwnTextsDraft<'a> {
    /// The notice as it is written, and as it is shown; the latter is none if something is missing, which is reported.
    privacy: Option<(Text<'a>, Option<PrivacyNotice>)>,
    not_urgent: Option<Text<'a>>,
    missed_call: Option<Text<'a>>,
}

impl<'a> OwnTextsDraft<'a> {
    /// Those in the folder of a kreds.
    pub(super) fn danish(folder: &Folder<'a>) -> Self {
        let find =
            |name: &str| folder.texts.iter().find(|(slug, _)| slug.as_str() == name).map(|(_, reporter)| *reporter);
        Self {
            privacy: find(PRIVACY).map(privacy::notice),
            not_urgent: find(NOT_URGENT).map(text),
            missed_call: find(MISSED_CALL).map(text),
        }
    }

    /// The same in another language; what is missing is reported.
    pub(super) fn translated<'b>(&self, translations: &Translations<'b>) -> OwnTextsDraft<'b> {
        let of = |danish: &Text<'_>| translations.needed(danish.reporter, "Skriv den.");
        OwnTextsDraft {
            privacy: self.privacy.as_ref().and_then(|(text, _)| of(text)).map(privacy::notice),
            not_urgent: self.not_urgent.as_ref().and_then(of).map(text),
            missed_call: self.missed_call.as_ref().and_then(of).map(text),
        }
    }

    /// Those that are there.
    pub(super) fn all(&self) -> impl Iterator<Item = &Text<'a>> {
        self.privacy.iter().map(|(text, _)| text).chain(&self.not_urgent).chain(&self.missed_call)
    }

    fn as_parts(&self) -> Option<OwnTexts> {
        let privacy_notice = self.privacy.as_ref().and_then(|(_, notice)| notice.clone());
        let not_urgent = self.not_urgent.as_ref().map(|text| text.body.html.clone());
        let missed_call = self.missed_call.as_ref().map(|text| text.body.html.clone());
        let is_any = privacy_notice.is_some() || not_urgent.is_some() || missed_call.is_some();
        is_any.then_some(OwnTexts { privacy_notice, not_urgent, missed_call })
    }
}

/// The own texts of all kredse in all languages.
pub(super) fn own_texts<'a, 'b: 'a>(
    kredse: &[KredsDraft<'_>],
    languages: impl Iterator<Item = &'a Drafts<'b>>,
) -> BTreeMap<KredsSlug, BTreeMap<Language, OwnTexts>> {
    let mut texts: BTreeMap<KredsSlug, BTreeMap<Language, OwnTexts>> = BTreeMap::new();
    for drafts in languages {
        for (place, kreds) in kredse.iter().enumerate() {
            if let Some(own) = drafts.own_texts(place).and_then(OwnTextsDraft::as_parts) {
                texts.entry(kreds.kreds.slug.clone()).or_default().insert(drafts.language.clone(), own);
            }
        }
    }
    texts
}

/// The texts that pages show by name. A text that no page could show, or that replaces nothing, is reported.
pub(super) fn blocks<'a>(layout: &Layout<'a>, images: &'a Images, heard: Heard<'a>) -> Includes<'a> {
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
    Includes::new(images, heard, shared, own)
}

/// A kreds's text that pages show by name; none if it is another kind of text, or cannot be there, which is blamed.
fn own_block<'a>(name: &PageSlug, reporter: Reporter<'a>, known: &[&str]) -> Option<(PageSlug, Reporter<'a>)> {
    if name.as_str() == NO_GUARANTEE {
        reporter.file(
            DiagnosticCode::SameForAll,
            "En kreds kan ikke have sit eget forbehold. Alle borgere skal læse det samme. Slet filen, eller ret \
             tekster/ingen-garanti.md, hvis det skal ændres for alle.",
        );
    } else if !known.contains(&name.as_str()) {
        let (hint, all) = (hint(name.as_str(), known.iter().copied()), list(known.iter().copied()));
        reporter.file(
            DiagnosticCode::ReplacesNothing,
            format!("Der er ingen fælles tekst »{name}« i tekster/, som filen kan erstatte.{hint} Vælg mellem: {all}."),
        );
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
    // Their mistakes are found all the same.
    translated.iter().for_each(|drafts| drop(drafts.blocks.unused()));
}
