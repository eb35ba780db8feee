//! Generated forms: any number of questions of any kind, in any order that a form allows.

use model::field::{Choice, Fault, Field, Kind, Role, Section, Week};
use model::form::{Form, FormParts, Start};
use model::names::{ChoiceCode, FieldName, FormId, Language, PageSlug};
use proptest::collection::vec;
use proptest::prelude::*;

/// A question beyond those of every form.
#[derive(Debug, Clone)]
struct Extra {
    kind: Kind,
    required: bool,
    has_hint: bool,
    /// The topic that it follows up on, if it is a follow-up question.
    topic: Option<usize>,
    /// Index of its section.
    section: usize,
}

fn choices(range: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Choice>> {
    range.prop_map(|count| {
        let choice =
            |n| Choice { code: code(&format!("valg-{n}")), label: format!("Valg <{n}> & \"{n}\""), advice: None };
        (0..count).map(choice).collect()
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        choices(2..6).prop_map(Kind::Choice),
        choices(2..6).prop_map(Kind::Choices),
        (choices(2..8), choices(2..7)).prop_map(|(days, hours)| Kind::Week(Week { days, hours })),
        (1..60usize).prop_map(|max| Kind::Line { max }),
        (1..200usize).prop_map(|max| Kind::Text { max }),
    ]
}

fn extra(topics: usize) -> impl Strategy<Value = Extra> {
    (kind(), any::<bool>(), any::<bool>(), proptest::option::of(0..topics), 0..3usize).prop_map(
        |(kind, required, has_hint, topic, section)| {
            let topic = topic.filter(|_| !matches!(kind, Kind::Week(_)));
            Extra { kind, required, has_hint, topic, section }
        },
    )
}

/// Generates any form, in Danish.
pub(crate) fn form() -> impl Strategy<Value = Form> {
    let topics = 2..5usize;
    topics
        .prop_flat_map(|topics| {
            let always = (1..80usize, any::<bool>(), choices(2..4));
            (Just(topics), always, vec(extra(topics), 0..8), any::<bool>(), any::<bool>())
        })
        .prop_map(|(topics, (name, times_required, times), extras, place_first, topic_last)| {
            let advice = PageSlug::parse("raad-om-tryghed").unwrap();
            let topic =
                |n| Choice { advice: Some(advice.clone()), ..choice(&format!("emne-{n}"), &format!("Emne {n}")) };
            let mut sections = vec![Vec::new(), Vec::new(), Vec::new()];
            for (number, extra) in extras.iter().enumerate().filter(|(_, extra)| extra.topic.is_none()) {
                sections[extra.section].push(of(extra, number));
            }
            let mut about = vec![field("emne", Kind::Choice((0..topics).map(topic).collect()), Role::Topic, true)];
            for (number, extra) in extras.iter().enumerate() {
                let only_for = extra.topic.map(|topic| code(&format!("emne-{topic}")));
                about.extend(only_for.map(|only_for| Field { only_for: Some(only_for), ..of(extra, number) }));
            }
            sections.insert(if topic_last { 3 } else { 0 }, about);
            let place = [
                field("postnr", Kind::Postcode, Role::Place, false),
                field("kommune", Kind::Kommune, Role::Place, true),
            ];
            sections.insert(if place_first { 0 } else { 2 }, place.into());
            sections.push(vec![
                field("navn", Kind::Name { max: name }, Role::Contact, true),
                field("telefon", Kind::Phone, Role::Contact, true),
                field("email", Kind::Email, Role::Contact, false),
                field("ringetid", Kind::Choices(times), Role::CallTimes, times_required),
            ]);
            let section = |(n, fields)| Section { title: format!("Afsnit {n}"), fields };
            let sections = sections.into_iter().enumerate().filter(|(_, fields)| !fields.is_empty()).map(section);
            validated(!place_first, sections.collect())
        })
}

fn validated(one_place: bool, sections: Vec<Section>) -> Form {
    Form::new(FormParts {
        id: FormId::parse("bestil-en-betjent").unwrap(),
        language: Language::danish(),
        title: "Lavet".to_owned(),
        summary: "En formular, som ingen har skrevet.".to_owned(),
        start: Start { question: "Hvad?".to_owned(), hint: None, here: "Det her".to_owned() },
        introduction: Default::default(),
        legal_basis: "Efter loven.".to_owned(),
        one_place,
        sections,
    })
    .unwrap_or_else(|faults| panic!("the generator makes only forms: {faults:?}"))
}

fn of(extra: &Extra, number: usize) -> Field {
    let hint = extra.has_hint.then(|| format!("Hjælp <{number}>"));
    Field { hint, ..field(&format!("felt_{number}"), extra.kind.clone(), Role::Detail, extra.required) }
}

fn field(name: &str, kind: Kind, role: Role, required: bool) -> Field {
    let text = |fault: Fault| (fault, format!("Ret {name}: {fault:?}"));
    Field {
        name: FieldName::parse(name).unwrap(),
        question: format!("Spørgsmål om {name}?"),
        short: format!("Om {name}"),
        hint: (role == Role::Contact).then(|| format!("Derfor spørger vi om {name}.")),
        errors: kind.faults(required).into_iter().map(text).collect(),
        only_for: None,
        kind,
        role,
        required,
    }
}

fn choice(code_text: &str, label: &str) -> Choice {
    Choice { code: code(code_text), label: label.to_owned(), advice: None }
}

fn code(text: &str) -> ChoiceCode {
    ChoiceCode::parse(text).unwrap()
}
