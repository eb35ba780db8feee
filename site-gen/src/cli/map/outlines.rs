//! Reads the outlines of the kredse.

use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::diagnostic::{Location, Reporter};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::iter;
use std::ops::RangeInclusive;

/// A position in ten-thousandths of a degree, the precision of the data (about 10 m). Integers, so that two outlines
/// that meet share exactly the same position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    pub(super) east: i32,
    pub(super) north: i32,
}

/// One ring for each piece of land of a kreds, or for a hole in one: its corners, without the closing repetition of the
/// first.
pub(super) type Outline = Vec<Vec<Position>>;

/// The subset of GeoJSON that we use.
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

/// Reads the outlines by the codes of their kredse. `None` if one is invalid, which is reported.
pub(super) fn read(reporter: Reporter<'_>) -> Option<BTreeMap<String, Outline>> {
    let unreadable = |error: serde_json::Error| {
        let rule = "Filen skal være GeoJSON: en FeatureCollection, hvor hvert omrids har »kredskode« og er en Polygon eller MultiPolygon af [længdegrad, breddegrad].";
        let advice = "Hent den eventuelt fra en tidligere udgave.";
        let at = Location { line: error.line(), column: error.column() };
        reporter.at(at, DiagnosticCode::UnreadableMap, format!("Omridsene kan ikke læses herfra. {rule} {advice}"));
    };
    let Collection { features } = serde_json::from_str(reporter.text).map_err(unreadable).ok()?;
    // This is the only text of an outline that an editor could search for.
    let places = reporter.text.match_indices("\"kredskode\"").map(|(at, _)| at).chain(iter::repeat(0));
    let mut outlines = BTreeMap::new();
    for (Feature { properties: Properties { kredskode: code }, geometry }, at) in features.into_iter().zip(places) {
        let outline = outline(&code, geometry).unwrap_or_else(|mistake| {
            reporter.at_byte(
                at,
                DiagnosticCode::BadOutline,
                format!("Omridset af kreds {code} kan ikke bruges. {mistake}"),
            );
            Outline::new()
        });
        if outlines.insert(code.clone(), outline).is_some() {
            let message = format!("Kreds {code} har to omrids. Slet det ene, eller ret koden.");
            reporter.at_byte(at, DiagnosticCode::Twice, message);
        }
    }
    (reporter.count() == 0).then_some(outlines)
}

/// The rings without their repeated corners, or the first mistake.
fn outline(code: &str, geometry: Geometry) -> Result<Outline, String> {
    let rings = match geometry {
        Geometry::Polygon(rings) => rings,
        Geometry::MultiPolygon(polygons) => polygons.concat(),
    };
    if rings.is_empty() {
        return Err("Det er tomt.".to_owned());
    }
    if code.is_empty() || !code.chars().all(|sign| sign.is_ascii_digit()) {
        return Err("»kredskode« skal være den »kode«, der står i kredsens kreds.md.".to_owned());
    }
    rings.iter().find_map(|ring| mistake(ring)).map_or(Ok(()), Err)?;
    Ok(rings.iter().map(|ring| ring.iter().skip(1).copied().map(position).collect()).collect())
}

/// The first mistake in a ring.
fn mistake(ring: &[Degrees]) -> Option<String> {
    let is_danish = |[east, north]: Degrees| LONGITUDES.contains(&east) && LATITUDES.contains(&north);
    if let Some([east, north]) = ring.iter().copied().find(|corner| !is_danish(*corner)) {
        let rule = "Et punkt er [længdegrad, breddegrad].";
        let hint = if is_danish([north, east]) { format!(" Mente du [{north}, {east}]?") } else { String::new() };
        return Some(format!("Punktet [{east}, {north}] ligger ikke i Danmark. {rule}{hint}"));
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
