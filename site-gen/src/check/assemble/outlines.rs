//! Reads the outlines of the kredse, and fits them and the kredse together.

use super::kredse::KredsDraft;
use super::layout::Layout;
use crate::check::outline::{Outline, Position};
use crate::diagnostics::danish::{hint, list};
use crate::diagnostics::flaw::Flaw;
use crate::diagnostics::problem::{Blame, Spot};
use model::names::KredsSlug;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// GeoJSON, as far as we need it.
#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    kredskode: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Vec<Vec<Degrees>>),
    MultiPolygon(Vec<Vec<Vec<Degrees>>>),
}

/// Longitude and latitude.
type Degrees = [f64; 2];

const LONGITUDES: RangeInclusive<f64> = 7.5..=15.5;
const LATITUDES: RangeInclusive<f64> = 54.3..=58.0;

/// The outlines in the order of the kredse; none if they do not fit, which is reported.
pub(super) fn outlines(layout: &Layout<'_>, kredse: &[KredsDraft<'_>]) -> Option<Vec<Outline>> {
    let blame = layout.outlines?;
    let before = blame.count();
    let features = match serde_json::from_str(blame.text) {
        Ok(Collection { features }) => features,
        Err(error) => {
            let rule = "Filen skal være GeoJSON: en FeatureCollection, hvor hvert omrids har »kredskode« og er en Polygon eller MultiPolygon af [længdegrad, breddegrad].";
            let advice = "Hent den eventuelt fra en tidligere udgave.";
            let at = Spot { line: error.line(), column: error.column() };
            blame.at(at, Flaw::UnreadableMap, format!("Kortet kan ikke læses herfra. {rule} {advice}"));
            return None;
        }
    };
    let mut rings: BTreeMap<&str, Vec<Vec<Position>>> = BTreeMap::new();
    for (index, feature) in features.iter().enumerate() {
        let code = feature.properties.kredskode.as_str();
        let here = Here { blame, at: place(blame.text, index), code };
        if rings.insert(code, here.rings(&feature.geometry)).is_some() {
            here.blame(Flaw::Twice, format!("Kreds {code} har to omrids. Slet det ene, eller ret koden."));
        }
    }
    blame_misfits(blame, layout, kredse, &features);
    let outline = |kreds: &KredsSlug, code: u16| {
        Some(Outline { kreds: kreds.clone(), rings: rings.get(code.to_string().as_str())?.clone() })
    };
    let outlines = kredse.iter().map(|draft| outline(&draft.kreds.slug, draft.kreds.code)).collect();
    if blame.count() == before { outlines } else { None }
}

/// Blames outlines without a kreds and kredse without an outline; but not while the kredse themselves are in doubt.
fn blame_misfits(blame: Blame<'_>, layout: &Layout<'_>, kredse: &[KredsDraft<'_>], features: &[Feature]) {
    let by_code: BTreeMap<String, _> = kredse.iter().map(|draft| (draft.kreds.code.to_string(), draft)).collect();
    if by_code.len() < layout.kredse.len() || by_code.contains_key("0") {
        return;
    }
    let drawn = || features.iter().map(|feature| feature.properties.kredskode.as_str());
    for (index, code) in drawn().enumerate().filter(|(_, code)| !by_code.contains_key(*code)) {
        let missing = || by_code.keys().map(String::as_str).filter(|known| drawn().all(|code| code != *known));
        let (hint, all) = (hint(code, missing()), list(by_code.keys().map(String::as_str)));
        let message = format!("Ingen kreds har koden »{code}«.{hint} Vælg mellem: {all}.");
        Here { blame, at: place(blame.text, index), code }.blame(Flaw::UnknownKreds, message);
    }
    for (code, draft) in by_code.iter().filter(|(code, _)| drawn().all(|drawn| drawn != code.as_str())) {
        // Where an outline has another code by mistake, that has been reported, with this as the one that is meant.
        let is_slip = drawn().any(|drawn| !by_code.contains_key(drawn));
        if !is_slip {
            let advice = "Tilføj et, eller ret kredsens »kode«, hvis den er forkert.";
            blame.file(Flaw::MissingOutline, format!("Kreds {code} ({}) har intet omrids. {advice}", draft.kreds.name));
        }
    }
}

/// Where the code of an outline stands: the outlines have no other mark that an editor could look for.
fn place(text: &str, index: usize) -> usize {
    text.match_indices("\"kredskode\"").nth(index).map_or(0, |(byte, _)| byte)
}

/// The outline being read.
struct Here<'a> {
    blame: Blame<'a>,
    at: usize,
    code: &'a str,
}

impl Here<'_> {
    fn blame(&self, flaw: Flaw, message: String) {
        self.blame.at_byte(self.at, flaw, message);
    }

    /// The outline's rings, each without its last corner; of mistakes, the first is reported.
    fn rings(&self, geometry: &Geometry) -> Vec<Vec<Position>> {
        let rings: Vec<&Vec<Degrees>> = match geometry {
            Geometry::Polygon(rings) => rings.iter().collect(),
            Geometry::MultiPolygon(polygons) => polygons.iter().flatten().collect(),
        };
        let mistake = rings.iter().find_map(|ring| mistake(ring));
        let mistake = mistake.or_else(|| rings.is_empty().then(|| "Det er tomt.".to_owned()));
        if let Some(mistake) = mistake {
            self.blame(Flaw::BadOutline, format!("Omridset af kreds {} kan ikke bruges. {mistake}", self.code));
            return Vec::new();
        }
        let corners = |ring: &Vec<Degrees>| ring.iter().skip(1).map(|corner| position(*corner)).collect();
        rings.into_iter().map(corners).collect()
    }
}

/// What is wrong with a ring.
fn mistake(ring: &[Degrees]) -> Option<String> {
    let is_danish = |[east, north]: Degrees| LONGITUDES.contains(&east) && LATITUDES.contains(&north);
    if let Some([east, north]) = ring.iter().copied().find(|corner| !is_danish(*corner)) {
        let rule = "Et punkt er [længdegrad, breddegrad].";
        let meant = if is_danish([north, east]) { format!(" Mente du [{north}, {east}]?") } else { String::new() };
        return Some(format!("Punktet [{east}, {north}] ligger ikke i Danmark. {rule}{meant}"));
    }
    let ends = ring.first().zip(ring.last());
    if let Some(([east, north], [last_east, last_north])) = ends.filter(|(first, last)| first != last) {
        let rule = "En ring skal slutte, hvor den begynder.";
        return Some(format!("{rule} Her begynder en i [{east}, {north}] og slutter i [{last_east}, {last_north}]."));
    }
    (ring.len() < 4).then(|| "En ring skal have mindst tre hjørner.".to_owned())
}

#[expect(clippy::cast_possible_truncation, reason = "the coordinates have been found to be in Denmark")]
fn position([east, north]: Degrees) -> Position {
    let parts = |degrees: f64| (degrees * 10_000.0).round() as i32;
    Position { east: parts(east), north: parts(north) }
}
