//! Texts of a single kreds that replace the text shared by all kredse.

use super::{Catalog, CatalogParts};
use crate::html::SafeHtml;
use crate::names::{KredsSlug, Language};
use crate::privacy::PrivacyNotice;
use serde::{Deserialize, Serialize};

/// The texts of one kreds in one language. The disclaimer of what is not promised is not among them, since it is the
/// same everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OwnTexts {
    /// The short notice about personal data, above the send button.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_notice: Option<PrivacyNotice>,
    /// Matters for 114 or 112 instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_urgent: Option<SafeHtml>,
    /// The number that officers call from, when, how often, and what follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed_call: Option<SafeHtml>,
}

impl OwnTexts {
    /// Flags for the texts that are present; they must be equal in every language.
    const fn kinds(&self) -> [bool; 3] {
        [self.privacy_notice.is_some(), self.not_urgent.is_some(), self.missed_call.is_some()]
    }

    fn is_whole(&self) -> bool {
        let has_words = [&self.not_urgent, &self.missed_call].into_iter().flatten().all(|text| !text.text().is_empty());
        has_words && self.privacy_notice.as_ref().is_none_or(PrivacyNotice::is_whole) && self.kinds() != [false; 3]
    }
}

/// Returns the kredse whose own texts are invalid: the kreds is unknown, or a text is missing in a language or empty.
pub(super) fn unfit(parts: &CatalogParts) -> impl Iterator<Item = &KredsSlug> {
    let fits = |(kreds, texts): (&KredsSlug, &std::collections::BTreeMap<Language, OwnTexts>)| {
        let danish = texts.get(&Language::danish()).map(OwnTexts::kinds);
        let fits_in = |language: &Language| {
            texts.get(language).is_some_and(|texts| texts.is_whole() && Some(texts.kinds()) == danish)
        };
        let is_known = |language: &Language| parts.languages.contains_key(language);
        parts.atlas.kreds(kreds).is_some() && parts.languages.keys().all(fits_in) && texts.keys().all(is_known)
    };
    parts.own_texts.iter().filter(move |(kreds, texts)| !fits((kreds, texts))).map(|(kreds, _)| kreds)
}

impl Catalog {
    /// Matters for 114 or 112 instead, in the kreds's own words if it has any.
    #[must_use]
    pub fn not_urgent(&self, kreds: &KredsSlug, language: &Language) -> Option<&SafeHtml> {
        let own = self.own_texts(kreds, language).and_then(|own| own.not_urgent.as_ref());
        own.or_else(|| Some(&self.texts(language)?.not_urgent))
    }

    /// The number that officers call from, when, how often, and what follows, in the kreds's own words if it has any.
    /// `None` in catalogs that predate the text.
    #[must_use]
    pub fn missed_call(&self, kreds: &KredsSlug, language: &Language) -> Option<&SafeHtml> {
        let own = self.own_texts(kreds, language).and_then(|own| own.missed_call.as_ref());
        own.or_else(|| self.texts(language)?.missed_call.as_ref())
    }

    /// The short notice about personal data, in the kreds's own words if it has any.
    #[must_use]
    pub fn privacy_notice(&self, kreds: &KredsSlug, language: &Language) -> Option<&PrivacyNotice> {
        let own = self.own_texts(kreds, language).and_then(|own| own.privacy_notice.as_ref());
        own.or_else(|| Some(&self.texts(language)?.privacy_notice))
    }

    fn own_texts(&self, kreds: &KredsSlug, language: &Language) -> Option<&OwnTexts> {
        self.parts.own_texts.get(kreds)?.get(language)
    }
}
