//! The frame of every page: head, emergency line, breadcrumb, footer.

use crate::{BadPage, Pages, address};
use jiff::Timestamp;
use model::atlas::Kreds;
use model::catalog::{Catalog, LanguageParts, Link};
use model::form::Form;
use model::html::SafeHtml;
use model::names::Language;
use serde::Serialize;
use std::borrow::Cow;
use tera::{Context, Value};

/// The context of a page: its path, its language, and the time at which it is viewed.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The catalog with the site's content.
    pub(crate) catalog: &'a Catalog,
    /// The page's language; the catalog must have it.
    pub(crate) language: &'a Language,
    /// The time that decides which temporary content is shown.
    pub(crate) now: Timestamp,
    /// The path below the language prefix, such as `/oestjylland/`; empty if the page has no address of its own.
    path: &'a str,
    /// True if the page exists in this language only.
    is_alone: bool,
    /// The feeds that the page's head links to.
    feeds: &'a [Feed],
    /// The values that all pages of the language share, if they were computed before.
    shared: Option<&'a Shared>,
}

/// The values that all pages of a language share, such as the HTML of header and footer. A site computes them once,
/// since there are hundreds of texts.
#[derive(Clone)]
pub struct Shared([(&'static str, Value); 7]);

/// A feed that a page's head links to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// The feed's title.
    pub title: String,
    /// The feed's address.
    pub href: String,
}

/// The parent of a page on the site. It determines the crumbs, and the authority that the page names.
#[derive(Clone, Copy)]
pub(crate) enum Above<'a> {
    /// The front page alone.
    Front,
    /// The page of a kreds.
    Kreds(&'a Kreds),
    /// The question before a form of a kreds.
    Form(&'a Kreds, &'a Form),
}

/// The values that the base template needs.
pub(crate) struct Frame<'a> {
    shared: Cow<'a, Shared>,
    base_url: &'a str,
    title: String,
    /// The page's unique title, which includes the titles above it.
    pub(crate) whole_title: String,
    description: String,
    canonical: String,
    pub(crate) indexed: bool,
    /// True if the page has metadata for link previews.
    has_card: bool,
    /// The last crumb, for the page itself.
    pub(crate) here: String,
    pub(crate) failed: bool,
    /// The name of the kreds that the page belongs to.
    pub(crate) authority: Option<&'a str>,
    crumbs: Vec<Link>,
    languages: Vec<OtherLanguage<'a>>,
    danish: String,
    feeds: &'a [Feed],
}

#[derive(Serialize)]
struct OtherLanguage<'a> {
    code: &'a str,
    name: &'a str,
    href: String,
    current: bool,
}

impl Shared {
    /// Computes the values for a language, which must be in the catalog.
    pub fn of(catalog: &Catalog, language: &Language) -> Result<Self, BadPage> {
        let (texts, link) = (texts(catalog, language)?, |path: String| address::in_language(language, &path));
        let (words, home) = (Value::from_serializable(texts.words.table()), link(address::front()));
        let values = tera::context! {
            site_name => catalog.site_name(),
            home => &home,
            search => &link(address::search()),
            statement => &link(address::accessibility_statement()),
            footer => &texts.footer,
            t => &words,
        };
        let templates = Pages::new()?;
        let filled = |template| templates.render(template, values.clone()).map(Value::from);
        Ok(Self([
            ("lang", Value::from(language.as_str())),
            ("site_name", Value::from(catalog.site_name())),
            ("base_url", Value::from(catalog.base_url())),
            ("home", Value::from(home)),
            ("t", words),
            ("top", filled("top.html")?),
            ("foot", filled("foot.html")?),
        ]))
    }
}

impl<'a> Above<'a> {
    /// Titles and paths of the crumbs below the front page.
    fn crumbs(self) -> Vec<(&'a str, String)> {
        let of_kreds = |kreds: &'a Kreds| (kreds.name.as_str(), address::kreds(&kreds.slug));
        match self {
            Self::Front => Vec::new(),
            Self::Kreds(kreds) => vec![of_kreds(kreds)],
            Self::Form(kreds, form) => vec![of_kreds(kreds), (form.title(), address::start(&kreds.slug, form.id()))],
        }
    }

    const fn authority(self) -> Option<&'a str> {
        match self {
            Self::Front => None,
            Self::Kreds(kreds) | Self::Form(kreds, _) => Some(kreds.name.as_str()),
        }
    }
}

impl Frame<'_> {
    /// Adds the frame's values to those of a page.
    pub(crate) fn around(&self, values: &mut Context) {
        for (name, value) in &self.shared.0 {
            values.insert_value(*name, value.clone());
        }
        values.insert("title", &self.title);
        values.insert("whole_title", &self.whole_title);
        values.insert("description", &self.description);
        values.insert("canonical", &self.canonical);
        values.insert("indexed", &self.indexed);
        values.insert("has_card", &self.has_card);
        values.insert("here", &self.here);
        values.insert("failed", &self.failed);
        values.insert("authority", &self.authority);
        values.insert("crumbs", &self.crumbs);
        values.insert("languages", &self.languages);
        values.insert("danish", &self.danish);
        values.insert("feeds", self.feeds);
    }

    /// Sets the last crumb, for a page that has the same title as the page above it.
    pub(crate) fn stands_at(&mut self, here: &str) {
        here.clone_into(&mut self.here);
        self.whole_title = format!("{here}: {}", self.whole_title);
    }

    /// Makes the page at this address of the site the canonical one.
    pub(crate) fn leads_to(&mut self, address: &str) {
        self.canonical = format!("{}{address}", self.base_url);
        self.indexed = true;
    }
}

