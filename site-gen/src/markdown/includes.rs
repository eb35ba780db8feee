//! Texts that authors include in pages by name, and a kreds's own replacements.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::Reporter;
use crate::markdown::images::Images;
use crate::markdown::passages::OnRead;
use crate::markdown::placeholders::{Placeholders, Values};
use crate::markdown::render::{Body, Headings, render_with};
use model::html::SafeHtml;
use model::names::{KredsSlug, PageSlug};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The texts of one language.
pub(crate) struct Includes<'a> {
    /// The images that pages may show.
    pub(crate) images: &'a Images,
    pub(crate) on_read: OnRead<'a>,
    national: BTreeMap<PageSlug, Reporter<'a>>,
    own: BTreeMap<(KredsSlug, PageSlug), Reporter<'a>>,
    /// Rendered texts by name and by the kreds of the page.
    used: Mutex<BTreeMap<(PageSlug, Option<KredsSlug>), Body>>,
}

impl<'a> Includes<'a> {
    /// The shared texts, and those of kredse.
    pub(crate) fn new(
        images: &'a Images,
        on_read: OnRead<'a>,
        national: impl IntoIterator<Item = (PageSlug, Reporter<'a>)>,
        own: impl IntoIterator<Item = ((KredsSlug, PageSlug), Reporter<'a>)>,
    ) -> Self {
        let (national, own) = (national.into_iter().collect(), own.into_iter().collect());
        Self { images, on_read, national, own, used: Mutex::default() }
    }

    /// The same texts in another language; `translation` returns the translation of a Danish file.
    pub(crate) fn translated<'b>(&self, translation: impl Fn(Reporter<'_>) -> Option<Reporter<'b>>) -> Includes<'b>
    where
        'a: 'b,
    {
        let national =
            self.national.iter().filter_map(|(name, reporter)| Some((name.clone(), translation(*reporter)?)));
        let own = self.own.iter().filter_map(|(key, reporter)| Some((key.clone(), translation(*reporter)?)));
        Includes::new(self.images, self.on_read, national, own)
    }

    /// True if a text has this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// The names of the texts.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.national.keys().map(PageSlug::as_str)
    }

    /// Renders the text called `name` for a page of `kreds`, or for a national page; `None` if there is no such text.
    pub(crate) fn insert(&self, name: &str, kreds: Option<&Values>) -> Option<SafeHtml> {
        let name = PageSlug::parse(name).ok()?;
        let slug = kreds.map(|kreds| kreds.slug.clone());
        let reporter = self.file(&name, slug.as_ref())?;
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let body = used.entry((name, slug)).or_insert_with(|| read(reporter, Placeholders::Block(kreds)));
        Some(body.html.clone())
    }

    /// Visits every included text, with the reporter for its links.
    pub(crate) fn for_each_used(&self, mut with: impl FnMut(&Body, Reporter<'a>)) {
        for ((name, kreds), body) in &*self.used.lock().unwrap_or_else(PoisonError::into_inner) {
            if let Some(reporter) = self.file(name, kreds.as_ref()) {
                with(body, reporter);
            }
        }
    }

    /// The files that no page shows. Renders them anyway to report their errors.
    pub(crate) fn unused(&self) -> Vec<(&PageSlug, Option<&KredsSlug>, Reporter<'a>)> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let shown: Vec<&str> = used
            .keys()
            .filter_map(|(name, kreds)| self.file(name, kreds.as_ref()))
            .map(|reporter| reporter.path)
            .collect();
        let national = self.national.iter().map(|(name, reporter)| (name, None, *reporter));
        let own = self.own.iter().map(|((kreds, name), reporter)| (name, Some(kreds), *reporter));
        let unused: Vec<_> = national.chain(own).filter(|(.., reporter)| !shown.contains(&reporter.path)).collect();
        for (.., reporter) in &unused {
            read(*reporter, Placeholders::Kept);
        }
        unused
    }

    /// The file of a text on a page of a kreds, or on a national page.
    fn file(&self, name: &PageSlug, kreds: Option<&KredsSlug>) -> Option<Reporter<'a>> {
        let own = kreds.and_then(|kreds| self.own.get(&(kreds.clone(), name.clone())));
        own.or_else(|| self.national.get(name)).copied()
    }
}

fn read(reporter: Reporter<'_>, placeholders: Placeholders<'_>) -> Body {
    if reporter.text.trim().is_empty() {
        reporter.file(DiagnosticCode::EmptyFile, "Filen er tom. Skriv den tekst, der skal vises.");
    }
    render_with(reporter, 0, Headings::Refused, placeholders)
}
