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

/// An error that keeps a site from being rendered: in the program, not the content.
#[derive(Debug, Error)]
pub enum RenderError {
    /// The templates do not compile.
    #[error("the templates do not compile")]
    Templates(#[source] BadPage),
    /// A page could not be rendered.
    #[error("{path} could not be rendered")]
    Page {
        /// The address.
        path: String,
        /// The cause.
        #[source]
        reason: BadPage,
    },
    /// A feed could not be written as XML.
    #[error("a feed could not be written")]
    Feed(#[from] io::Error),
    /// The figures or the search index could not be written as JSON.
    #[error("a JSON file could not be written")]
    Json(#[from] serde_json::Error),
}

impl RenderError {
    /// Wraps the error of the page or other file at a path.
    pub(crate) fn at(path: &str) -> impl FnOnce(BadPage) -> Self {
        move |reason| Self::Page { path: path.to_owned(), reason }
    }
}

/// The rendered files of a site.
pub struct Rendered {
    /// All of them, sorted by path.
    pub files: Vec<File>,
    /// The number of pages rendered by this call.
    pub made: usize,
}

/// The files that pages of this release use besides their HTML. A function of this release uses them as well.
#[must_use]
pub fn assets() -> Vec<File> {
    let path = |path: &str| format!("public/{}", path.trim_start_matches('/'));
    assets::ALL.iter().map(|asset| File::new(path(&asset.path), &*asset.bytes)).collect()
}

/// Renders sites, reusing the unchanged pages of the previous one.
pub struct Renderer {
    templates: Pages,
    last: Option<Last>,
}

/// The previous result.
struct Last {
    site: Arc<Site>,
    /// In the order of the specs.
    pages: Vec<File>,
    /// The files that depend only on the common input of all pages.
    common: Vec<File>,
}

impl Renderer {
    /// Creates a renderer without a previous result.
    pub fn new() -> Result<Self, RenderError> {
        let templates = Pages::new().map_err(RenderError::Templates)?;
        Ok(Self { templates, last: None })
    }

    /// Renders the site's files, sorted by path, each as returned by `keep`, which several threads call as soon as a
    /// file is made. Equal sites give equal bytes.
    pub fn render<E: From<RenderError> + Send>(
        &mut self,
        site: &Arc<Site>,
        keep: &(impl Fn(File) -> Result<File, E> + Sync),
    ) -> Result<Rendered, E> {
        let specs = specs(site)?;
        let last = self.last.as_ref().filter(|last| last.site.common == site.common);
        // These first, so that their memory is free for the pages.
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

/// The search index of the listed pages, for each language.
fn search_indexes(specs: &[PageSpec<'_>]) -> Result<Vec<File>, RenderError> {
    let index = |spec: &PageSpec<'_>| {
        let PageKind::Search(listing) = &spec.kind else { return None };
        let name = address::in_language(spec.language, &address::search_index());
        let index = search::index(spec.language, listing).map_err(RenderError::from);
        Some(index.map(|index| File::new(format!("public{name}"), index.as_bytes())))
    };
    // In parallel: merging the words of one language is single-threaded.
    specs.par_iter().filter_map(index).collect()
}

/// Makes a page for each spec, with true if it was rendered now; `last` has the same common input.
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

/// The values that all pages of a language share.
fn shared(catalog: &Catalog) -> Result<BTreeMap<&Language, Shared>, RenderError> {
    let shared = |language| {
        let front = address::in_language(language, &address::front());
        Ok((language, Shared::of(catalog, language).map_err(RenderError::at(&front))?))
    };
    catalog.languages().map(shared).collect()
}

/// Renders the page that a spec describes.
fn page(
    templates: &Pages,
    common: &Common,
    shared: &BTreeMap<&Language, Shared>,
    spec: &PageSpec<'_>,
) -> Result<File, RenderError> {
    let html = spec.html(templates, common, shared.get(spec.language)).map_err(RenderError::at(&name(spec)))?;
    Ok(File::page(path(spec), &html))
}

/// The path of a page's file on the site.
fn name(spec: &PageSpec<'_>) -> String {
    address::in_language(spec.language, &spec.file())
}

/// The path of a page's file in the output folder.
fn path(spec: &PageSpec<'_>) -> String {
    format!("public{}", name(spec))
}

/// Makes the files that depend only on the common input.
fn of_common(common: &Common) -> Vec<File> {
    let mut files = assets();
    let catalog = &common.catalog;
    let robots = sitemap::robots(catalog.base_url());
    files.push(File::new("public/robots.txt", robots.as_bytes()));
    files.push(File::new(format!("public/{}", pages::NOT_RECEIVED_FILE), pages::NOT_RECEIVED.as_bytes()));
    // Outside the public folder: it holds mailboxes.
    files.push(File::new("catalog.json", catalog.to_json()));
    files
}

/// Makes the files that depend on the whole site.
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
    // Not for citizens: for hosts that can redirect themselves.
    files.push(File::new("redirects.json", redirects::json(site).as_bytes()));
    let commitments = site.commitments().to_string();
    files.push(File::new(commitments::FILE, commitments.as_bytes()));
    // For the scripts that schedule builds; empty if nothing will change without an edit.
    let next = site.next_change().map_or_else(String::new, |change| format!("{}\n", change.at));
    files.push(File::new("next-change.txt", next.as_bytes()));
    Ok(files)
}

/// The sitemap's entries: every page with an address, and its translations.
fn entries(site: &Site, specs: &[PageSpec<'_>]) -> Vec<SitemapEntry> {
    let languages: Vec<&Language> = site.catalog().languages().collect();
    // A future date is withheld until its day: the text may be written ahead of it.
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
