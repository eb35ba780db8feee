//! The notice about personal data above the send button: controller, purpose, law, storage period and rights.

use crate::atlas::Kreds;
use crate::form::Form;
use crate::html::SafeHtml;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The placeholders for the facts that every notice must state: the data controller, the data protection officer, the
/// purpose, the storage period, and the citizen's rights.
pub const FACTS: [&str; 5] = ["dataansvarlig", "databeskyttelsesraadgiver", "formaal", "opbevaring", "rettigheder"];

/// The placeholder for the law, which differs between forms.
pub const LEGAL_BASIS: &str = "retsgrundlag";

/// The placeholder for the days that answers are kept after the last promised day, which differ between kredse.
pub const KEPT_DAYS: &str = "opbevaring_dage";

/// A notice that states everything required, except the law, which depends on the form, and the days that answers are
/// kept, which depend on the kreds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrivacyNotice(SafeHtml);

/// Validation error of a [`PrivacyNotice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadNotice {
    /// The text lacks the placeholder for something that it must state.
    #[error("the text has no {{{0}}}")]
    NoPlace(&'static str),
    /// The value for a placeholder is empty.
    #[error("there is no text for {{{0}}}")]
    NoValue(&'static str),
}

impl PrivacyNotice {
    /// Fills in the facts; `values` are those of [`FACTS`], in the same order.
    pub fn new(text: &SafeHtml, values: &[String; FACTS.len()]) -> Result<Self, Vec<BadNotice>> {
        let facts = || FACTS.iter().copied().zip(values.iter().map(String::as_str));
        let no_place = FACTS.into_iter().chain([LEGAL_BASIS, KEPT_DAYS]).filter(|name| !text.has_place(name));
        let no_value = facts().filter(|(_, value)| value.trim().is_empty()).map(|(name, _)| name);
        let faults: Vec<_> = no_place.map(BadNotice::NoPlace).chain(no_value.map(BadNotice::NoValue)).collect();
        if faults.is_empty() {
            let filled = facts().fold(text.clone(), |text, (name, value)| text.filled(name, value));
            Ok(Self(filled))
        } else {
            Err(faults)
        }
    }

    /// True if exactly the placeholders that are filled in for each form and kreds are left. A stored notice may lack
    /// them.
    pub(crate) fn is_whole(&self) -> bool {
        [LEGAL_BASIS, KEPT_DAYS].iter().all(|name| self.0.has_place(name))
            && !FACTS.iter().any(|name| self.0.has_place(name))
    }

    /// The notice for a form in a kreds.
    #[must_use]
    pub fn of(&self, form: &Form, kreds: &Kreds) -> SafeHtml {
        let days = kreds.retention.as_days().to_string();
        self.0.filled(LEGAL_BASIS, form.legal_basis()).filled(KEPT_DAYS, &days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<p>{dataansvarlig} {databeskyttelsesraadgiver} {formaal} {retsgrundlag} {opbevaring} {opbevaring_dage} \
         {rettigheder}</p>";

    fn values() -> [String; 5] {
        FACTS.map(|name| format!("<{name}> {{opbevaring}}"))
    }

    #[test]
    fn filled_in_values_are_escaped_and_are_no_placeholders() {
        let notice = PrivacyNotice::new(&SafeHtml::from_renderer(TEXT.to_owned()), &values()).unwrap();
        let html = notice.0.as_str();
        assert!(html.starts_with("<p>&lt;dataansvarlig&gt; &#123;opbevaring}"), "{html}");
        assert_eq!(html.matches('<').count(), 2, "{html}");
        assert_eq!(html.matches('{').count(), 2, "only the law and the days are still to be filled in: {html}");
    }

    #[test]
    fn missing_placeholders_and_empty_values_are_refused() {
        for name in FACTS.into_iter().chain([LEGAL_BASIS, KEPT_DAYS]) {
            let text = SafeHtml::from_renderer(TEXT.replace(&format!("{{{name}}}"), ""));
            assert_eq!(PrivacyNotice::new(&text, &values()), Err(vec![BadNotice::NoPlace(name)]));
        }
        for (place, name) in FACTS.into_iter().enumerate() {
            let mut values = values();
            values[place] = " ".to_owned();
            let text = SafeHtml::from_renderer(TEXT.to_owned());
            assert_eq!(PrivacyNotice::new(&text, &values), Err(vec![BadNotice::NoValue(name)]));
        }
    }
}
