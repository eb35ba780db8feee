//! Draws the map of the kredse: small enough to stand in a page, and true enough to find one's way on.
//!
//! The outlines are projected, simplified so that neighbours keep one common border, and laid out as Danes know their
//! map: what lies far out at sea stands in a frame, and kredse too small to hit are shown once more, enlarged.

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

/// The file with the map of these kredse, each with its code; `mark` is that of the outlines.
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

/// The rings as the path of an SVG drawing: one after another, each from a point with a step to every next: `M12 5l3-1 0 4z`.
fn path(rings: &[Vec<Point>]) -> String {
    let step = |ends: &[Point]| format!("{} {}", ends[1].x - ends[0].x, ends[1].y - ends[0].y);
    let ring = |ring: &Vec<Point>| {
        let steps: Vec<String> = ring.windows(2).map(step).collect();
        // A minus parts two numbers as well as a space does.
        let steps = steps.join(" ").replace(" -", "-");
        ring.first().map_or_else(String::new, |start| format!("M{} {}l{steps}z", start.x, start.y))
    };
    rings.iter().map(ring).collect()
}

/// A point of the drawing, x to the right and y down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Point {
    x: i32,
    y: i32,
}

/// A ring's lines from corner to corner.
fn edges<T: Copy>(ring: &[T]) -> impl Iterator<Item = (T, T)> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// The area of a ring, whichever way round it goes.
fn size(ring: &[Point]) -> f64 {
    let cross =
        |(one, other): (Point, Point)| f64::from(one.x) * f64::from(other.y) - f64::from(other.x) * f64::from(one.y);
    edges(ring).map(cross).sum::<f64>().abs() / 2.0
}
