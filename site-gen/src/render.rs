//! Renders a site to files in memory.

use crate::feed::Feed;
use crate::kept::Kept;
use crate::own_pages;
use crate::redirects;
use crate::search::{self, Listing};
use crate::security::security_txt;
use crate::site::{Common, Page, Site};
use crate::sitemap;
use crate::subscriptions::{self, Subscriptions};
use jiff::civil::Date;
use model::atlas::{Kreds, PostalArea};
use model::catalog::{BadCatalog, Catalog, Link};
use model::deadline::danish_day;
use model::exit::Exit;
use model::form::Form;
use model::names::Language;
use pages::{BadPage, Filled, Information, KredsLists, News, Pages, View, address, assets};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;
use thiserror::Error;

/// A file to publish.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// Its path in the output folder, with `/`: `public/oestjylland/index.html`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

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
    /// The catalog could not be written as JSON.
    #[error("the catalog could not be written")]
    Catalog(#[from] BadCatalog),
}

/// The files of a site.
pub struct Rendered {
    /// All of them, sorted by path.
    pub files: Vec<File>,
    /// How many pages are not from before.
    pub made: usize,
}

/// Renders sites, each as far as it differs from the one before.
pub struct Renderer {
    templates: Pages,
    last: Option<Last>,
    /// The index of each language.
    indexes: BTreeMap<Language, Kept<(Language, Listing), String>>,
}

/// What was rendered last.
struct Last {
    site: Arc<Site>,
    /// In the order of its sheets.
    pages: Vec<File>,
    /// What is made of nothing but what is common to all pages.
    common: Vec<File>,
}

impl Renderer {
    /// Nothing is rendered yet.
    pub fn new() -> Result<Self, RenderError> {
        let templates = Pages::new().map_err(RenderError::Templates)?;
        Ok(Self { templates, last: None, indexes: BTreeMap::new() })
    }

    /// The site's files, sorted by path; equal sites give equal bytes.
    pub fn render(&mut self, site: &Arc<Site>) -> Result<Rendered, RenderError> {
        let sheets = sheets(site)?;
        let last = self.last.take().filter(|last| last.site.common == site.common);
        let (pages, is_made): (Vec<File>, Vec<bool>) =
            pages(&self.templates, site, &sheets, last.as_ref())?.into_iter().unzip();
        let common = last.map_or_else(|| of_common(&site.common), |last| Ok(last.common))?;
        let mut files = [pages.as_slice(), common.as_slice(), &of_all(site, &sheets)?].concat();
        files.extend(sheets.iter().filter_map(|sheet| self.search_index(sheet)));
        files.sort();
        self.last = Some(Last { site: Arc::clone(site), pages, common });
        Ok(Rendered { files, made: is_made.into_iter().filter(|is_made| *is_made).count() })
    }

    /// The index of what the search page lists, if the sheet is one.
    fn search_index(&mut self, sheet: &Sheet<'_>) -> Option<File> {
        let Kind::Search(listing) = &sheet.kind else { return None };
        let name = address::in_language(sheet.language, &address::search_index());
        let kept = self.indexes.entry(sheet.language.clone()).or_default();
        let key = (sheet.language.clone(), listing.clone());
        let index = kept.get(key, |(language, listing)| listing.index(language));
        Some(File { path: format!("public{name}"), bytes: index.into_bytes() })
    }
}

