//! Puts the kredse on one sheet: the country, and in frames what is far away or too small.

use super::borders::simplified;
use super::simplify::Exact;
use super::{Point, size};
use crate::check::outline::{Outline, Position};

/// The rings of one kreds.
pub(super) type Shapes = Vec<Vec<Point>>;

/// A sheet with everything in its place.
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    /// The kredse, in the order of their outlines.
    pub(super) shapes: Vec<Shapes>,
    /// The corners of each frame.
    pub(super) frames: Shapes,
}

/// Units of the drawing for a degree of latitude, about 111 km: the whole country is some 380 units high.
pub(super) const SCALE: f64 = 120.0;

/// A degree of longitude is this much shorter than one of latitude at 56.2° north, in the middle of the country. At
/// its northern and southern ends the error is 4 %, which nobody sees on a map of this size.
const SHORTENED: f64 = 0.5563;

/// What lies wholly east of this is far from everything else: Bornholm. Moving it saves a third of the sheet.
const FAR_EAST: i32 = 135_000;

/// A kreds smaller than this, some 20 units each way, is too small for a finger: it is shown once more, enlarged.
pub(super) const TOO_SMALL: f64 = 450.0;

/// How much larger.
pub(super) const ENLARGED: f64 = 2.5;

/// Free space around what stands in a frame, and around the frame.
const GAP: i32 = 7;

/// Lays the kredse out.
pub(super) fn layout(outlines: &[Outline]) -> Layout {
    let mut shapes = at_scale(outlines, SCALE);
    let mut framed: Vec<Framed> = Vec::new();

    let is_small = |shapes: &Shapes| shapes.iter().map(|ring| size(ring)).sum::<f64>() < TOO_SMALL;
    let is_far = |outline: &Outline| outline.rings.iter().flatten().all(|place| place.east > FAR_EAST);
    let small = indices(&shapes, |index, shapes| is_small(shapes) && !is_far(&outlines[index]));
    if !small.is_empty() {
        let mut enlarged = at_scale(outlines, SCALE * ENLARGED);
        framed.push(small.into_iter().map(|index| (index, std::mem::take(&mut enlarged[index]))).collect());
    }
    let far = indices(&shapes, |index, _| is_far(&outlines[index]));
    if far.len() < outlines.len() && !far.is_empty() {
        framed.push(far.into_iter().map(|index| (index, std::mem::take(&mut shapes[index]))).collect());
    }

    let (left, top) = least(shapes.iter().flatten().flatten());
    shapes.iter_mut().for_each(|shapes| shift(shapes, -left, -top));
    let (mut width, height) = most(shapes.iter().flatten().flatten());

    // The frames stand under each other at the right edge, which gives way until they cover nothing.
    let mut placed: Vec<(Framed, Rectangle)> = Vec::new();
    let mut y = 0;
    for mut framed in framed {
        let (left, top) = least(framed.iter().flat_map(|(_, shapes)| shapes).flatten());
        framed.iter_mut().for_each(|(_, shapes)| shift(shapes, GAP - left, y + GAP - top));
        let (right, bottom) = most(framed.iter().flat_map(|(_, shapes)| shapes).flatten());
        let frame = Rectangle { top: y, bottom: bottom + GAP, width: right + GAP };
        let land = shapes.iter().flatten().flatten().filter(|point| point.y <= frame.bottom + GAP);
        width = width.max(land.map(|point| point.x + GAP).max().unwrap_or(0) + frame.width);
        y = frame.bottom + GAP;
        placed.push((framed, frame));
    }
    let mut frames = Vec::new();
    for (framed, frame) in placed {
        for (index, mut enlarged) in framed {
            shift(&mut enlarged, width - frame.width, 0);
            shapes[index].extend(enlarged);
        }
        frames.push(frame.corners(width));
    }
    Layout { width, height: height.max(y - GAP), shapes, frames }
}

/// What stands in one frame: kredse by their places in the list.
type Framed = Vec<(usize, Shapes)>;

struct Rectangle {
    top: i32,
    bottom: i32,
    width: i32,
}

impl Rectangle {
    fn corners(&self, right: i32) -> Vec<Point> {
        let left = right - self.width;
        [(left, self.top), (right, self.top), (right, self.bottom), (left, self.bottom)]
            .map(|(x, y)| Point { x, y })
            .to_vec()
    }
}

/// All shapes, as far from the upper left corner as it happens.
fn at_scale(outlines: &[Outline], scale: f64) -> Vec<Shapes> {
    simplified(outlines, |place| project(place, scale))
}

/// Equal scale in both directions around the middle of the country. North is up, so y turns round.
pub(super) fn project(place: Position, scale: f64) -> Exact {
    let degrees = |part: i32| f64::from(part) / 10_000.0;
    (degrees(place.east) * SHORTENED * scale, -degrees(place.north) * scale)
}

fn indices(shapes: &[Shapes], is_meant: impl Fn(usize, &Shapes) -> bool) -> Vec<usize> {
    shapes.iter().enumerate().filter(|(index, shapes)| is_meant(*index, shapes)).map(|(index, _)| index).collect()
}

fn shift(shapes: &mut Shapes, x: i32, y: i32) {
    for point in shapes.iter_mut().flatten() {
        *point = Point { x: point.x + x, y: point.y + y };
    }
}

fn least<'a>(points: impl Iterator<Item = &'a Point> + Clone) -> (i32, i32) {
    let x = points.clone().map(|point| point.x).min();
    (x.unwrap_or(0), points.map(|point| point.y).min().unwrap_or(0))
}

fn most<'a>(points: impl Iterator<Item = &'a Point> + Clone) -> (i32, i32) {
    let x = points.clone().map(|point| point.x).max();
    (x.unwrap_or(0), points.map(|point| point.y).max().unwrap_or(0))
}
