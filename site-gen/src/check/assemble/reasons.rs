//! Reads the reasons for closing a request: the titles that officers choose from, and the texts for the citizen.

use super::drafts::Drafts;
use super::layout::Layout;
use super::texts::{TextDraft, text};
use super::translations::Translations;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::markdown::render::{Headings, render};
use crate::source::front_matter::FrontMatter;
use model::names::ReasonSlug;
use model::reason::Reason;
use std::collections::BTreeMap;

/// A reason and its file.
pub(super) struct ReasonDraft<'a> {
    slug: ReasonSlug,
    /// The title for officers, and true if the text is a guide to complaining. Only the Danish file states them.
    facts: Option<(String, bool)>,
    pub(super) text: TextDraft<'a>,
}

/// Reads the Danish reasons, in the order of their file names.
pub(super) fn reasons<'a>(layout: &Layout<'a>) -> Vec<ReasonDraft<'a>> {
    layout.reasons.iter().map(|(slug, reporter)| reason(slug.clone(), *reporter)).collect()
}

/// Collects the reasons for the catalog. `None` if one is invalid, which is reported.
pub(super) fn of_all(danish: &Drafts<'_>, translated: &[Drafts<'_>]) -> Option<Vec<Reason>> {
    let drafts = || [danish].into_iter().chain(translated);
    let reason = |draft: &ReasonDraft<'_>| {
        let (title, guides_complaints) = draft.facts.clone()?;
        let text = |drafts: &Drafts<'_>| {
            let own = drafts.reasons.iter().find(|own| own.slug == draft.slug)?;
            Some((drafts.language.clone(), own.text.body.html.clone()))
        };
        let texts = drafts().map(text).collect::<Option<BTreeMap<_, _>>>()?;
        Some(Reason { slug: draft.slug.clone(), title, guides_complaints, texts })
    };
    danish.reasons.iter().map(reason).collect()
}

fn reason(slug: ReasonSlug, reporter: Reporter<'_>) -> ReasonDraft<'_> {
    let front = FrontMatter::of(reporter);
    let body = render(reporter, front.body, Headings::Refused);
    let facts = front.read(|map| {
        let title = map.text("titel").text.to_owned();
        Some((title, map.yes_no("klagevejledning")))
    });
    if reporter.count() == 0 && body.html.text().is_empty() {
        reporter.file(DiagnosticCode::EmptyFile, "Der er ingen tekst. Skriv under stregen, hvad borgeren skal læse.");
    }
    ReasonDraft { slug, facts, text: TextDraft { body, reporter } }
}

impl ReasonDraft<'_> {
    /// Reads the reason in another language, which has only a text.
    pub(super) fn translated<'a>(&self, translations: &Translations<'a>) -> Option<ReasonDraft<'a>> {
        let reporter = translations.needed(self.text.reporter, "Skriv den: kun teksten, uden linjerne øverst.")?;
        if reporter.text.trim_start().starts_with("---") {
            reporter.file(
                DiagnosticCode::UnknownKey,
                "Linjerne øverst skal kun stå i den danske fil. Slet dem her, og lad teksten til borgeren stå.",
            );
            return None;
        }
        Some(ReasonDraft { slug: self.slug.clone(), facts: None, text: text(reporter) })
    }
}
