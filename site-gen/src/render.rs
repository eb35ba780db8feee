//! Renders a site to files in memory.

use crate::site::{KredsPages, Page, Site};
use crate::sitemap;
use model::atlas::Kreds;
use model::catalog::{BadCatalog, Link};
use model::form::Form;
use pages::{BadPage, Filled, Information, Pages, View, address, assets};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
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

/// The site's files, sorted by path; equal sites give equal bytes.
pub fn render(site: &Site) -> Result<Vec<File>, RenderError> {
    let templates = Pages::new().map_err(RenderError::Templates)?;
    let prefix = site.language().prefix();
    let sheets = sheets(site);
    let mut files = sheets
        .par_iter()
        .map(|sheet| {
            let path = sheet.path();
            let name = if path.is_empty() { "/404.html".to_owned() } else { format!("{prefix}{path}index.html") };
            match sheet.html(&templates, site, &path) {
                Ok(html) => Ok(File { path: format!("public{name}"), bytes: html.into_bytes() }),
                Err(reason) => Err(RenderError::Page { path: name, reason }),
            }
        })
        .collect::<Result<Vec<File>, RenderError>>()?;
    files.extend(assets::ALL.iter().map(|asset| File {
        path: format!("public/{}", asset.path.trim_start_matches('/')),
        bytes: asset.bytes.to_vec(),
    }));
    let base_url = site.catalog().base_url();
    let mut paths: Vec<String> = sheets.iter().map(Sheet::path).filter(|path| !path.is_empty()).collect();
    paths.iter_mut().for_each(|path| path.insert_str(0, &prefix));
    paths.sort();
    let sitemap = sitemap::sitemap(base_url, paths.iter().map(String::as_str));
    files.push(File { path: "public/sitemap.xml".to_owned(), bytes: sitemap.into_bytes() });
    files.push(File { path: "public/robots.txt".to_owned(), bytes: sitemap::robots(base_url).into_bytes() });
    // Beside the public folder, not in it: it holds mailboxes.
    files.push(File { path: "catalog.json".to_owned(), bytes: site.catalog().to_json()? });
    files.sort();
    Ok(files)
}

/// One page of the site.
enum Sheet<'a> {
    Front,
    Page(&'a Page),
    Kreds(&'a Kreds, &'a KredsPages),
    KredsPage(&'a Kreds, &'a Page),
    Form(&'a Kreds, &'a Form),
    Places,
    NotFound,
}

fn sheets(site: &Site) -> Vec<Sheet<'_>> {
    let mut sheets = vec![Sheet::Front, Sheet::Places, Sheet::NotFound];
    sheets.extend(site.pages().iter().map(Sheet::Page));
    for (kreds, pages) in site.kredse() {
        sheets.push(Sheet::Kreds(kreds, pages));
        sheets.extend(pages.own.iter().map(|page| Sheet::KredsPage(kreds, page)));
        sheets.extend(site.catalog().forms(site.language()).map(|form| Sheet::Form(kreds, form)));
    }
    sheets
}

impl Sheet<'_> {
    /// Its address below the language prefix; empty where it has none.
    fn path(&self) -> String {
        match self {
            Self::Front => address::front(),
            Self::Page(page) | Self::KredsPage(_, page) => page.path.clone(),
            Self::Kreds(kreds, _) => address::kreds(&kreds.slug),
            Self::Form(kreds, form) => address::form(&kreds.slug, form.id()),
            Self::Places => address::places(),
            Self::NotFound => String::new(),
        }
    }

    fn html(&self, templates: &Pages, site: &Site, path: &str) -> Result<String, BadPage> {
        let view = View { catalog: site.catalog(), language: site.language(), path };
        match self {
            Self::Front => templates.front(&view, &information(site.front())),
            Self::Page(page) => templates.information(&view, &information(page), None),
            Self::Kreds(kreds, pages) => {
                let link = |page: &Page| Link { title: page.title.clone(), href: page.path.clone() };
                let own: Vec<Link> = pages.own.iter().map(link).collect();
                templates.kreds(&view, kreds, &information(&pages.front), &own)
            }
            Self::KredsPage(kreds, page) => templates.information(&view, &information(page), Some(kreds)),
            Self::Form(kreds, form) => templates.form(&view, form, kreds, &Filled::empty()),
            Self::Places => templates.places(&view),
            Self::NotFound => templates.not_found(&view),
        }
    }
}

fn information(page: &Page) -> Information<'_> {
    Information { title: &page.title, description: &page.description, body: &page.body }
}
