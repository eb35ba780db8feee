//! All that the function needs to know of the content, in one versioned value.

mod own_texts;
mod proof;

pub use own_texts::OwnTexts;
pub use proof::BadCatalog;

use crate::atlas::Atlas;
use crate::code_words::CodeWordList;
use crate::control::HeldControl;
use crate::danger::{DangerRules, DangerWords};
use crate::email::EmailAddress;
use crate::form::Form;
use crate::html::SafeHtml;
use crate::names::{CatalogVersion, FormId, KredsSlug, Language, PageSlug, ReasonSlug};
use crate::privacy::PrivacyNotice;
use crate::reason::Reason;
use crate::service_message::ServiceMessage;
use crate::signpost::Signpost;
use crate::words::Words;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The content as the function uses it, validated: Danish is there, every form is there in every language, with the same
/// fields, and every kreds has a mailbox for each. It is not public: it holds mailboxes.
#[derive(Clone, PartialEq, Eq)]
pub struct Catalog {
    parts: CatalogParts,
    json: Vec<u8>,
    version: CatalogVersion,
}

/// The parts of a [`Catalog`], not yet validated.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogParts {
    /// The site's name.
    pub site_name: String,
    /// The site's own address, without a slash at the end: `https://bestil-en-betjent.example`.
    pub base_url: String,
    /// The manned mailbox for what cannot be routed.
    pub fallback: EmailAddress,
    /// The words that code words are drawn from.
    pub code_words: CodeWordList,
    /// Phrases about danger, for a function of the release before; where there are no rules, they are used instead.
    pub danger_words: DangerWords,
    /// By what a free text is judged for danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_rules: Option<DangerRules>,
    /// Kredse, kommuner and postcodes.
    pub atlas: Atlas,
    /// Every form in every language.
    pub forms: Vec<Form>,
    /// The languages, Danish among them.
    pub languages: BTreeMap<Language, LanguageParts>,
    /// Service messages of kredse; one may be over, or still to come.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub service_messages: BTreeMap<KredsSlug, ServiceMessage>,
    /// The forms that a kreds does not receive for now, with the text that citizens read instead.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub closed: BTreeMap<KredsSlug, BTreeMap<FormId, BTreeMap<Language, String>>>,
    /// Texts of a kreds's own, in place of the texts of each language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own_texts: BTreeMap<KredsSlug, BTreeMap<Language, OwnTexts>>,
    /// The reasons for closing a request, in the order that officers are offered them. A catalog from before there were any
    /// has none, and then nothing is closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// Controls on the pages, of the last months.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<HeldControl>,
}

/// The texts around the forms in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageParts {
    /// The UI messages.
    pub words: Words,
    /// The one wording of what is not promised; the same on form, summary, receipt and mail.
    pub no_guarantee: SafeHtml,
    /// The short notice about personal data, above the send button, where a kreds has no other: ask
    /// [`Catalog::privacy_notice`].
    pub privacy_notice: PrivacyNotice,
    /// Cases for 114 and 112 instead, where a kreds has no text of its own: use [`Catalog::not_urgent`].
    pub not_urgent: SafeHtml,
    /// Who else helps, on the page about 112.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helpers: Option<SafeHtml>,
    /// From which number officers call, when, how often, and what then, where a kreds does not say it otherwise: ask
    /// [`Catalog::missed_call`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed_call: Option<SafeHtml>,
    /// Where those go whose matter is not for this service, in the order they are offered.
    #[serde(rename = "exits")]
    pub signposts: Vec<Signpost>,
    /// The pages of advice that topics name.
    pub advice: BTreeMap<PageSlug, Link>,
    /// The links at the foot of every page.
    pub footer: Vec<Link>,
}

/// A link to a page of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its text.
    pub title: String,
    /// Its address on the site: `/privatliv/`.
    pub href: String,
    /// The language of that page, if it is not the language of the page with the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

impl Catalog {
    /// Proves the parts, or says everything that does not fit.
    pub fn new(parts: CatalogParts) -> Result<Self, Vec<BadCatalog>> {
        let json = serde_json::to_vec(&parts).map_err(|error| vec![BadCatalog::Json(error.to_string())])?;
        Self::validated(parts, json)
    }

    /// The same catalog for a site at another address.
    pub fn at(&self, base_url: &str) -> Result<Self, Vec<BadCatalog>> {
        Self::new(CatalogParts { base_url: base_url.to_owned(), ..self.parts.clone() })
    }

