//! Hidden inputs: values that a page carries to the next step, so that no cookie is needed.

use model::field_names::{DESPITE_DANGER, FILL_TIME, HONEYPOT, REMOVE_CPR};
use model::form::Form;
use model::raw::RawAnswers;
use serde::Serialize;

/// A hidden input.
#[derive(Serialize)]
pub(crate) struct Input<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: &'a str,
}

/// Everything that was typed into a form, and the markers of what the citizen was already asked.
pub(crate) fn carried<'a>(form: &'a Form, raw: &'a RawAnswers) -> impl Iterator<Item = Input<'a>> {
    let names = form.fields().map(|field| field.name.as_str()).chain([HONEYPOT, FILL_TIME, REMOVE_CPR, DESPITE_DANGER]);
    names.flat_map(|name| raw.all(name).iter().map(move |value| Input { name, value }))
}
