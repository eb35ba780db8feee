//! Finding one's kreds: the front page, the list of all places, and the answer to a search.

use crate::frame::{Framed, Information, View};
use crate::map::{Area, KredsMap};
use crate::stop::TourStop;
use crate::{BadPage, Pages, address};
use model::alphabet::sort_key;
use model::atlas::{Candidate, Kommune, Kreds};
use model::form::Form;
use model::names::KredsSlug;
use model::words::fill;
use serde::Serialize;

/// What a search gives where it does not lead straight to one kreds.
pub enum FindResult<'a> {
    /// Nobody has searched yet.
    Asked,
    /// Several kredse: one place must be chosen.
    Several(&'a [Candidate<'a>]),
    /// What was typed is nearly written as these.
    Similar(&'a [Candidate<'a>]),
    /// Nothing was typed.
    Empty,
    /// Nothing we know was typed.
    Unknown,
}

#[derive(Serialize)]
struct KommuneLink<'a> {
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

/// What can be asked for, told before the kreds is known.
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
    /// The national front page; `stops` are what may be told of the mobile police stations.
    pub fn front(
        &self,
        view: &View<'_>,
        page: &Information<'_>,
        map: &KredsMap,
        stops: &[TourStop<'_>],
    ) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct Content<'a> {
            body: &'a str,
            forms: Vec<ServiceCard<'a>>,
            /// None while there is nothing to see there.
            tour: Option<String>,
            kredse: Vec<KredsLink<'a>>,
            map: MapSheet<'a>,
            #[serde(flatten)]
            find: FindForm<'a>,
        }
        let content = Content {
            body: page.body.as_str(),
            forms: services(view),
            tour: (!stops.is_empty()).then(|| view.link(&address::tour(None))),
            kredse: map.areas.iter().filter_map(|area| kreds_link(view, area)).collect(),
            map: MapSheet { width: map.width, height: map.height, frames: &map.frames },
            find: find_form(view, None, "", ""),
        };
        let frame = view.frame(page.title, page.description, None, &[])?;
        self.fill("front.html", &Framed { frame, content })
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
            /// What the form is about.
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
        let link = |one: &Candidate<'_>| kommune_link(view, form, one.kommune, one.label(), Some(&one.told()));
        let content = Content {
            summary: form.map_or("", Form::summary),
            choices: choices.iter().map(link).collect(),
            ambiguous: fill(said, &[("sted", typed)]),
            errors: if error.is_empty() { Vec::new() } else { vec![Problem { target: "sted", message: error }] },
            find: find_form(view, form, typed, error),
        };
        let mut frame = view.frame(form.map_or(title, Form::title), "", None, &[])?;
        frame.failed = !error.is_empty();
        self.fill("found.html", &Framed { frame, content })
    }

    /// All kommuner and postcodes by kreds, to read and to search with the browser's own search.
    pub fn places(&self, view: &View<'_>) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct Content<'a> {
            kredse: Vec<KredsPlaces<'a>>,
            shared: Vec<SharedArea<'a>>,
        }
        #[derive(Serialize)]
        struct KredsPlaces<'a> {
            slug: &'a str,
            name: &'a str,
            href: String,
            kommuner: String,
            postcodes: String,
        }
        #[derive(Serialize)]
        struct SharedArea<'a> {
            code: &'a str,
            name: &'a str,
            kommuner: Vec<KommuneLink<'a>>,
        }
        let words = &view.texts()?.words;
        let atlas = view.catalog.atlas();
        let of_kreds = |kreds: &'_ Kreds| {
            let mut kommuner: Vec<&str> = atlas.kommuner_of(&kreds.slug).map(|kommune| kommune.name.as_str()).collect();
            kommuner.sort_by_key(|name| sort_key(name));
            kommuner.join(", ")
        };
        let content = Content {
            kredse: atlas
                .kredse()
                .iter()
                .map(|kreds| KredsPlaces {
                    slug: kreds.slug.as_str(),
                    name: &kreds.name,
                    href: view.link(&address::kreds(&kreds.slug)),
                    kommuner: of_kreds(kreds),
                    postcodes: postcodes_of(view, kreds),
                })
                .collect(),
            shared: atlas
                .postal_areas()
                .iter()
                .filter(|area| atlas.kredse_of(area).len() > 1)
                .map(|area| SharedArea {
                    code: area.code.as_str(),
                    name: &area.name,
                    kommuner: area
                        .kommuner
                        .iter()
                        .filter_map(|code| atlas.kommune(code))
                        .map(|kommune| kommune_link(view, None, kommune, kommune.name.clone(), None))
                        .collect(),
                })
                .collect(),
        };
        let frame = view.frame(words.get("liste_overskrift"), words.get("liste_indledning"), None, &[])?;
        self.fill("places.html", &Framed { frame, content })
    }
}

/// The postcodes that lie in this kreds alone, neighbours in the list drawn together: `8000–8270, 8300`.
fn postcodes_of(view: &View<'_>, kreds: &Kreds) -> String {
    let atlas = view.catalog.atlas();
    let mut runs: Vec<(&str, &str)> = Vec::new();
    let mut going_on = false;
    for area in atlas.postal_areas() {
        let only = atlas.kredse_of(area).into_iter().eq([&kreds.slug]);
        match runs.last_mut() {
            Some((_, last)) if only && going_on => *last = area.code.as_str(),
            _ if only => runs.push((area.code.as_str(), area.code.as_str())),
            _ => {}
        }
        going_on = only;
    }
    let shown =
        runs.into_iter().map(|(first, last)| if first == last { first.to_owned() } else { format!("{first}–{last}") });
    shown.collect::<Vec<_>>().join(", ")
}

fn kommune_link<'a>(
    view: &View<'a>,
    form: Option<&Form>,
    kommune: &Kommune,
    name: String,
    told: Option<&str>,
) -> KommuneLink<'a> {
    let kreds = view.catalog.atlas().kreds(&kommune.kreds).map_or("", |kreds| &kreds.name);
    KommuneLink { name, kreds, href: found_at(view, &kommune.kreds, form, told) }
}

/// Where a place leads that lies in a kreds: to its page, or to the question before a form, and what was told goes along.
#[must_use]
pub fn found_at(view: &View<'_>, kreds: &KredsSlug, form: Option<&Form>, told: Option<&str>) -> String {
    let path = form.map_or_else(|| address::kreds(kreds), |form| address::start(kreds, form.id()));
    address::with_place(&view.link(&path), told)
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
