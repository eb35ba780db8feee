//! Makes the subscriptions: calendars and feeds of the tour, and feeds of news and controls.

use crate::check::site::{KredsPages, Site};
use crate::check::tour::midnight;
use crate::output::File;
use crate::output::calendar::{Calendar, Event, When};
use crate::output::feed::{Feed, FeedEntry};
use crate::output::own_pages;
use crate::output::render::RenderError;
use jiff::Timestamp;
use model::atlas::Kreds;
use model::names::Language;
use pages::{ShownControl, TourStop, View, address};

/// A kreds with its pages in one language and in Danish.
#[derive(Clone, Copy)]
pub(crate) struct Pages<'a> {
    pub(crate) kreds: &'a Kreds,
    pub(crate) own: &'a KredsPages,
    pub(crate) danish: &'a KredsPages,
}

/// The calendars and feeds of a site in one language at a time.
pub(crate) struct Subscriptions<'a> {
    site: &'a Site,
    language: &'a Language,
    now: Timestamp,
}

impl<'a> Subscriptions<'a> {
    pub(crate) const fn new(site: &'a Site, language: &'a Language, now: Timestamp) -> Self {
        Self { site, language, now }
    }

    /// The files of the calendars and feeds.
    pub(crate) fn files(&self) -> Result<Vec<File>, RenderError> {
        let mut files = vec![self.calendar(None)?];
        let mut feeds = self.national()?;
        for kreds in pages_of(self.site, self.language) {
            if kreds.own.tour.is_some() {
                files.push(self.calendar(Some(kreds))?);
            }
            feeds.extend(self.of_kreds(kreds)?);
        }
        for feed in feeds {
            let path = feed.address.trim_start_matches(self.site.catalog().base_url());
            files.push(File::new(format!("public{path}"), feed.to_xml()?));
        }
        Ok(files)
    }

    /// The national feeds.
    pub(crate) fn national(&self) -> Result<Vec<Feed>, RenderError> {
        Ok(vec![self.tour_feed(None)?])
    }

    /// The feeds of a kreds: of its tour, if it has one, and of its news and its controls, if there are any.
    pub(crate) fn of_kreds(&self, kreds: Pages<'_>) -> Result<Vec<Feed>, RenderError> {
        let tour = kreds.own.tour.is_some().then(|| self.tour_feed(Some(kreds)));
        let news = (!self.news(kreds).is_empty()).then(|| self.news_feed(kreds));
        let controls = controls_of(self.site, kreds.kreds);
        let controls = (!controls.is_empty()).then(|| self.controls_feed(kreds.kreds, &controls));
        tour.into_iter().chain(news).chain(controls).collect()
    }

