//! Tests invariants of the map of the real outlines, and of any two neighbours.

use super::borders::simplified;
use super::layout::{ENLARGED, SCALE, TOO_SMALL, layout, project};
use super::{Point, edges, path, size};
use crate::cli::map::outlines::{self, Outline, Position};
use crate::diagnostics::diagnostic::Diagnostics;
use crate::source::read::Source;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The outlines of the real content, starting with kreds 1460.
fn real() -> Vec<Outline> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../content/data/kredse.geojson");
    let source = Source { path: String::new(), text: std::fs::read_to_string(file).unwrap().into() };
    outlines::read(source.reporter(&Diagnostics::default())).unwrap().into_values().collect()
}

/// The signed area in squared units; its sign is the orientation of the ring.
fn signed(ring: &[Point]) -> i32 {
    edges(ring).map(|(one, other)| one.x * other.y - other.x * one.y).sum()
}

#[test]
fn a_path_visits_every_corner_and_closes_each_ring() {
    let ring = |corners: &[(i32, i32)]| corners.iter().map(|&(x, y)| Point { x, y }).collect::<Vec<_>>();
    for (rings, written) in [
        (vec![], ""),
        (vec![ring(&[(1, 2), (4, 1), (4, 5)])], "M1 2l3-1 0 4z"),
        (vec![ring(&[(0, 0), (-1, 3), (9, 9)]), ring(&[(5, 5), (6, 5), (6, 6)])], "M0 0l-1 3 10 6zM5 5l1 0 0 1z"),
    ] {
        assert_eq!(path(&rings), written);
    }
}

#[test]
fn degrees_are_scaled_as_in_the_middle_of_the_country() {
    let (west, south) = project(Position { east: 90_000, north: 562_000 }, SCALE);
    let (east, north) = project(Position { east: 100_000, north: 572_000 }, SCALE);
    assert!((south - north - SCALE).abs() < 0.001, "north is up");
    assert!(((east - west) / (south - north) - 56.2_f64.to_radians().cos()).abs() < 0.001);
}

#[test]
fn each_kreds_keeps_its_area() {
    let real = real();
    let drawn = |scale: f64| simplified(&real, |place| project(place, scale));
    let area = |rings: &Vec<Vec<Point>>| rings.iter().map(|ring| size(ring)).sum::<f64>();
    // A grid this fine leaves out nothing significant.
    let (normal, enlarged, fine) = (drawn(SCALE), drawn(SCALE * ENLARGED), drawn(SCALE * 40.0));
    for index in 0..real.len() {
        let is_small = area(&normal[index]) < TOO_SMALL;
        let (rings, scale) = if is_small { (&enlarged[index], 40.0 / ENLARGED) } else { (&normal[index], 40.0) };
        let kept = area(rings) * scale * scale / area(&fine[index]);
        assert!((0.92..1.08).contains(&kept), "{index} keeps {kept}");
        assert!(rings.iter().all(|ring| ring.len() > 2 && ring.first() != ring.last()), "{index}");
    }
}

#[test]
fn neighbours_keep_one_common_border() {
    let real = real();
    let drawn = simplified(&real, |place| project(place, SCALE));
    let mut borders = 0;
    for (one, outline) in real.iter().enumerate() {
        let ways: BTreeSet<_> = outline.iter().flat_map(|ring| edges(ring)).collect();
        let drawn_ways: BTreeSet<_> = drawn[one].iter().flat_map(|ring| edges(ring)).collect();
        for (other, neighbour) in real.iter().enumerate().skip(one + 1) {
            // Both rings have the same orientation, so they run along a shared border in opposite directions.
            let back = neighbour.iter().flat_map(|ring| edges(ring)).map(|(from, to)| (to, from));
            let length = |x: f64, y: f64| x.hypot(y);
            let shared = back.filter(|way| ways.contains(way)).map(|(from, to)| {
                let ((ax, ay), (bx, by)) = (project(from, SCALE), project(to, SCALE));
                length(bx - ax, by - ay)
            });
            let before: f64 = shared.sum();
            if before < 4.0 {
                continue;
            }
            let back = drawn[other].iter().flat_map(|ring| edges(ring)).map(|(from, to)| (to, from));
            let shared = back.filter(|way| drawn_ways.contains(way));
            let after: f64 = shared.map(|(from, to)| length(f64::from(to.x - from.x), f64::from(to.y - from.y))).sum();
            assert!(after > 0.6 * before && after < 1.1 * before, "{one} and {other}: {before} became {after}");
            borders += 1;
        }
    }
    assert_eq!(borders, 13);
}

#[test]
fn frames_hold_remote_and_small_areas_and_cover_nothing() {
    let real = real();
    let layout = layout(&real);
    assert_eq!(layout.frames.len(), 2);
    let is_in = |frame: &[Point], point: &Point| {
        (frame[0].x..=frame[2].x).contains(&point.x) && (frame[0].y..=frame[2].y).contains(&point.y)
    };
    let mut framed = Vec::new();
    for (index, rings) in layout.shapes.iter().enumerate() {
        for ring in rings {
            assert!(ring.iter().all(|point| (0..=layout.width).contains(&point.x)), "{index}");
            assert!(ring.iter().all(|point| (0..=layout.height).contains(&point.y)), "{index}");
            for frame in &layout.frames {
                let inside = ring.iter().filter(|point| is_in(frame, point)).count();
                assert!(inside == 0 || inside == ring.len(), "{index} lies across a frame");
                if inside > 0 {
                    framed.push(index);
                }
            }
        }
    }
    framed.sort_unstable();
    framed.dedup();
    assert_eq!(framed, [9, 10, 11]);
}

proptest! {
    /// A line divides a field: the areas of the parts add up to that of the field, so there is no gap or overlap.
    #[test]
    fn neighbours_have_no_gap_between_them(line in prop::collection::vec(prop::option::of(-15..15), 79)) {
        let place = |x: i32, y: i32| Position { east: 100_000 + x * 100, north: 560_000 + y * 100 };
        let mut border = vec![place(0, -40)];
        border.extend((-39..).zip(&line).filter_map(|(y, x)| x.map(|x| place(x, y))));
        border.push(place(0, 40));
        let mut west = border.clone();
        west.extend([place(-40, 40), place(-40, -40)]);
        let mut east: Vec<Position> = border.iter().rev().copied().collect();
        east.extend([place(40, -40), place(40, 40)]);
        let drawn = simplified(&[vec![west], vec![east]], |place| project(place, SCALE));
        let corners = [(-40, -40), (40, -40), (40, 40), (-40, 40)].map(|(x, y)| project(place(x, y), SCALE));
        #[expect(clippy::cast_possible_truncation, reason = "a drawing is a few hundred units wide")]
        let field: Vec<Point> =
            corners.iter().map(|(x, y)| Point { x: x.round() as i32, y: y.round() as i32 }).collect();
        let parts: Vec<&Vec<Point>> = drawn.iter().flatten().collect();
        prop_assert_eq!(parts.len(), 2);
        prop_assert_eq!((signed(parts[0]) + signed(parts[1])).abs(), signed(&field).abs());
    }
}
