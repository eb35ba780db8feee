//! Makes the links from a kreds's front page to its other pages: those that are news, and the rest.

use crate::check::site::{KredsPages, Page, Site};
use crate::check::tour::midnight;
use jiff::Timestamp;
use model::catalog::Link;
use model::names::Language;
use pages::{News, address};
use std::cmp::Reverse;

/// The pages that are news at `now`, newest first, as links in a language.
pub(crate) fn news(language: &Language, danish: &KredsPages, own: &KredsPages, now: Timestamp) -> Vec<News> {
    let item = |page: &Page| {
        let date = page.news.filter(|date| midnight(*date) <= now)?;
        Some(News { date, link: link(language, own, page) })
    };
    let mut news: Vec<News> = danish.own.iter().filter_map(item).collect();
    news.sort_by_key(|news| Reverse(news.date));
    news
}

/// The pages that are not news, in the order of the Danish ones, as links in a language.
pub(crate) fn others(language: &Language, danish: &KredsPages, own: &KredsPages, now: Timestamp) -> Vec<Link> {
    let is_news = |page: &Page| page.news.is_some_and(|date| midnight(date) <= now);
    danish.own.iter().filter(|page| !is_news(page)).map(|page| link(language, own, page)).collect()
}

/// The link to a generated page, whose title is the UI message `key`.
pub(crate) fn named(site: &Site, language: &Language, key: &str, path: &str) -> Link {
    let words = site.catalog().texts(language).map_or("", |texts| texts.words.get(key));
    Link { title: words.to_owned(), href: address::in_language(language, path), language: None }
}

/// The link to a page in a language, or to the Danish page if it is not translated.
fn link(language: &Language, own: &KredsPages, page: &Page) -> Link {
    match own.own.iter().find(|twin| twin.path == page.path) {
        Some(twin) => {
            Link { title: twin.listed_title(), href: address::in_language(language, &twin.path), language: None }
        }
        None => Link { title: page.listed_title(), href: page.path.clone(), language: Some(Language::danish()) },
    }
}