/// A page for each sheet, and whether it was made now; `last` has the same in common with all pages.
fn pages(
    templates: &Pages,
    site: &Site,
    wanted: &[Sheet<'_>],
    last: Option<&Last>,
) -> Result<Vec<(File, bool)>, RenderError> {
    let sheets = last.map_or_else(|| Ok(Vec::new()), |last| sheets(&last.site))?;
    let kept = sheets.into_iter().zip(last.into_iter().flat_map(|last| &last.pages));
    let kept: HashMap<&str, (Sheet<'_>, &File)> =
        kept.map(|(sheet, page)| (page.path.as_str(), (sheet, page))).collect();
    let page = |sheet: &Sheet<'_>| {
        let name = address::in_language(sheet.language, &sheet.file());
        let path = format!("public{name}");
        match kept.get(path.as_str()) {
            Some((last, page)) if last == sheet => Ok(((*page).clone(), false)),
            _ => match sheet.html(templates, &site.common) {
                Ok(html) => Ok((File { path, bytes: html.into_bytes() }, true)),
                Err(reason) => Err(RenderError::Page { path: name, reason }),
            },
        }
    };
    wanted.par_iter().map(page).collect()
}

/// The files that are made of nothing but what is common to all pages.
fn of_common(common: &Common) -> Result<Vec<File>, RenderError> {
    let asset = |asset: &assets::Asset| File {
        path: format!("public/{}", asset.path.trim_start_matches('/')),
        bytes: asset.bytes.to_vec(),
    };
    let mut files: Vec<File> = assets::ALL.iter().map(asset).collect();
    let catalog = &common.catalog;
    let robots = sitemap::robots(catalog.base_url());
    files.push(File { path: "public/robots.txt".to_owned(), bytes: robots.into_bytes() });
    files.push(File { path: format!("public{}", address::POSTCODES), bytes: postcodes(catalog).into_bytes() });
    // Beside the public folder, not in it: it holds mailboxes.
    files.push(File { path: "catalog.json".to_owned(), bytes: catalog.to_json()? });
    Ok(files)
}

/// The files that are made of the whole site.
fn of_all(site: &Site, sheets: &[Sheet<'_>]) -> Result<Vec<File>, RenderError> {
    let (catalog, base_url) = (site.catalog(), site.catalog().base_url());
    let mut files = Vec::new();
    for language in catalog.languages() {
        files.extend(Subscriptions::new(site, language, site.common.time).files()?);
    }
    let sitemap = sitemap::sitemap(base_url, &entries(site, sheets));
    files.push(File { path: "public/sitemap.xml".to_owned(), bytes: sitemap.into_bytes() });
    let security = security_txt(base_url, site.security_contact(), catalog.languages(), site.edition.now);
    files.push(File { path: "public/.well-known/security.txt".to_owned(), bytes: security.into_bytes() });
    // Not for citizens: it is for hosts that can answer with a redirect themselves.
    files.push(File { path: "redirects.json".to_owned(), bytes: redirects::json(site).into_bytes() });
    // For the scripts that decide when to build again; empty where the site does not change by itself.
    let next = site.next_change().map_or_else(String::new, |change| format!("{}\n", change.at));
    files.push(File { path: "next-change.txt".to_owned(), bytes: next.into_bytes() });
    Ok(files)
}

/// One page of the site in one language: all that is its own.
#[derive(PartialEq, Eq)]
struct Sheet<'a> {
    language: &'a Language,
    /// Its address below the language prefix; empty where it is not to be found by one.
    path: String,
    /// Whether it is there in this language only.
    is_alone: bool,
    /// The feeds that its head links to.
    feeds: Vec<pages::Feed>,
    kind: Kind<'a>,
}

#[derive(PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    Front(&'a Page),
    Page(&'a Page),
    Kreds(&'a Kreds, &'a Page, Vec<Link>, Vec<News>),
    KredsPage(&'a Kreds, &'a Page),
    Tour(&'a Kreds, &'a Page),
    AllTours,
    Start(&'a Kreds, &'a Form),
    Form(&'a Kreds, &'a Form),
    Exit(&'a Kreds, &'a Form, &'a Exit),
    Places,
    Search(Listing),
    /// An address where this page was before.
    Moved(&'a Page),
    Statement,
    NotFound,
}

/// The kommuner of each postcode, as the script on forms asks for them. All of them are digits, so nothing is escaped.
fn postcodes(catalog: &Catalog) -> String {
    let areas = catalog.atlas().postal_areas().iter();
    let area = |area: &PostalArea| {
        let kommuner: Vec<String> = area.kommuner.iter().map(|code| format!("\"{code}\"")).collect();
        format!("\"{}\":[{}]", area.code, kommuner.join(","))
    };
    format!("{{{}}}", areas.map(area).collect::<Vec<_>>().join(","))
}

fn sheets(site: &Site) -> Result<Vec<Sheet<'_>>, RenderError> {
    let languages: Vec<_> =
        site.catalog().languages().map(|language| sheets_in(site, language)).collect::<Result<_, _>>()?;
    Ok(languages.into_iter().flatten().collect())
}

fn sheets_in<'a>(site: &'a Site, language: &'a Language) -> Result<Vec<Sheet<'a>>, RenderError> {
    let now = site.common.time;
    let pages = site.translations().get(language).unwrap_or(site.danish());
    let subscriptions = Subscriptions::new(site, language, now);
    let sheet = |path: String, kind: Kind<'a>| Sheet { language, path, is_alone: false, feeds: Vec::new(), kind };
    // A page, and where it was before.
    let written = |page: &'a Page, kind: Kind<'a>| {
        let moved = page.old_paths.iter().map(move |old| sheet(old.clone(), Kind::Moved(page)));
        moved.chain([Sheet { is_alone: page.is_only_danish, ..sheet(page.path.clone(), kind) }])
    };
    let national = subscriptions.national()?;
    let mut sheets = vec![
        sheet(address::places(), Kind::Places),
        sheet(address::tour(None), Kind::AllTours).with(&national),
        sheet(String::new(), Kind::Statement),
        sheet(String::new(), Kind::NotFound),
    ];
    sheets.extend(written(&pages.front, Kind::Front(&pages.front)).map(|sheet| sheet.with(&national)));
    sheets.extend(pages.pages.iter().flat_map(|page| written(page, Kind::Page(page))));
    for of_kreds in subscriptions::pages_of(site, language) {
        let subscriptions::Pages { kreds, own, danish } = of_kreds;
        let others = own_pages::others(language, danish, own, now);
        let news = own_pages::news(language, danish, own, now);
        let front = written(&own.front, Kind::Kreds(kreds, &own.front, others, news));
        let tour = own.tour.iter().flat_map(|page| written(page, Kind::Tour(kreds, page)));
        let own = own.own.iter().flat_map(|page| written(page, Kind::KredsPage(kreds, page)));
        let feeds = subscriptions.of_kreds(of_kreds)?;
        sheets.extend(front.chain(own).chain(tour).map(|sheet| sheet.with(&feeds)));
        for form in site.catalog().forms(language) {
            sheets.push(sheet(address::start(&kreds.slug, form.id()), Kind::Start(kreds, form)));
            sheets.push(sheet(address::form(&kreds.slug, form.id()), Kind::Form(kreds, form)));
            let exits = site.catalog().texts(language).map_or(&[][..], |texts| &texts.exits);
            let exit = |exit: &'a Exit| {
                sheet(address::exit(&kreds.slug, form.id(), &exit.slug), Kind::Exit(kreds, form, exit))
            };
            sheets.extend(exits.iter().map(exit));
        }
    }
    let listing = search::listing(site, language, sheets.iter().map(|sheet| &sheet.kind));
    sheets.push(sheet(address::search(), Kind::Search(listing)));
    Ok(sheets)
}

/// The sitemap's entries: every page that has an address, with its twins.
fn entries(site: &Site, sheets: &[Sheet<'_>]) -> Vec<sitemap::Entry> {
    let languages: Vec<&Language> = site.catalog().languages().collect();
    // A day that is still to come is not told before it is there: the text may be written ahead of it.
    let today = danish_day(site.common.time);
    let twin = |code: &str, language: &Language, path: &str| (code.to_owned(), address::in_language(language, path));
    let entry = |sheet: &Sheet<'_>| {
        let path = address::in_language(sheet.language, &sheet.path);
        let mut twins = Vec::new();
        if languages.len() > 1 && !sheet.is_alone {
            twins.extend(languages.iter().map(|language| twin(language.as_str(), language, &sheet.path)));
            twins.push(twin("x-default", &Language::danish(), &sheet.path));
        }
        sitemap::Entry { path, twins, edited: sheet.edited().filter(|day| *day <= today) }
    };
    let mut entries: Vec<_> = sheets.iter().filter(|sheet| sheet.is_found()).map(entry).collect();
    entries.sort();
    entries
}

impl Sheet<'_> {
    /// The page whose head links to these feeds.
    fn with(self, feeds: &[Feed]) -> Self {
        let feed = |feed: &Feed| pages::Feed { title: feed.title.clone(), href: feed.address.clone() };
        Self { feeds: feeds.iter().map(feed).collect(), ..self }
    }

    /// Whether search engines may lead to it. A way out is only for those who come from the question.
    const fn is_found(&self) -> bool {
        !matches!(self.kind, Kind::NotFound | Kind::Statement | Kind::Moved(..) | Kind::Exit(..))
    }

    /// When what its author wrote was last changed, if the page is an author's, who says so.
    const fn edited(&self) -> Option<Date> {
        match self.kind {
            Kind::Front(page) | Kind::Page(page) | Kind::Kreds(_, page, ..) | Kind::KredsPage(_, page) => page.edited,
            _ => None,
        }
    }

    /// Its file, below the language prefix.
    fn file(&self) -> String {
        match self.kind {
            Kind::NotFound => "/404.html".to_owned(),
            Kind::Statement => format!("{}index.html", address::accessibility_statement()),
            _ => format!("{}index.html", self.path),
        }
    }

    /// The page, made of what is common to all and of the sheet itself: nothing else can be on it.
    fn html(&self, templates: &Pages, common: &Common) -> Result<String, BadPage> {
        let now = common.time;
        let view = View::new(&common.catalog, self.language, now).at(&self.path).with(&self.feeds);
        let stops = |kreds: Option<&Kreds>| common.tour.shown(kreds.map(|kreds| &kreds.slug), self.language, now);
        let view = if self.is_alone { view.alone() } else { view };
        match &self.kind {
            Kind::Front(page) => templates.front(&view, &information(page), &common.map, &stops(None)),
            Kind::Page(page) => templates.information(&view, &information(page), None),
            Kind::Kreds(kreds, page, own, news) => {
                let lists = KredsLists { own, news, stops: &stops(Some(kreds)) };
                templates.kreds(&view, kreds, &information(page), lists, &common.map)
            }
            Kind::Tour(kreds, page) => templates.tour(&view, kreds, &information(page), &stops(Some(kreds))),
            Kind::AllTours => templates.all_tours(&view, &stops(None)),
            Kind::KredsPage(kreds, page) => templates.information(&view, &information(page), Some(kreds)),
            Kind::Start(kreds, form) | Kind::Form(kreds, form) if view.is_closed(form, kreds) => {
                templates.closed_form(&view, form, kreds)
            }
            Kind::Start(kreds, form) => templates.start(&view, form, kreds),
            Kind::Exit(kreds, form, exit) => templates.exit(&view, exit, form, kreds),
            Kind::Form(kreds, form) => templates.form(&view, form, kreds, &Filled::empty()),
            Kind::Places => templates.places(&view),
            Kind::Search(listing) => templates.search(&view, &listing.pages(), &listing.kredse()),
            Kind::Moved(page) => templates.moved(&view.at(""), &page.title, &page.path),
            Kind::Statement => templates.accessibility_statement(&view, &common.accessibility_statement),
            Kind::NotFound => templates.not_found(&view),
        }
    }
}

fn information(page: &Page) -> Information<'_> {
    let quick_exit = page.quick_exit.as_deref();
    Information { title: &page.title, description: &page.description, body: &page.body, quick_exit }
}
