//! Finding one's kreds: the front page, and the answer to a search.

use crate::frame::{Above, View};
use crate::information::Information;
use crate::map::{Area, KredsMap};
use crate::stop::TourStop;
use crate::{BadPage, Pages, address};
use model::alphabet::sort_key;
use model::atlas::{Candidate, Kommune};
use model::form::Form;
use model::names::KredsSlug;
use model::words::fill;
use serde::Serialize;

/// Result of a search that does not lead straight to one kreds.
pub enum FindResult<'a> {
    /// Nobody has searched yet.
    Asked,
    /// Several kredse: one place must be chosen.
    Several(&'a [Candidate<'a>]),
    /// The typed text is nearly written as these.
    Similar(&'a [Candidate<'a>]),
    /// Nothing was typed.
    Empty,
    /// Nothing we know was typed.
    Unknown,
}

#[derive(Serialize)]
pub(crate) struct KommuneLink<'a> {
    name: String,
    kreds: &'a str,
    href: String,
}

#[derive(Serialize)]
struct KredsLink<'a> {
    name: &'a str,
    href: String,
    /// Its outline on the map, and where its number stands. The link around it is hidden from screen readers and no stop
    /// for the keyboard: the list beside the map has the same links in the same order, and twelve are enough.
    path: &'a str,
    label: (i32, i32),
}

/// A service that can be asked for, shown before the kreds is known.
#[derive(Serialize)]
struct ServiceCard<'a> {
    title: &'a str,
    summary: &'a str,
    /// Where it is asked for which kreds.
    href: String,
}

#[derive(Serialize)]
struct MapSheet<'a> {
    width: i32,
    height: i32,
    frames: &'a str,
}

/// The form that looks a place up, for any page.
#[derive(Serialize)]
pub(crate) struct FindForm<'a> {
    find_typed: &'a str,
    find_error: &'a str,
    /// The form that the lookup leads to; else it leads to the page of the kreds.
    find_for: &'a str,
    places: String,
    kommuner: Vec<KommuneLink<'a>>,
}

impl Pages {
    /// The national front page; `stops` are the public ones of the mobile police stations.
    pub fn front(
        &self,
        view: &View<'_>,
        page: &Information<'_>,
        map: &KredsMap,
        stops: &[TourStop<'_>],
        has_figures: bool,
    ) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct Content<'a> {
            body: &'a str,
            forms: Vec<ServiceCard<'a>>,
            /// None while there is nothing to see there.
            tour: Option<String>,
            /// None while none are published.
            figures: Option<String>,
            kredse: Vec<KredsLink<'a>>,
            map: MapSheet<'a>,
            #[serde(flatten)]
            find: FindForm<'a>,
        }
        let content = Content {
            body: page.body.as_str(),
            forms: services(view),
            tour: (!stops.is_empty()).then(|| view.link(&address::tour(None))),
            figures: has_figures.then(|| view.link(&address::figures(None))),
            kredse: map.areas.iter().filter_map(|area| kreds_link(view, area)).collect(),
            map: MapSheet { width: map.width, height: map.height, frames: &map.frames },
            find: find_form(view, None, "", ""),
        };
        let frame = view.frame(page.title, page.description, Above::Front)?;
        self.page("front.html", &frame, &content)
    }

    /// The answer to a search that does not lead to one kreds. With a form, all of it leads to that.
    pub fn found(
        &self,
        view: &View<'_>,
        typed: &str,
        form: Option<&Form>,
        result: &FindResult<'_>,
    ) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct Content<'a> {
            /// The summary of the form.
            summary: &'a str,
            choices: Vec<KommuneLink<'a>>,
            ambiguous: String,
            errors: Vec<Problem<'a>>,
            #[serde(flatten)]
            find: FindForm<'a>,
        }
        #[derive(Serialize)]
        struct Problem<'a> {
            target: &'static str,
            message: &'a str,
        }
        let words = &view.texts()?.words;
        let (title, said, error, choices): (&str, &str, &str, &[Candidate<'_>]) = match result {
            FindResult::Asked => (words.get("find_overskrift"), "", "", &[]),
            FindResult::Several(choices) => (words.get("find_vaelg"), words.get("find_flere"), "", choices),
            FindResult::Similar(choices) => (words.get("find_vaelg"), words.get("find_lignende"), "", choices),
            FindResult::Empty => (words.get("find_overskrift"), "", words.get("find_tomt"), &[]),
            FindResult::Unknown => (words.get("find_overskrift"), "", words.get("find_ukendt"), &[]),
        };
        let link = |one: &Candidate<'_>| kommune_link(view, form, one.kommune, one.label(), Some(&one.query()));
        let content = Content {
            summary: form.map_or("", Form::summary),
            choices: choices.iter().map(link).collect(),
            ambiguous: fill(said, &[("sted", typed)]),
            errors: if error.is_empty() { Vec::new() } else { vec![Problem { target: "sted", message: error }] },
            find: find_form(view, form, typed, error),
        };
        let mut frame = view.frame(form.map_or(title, Form::title), "", Above::Front)?;
        frame.failed = !error.is_empty();
        self.page("found.html", &frame, &content)
    }
}

pub(crate) fn kommune_link<'a>(
    view: &View<'a>,
    form: Option<&Form>,
    kommune: &Kommune,
    name: String,
    place: Option<&str>,
) -> KommuneLink<'a> {
    let kreds = view.catalog.atlas().kreds(&kommune.kreds).map_or("", |kreds| &kreds.name);
    KommuneLink { name, kreds, href: found_at(view, &kommune.kreds, form, place) }
}

/// Where a place leads that lies in a kreds: to its page, or to the question before a form, and the place that was named goes along.
#[must_use]
pub fn found_at(view: &View<'_>, kreds: &KredsSlug, form: Option<&Form>, place: Option<&str>) -> String {
    let path = form.map_or_else(|| address::kreds(kreds), |form| address::start(kreds, form.id()));
    address::with_place(&view.link(&path), place)
}

fn kreds_link<'a>(view: &View<'a>, area: &'a Area) -> Option<KredsLink<'a>> {
    let kreds = view.catalog.atlas().kreds(&area.kreds)?;
    let href = view.link(&address::kreds(&kreds.slug));
    Some(KredsLink { name: &kreds.name, href, path: &area.path, label: area.label })
}

fn services<'a>(view: &View<'a>) -> Vec<ServiceCard<'a>> {
    let card = |form: &'a Form| ServiceCard {
        title: form.title(),
        summary: form.summary(),
        href: address::find_for(view.language, form.id()),
    };
    view.catalog.forms(view.language).map(card).collect()
}

pub(crate) fn find_form<'a>(view: &View<'a>, form: Option<&'a Form>, typed: &'a str, error: &'a str) -> FindForm<'a> {
    let mut kommuner: Vec<&Kommune> = view.catalog.atlas().kommuner().iter().collect();
    kommuner.sort_by_key(|kommune| sort_key(&kommune.name));
    let link = |kommune: &Kommune| kommune_link(view, form, kommune, kommune.name.clone(), Some(&kommune.name));
    FindForm {
        find_typed: typed,
        find_error: error,
        find_for: form.map_or("", |form| form.id().as_str()),
        places: view.link(&address::places()),
        kommuner: kommuner.into_iter().map(link).collect(),
    }
}
