//! Reports in Danish, at its location, each reason why a form is incomplete.

use super::field::{FieldDraft, role_word};
use super::forms::Questions;
use super::place_field;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::choose_from;
use crate::diagnostics::diagnostic::Reporter;
use model::field::{Field, Kind, Role};
use model::field_names::RESERVED;
use model::form::BadForm;
use model::names::FieldName;
use std::collections::BTreeMap;

/// Reports the validation errors of a form. `is_reported` is true if reading it has already reported a mistake.
pub(super) fn report(faults: &[BadForm], questions: &Questions, is_reported: bool, reporter: Reporter<'_>) {
    let before = reporter.count();
    for fault in faults {
        match fault {
            BadForm::NoField(name) => no_field(name, questions, reporter),
            BadForm::FieldName(name) => field_name(name, questions, reporter),
            BadForm::NotOne(role) => not_one(*role, questions, reporter),
            BadForm::Role(name) => each(questions, name, |draft| wrong_role(draft, reporter)),
            BadForm::Choices(name) => each(questions, name, |draft| {
                if draft.is_sound {
                    reporter.at(
                        draft.choices_at,
                        DiagnosticCode::TooFewChoices,
                        format!("Feltet »{name}« skal have mindst to valg med hver sin kode."),
                    );
                }
            }),
            // Missing texts were reported when the field was read, and equal ones when all were compared.
            BadForm::Errors(_) | BadForm::SameError(_) => {}
            BadForm::NeverOptional(name) => each(questions, name, |draft| {
                let why = "Ellers kan betjenten ikke ringe, eller kredsen kan ikke findes.";
                reporter.at(
                    draft.name_at,
                    DiagnosticCode::NeverOptional,
                    format!("Feltet »{}« må ikke være frivilligt. Slet »frivilligt: ja«. {why}", draft.name),
                );
            }),
            BadForm::Reason(name) => each(questions, name, |draft| {
                let why = "Borgeren skal kunne læse, hvorfor vi spørger om det.";
                reporter.at(
                    draft.name_at,
                    DiagnosticCode::MissingReason,
                    format!("Feltet »{name}« mangler »hjaelp«. {why} Tilføj en linje med »hjaelp: …«."),
                );
            }),
            BadForm::Advice(name) => each(questions, name, |draft| {
                if draft.is_sound {
                    reporter.at(draft.choices_at, DiagnosticCode::StrayAdvice, "Kun det felt, der har »rolle: emne«, kan have »raad« ved sine valg. Slet »raad«, eller giv feltet rollen.");
                }
            }),
            BadForm::FollowUp(name) => each(questions, name, |draft| follow_up(draft, questions, reporter)),
        }
    }
    let is_reported = is_reported || reporter.count() > before;
    if !is_reported && questions.fields.is_empty() {
        reporter.at(
            questions.at,
            DiagnosticCode::MissingField,
            "Formularen har ingen felter. Tilføj dem under »afsnit« og »felter«.",
        );
    } else if !is_reported {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        reporter.at(
            questions.at,
            DiagnosticCode::Program,
            format!("Formularen kan ikke bruges: {}.", faults.join("; ")),
        );
    }
}

fn no_field(name: &str, questions: &Questions, reporter: Reporter<'_>) {
    let Some(name) = place_field::written(name) else { return };
    if !questions.fields.is_empty()
        && !questions.fields.iter().any(|draft| draft.name == name || own_name(draft) == Some(name))
    {
        let all = "Alle formularer skal have felterne sted, navn, telefon og email.";
        reporter.at(
            questions.at,
            DiagnosticCode::MissingField,
            format!("Der mangler et felt »{name}« med typen »{name}«. {all}"),
        );
    }
}

/// The name that this type of field must have.
fn own_name(draft: &FieldDraft) -> Option<&'static str> {
    draft.field.as_ref().and_then(|field| field.kind.wire_name()).and_then(place_field::written)
}

fn field_name(name: &FieldName, questions: &Questions, reporter: Reporter<'_>) {
    let is_named = |draft: &&FieldDraft| {
        draft.name == name.as_str() || place_field::written(name.as_str()) == Some(draft.name.as_str())
    };
    for (at, draft) in questions.fields.iter().filter(is_named).enumerate() {
        let (own, written) = (own_name(draft), &draft.name);
        let message = if RESERVED.contains(&written.as_str())
            || own.is_none() && place_field::written(written) != Some(written)
        {
            let all = RESERVED.into_iter().chain(["postnr", "kommune"]).collect::<Vec<_>>().join(", ");
            format!("Et felt kan ikke hedde »{written}«, for navnet bruges af systemet. Vælg et andet navn end: {all}.")
        } else if let Some(own) = own.filter(|own| own != written) {
            format!("Et felt af typen »{own}« skal hedde »{own}«, ikke »{written}«.")
        } else if own.is_none() && draft.field.is_some() && model::form::ALWAYS.contains(&written.as_str()) {
            format!("Feltet »{written}« skal have typen »{written}«.")
        } else if at > 0 {
            format!("To felter hedder »{written}«. Giv det ene et andet navn.")
        } else {
            continue;
        };
        reporter.at(draft.name_at, DiagnosticCode::FieldName, message);
    }
}

