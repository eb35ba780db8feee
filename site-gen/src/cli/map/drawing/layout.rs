//! Lays out the kredse on one sheet: the country, and frames for remote or small areas.

use super::borders::simplified;
use super::simplify::Exact;
use super::{Point, size};
use crate::cli::map::outlines::{Outline, Position};

/// The rings of one kreds.
pub(super) type Shapes = Vec<Vec<Point>>;

/// The finished sheet.
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    /// The kredse, in the order of their outlines.
    pub(super) shapes: Vec<Shapes>,
    /// The corners of each frame.
    pub(super) frames: Shapes,
}

/// The number of drawing units per degree of latitude, about 111 km: the whole country is about 380 units high.
pub(super) const SCALE: f64 = 120.0;

/// The length of a degree of longitude relative to one of latitude at 56.2° north, in the middle of the country. At its
/// northern and southern ends the error is 4 %, which is invisible on a map of this size.
const SHORTENED: f64 = 0.5563;

/// The longitude east of which a kreds is far from everything else: Bornholm. Moving it saves a third of the sheet.
const FAR_EAST: i32 = 135_000;

/// The smallest area, about 20 units each way, that a finger can hit. A smaller kreds is repeated, enlarged.
pub(super) const TOO_SMALL: f64 = 450.0;

/// The factor of enlargement.
pub(super) const ENLARGED: f64 = 2.5;

/// The margin around the content of a frame, and around the frame.
const GAP: i32 = 7;

/// Lays the kredse out.
pub(super) fn layout(outlines: &[Outline]) -> Layout {
    let at_scale = |scale: f64| simplified(outlines, |place| project(place, scale));
    let (mut shapes, mut enlarged) = (at_scale(SCALE), at_scale(SCALE * ENLARGED));

    let is_far = |index: &usize| outlines[*index].iter().flatten().all(|place| place.east > FAR_EAST);
    let is_small = |index: &usize| shapes[*index].iter().map(|ring| size(ring)).sum::<f64>() < TOO_SMALL;
    let (far, near): (Vec<usize>, Vec<usize>) = (0..outlines.len()).partition(is_far);
    let small: Vec<usize> = near.into_iter().filter(is_small).collect();
    let taken = |from: &mut [Shapes], indices: Vec<usize>| -> Vec<(usize, Shapes)> {
        indices.into_iter().map(|index| (index, std::mem::take(&mut from[index]))).collect()
    };
    let framed = [taken(&mut enlarged, small), taken(&mut shapes, far)];

    let ((left, top), _) = bounds(shapes.iter());
    shapes.iter_mut().for_each(|shapes| shift(shapes, -left, -top));
    let (_, (mut width, height)) = bounds(shapes.iter());

    // The frames are stacked at the right edge, at x = 0 for now. The sheet is widened until they cover no land.
    let (mut frames, mut placed, mut y) = (Shapes::new(), Vec::new(), 0);
    for mut framed in framed.into_iter().filter(|framed| !framed.is_empty()) {
        let ((left, top), (right, bottom)) = bounds(framed.iter().map(|(_, shapes)| shapes));
        let (across, down) = (right - left + 2 * GAP, bottom - top + 2 * GAP);
        framed.iter_mut().for_each(|(_, shapes)| shift(shapes, -GAP - right, y + GAP - top));
        let land = shapes.iter().flatten().flatten().filter(|point| point.y <= y + down + GAP);
        width = width.max(land.map(|point| point.x + GAP).max().unwrap_or(0) + across);
        frames.push([(-across, y), (0, y), (0, y + down), (-across, y + down)].map(|(x, y)| Point { x, y }).to_vec());
        placed.extend(framed);
        y += down + GAP;
    }
    shift(&mut frames, width, 0);
    for (index, mut framed) in placed {
        shift(&mut framed, width, 0);
        shapes[index].extend(framed);
    }
    Layout { width, height: height.max(y - GAP), shapes, frames }
}

/// Projects with an equal scale in both directions around the middle of the country. North is up, so y is negated.
pub(super) fn project(place: Position, scale: f64) -> Exact {
    let degrees = |part: i32| f64::from(part) / 10_000.0;
    (degrees(place.east) * SHORTENED * scale, -degrees(place.north) * scale)
}

fn shift(shapes: &mut Shapes, x: i32, y: i32) {
    shapes.iter_mut().flatten().for_each(|point| *point = Point { x: point.x + x, y: point.y + y });
}

/// The upper left and lower right corners of the bounding box.
fn bounds<'a>(shapes: impl Iterator<Item = &'a Shapes>) -> ((i32, i32), (i32, i32)) {
    let points: Vec<&Point> = shapes.flatten().flatten().collect();
    let (x, y) = (|| points.iter().map(|point| point.x), || points.iter().map(|point| point.y));
    let or_none = Option::unwrap_or_default;
    ((or_none(x().min()), or_none(y().min())), (or_none(x().max()), or_none(y().max())))
}
