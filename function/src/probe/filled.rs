//! A form filled in by the service: the least that the form requires, and nothing that could be a person's.

use jiff::Timestamp;
use model::atlas::Kreds;
use model::catalog::Catalog;
use model::deadline::denmark;
use model::field::{Kind, Week};
use model::form::Form;
use model::names::Language;

/// The text in place of a citizen's words. It shows everybody who reads the sink's mail that this is a test.
const WORDS: &str = "Automatisk afprøvning";

/// A kreds, and a form that it accepts.
pub(super) struct Open<'a> {
    pub(super) kreds: &'a Kreds,
    pub(super) form: &'a Form,
}

/// All open forms of all kredse, in an order that depends on the content only.
pub(super) fn open(catalog: &Catalog) -> Vec<Open<'_>> {
    let danish = Language::danish();
    let mut all = Vec::new();
    for kreds in catalog.atlas().kredse() {
        let open = catalog.forms(&danish).filter(|form| catalog.closed(&kreds.slug, form.id(), &danish).is_none());
        all.extend(open.map(|form| Open { kreds, form }));
    }
    all
}

/// The fields that a browser would send, except the mark. `None` if the content has no value for a field.
pub(super) fn filled(catalog: &Catalog, open: &Open<'_>, now: Timestamp) -> Option<Vec<(String, String)>> {
    let kreds = open.kreds;
    let atlas = catalog.atlas();
    let kommune = atlas.kommuner_of(&kreds.slug).next()?;
    // A number of the police, so that it is no citizen's. Not every kreds has one of its own.
    let phone = kreds.phone.as_ref().or_else(|| atlas.kredse().iter().find_map(|kreds| kreds.phone.as_ref()))?;
    // Equal answers within a day would be one request.
    let name = format!("{WORDS} {}", now.to_zoned(denmark()).strftime("%d.%m.%Y %H:%M"));
    let mut pairs = vec![
        ("kreds", kreds.slug.to_string()),
        ("sprog", Language::danish().to_string()),
        ("udgave", catalog.version().to_string()),
        ("trin", "send".to_owned()),
    ];
    for field in open.form.fields().filter(|field| field.required && field.only_for.is_none()) {
        let text = |max: usize| WORDS.chars().take(max).collect::<String>();
        let answer = match &field.kind {
            Kind::Choice(choices) | Kind::Choices(choices) => choices.first()?.code.to_string(),
            Kind::Week(week) => Week::value(week.days.first()?, week.hours.first()?),
            Kind::Line { max } | Kind::Text { max } => text(*max),
            Kind::Name { max } => name.chars().take(*max).collect(),
            Kind::Kommune => kommune.code.to_string(),
            Kind::Phone => phone.grouped(),
            // A form that requires one of these cannot be probed: it is shown again with an error.
            Kind::Postcode | Kind::Email => continue,
        };
        pairs.push((field.name.as_str(), answer));
    }
    Some(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
