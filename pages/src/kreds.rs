//! The page of a kreds.

use crate::dates;
use crate::frame::{Above, View};
use crate::information::Information;
use crate::map::{Area, KredsMap};
use crate::stop::TourStop;
use crate::{BadPage, Pages, address};
use jiff::civil::Date;
use model::atlas::Kreds;
use model::catalog::{LanguageParts, Link};
use model::deadline::Deadline;
use model::phone::Phone;
use model::words::fill;
use serde::Serialize;

/// The map with this kreds highlighted.
#[derive(Serialize)]
struct Where<'a> {
    width: i32,
    height: i32,
    own: String,
    others: String,
    frames: &'a str,
}

#[derive(Serialize)]
struct FormCard<'a> {
    href: String,
    title: &'a str,
    summary: &'a str,
    closed: bool,
}

/// The lists of links on a kreds's page.
#[derive(Clone, Copy)]
pub struct KredsLists<'a> {
    /// Links to the kreds's other pages, with full addresses.
    pub own: &'a [Link],
    /// News of the kreds, the newest first.
    pub news: &'a [News],
    /// Public stops of the mobile police station, the next one first.
    pub stops: &'a [TourStop<'a>],
}

/// A page of a kreds that is listed as news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The day since when it is news.
    pub date: Date,
    /// A link to the page.
    pub link: Link,
}

#[derive(Serialize)]
struct NewsView<'a> {
    datetime: String,
    day: String,
    link: &'a Link,
}

/// Number of stops on a kreds's page; the tour's page has all of them.
const NEXT_STOPS: usize = 3;

/// A telephone number, to dial and to read.
#[derive(Serialize)]
pub(crate) struct PhoneView {
    dial: String,
    shown: String,
}

impl From<&Phone> for PhoneView {
    fn from(phone: &Phone) -> Self {
        Self { dial: phone.as_e164().to_owned(), shown: phone.grouped() }
    }
}

impl View<'_> {
    /// The title of a kreds's news: `Nyheder fra Fyns Politi`.
    pub fn news_title(&self, kreds: &Kreds) -> Result<String, BadPage> {
        Ok(fill(self.texts()?.words.get("nyheder_fra"), &[("kreds", &kreds.name)]))
    }
}

impl Pages {
    /// Renders the page of a kreds.
    pub fn kreds(
        &self,
        view: &View<'_>,
        kreds: &Kreds,
        page: &Information<'_>,
        lists: KredsLists<'_>,
        map: &KredsMap,
    ) -> Result<String, BadPage> {
        let texts = view.texts()?;
        let content = tera::context! {
            body => page.body.as_str(),
            promise => &dates::deadline(&texts.words, kreds.deadline),
            // True if the deadline is in days: it moves if it falls on a day off.
            is_in_days => &!matches!(kreds.deadline, Deadline::CallWithin { .. }),
            service_message => &view.service_message(kreds)?,
            forms => &view
                .catalog
                .forms(view.language)
                .map(|form| FormCard {
                    href: view.link(&address::start(&kreds.slug, form.id())),
                    title: form.title(),
                    summary: form.summary(),
                    closed: view.is_closed(form, kreds),
                })
                .collect::<Vec<_>>(),
            not_urgent => view.not_urgent(kreds)?,
            own => lists.own,
            news => &lists.news.iter().map(|news| news_view(texts, news)).collect::<Vec<_>>(),
            // The next stops of the tour, if there are any.
            stops => &lists
                .stops
                .iter()
                .take(NEXT_STOPS)
                .map(|stop| view.stop(stop, stop.id))
                .collect::<Result<Vec<_>, BadPage>>()?,
            tour => &view.link(&address::tour(Some(&kreds.slug))),
            main_station => &kreds.main_station,
            kommuner => &view.catalog.atlas().kommune_names(&kreds.slug).join(", "),
            phone => &kreds.phone.as_ref().map(PhoneView::from),
            no_guarantee => texts.no_guarantee.as_str(),
            map => &place_of(kreds, map),
        };
        let mut frame = view.frame(page.title, page.description, Above::Front)?;
        frame.authority = Some(&kreds.name);
        self.page("kreds.html", &frame, content)
    }
}

fn news_view<'a>(texts: &LanguageParts, news: &'a News) -> NewsView<'a> {
    NewsView {
        datetime: news.date.to_string(),
        day: dates::capital(&dates::date(&texts.words, news.date)),
        link: &news.link,
    }
}

fn place_of<'a>(kreds: &Kreds, map: &'a KredsMap) -> Where<'a> {
    let (own, others): (Vec<&Area>, Vec<&Area>) = map.areas.iter().partition(|area| area.kreds == kreds.slug);
    let path = |areas: &[&Area]| areas.iter().map(|area| area.path.as_str()).collect();
    Where { width: map.width, height: map.height, own: path(&own), others: path(&others), frames: &map.frames }
}
