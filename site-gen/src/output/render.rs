//! Renders a site to files in memory.

use crate::check::commitments;
use crate::check::site::{Common, Site};
use crate::output::File;
use crate::output::figures;
use crate::output::page_spec::{PageKind, PageSpec, specs};
use crate::output::redirects;
use crate::output::search;
use crate::output::security::security_txt;
use crate::output::sitemap::{self, SitemapEntry};
use crate::output::subscriptions::Subscriptions;
use model::catalog::Catalog;
use model::deadline::danish_day;
use model::names::Language;
use pages::{BadPage, Pages, Shared, address, assets};
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;
use thiserror::Error;

/// A site that could not be rendered: a fault of the program, not of the content.
#[derive(Debug, Error)]
pub enum RenderError {
    /// The templates do not compile.
    #[error("the templates do not compile")]
    Templates(#[source] BadPage),
    /// One page could not be made.
    #[error("{path} could not be rendered")]
    Page {
        /// Its address.
        path: String,
        /// Why.
        #[source]
        reason: BadPage,
    },
    /// A feed could not be written as XML.
    #[error("a feed could not be written")]
    Feed(#[from] io::Error),
    /// The figures, or the index of the search, could not be written as JSON.
    #[error("a JSON file could not be written")]
    Json(#[from] serde_json::Error),
}

impl RenderError {
    /// The error of the page, or another file, at a path.
    pub(crate) fn at(path: &str) -> impl FnOnce(BadPage) -> Self {
        move |reason| Self::Page { path: path.to_owned(), reason }
    }
}

/// The files of a site.
pub struct Rendered {
    /// All of them, sorted by path.
    pub files: Vec<File>,
    /// The number of pages that were rendered anew.
    pub made: usize,
}

/// The files that pages of this release need besides their HTML, and a function of this release, too.
#[must_use]
pub fn assets() -> Vec<File> {
    let path = |path: &str| format!("public/{}", path.trim_start_matches('/'));
    assets::ALL.iter().map(|asset| File::new(path(&asset.path), &*asset.bytes)).collect()
}

/// Renders sites, each as far as it differs from the one before.
pub struct Renderer {
    templates: Pages,
    last: Option<Last>,
}

/// The last result.
struct Last {
    site: Arc<Site>,
    /// In the order of its specs.
    pages: Vec<File>,
    /// The files that depend on nothing but what is common to all pages.
    common: Vec<File>,
}

impl Renderer {
    /// Nothing is rendered yet.
    pub fn new() -> Result<Self, RenderError> {
        let templates = Pages::new().map_err(RenderError::Templates)?;
        Ok(Self { templates, last: None })
    }

    /// The site's files, sorted by path, each as `keep` gives it, which several threads call with files as soon as they are
    /// made. Equal sites give equal bytes.
    pub fn render<E: From<RenderError> + Send>(
        &mut self,
        site: &Arc<Site>,
        keep: &(impl Fn(File) -> Result<File, E> + Sync),
    ) -> Result<Rendered, E> {
        let specs = specs(site)?;
        let last = self.last.as_ref().filter(|last| last.site.common == site.common);
        // First, so that the memory that they take is free for the pages.
        let (indexes, of_all) = rayon::join(|| search_indexes(&specs), || of_all(site, &specs));
        let rest = indexes?.into_par_iter().chain(of_all?).map(keep).collect::<Result<Vec<_>, _>>()?;
        let made = pages(&self.templates, site, &specs, last, keep)?;
        let (pages, is_made): (Vec<File>, Vec<bool>) = made.into_iter().unzip();
        let common = match last {
            Some(last) => last.common.clone(),
            None => of_common(&site.common).into_iter().map(keep).collect::<Result<_, _>>()?,
        };
        let mut files = [pages.as_slice(), common.as_slice(), &rest].concat();
        rayon::join(|| files.sort(), || drop(specs));
        self.last = Some(Last { site: Arc::clone(site), pages, common });
        Ok(Rendered { files, made: is_made.into_iter().filter(|is_made| *is_made).count() })
    }
}

/// The index of the words on the pages that the search page lists, for each language.
fn search_indexes(specs: &[PageSpec<'_>]) -> Result<Vec<File>, RenderError> {
    let index = |spec: &PageSpec<'_>| {
        let PageKind::Search(listing) = &spec.kind else { return None };
        let name = address::in_language(spec.language, &address::search_index());
        let index = search::index(spec.language, listing).map_err(RenderError::from);
        Some(index.map(|index| File::new(format!("public{name}"), index.as_bytes())))
    };
    // In parallel: joining the words of a language runs on one thread.
    specs.par_iter().filter_map(index).collect()
}

/// A page for each spec, and whether it was made now; `last` has the same in common with all pages.
fn pages<E: From<RenderError> + Send>(
    templates: &Pages,
    site: &Site,
    wanted: &[PageSpec<'_>],
    last: Option<&Last>,
    keep: &(impl Fn(File) -> Result<File, E> + Sync),
) -> Result<Vec<(File, bool)>, E> {
    let shared = shared(site.catalog())?;
    let specs = last.map_or_else(|| Ok(Vec::new()), |last| specs(&last.site))?;
    let kept = specs.into_iter().zip(last.into_iter().flat_map(|last| &last.pages));
    let kept: HashMap<&str, (PageSpec<'_>, &File)> =
        kept.map(|(spec, page)| (page.path.as_str(), (spec, page))).collect();
    let page = |spec: &PageSpec<'_>| match last.and_then(|_| kept.get(path(spec).as_str())) {
        Some((last, page)) if last == spec => Ok(((*page).clone(), false)),
        _ => Ok((keep(page(templates, &site.common, &shared, spec)?)?, true)),
    };
    wanted.par_iter().with_max_len(crate::AT_ONCE).map(page).collect()
}

/// The values that all pages of each language share.
fn shared(catalog: &Catalog) -> Result<BTreeMap<&Language, Shared>, RenderError> {
    let shared = |language| {
        let front = address::in_language(language, &address::front());
        Ok((language, Shared::of(catalog, language).map_err(RenderError::at(&front))?))
    };
    catalog.languages().map(shared).collect()
}

/// The page that a spec describes.
fn page(
    templates: &Pages,
    common: &Common,
    shared: &BTreeMap<&Language, Shared>,
    spec: &PageSpec<'_>,
) -> Result<File, RenderError> {
    let html = spec.html(templates, common, shared.get(spec.language)).map_err(RenderError::at(&name(spec)))?;
    Ok(File::page(path(spec), &html))
}

/// The path of its file on the site.
fn name(spec: &PageSpec<'_>) -> String {
    address::in_language(spec.language, &spec.file())
}

/// The path of its file in the output folder.
fn path(spec: &PageSpec<'_>) -> String {
    format!("public{}", name(spec))
}

/// The files that are made of nothing but what is common to all pages.
fn of_common(common: &Common) -> Vec<File> {
    let mut files = assets();
    let catalog = &common.catalog;
    let robots = sitemap::robots(catalog.base_url());
    files.push(File::new("public/robots.txt", robots.as_bytes()));
    files.push(File::new(format!("public/{}", pages::NOT_RECEIVED_FILE), pages::NOT_RECEIVED.as_bytes()));
    // Beside the public folder, not in it: it holds mailboxes.
    files.push(File::new("catalog.json", catalog.to_json()));
    files
}

/// The files that are made of the whole site.
fn of_all(site: &Site, specs: &[PageSpec<'_>]) -> Result<Vec<File>, RenderError> {
    let (catalog, base_url) = (site.catalog(), site.catalog().base_url());
    let mut files = Vec::new();
    for language in catalog.languages() {
        files.extend(Subscriptions::new(site, language, site.common.time).files()?);
    }
    let kredse = catalog.atlas().kredse().iter().map(|kreds| &kreds.slug);
    files.extend(figures::files(&site.common.figures, kredse)?);
    let sitemap = sitemap::sitemap(base_url, &entries(site, specs));
    files.push(File::new("public/sitemap.xml", sitemap.as_bytes()));
    let security = security_txt(base_url, &site.common.security_contact, catalog.languages(), site.profile.now);
    files.push(File::new("public/.well-known/security.txt", security.as_bytes()));
    // Not for citizens: it is for hosts that can answer with a redirect themselves.
    files.push(File::new("redirects.json", redirects::json(site).as_bytes()));
    let commitments = site.commitments().to_string();
    files.push(File::new(commitments::FILE, commitments.as_bytes()));
    // For the scripts that decide when to build again; empty where the site does not change by itself.
    let next = site.next_change().map_or_else(String::new, |change| format!("{}\n", change.at));
    files.push(File::new("next-change.txt", next.as_bytes()));
    Ok(files)
}

/// The sitemap's entries: every page that has an address, with its twins.
fn entries(site: &Site, specs: &[PageSpec<'_>]) -> Vec<SitemapEntry> {
    let languages: Vec<&Language> = site.catalog().languages().collect();
    // A day that is still to come is not published before it is there: the text may be written ahead of it.
    let today = danish_day(site.common.time);
    let twin = |code: &str, language: &Language, path: &str| (code.to_owned(), address::in_language(language, path));
    let entry = |spec: &PageSpec<'_>| {
        let path = address::in_language(spec.language, &spec.path);
        let mut twins = Vec::new();
        if languages.len() > 1 && !spec.is_alone {
            twins.extend(languages.iter().map(|language| twin(language.as_str(), language, &spec.path)));
            twins.push(twin("x-default", &Language::danish(), &spec.path));
        }
        SitemapEntry { path, twins, edited: spec.edited().filter(|day| *day <= today) }
    };
    let mut entries: Vec<_> = specs.iter().filter(|spec| spec.is_found()).map(entry).collect();
    entries.sort();
    entries
}
