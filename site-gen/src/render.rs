//! Renders a site to files in memory.

use crate::security::security_txt;
use crate::site::{Common, KredsPages, Page, Site};
use crate::sitemap;
use model::atlas::{Kreds, PostalArea};
use model::catalog::{BadCatalog, Catalog, Link};
use model::exit::Exit;
use model::form::Form;
use model::names::Language;
use pages::{BadPage, Filled, Information, Pages, View, address, assets};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::HashMap;
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
        Ok(Self { templates: Pages::new().map_err(RenderError::Templates)?, last: None })
    }

    /// The site's files, sorted by path; equal sites give equal bytes.
    pub fn render(&mut self, site: &Arc<Site>) -> Result<Rendered, RenderError> {
        let sheets = sheets(site);
        let last = self.last.take().filter(|last| last.site.common == site.common);
        let (pages, is_made): (Vec<File>, Vec<bool>) = self.pages(site, &sheets, last.as_ref())?.into_iter().unzip();
        let common = last.map_or_else(|| of_common(&site.common), |last| Ok(last.common))?;
        let mut files = [pages.as_slice(), common.as_slice(), &of_all(site, &sheets)].concat();
        files.sort();
        self.last = Some(Last { site: Arc::clone(site), pages, common });
        Ok(Rendered { files, made: is_made.into_iter().filter(|is_made| *is_made).count() })
    }

    /// A page for each sheet, and whether it was made now; `last` has the same in common with all pages.
    fn pages(&self, site: &Site, wanted: &[Sheet<'_>], last: Option<&Last>) -> Result<Vec<(File, bool)>, RenderError> {
        let kept = last.into_iter().flat_map(|last| sheets(&last.site).into_iter().zip(&last.pages));
        let kept: HashMap<&str, (Sheet<'_>, &File)> =
            kept.map(|(sheet, page)| (page.path.as_str(), (sheet, page))).collect();
        let page = |sheet: &Sheet<'_>| {
            let name = address::in_language(sheet.language, &sheet.file());
            let path = format!("public{name}");
            match kept.get(path.as_str()) {
                Some((last, page)) if last == sheet => Ok(((*page).clone(), false)),
                _ => match sheet.html(&self.templates, &site.common) {
                    Ok(html) => Ok((File { path, bytes: html.into_bytes() }, true)),
                    Err(reason) => Err(RenderError::Page { path: name, reason }),
                },
            }
        };
        wanted.par_iter().map(page).collect()
    }
}

/// The files that are made of nothing but what is common to all pages.
fn of_common(common: &Common) -> Result<Vec<File>, RenderError> {
    let mut files: Vec<File> = assets::ALL
        .iter()
        .map(|asset| File {
            path: format!("public/{}", asset.path.trim_start_matches('/')),
            bytes: asset.bytes.to_vec(),
        })
        .collect();
    let catalog = &common.catalog;
    let robots = sitemap::robots(catalog.base_url());
    files.push(File { path: "public/robots.txt".to_owned(), bytes: robots.into_bytes() });
    files.push(File { path: format!("public{}", address::POSTCODES), bytes: postcodes(catalog).into_bytes() });
    // Beside the public folder, not in it: it holds mailboxes.
    files.push(File { path: "catalog.json".to_owned(), bytes: catalog.to_json()? });
    Ok(files)
}

/// The files that are made of the whole site.
fn of_all(site: &Site, sheets: &[Sheet<'_>]) -> Vec<File> {
    let (catalog, now) = (site.catalog(), site.edition().now);
    let base_url = catalog.base_url();
    let sitemap = sitemap::sitemap(base_url, &entries(site, sheets));
    let security = security_txt(base_url, site.security_contact(), catalog.languages(), now);
    // For the scripts that decide when to build again; empty where the site does not change by itself.
    let next = site.next_change().map_or_else(String::new, |change| format!("{}\n", change.at));
    vec![
        File { path: "public/sitemap.xml".to_owned(), bytes: sitemap.into_bytes() },
        File { path: "public/.well-known/security.txt".to_owned(), bytes: security.into_bytes() },
        File { path: "next-change.txt".to_owned(), bytes: next.into_bytes() },
    ]
}

/// One page of the site in one language: all that is its own.
#[derive(PartialEq, Eq)]
struct Sheet<'a> {
    language: &'a Language,
    /// Its address below the language prefix; empty where it is not to be found by one.
    path: String,
    /// Whether it is there in this language only.
    is_alone: bool,
    kind: Kind<'a>,
}

