//! The pages of the mobile police station's tour, for one kreds and for the whole country.

use crate::frame::{Above, View};
use crate::information::Information;
use crate::stop::{StopView, TourStop};
use crate::{BadPage, Pages, address, dates};
use model::alphabet::sort_key;
use model::atlas::{Kommune, Kreds};
use serde::Serialize;

/// The addresses for subscribing to the tour.
#[derive(Serialize)]
struct Subscription {
    calendar: String,
    feed: String,
}

impl Pages {
    /// Renders the tour of a kreds: the editor's text, and the public stops, the next one first.
    pub fn tour(
        &self,
        view: &View<'_>,
        kreds: &Kreds,
        page: &Information<'_>,
        stops: &[TourStop<'_>],
    ) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct Month<'a> {
            heading: String,
            stops: Vec<StopView<'a>>,
        }
        let words = &view.texts()?.words;
        let of_a_month = stops.chunk_by(|one, next| one.date.first_of_month() == next.date.first_of_month());
        let months = of_a_month.map(|stops| {
            let heading = stops.first().map(|stop| dates::month(words, stop.date)).unwrap_or_default();
            let stops = stops.iter().map(|stop| view.stop(stop, stop.id)).collect::<Result<_, _>>()?;
            Ok(Month { heading, stops })
        });
        let path = address::tour(Some(&kreds.slug));
        let content = tera::context! {
            body => page.body.as_str(),
            months => &months.collect::<Result<Vec<_>, BadPage>>()?,
            all_kredse => &false,
            all => &view.link(&address::tour(None)),
            subscription => &subscription(view, &path),
        };
        let frame = view.frame(page.title, page.description, Above::Kreds(kreds))?;
        self.page("tour.html", &frame, content)
    }

    /// Renders the tours of all kredse: every public stop, first by date with the next one on top, then by kommune.
    pub fn all_tours<'a>(&self, view: &View<'a>, stops: &[TourStop<'a>]) -> Result<String, BadPage> {
        #[derive(Serialize)]
        struct KommuneStops<'a> {
            code: &'a str,
            name: &'a str,
            stops: Vec<StopView<'a>>,
        }
        let words = &view.texts()?.words;
        let shown = |stop: &TourStop<'a>| view.stop(stop, &format!("{}-{}", stop.kreds, stop.id));
        let atlas = view.catalog.atlas();
        let is_visited = |kommune: &&Kommune| stops.iter().any(|stop| *stop.kommune == kommune.code);
        let mut visited: Vec<&Kommune> = atlas.kommuner().iter().filter(is_visited).collect();
        visited.sort_by_key(|kommune| sort_key(&kommune.name));
        let kommuner = visited.into_iter().map(|kommune| {
            let here = stops.iter().filter(|stop| *stop.kommune == kommune.code);
            let stops = here.map(shown).collect::<Result<_, _>>()?;
            Ok(KommuneStops { code: kommune.code.as_str(), name: &kommune.name, stops })
        });
        let content = tera::context! {
            stops => &stops.iter().map(shown).collect::<Result<Vec<_>, BadPage>>()?,
            // True if each stop names its kreds.
            all_kredse => &true,
            kommuner => &kommuner.collect::<Result<Vec<_>, BadPage>>()?,
            find => &view.link("/#find-kreds"),
            subscription => &subscription(view, &address::tour(None)),
        };
        let frame = view.frame(words.get("tur"), words.get("tur_indledning"), Above::Front)?;
        self.page("all_tours.html", &frame, content)
    }
}

fn subscription(view: &View<'_>, tour: &str) -> Subscription {
    Subscription { calendar: view.link(&address::calendar(tour)), feed: view.link(&address::feed(tour)) }
}