impl<'a> View<'a> {
    /// A page without an address of its own, such as a response to a form.
    #[must_use]
    pub const fn new(catalog: &'a Catalog, language: &'a Language, now: Timestamp) -> Self {
        Self { catalog, language, now, path: "", is_alone: false, feeds: &[], shared: None }
    }

    /// The same page with links to these feeds in its head.
    #[must_use]
    pub const fn with(self, feeds: &'a [Feed]) -> Self {
        Self { feeds, ..self }
    }

    /// The same page with shared values that were computed before, from the same catalog and language.
    #[must_use]
    pub const fn sharing(self, shared: &'a Shared) -> Self {
        Self { shared: Some(shared), ..self }
    }

    /// The same page at a path below the language prefix, in every language.
    #[must_use]
    pub const fn at(self, path: &'a str) -> Self {
        Self { path, ..self }
    }

    /// The same page, in this language only.
    #[must_use]
    pub const fn alone(self) -> Self {
        Self { is_alone: true, ..self }
    }

    /// Returns true if the page is at this path.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        self.path == path
    }

    /// The texts of the view's language.
    pub(crate) fn texts(&self) -> Result<&'a LanguageParts, BadPage> {
        texts(self.catalog, self.language)
    }

    /// The text about matters for 114 and 112: the kreds's own, or the site's.
    pub(crate) fn not_urgent(&self, kreds: &Kreds) -> Result<&'a str, BadPage> {
        let own = self.catalog.not_urgent(&kreds.slug, self.language);
        Ok(own.unwrap_or(&self.texts()?.not_urgent).as_str())
    }

    /// The notice about personal data for a form: the kreds's own, or the site's.
    pub(crate) fn privacy_notice(&self, form: &Form, kreds: &Kreds) -> Result<SafeHtml, BadPage> {
        let own = self.catalog.privacy_notice(&kreds.slug, self.language);
        Ok(own.unwrap_or(&self.texts()?.privacy_notice).of(form, kreds))
    }

    /// The path with the prefix of the view's language, as links use it.
    pub(crate) fn link(&self, path: &str) -> String {
        address::in_language(self.language, path)
    }

    /// The frame of a page with this title. An empty description is replaced by the site's.
    pub(crate) fn frame(&self, title: &str, description: &str, above: Above<'a>) -> Result<Frame<'a>, BadPage> {
        let (texts, authority, above) = (self.texts()?, above.authority(), above.crumbs());
        let crumb = |title: &str, href: String| Link { title: title.to_owned(), href, language: None };
        let is_front = self.path == address::front();
        let crumbs = if is_front {
            Vec::new()
        } else {
            let above = above.iter().map(|(title, path)| crumb(title, self.link(path)));
            [crumb(texts.words.get("forside"), self.link(&address::front()))].into_iter().chain(above).collect()
        };
        let has_address = !self.path.is_empty();
        let site_name = self.catalog.site_name();
        let mut parts = vec![title];
        let above_it = above.iter().rev().map(|(title, _)| *title).chain([site_name]);
        for part in above_it {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        let description = if description.is_empty() { texts.words.get("beskrivelse") } else { description };
        Ok(Frame {
            shared: match self.shared {
                Some(shared) => Cow::Borrowed(shared),
                None => Cow::Owned(Shared::of(self.catalog, self.language)?),
            },
            base_url: self.catalog.base_url(),
            title: title.to_owned(),
            whole_title: parts.join(" – "),
            here: title.to_owned(),
            description: description.to_owned(),
            canonical: if has_address {
                format!("{}{}", self.catalog.base_url(), self.link(self.path))
            } else {
                String::new()
            },
            indexed: has_address,
            has_card: has_address,
            failed: false,
            authority,
            crumbs,
            languages: self.other_languages(),
            danish: address::in_language(&Language::danish(), self.path),
            feeds: self.feeds,
        })
    }

    /// Links to the page in each language, the view's own first. Empty if the page has one language or no address.
    fn other_languages(&self) -> Vec<OtherLanguage<'a>> {
        let mut codes: Vec<&'a Language> = self.catalog.languages().collect();
        if codes.len() < 2 || self.path.is_empty() || self.is_alone {
            return Vec::new();
        }
        codes.sort_by_key(|code| *code != self.language);
        let other = |code: &'a Language| {
            let texts = self.catalog.texts(code)?;
            Some(OtherLanguage {
                code: code.as_str(),
                name: texts.words.get("sprog"),
                href: address::in_language(code, self.path),
                current: code == self.language,
            })
        };
        codes.into_iter().filter_map(other).collect()
    }
}

fn texts<'c>(catalog: &'c Catalog, language: &Language) -> Result<&'c LanguageParts, BadPage> {
    catalog.texts(language).ok_or_else(|| BadPage {
        template: "(any)".to_owned(),
        reason: format!("there are no texts in the language {language}"),
    })
}
