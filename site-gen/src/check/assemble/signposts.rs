//! Reads the signposts: pages for citizens whose matter this service does not handle.

use super::choices::{Advice, Choices, choices};
use super::forms::FormDraft;
use super::layout::Layout;
use super::translations::Translations;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Diagnostics, Reporter};
use crate::markdown::images::Images;
use crate::markdown::render::{Body, Headings, render};
use crate::source::front_matter::FrontMatter;
use model::names::PageSlug;
use model::signpost::{Instead, Signpost};
use std::collections::BTreeMap;

/// A signpost and its file.
pub(super) struct SignpostDraft<'a> {
    pub(super) signpost: Signpost,
    pub(super) body: Body,
    pub(super) reporter: Reporter<'a>,
}

/// The authorities to contact instead, as authors write them.
const INSTEAD: [(&str, Instead); 3] =
    [("112", Instead::Emergency), ("114", Instead::Police), ("kommunen", Instead::Kommune)];

/// Reads the Danish signposts, most urgent first, and reports missing ones.
pub(super) fn signposts<'a>(layout: &Layout<'a>, images: &Images, diagnostics: &Diagnostics) -> Vec<SignpostDraft<'a>> {
    let mut drafts: Vec<SignpostDraft<'a>> = layout
        .signposts
        .iter()
        .filter_map(|(slug, reporter)| SignpostDraft::read(slug, None, images, *reporter))
        .collect();
    drafts.sort_by(|a, b| (a.signpost.instead, &a.signpost.slug).cmp(&(b.signpost.instead, &b.signpost.slug)));
    let is_whole = layout.signposts.iter().all(|(_, reporter)| reporter.count() == 0);
    for (word, instead) in INSTEAD.into_iter().filter(|_| is_whole) {
        if !drafts.iter().any(|draft| draft.signpost.instead == instead) {
            diagnostics.missing("udgange", DiagnosticCode::MissingSignpost, &format!("Der mangler en fil med »i_stedet: {word}«. Spørgsmålet før en formular skal kunne føre til 112, 114 og kommunen."));
        }
    }
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for draft in &drafts {
        for answer in &draft.signpost.answers {
            if let Some(other) =
                taken.insert(answer.code.to_string(), draft.reporter.path).filter(|other| *other != draft.reporter.path)
            {
                let at = draft.reporter.text.find(answer.code.as_str()).unwrap_or(0);
                draft.reporter.at_byte(
                    at,
                    DiagnosticCode::SameCode,
                    format!("Koden »{}« bruges også i {other}. Giv det ene svar en anden kode.", answer.code),
                );
            }
        }
    }
    drafts
}

/// Reports equal answers to one question that lead to different pages. Those in one file have been reported.
pub(super) fn report_same_answers(signposts: &[SignpostDraft<'_>], forms: &[FormDraft<'_>]) {
    let mut before: Vec<(&str, &str)> = Vec::new();
    let here = forms.iter().filter_map(|draft| Some((draft.form.as_ref()?.start().here.as_str(), draft.reporter.path)));
    let here: Vec<_> = here.collect();
    for draft in signposts {
        let reporter = draft.reporter;
        for label in draft.signpost.answers.iter().map(|answer| answer.label.as_str()).filter(|label| !label.is_empty())
        {
            let mut others = here.iter().chain(&before);
            if let Some((_, other)) = others.find(|(text, path)| *text == label && *path != reporter.path) {
                let at = reporter.text.find(label).unwrap_or(0);
                let advice = "Så kan ingen se forskel på dem. Skriv noget andet i den ene.";
                reporter.at_byte(
                    at,
                    DiagnosticCode::SameAnswer,
                    format!("Svaret »{}« står også i {other}, som fører et andet sted hen. {advice}", excerpt(label)),
                );
            }
            before.push((label, reporter.path));
        }
    }
}

impl<'a> SignpostDraft<'a> {
    /// Reads the signpost in another language. `None` if the translation is missing, which is reported.
    pub(super) fn translated<'b>(&self, translations: &Translations<'b>, images: &Images) -> Option<SignpostDraft<'b>> {
        let reporter = translations.needed(self.reporter, "Skriv den.")?;
        SignpostDraft::read(&self.signpost.slug, Some(&self.signpost), images, reporter)
    }

    /// Reads the signpost in a file: a Danish one, or the translation of `danish`.
    fn read(slug: &PageSlug, danish: Option<&Signpost>, images: &Images, reporter: Reporter<'a>) -> Option<Self> {
        let front = FrontMatter::of(reporter);
        let body = render(reporter, front.body, Headings::Allowed(images));
        if danish.is_none() && slug.as_str() == pages::address::FORM {
            reporter.file(
                DiagnosticCode::FileName,
                "Filen kan ikke hedde sådan, for formularens egen adresse ender på det. Giv den et andet navn.",
            );
        }
        let of =
            danish.map_or(Choices::New(Advice::None), |danish| Choices::Of { danish: &danish.answers, noun: "Svaret" });
        let signpost = front.read(|map| {
            let title = map.text("titel").text.to_owned();
            let before = reporter.count();
            let answers = choices(map, "svar", of, reporter);
            if answers.is_empty() && map.has("svar").is_some() && reporter.count() == before {
                let message = "Der skal være mindst ét svar, som fører hertil.";
                reporter.at(map.start(), DiagnosticCode::TooFewChoices, message);
            }
            let instead = danish.map_or_else(|| map.one_of("i_stedet", &INSTEAD), |danish| Some(danish.instead))?;
            Some(Signpost { slug: slug.clone(), instead, title, answers, body: body.html.clone() })
        });
        Some(Self { signpost: signpost?, body, reporter })
    }
}
