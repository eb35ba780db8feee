//! Reads a form's translation: its texts, to stand in the places of the Danish form's texts.

use super::field::{ErrorText, blame_same_answer, read_errors, told};
use super::form_faults::blame_same;
use super::forms::{FormDraft, legal_basis};
use super::place;
use super::same_parts::Parts;
use super::translations::Translations;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Location, Reporter};
use crate::markdown::render::{Headings, render};
use crate::source::front_matter::FrontMatter;
use crate::source::item::Text;
use crate::source::map::Map;
use model::field::{Choice, Fault, Field, Kind, Section, Week};
use model::form::{Form, FormParts, Start};
use model::names::Language;

/// A translation being read.
struct Reader<'a> {
    /// The path of the Danish file.
    danish: &'a str,
    reporter: Reporter<'a>,
}

/// A translated field and where its error texts stand.
type Read = (Field, Vec<ErrorText>);

impl FormDraft<'_> {
    /// The form in another language; none if there is no translation, which is reported.
    pub(super) fn translated<'a>(&self, translations: &Translations<'a>) -> Option<FormDraft<'a>> {
        let reporter = translations.needed(self.reporter, "Skriv den.")?;
        let front = FrontMatter::of(reporter);
        let body = render(reporter, front.body, Headings::Refused);
        let mut draft = FormDraft { id: self.id.clone(), form: None, body, reporter };
        // What a translation must hold is known once the Danish form is right.
        let Some(danish) = &self.form else { return Some(draft) };
        let before = reporter.count();
        let reader = Reader { danish: self.reporter.path, reporter };
        let introduction = draft.body.html.clone();
        let parts = front.read(|map| reader.form(map, danish, &translations.language));
        let written = |field: &Field| place::written(field.name.as_str()).unwrap_or(place::NAME).to_owned();
        let names: Vec<String> = parts.1.iter().map(|(field, _)| written(field)).collect();
        let fields = names.iter().zip(&parts.1).map(|(name, (_, errors))| (name.as_str(), errors.as_slice()));
        blame_same(fields, reporter);
        if front.is_readable() && reporter.count() == before {
            let form = Form::new(FormParts { introduction, ..parts.0 });
            draft.form = form
                .inspect_err(|faults| {
                    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
                    reporter.file(
                        DiagnosticCode::Program,
                        format!("Oversættelsen kan ikke bruges: {}.", faults.join("; ")),
                    );
                })
                .ok();
        }
        Some(draft)
    }
}

