//! Simplifies all outlines together, so that kredse that have a border in common still have after it.

use super::simplify::{Exact, simplify};
use super::{Point, size};
use crate::check::outline::{Outline, Position};
use std::collections::{BTreeMap, BTreeSet};

/// A corner whose triangle with its neighbours is smaller than this is left out; in units of the drawing, squared.
const LEAST_CORNER: f64 = 10.0;

/// Islands smaller than this are left out.
const LEAST_ISLAND: f64 = 20.0;

/// The rings of each outline on the drawing's grid.
///
/// Rings are cut where more than two lines meet. Each piece is then simplified once, in the same direction for all the
/// rings that have it: two kredse get the very same border, with no gap between them.
pub(super) fn simplified(outlines: &[Outline], project: impl Fn(Position) -> Exact) -> Vec<Vec<Vec<Point>>> {
    let junctions = junctions(outlines);
    let ring = |ring: &Vec<Position>| {
        let exact: Vec<Point> = ring.iter().map(|place| rounded(project(*place))).collect();
        if size(&exact) < LEAST_ISLAND {
            return None;
        }
        let lines = cut(ring, &junctions);
        let points = lines.iter().flat_map(|line| {
            let mut points = along(line, &project);
            // The next piece begins where this one ends.
            points.pop();
            points
        });
        let mut points: Vec<Point> = points.map(rounded).collect();
        points.dedup();
        while points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        (points.len() > 2).then_some(points)
    };
    outlines.iter().map(|outline| outline.rings.iter().filter_map(ring).collect()).collect()
}

/// The places where more than two lines meet: what lies between two of them belongs to the same kredse all the way.
fn junctions(outlines: &[Outline]) -> BTreeSet<Position> {
    let mut neighbours: BTreeMap<Position, BTreeSet<Position>> = BTreeMap::new();
    for ring in outlines.iter().flat_map(|outline| &outline.rings) {
        for (one, other) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            neighbours.entry(*one).or_default().insert(*other);
            neighbours.entry(*other).or_default().insert(*one);
        }
    }
    neighbours.into_iter().filter(|(_, around)| around.len() != 2).map(|(place, _)| place).collect()
}

/// The ring as lines from junction to junction; as one line from its least place where it meets no other ring.
fn cut(ring: &[Position], junctions: &BTreeSet<Position>) -> Vec<Vec<Position>> {
    let first = ring.iter().position(|place| junctions.contains(place));
    let least = || ring.iter().enumerate().min_by_key(|(_, place)| **place).map(|(index, _)| index);
    let Some(start) = first.or_else(least) else { return Vec::new() };
    let mut lines = Vec::new();
    let mut line = vec![ring[start]];
    for place in ring.iter().cycle().skip(start + 1).take(ring.len()) {
        line.push(*place);
        if junctions.contains(place) {
            lines.push(std::mem::replace(&mut line, vec![*place]));
        }
    }
    if line.len() > 1 {
        lines.push(line);
    }
    lines
}

/// The line simplified, always from the same end.
fn along(line: &[Position], project: &impl Fn(Position) -> Exact) -> Vec<Exact> {
    let is_backward = line.iter().rev().lt(line.iter());
    let mut points: Vec<Exact> = line.iter().map(|place| project(*place)).collect();
    if is_backward {
        points.reverse();
    }
    let mut points = simplify(&points, LEAST_CORNER);
    if is_backward {
        points.reverse();
    }
    points
}

#[expect(clippy::cast_possible_truncation, reason = "a drawing is a few hundred units wide")]
fn rounded((x, y): Exact) -> Point {
    Point { x: x.round() as i32, y: y.round() as i32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a saw's teeth none is least: which one goes first depends on the end that one begins at.
    #[test]
    fn a_line_is_simplified_alike_from_both_ends() {
        // A tooth is too small to stay, and two of them in one are not.
        let unit = (LEAST_CORNER / 8.0).sqrt() * 1.1;
        let flat = |place: Position| (f64::from(place.east) * unit, f64::from(place.north) * unit);
        let mut saw: Vec<Position> = (0..5).map(|tooth| Position { east: tooth % 2 * 2, north: tooth * 2 }).collect();
        let there = along(&saw, &flat);
        saw.reverse();
        let mut back = along(&saw, &flat);
        back.reverse();
        assert!(there.len() > 2 && there.len() < saw.len(), "{there:?}");
        assert_eq!(there, back);
    }
}
