//! Reads the forms: what they ask, and what they say when an answer is wrong.

use super::field::{FieldDraft, field};
use super::form_faults;
use super::slugs::Slugs;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::render::{Body, Headings, render};
use crate::source::front_matter::FrontMatter;
use crate::source::map::Map;
use model::field::Section;
use model::form::{Form, FormParts, Start};
use model::names::{FormId, Language};

/// A form and the file it comes from.
pub(super) struct FormDraft<'a> {
    pub(super) id: FormId,
    /// None if it is not complete, which has been reported.
    pub(super) form: Option<Form>,
    pub(super) body: Body,
    pub(super) reporter: Reporter<'a>,
}

/// The questions of a form, and where they begin.
pub(super) struct Questions {
    pub(super) sections: Vec<Section>,
    pub(super) fields: Vec<FieldDraft>,
    pub(super) at: Location,
}

/// The form in a file.
pub(super) fn form<'a>(id: &FormId, pages: &Slugs<'_>, reporter: Reporter<'a>) -> FormDraft<'a> {
    let front = FrontMatter::of(reporter);
    let body = render(reporter, front.body, Headings::Refused);
    let before = reporter.count();
    let (title, summary, start, legal_basis, questions) = front.read(|map| {
        let mut questions =
            Questions { sections: Vec::new(), fields: Vec::new(), at: map.at("afsnit").unwrap_or(map.start()) };
        for item in map.list("afsnit") {
            item.map("afsnit", |map| {
                let title = map.text("titel").text.to_owned();
                let items = map.list("felter");
                if let Some(at) = map.has("felter").filter(|_| items.is_empty() && reporter.count() == before) {
                    let advice = "Tilføj et felt, eller slet afsnittet.";
                    reporter.at(
                        at,
                        DiagnosticCode::EmptySection,
                        format!("Afsnittet »{}« har ingen felter. {advice}", excerpt(&title)),
                    );
                }
                let drafts: Vec<_> = items.into_iter().filter_map(|item| field(item, pages, reporter)).collect();
                let fields = drafts.iter().flat_map(|draft| draft.field.iter().chain(&draft.choice).cloned()).collect();
                questions.sections.push(Section { title, fields });
                questions.fields.extend(drafts);
            });
        }
        let (title, summary) = (map.text("titel").text.to_owned(), map.text("kort").text.to_owned());
        (title, summary, start(map), legal_basis(map), questions)
    });
    form_faults::blame_same_questions(&questions, reporter);
    let is_reported = reporter.count() > before;
    let form = front.is_readable().then(|| {
        let parts = FormParts {
            id: id.clone(),
            language: Language::danish(),
            title,
            summary,
            start,
            introduction: body.html.clone(),
            legal_basis,
            one_place: true,
            sections: questions.sections.clone(),
        };
        Form::new(parts).inspect_err(|faults| form_faults::report(faults, &questions, is_reported, reporter)).ok()
    });
    FormDraft { id: id.clone(), form: form.flatten(), body, reporter }
}

/// The question before the form.
fn start(map: &Map<'_>) -> Start {
    let read = |map: &Map<'_>| Start {
        question: map.text("spoergsmaal").text.to_owned(),
        hint: map.optional("hjaelp").map(|text| text.text.to_owned()),
        here: map.text("her").text.to_owned(),
    };
    map.map("foerst", read).unwrap_or_else(|| Start { question: String::new(), hint: None, here: String::new() })
}

/// The law by which a form's answers are processed, in the language of the file.
pub(super) fn legal_basis(map: &Map<'_>) -> String {
    map.explain(
        "retsgrundlag",
        "»retsgrundlag« mangler. Det er en sætning om den lov, politiet behandler oplysningerne i formularen efter. \
         Borgeren læser den over send-knappen. Tilføj en linje med »retsgrundlag: …«.",
    );
    map.text("retsgrundlag").text.to_owned()
}