impl Reader<'_> {
    /// The form without its introduction.
    fn form(&self, map: &Map<'_>, danish: &Form, language: &Language) -> (FormParts, Vec<Read>) {
        map.translates(self.danish);
        let (title, summary) = (map.text("titel").text.to_owned(), map.text("kort").text.to_owned());
        let legal_basis = legal_basis(map);
        let at = map.at("afsnit").unwrap_or(map.start());
        let (items, mut sections, mut all) = (map.list("afsnit"), Vec::new(), Vec::new());
        for (place, section) in danish.sections().iter().enumerate() {
            let Some(item) = items.get(place) else {
                if map.at("afsnit").is_some() {
                    let advice = format!("Oversættelsen skal have de samme afsnit som {}.", self.danish);
                    self.reporter.at(
                        at,
                        DiagnosticCode::MissingPart,
                        format!("Afsnittet »{}« mangler. {advice}", section.title),
                    );
                }
                continue;
            };
            item.map("afsnit", |map| {
                map.translates(self.danish);
                let title = map.text("titel").text.to_owned();
                let fields = self.fields(map, section);
                sections.push(Section { title, fields: fields.iter().map(|(field, _)| field.clone()).collect() });
                all.extend(fields);
            });
        }
        for item in items.iter().skip(danish.sections().len()) {
            let advice = format!("{} har kun {} afsnit.", self.danish, danish.sections().len());
            self.reporter.at(
                item.at(),
                DiagnosticCode::StrayPart,
                format!("Der er et afsnit for meget. {advice} Slet det, eller skriv det på dansk."),
            );
        }
        let (id, start, introduction) = (danish.id().clone(), self.start(map, danish.start()), Default::default());
        let language = language.clone();
        (FormParts { id, language, title, summary, start, introduction, legal_basis, one_place: true, sections }, all)
    }

    fn start(&self, map: &Map<'_>, danish: &Start) -> Start {
        let start = map.map("foerst", |map| {
            map.translates(self.danish);
            Start {
                question: map.text("spoergsmaal").text.to_owned(),
                hint: danish.hint.as_ref().map(|_| map.text("hjaelp").text.to_owned()),
                here: map.text("her").text.to_owned(),
            }
        });
        start.unwrap_or_else(|| danish.clone())
    }

    /// The fields of one section.
    fn fields(&self, map: &Map<'_>, danish: &Section) -> Vec<Read> {
        let at = map.at("felter").unwrap_or(map.start());
        let (mut read, mut names): (Vec<Read>, Vec<Text<'_>>) = (Vec::new(), Vec::new());
        for item in map.list("felter") {
            item.map("felter", |map| {
                map.translates(self.danish);
                let name = map.text("felt");
                let is = |field: &&Field| place::written(field.name.as_str()) == Some(name.text);
                match danish.fields.iter().position(|field| is(&field)) {
                    Some(at) => read.extend(self.field(map, &danish.fields[at], danish.fields.get(at + 1))),
                    // Which texts it should have is not known.
                    None => drop(map.entries()),
                }
                names.extend((!name.text.is_empty()).then_some(name));
            });
        }
        let danish = danish.fields.iter().filter_map(|field| place::written(field.name.as_str())).collect();
        self.compare("Feltet", danish, &names, at);
        read
    }

    /// A field, and after a place the choice that is part of it.
    fn field(&self, map: &Map<'_>, danish: &Field, next: Option<&Field>) -> Vec<Read> {
        let question = map.text("spoergsmaal").text.to_owned();
        let short = map.text("i_mail").text.to_owned();
        let hint = danish.hint.as_ref().map(|_| map.text("hjaelp").text.to_owned());
        let kind = match &danish.kind {
            Kind::Choice(choices) => Kind::Choice(self.choices(map, "valg", choices)),
            Kind::Choices(choices) => Kind::Choices(self.choices(map, "valg", choices)),
            Kind::Week(week) => Kind::Week(Week {
                days: self.choices(map, "dage", &week.days),
                hours: self.choices(map, "tider", &week.hours),
            }),
            other => other.clone(),
        };
        let next = next.filter(|_| matches!(danish.kind, Kind::Postcode));
        let choice = next.and_then(|next| {
            let texts = place::choice(map)?;
            Some(Field { question: texts.question, short: texts.short, ..next.clone() })
        });
        let field = Field { question, short, hint, kind, ..danish.clone() };
        let fields: Vec<Field> = [Some(field), choice].into_iter().flatten().collect();
        let errors = map.map("fejl", |map| {
            map.translates(self.danish);
            let read = |field: &Field| read_errors(map, self.reporter, &field.kind, field.required);
            fields.iter().map(read).collect::<Vec<_>>()
        });
        let errors = errors.unwrap_or_else(|| vec![Vec::new(); fields.len()]);
        let read = |(field, errors): (Field, Vec<(Fault, ErrorText)>)| {
            let texts = errors.iter().map(|(_, text)| text.clone()).collect();
            (Field { errors: told(errors), ..field }, texts)
        };
        fields.into_iter().zip(errors).map(read).collect()
    }

    fn choices(&self, map: &Map<'_>, key: &'static str, danish: &[Choice]) -> Vec<Choice> {
        translated_choices(map, key, danish, "Valget", self.danish, self.reporter)
    }

    fn compare(&self, noun: &str, danish: Vec<&str>, written: &[Text<'_>], at: Location) {
        Parts { noun, danish, path: self.danish }.compare(written, at, self.reporter);
    }
}

/// The Danish choices with the texts of a translation; those that are missing or too many are reported.
pub(super) fn translated_choices(
    map: &Map<'_>,
    key: &'static str,
    danish: &[Choice],
    noun: &str,
    path: &str,
    reporter: Reporter<'_>,
) -> Vec<Choice> {
    let at = map.has(key).unwrap_or(map.start());
    let (mut choices, mut codes) = (Vec::new(), Vec::new());
    for item in map.list(key) {
        item.map(key, |map| {
            map.translates(path);
            let (code, written) = (map.text("kode"), map.text("tekst"));
            blame_same_answer(written, choices.iter().map(|choice: &Choice| choice.label.as_str()), reporter);
            let label = written.text.to_owned();
            let original = danish.iter().find(|choice| choice.code.as_str() == code.text);
            choices.extend(original.map(|original| Choice { label, ..original.clone() }));
            codes.extend((!code.text.is_empty()).then_some(code));
        });
    }
    if map.has(key).is_some() {
        let danish = danish.iter().map(|choice| choice.code.as_str()).collect();
        Parts { noun, danish, path }.compare(&codes, at, reporter);
    }
    choices
}
