//! Renders a site to files in memory.

use crate::feed::Feed;
use crate::own_pages;
use crate::redirects;
use crate::search::{self, Listing};
use crate::security::security_txt;
use crate::site::{Page, Site};
use crate::sitemap;
use crate::subscriptions::{self, Subscriptions};
use jiff::Timestamp;
use jiff::civil::Date;
use model::atlas::{Kreds, PostalArea};
use model::catalog::{BadCatalog, Link};
use model::deadline::danish_day;
use model::exit::Exit;
use model::form::Form;
use model::names::Language;
use pages::{BadPage, Filled, Information, KredsLists, News, Pages, View, address, assets};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::io;
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

/// The site's files as they are at `now`, sorted by path; equal sites at equal times give equal bytes.
pub fn render(site: &Site, now: Timestamp) -> Result<Vec<File>, RenderError> {
    let templates = Pages::new().map_err(RenderError::Templates)?;
    let sheets = sheets(site, now)?;
    let mut files = sheets
        .par_iter()
        .map(|sheet| {
            let name = address::in_language(sheet.language, &sheet.file());
            match sheet.html(&templates, site, now) {
                Ok(html) => Ok(File { path: format!("public{name}"), bytes: html.into_bytes() }),
                Err(reason) => Err(RenderError::Page { path: name, reason }),
            }
        })
        .collect::<Result<Vec<File>, RenderError>>()?;
    files.extend(assets::ALL.iter().map(|asset| File {
        path: format!("public/{}", asset.path.trim_start_matches('/')),
        bytes: asset.bytes.to_vec(),
    }));
    for language in site.catalog().languages() {
        files.extend(Subscriptions::new(site, language, now).files()?);
    }
    let base_url = site.catalog().base_url();
    let sitemap = sitemap::sitemap(base_url, &entries(site, &sheets, now));
    files.push(File { path: "public/sitemap.xml".to_owned(), bytes: sitemap.into_bytes() });
    files.push(File { path: "public/robots.txt".to_owned(), bytes: sitemap::robots(base_url).into_bytes() });
    let security = security_txt(base_url, site.security_contact(), site.catalog().languages(), now);
    files.push(File { path: "public/.well-known/security.txt".to_owned(), bytes: security.into_bytes() });
    for sheet in &sheets {
        if let Kind::Search(listing) = &sheet.kind {
            let name = address::in_language(sheet.language, &address::search_index());
            files.push(File { path: format!("public{name}"), bytes: listing.index(sheet.language).into_bytes() });
        }
    }
    files.push(File { path: format!("public{}", address::POSTCODES), bytes: postcodes(site).into_bytes() });
    // Beside the public folder, not in it: it holds mailboxes.
    files.push(File { path: "catalog.json".to_owned(), bytes: site.catalog().to_json()? });
    // Neither is this for citizens: it is for hosts that can answer with a redirect themselves.
    files.push(File { path: "redirects.json".to_owned(), bytes: redirects::json(site).into_bytes() });
    files.sort();
    Ok(files)
}

/// One page of the site in one language.
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
fn postcodes(site: &Site) -> String {
    let areas = site.catalog().atlas().postal_areas().iter();
    let area = |area: &PostalArea| {
        let kommuner: Vec<String> = area.kommuner.iter().map(|code| format!("\"{code}\"")).collect();
        format!("\"{}\":[{}]", area.code, kommuner.join(","))
    };
    format!("{{{}}}", areas.map(area).collect::<Vec<_>>().join(","))
}

fn sheets(site: &Site, now: Timestamp) -> Result<Vec<Sheet<'_>>, RenderError> {
    let languages: Vec<_> =
        site.catalog().languages().map(|language| sheets_in(site, language, now)).collect::<Result<_, _>>()?;
    Ok(languages.into_iter().flatten().collect())
}

fn sheets_in<'a>(site: &'a Site, language: &'a Language, now: Timestamp) -> Result<Vec<Sheet<'a>>, RenderError> {
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
fn entries(site: &Site, sheets: &[Sheet<'_>], now: Timestamp) -> Vec<sitemap::Entry> {
    let languages: Vec<&Language> = site.catalog().languages().collect();
    // A day that is still to come is not told before it is there: the text may be written ahead of it.
    let today = danish_day(now);
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

    fn html(&self, templates: &Pages, site: &Site, now: Timestamp) -> Result<String, BadPage> {
        let view = View::new(site.catalog(), self.language, now).at(&self.path).with(&self.feeds);
        let stops = |kreds: Option<&Kreds>| site.tour().shown(kreds.map(|kreds| &kreds.slug), self.language, now);
        let view = if self.is_alone { view.alone() } else { view };
        match &self.kind {
            Kind::Front(page) => templates.front(&view, &information(page), site.map(), &stops(None)),
            Kind::Page(page) => templates.information(&view, &information(page), None),
            Kind::Kreds(kreds, page, own, news) => {
                let lists = KredsLists { own, news, stops: &stops(Some(kreds)) };
                templates.kreds(&view, kreds, &information(page), lists, site.map())
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
            Kind::Statement => templates.accessibility_statement(&view, site.accessibility_statement()),
            Kind::NotFound => templates.not_found(&view),
        }
    }
}

fn information(page: &Page) -> Information<'_> {
    let quick_exit = page.quick_exit.as_deref();
    Information { title: &page.title, description: &page.description, body: &page.body, quick_exit }
}