    fn tour_feed(&self, kreds: Option<Pages<'_>>) -> Result<Feed, RenderError> {
        let view = self.view();
        let stops = self.stops(kreds);
        let entry = |stop: &TourStop<'_>| {
            let text = view.stop_text(stop)?;
            Ok(FeedEntry {
                address: self.whole(&view.stop_link(stop)),
                title: format!("{}, {}", text.title, text.when),
                updated: stop.updated,
                summary: [vec![text.when, text.place], text.lines].concat().join("\n"),
            })
        };
        let slug = kreds.map(|kreds| &kreds.kreds.slug);
        let path = self.path(&address::tour(slug));
        let entries = stops.iter().map(entry).collect::<Result<_, _>>().map_err(RenderError::at(&path))?;
        let changed = self.site.tour().last_change(slug, self.now);
        let title = self.tour_title(kreds);
        Ok(Feed { changed, ..self.feed(&address::feed(&path), &path, title, self.author(kreds), entries) })
    }

    fn calendar(&self, kreds: Option<Pages<'_>>) -> Result<File, RenderError> {
        let view = self.view();
        let host = self.site.catalog().base_url().rsplit('/').next().unwrap_or_default();
        let event = |stop: &TourStop<'_>| {
            let text = view.stop_text(stop)?;
            Ok(Event {
                uid: format!("{}.{}@{host}", stop.id, stop.kreds),
                stamp: stop.updated,
                when: stop.details.map_or(When::Day(stop.date), |details| {
                    When::Minutes(stop.date.to_datetime(details.from), stop.date.to_datetime(details.until))
                }),
                title: text.title,
                place: text.place,
                description: text.lines.join("\n"),
                url: self.whole(&view.stop_link(stop)),
            })
        };
        let path = address::calendar(&self.path(&address::tour(kreds.map(|kreds| &kreds.kreds.slug))));
        let events = self.stops(kreds).iter().map(event).collect::<Result<_, _>>().map_err(RenderError::at(&path))?;
        let calendar = Calendar { name: self.tour_title(kreds), events };
        Ok(File::new(format!("public{path}"), calendar.to_text().into_bytes()))
    }

    fn news_feed(&self, kreds: Pages<'_>) -> Result<Feed, RenderError> {
        let path = self.path(&address::news(&kreds.kreds.slug));
        let page = self.path(&address::kreds(&kreds.kreds.slug));
        let title = self.view().news_title(kreds.kreds).map_err(RenderError::at(&path))?;
        Ok(self.feed(&path, &page, title, kreds.kreds.name.clone(), self.news(kreds)))
    }

    fn controls_feed(&self, kreds: &Kreds, controls: &[&ShownControl]) -> Result<Feed, RenderError> {
        let (view, path) = (self.view(), self.path(&address::controls(&kreds.slug)));
        let entry = |shown: &&ShownControl| {
            let text = view.control_text(&shown.held)?;
            let body = Some(shown.body.text()).filter(|body| !body.is_empty());
            Ok(FeedEntry {
                address: self.whole(&view.control_link(&shown.held)),
                title: format!("{}, {}", text.place, text.when),
                updated: shown.updated,
                summary: [vec![text.when], text.lines, body.into_iter().collect()].concat().join("\n"),
            })
        };
        let entries = controls.iter().map(entry).collect::<Result<_, _>>().map_err(RenderError::at(&path))?;
        let title = format!("{}, {}", view.controls_title().map_err(RenderError::at(&path))?, kreds.name);
        Ok(self.feed(&address::feed(&path), &path, title, kreds.name.clone(), entries))
    }

    /// Creates the feed at `path`, with the content of `page`.
    fn feed(&self, path: &str, page: &str, title: String, author: String, entries: Vec<FeedEntry>) -> Feed {
        let (address, page, language) = (self.whole(path), self.whole(page), self.language.to_string());
        Feed { address, page, language, title, author, changed: None, entries }
    }

    /// The news with a page in this language.
    fn news(&self, kreds: Pages<'_>) -> Vec<FeedEntry> {
        let news = own_pages::news(self.language, kreds.danish, kreds.own, self.now);
        let entry = |news: pages::News| {
            let page = kreds.own.own.iter().find(|page| self.path(&page.path) == news.link.href)?;
            Some(FeedEntry {
                address: self.whole(&news.link.href),
                title: page.title.clone(),
                updated: midnight(news.date),
                summary: page.description.clone(),
            })
        };
        news.into_iter().filter_map(entry).collect()
    }

    fn stops(&self, kreds: Option<Pages<'_>>) -> Vec<TourStop<'a>> {
        self.site.tour().shown(kreds.map(|kreds| &kreds.kreds.slug), self.language, self.now)
    }

    fn tour_title(&self, kreds: Option<Pages<'_>>) -> String {
        let own = kreds.and_then(|kreds| kreds.own.tour.as_ref());
        own.map_or_else(|| self.word("tur").to_owned(), |page| page.title.clone())
    }

    fn author(&self, kreds: Option<Pages<'_>>) -> String {
        kreds.map_or_else(|| self.site.catalog().site_name().to_owned(), |kreds| kreds.kreds.name.clone())
    }

    const fn view(&self) -> View<'a> {
        View::new(self.site.catalog(), self.language, self.now)
    }

    fn word(&self, key: &str) -> &'a str {
        self.site.catalog().texts(self.language).map_or("", |texts| texts.words.get(key))
    }

    fn path(&self, path: &str) -> String {
        address::in_language(self.language, path)
    }

    fn whole(&self, path: &str) -> String {
        format!("{}{path}", self.site.catalog().base_url())
    }
}

/// The controls that a kreds has published, newest first.
pub(crate) fn controls_of<'a>(site: &'a Site, kreds: &Kreds) -> Vec<&'a ShownControl> {
    site.controls.iter().filter(|shown| shown.held.kreds == kreds.slug).collect()
}

/// Every kreds with its pages.
pub(crate) fn pages_of<'a>(site: &'a Site, language: &Language) -> impl Iterator<Item = Pages<'a>> {
    let pages = site.pages(language);
    let kredse = site.catalog().atlas().kredse().iter().zip(&pages.kredse).zip(&site.danish().kredse);
    kredse.map(|((kreds, own), danish)| Pages { kreds, own, danish })
}
