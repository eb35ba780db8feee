//! The content as the function needs it, in one versioned value.

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

/// The content as the function uses it, validated: Danish is present, every form exists in every language with the same
/// fields, and every kreds has a mailbox for each form. It is not public, since it holds mailboxes.
#[derive(Clone, PartialEq, Eq)]
pub struct Catalog {
    parts: CatalogParts,
    json: Vec<u8>,
    version: CatalogVersion,
}

/// The parts of a [`Catalog`], before validation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogParts {
    /// The name of the site.
    pub site_name: String,
    /// The base URL of the site, without a trailing slash: `https://bestil-en-betjent.example`.
    pub base_url: String,
    /// The staffed mailbox for anything that cannot be routed.
    pub fallback: EmailAddress,
    /// The list from which code words are drawn.
    pub code_words: CodeWordList,
    /// Phrases about danger for a function of the previous release; also used if there are no rules.
    pub danger_words: DangerWords,
    /// The rules that judge free texts for danger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub danger_rules: Option<DangerRules>,
    /// Kredse, kommuner and postcodes.
    pub atlas: Atlas,
    /// Every form in every language.
    pub forms: Vec<Form>,
    /// The texts of each language, including Danish.
    pub languages: BTreeMap<Language, LanguageParts>,
    /// Service messages by kreds; some may be over or not have begun.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub service_messages: BTreeMap<KredsSlug, ServiceMessage>,
    /// The forms that a kreds does not currently receive, with the text that citizens read instead.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub closed: BTreeMap<KredsSlug, BTreeMap<FormId, BTreeMap<Language, String>>>,
    /// Texts of single kredse, which replace the shared texts of each language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own_texts: BTreeMap<KredsSlug, BTreeMap<Language, OwnTexts>>,
    /// The reasons for closing a request, in the order in which officers see them. Catalogs that predate them have
    /// none, and then no request can be closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// The published controls of the last months.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<HeldControl>,
}

/// The texts around the forms, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageParts {
    /// The UI messages.
    pub words: Words,
    /// The disclaimer of what is not promised, in one wording for form, summary, receipt and mail.
    pub no_guarantee: SafeHtml,
    /// The short notice about personal data, above the send button. Use [`Catalog::privacy_notice`], since a kreds may
    /// have its own.
    pub privacy_notice: PrivacyNotice,
    /// Matters for 114 or 112 instead. Use [`Catalog::not_urgent`], since a kreds may have its own text.
    pub not_urgent: SafeHtml,
    /// Others who can help, on the page about 112.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helpers: Option<SafeHtml>,
    /// The number that officers call from, when, how often, and what follows. Use [`Catalog::missed_call`], since a
    /// kreds may have its own text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed_call: Option<SafeHtml>,
    /// The signposts for matters that this service does not handle, in display order.
    #[serde(rename = "exits")]
    pub signposts: Vec<Signpost>,
    /// The pages of advice that topics refer to.
    pub advice: BTreeMap<PageSlug, Link>,
    /// The links in the footer of every page.
    pub footer: Vec<Link>,
}

/// A link to a page of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The text of the link.
    pub title: String,
    /// The path on the site: `/privatliv/`.
    pub href: String,
    /// The language of the target page; `None` if it is that of the linking page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

impl Catalog {
    /// Validates the parts, or returns every error.
    pub fn new(parts: CatalogParts) -> Result<Self, Vec<BadCatalog>> {
        let json = serde_json::to_vec(&parts).map_err(|error| vec![BadCatalog::Json(error.to_string())])?;
        Self::validated(parts, json)
    }

    /// Returns the same catalog for a site with another base URL.
    pub fn at(&self, base_url: &str) -> Result<Self, Vec<BadCatalog>> {
        Self::new(CatalogParts { base_url: base_url.to_owned(), ..self.parts.clone() })
    }

    /// Parses a catalog and validates it again, since stored JSON may be old or changed.
    ///
    /// It may also come from a newer release. What that has added is ignored, but stays in [`to_json`](Self::to_json),
    /// so that the version is the one that the newer release computed.
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

    /// The version: equal content gives equal versions.
    #[must_use]
    pub const fn version(&self) -> &CatalogVersion {
        &self.version
    }

    /// The name of the site.
    #[must_use]
    pub fn site_name(&self) -> &str {
        &self.parts.site_name
    }

    /// The base URL of the site, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.parts.base_url
    }

    /// The staffed mailbox for anything that cannot be routed.
    #[must_use]
    pub const fn fallback(&self) -> &EmailAddress {
        &self.parts.fallback
    }

    /// The list from which code words are drawn.
    #[must_use]
    pub const fn code_words(&self) -> &CodeWordList {
        &self.parts.code_words
    }

    /// The rules that judge free texts for danger; made from the danger words if the catalog has none.
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

    /// Looks up a form by its id in one language.
    #[must_use]
    pub fn form(&self, id: &FormId, language: &Language) -> Option<&Form> {
        self.parts.forms.iter().find(|form| form.id() == id && form.language() == language)
    }

    /// The forms in one language.
    pub fn forms(&self, language: &Language) -> impl Iterator<Item = &Form> {
        self.parts.forms.iter().filter(move |form| form.language() == language)
    }

    /// The languages, in alphabetical order of their codes.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        self.parts.languages.keys()
    }

    /// The service message of a kreds in one language; `None` if none is shown at `now`.
    #[must_use]
    pub fn service_message(&self, kreds: &KredsSlug, language: &Language, now: Timestamp) -> Option<&str> {
        self.parts.service_messages.get(kreds).filter(|message| message.is_shown_at(now))?.text(language)
    }

    /// The text that citizens read while a kreds does not receive a form; `None` if it does.
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

    /// The reasons for closing a request, in the order in which officers see them.
    #[must_use]
    pub fn reasons(&self) -> &[Reason] {
        &self.parts.reasons
    }

    /// Looks up a reason by its slug.
    #[must_use]
    pub fn reason(&self, slug: &ReasonSlug) -> Option<&Reason> {
        self.parts.reasons.iter().find(|reason| reason.slug == *slug)
    }

    /// The published controls of the last months.
    #[must_use]
    pub fn controls(&self) -> &[HeldControl] {
        &self.parts.controls
    }

    /// The texts in one language.
    #[must_use]
    pub fn texts(&self, language: &Language) -> Option<&LanguageParts> {
        self.parts.languages.get(language)
    }
}
