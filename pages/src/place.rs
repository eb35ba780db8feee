//! The lookup of a kreds: the front page, and the response to a search.

use crate::form::ErrorLink;
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
use tera::Context;

/// The result of a search that does not lead straight to one kreds.
pub enum FindResult<'a> {
    /// There was no search yet.
    Asked,
    /// Several kredse match: a place must be chosen.
    Several(&'a [Candidate<'a>]),
    /// No place matches, but the spelling of these is similar.
    Similar(&'a [Candidate<'a>]),
    /// Nothing was typed.
    Empty,
    /// No known place was typed.
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
    /// The outline on the map; `label` is the position of the number. The link on the map is hidden from screen
    /// readers and the keyboard: the list beside it has the same links in the same order, and twelve are enough.
    path: &'a str,
    label: (i32, i32),
}

/// A service to request, shown before the kreds is known.
#[derive(Serialize)]
struct ServiceCard<'a> {
    title: &'a str,
    summary: &'a str,
    /// The address of the lookup that leads to the form.
    href: String,
}

#[derive(Serialize)]
struct MapSheet<'a> {
    width: i32,
    height: i32,
    frames: &'a str,
}

impl Pages {
    /// Renders the national front page. `stops` are the public stops of the mobile police stations.
    pub fn front(
        &self,
        view: &View<'_>,
        page: &Information<'_>,
        map: &KredsMap,
        stops: &[TourStop<'_>],
        has_figures: bool,
    ) -> Result<String, BadPage> {
        let mut content = find_form(view, None, "", "");
        content.extend(tera::context! {
            body => page.body.as_str(),
            forms => &services(view),
            // `None` if there are no stops to see.
            tour => &(!stops.is_empty()).then(|| view.link(&address::tour(None))),
            // `None` if no figures are published.
            figures => &has_figures.then(|| view.link(&address::figures(None))),
            kredse => &map.areas.iter().filter_map(|area| kreds_link(view, area)).collect::<Vec<_>>(),
            map => &MapSheet { width: map.width, height: map.height, frames: &map.frames },
        });
        let frame = view.frame(page.title, page.description, Above::Front)?;
        self.page("front.html", &frame, content)
    }

    /// Renders the response to a search that does not lead to one kreds. With a form, all links lead to that form.
    pub fn found(
        &self,
        view: &View<'_>,
        typed: &str,
        form: Option<&Form>,
        result: &FindResult<'_>,
    ) -> Result<String, BadPage> {
        let words = &view.texts()?.words;
        let (title, said, error, choices): (&str, &str, &str, &[Candidate<'_>]) = match result {
            FindResult::Asked => (words.get("find_overskrift"), "", "", &[]),
            FindResult::Several(choices) => (words.get("find_vaelg"), words.get("find_flere"), "", choices),
            FindResult::Similar(choices) => (words.get("find_vaelg"), words.get("find_lignende"), "", choices),
            FindResult::Empty => (words.get("find_overskrift"), "", words.get("find_tomt"), &[]),
            FindResult::Unknown => (words.get("find_overskrift"), "", words.get("find_ukendt"), &[]),
        };
        let link = |one: &Candidate<'_>| kommune_link(view, form, one.kommune, one.label(), Some(&one.query()));
        let problem = ErrorLink { target: "sted".to_owned(), message: error };
        let mut content = find_form(view, form, typed, error);
        content.extend(tera::context! {
            summary => form.map_or("", Form::summary),
            choices => &choices.iter().map(link).collect::<Vec<_>>(),
            ambiguous => &fill(said, &[("sted", typed)]),
            errors => &[problem].into_iter().filter(|_| !error.is_empty()).collect::<Vec<_>>(),
        });
        let mut frame = view.frame(form.map_or(title, Form::title), "", Above::Front)?;
        frame.failed = !error.is_empty();
        self.page("found.html", &frame, content)
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

/// The address for a place in a kreds: the kreds's page, or the question before a form, with the named place added.
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

/// The values of the lookup form, for any page. It leads to `form`, or to the page of the kreds that is found.
pub(crate) fn find_form(view: &View<'_>, form: Option<&Form>, typed: &str, error: &str) -> Context {
    let mut kommuner: Vec<&Kommune> = view.catalog.atlas().kommuner().iter().collect();
    kommuner.sort_by_key(|kommune| sort_key(&kommune.name));
    let link = |kommune: &Kommune| kommune_link(view, form, kommune, kommune.name.clone(), Some(&kommune.name));
    tera::context! {
        find_typed => typed,
        find_error => error,
        find_for => form.map_or("", |form| form.id().as_str()),
        places => &view.link(&address::places()),
        kommuner => &kommuner.into_iter().map(link).collect::<Vec<_>>(),
    }
}
