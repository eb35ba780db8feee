//! Resolves names of national pages, which other files refer to.

use super::page::PageDraft;
use crate::check::build_profile::BuildProfile;
use crate::check::published::Published;
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::danish::{choose_from, excerpt};
use crate::diagnostics::diagnostic::Reporter;
use crate::source::item::Text;
use model::names::PageSlug;

/// The national pages except the front page, by name.
pub(super) struct Slugs<'a> {
    pages: Vec<Named<'a>>,
    profile: BuildProfile,
}

struct Named<'a> {
    slug: &'a PageSlug,
    path: &'a str,
    published: Published,
}

impl<'a> Slugs<'a> {
    /// Combines the names with the pages read from their files.
    pub(super) fn new(names: &'a [(PageSlug, Reporter<'_>)], pages: &[PageDraft<'a>], profile: BuildProfile) -> Self {
        let named = names.iter().zip(pages);
        let pages =
            named.map(|((slug, _), page)| Named { slug, path: page.reporter.path, published: page.facts.published });
        Self { pages: pages.collect(), profile }
    }

    /// Resolves a page that an author named for a permanent link. `None` if there is no such page, which is reported,
    /// or if nothing was written.
    pub(super) fn page(&self, written: Text<'_>, reporter: Reporter<'_>) -> Option<PageSlug> {
        let page = self.pages.iter().find(|page| page.slug.as_str() == written.text);
        if page.is_none() && !written.text.is_empty() {
            let choice = choose_from(written.text, self.pages.iter().map(|page| page.slug.as_str()));
            let message = format!("Der er ingen side »{}« i sider/.{choice}.", excerpt(written.text));
            reporter.at(written.at, DiagnosticCode::UnknownPage, message);
        }
        let page = page?;
        if let Some(gap) = page.published.gap(Published::ALWAYS, self.profile.now) {
            let message = gap.message(&format!("Siden »{}«", page.slug), "Vælg en anden side", page.path);
            reporter.at(written.at, DiagnosticCode::UnpublishedPage, message);
        }
        Some(page.slug.clone())
    }
}
