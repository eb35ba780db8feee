//! Draws the map of the kredse: small enough to embed in a page, and accurate enough to find one's way.
//!
//! The outlines are projected, simplified so that neighbours keep a common border, and laid out like other maps of
//! Denmark: remote islands are in a frame, and kredse that are too small to hit are repeated, enlarged.

mod borders;
mod label;
mod layout;
mod simplify;
#[cfg(test)]
mod tests;

use super::outlines::Outline;
use std::collections::BTreeMap;
use std::fmt::Write;

const HEADER: &str = "\
# Kortet er tegnet efter omridsene i data/kredse.geojson, og linjen øverst er et mærke for dem. Ret ikke i filen.
# Når omridsene er ændret, så skriv: cargo run --bin site-gen -- map
";

/// Formats the map of these kredse, each with its code; `mark` identifies the outlines.
pub(super) fn draw(outlines: BTreeMap<String, Outline>, mark: &str) -> String {
    let (codes, outlines): (Vec<String>, Vec<Outline>) = outlines.into_iter().unzip();
    let layout::Layout { width, height, shapes, frames } = layout::layout(&outlines);
    let mut text = format!("omrids {mark}\n{HEADER}ark {width} {height}\nrammer {}\n", path(&frames));
    for (code, shapes) in codes.iter().zip(&shapes) {
        let (x, y) = label::label(shapes);
        let _ = writeln!(text, "{code} {x} {y} {}", path(shapes));
    }
    text
}

/// Formats the rings as the path of an SVG drawing, each as a point and relative steps: `M12 5l3-1 0 4z`.
fn path(rings: &[Vec<Point>]) -> String {
    let step = |ends: &[Point]| format!("{} {}", ends[1].x - ends[0].x, ends[1].y - ends[0].y);
    let ring = |ring: &Vec<Point>| {
        let steps: Vec<String> = ring.windows(2).map(step).collect();
        // A minus sign separates two numbers as well as a space does.
        let steps = steps.join(" ").replace(" -", "-");
        ring.first().map_or_else(String::new, |start| format!("M{} {}l{steps}z", start.x, start.y))
    };
    rings.iter().map(ring).collect()
}

/// A point of the drawing; x grows to the right, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Point {
    x: i32,
    y: i32,
}

/// The edges of a ring.
fn edges<T: Copy>(ring: &[T]) -> impl Iterator<Item = (T, T)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// The area of a ring, whatever its orientation.
fn size(ring: &[Point]) -> f64 {
    let cross =
        |(one, other): (Point, Point)| f64::from(one.x) * f64::from(other.y) - f64::from(other.x) * f64::from(one.y);
    edges(ring).map(cross).sum::<f64>().abs() / 2.0
}
