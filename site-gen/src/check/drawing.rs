//! Draws the map of the kredse: small enough to stand in a page, and true enough to find one's way on.
//!
//! The outlines are projected, simplified so that neighbours keep one common border, and laid out as Danes know their
//! map: what lies far out at sea stands in a frame, and kredse too small to hit are shown once more, enlarged.

mod borders;
mod label;
mod layout;
mod path;
mod simplify;
#[cfg(test)]
mod tests;

use crate::check::outline::Outline;
use pages::map::{Area, KredsMap};

/// The map of these kredse, in their order.
pub(crate) fn draw(outlines: &[Outline]) -> KredsMap {
    let layout = layout::layout(outlines);
    let area = |outline: &Outline, shapes: &layout::Shapes| Area {
        kreds: outline.kreds.clone(),
        path: path::path(shapes),
        label: label::label(shapes),
    };
    KredsMap {
        width: layout.width,
        height: layout.height,
        areas: outlines.iter().zip(&layout.shapes).map(|(outline, shapes)| area(outline, shapes)).collect(),
        frames: path::path(&layout.frames),
    }
}

/// A point of the drawing, x to the right and y down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Point {
    x: i32,
    y: i32,
}

/// The area of a ring, whichever way round it goes.
fn size(ring: &[Point]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    let cross =
        |one: &Point, other: &Point| f64::from(one.x) * f64::from(other.y) - f64::from(other.x) * f64::from(one.y);
    ring.iter().zip(next).map(|(one, other)| cross(one, other)).sum::<f64>().abs() / 2.0
}
