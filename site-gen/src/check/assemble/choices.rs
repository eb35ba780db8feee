//! Reads the answers that citizens choose between, in Danish or as a translation.

use super::same_parts::Parts;
use super::slugs::Slugs;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::excerpt;
use crate::diagnostics::diagnostic::Reporter;
use crate::source::item::Text;
use crate::source::map::Map;
use model::field::Choice;
use model::names::ChoiceCode;

/// The rule for pages of advice that choices refer to, with the available pages.
#[derive(Clone, Copy)]
pub(super) enum Advice<'a> {
    /// Required: the choices are topics.
    Needed(&'a Slugs<'a>),
    /// Optional: the choices may be topics.
    Possible(&'a Slugs<'a>),
    /// Not allowed: the choices are not topics.
    None,
}

/// The source of a list of choices.
#[derive(Clone, Copy)]
pub(super) enum Choices<'a> {
    /// A Danish file, which defines the choices.
    New(Advice<'a>),
    /// A translation of the Danish choices. `noun` is the word for a choice in messages.
    Of { danish: &'a [Choice], noun: &'a str },
}

/// The format of a choice's code, as stated in messages.
pub(super) const CODE: &str = "a-z, 0-9 og enkelte bindestreger, for eksempel »mobil-politistation«";

/// Reads the choices in a list.
pub(super) fn choices(map: &Map<'_>, key: &'static str, of: Choices<'_>, reporter: Reporter<'_>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    let mut codes: Vec<Text<'_>> = Vec::new();
    for item in map.list(key) {
        let choice = item.map(key, |map| {
            let written = map.text("tekst");
            report_same_answer(written, &choices, reporter);
            let label = written.text.to_owned();
            let advice = match of {
                Choices::New(advice) => advice,
                Choices::Of { danish, .. } => {
                    let code = map.text("kode");
                    codes.extend((!code.text.is_empty()).then_some(code));
                    let original = danish.iter().find(|choice| choice.code.as_str() == code.text)?;
                    return Some(Choice { label, ..original.clone() });
                }
            };
            let code = map.parsed("kode", CODE, |text| ChoiceCode::parse(text).ok());
            let advice = match advice {
                Advice::Needed(pages) => pages.page(map.text("raad"), reporter),
                Advice::Possible(pages) => map.optional("raad").and_then(|text| pages.page(text, reporter)),
                Advice::None => None,
            };
            let code = code?;
            if choices.iter().any(|choice| choice.code == code) {
                reporter.at(
                    map.start(),
                    DiagnosticCode::SameCode,
                    format!("Koden »{code}« står to gange i listen. Giv den ene et andet navn."),
                );
            }
            Some(Choice { code, label, advice })
        });
        choices.extend(choice.flatten());
    }
    if let (Choices::Of { danish, noun }, Some(at)) = (of, map.has(key)) {
        let danish = danish.iter().map(|choice| choice.code.as_str()).collect();
        Parts { noun, danish }.compare(&codes, at, reporter);
    }
    choices
}

/// Reports an answer that reads like an earlier one, so that citizens could not tell them apart.
fn report_same_answer(answer: Text<'_>, before: &[Choice], reporter: Reporter<'_>) {
    if !answer.text.is_empty() && before.iter().any(|other| other.label.eq_ignore_ascii_case(answer.text)) {
        let advice = "Så kan ingen se forskel på dem. Skriv noget andet, eller slet det ene.";
        reporter.at(
            answer.at,
            DiagnosticCode::SameAnswer,
            format!("To svar hedder »{}«. {advice}", excerpt(answer.text)),
        );
    }
}
