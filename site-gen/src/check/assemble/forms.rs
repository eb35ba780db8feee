//! Reads the forms in every language: their questions and their error texts.

use super::field::{FieldDraft, fields, hint};
use super::form_faults;
use super::same_parts::compare_sections;
use super::slugs::Slugs;
use super::translations::Translations;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::render::{Body, Headings, render};
use crate::source::front_matter::FrontMatter;
use crate::source::map::Map;
use model::field::Section;
use model::form::{Form, FormParts, Start};
use model::html::SafeHtml;
use model::names::{FormId, Language};

/// A form and its file.
pub(super) struct FormDraft<'a> {
    pub(super) id: FormId,
    /// `None` if it is incomplete, which is reported.
    pub(super) form: Option<Form>,
    pub(super) body: Body,
    pub(super) reporter: Reporter<'a>,
}

/// The questions of a form, and the location of its sections.
pub(super) struct Questions {
    pub(super) sections: Vec<Section>,
    pub(super) fields: Vec<FieldDraft>,
    pub(super) at: Location,
}

/// The source of everything but the texts of a form.
#[derive(Clone, Copy)]
pub(super) enum Origin<'a> {
    /// The file itself, which is Danish. Its choices may refer to these pages.
    Danish(&'a Slugs<'a>),
    /// The Danish form, which the file translates into a language.
    Translation(&'a Form, &'a Language),
}

impl<'a> FormDraft<'a> {
    /// Reads the Danish form in a file.
    pub(super) fn danish(id: &FormId, pages: &Slugs<'_>, reporter: Reporter<'a>) -> Self {
        Self::read(id, Some(Origin::Danish(pages)), reporter)
    }

    /// Reads the form in another language. `None` if the translation is missing, which is reported.
    pub(super) fn translated<'b>(&self, translations: &Translations<'b>) -> Option<FormDraft<'b>> {
        let reporter = translations.needed(self.reporter, "Skriv den.")?;
        let origin = self.form.as_ref().map(|danish| Origin::Translation(danish, &translations.language));
        Some(FormDraft::read(&self.id, origin, reporter))
    }

    /// Reads the form in a file in any language. A translation is checked only if the Danish form is valid: without
    /// an origin, only the text below the front matter is read.
    fn read(id: &FormId, origin: Option<Origin<'_>>, reporter: Reporter<'a>) -> Self {
        let front = FrontMatter::of(reporter);
        let body = render(reporter, front.body, Headings::Refused);
        let form = origin.and_then(|origin| form(id, &front, body.html.clone(), origin, reporter));
        Self { id: id.clone(), form, body, reporter }
    }
}

fn form(
    id: &FormId,
    front: &FrontMatter<'_>,
    introduction: SafeHtml,
    origin: Origin<'_>,
    reporter: Reporter<'_>,
) -> Option<Form> {
    let before = reporter.count();
    let (danish, language) = match origin {
        Origin::Danish(_) => (None, Language::danish()),
        Origin::Translation(form, language) => (Some(form), language.clone()),
    };
    let (title, summary, start, legal_basis, questions) = front.read(|map| {
        let mut questions =
            Questions { sections: Vec::new(), fields: Vec::new(), at: map.at("afsnit").unwrap_or(map.start()) };
        let items = map.list("afsnit");
        if let Some(danish) = danish {
            compare_sections(danish, &items, map.has("afsnit"), reporter);
        }
        for (index, item) in items.into_iter().enumerate() {
            let section = danish.map(|form| form.sections().get(index));
            // A surplus section, which has been reported.
            if section == Some(None) {
                continue;
            }
            item.map("afsnit", |map| {
                let title = map.text("titel").text.to_owned();
                let drafts = fields(map, origin, section.flatten(), reporter);
                let is_unsure = danish.is_some() || reporter.count() > before;
                if let Some(at) = map.has("felter").filter(|_| drafts.is_empty() && !is_unsure) {
                    let advice = "Tilføj et felt, eller slet afsnittet.";
                    reporter.at(
                        at,
                        DiagnosticCode::EmptySection,
                        format!("Afsnittet »{}« har ingen felter. {advice}", excerpt(&title)),
                    );
                }
                let fields = drafts.iter().flat_map(|draft| draft.field.iter().chain(&draft.choice).cloned()).collect();
                questions.sections.push(Section { title, fields });
                questions.fields.extend(drafts);
            });
        }
        let (title, summary) = (map.text("titel").text.to_owned(), map.text("kort").text.to_owned());
        (title, summary, start(map, danish.map(Form::start)), legal_basis(map), questions)
    });
    form_faults::report_same_questions(&questions, reporter);
    form_faults::report_same_errors(&questions, reporter);
    let is_reported = reporter.count() > before;
    // A translation with all parts of the Danish form is valid: only a reported mistake makes it unusable.
    if !front.is_readable() || danish.is_some() && is_reported {
        return None;
    }
    let (id, sections) = (id.clone(), questions.sections.clone());
    let parts = FormParts { id, language, title, summary, start, introduction, legal_basis, one_place: true, sections };
    Form::new(parts).inspect_err(|faults| form_faults::report(faults, &questions, is_reported, reporter)).ok()
}

/// Reads the question before the form.
fn start(map: &Map<'_>, danish: Option<&Start>) -> Start {
    let read = |map: &Map<'_>| Start {
        question: map.text("spoergsmaal").text.to_owned(),
        hint: hint(map, danish.map(|danish| &danish.hint)),
        here: map.text("her").text.to_owned(),
    };
    map.map("foerst", read).unwrap_or_else(|| Start { question: String::new(), hint: None, here: String::new() })
}

/// Reads the legal basis for processing the answers, in the language of the file.
fn legal_basis(map: &Map<'_>) -> String {
    map.explain(
        "retsgrundlag",
        "»retsgrundlag« mangler. Det er en sætning om den lov, politiet behandler oplysningerne i formularen efter. \
         Borgeren læser den over send-knappen. Tilføj en linje med »retsgrundlag: …«.",
    );
    map.text("retsgrundlag").text.to_owned()
}
