//! Finds the position of a kreds's number.

use super::{Point, edges, size};

/// The distance between candidate positions.
const STEP: usize = 2;

/// The point in the largest ring that is farthest from its edge.
pub(super) fn label(rings: &[Vec<Point>]) -> (i32, i32) {
    let Some(ring) = rings.iter().max_by(|one, other| size(one).total_cmp(&size(other))) else { return (0, 0) };
    let range = |part: fn(&Point) -> i32| {
        let (least, most) = (ring.iter().map(part).min().unwrap_or(0), ring.iter().map(part).max().unwrap_or(0));
        (least..=most).step_by(STEP)
    };
    let places = range(|point| point.x).flat_map(|x| range(|point| point.y).map(move |y| Point { x, y }));
    let inside = places.filter(|place| is_inside(ring, *place));
    let best = inside.max_by(|one, other| room(ring, *one).total_cmp(&room(ring, *other)));
    best.or(ring.first().copied()).map_or((0, 0), |place| (place.x, place.y))
}

/// Ray casting: a line from an inner point to the right crosses the edge an odd number of times.
fn is_inside(ring: &[Point], place: Point) -> bool {
    let crossings = edges(ring).filter(|(one, other)| {
        let (upper, lower) = if one.y < other.y { (one, other) } else { (other, one) };
        let is_level = upper.y <= place.y && place.y < lower.y;
        let turn = (lower.x - upper.x) * (place.y - upper.y) - (place.x - upper.x) * (lower.y - upper.y);
        is_level && turn > 0
    });
    crossings.count() % 2 == 1
}

/// The squared distance to the nearest edge.
fn room(ring: &[Point], place: Point) -> f64 {
    let distance = |(one, other): (Point, Point)| {
        let (dx, dy) = (f64::from(other.x - one.x), f64::from(other.y - one.y));
        let (px, py) = (f64::from(place.x - one.x), f64::from(place.y - one.y));
        let along = ((px * dx + py * dy) / (dx * dx + dy * dy).max(1.0)).clamp(0.0, 1.0);
        (px - along * dx).powi(2) + (py - along * dy).powi(2)
    };
    edges(ring).map(distance).fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_placed_in_the_widest_part_of_the_largest_ring() {
        let ring = |corners: &[(i32, i32)]| corners.iter().map(|&(x, y)| Point { x, y }).collect::<Vec<_>>();
        let square = ring(&[(0, 0), (20, 0), (20, 20), (0, 20)]);
        // A square with a long narrow tongue to the right: the middle of its bounds is in the tongue.
        let tongue = ring(&[(0, 0), (20, 0), (20, 8), (90, 8), (90, 12), (20, 12), (20, 20), (0, 20)]);
        let island = ring(&[(50, 50), (52, 50), (52, 52)]);
        for (rings, place) in [
            (vec![square.clone()], (10, 10)),
            (vec![island, square], (10, 10)),
            (vec![tongue], (10, 10)),
            (vec![], (0, 0)),
        ] {
            assert_eq!(label(&rings), place);
        }
    }
}
