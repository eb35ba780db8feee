//! The list of all kommuner and postcodes.

use crate::frame::{Above, View};
use crate::place::{KommuneLink, kommune_link};
use crate::{BadPage, Pages, address};
use model::atlas::Kreds;
use serde::Serialize;

impl Pages {
    /// Renders all kommuner and postcodes by kreds, to read or to search with the browser.
    pub fn places(&self, view: &View<'_>) -> Result<String, BadPage> {
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
        let content = tera::context! {
            kredse => &atlas
                .kredse()
                .iter()
                .map(|kreds| KredsPlaces {
                    slug: kreds.slug.as_str(),
                    name: &kreds.name,
                    href: view.link(&address::kreds(&kreds.slug)),
                    kommuner: atlas.kommune_names(&kreds.slug).join(", "),
                    postcodes: postcodes_of(view, kreds),
                })
                .collect::<Vec<_>>(),
            shared => &atlas
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
                .collect::<Vec<_>>(),
        };
        let frame = view.frame(words.get("liste_overskrift"), words.get("liste_indledning"), Above::Front)?;
        self.page("places.html", &frame, content)
    }
}

/// The postcodes that lie in this kreds alone, consecutive ones as ranges: `8000–8270, 8300`.
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