#[derive(PartialEq, Eq)]
enum Kind<'a> {
    Front(&'a Page),
    Page(&'a Page),
    Kreds(&'a Kreds, &'a Page, Vec<Link>),
    KredsPage(&'a Kreds, &'a Page),
    Start(&'a Kreds, &'a Form),
    Form(&'a Kreds, &'a Form),
    Exit(&'a Kreds, &'a Form, &'a Exit),
    Places,
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

fn sheets(site: &Site) -> Vec<Sheet<'_>> {
    site.catalog().languages().flat_map(|language| sheets_in(site, language)).collect()
}

fn sheets_in<'a>(site: &'a Site, language: &'a Language) -> Vec<Sheet<'a>> {
    let pages = site.translations().get(language).unwrap_or(site.danish());
    let sheet = |path: String, kind: Kind<'a>| Sheet { language, path, is_alone: false, kind };
    let written =
        |page: &'a Page, kind: Kind<'a>| Sheet { is_alone: page.is_only_danish, ..sheet(page.path.clone(), kind) };
    let mut sheets = vec![
        sheet(address::front(), Kind::Front(&pages.front)),
        sheet(address::places(), Kind::Places),
        sheet(String::new(), Kind::Statement),
        sheet(String::new(), Kind::NotFound),
    ];
    sheets.extend(pages.pages.iter().map(|page| written(page, Kind::Page(page))));
    let kredse = site.catalog().atlas().kredse().iter().zip(&site.danish().kredse).zip(&pages.kredse);
    for ((kreds, danish), own) in kredse {
        sheets.push(sheet(address::kreds(&kreds.slug), Kind::Kreds(kreds, &own.front, links(language, danish, own))));
        sheets.extend(own.own.iter().map(|page| written(page, Kind::KredsPage(kreds, page))));
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
    sheets
}

/// The links to a kreds's own pages, in the order of the Danish ones; to the Danish page where there is no other.
fn links(language: &Language, danish: &KredsPages, own: &KredsPages) -> Vec<Link> {
    let link = |page: &Page| match own.own.iter().find(|twin| twin.path == page.path) {
        Some(twin) => {
            Link { title: marked_title(twin), href: address::in_language(language, &twin.path), language: None }
        }
        None => Link { title: marked_title(page), href: page.path.clone(), language: Some(Language::danish()) },
    };
    danish.own.iter().map(link).collect()
}

/// The title, and for authors why the page is not on the site.
fn marked_title(page: &Page) -> String {
    page.unpublished.map_or_else(|| page.title.clone(), |why| format!("{} ({})", page.title, why.short()))
}

/// The sitemap's entries: every page that has an address, with its twins.
fn entries(site: &Site, sheets: &[Sheet<'_>]) -> Vec<sitemap::Entry> {
    let languages: Vec<&Language> = site.catalog().languages().collect();
    let twin = |code: &str, language: &Language, path: &str| (code.to_owned(), address::in_language(language, path));
    let entry = |sheet: &Sheet<'_>| {
        let path = address::in_language(sheet.language, &sheet.path);
        let mut twins = Vec::new();
        if languages.len() > 1 && !sheet.is_alone {
            twins.extend(languages.iter().map(|language| twin(language.as_str(), language, &sheet.path)));
            twins.push(twin("x-default", &Language::danish(), &sheet.path));
        }
        sitemap::Entry { path, twins }
    };
    let mut entries: Vec<_> = sheets.iter().filter(|sheet| sheet.is_found()).map(entry).collect();
    entries.sort();
    entries
}

impl Sheet<'_> {
    /// Whether search engines may lead to it. A way out is only for those who come from the question.
    const fn is_found(&self) -> bool {
        !matches!(self.kind, Kind::NotFound | Kind::Statement | Kind::Exit(..))
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
        let view = View::new(&common.catalog, self.language, common.time).at(&self.path);
        let view = if self.is_alone { view.alone() } else { view };
        match &self.kind {
            Kind::Front(page) => templates.front(&view, &information(page), &common.map),
            Kind::Page(page) => templates.information(&view, &information(page), None),
            Kind::Kreds(kreds, page, own) => templates.kreds(&view, kreds, &information(page), own, &common.map),
            Kind::KredsPage(kreds, page) => templates.information(&view, &information(page), Some(kreds)),
            Kind::Start(kreds, form) | Kind::Form(kreds, form) if view.is_closed(form, kreds) => {
                templates.closed_form(&view, form, kreds)
            }
            Kind::Start(kreds, form) => templates.start(&view, form, kreds),
            Kind::Exit(kreds, form, exit) => templates.exit(&view, exit, form, kreds),
            Kind::Form(kreds, form) => templates.form(&view, form, kreds, &Filled::empty()),
            Kind::Places => templates.places(&view),
            Kind::Statement => templates.accessibility_statement(&view, &common.accessibility_statement),
            Kind::NotFound => templates.not_found(&view),
        }
    }
}

fn information(page: &Page) -> Information<'_> {
    Information { title: &page.title, description: &page.description, body: &page.body }
}