fn not_one(role: Role, questions: &Questions, reporter: Reporter<'_>) {
    let word = role_word(role);
    let rule = format!("Præcis ét felt skal have »rolle: {word}«.");
    let with: Vec<&FieldDraft> =
        questions.fields.iter().filter(|draft| draft.field.as_ref().is_some_and(|field| field.role == role)).collect();
    // The role may belong to a field that could not be read.
    let is_whole = questions.fields.iter().all(|draft| draft.field.is_some() && draft.is_sound);
    match with.as_slice() {
        [] if is_whole && !questions.fields.is_empty() => {
            reporter.at(questions.at, DiagnosticCode::Role, format!("{rule} Der er ikke noget felt med den rolle."));
        }
        [first, rest @ ..] => {
            for draft in rest {
                reporter.at(
                    draft.role_at,
                    DiagnosticCode::Role,
                    format!("{rule} Feltet »{}« har den allerede.", first.name),
                );
            }
        }
        [] => {}
    }
}

fn follow_up(draft: &FieldDraft, questions: &Questions, reporter: Reporter<'_>) {
    let fields = || questions.fields.iter().filter_map(|draft| draft.field.as_ref());
    let topic = fields().find(|field| field.role == Role::Topic);
    let codes: Vec<&str> =
        topic.into_iter().flat_map(|topic| topic.kind.choices()).flatten().map(|choice| choice.code.as_str()).collect();
    let written = draft.field.as_ref().and_then(|field| field.only_for.as_ref()).map_or("", |code| code.as_str());
    if codes.is_empty() {
        // The topics are unknown, which has been reported.
        return;
    }
    let message = if codes.contains(&written) {
        "Et felt med »kun_ved« skal stå under emnet i samme afsnit og have typen valg, flere-valg, linje eller tekst uden rolle.".to_owned()
    } else {
        format!("»kun_ved« skal være koden på et emne.{}.", choose_from(written, codes))
    };
    reporter.at(draft.only_for_at, DiagnosticCode::NeverAsked, message);
}

fn wrong_role(draft: &FieldDraft, reporter: Reporter<'_>) {
    let Some(field) = &draft.field else { return };
    let name = &draft.name;
    let message = match field.role {
        _ if field.kind.fixed_role().is_some() => {
            format!("Feltet »{name}« kan ikke have en rolle; den følger af typen. Slet linjen med »rolle«.")
        }
        Role::Topic if matches!(field.kind, Kind::Choice(_)) => {
            format!("Feltet »{name}« har rollen emne og må derfor ikke være frivilligt. Slet »frivilligt: ja«.")
        }
        Role::Topic => format!("Feltet »{name}« har rollen emne og skal derfor have typen »valg«."),
        Role::CallTimes => format!("Feltet »{name}« har rollen ringetid og skal derfor have typen »flere-valg«."),
        Role::Contact | Role::Place | Role::Detail => format!("Feltet »{name}« kan ikke have denne rolle."),
    };
    reporter.at(draft.role_at, DiagnosticCode::Role, message);
}

/// Reports each error text that is already used by another field, or for another error of the same field.
pub(super) fn report_same_errors(questions: &Questions, reporter: Reporter<'_>) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for draft in &questions.fields {
        for error in &draft.errors {
            if let Some(other) = first.get(error.text.as_str()) {
                let advice = "Skriv, hvad der skal rettes her, så man kan se, hvilket felt det gælder.";
                reporter.at(
                    error.at,
                    DiagnosticCode::SameErrorText,
                    format!("Fejlteksten er den samme som i feltet »{other}«. {advice}"),
                );
            } else {
                first.insert(&error.text, &draft.name);
            }
        }
    }
}

/// Reports each question that repeats an earlier one, if a citizen could be asked both.
pub(super) fn report_same_questions(questions: &Questions, reporter: Reporter<'_>) {
    let mut before: Vec<&FieldDraft> = Vec::new();
    for draft in &questions.fields {
        let Some(field) = draft.field.as_ref().filter(|field| !field.question.is_empty()) else { continue };
        let meets = |other: &Field| {
            let is_apart = field.only_for.is_some() && other.only_for.is_some() && field.only_for != other.only_for;
            other.question == field.question && !is_apart
        };
        if let Some(other) = before.iter().filter_map(|draft| draft.field.as_ref()).find(|other| meets(other)) {
            let advice = "Skriv, hvad der er forskellen, eller slet det ene.";
            let (name, other) = (&field.name, &other.name);
            reporter.at(
                draft.name_at,
                DiagnosticCode::SameQuestion,
                format!("Feltet »{name}« spørger om det samme som feltet »{other}«. {advice}"),
            );
        }
        before.push(draft);
    }
}

fn each(questions: &Questions, name: &FieldName, mut report: impl FnMut(&FieldDraft)) {
    for draft in &questions.fields {
        if draft.field.iter().chain(&draft.choice).any(|field| field.name == *name) {
            report(draft);
        }
    }
}