    /// The catalog in `json`, validated again: what is read back may be old or changed.
    ///
    /// It may also be of a newer release than this program: what that has added is passed over, but stays in
    /// [`to_json`](Self::to_json), so that the version is what the newer release says it is.
    pub fn from_json(json: &[u8]) -> Result<Self, Vec<BadCatalog>> {
        let parts = serde_json::from_slice(json).map_err(|error| vec![BadCatalog::Json(error.to_string())])?;
        Self::validated(parts, json.to_vec())
    }

    fn validated(parts: CatalogParts, json: Vec<u8>) -> Result<Self, Vec<BadCatalog>> {
        let faults = proof::faults(&parts);
        if faults.is_empty() {
            let version = CatalogVersion::from_digest(&Sha256::digest(&json).into());
            Ok(Self { parts, json, version })
        } else {
            Err(faults)
        }
    }

    /// The catalog as JSON; its [`version`](Self::version) is the hash of these bytes.
    #[must_use]
    pub fn to_json(&self) -> &[u8] {
        &self.json
    }

    /// The version: equal content, equal version.
    #[must_use]
    pub const fn version(&self) -> &CatalogVersion {
        &self.version
    }

    /// The site's name.
    #[must_use]
    pub fn site_name(&self) -> &str {
        &self.parts.site_name
    }

    /// The site's own address, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.parts.base_url
    }

    /// The manned mailbox for what cannot be routed.
    #[must_use]
    pub const fn fallback(&self) -> &EmailAddress {
        &self.parts.fallback
    }

    /// The words that code words are drawn from.
    #[must_use]
    pub const fn code_words(&self) -> &CodeWordList {
        &self.parts.code_words
    }

    /// By what a free text is judged for danger.
    #[must_use]
    pub fn danger_rules(&self) -> Cow<'_, DangerRules> {
        match &self.parts.danger_rules {
            Some(rules) => Cow::Borrowed(rules),
            None => Cow::Owned(self.parts.danger_words.rules()),
        }
    }

    /// Kredse, kommuner and postcodes.
    #[must_use]
    pub const fn atlas(&self) -> &Atlas {
        &self.parts.atlas
    }

    /// The form with this id in one language.
    #[must_use]
    pub fn form(&self, id: &FormId, language: &Language) -> Option<&Form> {
        self.parts.forms.iter().find(|form| form.id() == id && form.language() == language)
    }

    /// The forms of one language.
    pub fn forms(&self, language: &Language) -> impl Iterator<Item = &Form> {
        self.parts.forms.iter().filter(move |form| form.language() == language)
    }

    /// The languages, in the order of their codes.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.parts.languages.keys()
    }

    /// The service message of a kreds at `now`, in one language.
    #[must_use]
    pub fn service_message(&self, kreds: &KredsSlug, language: &Language, now: Timestamp) -> Option<&str> {
        self.parts.service_messages.get(kreds).filter(|message| message.is_shown_at(now))?.text(language)
    }

    /// The text for citizens while a kreds does not receive a form; `None` if it does.
    #[must_use]
    pub fn closed(&self, kreds: &KredsSlug, form: &FormId, language: &Language) -> Option<&str> {
        self.parts.closed.get(kreds)?.get(form)?.get(language).map(String::as_str)
    }

    /// True if a kreds has a mailbox for a form and has not closed it.
    #[must_use]
    pub fn receives(&self, kreds: &KredsSlug, form: &FormId) -> bool {
        let has_mailbox = self.atlas().kreds(kreds).is_some_and(|kreds| kreds.mailboxes.contains_key(form));
        has_mailbox && !self.parts.closed.get(kreds).is_some_and(|forms| forms.contains_key(form))
    }

    /// The reasons for closing a request, as officers are offered them.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.parts.reasons
    }

    /// The reason with this name.
    #[must_use]
    pub fn reason(&self, slug: &ReasonSlug) -> Option<&Reason> {
        self.parts.reasons.iter().find(|reason| reason.slug == *slug)
    }

    /// The controls on the pages, of the last months.
    #[must_use]
    pub fn controls(&self) -> &[HeldControl] {
        &self.parts.controls
    }

    /// The texts of one language.
    #[must_use]
    pub fn texts(&self, language: &Language) -> Option<&LanguageParts> {
        self.parts.languages.get(language)
    }
}
